"""Public sets of labelled news: UCI stories, WikiRef topics, SemEval 2022 pairs.

    python -m bench clusters

UCI: titles only, online (settled every 50 titles, nothing is looked up later), one stream in the
order of time, grain "topic". The threshold is chosen on one half of the stories and scored on the
other, both ways; each half is fed as a stream of its own as well, and the score with the grain
"event" is given too. In this file every story arrives whole within seconds, as it was crawled. So
the same titles are fed with times that are drawn anew as well: paces of hours to days, as stories
have them, and slow ones of three to ten days. WikiRef: full texts, whose topics
are years wide: AUC of likeness of pairs of one topic. SemEval: AUC against "Overall <= 2".
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import random
import tarfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bench._days import SHARED
from ribao.cli.agreement import Score, auc, bcubed
from ribao.cluster.explain import pair_likenesses
from ribao.cluster.grain import EVENT, TOPIC, Grain
from ribao.cluster.tracker import Tracker
from ribao.cluster.traits import make_traits
from ribao.cluster.weights import Encoded, Rarity, encode

UCI_THRESHOLDS = (0.006, 0.008, 0.01, 0.012, 0.014, 0.017, 0.02, 0.025)
SETTLE_EVERY = TOPIC.settle_every


def uci_rows(shared: Path = SHARED) -> list[tuple[float, str, str]]:
    """(seconds, title, story) of every whole line, in the order of time."""
    path = shared / "bench" / "clusters" / "uci_news_story.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, escapechar="\\")
        found = [
            (int(row["TIMESTAMP"]) / 1000.0, row["TITLE"], row["STORY"])
            for row in rows
            if row["TIMESTAMP"]
        ]
    return sorted(found)


def uci_online(
    rows: Sequence[tuple[float, str, str]], encoded: Sequence[Encoded], grain: Grain
) -> list[int]:
    """The event of every title, after the last one."""
    rarity, tracker = Rarity(grain.damping), Tracker(grain, window_days=10_000.0)
    for number, ((at, _, _), traits) in enumerate(zip(rows, encoded, strict=True), 1):
        rarity.learn((traits,))
        tracker.add(rarity.weigh(traits), at)
        if number % SETTLE_EVERY == 0:
            tracker.settle()
    tracker.settle()
    return [tracker.event_of(number) for number in range(len(rows))]


def uci(shared: Path = SHARED) -> None:
    """Print the figures of the UCI stories."""
    rows = uci_rows(shared)
    encoded = [encode(make_traits(title, "", "en")) for _, title, _ in rows]
    stories = [story for _, _, story in rows]
    halves = {story: number % 2 for number, story in enumerate(sorted(set(stories)))}
    print(f"UCI online  grain event      {bcubed(stories, uci_online(rows, encoded, EVENT))}")
    by_threshold: dict[float, tuple[Score, list[float]]] = {}
    for threshold in UCI_THRESHOLDS:
        start = time.process_time()
        events = uci_online(rows, encoded, replace(TOPIC, threshold=threshold))
        spent = time.process_time() - start
        whole = bcubed(stories, events)
        parts = [half_score(stories, events, halves, half).f1 for half in (0, 1)]
        by_threshold[threshold] = (whole, parts)
        print(
            f"UCI online  threshold {threshold:<6} {whole}  halves {parts[0]:.3f} {parts[1]:.3f}"
            f"  events {len(set(events))}  {len(rows) / spent:,.0f} titles/s"
        )
    alone(rows, encoded, halves)
    for half in (0, 1):
        best = max(by_threshold, key=lambda threshold: by_threshold[threshold][1][half])
        print(
            f"UCI tuned on half {half} ({best}): other half {by_threshold[best][1][1 - half]:.3f}"
        )


def alone(
    rows: Sequence[tuple[float, str, str]], encoded: Sequence[Encoded], halves: dict[str, int]
) -> None:
    """Print the figures of each half as a stream of its own, and of times that are drawn anew."""
    streams = {
        f"half {half} alone": [(at, n) for n, (at, _, s) in enumerate(rows) if halves[s] == half]
        for half in (0, 1)
    }
    streams |= {"paces redrawn": redrawn(rows, slow=False), "all slow": redrawn(rows, slow=True)}
    for name, order in streams.items():
        chosen = [(at, rows[n][1], rows[n][2]) for at, n in order]
        events = uci_online(chosen, [encoded[n] for _, n in order], TOPIC)
        print(f"UCI {name:<14} {bcubed([story for _, _, story in chosen], events)}")


def redrawn(
    rows: Sequence[tuple[float, str, str]], *, slow: bool, seed: int = 2
) -> list[tuple[float, int]]:
    """New times for all titles: (seconds, place in `rows`), in the order of time.

    Stories begin within ten days. Their reports come evenly over three to ten days where all are
    `slow`; else they die away within a mean of two hours to four days, another one for each story.
    """
    chance = random.Random(seed)  # noqa: S311 - a seed, not a secret
    paces = {
        story: (chance.uniform(0.0, 10.0), chance.uniform(3.0, 10.0), chance.uniform(-2.5, 1.4))
        for story in sorted({story for _, _, story in rows})
    }
    found = []
    for place, (_, _, story) in enumerate(rows):
        start, lasting, pace = paces[story]
        dying = min(chance.expovariate(1.0), 6.0) * math.exp(pace)
        after = chance.uniform(0.0, lasting) if slow else dying
        found.append(((start + after) * 86_400.0, place))
    return sorted(found)


def half_score(
    stories: Sequence[str], events: Sequence[int], halves: dict[str, int], half: int
) -> Score:
    """BCubed over the titles of one half of the stories."""
    chosen = [n for n, story in enumerate(stories) if halves[story] == half]
    return bcubed([stories[n] for n in chosen], [events[n] for n in chosen])


def wikiref(shared: Path = SHARED) -> None:
    """Print the AUC of pairs of one topic for each of the three sets."""
    topics: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    with tarfile.open(shared / "bench" / "clusters" / "wikiref.tar.gz") as archive:
        for member in archive.getmembers():
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                folder, _, name = member.name.rpartition("/")
                topic = name.rsplit(".", 2)[0]
                text = file.read().decode("utf-8", "replace")
                topics[folder.rpartition("/")[2]].append((topic, text))
    for name, texts in sorted(topics.items()):
        points = pair_likenesses([make_traits("", text, "en") for _, text in texts])
        same = [p for (a, b), p in points.items() if texts[a][0] == texts[b][0]]
        other = [p for (a, b), p in points.items() if texts[a][0] != texts[b][0]]
        if not same or not other:
            continue
        print(f"WikiRef {name:<12} texts {len(texts):>4}  AUC {auc(same, other):.3f}")


def semeval(shared: Path = SHARED) -> None:
    """Print the AUC of "same story" (Overall <= 2) by pair of languages."""
    folder = shared / "bench" / "clusters" / "semeval2022_task8"
    rows = []
    for name in ("training", "testing"):
        with gzip.open(folder / f"{name}.jsonl.gz") as file:
            rows += [json.loads(line) for line in io.TextIOWrapper(file, encoding="utf-8")]
    chosen = [r for r in rows if {r["lang1"], r["lang2"]} <= {"en", "zh"}]
    traits = [make_traits("", r[f"text{n}"], r[f"lang{n}"]) for r in chosen for n in (1, 2)]
    wanted = [(2 * n, 2 * n + 1) for n in range(len(chosen))]
    points = pair_likenesses(traits, wanted)
    by_pair: defaultdict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for row, pair in zip(chosen, wanted, strict=True):
        languages = "-".join(sorted((row["lang1"], row["lang2"])))
        by_pair[languages][float(row["Overall"]) > 2.0].append(points[pair])
    sizes = Counter("-".join(sorted((row["lang1"], row["lang2"]))) for row in chosen)
    for languages, (same, other) in sorted(by_pair.items()):
        print(f"SemEval {languages:<6} pairs {sizes[languages]:>4}  AUC {auc(same, other):.3f}")


def main() -> None:
    """Print all figures."""
    uci()
    wikiref()
    semeval()
