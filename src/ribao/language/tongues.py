"""In which language a reader must read one line, such as a title full of foreign names."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
_FEW = 4  # Latin words to one Han character: beyond it the Han are a name in a foreign sentence


def tongue_of(text: str, otherwise: str) -> str:
    """The language of a line by its script; `otherwise` is that of its document.

    A document in Chinese may carry an English title, and a Chinese title more Latin words than Han
    characters. A line in Latin script is in the document's language if that is written so, else
    English; a line without letters is in the document's language.
    """
    han, latin = len(_HAN.findall(text)), len(_LATIN.findall(text))
    if len(_KANA.findall(text)) >= 2:
        return "ja"
    if len(_HANGUL.findall(text)) >= 2:
        return "ko"
    if han >= 2 and latin <= _FEW * han:
        return "zh"
    if latin >= 2:
        return "en" if otherwise in {"zh", "ja", "ko", ""} else otherwise
    return otherwise
