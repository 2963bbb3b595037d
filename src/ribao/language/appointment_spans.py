"""What stands around a time: "for two hours from 2pm", "late this morning", "the end of the day"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ribao.language import calendar as cal
from ribao.language import readings_en as en
from ribao.language.appointment_line import Build, Form, Match, kind_of, pattern
from ribao.language.calendar import Reading
from ribao.language.clocks import HOUR
from ribao.language.counted_en import WORDS
from ribao.language.instants import Moment, at

_WEEK, _MONTH = 7, 31  # days that a period of that name has at most


def _lasting(match: Match) -> Moment | None:
    """Two hours from 2pm, 3 days starting Monday, 14 February from 9:30 for 7 hours."""
    start, length, day = match.moment("t"), match.moment("l"), match.moment("d")
    if start is None or length is None:
        return None
    lasts = length.spans[0][1] - length.spans[0][0]
    if start.kind == "time" and start.clock:
        clocks = start.clock[:1]
        pairs = tuple((first, first + int(lasts.total_seconds())) for first, _ in clocks)
        if day is not None and day.reading is not None:
            spans = tuple(
                (at(first, a), at(first, b)) for a, b in pairs for first, _ in day.reading.spans
            )
            return Moment(0, 0, "datetimerange", day.reading, spans, clock=pairs)
        today = match.now.date()
        spans = tuple((at(today, a), at(today, b)) for a, b in pairs)
        return Moment(0, 0, "timerange", None, spans, clock=pairs)
    begins = [first for first, _ in start.spans]
    begin = next((it for it in begins if it.year == match.now.year), begins[0])
    span = (begin, begin + lasts)
    kind = "daterange" if start.kind == "date" and not lasts.seconds else "datetimerange"
    return Moment(0, 0, kind, start.reading, (span,), (span,))


_NAMES = {"start": "early beginning start earlier", "mid": "mid middle", "end": "late later end eo"}


def _name(words: str) -> str:
    word = re.sub(r"^the ", "", words).split()[0].split("-")[0] if words.strip() else ""
    return next((name for name, forms in _NAMES.items() if word in forms.split()), "")


def _third(moment: Moment, name: str, *, relative: bool) -> tuple[datetime, datetime]:
    """The part of a period that is meant, by the conventions of the recognizers' specs."""
    first, last = moment.spans[0]
    days = (last - first).days
    if kind_of(moment) in {"P", "Y"}:
        middle = first + (last - first + timedelta(seconds=1)) / 2
        middle = middle.replace(second=0)
    elif days <= _WEEK:
        middle = first + timedelta(days=3)
    elif days <= _MONTH:
        middle = first + timedelta(days=15)
        if name == "mid":
            return first + timedelta(days=9), first + timedelta(days=20)
    elif relative:
        middle = at(cal.day(first.year, 7, 1) or first.date())
    else:
        third = at(cal.day(first.year, 5, 1) or first.date())
        late = at(cal.day(first.year, 9, 1) or first.date())
        return {"start": (first, third), "mid": (third, late), "end": (late, last)}[name]
    return (first, middle) if name == "start" else (middle, last)


def _parted(match: Match) -> Moment | None:
    """Late this morning, the end of the year, early September."""
    whole, name = match.moment("p"), _name(match["part"])
    if whole is None or not name:
        return None
    relative = bool(whole.reading and whole.reading.relative) or whole.reading is None
    spans = tuple(
        _third(whole._replace(spans=(span,)), name, relative=relative) for span in whole.spans
    )
    way = match["way"]
    if way:
        bound = {"by": "before"}.get(way, way)
        edges = tuple(
            (it[0], span[1]) if name == "end" else (span[0], it[1])
            for it, span in zip(spans, whole.spans, strict=True)
        )
        return whole._replace(spans=edges, edges=(), bound=f"{bound}-{name}")
    said = match["part"]
    bare = said.startswith(("earlier", "later")) and kind_of(whole) == "R"
    return whole._replace(spans=spans, edges=(), bound="" if bare else name)


def _end_of_day(match: Match) -> Moment | None:
    """End of the day, end of tomorrow, eod."""
    day = match.moment("d")
    reading = day.reading if day else cal.on(match.now.date())
    if reading is None:
        return None
    last = (23 * HOUR + 59 * 60 + 59,) * 2
    spans = tuple((at(first, last[0]), at(first, last[1])) for first, _ in reading.spans)
    return Moment(0, 0, "datetime", reading, spans, clock=(last,))


