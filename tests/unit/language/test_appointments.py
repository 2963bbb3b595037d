"""The looser reading of calendars, which the checker must not share."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ribao.language import appointment_rules as rules
from ribao.language.appointment_line import Form, pattern
from ribao.language.appointments import find_appointments
from ribao.language.dates import find_dates

NOW = datetime(2025, 6, 4, 10, 30)  # noqa: DTZ001 - a text tells no zone; a Wednesday


@pytest.mark.parametrize(
    ("text", "words", "kind", "first", "last"),
    [
        ("on this Friday 3-8", "this Friday 3-8", "datetimerange", "06-06 03:00", "06-06 08:00"),
        ("come at 7 in the evening", "7 in the evening", "time", "06-04 19:00", "06-04 19:00"),
        ("from 2pm for 2 hours", "from 2pm for 2 hours", "timerange", "06-04 14:00", "06-04 16:00"),
        ("due end of tomorrow", "end of tomorrow", "datetime", "06-05 23:59", "06-05 23:59"),
        ("paid for in the week 31", "week 31", "daterange", "07-28 00:00", "08-04 00:00"),
        ("three days from Friday", "three days from Friday", "date", "06-09 00:00", "06-10 00:00"),
        ("a walk on May twenty nine", "May twenty nine", "date", "05-29 00:00", "05-30 00:00"),
        ("from next Monday to Friday", "from next Monday to Friday", "daterange", "06-09 00:00",
         "06-13 00:00"),
        ("ten past 9 tomorrow", "ten past 9 tomorrow", "datetime", "06-05 09:10", "06-05 09:10"),
        ("yesterday afternoon from 3-8pm", "yesterday afternoon from 3-8pm", "datetimerange",
         "06-03 15:00", "06-03 20:00"),
    ],
)  # fmt: skip
def test_english_of_calendars(text: str, words: str, kind: str, first: str, last: str) -> None:
    """Hours without a clock, lengths with a beginning, weeks with a number."""
    (found,) = find_appointments(text, NOW)
    told = (f"{found.spans[0][0]:%m-%d %H:%M}", f"{found.spans[0][1]:%m-%d %H:%M}")
    assert (text[found.start : found.end], found.kind, told) == (words, kind, (first, last))


@pytest.mark.parametrize(
    ("text", "kind", "seconds"),
    [("早上五到六点开会", "timerange", 3600), ("还剩8天20时", "duration", 763_200)],
)
def test_chinese_of_calendars(text: str, kind: str, seconds: int) -> None:
    """Hours of a part of the day, and lengths in several units."""
    (found,) = find_appointments(text, NOW, "zh")
    length = found.spans[0][1] - found.spans[0][0]
    assert (found.kind, length.total_seconds()) == (kind, seconds)


def test_a_day_that_never_comes_is_read_and_left_open() -> None:
    """30 February is a date in form, and stands for no day."""
    (found,) = find_appointments("2月30日见", NOW, "zh")
    assert (found.kind, found.spans) == ("date", ())


@pytest.mark.parametrize(
    "text",
    [
        "Leeds won on Friday 3-1",
        "the model of the year",
        "version 5.12",
        "one morning show in five",
    ],
)
def test_news_is_not_read_so(text: str) -> None:
    """A score, a title and a version are no times for the checker; Friday alone is."""
    assert {found.text for found in find_dates(text, date(2025, 6, 4))} <= {"Friday"}


@pytest.mark.parametrize(
    ("words", "needs"),
    [
        (r"\b(?:the[ ])?weekends?\b(?![ ]of)", [{"weekend"}]),
        (r"\b(?P<rel>previous|next)[ ]<D:day>", [{"previous", "next"}, {"\ue000"}]),
        (r"<D:d>[ ]?(?:@|for|,)[ ]?<TC:t>", [{"\ue000"}, {"\ue002", "\ue004"}]),
        (r"week[ ](?P<n>[1-5]?\d)(?!\d)", [{"week"}, set("0123456789")]),
        (r"\bany[ ](?:month|week)\b|\beveryday\b", [{"month", "week", "everyday"}]),
        (r"\b(?:eod|at[ ]\d)", []),
        (r"(?<!from )now\b(?=[ ]then)", [{"now"}]),
    ],
)
def test_a_rule_is_tried_only_where_all_that_it_needs_is_there(
    words: str, needs: list[set[str]]
) -> None:
    """Signs, digits and words that a pattern cannot do without are taken from the pattern."""
    assert pattern(words).needs == tuple(map(frozenset, needs))


def test_what_is_not_tried_would_have_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that are passed over for what is not there change nothing of what is read."""
    texts = (
        "See you Monday 3-8 or the weekend after, at 7 in the evening, for two hours",
        "from 2pm next Friday for an hour; eod; the end of the year; w/c 3 May; week 31",
        "Late this morning, May twenty nine, not before the first week of July, right now",
    )
    gated = [find_appointments(text, NOW) for text in texts]
    bare = {
        language: tuple(
            tuple((Form(form.regex, ()), build) for form, build in part) for part in both
        )
        for language, both in rules.RULES.items()
    }
    monkeypatch.setattr(rules, "RULES", bare)
    assert gated == [find_appointments(text, NOW) for text in texts]
    assert min(map(len, gated)) >= 3
