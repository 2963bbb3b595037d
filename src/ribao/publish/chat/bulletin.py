"""An edition as a chat tells it: a head, then pieces that no message may cut, in printed order.

Here everything is plain text and checked addresses; each service then writes it in its own dialect.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce

from ribao.catalogue import say
from ribao.config import PublishSettings
from ribao.model import Article, Edition
from ribao.publish.sanitise import plain, safe_url
from ribao.publish.setting import day_path, foreign, joined, original_label, runs

DETAILS = ("headlines", "brief", "full")
SOURCES = 4  # outlets named under a story
TITLE_CHARACTERS = 240  # of a headline; a longer one is no headline
OUTLET_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Piece:
    """One story as it stands in a message. All texts are plain lines, all addresses safe or ""."""

    section: str
    title: str
    url: str
    sentences: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()  # outlet, address
    opens: bool = False  # the first of its section
    large: bool = True  # a full story

    @property
    def text(self) -> str:
        """The paragraph."""
        return reduce(joined, self.sentences, "").strip()

    def shorter(self) -> Piece | None:
        """The same with less: first without sources, then bullets, then sentence by sentence."""
        if self.sources:
            return replace(self, sources=())
        if self.bullets:
            return replace(self, bullets=self.bullets[:-1])
        if self.sentences:
            return replace(self, sentences=self.sentences[:-1])
        return None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What all messages of an edition are made of."""

    language: str
    masthead: str  # the paper's name and its day
    title: str
    remarks: tuple[str, ...]  # a correction, what a reader must know
    pieces: tuple[Piece, ...]
    link: str  # address of the edition; "" where the paper has no site

    def part(self, number: int, parts: int) -> str:
        """The mark of one message of several: (1/3); "" where there is one."""
        return f" ({number}/{parts})" if parts > 1 else ""

    def say(self, key: str, **values: object) -> str:
        """A word in the language of the edition."""
        return say(f"deliver-{key}", self.language, **values)


def bulletin(
    edition: Edition, publish: PublishSettings, *, note: bool = False, detail: str = "brief"
) -> Bulletin:
    """Lay an edition out; with `note`, only what its correction says, with the way to the rest."""
    remarks = [edition.correction] if edition.correction else []
    remarks = [say("publish-correction", edition.language, text=one) for one in remarks]
    remarks += [] if note else edition.notes
    return Bulletin(
        language=edition.language,
        masthead=plain(f"{edition.category} {edition.date.isoformat()}"),
        title=plain(edition.title)[:TITLE_CHARACTERS],
        remarks=tuple(plain(remark) for remark in remarks),
        pieces=() if note else tuple(_pieces(edition, detail)),
        link=edition_link(edition, publish),
    )


def edition_link(edition: Edition, publish: PublishSettings) -> str:
    """Where the edition is on the paper's site; "" where it has none."""
    return f"{publish.address.rstrip('/')}/{day_path(edition)}" if publish.address else ""


def _pieces(edition: Edition, detail: str) -> Iterator[Piece]:
    for section in edition.sections:
        for number, article in enumerate(section.articles):
            piece = _piece(article, edition, detail)
            yield replace(piece, section=plain(section.title), opens=number == 0)


def _piece(article: Article, edition: Edition, detail: str) -> Piece:
    language = edition.language
    label = original_label(foreign(article, [article.headline], language), language)
    told = _told(article, edition) if detail != "headlines" else ()
    bullets = []
    if detail == "full":
        for insight in article.insights:
            lines = runs(article, insight.sentences, language)
            bullets.append(plain(reduce(joined, (run.text for run in lines), "")))
    return Piece(
        section="",
        title=plain(article.headline.text)[:TITLE_CHARACTERS] + label,
        url=safe_url(article.url),
        sentences=told,
        bullets=tuple(bullets),
        sources=_sources(article) if detail != "headlines" else (),
        large=article.kind == "story",
    )


def _told(article: Article, edition: Edition) -> tuple[str, ...]:
    lines = [plain(run.text) for run in runs(article, article.paragraph, edition.language)]
    label = original_label(foreign(article, article.paragraph, edition.language), edition.language)
    if lines and label:
        lines[-1] += label
    return tuple(line for line in lines if line)


def _sources(article: Article) -> tuple[tuple[str, str], ...]:
    """The outlets of a story, each once."""
    found: dict[str, str] = {}
    for reference in article.references:
        name = plain(reference.outlet or reference.title)[:OUTLET_CHARACTERS]
        found.setdefault(name, safe_url(reference.url))
    return tuple(found.items())[:SOURCES]
