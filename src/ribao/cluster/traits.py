"""What tells one event from another: the words, names, figures and links of a document.

Words stay in their language. Names and facts are the same in every language: ids of the alias
table, figures with their units, concepts of the lexicon. The title weighs three times the lead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources

from ahocorasick_rs import AhoCorasick, MatchKind

from ribao.language.aliases_learned import LearnedNames
from ribao.language.names import NameMention, find_names
from ribao.language.quantities import find_quantities
from ribao.language.words import fold, words
from ribao.model import Document

TITLE_WEIGHT = 3.0
# What a version adds to the product that it is a version of, and what another product of its name
# does: GPT-5.2 is GPT, MiMo Studio is not MiMo.
VERSION_SHARE, PART_SHARE = 0.75, 0.3
LEAD_CHARS = {"zh": 240, "ja": 240, "ko": 300}  # about three sentences; a lead tells the event
LEAD_CHARS_LATIN = 600
_HAS_FIGURE = re.compile(r"[0-9０-９百千万亿萬億]")
_PAPER = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/|alphaxiv\.org/abs/)(\d{4}\.\d{4,5})"
)
_LISTED = re.compile(r"\s*[；;]\s*")
LISTED_EVENTS, SHORTEST_EVENT = 3, 6  # events of a list of headlines; characters of one
_HAN = re.compile(r"[\u3400-\u9fff]+")
# A notice of a listed company begins with its name: 福能东方：…, ST百灵：…
_ANNOUNCER = re.compile(r"([*A-Z]{0,3}[\u3400-\u9fff]{2,8}[A-Z]?)\s?[：:](?!\d)")


@dataclass(frozen=True, slots=True)
class Traits:
    """What one document is compared by. All weights are term frequencies before IDF."""

    language: str
    words: Mapping[str, float]
    names: Mapping[str, float]
    facts: Mapping[str, float]  # figures ("#money:USD:6.6e+09") and concepts ("c:acquire")
    title_names: tuple[str, ...] = ()  # without places
    links: tuple[str, ...] = ()
    version: tuple[str, str, str] = ("", "", "")  # of the title: family, generation, full name


def traits_of(document: Document, learned: LearnedNames | None = None) -> Traits:
    """Take the traits of a document from its title and the beginning of its text.

    `learned` finds names that no table has, in whichever of two languages they stand.
    """
    title, text, language = document.title, document.text, document.language
    traits = make_traits(title, text, language, links_of(document))
    return (
        _with_learned(traits, title, _lead(title, text, language), learned) if learned else traits
    )


def _with_learned(traits: Traits, title: str, lead: str, learned: LearnedNames) -> Traits:
    """Count learned names like known ones; what was found by its form already stays as it is."""
    in_title, in_lead = learned.find(title), learned.find(lead)
    names = dict(traits.names)
    for id_ in dict.fromkeys((*in_title, *in_lead)):
        weight = TITLE_WEIGHT * (id_ in in_title) + (id_ in in_lead)
        names[f"n:{id_}"] = max(weight, names.get(f"n:{id_}", 0.0))
    if names == traits.names:
        return traits
    titled = dict.fromkeys((*traits.title_names, *(f"n:{id_}" for id_ in in_title)))
    return replace(traits, names=names, title_names=tuple(titled))


@lru_cache(maxsize=8192)
def make_traits(title: str, text: str, language: str, links: tuple[str, ...] = ()) -> Traits:
    """Take the traits of a title and a text; `text` may be empty."""
    found: tuple[dict[str, float], dict[str, float], dict[str, float]] = ({}, {}, {})
    title_names: tuple[str, ...] = ()
    version = ("", "", "")
    lead = _lead(title, text, language)
    for part, weight in ((_told(title, lead), TITLE_WEIGHT), (lead, 1.0)):
        if not part:
            continue
        mentions = find_names(part)
        if weight == TITLE_WEIGHT:
            title_names = tuple(f"n:{_name(m)}" for m in mentions if m.kind != "place")
            version = _version(mentions)
            announcer = _announcer(part, mentions)
            if announcer:
                title_names = (*title_names, announcer)
                found[1][announcer] = weight
        channels = (_terms(part), _names(mentions), _facts(part))
        for channel, terms in zip(found, channels, strict=True):
            for term, share in terms:
                channel[term] = channel.get(term, 0.0) + weight * share
    return Traits(language, *found, title_names, links, version)


def _announcer(title: str, mentions: tuple[NameMention, ...]) -> str:
    """Who speaks before the colon of a Chinese title, as a name, where no table has it; else ""."""
    match = _ANNOUNCER.match(title)
    if match is None or any(mention.start < match.end(1) for mention in mentions):
        return ""
    return f"n:{fold(match.group(1))}"


def _version(mentions: tuple[NameMention, ...]) -> tuple[str, str, str]:
    """The one product of a family that a title is about: gemini, gemini 3, gemini 3 flash."""
    found = {(mention.family, mention.id) for mention in mentions if mention.family}
    if len(found) != 1:
        return "", "", ""
    family, name = found.pop()
    parts = name.removeprefix(family).split()
    number = next((at for at, part in enumerate(parts, 1) if part[-1].isdigit()), len(parts))
    generation = " ".join((family, *parts[:number]))
    return family, generation, name if name != generation else ""


def links_of(document: Document) -> tuple[str, ...]:
    """What a document is and names on the web: a paper by its number, else addresses.

    The part of a round-up has no page of its own, and a bare home page says nothing.
    """
    own = () if document.part_of else (document.url,)
    found: dict[str, None] = {}
    for link in (*own, *document.links):
        paper = _PAPER.search(link)
        if paper:
            found[f"paper:{paper.group(1)}"] = None
    return tuple(found)


def _lead(title: str, text: str, language: str) -> str:
    """The beginning of the text, without a repetition of the title."""
    body = text.removeprefix(title).lstrip()
    return body[: LEAD_CHARS.get(language, LEAD_CHARS_LATIN)]


def _told(title: str, lead: str) -> str:
    """Of a title that lists several events the one that the text tells; else the first."""
    events = [event for event in _LISTED.split(title) if len(event) >= SHORTEST_EVENT]
    if len(events) < LISTED_EVENTS:
        return title
    told = set(words(lead))
    return max(events, key=lambda event: sum(len(word) for word in told & set(words(event))))


def _terms(text: str) -> Iterator[tuple[str, float]]:
    """Stems and their pairs for Latin script, words and character pairs for Chinese."""
    previous = ""
    for word in words(text):
        if _HAN.match(word):
            if len(word) > 1:
                yield word, 1.0
            previous = ""
            continue
        stem = stem_of(word)
        if not stem:
            continue
        yield stem, 1.0
        if previous:
            yield f"{previous}_{stem}", 1.0
        previous = stem
    for run in _HAN.findall(fold(text)):
        for at in range(len(run) - 1):
            yield f"~{run[at : at + 2]}", 1.0


def _names(mentions: tuple[NameMention, ...]) -> Iterator[tuple[str, float]]:
    for mention in mentions:
        name = _name(mention)
        yield f"n:{name}", 1.0
        family = mention.family or mention.id.removesuffix(name).strip()
        if family:
            version = any(char.isdigit() for char in name.removeprefix(family))
            yield f"n:{family}", VERSION_SHARE if version else PART_SHARE


def _name(mention: NameMention) -> str:
    """The id of a name; of an unknown version its last two words: some put the maker before it."""
    parts = mention.id.split()
    versioned = mention.kind == "unknown" and len(parts) > 2 and parts[-1][0].isdecimal()
    return " ".join(parts[-2:]) if versioned else mention.id


def _facts(text: str) -> Iterator[tuple[str, float]]:
    # Figures that tell events apart are written with digits or large Han scales; the test is cheap.
    for quantity in find_quantities(text) if _HAS_FIGURE.search(text) else ():
        key = figure_key(quantity.kind, quantity.unit, float(quantity.low))
        if key:
            yield key, 1.0
    for concept in concepts(text):
        yield f"c:{concept}", 0.7


def figure_key(kind: str, unit: str, value: float) -> str:
    """Name a figure so that roundings agree; "" for small bare numbers, which say nothing.

    What is counted has another word in every language and often none: 1,000 people, 1000名工程师.
    """
    if kind == "count" and abs(value) <= 12:
        return ""
    if kind == "count":
        kind, unit = "number", ""
    return f"#{kind}:{unit}:{value:.3g}"


# --- stems and concepts --------------------------------------------------------------------------


@lru_cache(maxsize=200_000)
def stem_of(word: str) -> str:
    """Cut the regular endings off an English word; "" for stop words and single characters."""
    if word in _stop_words() or (len(word) < 2 and not word.isdigit()):
        return ""
    word = word.removesuffix("'s").removesuffix("’s")
    for ending, rest in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)] + rest
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeolsz":
                stem = stem[:-1]
            return stem.removesuffix("e") if len(stem) > 3 else stem
    return word.removesuffix("e") if len(word) > 3 else word


_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("ss", "ss"), ("s", ""))


@cache
def _stop_words() -> frozenset[str]:
    raw = (resources.files(__package__) / "stop_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in raw.splitlines() if line[:1] != "#" for word in line.split())


@cache
def _lexicon() -> tuple[AhoCorasick, tuple[str, ...], dict[str, str]]:
    raw = (resources.files(__package__) / "lexicon.toml").read_text(encoding="utf-8")
    chinese: dict[str, str] = {}
    english: dict[str, str] = {}
    for table in tomllib.loads(raw).values():
        for concept, line in table.items():
            han, _, latin = line.partition("|")
            for word in han.split():
                chinese.setdefault(fold(word), concept)
            for phrase in latin.split():
                key = "_".join(stem_of(part) or part for part in phrase.split("_"))
                english.setdefault(key, concept)
    automaton = AhoCorasick(list(chinese), matchkind=MatchKind.LeftmostLongest)
    return automaton, tuple(chinese.values()), english


def concepts(text: str) -> Iterator[str]:
    """The concepts of the bilingual lexicon that a text names, in any of its two languages."""
    automaton, of_pattern, english = _lexicon()
    for index, _, _ in automaton.find_matches_as_indexes(fold(text)):
        yield of_pattern[index]
    previous = ""
    for word in words(text):
        stem = stem_of(word)
        pair = english.get(f"{previous}_{stem}") if previous else None
        if pair:
            yield pair
        elif stem in english:
            yield english[stem]
        previous = stem
