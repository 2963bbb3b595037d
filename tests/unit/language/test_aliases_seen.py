"""Names that come together in stories of two languages, and whether one sounds like the other."""

from __future__ import annotations

import pytest

from ribao.language.aliases_learned import LearnedAlias
from ribao.language.aliases_seen import (
    AliasCandidate,
    Told,
    accepted,
    find_candidates,
    joined,
    lower_words,
)
from ribao.language.sounds import sounds_alike


@pytest.mark.parametrize(
    ("han", "latin"),
    [
        ("贝森特", "Bessent"), ("沃什", "Warsh"), ("科斯拉", "Khosla"), ("普拉萨德", "Prasad"),
        ("麦克唐纳", "McDonald"), ("哈塞特", "Hassett"), ("库什纳", "Kushner"),
        ("德桑蒂斯", "DeSantis"), ("扎克伯格", "Zuckerberg"), ("沃尔沃", "Volvo"),
        ("施密特", "Schmidt"), ("纳德拉", "Nadella"), ("穆拉蒂", "Murati"),
    ],
)  # fmt: skip
def test_a_name_is_known_by_its_sound(han: str, latin: str) -> None:
    """Consonants agree in classes, whatever the vowels."""
    assert sounds_alike(han, latin)


@pytest.mark.parametrize(
    ("han", "latin"),
    [
        ("贝森特", "Powell"), ("沃什", "White"), ("麦克唐纳", "Lululemon"), ("科斯拉", "Kansas"),
        ("哈塞特", "Kushner"), ("库什纳", "Khosla"), ("普拉", "Bessent"), ("人民", "Roman"),
        ("", "Bessent"), ("贝森特", ""), ("伊", "Yves"),
    ],
)  # fmt: skip
def test_other_names_do_not_sound_alike(han: str, latin: str) -> None:
    """Another first sound, or a consonant too many, is another name."""
    assert not sounds_alike(han, latin)


def told(number: int, chinese: str, english: str) -> Told:
    """A story of one report in each language."""
    zh = (f"https://zh.example/{number}", chinese, "")
    return Told(f"story{number}", (zh,), ((f"https://en.example/{number}", english, ""),))


def test_names_alike_in_sound_are_candidates_after_one_story() -> None:
    """They are shown with both pages, and count only after three stories."""
    (found,) = find_candidates([told(1, "马多维尔周一辞职", "On Monday Madowell resigned")])
    assert (found.han, found.latin) == ("马多维尔", "Madowell")
    assert found.alike
    assert (found.zh_url, found.en_url) == ("https://zh.example/1", "https://en.example/1")
    assert accepted([found]) == ()
    again = [
        one
        for number in (1, 2, 3)
        for one in find_candidates([told(number, "马多维尔辞职", "Madowell resigns")])
    ]
    (whole,) = joined(again)
    assert whole.stories == ("story1", "story2", "story3")
    (alias,) = accepted([whole])
    assert (alias.han, alias.latin, alias.id, alias.reports) == (
        "马多维尔", "Madowell", "madowell", 3,
    )  # fmt: skip


def test_one_story_that_goes_on_counts_once() -> None:
    """The same story on three days is no proof by three stories."""
    day = find_candidates([told(7, "马多维尔辞职", "Madowell resigns")])
    assert accepted(joined([*day, *day, *day])) == ()


def test_names_of_another_sound_must_come_together_always() -> None:
    """Two stories with both, and none with one alone."""
    pair = [
        told(1, "灵曜机器人获得融资", "Brightarm raises money"),
        told(2, "灵曜机器人发布新品", "Brightarm shows a product"),
    ]
    (found,) = find_candidates(pair)
    assert (found.han, found.latin, found.alike) == ("灵曜机器人", "Brightarm", False)
    assert find_candidates(pair[:1]) == ()
    alone = [
        told(number, "灵曜机器人又获融资", "A maker of robots raises money") for number in (3, 4)
    ]
    assert find_candidates([*pair, *alone]) == ()


def test_known_names_and_ordinary_words_are_no_candidates() -> None:
    """What the table or a bracket said, or what is written small elsewhere, is passed over."""
    stories = [told(1, "马多维尔辞职", "Madowell resigns"), told(2, "英伟达上涨", "Nvidia rises")]
    known = LearnedAlias("马多维尔", "Madowell", "madowell", 1, "https://zh.example")
    assert find_candidates(stories, [known]) == ()
    assert find_candidates(stories, (), lower_words(["they madowell it"])) == ()


def test_an_editors_word_is_the_last() -> None:
    """A yes counts after one story, a no against any number."""
    one = AliasCandidate("马多维尔", "Madowell", ("a",), True, "", "")  # noqa: FBT003 - a noun's field
    many = AliasCandidate("马多维尔", "Madowell", tuple("abcd"), True, "", "")  # noqa: FBT003 - as above
    pair = {("马多维尔", "Madowell")}
    assert len(accepted([one], yes=pair)) == 1
    assert accepted([many], no=pair) == ()
