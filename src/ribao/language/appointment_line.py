"""A text as a line of signs: each time that was read already is one private character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from ribao.language.amounts import Quantity
from ribao.language.clocks import HOUR
from ribao.language.instants import Moment

# D day, R period of days, T time, P part of a day, C hours from and to, X day with time, Y day with
# hours, L length, S recurring
_SIGNS = {kind: chr(0xE000 + number) for number, kind in enumerate("DRTPCXYLS")}
_KINDS = {sign: kind for kind, sign in _SIGNS.items()}
Build = Callable[["Match"], Moment | None]
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365, "decade": 3650}
_SECONDS = {"hour": 3600, "minute": 60, "second": 1}


@dataclass(frozen=True, slots=True)
class Form:
    """What a rule looks for, and the signs without which it cannot be there (one of each set)."""

    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]


def pattern(words: str) -> Form:
    """Compile a rule: `<DX:d>` is a day, or a day with a time, named d."""

    def sign(match: re.Match[str]) -> str:
        letters = "".join(_SIGNS[kind] for kind in match[1])
        return f"(?P<{match[2]}>[{letters}])" if match[2] else f"[{letters}]"

    signed = re.sub(r"<([DRTPCXYLS]+)(?::(\w+))?>", sign, words)
    return Form(re.compile(signed, re.IGNORECASE), _needs(signed))


_INNERMOST = re.compile(r"\(([^()]*)\)([?*]?)")


def _needs(words: str) -> tuple[frozenset[str], ...]:
    """The signs that a pattern cannot do without.

    Groups are taken away from the inside out: those that may be left out, look around or choose
    need nothing, what is left of the others is needed.
    """
    words = re.sub(r"\\.|\[[^\]\ue000-\ue008]*\]", "", words)

    def opened(match: re.Match[str]) -> str:
        inner = match[1]
        apart = match[2] or "|" in inner or re.match(r"\?(?:[=!]|<[=!])", inner)
        return "" if apart else re.sub(r"^\?(?:P<\w+>|:)", "", inner)

    while _INNERMOST.search(words):
        words = _INNERMOST.sub(opened, words)
    if "|" in words:
        return ()
    return tuple(frozenset(signs) for signs in re.findall(r"[\ue000-\ue008]+", words))


def length_of(quantity: Quantity) -> timedelta:
    """How long a duration is; a month has 30 days and a year 365. Zero for what is none."""
    unit = quantity.unit
    seconds = _DAYS[unit] * 86400 if unit in _DAYS else _SECONDS.get(unit, 0)
    return timedelta(seconds=float(quantity.low * Decimal(seconds)))


def kind_of(moment: Moment) -> str:
    """The letter of a moment; see the table above."""
    if moment.kind == "timerange":
        clock = moment.clock[0] if moment.clock else (0, 0)
        whole = clock[0] % HOUR == 0 and clock[1] - clock[0] in {4 * HOUR, 4 * HOUR - 1}
        return "P" if whole and len(moment.clock) == 1 else "C"
    return {
        "date": "D", "daterange": "R", "time": "T", "datetime": "X", "datetimerange": "Y",
        "duration": "L", "set": "S",
    }[moment.kind]  # fmt: skip


class Match:
    """What a rule matched: its words, the moments in it, and the hour from which it is read."""

    def __init__(self, found: re.Match[str], line: Line) -> None:
        self._found = found
        self._line = line
        self.now = line.now
        self._said: dict[str, str] = {}

    def say(self, name: str, words: str) -> None:
        """Give a part words that were put together from others."""
        self._said[name] = words

    def __getitem__(self, name: str) -> str:
        """The words of a part, in lower case; "" where it is not there."""
        if name not in self._found.re.groupindex:
            return self._said.get(name, "")
        return (self._found[name] or "").lower()

    def moment(self, name: str) -> Moment | None:
        """The moment that a sign stands for; None where the part is not there."""
        if not self[name]:
            return None
        return self._line.at_sign(self._found.start(name))

    def words(self, moment: Moment) -> str:
        """The words of a moment, in lower case."""
        return self._line.folded[moment.start : moment.end].lower()


class Line:
    """The line; rules replace parts of it by new signs."""

    def __init__(self, folded: str, pieces: list[Moment], now: datetime) -> None:
        self.folded = folded
        self.now = now
        self._pieces = pieces
        self._set()

    def moments(self) -> list[Moment]:
        """All moments of the line, in order."""
        return list(self._pieces)

    def at_sign(self, place: int) -> Moment:
        """The moment whose sign stands at a place of the line."""
        return self._by_place[place]

    def apply(self, rule: Form, build: Build) -> None:
        """Replace whatever the rule matches and can be built, from left to right."""
        if not all(any(sign in self._text for sign in signs) for signs in rule.needs):
            return
        place = 0
        while found := rule.regex.search(self._text, place):
            moment = build(Match(found, self))
            first, last = found.span("all" if "all" in rule.regex.groupindex else 0)
            if moment is None or first == last:
                place = found.start() + 1
                continue
            start, end = self._origin(first), self._origin(last - 1, after=True)
            whole = replace(moment, start=start, end=end)
            inside = [it for it in self._pieces if not (start <= it.start and it.end <= end)]
            self._pieces = sorted([*inside, whole], key=lambda it: it.start)
            self._set()
            place = next(at for at, it in self._by_place.items() if it is whole) + 1

    def _set(self) -> None:
        text: list[str] = []
        self._by_place: dict[int, Moment] = {}
        self._starts: list[int] = []  # of each run in the line
        self._origins: list[tuple[int, int]] = []  # of each run in the text: (from, to)
        at = length = 0
        for piece in self._pieces:
            self._run(length, at, piece.start)
            text.append(self.folded[at : piece.start])
            length += piece.start - at
            self._by_place[length] = piece
            self._run(length, piece.start, piece.end)
            text.append(_SIGNS[kind_of(piece)])
            length, at = length + 1, piece.end
        self._run(length, at, len(self.folded))
        self._text = "".join([*text, self.folded[at:]])

    def _run(self, place: int, first: int, last: int) -> None:
        if first < last:
            self._starts.append(place)
            self._origins.append((first, last))

    def _origin(self, place: int, *, after: bool = False) -> int:
        run = bisect_right(self._starts, place) - 1
        first, last = self._origins[run]
        if place in self._by_place:
            return last if after else first
        return first + place - self._starts[run] + after
