"""One day up to its drafts, ready to be phrased by a model: ranked stories and what write made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from bench._days import day_documents
from ribao.beat import load_beat
from ribao.cluster import cluster
from ribao.config import (
    ClusterSettings,
    EditionSettings,
    HttpSettings,
    ModelsSettings,
    RankSettings,
    VerifySettings,
    WriteSettings,
)
from ribao.gateways.clock import SystemClock
from ribao.gateways.models.asking import Models
from ribao.gateways.models.purse import Purse
from ribao.model import Article, Document, Edition, Story, StoryId
from ribao.outcome import Outcome
from ribao.rank import rank
from ribao.running.phrasing import prover
from ribao.verify import verify
from ribao.write import Frame, FrameSection, compose, write
from ribao.write.phrasing import Phrased, Phraser, front, phrase, without_orders

ZONES = {"zh": "Asia/Shanghai", "en": "UTC"}


@dataclass(frozen=True)
class Day:
    """Ranked stories of one day in one language."""

    day: date
    language: str
    stories: tuple[Story, ...]
    documents: int  # that were read for it

    @property
    def cutoff(self) -> datetime:
        """When the day begins, where its readers are."""
        zone = ZoneInfo(ZONES[self.language])
        return datetime.combine(self.day, time(), zone).astimezone(UTC)

    @property
    def evidence(self) -> Mapping[StoryId, Sequence[Document]]:
        """The reports of each story."""
        return {story.id: story.documents for story in self.stories}

    @cached_property
    def written(self) -> tuple[Article, ...]:
        """The articles in the reports' own words."""
        zone = ZONES[self.language]
        told = [
            replace(one, documents=tuple(map(without_orders, one.documents)))
            for one in self.stories
        ]
        return write(
            told, WriteSettings(), language=self.language, now=self.cutoff, timezone=zone
        ).kept

    def edition(self, articles: Sequence[Article]) -> tuple[Edition, Outcome[Article]]:
        """The edition of articles, proved as the pipeline proves them."""
        proved = verify(articles, self.evidence, VerifySettings(), day=self.day)
        return compose(proved.kept, self.frame()), proved

    def frame(self) -> Frame:
        """What stands around the articles."""
        beat = load_beat("ai")
        head = beat.masthead(self.language)
        sections = tuple(
            FrameSection(one.id, one.zh if self.language == "zh" else one.en, one.kind)
            for one in beat.sections
        )
        return Frame(
            self.day, ZONES[self.language], self.language, head.category, head.tags, head.seo,
            sections,
        )  # fmt: skip

    def planted(self, attack: str, where: str) -> Day:
        """The same day with a text planted into every report: at its start, middle or end."""

        def poisoned(document: Document) -> Document:
            paragraphs = document.text.split("\n\n") if document.text else []
            at = {"start": 0, "middle": len(paragraphs) // 2, "end": len(paragraphs)}[where]
            return replace(document, text="\n\n".join([*paragraphs[:at], attack, *paragraphs[at:]]))

        return replace(
            self,
            stories=tuple(
                replace(story, documents=tuple(map(poisoned, story.documents)))
                for story in self.stories
            ),
        )


def ranked_day(archive: Path, day: date, language: str) -> Day:
    """Read a recorded day up to its ranked stories."""
    cutoff = Day(day, language, (), 0).cutoff
    documents = tuple(one for one in day_documents(archive) if one.published_at < cutoff)
    stories = cluster(documents, (), ClusterSettings(), printed=frozenset()).kept
    beat = load_beat("ai")
    edition = EditionSettings(language=language)
    found = rank(stories, beat, RankSettings(), edition=edition, now=cutoff, history=())
    return Day(day, language, found.kept, len(documents))


@dataclass(frozen=True, slots=True)
class Made:
    """An edition by a model, and what became of each article."""

    edition: Edition
    phrased: tuple[Phrased, ...]
    proved: Outcome[Article]


def phrased_day(
    day: Day, settings: ModelsSettings, purse: Purse, run: str, drafts: Sequence[Article] = ()
) -> Made:
    """Phrase a day as a run does: articles, proof, front."""
    clock = SystemClock()
    with Models(
        settings, HttpSettings(), purse, clock, run=run, sleep=lambda _seconds: None
    ) as models:
        phraser = Phraser(models, prover(VerifySettings(), day.language, day.day), day.language)
        phrased = phrase(drafts or day.written, day.evidence, phraser)
        edition, proved = day.edition([one.article for one in phrased])
        return Made(front(edition, day.evidence, phraser).edition, phrased, proved)
