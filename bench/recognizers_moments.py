"""Dates and times against the specs; see `recognizers` for what counts as found.

The specs end periods where the next one begins, let a range end where its last part begins, and
count a month as 30 and a year as 365 days; the adapter below says so in their words.
"""

from __future__ import annotations

import gzip
import json
import time as clock
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from ribao.language.amounts import Quantity
from ribao.language.appointments import find_appointments
from ribao.language.dates import find_dates, find_durations
from ribao.language.instants import Moment
from ribao.language.widths import plain

SPECS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "checks" / "recognizers-specs"
FILES = {"zh": ("Chinese-DateTime-DateTimeModel",), "en": ("English-DateTime-DateTimeModel",)}
TYPES = ("date", "daterange", "datetime", "datetimerange", "time", "timerange", "duration", "set")
DAYS = {"day": 1, "week": 7, "workday": 1, "month": 30, "quarter": 90, "year": 365, "decade": 3650}
SECONDS = {name: Decimal(86400 * days) for name, days in DAYS.items()} | {
    "hour": Decimal(3600),
    "minute": Decimal(60),
    "second": Decimal(1),
    "millisecond": Decimal("0.001"),
}
PARTS = {"start", "mid", "end", "approx", "ref_undef"}  # which say what the period is
Entity = tuple[str, str, frozenset[str]]


def _expected(result: dict[str, Any]) -> Entity:
    values = (result.get("Resolution") or {}).get("values") or ()
    told = frozenset(
        f"{it.get('Mod', '')}|{it['value']}"
        if "value" in it
        else f"{it.get('Mod', '')}|{it.get('start', '')}..{it.get('end', '')}"
        for it in values
    )
    return (
        plain(result["Text"]).lower().strip().replace("，", ","),
        result["TypeName"].removeprefix("datetimeV2."),
        told,
    )


def _told(words: str, moment: Moment) -> Entity:
    kind, values = moment.kind, set()
    if kind == "duration":
        (first, last), *_ = moment.spans
        seconds = Decimal(str((last - first).total_seconds()))
        return "", kind, frozenset({f"|{seconds.normalize():f}"})
    if not moment.spans:
        return "", kind, frozenset({"|not resolved"})
    if moment.reading is not None and moment.reading.grain == "season":
        return "", kind, frozenset({"|not resolved"})
    form = _form(kind)
    spans = moment.edges or moment.spans
    if words.startswith("截"):  # the specs read "up to 2018" as before it
        moment = moment._replace(bound="before")
    for first, stop in spans:
        if moment.bound == "by" and kind == "datetime" and moment.clock and words.isascii():
            moment = moment._replace(bound="before")
        if moment.bound in {"", "by", *PARTS}:
            single = kind in {"date", "time", "datetime"}
            if (
                form.endswith("%S")
                and kind.endswith("range")
                and f"{stop:%H%M}" == "0000"
                and stop > first
            ):
                stop = stop - timedelta(seconds=1)  # noqa: PLW2901  a night of the specs ends at 23:59:59
            mod = moment.bound if moment.bound in PARTS else ""
            values.add(
                f"{mod}|{_at(first, form)}"
                if single
                else f"{mod}|{_at(first, form)}..{_at(stop, form)}"
            )
        else:
            bound, _, part = moment.bound.partition("-")
            whole = kind in {"daterange", "datetimerange", "timerange"}
            late = part == "end" if bound == "before" else bound in {"after", "until"} and not part
            edge = stop if whole and late else first
            text = _at(edge, form)
            values.add(
                f"{moment.bound}|{text}.."
                if bound in {"after", "since"}
                else f"{moment.bound}|..{text}"
            )
    if moment.bound not in {"", "by", *PARTS} and not kind.endswith("range"):
        kind += "range"
    return "", kind, frozenset(values)


def _reference(case: dict[str, Any]) -> datetime:
    """The day of the case; the specs have no zone, and a few cases no day."""
    return datetime.fromisoformat(case.get("Context", {}).get("ReferenceDateTime", "2017-01-01"))


