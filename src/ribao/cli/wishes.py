"""One sentence -> what kind of paper somebody wants, by rules: what was understood, and what not.

Each rule takes the words that it understands out of the sentence. What is left at the end, less the
words that only hold a sentence together, was not understood, and the reader is told so.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from ribao.rank.exclusions import subjects

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST = 2_000  # characters of a sentence
_NUMBERS = dict(zip("一二三四五六七八九", range(1, 10), strict=True)) | {"两": 2}
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_TENS = {"twelve": 12, "fifteen": 15, "twenty": 20}
_ADDRESS = re.compile(r"https?://[^\s，。；,;）)]+")
_CLOCK = re.compile(
    r"(?P<part>每早|每晚|今晚|早上|早晨|清晨|凌晨|上午|中午|下午|傍晚|晚上|晚间)?\s*(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})"
    r"\s*(?:[:：](?P<minute>\d{2})|[点點时](?:(?P<half>半)|(?P<zh_minute>\d{1,2})分?)?)"
    r"|\b(?:at\s+)?(?P<en_hour>\d{1,2})(?::(?P<en_minute>\d{2}))?\s*(?P<half_day>[ap]\.?m\.?)(?![a-z])"
    r"|\bat\s+(?P<bare_hour>\d{1,2}):(?P<bare_minute>\d{2})\b",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\b(?:Africa|America|Asia|Australia|Europe|Pacific)/[A-Za-z_]+(?:/[A-Za-z_]+)?\b"
)
_SPLIT = re.compile(r"\s*(?:、|，|,|/|以及|或者?|和|与|及|\band\b|\bor\b|\bnor\b)\s*")
_LATE = frozenset({"下午", "每晚", "今晚", "傍晚", "晚上", "晚间", "p"})


@dataclass(slots=True)
class Wish:
    """What was understood of a sentence; "" and 0 where it says nothing."""

    language: str  # zh or en
    beat: str = ""  # id of a built-in beat
    topic: str = ""  # a subject that no built-in beat covers
    also: tuple[str, ...] = ()  # further beats and languages; each wants a paper of its own
    zone: str = ""
    at: str = ""  # HH:MM
    days: tuple[str, ...] = ()  # mon ... sun; () is every day
    stories: int = 0
    style: str = ""
    exclude: tuple[str, ...] = ()  # ids of subjects, or words
    languages: tuple[str, ...] = ()  # of the sources
    addresses: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()  # words that no rule understood
    assumed: set[str] = field(default_factory=set)  # names of what the sentence does not say


def understand(sentence: str) -> Wish:
    """Read a wish in Chinese or English; only the first `LONGEST` characters count."""
    text = _Text(" ".join(sentence[:LONGEST].split()))
    own = "zh" if re.search(r"[\u4e00-\u9fff]", text.whole) else "en"
    wish = Wish(own, addresses=tuple(match.group() for match in text.take(_ADDRESS)))
    wish.exclude = tuple(dict.fromkeys(_unwanted(text)))
    wish.languages = tuple(_first(text, "only_languages"))
    named = tuple(_first(text, "languages"))
    wish.language = named[0] if named else own
    zones = [match.group() for match in text.take(_ZONE)] + list(_first(text, "zones"))
    wish.zone = zones[0] if zones else ""
    wish.at = _clock(text)
    wish.days = _days(text)
    wish.stories = _count(text)
    wish.style = next(iter(_first(text, "styles")), "")
    beats = _beats(text)
    wish.beat = next(iter(beats), "")
    wish.also = (*beats[1:], *named[1:])
    if not beats:
        wish.topic = _topic(text)
    wish.unknown = tuple(text.rest(_filler()))
    said = {
        "language": bool(named),
        "beat": bool(wish.beat or wish.topic),
        "zone": bool(zones),
        "at": bool(wish.at),
        "stories": bool(wish.stories),
        "style": bool(wish.style),
    }
    wish.assumed = {name for name, known in said.items() if not known}
    return wish


class _Text:
    """A sentence from which what is understood is taken out; a bar stands in its place."""

    def __init__(self, text: str) -> None:
        self.whole = text
        self.left = text

    def take(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every match, taken out."""
        found = list(pattern.finditer(self.left))
        self.left = pattern.sub(lambda match: "|" * len(match.group()), self.left)
        yield from found

    def strike(self, start: int, end: int) -> None:
        """Take one stretch out."""
        self.left = self.left[:start] + "|" * (end - start) + self.left[end:]

    def rest(self, filler: re.Pattern[str]) -> Iterator[str]:
        """The words that are left, without those that hold a sentence together."""
        for piece in re.split(r"[|，。；、,;.!！?？:：\s“”\"'()（）]+", filler.sub("|", self.left)):
            if piece:
                yield piece


