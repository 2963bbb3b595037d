"""Who did what to whom: "A sued B", "B was sued by A", A起诉B, B被A起诉.

Only verbs whose two sides are persons or firms are read. A side that is no name (it, the airline)
is left open. Where the sides lie is told by the form: before the verb stands the one who does it,
unless it is passive; what stands in a clause between commas (A, which uses B's models, bought C)
is no side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ribao.language.scripts import detect_language
from ribao.verify.claims import Claim
from ribao.verify.readers import signs


class Deed(NamedTuple):
    """One deed of a sentence: `start` and `end` are those of its verb; a side may be open."""

    key: str  # acquire, sue, ...
    start: int
    end: int
    by: Claim | None
    to: Claim | None


_TURNED = "_turned"  # behind the key of verbs whose sides lie the other way: win from is be paid by
_FAR = {"zh": 14, "en": 90}  # characters between the verb and the one who does it
_NEAR = {"zh": 10, "en": 45}  # and the one to whom it is done
_ASIDE = re.compile(
    r",\s(?:which|who|whose|whom|where|a|an|the|its|formerly|once)\s[^,;]{1,120}(?=,)"
    r"|[（(][^（）()]{1,60}[）)]"
)
_RELATIVE = re.compile(  # "Quill, which was bought by Orrin in May, ..."
    r"(?:, (?:which|who)| that)(?P<said> [^,;.]{1,120})"
)
_ENDS = re.compile(
    r"[.;:!?。；！？：]\s|[。；！？]|\b(?:while|but|after|before|because|although|that)\b"
    r"|\bsaid (?:no|the|its|his|her|their|an?)\b"
)
_ENDS_ZH = re.compile(r"[，。；！？：,;]")
_BY = re.compile(
    r"\s(?:(?:off|out|over|for)\s)?(?:(?:in|on|at|for|last|this|early|late)\s[^,.;]{1,25}\s)?by\s"
)
_AUXILIARY = 24  # characters before a verb that may make it passive
_NOUN = re.compile(  # a launch, its purchase: no verb
    r"(?:\b(?:an?|the|its|their|his|her|this|that|no|of|each|every|first|second|third|new|next|any)|['’]s)"
    r"\s\Z"
)
_DEAL = re.compile(  # a supply deal, a purchase agreement
    r"\s(?:deal|agreement|contract|pact|order|chain|offer|bid|talks|price|plan|line)s?\b"
)
_SAID = re.compile(r"\bsa(?:id|ys)\b")
_SUFFERS = re.compile(r"\b(?:was|were|been|being|is|are|be|gets?|got)\s(?:\w+ly\s)?\Z")
_PASSIVE_ZH = re.compile(r"[被遭由获]\Z")
_PASSIVE_AHEAD = re.compile(r"[》”」]?[已曾今昨]?(?:被|由|遭)(?!于)")
_TO_ZH = re.compile(r"[向对给把将从]\Z")  # 向某公司投资: it is done to the one who stands before
_SPACE = " "


def may_have_deeds(text: str) -> bool:
    """Tell whether a sentence has one of the verbs, which is cheap to ask."""
    return _verbs("en" if detect_language(text) == "en" else "zh").search(text) is not None


def deeds_in(text: str, names: Sequence[Claim]) -> Iterator[Deed]:
    """Find the deeds of a sentence whose names are given, in order; at least one side is named."""
    if not names:
        return
    language = "en" if detect_language(text) == "en" else "zh"
    ordered = sorted(names, key=lambda name: name.start)
    yield from _in_words(_ASIDE.sub(_blank, text), ordered, language)
    for aside in _RELATIVE.finditer(text) if language == "en" else ():
        before = [name for name in ordered if name.end == aside.start()]
        inside = [name for name in ordered if aside.start() <= name.start < aside.end()]
        words = _SPACE * aside.start("said") + aside["said"]
        yield from _in_words(words, [*before, *inside], language, whole=False)


def _blank(aside: re.Match[str]) -> str:
    return _SPACE * len(aside.group())


def _in_words(
    plain: str, names: Sequence[Claim], language: str, *, whole: bool = True
) -> Iterator[Deed]:
    """The deeds of words in which asides are blank; of a relative clause those with two sides."""
    sides = [name for name in names if not whole or plain[name.start : name.end].strip()]
    for match in _verbs(language).finditer(plain):
        key = match.lastgroup or ""
        if _NOUN.search(plain[max(0, match.start() - _AUXILIARY) : match.start()]):
            continue
        if _DEAL.match(plain, match.end()):
            continue
        read = _english if language == "en" else _chinese
        by, to = read(plain, match.start(), match.end(), sides)
        if key.endswith(_TURNED):
            key, by, to = key.removesuffix(_TURNED), to, by
        named = (by is not None) + (to is not None)
        if named > (not whole):
            yield Deed(key, match.start(), match.end(), by, to)


def _english(
    text: str, start: int, end: int, names: Sequence[Claim]
) -> tuple[Claim | None, Claim | None]:
    """The two sides of an English verb: who does it, to whom."""
    before = next((one for one in reversed(names) if one.end <= start), None)
    if before is not None:
        between = text[before.end : start]
        if len(between) > _FAR["en"] or _ENDS.search(between) or _owns(between):
            before = None
    passive = _BY.match(text, end)
    doing = text[start:end].partition(" ")[0].endswith("ing")  # "is buying" is no passive
    suffers = passive or (not doing and _SUFFERS.search(text[max(0, start - _AUXILIARY) : start]))
    at = passive.end() if passive else end
    after = next((one for one in names if one.start >= at and not _owns(text[one.end :])), None)
    if after is not None:
        between = text[at : after.start]
        if len(between) > _NEAR["en"] or _ENDS.search(between) or "," in between:
            after = None
    if suffers and not passive:
        said = before is not None and _SAID.search(text, before.end, start)
        return None, None if said else before  # "Keld said 60 nurses were hired": not Keld
    return (after, before) if passive else (before, after)


def _owns(between: str) -> bool:
    """Tell whether a name only owns what does it: Brindle's rivals bought ..."""
    return between.startswith(("'s ", "’s "))


