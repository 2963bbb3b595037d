"""What an order needs to know: the reports of a story, the queue, when the edition closes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from ribao.desk import Draft, checking
from ribao.desk.checking import Evidence
from ribao.desk.draft import sentence_at
from ribao.desk.queue import Candidate, candidate
from ribao.errors import ConfigError
from ribao.model import Citation, Document, DocumentId, Finding, Sentence, Story, StoryId
from ribao.store.codec import decode
from ribao.web.office import Office


def cutoff(draft: Draft) -> datetime:
    """The moment at which the edition closes."""
    edition = draft.edition
    return datetime.combine(edition.date, time(), ZoneInfo(edition.timezone)).astimezone(UTC)


def story_of(office: Office, draft: Draft, story_id: str) -> Story:
    """A story with the reports that it has on this desk.

    Raises:
        ConfigError: nobody knows of it.
    """
    day = draft.edition.date
    found = office.kept(
        "story", (story_id, day), lambda: office.editions.story(StoryId(story_id), day), size=256
    )
    bundle = next((one for one in draft.bundles if one.story_id == story_id), None)
    if bundle is None:
        if found is None:
            raise ConfigError("no such story on this day", story_id)
        return found
    if not bundle.document_ids:
        raise ConfigError("this story was merged into another one", story_id)
    known = _documents(office, bundle.document_ids)
    documents = tuple(known[one] for one in bundle.document_ids if one in known)
    moments = [one.published_at for one in documents]
    plain = Story(StoryId(story_id), bundle.headline, documents, min(moments), max(moments))
    if found is None:
        return plain
    return replace(found, documents=documents, headline=bundle.headline or found.headline)


def _documents(office: Office, ids: tuple[DocumentId, ...]) -> Mapping[DocumentId, Document]:
    return office.kept("documents", ids, lambda: office.library.documents_by_id(ids), size=64)


def evidence_of(office: Office, draft: Draft, story_id: str) -> Evidence:
    """The reports of a story, ready to prove sentences with."""
    story = story_of(office, draft, story_id)
    key = tuple(one.id for one in story.documents)
    return office.kept("evidence", key, lambda: Evidence(story.documents), size=64)


def check(office: Office, draft: Draft, story_id: str, place: str, text: str) -> Sentence:
    """A sentence with these words at this place ("": a new one), with a verdict on each claim.

    Raises:
        ConfigError: there is no such story or place.
    """
    article = draft.article(story_id)
    evidence = evidence_of(office, draft, story_id)
    if place:
        sentence = sentence_at(article, place)
    else:
        cited = dict.fromkeys(
            citation.document_id for one in article.paragraph for citation in one.citations
        )
        sentence = Sentence("", tuple(Citation(one, "") for one in cited))
    return evidence.check(
        sentence, text, day=draft.edition.date, language=article.language or draft.edition.language
    )


def findings_of_title(office: Office, draft: Draft, title: str) -> tuple[Finding, ...]:
    """The verdict on each claim of a title, from all reports of the stories of the edition."""
    edition = draft.edition
    stories = [story_of(office, draft, one.story_id) for one in edition.articles]
    documents = {one.id: one for story in stories for one in story.documents}
    return checking.findings_of_title(
        tuple(documents.values()), title, day=edition.date, language=edition.language
    )


def candidates(office: Office, draft: Draft) -> tuple[Candidate, ...]:
    """The queue beside a draft: what was left out, split off or never came in."""
    edition = draft.edition
    rows = office.kept(
        "queue",
        (edition.id, office.drafts.run_of(edition.id)),
        lambda: tuple(decode(Candidate, one) for one in office.drafts.candidates(edition.id)),
    )
    merged = {one.story_id for one in draft.bundles if not one.document_ids}
    printed = {one.story_id for one in edition.articles} | {
        one.article.story_id for one in draft.aside
    }
    known = {one.story_id for one in rows}
    cut = tuple(
        candidate(story_of(office, draft, one.story_id), office.beat, "split", "")
        for one in draft.bundles
        if one.document_ids and one.story_id not in known | printed
    )
    gone = merged | printed
    return (*cut, *(one for one in rows if one.story_id not in gone))


def newest(office: Office) -> str:
    """The edition that an editor most likely wants.

    Raises:
        ConfigError: there is none yet.
    """
    found = office.drafts.editions_by_day(1)
    if not found:
        raise ConfigError(
            "there is no edition yet", hint="`ribao run` makes one; `ribao run --demo` a sample"
        )
    return found[0][0]


def edition_on(office: Office, day: str, language: str) -> str:
    """The edition of a day in a language.

    Raises:
        ConfigError: there is none.
    """
    for key, date_, tongue in office.drafts.editions_by_day(4_000):
        if (date_, tongue) == (day, language):
            return key
    raise ConfigError("there is no edition of that day", f"{day} {language}")


def day_of(value: str) -> date:
    """Read a day.

    Raises:
        ConfigError: it is none.
    """
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ConfigError("no such date", value, hint="write it as 2026-01-31") from error
