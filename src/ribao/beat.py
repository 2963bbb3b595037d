"""A beat: what an edition is about, as a file. `beats/ai.toml` is the built-in one.

A beat names the words that mark its field (and how strongly), the words that mark noise, the
sections of the paper with the rules that fill them, and the organisations that weigh more.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import ahocorasick_rs
from pydantic import Field, ValidationError, model_validator

from ribao.complaints import complaints
from ribao.config import Settings, Word
from ribao.errors import ConfigError
from ribao.files import read_regular
from ribao.language.words import fold, words

TEXT_SHARE = 0.35  # a word of the text says less of a subject than the same word of the title
TEXT_CAP = 3.0  # points: a long text holds a few words of every field, so it cannot carry alone
TEXT_LENGTH = 1200  # characters; what a report is about stands in its first paragraphs
SHORT_HAN = 3  # characters; longer Chinese words are rarely found across two others
AROUND = 6  # characters on each side, enough to find the words that touch a match
PLURAL_LENGTH = 3  # characters; shorter Latin words with an s behind are other words (AIs, is)


class Masthead(Settings):
    """How the edition presents itself in one language."""

    title: str
    category: str
    tags: tuple[str, ...] = ()
    seo: tuple[str, ...] = ()


class Words(Settings):
    """Words of one weight. Of `off` words the weight is subtracted, and `name` says which noise."""

    weight: float = Field(gt=0, le=10)
    words: tuple[Word, ...] = Field(min_length=1)
    name: str = ""


class Organisation(Settings):
    """Somebody whose news weigh more. Also the unit of diversity: one company, so many stories."""

    id: str = Field(pattern="^[a-z0-9-]+$")
    weight: float = Field(0.0, ge=0, le=10)  # points for a story about it
    relevance: float = Field(0.0, ge=0, le=10)  # how much its bare name says of the field
    names: tuple[Word, ...] = Field(min_length=1)  # names of it and of what it makes, zh and en
    sites: tuple[str, ...] = ()  # hosts, or host/path, where it speaks for itself


class SectionRule(Settings):
    """One section of the paper and what fills it: the section with the most points gets a story."""

    id: str = Field(pattern="^[a-z0-9-]+$")
    kind: str = Field("story", pattern="^(story|release|brief)$")
    zh: str
    en: str
    words: tuple[Word, ...] = ()
    organisations: tuple[str, ...] = ()  # ids of organisations of this beat
    categories: tuple[str, ...] = ()  # categories of sources
    sites: tuple[str, ...] = ()  # hosts, or host/path, of the reports
    unless: tuple[Word, ...] = ()  # words of a title that keep a story out
    weight: float = Field(1.0, gt=0, le=10)  # points of one word; breaks ties between sections


@dataclass(frozen=True, slots=True)
class Relevance:
    """What a beat makes of one text: the sum, and the words on both sides of it."""

    points: float
    on: tuple[str, ...]
    off: tuple[str, ...]
    noise: tuple[str, ...] = ()  # the names of the groups that `off` came from


class Beat(Settings):
    """All of a beat file. Frozen, and closed to keys that it does not know."""

    id: str = Field(pattern="^[a-z0-9-]+$")
    threshold: float = Field(2.0, ge=0)  # points of relevance that a report needs
    zh: Masthead
    en: Masthead
    on: tuple[Words, ...]
    off: tuple[Words, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    sections: tuple[SectionRule, ...] = Field(min_length=1)
    exclude: tuple[Word, ...] = ()  # subjects or words that are not printed, as [rank] exclude
    catalogue: tuple[str, ...] = ()  # files of the built-in catalogue that are read; () is all
    source: tuple[dict[str, Any], ...] = ()  # sources of its own, as in a TOML list of sources

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Beat:
        known = {organisation.id for organisation in self.organisations}
        for subjects in (self.organisations, self.sections):
            ids = [subject.id for subject in subjects]
            twice = sorted({one for one in ids if ids.count(one) > 1})
            if twice:
                raise ValueError(f"the id stands twice: {', '.join(twice)}")
        for section in self.sections:
            strangers = [one for one in section.organisations if one not in known]
            if strangers:
                raise ValueError(f"no such organisation: {', '.join(strangers)}")
        return self

    def masthead(self, language: str) -> Masthead:
        """Return the masthead in zh or en."""
        return self.zh if language == "zh" else self.en

    def judge(self, title: str, text: str = "") -> Relevance:
        """Weigh a title and the beginning of its text; each word counts once, the title more."""
        titled = self._matcher.find(title)
        told = self._matcher.find(text[:TEXT_LENGTH]) - titled
        points, text_points = 0.0, 0.0
        on: list[str] = []
        off: list[str] = []
        noise: set[str] = set()
        for word in sorted(titled | told):
            weight, group = self._weights[word]
            if word in titled:
                points += weight
            else:
                text_points += weight * TEXT_SHARE
            (on if weight > 0 else off).append(word)
            if group:
                noise.add(group)
        points += max(-TEXT_CAP, min(TEXT_CAP, text_points))
        return Relevance(points, tuple(on), tuple(off), tuple(sorted(noise)))

    def relevance(self, title: str, text: str = "") -> tuple[float, str]:
        """Points of a title and a text for this beat, and the words they come from."""
        found = self.judge(title, text)
        return found.points, ", ".join((*found.on, *(f"-{word}" for word in found.off)))

    def mentions(self, text: str) -> tuple[str, ...]:
        """Ids of the organisations that a text names, in the order in which it names them first."""
        return tuple(self.places(text))

    def places(self, text: str) -> dict[str, float]:
        """Where a text first names each organisation: 0.0 at its beginning, below 1.0 at its end.

        Who stands first in a headline is mostly who acts; who stands last is compared with.
        """
        length = max(1, len(fold(text)))
        found: dict[str, float] = {}
        for start, _, name in self._names.spans(text):
            for one in self._organisation_by_name[name]:
                found.setdefault(one, start / length)
        return found

    def speaks_for(self, url: str) -> tuple[str, ...]:
        """Ids of the organisations of whose own sites an address is, in the order of the file."""
        host, path = _host_and_path(url)
        pieces = host.split(".")
        found = {
            (place, id_)
            for start in range(len(pieces))
            for place, id_, folder in self._sites_by_host.get(".".join(pieces[start:]), ())
            if not folder or _is_under(path, folder)
        }
        return tuple(id_ for _, id_ in sorted(found))

    def section_words(self, text: str) -> dict[str, int]:
        """How many different words of each section's rule a text holds, by section id."""
        return {
            section: len(matcher.find(text)) for section, matcher in self._section_matchers.items()
        }

    def closed_sections(self, titles: str) -> set[str]:
        """Ids of the sections that a word of the titles keeps a story out of."""
        return {id_ for id_, matcher in self._section_guards.items() if matcher.find(titles)}

    @cached_property
    def _section_matchers(self) -> dict[str, Matcher]:
        return {section.id: Matcher(section.words) for section in self.sections}

    @cached_property
    def _section_guards(self) -> dict[str, Matcher]:
        return {section.id: Matcher(section.unless) for section in self.sections}

    @cached_property
    def _weights(self) -> dict[str, tuple[float, str]]:
        weights: dict[str, tuple[float, str]] = {}
        for one in self.organisations:
            if one.relevance:
                weights.update((fold(name), (one.relevance, "")) for name in one.names)
        for group in self.on:
            weights.update((fold(word), (group.weight, "")) for word in group.words)
        for group in self.off:
            weights.update((fold(word), (-group.weight, group.name)) for word in group.words)
        return weights

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._weights)

    @cached_property
    def _sites_by_host(self) -> dict[str, list[tuple[int, str, str]]]:
        """Organisations by the hosts of their sites: place in the file, id, folder."""
        found: dict[str, list[tuple[int, str, str]]] = {}
        for place, one in enumerate(self.organisations):
            for site in one.sites:
                host, _, folder = site.casefold().partition("/")
                found.setdefault(host, []).append((place, one.id, folder))
        return found

    @cached_property
    def _organisation_by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self.organisations:
            for name in one.names:
                found.setdefault(fold(name), []).append(one.id)
        return found

    @cached_property
    def _names(self) -> Matcher:
        return Matcher(self._organisation_by_name)


