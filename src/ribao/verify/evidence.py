"""Where to look for the proof of one sentence: what it cites first, then the rest of its story."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from ribao.model import Citation, Document, DocumentId, Sentence
from ribao.verify.passages import Passage
from ribao.verify.ranking import LONG, Ranked, in_order
from ribao.verify.topics import likeness, topics_of

CITED_PASSAGE, CITED_DOCUMENT, OTHER_DOCUMENT = range(3)


class Place(NamedTuple):  # one is made for every sentence of the evidence
    """One sentence of the evidence, how near it stands to what is cited and how alike it is."""

    passage: Passage
    number: int
    tier: int  # CITED_PASSAGE, CITED_DOCUMENT or OTHER_DOCUMENT
    alike: float  # 0.0 to 1.0, see topics.likeness

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.passage.sentences[self.number].text

    @property
    def start(self) -> int:
        """Where the sentence begins in its passage."""
        return self.passage.sentences[self.number].start

    def cite(self) -> Citation:
        """A citation of the whole sentence."""
        span = self.passage.sentences[self.number]
        return self.passage.cite(span.start, span.end)


class Library:
    """The documents of one run, each read once however many sentences ask for it."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._passages: dict[tuple[DocumentId, str], Passage] = {}

    def passages(self, documents: Sequence[Document]) -> tuple[Passage, ...]:
        """The fields of the documents that hold words: of each the title, then the text."""
        found = []
        for document in documents:
            for field, words in (("title", document.title), ("text", document.text)):
                if words.strip():
                    key = (document.id, field)
                    if key not in self._passages:
                        self._passages[key] = Passage(document, field)
                    found.append(self._passages[key])
        return tuple(found)


class Evidence:
    """What there is to prove one sentence with."""

    def __init__(self, sentence: Sentence, passages: Sequence[Passage]) -> None:
        """Order the passages of a story: the cited documents first, then by their ids."""
        self.sentence = sentence
        self.cited = frozenset(citation.document_id for citation in sentence.citations)
        self.passages = tuple(
            sorted(
                passages, key=lambda p: (p.document.id not in self.cited, p.document.id, p.field)
            )
        )

    def tier(self, passage: Passage) -> int:
        """How near a passage stands: cited or not. Where nothing is cited, all count as cited."""
        if not self.cited or passage.document.id in self.cited:
            return CITED_DOCUMENT
        return OTHER_DOCUMENT

    @property
    def cited_passages(self) -> tuple[Passage, ...]:
        """The passages of the cited documents; all of them where nothing is cited."""
        return tuple(p for p in self.passages if self.tier(p) != OTHER_DOCUMENT)

    def verbatim(self, words: str) -> tuple[Passage, int] | None:
        """The first passage that holds the words as a whole, and where they begin.

        Part of a sentence is no copy: "$3" of "$30" is another sum, and what follows "denied that"
        is the contrary of what was said.
        """
        for passage in self.passages:
            at = passage.text.find(words)
            while at >= 0:
                if passage.is_whole(at, at + len(words)):
                    return passage, at
                at = passage.text.find(words, at + 1)
        return None

    @cached_property
    def cited_places(self) -> tuple[Place, ...]:
        """The sentences that the citations touch, in the order of the citations."""
        found: dict[tuple[DocumentId, str, int], Place] = {}
        fields: dict[tuple[DocumentId, str], list[Passage]] = {}
        for passage in self.passages:
            if passage.document.id in self.cited:
                fields.setdefault((passage.document.id, passage.field), []).append(passage)
        for citation in self.sentence.citations:
            for passage in fields.get((citation.document_id, citation.field), ()):
                for number in _touched(passage, citation):
                    key = (passage.document.id, passage.field, number)
                    found.setdefault(key, Place(passage, number, CITED_PASSAGE, 1.0))
        return tuple(found.values())

    @cached_property
    def ranked(self) -> Sequence[Place]:
        """Every sentence of the evidence, the most alike first."""
        if any(len(passage.sentences) >= LONG for passage in self.passages):
            return self._ranked_by_index()
        wanted = topics_of(self.sentence.text)
        places = []
        for passage in self.passages:
            tier = self.tier(passage)
            for number, topics in enumerate(passage.topics):
                alike = 0.0 if wanted.isdisjoint(topics) else likeness(wanted, topics)
                places.append(Place(passage, number, tier, alike))
        # Stable: of sentences that are equally alike, the cited and then the earlier one is first.
        return tuple(sorted(places, key=lambda place: -place.alike))

    def _ranked_by_index(self) -> Sequence[Place]:
        """The same of long evidence, of which only the first places are ever made."""
        wanted = topics_of(self.sentence.text)
        starts = list(accumulate((len(one.sentences) for one in self.passages), initial=0))

        def place(number: int, alike: float) -> Place:
            at = bisect_right(starts, number) - 1
            passage = self.passages[at]
            return Place(passage, number - starts[at], self.tier(passage), alike)

        return Ranked(in_order([one.index.alike(wanted) for one in self.passages]), place)

    def places(self) -> Iterator[Place]:
        """Every sentence to look into, the likeliest first; cited ones come twice."""
        yield from self.cited_places
        yield from self.ranked

    @cached_property
    def nearest(self) -> tuple[Place, ...]:
        """The sentences that speak of the same thing: what is cited, and the most alike ones."""
        best = self.ranked[0].alike if self.ranked else 0.0
        alike = [p for p in self.ranked[:4] if p.alike >= max(0.6 * best, 0.25)]
        return (*self.cited_places, *alike)


def _touched(passage: Passage, citation: Citation) -> range:
    """The numbers of the sentences that a citation touches; none where its quote is not there."""
    start, end = citation.start, citation.end
    if passage.original[start:end] != citation.quote or not citation.quote:
        start = passage.original.find(citation.quote)
        if start < 0 or not citation.quote:
            return range(0)
        end = start + len(citation.quote)
    return range(passage.sentence_at(start), passage.sentence_at(end - 1) + 1)
