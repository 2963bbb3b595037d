"""The Markdown edition has the form that readers know, and holds no foreign marks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import yaml
from markdown_it import MarkdownIt

from ribao.model import Article, Edition, Section
from ribao.publish.markdown import Markdown


def rendered(edition: Edition) -> str:
    """The Markdown file."""
    (file,) = Markdown().render(edition)
    return file.content.decode()


def html_of(edition: Edition) -> str:
    """Its body as CommonMark renders it."""
    return str(MarkdownIt("commonmark").render(rendered(edition).split("---\n", 2)[2]))


def test_the_front_matter_holds_seven_fields(edition: Edition) -> None:
    """Exactly those of the house, every string of them a string to YAML."""
    table = yaml.safe_load(rendered(edition).split("---\n")[1])
    assert list(table) == ["title", "date", "category", "tags", "seo", "coverImage", "summary"]
    assert table["tags"] == ["试刊", "1e3"]
    assert table["seo"] == ["样张", "yes"]
    assert table["date"] == edition.date
    assert table["summary"] == "- 鹤鸣2开放下载\n- 鹤鸣2开放下载"


def test_the_edition_has_its_form(edition: Edition) -> None:
    """Title, sections, linked headline, paragraph, bullets, and numbered reports below."""
    lines = rendered(edition).split("---\n", 2)[2].splitlines()
    assert lines[0] == "# 鹤鸣2开放下载，成本减半"
    assert [line for line in lines if line.startswith("## ")] == ["## 模型", "## 开源", "## 其他"]
    assert "### [鹤鸣2开放下载](https://outlet1.example/a?b=1&c=1)" in lines
    assert "权重今天开放。[1] 成本下降。[2]" in lines
    assert "**深度解读 & 洞察：**  " in lines
    assert "- 2 家来源报道。[1][2]" in lines
    release = "- [鹤鸣2开放下载](https://outlet1.example/a?b=1&c=1)："
    assert sum(line.startswith(release) for line in lines) == 1
    assert sum(line.startswith("- **鹤鸣2开放下载**：权重今天开放。[1]") for line in lines) == 1
    sources = [line for line in lines if line.strip().startswith("来源：[1] [兰亭报]")]
    assert len(sources) == 3
    assert "[2] [The Brook](https://outlet2.example/a?b=1&c=2)（英文，2031-03-04）" in sources[0]


@pytest.mark.parametrize(
    "title", ["“鹤鸣”", "《鹤鸣》", "鹤鸣。", "*鹤鸣*", "鹤鸣 (2)", "“鹤鸣” 2"]
)
def test_the_title_of_a_brief_comes_out_bold(
    edition: Edition, make_article: Callable[..., Article], title: str
) -> None:
    """Also where Chinese punctuation touches the stars."""
    brief = make_article(headline=title, kind="brief")
    html = html_of(replace(edition, sections=(Section("b", "其他", "brief", (brief,)),)))
    assert f"<strong>{title}</strong>" in html


def test_a_foreign_original_is_labelled(
    edition: Edition, make_article: Callable[..., Article]
) -> None:
    """An English headline in a Chinese edition says that it is one, in the summary too."""
    article = make_article(headline="Heming 2 is open", text="Its weights are open.")
    english = tuple(replace(one, language="en") for one in article.references)
    article = replace(article, references=english, paragraph=article.paragraph[:1])
    section = Section("models", "模型", "story", (article,))
    text = rendered(replace(edition, sections=(section,), summary=(article.headline,)))
    assert "c=1)（英文原文）" in text
    assert "Its weights are open.[1]（英文原文）" in text
    assert '"- Heming 2 is open（英文原文）"' in text


def test_an_unsafe_link_is_printed_as_text(
    edition: Edition, make_article: Callable[..., Article]
) -> None:
    """The headline stays, its link does not."""
    article = replace(make_article(), url="javascript:alert(1)")
    text = rendered(replace(edition, sections=(Section("m", "模型", "story", (article,)),)))
    assert "### 鹤鸣2开放下载\n" in text
    assert "javascript" not in text


def test_a_correction_stands_at_the_top(edition: Edition) -> None:
    """A reader of a later revision sees what changed."""
    text = rendered(replace(edition, revision=2, correction="成本下降62%，不是26%"))
    assert "> 更正：成本下降62%，不是26%" in text
