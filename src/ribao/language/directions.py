"""Words that turn a claim: change, negation, superlatives, hedges, who says it, quotations.

Each finder returns spans with a key that is the same in both languages: 首个 and "first" are both
`first`. The words stand in signals.toml; the longest form wins, so 并没有 is one negation, not two.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from ribao.language.widths import holds_han, latin_words, lowered


class Signal(NamedTuple):
    """One word or phrase: `text == whole[start:end]`; `key` is the same in every language."""

    start: int
    end: int
    text: str
    key: str


class Attribution(NamedTuple):
    """Who says it: `text` is the verb with its speaker; `speaker` is "" where none is named."""

    start: int
    end: int
    text: str
    key: str  # "say", "believe", "report", "according-to"
    speaker: str


class Quotation(NamedTuple):
    """Words in quotation marks: `text == whole[start:end]` is the inside, without the marks."""

    start: int
    end: int
    text: str
    mark: str  # the opening mark


class _Form(NamedTuple):
    """One written form of a signal, and what must or must not follow it."""

    category: str
    word: str
    key: str
    sign: str  # "!" or "=" where `following` are the signs that must not or must follow; else ""
    following: str
    latin: bool


@cache
def _forms() -> tuple[AhoCorasick, tuple[_Form, ...]]:
    """All forms of all categories: one automaton finds them in one pass, however many there are."""
    tables = tomllib.loads(files(__package__).joinpath("signals.toml").read_text("utf-8"))
    found: dict[tuple[str, str], _Form] = {}
    for category, table in tables.items():
        for key, forms in table.items():
            for written in forms.replace("\n", "").split("|"):
                word, sign, following = (*re.split("([!=])", written), "", "")[:3]
                form = _Form(category, word.lower(), key, sign, following, word.isascii())
                found.setdefault((category, form.word), form)
    forms_ = tuple(found.values())
    return AhoCorasick([form.word for form in forms_], implementation=Implementation.DFA), forms_


_LONE = re.compile("[\ud800-\udfff]")  # half characters, which the automaton cannot read


@lru_cache(maxsize=512)
def _lowered(text: str) -> str:
    """The text in small letters, of the same length, with plain apostrophes and spaces."""
    small = lowered(text).replace("\n", " ").replace("\t", " ")
    if text.isascii():
        return small
    return _LONE.sub("\ufffd", small.replace("’", "'").replace("\u00a0", " "))


@lru_cache(maxsize=512)
def _all(text: str) -> dict[str, tuple[Signal, ...]]:
    """The signals of a text by category; of two that overlap the first and the longest counts.

    未!来知 is 未 not before 来 or 知, and a Latin form is a whole word.
    """
    automaton, forms = _forms()
    small = _lowered(text)
    matches = automaton.find_matches_as_indexes(small, overlapping=True)
    if not matches:
        return {}
    matches.sort(key=lambda match: (match[1], -match[2]))
    reached: dict[str, int] = {}
    found: dict[str, list[Signal]] = {}
    for number, start, end in matches:
        form = forms[number]
        if start < reached.get(form.category, 0):
            continue
        reached[form.category] = end
        follows = form.sign and end < len(small) and small[end] in form.following
        if form.sign and follows != (form.sign == "="):
            continue
        if form.latin and not _whole(small, start, end):
            continue
        signal = Signal(start, end, text[start:end], form.key)
        found.setdefault(form.category, []).append(signal)
    return {category: tuple(signals) for category, signals in found.items()}


def _find(category: str, text: str) -> tuple[Signal, ...]:
    return _all(text).get(category, ())


def _whole(small: str, start: int, end: int) -> bool:
    """Tell whether no Latin letter stands beside a form, and no digit before it."""
    before, after = small[start - 1 : start], small[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalpha())


def find_directions(text: str) -> tuple[Signal, ...]:
    """Find words of change; keys "up", "down", "flat"."""
    return _find("direction", text)


def find_negations(text: str) -> tuple[Signal, ...]:
    """Find words that deny; the one key is "not". What declined to a figure fell to it."""
    found = _find("negation", text)
    if any(one.text[:7].lower() == "decline" for one in found):
        return tuple(one for one in found if not _FELL.match(text, one.start))
    return found


_FELL = re.compile(
    r"declin(?:e|es|ed|ing) to (?:about |around |just |nearly |under )?[$€£¥]?\d", re.IGNORECASE
)


def find_superlatives(text: str) -> tuple[Signal, ...]:
    """Find claims of rank; keys such as "first", "largest", "only", "unprecedented", "top".

    Any other adjective behind 最 is "most", as "the most active" is.
    """
    found = _find("superlative", text)
    if "最" not in text:
        return found
    others = [
        Signal(*match.span(), match.group(), "most")
        for match in _MOST_ZH.finditer(text)
        if all(match.end() <= it.start or it.end <= match.start() for it in found)
    ]
    return tuple(sorted((*found, *others), key=lambda it: it.start)) if others else found


# 最 with an adjective of its own; 最重要的是 and its like only lead to what is said.
_MOST_ZH = re.compile(
    r"最(?![近终后初新多少大小高低好差先早晚快慢强佳优贵爱怕想要喜直根基主关重常明核惠需起末]|"
    r"[\u4e00-\u9fff]{1,3}的(?:是|事|一[点步]))(?:[具受有为]?[\u4e00-\u9fff]{2,3}?)"
    r"(?=的|之|[，。、；！]|$)"
)


def find_hedges(text: str) -> tuple[Signal, ...]:
    """Find words that make a claim less than a fact; keys "may", "plan", "expect", "must".

    "May" with a capital is the month, but at the beginning.
    """
    found = _find("hedge", text)
    if "May" not in text:
        return found
    return tuple(one for one in found if one.text != "May" or not text[: one.start].strip())


_SAY_ZH = (
    "表示|指出|称(?![为作号呼霸赞之])|(?<![来话小学传听据可])说(?![明服法到])|透露|强调|宣称|声称|认为|坦言|直言|回应称|回应|写道|补充道|解释称|解释|警告称|警告"
    "|提到|谈到|介绍称|介绍|披露|证实|否认|承认|宣布|报道称|报道|预测|相信|呼吁"
)
_BELIEVE = frozenset(
    {
        "认为",
        "相信",
        "预测",
        "预计",
        "believes",
        "believe",
        "believed",
        "thinks",
        "argues",
        "argued",
    }
)
_SPEAKER_ZH = r"(?P<zspeaker>[A-Za-z\u4e00-\u9fff·.&\- ]{1,24}?)"
_SAY_EN = (
    "said|says|told|stated|states|added|adds|announced|announces|reported|reports|wrote|writes|claimed|claims"
    "|argued|argues|noted|notes|warned|warns|explained|explains|confirmed|confirms|denied|denies|believes|believed"
    "|thinks|tweeted|posted|acknowledged|insisted|insists"
)
# "From Monday, said Mayor Brass": whoever speaks stands behind the verb.
_NO_SPEAKER = (
    r"(?!(?:[OI]n[ ])?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December),))"
)
_NAME = r"(?<![\w'’.&-])[A-Z][\w'’.&-]{0,40}(?:[ ](?:of[ ]|the[ ])?[A-Z][\w'’.&-]{0,40}){0,4}"
_ATTRIBUTION = re.compile(
    rf"""(?:据|根据|按照)(?P<source>[^，。；、！？\s]{{1,20}}?)(?:报道|消息|称|透露|的?数据|介绍|统计|披露|显示)(?:称|显示|，)?
       |(?:^|(?<=[，。；！？：“”\s,;:!?])){_SPEAKER_ZH}(?P<zverb>{_SAY_ZH})
       |(?i:\baccording[ ]to)[ ](?P<asource>(?:the[ ]|a[ ])?{_NAME})
       |{_NO_SPEAKER}(?P<speaker>{_NAME}),?[ ](?:[a-z]+[ly]{{2}}[ ]|also[ ])?(?P<verb>{_SAY_EN})\b
       |\b(?P<verb2>{_SAY_EN})[ ](?P<speaker2>{_NAME})
       |\b(?P<verb3>{_SAY_EN})\b""",
    re.VERBOSE,
)


_SAYING_EN = frozenset([*_SAY_EN.split("|"), "according"])
_SAYING_ZH = re.compile(
    "据|按照|表示|指出|称|说|透露|强调|认为|坦言|直言|回应|写道|补充道|解释|警告|宣[称布]|[提谈]到|介绍|披露|证实"
    "|否认|承认|报道|预测|相信|呼吁"
)


def find_attributions(text: str) -> tuple[Attribution, ...]:
    """Find who is given as the source of what is said, in Chinese and English."""
    found: list[Attribution] = []
    told = holds_han(text) and _SAYING_ZH.search(text)
    if not told and _SAYING_EN.isdisjoint(latin_words(text)):
        return ()
    for match in _ATTRIBUTION.finditer(text):
        groups = match.groupdict()
        source = groups["source"] or groups["asource"]
        speaker = groups["zspeaker"] or groups["speaker"] or groups["speaker2"] or source or ""
        verb = groups["zverb"] or groups["verb"] or groups["verb2"] or groups["verb3"] or ""
        key = "according-to" if source else "believe" if verb in _BELIEVE else "say"
        found.append(
            Attribution(match.start(), match.end(), match.group(), key, speaker.strip(" .,"))
        )
    return tuple(found)


_QUOTED = re.compile(
    r"“(?P<a>[^“”\n]{1,600})”|「(?P<b>[^「」\n]{1,600})」|『(?P<c>[^『』\n]{1,600})』"
    r"|(?<![\w\"])\"(?P<d>[^\"\n]{1,600})\"(?!\w)|(?<![\w‘’])‘(?P<e>[^‘’\n]{2,400})’(?!\w)"
)


_OPENING = re.compile('[“「『"‘]')


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find what stands in quotation marks, the insides only. Names in marks are found, too."""
    if not _OPENING.search(text):
        return ()
    found = []
    for match in _QUOTED.finditer(text):
        group = match.lastgroup or "a"
        found.append(
            Quotation(match.start(group), match.end(group), match[group], match.group()[0])
        )
    return tuple(found)
