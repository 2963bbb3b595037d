"""The laws of sentences: nothing is lost, nothing overlaps, and the time is linear."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ribao.language.sentences import split_sentences

PIECES = (
    "Dr. ",
    "U.S. ",
    "a. ",
    "1. ",
    "He said it. ",
    "(",
    ")",
    "“你好。”",
    "……",
    "...",
    "\n",
    "3.5 ",
    "《",
    "》",
    "Yahoo! ",
)
texts = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES)).map("".join))


@given(texts)
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    """Spans ascend, do not overlap, and leave out white space only."""
    place = 0
    for span in split_sentences(text):
        assert place <= span.start < span.end
        assert text[span.start : span.end] == span.text == span.text.strip()
        assert not text[place : span.start].strip()
        place = span.end
    assert not text[place:].strip()


@given(texts)
def test_a_line_break_always_ends_a_sentence(text: str) -> None:
    """No sentence runs over a line break."""
    assert all("\n" not in span.text for span in split_sentences(text))
