"""One word of the report's own sentence changed: a denial, a rank, a quotation, a tier, a clock."""

from __future__ import annotations

import pytest

from ribao.model import Verdict
from tests.unit.verify.test_ways import failing

ZH = (
    "新规将于明年施行。网上流传的搬迁消息不属实。增资完成后各方持股比例不变。对传闻公司无法置评。"
    "主营业务未发生重大变化。该机型有望在宁波量产。各方并不认为这意味着涨价。"
)
EN = (
    "The verdict on the harbour firm is likely to stand. The plan is non-binding for the towns. "
    "The lamp is harmless to birds. The committee does not expect that fees will rise."
)


def near(text: str, word: str, put: str) -> str:
    """The sentence of a report that has a word, with another one put for it."""
    mark = "。" if "。" in text else ". "
    sentence = next(one for one in text.split(mark) if word in one).strip(" .。") + mark.strip()
    assert not failing(sentence, text)
    return sentence.replace(word, put)


@pytest.mark.parametrize(
    ("word", "put"),
    [
        ("将于", "将不于"),
        ("不属实", "属实"),
        ("比例不变", "比例变"),
        ("无法", "可以"),
        ("未发生", "已发生"),
        ("有望", "无望"),
    ],
)
def test_a_denial_of_one_sign_is_seen(word: str, put: str) -> None:
    """A 不, 未 or 无 that was put in, left out or turned into its contrary."""
    found = failing(near(ZH, word, put), ZH)
    assert any(one.verdict == Verdict.CONTRADICTED for one in found)


@pytest.mark.parametrize(
    ("word", "put"),
    [("likely", "unlikely"), ("non-binding", "binding"), ("harmless", "harmful")],
)
def test_a_denial_of_one_syllable_is_seen(word: str, put: str) -> None:
    """An English word that was put for the one that it denies."""
    found = failing(near(EN, word, put), EN)
    assert any(one.verdict == Verdict.CONTRADICTED for one in found)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("各方认为这并不意味着涨价。", ZH),  # the "not" went to the other verb
        ("该机型未来有望在宁波量产。", ZH),
        ("The committee expects that fees will not rise.", EN),
    ],
)
def test_a_denial_in_another_place_passes(sentence: str, text: str) -> None:
    """What is denied in other words, and a sign that denies nothing."""
    assert not [one for one in failing(sentence, text) if one.kind == "negation"]
