"""How many claims a second the checker reads on one core, in CPU time, and what it keeps in memory.

`python -m bench claims`: sentences of one recorded day, untouched, re-worded and with planted
errors. Every report is read for the first time in each run, and the least time of some runs counts,
as other work on the machine only ever adds to it. Each run is a process of its own, forked when the
dictionaries are loaded and before any of the sentences or reports is read.

Then whole letters through `check_text`: of as many stories of the last NEWS days as STORIES, from
all over the sources, a heading with its link and one sentence of the report, against their own
reports alone and against all of the day.
"""

from __future__ import annotations

import re
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context

from bench import planted
from bench._days import recorded_days
from ribao.language.sentences import split_sentences
from ribao.model import Document
from ribao.verify import check_text
from ribao.verify.evidence import Library

RUNS = 3
STORIES = 100  # of a letter
NEWS = timedelta(days=3)  # what is older is no news: many feeds hold all that was ever on a page
LEAST = 20  # characters of a sentence that is printed
EACH = 100  # planted errors of one kind in one language
DAY = "2025-12-19"
_DAY = datetime.fromisoformat(f"{DAY}T00:00:00+00:00")
_WARM = (
    "# 一\n\n2025年12月3日，英伟达 said on Friday that sales rose 5% to $3 billion，“增长”三成。\n"
)
_NO_LINK = re.compile(r"[\[\]\n]")


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: CPU seconds for so many claims, and megabytes that the process grew by."""

    claims: int
    seconds: float
    megabytes: float


def run(cases: Sequence[planted.Case]) -> Run:
    """Check all sentences; to be called in a process that has read none of their reports."""
    grown = _kilobytes()
    library = Library()
    begin = time.process_time()
    claims = sum(len(planted.examine(case, library)) for case in cases)
    seconds = time.process_time() - begin
    return Run(claims, seconds, (_kilobytes() - grown) / 1024)


def letter(documents: Sequence[Document]) -> str:
    """A Markdown letter with a story for each document: its title, its link, its first sentence."""
    stories = []
    for one in documents:
        title, first = (_NO_LINK.sub("", it) for it in (one.title, _first(one)))
        stories.append(f"### [{title}]({one.url})\n\n{first}\n")
    return f"---\ndate: {DAY}\n---\n\n" + "\n".join(stories)


def _first(document: Document) -> str:
    sentences = [one.text for one in split_sentences(document.text)]
    return next((one for one in sentences if len(one) >= LEAST), document.title)


def letters(documents: Sequence[Document]) -> None:
    """Print what whole letters take: against their own reports, and against all of the day."""
    for language in ("zh", "en"):
        fitting = [
            one
            for one in documents
            if one.language == language and len(one.text) > LEAST and one.title and one.url
            if abs(one.published_at - _DAY) < NEWS
        ]
        fitting = fitting[:: len(fitting) // STORIES][:STORIES]
        text = letter(fitting)
        for name, evidence in (("its own reports", fitting), ("all of the day", documents)):
            best, claims = float("inf"), 0
            for _ in range(RUNS):
                begin = time.process_time()
                report = check_text(text, evidence)
                best = min(best, time.process_time() - begin)
                claims = sum(len(one.findings) for one in report.sentences)
            print(
                f"letter, {language}, {len(fitting)} stories, {name} ({len(evidence)}): "
                f"{claims} claims, {best:.3f} s of CPU, {claims / best:.0f} a second"
            )


ROUNDS = 3


def memory() -> tuple[float, ...]:
    """Megabytes that the process has grown by after each round over the letters of all days."""
    days = [planted.load([path]) for path in recorded_days()]
    check_text(_WARM)
    begin, grown = _kilobytes(), []
    for _ in range(ROUNDS):
        for documents in days:
            for language in ("zh", "en"):
                fitting = [one for one in documents if one.language == language and one.url]
                check_text(letter(fitting[:STORIES]), documents)
                check_text("\n\n".join(map(_first, fitting[:STORIES])), documents)
        grown.append((_kilobytes() - begin) / 1024)
    return tuple(grown)


def _kilobytes() -> int:
    """The most memory that this process has held so far (on Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Print a line for each kind of sentence."""
    documents = planted.load([path for path in recorded_days() if path.name.startswith(DAY)])
    check_text(_WARM)
    kinds = {
        "untouched": planted.untouched(documents),
        "re-worded": planted.reworded(documents),
        "false": planted.plant(documents, EACH),
    }
    total, seconds = 0, 0.0
    for name, cases in kinds.items():
        with get_context("fork").Pool(1, maxtasksperchild=1) as fresh:
            runs = [fresh.apply(run, (cases,)) for _ in range(RUNS)]
        best = min(runs, key=lambda one: one.seconds)
        print(
            f"{name:10} {len(cases):6} sentences {best.claims:6} claims "
            f"{best.claims / best.seconds:8.0f} a second of CPU, {best.megabytes:.0f} MB more"
        )
        total, seconds = total + best.claims, seconds + best.seconds
    print(f"{'together':10} {total:23} claims {total / seconds:8.0f} a second of CPU")
    letters(documents)
    with get_context("spawn").Pool(1) as fresh:
        grown = ", ".join(f"{megabytes:.0f}" for megabytes in fresh.apply(memory))
    print(f"letters of all days, linked and flat, {ROUNDS} rounds in one process: {grown} MB more")


if __name__ == "__main__":
    main()
