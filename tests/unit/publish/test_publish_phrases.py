"""A Chinese headline breaks between its words."""

from __future__ import annotations

from ribao.publish.phrases import phrases


def test_breaks_stand_between_words_and_marks_stay_with_theirs() -> None:
    """No break inside a word, before a closing mark or after an opening one."""
    pieces = phrases("人工智能公司发布“鹤鸣”，成本下降62%").split("<wbr>")
    assert "人工智能" in pieces
    assert "“鹤" in pieces or any(piece.startswith("“") and len(piece) > 1 for piece in pieces)
    assert not any(piece[0] in "”，%" for piece in pieces)


def test_text_is_escaped() -> None:
    """Markup in a title stays text, with and without Chinese."""
    assert phrases("<b>a & b</b>") == "&lt;b&gt;a &amp; b&lt;/b&gt;"
    assert "<b>" not in phrases("人工智能<b>公司")
