"""The verb: sources are read apart, in any order, and each is accounted for."""

from __future__ import annotations

from dataclasses import replace

from ribao.collect import collect, read_sources, sources_in_archive
from ribao.collect.plugin import source_kinds
from ribao.config import CollectSettings
from ribao.gateways.web import OptOut, Request, Response
from ribao.model import Item, Source, SourceId
from ribao.outcome import Outcome, Reason
from tests.unit.collect.small_web import NOW, FakeWeb, answer

KINDS = {kind.name: kind for kind in source_kinds()}
SETTINGS = CollectSettings()


def feed(name: str, date: str = "2026-01-15T00:00:00Z") -> bytes:
    """A feed of one entry."""
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Feed {name}</title><entry>
    <title>News of {name} and more</title><link href="https://{name}.example/1"/>
    <updated>{date}</updated></entry></feed>""".encode()


def source(name: str, kind: str = "feed") -> Source:
    """A source at its own host."""
    return Source(SourceId(name), kind, f"https://{name}.example/feed")


def web(**bodies: bytes) -> FakeWeb:
    """A web of feeds, by the name of their host."""
    urls = {f"https://{name}.example/feed": body for name, body in bodies.items()}
    return FakeWeb({url: answer(body, url) for url, body in urls.items()})


def test_one_bad_source_hurts_no_other() -> None:
    """A dead feed, a page and an unknown kind are one failure each; the rest is read."""
    sources = (
        source("good"),
        source("dead"),
        source("page"),
        source("odd", "nosuch"),
        source("fine"),
    )
    net = web(good=feed("good"), page=b"<html></html>", fine=feed("fine"))
    outcome = collect(sources, KINDS, net, SETTINGS, NOW)
    assert [item.source_id for item in outcome.kept] == ["good", "fine"]
    assert [failure.subject for failure in outcome.failed] == ["dead", "page", "odd"]
    assert "gone for good" in outcome.failed[0].error
    assert "web page where a feed should be" in outcome.failed[1].error
    assert "no plugin reads sources of this kind: 'nosuch'" in outcome.failed[2].error


def test_every_source_is_yielded_once_as_it_comes() -> None:
    """The order of answers is the order of yielding; joined, it is the order of sources."""
    sources = tuple(source(name) for name in ("a1", "b2", "c3"))
    net = web(a1=feed("a1"), b2=feed("b2"), c3=feed("c3"))
    assert [one.source.id for one in read_sources(sources, KINDS, net, SETTINGS, NOW)] == [
        "c3",
        "b2",
        "a1",
    ]
    assert [item.source_id for item in collect(sources, KINDS, net, SETTINGS, NOW).kept] == [
        "a1",
        "b2",
        "c3",
    ]


def test_requests_are_conditional_and_a_304_is_nothing_new() -> None:
    """Validators are asked to be sent; an unchanged feed is neither kept, dropped nor failed."""
    url = "https://a1.example/feed"
    net = FakeWeb({url: answer(b"", url, status=304)})
    assert collect((source("a1"),), KINDS, net, SETTINGS, NOW) == Outcome()
    assert net.asked == [Request(url, purpose="feed", conditional=True)]


def test_two_sources_of_one_address_both_get_the_answer() -> None:
    """One fetch serves both."""
    twins = (source("a1"), Source(SourceId("twin"), "feed", "https://a1.example/feed"))
    net = web(a1=feed("a1"))
    assert [item.source_id for item in collect(twins, KINDS, net, SETTINGS, NOW).kept] == [
        "a1",
        "twin",
    ]
    assert len(net.asked) == 1


def test_what_was_published_after_the_moment_is_dropped() -> None:
    """An archive read as of an earlier moment shows nothing later."""
    earlier = NOW.replace(hour=8)
    net = web(a1=feed("a1", "2026-01-15T12:00:00Z"))
    outcome = collect((source("a1"),), KINDS, net, SETTINGS, earlier)
    assert outcome.kept == ()
    assert [drop.reason for drop in outcome.dropped] == [Reason.IN_THE_FUTURE]


def test_a_paused_source_is_not_asked() -> None:
    """The configuration can switch a source off."""
    net = web(a1=feed("a1"))
    outcome = collect((source("a1"),), KINDS, net, CollectSettings(paused=("a1",)), NOW)
    assert [(drop.subject, drop.reason) for drop in outcome.dropped] == [("a1", Reason.PAUSED)]
    assert net.asked == []


class _Broken:
    """A plugin with a bug."""

    name = "broken.v1"

    def requests(self, source: Source) -> tuple[Request, ...]:
        """One address."""
        return (Request(source.url),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Fail as bugs do."""
        raise KeyError(source.id + response.url)


