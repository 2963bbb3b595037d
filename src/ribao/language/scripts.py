"""Which language a text is in, told from its script and its commonest words."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")


def detect_language(text: str) -> str:
    """Return "zh", "en", "ja", "ko", ... for a text, or "" where there is too little to tell.

    A Chinese text full of Latin names is Chinese: one Han character weighs as much as one Latin word.
    """
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    kana, hangul = len(_KANA.findall(text)), len(_HANGUL.findall(text))
    if kana > 0.1 * (han + kana):
        return "ja"
    if hangul > han and hangul > latin:
        return "ko"
    if han >= 2 and han >= latin:
        return "zh"
    return "en" if latin >= 2 else ""
