"""verify: every sentence of every article gets its findings; what fails is repaired or held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ribao.catalogue import say
from ribao.config import VerifySettings
from ribao.model import Article, Document, Finding, Insight, Sentence, StoryId, Verdict
from ribao.outcome import Drop, Outcome, Reason
from ribao.verify.copying import over_the_limit
from ribao.verify.evidence import Library
from ribao.verify.links import address_of, check_link
from ribao.verify.passages import Passage
from ribao.verify.proof import FAILED, prove


def verify(
    articles: Sequence[Article],
    evidence: Mapping[StoryId, Sequence[Document]],
    settings: VerifySettings,
    *,
    day: date,
) -> Outcome[Article]:
    """Check every claim of every article against the documents of its story.

    Findings are added and no word is changed. What then happens to a sentence that fails is
    `settings.on_failure`:

    - "drop-sentence": it is left out and recorded as a `Drop` with the story as its subject; an
      article whose headline fails, or which has no sentence left, is dropped.
    - "hold": any failing sentence drops the whole article.
    - "report": everything is kept, with its findings.

    `day` is the day of the edition, from which relative dates are read.
    """
    library = Library()
    return Outcome.join(
        _one(article, library.passages(evidence.get(article.story_id, ())), settings, day)
        for article in articles
    )


def _one(
    article: Article, passages: Sequence[Passage], settings: VerifySettings, day: date
) -> Outcome[Article]:
    proved = _proved(article, passages, day)
    if settings.on_failure == "report":
        return Outcome(kept=(proved,))
    unsafe = _unsafe_link(proved, passages)
    if unsafe is not None:
        return Outcome(dropped=(Drop(article.story_id, Reason.UNSAFE_LINK, unsafe.because),))
    copied = over_the_limit(proved, passages, settings)
    failure = worst(proved.headline.findings)
    if failure is not None:
        return Outcome(dropped=(_drop(article, failure, "headline-failed"),))
    failing = [one for one in _body(proved) if worst(one.findings) is not None]
    drops = tuple(
        _drop(article, failure, "sentence-dropped")
        for one in failing
        if (failure := worst(one.findings)) is not None
    )
    drops += tuple(
        Drop(article.story_id, Reason.COPIED_TOO_MUCH, f"{because} (“{sentence.text[:40]}”)")
        for sentence, because in copied
    )
    if settings.on_failure == "hold" and drops:
        return Outcome(dropped=drops[:1])
    held = frozenset(sentence for sentence, _ in copied)
    return _repaired(proved, drops, held)


def _unsafe_link(article: Article, passages: Sequence[Passage]) -> Finding | None:
    """The first printed address that is not in the evidence, shortened or disguised."""
    documents = [passage.document for passage in passages]
    known = {address_of(url) for one in documents for url in (one.url, *one.links)}
    printed = [article.url, *(reference.url for reference in article.references)]
    found = (check_link(url, known, article.language) for url in dict.fromkeys(printed) if url)
    return next((finding for findings in found for finding in findings), None)


def _repaired(
    article: Article, drops: tuple[Drop, ...], held: frozenset[Sentence]
) -> Outcome[Article]:
    """The article without the sentences that failed, or its drop where nothing is left of it."""
    paragraph = tuple(
        one for one in article.paragraph if worst(one.findings) is None and one not in held
    )
    insights = tuple(
        Insight(insight.kind, kept)
        for insight in article.insights
        if (kept := tuple(one for one in insight.sentences if worst(one.findings) is None))
    )
    if drops and article.paragraph and not paragraph:
        detail = say("verify-nothing-left", article.language)
        return Outcome(dropped=(*drops, Drop(article.story_id, drops[0].reason, detail)))
    return Outcome(kept=(replace(article, paragraph=paragraph, insights=insights),), dropped=drops)


def _proved(article: Article, passages: Sequence[Passage], day: date) -> Article:
    def proved(sentence: Sentence) -> Sentence:
        findings = prove(sentence, passages, day=day, language=article.language)
        return replace(sentence, findings=(*sentence.findings, *findings))

    return replace(
        article,
        headline=proved(article.headline),
        paragraph=tuple(proved(sentence) for sentence in article.paragraph),
        insights=tuple(
            replace(insight, sentences=tuple(proved(one) for one in insight.sentences))
            for insight in article.insights
        ),
    )


def _body(article: Article) -> Iterator[Sentence]:
    yield from article.paragraph
    for insight in article.insights:
        yield from insight.sentences


def worst(findings: Sequence[Finding]) -> Finding | None:
    """The finding for which a sentence fails: a contradiction before what is only unsupported."""
    failed = [finding for finding in findings if finding.verdict in FAILED]
    return min(failed, key=lambda finding: finding.verdict != Verdict.CONTRADICTED, default=None)


def _drop(article: Article, finding: Finding, words: str) -> Drop:
    contradicted = finding.verdict == Verdict.CONTRADICTED
    reason = Reason.CONTRADICTED if contradicted else Reason.UNSUPPORTED
    detail = say(f"verify-{words}", article.language, because=finding.because, claim=finding.claim)
    return Drop(article.story_id, reason, detail)
