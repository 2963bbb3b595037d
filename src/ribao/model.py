"""The nouns of the newsroom, in the order in which the eight verbs make them.

    Source -collect-> Item -extract-> Document -dedupe-> Document -cluster-> Story
           -rank-> Story -write-> Article -verify-> Edition -publish-> Publication

Every noun is frozen and slotted and holds tuples and aware UTC times. Identifiers are derived from
content. A verb maps a batch of one noun to an `Outcome`, which stands in `ribao.outcome`: nothing
disappears without a reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from ribao.outcome import Reason

SourceId = NewType("SourceId", str)
ItemId = NewType("ItemId", str)
DocumentId = NewType("DocumentId", str)
StoryId = NewType("StoryId", str)
EditionId = NewType("EditionId", str)
PublicationId = NewType("PublicationId", str)
RunId = NewType("RunId", str)

Day = date  # under this name, since the field `date` of Edition hides the type from annotations

ID_BYTES = 10  # 80 bits: a collision among ten million subjects has odds of 4 in 100 billion


def content_id(*parts: str) -> str:
    """Derive a stable identifier of 20 hexadecimal digits from the parts that define a subject."""
    digest = hashlib.blake2b(digest_size=ID_BYTES)
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "big"))
        digest.update(encoded)
    return digest.hexdigest()


# --- what comes in ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """One place that ribao reads. `kind` names the plugin that reads it, for example `feed`."""

    id: SourceId
    kind: str
    url: str
    title: str = ""
    language: str = ""  # BCP 47 primary tag, "" where the source is mixed or unknown
    weight: float = 1.0  # editorial trust, 0.0 to 3.0; 1.0 is an ordinary outlet
    section: str = ""  # a hint of the section that its stories belong to
    category: str = ""  # lab, press, papers, open-source, community, hot-list, aggregator, ...
    owner: str = ""  # outlets of one owner count as one voice
    timezone: str = ""  # IANA zone of dates that carry none
    licence: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        """Return one option of the kind, or `default` where it is not set."""
        return dict(self.options).get(name, default)


@dataclass(frozen=True, slots=True)
class Heat:
    """How much others made of an item, as the source counts it. None where the source is silent."""

    points: int | None = None  # Hacker News points, upvotes, stars
    comments: int | None = None
    rank: int | None = None  # 1-based place on a hot list
    outlets: tuple[str, ...] = ()  # names of outlets that an aggregator lists for the item


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of one source, as found. `body` is hostile HTML or text, `summary` is text."""

    id: ItemId
    source_id: SourceId
    url: str  # canonical
    title: str
    summary: str = ""
    body: str = ""
    author: str = ""
    language: str = ""
    published_at: datetime | None = None
    published_because: str = ""  # how a missing, odd or future date was repaired; "" when as given
    seen_at: datetime | None = None
    heat: Heat = Heat()
    outlet: str = ""  # host or name of who published it, where the source is an aggregator
    links: tuple[str, ...] = ()  # further addresses the entry names (comments page, code, paper)


@dataclass(frozen=True, slots=True)
class Document:
    """The readable text of one item (or of one part of a round-up). Text is plain, never HTML."""

    id: DocumentId
    item_id: ItemId
    source_id: SourceId
    url: str
    title: str
    text: str  # paragraphs separated by "\n\n"; may be "" for a headline-only item
    language: str  # "zh", "en", ... or "" where unknown
    published_at: datetime  # UTC; `seen_at` of the item where the source gave none
    extracted_by: str  # for example "feed", "trafilatura", "readability", "title-only"
    author: str = ""
    outlet: str = ""  # registrable host or publisher name, the unit in which voices are counted
    weight: float = 1.0  # of its source
    section: str = ""  # the source's hint
    category: str = ""  # the source's category
    heat: Heat = Heat()
    links: tuple[str, ...] = ()
    anchor: str = ""  # fragment of the part, for one part of a round-up
    part_of: DocumentId | None = None  # the round-up that this part was cut from
    copy_of: DocumentId | None = None
    copy_because: str = ""
    revision_of: DocumentId | None = None
    extracted_because: str = ""  # why the text is no better: a body refused, a page not had
    url_because: str = ""  # why the address is not the one its feed gave, or had to stay it
    licence: str = ""  # of its source, in its own words; how much may be quoted hangs on it


