"""Languages are told from script and small words."""

from __future__ import annotations

import pytest

from ribao.language.scripts import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("雾港市议会决定购买渡轮", "zh"),
        ("霧港市議會決定購買渡輪", "zh"),
        ("Zorblax Labs QuuxDB 4.2 SDK Python 发布", "zh"),
        ("雾港 (Brackwater Harbour Board of Ferries and Boats) 买船", "zh"),
        ("The council of Brackwater buys ferries", "en"),
        ("Brackwater (雾港) buys ferries", "en"),
        ("Zorblax buys QuuxDB", "en"),
        ("霧の港がフェリーを買う", "ja"),
        ("안개 항구가 페리를 산다", "ko"),
        ("El consejo de la ciudad compra doce barcos para los vecinos", "es"),
        ("Le conseil de la ville achète douze bateaux pour les habitants", "fr"),
        ("Der Rat der Stadt kauft zwölf Boote und zahlt mit dem Geld des Hafens", "de"),
        ("O conselho da cidade compra doze barcos para os moradores", "pt"),
        ("Il consiglio della città compra dodici barche per gli abitanti", "it"),
        ("De raad van de stad koopt twaalf boten voor het dorp", "nl"),
        ("Dewan kota membeli dua belas kapal untuk warga dan pelabuhan yang baru", "id"),
        ("Совет города покупает лодки", "ru"),
        ("Рада міста купує човни", "uk"),
        ("مجلس المدينة يشتري القوارب", "ar"),
        ("Το συμβούλιο αγοράζει βάρκες", "el"),
        ("", ""),
        ("42", ""),
        ("QuuxDB", ""),
    ],
)
def test_language(text: str, language: str) -> None:
    """One line is enough where its script or its small words tell."""
    assert detect_language(text) == language


def test_english_headlines_with_borrowed_words_are_english() -> None:
    """A place called Los Lagos and a firm called La Mer make no Spanish."""
    assert detect_language("Los Lagos plant opens, La Mer says") == "en"