def _chinese(
    text: str, start: int, end: int, names: Sequence[Claim]
) -> tuple[Claim | None, Claim | None]:
    """The two sides of a Chinese verb: who does it, to whom."""
    before = [one for one in names if one.end <= start and _one_clause(text, one.end, start)]
    nearest = before[-1] if before else None
    if nearest is not None and _PASSIVE_ZH.search(text[: nearest.start]):
        other = before[-2] if len(before) > 1 else None
        return nearest, other
    if nearest is not None and _PASSIVE_AHEAD.match(text, nearest.end, start):
        return None, nearest  # 《方案》由四部门发布
    if nearest is not None and _TO_ZH.search(text[: nearest.start]):
        return (before[-2] if len(before) > 1 else None), nearest
    after = next((one for one in names if one.start >= end), None)
    if after is not None and (
        after.start - end > _NEAR["zh"] or _ENDS_ZH.search(text[end : after.start])
    ):
        after = None
    if nearest is not None and start - nearest.end > _FAR["zh"]:
        nearest = None
    return nearest, after


def _one_clause(text: str, start: int, end: int) -> bool:
    return not _ENDS_ZH.search(text[start:end])


@cache
def _verbs(language: str) -> re.Pattern[str]:
    """The verbs of one language, each class a group of its own."""
    forms = []
    for line in signs()["deeds"].strip().splitlines():
        key, _, words = line.partition(":")
        english, _, chinese = words.partition("~")
        verbs = (english if language == "en" else chinese).split(";")
        told = "|".join(it.strip() for it in verbs if it.strip())
        if told:
            forms.append(rf"(?P<{key.strip()}>{told})")
    every = "|".join(forms)
    return re.compile(rf"\b(?:{every})\b" if language == "en" else rf"(?:{every})")
