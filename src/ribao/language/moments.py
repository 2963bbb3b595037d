"""Dates, times and periods put together: day and hour, from and to, before and since.

`find_moments` walks over a text once with the rules of `dates_zh` and `dates_en`, once with `clocks`,
and then joins what stands side by side. It is the full reading; `dates` is the part that news needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache, partial

from ribao.language import dates_en, dates_zh
from ribao.language.calendar import Reading
from ribao.language.clocks import HOUR, ClockMention, find_bare_hours, find_clocks
from ribao.language.instants import Moment, at, hours_away
from ribao.language.periods import FROM, around, from_and_to
from ribao.language.widths import holds_han, latin_words, plain, words_at

# What a Chinese form can begin with; in the middle of a number nothing begins.
HEAD = r"(?=(?<!\d)\d|[两贞神开天洪永嘉崇顺康雍乾道咸光宣民昭令零一二三四五六七八九十元正腊大今去明前后本上当同下次这第半年周星礼昨过最近未接往之中端除国劳圣感黑复母父地平双情妇愚儿教万春夏秋冬Q])"


# English forms begin where a word begins: to try them at every letter costs six times as much.
WORD_BEGINS = r"(?<![A-Za-z])(?=[A-Za-z\d])"
_LANGUAGES = {
    "zh": (HEAD + dates_zh.near_a_sign(), dates_zh.RULES),
    "en": (WORD_BEGINS, dates_en.RULES),
}


@cache
def _compiled(language: str) -> re.Pattern[str]:
    return compiled(*_LANGUAGES[language])


def compiled(head: str, rules: tuple[dates_zh.Rule, ...]) -> re.Pattern[str]:
    """The pattern that finds any form after a head; the name of its last group tells which."""
    any_rule = "|".join(
        f"(?P<rule{i}>{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', pattern)})"
        for i, (pattern, _) in enumerate(rules)
    )
    return re.compile(f"{head}(?:{any_rule})")


@cache  # of a hundred forms a letter has ten, and to compile all costs a tenth of a second
def _rule(language: str, number: int) -> re.Pattern[str]:
    """The pattern of one rule with its named parts."""
    return re.compile(_LANGUAGES[language][1][number][0])


_SETS = re.compile(
    r"每(?:隔)?(?:个)?(?:两|[二三四五六七八九]|\d+)?个?(?:天|日|周(?:[一二三四五六日]|末)?|星期[一二三四五六日天]?|礼拜[一二三四五六日天]?|月|季度|年|小时|分钟)(?!前|后(?!半))"
    r"|(?i:\b(?:every|each)[ ](?:other[ ]|two[ ]|three[ ]|\d+[ ])?(?:day|week|month|quarter|year|weekend|hour|morning|evening|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b"
    r"|\b(?:daily|weekly|monthly|quarterly|annually|yearly|biweekly)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b(?! ago))"
)
_EVERY = (
    "every each daily weekly monthly quarterly annually yearly biweekly mondays tuesdays wednesdays thursdays"
    " fridays saturdays sundays"
)
_MAY_BE_SET = frozenset(_EVERY.split())
Rule = Callable[[str, Moment, Moment], Moment | None]
_MAY_HOLD_DATE = re.compile(
    r"\d|[年月日周天旬季春夏秋冬今昨明午晚早晨夜点时钟节礼星前后世]|[A-Za-z]{3}"
)


def find_moments(text: str, anchor: date) -> tuple[Moment, ...]:
    """Find dates, times, periods and recurring times, from left to right, without overlaps.

    Where `anchor` is a datetime, "two hours ago" is counted from its hour, else it is only a day.
    """
    folded = plain(text)
    if not _MAY_HOLD_DATE.search(folded):
        return ()
    day = anchor.date() if isinstance(anchor, datetime) else anchor
    pieces = joined(folded, read_pieces(folded, anchor), day)
    return tuple(bounded(folded, piece) for piece in pieces)


def read_pieces(folded: str, anchor: date) -> list[Moment]:
    """What the rules read each alone, before days and hours are put together."""
    now = anchor if isinstance(anchor, datetime) else None
    anchor = anchor.date() if isinstance(anchor, datetime) else anchor
    sets = list(_sets(folded))
    dates = _outside(hours_away(folded, anchor, now), sets)
    if holds_han(folded) and dates_zh.signs().search(folded):
        dates += _outside(_dates(folded, anchor, "zh"), [*sets, *dates])
    if dates_en.may_hold(folded):
        dates += _outside(_dates(folded, anchor, "en"), [*sets, *dates])
    told = [*find_clocks(folded), *find_bare_hours(folded, (it.end for it in dates))]
    clocks = _outside(_clocks(told, anchor), [*sets, *dates])
    return sorted([*sets, *dates, *clocks], key=lambda it: it.start)


def _sets(folded: str) -> Iterator[Moment]:
    """Recurring times: 每周三, "every other day", "weekly"."""
    if "每" in folded or not _MAY_BE_SET.isdisjoint(latin_words(folded)):
        for match in _SETS.finditer(folded):
            yield Moment(match.start(), match.end(), "set", None, ())


def joined(folded: str, pieces: list[Moment], anchor: date) -> list[Moment]:
    """Day and hour, from and to: what stands side by side, put together."""
    pieces = _join(folded, pieces, _hours)
    pieces = _join(folded, pieces, _day_and_hour)
    return [around(it, anchor) for it in _join(folded, pieces, from_and_to)]


def _outside(moments: Iterator[Moment], taken: list[Moment]) -> list[Moment]:
    return [it for it in moments if not any(a.start < it.end and it.start < a.end for a in taken)]


def _openings(folded: str) -> Iterator[int]:
    """Where an English form can begin: at some words, and at numbers that one can begin with."""
    starters, opens = dates_en.starters(), dates_en.OPENS_WITH_NUMBER.match
    for word, start, end in words_at(folded):
        if word in starters:
            behind = starters[word]
            if behind is None or behind.match(folded, end):
                yield start
        elif word[0].isdigit() and opens(folded, start):
            yield start


def _search(
    pattern: re.Pattern[str], folded: str, language: str
) -> Callable[[int], re.Match[str] | None]:
    """What finds the next match from a place on; English is tried where a form can begin only."""
    if language == "zh":
        return partial(pattern.search, folded)
    openings = _openings(folded)

    def search(place: int) -> re.Match[str] | None:
        for start in openings:
            match = pattern.match(folded, start) if start >= place else None
            if match is not None:
                return match
        return None

    return search


def _dates(folded: str, anchor: date, language: str) -> Iterator[Moment]:
    any_rule = _compiled(language)
    readers = [reader for _, reader in _LANGUAGES[language][1]]
    place = 0
    search = _search(any_rule, folded, language)
    while match := search(place):
        index = int((match.lastgroup or "rule0")[4:])
        parts = _rule(language, index).match(folded, match.start())
        reading = readers[index](parts, anchor) if parts else None
        if parts is None or parts.end() == parts.start():
            place = match.start() + 1
            continue
        if reading is None:  # 2月30日: no date, and neither is its 30日
            place = parts.end()
            continue
        place = parts.end()
        start = parts.start() + len(parts.group()) - len(parts.group().lstrip())
        yield _dated(start, place, reading)


def _dated(start: int, end: int, reading: Reading) -> Moment:
    single = reading.grain == "day" and all(a == b for a, b in reading.spans)
    spans = tuple((at(first), at(last) + timedelta(days=1)) for first, last in reading.spans)
    # 11月27-28日 has such ends in each year that it can be, what arithmetic gave only one pair.
    ends = reading.spans if reading.edges == reading.spans[0] else (reading.edges,)
    edges = tuple((at(pair[0]), at(pair[1])) for pair in ends if pair)
    point = (
        bool(reading.edges) and reading.edges is not None and reading.edges[0] == reading.edges[1]
    )
    kind = "date" if (single and not edges) or point else "daterange"
    return Moment(start, end, kind, reading, spans, edges)


def _clocks(told: list[ClockMention], anchor: date) -> Iterator[Moment]:
    for it in told:
        kind = "timerange" if it.readings[0][0] != it.readings[0][1] else "time"
        spans = tuple((at(anchor, first), at(anchor, last)) for first, last in it.readings)
        yield Moment(it.start, it.end, kind, None, spans, clock=it.readings, half_told=it.half_told)


def _join(folded: str, pieces: list[Moment], rule: Rule) -> list[Moment]:
    joined: list[Moment] = []
    for piece in pieces:
        whole = rule(folded, joined[-1], piece) if joined else None
        if whole is None:
            joined.append(piece)
        else:
            joined[-1] = whole
    return joined


_PART_FOLLOWS = re.compile(r"[ ](?:morning|afternoon|evening|night)\b", re.IGNORECASE)


def _hours(folded: str, a: Moment, b: Moment) -> Moment | None:
    """Times from and to, before their day is looked for: "3:00 to 4:00 tomorrow"."""
    return from_and_to(folded, a, b) if a.kind == "time" == b.kind else None


_BESIDE = re.compile(
    r"[ ]?[,，]?[ ]?(?:的|在|at|on|around|about|in the|of"
    r"|(?P<before>before|no later than)|(?P<after>after|later than)|(?P<by>by)|(?P<since>since|starting(?: from)?))?[ ]?"
)


def _day_and_hour(folded: str, a: Moment, b: Moment) -> Moment | None:
    """12月18日 and 上午10点, "tomorrow" and "at 5pm", "5pm" and "on Friday"."""
    between = _BESIDE.fullmatch(folded, a.end, b.start)
    if between is None:
        return None
    if a.kind == "set":
        return a._replace(end=b.end) if b.kind in {"time", "timerange"} else None
    if a.kind.endswith("timerange") and b.kind in {"time", "timerange"}:
        return _hour_of_part(a, b)
    if not a.reading and _PART_FOLLOWS.match(folded, b.end):
        return None  # "9:30 last night": last goes with night
    date_part, hour = (a, b) if a.reading else (b, a)
    if date_part.kind != "date" or hour.kind not in {"time", "timerange"} or not date_part.reading:
        return None
    left = FROM.search(folded, max(0, a.start - 8), a.start)
    told_range = hour.kind == "timerange" and hour is b and hour.clock[0][0] % (4 * HOUR) != 0
    start = left.start() if left and told_range else a.start
    joined = on_days(start, b.end, date_part.reading, hour)
    return joined._replace(bound=between.lastgroup or "")


def _hour_of_part(part: Moment, hour: Moment) -> Moment | None:
    """In the afternoon at 7: of the two readings of the hour, the one in that half of the day."""
    if part.reading:  # "Monday morning from 10am to 12pm"
        told = hour.kind == "timerange" and not part.edges
        return on_days(part.start, hour.end, part.reading, hour) if told else None
    if hour.kind != "time":
        return None
    if part.clock[0][1] - part.clock[0][0] != 4 * HOUR:
        return None
    late = part.clock[0][0] >= 12 * HOUR
    clock = tuple(it for it in hour.clock if (it[0] >= 12 * HOUR) == late)[:1]
    if not clock:
        return None
    noon = hour.spans[0][0].date()
    spans = tuple((at(noon, first), at(noon, last)) for first, last in clock)
    return hour._replace(start=part.start, clock=clock, spans=spans)


def on_days(start: int, end: int, reading: Reading, hour: Moment) -> Moment:
    """Set an hour on every day that the date can be."""
    spans = tuple(
        (at(first, begin), at(first, stop))
        for begin, stop in hour.clock
        for first, _ in reading.spans
    )
    kind = "datetime" if hour.kind == "time" else "datetimerange"
    return Moment(start, end, kind, reading, spans, clock=hour.clock)


_BOUND_BEFORE = re.compile(
    r"(?i:\b(?:(?P<before>before|prior to|ahead of|earlier than|no later than)|(?P<by>by)|(?P<after>after|later than)"
    r"|(?P<since>since|starting(?: on| from)?|beginning(?: on)?|as of|as early as|from)|(?P<until>until|till|through|up to|as late as)))(?: the)?[ ]\Z"
    r"|(?P<zsince>自从|自|从)[ ]?\Z|(?P<zuntil>截止到?|截至|直到)[ ]?\Z"
)
_BOUND_AFTER = re.compile(
    r"[ ]?(?:(?P<until>(?:或|及)(?:之|以)?前)|(?P<since>(?:或|及)(?:之|以)?后|以来|起(?![伏点初码动飞诉])|开始|onwards?\b)|(?P<before>(?:之|以)前|前(?![三四后半瞻景途十两任沿往者提台列卫妻夫]))"
    r"|(?P<after>(?:之|以)后|后(?![半续期来面市天台卫者排备勤座端年]))|(?P<since_en>(?:or|and)[ ](?:later|after|onwards?)(?=[ ]?[.,;?!)]|$))|(?P<until_en>(?:or|and)[ ](?:earlier|before)(?=[ ]?[.,;?!)]|$)))"
)


def bounded(folded: str, moment: Moment) -> Moment:
    """Take in the words that make a date the end or the beginning of a period."""
    if moment.kind == "set" or moment.bound:
        return moment
    after = _BOUND_AFTER.match(folded, moment.end)
    before = _BOUND_BEFORE.search(folded, max(0, moment.start - 18), moment.start)
    name = (before.lastgroup or "").removeprefix("z") if before else ""
    if after:
        bound = (after.lastgroup or "").split("_")[0]
        start = moment.start
        told = before.group().strip() if before else ""
        begins = after.group().strip() in {"起", "开始"}
        if (
            before
            and name == "since"
            and bound in {"since", "after"}
            and (told == "自" or not begins)
        ):
            start = before.start()
        return moment._replace(start=start, end=after.end(), bound=bound)
    if not before or (
        name == "since" and before.group().split()[0].lower() in {"从", "自", "from"}
    ):
        return moment
    return moment._replace(start=before.start(), bound=name)
