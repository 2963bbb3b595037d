"""The main text of a page, by three extractors that correct each other.

trafilatura in its precise mode loses least to boilerplate, in its ordinary mode it loses least of
the article, and readability finds articles that are spread over several containers and most Chinese
ones. The ordinary text is the base; a line of it stays where the precise one or readability agrees.
Measured in bench/extraction.py.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from itertools import islice

import trafilatura
from lxml import etree
from lxml import html as lxml_html
from readability import Document as ReadabilityDocument

from ribao.extract.boilerplate import letters, without_boilerplate
from ribao.language.html_text import Block, html_blocks, is_hidden, parse_html, tree_blocks
from ribao.language.scripts import detect_language

FULL = 0.6  # share of the ordinary text below which the precise one has lost the article
ELEMENTS = 30_000  # of a page; extractors are slower than linear, and real articles have a tenth
FEW_CHILDREN = (
    3  # of the line that is one link; a list of links has more, and would cost its square
)
WHOLE = 0.8  # share of the lines that readability must have, to be taken for the fuller text
LEAST = 0.3  # share of the ordinary text that readability must have, to correct it
OPENING = 80  # letters of a line that is a paragraph
OPENING_LINES = 3
FULLER = 1.25  # how much more it must have
_SENTENCE = re.compile(r"[.!?。！？…][\"”’」』）)\]]*(?:[（(][^（）()]{1,24}[）)])?$")
_SITE = re.compile(r"\s+[|–—\-·•:：_｜丨]+\s+|\s*[_|｜丨]\s*")


def main_text(markup: str, url: str) -> tuple[tuple[Block, ...], str]:
    """The blocks of the main text of a page, and the name of the extractor that gave the base."""
    tree = parse_html(markup)
    if tree is None:
        return (), "title-only"
    strip_hidden(tree)
    if sum(1 for _ in islice(tree.iter(), ELEMENTS)) == ELEMENTS:
        return _sentences_only(tree), "plain"
    clean = lxml_html.tostring(tree, encoding="unicode")
    precise, plain = (_trafilatura(clean, url, precise=yes) for yes in (True, False))
    other = _readability(clean)
    if detect_language("\n".join(other)[:2_000]) == "zh" and _held(precise, other) >= WHOLE:
        lines, name = other, "readability"
    else:
        lines, name = _joined(precise, plain, other)
    lines = without_boilerplate(lines, page_titles(tree), _link_lines(tree))
    known = {letters(block.text): block for block in tree_blocks(tree)}
    return tuple(known.get(letters(line)) or Block(line) for line in lines), name


def _sentences_only(tree: etree._Element) -> tuple[Block, ...]:
    """The paragraphs of a page that is too large to weigh its parts against one another."""
    blocks = tree_blocks(tree)
    return tuple(b for b in blocks if len(b.text) >= OPENING and _SENTENCE.search(b.text))


def strip_hidden(tree: etree._Element) -> None:
    """Remove from a tree what a reader cannot see."""
    for element in [node for node in tree.iter() if isinstance(node.tag, str) and is_hidden(node)]:
        if element.getparent() is not None and element.tag not in ("html", "body"):
            lxml_html.HtmlElement.drop_tree(element)


def page_titles(tree: etree._Element) -> list[str]:
    """What a page calls itself: its title with and without the site's name, headings, metadata."""
    found = [_words(element) for element in tree.iter("title", "h1")]
    found += [
        element.get("content") or ""
        for element in tree.iter("meta")
        if (element.get("property") or element.get("name")) in ("og:title", "twitter:title")
    ]
    return [piece for title in found for piece in (title, *_SITE.split(title)[:1])]


def _words(element: etree._Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def _link_lines(tree: etree._Element) -> frozenset[str]:
    """Lines of the page that are one link and nothing else."""
    found = set()
    for anchor in tree.iter("a"):
        holder = anchor.getparent()
        if holder is None or len(holder) > FEW_CHILDREN:
            continue
        text = letters(_words(anchor))
        if text and text == letters(_words(holder)):
            found.add(text)
    return frozenset(found)


def _joined(precise: list[str], plain: list[str], other: list[str]) -> tuple[list[str], str]:
    """Let three texts of one page correct each other."""
    size_precise, size_plain, size_other = (sum(map(len, x)) for x in (precise, plain, other))
    if not plain:
        return other, "readability"
    if size_precise < FULL * size_plain:
        least = size_plain * LEAST if precise else 1
        inside = least <= size_other < size_plain and _held(other, plain) >= WHOLE
        return (other, "readability") if inside else (plain, "trafilatura")
    keys_precise, keys_other = {letters(x) for x in precise}, {letters(x) for x in other}
    base = [x for x in plain if letters(x) in keys_precise or _agreed(x, keys_other)]
    if sum(map(len, base)) < WHOLE * size_precise:
        base = precise  # the two cut their lines differently
    told = sum(len(line) for line in other if _SENTENCE.search(line))
    if told >= FULLER * sum(map(len, base)) and _held(base, other) >= WHOLE:
        return other, "readability"
    return _lost_opening(base, other) + base, "trafilatura"


def _lost_opening(base: list[str], other: list[str]) -> list[str]:
    """The paragraphs that stand before the text in readability's: a standfirst set apart."""
    known = "".join(map(letters, base))
    places = [n for n, line in enumerate(other) if len(line) >= OPENING and letters(line) in known]
    before = other[: places[0]] if places and places[0] <= OPENING_LINES else []
    return [
        line
        for line in before
        if len(line) >= OPENING and _SENTENCE.search(line) and letters(line) not in known
    ]


def _held(lines: Sequence[str], text: Sequence[str]) -> float:
    """The share of the sentences of some lines (by letters) that another text has."""
    wanted = [letters(line) for line in lines if _SENTENCE.search(line)]
    whole = "".join(map(letters, text))
    if not wanted:
        return 1.0
    return sum(len(x) for x in wanted if x in whole) / sum(map(len, wanted))


def _agreed(line: str, keys: set[str]) -> bool:
    return bool(_SENTENCE.search(line)) and letters(line) in keys


def _trafilatura(markup: str, url: str, *, precise: bool) -> list[str]:
    text = trafilatura.extract(
        markup, url=url or None, include_comments=False, fast=True, favor_precision=precise
    )
    return [line for line in (text or "").split("\n") if line.strip()]


def _readability(markup: str) -> list[str]:
    logging.getLogger("readability.readability").setLevel(logging.CRITICAL)
    try:
        summary = ReadabilityDocument(markup).summary(html_partial=True)
    except (etree.LxmlError, ValueError, TypeError, KeyError):
        # readability raises its own Unparseable (a ValueError) and, on odd trees, the others.
        return []
    return [line for block in html_blocks(summary) for line in block.text.split("\n") if line]
