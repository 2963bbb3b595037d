"""Hours as calendars tell them: "at 7 in the evening", "11ish", "Monday 3-8", "noonish", "now"."""

from __future__ import annotations

import re
from datetime import timedelta

from ribao.language.appointment_line import Build, Form, Match, pattern
from ribao.language.calendar import Reading
from ribao.language.clocks import HOUR, Clock
from ribao.language.instants import Moment, at
from ribao.language.moments import on_days

_ONES = "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_TEENS = "thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
NUMBERS = (
    {word: value for value, word in enumerate([*_ONES, *_TEENS], 1)}
    | {word: 10 * value for value, word in enumerate(_TENS, 2)}
    | {
        f"{ten}{gap}{one}": 10 * value + unit
        for value, ten in enumerate(_TENS, 2)
        for unit, one in enumerate(_ONES[:9], 1)
        for gap in " -"
    }
)
_WORD_HOUR = "|".join(sorted(_ONES, key=len, reverse=True))
_WORD_MINUTE = "|".join(
    sorted((w for w, value in NUMBERS.items() if value < 60), key=len, reverse=True)
)
_AP = r"[ap](?:\.[ ]?m\b\.?|[ ]\.[ ]m\b(?:[ ]\.)?|[ ]?m\b|\b(?![ ]?\.?[ ]?m))"


def _hour(n: str, *, words: bool = True) -> str:
    """A bare hour, with or without its minutes and its half of the day, as parts h, m, w, a."""
    word = rf"|\b(?:{_WORD_HOUR})(?:[ -](?P<w{n}>{_WORD_MINUTE}))?\b" if words else ""
    return (
        rf"(?:(?P<h{n}>(?<![\d./:,${'-' if n == '1' else ''}])(?:2[0-4]|1\d|0?\d)(?:[:.](?P<m{n}>[0-5]\d))?(?![\d:%])"
        rf"{word})(?:[ ]?(?P<a{n}>{_AP}))?)"
    )


def _clock_of(match: Match, n: str) -> tuple[Clock, ...]:
    """The readings of an hour: both halves of the day unless one is told."""
    words, rest = match[f"h{n}"], 60 * int(match[f"m{n}"] or 0)
    digits = re.match(r"\d+", words)
    if digits:
        hour = int(digits.group())
    else:
        hour = NUMBERS[re.split(r"[ -]", words)[0]]
        rest = 60 * NUMBERS.get(match[f"w{n}"], 0)
    half = match[f"a{n}"][:1]
    if hour > 24 or (half and hour > 12):
        return ()
    if half or hour > 12:
        hour = hour % 12 + (12 if half == "p" else 0) if half else hour
        return ((hour * HOUR + rest, hour * HOUR + rest),)
    first = hour % 12 * HOUR + rest
    return ((first, first), (first + 12 * HOUR, first + 12 * HOUR))


def _time(match: Match, clock: tuple[Clock, ...], kind: str = "time") -> Moment | None:
    if not clock:
        return None
    day = match.now.date()
    spans = tuple((at(day, first), at(day, last)) for first, last in clock)
    return Moment(0, 0, kind, None, spans, clock=clock, half_told=len(clock) == 1)


def _in_part(clock: tuple[Clock, ...], part: Moment | None) -> tuple[Clock, ...]:
    """Of the readings of an hour the one in that half of the day."""
    if part is None or not part.clock:
        return clock
    late = part.clock[0][0] >= 12 * HOUR
    fitting = tuple(it for it in clock if (it[0] >= 12 * HOUR) == late)
    return fitting[:1] or clock[:1]


def _hour_of_part(match: Match) -> Moment | None:
    """5 in the morning, ten past 9 in the evening, in the afternoon at 7."""
    told = match.moment("t")
    clock = told.clock if told else _clock_of(match, "1")
    return _time(match, _in_part(clock, match.moment("p")))


def _bare_of_part(match: Match) -> Moment | None:
    """One in the morning, but not one morning."""
    part = match.moment("p")
    inside = part is not None and match.words(part).startswith(("in ", "at "))
    return _hour_of_part(match) if inside or match["m1"] or match["w1"] else None