class Matcher:
    """Finds many words at once. Latin words need a border, so that AI is not found in "said"."""

    def __init__(self, words: Iterable[str]) -> None:
        """Build the automaton over folded words."""
        self._words = sorted({fold(word) for word in words})
        self._automaton = ahocorasick_rs.AhoCorasick(self._words) if self._words else None

    def find(self, text: str) -> set[str]:
        """Find the folded words that stand in a text; of overlapping ones the longest, leftmost."""
        return {word for _, _, word in self.spans(text)}

    def spans(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """Find words as (start, end, word), from left to right; offsets are of the folded text."""
        if self._automaton is None or not text:
            return ()
        folded = fold(text)
        spans = (
            (start, -end, self._words[index])
            for index, start, end in self._automaton.find_matches_as_indexes(
                folded, overlapping=True
            )
            if _stands_alone(folded, start, end)
        )
        return tuple(_leftmost_longest(spans))


def _leftmost_longest(
    spans: Iterable[tuple[int, int, str]],
) -> Iterator[tuple[int, int, str]]:
    done = -1
    for start, negative_end, word in sorted(spans):
        if start >= done:
            done = -negative_end
            yield start, done, word


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a match has word borders where its own edge is Latin; a plural s is no border.

    Chinese has no borders to see, so a short match must not run across two words.
    """
    if end - start <= SHORT_HAN and is_han(text[start]):
        return not crosses_words(text, start, end)
    if _is_latin(text[start]) and start > 0 and _is_latin(text[start - 1]):
        return False
    if not _is_latin(text[end - 1]) or end == len(text) or not _is_latin(text[end]):
        return True
    plural = text[end] == "s" and (end + 1 == len(text) or not _is_latin(text[end + 1]))
    return plural and end - start >= PLURAL_LENGTH


def crosses_words(text: str, start: int, end: int) -> bool:
    """Whether a Chinese match takes the end of one word and the beginning of the next.

    "其中|超过" holds 中超 without speaking of football. A match inside one longer word is fine, and
    so is one that is made of whole words. Only the few characters around it are cut into words.
    """
    first, last = start, end
    while first > 0 and start - first < AROUND and is_han(text[first - 1]):
        first -= 1
    while last < len(text) and last - end < AROUND and is_han(text[last]):
        last += 1
    borders, place = {first}, first
    for word in words(text[first:last]):
        place += len(word)
        borders.add(place)
    cut = any(start < border < end for border in borders)
    return cut and not (start in borders and end in borders)


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u3400" <= character <= "\u9fff"


def _is_latin(character: str) -> bool:
    return "a" <= character <= "z" or "0" <= character <= "9" or "\u00c0" <= character <= "\u024f"


def is_on_site(url: str, site: str) -> bool:
    """Whether an address is on a site, which is a host (with its subdomains) or host/path."""
    host, path = _host_and_path(url)
    wanted, _, folder = site.casefold().partition("/")
    if host != wanted and not host.endswith(f".{wanted}"):
        return False
    return not folder or _is_under(path, folder)


def _host_and_path(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return (parts.hostname or "").removeprefix("www."), parts.path.casefold()


def _is_under(path: str, folder: str) -> bool:
    return path == f"/{folder}" or path.startswith(f"/{folder}/")


def builtin_beats() -> tuple[str, ...]:
    """Names of the beats that ship with ribao."""
    folder = resources.files("ribao") / "beats"
    return tuple(sorted(file.name[:-5] for file in folder.iterdir() if file.name.endswith(".toml")))


@cache
def load_beat(name_or_path: str) -> Beat:
    """Read a beat: a built-in one by its name, else a file.

    Raises:
        ConfigError: there is no such beat, or its file holds what we refuse.
    """
    if name_or_path in builtin_beats():
        source = (resources.files("ribao") / "beats" / f"{name_or_path}.toml").read_bytes()
    else:
        try:
            source = read_regular(Path(name_or_path))
        except OSError as error:
            names = ", ".join(builtin_beats())
            raise ConfigError(
                "no such beat", name_or_path, str(error.strerror), hint=f"built in: {names}"
            ) from error
    try:
        return Beat.model_validate(tomllib.loads(source.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError("the beat is not TOML", name_or_path, str(error)) from error
    except ValidationError as error:
        raise ConfigError("bad beat", name_or_path, complaints(error)) from error
