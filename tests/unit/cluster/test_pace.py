"""The clock of topics: a burst is soon over, a slow matter stays open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ribao.cluster import explain_pair
from ribao.cluster.events import Events
from ribao.cluster.grain import TOPIC
from ribao.cluster.index import DAY, Index, Neighbour
from ribao.cluster.pace import Pace, pace_of
from ribao.cluster.tracker import Tracker
from ribao.cluster.traits import make_traits
from ribao.cluster.weights import Rarity, encode
from ribao.config import ClusterSettings
from tests.unit.cluster.test_stories import report

BURST = tuple(n / 1000 for n in range(20))
SLOW = tuple(n * 0.9 for n in range(20))


def test_events_that_overlap_lose_nothing() -> None:
    """Time counts only where one event ends before the other begins."""
    assert pace_of((0.0, 2.0)).left(pace_of((1.0, 5.0))) == 1.0
    assert pace_of((0.0, 2.0)).left(pace_of((2.5,))) < 1.0


def test_a_burst_is_over_sooner_than_a_slow_matter() -> None:
    """The same gap of a day leaves little of the one and most of the other."""
    burst, slow = pace_of(BURST), pace_of(SLOW)
    after_burst = burst.left(pace_of((burst.last + 1.0,)))
    after_slow = slow.left(pace_of((slow.last + 1.0,)))
    single = pace_of((0.0,)).left(pace_of((1.0,)))
    assert after_burst < 0.05
    assert after_slow > 0.8
    assert after_burst < single < after_slow


def test_minutes_tell_nothing() -> None:
    """Feeds are read by the hour: however quick a burst was, ten minutes later it goes on."""
    burst = Pace(count=50_000, mean=0.0, squares=0.0, first=0.0, last=0.0)
    assert burst.left(pace_of((10 / 1440,))) > 0.9


def test_joining_two_paces_is_counting_all_times() -> None:
    """The order in which events were joined changes nothing, nor does who joins whom."""
    whole, joined = pace_of((*SLOW, *BURST)), pace_of(BURST).joined(pace_of(SLOW))
    assert (whole.count, whole.first, whole.last) == (joined.count, joined.first, joined.last)
    assert whole.mean == pytest.approx(joined.mean)
    assert whole.squares == pytest.approx(joined.squares)
    late = pace_of((40.0,))
    assert joined.left(late) == late.left(joined)


def topic_after(days: tuple[float, ...], gap: float) -> Events:
    """Topics after reports of one matter and, after a gap, a last one that is a little like all."""
    events = Events(TOPIC)
    whole = events.open()
    for number, at in enumerate(days):
        events.add(number, [], whole, at * DAY)
    near = [Neighbour(number, 3 * TOPIC.threshold) for number in range(len(days))]
    events.add(len(days), near, events.open(), (days[-1] + gap) * DAY)
    events.settle()
    return events


def test_a_late_report_joins_the_slow_matter_only() -> None:
    """The same likeness, the same gap: what differs is how the reports before came."""
    assert len(topic_after(SLOW, 1.0).members) == 1
    assert len(topic_after(BURST, 1.0).members) == 2
    assert len(topic_after(BURST, 0.02).members) == 1


def test_a_topic_that_was_joined_goes_at_the_pace_of_all_its_reports() -> None:
    """Reports that came one by one and were joined later are counted like those of one event."""
    events = Events(TOPIC)
    for number, at in enumerate(SLOW):
        near = [Neighbour(other, 0.9) for other in range(number)]
        events.add(number, near, events.open(), at * DAY)
    events.settle()
    (slow,) = events.members
    near = [Neighbour(number, 0.5) for number in range(len(SLOW))]
    events.add(len(SLOW), near, events.open(), (SLOW[-1] + 1.0) * DAY)
    assert events.strength(slow, events.event_of[len(SLOW)]) > 0.4


@pytest.mark.parametrize("corrected", [True, False])
def test_topics_are_not_parted_again(*, corrected: bool) -> None:
    """Many pairs of one topic have not a word in common: late correction is for events."""
    tracker = Tracker(replace(TOPIC, corrected=corrected), window_days=4.0)
    bridge, clocks = "Harbour bridge falls", "Museum clocks stolen"
    titles = (bridge, bridge, bridge, clocks, clocks, clocks, bridge)
    encoded = [encode(make_traits(title, "", "en")) for title in titles]
    rarity, whole = Rarity(), tracker.events.open()
    rarity.learn(encoded)
    for one in encoded[:-1]:
        tracker.add(rarity.weigh(one), 0.0, event=whole)
    tracker.add(rarity.weigh(encoded[-1]), 1.0)
    tracker.settle()
    assert (len({tracker.event_of(number) for number in range(6)}) > 1) is corrected


def test_words_of_a_topic_count_whatever_the_days() -> None:
    """Between documents time says nothing where each matter has its own pace."""
    rarity, index = Rarity(), Index(TOPIC)
    encoded = encode(make_traits("Harbour bridge collapses after flood", "", "en"))
    rarity.learn((encoded,))
    for day in (0.0, 3.0, 30.0):
        found = index.add(rarity.weigh(encoded), day * DAY)
    assert [near.likeness for near in found] == [found[0].likeness] * 2


def test_the_pace_follows_the_members() -> None:
    """Documents that leave an event take their times along, and an event that is over leaves none.

    The report that comes a day after both joins the one whose pace allows it.
    """
    events = topic_after(SLOW, 1.0)
    (slow,) = events.members
    burst = events.rehome(range(len(SLOW)))
    assert events.members[slow] == [len(SLOW)]
    near = [Neighbour(number, 0.5) for number in range(len(SLOW) + 1)]
    events.add(99, near, events.open(), 30.0 * DAY)
    last = events.event_of[99]
    assert events.strength(burst, last) > events.strength(slow, last) * 10
    events.drop(burst)
    events.drop(slow)
    assert list(events.members) == [last]


def test_two_reports_of_a_topic_need_more_after_days() -> None:
    """The words count in full, but what would be enough grows with the days between."""
    settings = ClusterSettings(grain="topic")
    first = report("Harbour bridge collapses after flood")
    soon, late = (
        explain_pair(first, report("The mayor mourns a harbour bridge", hours), settings)
        for hours in (2.0, 46.0)
    )
    assert [part.points for part in soon] == [part.points for part in late]
    assert (soon[-1].name, late[-1].name) == ("together", "apart")
    assert "2 days apart" in late[-1].because
