"""Facts of a released model that fit on a card: parameters, context window, licence, size, price.

Each fact is a passage of a report, word for word, so that whoever prints it can cite it. Nothing is
computed and nothing is guessed: a number without its word ("参数", "context") is no fact. Pure
functions on documents; any step may use them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources

from ribao.language.amounts import Quantity
from ribao.language.quantities import find_quantities
from ribao.language.sentences import split_sentences
from ribao.model import Citation, Document

KINDS = ("parameters", "active", "context", "training", "size", "speed", "price", "licence")
READ = 6000  # characters of a report; what it says of a model stands in its first paragraphs
NEAR = 20  # characters between a number and the word that says what it counts
FAR = 44  # characters over which the sizes of several variants are one fact
LEAST_PARAMETERS, LEAST_CONTEXT = (
    Decimal(10**6),
    Decimal(1000),
)  # smaller numbers count other things


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a release. `value` compares equal across languages, `words` are the report's."""

    kind: str  # one of KINDS
    value: str
    citation: Citation

    @property
    def words(self) -> str:
        """The fact as the report words it."""
        return self.citation.quote


def facts_card(documents: Sequence[Document]) -> tuple[Fact, ...]:
    """Choose at most one fact of each kind, in the order of KINDS.

    Of several values the one that most reports give is taken, of equals the one of the earlier
    document; copies have no vote.
    """
    votes: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], Fact] = {}
    for document in documents:
        if document.copy_of is not None:
            continue
        seen: set[tuple[str, str]] = set()
        for fact in find_facts(document):
            key = (fact.kind, fact.value)
            first.setdefault(key, fact)
            if key not in seen:
                votes[key] = votes.get(key, 0) + 1
                seen.add(key)
    chosen: dict[str, Fact] = {}
    for key, fact in first.items():  # in the order of the documents
        best = chosen.get(fact.kind)
        if best is None or votes[key] > votes[best.kind, best.value]:
            chosen[fact.kind] = fact
    return tuple(chosen[kind] for kind in KINDS if kind in chosen)


def find_facts(document: Document) -> tuple[Fact, ...]:
    """Find the facts that a report states, in its title first, then in the order of its text."""
    return (
        *_facts_of(document, document.title, "title"),
        *_facts_of(document, document.text[:READ], "text"),
    )


def _facts_of(document: Document, text: str, field: str) -> Iterator[Fact]:
    for sentence in split_sentences(text):
        for kind, value, start, end in sorted(_spans(sentence.text), key=lambda one: one[2:]):
            first, last = sentence.start + start, sentence.start + end
            citation = Citation(document.id, text[first:last], first, last, field)
            yield Fact(kind, value, citation)


@cache
def _words() -> tuple[dict[str, re.Pattern[str]], tuple[tuple[str, re.Pattern[str]], ...]]:
    """Words that say what a number counts, and the patterns of facts that need no such word."""
    raw = (resources.files("ribao") / "facts.toml").read_text(encoding="utf-8")
    table = tomllib.loads(raw)
    whole = table.pop("whole")
    words = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in table.items()}
    patterns = tuple(
        (kind, re.compile(pattern, re.IGNORECASE)) for kind in whole for pattern in whole[kind]
    )
    return words, patterns


def _spans(sentence: str) -> Iterator[tuple[str, str, int, int]]:
    """Facts of one sentence: kind, value, start and end."""
    for kind, pattern in _words()[1]:
        for match in pattern.finditer(sentence):
            value = _licence(match.group()) if kind == "licence" else _folded(match.group())
            yield kind, value, match.start(), match.end()
    amounts = [(amount, _counted(amount, sentence)) for amount in find_quantities(sentence)]
    yield from _sizes(sentence, [amount for amount, kind in amounts if kind == "parameters"])
    for amount, kind in amounts:
        if kind not in ("", "parameters"):
            unit = f" {amount.unit}" if kind == "size" else ""
            start, end = _with_word(_words()[0][kind], sentence, amount.start, amount.end)
            yield kind, f"{amount.low.normalize():f}{unit}", start, end


def _counted(amount: Quantity, sentence: str) -> str:
    """Kind of fact that a number is by the words beside it, or ""."""
    before = sentence[max(0, amount.start - NEAR) : amount.start]
    after = sentence[amount.end : amount.end + NEAR]
    number = amount.kind in ("number", "count")
    if (number or amount.kind == "tokens") and amount.low >= LEAST_CONTEXT:
        if _touches("context", before, after):
            return "context"
        if amount.kind == "tokens" and _touches("training", before, after):
            return "training"
    if amount.kind == "parameters" or (number and amount.low >= LEAST_PARAMETERS):
        if _touches("active", before[-8:], after[:12]):
            return "active"
        if amount.kind == "parameters" or _touches("parameters", before, after):
            return "parameters"
    return "size" if amount.kind == "bytes" and _touches("size", before, after) else ""


def _sizes(sentence: str, found: Sequence[Quantity]) -> Iterator[tuple[str, str, int, int]]:
    """One fact for the sizes of several variants that stand together."""
    if not found:
        return
    group = [found[0]]
    for one in found[1:]:
        if one.start - group[-1].end <= FAR:
            group.append(one)
    value = " ".join(f"{size.normalize():f}" for size in sorted({one.low for one in group}))
    yield (
        "parameters",
        value,
        *_with_word(_words()[0]["parameters"], sentence, group[0].start, group[-1].end),
    )


def _touches(word: str, before: str, after: str) -> bool:
    """Whether the word stands on either side, with no other clause between."""
    left = re.split(r"[,，;；。、(（]", before)[-1]
    right = re.split(r"[,，;；。、)）]", after)[0]
    pattern = _words()[0][word]
    return bool(pattern.search(left) or pattern.search(right))


def _with_word(word: re.Pattern[str], sentence: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span to the word that says what is counted, so that the passage reads alone."""
    if word.search(sentence[start:end]):
        return start, end
    after = word.search(re.split(r"[,，;；。、]", sentence[end : end + NEAR])[0])
    if after:
        return start, end + after.end()
    first = max(0, start - NEAR)
    before = list(word.finditer(sentence[first:start]))
    return (first + before[-1].start() if before else start), end


def _licence(words: str) -> str:
    """Name a licence without the words around it: "MIT 协议" and "MIT License" are one."""
    plain = re.sub(
        r"(?i)licen[sc]ed?|version|open[- ]source|开源|许可证|许可|协议|[ ,-]+", " ", words
    )
    return " ".join(plain.split()).casefold().replace("v2.0", "2.0")


def _folded(words: str) -> str:
    return re.sub(r"\s+", "", words).casefold()
