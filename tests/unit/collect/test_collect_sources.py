"""Which sources there are: the catalogue, the owner's files, OPML of other readers."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from ribao.collect import builtin_sources, load_sources, read_opml, write_opml
from ribao.collect.plugin import source_kinds
from ribao.config import CollectSettings
from ribao.errors import ConfigError, ContentError

OPML = b"""<?xml version="1.0"?><opml version="1.0"><head><title>mine</title></head><body>
<outline text="AI">
<outline text="Owl &amp; Fox" type="rss" xmlUrl="https://owl.example/rss"/>
<outline TEXT="deep"><outline title="Elk" xmlurl="https://elk.example/atom" language="zh-CN"/>
</outline></outline>
<outline text="Owl again" xmlUrl="https://owl.example/rss"/></body></opml>"""


def test_the_catalogue_holds_150_described_sources_of_known_kinds() -> None:
    """Each has a title, a language, a category, a licence note; every address and zone is sound."""
    sources = builtin_sources()
    kinds = {kind.name: kind for kind in source_kinds()}
    assert len(sources) >= 150
    assert len({source.id for source in sources}) == len(sources)
    assert len({source.url for source in sources}) == len(sources)
    assert {"zh", "en"} == {source.language for source in sources}
    assert sum(source.language == "zh" for source in sources) >= 30
    wanted = {"lab", "press", "papers", "open-source", "hardware", "policy", "community"}
    assert wanted <= {source.category for source in sources}
    for source in sources:
        assert source.title
        assert source.category
        assert source.licence
        assert 0 < source.weight <= 3
        assert urlsplit(source.url).scheme in ("http", "https")
        assert not source.timezone or ZoneInfo(source.timezone)
        try:
            assert kinds[source.kind].requests(source)
        except ContentError as error:  # pragma: no cover - says which entry is wrong
            pytest.fail(str(error))


def test_opml_of_other_readers_is_read() -> None:
    """Folders are categories, any case of attribute names, a repeated address counts once."""
    first, second = read_opml(OPML, "mine.opml")
    assert (first.id, first.title, first.category) == ("owl-fox", "Owl & Fox", "AI")
    assert (second.title, second.language, second.category) == ("Elk", "zh", "deep")


def test_the_whole_catalogue_survives_opml() -> None:
    """Out and in again, every source is the same."""
    assert {source.id: source for source in read_opml(write_opml(builtin_sources(), "t"), "t")} == {
        source.id: source for source in builtin_sources()
    }


def test_files_stand_beside_the_catalogue_and_replace_by_id(tmp_path: Path) -> None:
    """TOML with defaults, OPML, and a route of RSSHub at the owner's instance."""
    (tmp_path / "a.toml").write_text(
        '[defaults]\nlanguage = "zh"\nweight = 0.5\n[[source]]\nid = "openai"\nurl = "https://mine.example/rss"\n'
        '[[source]]\ntitle = "Hub"\nurl = "rsshub://owl/news"\nweight = 2\noptions = {a = "b"}\n'
    )
    (tmp_path / "b.opml").write_bytes(OPML)
    files = (str(tmp_path / "a.toml"), str(tmp_path / "b.opml"))
    found = {
        str(s.id): s
        for s in load_sources(CollectSettings(sources=files, rsshub="https://hub.example/"))
    }
    assert (found["openai"].url, found["openai"].language) == ("https://mine.example/rss", "zh")
    assert (found["hub"].url, found["hub"].kind) == ("https://hub.example/owl/news", "feed")
    assert (found["hub"].weight, found["hub"].options) == (2.0, (("a", "b"),))
    assert "owl-fox" in found
    assert "deepmind" in found
    alone = load_sources(CollectSettings(sources=files[1:], builtin_catalogue=False))
    assert [source.id for source in alone] == ["owl-fox", "elk"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[source]]\nurl = 3", "source.0.url"),
        ('[[source]]\nurl = "https://a.example/"\nwieght = 1', "source.0.wieght: unknown key"),
        ('[[source]]\nurl = "https://a.example/"\nweight = 9', "source.0.weight"),
        ('[[source]]\nurl = "https://a.example/"\ntimezone = "Mars/Olympus"', "no time zone"),
        ('[[source]]\nurl = "https://a.example/"\nlanguage = "klingon"', "source.0.language"),
        ("not toml at all", "is not TOML"),
        ("<opml><body>", "is not XML"),
        ("<html></html>", "is not OPML"),
    ],
)
def test_a_bad_list_is_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    """It names the file and what is wrong in it."""
    path = tmp_path / "list"
    path.write_text(text)
    with pytest.raises(ConfigError, match=words) as caught:
        load_sources(CollectSettings(sources=(str(path),)))
    assert str(path) in str(caught.value)


def test_what_reads_the_same_is_read_once(tmp_path: Path) -> None:
    """A list of one's own that names an address of the catalogue takes its place."""
    one = next(source for source in builtin_sources() if source.kind == "feed")
    other = one.url.replace("https:", "http:").rstrip("/") + "?utm_source=reader"
    path = tmp_path / "own.toml"
    lists = "".join(
        f'[[source]]\nid = "{name}"\nkind = "html"\nurl = "https://a.example/"\n'
        f'options = {{item = "{name}"}}\n'
        for name in ("li", "p")
    )
    path.write_text(f'[[source]]\nid = "mine"\nurl = "{other}"\n{lists}')
    ids = [source.id for source in load_sources(CollectSettings(sources=(str(path),)))]
    assert len(ids) == len(builtin_sources()) + 2
    assert {"mine", "li", "p"} <= set(ids)
    assert one.id not in ids


def test_a_list_that_is_not_there_is_named() -> None:
    """One sentence."""
    with pytest.raises(ConfigError, match="cannot read the list of sources"):
        load_sources(CollectSettings(sources=("/nowhere/x.opml",)))
