"""Numbers, units and dates against the public specs of Microsoft Recognizers-Text.

An entity counts as found when its text (case, width and script folded), its type and its resolution
are those of the spec. What is left out of the resolution: `timex` and other notation of theirs, and
units only differ in name. Families that news does not need are not in the table: `ordinal.relative`
("the last but one"), phone numbers, addresses. Their own result types are kept apart, one row each.
"""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from bench.recognizers_moments import dated
from ribao.language.lookalikes import lookalikes
from ribao.language.numerals import find_numerals
from ribao.language.quantities import Quantity, find_quantities
from ribao.language.widths import plain

SPECS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "checks" / "recognizers-specs"
Entity = tuple[str, str, str]  # folded text, type, resolution
Finder = Callable[[str, str], Iterable[Entity]]


@dataclass(frozen=True, slots=True)
class Family:
    """One row: the spec files, the types that count, and the finder that answers them."""

    name: str
    specs: tuple[str, ...]
    types: frozenset[str]
    finder: Finder


def _fold(text: str) -> str:
    return plain(text).lower().strip()


def _number(value: Decimal) -> str:
    """Fifteen significant digits, as the specs write them."""
    return f"{+value:.11e}" if value else "0"


def _numbers(text: str, _: str) -> Iterable[Entity]:
    """Bare numerals: the specs want them without unit, and none where a unit is glued on."""
    folded = plain(text)
    masks = [(a, b) for a, b in lookalikes(folded) if not any(c.isdigit() for c in folded[a:b])]
    for numeral in find_numerals(folded):
        after = folded[numeral.end : numeral.end + 3]
        before = folded[max(0, numeral.start - 6) : numeral.start].lower()
        if any(a < numeral.end and numeral.start < b for a, b in masks):
            continue
        if numeral.form == "digits" and (after[:1].isascii() and after[:1].isalpha()):
            continue
        if numeral.scale == "m" or after[:1] == "%":
            continue
        word = folded[numeral.start : numeral.end].lower()
        if word == "one" and before.endswith(("the ", "this ", "that ", "which ")):
            continue
        if word in {"一", "两"} and after[:1] in set("美折看"):
            continue
        yield _fold(word), "number", _number(numeral.value)


def _percents(text: str, _: str) -> Iterable[Entity]:
    for found in find_quantities(text):
        if found.kind in {"percent", "percentage-points", "discount"}:
            if found.low == found.high:
                yield _fold(found.text), "percentage", _number(found.low)
            elif "-" in found.text:  # the specs know only the last number of a range
                yield _fold(found.text.split("-")[-1]), "percentage", _number(found.high)


def _ordinals(text: str, _: str) -> Iterable[Entity]:
    for found in find_quantities(text):
        if found.kind == "ordinal":
            yield _fold(found.text), "ordinal", _number(found.low)


def _units(kinds: frozenset[str], name: str) -> Finder:
    def find(text: str, _: str) -> Iterable[Entity]:
        for found in find_quantities(text):
            if found.kind in kinds:
                yield _fold(_core(found)), name, _number(found.low)

    return find


def _core(found: Quantity) -> str:
    """The amount without the words that bound it (多, 以上): the specs leave them out."""
    return found.text.removesuffix("以上").removesuffix("左右").removesuffix("+")


def _expected(result: dict[str, Any]) -> Entity:
    value = (result.get("Resolution") or {}).get("value")
    try:
        number = _number(Decimal(str(value).rstrip("%")))
    except InvalidOperation:
        number = str(value)
    return _fold(result["Text"]), result["TypeName"], number


def load(name: str) -> list[dict[str, Any]]:
    """The cases of one spec file."""
    return list(json.loads(gzip.decompress((SPECS / f"{name}.json.gz").read_bytes())))


_DIMENSIONS = frozenset({"dimension", "bytes"})
FAMILIES = (
    Family("zh Number", ("Chinese-Number-NumberModel",), frozenset({"number"}), _numbers),
    Family("zh Percentage", ("Chinese-Number-PercentModel",), frozenset({"percentage"}), _percents),
    Family("zh Ordinal", ("Chinese-Number-OrdinalModel",), frozenset({"ordinal"}), _ordinals),
    Family("en Number", ("English-Number-NumberModel",), frozenset({"number"}), _numbers),
    Family("en Percentage", ("English-Number-PercentModel",), frozenset({"percentage"}), _percents),
    Family(
        "en Ordinal",
        ("English-Number-OrdinalModelSuppressExtendedTypes", "English-Number-OrdinalModel"),
        frozenset({"ordinal"}),
        _ordinals,
    ),
    *(
        Family(
            f"{short} {name}",
            (f"{language}-NumberWithUnit-{name}Model",),
            frozenset({name.lower()}),
            _units(kinds, name.lower()),
        )
        for short, language in (("zh", "Chinese"), ("en", "English"))
        for name, kinds in (
            ("Currency", frozenset({"money"})),
            ("Dimension", _DIMENSIONS),
            ("Temperature", frozenset({"temperature"})),
            ("Age", frozenset({"age"})),
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Entities right, invented and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed or 1)


def judge(family: Family, *, show: bool = False) -> Tally:
    """Compare every case of a family with what we find."""
    right = wrong = missed = 0
    for case in (case for spec in family.specs for case in load(spec)):
        expected = Counter(
            _expected(it) for it in case.get("Results") or () if it["TypeName"] in family.types
        )
        found = Counter(family.finder(case["Input"], ""))
        both = sum((expected & found).values())
        right += both
        wrong += sum(found.values()) - both
        missed += sum(expected.values()) - both
        if show and expected != found:
            print(f"   {case['Input'][:90]!r}")
            print(f"      extra {[*(found - expected)]} missing {[*(expected - found)]}")
    return Tally(right, wrong, missed)


def speed() -> None:
    """Inputs a second of one process, all spec inputs once."""
    inputs = [case["Input"] for family in FAMILIES for spec in family.specs for case in load(spec)]
    started = time.process_time()
    for text in inputs:
        find_quantities(text)
    print(f"find_quantities: {len(inputs) / (time.process_time() - started):,.0f} inputs/s")


def joined(prefix: str, names: tuple[str, ...]) -> Tally:
    """Add up the families of one language."""
    parts = [judge(it) for it in FAMILIES if it.name in {f"{prefix} {name}" for name in names}]
    return Tally(
        sum(it.right for it in parts), sum(it.wrong for it in parts), sum(it.missed for it in parts)
    )


NUMBERS = ("Number", "Percentage", "Ordinal")


def row(name: str, tally: Tally) -> None:
    """Print one line of the table."""
    print(f"{name:<18} {tally.right:6} {tally.wrong:6} {tally.missed:6} {tally.f1:7.3f}")


def main() -> None:
    """Print F1 for each family and the speed."""
    if not SPECS.is_dir():
        print("needs ../shared/bench/checks/recognizers-specs")
        return
    print(f"{'family':<18} {'right':>6} {'wrong':>6} {'missed':>6} {'F1':>7}")
    for family in FAMILIES:
        row(family.name, judge(family))
    for prefix in ("zh", "en"):
        row(f"{prefix} numbers", joined(prefix, NUMBERS))
    dated()
    speed()
