"""What was printed already: likeness to earlier stories, and which facts are new since then.

New facts are new numbers, dates and names, not new words: the same launch told by one more outlet
is no news, its price is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ribao.beat import Beat
from ribao.model import Document, Story
from ribao.rank.wording import SAME_EVENT, Wording

_FACT = re.compile(
    r"(?:[$¥€£]|us\$|hk\$)?\d[\d,]*(?:\.\d+)?\s?(?:%|％|[a-zA-Z\u4e00-\u9fff]{0,2})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The printed story that a story continues or repeats, and what is new since."""

    story: Story
    facts: tuple[str, ...]  # new numbers, dates and names, as they are written
    documents: tuple[Document, ...]  # that were not among the printed story's


def earlier(story: Story, printed: Sequence[Story], beat: Beat, wording: Wording) -> Earlier | None:
    """Find the printed story of the same event: by id, by a report in common, or by headline."""
    found = (
        _by_id(story, printed) or _by_link(story, printed) or _by_headline(story, printed, wording)
    )
    if found is None:
        return None
    known = {_link(document) for document in found.documents}
    fresh = tuple(one for one in story.documents if _link(one) not in known and not one.copy_of)
    return Earlier(found, new_facts(fresh, found.documents, beat), fresh)


def new_facts(fresh: Iterable[Document], known: Iterable[Document], beat: Beat) -> tuple[str, ...]:
    """Facts of the fresh documents that none of the known ones has, in the order of the text."""
    old = {fact for document in known for fact in _facts(document, beat)}
    found: dict[str, None] = {}
    for document in fresh:
        for fact in _facts(document, beat):
            if fact not in old:
                found.setdefault(fact)
    return tuple(found)


def _facts(document: Document, beat: Beat) -> list[str]:
    text = f"{document.title}\n{document.text[:3000]}"
    figures = [match.group().replace(",", "").strip().casefold() for match in _FACT.finditer(text)]
    telling = [figure for figure in figures if len(figure) > 1]
    return [*telling, *beat.mentions(text)]


def _by_id(story: Story, printed: Sequence[Story]) -> Story | None:
    wanted = {story.id, story.continues}
    return next((one for one in printed if one.id in wanted), None)


def _by_link(story: Story, printed: Sequence[Story]) -> Story | None:
    links = {_link(document) for document in story.documents}
    return next((one for one in printed if links.intersection(map(_link, one.documents))), None)


def _link(document: Document) -> tuple[str, str]:
    """Where a document stands; the parts of a round-up share an address and differ in the rest."""
    return document.url, document.anchor or (document.title if document.part_of else "")


def _by_headline(story: Story, printed: Sequence[Story], wording: Wording) -> Story | None:
    alike = [(wording.likeness(story, one), one.id, one) for one in printed]
    best = max(alike, default=None, key=lambda entry: entry[:2])
    return best[2] if best is not None and best[0] >= SAME_EVENT else None
