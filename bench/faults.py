"""A hundred injected faults: an edition every time, no cap passed, nothing invented printed.

Each trial is seeded. The service answers honestly or does one of the things that a model or its
service may do wrong, chosen anew for each request, and the money is sometimes next to nothing.
What it bills stands in its own book.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench._phrasing_day import Day, Made, phrased_day, ranked_day
from bench._scripted_models import scripted, settings_for
from bench._scripted_replies import BEHAVIOURS, Reply, Seen
from ribao import demo
from ribao.config import ModelsSettings
from ribao.gateways.clock import SystemClock
from ribao.gateways.models.offers import money
from ribao.model import Edition, Sentence, Verdict
from ribao.store import open_store
from ribao.store.money import Caps, Money
from ribao.write.phrasing.proving import FAILED

TRIALS = 100
CAPS = ("0", "0.0015", "0.004", "0.012", "1", "1", "1")  # from no money at all to more than enough
SPOILED = re.compile(r"4,731|918 million|Zorblax|Atlantis|张某某|evil\.example|77 ?亿")
SAMPLE_DAY = date(2026, 1, 16)
_SPACE = re.compile(r"\s+")


@dataclass
class Found:
    """What one trial came to. All of `wrong` must be empty."""

    behaviours: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    booked_micro: int = 0
    billed_micro: int = 0
    cap_micro: int = 0
    by_model: int = 0
    articles: int = 0
    wrong: list[str] = field(default_factory=list)


def trial(seed: int, day: Day, purse: Money) -> Found:
    """One edition under faults. The purse may be shared: the run is the trial's own."""
    random_ = random.Random(seed)  # noqa: S311 - a script, no secret
    faulty = [tuple(BEHAVIOURS)[seed % len(BEHAVIOURS)], random_.choice(tuple(BEHAVIOURS))]
    names = [random_.choice([*faulty, "honest", "honest", "honest"]) for _ in range(64)]
    found = Found(cap_micro=money(random_.choice(CAPS)) or 0)
    run = f"fault-{seed}-{day.language}"

    def script(number: int, seen: Seen) -> Reply:
        name = names[number % len(names)]
        found.behaviours[name] += 1
        return BEHAVIOURS[name](seen)

    capped = Money(purse.engine, Caps(found.cap_micro, None, None, "USD"), purse.now)
    with scripted(script) as service:
        table = settings_for(
            service, total_seconds=0.5, stream=random_.random() < 0.3,
            retries=random_.choice((0, 1)), writer=[f"test/{seed}"],
            headline=random_.choice(([], [f"test/head-{seed}"])),
        )  # fmt: skip
        made = phrased_day(day, ModelsSettings.model_validate(table), capped, run)
    found.calls = len(service.seen)
    found.booked_micro = capped.spent(run).micro
    found.billed_micro = service.billed_micro
    found.articles = len(made.edition.articles)
    found.by_model = sum(one.written_by != "extractive" for one in made.edition.articles)
    found.wrong = complaints(day, made, found)
    return found


def complaints(day: Day, made: Made, found: Found) -> list[str]:
    """Everything that must not be, in words."""
    wrong = []
    if not made.edition.articles or not made.edition.title or not made.edition.summary:
        wrong.append("no edition")
    if found.booked_micro > found.cap_micro:
        wrong.append(f"booked {found.booked_micro} of {found.cap_micro}")
    if found.billed_micro > found.booked_micro:
        wrong.append(f"billed {found.billed_micro}, booked {found.booked_micro}")
    texts = _Texts(day)
    for where, sentence in printed(made):
        if SPOILED.search(sentence.text):
            wrong.append(f"invented: {sentence.text}")
        if any(one.verdict in FAILED for one in sentence.findings):
            wrong.append(f"unproved: {sentence.text}")
        if sentence.kind == "fact" and not texts.have(sentence.text):
            wrong.append(f"in no report: {where}: {sentence.text}")
    if SPOILED.search(made.edition.title):
        wrong.append(f"invented: {made.edition.title}")
    if addresses(made.edition) - _plain_addresses(day):
        wrong.append("an address that the edition without a model does not have")
    return wrong


class _Texts:
    """All that the reports of a day say, for looking sentences up word for word."""

    def __init__(self, day: Day) -> None:
        whole = [f"{one.title}\n{one.text}" for reports in day.evidence.values() for one in reports]
        self._letters = _SPACE.sub("", "\n".join(whole))

    def have(self, text: str) -> bool:
        """Whether a report has these words; the scripted model is honest word for word."""
        return _SPACE.sub("", text).rstrip("。.") in self._letters


def printed(made: Made) -> list[tuple[str, Sentence]]:
    """Every printed sentence that a model may have written."""
    found = [("summary", one) for one in made.edition.summary]
    for article in made.edition.articles:
        own = article.written_by != "extractive"
        found += [("headline", article.headline)] if own else []
        found += [("paragraph", one) for one in article.paragraph] if own else []
        found += [("insight", one) for bullet in article.insights for one in bullet.sentences]
    return found


def addresses(edition: Edition) -> set[str]:
    """Every address of an edition."""
    found = {one.url for article in edition.articles for one in article.references}
    return found | {article.url for article in edition.articles}


def _plain_addresses(day: Day) -> set[str]:
    """Those of the articles that were made without a model."""
    found = {one.url for article in day.written for one in article.references}
    return found | {article.url for article in day.written}


def verdicts(made: Made) -> Counter[str]:
    """How many claims of an edition have each verdict."""
    sentences = [one for _, one in printed(made)]
    found = Counter(one.verdict.value for sentence in sentences for one in sentence.findings)
    return Counter({verdict.value: found[verdict.value] for verdict in Verdict})


def sample_day(language: str) -> Day:
    """The recorded sample of the package."""
    return ranked_day(demo.sample_path(), demo.DATE, language)


def main() -> None:
    """Print what the trials came to."""
    kinds: Counter[str] = Counter()
    total = Found()
    worst = 0
    days = [sample_day("zh"), sample_day("en")]
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "m.sqlite3") as store:
        purse = Money(store.engine, Caps(None, None, None, "USD"), SystemClock().now)
        for seed in range(TRIALS):
            found = trial(seed, days[seed % 2], purse)
            kinds += found.behaviours
            total.calls += found.calls
            total.articles += found.articles
            total.by_model += found.by_model
            total.wrong += [f"{seed}: {one}" for one in found.wrong]
            worst = max(worst, found.booked_micro - found.cap_micro)
    print(f"{TRIALS} editions, {total.calls} requests, {total.articles} articles, of which a model")
    print(
        f"wrote {total.by_model}; most booked over a cap: {worst} millionths (0 or less is right)"
    )
    print(f"wrong: {len(total.wrong)}")
    for line in total.wrong[:40]:
        print(f"  {line}")
    print("| behaviour | times |\n|---|---|")
    for name, times in sorted(kinds.items()):
        print(f"| {name} | {times} |")
    assert not total.wrong


if __name__ == "__main__":
    main()