def _end_of_unit(match: Match) -> Moment | None:
    """Eoy, eom: the second half of the running year or month."""
    today = match.now.date()
    year = match["unit"][0] == "y"
    span = cal.years(today.year) if year else cal.months(today.year, today.month)
    if span is None:
        return None
    whole = Moment(0, 0, "daterange", Reading((span,), "year"), ((at(span[0]), at(span[1]) + timedelta(days=1)),))  # fmt: skip
    return whole._replace(spans=(_third(whole, "end", relative=True),), bound="end")


def _about(match: Match) -> Moment | None:
    """Around tomorrow 10am."""
    found = match.moment("x")
    return found._replace(bound="approx") if found and not found.bound else None


def _or_later(match: Match) -> Moment | None:
    """3 pm or later on Monday, year 2016 and greater, greater than 2012."""
    found = match.moment("x")
    return found._replace(bound=(match["after"] and "after") or "since") if found else None


def _more_than(match: Match) -> Moment | None:
    """More than two weeks before today: before that day; less than 3 days after tomorrow."""
    found = match.moment("x")
    if found is None or found.reading is None:
        return None
    day = found.reading.spans[0][0]
    past = day < match.now.date()
    if match["more"] == "more":
        return found._replace(bound="before" if past else "after")
    start = match.now.date() + timedelta(days=1)
    if past:
        return None
    span = (at(start), at(day))
    return found._replace(kind="daterange", spans=(span,), edges=(span,))


def _with_from(match: Match) -> Moment | None:
    """From 2014-2018: the word belongs to the period."""
    found = match.moment("r")
    return found if found and (found.edges or found.kind == "datetimerange") else None


def _day_at(match: Match) -> Moment | None:
    """October 14 for 8:00:31am, 5/3/18 @ 17:49:19: a day and its hour."""
    day, hour = match.moment("d"), match.moment("t")
    if day is None or hour is None or day.reading is None:
        return None
    spans = tuple(
        (at(first, begin), at(first, stop))
        for begin, stop in hour.clock
        for first, _ in day.reading.spans
    )
    kind = "datetime" if hour.kind == "time" else "datetimerange"
    bound = {"later than": "after", "after": "after", "by": "before", "before": "before"}.get(
        match["way"], ""
    )
    return Moment(0, 0, kind, day.reading, spans, clock=hour.clock, bound=bound)


def _weekday_in(match: Match) -> Moment | None:
    """Wednesday evening next week: the day lies in the named week."""
    day, week = match.moment("d"), match.moment("r")
    if day is None or week is None or day.reading is None or not _WEEKDAY.match(match.words(day)):
        return None
    first, last = week.spans[0]
    if not 0 < (last - first).days <= _WEEK:
        return None
    shift = (day.spans[0][0].weekday() - first.weekday()) % 7
    target = (first + timedelta(days=shift)).date()
    reading = Reading(((target, target),), "day", relative=True)
    clock = day.clock or ((0, 0),)
    spans = tuple((at(target, a), at(target, b)) for a, b in clock)
    if not day.clock:
        spans = ((at(target), at(target) + timedelta(days=1)),)
    return day._replace(reading=reading, spans=spans, edges=())


_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)


def _day_to_day(match: Match) -> Moment | None:
    """From next Monday to Friday, April ninth through 17th, between the ninth and the 17th of April."""
    a, b, number = match.moment("a"), match.moment("b"), match["o"]
    if a is None and b is None:
        return None
    pairs = []
    known = a or b
    for day, _ in known.reading.spans if known and known.reading else ():
        if a is not None and b is not None:
            if not _WEEKDAY.match(match.words(b)) or b.reading is None:
                return None
            away = (b.reading.spans[0][0].weekday() - day.weekday()) % 7
            pairs.append((day, day + timedelta(days=away)))
            continue
        nth = en.day_number(number)
        month = day.month if (nth > day.day) == (a is not None) else day.month + (1 if a else -1)
        whole = cal.months(day.year, month)
        other = cal.day(whole[0].year, whole[0].month, nth) if whole else None
        if other:
            pairs.append((day, other) if a is not None else (other, day))
    if not pairs or any(first >= last for first, last in pairs):
        return None
    edges = tuple((at(first), at(last)) for first, last in pairs)
    return Moment(0, 0, "daterange", Reading(tuple(pairs), "day"), edges, edges)


def _early_part(match: Match) -> Moment | None:
    """Early in the morning."""
    part = match.moment("p")
    if part is None or part.bound or not match.words(part).startswith("early"):
        return None
    return part._replace(spans=(_third(part, "start", relative=True),), bound="start")


