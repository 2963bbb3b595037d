"""What every rendering must agree on: where files go, marks, labels, dates, the shape of a line.

A rendering asks here which report a sentence rests on and what is said of it; it decides only how
that looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ribao.catalogue import say
from ribao.language.tongues import tongue_of
from ribao.model import Article, Edition, Reference, Sentence

SITE = "site"  # folder of the site below the output folder
_ENDS = "。！？!?.…：:；;"
_CLOSING = "”’」』）)\"'"


@dataclass(frozen=True, slots=True)
class Run:
    """Sentences that rest on the same reports, with the numbers of those reports after them."""

    text: str
    numbers: tuple[int, ...]


def folder(edition: Edition) -> str:
    """The folder of an edition: its day, then its language, so that no language hides another."""
    return f"{edition.date.isoformat()}/{edition.language}"


def day_path(edition: Edition) -> str:
    """The address of an edition below the root of a site: 2025/12/19/zh/."""
    return f"{edition.date:%Y/%m/%d}/{edition.language}/"


def opening(edition: Edition) -> datetime:
    """The first moment of the edition's day in its zone, in UTC."""
    return datetime.combine(edition.date, time(), ZoneInfo(edition.timezone)).astimezone(UTC)


def moment_of(edition: Edition) -> datetime:
    """When this revision counts as made: corrections are a second apart, from the day's opening."""
    return opening(edition) + timedelta(seconds=edition.revision - 1)


def opened_at(edition: Edition) -> str:
    """That moment as 2025-12-18T16:00:00Z."""
    return opening(edition).strftime("%Y-%m-%dT%H:%M:%SZ")


def numbers(article: Article, sentence: Sentence) -> tuple[int, ...]:
    """The numbers of the references that a sentence cites, in order."""
    known = {reference.document_id: reference.number for reference in article.references}
    cited = {citation.document_id for citation in sentence.citations}
    return tuple(sorted(known[document_id] for document_id in cited if document_id in known))


def runs(article: Article, sentences: Sequence[Sentence], language: str) -> tuple[Run, ...]:
    """A paragraph as runs: neighbours that cite the same reports share one mark."""
    found: list[Run] = []
    for sentence in sentences:
        marks = numbers(article, sentence)
        text = ended(sentence.text.strip(), language)
        if found and found[-1].numbers == marks:
            text = joined(found.pop().text, text)
        found.append(Run(text, marks))
    return tuple(found)


def joined(left: str, right: str) -> str:
    """Two sentences after each other: a space between them unless Chinese meets there."""
    return left + right if ord(left[-1:] or " ") > 0x2E7F else f"{left} {right}"


def ended(text: str, language: str) -> str:
    """A sentence with its end mark; titles that stand as sentences have none."""
    if not text or text.rstrip(_CLOSING)[-1:] in _ENDS:
        return text
    return text + say("publish-stop", language)


def foreign(article: Article, sentences: Sequence[Sentence], edition_language: str) -> str:
    """The language of verbatim sentences when it is not the edition's own; "" otherwise."""
    spoken = {reference.document_id: reference.language for reference in article.references}
    tongues = {
        tongue_of(sentence.text, spoken.get(citation.document_id, ""))
        for sentence in sentences
        if sentence.kind in {"fact", "quotation"}
        for citation in sentence.citations
    } - {""}
    if not tongues or edition_language in tongues:
        return ""
    return min(tongues)


def original_label(tongue: str, language: str) -> str:
    """The label of text in a language that is not the edition's, for example （英文原文）."""
    if not tongue:
        return ""
    return say("publish-original", language, language=language_name(tongue, language))


def language_name(tag: str, language: str) -> str:
    """The name of a language, in the language of the edition."""
    known = tag if tag in {"zh", "en", "ja", "ko"} else "other"
    return say(f"publish-language-{known}", language)


def day(moment: datetime, timezone: str) -> str:
    """The date of a moment in the edition's zone, as 2025-12-19."""
    return moment.astimezone(ZoneInfo(timezone)).date().isoformat()


def reference_note(reference: Reference, edition: Edition) -> str:
    """What stands behind the outlet of a reference: its language and date."""
    return say(
        "publish-reference-note",
        edition.language,
        language=language_name(reference.language, edition.language),
        date=day(reference.published_at, edition.timezone),
    )


def summary_lines(edition: Edition) -> list[str]:
    """The lines of the summary, those in another language labelled."""
    spoken = {
        reference.document_id: reference.language
        for article in edition.articles
        for reference in article.references
    }
    lines = []
    for sentence in edition.summary:
        known = [spoken.get(citation.document_id, "") for citation in sentence.citations]
        tongue = tongue_of(sentence.text, next(iter(known), ""))
        other = "" if tongue in {edition.language, ""} else tongue
        lines.append(sentence.text + original_label(other, edition.language))
    return lines
