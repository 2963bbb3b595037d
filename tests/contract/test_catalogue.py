"""The catalogue: every message in both languages, with the same values, under one key."""

from __future__ import annotations

import re
import string
import tomllib
from collections import Counter
from importlib import resources

from ribao.catalogue import LANGUAGES, messages, say

FILES = [
    file for file in resources.files("ribao.catalogue").iterdir() if file.name.endswith(".toml")
]


def fields(message: str) -> set[str]:
    """The names of the values that a message takes; a month may be a number here, a name there."""
    found = {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}
    return {name.removesuffix("_name") for name in found}


def test_every_message_speaks_both_languages_with_the_same_values() -> None:
    """No message lacks a language, and a value of one language stands in the other, too."""
    assert messages()
    for key, texts in messages().items():
        assert set(texts) == set(LANGUAGES), key
        assert fields(texts["zh"]) == fields(texts["en"]), key


def test_no_key_stands_in_two_files() -> None:
    """A message of one room cannot replace that of another."""
    counted = Counter(
        key for file in FILES for key in tomllib.loads(file.read_text(encoding="utf-8"))
    )
    assert [key for key, times in counted.items() if times > 1] == []


def test_chinese_messages_are_chinese() -> None:
    """A message of letters in English has Han characters in Chinese."""
    for key, texts in messages().items():
        words = re.sub(r"\{[^}]*\}", "", texts["en"])
        if re.search(r"[a-z]{4,}", words) and not re.fullmatch(r"[\d ]+", texts["zh"]):
            assert re.search(r"[\u4e00-\u9fff]", texts["zh"]), key


def test_a_value_is_set_in() -> None:
    """`say` sets values in, and speaks English where a language is neither."""
    assert say("run.missing", "en", failed=1, all=2) == "1 of 2 sources could not be read."
    assert say("run.missing", "fr", failed=1, all=2) == say("run.missing", "en", failed=1, all=2)