@cache
def _table() -> dict[str, Any]:
    raw = (resources.files(__package__) / "wishes.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


def _either(alternatives: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)


@cache
def _filler() -> re.Pattern[str]:
    words = _table()["filler"]
    chinese = sorted(words["zh"], key=len, reverse=True)
    latin = sorted((re.escape(word) for word in words["en"]), key=len, reverse=True)
    return _either([*chinese, rf"(?<![\w'])(?:{'|'.join(latin)})(?![\w'])"])


def _first(text: _Text, name: str) -> Iterator[str]:
    """Keys of a table whose patterns stand in the sentence, in the order of the sentence."""
    found = []
    for key, patterns in _table()[name].items():
        found += [(match.start(), key) for match in text.take(_either(patterns))]
    yield from dict.fromkeys(key for _, key in sorted(found))


def _beats(text: _Text) -> list[str]:
    """Beats whose words stand in the sentence; of overlapping words the longest counts."""
    spans = [
        (match.start(), match.end(), beat)
        for beat, patterns in _table()["beats"].items()
        for match in _bordered(patterns).finditer(text.left)
    ]
    chosen: list[tuple[int, int, str]] = []
    for start, end, beat in sorted(spans, key=lambda one: (one[0] - one[1], one[0])):
        if all(end <= other[0] or start >= other[1] for other in chosen):
            chosen.append((start, end, beat))
    for start, end, _ in chosen:
        text.strike(start, end)
    return list(dict.fromkeys(beat for _, _, beat in sorted(chosen)))


def _bordered(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(patterns)})(?![A-Za-z])", re.IGNORECASE)


def _unwanted(text: _Text) -> Iterator[str]:
    """Subjects by their ids where the words are known, else the words themselves."""
    for match in text.take(_either(_table()["phrases"]["without"])):
        for part in _SPLIT.split(next(filter(None, match.groups()), "")):
            yield from _subject(part)


def _subject(part: str) -> Iterator[str]:
    word = re.sub(r"(?:的|类|相关)?(?:新闻|消息|内容|报道|资讯|信息|类|的)+$", "", part.strip())
    word = re.sub(
        r"(?i)^(?:any|the|about)\s+|\s+(?:news|stories|items|reports|coverage)$", "", word
    )
    if not word or word.casefold() in {"the", "any"}:
        return
    known = [
        one.id
        for one in subjects().values()
        if word.casefold() in {w.casefold() for w in one.words}
    ]
    yield known[0] if known else word


def _clock(text: _Text) -> str:
    for match in text.take(_CLOCK):
        part = match["part"] or (match["half_day"] or "")[:1].casefold()
        hour = _number(match["hour"] or match["en_hour"] or match["bare_hour"])
        minute = match["minute"] or match["zh_minute"] or match["en_minute"] or match["bare_minute"]
        minutes = 30 if match["half"] else int(minute or 0)
        hour = (
            hour + 12 if part in _LATE and hour < 12 else 0 if part == "a" and hour == 12 else hour
        )
        if hour < 24 and minutes < 60:
            list(_first(text, "times"))  # "every morning at 6:30" names the time twice
            return f"{hour:02}:{minutes:02}"
    return next(iter(_first(text, "times")), "")


def _days(text: _Text) -> tuple[str, ...]:
    named = {day for key in _first(text, "days") for day in key.split()}
    return tuple(day for day in DAYS if day in named)


def _count(text: _Text) -> int:
    for match in text.take(_either(_table()["phrases"]["count"])):
        return min(50, _number(next(filter(None, match.groups()))))
    return 0


def _number(words: str) -> int:
    """A small number in digits, Chinese or English."""
    word = words.casefold()
    if word.isdigit():
        return int(word)
    if word in _WORDS:
        return _WORDS.index(word) + 1
    if word in _TENS:
        return _TENS[word]
    tens, ten, ones = word.rpartition("十")
    return (_NUMBERS.get(tens, 1) * 10 if ten else 0) + _NUMBERS.get(ones, 0)


def _topic(text: _Text) -> str:
    for match in _either_topic().finditer(text.left):
        topic = match[match.lastgroup or 0] if match.lastgroup else ""
        topic = _filler().sub(" ", topic.replace("|", " ")).strip()
        if topic:
            text.left = (
                text.left[: match.start()] + "|" * len(match.group()) + text.left[match.end() :]
            )
            return " ".join(topic.split())
    return ""


@cache
def _either_topic() -> re.Pattern[str]:
    patterns = _table()["phrases"]["about"]
    numbered = [one.replace("P<topic>", f"P<topic{at}>") for at, one in enumerate(patterns)]
    return _either(numbered)
