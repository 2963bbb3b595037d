"""The laws of verify, on reports and sentences that nobody wrote."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from ribao.config import VerifySettings
from ribao.language.sentences import split_sentences
from ribao.model import (
    Article,
    Citation,
    Document,
    DocumentId,
    ItemId,
    Sentence,
    SourceId,
    StoryId,
    Verdict,
)
from ribao.verify import verify

DAY = date(2025, 6, 3)
KEPT = VerifySettings(on_failure="report")

who = st.sampled_from(["英伟达", "谷歌", "Brindle Robotics", "OpenAI", "Gemini 3 Pro", "三星"])
number = st.integers(1, 10**13).map(str) | st.decimals(0, 9999, places=2).map(str)
unit = st.sampled_from(
    ["%", "亿元", "万台", " billion", " million dollars", "倍", "个百分点", " users"]
)
verb = st.sampled_from(
    ["增长", "下降至", "rose to", "没有达到", "is not over", "首次突破", "the largest at"]
)
when = st.sampled_from(["2024年", "明年", "12月18日", "in May 2025", "上周", "yesterday", ""])
said = st.sampled_from(["", "，“这只是开始，还差得远”", ', "we have only begun to see it"'])
end = st.sampled_from(["。", ". ", "！", "\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of some sentences with names, figures, dates, turns and quotations."""
    pieces = draw(
        st.lists(st.tuples(when, who, verb, number, unit, said, end), min_size=1, max_size=6)
    )
    return "".join(" ".join(piece[:5]) + "".join(piece[5:]) for piece in pieces)


def _report(number: int, text: str) -> Document:
    name = f"d{number}"
    return Document(
        id=DocumentId(name),
        item_id=ItemId(name),
        source_id=SourceId("wire"),
        url=f"https://{name}.example/",
        title=f"Report {name}",
        text=text,
        language="",
        published_at=datetime(2025, 6, 2, 9, tzinfo=UTC),
        extracted_by="feed",
    )


def _article(sentences: list[Sentence], story: str = "s1") -> Article:
    headline = Sentence("Report d0", (Citation(DocumentId("d0"), "Report d0", 0, 9, "title"),))
    return Article(StoryId(story), "story", "x", headline, "", tuple(sentences), language="en")


def _citing(text: str, document: Document) -> Sentence:
    return Sentence(text, (Citation(document.id, document.text, 0, len(document.text)),))


@given(texts(), st.data())
def test_a_sentence_copied_from_its_report_is_supported(text: str, data: st.DataObject) -> None:
    """Whatever a report says, saying it word for word is supported, claim for claim."""
    report = _report(0, text)
    span = data.draw(st.sampled_from(split_sentences(text)))
    article = _article([_citing(span.text, report)])
    outcome = verify([article], {StoryId("s1"): [report]}, KEPT, day=DAY)
    findings = outcome.kept[0].paragraph[0].findings
    assert {finding.verdict for finding in findings} <= {Verdict.SUPPORTED, Verdict.OPINION}


@given(st.lists(texts(), min_size=1, max_size=3), texts())
def test_verify_adds_findings_and_changes_no_words(reports: list[str], printed: str) -> None:
    """With every policy what is kept is printed as it was written, and every claim is its words."""
    documents = [_report(n, text) for n, text in enumerate(reports)]
    sentences = [_citing(span.text, documents[0]) for span in split_sentences(printed)]
    article = _article(sentences)
    for policy in ("report", "drop-sentence", "hold"):
        outcome = verify(
            [article], {StoryId("s1"): documents}, VerifySettings(on_failure=policy), day=DAY
        )
        assert bool(outcome.kept) or bool(outcome.dropped)
        for kept in outcome.kept:
            written = [sentence.text for sentence in article.paragraph]
            assert [s.text for s in kept.paragraph if s.text not in written] == []
            assert policy != "report" or [s.text for s in kept.paragraph] == written
            for sentence in kept.paragraph:
                for finding in sentence.findings:
                    assert sentence.text[finding.start : finding.end] == finding.claim


@given(st.lists(texts(), min_size=1, max_size=3), texts())
def test_every_passage_of_a_verdict_exists(reports: list[str], printed: str) -> None:
    """The quote of each finding is the text of its document between its offsets."""
    documents = {DocumentId(f"d{n}"): _report(n, text) for n, text in enumerate(reports)}
    first = documents[DocumentId("d0")]
    article = _article([_citing(span.text, first) for span in split_sentences(printed)])
    outcome = verify([article], {StoryId("s1"): tuple(documents.values())}, KEPT, day=DAY)
    for sentence in outcome.kept[0].paragraph:
        for finding in sentence.findings:
            cite = finding.evidence
            if cite is not None:
                document = documents[cite.document_id]
                whole = document.title if cite.field == "title" else document.text
                assert cite.quote == whole[cite.start : cite.end]
            assert cite is not None or finding.verdict != Verdict.CONTRADICTED


@given(st.lists(texts(), min_size=2, max_size=4, unique=True), texts())
def test_the_order_of_arrival_changes_nothing(reports: list[str], printed: str) -> None:
    """Documents and articles in another order give the same findings, every time."""
    documents = [_report(n, text) for n, text in enumerate(reports)]
    sentences = [_citing(span.text, documents[0]) for span in split_sentences(printed)]
    articles = [_article(sentences), _article(sentences[::-1], "s2")]
    shuffled = documents[::-1]
    one = verify(articles, dict.fromkeys([StoryId("s1"), StoryId("s2")], documents), KEPT, day=DAY)
    two = verify(
        articles[::-1], dict.fromkeys([StoryId("s2"), StoryId("s1")], shuffled), KEPT, day=DAY
    )
    assert {a.story_id: a for a in one.kept} == {a.story_id: a for a in two.kept}
