"""The laws of publish: foreign text stays text, addresses are web addresses, JSON is canon."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from ribao.model import (
    Article,
    Citation,
    DocumentId,
    Edition,
    EditionId,
    Reference,
    Section,
    Sentence,
    StoryId,
)
from ribao.publish import edition_bytes, read_edition
from ribao.publish.html import Html
from ribao.publish.markdown import Markdown
from ribao.publish.phrases import phrases
from ribao.publish.sanitise import markdown_text, plain, safe_url, yaml_string

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MARKS = st.text(st.sampled_from("*_`~[]()<>!#+-=|\\{}%&;:./@$^ \n\ta1.中“”，"), max_size=40)
TEXTS = st.one_of(MARKS, st.text(max_size=40))
HAN_AND_MARKS = st.text(st.sampled_from("中文“”《》（），。！*_ a1%&<"), min_size=1, max_size=12)


def rendered(source: str) -> html.HtmlElement:
    """What CommonMark makes of a source, with raw HTML allowed as most site generators do."""
    return html.fragment_fromstring(PARSER.render(source) or "<p></p>", create_parent="div")


def shown(element: html.HtmlElement) -> str:
    """The text that a reader sees."""
    return " ".join(element.text_content().split())


def edition_of(text: str, url: str) -> Edition:
    """An edition with one text in every place and one address behind every link."""
    id_ = DocumentId("d")
    said = Sentence(text, (Citation(id_, text, 0, len(text)),), kind="quotation")
    moment = datetime(2031, 3, 4, tzinfo=UTC)
    reference = Reference(1, id_, url, text, text, "en", moment)
    kinds = ("story", "release", "brief")
    articles = [
        Article(StoryId(kind), kind, kind, said, url, (said,), (), (reference,), "en")
        for kind in kinds
    ]
    return Edition(
        id=EditionId("e"),
        date=date(2031, 3, 5),
        timezone="UTC",
        language="en",
        title=text,
        category=text,
        tags=(text,),
        seo=(text,),
        cover_image=url,
        summary=(said,),
        sections=tuple(
            Section(kind, text, kind, (article,))
            for kind, article in zip(kinds, articles, strict=True)
        ),
        notes=(text,),
        correction=text,
    )


@given(TEXTS)
@example("{{< x >}}")
@example("<b>a</b> <!-- b -->")
@example("a ~~b~~ c")
@example("&lt;script&gt;")
@example("http://a.example www.a.example a@b.example")
@example("--- x")
@example("1. a\n# b")
@example("1 #")
@example("1 ##")
@example("#")
def test_text_comes_out_of_markdown_as_it_went_in(text: str) -> None:
    """As a paragraph, a heading, a bullet and a link: the same words and no markup of their own."""
    safe = markdown_text(text)
    for source, tags in (
        (safe, {"p"}),
        (f"# {safe}", {"h1"}),
        (f"- {safe}", {"ul", "li"}),
        (f"[{safe}](https://a.example/)", {"p", "a"}),
        (f"x **{safe or 'x'}**：x", {"p", "strong"}),
    ):
        found = rendered(source)
        assert {element.tag for element in found.iterdescendants()} <= tags
        assert plain(text) in shown(found)


@given(TEXTS)
def test_no_template_language_finds_anything(text: str) -> None:
    """Hugo, Liquid and Nunjucks look for two characters side by side; they never are."""
    assert not re.search(r"\{|\}|<|>|<!", markdown_text(text))


@given(HAN_AND_MARKS)
def test_what_should_be_bold_is_bold(text: str) -> None:
    """In the place of a brief's title, whatever stands at its ends."""
    shown_text = plain(text)
    if not shown_text:
        return
    found = rendered(f"- **{markdown_text(text)}**：x")
    assert [shown(one) for one in found.iter("strong")] == [shown_text]


