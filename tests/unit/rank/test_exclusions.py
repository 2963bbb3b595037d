"""What an owner does not want is not printed, and the ledger says which subject and which words."""

from __future__ import annotations

import pytest

from ribao.beat import load_beat
from ribao.outcome import Reason
from ribao.rank import rank
from ribao.rank.exclusions import exclusion, subjects
from tests.unit.rank.newsdesk import NOW, english, lenient, report, story

LAUNCH = "Brightmoor launches an AI language model, and Heron robots use it"
MONEY = "Brightmoor raises $40 million for its AI language model"


def test_excluded_subjects_are_dropped_with_their_words() -> None:
    """The launch stays, the funding round goes, even where the launch mentions a round."""
    launch = story(report(LAUNCH, "The AI company raised $10 million in funding last year."))
    money = story(report(MONEY), report("Brightmoor closes round for AI", url="https://b.example"))
    found = rank(
        [launch, money],
        load_beat("ai"),
        lenient(exclude=("funding",)),
        edition=english(),
        now=NOW,
    )
    assert [one.id for one in found.kept] == [launch.id]
    (drop,) = found.dropped
    assert (drop.subject, drop.reason) == (money.id, Reason.EXCLUDED)
    assert "funding" in drop.detail
    assert "raises $40 million" in drop.detail


@pytest.mark.parametrize(
    ("subject", "title", "hit"),
    [
        ("funding", "云岭茶业完成亿元A1轮融资", True),
        ("funding", "鹤鸣模型通过金融资格考试", False),
        ("funding", "Lovely startup valued at $6 billion", True),
        ("funding", "Tea house raises prices", False),
        ("stocks", "芯片股价大涨，市值创新高", True),
        ("stocks", "Why tea stocks are falling", True),
        ("stocks", "Shop stocks new robots", False),
        ("robotaxi", "Two robotaxis meet in Norrport", True),
        ("中超", "其中超过一半来自云岭", False),
        ("中超", "中超联赛今日开幕", True),
    ],
)
def test_subjects_and_words_are_found_in_titles(subject: str, title: str, *, hit: bool) -> None:
    """By id where ribao knows the subject, as a word with its borders where not."""
    assert bool(exclusion(subject).found_in(title)) is hit


def test_every_subject_can_be_asked_for_in_both_languages() -> None:
    """Each has names and words in zh and en, and no word asks for two subjects but by intent."""
    for one in subjects().values():
        assert one.zh
        assert one.en
        assert any(word.isascii() for word in one.words)
        assert any(not word.isascii() for word in one.words)
