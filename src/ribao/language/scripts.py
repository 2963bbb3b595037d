"""Which language a text is in, told from its script and its commonest words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources

ENOUGH = 4_000  # characters that tell a language; a whole book says no more
FEW = 4  # Latin words to one Han character: names in a Chinese title may outnumber its words so far
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_BRACKETED = re.compile(r"[(（\[][^()（）\[\]]{0,80}[)）\]]")
_OTHERS = {
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
}
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_PERSIAN = re.compile(r"[پچژگ]")


def detect_language(text: str) -> str:
    """Return "zh", "en", "ja", "es", ... for a text, or "" where there is too little to tell.

    A Chinese text full of Latin names is Chinese: one Han character weighs as much as one Latin
    word, and up to four Latin words where none of them is a small word of English. Simplified and
    traditional are both "zh".
    """
    text = text[:ENOUGH]
    han, latin = len(_HAN.findall(text)), _LATIN.findall(text)
    kana, hangul = len(_KANA.findall(text)), len(_HANGUL.findall(text))
    if kana > 0.1 * (han + kana):
        return "ja"
    if hangul > han and hangul > len(latin):
        return "ko"
    if han >= 2 and (han >= len(latin) or _is_chinese_with_names(text)):
        return "zh"
    return _other_script(text, sum(map(len, latin))) or _latin_language(latin)


def _is_chinese_with_names(text: str) -> bool:
    """Tell a Chinese line of foreign names from a foreign line that gives a name in Chinese."""
    bare = _BRACKETED.sub(" ", text)
    han, latin = len(_HAN.findall(bare)), _LATIN.findall(bare)
    small = _small_words()["en"].intersection(map(str.lower, latin))
    return han >= 2 and len(latin) <= FEW * han and not small


def _other_script(text: str, latin_letters: int) -> str:
    counts = {language: len(letters.findall(text)) for language, letters in _OTHERS.items()}
    language, count = max(counts.items(), key=lambda found: found[1])
    if count < 3 or count <= latin_letters:
        return ""
    if language == "ru" and _UKRAINIAN.search(text):
        return "uk"
    return "fa" if language == "ar" and _PERSIAN.search(text) else language


def _latin_language(latin: list[str]) -> str:
    """English, unless the small words are clearly those of another language."""
    if len(latin) < 2:
        return ""
    counts = Counter(map(str.lower, latin))
    hits = {
        language: sum(counts[word] for word in words) for language, words in _small_words().items()
    }
    best = max(hits, key=lambda language: (hits[language], language == "en", language))
    own = sum(counts[word] > 0 for word in _small_words()[best])
    return best if hits[best] > max(2, 2 * hits["en"]) and own >= 2 else "en"


@cache
def _small_words() -> dict[str, frozenset[str]]:
    text = resources.files("ribao.language").joinpath("scripts.toml").read_text(encoding="utf-8")
    rows = {name: frozenset(row.split()) for name, row in tomllib.loads(text)["words"].items()}
    english = rows["en"]
    return {
        name: row if name == "en" else frozenset(w for w in row - english if len(w) > 1)
        for name, row in rows.items()
    }
