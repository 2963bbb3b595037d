"""Whether a report names what a sentence names, in either language and in any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from ribao.language.aliases import fold_by_character, known_names
from ribao.language.names import NameMention
from ribao.language.pinyin import signs_for, syllables_in
from ribao.language.sounds import may_be_heard, may_begin
from ribao.verify.claims import NAME, Claim
from ribao.verify.passages import Passage
from ribao.verify.readers import Person, signs
from ribao.verify.unlisted import is_foreign

_PART = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*")
_LETTERS = re.compile(r"\w+")
_LATIN = r"[A-Za-z\u00c0-\u024f]"
_CAPITALISED = re.compile(rf"(?<![\d'’-])(?<!{_LATIN})[A-ZÀ-Þ](?:{_LATIN}|[’'-](?={_LATIN}))+")
_LATIN_DIGIT = "a-z0-9\u00c0-\u024f"
_JOINED = re.compile(f"[{_LATIN_DIGIT}]")
_GOES_ON = re.compile(rf"[{_LATIN_DIGIT}]|\.\d", re.IGNORECASE)


def span_of(claim: Claim, passage: Passage) -> tuple[int, int] | None:
    """Where a passage names what the claim names; None where it does not.

    A known name counts in any of its spellings and languages, any other in the same letters,
    whatever spaces, hyphens and case stand between them. Gemini 3 is not Gemini 3.5, and Pro is
    not Flash.
    """
    value = claim.value
    if isinstance(value, NameMention) and not value.family:
        place = passage.names.get(value.id) or _people_of(value.id, passage)
        if place is not None:
            return place
    as_written = _as_written(claim.text, passage.text)
    if as_written is not None:
        return as_written
    found = _pattern(claim.text).search(passage.folded)
    if found is not None:
        return passage.unfolded(*found.span())
    return _other_form(claim, passage)


def _as_written(name: str, text: str) -> tuple[int, int] | None:
    """Where a text has a name letter by letter: most have, and no pattern has to be made for it."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before = not name[0].isascii() or not _JOINED.match(text[at - 1 : at].casefold())
        if before and (not name[-1].isascii() or not _GOES_ON.match(text, end)):
            return at, end
        at = text.find(name, at + 1)
    return None


def _other_form(claim: Claim, passage: Passage) -> tuple[int, int] | None:
    """Where a passage has the name in other letters: by its parts, its sound or its pinyin."""
    if claim.text.isascii() and passage.language == "zh":
        spelled = _by_pinyin(claim.text, passage)
        if spelled is not None:
            return spelled
    if isinstance(claim.value, Person) and passage.language == "en" and claim.text[0] > "\u4e00":
        spelled = _in_pinyin(claim.text, passage)
        if spelled is not None:
            return spelled
    if isinstance(claim.value, NameMention):
        return _other_spelling(claim.value, passage) or _without_tail(claim.value, passage)
    if is_foreign(claim.text):
        words = _LETTERS.findall(claim.text)
        return _apart(words, passage) or _by_sound(words, passage)
    return None


def _people_of(place: str, passage: Passage) -> tuple[int, int] | None:
    """Where a passage names the people of a place, which names the place, too."""
    peoples = _demonyms().get(place)
    found = peoples.search(passage.text) if peoples else None
    return found.span() if found else None


# The inland of a Chinese report is China, where no other country stands before it: 日本国内.
_AT_HOME = r"(?:(?<![\u4e00-\u9fff])|(?<=[的是在对向从等为及和与当年月日]))国内(?!外)"


@cache
def _demonyms() -> dict[str, re.Pattern[str]]:
    """What may stand for a place, by its id: Danish for Denmark."""
    lines = (line.partition(":") for line in signs()["demonyms"].splitlines() if ":" in line)
    return {
        place.strip(): re.compile(
            "|".join(_AT_HOME if w == "国内" else rf"\b{w}\b" for w in words.split())
        )
        for place, _, words in lines
    }


def _by_pinyin(name: str, passage: Passage) -> tuple[int, int] | None:
    """Where the Chinese name stands that a name in Latin letters spells: 凌川 of Lingchuan Ltd.

    The words of a person are all pinyin and stand together; of a company the first one is, with two
    syllables or more, and the others say what it is, which may be told in any words.
    """
    pattern = _spelled(name)
    found = pattern.search(passage.folded) if pattern else None
    return passage.unfolded(*found.span()) if found else None


def _in_pinyin(name: str, passage: Passage) -> tuple[int, int] | None:
    """Where an English report has a Chinese person: Lin Muyun of 林慕云, in either order."""
    for words, span in _runs(passage.text):
        for run in (words, " ".join(reversed(words.split()))):
            pattern = _spelled(run)
            if pattern is not None and pattern.fullmatch(name):
                return span
    return None


@lru_cache(maxsize=256)
def _runs(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    """The runs of two words of pinyin with a capital, as in Lin Muyun."""
    words = [match for match in _CAPITALISED.finditer(text) if syllables_in(match.group())]
    return tuple(
        (text[first.start() : last.end()], (first.start(), last.end()))
        for first, last in pairwise(words)
        if text[first.end() : last.start()] == " "
    )


@lru_cache(maxsize=4096)
def _spelled(name: str) -> re.Pattern[str] | None:
    words = re.sub(r"['’]s$", "", name).split()
    numbers = [word for word in words if syllables_in(word.split("-")[0])]
    if len(numbers) == len(words) and (len(words) > 1 or syllables_in(words[0]) >= _SYLLABLES):
        return re.compile("".join(f"(?:{signs_for(word)})" for word in words))
    first = words[0]
    match = _MODEL.fullmatch(first)  # Feilian-2 is 飞廉二号 or 飞廉-2
    if match and len(words) == 1 and syllables_in(match[1]) >= _SYLLABLES:
        digits = "".join(_DIGITS[digit] for digit in match[2])
        return re.compile(rf"(?:{signs_for(match[1])})[\W_]*(?:{match[2]}|{digits})")
    if syllables_in(first) >= _SYLLABLES:
        return re.compile(f"(?:{signs_for(first)})")
    return None


_MODEL = re.compile(r"([A-Za-z]+)-?(\d{1,2})")
_SYLLABLES = 2  # of the first word of a company: a single one is everywhere
_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))


def _by_sound(words: list[str], passage: Passage) -> tuple[int, int] | None:
    """Where the Latin name stands whose sound a foreign name in Chinese letters writes.

    Chinese letters write the sound alone, so 彼得·德桑提斯 is borne out by "Peter DeSantis". The
    family name must be heard, of the given one its beginning.
    """
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
