"""What the online tracker costs: items a second and memory, at a constant inflow, up to a million.

    python -m bench tracker            up to 1,000,000 items (RIBAO_BENCH_ITEMS sets another number)

The stream is invented: events of a few reports each, words by the law of Zipf, names and facts of
their event mixed with common ones, 2,000 items a day, a window of four days. Measured is the time
of the processor for one item from its terms on: learning their rarity, weighing, searching,
placing, settling every 64 items. The long form draws docs/images/tracker.svg.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ribao.cluster.grain import EVENT
from ribao.cluster.tracker import Tracker
from ribao.cluster.weights import PLACES, Encoded, Rarity, Terms

ITEMS = int(os.environ.get("RIBAO_BENCH_ITEMS", "1000000"))
PLOT = Path(__file__).resolve().parent.parent / "docs" / "images" / "tracker.svg"
MARKS = (10_000, 50_000, 100_000, 250_000, 500_000, 750_000, 1_000_000)
PER_DAY = 2_000
WINDOW_DAYS = 4.0
SETTLE_EVERY = 64
VOCABULARY = 60_000
WORDS, NAMES, FACTS = 70, 6, 6  # terms of one item: a headline with a lead
REPORTS = 5  # mean reports of one event
OUTLETS = 60  # that publish them, in turn
OPEN_EVENTS = 400  # events that are being reported at any time


def stream(items: int, seed: int = 20) -> Iterator[tuple[int, Encoded, float]]:
    """Invented items in order of time: event, terms, seconds."""
    random = np.random.default_rng(seed)
    ranks = np.arange(1, VOCABULARY + 1)
    cumulated = np.cumsum(1.0 / ranks) / np.sum(1.0 / ranks)
    events = list(range(OPEN_EVENTS))
    newest = OPEN_EVENTS
    for number in range(items):
        slot = int(random.integers(OPEN_EVENTS))
        if random.random() < 1.0 / REPORTS:
            events[slot] = newest
            newest += 1
        yield events[slot], _item(events[slot], random, cumulated), 86_400.0 * number / PER_DAY


def _item(event: int, random: np.random.Generator, cumulated: np.ndarray) -> Encoded:
    own = np.random.default_rng(event)
    channels = {}
    for channel, (name, count) in enumerate((("words", WORDS), ("names", NAMES), ("facts", FACTS))):
        common = np.searchsorted(cumulated, random.random(count))
        special = VOCABULARY + own.integers(0, PLACES - 4 * VOCABULARY, size=count)
        of_event = random.random(count) < 0.6
        places = np.unique(np.where(of_event, special, common + channel * VOCABULARY) % PLACES)
        weights = np.ones(len(places), dtype=np.float32)
        channels[name] = Terms(places.astype(np.int32), weights)
    return Encoded("en", channels, channels["names"].places[:2])


def plot(speeds: dict[int, float]) -> str:
    """Draw items a second over items seen, as SVG that reads in light and in dark."""
    width, height, left, bottom = 640, 260, 56, 36
    top = 1_000.0 * (int(max(speeds.values())) // 1_000 + 1)
    span, rise = width - left - 16, height - bottom - 16

    def at(items: float, speed: float) -> tuple[float, float]:
        return left + span * items / MARKS[-1], height - bottom - rise * speed / top

    lines, words = [], []
    for step in range(0, int(top) + 1, 1_000):
        _, y = at(0, step)
        lines.append(f'<path d="M{left} {y:.0f}H{width - 16}" stroke="#888" stroke-opacity=".3"/>')
        words.append(f'<text x="{left - 8}" y="{y + 4:.0f}" text-anchor="end">{step:,}</text>')
    for items in range(0, MARKS[-1] + 1, 250_000):
        x, _ = at(items, 0)
        anchor = "end" if items == MARKS[-1] else "middle"  # within the picture
        words.append(f'<text x="{x:.0f}" y="{height - 14}" text-anchor="{anchor}">{items:,}</text>')
    points = [at(items, speed) for items, speed in sorted(speeds.items())]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#c2410c"/>' for x, y in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' aria-label="Items a second over items seen: flat"'
        ' font-family="system-ui,sans-serif" font-size="12" fill="#888">'
        f'{"".join(lines)}{"".join(words)}<polyline points="{path}" fill="none" stroke="#c2410c"'
        f' stroke-width="2"/>{dots}</svg>\n'
    )


def main() -> None:
    """Print the table."""
    rarity, tracker = Rarity(), Tracker(EVENT, window_days=WINDOW_DAYS)
    marks = [mark for mark in MARKS if mark <= ITEMS] or [ITEMS]
    spent = before = 0.0
    done_before, speeds = 0, {}
    print("items      items/s since last mark   whole   live items   live events   RSS MB")
    for number, (_, encoded, at) in enumerate(stream(marks[-1]), 1):
        start = time.process_time()
        rarity.learn((encoded,))
        tracker.add(rarity.weigh(encoded), at, outlet=f"outlet {number % OUTLETS}")
        if number % SETTLE_EVERY == 0:
            tracker.settle()
        spent += time.process_time() - start
        if number in marks:
            speed = (number - done_before) / (spent - before)
            speeds[number] = speed
            rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            live = tracker.index.next - tracker.index.first
            print(
                f"{number:>9,} {speed:>12,.0f} {number / spent:>18,.0f} {live:>12,}"
                f" {len(tracker.events.members):>13,} {rss:>8,.0f}",
                flush=True,
            )
            done_before, before = number, spent
    if marks[-1] == MARKS[-1]:
        PLOT.write_text(plot(speeds), encoding="utf-8")
        print(f"drawn: {PLOT.relative_to(Path.cwd())}")
    if 50_000 in speeds and marks[-1] > 50_000:
        print(f"last mark against 50,000: {speeds[marks[-1]] / speeds[50_000]:.2f}")
