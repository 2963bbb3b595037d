"""Articles become an edition: each once, in the beat's sections, with a title and a summary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from ribao.config import WriteSettings
from ribao.model import Article, Document, Story
from ribao.write import Frame, FrameSection, compose, write
from ribao.write.edition import shortened

FRAME = Frame(
    date=date(2031, 3, 5),
    timezone="Asia/Shanghai",
    language="zh",
    category="试刊",
    tags=("试刊",),
    seo=("试刊", "样张"),
    sections=(
        FrameSection("models", "模型", "story"),
        FrameSection("machines", "机器", "story"),
        FrameSection("open", "开源", "release"),
        FrameSection("briefs", "其他", "brief"),
    ),
)


def articles(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> list[Article]:
    """Five articles, one of them of a section that the beat does not have."""
    titles = [
        ("兰亭智能发布鹤鸣2，推理成本下降六成", "story", "models", 9.0),
        ("绍兴机器人厂投产第一条无人产线，日产百台", "story", "machines", 7.0),
        ("鹤鸣2权重开放下载", "release", "open", 12.0),
        ("会稽基金募资完成", "brief", "briefs", 2.0),
        ("迷路的故事", "brief", "nowhere", 1.0),
    ]
    stories = [
        make_story(
            make_document(title, f"{title}的消息今天由公司公布。"),
            kind=kind,
            section=section,
            points=points,
        )
        for title, kind, section, points in titles
    ]
    return list(write(stories, WriteSettings(), language="zh", now=now).kept)


def test_every_article_stands_in_exactly_one_section(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """An article of an unknown section goes where its kind goes; none is lost."""
    made = articles(make_document, make_story, now)
    edition = compose(made, FRAME)
    assert [section.id for section in edition.sections] == ["models", "machines", "open", "briefs"]
    assert sorted(one.story_id for one in edition.articles) == sorted(one.story_id for one in made)
    assert [len(section.articles) for section in edition.sections] == [1, 1, 1, 2]


def test_the_order_of_arrival_changes_nothing(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """The same articles in another order make the same edition."""
    made = articles(make_document, make_story, now)
    assert compose(made, FRAME) == compose(made[::-1], FRAME)


def test_title_and_summary_come_from_the_first_headlines(
    make_document: Callable[..., Document], make_story: Callable[..., Story], now: datetime
) -> None:
    """Full stories lead; the title is shortened at a border of its own."""
    edition = compose(articles(make_document, make_story, now), FRAME)
    assert edition.title == "兰亭智能发布鹤鸣2，绍兴机器人厂投产第一条无人产线"
    assert [one.text for one in edition.summary][:3] == [
        "兰亭智能发布鹤鸣2，推理成本下降六成",
        "绍兴机器人厂投产第一条无人产线，日产百台",
        "鹤鸣2权重开放下载",
    ]


def test_a_headline_is_never_cut_inside_a_word_or_a_quotation() -> None:
    """Without a border that fits, it stays whole."""
    long = "兰亭智能与会稽大学联合成立的研究院今天正式对外公布了全部模型权重"
    assert shortened(long, "zh") == long
    quoted = "兰亭智能研究院宣布“鹤鸣，二代”开放下载，价格减半"
    assert shortened(quoted, "zh") == "兰亭智能研究院宣布“鹤鸣，二代”开放下载"
    english = (
        "Lanting opens its new model to all developers, and cuts the price of the old one by half"
    )
    assert shortened(english, "en") == "Lanting opens its new model to all developers"
