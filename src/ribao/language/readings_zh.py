"""What Chinese forms of dates mean: each function reads one form of `dates_zh`."""

from __future__ import annotations

import re
from datetime import date

from ribao.language import calendar as cal
from ribao.language import holidays
from ribao.language.calendar import Reading

ERAS = {
    "贞观": 626, "神龙": 704, "开元": 712, "天宝": 741, "洪武": 1367, "永乐": 1402, "嘉靖": 1521,
    "万历": 1572, "崇祯": 1627, "顺治": 1643, "康熙": 1661, "雍正": 1722, "乾隆": 1735, "嘉庆": 1795,
    "道光": 1820, "咸丰": 1850, "同治": 1861, "光绪": 1874, "宣统": 1908, "民国": 1911, "明治": 1867,
    "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
}  # fmt: skip
_REL_YEARS = {
    "大前年": -3, "前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "当年": 0, "同年": 0, "明年": 1, "下一年": 1, "后年": 2,
}  # fmt: skip
_REL_DAYS = {
    "大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "本": 0, "即": 0, "明": 1, "次": 1, "后": 2,
    "大后": 3,
}  # fmt: skip
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_PARTS = {
    "上旬": "early", "中旬": "mid", "下旬": "late", "月初": "early", "月底": "end", "月末": "end",
    "月中": "mid", "初": "early", "底": "end", "末": "end", "中": "mid", "年初": "early",
    "年底": "end", "年末": "end", "年中": "mid",
}  # fmt: skip
_SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
_SMALL = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "元": 1, "正": 1}


def number(text: str) -> int:
    """Read a small whole number: digits, or Han numerals up to 99 ("三十一"), or digit by digit."""
    if text.isascii():
        return int(text)
    if text == "腊":
        return 12
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * _SMALL.get(tens, 1) + _SMALL.get(ones, 0)
    return int("".join(str(_SMALL.get(c, 0)) for c in text) or "0")


def _year(match: re.Match[str], anchor: date) -> tuple[int | None, bool]:
    """The year that a match names, and whether it needs the anchor."""
    groups = match.groupdict()
    if groups.get("ry"):
        return anchor.year + _REL_YEARS[groups["ry"].removesuffix("度")], True
    if not groups.get("y"):
        return None, False
    era = ERAS.get(groups["y"][:2])
    if era:
        return era + number(groups["y"][2:]), False
    year = number(groups["y"])
    if year < 100:
        year += 2000 if year <= (anchor.year + 10) % 100 else 1900
    return year, False


def read_ymd(match: re.Match[str], anchor: date) -> Reading | None:
    """2025年12月18日, 12月18日, 去年5月3日."""
    year, relative = _year(match, anchor)
    month, dom = number(match["m"]), number(match["d"])
    if year is None:
        return cal.in_some_year(month, dom, anchor)
    return cal.on(cal.day(year, month, dom), relative=relative)


def read_month_days(match: re.Match[str], anchor: date) -> Reading | None:
    """11月27-28日: the month is told once, and the 日 too."""
    whole = read_ymd(match, anchor)
    if whole is None:
        return None
    first = number(match["d1"])
    spans = []
    for last, _ in whole.spans:
        start = cal.day(last.year, last.month, first)
        if start and start < last:
            spans.append((start, last))
    if not spans:
        return None
    return Reading(tuple(spans), "day", whole.relative, edges=spans[0])


def read_month(match: re.Match[str], anchor: date) -> Reading | None:
    """12月, 上月, 明年3月中旬."""
    groups = match.groupdict()
    if groups.get("rm"):
        span = cal.months(anchor.year, anchor.month + _offset(groups["rm"]))
        reading = cal.one(span, "month", relative=True)
    else:
        year, relative = _year(match, anchor)
        month = number(groups["m"])
        reading = (
            cal.month_of_some_year(month, anchor)
            if year is None
            else cal.one(cal.months(year, month), "month", relative=relative)
        )
    return cal.parted(reading, _PARTS.get(groups.get("part") or "", ""))


