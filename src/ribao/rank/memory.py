"""What was printed already: likeness to earlier stories, and which facts are new since then.

New facts are new numbers, dates and names, not new words: the same launch told by one more outlet
is no news, its price is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ribao.language.amounts import Quantity, same_value
from ribao.language.dates import find_dates
from ribao.language.names import find_names
from ribao.language.quantities import find_quantities
from ribao.model import Document, Story
from ribao.rank.patterns import acts, genres
from ribao.rank.wording import SAME_EVENT, Wording, organisations, versions

READ = 3000  # characters of a report
SAME_VERSION = 0.15  # likeness of headlines that name one version of a product
FIRST_WORDS = 160  # characters of a report that say what it is about
TOLD = 800  # characters of a report that are searched for versions
SMALL = Decimal(10)  # bare numbers below it count this and that, and say nothing
HAN, LATIN = "\0han", "\0latin"  # scripts of a title; an aggregator tells a page in its own one
_HAN = re.compile(r"[\u3400-\u9fff]")
NAMED = ("organisation", "person", "product")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The printed story that a story continues or repeats, and what is new since."""

    story: Story
    facts: tuple[str, ...]  # new numbers, dates and names, as they are written
    documents: tuple[Document, ...]  # that were not among the printed story's


def earlier(story: Story, printed: Sequence[Story], wording: Wording) -> Earlier | None:
    """Find the printed story of the same event: by id, by a report in common, or by headline."""
    found = (
        _by_id(story, printed)
        or _by_link(story, printed)
        or _by_headline(story, printed, wording)
        or _by_version(story, printed)
        or _by_price(story, printed)
    )
    if found is None:
        return None
    told = tuple(document for one in _all_of(found, printed) for document in one.documents)
    known = {link for document in told for link in _links(document)}
    fresh = tuple(one for one in story.documents if not known & _sought(one) and not one.copy_of)
    return Earlier(found, new_facts(fresh, told), fresh)


def _all_of(found: Story, printed: Sequence[Story]) -> tuple[Story, ...]:
    """Every printing of one event: the story, its updates, and what it was an update of."""
    ids = {found.id, found.continues} - {None}
    return tuple(one for one in printed if one.id in ids or one.continues in ids)


def new_facts(fresh: Iterable[Document], known: Iterable[Document]) -> tuple[str, ...]:
    """Facts of the fresh documents that none of the known ones has, in the order of the text.

    Opinions and market commentary bring no facts of the event, however many numbers they hold.
    """
    old = _Facts()
    for document in known:
        old.learn(document)
    found: dict[str, None] = {}
    for document in fresh:
        if not genres(document.title, document.url, document.category):
            found.update(dict.fromkeys(old.learn(document)))
    return tuple(found)


class _Facts:
    """Numbers, dates and names that are known, equal ones as one in any wording and language."""

    def __init__(self) -> None:
        self._amounts: list[Quantity] = []
        self._times: set[tuple[date, date]] = set()
        self._names: set[str] = set()

    def learn(self, document: Document) -> list[str]:
        """Add a document's facts; return those that were not known, as they are written."""
        text = f"{document.title}\n{document.text[:READ]}"
        new = [
            (amount.start, amount.text)
            for amount in find_quantities(text)
            if _tells(amount) and not any(same_value(amount, one) for one in self._amounts)
        ]
        self._amounts += [amount for amount in find_quantities(text) if _tells(amount)]
        day = document.published_at.date()
        for time in find_dates(text, day):
            span = (time.first, time.last)
            vague = time.relative or time.grain == "year"
            if not vague and abs((time.first - day).days) > 1 and span not in self._times:
                new.append((time.start, time.text))
            self._times.add(span)
        for name in find_names(text):
            in_title = name.start < len(document.title)  # who is named in passing is no news
            if name.kind in NAMED and name.id not in self._names and in_title:
                new.append((name.start, name.text))
            self._names.add(name.id)
        return [words for _, words in sorted(new)]


def _tells(amount: Quantity) -> bool:
    return amount.kind not in ("ordinal", "duration") and (bool(amount.unit) or amount.low >= SMALL)


def _by_id(story: Story, printed: Sequence[Story]) -> Story | None:
    wanted = {story.id, story.continues}
    return next((one for one in printed if one.id in wanted), None)


def _by_link(story: Story, printed: Sequence[Story]) -> Story | None:
    sought = {link for document in story.documents for link in _sought(document)}
    return next(
        (one for one in printed if any(sought & _links(document) for document in one.documents)),
        None,
    )


def _links(document: Document) -> frozenset[tuple[str, str]]:
    """Where a document stands; some addresses (round-ups) hold several events, told by title."""
    return frozenset(((document.url, document.title), (document.url, _script(document.title))))


def _sought(document: Document) -> frozenset[tuple[str, str]]:
    """Where the same document may stand: under its title, or told in another script."""
    other = LATIN if _script(document.title) == HAN else HAN
    return frozenset(((document.url, document.title), (document.url, other)))


def _script(title: str) -> str:
    return HAN if _HAN.search(title) else LATIN


def _by_version(story: Story, printed: Sequence[Story]) -> Story | None:
    """Find a printed story of the same company whose reports tell of the same version."""
    wanted = versions(story.headline) or versions(story.lead.text[:FIRST_WORDS])
    owners = organisations(story.headline)
    for one in printed if wanted and owners else ():
        titles = "\n".join((one.headline, *(document.title for document in one.documents)))
        told = "\n".join(document.text[:TOLD] for document in one.documents)
        if owners & organisations(titles) and wanted & (versions(titles) | versions(told)):
            return one
    return None


def _by_price(story: Story, printed: Sequence[Story]) -> Story | None:
    """Find a printed change of prices of the same organisation: there are not two in a week."""
    ours = organisations(story.headline)
    if len(ours) != 1 or not _tells_a_price(story):
        return None
    return next(
        (one for one in printed if organisations(one.headline) == ours and _tells_a_price(one)),
        None,
    )


def _tells_a_price(story: Story) -> bool:
    return any(act.name == "price" for act in acts(story.headline))


def _by_headline(story: Story, printed: Sequence[Story], wording: Wording) -> Story | None:
    ours = versions(story.headline)
    alike = []
    for one in printed:
        same_version = ours & versions(one.headline)
        least = SAME_VERSION if same_version else SAME_EVENT
        likeness = wording.likeness(story, one)
        if likeness >= least:
            alike.append((likeness, one.id, one))
    return max(alike, key=lambda entry: entry[:2])[2] if alike else None
