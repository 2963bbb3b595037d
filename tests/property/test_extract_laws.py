"""The laws of extract: conservation, order, and text that a reader can see."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ribao.config import ExtractSettings
from ribao.extract import extract
from ribao.language.html_text import html_blocks, plain_text
from ribao.model import Item, ItemId, Source, SourceId, content_id

NOW = datetime(2031, 3, 3, tzinfo=UTC)
SOURCE = Source(SourceId("lamp"), "feed", "https://lamp.example/feed")
TITLES = ("Zorblax buys QuuxDB", "晨星晚报｜要闻", "Else archives", "", "<b>AT&amp;T</b> of Skerry")
PIECES = (
    "<p>Zorblax Labs buys QuuxDB, the two said in a joint letter to their many customers.</p>",
    "<h2>Ferries</h2>",
    "<p><b>雾港买船</b></p><p>雾港市议会周一决定购买渡轮，首批将于秋季交付，票价保持不变。</p>",
    "<p hidden>SECRET</p>",
    "<div style='display:none'>SECRET<div>",
    "<script>SECRET</script>",
    "We use cookies and cookie settings",
    "<ul><li>One</li><li>Two",
    "&amp;&#0;&bogus;",
    "\ud800\x00",
    "<table><tr><td>a</td><td>b</td></tr></table>",
    "<!-- SECRET -->",
)
URLS = ("https://lamp.example/a", "https://else.example/", "https://else.example/news/", "nonsense")


@st.composite
def items(draw: st.DrawFn) -> Item:
    """An invented entry, hostile now and then."""
    number = draw(st.integers(0, 10**6))
    return Item(
        id=ItemId(content_id("item", str(number))),
        source_id=SOURCE.id,
        url=draw(st.sampled_from(URLS)),
        title=draw(st.sampled_from(TITLES)),
        summary=draw(st.sampled_from(("", "In short.", "<i>In short</i>"))),
        body="".join(draw(st.lists(st.sampled_from(PIECES), max_size=12))),
        published_at=draw(st.sampled_from([None, NOW])),
        seen_at=NOW,
    )


batches = st.lists(items(), max_size=8, unique_by=lambda item: item.id)


@given(batches)
def test_every_item_becomes_a_document_or_is_dropped(batch: list[Item]) -> None:
    """Nothing vanishes, and nothing is both."""
    outcome = extract(batch, {SOURCE.id: SOURCE}, None, ExtractSettings())
    kept = {document.item_id for document in outcome.kept}
    dropped = {drop.subject for drop in outcome.dropped}
    assert kept | dropped == {item.id for item in batch}
    assert not kept & dropped
    assert len({document.id for document in outcome.kept}) == len(outcome.kept)


@given(batches, st.randoms(use_true_random=False))
def test_the_order_of_items_changes_nothing(batch: list[Item], random: object) -> None:
    """The same batch in another order gives the same outcome."""
    shuffled = list(batch)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands over a Random
    one, two = (extract(x, {SOURCE.id: SOURCE}, None, ExtractSettings()) for x in (batch, shuffled))
    assert one == two


@given(batches)
def test_hidden_words_and_markup_never_reach_a_text(batch: list[Item]) -> None:
    """What no reader sees is in no document, and text is plain and can be encoded."""
    for document in extract(batch, {SOURCE.id: SOURCE}, None, ExtractSettings()).kept:
        assert "SECRET" not in document.text
        document.text.encode("utf-8")
        assert "\n\n\n" not in document.text


@given(st.text(max_size=300))
def test_any_text_can_be_read(markup: str) -> None:
    """No input makes the reader fail, and its text has no character that cannot be seen."""
    text = plain_text(markup)
    assert "\u200b" not in text
    assert all(block.text.strip() for block in html_blocks(markup))
