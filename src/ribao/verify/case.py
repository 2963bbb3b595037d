"""One sentence under examination: its claims, its evidence, and the sentence it was made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar, cast

from ribao.language.scripts import detect_language
from ribao.model import Sentence
from ribao.verify.claims import Claim
from ribao.verify.evidence import Evidence, Place
from ribao.verify.tokens import in_common
from ribao.verify.twins import Twin

_T = TypeVar("_T")
CERTAIN = 0.85  # of the words: no other sentence needs to be tried
LEAST_MOVED = 0.3  # of the words stand in order: the clauses may stand in another one
SCATTERED = 0.005  # of the words: letters all over a longer sentence are no copy of a short one
CANDIDATES = 3  # sentences of the evidence, the most alike first, that are tried as the twin


@dataclass(slots=True)
class Case:
    """What the judges of one sentence share. `language` is that of the findings."""

    sentence: Sentence
    claims: tuple[Claim, ...]
    evidence: Evidence
    day: date
    language: str
    _twin: Twin | None = field(default=None, init=False)
    _searched: bool = field(default=False, init=False)
    _settled: set[tuple[int, int]] = field(default_factory=set, init=False)
    _made: dict[object, object] = field(default_factory=dict, init=False)

    @property
    def twin(self) -> Twin | None:
        """The sentence of the evidence that holds most of these words in this order, if any."""
        if not self._searched:
            self._searched = True
            self._twin = self._find_twin()
        return self._twin

    @property
    def copied(self) -> bool:
        """Tell whether the sentence is all but its twin's own: then the twin decides alone."""
        return self.twin is not None and self.twin.share >= CERTAIN

    def once(self, make: Callable[[Case], _T]) -> _T:
        """What a function says of this case, asked once however many judges want to know."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("_T", self._made[make])

    def settle(self, start: int, end: int) -> None:
        """Remember that the twin says the same at the place of a span, though in other words."""
        self._settled.add((start, end))

    def settled(self, start: int, end: int) -> bool:
        """Tell whether the twin says at the place of a span what the span says.

        Whoever asks this first need not look for other sentences on the same thing, which costs
        more than all else: most of an edition is near to what a report says.
        """
        if self.twin is None or not self.twin.follows(start, end):
            return False
        return (start, end) in self._settled or self.unchanged(start, end)

    def closed(self, failed: Sequence[tuple[int, int]]) -> bool:
        """Tell whether the sentence is its twin but for claims that were judged beside it.

        `failed` are the spans on which a finding says that they are wrong. Then there is nothing
        left that could be told otherwise, and no other sentence has to be asked.
        """
        return self.twin is not None and self.twin.differs_only_in([*self._settled, *failed])

    def unchanged(self, start: int, end: int) -> bool:
        """Tell whether a span of the sentence stands in its twin among the same words."""
        return self.twin is not None and self.twin.framed(start, end)

    @property
    def translated(self) -> bool:
        """Tell whether none of the cited words are in the language of the sentence."""
        own = detect_language(self.sentence.text)
        return all(passage.language != own for passage in self.evidence.cited_passages)

    def _find_twin(self) -> Twin | None:
        best = self._best(self.evidence.cited_places[: 2 * CANDIDATES], None)
        if best is not None and best.share >= CERTAIN:
            return best
        return self._best(self._likeliest(), best)

    def _likeliest(self) -> list[Place]:
        """The most alike sentences, each once and none that is far too short to be the twin."""
        found: dict[str, Place] = {}
        least = LEAST_MOVED * len(self.sentence.text) / 2
        for place in self.evidence.ranked:
            if len(place.text) >= least:
                found.setdefault(place.text, place)
            if len(found) == CANDIDATES or not place.alike:
                break
        return list(found.values())

    def _best(self, places: Sequence[Place], best: Twin | None) -> Twin | None:
        for place in places:
            most = in_common(self.sentence.text, place.text)
            if most < LEAST_MOVED or (best is not None and most <= _nearness(best)):
                continue
            twin = Twin(self.sentence.text, place)
            if LEAST_MOVED <= twin.share < CERTAIN:
                moved = Twin.in_its_order(self.sentence.text, place)
                twin = moved if moved is not None and moved.share > twin.share else twin
            laid = twin.near or (twin.share >= LEAST_MOVED and next(twin.turned(), None))
            if laid and (best is None or _nearness(twin) > _nearness(best)):
                best = twin
        return best


def _nearness(twin: Twin) -> float:
    """How much of the sentence stands in a twin, less a little for each place where they differ."""
    return twin.share - SCATTERED * len(twin.blocks)
