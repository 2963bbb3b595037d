"""Names learned from the reports themselves: 星渚智能（Xingzhu AI） says that both are one.

The table that ships knows whom everybody knows. Newcomers introduce themselves: the Chinese press
gives the Latin name in brackets once, and so do foreign papers. What is learned ties reports of two
languages together on the same day and is remembered for later days, with the page that taught it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ahocorasick_rs import AhoCorasick

from ribao.language.aliases import is_bounded, known_names
from ribao.language.names import find_names, name_id
from ribao.language.words import fold, is_word, segment

SMALL_WORDS = "aliases_borders.txt"
LONGEST_HAN = 12  # characters; a longer run before a bracket is a clause
READ = 4_000  # characters of a text; who is introduced later is no newcomer of this event
SHORTEST_CORE = 4  # letters of a name that may stand without its "AI" or "Inc"
KEEPS_COMPANY = 0.8  # of the places of a word, with the word before it, that make both one name

_LATIN = r"[A-Z][A-Za-z0-9]*(?:[ .&'’+-]{1,2}[A-Za-z0-9]+){0,4}|[a-z]{1,2}[A-Z][A-Za-z0-9.-]*"
_HAN = r"[\u4e00-\u9fff·]{2,24}"
_VERSION = r"(?:[ -]?[vV]?\d{1,3}(?:\.\d+){0,2})?"
_OPEN, _CLOSE = r"[\"”」》』]?\s?[（(]\s?[\"“「《『]?", r"[\"”」》』]?\s?[)）]"
_HAN_FIRST = re.compile(rf"({_HAN}{_VERSION}){_OPEN}({_LATIN}){_CLOSE}")
_LATIN_FIRST = re.compile(rf"(?<![A-Za-z])({_LATIN}){_OPEN}({_HAN}{_VERSION}){_CLOSE}")
_QUOTES = {"“": "”", "「": "」", "『": "』", "《": "》"}
_TAIL = re.compile(r"[ -]?[vV]?(\d{1,3}(?:\.\d+){0,2})$")
_ACRONYM = re.compile(r"[A-Z]{2,3}")  # of a technical term more often than of a newcomer


@dataclass(frozen=True, slots=True)
class LearnedAlias:
    """Two spellings of one name, how many reports say so, and where it was read first."""

    han: str
    latin: str
    id: str  # of the table where it knows one of both, else the folded Latin name
    reports: int
    url: str


def learn_aliases(texts: Iterable[tuple[str, str]]) -> tuple[LearnedAlias, ...]:
    """Learn which Chinese and Latin names are one, from (url, text) of reports, in any order.

    Only what the table of names does not say already is returned, sorted by both names.
    """
    taught: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    runs: list[tuple[str, str, str, bool]] = []
    corpus: list[str] = []
    for url, text in texts:
        beginning = text[:READ]
        if "（" in beginning or "(" in beginning:
            runs += [(url, *found) for found in _pairs(beginning)]
        corpus.append(beginning[:400])
    whole = "\n".join(corpus)
    for url, run, latin, exact in runs:
        han = fold(run) if exact else _name_at_end(fold(run), latin, whole)
        for one, two in _with_family(han, latin):
            if _is_name(one, two):
                taught[one, two].add(url)
    return _decided({pair: (len(urls), min(urls)) for pair, urls in taught.items()})


def merged(known: Iterable[LearnedAlias], new: Iterable[LearnedAlias]) -> tuple[LearnedAlias, ...]:
    """What was learned before and today as one; the page that taught a pair first is kept."""
    counts: dict[tuple[str, str], tuple[int, str]] = {}
    for one in known:
        counts[one.han, one.latin] = (one.reports, one.url)
    for one in new:
        before = counts.get((one.han, one.latin), (0, one.url))
        counts[one.han, one.latin] = (max(before[0], one.reports), before[1])
    return _decided(counts)


class LearnedNames:
    """Finds learned names in texts: ids that stand for one name in both languages."""

    def __init__(self, aliases: Sequence[LearnedAlias]) -> None:
        ids = {fold(one.han): one.id for one in aliases}
        ids |= {fold(one.latin): one.id for one in aliases}
        ids |= {fold(_core(one.latin)): one.id for one in aliases if _core(one.latin)}
        self._ids = [ids[spelling] for spelling in sorted(ids)]
        self._automaton = AhoCorasick(sorted(ids)) if ids else None

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of learned names in a text, each once, in their order."""
        if self._automaton is None or not text:
            return ()
        folded = fold(text)
        found = self._automaton.find_matches_as_indexes(folded, overlapping=True)
        return tuple(
            dict.fromkeys(
                self._ids[index] for index, start, end in found if is_bounded(folded, start, end)
            )
        )