def _offset(words: str | None) -> int:
    for head, offset in (("上上", -2), ("下下", 2), ("上", -1), ("下", 1), ("次", 1)):
        if (words or "").startswith(head):
            return offset
    return 0


def read_rel_month_day(match: re.Match[str], anchor: date) -> Reading | None:
    """上月18日."""
    span = cal.months(anchor.year, anchor.month + _offset(match["rm"]))
    found = cal.day(span[0].year, span[0].month, number(match["d"])) if span else None
    return cal.on(found, relative=True)


def read_day_only(match: re.Match[str], anchor: date) -> Reading | None:
    """18日."""
    return cal.on_some_month(number(match["d"]), anchor)


def read_year_only(match: re.Match[str], anchor: date) -> Reading | None:
    """2025年, 明年初, 去年夏天."""
    year, relative = _year(match, anchor)
    if year is None:
        return None
    part = match.groupdict().get("part") or ""
    if part[:1] in _SEASONS:
        return cal.one(cal.months(year, _SEASONS[part[0]], 3), "season", relative=relative)
    return cal.parted(cal.one(cal.years(year), "year", relative=relative), _PARTS.get(part, ""))


def read_fiscal_year(match: re.Match[str], anchor: date) -> Reading | None:
    """2026财年, read as the year it is named after: companies begin it when they like."""
    del anchor
    span = cal.years(int(match["fy"]))
    return Reading((span,), "year", approximate=True) if span else None


def read_part_of_this_year(match: re.Match[str], anchor: date) -> Reading | None:
    """年底, 年初."""
    reading = cal.one(cal.years(anchor.year), "year", relative=True)
    return cal.parted(reading, _PARTS[match["part"]])


def read_quarter(match: re.Match[str], anchor: date) -> Reading | None:
    """第三季度, 2025年四季度, 前三季度."""
    groups = match.groupdict()
    year, relative = _year(match, anchor)
    if groups.get("fy"):
        year = int(groups["fy"])
    digits = "".join(groups.get(name) or "" for name in ("q", "q2", "q3"))
    here = anchor.year if year is None else year
    if groups.get("span"):  # 前三季度: the first n quarters
        return cal.one(cal.months(here, 1, 3 * number(digits)), "quarter", relative=year is None)
    return cal.one(cal.quarter(here, number(digits)), "quarter", relative=relative or year is None)


def read_first_months(match: re.Match[str], anchor: date) -> Reading | None:
    """前11个月: from January on, of this year, or of the last where it has not got that far."""
    count = number(match["n"].replace("两", "二"))
    year = anchor.year if count <= anchor.month else anchor.year - 1
    return cal.one(cal.months(year, 1, count), "month", relative=True) if count <= 12 else None


def read_months(match: re.Match[str], anchor: date) -> Reading | None:
    """2025年1-6月: whole months of one year."""
    (year, relative), first, last = _year(match, anchor), int(match["m1"]), int(match["m2"])
    span = cal.months(year, first, last - first + 1) if year and first < last else None
    return cal.one(span, "month", relative=relative)


def read_half_word(match: re.Match[str], anchor: date) -> Reading | None:
    """上半年, 明年下半年."""
    words = match.group()
    year, relative = _year(match, anchor)
    second = words[-3:-2] in {"下", "后"} or words[-4:-3] in {"下", "后"}
    here = anchor.year if year is None else year
    return cal.one(cal.half(here, 2 if second else 1), "half", relative=relative or year is None)


def read_rel_quarter(match: re.Match[str], anchor: date) -> Reading | None:
    """本季度, 上季度."""
    quarter = (anchor.month + 2) // 3 + _offset(match.group())
    return cal.one(cal.quarter(anchor.year, quarter), "quarter", relative=True)


