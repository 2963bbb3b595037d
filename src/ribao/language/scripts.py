"""Which language a text is in, told from its script and its commonest words."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache, lru_cache
from importlib import resources

ENOUGH = 4_000  # characters that tell a language; a whole book says no more
FEW = 4  # Latin words to one Han character: names in a Chinese title may outnumber its words so far
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_HAN_RUN = re.compile(f"{_HAN.pattern}+")
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
# Any letter of these scripts; most texts have none, and are told by their Latin words alone.
_NOT_LATIN = re.compile(
    "[" + "".join(each.pattern[1:-1] for each in (_HAN, _KANA, _HANGUL, *_OTHERS.values())) + "]"
)
# All but letters become spaces, letters small: the words of an ASCII text at the speed of C.
_ASCII_WORDS = "".join(chr(n).lower() if chr(n).isalpha() else " " for n in range(128))
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_PERSIAN = re.compile(r"[پچژگ]")


def detect_language(text: str) -> str:
    """Return "zh", "en", "ja", "es", ... for a text, or "" where there is too little to tell.

    A Chinese text full of Latin names is Chinese: one Han character weighs as much as one Latin
    word, and up to four Latin words where none of them is a small word of English. Simplified and
    traditional are both "zh".
    """
    return _detect(text[:ENOUGH])


@lru_cache(maxsize=512)
def _detect(text: str) -> str:
    if text.isascii():
        return _latin_language(text.translate(_ASCII_WORDS).split())
    if not _NOT_LATIN.search(text):
        return _latin_language(list(map(str.lower, _LATIN.findall(text))))
    han, latin = sum(map(len, _HAN_RUN.findall(text))), _LATIN.findall(text)
    kana, hangul = _count(_KANA, text), _count(_HANGUL, text)
    if kana > 0.1 * (han + kana):
        return "ja"
    if hangul > han and hangul > len(latin):
        return "ko"
    if han >= 2 and (han >= len(latin) or _is_chinese_with_names(text)):
        return "zh"
    return _other_script(text, sum(map(len, latin))) or _latin_language(list(map(str.lower, latin)))


def _count(letters: re.Pattern[str], text: str) -> int:
    return len(letters.findall(text)) if letters.search(text) else 0


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
    """English, unless the small words are clearly another language's; `latin` in small letters."""
    if len(latin) < 2:
        return ""
    languages = _languages_of()
    if _not_english().isdisjoint(latin):
        return "en"
    small = [word for word in latin if word in languages]
    hits = Counter(language for word in small for language in languages[word])
    best = max(
        hits, key=lambda language: (hits[language], language == "en", language), default="en"
    )
    if hits[best] <= max(2, 2 * hits["en"]):
        return "en"
    different = sum(best in languages[word] for word in set(small))
    return best if different >= 2 else "en"


@cache
def _not_english() -> frozenset[str]:
    """Every small word of another language; no word of English is among them."""
    return frozenset().union(*(words for name, words in _small_words().items() if name != "en"))


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """The languages that each small word belongs to."""
    found: dict[str, tuple[str, ...]] = {}
    for language, words in _small_words().items():
        for word in sorted(words):
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _small_words() -> dict[str, frozenset[str]]:
    text = resources.files("ribao.language").joinpath("scripts.toml").read_text(encoding="utf-8")
    rows = {name: frozenset(row.split()) for name, row in tomllib.loads(text)["words"].items()}
    english = rows["en"]
    return {
        name: row if name == "en" else frozenset(w for w in row - english if len(w) > 1)
        for name, row in rows.items()
    }