def _pairs(text: str) -> Iterator[tuple[str, str, bool]]:
    """Han name, Latin name, and whether the bracket holds the whole Han name."""
    for match in _HAN_FIRST.finditer(text):
        opened = text[match.end(1) : match.start(2)]
        quoted = (
            match.start() > 0 and text[match.start() - 1] in "“「《『" and opened[0] in "”」》』"
        )
        yield match[1], match[2], quoted
    for match in _LATIN_FIRST.finditer(text):
        yield match[2], match[1], True


def _name_at_end(run: str, latin: str, whole: str) -> str:
    """The name at the end of a run of Han: it begins after the last ordinary word before it.

    "" where all its words are ordinary and it is not clear where it begins: of 开放人工智能研究中心
    only the whole is a name, and what an acronym stands for is mostly no name at all.
    """
    tail = _TAIL.search(run)
    cut = tail.start() if tail else len(run)
    words = segment(run[:cut])
    taken: list[str] = []
    strange = False  # a word of no dictionary is among them
    while words:
        word = words[-1]
        linked = word == "·" or (bool(taken) and taken[0] == "·")
        ordinary = len(word) > 1 and is_word(word) and not linked
        torn = bool(taken) and len(taken[0]) == 1  # a name that the segmenter cut through
        ends = strange and ordinary and not torn and not _inseparable(word, taken, whole)
        if word in _borders() or ends:
            break
        strange = strange or not ordinary
        taken.insert(0, words.pop())
    vague = bool(words) and len(words[-1]) > 1
    if not strange and (vague or len(taken) < 2 or latin.isupper()):
        return ""
    return "".join(taken).strip("·") + run[cut:]


def _inseparable(word: str, taken: Sequence[str], whole: str) -> bool:
    """Whether what follows a word hardly ever stands without it, seen more than once."""
    name = "".join(taken)
    together = whole.count(word + name)
    return together > 1 and together >= KEEPS_COMPANY * whole.count(name)


def _with_family(han: str, latin: str) -> Iterator[tuple[str, str]]:
    """A pair of names, and of the families where both end in one version: 渚语3 is Zhuyu-3."""
    yield han, latin
    one, two = _TAIL.search(han), _TAIL.search(latin)
    if one and two and one[1] == two[1]:
        yield han[: one.start()], latin[: two.start()]


def _is_name(han: str, latin: str) -> bool:
    letters = _TAIL.sub("", han)
    if not 2 <= len(letters) <= LONGEST_HAN or letters in _borders() or _ACRONYM.fullmatch(latin):
        return False
    return bool(_core(latin))


def _core(latin: str) -> str:
    """The telling part of a Latin name: Xingzhu of Xingzhu AI; "" where it is no name."""
    mentions = find_names(f"{latin} 在本次会议上")  # inside Chinese, where Latin script is a name
    core = mentions[0].text if len(mentions) == 1 and mentions[0].start == 0 else ""
    return core if core == latin or len(core) >= SHORTEST_CORE else ""


def _decided(
    counts: dict[tuple[str, str], tuple[int, str]],
) -> tuple[LearnedAlias, ...]:
    """One Latin name for each Han name: what most reports say; the table has the last word."""
    best: dict[str, tuple[int, str, str]] = {}
    for (han, latin), (reports, url) in sorted(counts.items()):
        if han not in best or reports > best[han][0]:
            best[han] = (reports, latin, url)
    found = []
    for han, (reports, latin, url) in sorted(best.items()):
        one, two = name_id(han), name_id(_core(latin) or latin)
        ids = {one, two} & known_names().keys()
        if len(ids) == 2 or one == two:
            continue  # the table knows both
        found.append(LearnedAlias(han, latin, min(ids, default=two), reports, url))
    return tuple(found)


@cache
def _borders() -> frozenset[str]:
    """Words at which a name cannot begin: particles, verbs, titles, kinds of things."""
    raw = (resources.files(__package__) / SMALL_WORDS).read_text(encoding="utf-8")
    return frozenset(word for line in raw.splitlines() if line[:1] != "#" for word in line.split())
