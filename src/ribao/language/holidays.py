"""Holidays by their Chinese and English names, and the days on which they fall."""

from __future__ import annotations

from datetime import date

from ribao.language.calendar import Reading, around, day, nth_weekday, shift

CHINESE = {
    "元旦": "new-year",
    "春节": "spring",
    "大年初一": "spring",
    "农历新年": "spring",
    "除夕": "spring-eve",
    "元宵节": "lantern",
    "端午节": "dragon-boat",
    "端午": "dragon-boat",
    "中秋节": "mid-autumn",
    "中秋": "mid-autumn",
    "情人节": "valentine",
    "妇女节": "women",
    "愚人节": "april-fool",
    "劳动节": "labour",
    "五一": "labour",
    "儿童节": "children",
    "教师节": "teachers",
    "国庆节": "cn-national",
    "国庆": "cn-national",
    "万圣节": "halloween",
    "双十一": "singles",
    "双11": "singles",
    "双十二": "double-12",
    "双12": "double-12",
    "平安夜": "christmas-eve",
    "圣诞节": "christmas",
    "感恩节": "thanksgiving",
    "黑色星期五": "black-friday",
    "黑五": "black-friday",
    "复活节": "easter",
    "母亲节": "mothers",
    "父亲节": "fathers",
    "地球日": "earth",
}
ENGLISH = {
    "new year's day": "new-year",
    "new years day": "new-year",
    "new year's eve": "new-year-eve",
    "new year": "new-year",
    "valentine's day": "valentine",
    "christmas eve": "christmas-eve",
    "christmas day": "christmas",
    "christmas": "christmas",
    "xmas": "christmas",
    "boxing day": "boxing",
    "thanksgiving": "thanksgiving",
    "thanksgiving day": "thanksgiving",
    "black friday": "black-friday",
    "cyber monday": "cyber-monday",
    "halloween": "halloween",
    "independence day": "us-independence",
    "labor day": "us-labor",
    "labour day": "labour",
    "memorial day": "memorial",
    "presidents' day": "presidents",
    "presidents day": "presidents",
    "mlk day": "mlk",
    "martin luther king day": "mlk",
    "easter": "easter",
    "easter sunday": "easter",
    "good friday": "good-friday",
    "easter monday": "easter-monday",
    "mother's day": "mothers",
    "mothers day": "mothers",
    "father's day": "fathers",
    "fathers day": "fathers",
    "columbus day": "columbus",
    "lunar new year": "spring",
    "chinese new year": "spring",
    "spring festival": "spring",
    "singles' day": "singles",
    "singles day": "singles",
    "mid-autumn festival": "mid-autumn",
    "dragon boat festival": "dragon-boat",
    "april fools": "april-fool",
    "april fools' day": "april-fool",
    "earth day": "earth",
}

# First day of the lunar year, 15th of its eighth month and 5th of its fifth (Hong Kong Observatory).
_SPRING = {
    2015: (2, 19), 2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25),
    2021: (2, 12), 2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17),
    2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3),
}  # fmt: skip
_MID_AUTUMN = {
    2015: (9, 27), 2016: (9, 15), 2017: (10, 4), 2018: (9, 24), 2019: (9, 13), 2020: (10, 1),
    2021: (9, 21), 2022: (9, 10), 2023: (9, 29), 2024: (9, 17), 2025: (10, 6), 2026: (9, 25),
    2027: (9, 15), 2028: (10, 3), 2029: (9, 22), 2030: (9, 12),
}  # fmt: skip
_DRAGON_BOAT = {
    2015: (6, 20), 2016: (6, 9), 2017: (5, 30), 2018: (6, 18), 2019: (6, 7), 2020: (6, 25),
    2021: (6, 14), 2022: (6, 3), 2023: (6, 22), 2024: (6, 10), 2025: (5, 31), 2026: (6, 19),
    2027: (6, 9), 2028: (5, 28), 2029: (6, 16), 2030: (6, 5),
}  # fmt: skip
_FIXED = {
    "new-year": (1, 1), "valentine": (2, 14), "women": (3, 8), "april-fool": (4, 1), "labour": (5, 1),
    "children": (6, 1), "us-independence": (7, 4), "teachers": (9, 10), "cn-national": (10, 1),
    "halloween": (10, 31), "singles": (11, 11), "double-12": (12, 12), "christmas-eve": (12, 24),
    "christmas": (12, 25), "boxing": (12, 26), "new-year-eve": (12, 31), "earth": (4, 22),
}  # fmt: skip


def holiday(name: str, year: int) -> date | None:
    """The day of a holiday in a year, or None where the year is not in the tables."""
    if name in _FIXED:
        return day(year, *_FIXED[name])
    lunar = {"mid-autumn": _MID_AUTUMN, "dragon-boat": _DRAGON_BOAT}.get(name, _SPRING)
    if name in {"spring", "spring-eve", "lantern", "mid-autumn", "dragon-boat"}:
        shifted = {"spring-eve": -1, "lantern": 14}.get(name, 0)
        return shift(date(year, *lunar[year]), days=shifted) if year in lunar else None
    moving = {
        "mlk": (1, 0, 3), "presidents": (2, 0, 3), "mothers": (5, 6, 2), "memorial": (5, 0, -1),
        "fathers": (6, 6, 3), "us-labor": (9, 0, 1), "columbus": (10, 0, 2), "thanksgiving": (11, 3, 4),
        "black-friday": (11, 3, 4), "cyber-monday": (11, 3, 4),
    }  # fmt: skip
    if name in moving:
        found = nth_weekday(year, *moving[name])
        after = {"black-friday": 1, "cyber-monday": 4}.get(name, 0)
        return shift(found, days=after) if found else None
    days = {"easter": 0, "good-friday": -2, "easter-monday": 1}.get(name)
    return shift(easter(year), days=days) if days is not None else None


def holiday_near(name: str, anchor: date) -> Reading | None:
    """A holiday without its year, next to the anchor."""
    days = [it for y in (-1, 0, 1) if (it := holiday(name, anchor.year + y))]
    return around(days, anchor)


def easter(year: int) -> date:
    """Easter Sunday by the anonymous Gregorian computus (Nature, 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
