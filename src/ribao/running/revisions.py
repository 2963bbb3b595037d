"""Reports that outlets changed after they were kept, and the printed stories that rest on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ribao.catalogue import say
from ribao.dedupe import dedupe
from ribao.dedupe.same import numbers
from ribao.model import Article, Document, DocumentId, Edition
from ribao.outcome import Outcome
from ribao.running.memory import MEMORY_DAYS
from ribao.running.run import Run
from ribao.store.placings import citations
from ribao.store.promises import Paper

SHOWN = 4  # figures of one story that are named
REMARKS = 5  # of one edition; the ledger has all


def with_labels(run: Run, documents: Sequence[Document]) -> Outcome[Document]:
    """Dedupe with what earlier days kept; name the printed stories whose figures are gone.

    A corrected source is told once: as a line of the ledger under its story, and as a remark of the
    first edition that meets it.
    """
    tools, work = run.tools, run.work
    kept = tools.store.library.documents_by_id([document.id for document in documents])
    outcome = dedupe(documents, tools.config.dedupe, kept)
    found = {one.revision_of: one for one in outcome.kept if one.revision_of in kept}
    told = tools.store.placings.stood_before([one.id for one in found.values()], work.day)
    fresh = {id_: one for id_, one in found.items() if id_ and one.id not in told}
    if fresh:
        paper = Paper(tools.beat.id, work.language)
        editions = tools.store.placings.editions(paper, work.day, days=MEMORY_DAYS)
        _tell(run, corrections(editions, fresh))
    return outcome


@dataclass(frozen=True, slots=True)
class Correction:
    """One report under one printed story that no longer says what was cited of it."""

    edition: Edition
    article: Article
    document: Document  # as it is now
    figures: tuple[str, ...]  # cited, and there no more


def corrections(
    editions: Sequence[Edition], revised: dict[DocumentId, Document]
) -> tuple[Correction, ...]:
    """Printed stories whose cited figures are gone from the report as it is now, in print order."""
    found = []
    for edition in editions:
        for article in edition.articles:
            cited: dict[DocumentId, dict[str, None]] = {}
            for citation in citations(article):
                if citation.document_id in revised:
                    figures = cited.setdefault(citation.document_id, {})
                    figures.update(dict.fromkeys(sorted(numbers(citation.quote))))
            for id_, figures in cited.items():
                now = revised[id_]
                gone = tuple(figures.keys() - numbers(f"{now.title}\n{now.text}"))
                if gone:
                    found.append(Correction(edition, article, now, tuple(sorted(gone))))
    return tuple(found)


def _tell(run: Run, found: Sequence[Correction]) -> None:
    lines: dict[str, list[str]] = {}
    for one in found:
        figures = ", ".join(one.figures[:SHOWN])
        lines.setdefault(one.article.story_id, []).append(f"{one.document.url}: {figures}")
        if sum(map(len, lines.values())) <= REMARKS:
            run.remarks.append(
                say(
                    "run.source-corrected",
                    run.work.language,
                    outlet=one.document.outlet or one.document.source_id,
                    headline=one.article.headline.text,
                    day=one.edition.date.isoformat(),
                    figures=figures,
                )
            )
    run.besides["dedupe"] = [
        (story, f"source corrected, figures gone: {'; '.join(words)}")
        for story, words in lines.items()
    ]
