"""Sentences of Chinese and English text, as spans of the text they stand in.

One pass over the marks that may end a sentence, each judged by a few characters on either side, so
the time is linear in the text. A line break always ends a sentence. What is longer than any
sentence (a table without its breaks, a file of data) is cut at a pause, because readers of
sentences look from each place of one at the others.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

# A mark with the dots, closing quotes, brackets and footnote numbers that belong to it, or a break.
# It begins with a set of signs, so that `re` passes over all other letters at once.
_MARK = re.compile(
    r"""(?P<mark>[。！？!?｡.…\n]
          (?:(?<=[。！？!?｡])[。！？!?｡]*|(?<=\.)(?:\ ?\.)*|(?<=…)…*|(?<=\n)\n*))
        (?P<closing>(?:(?<!\n)(?:\[\d{1,3}\]|[”’」』〉）)\]】"'»]))*)""",
    re.VERBOSE,
)
_OPENING = re.compile(r"[\s\"'“‘«(\[（「『【*—–-]*")
_BEFORE = re.compile(r"[^\s\"'“‘(\[（「,;:/&，、。！？；：—–-]+$")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]$")
_NUMBERED = re.compile(
    r"(?:(?<=\s)|^)(?:[•▪◦‣⁃]\s*)?\(?(\d{1,3}|[a-z])(?:\.\)|[.)])\s+(?=[^\sa-z])", re.MULTILINE
)
# What every item of a list has behind its number or letter; most texts have no two of these.
_ITEM = re.compile(r"[.)]\s(?:(?<=\d[.)]\s)|(?<=\b[a-z][.)]\s)|(?<=[\da-z]\.\)\s))")
_BULLET = re.compile(r"(?<=\S)\s+(?=[•▪◦‣⁃]\s?\S)")
_PAIRS = {")": "(", "）": "（", "]": "[", "】": "【", "》": "《", "〉": "〈"}
_BRACKETS = re.compile(r"[()（）\[\]【】《》〈〉\n]")
_FULL_WIDTH = frozenset("。！？｡")
_LONGEST = 2_000  # characters; the longest sentence of a newspaper has a fourth of that
_PAUSES = "，；、： ,;"
_INSIDE = 240  # characters of a bracket within which nothing ends; a longer one is a lost bracket
_BEHIND = 40  # characters looked at before a mark; a longer word is an address
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_CLOCK = ("a.m", "p.m")
_CLOCK_WORDS = 5  # "At 5 a.m. Mr. Lane ..." goes on; after so many words a sentence may end
_NO_SPACE = re.compile(r"[A-Z][a-z]+[ ,]")
_DOMAINS = frozenset(("Com", "Net", "Org", "Io", "Ai", "Js", "Co", "Dev", "App"))


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text: `text == whole[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Table:
    before_name: frozenset[str]
    before_more: frozenset[str]
    before_number: frozenset[str]
    either: frozenset[str]
    brands: frozenset[str]
    openers: frozenset[str]


@cache
def _table() -> _Table:
    text = resources.files("ribao.language").joinpath("sentences.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)
    lists = {name: frozenset(words.split()) for name, words in rows.items()}
    lower = {name: frozenset(map(str.lower, lists[name])) for name in ("before_more", "either")}
    return _Table(**{**lists, **lower})


def split_sentences(text: str) -> tuple[Span, ...]:
    """Cut a text into sentences; every character but white space is in exactly one of them."""
    spans, start = [], 0
    for end in _ends(text):
        if end > start:
            spans.append((start, end))
            start = end
    spans.append((start, len(text)))
    if len(text) > _LONGEST:
        spans = [part for start, end in spans for part in _cut(text, start, end)]
    return tuple(_trimmed(text, start, end) for start, end in spans if text[start:end].strip())


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A span in parts of at most `_LONGEST` characters, cut behind their last pause."""
    while end - start > _LONGEST:
        stop = start + _LONGEST
        pause = max(text.rfind(sign, start + _LONGEST // 2, stop) for sign in _PAUSES)
        at = pause + 1 if pause >= 0 else stop
        yield start, at
        start = at
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start + left, start + right, piece[left:right])


def _ends(text: str) -> Iterator[int]:
    """Where sentences end, ascending: at marks and breaks, and before the items of a list."""
    brackets, items = _bracketed(text), _list_items(text)
    opened = [start for start, _ in brackets]
    counted = {place for start, end in items for place in range(start, end)}
    found = [start for start, _ in items] + [match.end() for match in _BULLET.finditer(text)]
    start = 0
    for match in _MARK.finditer(text):
        if match["mark"][0] != "\n":
            within = bisect_right(opened, match.start()) - 1
            inside = within >= 0 and match.end("mark") < brackets[within][1]
            if inside or match.start() in counted or not _is_end(text, match, start):
                continue
        start = match.end()
        found.append(start)
    yield from sorted(found)


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Outermost pairs of brackets that belong together: (place of the first, end), ascending."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(text):
        sign, place = match.group(), match.start()
        if sign == "\n":
            stack.clear()
        elif sign in _PAIRS:
            if stack and stack[-1][0] == _PAIRS[sign]:
                _, begun = stack.pop()
                if place - begun <= _INSIDE:
                    while pairs and pairs[-1][0] > begun:
                        pairs.pop()
                    pairs.append((begun, place + 1))
        else:
            stack.append((sign, place))
    return pairs


def _list_items(text: str) -> list[tuple[int, int]]:
    """Enumerators that count up from one another: (start, end) of "1. ", "b) " and the like."""
    if len(_ITEM.findall(text)) < 2:
        return []
    matches = list(_NUMBERED.finditer(text))
    values = [int(m.group(1)) if m.group(1).isdigit() else ord(m.group(1)) for m in matches]
    kept = set()
    for n in range(1, len(matches)):
        if values[n] == values[n - 1] + 1:
            kept |= {n - 1, n}
    return [(matches[n].start(), matches[n].end()) for n in sorted(kept)]


def _is_end(text: str, match: re.Match[str], start: int) -> bool:
    """Judge one mark by what stands around it; `start` is where its sentence begins."""
    mark, rest = match.group("mark"), text[match.end() : match.end() + 80]
    following = rest.lstrip()
    if mark[0] in _FULL_WIDTH or not following:
        return True
    tight = rest[0] == following[0]
    head = _OPENING.sub("", following, count=1)
    if _HAN.match(head):
        return _ends_before_han(text, match, tight=tight)
    if tight:
        return mark == "." and not match.group("closing") and _lacks_space(text, match, rest)
    goes_on = head[:1].islower() and not head[1:2].isupper()  # "iPhones" may open a sentence
    return not goes_on and _ends_before_capital(text, match, start, head)


def _ends_before_capital(text: str, match: re.Match[str], start: int, head: str) -> bool:
    mark = match.group("mark")
    if mark[0] in "!?":
        return _last_word(text, match.start()) not in _table().brands or _opens(head)
    if mark == ".":
        return bool(match.group("closing")) or _full_stop(text, match.start(), start, head)
    return mark.count(".") > len("...") or _word(head) != "I"  # the pronoun is always capital


def _ends_before_han(text: str, match: re.Match[str], *, tight: bool) -> bool:
    """A full stop of half width: "1.第一" and "A.技术" go on; "……但是" is a pause."""
    if match.group("mark")[0] == "…":
        return bool(match.group("closing"))
    word = _last_word(text, match.start())
    return not (tight and match.group("mark") == "." and (len(word) == 1 or word.isdigit()))


def _lacks_space(text: str, match: re.Match[str], rest: str) -> bool:
    """Tell "the results.The next" from an address or a version."""
    word, found = _last_word(text, match.start()), _NO_SPACE.match(rest)
    if found is None or len(word) < 3 or not word.islower():
        return False
    return found.group()[:-1] not in _DOMAINS


def _full_stop(text: str, place: int, start: int, head: str) -> bool:
    """Judge a single full stop before a capital, a digit or a sign."""
    table, word = _table(), _last_word(text, place)
    lower = word.lower()
    if word in table.before_name or lower in table.before_more:
        return False
    if word in table.before_number and head[:1].isdigit():
        return False
    if len(word) == 1 and word.isupper():
        return _initial(text, place, word, head)
    if lower in _CLOCK:
        return _opens(head) or text.count(" ", max(start, place - 60), place) >= _CLOCK_WORDS
    return _opens(head) if lower in table.either or _DOTTED.match(word) else True


def _initial(text: str, place: int, word: str, head: str) -> bool:
    """Tell the initial of a name from the pronoun "I" and from "plan B"."""
    before = _last_word(text, place - 2)
    if word == "I":
        return before[:1].islower()
    return _opens(head) and not (len(before) == 1 and before.isupper())


def _word(head: str) -> str:
    found = _WORD.match(head)
    return found.group() if found else ""


def _opens(head: str) -> bool:
    return _word(head) in _table().openers


def _last_word(text: str, place: int) -> str:
    """The word that ends before a place, without the brackets and quotes that open it."""
    found = _BEFORE.search(text, max(0, place - _BEHIND), max(0, place))
    return found.group() if found else ""
