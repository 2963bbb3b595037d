"""A "may" of the report that the sentence makes a fact, in other words and other languages."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

EN = (
    "The test may save lives, said Mona Ellery of Halden, who led the trial. "
    "Larkfield may open a plant in Turin in 2027. "
    "The system must not correct records, and doctors decide on each of them. "
    "Tarn Water may not pay a dividend until 2028. "
    "Frost in May could still hurt the vines of the north, said Brindle."
)
ZH = "云杉实验室表示，新药或许能够延长患者寿命。云杉可能出售辰光科技的股份。系统不得修改病历。"


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (EN, "The trial shows that the test may save lives.", "The trial shows it saves lives."),
        (EN, "Larkfield可能于2027年在都灵开设工厂。", "Larkfield将于2027年在都灵开设工厂。"),
        (
            EN,
            "Frost could hurt northern vines in May.",
            "Frost will hurt northern vines in May.",
        ),
        (ZH, "云杉说，新药可能延长患者寿命。", "云杉说，新药延长了患者寿命。"),
        (
            EN,
            "There will be no dividend at Tarn Water until 2028.",
            "Tarn Water will pay a dividend before 2028.",
        ),
        (EN, "系统不得修改病历。", "系统可以修改病历。"),
    ],
)
def test_a_doubt_that_was_left_out_is_seen(report: str, true: str, false: str) -> None:
    """The true sentence keeps the doubt or the denial, the false one is certain."""
    assert not {"certainty", "negation"} & set(kinds(true, report))
    assert {"certainty", "negation"} & set(kinds(false, report))
