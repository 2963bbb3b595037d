"""Proving a sentence while it is typed: the same proof that verify makes, on one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ribao.desk.draft import Draft, sentences
from ribao.model import Article, Citation, Document, Finding, Sentence, StoryId
from ribao.verify.articles import worst
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

        It keeps the citations that it had and gains the passages that decide its claims. Words that
        were a quotation are one no longer unless they are the same.
        """
        words = " ".join(text.split())[:MAX_SENTENCE]
        kind = "fact" if sentence.kind == "quotation" and words != sentence.text else sentence.kind
        changed = replace(sentence, text=words, findings=(), kind=kind)
        findings = prove(changed, self._passages, day=day, language=language)
        found = [one.evidence for one in findings if one.evidence is not None]
        citations = tuple(dict.fromkeys([*sentence.citations, *found]))
        return replace(changed, findings=findings, citations=self._own(citations))

    def _own(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        known = {document.id for document in self.documents}
        return tuple(one for one in citations if one.document_id in known)


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
    return tuple(one for article in draft.edition.articles for one in failing_in(draft, article))
