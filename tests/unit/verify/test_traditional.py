"""Letters and reports in traditional Chinese."""

from __future__ import annotations

import pytest

from ribao.language.traditional import simplified
from ribao.verify import check_text
from ribao.verify.proof import FAILED
from tests.unit.verify.proving import DAY, document, failing

REPORT = (
    "霧港電力週三宣布，去年虧損擴大至3.2億元，預計明年關閉兩座電廠。"
    "董事長陳硯秋表示：「不會裁員。」"
)


@pytest.mark.parametrize(
    ("told", "failed"),
    [
        ("霧港電力去年虧損擴大至3.2億元。", []),
        ("雾港电力去年亏损扩大至3.2亿元。", []),
        ("霧港電力去年虧損擴大至3.6億元。", ["3.6億元"]),
        ("雾港电力去年亏损收窄至3.2亿元。", ["收窄"]),
        ("霧港電力預計今年關閉兩座電廠。", ["今年"]),
        ("陳硯冬表示：「不會裁員。」", ["陳硯冬"]),
    ],
)
def test_both_scripts_are_one_language(told: str, failed: list[str]) -> None:
    """A letter in either is proved by a report in traditional signs, and shown as printed."""
    wrong = failing(told, REPORT, "zh")
    assert [one.claim for one in wrong] == failed
    assert all(told[one.start : one.end] == one.claim for one in wrong)
    assert all(one.claim in one.because for one in wrong)


def test_a_passage_is_quoted_as_its_report_writes_it() -> None:
    """The quote, the reason and what was expected are in the signs of the report."""
    wrong = failing("雾港电力去年亏损扩大至3.6亿元。", REPORT, "zh")
    assert [(one.expected, one.evidence and one.evidence.quote) for one in wrong] == [
        ("3.2億元", "3.2億元")
    ]
    assert "3.2億元" in wrong[0].because


def test_a_letter_is_shown_as_it_is_printed() -> None:
    """What stands in its text against its summary is found, and said in its own signs."""
    head = "---\nsummary: 霧港電力明年關閉三座電廠。\n---\n## 霧港電力關閉電廠\n\n"
    letter = head + "霧港電力明年關閉兩座電廠。\n"
    report = check_text(letter, [document(REPORT)], day=DAY)
    assert next(one.printed.text for one in report.sentences) == "霧港電力明年關閉三座電廠。"
    wrong = [it for one in report.sentences for it in one.findings if it.verdict in FAILED]
    assert "三座" in [it.claim for it in wrong if it.verdict == "contradicted"]
    assert all("电" not in it.claim + it.because for it in wrong)


def test_what_both_scripts_write_alike_stays() -> None:
    """著 and 乾 stand in simplified names and words, too."""
    assert simplified("著名的乾陵") == "著名的乾陵"
    assert simplified("發展") == "发展"
    assert simplified("No sign of it") == "No sign of it"
