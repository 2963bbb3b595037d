"""Words that turn a claim: change, negation, superlatives, hedges, who says it, quotations.

Each finder returns spans with a key that is the same in both languages: 首个 and "first" are both
`first`. The words stand in signals.toml; longest form first, so 并没有 is one negation, not two.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Signal:
    """One word or phrase: `text == whole[start:end]`; `key` is the same in every language."""

    start: int
    end: int
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it: `text` is the verb with its speaker; `speaker` is "" where none is named."""

    start: int
    end: int
    text: str
    key: str  # "say", "believe", "report", "according-to"
    speaker: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: `text == whole[start:end]` is the inside, without the marks."""

    start: int
    end: int
    text: str
    mark: str  # the opening mark


@cache
def _words(category: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """The pattern of a category and the key of each form (lower case)."""
    table = tomllib.loads(files(__package__).joinpath("signals.toml").read_text("utf-8"))[category]
    keys: dict[str, str] = {}
    han: list[str] = []
    latin: list[str] = []
    for key, forms in table.items():
        for form in forms.replace("\n", "").split("|"):
            word = re.split("[!=]", form)[0]
            keys.setdefault(word.lower(), key)
            if form.isascii():
                latin.append(re.escape(form).replace(r"\ ", r"\s+").replace("'", "['’]"))
            else:
                han.append(_guarded(form))
    han.sort(key=lambda form: (-len(form), form))
    latin.sort(key=lambda form: (-len(form), form))
    pattern = rf"{'|'.join(han)}|(?<![A-Za-z0-9])(?i:{'|'.join(latin)})(?![A-Za-z])"
    return re.compile(pattern), keys


def _guarded(form: str) -> str:
    """The pattern of a Han form: 未!来知 is 未 not before 来 or 知, 或=于 only before 于."""
    word, sign, following = (*re.split("([!=])", form), "", "")[:3]
    return word + (f"(?{sign}[{following}])" if sign else "")


def _find(category: str, text: str) -> tuple[Signal, ...]:
    pattern, keys = _words(category)
    found = []
    for match in pattern.finditer(text):
        words = match.group()
        key = keys.get(re.sub(r"\s+", " ", words).replace("’", "'").lower())
        if key is not None:
            found.append(Signal(match.start(), match.end(), words, key))
    return tuple(found)


def find_directions(text: str) -> tuple[Signal, ...]:
    """Find words of change; keys "up", "down", "flat"."""
    return _find("direction", text)


def find_negations(text: str) -> tuple[Signal, ...]:
    """Find words that deny; the one key is "not"."""
    return _find("negation", text)


def find_superlatives(text: str) -> tuple[Signal, ...]:
    """Find claims of rank; keys such as "first", "largest", "only", "unprecedented", "top"."""
    return _find("superlative", text)


def find_hedges(text: str) -> tuple[Signal, ...]:
    """Find words that make a claim less than a fact; keys "may", "plan", "expect", "must"."""
    return _find("hedge", text)


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
_NAME = r"(?<![\w'’.&-])[A-Z][\w'’.&-]{0,40}(?:[ ](?:of[ ]|the[ ])?[A-Z][\w'’.&-]{0,40}){0,4}"
_ATTRIBUTION = re.compile(
    rf"""(?:据|根据|按照)(?P<source>[^，。；、！？\s]{{1,20}}?)(?:报道|消息|称|透露|的?数据|介绍|统计|披露|显示)(?:称|显示|，)?
       |(?:^|(?<=[，。；！？：“”\s])){_SPEAKER_ZH}(?P<zverb>{_SAY_ZH})
       |(?i:\baccording[ ]to)[ ](?P<asource>(?:the[ ]|a[ ])?{_NAME})
       |(?P<speaker>{_NAME}),?[ ](?:[a-z]+[ly]{{2}}[ ]|also[ ])?(?P<verb>{_SAY_EN})\b
       |\b(?P<verb2>{_SAY_EN})[ ](?P<speaker2>{_NAME})
       |\b(?P<verb3>{_SAY_EN})\b""",
    re.VERBOSE,
)


def find_attributions(text: str) -> tuple[Attribution, ...]:
    """Find who is given as the source of what is said, in Chinese and English."""
    found = []
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


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find what stands in quotation marks, the insides only. Names in marks are found, too."""
    found = []
    for match in _QUOTED.finditer(text):
        group = match.lastgroup or "a"
        found.append(
            Quotation(match.start(group), match.end(group), match[group], match.group()[0])
        )
    return tuple(found)
