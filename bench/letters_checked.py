"""The checker on invented letters in which every sentence has a label: tests/quality/letters.

Sets a, c, d and e were read while rules were made; sets b and f are only measured. Balanced
accuracy of "this sentence says something that its reports do not bear out", beside a baseline that
counts new words at its best threshold; then false passes and false alarms by kind of error and
language. `python -m bench letters_checked`; `python -m bench.letters_checked a` shows what is wrong
in a set that was read.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from bench.checks import balanced
from ribao.language.words import words
from ribao.model import Citation, Document, DocumentId, Finding, ItemId, Sentence, SourceId
from ribao.verify.evidence import Library
from ribao.verify.proof import FAILED, prove

LETTERS = Path(__file__).resolve().parent.parent / "tests/quality/letters"
SETS = ("a", "b", "c", "d", "e", "f")
BUILT_ON = ("a", "c", "d", "e")  # the sets whose sentences may be shown


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence of a letter with its reports and what a careful reader says of it."""

    letter: str
    language: str
    day: date
    text: str
    cites: tuple[str, ...]  # addresses
    documents: tuple[Document, ...]
    label: str  # true, false or opinion
    error: str  # "" where it is not false
    note: str

    @property
    def wrong(self) -> bool:
        """Whether something of it must be flagged."""
        return self.label == "false"

    @property
    def across(self) -> bool:
        """Whether a report that it rests on is in the other language."""
        return any(one.language != self.language for one in self.documents if one.url in self.cites)


def letters(name: str, folder: Path = LETTERS) -> Iterator[Labelled]:
    """All sentences of one set, in order; nothing where the set is not there."""
    for path in sorted(folder.glob(f"letters_{name}*.json")):
        for letter in json.loads(path.read_text("utf-8"))["letters"]:
            documents = tuple(map(_document, letter["reports"]))
            for sentence in letter["sentences"]:
                yield Labelled(
                    letter["id"],
                    letter["lang"],
                    date.fromisoformat(letter["published"]),
                    sentence["text"],
                    tuple(sentence["cites"]),
                    documents,
                    sentence["label"],
                    sentence["error"] or "",
                    sentence.get("note", ""),
                )


def _document(report: dict[str, Any]) -> Document:
    published = datetime.combine(date.fromisoformat(report["published"][:10]), time(9), UTC)
    return Document(
        id=DocumentId(report["url"]),
        item_id=ItemId(report["url"]),
        source_id=SourceId("letters"),
        url=report["url"],
        title=report["title"],
        text=report["text"],
        language=report["lang"],
        published_at=published,
        extracted_by="set",
    )


def failing(case: Labelled, library: Library) -> list[Finding]:
    """The findings that hold a sentence back."""
    citations = tuple(Citation(DocumentId(url), "") for url in case.cites)
    passages = library.passages(case.documents)
    found = prove(Sentence(case.text, citations), passages, day=case.day, language=case.language)
    return [one for one in found if one.verdict in FAILED]


def novelty(case: Labelled) -> float:
    """The share of the words of a sentence that no report has: the baseline."""
    mine = set(words(case.text))
    known = {word for one in case.documents for word in words(f"{one.title}\n{one.text}")}
    return len(mine - known) / max(1, len(mine))


@dataclass(frozen=True, slots=True)
class Score:
    """What the checker and the baseline make of one set."""

    sentences: int
    accuracy: float
    baseline: float
    passes: Counter[tuple[str, str]]  # error, language: wrong sentences that passed
    wrong: Counter[tuple[str, str]]  # of so many
    alarms: Counter[str]  # language: right sentences that were flagged
    right: Counter[str]
    misjudged: tuple[tuple[Labelled, list[Finding]], ...]


def score(cases: Sequence[Labelled]) -> Score:
    """Examine all sentences of a set."""
    found = [failing(case, Library()) for case in cases]
    flags, truth = [bool(one) for one in found], [case.wrong for case in cases]
    shares = [novelty(case) for case in cases]
    best = max(balanced([share > x for share in shares], truth) for x in {0.0, *shares})
    judged = list(zip(cases, found, strict=True))
    return Score(
        len(cases),
        balanced(flags, truth),
        best,
        Counter((one.error, one.language) for one, its in judged if one.wrong and not its),
        Counter((one.error, one.language) for one in cases if one.wrong),
        Counter(one.language for one, its in judged if its and not one.wrong),
        Counter(one.language for one in cases if not one.wrong),
        tuple((one, its) for one, its in judged if bool(its) != one.wrong),
    )


def main() -> None:
    """Print all sets."""
    for name in SETS:
        cases = list(letters(name))
        if not cases:
            print(f"set {name}: not there")
            continue
        found = score(cases)
        wrong, right = found.wrong.total(), found.right.total()
        print(
            f"set {name}: {found.sentences} sentences, balanced accuracy {found.accuracy:.3f}, "
            f"baseline {found.baseline:.3f}; false passes {found.passes.total()} of {wrong}, "
            f"false alarms {found.alarms.total()} of {right}"
        )
        print(f"  {'false passes':16}{'zh':>10}{'en':>10}")
        for error in sorted({error for error, _ in found.wrong}):
            cells = (
                f"{found.passes[error, its]} of {found.wrong[error, its]}".rjust(10)
                for its in ("zh", "en")
            )
            print(f"  {error:16}{''.join(cells)}")
        cells = (f"{found.alarms[its]} of {found.right[its]}".rjust(10) for its in ("zh", "en"))
        print(f"  {'false alarms':16}{''.join(cells)}")


def show(name: str) -> None:
    """Print what of a set is misjudged, for the one who works on it."""
    for case, found in score(list(letters(name))).misjudged:
        kind = "ALARM" if found else f"PASS {case.error}"
        across = " across" if case.across else ""
        print(f"\n[{kind} {case.letter}{across}] {case.text}\n    note: {case.note}")
        for one in found:
            print(f"    {one.kind} {one.verdict.value}: {one.because}")


if __name__ == "__main__":
    if len(sys.argv) == 2 and sys.argv[1] in BUILT_ON:
        show(sys.argv[1])
    else:
        main()
