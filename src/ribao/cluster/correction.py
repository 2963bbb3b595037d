"""Late correction: moves the report that has found a better event, parts the event that holds two.

Little is known when the first reports of a matter come, and what was joined then may prove wrong.
A report moves where it belongs more clearly than to the rest of its event. An event is parted where
its reports, joined anew by the same rule with all that is known now and without regard to time,
make two groups of several reports each whose likeness stays far below the line: a matter that goes
on for days is no reason, and a report alone is none. What an editor put together stays together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ribao.cluster.events import DOUBT, Events
from ribao.cluster.grain import Grain
from ribao.cluster.index import Neighbour

BETTER = 1.5  # times as strongly as to its own event a report must be tied to another to move there
PART_SHARE = 0.5  # of the line that joins: groups that are less alike are two events
FEWEST = 2  # reports of a group that can be an event of its own
# Members up to which an event is looked at again, the newest ones: the cost of a look grows with
# the square, and what ran through so many reports is no mistake of the first hour.
MOST = 64


def moves(
    events: Events, arrived: Collection[int], pinned: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Documents that belong to another event than theirs, each with that event.

    Only what arrived since the last look can have changed anything. `pinned` documents stay.
    """
    wanted: set[tuple[int, int]] = set()
    enough = events.grain.threshold * (1.0 + DOUBT)  # what a single tie must have
    for new in arrived:
        target = events.event_of[new]
        for number, neighbour in events.near[new].items():
            here = events.event_of[number]
            if here != target and neighbour.likeness >= enough and number not in pinned:
                wanted.add((number, target))
    for number, target in sorted(wanted):
        here = events.event_of[number]
        if here == target or len(events.members[here]) < FEWEST:
            continue
        if not events.may_join(here, target):
            continue
        there = events.tie_of(number, target).strength(1, len(events.members[target]), events.grain)
        own = events.tie_of(number, here).strength(1, len(events.members[here]) - 1, events.grain)
        if there >= events.grain.threshold and there >= BETTER * own:
            yield number, target


def looks_whole(events: Events, members: Sequence[int]) -> bool:
    """Whether one member is like all others, so that no second event can be among them: cheap."""
    inside = set(members)
    least = events.grain.threshold
    for hub in members:
        near = events.near[hub]
        if len(near) < len(members) - 1:
            continue
        if all(n == hub or (n in near and near[n].likeness >= least) for n in inside):
            return True
    return False


def parts(
    likeness: NDArray[np.float32], grain: Grain, together: Iterable[Collection[int]] = ()
) -> list[list[int]]:
    """The events among documents, by their place: one list, or several, the greatest first.

    `likeness` is the square of all pairs, apart from time; `together` are places that an editor put
    into one story. Of several events each has two documents at least; whoever is alone stays with
    the first.
    """
    again = Events(replace(grain, step_share=1.0))
    bundled = {place: number for number, bundle in enumerate(together) for place in bundle}
    opened: dict[int, int] = {}
    for place in range(len(likeness)):
        bundle = bundled.get(place)
        event = opened.get(bundle) if bundle is not None else None
        event = again.open() if event is None else event
        if bundle is not None:
            opened[bundle] = event
        row = likeness[place, :place].tolist()
        again.add(place, (Neighbour(n, v) for n, v in enumerate(row) if v > 0.0), event)
    again.settle()
    again.grain = replace(again.grain, threshold=PART_SHARE * grain.threshold)
    again.look_again()
    again.settle()
    groups = [sorted(found) for found in again.members.values() if len(found) >= FEWEST]
    groups.sort(key=lambda group: (-len(group), group))
    if len(groups) < 2:
        return [list(range(len(likeness)))]
    told = {place for group in groups for place in group}
    rest = [place for place in range(len(likeness)) if place not in told]
    return [sorted(groups[0] + rest), *groups[1:]]
