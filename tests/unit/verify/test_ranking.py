"""Long evidence is ranked through an index, as short evidence is by comparing each sentence."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from ribao.model import DocumentId, Sentence
from ribao.verify import evidence
from ribao.verify.evidence import Evidence, Library
from ribao.verify.retrieval import LEAST_HEAD, MOST, Retrieval
from ribao.verify.topics import head_topics, likeness, topics_of
from tests.unit.verify.proving import document

_WORDS = (
    "harbour", "ferry", "crane", "17", "tram", "ticket", "308", "bridge", "baker", "oven", "museum",
    "lantern", "42", "quay",
)  # fmt: skip


def _lines(seed: int, count: int) -> str:
    dice = random.Random(seed)  # noqa: S311  words of a test
    return "\n".join(
        " ".join(dice.choices(_WORDS, k=dice.randint(1, 6))) + "." for _ in range(count)
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_index_ranks_as_the_comparison_does(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same places in the same order, from all passages, with the same likeness."""
    reports = [document(_lines(seed, 30)), document(_lines(seed + 9, 50))]
    reports[1] = replace(reports[1], id=DocumentId("e"))
    sentence = Sentence("The ferry passed 17 cranes at the quay bridge.", (), kind="fact")
    ranked = []
    passages = Library().passages(reports)
    for least in (10, 10_000):
        monkeypatch.setattr(evidence, "LONG", least)
        ranked.append(Evidence(sentence, passages).ranked)
    by_index, compared = ranked
    assert tuple(by_index) == compared
    assert tuple(by_index[:7]) == compared[:7]
    assert by_index[-1] == compared[-1]
    assert len(by_index) == len(compared)


@pytest.mark.parametrize("seed", range(4))
def test_a_story_has_the_reports_whose_heads_are_most_alike(seed: int) -> None:
    """Counting in rows finds what comparing each head with the story finds, in the same order."""
    reports = [document(line) for line in _lines(seed, 60).splitlines()]
    wanted = topics_of("The ferry passed 17 cranes at the quay bridge.")
    scored = [(likeness(wanted, head_topics(one)), -number) for number, one in enumerate(reports)]
    best = sorted((pair for pair in scored if pair[0] >= LEAST_HEAD), reverse=True)[:MOST]
    assert best
    found = Retrieval(reports, wanted).of_story(wanted)
    assert [one.text for one in found] == [reports[-number].text for _, number in best]
    assert Retrieval([], wanted).of_story(wanted) == ()
    assert Retrieval(reports, wanted).of_story(frozenset()) == ()
