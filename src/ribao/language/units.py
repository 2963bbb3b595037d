"""Units after a number: what they measure, their one name in both languages, and their size."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

# Kinds of their own; every other table of units.toml is a physical "dimension".
OWN_KINDS = frozenset(
    {"temperature", "duration", "age", "parameters", "tokens", "bytes", "count", "money"}
)
CASED_LETTERS = 3  # longest ASCII form told by case: mW is not MW, but "Hours" is "hours"
LONGEST_HAN = 7  # characters of the longest Han form, 马来西亚林吉特

_LATIN = re.compile(r"[ -]?([A-Za-zµμ°℃℉]+[²³2-3]?(?:/[A-Za-z]+)?|[°″])(?![A-Za-z0-9])")
_LATIN_LONG = re.compile(r"[ -]?([A-Za-z°.]+(?:[ -][A-Za-z]+){1,2})(?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `name` is the same in every language; `factor` leads to the base of `table`."""

    name: str
    kind: str  # the kind of quantity: money, dimension, duration, count, ...
    table: str  # what it measures: length, power, ...; units of one table can be converted
    factor: Decimal


@cache
def unit_forms() -> dict[str, Unit]:
    """Every written form of every unit. Forms that ignore case stand in lower case."""
    tables = tomllib.loads(files(__package__).joinpath("units.toml").read_text("utf-8"))
    forms: dict[str, Unit] = {}
    for table, entries in tables.items():
        kind = table if table in OWN_KINDS else "dimension"
        for name, (factor, written) in entries.items():
            unit = Unit(name, kind, table, Decimal(factor))
            for form in written.split("|"):
                forms[_key(form)] = unit
    return forms


@cache
def factors() -> dict[str, tuple[str, Decimal]]:
    """The table and the factor of each unit name, to compare quantities of one dimension."""
    return {unit.name: (unit.table, unit.factor) for unit in unit_forms().values()}


def unit_of(name: str) -> Unit:
    """Return the unit of a name that a quantity carries. Raises KeyError for an unknown name."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, Unit]:
    return {unit.name: unit for unit in unit_forms().values()}


def _key(form: str) -> str:
    return form if len(form) <= CASED_LETTERS or not form.isascii() else form.lower()


@cache
def _heads() -> frozenset[str]:
    """The signs with which a form can begin."""
    return frozenset(form[0] for form in unit_forms())


_NOTHING = frozenset[str]()
_NOT_AFTER = {
    "克": frozenset("朗"),
    "年": frozenset("级"),
    "毛": frozenset("利衣巾笔病重坯猪线绒发"),
    "针": frozenset("对灸织"),
    "根": frozenset("据本源"),
}  # 18亿克朗


def unit_at(text: str, start: int) -> tuple[Unit, int] | None:
    """Return the longest unit that begins at `start` (after a space or hyphen) and its end."""
    forms = unit_forms()
    ahead = start + 1 if text[start : start + 1] == " " else start
    if text[ahead : ahead + 1] > "\u2fff":
        if text[ahead] not in _heads():
            return None
        for length in range(min(LONGEST_HAN, len(text) - ahead), 0, -1):
            unit = forms.get(text[ahead : ahead + length])
            if unit is not None and text[ahead + length : ahead + length + 1] not in _NOT_AFTER.get(
                text[ahead : ahead + length], _NOTHING
            ):
                return unit, ahead + length
        return None
    for pattern in (_LATIN_LONG, _LATIN):
        match = pattern.match(text, start)
        if match is None:
            continue
        words = match[1]
        end = match.end(1)
        while words:
            unit = forms.get(_key(words))
            if unit is not None:
                return unit, end
            cut = max(words.rfind(" "), words.rfind("-"))
            end -= len(words) - max(cut, 0)
            words = words[: max(cut, 0)]
    return None
