"""Which sentences of a report give orders, ask or advertise, instead of telling news.

Instructions in a report change nothing, by construction: what a model may return is held to the
contract, and proved. This is the fence before that one. A planted order that is never shown cannot
even cost an answer.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib import resources

from ribao.language.directions import find_quotations

_ENDS = re.compile(r"[。！!.…][”’」』）)\"']*$")
_FENCES = str.maketrans("<>[]{}«»⟦⟧", "‹›()()‹›()")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_LEADING = re.compile(r"^[\s\W_]+")
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
