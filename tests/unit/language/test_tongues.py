"""The language of one line is told from its script."""

from __future__ import annotations

import pytest

from ribao.language.tongues import tongue_of


@pytest.mark.parametrize(
    ("line", "document", "tongue"),
    [
        ("Lanting 发布 Heming 2 Flash Pro", "zh", "zh"),
        ("The Heming store is here", "zh", "en"),
        ("Lanting (兰亭) opens its model to all developers in the whole wide world", "en", "en"),
        ("Le modèle est ouvert", "fr", "fr"),
        ("鶴のモデルが公開された", "en", "ja"),
        ("모델이 공개되었다", "en", "ko"),
        ("v2.0.51", "en", "en"),
    ],
)
def test_a_line_may_differ_from_its_document(line: str, document: str, tongue: str) -> None:
    """A title of foreign names stays Chinese; an English title of a Chinese report is English."""
    assert tongue_of(line, document) == tongue
