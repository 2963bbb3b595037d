"""A quantity as a value, and when two quantities agree or contradict each other."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ribao.language.units import factors

ABOUT = Decimal("0.05")  # 约 3亿 still speaks of 3.09亿 and of 2.9亿: one part in twenty
CONVERTED = Decimal("0.03")  # miles told in kilometres are rounded by the one who converts
FRACTION = Decimal("1.2")  # percentage points between 三分之一 and 33%, or 34%
BEYOND = Decimal(25)  # percentage points that a share may lie over the fraction it is told as
# Kinds whose amounts are plain counts: "309B" next to "3090亿参数" is the same number.
_COUNTS = frozenset({"number", "count", "parameters", "tokens"})


class Quantity(NamedTuple):
    """One amount: `text == whole[start:end]`, between `low` and `high` inclusive, in `unit`."""

    start: int
    end: int
    text: str
    kind: str  # number, count, percent, percentage-points, money, multiple, ordinal, fraction, ...
    low: Decimal
    high: Decimal  # equal to `low` unless the text gives a range
    unit: str = ""  # normalised: CNY, USD, %, x, km, person, parameters, ...; "" for a bare number
    bound: str = "exact"  # exact, about, over, under, at-least, at-most
    change: str = ""  # "to" where the amount is reached, "by" where it is the difference, or ""
    per: str = ""  # unit of the denominator: minute in $0.002/分钟
    step: Decimal = Decimal(1)  # worth of the last written digit, in `unit`
    falls: bool = False  # of a share: the words beside it say that something falls by it


def comparable(a: Quantity, b: Quantity) -> bool:
    """Tell whether two quantities measure the same sort of thing, so that values may differ."""
    if a.per and b.per and a.per != b.per:
        return False
    if a.kind == b.kind:
        return (
            a.unit == b.unit
            or not (a.unit and b.unit)
            or _table(a) == _table(b) != ""
            or a.unit in _LOOSE_UNITS.get(b.unit, ())
            or b.unit in _LOOSE_UNITS.get(a.unit, ())
        )
    shares = {a.kind, b.kind} <= {"percent", "fraction"}
    counts = {a.kind, b.kind} <= _COUNTS
    return shares or (counts and (not a.unit or not b.unit or "item" in (a.unit, b.unit)))


# A currency told without its country may be that of any (克朗, 瑞典克朗); so may a degree.
_LOOSE_UNITS = {
    "degree": ("celsius", "fahrenheit"),
    "krona": ("SEK", "NOK", "DKK", "ISK", "CZK"),
    "peso": ("MXN", "PHP", "ARS", "CLP", "COP"),
    "franc": ("CHF",),
}
_WHOLE = 100  # per cent
# Whoever counts users or employees may count people: 460名员工, 员工460人.
_PEOPLE = (
    {"person", "employee"},
    {"person", "user"},
    {"laid-off", "job"},
    {"laid-off", "person"},
    {"laid-off", "employee"},
)


def same_value(a: Quantity, b: Quantity) -> bool:
    """Tell whether two quantities can be the same figure in another form.

    309B is 3090亿; a figure that is rounded is the same where the other rounds to its digits;
    "over 300" agrees with 309, not with 420; "grew 2x" (to) is not "grew by 2x" but "by 1x".
    """
    if not comparable(a, b) and {a.unit, b.unit} not in _PEOPLE:
        return _changed_alike(a, b)
    if a.kind == "multiple":
        return _same_multiple(a, b)
    if a.change and b.change and a.change != b.change:
        return False
    a, b = _in_one_unit(a, b)
    if a.kind != b.kind and "fraction" in (a.kind, b.kind):
        return _same_share(a, b)
    if a.low != a.high or b.low != b.high:
        step = max(a.step, b.step)
        return _near(a.low, b.low, step) and _near(a.high, b.high, step)
    return a.low == b.low or _agrees(a, b) or _agrees(b, a)


_SHARES = frozenset({"percent", "fraction", "discount"})
_LACKING = Decimal("0.15")  # of a change, where it is told as "nearly doubled"


def _grown_alike(a: Quantity, b: Quantity) -> bool:
    """Tell whether a multiple and a share are one change: halved is 减少一半, doubled 增长100%."""
    times, share = (a, b) if a.kind == "multiple" else (b, a)
    told, grown = percent_of(share), times.low + (times.change == "by")
    if share.kind == "discount" or (share.change == "to" and share.kind == "fraction"):
        return bool(times.change) and told == grown * _WHOLE  # 五折, 降至一半
    if not times.change or share.change == "to" or share.falls != (grown < 1):
        return False
    change, slack = abs(grown - 1) * _WHOLE, 1 + _LACKING
    least = change / slack if times.bound == "under" else change
    most = change * slack if times.bound in {"over", "at-least"} else change
    return least <= told <= most


def _changed_alike(a: Quantity, b: Quantity) -> bool:
    """Tell whether a discount and a share are one: 八折 is "20% off", 五折 "half the price"."""
    if {a.kind, b.kind} & _SHARES and "multiple" in (a.kind, b.kind):
        return _grown_alike(a, b)
    if {a.kind, b.kind} == {"discount", "fraction"}:
        return percent_of(a) == percent_of(b)
    return {a.kind, b.kind} == {"discount", "percent"} and a.low + b.low == _WHOLE


def _same_share(a: Quantity, b: Quantity) -> bool:
    """Tell whether a fraction and a percentage are one share; "more than half" is told of 58%."""
    apart = percent_of(b) - percent_of(a)
    if a.kind == "fraction" and a.bound in {"over", "at-least"} and b.low == b.high:
        return -FRACTION <= apart <= BEYOND
    return abs(apart) <= FRACTION


def conflicts(a: Quantity, b: Quantity) -> bool:
    """Tell whether two quantities of one thing cannot both be true."""
    if not comparable(a, b) or a.kind != b.kind or (a.unit != b.unit and not _table(a)):
        return False
    if a.change and b.change and a.change != b.change:
        return False
    if same_value(a, b):
        return False
    a, b = _in_one_unit(a, b)
    (low_a, high_a), (low_b, high_b) = _interval(a), _interval(b)
    return high_a < low_b or high_b < low_a


def _table(quantity: Quantity) -> str:
    """The table of units in which the quantity can be converted; "" where there is none."""
    if quantity.kind in {"money", "count", "temperature"}:
        return ""
    return factors().get(quantity.unit, ("", Decimal(1)))[0]


def _in_one_unit(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity]:
    if a.unit == b.unit or not _table(a) or _table(a) != _table(b):
        return a, b
    return _to_base(a), _to_base(b)


def _to_base(quantity: Quantity) -> Quantity:
    factor = factors()[quantity.unit][1]
    return Quantity(
        quantity.start,
        quantity.end,
        quantity.text,
        quantity.kind,
        quantity.low * factor,
        quantity.high * factor,
        "",
        quantity.bound if quantity.bound != "exact" else "converted",
        quantity.change,
        quantity.per,
        quantity.step * factor,
    )


def _same_multiple(a: Quantity, b: Quantity) -> bool:
    """Growth by 2x is growth to 3x; where a text does not say which, either reading will do."""

    def readings(quantity: Quantity) -> set[Decimal]:
        if quantity.change == "by":
            return {quantity.low + 1}
        return {quantity.low}

    if not a.change or not b.change:
        return a.low == b.low or _agrees(a, b) or _agrees(b, a)
    if a.change == b.change:
        return _agrees(a, b) or _agrees(b, a)
    return bool(readings(a) & readings(b))


def percent_of(quantity: Quantity) -> Decimal:
    """The value of a percentage or a fraction in per cent: 50 for 50 % and for a half."""
    return quantity.low * (100 if quantity.kind == "fraction" else 1)


def _near(a: Decimal, b: Decimal, step: Decimal) -> bool:
    return a == b or (step > 0 and round_to(a, step) == round_to(b, step))


def round_to(value: Decimal, step: Decimal) -> Decimal:
    """Round a value to a multiple of `step`, half away from zero, as newspapers do."""
    steps = value / step
    if steps.adjusted() >= _MOST_DIGITS:
        return value
    return steps.quantize(Decimal(1), ROUND_HALF_UP) * step


_MOST_DIGITS = 27  # that a Decimal keeps, less one; nobody rounds a longer number


def _coarse(quantity: Quantity) -> Decimal:
    """The step of the last digit that is not zero: an author who writes 300 may mean hundreds."""
    step = quantity.step or Decimal(1)
    units = quantity.low / step
    if units.adjusted() >= _MOST_DIGITS:
        return step
    while units and units % 10 == 0:
        units /= 10
        step *= 10
    return step


def _agrees(rounded: Quantity, exact: Quantity) -> bool:
    """Tell whether `exact` can be told as `rounded`, given how `rounded` is written and bounded."""
    value, told = exact.low, rounded.low
    if value == told:
        return True
    if not rounded.step:
        return abs(value - told) <= abs(told) / 1000  # a fraction has no last digit
    coarse = _coarse(rounded)
    agrees = {
        "over": told <= value < told + coarse,
        "under": told - coarse < value <= told,
        "about": abs(value - told) <= abs(told) * ABOUT or round_to(value, coarse) == told,
        "converted": abs(value - told) <= abs(told) * CONVERTED,
        "exact": _rounds_to(exact, rounded),
    }
    agrees["at-least"], agrees["at-most"] = agrees["over"], agrees["under"]
    return agrees[rounded.bound]


def _rounds_to(exact: Quantity, rounded: Quantity) -> bool:
    """Tell whether a plain figure is the other in fewer digits, and still has two of them."""
    if exact.bound not in {"exact", "converted"} or exact.step >= rounded.step:
        return False
    digits = len(str(int(abs(rounded.low) / rounded.step)))
    return digits >= 2 and round_to(exact.low, rounded.step) == rounded.low


def _interval(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """All values that the words allow. Open ends reach ten times as far, never without limit."""
    low, high = quantity.low, quantity.high
    if quantity.bound == "about":
        slack = max(abs(low) * ABOUT, _coarse(quantity) / 2)
        return low - slack, high + slack
    if quantity.bound == "converted":
        return low - abs(low) * CONVERTED, high + abs(high) * CONVERTED
    if quantity.bound in {"over", "at-least"}:
        return low, high + abs(high) * 9
    if quantity.bound in {"under", "at-most"}:
        return min(low, Decimal(0)), high
    half = quantity.step / 2 if quantity.step != 1 else Decimal(0)
    return low - half, high + half