def _between(match: Match) -> Moment | None:
    """5 to seven in the morning, from 3 to 5, 8am-3."""
    a, b, part = match.moment("t1"), match.moment("t2"), match.moment("p")
    first = _in_part(a.clock if a else _clock_of(match, "1"), part)
    last = _in_part(b.clock if b else _clock_of(match, "2"), part)
    if not first or not last:
        return None
    pairs: list[Clock] = []
    for begin, _ in first:
        ends = [end + away for _, end in last for away in (0, 24 * HOUR) if end + away > begin]
        pairs.append((begin, min(ends)))
    if len(last) == 1 and len(first) == 2:
        pairs = [min(pairs, key=lambda pair: pair[1] - pair[0])]
    return _time(match, tuple(pairs), "timerange")


def _plain_between(match: Match) -> Moment | None:
    """Hours alone are hours only where minutes or a half of the day is told, or a day is beside."""
    sure = any(match[name] for name in ("m1", "m2", "w1", "w2", "a1", "a2", "t1", "t2"))
    return _between(match) if sure else None


def _digits(match: Match) -> Moment | None:
    """0730-0930, 1140 a.m."""
    clocks = []
    for n in "12":
        if words := match[f"f{n}"]:
            half = match["a"][:1]
            hour = int(words[:-2]) % (12 if half else 25) + (12 if half == "p" else 0)
            clocks.append(hour * HOUR + 60 * int(words[-2:]))
    if len(clocks) == 1:
        return _time(match, ((clocks[0], clocks[0]),))
    first, last = clocks
    noon = 12 * HOUR
    later = last if last > first else last + noon
    pairs = ((first, later), (first + noon, (later + noon) % (24 * HOUR)))
    return _time(match, pairs, "timerange")


def _spoken(match: Match) -> Moment | None:
    return _time(match, _clock_of(match, "1"))


def _ish(match: Match) -> Moment | None:
    hour = 12 if match["noon"] else int(match["n"])
    return _time(match, ((hour * HOUR, hour * HOUR),)) if hour <= 24 else None


def _past(match: Match) -> Moment | None:
    """Twenty minutes past eight, 10 past 9, a quarter to five."""
    word = match["q"].removeprefix("a ")
    minutes = {"half": 30, "quarter": 15}.get(word) or NUMBERS.get(word) or int(word or 0)
    sign = -1 if match["side"] in {"to", "till"} else 1
    clock = tuple(
        ((it[0] + 60 * sign * minutes) % (24 * HOUR),) * 2 for it in _clock_of(match, "1")
    )
    return _time(match, _in_part(clock, match.moment("p")))


def _half_day(match: Match) -> Moment | None:
    """Today pm."""
    day = match.moment("d")
    clock = (12 * HOUR, 16 * HOUR) if match["half"] == "pm" else (8 * HOUR, 12 * HOUR)
    hours = _time(match, (clock,), "timerange")
    return on_days(0, 0, day.reading, hours) if day and day.reading and hours else None


_MEALS = {"lunch": (11, 13), "dinner": (16, 20), "breakfast": (8, 12), "day": (8, 18), "night": (0, 8)}  # fmt: skip


def _meal(match: Match) -> Moment | None:
    """At lunch, after dinner, in the daytime."""
    first, last = _MEALS[match["meal"]]
    found = _time(match, ((first * HOUR, last * HOUR),), "timerange")
    bound = match["way"] if match["way"] in {"after", "before"} else ""
    bound = "approx" if match["way"] in {"around", "about"} else bound
    return found._replace(bound=bound) if found else None


def _night_time(match: Match) -> Moment | None:
    """In the night-time: the hours in which one sleeps."""
    part = match.moment("p")
    night = part is not None and match.words(part).endswith("night")
    return _time(match, ((0, 8 * HOUR),), "timerange") if night else None


