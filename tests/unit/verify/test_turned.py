"""What a report denies, plans or blames on something else must not be told freely as a fact."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

FACTS = [
    (
        "Ostrel said it had no reports of leaks in its lamps.",
        "Reports of leaks are not known to Ostrel.",
        "Ostrel has received reports of leaks.",
    ),
    (
        "The treaty sets no fines for members that break it.",
        "The treaty knows no fines.",
        "The treaty has fines for members.",
    ),
    (
        "Ostrel said it respected the verdict and was considering an appeal.",
        "Ostrel might appeal against the verdict.",
        "Ostrel has appealed against the verdict.",
    ),
    (
        "The council promised six new tram stops by the end of the year.",
        "Six new tram stops are to come.",
        "Six new stops have been added for trams.",
    ),
    (
        "云杉灯饰说目前没有收到漏电报告。",
        "云杉灯饰尚未收到漏电报告。",
        "云杉灯饰收到了多起漏电报告。",
    ),
    (
        "云杉市政府承诺在年底前新增六条公交线路。",
        "云杉市将增设六条公交线路。",
        "云杉市今年已增设六条公交线路。",
    ),
]

CAUSES = [
    (
        "President Dag Orrin blamed foreign rivals for the loss at Ostrel.",
        "Mr Orrin blamed rivals.",
        "Mr Orrin blamed the weather.",
    ),
    (
        "云杉灯饰利润增长，主要得益于铜价下跌，而不是提价。",
        "云杉灯饰把利润增长归功于铜价下跌。",
        "云杉灯饰把利润增长归功于提价。",
    ),
    (
        "候鸟总数减少，主要是由于冬季偏暖。管理处又收回三处鱼塘。",
        "候鸟总数减少，暖冬是主因。",
        "候鸟总数减少，主要是因为鱼塘增多。",
    ),
]


@pytest.mark.parametrize(("report", "true", "false"), FACTS + CAUSES)
def test_what_the_report_only_denies_or_plans_is_no_fact(
    report: str, true: str, false: str
) -> None:
    """A denial or a plan that got lost in a free telling, or another cause, is found."""
    assert kinds(true, report) == []
    assert kinds(false, report) != []


def test_what_another_sentence_says_plainly_is_borne_out() -> None:
    """A plan of one sentence that another one tells as done, a denial that was withdrawn."""
    report = (
        "Ostrel was considering an appeal against the verdict in May. On Friday its "
        "lawyers filed the appeal in Keld. It had no reports of leaks in spring. In June "
        "reports of leaks came in."
    )
    assert kinds("Ostrel has filed an appeal against the verdict.", report) == []
    assert kinds("Ostrel has received reports of leaks.", report) == []
