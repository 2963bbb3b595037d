"""What was printed is remembered, and only new facts make a story new."""

from __future__ import annotations

from dataclasses import replace

from ribao.model import StoryId
from ribao.rank.memory import earlier, new_facts
from ribao.rank.wording import Wording
from tests.unit.rank.newsdesk import report, story


def test_the_same_figure_in_another_language_is_not_new() -> None:
    """3090亿 is 309B, and 英伟达 is Nvidia."""
    known = report("英伟达发布3090亿参数模型", "明年3月开放。")
    fresh = report("Nvidia ships a 309B-parameter model", "It opens in March 2031.")
    assert new_facts([fresh], [known]) == ()


def test_new_numbers_dates_and_names_are_facts() -> None:
    """What changed is told in the words of the new report."""
    known = report("英伟达发布3090亿参数模型")
    fresh = report("Nvidia and Mistral price the model", "It costs $0.5 and opens in June 2031.")
    assert new_facts([fresh], [known]) == ("Mistral", "$0.5", "June 2031")


def test_opinions_bring_no_facts() -> None:
    """A columnist with many numbers does not make a printed story new."""
    known = report("Mistral opens an office")
    fresh = report("Opinion: why Mistral is wrong", "It has 500 people and spends $75 million.")
    assert new_facts([fresh], [known]) == ()


def test_a_repeat_is_known_by_its_report_and_by_its_headline() -> None:
    """A story under a new identifier is still the printed one."""
    printed = story(report("Mistral opens an office in Oslo harbour"))
    others = [story(report(f"Something else number {number}")) for number in range(9)]
    wording = Wording.of([printed, *others])
    same_link = replace(story(*printed.documents), id=StoryId("other"), headline="Another headline")
    same_words = story(report("Mistral opens office in Oslo's harbour", url="https://b.example/1"))
    for again in (same_link, same_words):
        found = earlier(again, [printed], wording)
        assert found is not None
        assert found.story == printed
    assert earlier(others[0], [printed], wording) is None


def test_a_page_that_an_aggregator_tells_in_its_own_script_is_a_repeat() -> None:
    """One address under a title in another script is one page; in the same script a round-up."""
    page = "https://lab.example/harbour"
    printed = story(report("A view of the harbour in less than a second", url=page))
    others = [story(report(f"Something else number {number}")) for number in range(9)]
    wording = Wording.of([printed, *others])
    translated = story(report("实验室公布港口重建技术", url=page, language="zh"))
    another = story(report("Council buys three ferries", url=page))
    assert earlier(translated, [printed], wording) is not None
    assert earlier(another, [printed], wording) is None


def test_the_same_version_of_a_product_is_a_repeat() -> None:
    """The launch of one version is told again in other words on the next day."""
    printed = story(report("小米开源MiMo-V2-Flash大模型"))
    others = [story(report(f"Something else number {number}")) for number in range(9)]
    again = story(report("小米大模型 MiMo-V2-Flash 登顶榜单", url="https://b.example/1"))
    other = story(report("小米大模型登顶榜单", url="https://b.example/2"))
    wording = Wording.of([printed, *others])
    assert earlier(again, [printed], wording) is not None
    assert earlier(other, [printed], wording) is None


def test_a_version_that_a_printed_report_told_of_is_a_repeat() -> None:
    """What stood under a headline of the same company yesterday is no new event today."""
    text = "小米发布并开源 MiMo-V2-Flash，推理速度领先。"
    printed = story(report("小米技术负责人首次登台演讲", text))
    again = story(report("小米开源MiMo-V2-Flash大模型", url="https://b.example/1"))
    stranger = story(report("小米开设一百家新门店", url="https://b.example/2"))
    wording = Wording.of([printed, again, stranger])
    assert earlier(again, [printed], wording) is not None
    assert earlier(stranger, [printed], wording) is None


def test_a_change_of_prices_is_told_once_a_week() -> None:
    """GitHub raises its prices once, however the headlines word it."""
    printed = story(report("Pricing changes for GitHub Actions"))
    again = story(report("GitHub will begin charging for minutes", url="https://b.example/1"))
    other = story(report("GitHub opens an office", url="https://b.example/2"))
    wording = Wording.of([printed, again, other])
    assert earlier(again, [printed], wording) is not None
    assert earlier(other, [printed], wording) is None
