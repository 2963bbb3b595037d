"""Chinese persons with rare surnames and any title are names, in claims and between sentences."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.verify.claims import NAME, find_claims
from ribao.verify.people_zh import people_by_tag
from tests.unit.verify.proving import kinds

REPORT = (
    "榆州剧院新厅周日开放。设计师郗砚清说：“好的大厅应该让人忘记大厅。”馆长蔺慕云称，旧厅改作仓库。"
    "居民代表裘芸说，停车位不够。"
)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("航运分析师蓝田表示，形势好转。", "蓝田"),
        ("馆长蔺慕云说，门票免费。", "蔺慕云"),
        ("居民代表裘芸在会上表示，车位不够。", "裘芸"),
    ],
)
def test_a_person_between_a_title_and_a_verb_of_saying_is_a_claim(sentence: str, name: str) -> None:
    """Whatever the title and however rare the surname."""
    claims = find_claims(sentence, "zh", date(2025, 6, 2))
    assert name in [one.text for one in claims if one.family == NAME]


@pytest.mark.parametrize(
    "sentence",
    ["负责人向记者介绍，门票免费。", "专家介绍说，那对银壶是真品。", "队员安全意识很强，教练说。"],
)
def test_what_stands_there_and_is_no_person_is_none(sentence: str) -> None:
    """Words of the dictionary begin with surnames, too."""
    claims = find_claims(sentence, "zh", date(2025, 6, 2))
    assert not [one.text for one in claims if one.family == NAME]
    assert not people_by_tag(sentence)


def test_a_chinese_person_is_found_in_an_english_report() -> None:
    """By the pinyin of all signs; another sign is another person."""
    report = "Founder Lin Muyun said on Monday that the new plant would start in spring."
    assert kinds("创始人林慕云周一说，新厂春天开工。", report) == []
    assert kinds("创始人林慕宇周一说，新厂春天开工。", report) == ["name"]


@pytest.mark.parametrize(
    ("true", "false"),
    [
        (
            "设计师郗砚清说：“好的大厅应该让人忘记大厅。”",
            "馆长蔺慕云说：“好的大厅应该让人忘记大厅。”",
        ),
        ("居民代表裘芸说，车位不够用。", "居民代表裘云说，车位不够用。"),
        ("居民代表裘芸说，停车位太少。", "居民代表蔺慕云说，停车位太少。"),
    ],
)
def test_another_person_is_seen(true: str, false: str) -> None:
    """One whom no report has, and one who did not say it."""
    assert kinds(true, REPORT) == []
    assert "name" in kinds(false, REPORT)
