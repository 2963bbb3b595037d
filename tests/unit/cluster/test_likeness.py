"""What binds two reports and what does not: announcers, counts, names without facts."""

from __future__ import annotations

import numpy as np
import pytest

from ribao.cluster.grain import EVENT
from ribao.cluster.likeness import likeness
from ribao.cluster.traits import make_traits


def _across(names: float, facts: float) -> float:
    one = np.array([names], dtype=np.float32)
    told = np.array([facts], dtype=np.float32)
    yes, no = np.array([True]), np.array([False])
    return float(
        likeness(np.zeros(1, np.float32), one, told, across=yes, nameless=no, grain=EVENT)[0]
    )


def test_a_notice_is_about_the_company_before_its_colon() -> None:
    """Two firms that no table knows are two subjects, however alike their notices read."""
    first = make_traits("澄湖百岭：子公司中标三亿元项目", "", "zh")
    other = make_traits("雁鸣东方：子公司中标三亿元项目", "", "zh")
    assert first.title_names == ("n:澄湖百岭",)
    assert not set(first.names) & set(other.names)


@pytest.mark.parametrize("title", ["晚间 8：30 开会", "OpenAI：推出新模型", "发布会在七点开始"])
def test_other_colons_name_nobody(title: str) -> None:
    """A time is no company, a name of the table keeps its own id, and most titles have no colon."""
    assert set(make_traits(title, "", "zh").names) <= {"n:openai"}


def test_what_is_counted_needs_no_word() -> None:
    """1,000 engineers are 1000名 and 1,000: a count is the same figure in both languages."""
    chinese = make_traits("某部拟招聘1000名工程师", "", "zh")
    english = make_traits("Agency to hire 1,000 for a new force", "", "en")
    assert "#number::1e+03" in set(chinese.facts) & set(english.facts)


def test_names_that_all_agree_stand_in_for_facts() -> None:
    """A bare product name binds across languages; half of the names does not."""
    lone_tie = EVENT.threshold * 1.3
    assert _across(1.0, 0.0) >= lone_tie
    assert _across(0.8, 0.0) < lone_tie