def test_a_bug_in_a_plugin_fails_its_source_alone() -> None:
    """The plugin is named, the others are read."""
    sources = (source("a1", "broken"), source("b2"))
    net = web(a1=feed("a1"), b2=feed("b2"))
    outcome = collect(sources, {**KINDS, "broken": _Broken()}, net, SETTINGS, NOW)
    assert [item.source_id for item in outcome.kept] == ["b2"]
    assert "the plugin broken.v1 failed on" in outcome.failed[0].error


def test_the_sources_of_an_archive_are_its_feeds() -> None:
    """Feeds are told by their bytes; known ones keep their settings, others tell theirs."""
    zh = """<rss version="2.0"><channel><title>猫头鹰日报</title><link>https://zh.example/</link>
    <item><title>猫头鹰发布新模型</title><link>https://zh.example/1</link></item></channel></rss>"""
    net = web(
        known=feed("known"), zh=zh.encode(), page=b"<!doctype html><html><p>rss feed</p></html>"
    )
    net.answers["https://hn.example/api"] = answer(
        b'{"hits": [{"objectID": "1"}]}', "https://hn.example/api"
    )
    known = (Source(SourceId("my-name"), "feed", "http://known.example/feed", weight=2.0),)
    found = sources_in_archive(net, known)
    assert [(each.id, each.kind) for each in found] == [
        ("my-name", "feed"), ("zh-example", "feed"), ("hn", "hn"),
    ]  # fmt: skip
    assert (found[0].weight, found[0].url) == (2.0, "https://known.example/feed")
    assert (found[1].title, found[1].language, found[1].timezone) == (
        "猫头鹰日报",
        "zh",
        "Asia/Shanghai",
    )


def wished(use: str, status: int = 200) -> FakeWeb:
    """A feed with a text and a wish of its publisher."""
    wish = OptOut(use, "robots.txt content-signal", f"{use}=no")
    body = feed("owl").replace(b"<updated>", b"<summary>A long text of owls.</summary><updated>")
    url = "https://owl.example/feed"
    return FakeWeb({url: replace(answer(body, url, status=status), opt_outs=(wish,))})


def test_a_publisher_who_wants_no_model_to_read_is_headline_and_link() -> None:
    """The text goes, the wish stands in the ledger; a wish about training changes nothing."""
    (told,) = read_sources((source("owl"),), KINDS, wished("ai-input"), SETTINGS, NOW)
    (item,) = told.outcome.kept
    assert (item.title, item.url) == ("News of owl and more", "https://owl.example/1")
    assert (item.summary, item.body) == ("", "")
    (drop,) = told.outcome.dropped
    assert (drop.subject, drop.reason) == ("https://owl.example/feed", Reason.OPTED_OUT)
    assert "of 1 entries" in drop.detail
    assert told.opt_outs == "'ai-input=no' (robots.txt content-signal)"
    assert not told.left_out
    (free,) = read_sources((source("owl"),), KINDS, wished("ai-train"), SETTINGS, NOW)
    assert free.outcome.kept[0].summary == "A long text of owls."
    assert free.opt_outs == "noted: 'ai-train=no' (robots.txt content-signal)"
    (same,) = read_sources((source("owl"),), KINDS, wished("ai-input", 304), SETTINGS, NOW)
    assert same.opt_outs is None
