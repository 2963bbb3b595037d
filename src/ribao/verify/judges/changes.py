"""Words of the twin that were put for others and that no claim of the sentence accounts for.

A figure that no reader takes for one (31 April), a name that is also an ordinary word, a word that
was turned into its opposite: what was changed is seen, though what it means now is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, permutations

from ribao.language.names import NameMention, is_title_case
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import AMOUNT, FACTS, NAME, Claim, claim_of
from ribao.verify.judges.denials import denied
from ribao.verify.judges.facts import told_at
from ribao.verify.judges.reranked import changed_ranks
from ribao.verify.judges.tails import lost_tiers, other_halves
from ribao.verify.naming import span_of
from ribao.verify.readers import Person, signs, small_number
from ribao.verify.tokens import words_of
from ribao.verify.twins import ROW, Twin
from ribao.verify.verdicts import Proof, contradicted, part_of

_LIST_MARK = re.compile(r"[（(]?\d{1,2}[.、）)]")
_SENSE = "sense"


def found_in_the_twin(case: Case) -> Iterator[Finding]:
    """All findings of this page on one sentence."""
    if case.twin is not None:
        yield from unexplained(case)
        yield from turned(case)
        yield from inserted(case)
        yield from swapped_words(case)
        yield from prefixed(case)
        yield from denied(case)
        yield from changed_ranks(case)
        yield from other_halves(case)
        yield from lost_tiers(case)


def unexplained(case: Case) -> Iterator[Finding]:
    """Findings on changed words, each with the words that the report has in their place."""
    twin = case.twin
    if twin is None:
        return
    changed = list(twin.changed())
    for mine, told in changed:
        words = case.sentence.text[mine[0] : mine[1]]
        proof = part_of(twin.place, *told)
        kind = _kind(words, mine, proof, case)
        if not kind and _exchanged(mine, told, changed, twin):
            kind = _SENSE
        if kind:
            family = NAME if kind == NAME else AMOUNT
            claim = claim_of(words, *mine, kind, family)
            yield contradicted(claim, proof, case.language)


def _exchanged(
    mine: tuple[int, int],
    told: tuple[int, int],
    changed: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    twin: Twin,
) -> bool:
    """Tell whether two stretches stand each in the place of the other: who did it to whom.

    What stands in a row, between commas alone, may stand there in any order.
    """
    text, other = twin.text, twin.place.text
    here, there = text[slice(*mine)].lower(), other[slice(*told)].lower()
    if not (here[:1].isalnum() and there[:1].isalnum()):
        return False
    return any(
        text[slice(*a)].lower() == there
        and other[slice(*b)].lower() == here
        and not ROW.fullmatch(text[min(a[1], mine[1]) : max(a[0], mine[0])])
        for a, b in changed
    )


def inserted(case: Case) -> Iterator[Finding]:
    """Findings on digits that were put in, which no reader takes for a figure: 66 April."""
    twin = case.twin
    if twin is None:
        return
    place = twin.place
    facts = [c for c in case.claims if c.family in FACTS]
    for block in twin.blocks:
        if block.same or block.told:
            continue
        for number in block.mine:
            word, (start, end) = twin.words[number], twin.mine[number]
            read = any(c.start <= start < c.end for c in facts)
            if not word[0].isdigit() or read or word in words_of(place.text) or start < _LIST_MARKS:
                continue
            claim = claim_of(word, start, end, "number")
            proof = part_of(place, 0, len(place.text))
            yield contradicted(claim, proof, case.language)


_LIST_MARKS = 3  # characters: a digit at the beginning of a line counts its points off


def prefixed(case: Case) -> Iterator[Finding]:
    """Findings on a 副 or "vice" that was put before a word of the twin, or taken away."""
    twin = case.twin
    if twin is None:
        return
    told = words_of(twin.place.text)
    marks = signs()["prefixes"].split()
    for block, after in pairwise(twin.blocks):
        lost, put = told[slice(*_ends(block.told))], twin.words[slice(*_ends(block.mine))]
        if block.same or not after.same or (*lost, *put) not in {(mark,) for mark in marks}:
            continue
        mine, theirs = twin.mine[after.mine.start], twin.told[after.told.start]
        start = twin.mine[block.mine.start][0] if put else mine[0]
        words = case.sentence.text[start : mine[1]]
        claim = claim_of(words, start, mine[1], _SENSE)
        begin = twin.told[block.told.start][0] if lost else theirs[0]
        proof = part_of(twin.place, begin, theirs[1])
        yield contradicted(claim, proof, case.language)


def _ends(tokens: range) -> tuple[int, int]:
    return tokens.start, tokens.stop


def swapped_words(case: Case) -> Iterator[Finding]:
    """Findings on words that exclude words of the twin and share a sign with them: 全部, 部分."""
    twin = case.twin
    if twin is None or twin.new > _FEW or (not twin.new and not twin.blocks[1:]):
        return
    text, told = case.sentence.text, twin.place.text
    for match in _two_signs().finditer(text):
        if match.group() in told:
            continue
        for other in _two_signs().finditer(told):
            pair = (match.group(), other.group())
            start, end, _ = twin.opposite(*match.span())
            near = other.start() - _FEW <= end and start <= other.end() + _FEW
            if pair in _opposites() and near and other.group() not in text:
                claim = claim_of(match.group(), *match.span(), _SENSE)
                yield contradicted(claim, part_of(twin.place, *other.span()), case.language)


_FEW = 4  # signs: what else may be changed, and how far the two may stand apart


@cache
def _two_signs() -> re.Pattern[str]:
    words = {word for pair in _opposites() for word in pair if len(word) > 1}
    words = {word for word in words if not word.isascii()}
    return re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))))


def turned(case: Case) -> Iterator[Finding]:
    """Findings on clauses in which two changed places around what one did to the other."""
    twin = case.twin
    if twin is None:
        return
    for mine, told in twin.turned():
        words = case.sentence.text[slice(*mine)]
        proof = part_of(twin.place, *told)
        claim = claim_of(words, *mine, _SENSE)
        yield contradicted(claim, proof, case.language)


def _kind(words: str, mine: tuple[int, int], proof: Proof, case: Case) -> str:
    """What sort of claim the changed words are; "" for an innocent change of words."""
    if _contrary(words, mine, proof, case):
        return _SENSE
    values = small_number(words), small_number(proof.told)
    if None not in values and values[0] != values[1]:
        return "number"
    facts = [c for c in case.claims if c.family in FACTS]
    read = [any(c.start <= at < c.end for c in facts) for at in range(*mine)]
    digits = [letter.isdigit() for letter in words]
    if any(digits) and not _LIST_MARK.fullmatch(words):
        unread = any(digit and not its for digit, its in zip(digits, read, strict=True))
        return "number" if unread else ""
    if any(read):
        return ""
    return NAME if _lost_name(words, proof, case) or _stranger(words, mine, case) else ""


_CAPITAL = re.compile(r"[A-Z][a-z\u00c0-\u024f]+(?:['’-][A-Za-z]+)*")
_JOINERS = frozenset({"of", "de", "von", "van", "der", "al", "el", "bin", "the"})


def _stranger(words: str, mine: tuple[int, int], case: Case) -> bool:
    """Tell whether capitalised words were put in that no report has: a name nobody knows.

    A capital at the beginning of a sentence, and any in a headline, needs a second one beside it.
    """
    pieces = [piece.strip(".,;:()\"'“”‘’") for piece in words.split()]
    names = [piece for piece in pieces if _CAPITAL.fullmatch(piece)]
    if not names or len(pieces) > _LONGEST_NAME or set(pieces) - {*names, *_JOINERS}:
        return False
    text = case.sentence.text
    first = not text[: mine[0]].rstrip("\"'“”‘’( ")[-1:].strip(".:!?—–")
    if len(names) < _NAME_WORDS and (first or is_title_case(text)):
        return False
    told = [p for p in case.evidence.passages if p.language == "en"]
    return bool(told) and any(
        all(part not in passage.words for passage in told)
        for name in names
        for part in re.findall(r"[a-z\u00c0-\u024f]{2,}", name.casefold())
    )


_LONGEST_NAME, _NAME_WORDS = 4, 2  # words
_CLAUSE_MARK = re.compile(r"(?:[，；：。]|,(?!\d))(?=.)")  # with it more than a name is gone
_BESIDE_NAME = 8  # characters that may be gone with a name where another was put for it


def _lost_name(words: str, proof: Proof, case: Case) -> bool:
    """Tell whether a short word stands where the report has a name that is nowhere printed."""
    if len(words) > 24 or words.lower() in signs()["pronouns"].split() or not words[0].isalpha():
        return False
    assert case.twin is not None  # noqa: S101 - the only caller has one
    names = [
        told
        for told in told_at(proof, case.twin.place.number, frozenset({NAME}))
        if proof.start <= told.start and told.end <= proof.end
    ]
    known = [told for told in names if _is_known(told)]
    return (
        bool(known)
        and len(names) == 1
        and len(proof.told) - len(known[0].text) <= _BESIDE_NAME
        and _CLAUSE_MARK.search(proof.told) is None
        and known[0].text not in case.sentence.text
        and (
            span_of(Claim(0, len(words), words, NAME, NAME, Person(0, 0, words)), proof.passage)
            is None
        )
    )


def _is_known(told: Claim) -> bool:
    value = told.value
    known = isinstance(value, NameMention) and value.kind in {"organisation", "person", "place"}
    return known or isinstance(value, Person)


def _contrary(words: str, mine: tuple[int, int], proof: Proof, case: Case) -> bool:
    """Tell whether the words exclude those of the report, alone or with the next sign: 开源."""
    text, told = case.sentence.text, proof.told
    before, after = text[mine[0] - 1 : mine[0]], text[mine[1] : mine[1] + 1]
    pairs = (
        (words, told),
        (words + after, told + after),
        (before + words, before + told),
    )
    return any((a.lower(), b.lower()) in _opposites() for a, b in pairs)


@cache
def _opposites() -> frozenset[tuple[str, str]]:
    sets = [line.split("|") for line in signs()["opposites"].splitlines() if "|" in line]
    return frozenset(pair for words in sets for pair in permutations(words, 2))
