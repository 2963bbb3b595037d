"""A beat is a file: what it refuses, and what it makes of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ribao.beat import Beat, Matcher, builtin_beats, is_on_site, load_beat
from ribao.errors import ConfigError

MINIMAL = """
id = "tea"
zh = {title = "茶报", category = "茶"}
en = {title = "Tea Daily", category = "tea"}
on = [{weight = 2.0, words = ["tea", "茶叶"]}]
off = [{name = "coffee", weight = 3.0, words = ["espresso"]}]
organisations = [{id = "leafworks", weight = 1.0, relevance = 1.0, names = ["Leafworks", "叶坊"]}]
sections = [{id = "harvest", zh = "采摘", en = "Harvest"}]
"""


def _beat(tmp_path: Path, text: str) -> Beat:
    file = tmp_path / "tea.toml"
    file.write_text(text, encoding="utf-8")
    return load_beat(str(file))


@pytest.mark.parametrize("name", builtin_beats())
def test_every_builtin_beat_loads(name: str) -> None:
    """A beat that ships is a beat that loads, under its own name."""
    assert load_beat(name).id == name


def test_an_unknown_beat_is_named_with_those_there_are() -> None:
    """A wrong name gives one sentence and says which beats are built in."""
    with pytest.raises(ConfigError, match="no such beat: 'knitting'") as caught:
        load_beat("knitting")
    assert "ai" in caught.value.hint


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    """A typing error in a beat is not silently ignored."""
    with pytest.raises(ConfigError, match="treshold: unknown key"):
        _beat(tmp_path, "treshold = 3.0\n" + MINIMAL)


def test_a_file_that_is_not_toml_is_refused(tmp_path: Path) -> None:
    """What is no TOML is said to be none."""
    with pytest.raises(ConfigError, match="the beat is not TOML"):
        _beat(tmp_path, "id = ")


def test_a_section_may_only_name_organisations_of_the_beat(tmp_path: Path) -> None:
    """A section that waits for an organisation nobody described would stay empty for ever."""
    text = MINIMAL.replace('en = "Harvest"', 'en = "Harvest", organisations = ["stranger"]')
    with pytest.raises(ConfigError, match="no such organisation: stranger"):
        _beat(tmp_path, text)


def test_an_id_stands_once(tmp_path: Path) -> None:
    """Two sections of one id could not be told apart."""
    one = '{id = "harvest", zh = "采摘", en = "Harvest"}'
    with pytest.raises(ConfigError, match="stands twice: harvest"):
        _beat(tmp_path, MINIMAL.replace(one, f"{one}, {one}"))


def test_title_counts_more_than_text(tmp_path: Path) -> None:
    """The same word says more of a report in its title than below it."""
    beat = _beat(tmp_path, MINIMAL)
    assert beat.relevance("Tea from a new hill")[0] == 2.0
    assert 0 < beat.relevance("A new hill", "They grow tea there.")[0] < 2.0


def test_a_word_counts_once(tmp_path: Path) -> None:
    """Saying a word often does not make a report more of the field."""
    beat = _beat(tmp_path, MINIMAL)
    assert beat.relevance("Tea, tea and tea", "tea " * 50)[0] == beat.relevance("Tea")[0]


def test_noise_is_subtracted_and_named(tmp_path: Path) -> None:
    """Words of noise take points away, and their group is told."""
    found = _beat(tmp_path, MINIMAL).judge("Tea loses to espresso")
    assert found.points == -1.0
    assert found.noise == ("coffee",)
    assert found.off == ("espresso",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("she said so in the air", set()),
        ("AI眼镜", {"ai"}),
        ("An AI.", {"ai"}),
        ("OpenAI", set()),
        ("two LLMs", {"llm"}),
        ("AIs", set()),
        ("阿里雲發布大模型", {"大模型"}),
        ("其中超过一半是模型", {"模型"}),
        ("中超开赛", {"中超"}),
    ],
)
def test_words_need_borders_where_they_are_latin(text: str, found: set[str]) -> None:
    """A Latin word needs borders, Chinese needs none, a plural and old characters are the same."""
    assert Matcher(["AI", "LLM", "大模型", "模型", "中超"]).find(text) == found


def test_the_longest_of_overlapping_words_is_found() -> None:
    """A tea house is one thing, not tea; but a longer word that has no border hides nothing."""
    matcher = Matcher(["tea", "tea house"])
    assert matcher.find("the tea house") == {"tea house"}
    assert matcher.find("tea housekeeping") == {"tea"}


def test_mentions_names_organisations_in_both_languages(tmp_path: Path) -> None:
    """An organisation is one, whatever language names it."""
    beat = _beat(tmp_path, MINIMAL)
    assert beat.mentions("叶坊今日开业") == beat.mentions("Leafworks opens") == ("leafworks",)


@pytest.mark.parametrize(
    ("url", "ids"),
    [
        ("https://www.leafworks.example/news/1", ("leafworks",)),
        ("https://blog.leafworks.example/1", ("leafworks",)),
        ("https://code.example/leafworks/tea", ("leafworks",)),
        ("https://code.example/leafworks", ("leafworks",)),
        ("https://code.example/leafworksx/tea", ()),
        ("https://notleafworks.example/1", ()),
    ],
)
def test_an_organisation_speaks_on_its_own_sites(
    tmp_path: Path, url: str, ids: tuple[str, ...]
) -> None:
    """A site is a host with its subdomains, or a folder of a host, and nothing that looks alike."""
    sites = 'sites = ["leafworks.example", "code.example/leafworks"], names'
    beat = _beat(tmp_path, MINIMAL.replace("names", sites, 1))
    assert beat.speaks_for(url) == ids
    assert any(is_on_site(url, site) for site in beat.organisations[0].sites) is bool(ids)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("OpenAI ships a new voice model", True),
        ("某公司发布新一代大模型", True),
        ("Robot maker opens a plant for humanoids", True),
        ("Striker scores twice as the league leaders win again", False),
        ("寒潮来袭，多地气温骤降", False),
        ("Ten recipes for a cold evening", False),
        ("收评：沪指收盘上涨，半导体板块涨超", False),
        ("The king and queen said they air a message of thanks", False),
    ],
)
def test_the_ai_beat_tells_its_field_from_noise(title: str, *, wanted: bool) -> None:
    """Titles of the field pass the threshold of the built-in beat, noise does not."""
    beat = load_beat("ai")
    assert (beat.relevance(title)[0] >= beat.threshold) is wanted


@pytest.mark.parametrize(
    ("beat", "title", "wanted"),
    [
        ("robotics", "Humanoid maker opens a factory for a thousand robots", True),
        ("robotics", "某公司机械臂进入汽车产线", True),
        ("robotics", "A language model learns to write poems", False),
        ("robotics", "Drone strike hits a border town", False),
        ("chips", "Foundry starts 2nm wafers a quarter early", True),
        ("chips", "某厂先进封装产能翻倍", True),
        ("chips", "Potato chips get a new flavour", False),
        ("chips", "A chatbot app gains ten million users", False),
    ],
)
def test_a_beat_is_only_a_file(beat: str, title: str, *, wanted: bool) -> None:
    """Other beats tell their fields by their files alone."""
    loaded = load_beat(beat)
    assert (loaded.relevance(title)[0] >= loaded.threshold) is wanted
