"""The figures of a story's reports: which are worth quoting, and where two outlets differ.

A figure is quoted with the clause around it, verbatim. What counts as a figure is decided by
`ribao.language.quantities`; years, dates, versions, places in a list and small counts are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ribao.language.amounts import Quantity, conflicts, same_value
from ribao.language.quantities import find_quantities
from ribao.language.sentences import Span
from ribao.model import Citation, Document, DocumentId
from ribao.write.outlets import outlet_name
from ribao.write.passages import alike, content_words, length, sentences
from ribao.write.patterns import patterns

LONGEST_CLAUSE = {"zh": 40, "en": 18}  # characters or words quoted around one figure
SHORTEST_CLAUSE = {"zh": 9, "en": 5}  # shorter ones do not say what was counted
SMALL = {"count": Decimal(20), "number": Decimal(10_000)}  # "3 products", "GPT 5": no figures
COMPARED = 24  # clauses of one story that are compared with each other
READ = 20_000  # characters of a report that are searched for the other value
SAME_THING = 0.75  # share of words of two clauses that count one thing
# How much a reader wants to know a figure, by its kind; kinds that are not here are passed over.
_WORTH = {
    "money": 1.0,
    "parameters": 0.9,
    "tokens": 0.8,
    "percent": 0.7,
    "multiple": 0.7,
    "percentage-points": 0.6,
    "number": 0.6,
    "count": 0.5,
    "dimension": 0.4,
}
_BORDER = re.compile(r"[，；：。！？]|[,;:] |[.!?](?=\s|$)|——?|–")
_ENDS = re.compile(r"[。！？!?.][”’」』）)\"']*$")
_CHINESE_ENDS = re.compile(r"[。！？!?][”’」』）)\"']*$")
_QUOTES = re.compile(r"[“”\"「」]")  # inside ours a reader loses track of theirs
_EDGES = " ，；：。！？,;:.!?—–"


@dataclass(frozen=True, slots=True)
class Clause:
    """Words around a figure, verbatim: `text == document.text[start:end]`."""

    document: Document
    start: int
    end: int
    text: str
    quantities: tuple[Quantity, ...]
    content: frozenset[str]
    points: float

    def citation(self) -> Citation:
        """The clause as a passage of its document."""
        return Citation(self.document.id, self.text, self.start, self.end)


def clauses(document: Document, about: frozenset[str]) -> list[Clause]:
    """The clauses in the head of a document that hold a figure; those about the event lead."""
    found = []
    for place, span in enumerate(sentences(document)):
        ends = _CHINESE_ENDS if document.language == "zh" else _ENDS
        if not ends.search(span.text) or "…" in span.text or "..." in span.text:
            continue
        if patterns().boilerplate.search(span.text):
            continue
        for start, end in _pieces(span, document.language):
            clause = _clause(document, start, end, about, place)
            if clause is not None:
                found.append(clause)
    return sorted(found, key=lambda one: (-one.points, one.start))


def key_figures(found: Sequence[Clause], printed: Sequence[str], most: int) -> list[Clause]:
    """The clauses most worth quoting, none of which says what is printed or quoted already."""
    chosen: list[Clause] = []
    known = [quantity for text in printed for quantity in find_quantities(text)]
    for clause in found:
        if len(chosen) == most:
            break
        if _repeats(clause.quantities, known) or any(
            alike(clause.content, other.content) > 0.6 for other in chosen
        ):
            continue
        chosen.append(clause)
        known.extend(clause.quantities)
    return chosen


def differences(found: Sequence[Clause]) -> tuple[Clause, Clause] | None:
    """Two clauses of two outlets that give different values for one thing, or None.

    The words around both figures must be the same, and neither report may hold the other's value:
    a report that names both speaks of two things.
    """
    single = [one for one in found if _may_differ(one)][:COMPARED]
    told: dict[DocumentId, tuple[Quantity, ...]] = {}
    for at, one in enumerate(single):
        for other in single[at + 1 :]:
            if _outlet(one) == _outlet(other) or not _count_one_thing(one, other):
                continue
            left, right = one.quantities[0], other.quantities[0]
            if not conflicts(left, right):
                continue
            if not _holds(one.document, right, told) and not _holds(other.document, left, told):
                return one, other
    return None


def _outlet(clause: Clause) -> str:
    return outlet_name(clause.document, "zh")


def _may_differ(clause: Clause) -> bool:
    if len(clause.quantities) != 1:
        return False
    quantity = clause.quantities[0]
    return bool(quantity.unit) and quantity.bound in {"exact", "about"}


def _count_one_thing(one: Clause, other: Clause) -> bool:
    if one.document.language != other.document.language:
        return False
    if one.quantities[0].unit != other.quantities[0].unit:
        return False
    left, right = _without_digits(one.content), _without_digits(other.content)
    shared = len(left & right)
    return shared >= 3 and shared >= SAME_THING * len(left | right)


def _holds(
    document: Document, quantity: Quantity, told: dict[DocumentId, tuple[Quantity, ...]]
) -> bool:
    """Tell whether a report has a value anywhere; what each report has is read once (`told`)."""
    if document.id not in told:
        told[document.id] = find_quantities(f"{document.title}\n{document.text[:READ]}")
    return any(same_value(quantity, other) for other in told[document.id])


def _without_digits(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if not any(sign.isdigit() for sign in word))


def _pieces(span: Span, language: str) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence as offsets of the text; a short one takes along the one before."""
    unit = "zh" if language == "zh" else "en"
    borders = [0, *(match.end() for match in _BORDER.finditer(span.text)), len(span.text)]
    before = 0
    for left, right in pairwise(dict.fromkeys(borders)):
        for first in (left, before):
            piece = span.text[first:right]
            text = piece.strip(_EDGES)
            size = length(text, language)
            whole = size >= SHORTEST_CLAUSE[unit] and not patterns().leaning.search(text)
            if text and whole and size <= LONGEST_CLAUSE[unit]:
                start = span.start + first + piece.index(text)
                yield start, start + len(text)
                break
        before = left


def _clause(
    document: Document, start: int, end: int, about: frozenset[str], place: int
) -> Clause | None:
    text = document.text[start:end]
    even = all(text.count(left) == text.count(right) for left, right in ("（）", "()", "《》"))
    if not even or _QUOTES.search(text) or not any(sign.isdigit() for sign in text):
        return None
    quantities = tuple(one for one in find_quantities(text, document.language) if _is_figure(one))
    if not quantities:
        return None
    content = content_words(text)
    points = max(_WORTH[one.kind] for one in quantities) - 0.04 * place
    points += 0.5 * min(1.0, len(content & about) / 3)
    return Clause(document, start, end, text, quantities, content, points)


def _is_figure(quantity: Quantity) -> bool:
    if quantity.kind not in _WORTH or not any(sign.isdigit() for sign in quantity.text):
        return False
    return quantity.low >= SMALL.get(quantity.kind, quantity.low)


def _repeats(quantities: Sequence[Quantity], known: Sequence[Quantity]) -> bool:
    return all(any(same_value(one, other) for other in known) for one in quantities)
