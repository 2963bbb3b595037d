"""Late correction: stories that hold two events are parted, reports move, editors are obeyed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ribao.cluster import cluster
from ribao.cluster.correction import looks_whole, moves, parts
from ribao.cluster.events import Events
from ribao.cluster.grain import EVENT
from ribao.cluster.index import DAY, Neighbour
from ribao.cluster.stories import make_story
from ribao.cluster.tracker import Tracker
from ribao.cluster.traits import make_traits
from ribao.cluster.weights import Rarity, encode
from ribao.model import Document, DocumentId, EditionId, Points, Story, StoryId
from ribao.placing import Bundle, Decision, Placing
from tests.unit.cluster.test_stories import SETTINGS, noise, report

BRIDGE = [
    report("Harbour bridge collapses after heavy flood", 0),
    report("Heavy flood: harbour bridge collapses", 2),
    report("Collapsed harbour bridge: flood tore its pillars away", 3),
]
MUSEUM = [
    report("Museum of clocks in Brindle robbed, gold watches gone", 1),
    report("Thieves rob Brindle museum of clocks and take gold watches", 4),
]
LATER = report("Gold watches robbed from the Brindle museum of clocks are found", 20)
FIRST = StoryId("first")


def mixed() -> Story:
    """A story of yesterday that holds two events."""
    return make_story([*BRIDGE, *MUSEUM], (), id_=FIRST)


def after(
    story: Story, *found: Document, printed: bool = False, placing: Placing | None = None
) -> dict[StoryId, Story]:
    """The stories of today that hold reports of yesterday's story."""
    known = frozenset({story.id}) if printed else frozenset[StoryId]()
    stories = cluster(
        [*story.documents, *found, *noise()], (story,), SETTINGS, printed=known, placing=placing
    ).kept
    ids = {one.id for one in story.documents}
    return {one.id: one for one in stories if ids & {d.id for d in one.documents}}


def ids(*groups: list[Document]) -> set[DocumentId]:
    """The ids of reports."""
    return {one.id for group in groups for one in group}


def holds(story: Story) -> set[DocumentId]:
    """The ids of a story's reports."""
    return {one.id for one in story.documents}


def test_a_story_of_two_events_is_parted_when_later_reports_show_it() -> None:
    """The greater part keeps the id; the other one says where it comes from, and why."""
    stories = after(mixed(), LATER)
    assert holds(stories.pop(FIRST)) == ids(BRIDGE)
    (cut,) = stories.values()
    assert holds(cut) == ids(MUSEUM, [LATER])
    assert cut.split_from == FIRST
    assert "two events" in cut.split_because
    assert cut.continues is None


def test_without_anything_new_a_story_stays_as_it_was() -> None:
    """Only later reports part a story: the same day made again changes nothing."""
    assert set(after(mixed())) == {FIRST}


def test_what_readers_know_a_story_by_keeps_its_id() -> None:
    """The part with the report that a printed story was told by goes on, also the smaller one."""
    story = mixed()
    told = replace(story, documents=tuple(MUSEUM + BRIDGE))
    stories = after(told, LATER, printed=True)
    assert holds(stories[FIRST]) == ids(MUSEUM, [LATER])
    assert stories[FIRST].continues == FIRST
    assert [one.split_from for one in stories.values()].count(FIRST) == 1


def test_a_parting_is_remembered() -> None:
    """On the day after, where a report stood last counts, not where it was printed first."""
    story = mixed()
    first = after(story, LATER, printed=True)
    cut = next(one for one in first.values() if one.split_from)
    latest = {one.id: (each.id,) for each in first.values() for one in each.documents}
    old = [*story.documents, LATER]
    for placing, ids_ in ((Placing(latest), {FIRST, cut.id}), (Placing(), {FIRST})):
        again = cluster(
            [*old, *noise()], (story, cut), SETTINGS, printed=frozenset({FIRST}), placing=placing
        ).kept
        found = {one.id: one for one in again if set(MUSEUM) & set(one.documents)}
        assert {one.id for one in again if set(old[:-1]) & set(one.documents)} == ids_
        if cut.id in ids_:
            assert found[cut.id].split_from == FIRST


@pytest.mark.parametrize("printed", [False, True])
def test_what_an_editor_put_together_stays_together(*, printed: bool) -> None:
    """A story that an editor made of two events is not parted."""
    bundle = Bundle(FIRST, tuple(ids(BRIDGE, MUSEUM)))
    placing = Placing(decisions=(Decision(EditionId("e"), (bundle,)),))
    stories = after(mixed(), LATER, printed=printed, placing=placing)
    assert ids(BRIDGE, MUSEUM) <= holds(stories[FIRST])


def test_what_an_editor_took_apart_stays_apart() -> None:
    """Reports of one event that an editor split are not joined again; newcomers may join either."""
    story = make_story(BRIDGE, (), id_=FIRST)
    bundles = (Bundle(FIRST, (BRIDGE[0].id,)), Bundle(StoryId("cut"), (BRIDGE[1].id,)))
    placing = Placing(decisions=(Decision(EditionId("e"), bundles),))
    stories = after(story, report("Flood: the harbour bridge has collapsed", 9), placing=placing)
    assert BRIDGE[0] in stories[FIRST].documents
    assert BRIDGE[1] in stories[StoryId("cut")].documents
    assert BRIDGE[1] not in stories[FIRST].documents


