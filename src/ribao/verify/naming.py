"""Whether a report names what a sentence names, in either language and in any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ribao.language.aliases import fold_by_character, known_names
from ribao.language.names import NameMention
from ribao.language.sounds import may_be_heard, may_begin
from ribao.verify.claims import NAME, Claim
from ribao.verify.passages import Passage
from ribao.verify.readers import signs
from ribao.verify.unlisted import is_foreign

_PART = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*")
_LETTERS = re.compile(r"\w+")
_CAPITALISED = re.compile(r"(?<![\w'’-])[A-ZÀ-Þ][\w'’-]*[\w]")
_LATIN_DIGIT = "a-z0-9\u00c0-\u024f"


def span_of(claim: Claim, passage: Passage) -> tuple[int, int] | None:
    """Where a passage names what the claim names; None where it does not.

    A known name counts in any of its spellings and languages, any other in the same letters,
    whatever spaces, hyphens and case stand between them. Gemini 3 is not Gemini 3.5, and Pro is
    not Flash.
    """
    value = claim.value
    if isinstance(value, NameMention) and not value.family:
        place = passage.names.get(value.id)
        if place is not None:
            return place
    found = _pattern(claim.text).search(passage.folded)
    if found is not None:
        return passage.unfolded(*found.span())
    if isinstance(value, NameMention):
        return _other_spelling(value, passage) or _without_tail(value, passage)
    if is_foreign(claim.text):
        words = _LETTERS.findall(claim.text)
        return _apart(words, passage) or _by_sound(words, passage)
    return None


def _by_sound(words: list[str], passage: Passage) -> tuple[int, int] | None:
    """Where the Latin name stands whose sound a foreign name in Chinese letters writes.

    Chinese letters write the sound alone, so 彼得·德桑提斯 is borne out by "Peter DeSantis". The
    family name must be heard, of the given one its beginning.
    """
    if passage.language == "zh":
        return None
    said = _capitalised(passage.text)
    last = next((place for word, place in said.items() if may_be_heard(words[-1], word)), None)
    if last is None or not any(may_begin(words[0], word) for word in said):
        return None
    return last


@lru_cache(maxsize=512)
def _capitalised(text: str) -> dict[str, tuple[int, int]]:
    """Where each Latin word with a capital stands first, as (start, end)."""
    found: dict[str, tuple[int, int]] = {}
    for match in _CAPITALISED.finditer(text):
        found.setdefault(match.group(), match.span())
    return found


def _without_tail(name: NameMention, passage: Passage) -> tuple[int, int] | None:
    """The name without what a report may leave off: Ltd, FC, Jr."""
    words = name.text.split()
    if len(words) < 2 or words[-1].casefold().rstrip(".") not in signs()["tails"].split():
        return None
    found = _pattern(" ".join(words[:-1])).search(passage.folded)
    return passage.unfolded(*found.span()) if found else None


def _other_spelling(name: NameMention, passage: Passage) -> tuple[int, int] | None:
    """A version under another spelling (豆包1.8, Doubao 1.8), or the parts of an open name."""
    if name.family:
        if name.family not in passage.names:
            return None
        for told in _names(passage):
            other = told.value
            if isinstance(other, NameMention) and f"{other.id} ".startswith(f"{name.id} "):
                return told.start, told.end
        return None
    words = [word for word in name.text.split() if len(word) > 1]
    if len(words) < 2 or name.id in known_names():
        return None
    return _apart(words, passage)


def _apart(words: list[str], passage: Passage) -> tuple[int, int] | None:
    """Where the first word of a name stands, if each of them stands somewhere."""
    places = [_pattern(word).search(passage.folded) for word in words]
    first = places[0]
    if first is None or None in places:
        return None
    return passage.unfolded(*first.span())


def _names(passage: Passage) -> Iterator[Claim]:
    for number in range(len(passage.sentences)):
        yield from passage.claims(number, NAME)


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    """The letters of a name with anything but letters and digits between its parts."""
    folded, _ = fold_by_character(re.sub(r"['’]s$", "", name))
    parts = [re.escape(part) for part in _PART.findall(folded)] or [re.escape(folded)]
    before = f"(?<![{_LATIN_DIGIT}])" if folded[:1].isascii() else ""
    after = rf"(?![{_LATIN_DIGIT}]|\.\d)" if folded[-1:].isascii() else ""
    return re.compile(before + r"[\W_]*".join(parts) + "(?:'s|s)?" * folded[-1:].isalpha() + after)
