"""The reports that each sentence of a newsletter is held against.

What a story links is the citation of all its lines; but where it is a list, whose lines each link
a report of their own, a line has its own alone. Beside these stand the documents that are most
alike: to the story, and where it links nothing that is known, to the line itself. So sentences
without a heading are checked like stories with one, however many documents there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cached_property

from ribao.language.scripts import detect_language
from ribao.model import Document
from ribao.verify.forms.newsletter import Newsletter, Printed
from ribao.verify.judges.days import UNDATED
from ribao.verify.links import address_of
from ribao.verify.lists import Lists, grouped
from ribao.verify.retrieval import Retrieval
from ribao.verify.topics import topics_of

FEW = 32  # documents: of no more than these, a line of no story may be of any
_BODY = frozenset({"paragraph", "bullet", "headline"})
_SURE = 0.5  # of the weight of the topics: the line was drawn from the report
_LONGEST_BLOCK = 8  # sentences of a paragraph on one thing
_OF_BLOCK = 4  # documents that are alike to the paragraph around a sentence


class Reports:
    """The evidence of one newsletter, in the order of its ids, each document read on its day."""

    def __init__(
        self, newsletter: Newsletter, evidence: Iterable[Document], day: date | None
    ) -> None:
        """Find what is linked; `day` is that of the newsletter, None where it does not say it."""
        self.newsletter = newsletter
        self.all = tuple(sorted(evidence, key=lambda document: document.id))
        self._addresses = [address_of(document.url) for document in self.all]
        self.by_address = self._placed()
        self.day = day or self._newest() or UNDATED
        if any(one.published_at.date() == UNDATED for one in self.all):
            self._date_the_undated()
        self.linked = {
            story: self._linked(urls)
            for story, urls in grouped((one.story, one.url) for one in newsletter.links).items()
        }
        self.lists = Lists(newsletter)
        self._found: dict[int, tuple[Document, ...]] = {}
        self._around: dict[int, tuple[Document, ...]] = {}

    @cached_property
    def about(self) -> Mapping[int, frozenset[str]]:
        """The topics of each story."""
        told = grouped((one.story, topics_of(one.text)) for one in self.newsletter.sentences)
        return {story: frozenset[str]().union(*sets) for story, sets in told.items() if story}

    @cached_property
    def _blocks(self) -> Mapping[int, Sequence[frozenset[str]]]:
        return grouped((one.block, topics_of(one.text)) for one in self.newsletter.sentences)

    @cached_property
    def _retrieval(self) -> Retrieval:
        wanted = frozenset[str]().union(*(topics_of(s.text) for s in self.newsletter.sentences))
        return Retrieval(self.all, wanted)

    def of_story(self, story: int) -> tuple[Document, ...]:
        """The evidence of one story: what it links, and the documents that are most alike."""
        if story not in self._found:
            if story:
                alike = self._retrieval.of_story(self.about[story])
                self._found[story] = merged(self.linked.get(story, ()), alike)
            else:
                self._found[story] = self.all if len(self.all) <= FEW else ()
        return self._found[story]

    def of_sentence(self, printed: Printed, homes: Sequence[int]) -> tuple[Document, ...]:
        """The evidence of one sentence; `homes` are the stories that it belongs to or speaks of.

        Of a list a line with a link of its own has nothing from the others.
        """
        own = self._linked(self.lists.links(printed.block))
        if own:
            return merged(own, self._alike(printed))
        found = merged(*(self.of_story(story) for story in homes))
        return merged(found, self._alike(printed)) if self._alone(printed, found) else found

    def _alone(self, printed: Printed, found: Sequence[Document]) -> bool:
        """Tell whether a line is looked for by itself: it stands in a list, or in no story."""
        if not found:
            return True
        if printed.part not in _BODY or len(self.all) <= FEW:
            return False
        return not printed.story or printed.story in self.lists.stories

    def cited(self, printed: Printed, homes: Sequence[int]) -> tuple[Document, ...]:
        """What a sentence cites: what its own line links, else what its stories link."""
        if printed.story in self.lists.stories:
            return self._linked(self.lists.links(printed.block))
        return merged(*(self.linked.get(story, ()) for story in homes))

    def _alike(self, printed: Printed) -> tuple[Document, ...]:
        """The documents that are alike to a line, and to the paragraph around it."""
        language = detect_language(printed.text) or self.newsletter.language
        found = self._retrieval.of_line(topics_of(printed.text), language)
        beside = self._blocks[printed.block]
        if not 1 < len(beside) <= _LONGEST_BLOCK:
            return found
        if printed.block not in self._around:
            around = self._retrieval.of_line(frozenset[str]().union(*beside), language)
            self._around[printed.block] = around[:_OF_BLOCK]
        return merged(found, self._around[printed.block])

    def elsewhere(self, told: Sequence[Printed], url: str) -> bool:
        """Tell whether a report that an address does not lead to speaks of what is told with it.

        What has a headline says of itself what it is about.
        """
        if any(one.part == "headline" for one in told):
            return True
        topics = frozenset[str]().union(*(topics_of(one.text) for one in told))
        alike = self._retrieval.of_line(topics, self.newsletter.language, _SURE)
        return bool(set(alike).difference(self._linked([url])))

    def _placed(self) -> dict[str, list[Document]]:
        return grouped(zip(self._addresses, self.all, strict=True))

    def _newest(self) -> date | None:
        """The day of the newest linked report, for a newsletter that does not say its own."""
        linked = self._linked([link.url for link in self.newsletter.links])
        return max((document.published_at.date() for document in linked), default=None)

    def _date_the_undated(self) -> None:
        """Read a report that does not say its day on that of the newsletter."""
        moment = datetime.combine(self.day, time(), UTC)
        self.all = tuple(
            replace(one, published_at=moment) if one.published_at.date() == UNDATED else one
            for one in self.all
        )
        self.by_address = self._placed()

    def _linked(self, urls: Sequence[str]) -> tuple[Document, ...]:
        addresses = dict.fromkeys(address_of(url) for url in urls)
        return merged(*(self.by_address.get(address, ()) for address in addresses))


def merged(*rows: Sequence[Document]) -> tuple[Document, ...]:
    """The documents of some rows in their order, each once."""
    return tuple({one.id: one for row in rows for one in row}.values())
