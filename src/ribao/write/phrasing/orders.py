"""Which sentences of a report give orders, ask or advertise, instead of telling news.

Instructions in a report change nothing, by construction: what a model may return is held to the
contract, and proved. This is the fence before that one. A planted order that is never shown cannot
even cost an answer.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import replace
from functools import cache
from importlib import resources

from ribao.language.directions import find_quotations
from ribao.language.sentences import split_sentences
from ribao.model import Document

_ENDS = re.compile(r"[。！!.…][”’」』）)\"']*$")
_FENCES = str.maketrans("<>[]{}«»⟦⟧", "‹›()()‹›()")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_LEADING = re.compile(r"^[\s\W_]+")
_BLOCK = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)  # code between fences
_BREAKS = re.compile(r"[^\n]")
_TURNS = r"(?:now|then|first|next|finally|also|instead|and|but|so|afterwards)[,\s]+"
LONGEST = 400  # characters of a sentence; what is longer is a list or broken text


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    file = resources.files("ribao.write.phrasing") / "orders.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    anywhere = "|".join(f"(?:{one})" for one in table["anywhere"])
    beginning = "|".join(f"(?:{one})" for one in table["beginning"])
    return (
        re.compile(anywhere, re.IGNORECASE | re.MULTILINE),
        re.compile(rf"^(?:{_TURNS})*(?:{beginning})", re.IGNORECASE),
    )


def gives_orders(text: str) -> bool:
    """Tell whether a text speaks to its reader or to a machine, or is no prose at all."""
    anywhere, beginning = _patterns()
    open_words = unquoted(text)
    start = _LEADING.sub("", open_words)
    return bool(anywhere.search(open_words) or beginning.search(start))


def without_orders(document: Document) -> Document:
    """A document whose orders are blanked out: every other word stays where it is.

    So nothing planted moves a sentence up or down, and citations still fit the document.
    """
    text = _BLOCK.sub(_blank, document.text)
    for span in split_sentences(text):
        if gives_orders(span.text):
            text = text[: span.start] + _BREAKS.sub(" ", span.text) + text[span.end :]
    return document if text == document.text else replace(document, text=text)


def _blank(match: re.Match[str]) -> str:
    return _BREAKS.sub(" ", match.group())


def tells(text: str) -> bool:
    """Tell whether a sentence may be shown to a model: whole, declarative, no order in it."""
    one_line = "\n" not in text.strip() and len(text) <= LONGEST
    return one_line and bool(_ENDS.search(text.strip())) and not gives_orders(text)


def unquoted(text: str) -> str:
    """A text without the words inside quotation marks: what somebody said orders nobody here."""
    for mark in reversed(find_quotations(text)):
        text = text[: mark.start] + text[mark.end :]
    return text


def visible(text: str) -> str:
    """A text as it is shown to a model: one line, nothing invisible, no mark of our fences."""
    kept = (" " if unicodedata.category(one) in _UNSEEN else one for one in text)
    joined = unicodedata.normalize("NFC", "".join(kept))
    return " ".join(joined.translate(_FENCES).split())