def _away(match: Match) -> Moment | None:
    """3 days from Tuesday, two weeks before Christmas."""
    length, day = match.moment("l"), match.moment("d")
    if length is None or day is None or day.reading is None:
        return None
    words = re.match(r"(\d+|[a-z]+(?: [a-z]+)?) (day|week|month|year)s?$", match.words(length))
    amount = _amount(words[1]) if words else 0
    if not words or not amount:
        return None
    later = [first for first, _ in day.reading.spans if first > match.now.date()]
    start = min(later, default=day.reading.spans[0][0])
    amount *= -1 if match["way"] == "before" else 1
    unit = words[2]
    found = (
        cal.shift(start, days=amount * {"day": 1, "week": 7}[unit])
        if unit in {"day", "week"}
        else cal.shift(start, months_on=amount * (12 if unit == "year" else 1))
    )
    if found is None:
        return None
    return Moment(0, 0, "date", cal.on(found), ((at(found), at(found) + timedelta(days=1)),))


def _amount(words: str) -> int:
    return int(words) if words.isdigit() else WORDS.get(words, 0)


def _soon(match: Match) -> Moment | None:
    """In half an hour."""
    length = match.moment("l")
    if length is None or length.spans[0][1] - length.spans[0][0] >= timedelta(days=1):
        return None
    moment = match.now + (length.spans[0][1] - length.spans[0][0])
    reading = Reading(((moment.date(), moment.date()),), "day", relative=True)
    return Moment(0, 0, "datetime", reading, ((moment, moment),))


def _edge(moment: Moment, part: str) -> datetime:
    """Where a period begins or ends that is told by a part of one: "the end of 2007" is its end."""
    begin, end = moment.spans[0]
    if part.startswith("mid"):
        return at((begin + (end - begin) / 2).date())
    if part.startswith("end"):
        return end
    return begin


def _part_to_part(match: Match) -> Moment | None:
    """From the end of 2007 to the middle of 2008."""
    a, b = match.moment("a"), match.moment("b")
    if a is None or b is None or not (match["pa"] or match["pb"]):
        return None
    begin, end = _edge(a, match["pa"]), _edge(b, match["pb"])
    if begin >= end:
        return None
    last = (end - timedelta(days=1)).date()
    return Moment(0, 0, "daterange", Reading(((begin.date(), last),), "year"), ((begin, end),))


def _some_of(match: Match) -> Moment | None:
    """The last week of this month, the first 2 weeks of 2021, the last four months of 2021."""
    whole, inner = match.moment("b"), match.moment("a")
    words = match.words(inner) if inner else match["words"]
    found = re.match(r"(?:the )?(first|last)(?: (\d+|[a-z]+))? (day|week|month)s?$", words)
    if whole is None or found is None:
        return None
    count = _amount(found[2]) if found[2] else 1
    first, end = whole.spans[0]
    if not count or (end - first).days < _WEEK:
        return None
    if found[3] == "month":
        last = found[1] == "last"
        shifted = cal.shift((end if last else first).date(), months_on=-count if last else count)
        if shifted is None:
            return None
        span = (at(shifted), end) if last else (first, at(shifted))
    else:
        size = timedelta(days=count * (1 if found[3] == "day" else _WEEK))
        if found[3] == "week":  # ISO: the first week is the one with four days of the period
            first = first - timedelta(days=(first + timedelta(days=3)).weekday() - 3)
            first = _monday(first + timedelta(days=3))
            end = _monday(end - timedelta(days=4)) + timedelta(days=_WEEK)
        span = (end - size, end) if found[1] == "last" else (first, first + size)
    last_day = (span[1] - timedelta(days=1)).date()
    return Moment(0, 0, "daterange", Reading(((span[0].date(), last_day),), "week"), (span,))


def _some_lasting(match: Match) -> Moment | None:
    """The first 2 weeks of 2021, where the weeks were read as a length already."""
    length = match.moment("l")
    match.say("words", f"{match['some']} {match.words(length)}" if length else "")
    return _some_of(match)


def _monday(moment: datetime) -> datetime:
    return moment - timedelta(days=moment.weekday())


def _weekday_of(match: Match) -> Moment | None:
    """Monday two weeks from now: the Monday of that week."""
    day, far = match.moment("w"), match.moment("d")
    if day is None or far is None or day.reading is None or far.reading is None:
        return None
    if not re.fullmatch(r"[a-z]+day", match.words(day)) or "from" not in match.words(far):
        return None
    target = far.reading.spans[0][0]
    found = target + timedelta(days=day.reading.spans[0][0].weekday() - target.weekday())
    return Moment(0, 0, "date", cal.on(found), ((at(found), at(found) + timedelta(days=1)),))


