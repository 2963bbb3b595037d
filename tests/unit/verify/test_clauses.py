"""A word or a figure is compared with its own clause, not with the whole sentence."""

from __future__ import annotations

import pytest

from ribao.verify.clauses import clauses_of
from tests.unit.verify.proving import kinds

LINES = (
    "Orrin Lines, which carried 1,150,000 people last year, will close its routes to Keld and Tarn "
    "in May and open one to Osby. The dockers' union, which speaks for 700 of its staff, rejected "
    "the plan and called a strike. Tickets will fall by 5 percent for islanders and rise by 12 "
    "percent for visitors. The line hired 120 pilots and laid off 35 clerks."
)
TRAMS = (
    "榆州交通局说，明年新开电车线路18条，撤销重复线路31条。"
    "南屿县的投入从5亿元增加到9亿元，北屿县则从12亿元减少到7亿元。车队队长称，工会否决了夜班方案。"
)

CONTRARY = [
    (LINES, "Routes to Keld and Tarn will close in May.", "close", "open"),
    (LINES, "The dockers' union has rejected the timetable.", "rejected", "accepted"),
    (LINES, "码头工会否决了这项方案。", "否决", "接受"),
    (
        "Orrin's pump failed a safety test in 2024 but passed it in May.",
        "Orrin's pump passed a safety test in May.",
        "passed",
        "failed",
    ),
    (
        "Poland's health minister welcomed the plan but ruled out subsidies.",
        "波兰卫生部长排除了提供补贴的可能。",
        "排除了",
        "承诺",
    ),
    (TRAMS, "The union rejected the plan for night shifts.", "rejected", "approved"),
]
CROSSED = [
    (LINES, "Visitors pay 12 percent more.", "Visitors pay 5 percent less."),
    (LINES, "It hired 120 pilots this year.", "It laid off 120 people this year."),
    (LINES, "游客的票价上涨12%。", "居民的票价上涨12%。"),
    (TRAMS, "明年要开18条新线路。", "明年要撤掉18条线路。"),
    (TRAMS, "南屿县投入9亿元。", "北屿县投入9亿元。"),
    (
        TRAMS + "据统计，今年司机中来自外县的占36%，本县的占64%。",
        "今年司机中来自外县的占36%。",
        "今年司机中来自外县的占64%。",
    ),
    (
        TRAMS + "市里明年把补贴从3亿元增加到8亿元，省里则从5亿元削减到2亿元。",
        "The city will raise its subsidy to 800 million yuan.",
        "The province will raise its subsidy to 800 million yuan.",
    ),
    (
        TRAMS,
        "Nanyu County now spends 900 million yuan.",
        "Beiyu County now spends 900 million yuan.",
    ),
]


@pytest.mark.parametrize(("report", "true", "word", "put"), CONTRARY)
def test_a_contrary_word_is_seen_in_the_clause_on_the_same_thing(
    report: str, true: str, word: str, put: str
) -> None:
    """Where a report closes one thing and opens another, the clause tells which."""
    assert kinds(true, report) == []
    assert "sense" in kinds(true.replace(word, put), report)


DENIED = [
    (
        "云杉银行说，明年不会裁员，但会暂停招聘。",
        "Hiring will pause next year.",
        "Hiring will go on next year.",
    ),
    ('A listing is "not on the table", Orrin said.', "奥林说不考虑上市。", "奥林说将会上市。"),
    (
        "剧院的影片因版权纠纷取消放映。",
        "The theatre's film was not shown.",
        "The theatre's film was shown.",
    ),
    (
        "She broke a promise, said surgeon Philip Crane. Ada Bates denied that and left.",
        "Bates denied that a promise was broken.",
        "Bates admitted that a promise was broken.",
    ),
    (
        "Harbour master Ada Orrin called the toll harsh but said that her port would not appeal.",
        "Orrin called the toll harsh, yet the port will not appeal.",
        "Orrin called the toll harsh, and said the port will appeal.",
    ),
    (
        "Transport minister Tom Keld told parliament that he would not step in.",
        "Keld said the government will not intervene.",
        "Keld said the government will intervene.",
    ),
    ("院长表示，旧馆将改作仓库，不再接待观众。", "旧馆今后不接待观众。", "旧馆今后仍将接待观众。"),
    (
        "The jab did not outperform the standard vaccine in a trial of 900 adults.",
        "这款针剂并未胜过普通疫苗。",
        "这款针剂胜过普通疫苗。",
    ),
    (
        "医生说，这种针剂不适合儿童。",
        "The jab does not suit children.",
        "The jab suits children.",
    ),
]


@pytest.mark.parametrize(("report", "true", "false"), DENIED)
def test_a_denial_is_compared_in_the_clause_on_the_same_thing(
    report: str, true: str, false: str
) -> None:
    """In one language and in two, whatever the words of the verb."""
    assert kinds(true, report) == []
    assert set(kinds(false, report)) & {"negation", "sense"}


@pytest.mark.parametrize(("report", "true", "false"), CROSSED)
def test_a_figure_told_of_the_other_one_is_seen(report: str, true: str, false: str) -> None:
    """The verb or the subject of the figure beside it, in one language and in two."""
    assert kinds(true, report) == []
    assert kinds(false, report) != []


def test_a_figure_beside_its_like_keeps_its_own() -> None:
    """Two figures of one clause, and a range, are told in any order."""
    report = "Orrin found 244 leaks in old pipes, against 203 in new ones."
    assert kinds("That is 244 leaks against 203.", report) == []


def test_an_aside_is_taken_out_and_a_verb_keeps_its_subject() -> None:
    """The clause of a verb is read with its subject, wherever that stands."""
    told = [
        (one.head.strip(), one.text.strip())
        for one in clauses_of(LINES[: LINES.index(" The dockers")])
    ]
    assert told[0] == ("", "Orrin Lines")
    assert told[1][1].startswith(", which carried")
    assert told[2] == ("Orrin Lines", "will close its routes to Keld and Tarn in May")
    assert told[3] == ("Orrin Lines", "and open one to Osby.")
