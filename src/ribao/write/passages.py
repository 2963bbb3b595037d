"""Which sentences of a report may be printed, and which of those tell the event best.

A passage is a whole sentence of a document, never a part that was cut off, with a dateline taken
from its front where the rest still stands by itself. Choice is by place (news is written with the
event first), by the words that it shares with the titles of the story, and against repetition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ribao.language.names import find_names
from ribao.language.sentences import Span, split_sentences
from ribao.language.tongues import tongue_of
from ribao.language.words import words
from ribao.model import Citation, Document, Sentence
from ribao.write.patterns import patterns

HEAD_SENTENCES = 14  # the event stands in the head of a report; what follows is background
WIDEST_SENTENCE = {"zh": 130, "en": 48}  # characters or words; longer ones are lists or broken text
NARROWEST_SENTENCE = {"zh": 12, "en": 6}
QUOTED_AT_MOST = {"zh": 60, "en": 25}  # kindly short quotation; longer sentences lose points
WORTH_PRINTING = 0.3  # points; below it a sentence is background, or about something else
SECOND_BEST = 0.6  # share of the first sentence's points that the next ones need
FAR_OFF = 0.8  # the same, of a sentence that stood elsewhere: side by side they must not jar
TOO_ALIKE = 0.6  # share of the smaller set of words: the same thing said twice

_ENDS = re.compile(r"[。！？!?.][”’」』）)\"']*$")
_STAMP = re.compile(
    r"[\s|｜·]*\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?\s+"
)
_CHINESE_ENDS = re.compile(r"[。！？!?][”’」』）)\"']*$")
_MORE = re.compile(r"(?<=[\u4e00-\u9fff\w”》）)%％])[ \u3000]+(?:\.{3}|…+)$")
_WAITING = re.compile(
    r"(?:[的了和与及或并且将在为对是于从把被向以由因而但如则其让使给跟比至到各每可能也还又都]|包括|例如|通过|根据|以及)$"
)
# Typed twice by mistake: the same six characters a few characters on. Lists repeat their units.
_STAMMER = re.compile(r"([\u4e00-\u9fff]{4,})[^，。；、]{0,12}\1")
_PICTOGRAPH = re.compile("[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")
_CUT_OFF = re.compile(r"(…|\.\.\.|。。)[”’」』）)\"']*$")


@dataclass(frozen=True, slots=True)
class Passage:
    """One printable sentence of a document: `text == document.text[start:end]`."""

    document: Document
    start: int
    end: int
    text: str
    place: int  # 0 for the first sentence of the document
    leaning: bool  # begins with a word that points back to the sentence before it
    content: frozenset[str]  # its words without the commonest
    points: float = 0.0

    @property
    def size(self) -> int:
        """Its length in characters (zh) or words (others)."""
        return length(self.text, self.document.language)

    def sentence(self) -> Sentence:
        """The passage as a printed sentence that cites itself."""
        citation = Citation(self.document.id, self.text, self.start, self.end)
        return Sentence(self.text, (citation,), kind="quotation")


def length(text: str, language: str) -> int:
    """The length of a text in the unit of its language: characters for zh, words for others."""
    return len(re.sub(r"\s", "", text)) if language in {"zh", "ja"} else len(text.split())


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, and the known names by their ids, which no language changes."""
    plain = frozenset(word for word in words(text) if word not in patterns().stop_words)
    return plain | {f"@{name.id}" for name in find_names(text) if name.kind != "unknown"}


def alike(left: frozenset[str], right: frozenset[str]) -> float:
    """The share of the smaller set of words that stands in the other, 0.0 to 1.0."""
    smaller = min(len(left), len(right))
    return len(left & right) / smaller if smaller else 0.0


def passages(document: Document, about: frozenset[str]) -> list[Passage]:
    """The printable sentences in the head of a document, with points; `about` is its event."""
    found: list[Passage] = []
    for place, span in enumerate(sentences(document)):
        if patterns().boilerplate.search(span.text):
            continue
        skip = _preamble(span.text, document.title)
        text, whole = _without_more(span.text[skip:], document.language)
        start = span.start + skip
        if not _printable(text, document.language, whole=whole):
            continue
        leaning = bool(patterns().leaning.search(text))
        content = content_words(text)
        points = _points(text, place, content, about, document.language) - 0.6 * leaning
        found.append(
            Passage(document, start, start + len(text), text, place, leaning, content, points)
        )
    return found


def sentences(document: Document) -> list[Span]:
    """The sentences in the head of a document; "Inc." ends none inside Chinese text."""
    found: list[Span] = []
    for span in split_sentences(document.text)[: HEAD_SENTENCES + 2]:
        before = found[-1] if found else None
        if before and document.language == "zh" and re.search(r"[A-Za-z]\.$", before.text):
            whole = document.text[before.start : span.end]
            if "\n" not in whole:
                found[-1] = Span(before.start, span.end, whole)
                continue
        found.append(span)
    return found[:HEAD_SENTENCES]


