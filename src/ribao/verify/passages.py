"""The evidence, read once: each field of each document with its sentences, words and claims.

A checker asks the same documents again and again, so whatever it needs of one is worked out when it
is first asked for, and kept as long as the passage lives (one run, one edition).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from ribao.language.aliases import fold_by_character, match_aliases
from ribao.language.directions import find_hedges
from ribao.language.scripts import detect_language
from ribao.language.sentences import Span, split_sentences
from ribao.model import Citation, Document
from ribao.verify.claims import Claim, read_family
from ribao.verify.ranking import Index
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.traditional import plain_document

_NOT_LETTERS = re.compile(r"[\W_]+")


class Letters(NamedTuple):
    """The letters and digits of a text, folded, without spaces and marks, and where each stood."""

    text: str
    offsets: tuple[int, ...]  # offsets[i] is the place in the original of text[i]

    def find(self, letters: str) -> tuple[int, int] | None:
        """Where folded letters stand, as a span of the original text; None where they do not."""
        at = self.text.find(letters) if letters else -1
        if at < 0:
            return None
        return self.offsets[at], self.offsets[at + len(letters) - 1] + 1


def squeeze(text: str) -> Letters:
    """Keep only the letters and digits of a text, folded (width, case, traditional characters)."""
    folded, places = fold_by_character(text)
    kept: list[str] = []
    offsets: list[int] = []
    at = 0
    for gap in _NOT_LETTERS.finditer(folded + " "):
        kept.append(folded[at : gap.start()])
        offsets.extend(range(at, gap.start()))
        at = gap.end()
    if places:
        offsets = [places[offset] for offset in offsets]
    return Letters("".join(kept), tuple(offsets))


class Passage:
    """One field of one document: its title or its text."""

    def __init__(self, document: Document, field: str) -> None:
        """Keep the words, in simplified signs and as they are; work nothing out yet."""
        self.document = plain_document(document)
        self.field = field
        self.text, self.original = (
            one.title if field == "title" else one.text for one in (self.document, document)
        )
        self._beginnings: dict[int, frozenset[str]] = {}
        self._claims: dict[tuple[int, str], tuple[Claim, ...]] = {}

    @cached_property
    def language(self) -> str:
        """The language of the words themselves, whatever the document says of itself."""
        return detect_language(self.text[:160]) or self.document.language

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, as spans of the text."""
        return split_sentences(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _folding(self) -> tuple[str, tuple[int, ...]]:
        return fold_by_character(self.text)

    @property
    def folded(self) -> str:
        """The text with width, case and traditional characters folded."""
        return self._folding[0]

    def unfolded(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text that a span of the folded text comes from."""
        offsets = self._folding[1]
        return (offsets[start], offsets[end]) if offsets else (start, end)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of Latin letters, folded."""
        return frozenset(re.findall(r"[a-z\u00c0-\u024f]+", self.folded))

    def beginnings(self, letters: int) -> frozenset[str]:
        """The first letters of every Latin word."""
        if letters not in self._beginnings:
            self._beginnings[letters] = frozenset(word[:letters] for word in self.words)
        return self._beginnings[letters]

    @cached_property
    def letters(self) -> Letters:
        """The text squeezed, for comparing words verbatim."""
        return squeeze(self.text)

    @cached_property
    def topics(self) -> tuple[frozenset[str], ...]:
        """For each sentence the words and names that say what it is about."""
        return tuple(topics_of(sentence.text) for sentence in self.sentences)

    @cached_property
    def index(self) -> Index:
        """The topics of the sentences, to find those that are alike to another among thousands."""
        return Index(self.topics)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words of the text, with the single characters of Chinese words."""
        found = frozenset[str]().union(*self.topics) if self.topics else frozenset[str]()
        return stems_of(found)

    @cached_property
    def doubts(self) -> bool:
        """Tell whether anything here is said to be only possible."""
        return any(hedge.key == "may" for hedge in find_hedges(self.text))

    def claims(self, number: int, family: str) -> tuple[Claim, ...]:
        """The claims of one family in one sentence, placed in the whole text.

        Relative dates are read from the day on which the document was published.
        """
        key = (number, family)
        if key not in self._claims:
            sentence = self.sentences[number]
            day, at = self.document.published_at.date(), sentence.start
            self._claims[key] = tuple(
                Claim(c.start + at, c.end + at, c.text, c.kind, c.family, c.value)
                for c in read_family(family, sentence.text, self.language, day)
            )
        return self._claims[key]

    @cached_property
    def names(self) -> dict[str, tuple[int, int]]:
        """Where each known name of the text stands first, by its id."""
        places: dict[str, tuple[int, int]] = {}
        for start, end, identity in match_aliases(self.text):
            places.setdefault(identity, (start, end))
        return places

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that holds a place of the text (or the last before it)."""
        return max(0, bisect_right(self._starts, place) - 1)

    def is_whole(self, start: int, end: int) -> bool:
        """Tell whether a span begins behind a mark or a line, and ends where a word ends.

        The letters beside it tell nearly always; then the text need not be cut into sentences,
        which would be half of the time of a sentence that is a copy.
        """
        before = self.text[max(0, start - 8) : start].rstrip(" \t\u3000")[-1:]
        begins = not before.isalnum() or self.sentences[self.sentence_at(start)].start == start
        after = self.text[end : end + 2]
        cut = after[:1].isalnum() or (after[:1] in {".", ","} and after[1:].isdigit())
        # "$3" of "$3 million", "Gemini 3" of "Gemini 3 Flash"
        counts = self.text[end - 1 : end].isdigit() and after[:1] in {" ", "-"}
        inside = cut or (counts and after[1:].isalnum())
        return begins and (not inside or any(one.end == end for one in self.sentences))

    def cite(self, start: int, end: int) -> Citation:
        """A citation of the span; its quote is the text between the two places."""
        return Citation(self.document.id, self.original[start:end], start, end, self.field)
