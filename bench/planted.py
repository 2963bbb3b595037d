"""Errors planted in true sentences of recorded reports: how many verify catches, and how fast.

`python -m bench planted` plants up to 250 errors of each kind in each language. Texts are read from
../shared at run time and never stored; `python -m bench.planted KIND` prints what was missed.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench._days import day_documents, recorded_days
from bench._planting import PLANTERS, language_of
from bench._rewording import digest, reword
from ribao.language.sentences import split_sentences
from ribao.model import Citation, Document, Finding, Sentence
from ribao.verify.articles import worst
from ribao.verify.evidence import Library
from ribao.verify.proof import prove

EACH = 250  # planted errors of one kind in one language
SHORTEST, LONGEST = 12, 400  # characters of a sentence


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence of a report: as it was, and as it was made false (the same where it is true)."""

    kind: str
    language: str
    true: str
    printed: str
    citation: Citation
    document: Document


def sentences(documents: Sequence[Document]) -> Iterator[tuple[Document, Citation]]:
    """Sentences of reports in Chinese and English, each once, in an order of their own."""
    seen: set[str] = set()
    for document in sorted(documents, key=lambda one: one.id):
        if document.language not in {"zh", "en"} or len(document.text) < 200:
            continue
        for span in split_sentences(document.text):
            if SHORTEST <= len(span.text) <= LONGEST and span.text not in seen:
                seen.add(span.text)
                yield document, Citation(document.id, span.text, span.start, span.end)


def plant(documents: Sequence[Document], each: int = EACH, seed: int = 7) -> list[Case]:
    """Plant up to `each` errors of every kind in each language, at most three of it in a report."""
    random = Random(seed)  # noqa: S311 - the same errors every time, no secret
    pool = list(sentences(documents))
    random.shuffle(pool)
    counts: Counter[tuple[str, str]] = Counter()
    used: Counter[tuple[str, str]] = Counter()
    cases: list[Case] = []
    for document, citation in pool:
        language = language_of(citation.quote)
        for kind, planter in PLANTERS.items():
            if counts[kind, language] >= each or used[kind, document.id] >= 3:
                continue
            printed = planter(citation.quote, random)
            if not printed or printed == citation.quote:
                continue
            counts[kind, language] += 1
            used[kind, document.id] += 1
            cases.append(Case(kind, language, citation.quote, printed, citation, document))
    return cases


def examine(case: Case, library: Library, *, cite: bool = True) -> tuple[Finding, ...]:
    """What verify finds in the printed sentence, given its report and the sentence it cites."""
    citations = (case.citation,) if cite else ()
    day = case.document.published_at.date()
    sentence = Sentence(case.printed, citations)
    return prove(sentence, library.passages([case.document]), day=day, language=case.language)


@dataclass(frozen=True, slots=True)
class Rates:
    """How many of the planted errors were caught, by kind and language, and the false alarms."""

    caught: dict[tuple[str, str], tuple[int, int]]  # caught, planted
    missed: tuple[Case, ...]
    seconds: float  # of CPU
    claims: int


def measure(cases: Sequence[Case]) -> Rates:
    """Examine all planted sentences. An error is caught where the sentence fails."""
    library = Library()
    caught: Counter[tuple[str, str]] = Counter()
    planted: Counter[tuple[str, str]] = Counter()
    missed, claims = [], 0
    begin = time.process_time()
    for case in cases:
        findings = examine(case, library)
        claims += len(findings)
        key = case.kind, case.language
        planted[key] += 1
        if worst(findings) is None:
            missed.append(case)
        else:
            caught[key] += 1
    seconds = time.process_time() - begin
    return Rates(
        {key: (caught[key], planted[key]) for key in planted}, tuple(missed), seconds, claims
    )


def load(days: Sequence[Path]) -> list[Document]:
    """The documents of some recorded days, each once."""
    by_id = {document.id: document for path in days for document in day_documents(path)}
    return list(by_id.values())


def untouched(documents: Sequence[Document], most: int = 3000, seed: int = 7) -> list[Case]:
    """True sentences as they stand, every one of which must pass."""
    pool = list(sentences(documents))
    Random(seed).shuffle(pool)  # noqa: S311 - the same sentences every time, no secret
    return [
        Case("true", language_of(one.quote), one.quote, one.quote, one, document)
        for document, one in pool[:most]
    ]


def reworded(documents: Sequence[Document], most: int = 1500, seed: int = 7) -> list[Case]:
    """True sentences in other words, and their facts in the other language; all must pass."""
    random = Random(seed)  # noqa: S311 - the same words every time, no secret
    pool = list(sentences(documents))
    random.shuffle(pool)
    cases: list[Case] = []
    counts: Counter[str] = Counter()
    for document, one in pool:
        language = language_of(one.quote)
        other = "en" if language == "zh" else "zh"
        forms = (("form", language, reword(one.quote, language, random)),)
        for kind, tongue, printed in (
            *forms,
            ("other language", other, digest(one.quote, language)),
        ):
            if printed and counts[f"{kind} {tongue}"] < most:
                counts[f"{kind} {tongue}"] += 1
                cases.append(Case(kind, tongue, one.quote, printed, one, document))
    return cases


def main() -> None:
    """Print the share caught of each kind, in Chinese and English, and the false alarms."""
    documents = load(recorded_days())
    true = untouched(documents)
    copied = measure(true)
    alarms = len(true) - len(copied.missed)
    print(f"false alarms on {len(true)} untouched sentences: {alarms / len(true):.4f}")
    print(f"{copied.claims} claims, {copied.claims / copied.seconds:.0f} a second of CPU")
    told = measure(reworded(documents))
    for (kind, language), (alarms, of) in sorted(told.caught.items()):
        print(f"false alarms, {kind}, {language}: {alarms / of:.4f} of {of}")
    cases = plant(documents)
    rates = measure(cases)
    print(f"{'kind':16}{'zh':>16}{'en':>16}")
    for kind in PLANTERS:
        row = [rates.caught.get((kind, language), (0, 0)) for language in ("zh", "en")]
        cells = [f"{got / max(1, of):.3f} ({of})" for got, of in row]
        print(f"{kind:16}{cells[0]:>16}{cells[1]:>16}")
    print(
        f"{len(cases)} sentences, {rates.claims} claims, "
        f"{rates.claims / rates.seconds:.0f} a second of CPU"
    )


def show(kinds: Sequence[str]) -> None:
    """Print what was missed, for the one who works on it."""
    rates = measure([case for case in plant(load(recorded_days())) if case.kind in kinds])
    for case in rates.missed:
        print(f"\n[{case.kind} {case.language}] {case.true}\n    {case.printed}")
    print({key: f"{got}/{of}" for key, (got, of) in rates.caught.items()})


if __name__ == "__main__":
    show(sys.argv[1:]) if sys.argv[1:] else main()