def _midnight(match: Match) -> Moment | None:
    part = match.moment("p")
    return _time(match, ((0, 0),)) if part and match.words(part) == "night" else None


def _now(match: Match) -> Moment | None:
    here = match.now
    reading = Reading(((here.date(), here.date()),), "day", relative=True)
    if match["unit"]:
        size = timedelta(hours=1) if match["unit"] == "hour" else timedelta(minutes=1)
        count = int(match["n"] or 1)
        past = match["way"] in {"last", "past", "previous"}
        span = (here - count * size, here) if past else (here, here + count * size)
        return Moment(0, 0, "datetimerange", reading, (span,), (span,))
    return Moment(0, 0, "datetime", reading, ((here, here),))


def _on_day(match: Match) -> Moment | None:
    """Monday 12-4, sat at 5, tomorrow at seven twenty-seven, between 3 and 8 yesterday."""
    day = match.moment("d") or match.moment("d2")
    hours = _between(match) if match["two"] else _spoken(match)
    if hours is None or day is None or not day.reading:
        return None
    if match.words(day) in {"tonight", "tonite"}:
        hours = hours._replace(clock=hours.clock[-1:])
    return on_days(0, 0, day.reading, hours)


def _day_part(match: Match) -> Moment | None:
    """8am this morning, yesterday afternoon from 3-8pm, last night at 8."""
    day, part = match.moment("d"), match.moment("p")
    told = match.moment("c") or match.moment("t")
    if (
        day is None
        or day.reading is None
        or (told and told.kind == "timerange" and len(told.clock) > 1)
    ):
        return None
    if told is None:
        told = _between(match) if match["two"] else _spoken(match)
    elif told.kind == "time":
        told = _time(match, _in_part(told.clock, part))
    if told and told.kind == "time":
        told = _time(match, _in_part(told.clock, part))
    return on_days(0, 0, day.reading, told) if told else None


def _half(match: Match) -> Moment | None:
    """9p: the half of the day by its letter."""
    told = match.moment("t")
    late = match["half"] == "p"
    clock = tuple(it for it in (told.clock if told else ()) if (it[0] >= 12 * HOUR) == late)
    return _time(match, clock)


def _noon(match: Match) -> Moment | None:
    told = match.moment("t")
    return told if told and match.words(told) in {"noon", "midnight"} else None


