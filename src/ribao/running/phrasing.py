"""Writing with a model inside a run: money, proof, and what the edition says of it.

Without a configured model nothing here does anything, and the edition is the same to the byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from ribao.catalogue import say
from ribao.config import Config, ModelsSettings, VerifySettings
from ribao.gateways.clock import Clock
from ribao.gateways.models.asking import Models
from ribao.gateways.models.offers import money, shown
from ribao.gateways.models.task import Task, Usage
from ribao.model import Article, Document, Edition, Finding, Sentence, Story, StoryId
from ribao.outcome import Outcome
from ribao.running.memory import evidence_of
from ribao.running.run import Run
from ribao.store import open_store
from ribao.store.money import Caps, Money
from ribao.verify import verify
from ribao.write.phrasing import Phrased, Phraser, Prove, first_tasks, front, phrase, without_orders
from ribao.write.styles import dress, dressed, load_style

LIKELY_OUTPUT = 300  # tokens of a draft
TOLD = 160  # characters of a reason in a note


@contextmanager
def open_models(
    config: Config, ledger: Path | str, clock: Clock, *, live: bool
) -> Iterator[Models | None]:
    """Open the models of the configuration, with the ledger of what they cost; None without any.

    `clock` is the machine's; a run that is not `live` asks only models of this machine, unless the
    settings say otherwise.

    Raises:
        ConfigError: a model, its price or its key cannot be found.
        StoreError: the ledger cannot be opened.
    """
    settings = config.models
    if not settings.writer:
        yield None
        return
    path = Path(settings.ledger).expanduser() if settings.ledger else ledger
    with open_store(path) as store:
        purse = Money(store.engine, caps_of(settings), clock.now)
        local_only = not live and not settings.ask_in_replay
        with Models(settings, config.http, purse, clock, local_only=local_only) as models:
            yield models


def caps_of(settings: ModelsSettings) -> Caps:
    """The caps as they stand in the settings, in millionths."""
    return Caps(
        run=money(settings.cap_run),
        day=money(settings.cap_day),
        month=money(settings.cap_month),
        currency=settings.currency,
    )


def told(run: Run, ranked: Sequence[Story]) -> Sequence[Story]:
    """The stories as the writer gets them: where models are asked, without what gives orders."""
    if run.tools.models is None:
        return ranked
    return tuple(
        replace(story, documents=tuple(map(without_orders, story.documents))) for story in ranked
    )


def phrased(run: Run, ranked: Sequence[Story], outcome: Outcome[Article]) -> Outcome[Article]:
    """The drafts in a model's words, where one is configured and its words stand the check."""
    models = run.tools.models
    if models is None:
        return outcome
    models.run = run.id
    phraser, evidence = _phraser(run, models), evidence_of(ranked)
    run.estimate = estimate(first_tasks(outcome.kept, evidence, phraser), models)
    done = phrase(outcome.kept, evidence, phraser)
    run.remarks += _remarks(done, run.work.language)
    drops = tuple(drop for one in done for drop in one.drops)
    run.asides = frozenset(drop.subject for drop in drops)
    style = load_style(run.tools.config.write.style)
    articles = tuple(dress(one.article, style) for one in done)
    return Outcome(articles, (*outcome.dropped, *drops), outcome.failed)


def estimate(tasks: Sequence[Task], models: Models) -> tuple[int, int]:
    """What tasks will likely cost, and what they can cost at most, before anybody is asked."""
    name = models.settings.writer[0]
    price = models.prices[name]
    likely = sum(price.of(Usage(one.likely_input_tokens(), LIKELY_OUTPUT)) for one in tasks)
    return likely, sum(models.most_micro(name, one) for one in tasks)


def fronted(run: Run, edition: Edition, ranked: Sequence[Story]) -> Edition:
    """The edition with a title and a summary in a model's words, where they stand the check."""
    models = run.tools.models
    if models is None:
        return edition
    own = bool(run.tools.config.edition.title)
    found = front(edition, evidence_of(ranked), _phraser(run, models), title=not own)
    if not found.because:
        return _worn(found.edition, run)
    note = say("phrasing-front-failed", run.work.language, because=found.because[:TOLD])
    return replace(found.edition, notes=(*found.edition.notes, note))


def _worn(edition: Edition, run: Run) -> Edition:
    """The front in the house style; the articles wear it already."""
    style = load_style(run.tools.config.write.style)

    def worn(text: str) -> str:
        return dressed(text, style, edition.language)

    return replace(
        edition,
        title=worn(edition.title),
        sections=tuple(replace(one, title=worn(one.title)) for one in edition.sections),
        summary=tuple(replace(one, text=worn(one.text)) for one in edition.summary),
    )


def spent_line(run: Run) -> str:
    """What the calls of a run came to, in one line; "" without a model."""
    models = run.tools.models
    if models is None:
        return ""
    spent = models.spent_by(run.id)
    return say(
        "phrasing-spent", run.work.language, calls=spent.calls, input=f"{spent.input_tokens:,}",
        output=f"{spent.output_tokens:,}", money=shown(spent.micro),
        currency=models.settings.currency, likely=shown(run.estimate[0]),
        most=shown(run.estimate[1]),
    )  # fmt: skip


def _phraser(run: Run, models: Models) -> Phraser:
    work = run.work
    prove = prover(run.tools.config.verify, work.language, work.day)
    return Phraser(models, prove, work.language)


def prover(settings: VerifySettings, language: str, day: date) -> Prove:
    """The proof of sentences as the step `verify` does it, for a writer that may not know it."""
    report = settings.model_copy(update={"on_failure": "report"})

    def prove(
        sentences: Sequence[Sentence], documents: Sequence[Document]
    ) -> Sequence[tuple[Finding, ...]]:
        if not sentences:
            return ()
        story = StoryId("")
        article = Article(
            story, "story", "", sentences[0], "", tuple(sentences[1:]), language=language
        )
        proved = verify([article], {story: documents}, report, day=day).kept[0]
        return [one.findings for one in (proved.headline, *proved.paragraph)]

    return prove


def _remarks(done: Sequence[Phrased], language: str) -> list[str]:
    """What a reader must know: how many stories no model wrote, and why."""
    found = []
    capped = [one.capped for one in done if one.capped]
    if capped:
        found.append(say("phrasing-capped", language, count=len(capped), because=capped[0][:TOLD]))
    failed = Counter(one.failed[:TOLD] for one in done if one.failed)
    if failed:
        because = max(sorted(failed), key=lambda one: failed[one])
        found.append(say("phrasing-failed", language, count=failed.total(), because=because))
    return found