def _at(moment: datetime, form: str) -> str:
    """As the specs write it: a year has four digits."""
    return f"{moment:{form}}" if form.startswith("%H") else f"{moment.year:04}{moment:{form[2:]}}"


def _form(kind: str) -> str:
    if kind.startswith("datetime"):
        return "%Y-%m-%d %H:%M:%S"
    return "%H:%M:%S" if kind.startswith("time") else "%Y-%m-%d"


def found(text: str, reference: datetime, language: str) -> Iterator[Entity]:
    """What we find, in the words of the specs."""
    taken = []
    for moment in find_appointments(text, reference, language):
        taken.append((moment.start, moment.end))
        words = plain(text[moment.start : moment.end]).lower().strip().replace("，", ",")
        yield words, *_told(words, moment)[1:]
    for length in find_durations(text):
        if (
            not any(a < length.end and length.start < b for a, b in taken)
            and length.unit in SECONDS
        ):
            seconds = length.low * SECONDS[length.unit]
            words, mod = _bounded(text, length)
            yield words, "duration", frozenset({f"{mod}|{seconds.normalize():f}"})


def _bounded(text: str, length: Quantity) -> tuple[str, str]:
    """The specs take "more than" into the entity and call it a modifier."""
    words = plain(length.text).lower()
    for phrase, mod in (("more than ", "more"), ("less than ", "less")):
        if text[: length.start].lower().endswith(phrase):
            return phrase + words, mod
    return words, ""


def judge(language: str, *, show: bool = False) -> dict[str, list[int]]:
    """Right, wrong and missed entities of each type."""
    tallies = {name: [0, 0, 0] for name in TYPES}
    for name in FILES[language]:
        for case in json.loads(gzip.decompress((SPECS / f"{name}.json.gz").read_bytes())):
            reference = _reference(case)
            expected = Counter(
                entity
                for it in case.get("Results") or ()
                if it.get("TypeName") and (entity := _expected(it))[1] in tallies
            )
            ours = Counter(found(case["Input"], reference, language))
            for entity in expected | ours:
                tally = tallies[entity[1]]
                both = min(expected[entity], ours[entity])
                tally[0] += both
                tally[1] += ours[entity] - both
                tally[2] += expected[entity] - both
            if show and expected != ours:
                print(f"{reference:%Y-%m-%d %H} {case['Input'][:100]!r}")
                for sign, part in (("+", ours - expected), ("-", expected - ours)):
                    for words, kind, values in part:
                        print(f"      {sign} {words!r} {kind} {' ; '.join(sorted(values))}")
    return tallies


def dated() -> None:
    """Print F1 for each type of both languages, and the speed."""
    for language in FILES:
        tallies = judge(language)
        rows = {
            **tallies,
            "all dates": [sum(column) for column in zip(*tallies.values(), strict=True)],
        }
        for name, (right, wrong, missed) in rows.items():
            f1 = 2 * right / (2 * right + wrong + missed or 1)
            print(f"{language + ' ' + name:<18} {right:6} {wrong:6} {missed:6} {f1:7.3f}")
    speed()


def speed() -> None:
    """Inputs a second of one process, of the strict reading and of the loose one."""
    inputs = [
        (case["Input"], _reference(case), language)
        for language, names in FILES.items()
        for name in names
        for case in json.loads(gzip.decompress((SPECS / f"{name}.json.gz").read_bytes()))
    ]
    for text, now, language in inputs[::100]:  # the patterns are compiled once
        find_appointments(text, now, language)
    started = clock.process_time()
    for text, now, _ in inputs:
        find_dates(text, now.date())
    strict = clock.process_time() - started
    started = clock.process_time()
    for text, now, language in inputs:
        find_appointments(text, now, language)
    loose = clock.process_time() - started
    print(f"find_dates: {len(inputs) / strict:,.0f} inputs/s")
    print(f"find_appointments: {len(inputs) / loose:,.0f} inputs/s")
