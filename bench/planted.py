"""Errors planted in true sentences: how many verify catches, and what true ones it takes for wrong.

`python -m bench planted` plants up to 250 errors of each kind in each language, once in the six
recorded days and once in the articles of other collections, on which no rule was made. Texts are
read from ../shared at run time and never stored; `python -m bench.planted KIND ...` prints misses.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from bench._corpora import corpora
from bench._days import day_documents, recorded_days
from bench._planting import PLANTERS
from bench._planting_tools import language_of
from bench._planting_ways import WAYS
from bench._rewording import digest, reword
from ribao.language.sentences import split_sentences
from ribao.model import Citation, Document, Finding, Sentence
from ribao.verify.articles import worst
from ribao.verify.evidence import Library
from ribao.verify.proof import prove

EACH = 250  # planted errors of one kind in one language
SHORTEST, LONGEST = 12, 400  # characters of a sentence
# How often a kind is planted: in a report, in a sentence. Later rounds only where texts are few.
ROUNDS = ((3, 1), (1000, 1), (1000, 2), (1000, 3), (1000, 4))
LATER = {"day word, four days on": timedelta(days=4)}  # printed that long after the report

Planter = Callable[[str, Document, Random], str]


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
        if document.language not in {"zh", "en"} or len(document.text) < 60:
            continue
        for span in split_sentences(document.text):
            if SHORTEST <= len(span.text) <= LONGEST and span.text not in seen:
                seen.add(span.text)
                yield document, Citation(document.id, span.text, span.start, span.end)


def planters() -> dict[str, Planter]:
    """Every kind of error that was asked for, by a planter that also knows the report."""

    def with_report(kind: str) -> Planter:
        return lambda text, _document, random: PLANTERS[kind](text, random)

    return {kind: with_report(kind) for kind in PLANTERS}


def plant(
    documents: Sequence[Document],
    each: int = EACH,
    seed: int = 7,
    kinds: Mapping[str, Planter] | None = None,
) -> list[Case]:
    """Plant up to `each` errors of every kind in each language, each in a sentence of its own.

    Where the texts do not hold so many sentences, more of one report are used, then the same ones
    again with other errors (at most four each).
    """
    random = Random(seed)  # noqa: S311 - the same errors every time, no secret
    pool = list(sentences(documents))
    random.shuffle(pool)
    tongue = [language_of(citation.quote) for _, citation in pool]
    cases: list[Case] = []
    for kind, planter in (kinds or planters()).items():
        for language in ("zh", "en"):
            mine = [one for one, its in zip(pool, tongue, strict=True) if its == language]
            cases += _planted(kind, planter, language, mine, each, random)
    return cases


def _planted(
    kind: str,
    planter: Planter,
    language: str,
    pool: Sequence[tuple[Document, Citation]],
    each: int,
    random: Random,
) -> list[Case]:
    cases: dict[str, Case] = {}
    reports: Counter[str] = Counter()
    uses: Counter[str] = Counter()
    for of_report, of_sentence in ROUNDS:
        fruitful = []
        for document, citation in pool:
            if len(cases) >= each:
                return list(cases.values())
            printed = planter(citation.quote, document, random)
            if not printed or (printed in document.text and kind not in LATER):
                continue
            fruitful.append((document, citation))
            if reports[document.id] >= of_report or uses[citation.quote] >= of_sentence:
                continue
            if printed not in cases:
                reports[document.id] += 1
                uses[citation.quote] += 1
                cases[printed] = Case(kind, language, citation.quote, printed, citation, document)
        pool = fruitful
    return list(cases.values())


def examine(case: Case, library: Library, *, cite: bool = True) -> tuple[Finding, ...]:
    """What verify finds in the printed sentence, given its report and the sentence it cites."""
    citations = (case.citation,) if cite else ()
    day = case.document.published_at.date() + LATER.get(case.kind, timedelta(0))
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


def _true(name: str, documents: Sequence[Document]) -> None:
    """Print how many true sentences of some documents are taken for wrong."""
    true = untouched(documents)
    copied = measure(true)
    alarms = len(true) - len(copied.missed)
    print(f"{name}: false alarms on {len(true)} untouched sentences: {alarms / len(true):.4f}")
    print(f"{copied.claims} claims, {copied.claims / copied.seconds:.0f} a second of CPU")
    told = measure(reworded(documents, most=600))
    for (kind, language), (alarms, of) in sorted(told.caught.items()):
        print(f"{name}: false alarms, {kind}, {language}: {alarms / of:.4f} of {of}")


def _table(kinds: Mapping[str, Planter], sets: Sequence[Sequence[Document]]) -> None:
    """Print the share caught of each kind: zh and en, each in the days and in the collections."""
    rates = [measure(plant(documents, kinds=kinds)) for documents in sets]
    print(f"{'kind':24}{'zh days':>14}{'zh others':>14}{'en days':>14}{'en others':>14}")
    for kind in kinds:
        row = [one.caught.get((kind, its), (0, 0)) for its in ("zh", "en") for one in rates]
        cells = [f"{got / max(1, of):.3f} ({of})".rjust(14) for got, of in row]
        print(f"{kind:24}{''.join(cells)}")
    claims, seconds = sum(one.claims for one in rates), sum(one.seconds for one in rates)
    print(f"{claims} claims of false sentences, {claims / seconds:.0f} a second of CPU")


def main() -> None:
    """Print the false alarms, then the share caught of each kind."""
    sets = (load(recorded_days()), corpora())
    for name, documents in zip(("days", "others"), sets, strict=True):
        _true(name, documents)
    _table(planters(), sets)
    print("other ways to plant an error, for which no floor was asked:")
    _table(WAYS, sets)


def show(kinds: Sequence[str]) -> None:
    """Print what was missed, for the one who works on it."""
    known = {**planters(), **WAYS}
    chosen = {kind: known[kind] for kind in kinds}
    for documents in (load(recorded_days()), corpora()):
        rates = measure(plant(documents, kinds=chosen))
        for case in rates.missed:
            print(f"\n[{case.kind} {case.language}] {case.true}\n    {case.printed}")
        print({key: f"{got}/{of}" for key, (got, of) in rates.caught.items()})


if __name__ == "__main__":
    show(sys.argv[1:]) if sys.argv[1:] else main()
