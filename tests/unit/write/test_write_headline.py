"""A headline is a title cut clean, or the first clauses of a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from ribao.model import Document
from ribao.write.headline import clean_title, first_clause, headline
from ribao.write.passages import passages

MakeDocument = Callable[..., Document]


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Heming 2 opens to developers - TechCrunch", "Heming 2 opens to developers"),
        ("Heming 2 opens to developers | The Verge", "Heming 2 opens to developers"),
        ("Heming 2 opens to developers via @brook, @Pond", "Heming 2 opens to developers"),
        ("兰亭智能发布鹤鸣2模型_36氪", "兰亭智能发布鹤鸣2模型"),
        ("重磅！兰亭智能发布鹤鸣2模型", "兰亭智能发布鹤鸣2模型"),
        ("快讯｜独家：兰亭智能发布鹤鸣2模型", "兰亭智能发布鹤鸣2模型"),
        ("【独家】兰亭智能发布鹤鸣2模型！！", "兰亭智能发布鹤鸣2模型"),
        ("#兰亭智能发布鹤鸣2模型#", "兰亭智能发布鹤鸣2模型"),
        (
            "Lanting cuts prices - and the market shrugs",
            "Lanting cuts prices - and the market shrugs",
        ),
        ("兰亭智能：鹤鸣2今日开放", "兰亭智能：鹤鸣2今日开放"),
        ("重磅！", "重磅！"),
    ],
)
def test_bait_and_outlets_are_cut_from_the_ends(title: str, clean: str) -> None:
    """What is left is verbatim, and never nothing."""
    assert clean_title(title) == clean
    assert clean in title


def test_the_text_lends_a_headline_where_no_title_is_in_the_language(
    make_document: MakeDocument,
) -> None:
    """The first clauses that say something by themselves, cited as they stand."""
    text = "兰亭智能首席执行官宣布，公司将于四月开放鹤鸣2接口，并下调价格。"
    document = replace(make_document("Heming is here"), text=text)
    (passage,) = passages(document, frozenset())
    found = headline([document], [passage], "zh")
    assert found.text == "兰亭智能首席执行官宣布，公司将于四月开放鹤鸣2接口"
    (citation,) = found.citations
    assert document.text[citation.start : citation.end] == found.text


@pytest.mark.parametrize(
    "text", ["据介绍，鹤鸣2今日向所有开发者开放，价格减半。", "随着需求增长，鹤鸣2今日开放下载。"]
)
def test_a_clause_that_waits_for_another_is_no_headline(
    make_document: MakeDocument, text: str
) -> None:
    """A subordinate clause at the front is not the news."""
    (passage,) = passages(make_document("Heming", text), frozenset())
    assert first_clause(passage, "zh") is None
