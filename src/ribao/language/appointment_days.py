"""Days and periods as calendars tell them: "the week", "week 31", "Friday 7/6", "May twenty nine"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ribao.language import calendar as cal
from ribao.language import readings_en as en
from ribao.language.appointment_hours import NUMBERS
from ribao.language.appointment_line import Build, Form, Match, pattern
from ribao.language.calendar import Reading
from ribao.language.instants import Moment, at

_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(en.ORDINAL_DAYS, key=len, reverse=True))
_MONTH = r"(?P<mn>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})"


def _dated(reading: Reading | None) -> Moment | None:
    if reading is None or not reading.spans:
        return None
    spans = tuple((at(a), at(b) + timedelta(days=1)) for a, b in reading.spans)
    single = reading.grain == "day" and all(a == b for a, b in reading.spans)
    return Moment(0, 0, "date" if single else "daterange", reading, spans)


def _unit(match: Match) -> Moment | None:
    """The week, the same month, the year: the running one."""
    unit, today = match["unit"], match.now.date()
    bound = "ref_undef" if match["same"] else ""
    found = _dated(cal.on(today) if unit == "day" else en.period(unit, 0, today))
    return found._replace(bound=bound) if found else None


def _week_number(match: Match) -> Moment | None:
    """Week 31, week 3 of 2027, week 27 of last year: as ISO counts them."""
    year = match.now.year
    whole = match.moment("y")
    if whole is not None:
        year = whole.spans[0][0].year
    try:
        monday = date.fromisocalendar(year, int(match["n"]), 1)
    except ValueError:
        return None
    return _dated(cal.one(cal.week(monday), "week"))


def _month_day(match: Match) -> Moment | None:
    """11/22, 29/03, 7.6, 2/29-3/1: the American order, where it can be."""
    a, b = int(match["a"]), int(match["b"])
    today = match.now.date()
    beside = match.moment("w")
    if beside is not None and not match.words(beside).startswith(
        ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "this", "next")
    ):
        return None
    reading = cal.in_some_year(a, b, today) or cal.in_some_year(b, a, today)
    if beside and reading and match["sep"] == "-":  # Monday 3-8 are hours, unless the 8th is one
        weekday = en.WEEKDAYS.get(match.words(beside).split()[-1][:3])
        if all(first.weekday() != weekday for first, _ in reading.spans):
            return None
    words = match.words(beside) if beside else match["which"]
    if reading and words.startswith(("this", "next")):
        first = min(it for it, _ in reading.spans)
        away = 0 if words.startswith("this") else int(words.strip() == "next")
        reading = cal.on(cal.day(today.year + away, first.month, first.day))
    return _dated(reading)


def _month_year(match: Match) -> Moment | None:
    """12-2015, 2015-3."""
    return _dated(cal.one(cal.months(int(match["y"]), int(match["m"])), "month"))


def _whole_day(match: Match) -> Moment | None:
    """20161016, 2016 10 16, Sep-23-2020, 23/Sep/2020, Friday 2018-7-6."""
    month = en.month_number(match["mn"]) if match["mn"] else int(match["m"])
    return _dated(cal.on(cal.day(int(match["y"]), month, int(match["d"]))))


def _weekday_number(match: Match) -> Moment | None:
    """Tuesday the eleventh: the nearest eleventh that is a Tuesday."""
    beside = match.moment("w")
    name = match.words(beside) if beside else match["wn"]
    target = en.WEEKDAYS.get(name[:3])
    if target is None:
        return None
    number, today = en.day_number(match["o"]), match.now.date()
    found = []
    for away in range(-14, 15):
        month = cal.months(today.year, today.month + away)
        one = cal.day(month[0].year, month[0].month, number) if month else None
        if one and one.weekday() == target:
            found.append(one)
    later = [one for one in found if one >= today] or found
    return _dated(cal.on(min(later, key=lambda one: abs((one - today).days)))) if later else None


def _spoken_day(match: Match) -> Moment | None:
    """May twenty nine, with or without a year in words."""
    number = NUMBERS.get(match["n"])
    month = en.month_number(match["mn"])
    if number is None:
        return None
    year = _spoken_year(match["yw"]) if match["yw"] else None
    if year:
        return _dated(cal.on(cal.day(year, month, number)))
    return _dated(cal.in_some_year(month, number, match.now.date()))


def _spoken_year(words: str) -> int | None:
    """Nineteen eighty six, two thousand and fifteen, seventeen hundred thirty three."""
    words = re.sub(r"\band\b", " ", words)
    match = re.fullmatch(rf"\s*({_NUMBER})\s+(?:(thousand|hundred)\s*)?({_NUMBER})?\s*", words)
    if match is None:
        return None
    scale = {"thousand": 1000, "hundred": 100}.get(match[2] or "", 100)
    year = NUMBERS[match[1]] * scale + (NUMBERS[match[3]] if match[3] else 0)
    return year if 1000 <= year < 2200 else None


def _year_in_words(match: Match) -> Moment | None:
    """The year alone, a month of it, or a day that had none."""
    year = _spoken_year(match["yw"])
    if year is None:
        return None
    if match["mn"]:
        return _dated(cal.one(cal.months(year, en.month_number(match["mn"])), "month"))
    return _dated(cal.one(cal.years(year), "year"))


def _day_in_year(match: Match) -> Moment | None:
    """15 April of 87, January first two thousand and thirty two."""
    day = match.moment("d")
    year = _spoken_year(match["yw"]) if match["yw"] else 1900 + int(match["yy"])
    if day is None or day.reading is None or len(day.reading.spans) < 2 or not year:
        return None
    first = day.reading.spans[0][0]
    return _dated(cal.on(cal.day(year, first.month, first.day)))


def _month_in_words(match: Match) -> Moment | None:
    """October two thousand and five, twenty five January nineteen eighty six: the month is known."""
    whole = match.moment("r")
    if whole is None or not re.fullmatch(r"[a-z]{3,9}\.?", match.words(whole)):
        return None
    month = whole.spans[0][0].month
    year = _spoken_year(match["yw"]) if match["yw"] else None
    if match["yy"]:
        year = 1900 + int(match["yy"])
    if match["n"]:
        day = NUMBERS[match["n"]]
        found = cal.on(cal.day(year, month, day)) if year else None
        return _dated(found or cal.in_some_year(month, day, match.now.date()))
    return _dated(cal.one(cal.months(year, month), "month")) if year else None


def _nth_day_of(match: Match) -> Moment | None:
    """The 15th day of next month, the twenty-sixth day of the month, the 21st this month."""
    month = match.moment("r")
    start = month.spans[0][0].date() if month else match.now.date()
    number = en.day_number(match["o"])
    if match["unit"] == "month":
        return _dated(cal.one(cal.months(start.year, number), "month"))
    return _dated(cal.on(cal.day(start.year, start.month, number)))


def _bare_day(match: Match) -> Moment | None:
    """29th, of the month that brings it next."""
    return _dated(cal.on_some_month(en.day_number(match["o"]), match.now.date()))


def _week_from(match: Match) -> Moment | None:
    """The week commencing February 4, the week of the 18th."""
    day = match.moment("d")
    spans = (
        day.reading.spans
        if day and day.reading
        else (
            cal.on_some_month(en.day_number(match["o"]), match.now.date()) or Reading((), "")
        ).spans
        if match["o"]
        else ()
    )
    weeks = tuple(week for first, _ in spans if (week := cal.week(first)))
    return _dated(Reading(weeks, "week")) if weeks else None


def _fortnight(match: Match) -> Moment | None:
    today, way = match.now.date(), match["way"]
    moved = cal.shift(today, days=-14 if way == "past" else 14)
    if moved is None:
        return None
    if match["later"] or way == "in":
        return _dated(cal.on(moved))
    span = (moved, today) if way == "past" else (today, moved)
    return Moment(0, 0, "daterange", Reading((span,), "week"), ((at(span[0]), at(span[1])),))


def _weekend_of(match: Match) -> Moment | None:
    """Labor Day weekend, the weekend of Halloween: the days off that hold it."""
    day = match.moment("d")
    if day is None or day.reading is None:
        return None
    spans = []
    for first, _ in day.reading.spans:
        saturday = cal.shift(first, days=5 - first.weekday() if first.weekday() else -2)
        if saturday:
            begin = min(first, saturday)
            spans.append((begin, max(first, saturday + timedelta(days=1))))
    return _dated(Reading(tuple(spans), "weekend"))


def _beside(match: Match) -> Moment | None:
    """What happened the day before."""
    return _dated(cal.on(cal.shift(match.now.date(), days=1 if match["way"] == "after" else -1)))


def _quarter(match: Match) -> Moment | None:
    """Q1, q1-2019."""
    years = [int(match["y"])] if match["y"] else [match.now.year, match.now.year + 1]
    spans = tuple(it for year in years if (it := cal.quarter(year, int(match["q"]))))
    return _dated(Reading(spans, "quarter"))


def _unresolved(match: Match) -> Moment | None:
    """Fiscal and school years begin when their owners say so; 30 February never comes."""
    kind = "date" if match["feb"] else "daterange"
    whole = match.moment("r")
    named = whole is None or match["who"] or re.search(r"\b(?:fiscal|school)\b", match.words(whole))
    if not named:
        return None
    return Moment(0, 0, kind, None, ())


def _weekend(match: Match) -> Moment | None:
    return _dated(en.period("weekend", 0, match.now.date()))


def _working_week(match: Match) -> Moment | None:
    """This working week: Monday to Friday."""
    week = cal.week(match.now.date(), en.offset_of(match["rel"]))
    return _dated(Reading(((week[0], week[0] + timedelta(days=4)),), "week")) if week else None


def _to_date(match: Match) -> Moment | None:
    found = _dated(cal.on(match.now.date()))
    return found._replace(bound="before") if found else None


def _which(match: Match) -> Moment | None:
    """The previous Easter, the following one."""
    day, today = match.moment("d"), match.now.date()
    if day is None or day.reading is None or len(day.reading.spans) < 2:
        return None
    later = match["rel"] in {"next", "following"}
    fitting = [first for first, _ in day.reading.spans if (first > today) == later]
    return _dated(cal.on(fitting[0])) if fitting else None


def _calendar_year(match: Match) -> Moment | None:
    whole = match.moment("r")
    if whole is not None:
        return whole
    return _dated(cal.one(cal.years(2000 + int(match["yy"])), "year"))


def _set(match: Match) -> Moment | None:
    """Everyday, annual, once a week: what comes again."""
    del match
    return Moment(0, 0, "set", None, ())


def _length(match: Match) -> Moment | None:
    """All day, another week, 10d, two nights, one hour and a half."""
    words = match["u"] or "hour"
    unit = {"d": "day", "w": "week", "y": "year", "night": "day", "h": "hour"}.get(words, words)
    count = match["n"] or "1"
    amount = float(count) if count.isdigit() else NUMBERS.get(count, 1)
    if match["half"] or match["half2"]:
        amount += 0.25 if "quarter" in match["half"] else 0.5
    days = {"day": 1, "week": 7, "weekend": 2, "month": 30, "year": 365, "hour": 1 / 24}[unit]
    length = timedelta(seconds=round(days * amount * 86400))
    if unit == "weekend":
        length = timedelta(days=2 * amount)
    return Moment(0, 0, "duration", None, ((match.now, match.now + length),))


_YEAR_WORDS = rf"(?P<yw>(?:{_NUMBER})[ ](?:(?:hundred|thousand)(?:[ ](?:and[ ])?(?:{_NUMBER}))?|(?:{_NUMBER})))"
_COUNT = rf"(?P<n>(?<![\w.])\d{{1,3}}|\b(?:{_NUMBER}|an?|another))"
RULES: tuple[tuple[Form, Build], ...] = tuple(
    (pattern(words), build)
    for words, build in (
        (rf"<D:d>[ ](?:of[ ])?{_YEAR_WORDS}(?![ ]?(?:[ap][ ]?\.?m|o))", _day_in_year),
        (r"<D:d>[ ]of[ ]['’]?(?P<yy>[5-9]\d)\b", _day_in_year),
        (rf"<R:r>[ ](?:the[ ])?(?P<n>{_NUMBER})(?:,?[ ]{_YEAR_WORDS})?\b(?![ ](?:people|days|hours|thousand|hundred))", _month_in_words),
        (rf"\b(?P<n>{_NUMBER})[ ](?:of[ ])?<R:r>(?:,?[ ]{_YEAR_WORDS})?", _month_in_words),
        (rf"<R:r>[ ]{_YEAR_WORDS}\b", _month_in_words),
        (r"<R:r>[ ]of[ ]['’]?(?P<yy>[5-9]\d)\b", _month_in_words),
        (r"\b(?:(?P<rel>this|next|last)[ ])(?:working[ ]week|work[ -]?week)\b", _working_week),
        (r"<D:d>[ ]weekend\b", _weekend_of),
        (r"\b(?:the[ ])?weekend[ ]of[ ]<D:d>", _weekend_of),
        (r"\b(?:any[ ]weekend|(?:all[ ])?weekends)\b", _set),
        (r"\b(?:the[ ])?weekend\b(?![ ]of)", _weekend),
        (r"\b(?:till|to)[ ]date\b", _to_date),
        (r"\b(?P<rel>previous|following|next|last)[ ]<D:d>", _which),
        (rf"\b{_MONTH}[ ](?:the[ ])?(?P<n>{_NUMBER})(?:,?[ ]{_YEAR_WORDS})?(?![ ](?:people|days|hours))\b", _spoken_day),
        (rf"\b(?P<n>{_NUMBER})[ ](?:of[ ])?{_MONTH}(?:,?[ ]{_YEAR_WORDS})?\b", _spoken_day),
        (rf"\b(?P<all>{_MONTH}[ ]{_YEAR_WORDS})\b", _year_in_words),
        (rf"\b{_YEAR_WORDS}(?=[ ]?[.,?!]|$)", _year_in_words),
        (r"\b(?:calendar[ ]|cy[ ]?)(?:<R:r>|(?P<yy>\d\d)\b)", _calendar_year),
        (r"\b(?P<who>school|sy|fiscal)[ ]?(?:<R:r>|\d\d\b|year\b)", _unresolved),
        (r"<R:r>", _unresolved),
        (r"\b(?P<feb>feb(?:ruary)?)[ ]30(?:[ ]<R>)?\b", _unresolved),
        (r"\bq(?P<q>[1-4])(?:-(?P<y>20\d\d))?\b", _quarter),
        (r"\bthe[ ]day[ ](?P<way>before|after)(?=[ ]?[.?!]|$)", _beside),
        (r"<D:w>,?[ ]\(?(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})\)?(?![\d/-]|\.\d)", _month_day),
        (r"\b(?:(?P<which>this|next)[ ])?(?<![\d/.$-])(?P<a>1[0-2]|0?[1-9])/(?P<b>3[01]|[12]\d|0?[1-9])(?![\d/.%]|[ ]of\b)", _month_day),
        (r"(?<![\d/.-])(?P<a>3[01]|[12]\d)/(?P<b>1[0-2]|0?[1-9])(?![\d/.%]|[ ]of\b)", _month_day),
        (r"(?<![\d/.-])(?P<m>1[0-2]|0?[1-9])[-/](?P<y>(?:19|20)\d\d)(?![\d/.-])", _month_year),
        (r"(?<![\d/.-])(?P<y>20\d\d)-(?P<m>1[0-2]|0?[1-9])(?![\d/.-])", _month_year),
        (r"(?<!\d)(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)", _whole_day),
        (r"<R>[ ](?P<m>0[1-9]|1[0-2])[ ](?P<d>[0-3]\d)(?!\d)(?P<y>(?!))?", lambda _: None),
        (rf"\b{_MONTH}[-/](?P<d>\d\d?)[-/](?P<y>20\d\d)\b", _whole_day),
        (rf"\b(?P<d>\d\d?)[-/]{_MONTH}[-/](?P<y>20\d\d)\b", _whole_day),
        (rf"(?:<D:w>|\b(?P<wn>mon|tues?|wed|thurs?|fri|sat|sun)),?[ ]the[ ](?P<o>{_ORDINAL}|\d\d?(?:st|nd|rd|th))\b", _weekday_number),
        (rf"\b(?:the[ ])?(?P<o>{_ORDINAL}|\d\d?(?:st|nd|rd|th))[ ](?:(?P<unit>day|month)[ ])of[ ](?:the[ ]month|the[ ]year|<R:r>)", _nth_day_of),
        (r"\bthe[ ]week[ ]of[ ]the[ ](?P<o>\d\d?(?:st|nd|rd|th))\b", _week_from),
        (r"(?:\bthe[ ]week[ ](?:beginning|starting|commencing)(?:[ ]on)?|\bw/c)[ ]<D:d>", _week_from),
        (r"\bweek[ ](?P<n>[1-5]?\d)(?:[ ]of[ ]<R:y>)?(?!\d)", _week_number),
        (r"\b(?P<all>(?P<same>same|that)[ ](?P<unit>week|weekend|month|year))\b", _unit),
        (r"\b(?:of|for|in|away)[ ](?P<all>the[ ](?P<unit>day|week|month|year))\b(?![ ](?:of|before|after|that|to)\b|[ -]to)", _unit),
        (r"\b(?P<all>(?:(?P<way>in|past|next)[ ])?(?:an?|the)?[ ]?fortnight(?P<later>[ ]later)?)\b", _fortnight),
        (r"\b(?:on|by|for)[ ](?P<all>(?P<o>\d\d?(?:st|nd|rd|th)))(?=[ ]?[.,?!]|$)", _bare_day),
        (r"\b(?:(?:semi|bi)-?)?(?:annual|annually|monthly|weekly)\b|\beveryday\b|\bevery[ ]weekday\b|\bany[ ](?:year|month|week|day)\b", _set),
        (r"\b(?:once|twice|one|\d)[ ](?:times?[ ])?(?:an?|per)[ ](?:day|week|month|year)\b", _set),
        (r"\b(?:semi|bi)-?<S>", _set),
        (r"<S>[ ](?:at[ ])?(?:<TC>|\d\d?\.\d\d)|<TC>[ ](?:each[ ]day|<S>)|\d\d?th[ ]of[ ]<S>", _set),
        (r"<D>[ ](?:mornings|afternoons|evenings|nights)\b|\b(?:mornings|evenings)\b", _set),
        (rf"{_COUNT}[ ](?P<u>hour|year)s?[ ](?P<half>and[ ](?:a[ ])?(?:half|quarter))\b|\bone[ ](?P<half2>and[ ]half)[ ]hour", _length),
        (r"\b(?P<n>one)[ ](?P<half>and[ ](?:a[ ])?half)[ ](?P<u>hour)s?\b", _length),
        (r"\b(?:all|another)[ ](?P<u>day|week|month|year)\b", _length),
        (rf"{_COUNT}[ ](?P<u>night|weekend)s?\b", _length),
        (r"(?<![\w.])(?P<n>\d{1,3})(?P<u>[dwyh])\b", _length),
    )
)  # fmt: skip
