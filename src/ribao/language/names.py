"""Names in Chinese and English text: known ones by a bilingual table, others by their form.

`英伟达`, `輝達` and `NVIDIA` are one name; so are `千问` and `Qwen`. What the table does not know
is found by how it is written: Latin script inside Chinese text, capitalised words in English,
CamelCase, a version number after a name, quoted titles. Such names have kind "unknown" and their
folded text as id.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from ribao.language.aliases import fold_by_character, known_names, match_aliases
from ribao.language.scripts import detect_language
from ribao.language.widths import holds_han
from ribao.language.words import fold, is_word, segment


class NameMention(NamedTuple):
    """One name where it stands: `text == whole[start:end]`."""

    start: int
    end: int
    text: str
    id: str  # of the table; or the folded text, words and numbers parted by single spaces
    kind: str  # organisation, person, product, place or unknown
    family: str = ""  # for "Gemini 3 Flash": the known name that it is a version of, "gemini"


_LETTER = "A-Za-zÀ-ɏ"
# A Latin word of a name: letters and digits; dots, hyphens, apostrophes inside, not at its end.
_REST = rf"(?:[{_LETTER}0-9+]|[.'’·-](?=[{_LETTER}0-9]))*"
_WORD = rf"[{_LETTER}]{_REST}"
_VERSION = r"[vV]?\d{1,3}(?:\.\d+){0,2}[A-Za-z]?"
# What may follow the number in the name of a version; any other word belongs to the sentence.
_TIER = (
    "Ultra|Pro|Max|[Mm]ini|[Nn]ano|Flash|Lite|Plus|Air|Turbo|Thinking|Preview|Instruct|Opus|Sonnet|"
    "Haiku|Omni|Codex|Fast|Heavy|Audio|Vision|Coder|Speciale|SE|Fold"
)
_TAIL = re.compile(
    rf"(?:[ .-]?{_VERSION}|[ -](?:{_TIER}))(?:[ -](?:{_TIER}|{_VERSION}))*(?![{_LETTER}0-9])"
)
_SUITE = re.compile(r"[ ][A-Z][A-Za-z]+(?![A-Za-z0-9]| [A-Za-z])")
_VERSIONED = re.compile(
    rf"(?<![{_LETTER}0-9.-])(?:[a-z]?[A-Z][{_LETTER}]*)(?:[ -]?{_VERSION}(?:[ -](?:{_TIER}))*"
    rf"|(?:-[{_LETTER}0-9.]+)+)(?![{_LETTER}0-9%])"
)
_RUN = re.compile(rf"(?<![{_LETTER}0-9]){_WORD}(?:[ ](?:{_WORD}|\d+(?:\.\d+)*(?![\d{_LETTER}%])))*")
_CAPITAL = rf"[A-ZÀ-Þ]{_REST}"
_CAPITALISED = re.compile(rf"(?<![\w.]){_CAPITAL}(?:[ ](?:(?:de|von|van|der|of|&)[ ])?{_CAPITAL})+")
_MIXED = re.compile(rf"(?<![{_LETTER}0-9])[{_LETTER}0-9]*[a-z0-9][A-Z]{_REST}")
_HUMP = re.compile("[a-z0-9][A-Z]")  # in the middle of every mixed word; most texts have none
_HEAD = re.compile(rf"[{_LETTER}]+")
_LONG_WORD = re.compile(rf"[{_LETTER}'’-]{{4,}}")
_DIGIT = re.compile(r"\d")
# What Chinese companies call themselves; before it stands their own name, which no dictionary has.
_COMPANY = (
    "科技|股份|机器人|集团|智能|电子|生物|医药|半导体|汽车|控股|资本|航天|能源|网络|微电子|创投|证券|"
    "新材|精密|光电|通信|软件|数码|文化|传媒|制药|医疗|动力|重工|电气|实业|有限公司|公司|基金"
)
_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
_LEADING = frozenset("被遭由与和同跟向对将据经")  # which the segmenter takes for part of a name
_SUFFIX = re.compile(rf"(?:{_COMPANY})+")
_SUFFIXES = AhoCorasick(_COMPANY.split("|"))
_QUOTED = re.compile(r"(?<=[《「『])[^《》「」『』\n]{2,24}(?=[》」』])")
_MARK = re.compile("[《「『]")
_SENTENCE = re.compile(r"[^.!?。！？\n]+")
_SIZE = re.compile(r"\d+(?:\.\d+)?[BM]")  # of a model: the B of Coder 7B belongs to its name
_FIGURE = re.compile(r"[$€£¥]?\d[\d.,]*[a-z]{0,2}|[’']?s")
_PART = re.compile(r"\S+")
_OWNER = re.compile(r"(?<=\w)['’]s\Z")
_SPLIT = re.compile(r"[\s\-_·]+|(?<=[a-z]{2})(?=\d)|(?<=\d)(?=[a-z]{2,})|(?<=[a-z])\.(?=\d)")
_LONGEST = 5  # words: a longer run of Latin is a sentence, not a name
_OFFICE_WORDS = (
    "mayor president minister secretary senator governor judge justice professor doctor captain"
    " chairman chairwoman director general ambassador chancellor mr mrs ms dr prof sen gov gen"
)
_OFFICES = frozenset(_OFFICE_WORDS.split())
_OFFICE_AND_NAME = 2  # words; of fewer an office is part of the name: Judge Ore
_TITLE_CASE = (
    0.6  # of the words of four letters and more: above it, capitals say nothing about names
)


def find_names(text: str) -> tuple[NameMention, ...]:
    """Find all names of a text, in order and without overlap.

    A version ("Gemini 3 Flash") wins over the name in it, a known name over an unknown one.
    """
    known = known_names()
    mentions: list[NameMention] = []
    english = detect_language(text) == "en"
    for start, end, id_ in known_in(text):
        tail = _TAIL.match(text, end) if known[id_].kind == "product" else None
        if tail is None and known[id_].kind == "product" and not english:
            tail = _suite(text, end)
        if tail:
            version = f"{id_} {_spaced(tail.group())}"
            mentions.append(_mention(text, start, tail.end(), version, "product", id_))
        elif not mentions or start >= mentions[-1].end:
            mentions.append(_mention(text, start, end, id_, known[id_].kind))
    mentions.sort(key=_start)
    for start, end, id_ in _companies(text):
        if [*_free(start, end, mentions)] == [(start, end)]:
            insort(mentions, _mention(text, start, end, id_, "unknown"), key=_start)
    for start, end, fewest in _open_spans(text, english=english):
        for first, last in tuple(_free(start, end, mentions)):
            mention = _open_mention(text, first, last, fewest)
            if mention:
                insort(mentions, mention, key=_start)
    return tuple(mentions)


@lru_cache(maxsize=2048)
def known_in(text: str) -> tuple[tuple[int, int, str], ...]:
    """The names of the table in one sentence, as `match_aliases` gives them; kept, as many ask."""
    return tuple(match_aliases(text))


def same_name(a: str, b: str) -> bool:
    """Whether two spellings are one name: `same_name("英伟达", "NVIDIA")`."""
    return name_id(a) == name_id(b)


@lru_cache(maxsize=4096)
def name_id(name: str) -> str:
    """The id of one name given alone: of the table where it knows it, else its folded text."""
    stripped = name.strip()
    mentions = find_names(stripped)
    if len(mentions) == 1 and mentions[0].text == stripped:
        return mentions[0].id
    return _spaced(stripped)


def name_of(id_: str, language: str) -> str:
    """How a name is printed in `language` (zh, else as in English); an unknown id as it is."""
    entry = known_names().get(id_)
    if entry is None:
        return id_
    return entry.zh if language == "zh" else entry.en


def owner_of(id_: str) -> str:
    """The organisation behind a product or a subsidiary; the id itself where there is none."""
    known = known_names()
    family = id_ if id_ in known else id_.partition(" ")[0]
    if family not in known:
        return id_
    return known[family].owner or family


def _suite(text: str, end: int) -> re.Match[str] | None:
    """One more capital word after a product inside Chinese text ("Gemini Enterprise")."""
    match = _SUITE.match(text, end)
    return match if match and not is_ordinary(match.group().strip()) else None


def _mention(text: str, start: int, end: int, id_: str, kind: str, family: str = "") -> NameMention:
    return NameMention(start, end, text[start:end], id_, kind, family)


def _spaced(surface: str) -> str:
    """Fold a name so that "GPT-5.2", "GPT 5.2" and "GPT5.2" are one."""
    return " ".join(part for part in _SPLIT.split(fold(surface)) if part)


def _companies(text: str) -> Iterator[tuple[int, int, str]]:
    """Chinese companies that no table knows: a word of no dictionary before 科技, 股份, 集团."""
    if not holds_han(text):
        return
    folded, offsets = fold_by_character(text)
    suffixes = {
        start for _, start, _ in _SUFFIXES.find_matches_as_indexes(folded, overlapping=True)
    }
    if offsets or not suffixes:
        return
    for run in _HAN_RUN.finditer(folded):
        at, last = run.span()
        if not any(at + 2 <= start < last for start in suffixes):
            continue
        for piece in segment(run.group()):
            end = at + len(piece)
            word = piece[1:] if len(piece) > 2 and piece[0] in _LEADING else piece
            if end in suffixes and 2 <= len(word) <= 4 and not is_word(word):
                suffix = _SUFFIX.match(folded, end)
                yield end - len(word), suffix.end() if suffix else end, word
            at = end


def _open_spans(text: str, *, english: bool) -> Iterator[tuple[int, int, int]]:
    """Where a name may stand by its form: start, end, and how many words it must have at least."""
    versions = _VERSIONED.finditer(text) if _DIGIT.search(text) else ()
    yield from ((*match.span(), 1) for match in versions if _is_version(match.group()))
    if _MARK.search(text):
        yield from ((*match.span(), 1) for match in _QUOTED.finditer(text))
    if english:
        for sentence in _SENTENCE.finditer(text):
            if not is_title_case(sentence.group()):
                for match in _CAPITALISED.finditer(text, *sentence.span()):
                    yield *match.span(), 2
    if not english or _HUMP.search(text):
        alone = _MIXED if english else _RUN
        yield from ((*match.span(), 1) for match in alone.finditer(text))


@lru_cache(maxsize=512)
def is_title_case(sentence: str) -> bool:
    """Tell whether most words have capitals, so that these say nothing about names."""
    long_words = _LONG_WORD.findall(sentence)
    capital = sum(word[0].isupper() for word in long_words)
    return len(long_words) >= 4 and capital >= _TITLE_CASE * len(long_words)


def _is_version(surface: str) -> bool:
    head = _HEAD.match(surface)
    if head is None or not _DIGIT.search(surface):
        return False
    return head.group().casefold() not in _ordinary()


def _start(mention: NameMention) -> int:
    return mention.start


def _free(start: int, end: int, taken: Sequence[NameMention]) -> Iterator[tuple[int, int]]:
    """The pieces of a span that no mention holds yet; mentions stand in order without overlap."""
    at = start
    for place in range(max(0, bisect_right(taken, start, key=_start) - 1), len(taken)):
        mention = taken[place]
        if mention.start >= end:
            break
        if mention.end <= at:
            continue
        if mention.start > at:
            yield at, mention.start
        at = max(at, mention.end)
    if at < end:
        yield at, end


def _open_mention(text: str, start: int, end: int, fewest: int) -> NameMention | None:
    """Trim ordinary words off a piece; None where no name is left."""
    words = [(m.start(), m.end(), m.group()) for m in _PART.finditer(text[start:end])]
    while words and is_ordinary(words[0][2]):
        words.pop(0)
    if len(words) > _OFFICE_AND_NAME and words[0][2].rstrip(".").lower() in _OFFICES:
        words.pop(0)  # Mayor Tao Lingyi is 市长陶令仪
    while words and is_ordinary(words[-1][2]) and not _SIZE.fullmatch(words[-1][2]):
        words.pop()
    if not fewest <= len(words) <= _LONGEST:
        return None
    first, last = start + words[0][0], start + words[-1][1]
    last -= len(words[-1][2]) - len(_OWNER.sub("", words[-1][2]))
    surface = text[first:last]
    if len(surface) < 2 or (len(words) == 1 and surface.islower() and surface.isascii()):
        return None
    return _mention(text, first, last, _spaced(surface), "unknown")


@lru_cache(maxsize=8192)
def is_ordinary(word: str) -> bool:
    """Tell whether a word names nothing, though it may be written with a capital."""
    bare = word.strip(".,'’-").casefold()
    return bare in _ordinary() or _FIGURE.fullmatch(bare) is not None or not bare


@cache
def _ordinary() -> frozenset[str]:
    raw = (resources.files(__package__) / "ordinary.toml").read_text(encoding="utf-8")
    return frozenset(word for words in tomllib.loads(raw).values() for word in words.split())
