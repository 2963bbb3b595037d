"""Dated announcements are kept with their evidence and come up when they fall due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ribao.promise import Promise
from ribao.rank.promises import Due, falling_due, find_promises
from tests.unit.rank.newsdesk import report, story


def _promises(title: str, text: str = "") -> tuple[Promise, ...]:
    return find_promises(story(report(title, text)), "Asia/Shanghai")


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("某厂眼镜预计明年上市。", date(2031, 1, 1), date(2031, 12, 31)),
        ("新机将于2030年6月1日开售。", date(2030, 6, 1), date(2030, 6, 1)),
        ("The plant will open in March 2031.", date(2031, 3, 1), date(2031, 3, 31)),
        ("The fee takes effect on 1 June 2030.", date(2030, 6, 1), date(2030, 6, 1)),
        ("公司计划2030年第四季度交付首批机器人。", date(2030, 10, 1), date(2030, 12, 31)),
    ],
)
def test_announcements_for_later_are_promises(sentence: str, first: date, last: date) -> None:
    """A future date and a word of intent make a promise, in both languages."""
    (promise,) = _promises("某公司宣布新品", sentence)
    assert (promise.first, promise.last) == (first, last)
    assert promise.text == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "公司成立于2019年3月。",
        "The plant opened in March 2029.",
        "分析师预计2032年市场规模将达百亿。",
        "Analysts expect sales to double in 2031.",
        "公司将继续努力。",
        "It will happen in 2090.",
        "5月6日消息，某公司将继续努力。",
        "公司在2030年大会上宣布，将开放平台。",
    ],
)
def test_history_and_forecasts_are_none(sentence: str) -> None:
    """The past, market forecasts, visions and plain intent are nobody's dated promise."""
    assert _promises("某公司", sentence) == ()


def test_a_promise_cites_its_sentence() -> None:
    """The evidence is the sentence where it stands."""
    document = report("某公司", "先说别的。新机将于2030年6月1日开售。还有更多。")
    (promise,) = find_promises(story(document))
    cited = promise.citation
    assert document.text[cited.start : cited.end] == cited.quote == promise.text


def test_one_time_is_one_promise_and_copies_are_passed_over() -> None:
    """Ten outlets that repeat a date make one promise."""
    first = report("新机将于2030年6月1日开售", hours=9)
    second = report("6月1日，新机将开售", hours=5)
    copy = replace(report("新机预计2031年上市", hours=3), copy_of=first.id)
    (promise,) = find_promises(story(first, second, copy))
    assert promise.text == first.title


def test_promises_come_up_when_they_fall_due() -> None:
    """A day comes up on that day, a period as it begins and ends, "by" only at its end."""
    promises = [
        *_promises("新机将于2030年6月1日开售"),
        *_promises("The plant will open in March 2031."),
        *_promises("The rollout will be done by the end of 2030."),
    ]
    assert [due for _, due in falling_due(promises, date(2030, 6, 1))] == [Due.TODAY]
    assert [due for _, due in falling_due(promises, date(2031, 3, 1))] == [Due.OPENS]
    assert [due for _, due in falling_due(promises, date(2031, 3, 31))] == [Due.ENDS]
    assert [due for _, due in falling_due(promises, date(2030, 12, 31))] == [Due.ENDS]
    assert falling_due(promises, date(2030, 6, 2)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "这是新机，将于2030年6月1日开售。",
        "新机将于2030年6月1日开售，售价 ...",
        "It will be released on 1 June 2030.",
    ],
)
def test_half_sentences_and_those_that_lean_are_not_kept(text: str) -> None:
    """A reminder is read weeks later, without what stood before it."""
    assert _promises("某公司", text) == ()
