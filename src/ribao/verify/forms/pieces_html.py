"""The blocks of an HTML newsletter: what is read, without the furniture of its page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from ribao.catalogue import LANGUAGES, messages
from ribao.errors import ContentError
from ribao.language.html_text import MAX_CHARS, Block, parse_html, tree_blocks
from ribao.verify.forms.pieces import WRAP, Piece, is_mark

_SOURCES = re.compile(
    r"\b(?:references?|sources?|footnotes?|citations?)\b|来源|出处|参考", re.IGNORECASE
)
_HEADINGS = ("h1", "h2", "h3", "h4")


def html_pieces(markup: str, skipped: int = 0) -> tuple[list[Piece], dict[str, str]]:
    """The blocks of a page, and what its head says of it (`title`, `date`, `language`).

    `skipped` lines of the file stand before it.

    Raises:
        ContentError: it is so long or so deep that a part of it would not be read.
    """
    markup = _EMBEDDED.sub("data:", markup)
    if len(markup) > MAX_CHARS:
        raise ContentError("cannot read the page", "", f"over {MAX_CHARS} characters")
    tree = parse_html(markup)
    if tree is None:
        return [], {}
    if _depth(tree) >= _DEEPEST:
        raise ContentError("cannot read the page", "", f"elements nested over {_DEEPEST} deep")
    front = _front(tree)
    _remove_furniture(tree)
    for mark in list(tree.iter("sup")):
        if is_mark(_words(mark)) or mark.find("a") is not None:
            _drop(mark)
    for listing in [one for one in tree.iter("ol", "ul") if _lists_sources(one)]:
        _rewrite(listing)
    for row in list(tree.iter("tr")):
        _part_cells(row)
    _mark_wraps(tree)
    return _with_summary([_piece(block, skipped) for block in tree_blocks(tree)]), front


_EMBEDDED = re.compile(r"data:[\w.+/-]{1,80};base64,[\w+/=%]+")  # pictures, which hold no words
_DEEPEST = 250  # elements in one another; the parser leaves out what lies deeper than 256


def _depth(tree: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _piece(block: Block, skipped: int) -> Piece:
    text = _plain(block.text)
    links = tuple((url, _plain(words)) for url, words in block.links)
    first = links[0][1] if links else ""
    lead = _plain(block.lead) or (first if first and text.startswith(first) else "")
    before = block.text[: len(block.text) - len(block.text.lstrip(_SPACES))]
    line = block.line + before.count(_WRAP) + skipped
    own = _is_imprint(text, links)
    if block.level == _COLUMNS or own:
        links = () if own else links
        return Piece(text, "section", 0, line, links, lead)
    return Piece(text, block.kind, block.level, line, links, lead, file_lines=False)


def _is_imprint(text: str, links: Sequence[tuple[str, str]]) -> bool:
    """Tell whether a short block is the foot of a mail: who sends it, and how to leave its list."""
    if len(text) > _LONGEST_IMPRINT:
        return False
    return _OWNER.match(text) is not None or any(_LEAVE.search(words) for _, words in links)


_LONGEST_IMPRINT = 400  # characters
_OWNER = re.compile(r"\s*(?:©|\(c\)\s|copyright\b|版权所有)", re.IGNORECASE)
_LEAVE = re.compile(
    r"\b(?:unsubscribe|opt out|email preferences|mailing preferences"
    r"|view (?:it |this (?:e?mail |letter )?)?(?:online|in (?:your|a|the) browser))\b"
    r"|退订|取消订阅|在浏览器中(?:查看|打开|阅读)|在线查看",
    re.IGNORECASE,
)
_COLUMNS = 6  # level of the headings that a row of column names is made, which begin no story
_WRAP = "\ue00a"  # stands for the end of a line of the file, which is white space to a browser
_SPACES = f"{_WRAP} \n"
_WRAPS = re.compile(rf"[ ]*{_WRAP}[ ]*")
_ENDS = re.compile(r"(?<!\n)[ \t]*\n(?![ \t\r]*\n)")  # blank lines part paragraphs, see html_text


def _plain(text: str) -> str:
    return _WRAPS.sub(WRAP, text.strip(_SPACES))


def _mark_wraps(tree: etree._Element) -> None:
    """Mark the ends of lines inside of texts; those between elements are nothing."""
    kept = {child for one in tree.iter("pre", "textarea") for child in one.iter()}
    for element in tree.iter():
        if element.text and element not in kept and element.text.strip():
            element.text = _ENDS.sub(_WRAP, element.text)
        if element.tail and element.getparent() not in kept:
            element.tail = _ENDS.sub(_WRAP if element.tail.strip() else " ", element.tail)


def _part_cells(row: etree._Element) -> None:
    """Put a sign between the cells of a row; one of column names alone becomes a heading."""
    cells = row.findall("td") + row.findall("th")
    for cell in list(row)[1:]:
        plain = cell.tag in {"td", "th"} and next(cell.iter(*_LAYOUT), None) is None
        if plain and _words(cell).strip():
            cell.text = f"| {cell.text or ''}"
    if cells and all(cell.tag == "th" for cell in cells):
        row.tag = f"h{_COLUMNS}"


# What stands in cells that are a part of the layout of a mail, and no cells of a table of figures.
_LAYOUT = ("table", "div", "p", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote", "img")


def _with_summary(pieces: list[Piece]) -> list[Piece]:
    """Items whose links lead into the page itself are its contents: the summary."""
    return [
        Piece(one.text, "summary", 0, one.line)
        if one.part == "item" and one.links and all(url.startswith("#") for url, _ in one.links)
        else one
        for one in pieces
    ]


def _front(tree: etree._Element) -> dict[str, str]:
    front: dict[str, str] = {}
    language = (tree.get("lang") or "")[:2].lower()
    if language in {"zh", "en"}:
        front["language"] = language
    title = tree.find(".//head/title")
    if title is not None and (words := " ".join(_words(title).split())):
        front["title"] = words
    for moment in tree.iter("time"):
        if re.match(r"\d{4}-\d\d-\d\d", moment.get("datetime") or ""):
            front["date"] = (moment.get("datetime") or "")[:10]
            break
    return front


def _remove_furniture(tree: etree._Element) -> None:
    """Take out menus, mastheads, footers and the notes that a page makes of itself."""
    notes = [
        re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(messages()[key][language])))
        for key in ("publish-checked", "publish-correction")
        for language in LANGUAGES
        if key in messages()
    ]
    for element in list(tree.iter("nav", "footer", "header", "form", "p")):
        words = " ".join(_words(element).split())
        links = element.findall(".//a")
        contents = bool(links) and all((a.get("href") or "").startswith("#") for a in links)
        if element.tag == "p":
            furniture = any(note.fullmatch(words) for note in notes[: len(LANGUAGES)])
        elif element.tag == "nav":
            furniture = not (contents and len(words) > 4 * len(links))
        elif element.tag == "header":
            furniture = next(element.iter(*_HEADINGS), None) is None
        else:
            furniture = True
        if furniture:
            _drop(element)


def _lists_sources(element: etree._Element) -> bool:
    label = f"{element.get('aria-label') or ''} {element.get('class') or ''}"
    items = element.findall("li")
    return (
        bool(_SOURCES.search(label))
        and bool(items)
        and all(item.find(".//a") is not None for item in items)
    )


def _rewrite(listing: etree._Element) -> None:
    """A list of sources as one line, in the form that Markdown newsletters have."""
    line = etree.Element("p")
    line.sourceline = listing.sourceline
    line.text = f"{messages()['publish-sources']['en']}"
    line.tail = listing.tail
    for number, item in enumerate(listing.findall("li"), 1):
        link = item.find(".//a")
        if link is None:
            continue
        link = deepcopy(link)
        moment = item.find(".//time")
        day = (moment.get("datetime") or "")[:10] if moment is not None else ""
        mark = etree.SubElement(line, "span")
        mark.text = f" [{item.get('value') or number}] "
        link.tail = f" ({day})"
        line.append(link)
    parent = listing.getparent()
    if parent is not None:
        parent.replace(listing, line)


def _words(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _drop(element: etree._Element) -> None:
    """Remove an element and keep the words that follow it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
