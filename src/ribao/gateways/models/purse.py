"""Who holds the money: what a client of models asks of it. The store keeps it, over processes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ribao.gateways.models.task import Answer, Usage


@dataclass(frozen=True, slots=True)
class Call:
    """One call that is about to be made; `most_micro` is what it can cost at most."""

    run: str
    model: str
    task: str
    subject: str
    most_micro: int


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was paid for before, and the model that gave it."""

    model: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Spent:
    """What the calls of a run, a day or a month came to."""

    calls: int = 0
    micro: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0


class Purse(Protocol):
    """Money that is set aside before a call and settled after it. May be used by many threads."""

    def reserve(self, call: Call) -> int:
        """Set the money aside, all or nothing; gives the number of the call.

        Raises:
            BudgetError: the cap of the run, the day or the month could be passed.
        """
        ...

    def settle(self, number: int, micro: int, usage: Usage | None, state: str) -> None:
        """Book what a call cost; `state` is settled, uncertain, released or disputed."""
        ...

    def spent(self, run: str = "") -> Spent:
        """What all calls came to, or those of one run."""
        ...

    def kept(self, key: str) -> Kept | None:
        """The answer to a question that was asked before."""
        ...

    def keep(self, key: str, kept: Kept) -> None:
        """Keep an answer."""
        ...
