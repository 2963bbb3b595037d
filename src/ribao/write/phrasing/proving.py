"""What the writer needs to work with a model: somebody to ask, and somebody who proves.

The checker is passed in, since a checker that shares the writer's code would share its mistakes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ribao.gateways.models.asking import Models
from ribao.model import Document, Finding, Sentence, Verdict

Findings = tuple[Finding, ...]
Prove = Callable[[Sequence[Sentence], Sequence[Document]], Sequence[Findings]]
FAILED = frozenset({Verdict.CONTRADICTED, Verdict.UNSUPPORTED})


@dataclass(frozen=True, slots=True)
class Phraser:
    """Who phrases an edition in `language`: models to ask, and the proof of sentences."""

    models: Models
    prove: Prove
    language: str

    @property
    def heads(self) -> tuple[str, ...]:
        """The models of headlines and of the front."""
        return self.models.settings.headline or self.models.settings.writer


def objection(findings: Sequence[Finding]) -> str:
    """What the proof has against a sentence, in words; "" where nothing."""
    failed = [one for one in findings if one.verdict in FAILED]
    failed.sort(key=lambda one: one.verdict != Verdict.CONTRADICTED)
    return f"{failed[0].claim}: {failed[0].because}" if failed else ""
