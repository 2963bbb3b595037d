"""The cover is whole, legible and the same every time."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from ribao.errors import ConfigError
from ribao.model import Edition
from ribao.publish import fonts
from ribao.publish.cover import SHAPES, Cover, fitted, svg, width, wrap
from ribao.publish.fonts import Font, chinese_font, draws


@pytest.fixture
def font() -> Font:
    """A Chinese font of this machine."""
    try:
        return chinese_font()
    except ConfigError as error:
        pytest.skip(str(error))


@pytest.mark.usefixtures("font")
def test_the_cover_comes_in_two_shapes_and_is_the_same_twice(edition: Edition) -> None:
    """1200 x 630 for link previews, 2.35:1 for WeChat."""
    files = Cover().render(edition)
    sizes = [struct.unpack(">II", file.content[16:24]) for file in files]
    assert sizes == [(shape.width, shape.height) for shape in SHAPES]
    assert Cover().render(edition) == files
    assert Cover().render(replace(edition, title="另一个标题"))[0].content != files[0].content


def test_a_font_under_a_wrong_name_does_not_count(font: Font) -> None:
    """It would draw nothing, and say nothing."""
    assert draws(font, "日报")
    assert not draws(Font("No Such Family", font.file), "日报")
    assert not draws(font, "\U0010fffc")


def test_a_machine_without_chinese_fonts_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error with a hint, never a cover without words."""
    monkeypatch.setattr(fonts, "FOLDERS", ())
    chinese_font.cache_clear()
    with pytest.raises(ConfigError, match="no Chinese font"):
        chinese_font()
    chinese_font.cache_clear()


def test_lines_break_between_words_and_nothing_is_cut(edition: Edition) -> None:
    """All of the title is on the cover, no line is wider than its room."""
    title = "兰亭智能与会稽大学联合成立的研究院正式公布鹤鸣2的全部模型权重，Training Data Included"
    for shape in SHAPES:
        room = shape.width * 0.8
        size, lines = fitted(title, room, [60, 50, 40, 30], 2)
        assert "".join(lines).replace(" ", "") == title.replace(" ", "")
        assert all(width(line, size) <= room for line in lines)
        root: Any = etree.fromstring(svg(replace(edition, title=title), shape, "x"))
        assert title.replace(" ", "") in "".join(root.itertext()).replace(" ", "")


def test_text_of_a_feed_is_escaped(edition: Edition) -> None:
    """Markup in a title draws as text."""
    drawing = svg(replace(edition, title="</text><script>x</script>"), SHAPES[0], "x")
    assert "<script>" not in drawing


def test_a_long_latin_word_stands_alone() -> None:
    """What cannot be broken is not broken."""
    assert wrap("a " + "b" * 100, 200, 20) == ["a", "b" * 100]
