"""What tests of the proof share: a report of 2 June 2025, and what fails of a sentence on it."""

from __future__ import annotations

from datetime import UTC, datetime

from ribao.model import Citation, Document, DocumentId, Finding, ItemId, Sentence, SourceId
from ribao.verify.evidence import Library
from ribao.verify.proof import FAILED, prove

WRITTEN = datetime(2025, 6, 2, 9, tzinfo=UTC)
DAY = WRITTEN.date()


def document(text: str) -> Document:
    """A report of 2 June 2025."""
    return Document(
        id=DocumentId("d"),
        item_id=ItemId("d"),
        source_id=SourceId("wire"),
        url="https://wire.example/d",
        title="",
        text=text,
        language="zh" if "。" in text else "en",
        published_at=WRITTEN,
        extracted_by="feed",
    )


def failing(sentence: str, text: str, language: str) -> list[Finding]:
    """The failing findings on a sentence that cites one report, on the day of that report."""
    one = document(text)
    cited = Sentence(sentence, (Citation(one.id, ""),))
    found = prove(cited, Library().passages([one]), day=DAY, language=language)
    return [it for it in found if it.verdict in FAILED]


def kinds(sentence: str, text: str) -> list[str]:
    """The kinds of what fails in a sentence, its report being the only one."""
    return [one.kind for one in failing(sentence, text, "en" if sentence.isascii() else "zh")]