def read_half_of_period(match: re.Match[str], anchor: date) -> Reading | None:
    """上半月 and 下半周."""
    second = match["half"] == "下"
    if match["of"] == "月":
        last = cal.month_length(anchor.year, anchor.month)
        first, last = (16, last) if second else (1, 15)
        ends = cal.day(anchor.year, anchor.month, first), cal.day(anchor.year, anchor.month, last)
    else:
        week = cal.week(anchor)
        if week is None:
            return None
        ends = (
            cal.shift(week[0], days=3 if second else 0),
            cal.shift(week[0], days=6 if second else 2),
        )
    return cal.one((ends[0], ends[1]), "week", relative=True) if ends[0] and ends[1] else None


def read_rel_day(match: re.Match[str], anchor: date) -> Reading | None:
    """今天, 昨日, 后天."""
    return cal.on(cal.shift(anchor, days=_REL_DAYS[match["rd"]]), relative=True)


def read_weekday(match: re.Match[str], anchor: date) -> Reading | None:
    """周三, 下周三."""
    target = _WEEKDAYS[match["wd"]]
    if match["rw"]:
        week = cal.week(anchor, _offset(match["rw"]))
        return cal.on(cal.shift(week[0], days=target) if week else None, relative=True)
    shifts = (n + target - anchor.weekday() for n in (-7, 0, 7))
    return cal.around([it for n in shifts if (it := cal.shift(anchor, days=n))], anchor)


def read_week(match: re.Match[str], anchor: date) -> Reading | None:
    """上周, 本周末, 周末."""
    week = cal.week(anchor, _offset(match["rw"]))
    if week is None or not match["end"]:
        return cal.one(week, "week", relative=True)
    saturday = cal.shift(week[0], days=5)
    return cal.one((saturday, week[1]), "weekend", relative=True) if saturday else None


def read_nth_of_year(match: re.Match[str], anchor: date) -> Reading | None:
    """2021年的第一周, 明年第九个月, 十月的第一周: weeks belong to the year that holds their Thursday."""
    year, relative = _year(match, anchor)
    nth = number(match["nth"])
    if match["u"].endswith("月"):
        here = anchor.year if year is None else year
        return cal.one(cal.months(here, nth), "month", relative=relative) if nth <= 12 else None
    if match["m"]:
        return _week_of_month(number(match["m"]), nth, anchor)
    fourth = cal.day(anchor.year if year is None else year, 1, 4)
    week = cal.week(fourth, nth - 1) if fourth else None
    return cal.one(week, "week", relative=relative or year is None)


def _week_of_month(month: int, nth: int, anchor: date) -> Reading | None:
    spans = []
    for year in (anchor.year - 1, anchor.year):
        first = cal.day(year, month, 1)
        week = cal.week(first, nth - 1 if first.weekday() == 0 else nth) if first else None
        if week:
            spans.append(week)
    return Reading(tuple(spans), "week", relative=True) if spans else None


def read_weekday_of_month(match: re.Match[str], anchor: date) -> Reading | None:
    """四月的最后一个星期一, 明年三月第二个周五."""
    month = read_month(match, anchor)
    if month is None:
        return None
    nth = -1 if match["nth"].startswith("最") else number(match["nth"].strip("第个"))
    target = _WEEKDAYS[match["wd"]]
    days = [
        it
        for first, _ in month.spans
        if (it := cal.nth_weekday(first.year, first.month, target, nth))
    ]
    return Reading(tuple((it, it) for it in days), "day", month.relative) if days else None


def read_first_or_last(match: re.Match[str], anchor: date) -> Reading | None:
    """去年的前10天, 2021年的最后4个月."""
    year, relative = _year(match, anchor)
    unit = match["u"].removeprefix("个")
    if year is None or unit == "年" or match["n"] == "半":
        return None
    count = number(match["n"])
    last = match["which"] != "前"
    if unit == "月":
        span = cal.months(year, 13 - count if last else 1, count)
        return cal.one(span, "month", relative=relative)
    if unit == "季度":
        return cal.one(
            cal.months(year, 13 - 3 * count if last else 1, 3 * count), "quarter", relative=relative
        )
    days = count * _AGO_DAYS[unit]
    if _AGO_DAYS[unit] == 7:
        anchor_day = cal.day(year, 12, 28) if last else cal.day(year, 1, 4)
        week = cal.week(anchor_day) if anchor_day else None
        first = cal.shift(week[0], days=-7 * (count - 1) if last else 0) if week else None
    else:
        first = cal.day(year, 1, 1) if not last else cal.shift(date(year, 12, 31), days=1 - days)
    end = cal.shift(first, days=days - 1) if first else None
    return cal.one((first, end), "week", relative=relative) if first and end else None


