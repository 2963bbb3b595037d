"""Names of organisations, people, products and places, in Chinese and English."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ribao.language.aliases import fold_by_character, known_names
from ribao.language.names import find_names, name_of, owner_of, same_name


def ids(text: str) -> list[str]:
    """The ids of all names of a text, in order."""
    return [mention.id for mention in find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("英伟达与OpenAI签约", ["nvidia", "openai"]),
        ("輝達與台積電擴大合作", ["nvidia", "tsmc"]),
        ("Nvidia and TSMC sign a deal", ["nvidia", "tsmc"]),
        ("豆包、千问和智谱都降价了", ["doubao", "qwen", "zhipu"]),
        ("Z.ai cuts prices after Doubao", ["zhipu", "doubao"]),
        ("马斯克回应特斯拉停产传闻", ["elon-musk", "tesla"]),
    ],
)
def test_known_names_in_both_languages(text: str, expected: list[str]) -> None:
    """A known name has one id, whichever language and script it is written in."""
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The metadata of armies", []),
        ("An apple a day", []),
        ("Apple is sued by Meta", ["apple", "meta"]),
        ("a meta study of amazon birds", []),
        ("META SUES APPLE", ["meta", "apple"]),
    ],
)
def test_borders_and_case(text: str, expected: list[str]) -> None:
    """Latin names need word borders, and ambiguous words their capital."""
    assert ids(text) == expected


@pytest.mark.parametrize(
    "text",
    ["发布Qwen3-Max模型", "千问3 Max 来了", "Alibaba's Qwen 3 Max is out"],
)
def test_versions_are_one_name(text: str) -> None:
    """A version is one name however its parts are joined, and it knows its family."""
    (version,) = [mention for mention in find_names(text) if mention.family]
    assert version.id == "qwen 3 max"
    assert version.family == "qwen"
    assert owner_of(version.id) == "alibaba"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("知名公司Zorblax Labs完成融资", "zorblax labs"),
        ("开源项目QuuxDB发布", "quuxdb"),
        ("Yesterday the founder Anna Kowalczyk left the firm.", "anna kowalczyk"),
        ("we tested VornFlow at home", "vornflow"),
        ("游戏《漫游星河》上线", "漫游星河"),
        ("模型Brindle-V2-Lite开源", "brindle v2 lite"),
    ],
)
def test_unknown_names_by_their_form(text: str, expected: str) -> None:
    """Names outside the table are found by how they are written."""
    assert expected in [mention.id for mention in find_names(text) if mention.kind == "unknown"]


def test_title_case_says_nothing() -> None:
    """In a headline where every word is capital, capitals make no names."""
    assert ids("Ten Quiet Ways To Make Your Garden Bloom This Spring") == []


@pytest.mark.parametrize(
    "text", ["AI和CEO的IPO", "In January 2025 the App was down", "Top 10 of 2025"]
)
def test_ordinary_words_are_no_names(text: str) -> None:
    """Abbreviations, months and counted things are not names."""
    assert ids(text) == []


def test_mentions_are_slices_without_overlap() -> None:
    """Every mention is the slice that it says, where folding changes lengths too; none overlap."""
    text = "㈱ソニー ﬁrst ＯｐｅｎＡＩ ㎡ 輝達 and Gemini 3 Pro with MiniMax 2"
    mentions = find_names(text)
    assert [mention.text for mention in mentions] == [text[m.start : m.end] for m in mentions]
    assert {"openai", "nvidia", "gemini 3 pro"} <= {mention.id for mention in mentions}
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def test_folding_keeps_offsets() -> None:
    """Where folding lengthens a text, each folded character still knows its place."""
    folded, offsets = fold_by_character("a㎡輝")
    assert folded == "am2辉"
    assert offsets == (0, 1, 1, 2, 3)


def test_same_name_and_name_of() -> None:
    """Spellings compare as names, and a name is printed in the language of the paper."""
    assert same_name("英伟达", "NVIDIA")
    assert same_name("Qwen-3", "千问3")
    assert not same_name("英伟达", "AMD")
    assert name_of("nvidia", "zh") == "英伟达"
    assert name_of("nvidia", "en") == "NVIDIA"
    assert name_of("openai", "zh") == "OpenAI"
    assert name_of("zorblax labs", "zh") == "zorblax labs"


def test_the_table_is_sound() -> None:
    """Every owner exists, no spelling belongs to two entries, and there are several hundred."""
    known = known_names()
    assert len(known) > 800
    assert all(entry.owner in known for entry in known.values() if entry.owner)
    spellings = [
        name for entry in known.values() for name in {s.casefold() for s in entry.spellings}
    ]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("卧楚机器人（深圳）股份有限公司获批", ["卧楚", "shenzhen"]),
        ("人形机器人与智能汽车", []),
        ("小米推出Xiaomi MiMo Studio", ["xiaomi", "xiaomi", "mimo studio"]),
        ("参数量从7B增至130B，售价$30k", []),
    ],
)
def test_companies_suites_and_figures(text: str, expected: list[str]) -> None:
    """A company of no dictionary is seen by its suffix; a figure with its unit is no name."""
    assert ids(text) == expected
