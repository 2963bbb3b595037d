"""Names that may be one, seen in stories of both languages: 贝森特 where the English say Bessent.

A story whose reports were joined by other evidence (links, figures, other names) tells of one event
in two languages. A Chinese and a Latin name that no table knows, and that come only together, may
be one: surely so in several stories, or where one sounds like the other. These are candidates: they
are shown to an editor, and count only after enough stories or the editor's yes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ribao.language.aliases import match_aliases
from ribao.language.aliases_learned import LearnedAlias
from ribao.language.names import find_names, name_id
from ribao.language.sounds import signs, sounds_alike
from ribao.language.words import fold, is_word

ENOUGH = 3  # independent stories from which a candidate counts without an editor
FEWEST = 2  # stories that make two names without a like sound a candidate
TOGETHER = 0.8  # of the stories with one of both names that have the other, too
READ = 2_000  # characters of a report
SHORT, LONGEST_HAN = 2, 8  # signs of a Chinese name
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_LOWER = re.compile(r"(?<![\w'’-])[a-z]{4,}(?![\w])")
_CAPITALISED = re.compile(r"(?<![\w'’-])[A-Z][a-z]*[A-Z]?[a-z]{2,}(?![\w'’]*[A-Z])")


@dataclass(frozen=True, slots=True)
class Told:
    """One story of two languages: what its reports say, each as (url, title, text)."""

    id: str
    chinese: tuple[tuple[str, str, str], ...]
    latin: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class AliasCandidate:
    """Two names that may be one, and where they were seen together."""

    han: str
    latin: str
    stories: tuple[str, ...]  # ids of the stories with both, sorted
    alike: bool  # one sounds like the other
    zh_url: str
    en_url: str


def lower_words(texts: Iterable[str]) -> set[str]:
    """The Latin words that stand without a capital somewhere: those are no names."""
    return {word for text in texts for word in _LOWER.findall(text[:READ])}


def find_candidates(
    stories: Iterable[Told], known: Sequence[LearnedAlias] = (), ordinary: Collection[str] = ()
) -> tuple[AliasCandidate, ...]:
    """Names of stories of two languages that come only together, most stories first.

    `ordinary` are Latin words in lower case that are no names. What the table or `known` says
    already is no candidate. Each Chinese name has one Latin one at most; where two would do,
    neither is sure, and the better seen one is kept.
    """
    taught = {fold(one.han) for one in known} | {fold(one.latin) for one in known}
    han_in: defaultdict[str, dict[str, str]] = defaultdict(dict)
    latin_in: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for story in stories:
        for url, name in _each(story.chinese, _chinese_names):
            if fold(name) not in taught:
                han_in[name].setdefault(story.id, url)
        for url, name in _each(story.latin, _latin_names):
            if fold(name) not in taught and name.lower() not in ordinary:
                latin_in[name].setdefault(story.id, url)
    by_story: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(latin_in):
        for id_ in latin_in[name]:
            by_story[id_].append(name)
    found = [
        one
        for han in sorted(han_in)
        if (one := _best(han, han_in[han], latin_in, by_story)) is not None
    ]
    return tuple(sorted(_one_each(found), key=lambda one: (-len(one.stories), one.han)))


def joined(days: Iterable[AliasCandidate]) -> tuple[AliasCandidate, ...]:
    """The candidates of several days as one list: a story that goes on counts once."""
    found: dict[tuple[str, str], AliasCandidate] = {}
    for one in days:
        key = (one.han, one.latin)
        before = found.get(key, one)
        stories = tuple(sorted({*before.stories, *one.stories}))
        found[key] = AliasCandidate(
            one.han, one.latin, stories, before.alike, before.zh_url, before.en_url
        )
    return tuple(sorted(found.values(), key=lambda one: (-len(one.stories), one.han, one.latin)))


def accepted(
    candidates: Iterable[AliasCandidate],
    yes: Collection[tuple[str, str]] = (),
    no: Collection[tuple[str, str]] = (),
) -> tuple[LearnedAlias, ...]:
    """The candidates that count: in enough stories, or by an editor's yes; never against a no."""
    found = []
    for one in candidates:
        pair = (one.han, one.latin)
        if pair in no or (len(one.stories) < ENOUGH and pair not in yes):
            continue
        id_ = name_id(one.latin)
        found.append(LearnedAlias(one.han, one.latin, id_, len(one.stories), one.zh_url))
    return tuple(found)


def _best(
    han: str,
    places: dict[str, str],
    latin_in: dict[str, dict[str, str]],
    by_story: dict[str, list[str]],
) -> AliasCandidate | None:
    """The Latin name that a Chinese one comes with, if there is one."""
    counts: defaultdict[str, list[str]] = defaultdict(list)
    for id_ in sorted(places):
        for name in by_story.get(id_, ()):
            counts[name].append(id_)
    sure = []
    for name, both in counts.items():
        alike = sounds_alike(han, name)
        apart = max(len(places), len(latin_in[name]))
        often = len(both) >= max(FEWEST, TOGETHER * apart) and not is_word(han)
        if alike or often:
            sure.append((alike, len(both), -len(latin_in[name]), name, both))
    if not sure:
        return None
    alike, _, _, name, both = max(sure)
    return AliasCandidate(han, name, tuple(both), alike, places[both[0]], latin_in[name][both[0]])


def _one_each(found: Sequence[AliasCandidate]) -> Iterator[AliasCandidate]:
    """Of several Chinese names for one Latin name the one that is seen most, then the longest."""
    best: dict[str, AliasCandidate] = {}
    for one in found:
        other = best.get(one.latin)
        if other is None or _rank(one) > _rank(other):
            best[one.latin] = one
    yield from best.values()


def _rank(one: AliasCandidate) -> tuple[bool, int, int, str]:
    return one.alike, len(one.stories), len(one.han), one.han


def _each(
    reports: Iterable[tuple[str, str, str]], names_of: Callable[[str], Iterator[str]]
) -> Iterator[tuple[str, str]]:
    for url, title, text in reports:
        for part in (title, text[:READ]):
            for name in names_of(part):
                yield url, name


def _chinese_names(text: str) -> Iterator[str]:
    """Names by their form, and runs of signs in which foreign names are written."""
    taken = [(start, end) for start, end, _ in match_aliases(text)]
    for mention in find_names(text):
        if mention.kind == "unknown" and _RUN.fullmatch(mention.text):
            yield fold(mention.text)
    written = signs()
    for run in _RUN.finditer(text):
        start = run.start()
        for place in range(run.start(), run.end() + 1):
            if place < run.end() and fold(text[place]) in written and not _inside(place, taken):
                continue
            name = fold(text[start:place])
            # The dictionary knows many foreign names; of two signs its words are mostly others.
            if 2 <= len(name) <= LONGEST_HAN and (len(name) > SHORT or not is_word(name)):
                yield name
            start = place + 1


def _inside(place: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in taken)


def _latin_names(text: str) -> Iterator[str]:
    """Words with a capital that no table knows in both languages."""
    taken = [(start, end) for start, end, _ in match_aliases(text)]
    for word in _CAPITALISED.finditer(text):
        if len(word[0]) > 3 and not _inside(word.start(), taken) and not is_word(word[0].lower()):
            yield word[0]
