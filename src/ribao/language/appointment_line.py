"""A text as a line of signs: each time that was read already is one private character."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache

from ahocorasick_rs import AhoCorasick

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
    """What a rule looks for, and what must be there for it: of each set a sign, digit or word."""

    regex: re.Pattern[str]
    needs: tuple[frozenset[str], ...]


def pattern(words: str) -> Form:
    """Compile a rule: `<DX:d>` is a day, or a day with a time, named d."""

    def sign(match: re.Match[str]) -> str:
        letters = "".join(_SIGNS[kind] for kind in match[1])
        return f"(?P<{match[2]}>[{letters}])" if match[2] else f"[{letters}]"

    signed = re.sub(r"<([DRTPCXYLS]+)(?::(\w+))?>", sign, words)
    needs = _needs(signed)
    _WORDS.update(word for need in needs for word in need if len(word) > 1)
    return Form(re.compile(signed, re.IGNORECASE), needs)


_INNERMOST = re.compile(r"\(([^()]*)\)([?*]?)")
_ANY_DIGIT = "\ue00f"
_DIGITS = frozenset("0123456789")
_SHORTEST = 3  # letters of a word that is looked for
_OR = "\ue00e"  # between words of which one must be there


def _needs(words: str) -> tuple[frozenset[str], ...]:
    """The signs, digits and words that a pattern cannot do without.

    Groups are taken away from the inside out: those that may be left out or look around need
    nothing, of a choice between words one is needed, what is left of the others is needed.
    """
    words = re.sub(r"\\d(?![?*{])|\[0-9\]|\[\d-\d\](?![?*{])", _ANY_DIGIT, words)
    words = re.sub(r"\\.(?:[?*+]|\{[\d,]+\})?", " ", words)
    words = re.sub(r"\[[^\]\ue000-\ue008]*\](?:[?*+]|\{[\d,]+\})?", " ", words)
    words = re.sub(r"[A-Za-z]\?|[A-Za-z]\*", " ", words)

    def opened(match: re.Match[str]) -> str:
        inner = match[1]
        if match[2] or re.match(r"\?(?:[=!]|<[=!])", inner):
            return " "
        inner = re.sub(r"^\?(?:P<\w+>|:)", "", inner)
        if "|" not in inner:
            return inner
        return f" {_choice(inner)} "

    while _INNERMOST.search(words):
        words = _INNERMOST.sub(opened, words)
    if "|" in words:
        words = _choice(words)
    runs = re.findall(rf"[\ue000-\ue008]+|{_ANY_DIGIT}|[A-Za-z{_OR}]+", words)
    return tuple(dict.fromkeys(need for run in runs if (need := _need(run))))


def _choice(inner: str) -> str:
    """One word of each way of a choice, joined by a sign; "" where a way has none."""
    ways = [re.findall(rf"[A-Za-z{_OR}]{{{_SHORTEST},}}", way) for way in inner.split("|")]
    return _OR.join(max(way, key=len) for way in ways) if all(ways) else ""


def _need(run: str) -> frozenset[str]:
    if run == _ANY_DIGIT:
        return _DIGITS
    if run[0] >= "\ue000" and run[0] != _OR:
        return frozenset(run)
    words = frozenset(run.lower().split(_OR))
    return words if min(map(len, words)) >= _SHORTEST else frozenset()


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


_WORDS: set[str] = set()  # of all rules


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    words = tuple(sorted(_WORDS))
    return AhoCorasick(words), words


def there(text: str) -> set[str]:
    """The single signs of a line, and the words in it that some rule needs."""
    automaton, words = _automaton()
    found = automaton.find_matches_as_indexes(text.casefold(), overlapping=True)
    return {*text, *(words[number] for number, _, _ in found)}


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

    def apply(self, rules: Iterable[tuple[Form, Build]]) -> None:
        """Apply each rule in turn where all that it needs is there."""
        for rule, build in rules:
            for need in rule.needs:
                if need.isdisjoint(self._there):
                    break
            else:
                self._apply(rule, build)

    def _apply(self, rule: Form, build: Build) -> None:
        """Replace whatever the rule matches and can be built, from left to right."""
        place = 0
        while found := rule.regex.search(self._text, place):
            moment = build(Match(found, self))
            first, last = found.span("all" if "all" in rule.regex.groupindex else 0)
            if moment is None or first == last:
                place = found.start() + 1
                continue
            start, end = self._origin(first), self._origin(last - 1, after=True)
            whole = moment._replace(start=start, end=end)
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
        self._there = there(self._text)

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
