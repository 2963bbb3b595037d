"""Path patterns as robots.txt has them (RFC 9309, 2.2.2 and 2.2.3), used by other files, too.

A pattern fits from the start of the path; `*` stands for any characters, `$` at its end for the end
of the path. Escapes are compared in one spelling. Matching takes time linear in the path for each
pattern: no regular expression is made of what a stranger wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = "/%:@!&'()+,;=-._~?[]#"  # spell themselves on both sides; `*` and `$` do not


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern, and whether what it fits is allowed."""

    allows: bool
    words: str  # as written
    parts: tuple[str, ...]  # between its asterisks
    anchored: bool  # ends with `$`

    @property
    def length(self) -> int:
        """By which the most specific of several rules is found."""
        return len(self.words.encode())

    def fits(self, path: str) -> bool:
        """Whether a path (as `path_of` gives it) is meant."""
        first, *others = self.parts
        if not path.startswith(first):
            return False
        if not others:
            return not self.anchored or len(path) == len(first)
        position = len(first)
        *inner, last = others
        for part in inner:
            found = path.find(part, position)
            if found < 0:
                return False
            position = found + len(part)
        if self.anchored:
            return len(path) - len(last) >= position and path.endswith(last)
        return path.find(last, position) >= 0


def rule(pattern: str, *, allows: bool) -> Rule:
    """Read one pattern."""
    anchored = pattern.endswith("$")
    parts = pattern.removesuffix("$").split("*") if anchored else pattern.split("*")
    return Rule(allows, pattern, tuple(_spelled(part) for part in parts), anchored)


def sort_rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Order rules so that the first that fits decides: the longest, of two the one that allows."""
    return tuple(sorted(rules, key=lambda one: (-one.length, not one.allows)))


def deciding(rules: Iterable[Rule], url: str) -> Rule | None:
    """The rule that decides on an address; None where none fits."""
    path = path_of(url)
    return next((one for one in rules if one.fits(path)), None)


def path_of(url: str) -> str:
    """Path and query of an address in the spelling that patterns are compared in."""
    parts = urlsplit(url)
    return _spelled(f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/")


def _spelled(text: str) -> str:
    return _ESCAPE.sub(_normal, quote(text, safe=_KEPT, errors="replace"))


def _normal(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character in _UNRESERVED else match[0].upper()
