"""A name that the report contrasts with the right one, and a speaker whom no report knows."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

EN = (
    "The founder of Osgood, Bruno Keel, will join the museum in Tarn; its head of collections, "
    "Lena Brandt, is leaving for Halden. Composer Felix Orrin withdrew a new opera in protest; "
    "singer Maria Tolland said she would stay. The house closes in May."
)
ZH = "院长蔺慕云撤回新戏以示抗议，制作人裘芸表示会留下。剧院5月关门。"


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (EN, "Orrin withdrew an opera in protest.", "Tolland withdrew an opera in protest."),
        (EN, "Keel will join the museum in Tarn.", "Brandt will join the museum in Tarn."),
        (
            EN + " Chief Ada Moss apologised and said she would hand back her bonus; chair Rolf "
            "Tait kept his.",
            "Moss said she would hand back her bonus.",
            "Tait said he would hand back his bonus.",
        ),
        (ZH, "蔺慕云为抗议撤回了新戏。", "裘芸为抗议撤回了新戏。"),
    ],
)
def test_what_another_one_of_the_sentence_does_is_seen(report: str, true: str, false: str) -> None:
    """Both names stand in one sentence of the report, each with its own deed."""
    assert "name" not in kinds(true, report)
    assert "name" in kinds(false, report)


def test_a_speaker_of_one_word_whom_no_report_has_is_seen() -> None:
    """A first word that speaks is a name, but for those that speak without being one."""
    assert kinds("Haverly said that the house would close in May.", EN) == ["name"]
    assert kinds("Tolland said that the house would close in May.", EN) == []
    assert kinds("Management said that the house would close in May.", EN) == []
    assert kinds("Critics said that the house would close in May.", EN) == []


def test_a_firm_named_in_the_other_language_is_no_other_name() -> None:
    """曜日能源 is Yaori Energy, so nobody else is told of it; 对 of 对手 begins no name."""
    report = "辉远光伏扩产。国内员工增加。公司否认将被竞争对手曜日能源收购。"
    assert kinds("A takeover by Yaori Energy is not on the cards, Huiyuan says.", report) == []
