"""Round-ups: one article that tells many events is cut into its parts, each a report of its own.

An article is a round-up when its text falls into four or more parts under headings of one make (a
heading level, bold lines, linked lines, list items, or no heading and one paragraph each) and when
enough speaks for parts that have nothing to do with each other: a title that names a round-up or
several of the parts, links of their own, other words, few paragraphs each.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from ribao.extract.bodies import size
from ribao.language.html_text import Block
from ribao.language.sentences import split_sentences
from ribao.language.words import words

LEAST_PARTS = 4  # two or three headings are the sections of one article
MOST_PARTS = 80  # a round-up of a day has up to forty; more is a directory, or an attack
HEADING_LETTERS = 260  # a longer line is a paragraph (a Chinese character counts 3)
PART_LETTERS = 1_800  # median above this: chapters of one long article
PARAGRAPH_LETTERS = 100  # the least that a part without a heading must say
BARE_NAME_WORDS = 2
ENOUGH = 3  # points of evidence
TITLE_PARTS = re.compile(r"[；;｜|丨]+")
_ENDS = re.compile(r"[。！？!?.…][”’」』）)\"']*$")
_RUBRIC_LETTERS = 75  # "大公司：", "International news": a short line without an end mark


@dataclass(frozen=True, slots=True)
class Part:
    """One event of a round-up: its headline, its paragraphs, and the page it links."""

    title: str
    blocks: tuple[Block, ...]
    link: str = ""

    @property
    def text(self) -> str:
        """Its paragraphs, separated by a blank line."""
        return "\n\n".join(block.text for block in self.blocks)


@cache
def _title_pattern() -> re.Pattern[str]:
    text = resources.files("ribao.extract").joinpath("round_ups.toml").read_text(encoding="utf-8")
    groups = tomllib.loads(text)["titles"]
    return re.compile("|".join(p for name in sorted(groups) for p in groups[name]), re.IGNORECASE)


def names_a_round_up(title: str) -> bool:
    """Tell whether a title announces many events."""
    return bool(_title_pattern().search(title))


def parts_of(title: str, blocks: Sequence[Block]) -> tuple[Part, ...]:
    """The parts of a round-up in their order; () where the article is about one thing."""
    found = sections(blocks)
    if len(found) > MOST_PARTS:
        return ()
    if len(found) >= LEAST_PARTS and _evidence(title, found) >= ENOUGH:
        return found
    if names_a_round_up(title):
        return _bare_paragraphs(blocks)
    return ()


def sections(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Cut a text at headings of that make which gives most sections that say something."""
    best: tuple[Part, ...] = ()
    for is_heading in _MAKES:
        found = _cut(blocks, is_heading)
        if len(found) > len(best):
            best = found
    return best or _led_paragraphs(blocks)


def _cut(blocks: Sequence[Block], is_heading: Callable[[Block], bool]) -> tuple[Part, ...]:
    places = [n for n, block in enumerate(blocks) if is_heading(block)]
    found = []
    for start, end in pairwise([*places, len(blocks)]):
        content = list(blocks[start + 1 : end])
        while content and _is_rubric(content[-1]):
            content.pop()
        if any(_says_something(block) for block in content):
            heading = blocks[start]
            link = next((href for href, _ in heading.links), "")
            title = _telling_title(heading.text.replace("\n", " "), content[0].text)
            found.append(Part(title, tuple(content), link))
    return tuple(found)


def _telling_title(heading: str, text: str) -> str:
    """A heading that only names a company is followed by what the part says of it."""
    if len(words(heading)) > BARE_NAME_WORDS:
        return heading
    separator = "：" if "\u4e00" <= text[:1] <= "\u9fff" else ": "
    return f"{heading.strip(' :：')}{separator}{_headline(text).rstrip('。.')}"


def _is_short(block: Block) -> bool:
    return size(block.text) <= HEADING_LETTERS


def _is_bold(block: Block) -> bool:
    return block.kind != "heading" and _is_short(block) and block.lead == block.text


def _is_linked(block: Block) -> bool:
    whole = len(block.links) == 1 and block.links[0][1] == block.text
    return block.kind != "heading" and _is_short(block) and whole


def _is_item(block: Block) -> bool:
    return block.kind == "item" and _is_short(block)


def _is_level(level: int) -> Callable[[Block], bool]:
    return lambda block: block.kind == "heading" and block.level == level


_MAKES: tuple[Callable[[Block], bool], ...] = (
    *(_is_level(level) for level in range(1, 7)),
    _is_bold,
    _is_linked,
    _is_item,
)


def _is_rubric(block: Block) -> bool:
    """A heading over the parts that follow, which is no word of the part before it."""
    short = size(block.text) <= _RUBRIC_LETTERS and not _ENDS.search(block.text)
    return block.kind == "heading" or short


def _says_something(block: Block) -> bool:
    letters = size(block.text)
    return letters >= PARAGRAPH_LETTERS or (letters >= 40 and bool(_ENDS.search(block.text)))


def _led_paragraphs(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Paragraphs and items that open with a bold headline of their own."""
    return tuple(
        Part(
            block.lead.strip(" :：.。｜|"),
            (Block(block.text.removeprefix(block.lead).lstrip(" :：.。｜|\n")),),
            next((href for href, _ in block.links), ""),
        )
        for block in blocks
        if block.lead
        and 12 <= size(block.lead) <= HEADING_LETTERS
        and size(block.text) >= size(block.lead) + PARAGRAPH_LETTERS
    )


def _bare_paragraphs(blocks: Sequence[Block]) -> tuple[Part, ...]:
    """Each paragraph alone, where the title says round-up and the paragraphs share no words."""
    long = [block for block in blocks if size(block.text) >= PARAGRAPH_LETTERS]
    parts = tuple(Part(_headline(block.text), (block,)) for block in long)
    apart = LEAST_PARTS <= len(parts) <= MOST_PARTS and likeness(parts) < 0.04
    return parts if apart else ()


def _headline(text: str) -> str:
    first = split_sentences(text)[0].text
    return first if len(first) <= HEADING_LETTERS else first[:HEADING_LETTERS].rstrip() + "…"


def _evidence(title: str, parts: Sequence[Part]) -> int:
    """Points that speak for a round-up."""
    if sorted(size(part.text) for part in parts)[len(parts) // 2] > PART_LETTERS:
        return 0
    linked = {part.link for part in parts if part.link}
    points = 1  # parts are short
    points += 2 * names_a_round_up(title)
    points += 2 * (_named_parts(title, parts) >= 2)
    points += len(linked) >= 0.6 * len(parts)
    points += likeness(parts) < 0.06
    return points


def _named_parts(title: str, parts: Sequence[Part]) -> int:
    """How many parts the title names, one after the other ("A buys B; C sues D; E is out")."""
    pieces = [set(words(piece)) for piece in TITLE_PARTS.split(title)]
    headings = [set(words(part.title)) for part in parts]
    return sum(
        any(len(piece & heading) >= 0.5 * len(piece) for heading in headings)
        for piece in pieces
        if len(piece) >= 2
    )


def likeness(parts: Sequence[Part]) -> float:
    """Mean share of rarer words that two neighbouring parts have in common (Jaccard)."""
    bags = [set(words(part.title + "\n" + part.text)) for part in parts]
    spread = Counter(word for bag in bags for word in bag)
    bags = [{w for w in bag if len(w) > 1 and spread[w] <= 0.5 * len(bags)} for bag in bags]
    shares = [len(a & b) / max(1, len(a | b)) for a, b in pairwise(bags)]
    return sum(shares) / max(1, len(shares))
