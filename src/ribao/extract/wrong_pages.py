"""Bodies that belong to another story are refused; the title, which is news itself, is kept.

An aggregator often pastes the wrong page: a home page, an error page, the round-up of the day, or
the same text under ten titles. Such a body would put its numbers under a headline that is about
something else, and every later step would believe it. Only bodies that come from elsewhere are
judged: what an outlet's own feed carries is its own, however playful the title.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlsplit

from ribao.config import ExtractSettings
from ribao.extract.bodies import Body, size, summary_body
from ribao.extract.pattern_tables import read_patterns
from ribao.extract.round_ups import LEAST_PARTS, likeness, names_a_round_up, parts_of, sections
from ribao.gateways.address import outlet_of
from ribao.language.scripts import detect_language
from ribao.language.words import words
from ribao.model import Item, Source, SourceId, content_id
from ribao.outcome import Reason

EXCUSE_LETTERS = 900  # a longer text that speaks of cookies or logins is about them
PASSAGE_COVERAGE = 0.6  # share of the title's words by which one passage is known as its story
OWN_WORDS = 0.8  # a body hardly longer than the summary is the summary
UNLIKE = 0.06  # mean likeness of neighbouring sections below which they are about different things
SAME_MATTER = 0.4  # share of the shorter title's words by which two titles tell one event


@dataclass(frozen=True, slots=True)
class _Signs:
    excuses: re.Pattern[str]
    listings: re.Pattern[str]
    list_titles: re.Pattern[str]


@cache
def _signs() -> _Signs:
    return _Signs(*read_patterns("wrong_pages.toml", "excuses", "listings", "list_titles"))


def refuse_wrong_bodies(
    items: Sequence[Item],
    bodies: Mapping[int, Body],
    sources: Mapping[SourceId, Source],
    settings: ExtractSettings,
) -> dict[int, Body]:
    """Replace every body that is not its item's by its passage, or the summary, with a reason."""
    result = dict(bodies)
    crowded = _crowded(items, bodies)
    for n, body in bodies.items():
        item = items[n]
        if not body.blocks or not is_foreign(item, body, sources):
            continue
        why = _objection(item, body, settings, crowded=n in crowded)
        if why:
            result[n] = _own_passage(item, body, why) or summary_body(item, why)
    return result


def is_foreign(item: Item, body: Body, sources: Mapping[SourceId, Source]) -> bool:
    """Tell whether a body came from elsewhere than the outlet's own feed."""
    told = summary_body(item, "").text
    if body.extracted_by == "summary" or size(told) >= OWN_WORDS * size(body.text):
        return False  # the source's own words about the item
    source = sources.get(item.source_id)
    own = source is not None and outlet_of(item.url) == outlet_of(source.url)
    return not own or body.extracted_by != "feed"


def lists_pages(url: str) -> bool:
    """Tell whether an address is a home page or a list of pages, which hold no single story."""
    parts = urlsplit(url)
    bare = parts.path in ("", "/") and not parts.query
    return bare or bool(_signs().listings.search(parts.path.lower()))


def names_a_list(title: str) -> bool:
    """Tell whether a title names a site or a list of pages, and no event."""
    return bool(_signs().list_titles.search(title))


def title_coverage(title: str, text: str) -> float:
    """The share of the title's words (weighted by length) that the text has; 1.0 without words."""
    wanted = _telling(title)
    if not wanted:
        return 1.0
    found = wanted.intersection(words(text))
    return sum(map(len, found)) / sum(map(len, wanted))


def _telling(title: str) -> set[str]:
    return {word for word in words(title) if len(word) > 2 or word[0] > "\u2fff"}


def _objection(item: Item, body: Body, settings: ExtractSettings, *, crowded: bool) -> str:
    """Why a body is not the item's; "" where nothing speaks against it."""
    text = body.text
    if size(text) < EXCUSE_LETTERS and _signs().excuses.search(text):
        return f"{Reason.ERROR_PAGE}: the page excuses itself instead of telling the story"
    shown = title_coverage(item.title, text)
    if lists_pages(item.url) and shown < settings.shared_body_coverage:
        return f"{Reason.HOME_PAGE}: the address lists pages and is none"
    if names_a_round_up(item.title) and parts_of(item.title, body.blocks):
        return ""
    why = ""
    if crowded and shown < settings.shared_body_coverage:
        why = "other titles share this body"
    elif shown < settings.body_coverage and _same_language(item.title, text):
        why = "the body does not speak of the title"
    elif _is_mixed(body):
        why = "the page tells many stories"
    return f"{Reason.WRONG_PAGE}: {why}" if why else ""


def _same_language(title: str, text: str) -> bool:
    """A translated title shares no words with its body, and that says nothing against it."""
    return detect_language(title) in ("", detect_language(text[:2_000]))


def _is_mixed(body: Body) -> bool:
    parts = sections(body.blocks)
    return len(parts) >= LEAST_PARTS and likeness(parts) < UNLIKE and not _is_chaptered(body)


def _is_chaptered(body: Body) -> bool:
    """Long sections are chapters of one article."""
    sizes = sorted(size(part.text) for part in sections(body.blocks))
    return sizes[len(sizes) // 2] > 1_800


def _own_passage(item: Item, body: Body, why: str) -> Body | None:
    """Find the one section or paragraph of a wrong page that is the item's own story."""
    parts = sections(body.blocks)
    passages = [(part.title, part.blocks) for part in parts] if len(parts) >= LEAST_PARTS else []
    passages = passages or [("", (block,)) for block in body.blocks if size(block.text) >= 100]
    if len(passages) < LEAST_PARTS:
        return None
    rated = [
        (title_coverage(item.title, "\n".join((title, *(b.text for b in blocks)))), -place)
        for place, (title, blocks) in enumerate(passages)
    ]
    best, place = max(rated)
    if best < PASSAGE_COVERAGE:
        return None
    return replace(body, blocks=passages[-place][1], because=f"{why}; its own passage was taken")


def _crowded(items: Sequence[Item], bodies: Mapping[int, Body]) -> set[int]:
    """The items whose body stands under titles of several matters."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for n, body in bodies.items():
        if body.blocks:
            sharing[content_id("".join(body.text.split()))].append(n)
    crowded: set[int] = set()
    for group in sharing.values():
        if len(group) > 1 and len(_matters([items[n].title for n in group])) > 1:
            crowded.update(group)
    return crowded


def _matters(titles: Sequence[str]) -> list[set[str]]:
    """Group titles by what they tell; each matter is the words of its titles."""
    matters: list[set[str]] = []
    for title in sorted(set(titles)):
        bag = _telling(title)
        for matter in matters:
            if len(bag & matter) >= SAME_MATTER * len(bag):
                matter.update(bag)
                break
        else:
            matters.append(bag)
    return matters
