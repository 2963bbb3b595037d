"""What was printed already: likeness to earlier stories, and which facts are new since then.

New facts are new numbers, dates and names, not new words: the same launch told by one more outlet
is no news, its price is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ribao.beat import Beat
from ribao.language.words import words
from ribao.model import Document, Story

SAME_EVENT = 0.5  # overlap of headline words from which two stories are one event
TELLING_WORD = 2  # characters; shorter words (的, in, a) say nothing
_FACT = re.compile(
    r"(?:[$¥€£]|us\$|hk\$)?\d[\d,]*(?:\.\d+)?\s?(?:%|％|[a-zA-Z\u4e00-\u9fff]{0,2})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The printed story that a story continues or repeats, and what is new since."""

    story: Story
    facts: tuple[str, ...]  # new numbers, dates and names, as they are written
    documents: tuple[Document, ...]  # that were not among the printed story's


def earlier(story: Story, printed: Sequence[Story], beat: Beat) -> Earlier | None:
    """Find the printed story of the same event: by its id, by `continues`, or by its headline."""
    found = _by_id(story, printed) or _by_headline(story, printed)
    if found is None:
        return None
    known_urls = {document.url for document in found.documents}
    fresh = tuple(one for one in story.documents if one.url not in known_urls and not one.copy_of)
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


def likeness(one: Story, other: Story) -> float:
    """Overlap of the words of two headlines, 0.0 to 1.0 (of the shorter one's words)."""
    ours, theirs = _telling(one.headline), _telling(other.headline)
    if len(ours) < 3 or len(theirs) < 3:
        return 0.0
    return len(ours & theirs) / min(len(ours), len(theirs))


def _facts(document: Document, beat: Beat) -> list[str]:
    text = f"{document.title}\n{document.text[:3000]}"
    figures = [match.group().replace(",", "").strip().casefold() for match in _FACT.finditer(text)]
    telling = [figure for figure in figures if len(figure) > 1]
    return [*telling, *beat.mentions(text)]


def _by_id(story: Story, printed: Sequence[Story]) -> Story | None:
    wanted = {story.id, story.continues}
    return next((one for one in printed if one.id in wanted), None)


def _by_headline(story: Story, printed: Sequence[Story]) -> Story | None:
    urls = {document.url for document in story.documents}
    for one in printed:
        if urls.intersection(document.url for document in one.documents):
            return one
    alike = [(likeness(story, one), one.id, one) for one in printed]
    best = max(alike, default=None, key=lambda entry: (entry[0], entry[1]))
    return best[2] if best is not None and best[0] >= SAME_EVENT else None


def _telling(headline: str) -> frozenset[str]:
    return frozenset(word for word in words(headline) if len(word) >= TELLING_WORD)
