"""What verify makes of an article: findings, repairs, holds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ribao.config import VerifySettings
from ribao.model import (
    Article,
    Citation,
    Document,
    DocumentId,
    Insight,
    ItemId,
    Sentence,
    SourceId,
    StoryId,
    Verdict,
)
from ribao.outcome import Outcome, Reason
from ribao.verify import verify

DAY = date(2025, 6, 3)
TEXT = (
    "Nvidia said on Monday that it will buy Brindle Robotics for $2.5 billion. "
    "Its revenue rose 62% to $57.01 billion in 2024. "
    "The new Gemini 3 Pro model has 309 billion parameters."
)


def report(
    text: str = TEXT, title: str = "Nvidia buys Brindle Robotics", name: str = "d1"
) -> Document:
    """A report of the day before the edition."""
    return Document(
        id=DocumentId(name),
        item_id=ItemId(name),
        source_id=SourceId("wire"),
        url=f"https://{name}.example/story",
        title=title,
        text=text,
        language="en",
        published_at=datetime(2025, 6, 2, 9, tzinfo=UTC),
        extracted_by="feed",
        outlet=f"{name}.example",
    )


def cited(text: str, document: Document, kind: str = "fact") -> Sentence:
    """A sentence that cites the whole text of a document."""
    citation = Citation(document.id, document.text, 0, len(document.text))
    return Sentence(text, (citation,), kind=kind)


def checked(
    *sentences: str,
    documents: tuple[Document, ...] = (report(),),
    headline: str = "Nvidia buys Brindle Robotics",
    on_failure: str = "report",
    language: str = "zh",
    insights: tuple[Insight, ...] = (),
) -> Outcome[Article]:
    """Verify one article whose sentences all cite the first document."""
    lead = documents[0]
    article = Article(
        story_id=StoryId("s1"),
        kind="story",
        section="business",
        headline=cited(headline, lead),
        url=lead.url,
        paragraph=tuple(cited(sentence, lead) for sentence in sentences),
        insights=insights,
        language=language,
    )
    settings = VerifySettings(on_failure=on_failure)
    return verify([article], {StoryId("s1"): documents}, settings, day=DAY)


def verdicts(outcome: Outcome[Article], sentence: int = 0) -> dict[str, Verdict]:
    """The verdict on each claim of one sentence of the paragraph."""
    findings = outcome.kept[0].paragraph[sentence].findings
    return {finding.claim: finding.verdict for finding in findings}


def test_a_chinese_sentence_is_proved_by_an_english_report() -> None:
    """Names, money and percent are the same facts in another language."""
    found = verdicts(checked("英伟达营收增长62%，达570.1亿美元。"))
    assert found["英伟达"] == found["62%"] == found["570.1亿美元"] == Verdict.SUPPORTED


def test_a_wrong_percentage_is_not_supported() -> None:
    """Another number than the one of the report never passes."""
    assert verdicts(checked("英伟达营收增长52%。"))["52%"] != Verdict.SUPPORTED


def test_flash_is_not_pro() -> None:
    """A model of the same family with another name is another model."""
    assert (
        verdicts(checked("Gemini 3 Flash的参数为3090亿。"))["Gemini 3 Flash"] != Verdict.SUPPORTED
    )
    assert verdicts(checked("Gemini 3 Pro的参数为3090亿。"))["Gemini 3 Pro"] == Verdict.SUPPORTED


def test_what_only_another_report_says_is_cited_wrongly() -> None:
    """Support outside the cited documents counts, and is named for what it is."""
    other = report("Brindle Robotics employs 4,310 people.", "Who is Brindle?", "d2")
    outcome = checked("Brindle Robotics employs 4,310 people.", documents=(report(), other))
    finding = next(f for f in outcome.kept[0].paragraph[0].findings if "4,310" in f.claim)
    assert finding.verdict == Verdict.SUPPORTED
    assert finding.evidence is not None
    assert finding.evidence.document_id == other.id
    assert "引用有误" in finding.because


def test_a_failing_sentence_is_left_out_and_recorded() -> None:
    """The default repairs: the true sentence stays, the wrong one becomes a drop of its story."""
    outcome = checked("英伟达营收增长62%。", "英伟达营收增长71%。", on_failure="drop-sentence")
    assert [sentence.text for sentence in outcome.kept[0].paragraph] == ["英伟达营收增长62%。"]
    assert [(drop.subject, "71%" in drop.detail) for drop in outcome.dropped] == [("s1", True)]


def test_a_failing_headline_drops_the_article() -> None:
    """A story is never printed under a headline that could not be proved."""
    outcome = checked(
        "英伟达营收增长62%。", headline="英伟达营收增长71%", on_failure="drop-sentence"
    )
    assert outcome.kept == ()
    assert outcome.dropped[0].reason in {Reason.UNSUPPORTED, Reason.CONTRADICTED}


def test_an_article_with_nothing_left_is_dropped() -> None:
    """Where every sentence of the paragraph fails there is no story to print."""
    outcome = checked("英伟达营收增长71%。", on_failure="drop-sentence")
    assert outcome.kept == ()
    assert len(outcome.dropped) == 2


def test_hold_drops_the_whole_article() -> None:
    """With "hold" one wrong sentence is enough."""
    outcome = checked("英伟达营收增长62%。", "英伟达营收增长71%。", on_failure="hold")
    assert outcome.kept == ()
    assert len(outcome.dropped) == 1


@pytest.mark.parametrize(("count", "verdict"), [(2, Verdict.SUPPORTED), (5, Verdict.CONTRADICTED)])
def test_the_count_of_outlets_is_checked_against_the_documents(
    count: int, verdict: Verdict
) -> None:
    """A computed count is right or wrong by the documents, wherever the words come from."""
    documents = (report(), report(name="d2"))
    bullet = Insight("coverage", (cited(f"{count} 家来源报道", documents[0], "computed"),))
    outcome = checked("英伟达营收增长62%。", documents=documents, insights=(bullet,))
    findings = outcome.kept[0].insights[0].sentences[0].findings
    assert [finding.verdict for finding in findings] == [verdict]


def test_every_verdict_carries_a_passage_that_exists() -> None:
    """The quote of a finding is the text of its document between the offsets it gives."""
    document = report()
    outcome = checked("英伟达营收增长62%，参数3090亿，裁员5000人。", documents=(document,))
    findings = outcome.kept[0].paragraph[0].findings
    assert findings
    for finding in findings:
        cite = finding.evidence
        assert cite is not None
        assert cite.quote == document.text[cite.start : cite.end]
