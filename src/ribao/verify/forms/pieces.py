"""A newsletter before it is cut into sentences: its blocks, and what in them are no words.

Marks that point to a source ([1], a raised 2), notes on the language of a source and lines that
list the sources are furniture: a reader looks them up, a checker must not take them for claims. The
lines that list sources are kept as what they are, so that counts of sources can be checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from ribao.catalogue import LANGUAGES, messages
from ribao.language.html_text import clean_text

COMPUTED = "computed"  # of a Sentence: the paper counted it, no report says it
SOURCES = "sources"  # part of a newsletter: a line that lists them
WRAP = "\v"  # in the text of a piece: the end of a line of the file at which nothing ends

_NOTE = r"\[\^[\w.-]{1,40}\]"  # a footnote of Markdown, or the sign that points to it
_MARK = re.compile(
    rf"(?<=\S)[ \t]?(?:\[\d{{1,3}}\]|{_NOTE})(?:[ \t]?(?:\[\d{{1,3}}\]|{_NOTE}))*|{_NOTE}:?"
)
_NUMBER = re.compile(r"[\[(（【]?\s*(\d{1,3})\s*[\])）】]?|\^[\w.-]{1,40}")
_BEFORE = re.compile(r"[\[(（【]\s*(\d{1,3})\s*[\])）】]\s*$")
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?(?:[-/.]|年)\s?(\d{1,2})\s?(?:[-/.]|月)\s?(\d{1,2})(?!\d)"
)
_LABEL = re.compile(
    r"(?:信息)?(?:来源|出处|信源|消息源|参考(?:资料|文献|链接)?|原文(?:链接|地址)?|相关链接|延伸阅读)\s*[:：]"
    r"|(?:sources?|references?|via|read more|further reading|links?)\s*[:：]",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it is cut into sentences. `lead` are the link or bold words in front of it."""

    text: str
    part: str  # title, summary, heading, paragraph, item, sources
    level: int = 0
    line: int = 1
    links: tuple[tuple[str, str], ...] = ()  # (address, words) in printed order
    lead: str = ""
    kind: str = "fact"  # of a Sentence
    sources: tuple[Listed, ...] = ()
    file_lines: bool = True  # whether each line break of its text is the end of a line of the file


@dataclass(frozen=True, slots=True)
class Listed:
    """One source as a newsletter lists it under a story."""

    number: int
    url: str
    outlet: str
    day: date | None = None


def tidied(piece: Piece) -> Piece:
    """The piece without marks and notes; a line of sources or of counts is known as such."""
    piece = _seen(piece)
    if piece.part == SOURCES:
        return piece
    if is_note(piece.text):
        return replace(piece, part=SOURCES)
    if piece.links and (is_label(piece.text) or _names_sources(piece)):
        return replace(piece, part=SOURCES, sources=listed_in(piece))
    text = _notes().sub("", _MARK.sub("", _without_sources(piece))).rstrip()
    kind = COMPUTED if piece.kind == "fact" and is_computed(text) else piece.kind
    return replace(piece, text=text, kind=kind, lead=piece.lead if text else "")


def _seen(piece: Piece) -> Piece:
    """The piece without the signs that nobody sees: they part figures and turn words around."""
    if piece.text.isascii() and piece.text.isprintable():
        return piece
    links = tuple((url, seen(words)) for url, words in piece.links)
    return replace(piece, text=seen(piece.text), lead=seen(piece.lead), links=links)


def seen(text: str) -> str:
    """A text without controls, zero-width and turning signs and halves of letters."""
    return WRAP.join(clean_text(part) for part in text.split(WRAP))


def is_label(text: str) -> bool:
    """Tell whether a line begins with a word that announces sources."""
    return _LABEL.match(text.lstrip(" >*_")) is not None


def is_note(text: str) -> bool:
    """Tell whether a block is a footnote: [^1]: its source."""
    return _NOTES.match(text) is not None


_NOTES = re.compile(rf"\s*{_NOTE}:")


_MOST_SOURCES = 60  # links in one block that may name its sources; each looks through its words


