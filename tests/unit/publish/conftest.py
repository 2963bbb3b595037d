"""One invented edition, made by hand, for the tests of every rendering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ribao.model import (
    Article,
    Citation,
    DocumentId,
    Edition,
    EditionId,
    Finding,
    Held,
    Insight,
    Points,
    Reference,
    Score,
    Section,
    Sentence,
    StoryId,
    Verdict,
)
from ribao.outcome import Reason

PRINTED_AT = datetime(2031, 3, 4, 4, 0, tzinfo=UTC)
MakeArticle = Callable[..., Article]


def _reference(number: int, outlet: str, language: str) -> Reference:
    return Reference(
        number=number,
        document_id=DocumentId(f"d{number}"),
        url=f"https://outlet{number}.example/a?b=1&c={number}",
        title=f"Title {number}",
        outlet=outlet,
        language=language,
        published_at=PRINTED_AT,
    )


def _said(text: str, *documents: int, kind: str = "quotation") -> Sentence:
    citations = tuple(Citation(DocumentId(f"d{one}"), text, 0, len(text)) for one in documents)
    return Sentence(text, citations, kind=kind)


@pytest.fixture
def make_article() -> MakeArticle:
    """Build an article of a kind; its texts may be anything."""

    def make(
        headline: str = "鹤鸣2开放下载", text: str = "权重今天开放。", kind: str = "story"
    ) -> Article:
        bullets = (
            Insight("figures", (_said("关键数字：“下降62%”", 1, kind="computed"),)),
            Insight("coverage", (_said("2 家来源报道", 1, 2, kind="computed"),)),
        )
        finding = Finding("62%", "percent", Verdict.SUPPORTED, "stands in the source", 0, 3)
        return Article(
            story_id=StoryId(f"story-{kind}"),
            kind=kind,
            section=f"section-{kind}",
            headline=_said(headline, 1),
            url="https://outlet1.example/a?b=1&c=1",
            paragraph=(replace(_said(text, 1), findings=(finding,)), _said("成本下降。", 2)),
            insights=bullets if kind == "story" else (),
            references=(_reference(1, "兰亭报", "zh"), _reference(2, "The Brook", "en")),
            language="zh",
            score=Score((Points("made up", 1.5, "because"),)),
        )

    return make


@pytest.fixture
def edition(make_article: MakeArticle) -> Edition:
    """An edition with one article of each kind."""
    story, release, brief = (make_article(kind=kind) for kind in ("story", "release", "brief"))
    return Edition(
        id=EditionId("e1"),
        date=date(2031, 3, 5),
        timezone="Asia/Shanghai",
        language="zh",
        title="鹤鸣2开放下载，成本减半",
        category="试刊",
        tags=("试刊", "1e3"),
        seo=("样张", "yes"),
        cover_image="",
        summary=(story.headline, release.headline),
        sections=(
            Section("models", "模型", "story", (story,)),
            Section("open", "开源", "release", (release,)),
            Section("briefs", "其他", "brief", (brief,)),
        ),
        held=(Held("s9", "未印的故事", Reason.NO_ROOM, "nine stories were better"),),
        notes=("样张：内容为虚构",),
    )
