"""When a sentence is its twin but for what was judged: then no other sentence has to be asked."""

from __future__ import annotations

import pytest

from ribao.verify.evidence import Place
from ribao.verify.passages import Passage
from ribao.verify.twins import Twin
from tests.unit.verify.proving import document


def _settled(printed: str, told: str, *judged: str) -> bool:
    """Whether the two differ only in words that were judged."""
    twin = Twin(printed, Place(Passage(document(told), "text"), 0, 0, 1.0))
    spans = [(printed.index(words), printed.index(words) + len(words)) for words in judged]
    return twin.differs_only_in(spans)


@pytest.mark.parametrize(
    ("printed", "told", "judged"),
    [
        # Words that newspapers use for each other, alone and behind a name that was judged.
        ("凌川眼下有四座码头。", "凌川目前有四座码头。", ()),
        ("凌川称将建四座码头。", "灵川宣布将建四座码头。", ("凌川",)),
        # A small number in words, which is no claim.
        ("Orrin built five quiet ferries.", "Orrin built 5 quiet ferries.", ()),
        # The parts of a time in another order.
        ("It sails on 17 December 2025.", "It sails on December 17, 2025.", ("17 December 2025",)),
        # The last clause is gone, together with a change before it.
        ("凌川占百分之四十", "凌川占40%，另外三家占去所有其余的份额。", ("百分之四十",)),
    ],
)
def test_what_says_the_same_leaves_nothing_open(
    printed: str, told: str, judged: tuple[str, ...]
) -> None:
    """The rest is word for word the report's."""
    assert _settled(printed, told, *judged)


@pytest.mark.parametrize(
    ("printed", "told", "judged"),
    [
        ("凌川拆了四座码头。", "凌川建了四座码头。", ()),
        ("Orrin built five quiet ferries.", "Orrin built 6 quiet ferries.", ()),
        (
            "It sails on 17 December 2025.",
            "It never sails on December 17, 2025.",
            ("17 December 2025",),
        ),
        ("Orrin leads the mill.", "Orrin leads the burnt mill.", ("Orrin",)),
        (
            "凌川占百分之四十",
            "凌川占去年全部码头停靠总数当中的40%，另外三家占其余。",
            ("百分之四十",),
        ),
    ],
)
def test_what_was_not_judged_stays_open(printed: str, told: str, judged: tuple[str, ...]) -> None:
    """Another word, another number, a word that is gone beside what was judged."""
    assert not _settled(printed, told, *judged)
