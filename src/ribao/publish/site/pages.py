"""The pages of the site beside the edition itself: stories, names, figures, archive, search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from ribao.model import Article, Edition, Finding, Reference, Sentence, StoryId, Verdict
from ribao.publish.html import Page, Site, policy
from ribao.publish.sanitise import plain
from ribao.publish.setting import day
from ribao.publish.shelf import Printed
from ribao.publish.site.charts import bar, columns
from ribao.publish.site.counting import Row, by_name, by_outlet, by_section, daily, days_of
from ribao.publish.site.holdings import Holdings
from ribao.publish.site.naming import KINDS, Named, beside, names_of

NAMES_ON_FRONT, NAMES_IN_CHART, OUTLETS_IN_CHART, NAMES_BESIDE = 12, 20, 20, 8
Piece = tuple[str, str]  # a stretch of text, and the verdict on it ("" where it is no claim)


class InnerPage(Page):
    """A page that is no edition: a smaller nameplate above, and a title of its own."""

    inner = True

    @property
    def heading(self) -> str:
        """Its H1."""
        return ""

    @property
    def title(self) -> str:
        """The heading and the name of the paper."""
        return f"{self.heading} · {plain(self.edition.category)}"

    @property
    def description(self) -> str:
        """What a preview says."""
        return self.title

    def facts(self) -> dict[str, object]:
        """A page that collects others."""
        facts = {**super().facts(), "@type": "CollectionPage", "name": self.heading}
        return {key: facts[key] for key in facts if key not in {"citation", "headline"}}


class StoryPage(InnerPage):
    """One story through the days, each sentence beside the passages that it rests on."""

    template = "story.html.j2"
    kind = "article"

    def __init__(
        self, history: Sequence[Printed], holdings: Holdings, site: Site, canonical: str
    ) -> None:
        """Hold what every edition printed of the story, oldest first."""
        super().__init__(history[-1].edition, site, canonical)
        self.history = tuple(history)
        ids = dict.fromkeys(id_ for one in reversed(history) for id_ in names_of(one.article))
        self.names = tuple(holdings.named[id_] for id_ in ids)
        self.holdings = holdings

    @property
    def heading(self) -> str:
        """The headline, as last printed."""
        return plain(self.history[-1].article.headline.text)

    @property
    def title(self) -> str:
        """The headline alone: it is long enough."""
        return self.heading

    @property
    def description(self) -> str:
        """The paragraph, as last printed."""
        told = " ".join(sentence.text for sentence in self.history[-1].article.paragraph)
        return plain(told) or self.heading

    def facts(self) -> dict[str, object]:
        """The story instead of the edition."""
        urls = {one.url for printed in self.history for one in printed.article.references}
        return {
            **Page.facts(self),
            "headline": self.heading,
            "datePublished": self.opened(self.history[0].edition),
            "dateModified": self.opened(self.edition),
            "citation": sorted(url for url in urls if url.startswith("http")),
            "about": [{"@type": "Thing", "name": one.spelt(self.own)} for one in self.names],
            "isPartOf": {"@type": "CreativeWork", "name": plain(self.edition.title)},
        }

    @property
    def timeline(self) -> list[tuple[datetime | date, Reference | Printed]]:
        """Reports and printings in the order in which they came, the first of each report."""
        reports: dict[str, Reference] = {}
        for printed in self.history:
            for reference in printed.article.references:
                reports.setdefault(reference.document_id, reference)
        zone = self.edition.timezone
        rows: list[tuple[str, int, str, datetime | date, Reference | Printed]] = [
            (day(one.published_at, zone), 0, one.published_at.isoformat(), one.published_at, one)
            for one in reports.values()
        ]
        # The edition of a day goes to press at its first moment, so it comes before its reports.
        rows += [
            (one.edition.date.isoformat(), -1, "", one.edition.date, one) for one in self.history
        ]
        rows.sort(key=lambda row: row[:3])
        return [(moment, what) for *_, moment, what in rows]

    def evidence(self, article: Article) -> list[tuple[list[Piece], list[tuple[Piece, Reference]]]]:
        """Every printed sentence, claim by claim, with the passages that it cites."""
        known = {one.document_id: one for one in article.references}
        bullets = [sentence for one in article.insights for sentence in one.sentences]
        rows: list[tuple[list[Piece], list[tuple[Piece, Reference]]]] = []
        for sentence in (article.headline, *article.paragraph, *bullets):
            quotes: list[tuple[Piece, Reference]] = [
                ((plain(one.quote), one.field), known[one.document_id])
                for one in sentence.citations
                if one.document_id in known
            ]
            rows.append((claims(sentence), quotes))
        return rows

    def checked_in(self, article: Article) -> str:
        """How many claims were proved, in words; "" where none was."""
        count = self.checked(article)
        return self.say("checked", count=count) if count else ""


def claims(sentence: Sentence) -> list[Piece]:
    """A sentence cut at the claims that verify judged; of two that overlap the longer counts."""
    text = sentence.text
    judged = [
        one
        for one in sentence.findings
        if one.verdict is not Verdict.OPINION and text[one.start : one.end] == one.claim
    ]
    pieces: list[Piece] = []
    at = 0
    for finding in sorted(judged, key=_longest_first):
        if finding.start < at or finding.start == finding.end:
            continue
        pieces += [(text[at : finding.start], ""), (finding.claim, finding.verdict.value)]
        at = finding.end
    pieces.append((text[at:], ""))
    return [piece for piece in pieces if piece[0]]


def _longest_first(finding: Finding) -> tuple[int, int]:
    return finding.start, -finding.end


class ArchivePage(InnerPage):
    """All editions of a language, by month."""

    template = "archive.html.j2"

    def __init__(self, holdings: Holdings, site: Site, canonical: str) -> None:
        """Hold the editions, newest first."""
        super().__init__(holdings.newest, site, canonical)
        newest_first = holdings.editions[::-1]
        self.months = [
            (month, tuple(group))
            for month, group in groupby(newest_first, key=lambda one: f"{one.date:%Y-%m}")
        ]

    @property
    def heading(self) -> str:
        """Its name."""
        return self.say("archive")

    def weekday_of(self, edition: Edition) -> str:
        """The day of the week of an edition."""
        return self.say("weekdays").split()[edition.date.weekday()]


class NamesPage(InnerPage):
    """Everybody and everything that is named, by kind: the index of the paper."""

    template = "names.html.j2"

    def __init__(self, holdings: Holdings, site: Site, canonical: str) -> None:
        """Hold the names of each kind, the most printed first."""
        super().__init__(holdings.newest, site, canonical)
        self.holdings = holdings
        self.kinds = [
            (kind, found)
            for kind in KINDS
            if (found := [one for one in _most(holdings) if one.known.kind == kind])
        ]

    @property
    def heading(self) -> str:
        """Its name."""
        return self.say("names")


def _most(holdings: Holdings) -> list[Named]:
    return sorted(
        holdings.named.values(), key=lambda one: (-len(set(one.stories)), one.known.en.casefold())
    )


class NamePage(InnerPage):
    """One organisation, product or person: what was printed of it, the newest first."""

    template = "name.html.j2"

    def __init__(self, named: Named, holdings: Holdings, site: Site, canonical: str) -> None:
        """Hold the name."""
        super().__init__(holdings.newest, site, canonical)
        self.named, self.holdings = named, holdings

    @property
    def heading(self) -> str:
        """The name in the language of the page."""
        return self.named.spelt(self.own)

    @property
    def also(self) -> str:
        """The name in the other language; "" where it is the same."""
        known = self.named.known
        return {known.zh, known.en}.difference({self.heading}).pop() if known.zh != known.en else ""

    @property
    def owner(self) -> Named | None:
        """Whose it is, if that has a page."""
        return self.holdings.named.get(self.named.known.owner)

    @property
    def owned(self) -> list[Named]:
        """What is its own and has a page."""
        own = self.named.known.id
        return [one for one in _most(self.holdings) if one.known.owner == own]

    @property
    def beside(self) -> tuple[Named, ...]:
        """What it is most often named with."""
        return beside(self.named, self.holdings.named, NAMES_BESIDE)

    @property
    def lately(self) -> DayChart:
        """Its days."""
        days = days_of(self.holdings.editions)
        counts = daily(self.named, days)
        words = self.say("chart-name", name=self.heading, count=sum(counts), days=len(days))
        return DayChart(columns(counts, max(counts), words), days, counts)

    @property
    def told(self) -> list[tuple[Printed, StoryId]]:
        """What was printed of it, with the story."""
        return list(zip(self.named.printed, self.named.stories, strict=True))[::-1]

    def facts(self) -> dict[str, object]:
        """The page is about a thing."""
        kinds = {"organisation": "Organization", "person": "Person", "product": "Product"}
        thing = {"@type": kinds[self.named.known.kind], "name": self.heading}
        return {**super().facts(), "about": thing}


@dataclass(frozen=True, slots=True)
class DayChart:
    """A drawing of some days, with its numbers."""

    drawing: str
    days: tuple[date, ...]
    counts: tuple[int, ...]


class FiguresPage(InnerPage):
    """Charts: stories a day by section, who is in the news, coverage by outlet."""

    template = "figures.html.j2"

    def __init__(self, holdings: Holdings, site: Site, canonical: str) -> None:
        """Count."""
        super().__init__(holdings.newest, site, canonical)
        editions = holdings.editions
        self.days = days_of(editions)
        self.holdings = holdings
        self.sections = by_section(editions)
        self.names = by_name(holdings.named, editions, self.own, NAMES_IN_CHART)
        self.outlets = by_outlet(holdings.stories, editions, OUTLETS_IN_CHART)

    @property
    def heading(self) -> str:
        """Its name."""
        return self.say("figures")

    def columns(self, row: Row) -> str:
        """The days of a section, on the scale of the fullest day of all."""
        most = max(max(one.daily) for one in self.sections)
        return columns(row.daily, most)

    def bar(self, row: Row, rows: Sequence[Row]) -> str:
        """One bar on the scale of the longest."""
        return bar(row.total, rows[0].total)


class SearchPage(InnerPage):
    """The one page with a script: it asks the index that lies beside it."""

    template = "search.html.j2"

    def __init__(self, holdings: Holdings, site: Site, canonical: str) -> None:
        """Hold the language that is searched."""
        super().__init__(holdings.newest, site, canonical)

    @property
    def heading(self) -> str:
        """Its name."""
        return self.say("search")

    @property
    def policy(self) -> str:
        """The script and the index of the site itself, and nothing else."""
        script = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"
        return f"{policy(site=True)}; {script}"
