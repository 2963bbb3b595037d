"""Round-ups are cut into their parts; articles about one thing stay whole."""

from __future__ import annotations

import pytest

from ribao.extract.round_ups import names_a_round_up, parts_of
from ribao.language.html_text import html_blocks

EVENTS = {
    "雾港购入十二艘电动渡轮": "雾港市议会周一决定向石湾船厂购买渡轮，首批将于秋季交付，票价不变。",
    "青岚科技完成三亿元融资": "机器人公司青岚科技宣布完成新一轮融资，资金将用于扩建南岭工厂。",
    "北原大学发布海冰地图": "研究人员公布了覆盖极地的高清数据集，任何人都可以免费下载和使用。",
    "星禾手机召回两万台": "因电池存在过热风险，厂商决定召回去年售出的产品，用户可到门店更换。",
    "老城图书馆重新开放": "经过四年修缮，这座百年建筑在周末迎来首批读者，馆藏增加到八十万册。",
}
BOLD = "".join(f"<p><b>{title}</b></p><p>{text}</p>" for title, text in EVENTS.items())


def test_bold_lines_part_a_round_up() -> None:
    """Each event is a part with its own headline and text."""
    parts = parts_of("晨星晚报｜雾港购入渡轮；青岚科技融资；老城图书馆开放", html_blocks(BOLD))
    assert [part.title for part in parts] == list(EVENTS)
    assert [part.text for part in parts] == list(EVENTS.values())


def test_rubrics_are_no_parts() -> None:
    """A heading over several events belongs to none of them."""
    pieces = BOLD.replace("<p><b>星禾", "<h2>新产品：</h2><p><b>星禾")
    parts = parts_of("晨星晚报｜今日要闻", html_blocks("<h2>大公司：</h2>" + pieces))
    assert [part.title for part in parts] == list(EVENTS)
    assert all("新产品" not in part.text for part in parts)


def test_an_article_with_headings_stays_whole() -> None:
    """Sections that go on about one thing are no round-up."""
    sections = "".join(
        f"<h2>青岚科技的机器人之{n}</h2><p>青岚科技的机器人在工厂里搬运零件，青岚科技说机器人比工人快。</p>"
        for n in "一二三四五"
    )
    assert parts_of("青岚科技如何造机器人", html_blocks(sections)) == ()


def test_linked_headlines_carry_their_page() -> None:
    """A part that links its own report knows the address."""
    items = "".join(
        f'<h3><a href="/news/{n}">{title}</a></h3><p>{text}</p>'
        for n, (title, text) in enumerate(EVENTS.items())
    )
    parts = parts_of("每周新闻汇总", html_blocks(items))
    assert [part.link for part in parts] == [f"/news/{n}" for n in range(5)]


def test_a_table_of_contents_is_no_part() -> None:
    """A bold line in a list of headlines has no text of its own."""
    contents = "<h2>导览</h2><p><b>星禾手机召回</b></p><p>老城图书馆开放</p><p>雾港买船</p>"
    parts = parts_of("晨星晚报", html_blocks(contents + BOLD))
    assert [part.title for part in parts] == list(EVENTS)


def test_a_bare_name_is_no_headline() -> None:
    """A part that is headed by a company's name alone says in its title what happened."""
    pieces = BOLD.replace("星禾手机召回两万台", "星禾")
    parts = parts_of("晨星晚报｜今日要闻", html_blocks(pieces))
    assert parts[3].title.startswith("星禾：因电池存在过热风险")
    assert not parts[3].title.endswith("。")


def test_paragraphs_alone_under_a_round_up_title() -> None:
    """Where the headings are lost, each paragraph is an event."""
    plain = "".join(f"<p>{title}。{text}</p>" for title, text in EVENTS.items())
    parts = parts_of("每日新闻速览", html_blocks(plain))
    assert len(parts) == len(EVENTS)
    assert parts[0].title == "雾港购入十二艘电动渡轮。"


@pytest.mark.parametrize(
    "title",
    [
        "晨星早报｜雾港买船",
        "9点1讯丨青岚科技融资",
        "一周科技要闻回顾",
        "Daily tech news roundup",
        "The week in review",
        "Morning briefing: ferries, robots and ice",
        "Lamp newsletter #41",
    ],
)
def test_titles_of_round_ups(title: str) -> None:
    """Common forms in both languages are known."""
    assert names_a_round_up(title)


@pytest.mark.parametrize(
    "title",
    [
        "Brackwater council buys twelve electric ferries",
        "青岚科技完成三亿元融资",
        "Scientists report progress on sea ice maps",
        "星禾手机召回两万台，用户可到门店更换电池",
    ],
)
def test_titles_of_events(title: str) -> None:
    """An event's headline announces no round-up."""
    assert not names_a_round_up(title)
