"""A facts card states only what a report says, word for word."""

from __future__ import annotations

import pytest

from ribao.facts import KINDS, facts_card, find_facts
from tests.unit.rank.newsdesk import report


def _found(text: str) -> dict[str, str]:
    return {fact.kind: fact.value for fact in find_facts(report("某模型", text))}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("新模型总参数3090亿，激活参数150亿。", "parameters", "309000000000"),
        ("新模型总参数3090亿，激活参数150亿。", "active", "15000000000"),
        ("A 309B-parameter MoE with 15B active parameters.", "parameters", "309000000000"),
        ("A 309B-parameter MoE with 15B active parameters.", "active", "15000000000"),
        ("支持100万token上下文。", "context", "1000000"),
        ("上下文窗口为256K。", "context", "256000"),
        ("It has a 1M-token context window.", "context", "1000000"),
        ("It was trained on 15 trillion tokens.", "training", "15000000000000"),
        ("模型大小为4.2GB。", "size", "4.2 GB"),
        ("It is released under the MIT license.", "licence", "mit"),
        ("采用MIT许可协议开放。", "licence", "mit"),
        ("以 Apache 2.0 协议开源。", "licence", "apache 2.0"),
        ("Weights come under Apache License 2.0 today.", "licence", "apache 2.0"),
        ("It writes 150 tokens/s on one card.", "speed", "150tokens/s"),
        ("输入价格为每百万token 0.1美元。", "price", "每百万token0.1美元"),
        ("It costs $0.30 per million input tokens.", "price", "$0.30permillioninputtokens"),
    ],
)
def test_facts_are_found_in_both_languages(text: str, kind: str, value: str) -> None:
    """Parameters, context, licence and the rest, whatever the language."""
    assert _found(text).get(kind) == value


@pytest.mark.parametrize(
    "text",
    [
        "该公司去年营收3090亿元，员工150人。",
        "Researchers at MIT published a study.",
        "会议有100万人参加，具体上下文不详。",
        "The factory costs 256 million dollars.",
        "Bring your own context; 12 people came.",
        "他在麻省理工学院（MIT）任教。",
    ],
)
def test_numbers_without_their_word_are_no_facts(text: str) -> None:
    """Money, people and universities are not parameters, context windows and licences."""
    assert _found(text) == {}


def test_sizes_of_variants_are_one_fact() -> None:
    """A family of three sizes has one line on the card."""
    facts = find_facts(report("某系列", "该系列有300亿参数、1000亿参数和5000亿参数三个版本。"))
    assert [fact.value for fact in facts] == ["30000000000 100000000000 500000000000"]


def test_every_fact_is_a_passage_of_its_report() -> None:
    """The quote stands at its place in the title or text of the document it cites."""
    document = report(
        "A 7B-parameter model under Apache 2.0",
        "Its context window is 128K tokens. 模型参数量为70亿。",
    )
    facts = find_facts(document)
    assert {fact.kind for fact in facts} == {"parameters", "licence", "context"}
    for fact in facts:
        whole = document.title if fact.citation.field == "title" else document.text
        assert whole[fact.citation.start : fact.citation.end] == fact.words


def test_a_card_has_one_fact_of_a_kind_by_majority() -> None:
    """Two reports outvote one, and a card keeps the order of kinds."""
    documents = [
        report("One", "It has 8B parameters and an MIT license."),
        report("Two", "It has 7B parameters."),
        report("Three", "该模型参数70亿。"),
    ]
    card = facts_card(documents)
    assert [(fact.kind, fact.value) for fact in card] == [
        ("parameters", "7000000000"),
        ("licence", "mit"),
    ]
    assert [fact.kind for fact in card] == [
        kind for kind in KINDS if kind in {f.kind for f in card}
    ]