# --- stories ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Points:
    """One reason of a score or of a join: a name, its points and the evidence in words."""

    name: str
    points: float
    because: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A sum that can be read: `total` is the sum of its parts, nothing else."""

    parts: tuple[Points, ...] = ()

    @property
    def total(self) -> float:
        """The sum of the parts, in points."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, slots=True)
class Join:
    """Why one document is in a story: the one it resembles most and the features they share."""

    document_id: DocumentId
    nearest_id: DocumentId | None
    similarity: float  # 0.0 to 1.0; 1.0 for the first document of a story
    because: tuple[Points, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Everything known of one event. `documents` has the lead first; copies stand among them."""

    id: StoryId
    headline: str
    documents: tuple[Document, ...]
    first_seen_at: datetime
    last_seen_at: datetime
    joins: tuple[Join, ...] = ()
    continues: StoryId | None = None  # the story as an earlier edition printed it
    new_document_ids: tuple[DocumentId, ...] = ()  # what came since then
    score: Score = Score()
    section: str = ""  # id of the section that rank chose
    kind: str = "story"  # story, release or brief
    split_from: StoryId | None = None  # the story that its reports stood in before they were parted
    split_because: str = ""

    @property
    def lead(self) -> Document:
        """The document that tells the event best."""
        return self.documents[0]


# --- the edition --------------------------------------------------------------------------------


class Verdict(StrEnum):
    """What the evidence says of one claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    OPINION = "opinion"


@dataclass(frozen=True, slots=True)
class Citation:
    """One passage of a document: `quote == document.text[start:end]`, or of its title."""

    document_id: DocumentId
    quote: str
    start: int = 0
    end: int = 0
    field: str = "text"  # "text" or "title"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one claim of one sentence, with the passage that decides it."""

    claim: str  # the words of the claim, verbatim from the sentence
    kind: str  # number, money, percent, date, name, quotation, superlative, ...
    verdict: Verdict
    because: str
    start: int = 0  # offsets of the claim in the sentence
    end: int = 0
    evidence: Citation | None = None
    expected: str = ""  # the value that the evidence gives, when it contradicts


@dataclass(frozen=True, slots=True)
class Sentence:
    """One printed sentence, the passages it rests on, and what verify found."""

    text: str
    citations: tuple[Citation, ...] = ()
    findings: tuple[Finding, ...] = ()
    kind: str = "fact"  # fact, quotation, or inference (printed as such)


@dataclass(frozen=True, slots=True)
class Insight:
    """One bullet under a story. Without a model `kind` names a computed fact, never an opinion."""

    kind: str  # figures, coverage, difference, timeline, inference
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """One numbered report under a story; `number` is what [1] in the text refers to."""

    number: int
    document_id: DocumentId
    url: str
    title: str
    outlet: str
    language: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Article:
    """One story as it is printed. `kind` is story (full), release (open source) or brief."""

    story_id: StoryId
    kind: str
    section: str
    headline: Sentence
    url: str
    paragraph: tuple[Sentence, ...]
    insights: tuple[Insight, ...] = ()
    references: tuple[Reference, ...] = ()
    language: str = ""
    score: Score = Score()
    continues: StoryId | None = None
    written_by: str = "extractive"


@dataclass(frozen=True, slots=True)
class Section:
    """One H2 of the edition."""

    id: str
    title: str
    kind: str  # story, release or brief: how its articles are set
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A story or sentence that was not printed, and why."""

    subject: str
    headline: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One day's paper. Its canonical form is `edition.json`; every other output renders it."""

    id: EditionId
    date: Day
    timezone: str
    language: str
    title: str
    category: str
    tags: tuple[str, ...]
    seo: tuple[str, ...]
    cover_image: str
    summary: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    held: tuple[Held, ...] = ()
    notes: tuple[str, ...] = ()  # what a reader must know: sample data, sources that failed
    config_digest: str = ""
    input_digest: str = ""
    revision: int = 1
    correction: str = ""

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles in printed order."""
        return tuple(article for section in self.sections for article in section.articles)


@dataclass(frozen=True, slots=True)
class Publication:
    """One rendering of an edition at one address, with the receipt of the channel."""

    id: PublicationId
    edition_id: EditionId
    channel: str
    address: str
    content_digest: str
    receipt: str = ""


def by_id(documents: Sequence[Document]) -> dict[DocumentId, Document]:
    """Index documents by their identifier."""
    return {document.id: document for document in documents}
