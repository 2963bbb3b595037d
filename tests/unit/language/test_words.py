"""Words are folded, so that equal words compare equal."""

from __future__ import annotations

import pytest

from ribao.language.words import bigrams, fold, words


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("ＱｕｕｘＤＢ", "quuxdb"),
        ("霧港購買渡輪", "雾港购买渡轮"),
        ("STRASSE", "straße"),
        ("①", "1"),
    ],
)
def test_spellings_fold_into_one(one: str, two: str) -> None:
    """Width, case and traditional characters make no difference."""
    assert fold(one) == fold(two)


def test_latin_words_stay_whole() -> None:
    """Names with digits, dots, hyphens and accents are one word."""
    assert words("Gemini-3.5 aims at São Paulo's cafés") == [
        "gemini-3.5", "aims", "at", "são", "paulo's", "cafés",
    ]  # fmt: skip


def test_chinese_is_segmented() -> None:
    """Chinese words come out as a dictionary knows them, names by their form."""
    assert words("雾港科技发布大模型QuuxDB") == ["雾港", "科技", "发布", "大", "模型", "quuxdb"]


def test_other_scripts_are_words_too() -> None:
    """Cyrillic, Hangul and kana are not lost."""
    assert words("Лодки 페리 フェリー") == ["лодки", "페리", "フェリー"]


def test_bigrams_overlap() -> None:
    """Pairs of signs, Latin words whole, a lone sign alone."""
    assert bigrams("雾港买船QuuxDB，船") == ["雾港", "港买", "买船", "quuxdb", "船"]
