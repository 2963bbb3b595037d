"""Proving a sentence while it is typed: the same proof that verify makes, on one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ribao.desk.draft import TITLE, Draft, sentences
from ribao.language.dates import DateMention
from ribao.model import Article, Citation, Document, Finding, Sentence, StoryId, Verdict
from ribao.verify.articles import worst
from ribao.verify.claims import find_claims
from ribao.verify.evidence import Library
from ribao.verify.passages import Passage
from ribao.verify.proof import prove

MAX_SENTENCE = 2_000  # characters; a longer one is no sentence


@dataclass(frozen=True, slots=True)
class Failing:
    """A sentence of the draft that would be printed against its check."""

    story_id: StoryId
    place: str
    text: str
    finding: Finding


class Evidence:
    """The reports of one story, read once however often a sentence is checked against them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self._passages: tuple[Passage, ...] = Library().passages(documents)

    def check(self, sentence: Sentence, text: str, *, day: date, language: str) -> Sentence:
        """The sentence with other words, what they rest on, and a verdict on each claim of them.

        It keeps the citations that it had; one without any cites what bears its claims out. Words
        that were a quotation are one no longer unless they are the same.
        """
        words = " ".join(text.split())[:MAX_SENTENCE]
        kind = "fact" if sentence.kind == "quotation" and words != sentence.text else sentence.kind
        changed = replace(sentence, text=words, findings=(), kind=kind)
        findings = prove(changed, self._passages, day=day, language=language)
        citations = [one for one in sentence.citations if one.quote]
        if not citations:
            supported = [one.evidence for one in findings if one.verdict == Verdict.SUPPORTED]
            citations = [self._whole(one) for one in supported if one is not None]
        known = {document.id for document in self.documents}
        own = dict.fromkeys(one for one in citations if one.document_id in known)
        return replace(changed, findings=findings, citations=tuple(own))

    def _whole(self, citation: Citation) -> Citation:
        """The sentence of a report in which a passage stands: a name alone proves nothing."""
        for passage in self._passages:
            if (passage.document.id, passage.field) == (citation.document_id, citation.field):
                span = passage.sentences[passage.sentence_at(citation.start)]
                return passage.cite(span.start, span.end)
        return citation


def findings_of_title(
    documents: Sequence[Document], title: str, *, day: date, language: str
) -> tuple[Finding, ...]:
    """The verdict on each claim of a title, from the reports of all stories of the edition.

    The day of the edition is the paper's own word: no report need name it.
    """
    own = {
        one.text
        for one in find_claims(title, language, day)
        if isinstance(one.value, DateMention) and one.value.first == one.value.last == day
    }
    sentence = Evidence(documents).check(Sentence("", ()), title, day=day, language=language)
    return tuple(one for one in sentence.findings if one.claim not in own)


def failing_in(draft: Draft, article: Article) -> tuple[Failing, ...]:
    """The sentences of an article that fail and that nobody vouched for."""
    return tuple(
        Failing(article.story_id, place, sentence.text, finding)
        for place, sentence in sentences(article)
        if (finding := worst(sentence.findings)) is not None
        and draft.overridden(article.story_id, sentence.text) is None
    )


def failing(draft: Draft) -> tuple[Failing, ...]:
    """All sentences that stand between a draft and print, in printed order."""
    found = [one for article in draft.edition.articles for one in failing_in(draft, article)]
    return (*failing_title(draft), *found)


def failing_title(draft: Draft) -> tuple[Failing, ...]:
    """The title, if an editor wrote one that fails its check and nobody vouched for it."""
    title, edition_id = draft.edition.title, draft.edition.id
    wrong = worst(draft.title_findings) if draft.titled else None
    if wrong is None or draft.overridden(edition_id, title) is not None:
        return ()
    return (Failing(StoryId(edition_id), TITLE, title, wrong),)
