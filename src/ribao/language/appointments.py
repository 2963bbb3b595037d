"""How people write of meetings: "Monday 3-8", "7 in the evening", "for two hours from 2pm", eod.

A calendar needs a looser reading than news does: a bare number beside a day is an hour, "the week"
is this one, "29th" a day. `find_appointments` reads so, besides all that `moments` reads.
The checker does not use it: in a report "Friday 3-8" is a score.

A text is read as a line in which each time that is known already is one sign; rules are patterns
over such lines, so "<D> for <L>" is a day followed by "for" and a length of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ribao.language import appointment_rules as rules
from ribao.language.appointment_line import Line, length_of
from ribao.language.dates import find_durations
from ribao.language.instants import Moment, at
from ribao.language.moments import bounded, joined, read_pieces
from ribao.language.widths import plain


def find_appointments(text: str, anchor: date, language: str = "en") -> tuple[Moment, ...]:
    """Find times, periods, lengths and recurring times, from left to right, without overlaps.

    `language` ("zh" or "en") says whose rules are used besides the common ones. A `Moment` of kind
    "duration" lasts from the anchor on; one without spans has the form of a date and is none, as
    30 February. Where `anchor` is a datetime, "now" and "two hours ago" are counted from it.
    """
    now = anchor if isinstance(anchor, datetime) else at(anchor)
    folded = plain(text)
    early, late = rules.RULES[language]
    pieces = [_bare(folded, piece, now) for piece in read_pieces(folded, anchor)]
    pieces = _read(folded, pieces, early, now)
    pieces = joined(folded, pieces, now.date())
    free = [
        Moment(it.start, it.end, "duration", None, ((now, now + length_of(it)),))
        for it in find_durations(text)
        if length_of(it) and not any(a.start < it.end and it.start < a.end for a in pieces)
    ]
    pieces = _read(folded, sorted([*pieces, *free], key=lambda it: it.start), late, now)
    lengths = {id(it) for it in free}
    return tuple(
        it if it.kind == "duration" or it.bound else bounded(folded, it)
        for it in pieces
        if id(it) not in lengths
    )


_AROUND = re.compile(
    r"(?:in )?(?:the )?(?:(?:early|mid|late)[ -]"
    r"|(?:very )?(?:end|beginning|start|middle) of (?:the )?"
    r"|(?:earlier|later)(?: in)? (?=this|the))|in the (?=next|last|past)",
    re.IGNORECASE,
)
_WEEKDAY_NUMBER = re.compile(
    r"((?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun),? (?:the )?\d+\w*",
    re.IGNORECASE,
)
_COUNTS_ON = re.compile(r"[ ]?(?:o['’]?[ ]?clock|weeks?|days?|months?|years?)\b", re.IGNORECASE)


def _bare(folded: str, piece: Moment, now: datetime) -> Moment:
    """A period without "early" or "the end of", which are read anew; "Monday 21" is one day."""
    words = folded[piece.start : piece.end]
    cut = _AROUND.match(words)
    if cut and piece.kind == "daterange":
        rest = folded[piece.start + cut.end() : piece.end]
        for inner in read_pieces(rest, now):
            if inner.start == 0 and inner.end == len(rest):
                return inner._replace(start=piece.start + cut.end(), end=piece.end)
    weekday = _WEEKDAY_NUMBER.fullmatch(words)
    if weekday and piece.reading and _COUNTS_ON.match(folded, piece.end):
        inner = read_pieces(weekday[1], now)[0]
        return inner._replace(start=piece.start, end=piece.start + len(weekday[1]))
    nth = re.search(r"[ ]\d+(?:st|nd|rd|th)$", words, re.IGNORECASE) and " the " not in words
    if weekday and not nth and piece.reading and len(piece.reading.spans) > 1:
        later = [span for span in piece.reading.spans if span[0] >= now.date()]
        span = min(later or piece.reading.spans)
        only = piece.reading._replace(spans=(span,))
        return piece._replace(reading=only, spans=((at(span[0]), at(span[1]) + timedelta(days=1)),))
    return piece


def _read(
    folded: str, pieces: Iterable[Moment], how: Iterable[rules.Rule], now: datetime
) -> list[Moment]:
    line = Line(folded, list(pieces), now)
    line.apply(how)
    return line.moments()
