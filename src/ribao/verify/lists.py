"""Stories of a newsletter that are none: a heading over lines that each tell of another thing.

"News" with ten points below it, each with the link of its report, is such a list. Its lines are
neither proved by each other's reports nor compared with each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from ribao.verify.forms.newsletter import Newsletter, Printed
from ribao.verify.links import address_of
from ribao.verify.topics import topics_of

LEAST = 3  # blocks of a list
_TOLD = 0.3  # of the topics of a headline, and two, stand in the text of a story
Key = TypeVar("Key")
Part = TypeVar("Part")


class Lists:
    """Which stories are lists, and what each of their blocks links."""

    def __init__(self, newsletter: Newsletter) -> None:
        """Tell by the links of each block, and by what the headline has in common with the text."""
        lines = grouped((one.story, one) for one in newsletter.sentences if one.story)
        links = grouped((one.story, one) for one in newsletter.links if one.story)
        self._links: dict[int, Sequence[str]] = {}
        stories: set[int] = set()
        for story, told in lines.items():
            heads = {one.block for one in told if one.part == "headline"}
            blocks = grouped((one.block, address_of(one.url)) for one in links.get(story, ()))
            if _apart(heads, blocks) or _unlike(told):
                stories.add(story)
                self._links.update({b: urls for b, urls in blocks.items() if b not in heads})
        self.stories = frozenset(stories)

    def links(self, block: int) -> Sequence[str]:
        """The addresses that a block of a list links; none where its story is no list."""
        return self._links.get(block, ())

    def things(self, printed: Printed) -> frozenset[str]:
        """What a line of a list is about, as its links or its own block; nothing in a story."""
        if printed.story not in self.stories or printed.part == "headline":
            return frozenset()
        return frozenset(self.links(printed.block) or (f"#{printed.block}",))


def _apart(heads: set[int], blocks: Mapping[int, Sequence[str]]) -> bool:
    """Tell whether a story has several blocks with links of their own, and none in its headline."""
    addresses = {address for urls in blocks.values() for address in urls}
    return heads.isdisjoint(blocks) and len(addresses) >= len(blocks) >= LEAST


def _unlike(told: Sequence[Printed]) -> bool:
    """Tell whether the headline of a story says nothing that the several blocks of its text do."""
    heads = [topics_of(one.text) for one in told if one.part == "headline"]
    rest = [topics_of(one.text) for one in told if one.part != "headline"]
    blocks = {one.block for one in told if one.part in {"paragraph", "bullet"}}
    if not heads or len(blocks) < LEAST:
        return False
    head = frozenset[str]().union(*heads)
    shared = len(head & frozenset[str]().union(*rest))
    return shared < max(2, _TOLD * len(head))


def grouped(pairs: Iterable[tuple[Key, Part]]) -> dict[Key, list[Part]]:
    """The second parts of some pairs by their first ones."""
    found: dict[Key, list[Part]] = {}
    for key, part in pairs:
        found.setdefault(key, []).append(part)
    return found