_NTH = rf"(?P<o>\d\d?(?:st|nd|rd|th)|{'|'.join(sorted(en.ORDINAL_DAYS, key=len, reverse=True))})"
_PARTS = "end[ ]of|beginning[ ]of|start[ ]of|middle[ ]of|early|late|mid"
_PART = r"(?:the[ ])?(?P<part>(?:end|beginning|start|middle)[ ]of|early[ ]in|earlier[ ]in|later[ ]in|early|earlier|mid|late|later)[ -](?:the[ ])?"
RULES: tuple[tuple[Form, Build], ...] = tuple(
    (pattern(words), build)
    for words, build in (
        (r"<D:d>,?[ ](?:on[ ])?<R:r>", _weekday_in),
        (r"<Y:d>,?[ ](?:of[ ])?<R:r>", _weekday_in),
        (r"(?:\bfrom[ ])<D:a>[ ](?:to|till|until|through)[ ]<D:b>", _day_to_day),
        (rf"(?:\b(?:from|between)[ ])?<D:a>[ ]?(?:-|to|till|until|through|and)[ ](?:the[ ])?{_NTH}\b(?![ ](?:of|half|quarter))", _day_to_day),
        (rf"\b(?:from|between)[ ](?:the[ ])?{_NTH}[ ](?:to|till|until|through|and)[ ]<D:b>", _day_to_day),
        (r"<D:d>[ ]?(?:@|for|,|-)[ ]?<TC:t>", _day_at),
        (r"<D:d>,?[ ](?P<way>later[ ]than|by|before|after)[ ]<T:t>", _day_at),
        (r"<D:d>,?[ ]from[ ]<T:t>,?[ ]for[ ]<L:l>", _lasting),
        (r"<D:d>,?[ ]for[ ]<L:l>,?[ ]from[ ]<T:t>", _lasting),
        (r"(?:\bfrom[ ])<T:t>,?[ ]for[ ]<L:l>", _lasting),
        (r"<X:t>,?[ ]for[ ]<L:l>", _lasting),
        (r"\bfor[ ]<L:l>,?[ ]from[ ]<TDX:t>", _lasting),
        (r"<L:l>[ ](?P<way>from|after|before)[ ]<D:d>", _away),
        (r"\bin[ ]<L:l>", _soon),
        (r"<D:w>,?[ ]<D:d>", _weekday_of),
        (r"(?:\bthe[ ])?<R:a>[ ]of[ ]<R:b>", _some_of),
        (r"(?:\bthe[ ])?(?P<words>(?:first|last)(?:[ ](?:\d+|[a-z]+))?[ ](?:day|week|month)s?)[ ]of[ ]<R:b>", _some_of),
        (r"(?:\bthe[ ])?(?P<some>first|last)[ ]<L:l>[ ]of[ ]<R:b>", _some_lasting),
        (rf"\b(?:from|between)[ ](?:the[ ])?(?:(?P<pa>{_PARTS})[ ](?:the[ ])?)?<R:a>[ ](?:to|till|until|through|and)[ ](?:the[ ])?(?:(?P<pb>{_PARTS})[ ](?:the[ ])?)?<R:b>", _part_to_part),
        (r"<L:l>,?[ ](?:starting|beginning)(?:[ ](?:from|on))?[ ]<DX:t>", _lasting),
        (r"\b(?:the[ ])?(?P<all>end[ ]of[ ](?:the[ ])?day|eod)\b", _end_of_day),
        (r"\b(?:the[ ])?end[ ]of[ ](?:the[ ])?<D:d>", _end_of_day),
        (r"\b(?:the[ ])?(?P<all>eo(?P<unit>[ym])|end[ ]of[ ](?P<unit2>year|month))\b", _end_of_unit),
        (rf"\b(?P<way>before|after|since|by)[ ]{_PART}<R:p>", _parted),
        (rf"\b(?:the[ ])?(?P<all>{_PART.removeprefix('(?:the[ ])?')}<PYR:p>)", _parted),
        (r"<P:p>", _early_part),
        (r"\b(?:around|circa)[ ]<DXT:x>", _about),
        (r"<TDXR:x>[ ](?:or|and)[ ](?:later|greater)\b", _or_later),
        (r"\b(?:year[ ])?(?P<after>greater[ ]than)[ ]<R:x>", _or_later),
        (r"\b(?P<more>more|less)[ ]than[ ]<D:x>", _more_than),
        (r"\b(?:from|between)[ ]<RY:r>", _with_from),
    )
)  # fmt: skip
