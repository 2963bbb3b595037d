"""One sentence under examination: its claims, its evidence, and the sentence it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ribao.language.scripts import detect_language
from ribao.model import Sentence
from ribao.verify.claims import Claim
from ribao.verify.evidence import Evidence
from ribao.verify.twins import Twin

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

    @property
    def twin(self) -> Twin | None:
        """The sentence of the evidence that holds most of these words in this order, if any."""
        if not self._searched:
            self._searched = True
            self._twin = self._find_twin()
        return self._twin

    @property
    def translated(self) -> bool:
        """Tell whether none of the cited words are in the language of the sentence."""
        own = detect_language(self.sentence.text)
        return all(passage.language != own for passage in self.evidence.cited_passages)

    def _find_twin(self) -> Twin | None:
        best: Twin | None = None
        tried = (*self.evidence.cited_places, *self.evidence.ranked[:CANDIDATES])
        for place in tried[: 2 * CANDIDATES]:
            twin = Twin(self.sentence.text, place)
            if twin.near and (best is None or twin.share > best.share):
                best = twin
        return best