@given(TEXTS)
@example("1e3")
@example("{{ x }} {% y %} {{{{% z")
@example("yes")
@example("\u2028")
def test_front_matter_strings_are_strings(text: str) -> None:
    """YAML reads back what was meant, and always a string without tags."""
    written = yaml_string(text)
    assert not re.search(r"\{[{%#]", written)
    read = yaml.safe_load(f"key: {written}")["key"]
    assert read == plain(text).replace("<", "＜").replace(">", "＞")


@given(st.one_of(TEXTS, TEXTS.map("http://a.example/".__add__), TEXTS.map("https:".__add__)))
@example("javascript:alert(1)//http://a.example")
@example("https://a.example@b.example/")
@example("https://a.example/?x=1&lt=2;&amp;")
@example("http://[::1]:80/a")
@example("https://a.example/%%30%30%")
@example("https://a.example:99999/")
def test_only_web_addresses_pass(url: str) -> None:
    """What passes holds no mark that ends it early, and passes again unchanged."""
    safe = safe_url(url)
    if safe:
        assert re.match(r"https?://[^/?#@]+", safe)
        assert not re.search(r"[\s<>\"(){}\\`;|^]|%(?![0-9A-Fa-f]{2})", safe)
        assert safe_url(safe) == safe
        (link,) = rendered(f"[x]({safe})").iter("a")
        assert link.text == "x"


@given(TEXTS, TEXTS)
def test_an_edition_survives_the_journey_through_json(text: str, url: str) -> None:
    """Read back equal, written again the same."""
    edition = replace(edition_of(text, url), notes=())
    content = edition_bytes(edition)
    back = read_edition(content)
    assert edition_bytes(back) == content
    if not re.search("[\ud800-\udfff]", text + url):
        assert back == edition


@given(TEXTS)
def test_a_headline_only_gains_places_to_break(text: str) -> None:
    """Without them it is the escaped text."""
    assert html.fragment_fromstring(f"<p>{phrases(text)}</p>").text_content() == plain(text)


def hostile_texts(shared: Path) -> Iterator[str]:
    """Public attack strings, read where they lie."""
    yield from json.loads((shared / "bench/hostile/xss.json").read_text())
    yield from json.loads((shared / "bench/hostile/naughty_strings/blns.json").read_text())
    for case in json.loads((shared / "bench/hostile/dompurify/expect.json").read_text()):
        yield case["payload"]


@pytest.mark.shared
def test_attacks_stay_text_in_every_rendering(shared: Path) -> None:
    """No element, attribute or scheme of theirs appears in the page or in the Markdown."""
    harmless = page(edition_of("x", "https://a.example/"))
    tags = {element.tag for element in harmless.iter()} | {"span", "wbr", "small"}
    attacks = list(hostile_texts(shared))
    assert len(attacks) > 2000
    for first in range(0, len(attacks), 100):
        editions = [edition_of(attack, attack) for attack in attacks[first : first + 100]]
        # Each attack in one of the three kinds of article, in turn: all of them fit into seconds.
        sections = tuple(one.sections[at % 3] for at, one in enumerate(editions))
        edition = replace(editions[0], sections=sections)
        found = page(edition)
        assert {element.tag for element in found.iter()} <= tags
        attributes = {name for element in found.iter() for name in element.attrib}
        assert not {name for name in attributes if name.startswith("on") or name == "srcdoc"}
        assert all(re.match(r"https?:|#", one) for one in found.xpath("//@href"))
        (file,) = Markdown().render(edition)
        body = file.content.decode().split("---\n", 2)[2]
        assert not re.search(r"<|\{\{|\{%|\{#", body)
        if first % 400:
            continue  # the parser of Markdown takes the time; what it obeys is looked for in all
        links = [one.get("href") for one in rendered(body).iter("a")]
        assert all(re.match(r"https?:", link) for link in links)


def page(edition: Edition) -> html.HtmlElement:
    """The page, parsed."""
    (file,) = Html().render(edition)
    return html.document_fromstring(file.content)
