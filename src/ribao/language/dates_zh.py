"""Chinese forms of dates: each rule is a pattern and the function that reads its match."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from ribao.language import calendar as cal
from ribao.language.calendar import Reading

Rule = tuple[str, Callable[[re.Match[str], date], Reading | None]]

_N = "[零一二三四五六七八九]"
_YEAR = rf"(?:(?P<y>\d{{4}}|(?<!\d)\d{{2}}|{_N}{{4}}|{_N}{{2}})[ ]?年(?!前|后(?!半)|内|来|以|多|间|级)|(?P<ry>大前年|今年|去年|明年|前年|后年|本年度?|上年度?|上一年|下一年))"
_MONTH = r"(?P<m>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]|元)[ ]?月(?:份)?"
_REL_MONTH = r"(?P<rm>本月|当月|上月|下月|(?:上上|上|下下|下|这|本)个?月)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[ ]?(?:日|号(?![线楼馆店机位]))"
_PART = "(?P<part>上旬|中旬|下旬|月初|月底|月末|月中|初|底|末|中(?=[，。、；]|旬))"
_YEAR_PART = "(?P<part>年初|年底|年末|年中|初|底|末|中(?!国|央|心|期|旬)|春季|春天|夏季|夏天|秋季|秋天|冬季|冬天)"
_REL_YEARS = {
    "大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1,
    "下一年": 1, "后年": 2,
}  # fmt: skip
_REL_DAYS = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "本": 0, "即": 0, "明": 1, "次": 1, "后": 2,
    "大后": 3,
}  # fmt: skip
_WEEKDAYS = (
    {c: i for i, c in enumerate("一二三四五六日")}
    | {"天": 6}
    | {c: i for i, c in enumerate("123456")}
)
_PARTS = {
    "上旬": "early", "中旬": "mid", "下旬": "late", "月初": "early", "月底": "end", "月末": "end",
    "月中": "mid", "初": "early", "底": "end", "末": "end", "中": "mid", "年初": "early",
    "年底": "end", "年末": "end", "年中": "mid",
}  # fmt: skip
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_SMALL = {c: i for i, c in enumerate("零一二三四五六七八九")}


def number(text: str) -> int:
    """Read a small whole number: digits, or Han numerals up to 99 ("三十一"), or digit by digit."""
    if text.isdigit() and text.isascii():
        return int(text)
    if text == "元":
        return 1
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * _SMALL.get(tens, 1) + _SMALL.get(ones, 0)
    return int("".join(str(_SMALL.get(c, 2 if c in "两" else 0)) for c in text) or "0")


def _year(match: re.Match[str], anchor: date) -> tuple[int | None, bool]:
    groups = match.groupdict()
    if groups.get("ry"):
        return anchor.year + _REL_YEARS[groups["ry"].removesuffix("度")], True
    if not groups.get("y"):
        return None, False
    year = number(groups["y"])
    if len(groups["y"]) == 2:
        year += 2000 if year <= (anchor.year + 10) % 100 else 1900
    return year, False


def _ymd(match: re.Match[str], anchor: date) -> Reading | None:
    year, relative = _year(match, anchor)
    month, dom = number(match["m"]), number(match["d"])
    if year is not None:
        found = cal.day(year, month, dom)
        return Reading((found, found), "day", relative) if found else None
    return without_year(month, dom, anchor)


def without_year(month: int, dom: int, anchor: date) -> Reading | None:
    """Read a day of a month in the year that brings it next to the anchor."""
    days = [it for y in (-1, 0, 1) if (it := cal.day(anchor.year + y, month, dom))]
    return _nearest_day(days, anchor)


def _nearest_day(days: list[date], anchor: date) -> Reading | None:
    best = cal.nearest(days, anchor)
    if best is None:
        return None
    others = [it for it in days if (it > anchor) != (best > anchor)]
    other = cal.nearest(others, anchor)
    return Reading((best, best), "day", True, False, (other, other) if other else None)


def _month(match: re.Match[str], anchor: date) -> Reading | None:
    groups = match.groupdict()
    other = None
    if groups.get("rm"):
        span = cal.months(anchor.year, anchor.month + _offset(groups["rm"]))
        relative = True
    else:
        year, relative = _year(match, anchor)
        month = number(groups["m"])
        if year is None:
            return _bare_month(month, groups.get("part"), anchor)
        span = cal.months(year, month)
    return _parted(span, groups.get("part"), "month", relative, other)


def _bare_month(month: int, part: str | None, anchor: date) -> Reading | None:
    spans = [span for y in (-1, 0, 1) if (span := cal.months(anchor.year + y, month))]
    spans.sort(key=lambda span: (abs((span[0] - anchor).days + 15), span[0]))
    if not spans:
        return None
    if month == anchor.month:
        spans.sort(key=lambda span: span[0].year != anchor.year)
    return _parted(spans[0], part, "month", True, spans[1])


def _parted(
    span: cal.Interval | None,
    part: str | None,
    grain: str,
    relative: bool,
    other: cal.Interval | None = None,
) -> Reading | None:
    if span is None:
        return None
    if part and part in _PARTS:
        cut = cal.part(span, _PARTS[part])
        return Reading(cut, grain, relative, True, cal.part(other, _PARTS[part]) if other else None)
    return Reading(span, grain, relative, False, other)


def _offset(words: str | None) -> int:
    for head, offset in (("上上", -2), ("下下", 2), ("上", -1), ("前", -1), ("下", 1)):
        if (words or "").startswith(head):
            return offset
    return 0


def _rel_month_day(match: re.Match[str], anchor: date) -> Reading | None:
    span = cal.months(anchor.year, anchor.month + _offset(match["rm"]))
    found = cal.day(span[0].year, span[0].month, number(match["d"])) if span else None
    return Reading((found, found), "day", True) if found else None


def _day_only(match: re.Match[str], anchor: date) -> Reading | None:
    dom = number(match["d"])
    days = []
    for offset in (-2, -1, 0, 1, 2):
        span = cal.months(anchor.year, anchor.month + offset)
        found = cal.day(span[0].year, span[0].month, dom) if span else None
        if found:
            days.append(found)
    return _nearest_day(days, anchor)


def _year_only(match: re.Match[str], anchor: date) -> Reading | None:
    year, relative = _year(match, anchor)
    if year is None:
        return None
    part = match.groupdict().get("part")
    if part and part[0] in _SEASONS:
        span = cal.months(year, _SEASONS[part[0]], 3)
        return Reading(span, "season", relative) if span else None
    return _parted(cal.years(year), part, "year", relative)


def _year_quarter(match: re.Match[str], anchor: date) -> Reading | None:
    year, relative = _year(match, anchor)
    span = cal.quarter(anchor.year if year is None else year, number(match["q"]))
    return Reading(span, "quarter", relative or year is None) if span else None


def _year_half(match: re.Match[str], anchor: date) -> Reading | None:
    year, relative = _year(match, anchor)
    span = cal.half(anchor.year if year is None else year, 2 if match["half"] in "下后" else 1)
    return Reading(span, "half", relative or year is None) if span else None


def _rel_quarter(match: re.Match[str], anchor: date) -> Reading | None:
    span = cal.quarter(anchor.year, (anchor.month + 2) // 3 + _offset(match.group()))
    return Reading(span, "quarter", True) if span else None


def _rel_day(match: re.Match[str], anchor: date) -> Reading | None:
    found = cal.shift(anchor, days=_REL_DAYS[match["rd"]])
    return Reading((found, found), "day", True) if found else None


def _weekday(match: re.Match[str], anchor: date) -> Reading | None:
    target = _WEEKDAYS[match["wd"]]
    if match["rw"]:
        span = cal.week(anchor, _offset(match["rw"]))
        found = cal.shift(span[0], days=target) if span else None
        return Reading((found, found), "day", True) if found else None
    days = [it for n in (-7, 0, 7) if (it := cal.shift(anchor, days=n + target - anchor.weekday()))]
    return _nearest_day(days, anchor)


def _week(match: re.Match[str], anchor: date) -> Reading | None:
    span = cal.week(anchor, _offset(match["rw"]))
    if span is None:
        return None
    if match["end"]:
        saturday = cal.shift(span[0], days=5)
        return Reading((saturday, span[1]), "weekend", True) if saturday else None
    return Reading(span, "week", True)


_AGO_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}


def _ago(match: re.Match[str], anchor: date) -> Reading | None:
    amount = number(match["n"]) if match["n"] != "半" else 0
    sign = -1 if "前" in match["way"] else 1
    unit = match["u"].removeprefix("个")
    if unit in _AGO_DAYS:
        found = cal.shift(anchor, days=sign * amount * _AGO_DAYS[unit])
        grain = "day" if _AGO_DAYS[unit] == 1 else "week"
    else:
        size = 12 if unit == "年" else 1
        if match["n"] == "半":
            amount, size = (6, 1) if unit == "年" else (0, 1)
        found = cal.shift(anchor, months_on=sign * amount * size)
        grain = "year" if unit == "年" else "month"
    if found is None:
        return None
    if grain == "year":
        span = cal.years(found.year)
    elif grain == "month":
        span = cal.months(found.year, found.month)
    else:
        span = (found, found)
    return Reading(span, grain, True, grain != "day") if span else None


def _recent(match: re.Match[str], anchor: date) -> Reading | None:
    amount = number(match["n"])
    sign = 1 if match["way"] in {"未来", "接下来", "今后", "往后"} else -1
    unit = match["u"].removeprefix("个")
    if unit in _AGO_DAYS:
        edge = cal.shift(anchor, days=sign * amount * _AGO_DAYS[unit])
    else:
        edge = cal.shift(anchor, months_on=sign * amount * {"年": 12, "季度": 3}.get(unit, 1))
    if edge is None:
        return None
    grain = {"天": "day", "日": "day", "年": "year", "月": "month", "季度": "quarter"}.get(
        unit, "week"
    )
    return Reading((min(edge, anchor), max(edge, anchor)), grain, True, True)


def _same_period(match: re.Match[str], anchor: date) -> Reading | None:
    back = cal.shift(anchor, months_on=-1 if match["ry"].startswith("上个?月") else -12)
    span = cal.years(back.year) if back else None
    return Reading(span, "year", True, True) if span else None


def _so_far(match: re.Match[str], anchor: date) -> Reading | None:
    first = date(anchor.year, 1, 1) if match["unit"] == "年" else date(anchor.year, anchor.month, 1)
    return Reading((first, anchor), "year" if match["unit"] == "年" else "month", True)


def _decade(match: re.Match[str], anchor: date) -> Reading | None:
    base = number(match["d"])
    century = (number(match["c"]) - 1) * 100 if match["c"] else 0
    if base < 100:
        base += century or (1900 if base >= 30 else 2000)
    del anchor
    span = cal.years(base, 10)
    return Reading(span, "decade") if span else None


_AMOUNT = r"(?P<n>\d{1,4}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]|半)"
_SPAN_UNIT = r"(?P<u>天|日|周|个?星期|个?礼拜|个月|年)"
RULES: tuple[Rule, ...] = (
    (rf"{_YEAR}?[ 的]?{_MONTH}[ ]?{_DAY}", _ymd),
    (r"(?P<c>\d{2}|[一二三四五六七八九十]+)世纪(?P<d>\d0|[一二三四五六七八九]十)年代", _decade),
    (r"(?P<c>(?!))?(?P<d>(?:19|20)?\d0|[一二三四五六七八九]十)年代", _decade),
    (r"(?P<ry>去年|上年|上一年)同期", _same_period),
    (
        r"今年(?P<unit>年)?以来|(?:今|本)(?P<unit2>年)来",
        lambda m, a: Reading((date(a.year, 1, 1), a), "year", True),
    ),
    (
        rf"{_YEAR}[ 的]?(?:第?(?P<q>[一二三四1-4])个?季度?|Q(?P<q2>[1-4]))",
        lambda m, a: _quarter_any(m, a),
    ),
    (
        r"第(?P<q>[一二三四1-4])季度?|(?P<q2>[一二三四])季度|(?P<q3>(?!))",
        lambda m, a: _quarter_any(m, a),
    ),
    (rf"{_YEAR}?[ 的]?(?P<half>[上下前后])半年", _year_half),
    (rf"{_YEAR}?[ 的]?{_MONTH}{_PART}?", _month),
    (rf"{_REL_MONTH}[ ]?{_DAY}", _rel_month_day),
    (rf"{_REL_MONTH}{_PART}?(?!球|亮|饼|光)", _month),
    (rf"{_YEAR}{_YEAR_PART}?", _year_only),
    (r"(?:[上下本这]|上上|下下)个?季度?(?<=[季度])", _rel_quarter),
    (
        r"(?P<rw>上上|下下|[上下本这])?个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])(?![年月天个])",
        _weekday,
    ),
    (r"(?P<rw>上上|下下|[上下本这])个?(?:周|星期|礼拜)(?P<end>末)?", _week),
    (r"(?P<rw>(?!))?(?:周末)(?P<end>)", _week),
    (r"(?P<rd>大前|大后|[今昨明前后当次])(?:天|日(?!本|报|货|元)|(?<=[今昨明])[晚早晨])", _rel_day),
    (rf"{_AMOUNT}(?:多|余)?{_SPAN_UNIT}(?:之|以)?(?P<way>前|后)", _ago),
    (
        rf"(?P<way>过去|最近|近|未来|接下来|今后)(?:的)?{_AMOUNT}(?P<u>天|日|周|个?星期|个?礼拜|个月|个季度|年)(?:内|里|间|来)?",
        _recent,
    ),
    (rf"(?<![\d.第]){_DAY}", _day_only),
)


def _quarter_any(match: re.Match[str], anchor: date) -> Reading | None:
    groups = match.groupdict()
    year, relative = _year(match, anchor)
    digit = groups.get("q") or groups.get("q2") or ""
    span = cal.quarter(anchor.year if year is None else year, number(digit)) if digit else None
    return Reading(span, "quarter", relative or year is None) if span else None
