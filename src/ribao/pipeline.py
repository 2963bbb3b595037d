"""The road: eight steps in order, each writing into the ledger what became of its subjects.

    Source -collect-> Item -extract-> Document -dedupe-> Document -cluster-> Story
           -rank-> Story -write-> Article -verify-> Edition -publish-> Publication

A killed run is taken up where its sources stopped: every source is kept durably as soon as it is
read, pages are remembered, and what follows is computed again from the same items, to the same
bytes.
"""

from __future__ import annotations

from ribao.cluster import cluster
from ribao.extract import extract
from ribao.outcome import Outcome
from ribao.publish import publish
from ribao.rank import rank
from ribao.running.assignment import Assignment, Made, Tools
from ribao.running.going_out import kept_back, post, revised
from ribao.running.meaning import vectors
from ribao.running.memory import earlier_stories, evidence_of, frame, history, placing
from ribao.running.naming import names_of
from ribao.running.phrasing import fronted, phrased, spent_line, told
from ribao.running.promises import dues, promises_in
from ribao.running.reading import collect_items, pages, sources_by_id, wanted
from ribao.running.revisions import with_labels
from ribao.running.run import Run
from ribao.verify import verify
from ribao.write import compose, write


def make_edition(work: Assignment, tools: Tools) -> Made:
    """Make one edition, from sources to files, and keep it.

    Raises:
        RemoteError: no source could be read and nothing is remembered from earlier runs.
        StoreError: the database failed; what was kept before stays kept.
        PublishError: the files cannot be written.
    """
    run = Run.begin(work, tools)
    with run.failing():
        return _road(run)


def _road(run: Run) -> Made:
    work, tools, config = run.work, run.tools, run.tools.config
    earlier, printed = earlier_stories(run)

    items = collect_items(run)
    documents = run.step("extract", items, lambda: extract(
        items, sources_by_id(run), pages(run), config.extract, wanted=wanted(run)))  # fmt: skip
    labelled = run.step("dedupe", documents, lambda: with_labels(run, documents))
    stories = run.step("cluster", labelled, lambda: cluster(
        labelled, earlier, config.cluster, printed=printed, placing=placing(run),
        aliases=tools.store.aliases.learned_before(work.day),
        vectors=vectors(run, labelled, earlier)))  # fmt: skip
    ranked = run.step("rank", stories, lambda: rank(
        stories, tools.beat, config.rank, edition=config.edition, now=work.cutoff,
        history=history(run, stories), rankers=tools.rankers))  # fmt: skip
    due = dues(run)
    drafts = run.step("write", (*ranked, *due.promises), lambda: Outcome.join((
        phrased(run, ranked, write(told(run, ranked), config.write, language=work.language,
                                   now=work.cutoff, timezone=work.timezone)),
        due.articles)))  # fmt: skip
    articles = run.step("verify", drafts, lambda: verify(
        drafts, evidence_of(ranked) | due.evidence, config.verify, day=work.day))  # fmt: skip
    run.require(articles)
    edition = revised(run, fronted(
        run, compose(articles, frame(run, items, ranked, due.reminders)), ranked))  # fmt: skip
    files = run.step("publish", (edition,), lambda: kept_back(run, edition) or publish(
        edition, tools.outputs, work.directory, config.publish))  # fmt: skip

    run.keep(edition, labelled, stories, files, post=post(run, edition),
             promises=tuple(promises_in(edition, stories, work.timezone)),
             names=names_of(labelled, stories))  # fmt: skip
    return run.made(edition, files, spent_line(run))
