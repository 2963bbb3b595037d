"""Model names and versions are names, not amounts."""

from __future__ import annotations

import pytest

from ribao.language.quantities import find_quantities
from ribao.language.versions import find_versions


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gemini 3 Flash came out", "Gemini 3 Flash"),
        ("GPT-5.2 came out", "GPT-5.2"),
        ("the iPhone 17 Pro costs more", "iPhone 17 Pro"),
        ("the H100 card", "H100"),
        ("tool v2026.4.29 is out", "v2026.4.29"),
        ("发布豆包1.8", "豆包1.8"),
        ("骁龙8 Elite 芯片", "骁龙8"),
        ("模型Qwen3-30B-A3B开源", "Qwen3-30B-A3B"),
        ("发布Gemini 3家族", "Gemini 3"),
    ],
)
def test_a_versioned_name_is_found_whole(text: str, found: str) -> None:
    """The name ends where the words of the name end."""
    assert found in [it.text for it in find_versions(text)]
    assert [it.text for it in find_quantities(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "小米17万台",
        "小米17家公司",
        "小米两家族",
        "raised to 300 million",
        "Top 10 companies",
        "US$5",
        "up 3.5%",
        "Q4 2025",
    ],
)
def test_an_amount_is_no_version(text: str) -> None:
    """A number that counts is left to the quantities."""
    assert find_versions(text) == ()


def test_two_names_of_one_family_differ() -> None:
    """Gemini 3 Flash is not Gemini 3 Pro, whatever the case or hyphen."""
    flash, pro, again = (
        find_versions(it)[0].name for it in ("Gemini 3 Flash", "Gemini 3 Pro", "gemini-3-flash")
    )
    assert flash != pro
    assert flash == again
