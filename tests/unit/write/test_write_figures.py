"""Key figures are quoted with their words; two outlets differ only when they count one thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ribao.model import Document
from ribao.write.figures import clauses, differences, key_figures
from ribao.write.passages import content_words

MakeDocument = Callable[..., Document]


def test_years_versions_and_small_counts_are_no_figures(make_document: MakeDocument) -> None:
    """Only what a reader would look up is quoted."""
    text = (
        "公司成立于2027年，推出了5款产品，鹤鸣2是第3代。第一季度收入增长62%，达到14亿元。"
        "其中一家客户贡献了三成订单，3月4日起供货。"
    )
    found = clauses(make_document("鹤鸣", text), content_words("鹤鸣 收入"))
    assert [one.text for one in found] == ["第一季度收入增长62%，达到14亿元", "第一季度收入增长62%"]


def test_a_clause_is_verbatim_and_whole(make_document: MakeDocument) -> None:
    """Its span is exact; quotation marks and brackets are never torn."""
    text = "“鹤鸣2的训练成本为300万美元，远低于同行（约2,000万美元），”公司说。"
    document = make_document("鹤鸣", text)
    for clause in clauses(document, frozenset()):
        assert document.text[clause.start : clause.end] == clause.text
        assert clause.text.count("“") == clause.text.count("”")
        assert clause.text.count("（") == clause.text.count("）")


def test_what_is_printed_is_not_quoted_again(make_document: MakeDocument) -> None:
    """A figure of the paragraph, in any form, is no key figure any more."""
    found = clauses(make_document("鹤鸣", "鹤鸣2的参数规模达到了720亿参数。"), frozenset())
    assert len(key_figures(found, [], 3)) == 1
    assert key_figures(found, ["Heming 2 has 72 billion parameters."], 3) == []


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("鹤鸣2的训练成本为300万美元。", "鹤鸣2的训练成本为500万美元。", True),
        ("鹤鸣2的训练成本为300万美元。", "鹤鸣2的训练成本为0.03亿美元。", False),
        ("鹤鸣2的训练成本为300万美元。", "鹤鸣2的推理服务收入为500万美元。", False),
        ("鹤鸣2的训练成本超过300万美元。", "鹤鸣2的训练成本为500万美元。", False),
        (
            "鹤鸣2的训练成本为300万美元。",
            "鹤鸣2的训练成本为500万美元。一代的训练成本为300万美元。",
            False,
        ),
    ],
)
def test_outlets_differ_only_over_one_thing(
    make_document: MakeDocument, one: str, other: str, *, differ: bool
) -> None:
    """The same words around two values, and neither report knows the other's value."""
    left = make_document("鹤鸣", one, outlet="a.example")
    right = make_document("鹤鸣", other, outlet="b.example")
    found = [*clauses(left, frozenset()), *clauses(right, frozenset())]
    assert (differences(found) is not None) is differ


def test_one_outlet_does_not_differ_from_itself(make_document: MakeDocument) -> None:
    """Two reports of one outlet are a correction, not a dispute."""
    left = make_document("鹤鸣", "鹤鸣2的训练成本为300万美元。")
    right = make_document("鹤鸣", "鹤鸣2的训练成本为500万美元。")
    assert differences([*clauses(left, frozenset()), *clauses(right, frozenset())]) is None