def _names_sources(piece: Piece) -> bool:
    """Tell whether a block is nothing but links whose words only say that there is a source.

    Such words are "Source", 原文, the name of the host, or so few that they name an outlet.
    """
    if piece.part not in {"paragraph", "item"} or len(piece.links) > _MOST_SOURCES:
        return False
    rest = piece.text
    for url, words in piece.links:
        if words not in rest or not _says_source(words, url, few=piece.part == "paragraph"):
            return False
        rest = rest.replace(words, "", 1)
    return re.search(r"\w", rest) is None


def _without_sources(piece: Piece) -> str:
    """The text of a block without the links that only name its source, in brackets or at its end.

    "Acme opens a shop ([Reuters](...))." says nothing of Reuters. What is linked at the end of a
    sentence without brackets is a part of it, unless it stands behind the end mark.
    """
    text = piece.text
    for url, words in piece.links if len(piece.links) <= _MOST_SOURCES else ():
        if words == piece.lead or words not in text or not _says_source(words, url, few=True):
            continue
        plain = re.escape(words)
        text = re.sub(rf"\s*[（(\[【]\s*{plain}\s*[)）\]】]", "", text, count=1)
        only = _says_source(words, url, few=False) or len(words.strip()) == 1
        only = only and not (len(words) > 1 and words.islower())  # "see more"
        behind = r"(?:\s|[\u3000-\u9fff\uff00-\uffef])" if only else r"[.!?。！？”\"|]\s*"
        cut = re.sub(rf"({behind}){plain}\W*\Z", r"\1", text)
        text = cut if cut == text else cut.rstrip(" |")
    return text


def _says_source(words: str, url: str, *, few: bool) -> bool:
    plain = _NO_LETTERS.sub("", words).lower()
    if _ONLY_SOURCE.fullmatch(" ".join(words.lower().split()).strip(" :：→>»….[]()（）")):
        return True
    if plain and plain in _NO_LETTERS.sub("", url.partition("://")[2].partition("/")[0]).lower():
        return True
    return few and len(words) <= (_FEW_LETTERS if words.isascii() else _FEW_SIGNS)


_FEW_LETTERS, _FEW_SIGNS = 12, 6  # of a name of an outlet
_NO_LETTERS = re.compile(r"[\W_]+")
_ONLY_SOURCE = re.compile(
    r"(?:阅读|查看|点击|访问)?(?:信息|新闻|报道)?(?:来源|出处|信源|原文|全文|原链接|链接|详情|更多|报道|网页|查看|阅读)"
    r"(?:链接|地址|报道)?"
    r"|(?:read |see |the )*(?:full |original )?"
    r"(?:sources?|links?|story|article|report|post|original|here|more|details|via|announcement)",
)


def unwrapped(text: str) -> str:
    """A text with the lines of its file joined: by a space, and between Chinese signs by none."""
    return _WRAPS.sub(" ", _HAN_WRAPS.sub("", text)) if WRAP in text else text


_WIDE = r"[\u2e80-\u9fff\uff00-\uffef]"
_HAN_WRAPS = re.compile(rf"(?<={_WIDE})\s*{WRAP}\s*(?={_WIDE})")
_WRAPS = re.compile(rf"[ \t]*{WRAP}\s*")


def split_sources(text: str) -> int:
    """Where a line of sources begins inside a block, or the length of the text."""
    for match in re.finditer(r"\n[ \t]*", text):
        if _LABEL.match(text, match.end()):
            return match.start()
    return len(text)


def listed_in(piece: Piece) -> tuple[Listed, ...]:
    """The sources of a line that lists them: each link with the number before, the day after it."""
    found: list[Listed] = []
    at = 0
    for order, (url, words) in enumerate(piece.links, 1):
        start = piece.text.find(words, at)
        start = at if start < 0 else start
        number = _BEFORE.search(piece.text[at:start])
        at = start + len(words)
        following = piece.links[order : order + 1]
        stop = piece.text.find(following[0][1], at) if following else len(piece.text)
        day = day_in(piece.text[at : max(stop, at)])
        found.append(Listed(int(number[1]) if number else order, url, plain_outlet(words), day))
    return tuple(found)


