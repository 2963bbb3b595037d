"""A run under way: times each step, writes its outcome into the ledger, keeps what must be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

from ribao.deliver import Post
from ribao.errors import ConfigError, ContentError, RibaoError
from ribao.model import Article, Document, Edition, EditionId, Publication, RunId, Story
from ribao.outcome import Drop, Failure, Outcome
from ribao.promise import Promise
from ribao.running.assignment import Assignment, Made, Tools, config_digest, run_id
from ribao.running.naming import Names
from ribao.store.ledger import Run as RunRow
from ribao.store.ledger import StepCount
from ribao.store.promises import Paper
from ribao.write.edition import DUE

T = TypeVar("T")
RESUME_WITHIN = timedelta(hours=6)  # an older reading of the live web is no longer the news
STEPS = ("collect", "extract", "dedupe", "cluster", "rank", "write", "verify", "publish")

Became = list[tuple[str, str]]  # (subject, what it became part of)


def _story_place(story: Story) -> Became:
    return [(story.id, f"{story.kind} in {story.section}, {story.score.total:.2f} points")]


def _members(story: Story) -> Became:
    """Each report with its story, and what a story that was parted comes from."""
    parted = [(str(story.id), f"split from {story.split_from}: {story.split_because}")]
    members = [(str(document.id), str(story.id)) for document in story.documents]
    return members + (parted if story.split_from else [])


def _document_place(document: Document) -> Became:
    if document.copy_of is None and document.revision_of is not None:
        return [(document.id, f"revision of {document.revision_of}: {document.copy_because}")]
    if document.copy_of is None:
        return [(document.id, document.url_because)]
    return [(document.id, f"copy of {document.copy_of}: {document.copy_because}")]


def _article_place(article: Article) -> Became:
    return [(article.story_id, article.section)]


def _publication_place(publication: Publication) -> Became:
    return [(f"{publication.channel} {publication.address}", publication.content_digest)]


BECAME: dict[str, Callable[[Any], Became]] = {
    "collect": lambda item: [(item.id, item.published_because)],
    "extract": lambda document: [(document.item_id, document.id)],
    "dedupe": _document_place,
    "cluster": _members,
    "rank": _story_place,
    "write": _article_place,
    "verify": _article_place,
    "publish": _publication_place,
}


@dataclass(slots=True)
class Run:
    """The state of one run; `begin` opens or resumes it."""

    work: Assignment
    tools: Tools
    id: RunId
    resumed: bool
    counts: list[StepCount] = field(default_factory=list)
    dropped: dict[str, tuple[Drop, ...]] = field(default_factory=dict)
    failed: dict[str, tuple[Failure, ...]] = field(default_factory=dict)
    started: float = 0.0
    remarks: list[str] = field(default_factory=list)  # what a reader must know of the writing
    estimate: tuple[int, int] = (0, 0)  # of models: likely, at most; in millionths
    besides: dict[str, Became] = field(default_factory=dict)  # further lines of the ledger, by step
    asides: frozenset[str] = frozenset()  # drops inside of stories that are printed all the same

    @classmethod
    def begin(cls, work: Assignment, tools: Tools) -> Run:
        """Open the ledger of a run, taking up the killed run of the same day where there is one.

        Raises:
            ConfigError: there are no sources.
        """
        ledger, now = tools.store.ledger, tools.clock.now()
        identifier = run_id(work, tools, now)
        if work.mode == "live":
            killed = ledger.unfinished(
                work.mode, work.day.isoformat(), work.language, tools.beat.id,
                since=now - RESUME_WITHIN,
            )  # fmt: skip
            identifier = killed or identifier
        if not tools.sources:
            raise ConfigError(
                "no sources to read",
                hint="name a file with --sources, or set collect.builtin_catalogue to true",
            )
        row = RunRow(
            identifier, work.mode, work.day.isoformat(), work.language, tools.beat.id,
            work.input_digest, config_digest(tools.config, tools.beat), now,
        )  # fmt: skip
        return cls(work, tools, identifier, ledger.open_run(row))

    def step(
        self, name: str, subjects: Sequence[object], work: Callable[[], Outcome[T]]
    ) -> tuple[T, ...]:
        """Do one step: time it, note what became of every subject, return what it kept."""
        self.start(name, len(subjects))
        outcome = work()
        self.finish(name, len(subjects), outcome)
        return outcome.kept

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Close a run that fails for a reason, so that only a killed one is taken up again."""
        try:
            yield
        except RibaoError:
            self.tools.store.ledger.fail_run(self.id)
            raise

    def require(self, articles: Sequence[Article]) -> None:
        """Refuse an edition without a single article about the day.

        Raises:
            ContentError: nothing is left to print.
        """
        if all(article.section == DUE for article in articles):  # what fell due is no edition
            ranked = next(count for count in self.counts if count.name == "rank")
            raise ContentError(
                "nothing to print",
                self.work.day.isoformat(),
                f"of {ranked.came} stories none was chosen"
                if not ranked.kept
                else f"of {ranked.came} stories {ranked.kept} were chosen, none could be proved",
                hint="`ribao why URL` tells what became of a report",
            )

    def start(self, name: str, came: int) -> None:
        """Start the clock of a step."""
        self.started = self.tools.clock.seconds()
        self.tools.watch(name, 0, came)

    def finish(self, name: str, came: int, outcome: Outcome[Any]) -> None:
        """Stop the clock of a step and write its lines into the ledger."""
        count = StepCount(
            name,
            came,
            len(outcome.kept),
            len(outcome.dropped),
            len(outcome.failed),
            self.tools.clock.seconds() - self.started,
        )
        self.counts.append(count)
        self.dropped[name], self.failed[name] = outcome.dropped, outcome.failed
        became = BECAME.get(name)
        kept = [line for one in outcome.kept for line in became(one)] if became else []
        kept += self.besides.get(name, ())
        self.tools.store.ledger.note_step(
            self.id, count, STEPS.index(name), kept, outcome.dropped, outcome.failed
        )
        self.tools.watch(name, came, came)

    def keep(
        self,
        edition: Edition,
        documents: Sequence[Document],
        stories: Sequence[Story],
        publications: Sequence[Publication],
        names: Names,
        promises: Sequence[Promise] = (),
        post: Post | None = None,
    ) -> None:
        """Keep the edition with all that belongs to it and close the run, all or nothing.

        An edition that was kept back waits at the desk, and what was printed stays as it was.
        """
        store = self.tools.store
        store.library.put_documents(documents)
        with store.begin() as connection:
            if self.kept_back:
                now = self.tools.clock.now()
                store.editions.put_stories(connection, self.work.day, stories, self.id)
                store.editions.put_remaking(connection, edition, self.id, now)
                store.aliases.put_names(connection, self.work.day, *names)
                store.ledger.close_run(connection, self.id, EditionId(edition.id))
                return
            store.editions.put_stories(connection, self.work.day, stories, edition.id)
            store.editions.put_edition(connection, edition, self.tools.beat.id)
            store.editions.put_publications(connection, publications)
            store.promises.put_promises(
                connection,
                Paper(self.tools.beat.id, self.work.language),
                self.work.day,
                promises,
            )
            store.aliases.put_names(connection, self.work.day, *names)
            if post is not None:
                post.keep(connection)
            store.ledger.close_run(connection, self.id, EditionId(edition.id))

    @property
    def kept_back(self) -> str:
        """Why the edition was not printed; "" where it was."""
        return next((one.detail for one in self.dropped.get("publish", ())), "")

    def made(self, edition: Edition, publications: Sequence[Publication], spent: str = "") -> Made:
        """Sum up."""
        files = tuple(publication.address for publication in publications)
        return Made(
            self.id, edition, tuple(self.counts), files, self.resumed, spent, self.kept_back
        )