def test_a_report_moves_where_it_belongs_better() -> None:
    """What was placed when little was known goes to the event that comes later, and says so."""
    alone = [*BRIDGE, MUSEUM[0]]
    stories = after(make_story(alone, (), id_=FIRST), MUSEUM[1], LATER)
    assert holds(stories.pop(FIRST)) == ids(BRIDGE)
    (other,) = stories.values()
    assert holds(other) == ids(MUSEUM, [LATER])
    assert other.split_from is None  # one report that left is no second event of the old story
    join = next(one for one in other.joins if one.document_id == MUSEUM[0].id)
    assert join.because[-1] == Points("moved", 0.0, f"stood in story {FIRST} before")


def test_who_is_pinned_does_not_move() -> None:
    """A pinned document stays in its event, however much another one pulls."""
    events = Events(EVENT)
    whole = events.open()
    for document in (0, 1, 2):
        events.add(document, [], whole)
    for document in (3, 4):
        events.add(document, [Neighbour(n, 0.9) for n in (2, 3) if n < document], events.open())
    assert list(moves(events, [3, 4], [2])) == []
    assert (2, events.event_of[3]) in list(moves(events, [3, 4], []))


@pytest.mark.parametrize(("pull", "moved"), [(0.45, False), (0.9, True)])
def test_a_little_better_is_not_enough(pull: float, *, moved: bool) -> None:
    """A report that is at home where it is moves only for a much stronger tie."""
    events = Events(EVENT)
    whole = events.open()
    for document in (0, 1, 2):
        ties = [Neighbour(number, 0.4) for number in range(document)]
        events.add(document, ties, whole)
    for document in (3, 4):
        ties = [Neighbour(n, pull) for n in (2, 3) if n < document]
        events.add(document, ties, events.open())
    assert ((2, events.event_of[3]) in list(moves(events, [3, 4], []))) is moved


def square(*groups: int, inside: float, across: float) -> np.ndarray:
    """The likenesses of groups of that many documents."""
    labels = np.repeat(np.arange(len(groups)), groups)
    found = np.where(labels[:, None] == labels[None, :], inside, across).astype(np.float32)
    np.fill_diagonal(found, 0.0)
    return found


def test_two_tight_groups_are_two_events_and_one_report_is_none() -> None:
    """Groups of two and more part, the greater first; who is like nobody stays with it."""
    assert parts(square(3, 2, inside=0.5, across=0.02), EVENT) == [[0, 1, 2], [3, 4]]
    assert parts(square(2, 3, inside=0.5, across=0.02), EVENT) == [[2, 3, 4], [0, 1]]
    assert parts(square(4, 1, inside=0.5, across=0.02), EVENT) == [[0, 1, 2, 3, 4]]
    assert parts(square(3, 3, inside=0.5, across=0.18), EVENT) == [list(range(6))]
    assert parts(square(3, 2, inside=0.5, across=0.02), EVENT, [[0, 3]]) == [[0, 1, 2, 3, 4]]


def test_a_member_that_is_like_all_others_saves_a_closer_look() -> None:
    """The cheap test says that an event is whole only where one document is like every other."""
    events = Events(EVENT)
    whole = events.open()
    events.add(0, [], whole)
    for document in (1, 2, 3):
        events.add(document, [Neighbour(0, 0.4)], whole)
    assert looks_whole(events, [0, 1, 2, 3])
    events.add(4, [Neighbour(3, 0.4)], whole)
    assert not looks_whole(events, [0, 1, 2, 3, 4])


def test_the_tracker_parts_as_it_goes() -> None:
    """Online, too: an event that was wrongly joined is two after the next reports."""
    rarity, tracker = Rarity(), Tracker(EVENT, window_days=4.0)
    found = [*BRIDGE, *MUSEUM, LATER]
    encoded = [encode(make_traits(one.title, "", "en")) for one in (*found, *noise())]
    rarity.learn(encoded)
    event = tracker.events.open()
    for place, one in enumerate(encoded[: len(found)]):
        tracker.add(
            rarity.weigh(one), place * DAY / 24, event=event if place < len(found) - 1 else None
        )
    tracker.settle()
    assert {tracker.event_of(n) for n in (0, 1, 2)} == {event}
    assert len({tracker.event_of(n) for n in (3, 4, 5)}) == 1
    assert tracker.event_of(3) != event


def test_names_that_an_editor_refused_join_nothing() -> None:
    """What a bracket says counts at once, unless an editor said that it is wrong."""
    teaching = report("星渚智能（Xingzhu AI）举办年会", 0)
    pair = [report("星渚智能发布渚语机器人", 1), report("Xingzhu unveils robot", 2)]
    refused = frozenset({("星渚智能", "Xingzhu AI")})

    def together(no: frozenset[tuple[str, str]]) -> bool:
        placing = Placing(refused=no)
        found = cluster([teaching, *pair, *noise()], (), SETTINGS, placing=placing).kept
        return any(set(pair) <= set(story.documents) for story in found)

    assert together(frozenset())
    assert not together(refused)


def test_a_part_without_a_report_of_today_is_remembered() -> None:
    """What leaves a story is one of the day, also where no feed carries its reports any more."""
    story = make_story([*BRIDGE, *MUSEUM], (), id_=FIRST)
    fresh = report("Flood took the pillars of the collapsed harbour bridge", 9)
    found = cluster([*BRIDGE, fresh, *noise()], (story,), SETTINGS).kept
    (cut,) = (one for one in found if one.split_from == FIRST)
    assert holds(cut) == ids(MUSEUM)