def plain_outlet(name: str) -> str:
    """The name of an outlet without what stands in brackets behind it (relayed, its language)."""
    return _ASIDE.sub("", name).strip() or name.strip()


def day_in(text: str) -> date | None:
    """The first whole date of a text, in digits; None where there is none."""
    match = _DATE.search(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def is_mark(words: str) -> bool:
    """Tell whether the words of a link only number it: [1], 2."""
    return _NUMBER.fullmatch(words.strip()) is not None


def is_computed(text: str) -> bool:
    """Tell whether a paper counted this itself: it has the words in which ribao says so."""
    plain = text.strip().rstrip("。.")
    return len(plain) <= LONGEST_COUNT and any(
        sign in plain and form.fullmatch(plain) for sign, form in _forms()
    )


def counts_outlets(text: str) -> bool:
    """Tell whether a sentence says how many outlets report the story."""
    plain = text.strip().rstrip("。.")
    return len(plain) <= LONGEST_COUNT and any(
        _form(messages()[_OUTLETS][tongue]).fullmatch(plain) for tongue in LANGUAGES
    )


# Characters; the forms have open places, and what they cost grows with the square of the text.
LONGEST_COUNT = 2_000
_OUTLETS = "write-coverage-many"
_COUNTED = (
    "write-coverage-one", "write-coverage-many", "write-difference",
    "write-timeline-span", "write-timeline-continues", "run.missing", "run.source-corrected",
    "publish-masthead-count",
    "write-due-today", "write-due-opens", "write-due-ends",
)  # fmt: skip
_QUOTED = r"[“\"][^”\"]+[”\"]"
_BETWEEN = r"[、，；;,。.\s]*"


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The sentences of the catalogue that state counts, with anything in place of their values.

    Before each a part of its words, which is looked for first, as most sentences have none. A row
    of quotations must be nothing else: what stands between them is no count.
    """
    templates = [messages()[key][language] for key in _COUNTED for language in LANGUAGES]
    counts = [(_sign(one.rstrip("。.")), _form(one)) for one in templates]
    names = "|".join(
        re.escape(text)
        for key, texts in messages().items()
        if key.startswith("write-fact-")
        for text in texts.values()
    )
    rows: list[tuple[str, re.Pattern[str]]] = []
    for language in LANGUAGES:
        figures = _words(messages()["write-figures"][language], figures=_row(_QUOTED))
        facts = _words(messages()["write-facts"][language], facts=_row(rf"(?:{names})\s*{_QUOTED}"))
        voice = _words(
            messages()["write-voices"][language], outlet=r'[^“”"]{1,120}', title=r'[^“”"]+'
        )
        rows += [
            (_sign(messages()[key][language]), re.compile(form))
            for key, form in (
                ("write-figures", figures),
                ("write-facts", facts),
                ("write-voices", _row(voice)),
            )
        ]
    return (*counts, *rows)


@cache
def _notes() -> re.Pattern[str]:
    """Notes that are set behind the words of a source in another language."""
    notes = [messages()["publish-original"][language] for language in LANGUAGES]
    names = "|".join(
        sorted(
            {
                re.escape(words[language])
                for key, words in messages().items()
                if key.startswith("publish-language-")
                for language in LANGUAGES
            }
        )
    )
    return re.compile(
        "|".join(re.escape(note).replace(r"\{language\}", f"(?:{names})") for note in notes)
    )


@cache
def _form(template: str) -> re.Pattern[str]:
    return re.compile(_words(template.rstrip("。.")), re.DOTALL)


def _sign(template: str) -> str:
    """The longest stretch of a message without values and spaces, which a house style may drop."""
    return max(re.split(r"\{\w+\}|\s+", template), key=len)


def _words(template: str, **values: str) -> str:
    """The pattern of a message; a value is the pattern that is given for it, or anything."""
    escaped = re.escape(template).replace("\\ ", r"\s*")  # a house style may set spaces, or not
    return re.sub(r"\\\{(\w+)\\\}", lambda name: values.get(name[1], "(.+)"), escaped)


def _row(pattern: str) -> str:
    return f"(?:{pattern}{_BETWEEN})+"
