"""A figure of a report printed of another thing: 8,400 films where 8,400 books were lent.

Numbers alone agree with any number. So where both figures stand beside a thing of the table in
counted.toml, the things must be the same; and a bare number before a noun is no number of tonnes,
whatever its noun means: then its unit is one that no table has.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from ribao.language.quantities import Quantity
from ribao.language.units import unit_at
from ribao.language.widths import holds_han
from ribao.verify.claims import Claim
from ribao.verify.evidence import Place

_FIGURES = frozenset({"number", "count"})
_MEASURED = frozenset({"dimension", "bytes"})
_AHEAD, _BEHIND = {"zh": 8, "en": 32}, 6  # signs that may hold what is counted
_ENDS = re.compile(r"[，。；：！？、,;:.!?()（）\d]")
_WORDS = re.compile(r"[A-Za-z]+")
_STOP = re.compile(
    r"(?:of|to|in|on|at|by|for|from|with|and|or|than|that|which|who|were|was|are|is|had|have)\b",
    re.IGNORECASE,
)


_PLURAL = re.compile(r" (?:[a-z-]+ ){0,2}?[a-z]{3,}s\b(?! (?:a|per)\b)")


def of_another_thing(claim: Claim, text: str, told: Claim, place: Place) -> bool:
    """Tell whether a figure of the report counts another thing than the printed one does.

    `text` is the printed sentence. What is not in the table may be anything, and is another word
    for the same thing.
    """
    mine, theirs = claim.value, told.value
    if not isinstance(mine, Quantity) or not isinstance(theirs, Quantity):
        return False
    if mine.kind not in _FIGURES:
        return False
    if mine.kind == "number" and theirs.kind in _MEASURED:
        return _of_an_unknown_unit(text, claim.end)
    printed = _counted_by(text, claim.start, claim.end)
    if not printed or theirs.kind not in _FIGURES:
        return False
    counted = _counted_by(place.text, told.start - place.start, told.end - place.start)
    return bool(counted) and counted.isdisjoint(printed)


def _counted_by(text: str, start: int, end: int) -> frozenset[int]:
    """The things that a figure may count: those behind it, else those before it (学生3400名)."""
    return _within(text[start:end]) | _ahead(text, end) or _behind(text, start)


def _of_an_unknown_unit(text: str, end: int) -> bool:
    """Tell whether a noun stands right behind a number and no unit within the next words."""
    match = _PLURAL.match(text, end)
    if match is None or _STOP.match(text, end + 1):
        return False
    return all(unit_at(text, end + at.start()) is None for at in re.finditer(" ", match.group()))


def _ahead(text: str, end: int) -> frozenset[int]:
    """The things that the words behind a figure name, as far as the clause goes."""
    language = "zh" if holds_han(text) else "en"
    piece = _ENDS.split(text[end : end + _AHEAD[language]], maxsplit=1)[0]
    if piece[:1] in {" ", "-"}:  # English: up to the first word that binds
        stop = re.search(rf" {_STOP.pattern}", piece, re.IGNORECASE)
        piece = piece[: stop.start()] if stop else piece
    return _within(piece)


def _behind(text: str, start: int) -> frozenset[int]:
    """The thing that the word right before a figure names: 学生3400名."""
    match = _han_before().search(text, max(0, start - _BEHIND), start)
    return frozenset({_table()[0][match.group()]} if match else ())


def _within(piece: str) -> frozenset[int]:
    """The things of the table that a stretch of words names."""
    chinese, english = _table()
    found = {chinese.get(word) for word in _han().findall(piece)} if holds_han(piece) else set()
    found |= {english.get(word.lower()) for word in _WORDS.findall(piece)}
    return frozenset(number for number in found if number is not None)


@cache
def _table() -> tuple[dict[str, int], dict[str, int]]:
    """The number of the thing that each Chinese and each English word names, plurals as well."""
    table = tomllib.loads(files("ribao.verify").joinpath("counted.toml").read_text("utf-8"))
    chinese: dict[str, int] = {}
    english: dict[str, int] = {}
    for number, line in enumerate(str(table["things"]).strip().splitlines()):
        han, _, latin = line.partition("|")
        chinese |= dict.fromkeys(han.split(), number)
        for word in latin.split():
            plural = re.sub("(?<=[^aeiou])y$", "ie", word)
            plural += "es" if plural.endswith(("s", "sh", "ch", "x")) else "s"
            english |= {word: number, plural: number}
    return chinese, english


@cache
def _han() -> re.Pattern[str]:
    """The Chinese words; one sign is a word only before no other one (信 is none in 信息)."""
    words = sorted(_table()[0], key=len, reverse=True)
    return re.compile("|".join(it if len(it) > 1 else f"{it}(?![一-鿿])" for it in words))


@cache
def _han_before() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(it for it in _table()[0] if len(it) > 1)})\\Z")
