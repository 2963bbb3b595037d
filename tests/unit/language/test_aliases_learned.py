"""Names that reports teach: which Chinese and which Latin spelling are one."""

from __future__ import annotations

import pytest

from ribao.language.aliases_learned import LearnedAlias, LearnedNames, learn_aliases, merged


def taught(*texts: str) -> dict[str, str]:
    """What texts teach, as Chinese name to id."""
    return {one.han: one.id for one in learn_aliases((f"p{n}", t) for n, t in enumerate(texts))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1月15日，星渚智能（Xingzhu AI）在杭州开会。", {"星渚智能": "xingzhu"}),
        ("公司发布新一代大模型渚语3（Zhuyu-3）。", {"渚语3": "zhuyu 3", "渚语": "zhuyu"}),
        ("设备已在海纳电池（Haina Battery）的工厂上岗", {"海纳电池": "haina battery"}),
        ("首席执行官玛拉·埃利森（Mara Ellison）说", {"玛拉·埃利森": "mara ellison"}),
        ("开源编译器“圭表”（Guibiao）", {"圭表": "guibiao"}),
        ("the company Yinzhou Lab (隐舟实验室) said", {"隐舟实验室": "yinzhou lab"}),
        ("大語言模型（LLM）和人工智慧（AI）", {}),
        ("国家药监局药品审评中心（CDE）公示", {}),
        ("已收购英伟达（NVIDIA）的股份", {}),  # the table knows both
        ("聯準會主席與祖克伯（Mark Zuckerberg）", {"祖克伯": "mark-zuckerberg"}),
    ],
)
def test_a_bracket_names_twice(text: str, expected: dict[str, str]) -> None:
    """The name before a bracket begins after the last ordinary word, and terms are no names."""
    assert taught(text) == expected


def test_most_reports_decide() -> None:
    """Of two Latin names for one Chinese name the one that more pages give counts."""
    learned = taught("渚语（Zhuyu）来了", "渚语（Zhuyu）又来了", "渚语（Juyu）来了")
    assert learned == {"渚语": "zhuyu"}


def test_what_was_learned_is_kept_and_added_to() -> None:
    """An earlier day's name stays with the page that taught it first."""
    before = learn_aliases([("first", "渚语（Zhuyu）")])
    today = learn_aliases([("second", "渚语（Zhuyu）"), ("third", "“圭表”（Guibiao）")])
    found = merged(before, today)
    assert [(one.han, one.url) for one in found] == [("圭表", "third"), ("渚语", "first")]


def test_learned_names_are_found_in_both_scripts() -> None:
    """Chinese inside a run, Latin only between borders; the maker's AI may be missing."""
    names = LearnedNames([LearnedAlias("星渚智能", "Xingzhu AI", "xingzhu", 1, "")])
    assert names.find("昨日星渚智能宣布") == ("xingzhu",)
    assert names.find("XINGZHU cut prices") == ("xingzhu",)
    assert names.find("Xingzhus cut prices") == ()
