"""What became of a batch: kept, dropped with a reason, or failed with a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Reason(StrEnum):
    """Why a subject was dropped. The ledger stores the value; the catalogue has the words."""

    TOO_OLD = "too-old"
    IN_THE_FUTURE = "in-the-future"
    REPEATED = "repeated"
    NO_TEXT = "no-text"
    NO_TITLE = "no-title"
    NO_LINK = "no-link"
    WRONG_PAGE = "wrong-page"
    ERROR_PAGE = "error-page"
    HOME_PAGE = "home-page"
    OPTED_OUT = "opted-out"
    OTHER_LANGUAGE = "other-language"
    OFF_TOPIC = "off-topic"
    EXCLUDED = "excluded"
    LOW_SCORE = "low-score"
    NO_ROOM = "no-room"
    SAME_COMPANY = "same-company"
    ALREADY_PRINTED = "already-printed"
    NOTHING_NEW = "nothing-new"
    NOTHING_TO_SAY = "nothing-to-say"
    CUT_SHORT = "cut-short"
    UNSUPPORTED = "unsupported"
    CONTRADICTED = "contradicted"
    COPIED_TOO_MUCH = "copied-too-much"
    UNSAFE_LINK = "unsafe-link"
    PAUSED = "paused"
    GONE = "gone"
    EDITOR = "held-by-editor"


@dataclass(frozen=True, slots=True)
class Drop:
    """One subject that a step left out on purpose; `detail` is one sentence for a person."""

    subject: str
    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """One subject that a step could not handle; `error` is the one-sentence message."""

    subject: str
    error: str


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of a batch. `kept`, `dropped` and `failed` together account for every subject."""

    kept: tuple[T, ...] = ()
    dropped: tuple[Drop, ...] = ()
    failed: tuple[Failure, ...] = ()

    @classmethod
    def join(cls, outcomes: Iterable[Outcome[T]]) -> Outcome[T]:
        """Add outcomes up, in their order."""
        parts = tuple(outcomes)
        return cls(
            tuple(subject for part in parts for subject in part.kept),
            tuple(drop for part in parts for drop in part.dropped),
            tuple(failure for part in parts for failure in part.failed),
        )
