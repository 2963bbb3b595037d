"""A name put for another one of the same report, in running text and in headlines."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.model import Citation, Sentence
from ribao.verify.evidence import Library
from ribao.verify.proof import FAILED, prove
from tests.unit.verify.proving import document

LINES = (
    "Tolland Unveils Cooling Kit For Data Halls",
    "Custom Rules Panel",
    "Harbeck Sells Turbine Arm To Norvik Group",
    "Dana Whitlow 6 points",
    "The kit was shown at the Ostrander Fair by Lena Okafor of Tolland.",
    "Norvik Group and Harbeck had talked since May, and Custom Rules were not on the table.",
)


def failing(sentence: str, cited: str) -> list[tuple[str, str]]:
    """What fails in a sentence that cites one line, and what is given for it."""
    text = "\n\n".join(LINES)
    one = document(text)
    start = text.index(cited)
    citation = Citation(one.id, cited, start, start + len(cited))
    found = prove(
        Sentence(sentence, (citation,)),
        Library().passages([one]),
        day=date(2025, 6, 2),
        language="en",
    )
    return [(it.claim, it.expected) for it in found if it.verdict in FAILED]


@pytest.mark.parametrize(
    ("line", "old", "new"),
    [
        (0, "Tolland", "Harbeck"),
        (0, "Cooling Kit", "Turbine Arm"),
        (1, "Custom Rules", "Norvik Group"),
        (2, "Turbine Arm", "Ostrander Fair"),
        (3, "Dana Whitlow", "Lena Okafor"),
        (4, "Ostrander Fair", "Norvik Group"),
        (4, "Lena Okafor", "Dana Whitlow"),
    ],
)
def test_another_name_of_the_report_is_seen(line: int, old: str, new: str) -> None:
    """However short the line is, and whether or not its capitals tell a name."""
    ((claim, expected),) = failing(LINES[line].replace(old, new), LINES[line])
    assert new in claim
    assert expected == old


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (0, "Tolland Launches Cooling Kit For Data Halls"),
        (2, "Harbeck Sells Its Turbine Arm To Norvik"),
        (4, "He was shown at the Ostrander Fair by Lena Okafor of Tolland."),
        (4, "By Lena Okafor of Tolland the kit was shown at the Ostrander Fair."),
    ],
)
def test_other_words_for_the_same_pass(line: int, told: str) -> None:
    """A word of the trade, a shorter form, a pronoun, clauses that changed places."""
    assert failing(told, LINES[line]) == []
