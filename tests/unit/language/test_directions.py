"""Words that turn a claim, with keys that are the same in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ribao.language.directions import (
    find_attributions,
    find_directions,
    find_hedges,
    find_negations,
    find_quotations,
    find_superlatives,
)

Finder = Callable[[str], tuple[Any, ...]]


@pytest.mark.parametrize(
    ("find", "zh", "en", "key"),
    [
        (find_directions, "销量同比增长", "sales grew", "up"),
        (find_directions, "利润下滑", "profit fell", "down"),
        (find_directions, "价格持平", "prices were flat", "flat"),
        (find_negations, "公司尚未回应", "it did not reply", "not"),
        (find_superlatives, "这是全球首个", "the first of them", "first"),
        (find_superlatives, "规模最大", "the largest", "largest"),
        (find_superlatives, "史无前例", "an unprecedented step", "unprecedented"),
        (find_hedges, "或于周五发布", "it may be late", "may"),
        (find_hedges, "计划扩建", "it plans a plant", "plan"),
        (find_hedges, "预计上市", "it is expected soon", "expect"),
    ],
)
def test_both_languages_give_one_key(find: Finder, zh: str, en: str, key: str) -> None:
    """首个 and "first" are the same claim."""
    assert [it.key for it in find(zh)] == [key]
    assert [it.key for it in find(en)] == [key]


@pytest.mark.parametrize(
    ("find", "text"),
    [
        (find_negations, "未来三年"),
        (find_negations, "无论如何"),
        (find_negations, "非法集资"),
        (find_negations, "another note"),
        (find_directions, "the supper was cold"),
        (find_hedges, "或者"),
        (find_superlatives, "最大众化的车"),
        (find_superlatives, "at least five"),
        (find_attributions, "从这个角度来说，很难"),
    ],
)
def test_a_word_inside_another_is_none(find: Finder, text: str) -> None:
    """未 in 未来 denies nothing."""
    assert find(text) == ()


def test_the_longest_form_is_taken() -> None:
    """并没有 is one negation, not three."""
    assert [it.text for it in find_negations("我们并没有答应")] == ["并没有"]


@pytest.mark.parametrize(
    ("text", "speaker", "key"),
    [
        ("陈舟表示，工厂明年开工。", "陈舟", "say"),
        ("据晨报报道，工厂停工。", "晨报", "according-to"),
        ("The plant will close, said Ada Lind.", "Ada Lind", "say"),
        ("According to Harbour News, the plant closed.", "Harbour News", "according-to"),
        ("Trams are free from Monday, said Mayor Ottoline Brass.", "Mayor Ottoline Brass", "say"),
        ("The ferries start in June, said Brass.", "Brass", "say"),
        ("June Brass said it.", "June Brass", "say"),
    ],
)
def test_the_speaker_is_named(text: str, speaker: str, key: str) -> None:
    """An attribution carries who says it."""
    assert [(it.speaker, it.key) for it in find_attributions(text)] == [(speaker, key)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("他说：“今天很好。”", "今天很好。"),
        ("她稱「很好」", "很好"),
        ('"It works," she said.', "It works,"),
        ("the so-called ‘big one’ came", "big one"),
    ],
)
def test_a_quotation_is_its_inside(text: str, inside: str) -> None:
    """The marks are not part of the quotation."""
    (found,) = find_quotations(text)
    assert found.text == inside == text[found.start : found.end]


def test_an_apostrophe_opens_no_quotation() -> None:
    """It's and users' are words."""
    assert find_quotations("It's the users' choice") == ()