def choose(
    candidates: Sequence[Passage],
    *,
    room: int,
    most: int,
    said: frozenset[int] = frozenset(),
) -> list[Passage]:
    """The best passages of one document, in order, within `room` (unit of its language).

    `said` are the places of sentences that the headline says already: one that leans on them leans
    on the headline.
    """
    chosen: list[Passage] = []

    def worth(passage: Passage) -> float:
        """Its points; what points back at the headline is about the event without naming it."""
        return passage.points + 1.2 * (passage.leaning and passage.place - 1 in said)

    for passage in sorted(candidates, key=lambda one: (-worth(one), one.start)):
        if len(chosen) == most or worth(passage) < WORTH_PRINTING:
            break
        used = sum(one.size for one in chosen)
        if chosen and used + passage.size > room:
            continue
        before = {one.place for one in chosen}
        if passage.leaning and passage.place - 1 not in before | said:
            continue
        if any(alike(passage.content, one.content) > TOO_ALIKE for one in chosen):
            continue
        beside = bool({passage.place - 1, passage.place + 1} & before)
        follows = 0.3 * (passage.place - 1 in before)
        needed = SECOND_BEST if beside else FAR_OFF
        if chosen and worth(passage) + follows < needed * worth(chosen[0]):
            continue
        chosen.append(passage)
    return sorted(chosen, key=lambda one: one.start)


def _preamble(text: str, title: str) -> int:
    """How much to leave out before the sentence proper: title once more, stamp, dateline."""
    skip = 0
    if title and text.startswith(title):
        stamp = _STAMP.match(text, len(title))
        skip = stamp.end() if stamp else 0
    match = patterns().dateline.match(text[skip:])
    if match is not None:
        skip += match.end()
    rest = text[skip:].lstrip()
    stands = bool(rest) and (rest[0].isupper() or rest[0].isdigit() or not rest[0].isascii())
    return len(text) - len(rest) if stands else 0


def _without_more(text: str, language: str) -> tuple[str, bool]:
    """A Chinese sentence without the " ..." that says "more follows", and whether it is whole.

    Dots after a space are set by feeds whose summaries end with a sentence; dots that touch the
    text cut it off. A last word that waits for another shows a cut all the same.
    """
    match = _MORE.search(text) if language == "zh" else None
    if match is None or _WAITING.search(text[: match.start()]):
        return text, False
    return text[: match.start()], True


def _printable(text: str, language: str, *, whole: bool) -> bool:
    unit = "zh" if language in {"zh", "ja"} else "en"
    size = length(text, language)
    if not NARROWEST_SENTENCE[unit] <= size <= WIDEST_SENTENCE[unit]:
        return False
    ends = _CHINESE_ENDS if unit == "zh" else _ENDS  # "Mythic Inc." inside Chinese text is no end
    if (
        _CUT_OFF.search(text)
        or not (whole or ends.search(text))
        or "\n" in text
        or "\ufffd" in text
        or _PICTOGRAPH.search(text)
    ):
        return False
    return _balanced(text) and tongue_of(text, language) == language


def _balanced(text: str) -> bool:
    pairs = (
        ("“", "”"),
        ("「", "」"),
        ("『", "』"),
        ("《", "》"),
        ("（", "）"),
        ("(", ")"),
        ("【", "】"),
    )
    even = text.count('"') % 2 == 0
    return even and all(text.count(left) == text.count(right) for left, right in pairs)


def _points(
    text: str, place: int, content: frozenset[str], about: frozenset[str], language: str
) -> float:
    told = len(content & about) / max(4, len(about)) if about else 0.0
    size = length(text, language)
    limit = QUOTED_AT_MOST["zh" if language in {"zh", "ja"} else "en"]
    points = 1.0 / (1.0 + 0.18 * place) + 1.5 * min(1.0, told)
    names = {word for word in about if word.startswith("@")}
    points -= 0.4 * (bool(names) and not content & names)
    points -= 0.8 * (bool(about) and len(content & about) < 2)
    points += 0.1 * bool(re.search(r"\d", text))
    points -= 0.012 * max(0, size - limit) * (1 if limit == 60 else 2.4)
    points -= 0.6 * bool(re.search(r"[?？]", text)) + 0.5 * bool(_STAMMER.search(text))
    points -= 0.3 * bool(re.match(r"(我|我们|I|We|My|Our|你|您|You)\b", text))
    return points - 0.3 * bool(re.search(r"[!！]", text))
