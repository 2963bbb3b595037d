"""A house style is enforced on our words, never on a quotation, and changes no fact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ribao.config import VerifySettings, WriteSettings
from ribao.errors import ConfigError
from ribao.model import Document, Sentence, Story, Verdict
from ribao.verify import verify
from ribao.write import write
from ribao.write.styles import builtin_styles, dressed, load_style, shaped

OWN = """
id = "tea"
bullets = ["coverage"]

[shape]
sentences = 1

[names]
"Leafworks" = ["Leaf Works", "leafworks"]

[zh]
spacing = "spaced"
full_width = true
banned = ["超级"]
[zh.instead]
"亿美金" = "亿美元"
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    """The path of a style of one's own."""
    path = tmp_path / "tea.toml"
    path.write_text(OWN, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Leaf Works超级发布Gannet 4,售价3亿美金.", "Leafworks 发布 Gannet 4，售价 3 亿美元。"),
        ("他说：“Leaf Works超级好,3亿美金”", "他说：“Leaf Works超级好,3亿美金”"),
        ("数据集 ，规模1,200万（ 公开 ）", "数据集，规模 1,200 万（公开）"),
        ("茶园(位于云岭)有2,4.98两种", "茶园（位于云岭）有 2,4.98 两种"),
        ("Leaf Works  opens, and grows.", "Leafworks opens, and grows."),
        ("超级", "超级"),
    ],
)
def test_our_words_are_set_and_quotations_are_not(own: str, text: str, written: str) -> None:
    """Names, units, banned words, signs and spaces; nothing in quotation marks."""
    assert dressed(text, load_style(own), "zh") == written


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "茶园",
                "Open AI",
                "重磅发布",
                "3亿美金",
                "，",
                ",",
                "“Open AI, 重磅”",
                " ",
                "(云岭)",
                "4.98",
            ]
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(builtin_styles()),
)
def test_dressing_twice_is_dressing_once(parts: list[str], name: str) -> None:
    """And what stands in quotation marks comes through as it was."""
    style = load_style(name)
    once = dressed("".join(parts), style, "zh")
    assert dressed(once, style, "zh") == once
    assert once.count("“Open AI, 重磅”") == parts.count("“Open AI, 重磅”")


def test_a_style_of_ones_own_shapes_the_article_and_verify_agrees(
    own: str,
    make_document: Callable[..., Document],
    make_story: Callable[..., Story],
    now: datetime,
) -> None:
    """One sentence and one bullet, as the file says; every claim still proved."""
    text = "兰亭智能今日发布鹤鸣2,参数规模达到720亿参数。该公司的推理成本较上一代下降62%。"
    document = make_document("兰亭智能发布鹤鸣2", text=text)
    story = make_story(document)
    chosen = WriteSettings(style=own)
    (article,) = write([story], chosen, language="zh", now=now).kept
    assert [one.text for one in article.paragraph] == [
        "兰亭智能今日发布鹤鸣 2，参数规模达到 720 亿参数。"
    ]
    assert [one.kind for one in article.insights] == ["coverage"]
    evidence = {story.id: story.documents}
    (proved,) = verify([article], evidence, VerifySettings(), day=now.date()).kept
    said: tuple[Sentence, ...] = (proved.headline, *proved.paragraph)
    verdicts = {finding.verdict for sentence in said for finding in sentence.findings}
    assert verdicts == {Verdict.SUPPORTED}


def test_settings_of_the_owner_come_before_those_of_the_style() -> None:
    """A length that ribao.toml names stands; the others are the style's."""
    made = shaped(WriteSettings(style="brief", sentences=2))
    assert (made.sentences, made.references) == (2, 3)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("id = 1", "bad style"),
        ('id = "a"\nbullets = ["opinion"]', "no such bullet: opinion"),
        ('id = "a"\n[zh]\nbanned = [""]', "a name or word is empty"),
        ("id =", "the style is not TOML"),
    ],
)
def test_a_bad_style_is_one_sentence(tmp_path: Path, content: str, complaint: str) -> None:
    """It names the file and what is wrong with it."""
    path = tmp_path / "bad.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=complaint):
        load_style(str(path))
    with pytest.raises(ConfigError, match="no such style"):
        load_style(str(tmp_path / "missing.toml"))


def test_a_space_that_would_make_another_name_is_not_set() -> None:
    """Names that are written without a space keep being those names; counts keep their outlets."""
    text = "36氪报道了DeepMind的新模型"
    assert "36氪" in dressed(text, load_style("long"), "zh", spaced=False)
    assert dressed("茶园发布Gannet新品", load_style("long"), "zh") == "茶园发布 Gannet 新品"
