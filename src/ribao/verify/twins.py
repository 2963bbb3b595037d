"""A printed sentence laid beside the sentence of a report that it was made from.

Where most words of a sentence stand in one sentence of a report in the same order, the two are
twins: then each claim has a counterpart, and a claim that was changed stands opposite the words
that it replaced. This finds a figure that was swapped for another figure of the same report, a
direction that was turned, a "not" that was lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from ribao.verify.evidence import Place
from ribao.verify.readers import alike, small_number
from ribao.verify.tokens import spans_of, words_of

LEAST = 0.7  # of the words of the printed sentence stand in its twin, in order
LEAST_SHORT, _SHORT = 0.6, 6  # the same for sentences of up to six tokens
# What may stand between things in a row, whose order says nothing.
ROW = re.compile(r"(?:[\s、,，;；/&·和与及或（(]|\band\b|\bor\b|以及)*", re.IGNORECASE)


class Block(NamedTuple):
    """A stretch of both sentences, as ranges of tokens: equal, or one put for the other."""

    same: bool
    mine: range
    told: range


_LARGE = 90_000  # pairs of words of two sentences that are compared without leaving common ones out


def _aligned(mine: Sequence[str], told: Sequence[str]) -> Iterator[Block]:
    """Lay two rows of words beside each other: what both begin and end with needs no search."""
    least = min(len(mine), len(told))
    head = next((i for i in range(least) if mine[i] != told[i]), least)
    least -= head
    tail = next((i for i in range(least) if mine[-1 - i] != told[-1 - i]), least)
    ends = len(mine) - tail, len(told) - tail
    a, b = mine[head : ends[0]], told[head : ends[1]]
    # Two rows of one word repeated would be compared word by word, thousands of times over.
    matcher = SequenceMatcher(None, a, b, autojunk=len(a) * len(b) > _LARGE)
    codes = [
        (tag == "equal", i1 + head, i2 + head, j1 + head, j2 + head)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]
    if head:
        first = codes.pop(0) if codes and codes[0][0] else (True, head, head, head, head)
        codes.insert(0, (True, 0, first[2], 0, first[4]))
    if tail:
        last = codes.pop() if codes and codes[-1][0] else (True, *ends[:1] * 2, *ends[1:] * 2)
        codes.append((True, last[1], len(mine), last[3], len(told)))
    for same, i1, i2, j1, j2 in codes:
        yield Block(same, range(i1, i2), range(j1, j2))


class Twin:
    """A printed sentence (`text`) beside one sentence of the evidence (`place`)."""

    def __init__(self, text: str, place: Place, order: Sequence[int] = ()) -> None:
        """Lay the two beside each other; `order` are the words of the first as they are laid."""
        self.text = text
        self.place = place
        self._order = order
        words = words_of(text)
        self.words = tuple(words[i] for i in order) if order else words
        self.blocks = tuple(_aligned(self.words, words_of(place.text)))

    @classmethod
    def in_its_order(cls, text: str, place: Place) -> Twin | None:
        """The twin with the clauses laid in the order of the other; None where they stand in it."""
        words, told = words_of(text), words_of(place.text)
        ends = [i + 1 for i, word in enumerate(words) if word in _CLAUSE_MARKS]
        clauses = [range(a, b) for a, b in pairwise([0, *ends, len(words)]) if a < b]
        if not 1 < len(clauses) <= _MOST_CLAUSES:
            return None
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(told)
        at = {}
        for clause in clauses:
            matcher.set_seq1(words[clause.start : clause.stop])
            at[clause] = matcher.find_longest_match().b
        moved = sorted(clauses, key=at.__getitem__)
        return None if moved == clauses else cls(text, place, [i for one in moved for i in one])

    @cached_property
    def mine(self) -> tuple[tuple[int, int], ...]:
        """The places of the words of the printed sentence, in the order in which they are laid."""
        spans = spans_of(self.text)
        return tuple(spans[i] for i in self._order) if self._order else spans

    @cached_property
    def told(self) -> tuple[tuple[int, int], ...]:
        """The places of the words of the other sentence."""
        return spans_of(self.place.text)

    @cached_property
    def share(self) -> float:
        """How much of the printed sentence stands in its twin: 0.0 to 1.0, marks left out."""
        words = [word[0].isalnum() for word in self.words]
        same = sum(words[i] for block in self.blocks if block.same for i in block.mine)
        return same / max(1, sum(words))

    @cached_property
    def new(self) -> int:
        """How many words of the printed sentence its twin does not have at their place."""
        return sum(
            self.words[i][0].isalnum()
            for block in self.blocks
            if not block.same
            for i in block.mine
        )

    def new_outside(self, start: int, end: int) -> int:
        """How many of these words stand outside of a span of the printed sentence."""
        return sum(
            self.words[i][0].isalnum() and not start <= self.mine[i][0] < end
            for block in self.blocks
            if not block.same
            for i in block.mine
        )

    @property
    def near(self) -> bool:
        """Tell whether the two are twins. A very short sentence may differ in one word of three."""
        return self.share >= (LEAST if len(self.words) > _SHORT else LEAST_SHORT)

    @staticmethod
    def share_of(a: str, b: str) -> float:
        """How much of `a` stands in `b` in the same order: 0.0 to 1.0."""
        mine, told = words_of(a), words_of(b)
        matcher = SequenceMatcher(None, mine, told, autojunk=False)
        return sum(block.size for block in matcher.get_matching_blocks()) / max(1, len(mine))

    def opposite(self, start: int, end: int) -> tuple[int, int, bool]:
        """The span of the twin that stands opposite a span of the printed sentence.

        The third value tells whether both have the same words there and nothing was put between.
        """
        covered = self._covered(start, end)
        if not covered:
            return 0, 0, False
        touched = [self.blocks[number] for number in self._touched(covered)]
        first, last = touched[0], touched[-1]
        left = first.told.start + (covered[0] - first.mine.start if first.same else 0)
        right = (
            last.told.start + (covered[-1] + 1 - last.mine.start) if last.same else last.told.stop
        )
        whole = len(touched) == 1 and first.same
        if left >= right:
            at = self._place(left)
            return at, at, False
        return self.told[left][0], self.told[right - 1][1], whole

    def framed(self, start: int, end: int) -> bool:
        """Tell whether a span stands in its twin among the same words, so that it says the same.

        What is read of a name or a figure hangs on the words beside it, never on further ones.
        """
        covered = self._covered(start, end)
        if not covered:
            return False
        mine = self.mine
        if (mine[covered[0]][0], mine[covered[-1]][1]) != (start, end):
            return False
        block = next(b for b in self.blocks if covered[-1] < b.mine.stop)
        first, last = block.mine.start, block.mine.stop
        if not block.same or covered[0] < first:
            return False
        begins = covered[0] - first >= _FRAME or first == 0 == block.told.start
        ends = last - covered.stop >= _FRAME or (
            last == len(self.words) and block.told.stop == len(self.told)
        )
        return begins and ends

    def follows(self, start: int, end: int) -> bool:
        """Tell whether no clause of the twin was left out beside a span.

        Where one was, the span may stand opposite the same words of another clause.
        """
        covered = self._covered(start, end)
        if not covered:
            return False
        touched = self._touched(covered)
        beside = self.blocks[max(0, touched[0] - 1) : touched[-1] + 2]
        return all(len(block.told) - len(block.mine) <= _LONGEST_LOSS for block in beside)

    def differs_only_in(self, spans: Sequence[tuple[int, int]]) -> bool:
        """Tell whether every word that one of both has and the other has not is within spans.

        Words of measure (about, over) belong to the figure beside them; a last clause may be gone.
        """
        return all(self._is_within(block, spans) for block in self.blocks if not block.same)

    def _is_within(self, block: Block, spans: Sequence[tuple[int, int]]) -> bool:
        words = words_of(self.place.text)
        lost = [i for i in block.told if words[i][0].isalnum()]
        if lost and not block.mine:
            at = self._opposite_gap(block)
            last = words[block.told.start] in _CLAUSE_MARKS and block.told.stop >= len(words) - 1
            moved = {words[i] for i in lost}  # "17 December" of "December 17"
            return last or any(
                a <= at <= b or (a - 1 <= at <= b + 1 and moved <= {*words_of(self.text[a:b])})
                for a, b in spans
            )
        if len(self._without_last_clause(block.told)) - len(block.mine) > _LONGEST_LOSS:
            return False
        outside = [
            i
            for i in block.mine
            if self.words[i] not in _MEASURE
            and self.words[i][0].isalnum()
            and not any(a <= self.mine[i][0] and self.mine[i][1] <= b for a, b in spans)
        ]
        return not outside or self._says_alike(outside, block)

    def _without_last_clause(self, told: range) -> range:
        """Words of the twin without a clause at its end, which a shorter sentence leaves out."""
        words = words_of(self.place.text)
        if told.stop < len(words) - 1:
            return told
        ends = (i for i in told if words[i] in _CLAUSE_MARKS)
        return range(told.start, next(ends, told.stop))

    def _says_alike(self, outside: Sequence[int], block: Block) -> bool:
        """Tell whether words of a block say what the last ones of its other side say.

        What stands before them are words that were judged: "Google said", 谷歌宣布.
        """
        start, end = self.mine[outside[0]][0], self.mine[outside[-1]][1]
        told, last = self.told[block.told.start : block.told.stop], block.mine.stop - 1
        if not told or start >= end or outside[-1] - outside[0] >= len(outside):
            return False
        if outside[0] > block.mine.start:  # else the whole of the block stands for the whole
            return last == outside[-1] and any(
                self.says_alike((start, end), (first, told[-1][1])) for first, _ in told[-2:]
            )
        there = told[0][0], told[-1][1]
        return last == outside[-1] and self.says_alike((start, end), there)

    def says_alike(self, mine: tuple[int, int], told: tuple[int, int]) -> bool:
        """Tell whether newspapers use the words of one span for those of the other.

        With a sign or two beside them: of 目前 and 当前 the pieces that differ are no words.
        """
        text, other = self.text, self.place.text
        numbers = small_number(text[slice(*mine)]), small_number(other[slice(*told)])
        if None not in numbers:
            return numbers[0] == numbers[1]
        return any(
            (
                text[max(0, mine[0] - left) : mine[1] + right].lower(),
                other[max(0, told[0] - left) : told[1] + right].lower(),
            )
            in alike()
            for left, right in _BESIDE
        )

    def _opposite_gap(self, block: Block) -> int:
        """Where in the printed sentence words of the twin are left out."""
        before = block.mine.start - 1
        return self.mine[before][1] if before >= 0 else 0

    def alone(self, start: int, end: int) -> bool:
        """Tell whether no word outside of a span of the printed sentence was changed with it."""
        covered = self._covered(start, end)
        touched = [self.blocks[number] for number in self._touched(covered)] if covered else []
        return all(
            block.same or (covered.start <= block.mine.start and block.mine.stop <= covered.stop)
            for block in touched
        )

    def _touched(self, covered: range) -> list[int]:
        """The numbers of the blocks that some words of the printed sentence stand in."""
        return [
            number
            for number, block in enumerate(self.blocks)
            if block.mine.start <= covered[-1] and covered[0] < block.mine.stop
        ]

    def _covered(self, start: int, end: int) -> range:
        """The numbers of the words of the printed sentence that a span touches."""
        spans = spans_of(self.text)
        first = max(0, bisect_right(spans, (start, len(self.text))) - 1)
        if first < len(spans) and spans[first][1] <= start:
            first += 1
        last = bisect_left(spans, (end,))
        if not self._order or first >= last:
            return range(first, last)
        laid = self._laid[first]
        together = self._laid[last - 1] - laid == last - 1 - first
        return range(laid, laid + last - first) if together else range(0)

    @cached_property
    def _laid(self) -> dict[int, int]:
        """At which place each word of the printed sentence is laid."""
        return {number: at for at, number in enumerate(self._order)}

    def _place(self, number: int) -> int:
        return self.told[number][0] if number < len(self.told) else len(self.place.text)

    def changed(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Spans of the printed sentence that were put for a span of the twin, as pairs."""
        for block in self.blocks:
            if not block.same and block.mine and block.told:
                mine, told = self.mine, self.told
                start, end = mine[block.mine.start][0], mine[block.mine.stop - 1][1]
                if start < end:  # else it reaches over two clauses that changed places
                    yield (
                        (start, end),
                        (told[block.told.start][0], told[block.told.stop - 1][1]),
                    )

    def turned(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Stretches of one clause that went round a name: "A buys B" where the twin has "B buys A".

        As spans of the printed sentence and of its twin. A word that only moved is no such thing.
        """
        words, told = self.words, words_of(self.place.text)
        gone = [block.told for block in self.blocks if not block.same and not block.mine]
        come = [block.mine for block in self.blocks if not block.same and not block.told]
        for a in come:
            for b in gone:
                here, there = words[a.start : a.stop], told[b.start : b.stop]
                if here == there or len(here) < 2 or sorted(here) != sorted(there):
                    continue
                if not (_CLAUSE_MARKS | _JOINING) & {*here, *self._between(a, b)}:
                    start, end = self.mine[a.start][0], self.mine[a.stop - 1][1]
                    yield (start, end), (self.told[b.start][0], self.told[b.stop - 1][1])

    def _between(self, come: range, gone: range) -> Iterator[str]:
        """The equal words between a stretch that came and one that went."""
        for block in self.blocks:
            after_come = block.mine.start >= come.stop and block.told.stop <= gone.start
            after_gone = block.told.start >= gone.stop and block.mine.stop <= come.start
            if block.same and (after_come or after_gone):
                yield from self.words[block.mine.start : block.mine.stop]

    def lost(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the printed sentence lost a span of its twin, as the words that stand there now.

        None where the words are still there, or where a longer stretch was left out around them,
        which is a shorter sentence and not a changed one.
        """
        for number, block in enumerate(self.blocks):
            if block.same or not block.told:
                continue
            left, right = self.told[block.told.start][0], self.told[block.told.stop - 1][1]
            if not (left < end and start < right):
                continue
            if len(block.told) - len(block.mine) > _LONGEST_LOSS:
                return None
            near = [*(self.blocks[number - 1].mine if number else ()), *block.mine]
            after = self.blocks[number + 1 : number + 2]
            near += [i for b in after for i in b.mine][:2]
            words = [self.mine[i] for i in near][-4:]
            return (words[0][0], words[-1][1]) if words else None
        return None

    def put_for(self, start: int, end: int) -> str:
        """The words of the printed sentence that were put for a span of its twin; "" for none."""
        for block in self.blocks:
            if block.same or not block.told or not block.mine:
                continue
            left, right = self.told[block.told.start][0], self.told[block.told.stop - 1][1]
            if left < end and start < right:
                return self.text[self.mine[block.mine.start][0] : self.mine[block.mine.stop - 1][1]]
        return ""


_BESIDE = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2))  # signs left and right of a span
_FRAME = 4  # words or signs on each side
_MEASURE = frozenset(  # of a bound, which belongs to the figure behind it
    {
        *"约近超逾过大余多",
        *re.findall(r"\w+", "about around approximately roughly some nearly almost over more than"),
    }
)
_CLAUSE_MARKS = frozenset(",，;；:：。.")
_JOINING = frozenset({"与", "和", "同", "跟", "及", "或", "、", "and", "or", "with", "&"})
_MOST_CLAUSES = 12  # a longer sentence is a list
_LONGEST_LOSS = 4  # tokens: 并没有 and "did not" are lost alone, a clause of ten is left out
