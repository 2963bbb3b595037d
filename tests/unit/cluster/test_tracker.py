"""The online tracker: its window, its ring, its late corrections, its two grains."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ribao.cluster.events import Events
from ribao.cluster.grain import EVENT, TOPIC, Grain
from ribao.cluster.index import DAY, Index, Neighbour
from ribao.cluster.tracker import Tracker
from ribao.cluster.traits import make_traits
from ribao.cluster.weights import Rarity, encode, place_of

BRIDGE = "Harbour bridge collapses after heavy flood"


def fed(titles: list[tuple[float, str]], grain: Grain = EVENT, window: float = 4.0) -> Tracker:
    """A tracker that was given titles at days."""
    rarity, tracker = Rarity(), Tracker(grain, window_days=window)
    for day, title in titles:
        encoded = encode(make_traits(title, "", "en"))
        rarity.learn((encoded,))
        tracker.add(rarity.weigh(encoded), day * DAY)
        tracker.settle()
    return tracker


def test_it_places_titles_as_they_come() -> None:
    """Two reports of one event are one event, a third of another is not."""
    tracker = fed(
        [(0, BRIDGE), (0.1, "Chess club wins cup"), (0.2, "Flood: harbour bridge collapses")]
    )
    assert tracker.event_of(0) == tracker.event_of(2)
    assert tracker.event_of(1) != tracker.event_of(0)


def test_time_wears_likeness_off() -> None:
    """The same headline after nine days is another event, within the window or not."""
    assert fed([(0, BRIDGE), (9, BRIDGE)], window=30.0).event_of(1) != 0


def test_what_falls_out_of_the_window_is_forgotten() -> None:
    """Events end, and neither documents nor ties of them are kept."""
    tracker = fed([(day / 10, f"{BRIDGE} {day}") for day in range(200)], window=2.0)
    assert tracker.index.next - tracker.index.first <= 21
    assert all(number >= tracker.index.first for number in tracker.events.event_of if number > 180)
    later = fed([(0, BRIDGE), (5, "Chess club wins cup"), (10, "A museum of clocks")], window=2.0)
    assert list(later.events.members) == [2]
    assert list(later.events.event_of) == [2]


def test_the_ring_grows_and_keeps_everything() -> None:
    """More documents than rows: the ring doubles, and the first document is still found."""
    index, rarity = Index(EVENT, rows=4), Rarity()
    encoded = [encode(make_traits(f"{BRIDGE} in town {n}", "", "en")) for n in range(11)]
    rarity.learn(encoded)
    for n, one in enumerate(encoded[:10]):
        index.add(rarity.weigh(one), float(n))
    found = index.add(rarity.weigh(encoded[0]), 10.0)
    assert found[0].number == 0
    assert found[0].likeness == pytest.approx(max(near.likeness for near in found))


def test_sweeping_changes_no_answer() -> None:
    """What a sweep frees is only what could not be found any more."""
    index, rarity = Index(EVENT), Rarity()
    encoded = [encode(make_traits(f"{BRIDGE} {n}", "", "en")) for n in range(6)]
    rarity.learn(encoded)
    for n, one in enumerate(encoded[:5]):
        index.add(rarity.weigh(one), float(n))
    assert index.forget(3.0) == [0, 1, 2]
    index.sweep()
    found = index.add(rarity.weigh(encoded[5]), 5.0)
    assert sorted(near.number for near in found) == [3, 4]


def test_late_evidence_brings_events_together() -> None:
    """Two events become one when a later document is like both."""
    events = Events(EVENT)
    for document in range(4):
        events.add(document, [], events.open())
    events.add(4, [Neighbour(0, 0.9), Neighbour(1, 0.9)], events.open())
    events.settle()
    assert events.event_of[0] == events.event_of[1] == events.event_of[4]
    assert sorted(events.members[0]) == [0, 1, 4]
    assert events.event_of[2] != events.event_of[3]


def test_a_chain_of_weak_likenesses_breaks() -> None:
    """Each is like the next, but the ends have nothing in common: they are not all one event."""
    events = Events(EVENT)
    for document in range(12):
        ties = [Neighbour(document - 1, 0.3)] if document else []
        events.add(document, ties, events.open())
    events.settle()
    assert len(set(events.event_of.values())) > 3


def test_a_single_tie_counts_less_than_three() -> None:
    """One likeness that three would carry is not enough alone."""
    grain = replace(EVENT, threshold=0.25)
    single, triple = Events(grain), Events(grain)
    for events in (single, triple):
        for document in range(4):
            events.add(document, [], events.open())
        events.add(4, [Neighbour(3, 0.3)] if events is single else [], events.open())
    whole = triple.open()
    for document in (10, 11, 12):
        triple.add(document, [], whole)
    triple.add(13, [Neighbour(number, 0.3) for number in (10, 11, 12)], triple.open())
    single.settle()
    triple.settle()
    assert single.event_of[4] != single.event_of[3]
    assert triple.event_of[13] == triple.event_of[10]


def test_an_outlet_that_comes_back_has_a_new_step_to_tell() -> None:
    """The same two reports are one event, and two where one paper stands on both sides."""
    plain, stepped = Events(EVENT), Events(EVENT)
    for events, step in ((plain, False), (stepped, True)):
        events.add(0, [], events.open())
        events.add(1, [Neighbour(0, 0.45, step)], events.open())
        events.settle()
    assert plain.event_of[0] == plain.event_of[1]
    assert stepped.event_of[0] != stepped.event_of[1]


def test_topics_are_coarser_than_events() -> None:
    """Several things said of one matter are several events and one topic."""
    titles = [
        (0.0, "Harbour bridge collapses after flood"),
        (0.1, "Mayor asks engineers who is to pay millions for a new harbour bridge"),
        (0.2, "First builders of the old harbour bridge had called its pillars weak"),
        (0.3, "Chess club wins regional cup"),
        (0.4, "Museum of clocks opens on Sunday"),
    ]
    fine, coarse = fed(titles), fed(titles, TOPIC)
    assert len(fine.events.members) > len(coarse.events.members)
    assert coarse.event_of(0) == coarse.event_of(1) == coarse.event_of(2)
    assert coarse.event_of(3) != coarse.event_of(0)


def test_rare_terms_weigh_more() -> None:
    """What stands in many documents weighs less than what stands in one."""
    rarity = Rarity()
    rarity.learn(encode(make_traits(f"bridge number {n}x", "", "en")) for n in range(50))
    common, rare = rarity.of(np.array([place_of("bridg"), place_of("never")], dtype=np.int32))
    assert 0.0 <= common < rare


def test_damped_rarity_binds_less() -> None:
    """Damping narrows the gap between common and rare terms and changes no order."""
    plain, damped = Rarity(), Rarity(damping=0.5)
    for rarity in (plain, damped):
        rarity.learn(encode(make_traits(f"bridge number {n}x", "", "en")) for n in range(50))
    places = np.array([place_of("bridg"), place_of("never")], dtype=np.int32)
    (common, rare), (damped_common, damped_rare) = plain.of(places), damped.of(places)
    assert 1.0 < damped_rare / damped_common < rare / common
