"""Words of both languages that exclude each other, and whether what they say is planned or done.

`find_senses` finds the words of senses.toml with the poles they may stand for: 驳回 and "rejected"
lie at one pole, "upheld" at the other. `mode_of` tells what lies ahead (拟收购, "plans to buy")
from what is done (已收购, "bought"); most words in Chinese say neither.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from ribao.language.directions import Signal, find_hedges

POSSIBLE, PLANNED, NOW, DONE = "possible", "planned", "now", "done"
BASE, PRESENT, PAST, STATE = "base", "present", "past", "state"


class Pole(NamedTuple):
    """One end of an axis: `number` counts the poles of the axis from 0, of `poles` in all."""

    group: str  # opposites, shares, basis, span, measures, acts
    axis: str
    number: int
    poles: int

    def turned(self) -> Pole:
        """What a denied word says: the other end, where an axis has two."""
        return self._replace(number=1 - self.number) if self.poles == _TWO else self


_TWO = 2


class Sense(NamedTuple):
    """A word where it stands: `text == whole[start:end]`, with all poles that it may mean."""

    start: int
    end: int
    text: str
    poles: frozenset[Pole]
    tense: str  # base, present, past, state; "" for a Chinese word
    denied: bool


class _Forms(NamedTuple):
    automaton: AhoCorasick
    words: tuple[str, ...]
    poles: tuple[frozenset[Pole], ...]
    tenses: tuple[str, ...]


@lru_cache(maxsize=4096)
def find_senses(text: str) -> tuple[Sense, ...]:
    """Find the words of the table, from left to right, the longest form of each place."""
    forms, lowered = _forms(), text.lower().replace("’", "'")
    if len(lowered) != len(text):
        return ()
    found = []
    for number, start, end in forms.automaton.find_matches_as_indexes(lowered):
        word = forms.words[number]
        if word.isascii() and not _whole(lowered, start, end):
            continue
        if word in _GUARDS and _GUARDS[word].match(lowered, end):
            continue
        denied = _is_denied(lowered, start, end, ascii_only=word.isascii())
        poles = forms.poles[number]
        if denied or _is_passive(word, lowered, start, end):
            poles = frozenset(pole.turned() for pole in poles)
        found.append(Sense(start, end, text[start:end], poles, forms.tenses[number], denied))
    return tuple(found)


# What follows makes another word of these.
_GUARDS = {
    "before": re.compile(r" ?(?:[.,;:!?)]|$)"),  # "from a loss a year before": earlier
    "after": re.compile(r" all\b"),
    **dict.fromkeys(("start", "end"), re.compile(r" of\b")),  # the end of the year
    "all": re.compile(r"[ -](?:time|right|but|in all|over)\b"),
    "上市": re.compile("公司"),
    **dict.fromkeys(("keep", "keeps", "kept"), re.compile(r" (?:on )?[a-z]+ing\b")),  # goes on
}
_NOT_EN = re.compile(
    r"(?:\bnot|n't|\bno|\bnever|\bno longer|\bwithout|\bfail(?:s|ed)? to|\brefus(?:es?|ed) to"
    r"|\bdeclin(?:es?|ed) to|\byet to|\bnor"
    r"|\bno (?:plans?|intention|wish|need) (?:to|for|of)(?: (?:an?|the|any)(?: \w+)?)?)"
    r"(?: (?:been|be|yet|also|\w+ly))*"
    r"(?: (?:want|wish|plan|intend|mean|need|hope|expect)(?:ing|ed|s)? to)? ?$"
)
_NOT_ZH = re.compile(
    "(?:尚未|并未|并非|并不|没有|从未|未能|未曾|拒绝|不再|不会|不能|不予|不愿|不得|无法|停止|取消|暂停|中止|叫停|未|没|不)"
    "(?:(?:与|和|同|向|对|就)[^，,。]{1,8})?"
    "(?:被|予|获|正式|完全|最终|得到|会|能|再|直接|擅自|私自|立即|全部|继续|打算|准备|计划|考虑|愿意|允许)?$"
)


_ENDS_EN = re.compile(
    r" (?:(?:will|would|has|have|had|is|are|was|were|to|been|be) )*"
    r"(?:(?:paus|stop|halt|suspend|cancel|froze|freez|end)(?:e|s|es|d|ed|ped|led|n)?\b"
    r"|[\"“']?(?:not|off|out of|ruled out)\b)"
)
# Without one of these no word denies; most have none, and a search from the end is slow.
_MAY_DENY_EN = ("no", "n't", "never", "without", "fail", "refus", "declin", "yet")
_MAY_DENY_ZH = frozenset("不未非没拒无停取中")


def _is_denied(lowered: str, start: int, end: int, *, ascii_only: bool) -> bool:
    before = lowered[max(0, start - 28) : start]
    if ascii_only and lowered.startswith("ing", end - 3) and _ENDS_EN.match(lowered, end):
        return True  # hiring will pause
    if not ascii_only:
        return not _MAY_DENY_ZH.isdisjoint(before) and _NOT_ZH.search(before) is not None
    return any(it in before for it in _MAY_DENY_EN) and _NOT_EN.search(before) is not None


_BEATEN = frozenset({"defeated", "beaten", "outbid", "overtaken", "surpassed"})
_BEING = re.compile(r"\b(?:is|are|was|were|be|been|being|got|gets)(?: \w+ly)? $")
_BY = re.compile(r"[^,.;]{0,16}\bby\b")


def _is_passive(word: str, lowered: str, start: int, end: int) -> bool:
    """Tell whether a verb of winning is said of the one who lost."""
    before = lowered[max(0, start - 24) : start]
    passive = word in _BEATEN and (_BEING.search(before) or _BY.match(lowered, end))
    return bool(passive)


def _whole(lowered: str, start: int, end: int) -> bool:
    before, after = lowered[start - 1 : start], lowered[end : end + 1]
    return not (before.isascii() and (before.isalnum() or before == "-")) and not (
        after.isascii() and (after.isalnum() or after == "-")
    )


@cache
def _forms() -> _Forms:
    table = tomllib.loads(files(__package__).joinpath("senses.toml").read_text("utf-8"))
    poles: dict[str, set[Pole]] = {}
    tenses: dict[str, str] = {}
    for group, axes in table.items():
        for axis, ends in axes.items():
            lines = [ends] if isinstance(ends, str) else ends
            for number, line in enumerate(lines):
                for word, tense in _words_of(line):
                    pole = Pole(group, axis, number, len(lines))
                    poles.setdefault(word, set()).add(pole)
                    tenses.setdefault(word, tense)
    words = tuple(sorted(poles))
    return _Forms(
        AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA),
        words,
        tuple(frozenset(poles[word]) for word in words),
        tuple(tenses[word] for word in words),
    )


def _words_of(line: str) -> Iterator[tuple[str, str]]:
    chinese, _, english = line.partition("|")
    for word in chinese.split():
        yield word, ""
    for term in english.split():
        yield from inflected(term)


_TERM = re.compile(r"(?P<verb>[a-z'-]+)(?P<form>~~|~|=[a-z,]+)(?:_(?P<rest>.+))?")


def inflected(term: str) -> Iterator[tuple[str, str]]:
    """The forms of an English term of the table, each with its tense."""
    match = _TERM.fullmatch(term)
    if match is None:
        yield term.rstrip("!").replace("_", " "), STATE
        return
    verb, form = match["verb"], match["form"]
    rest = " " + match["rest"].replace("_", " ") if match["rest"] else ""
    doubled = verb + verb[-1] if form == "~~" else verb
    short = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else doubled
    ending = "es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"
    third, past = verb + ending, short + ("d" if verb.endswith("ee") else "ed")
    if verb.endswith("y") and verb[-2] not in "aeou":
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    pasts = form[1:].split(",") if form[0] == "=" else [past]
    if form[0] == "=" and verb not in pasts and len(verb) == _THREE and verb[-1] not in "wey":
        short = verb + verb[-1]  # get, win, cut
    elif form[0] == "=" and verb in _DOUBLING:
        short = verb + verb[-1]
    yield verb + rest, BASE
    yield third + rest, PRESENT
    yield short + "ing" + rest, PRESENT
    for one in pasts:
        if one != verb:
            yield one + rest, PAST


_THREE = 3
_DOUBLING = frozenset(
    {"cut", "shut", "let", "quit", "begin", "forbid", "spin", "put", "set", "shed"}
)

# --- planned or done -----------------------------------------------------------------------------

_CLAUSE_EN = re.compile(r"[,;:—–]\s|\b(?:which|who|that|and|but|after|as|while|when)\b")
_CLAUSE_ZH = re.compile(r"[，,；：。！？]")
_AHEAD = frozenset({"plan", "expect", "may", "must"})
_FAR = 60  # characters before a verb that may hold its "plans to"
_CONDITION = re.compile(r"\b(?:if|once|until|unless|when|would have|to have)\b[^,]*$")
_IS_TO = re.compile(r"\b(?:is|are|was|were) to (?:be )?$")
_BE = re.compile(r"\b(?:be|been|being|get)(?: \w+ly)? $")
_TO = re.compile(
    r"(?:\bto|\bwill|\bwould|\bshall|'ll|\bmay|\bmight|\bcould)(?: (?:not|also|\w+ly))* $"
)
_ZH_DONE_BEFORE = re.compile("(?:已经?|业已|曾|刚刚|完成了?|成功|正式)[^，,；：。]{0,16}$")
_ZH_DONE_AFTER = re.compile("(?:完成|成功|到|得|出)?了(?!解|结|望|断)|完毕|过后")
_ZH_NOT_YET = re.compile("(?:尚未|还未|未|没有|没)[^，,；：。]{0,6}$")


def mode_of(sense: Sense, text: str) -> str:
    """Whether what a word says is POSSIBLE, PLANNED, NOW or DONE; "" where a sentence does not say.

    NOW is the plain present of English, which tells facts and plans ("it opens in May").
    """
    if sense.denied or sense.tense == STATE:
        return ""
    return _mode_en(sense, text) if sense.text.isascii() else _mode_zh(sense, text)


def _mode_en(sense: Sense, text: str) -> str:
    before = text[max(0, sense.start - _FAR) : sense.start].lower()
    before = _CLAUSE_EN.split(before)[-1]
    ahead = _ahead(find_hedges(before)) or (PLANNED if _IS_TO.search(before) else "")
    if sense.tense == PAST:
        if ahead:
            return ahead if _BE.search(before) else ""
        return "" if _CONDITION.search(before) else DONE
    if sense.tense == PRESENT and not sense.text.endswith("ing"):
        return "" if ahead or _CONDITION.search(before) else NOW
    going = sense.tense == PRESENT
    return ahead if going or _TO.search(before) else ""


def _ahead(hedges: Sequence[Signal]) -> str:
    """POSSIBLE where a "may" stands before a verb, PLANNED where a "will" or a plan does."""
    keys = {hedge.key for hedge in hedges if hedge.text.lower() != "would"}
    if "may" in keys:
        return POSSIBLE
    would = any(hedge.text.lower() == "would" for hedge in hedges)
    return PLANNED if would or keys & _AHEAD else ""


def _mode_zh(sense: Sense, text: str) -> str:
    before = _CLAUSE_ZH.split(text[max(0, sense.start - _FAR // 3) : sense.start])[-1]
    if _ZH_NOT_YET.search(before):
        return ""
    hedges = [hedge for hedge in find_hedges(before) if hedge.key in {"plan", "expect", "may"}]
    done = _ZH_DONE_BEFORE.search(before)
    if hedges and (done is None or done.start() < hedges[-1].start):
        taken = hedges[-1].text == "将" and before[: hedges[-1].start].endswith("已")
        return DONE if taken else _ahead(hedges)
    if done is not None or _ZH_DONE_AFTER.match(text, sense.end):
        return DONE
    return ""