_TO = r"(?:[ ]?[-–][ ]?|[ ](?:to|and|until|till|through)[ ])"
_TWO = rf"(?P<two>(?:{_hour('1')}|<T:t1>){_TO}(?:{_hour('2')}|<T:t2>))"
RULES: tuple[tuple[Form, Build], ...] = tuple(
    (pattern(words), build)
    for words, build in (
        (rf"\b(?P<q>half|(?:a[ ])?quarter|\d\d?|{_WORD_MINUTE})(?:[ ]min(?:ute)?s?)?[ ](?P<side>past|after)[ ]{_hour('1')}(?:[ ]o['’]?clock)?(?:[ ](?:in[ ]the[ ])?<P:p>)?", _past),
        (r"\b(?:(?P<noon>noon)|(?P<n>\d\d?))[ -]?ish\b", _ish),
        (rf"(?<![\d:])(?P<f1>(?:1[0-2]|0?[1-9])[0-5]\d)[ ]?(?P<a>{_AP})", _digits),
        (r"\b(?:between|from)[ ](?<!\d)(?P<f1>[01]\d[0-5]\d)[ ]?-[ ]?(?P<f2>[01]\d[0-5]\d)(?!\d)", _digits),
        (r"<T:t>(?P<half>[ap])\b(?!\.)", _half),
        (r"(?<!\d)12[ ]<T:t>", _noon),
        (rf"(?:\b(?:from|between)[ ])?{_TWO},?[ ]<D:d>[ ]<P:p>", _day_part),
        (rf"<D:d>[ ]<P:p>,?[ ](?:from[ ])?{_TWO}", _day_part),
        (r"(?:\bfrom[ ])?(?:<T:t>|<C:c>),?[ ]<D:d>[ ]<P:p>", _day_part),
        (rf"{_hour('1')},?[ ]<D:d>[ ]<P:p>", _day_part),
        (r"<D:d>[ ]<P:p>,?[ ](?:from[ ])?<C:c>", _day_part),
        (rf"<D:d>[ ]<P:p>,?[ ]at[ ](?:{_hour('1')}|<T:t>)", _day_part),
        (rf"(?:\b(?:from|between)[ ])?{_TWO}[ ](?:in[ ]the[ ])?<P:p>", _between),
        (r"<T:t>,?[ ](?:early[ ]|late[ ]|in[ ](?:the[ ])?)*<P:p>", _hour_of_part),
        (r"(?:early[ ]|late[ ])<P:p>,?[ ]at[ ]<T:t>", _hour_of_part),
        (rf"<P:p>,?[ ]at[ ]{_hour('1')}", _hour_of_part),
        (rf"\bfrom[ ]{_hour('1')}[ ]<P:p>(?=[ ](?:until|till|to)[ ]<T>)", _hour_of_part),
        (rf"{_hour('1')}[ ](?:in[ ](?:the[ ])?)?<P:p>", _bare_of_part),
        (rf"<D:d>,?[ ](?:from[ ]|between[ ])?{_TWO}", _on_day),
        (rf"(?:\b(?:from|between)[ ])?{_TWO}[ ](?:on[ ]|of[ ])?<D:d2>", _on_day),
        (rf"\b(?:from|between)[ ]{_TWO}", _plain_between),
        (rf"<T:t1>{_TO}{_hour('2')}(?=[ .,;?!]|$)", _plain_between),
        (rf"<D:d>,?[ ]?(?:at[ ]|@[ ]?|around[ ]|for[ ]){_hour('1')}(?:[ ]o['’]?[ ]?clock|[ ]minutes)?(?![ ]?(?:hours|hrs?|days|weeks|people))(?!\w)", _on_day),
        (r"<D:d>[ ](?P<h1>\d\d?)[ ]o['’]?[ ]?clock\b", _on_day),
        (rf"<D:d>[ ](?P<h1>(?:{_WORD_HOUR})(?:[ -](?P<w1>{_WORD_MINUTE}))?)(?:[ ](?P<a1>{_AP})|(?![ ]?\w))", _on_day),
        (rf"\b(?P<h1>(?:{_WORD_HOUR})(?:[ -](?P<w1>{_WORD_MINUTE}))?|\d\d?(?:\.(?P<m1>\d\d))?)[ ]?\.?[ ]?(?P<a1>{_AP})(?<![ ][ap])(?<![ ][ap]\b)", _spoken),
        (r"\bat[ ](?P<h1>\d\d?\.(?P<m1>[0-5]\d))(?![\d%])(?=[ ]?[.,?!]|$)", _spoken),
        (r"<D:d>[ ](?P<half>[ap]m)\b", _half_day),
        (r"\b(?P<way>after|before|around|at)[ ](?P<meal>lunch|dinner|breakfast)(?:[ -]?time)?\b", _meal),
        (r"\b(?P<meal>lunch|dinner|breakfast)[ -]?time\b", _meal),
        (r"\bin[ ]the[ ](?P<meal>day|night)[ -]?time\b", _meal),
        (r"<P:p>[ -]?time\b", _night_time),
        (r"\bmid[ -]?<P:p>", _midnight),
        (r"\b(?P<n>\d+)[ ](?P<way>last|past|previous|next|coming|upcoming)[ ](?P<unit>hour|minute)s?\b", _now),
        (r"\b(?:(?P<way>last|past|previous|next|coming|upcoming)[ ])(?:(?P<n>\d+)[ ])?(?P<unit>hour|minute)s?\b", _now),
        (r"(?<!from )(?<!until )(?<!till )\b(?:right[ ]now|at[ ]the[ ](?:moment|minute)|at[ ](?:the[ ])?present(?:[ ]time)?|at[ ]this[ ]time|now)\b", _now),
    )
)  # fmt: skip