_AGO_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "工作日": 1, "交易日": 1}
_GRAINS = {"天": "day", "日": "day", "年": "year", "月": "month", "季度": "quarter"}
_MONTHS = {"年": 12, "季度": 3, "月": 1, "世纪": 1200}


def _moved(anchor: date, amount: int, unit: str) -> date | None:
    if unit in _AGO_DAYS:
        return cal.shift(anchor, days=amount * _AGO_DAYS[unit])
    return cal.shift(anchor, months_on=amount * _MONTHS[unit])


def read_ago(match: re.Match[str], anchor: date) -> Reading | None:
    """三年后 is some day of that year, 三天前 that day."""
    unit = match["u"].removeprefix("个")
    sign = -1 if "前" in match["way"] else 1
    if match["n"] == "半":
        found = (
            cal.shift(anchor, months_on=sign * 6)
            if unit == "年"
            else cal.shift(anchor, days=sign * 15)
        )
        unit = "月"
    else:
        found = _moved(anchor, sign * number(match["n"]), unit)
    if found is None:
        return None
    grain = _GRAINS.get(unit, "week")
    span = {"year": cal.years(found.year), "month": cal.months(found.year, found.month)}.get(
        grain, (found, found)
    )
    if span is None:
        return None
    vague = grain != "day"
    return Reading((span,), grain, relative=True, approximate=vague, edges=(found, found))


def read_recent(match: re.Match[str], anchor: date) -> Reading | None:
    """过去三年, 未来两周: from then to the anchor, or from the next day on."""
    unit = match["u"].removeprefix("个")
    if match["way"] in {"未来", "接下来", "今后", "往后", "后", "之后"}:
        tomorrow = cal.shift(anchor, days=1)
        edge = _moved(anchor, number(match["n"]), unit)
        stop = cal.shift(edge, days=1) if edge else None
        edges = (tomorrow, stop) if tomorrow and stop else None
        span = (anchor, edge) if edge else None
    else:
        edge = _moved(anchor, -number(match["n"]), unit)
        span = edges = (edge, anchor) if edge else None
    if span is None:
        return None
    grain = _GRAINS.get(unit, "week")
    return Reading((span,), grain, relative=True, approximate=True, edges=edges)


def read_same_period(match: re.Match[str], anchor: date) -> Reading | None:
    """去年同期: some part of last year."""
    del match
    span = cal.years(anchor.year - 1)
    return Reading((span,), "year", relative=True, approximate=True) if span else None


def read_so_far(match: re.Match[str], anchor: date) -> Reading | None:
    """今年以来, 年内."""
    del match
    return cal.one((date(anchor.year, 1, 1), anchor), "year", relative=True)


def read_years_range(match: re.Match[str], anchor: date) -> Reading | None:
    """1995-1997年: both years are told, the word once; in the specs the last year is only touched."""
    del anchor
    first, last = int(match["a"]), int(match["b"])
    if last < 100:
        last += first // 100 * 100
    whole, end = cal.years(first, last - first + 1) if last > first else None, cal.day(last, 1, 1)
    if whole is None or end is None:
        return None
    return Reading((whole,), "year", edges=(whole[0], end))


def read_holiday(match: re.Match[str], anchor: date) -> Reading | None:
    """国庆节, 2026年春节."""
    name = holidays.CHINESE[match["h"]]
    year, relative = _year(match, anchor)
    if year is None:
        return holidays.holiday_near(name, anchor)
    return cal.on(holidays.holiday(name, year), relative=relative)
