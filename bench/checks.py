"""The checker on sets that people labelled: UHGEval (Chinese news), FaithBench (English summaries).

Balanced accuracy of "this text has something its source does not bear out", beside a baseline that
only counts the share of words which the source does not have (its threshold is chosen on the even
cases, everything is scored on the odd ones). `python -m bench checks`; the sets are in ../shared.
"""

from __future__ import annotations

import gzip
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ribao.language.sentences import split_sentences
from ribao.language.words import words
from ribao.model import Citation, Document, DocumentId, Finding, ItemId, Sentence, SourceId
from ribao.verify.evidence import Library
from ribao.verify.proof import FAILED, prove

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with its source, and whether a person found an error in it."""

    source: str
    text: str
    wrong: bool
    language: str
    day: date
    kinds: tuple[str, ...] = ()  # how the person called the error


def uhgeval(shared: Path = SHARED) -> Iterator[Labelled]:
    """Each article twice: its made-up continuation is wrong, its true one is not.

    The true continuation is in the article word for word, so what it measures is false alarms on
    copied text; the made-up one is mostly plausible.
    """
    for row in _rows(shared / "bench/checks/uhgeval_zh_first500.jsonl.gz"):
        day = date.fromisoformat(row["broadcastDate"][:10])
        source = f"{row['headLine']}\n{row['newsBeginning']}\n{row['newsRemainder']}"
        kinds = (row["type"],)
        yield Labelled(source, row["hallucinatedContinuation"].strip(), True, "zh", day, kinds)  # noqa: FBT003 - a label
        yield Labelled(source, row["realContinuation"].strip(), False, "zh", day)  # noqa: FBT003 - a label


def faithbench(shared: Path = SHARED) -> Iterator[Labelled]:
    """Summaries by language models; wrong where a person marked an unwanted span."""
    for row in _rows(shared / "bench/checks/faithbench_first400.jsonl.gz"):
        labels = [label for note in row["annotations"] for label in note["label"]]
        wrong = any(label.startswith("Unwanted") for label in labels)
        kinds = tuple(sorted({label for label in labels if label.startswith("Unwanted.")}))
        yield Labelled(row["source"], row["summary"].strip(), wrong, "en", date(2024, 6, 1), kinds)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def findings(case: Labelled) -> list[Finding]:
    """All findings in one text, its source being the only document."""
    moment = datetime(case.day.year, case.day.month, case.day.day, 12, tzinfo=UTC)
    document = Document(
        id=DocumentId("source"),
        item_id=ItemId("source"),
        source_id=SourceId("source"),
        url="https://source.example/",
        title="",
        text=case.source,
        language=case.language,
        published_at=moment,
        extracted_by="set",
    )
    passages = Library().passages([document])
    found: list[Finding] = []
    for span in split_sentences(case.text):
        sentence = Sentence(span.text, (Citation(document.id, ""),))
        found += prove(sentence, passages, day=case.day, language=case.language)
    return found


def novelty(case: Labelled) -> float:
    """The share of the words of a text that its source does not have: the baseline."""
    mine = set(words(case.text))
    return len(mine - set(words(case.source))) / max(1, len(mine))


def balanced(flags: Sequence[bool], truth: Sequence[bool]) -> float:
    """The mean of the rates at which wrong texts are flagged and right ones are not."""
    hit = sum(f and t for f, t in zip(flags, truth, strict=True)) / max(1, sum(truth))
    passed = sum(not f and not t for f, t in zip(flags, truth, strict=True))
    return (hit + passed / max(1, len(truth) - sum(truth))) / 2


@dataclass(frozen=True, slots=True)
class Score:
    """Balanced accuracy on the odd cases, and what the checker found in wrong and right texts."""

    accuracy: float
    baseline: float
    caught: float  # of the wrong texts, all cases
    alarms: float  # of the right texts, all cases
    kinds: Counter[tuple[str, bool]]  # kind of the failing finding, whether the text was wrong
    seconds: float
    errors: dict[
        str, tuple[int, int, int]
    ]  # kind of error: texts, flagged, flagged by the baseline


def by_error(
    cases: Sequence[Labelled], flags: Sequence[bool], baseline: Sequence[bool]
) -> dict[str, tuple[int, int, int]]:
    """Of the texts with each kind of error ("none", too): how many, how many flagged by each."""
    found: dict[str, tuple[int, int, int]] = {}
    for case, ours, theirs in zip(cases, flags, baseline, strict=True):
        for kind in (
            case.kinds if case.wrong and case.kinds else ("none" if not case.wrong else "?",)
        ):
            of, mine, base = found.get(kind, (0, 0, 0))
            found[kind] = (of + 1, mine + ours, base + theirs)
    return dict(sorted(found.items()))


def score(cases: Sequence[Labelled]) -> Score:
    """Examine all cases."""
    begin = time.perf_counter()
    failing = [[f for f in findings(case) if f.verdict in FAILED] for case in cases]
    seconds = time.perf_counter() - begin
    flags, truth = [bool(found) for found in failing], [case.wrong for case in cases]
    shares = [novelty(case) for case in cases]
    limits = sorted(set(shares[::2]))
    best = max(limits, key=lambda x: (balanced([s > x for s in shares[::2]], truth[::2]), -x))
    kinds = Counter(
        (kind, case.wrong)
        for case, found in zip(cases, failing, strict=True)
        for kind in {f.kind for f in found}
    )
    caught = sum(f for f, t in zip(flags, truth, strict=True) if t) / max(1, sum(truth))
    alarms = sum(f for f, t in zip(flags, truth, strict=True) if not t)
    return Score(
        balanced(flags[1::2], truth[1::2]),
        balanced([s > best for s in shares[1::2]], truth[1::2]),
        caught,
        alarms / max(1, len(truth) - sum(truth)),
        kinds,
        seconds,
        by_error(cases, flags, [share > best for share in shares]),
    )


def halves(cases: Sequence[Labelled]) -> list[Labelled]:
    """Order pairs of texts so that odd and even cases both have wrong and right ones."""
    wrong = [case for case in cases if case.wrong]
    right = [case for case in cases if not case.wrong]
    return [*wrong, *right]


def main() -> None:
    """Print balanced accuracy, baseline and the confusion by kind of claim."""
    for name, cases in (("UHGEval", list(uhgeval())), ("FaithBench", list(faithbench()))):
        found = score(halves(cases))
        print(
            f"{name}: balanced accuracy {found.accuracy:.3f}, baseline {found.baseline:.3f}; "
            f"caught {found.caught:.3f}, false alarms {found.alarms:.3f} "
            f"({len(cases)} texts in {found.seconds:.1f} s)"
        )
        print(f"  {'error, as people call it':28}{'texts':>8}{'flagged':>10}{'baseline':>10}")
        for kind, (of, ours, theirs) in found.errors.items():
            print(f"  {kind:28}{of:8}{ours / of:10.3f}{theirs / of:10.3f}")
        for kind in sorted({kind for kind, _ in found.kinds}):
            wrong, right = found.kinds[kind, True], found.kinds[kind, False]
            print(f"  {kind:20} in {wrong:4} wrong and {right:4} right texts")


if __name__ == "__main__":
    main()
