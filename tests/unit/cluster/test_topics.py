"""Stories of the grain "topic": joined as a batch goes on, and never against an editor's word."""

from __future__ import annotations

from ribao.cluster import cluster
from ribao.cluster.grain import TOPIC
from ribao.config import ClusterSettings
from ribao.model import Document, EditionId, StoryId
from ribao.placing import Bundle, Decision, Placing
from tests.unit.cluster.test_stories import report

SETTINGS = ClusterSettings(grain="topic")
LEFT = report("Harbour bridge collapses after heavy flood", 1)
RIGHT = report("Heavy flood: harbour bridge collapses", 2)
LAST = report("A museum of clocks opens its doors in Brindle", 90)
MATTERS = ("kite", "sparrow", "tram", "cheque", "gardener", "marathon", "meteor", "library", "dam")
PLACES = ("Lisbon", "Oslo", "Quito", "Perth", "Lagos", "Turin", "Hanoi", "Davos", "Izmir")


def batch() -> list[Document]:
    """More reports than are settled at once, between the first pair and the last report."""
    titles = [f"{matter.title()} found in {place}" for matter in MATTERS for place in PLACES]
    between = [report(title, 3 + place) for place, title in enumerate(titles)]
    assert len(between) > TOPIC.settle_every
    return [LEFT, RIGHT, *between, LAST]


def together(placing: Placing) -> bool:
    """Whether both reports of the bridge are in one story."""
    stories = cluster(batch(), (), SETTINGS, placing=placing).kept
    return any({LEFT, RIGHT} <= set(story.documents) for story in stories)


def test_a_decision_holds_however_late_its_last_report_came() -> None:
    """Nothing is joined before all is in that an editor spoke of."""
    bundles = tuple(Bundle(StoryId(one.id), (one.id,)) for one in (LEFT, RIGHT, LAST))
    assert together(Placing())
    assert not together(Placing(decisions=(Decision(EditionId("e"), bundles),)))


def test_a_batch_is_joined_as_it_goes() -> None:
    """The order in which the documents were given changes nothing."""
    stories = cluster(batch(), (), SETTINGS).kept
    assert stories == cluster(batch()[::-1], (), SETTINGS).kept
    assert sum(len(story.documents) for story in stories) == len(batch())
