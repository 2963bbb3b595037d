"""extract: every item becomes documents or is dropped, and text is what a reader can see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ribao.config import ExtractSettings
from ribao.errors import RetryableError
from ribao.extract import extract
from ribao.gateways.web import Fetched, OptOut, Request, Response
from ribao.model import Heat, Item, ItemId, Source, SourceId, content_id
from ribao.outcome import Reason

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
SOURCE = Source(
    SourceId("lamp"),
    "feed",
    "https://lamp.example/feed",
    weight=1.5,
    section="labs",
    category="press",
)
SOURCES = {SOURCE.id: SOURCE}
SETTINGS = ExtractSettings()
PARAGRAPH = (
    "The harbour council of Brackwater voted on Monday to buy twelve electric ferries from the "
    "Tollund yard, which will deliver the first of them in autumn and the rest within two years."
)
ARTICLE = f"<p>{PARAGRAPH}</p><p>{PARAGRAPH.replace('twelve', 'all twelve')}</p>"


def item(**fields: object) -> Item:
    """An item of the source above; fields override."""
    values: dict[str, object] = {
        "source_id": SOURCE.id,
        "url": "https://lamp.example/ferries",
        "title": "Brackwater council buys twelve electric ferries",
        "published_at": NOW,
        "seen_at": NOW,
    }
    values.update(fields)
    values.setdefault("id", ItemId(content_id(str(values["url"]), str(values["title"]))))
    return Item(**values)  # type: ignore[arg-type]  # the fields are typed where they are given


class Pages:
    """A web of few pages; everything else is not had."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, request: Request) -> Response:
        """One page, or no answer."""
        self.asked.append(request.url)
        if request.url not in self.pages:
            raise RetryableError("no answer", request.url)
        body = self.pages[request.url].encode()
        return Response(request.url, request.url, 200, (("content-type", "text/html"),), body, NOW)

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[Fetched]:
        """All, one after the other."""
        for request in requests:
            try:
                yield Fetched(request, self.fetch(request))
            except RetryableError as error:
                yield Fetched(request, error=error)

    def addresses(self) -> tuple[str, ...]:
        """What is held."""
        return tuple(self.pages)

    def captured_at(self) -> datetime:
        """The day of the tests."""
        return NOW


def test_the_body_of_the_feed_is_the_text() -> None:
    """Paragraphs of the body are kept apart by a blank line."""
    outcome = extract([item(body=ARTICLE)], SOURCES, None, SETTINGS)
    document = outcome.kept[0]
    assert document.text.split("\n\n")[0] == PARAGRAPH
    assert len(document.text.split("\n\n")) == 2
    assert document.extracted_by == "feed"


def test_source_and_item_are_copied() -> None:
    """Weight, section and category come from the source, the rest from the item."""
    document = extract([item(body=ARTICLE)], SOURCES, None, SETTINGS).kept[0]
    assert (document.weight, document.section, document.category) == (1.5, "labs", "press")
    assert document.outlet == "lamp.example"
    assert document.language == "en"
    assert document.published_at == NOW


def test_a_headline_alone_is_a_document() -> None:
    """Without body and summary the title stands alone."""
    document = extract([item()], SOURCES, None, SETTINGS).kept[0]
    assert (document.text, document.extracted_by) == ("", "title-only")


def test_an_undated_item_takes_the_time_it_was_seen() -> None:
    """published_at falls back to seen_at."""
    document = extract([item(published_at=None)], SOURCES, None, SETTINGS).kept[0]
    assert document.published_at == NOW


def test_an_item_without_a_word_is_dropped() -> None:
    """No title, no text: dropped with a reason, never lost."""
    outcome = extract([item(title="")], SOURCES, None, SETTINGS)
    assert [drop.reason for drop in outcome.dropped] == [Reason.NO_TEXT]
    assert outcome.kept == ()


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display: none">SECRET</p>',
        "<p hidden>SECRET</p>",
        '<p aria-hidden="TRUE">SECRET</p>',
        '<p style="font-size:0px">SECRET</p>',
        '<p style="position:absolute; left:-9999px">SECRET</p>',
        '<p style="display:/* */none!important">SECRET</p>',
        "<script>SECRET</script>",
        "<style>SECRET</style>",
        "<!-- SECRET -->",
        "<template>SECRET</template>",
        "<p><span style='opacity:0'>SEC<b>RET</b>SECRET</span></p>",
    ],
)
def test_what_a_reader_cannot_see_is_not_text(hidden: str) -> None:
    """Hidden nodes hold orders to models and keyword stuffing."""
    body = ARTICLE + hidden + "<p>The last visible words.</p>"
    document = extract([item(body=body)], SOURCES, None, SETTINGS).kept[0]
    assert "SECRET" not in document.text
    assert document.text.endswith("The last visible words.")


def test_the_page_is_read_where_the_feed_has_no_body() -> None:
    """A wanted item without a body gets the main text of its page."""
    url = "https://lamp.example/ferries"
    page = f"<html><body><nav>Home News</nav><article>{ARTICLE}</article></body></html>"
    web = Pages({url: page})
    outcome = extract([item()], SOURCES, web, SETTINGS, wanted=lambda _: True)
    assert PARAGRAPH in outcome.kept[0].text
    assert outcome.kept[0].extracted_by in ("trafilatura", "readability")


def test_a_page_whose_publisher_keeps_it_from_models_is_not_read() -> None:
    """The headline stays, with the wish beside it; a wish about training alone forbids nothing."""
    url = "https://lamp.example/ferries"

    class Wished(Pages):
        use = "ai-input"

        def fetch(self, request: Request) -> Response:
            wish = OptOut(self.use, "robots.txt content-signal", f"{self.use}=no")
            return replace(super().fetch(request), opt_outs=(wish,))

    web = Wished({url: f"<article>{ARTICLE}</article>"})
    (document,) = extract([item()], SOURCES, web, SETTINGS, wanted=lambda _: True).kept
    assert (document.text, document.extracted_by) == ("", "title-only")
    assert "'ai-input=no' (robots.txt content-signal)" in document.extracted_because
    web.use = "ai-train"
    (document,) = extract([item()], SOURCES, web, SETTINGS, wanted=lambda _: True).kept
    assert PARAGRAPH in document.text


def test_a_document_goes_by_the_address_of_the_page_it_was_read_from() -> None:
    """As the page names itself, within its site; why is kept, and why it is not followed, too."""
    asked = "https://lamp.example/ferries"
    for named, url, because in (
        ("https://lamp.example/2026/ferries", "https://lamp.example/2026/ferries", "calls itself"),
        ("https://moth.example/ferries", asked, "which is another site: not taken"),
    ):
        head = f'<head><link rel="canonical" href="{named}"></head>'
        web = Pages({asked: f"<html>{head}<article>{ARTICLE}</article></html>"})
        (document,) = extract([item()], SOURCES, web, SETTINGS, wanted=lambda _: True).kept
        assert (document.url, document.outlet) == (url, "lamp.example")
        assert because in document.url_because


def test_only_wanted_pages_are_fetched() -> None:
    """An item that nobody wants costs no request."""
    web = Pages({})
    extract([item()], SOURCES, web, SETTINGS, wanted=lambda _: False)
    assert web.asked == []


def test_an_archive_is_asked_only_for_what_it_holds() -> None:
    """Without `wanted`, a web archive answers for the pages that it has."""
    url = "https://lamp.example/ferries"
    web = Pages({url: f"<article>{ARTICLE}</article>"})
    other = item(url="https://lamp.example/other", title="Another thing that happened elsewhere")
    outcome = extract([item(), other], SOURCES, web, SETTINGS)
    assert web.asked == [url]
    assert len(outcome.kept) == 2


def test_a_page_that_is_not_had_is_no_failure() -> None:
    """The summary of the feed stays when the page does not answer."""
    web = Pages({})
    outcome = extract([item(summary="Short.")], SOURCES, web, SETTINGS, wanted=lambda _: True)
    assert outcome.kept[0].text == "Short."
    assert outcome.failed == ()


def test_a_body_shared_by_other_titles_is_refused() -> None:
    """Where titles of three events share one body, none of them keeps it."""
    foreign = "https://else.example/"
    body = "<p>" + "Subscribe to our letters and read all about gardens and ponds. " * 12 + "</p>"
    titles = ("Yard strike ends in Tollund", "Moon probe lands safely", "Bank raises its rates")
    items = [item(title=title, url=foreign + title[:4], body=body) for title in titles]
    outcome = extract(items, SOURCES, None, SETTINGS)
    assert [document.text for document in outcome.kept] == ["", "", ""]
    assert all("share this body" in document.extracted_because for document in outcome.kept)


def test_a_body_about_something_else_is_refused() -> None:
    """An aggregator's body that has none of the title's words gives way to the summary."""
    wrong = item(
        title="Central bank of Norrland raises rates to four percent",
        url="https://else.example/rates",
        body=ARTICLE,
        summary="The bank acted.",
    )
    document = extract([wrong], SOURCES, None, SETTINGS).kept[0]
    assert document.text == "The bank acted."
    assert "wrong-page" in document.extracted_because


def test_parts_of_a_round_up_are_documents() -> None:
    """Each part has an id, an anchor and the whole that it was cut from; heat stays behind."""
    names = ("Ferry order", "Robot funding", "Ice atlas", "Phone recall", "Library reopening")
    body = "".join(
        f"<h3>{name} announced</h3><p>{name} was the news that {place} had long been waiting for, "
        f"said {place} officials to reporters on the spot, while neighbours shrugged.</p>"
        for name, place in zip(
            names, ("Brackwater", "Tollund", "Norrland", "Skerry", "Osterby"), strict=True
        )
    )
    whole = item(title="Lamp daily news digest", body=body, heat=Heat(points=90))
    documents = extract([whole], SOURCES, None, SETTINGS).kept
    assert [document.title for document in documents] == [f"{name} announced" for name in names]
    assert len({document.id for document in documents}) == 5
    assert {document.part_of for document in documents} != {None}
    assert len({document.part_of for document in documents}) == 1
    assert documents[2].anchor == "part-3"
    assert documents[0].heat == Heat()


def test_the_own_passage_of_a_page_of_many_stories_is_taken() -> None:
    """An event linked to the round-up of the day keeps the one section about it."""
    topics = {
        "Ferry yard": "Tollund builds twelve electric ferries for Brackwater, due next autumn, "
        "for a price that the council keeps to itself.",
        "Robots": "A maker of warehouse machines raised three hundred million crowns from "
        "pension funds to widen its plant.",
        "Ice atlas": "Researchers published maps of polar ice which anybody may download, print "
        "and sell without asking.",
        "Phone recall": "Overheating batteries force a manufacturer to take back handsets sold "
        "last year in nine countries.",
    }
    body = "".join(f"<h2>{name}</h2><p>{text}</p>" for name, text in topics.items())
    wrong = item(
        title="Researchers publish maps of polar ice", url="https://else.example/day", body=body
    )
    document = extract([wrong], SOURCES, None, SETTINGS).kept[0]
    assert document.text == topics["Ice atlas"]
    assert "own passage" in document.extracted_because


def test_an_excuse_is_no_body() -> None:
    """A cookie notice in place of the article is refused."""
    excuse = "<p>Cookie notice</p><p>We use cookies. Close this to agree to our use of cookies.</p>"
    wrong = item(url="https://else.example/x", body=excuse, summary="What the aggregator says.")
    document = extract([wrong], SOURCES, None, SETTINGS).kept[0]
    assert document.text == "What the aggregator says."
    assert document.extracted_because.startswith("error-page")


def test_a_list_of_pages_is_dropped() -> None:
    """A site's home page under the name of the site tells nothing."""
    lists = item(title="Else - latest technology news", url="https://else.example/")
    outcome = extract([lists], SOURCES, None, SETTINGS)
    assert [drop.reason for drop in outcome.dropped] == [Reason.HOME_PAGE]


def test_a_playful_title_of_the_outlet_itself_keeps_its_body() -> None:
    """What an outlet's own feed carries is its own."""
    document = extract([item(title="Whatever floats", body=ARTICLE)], SOURCES, None, SETTINGS).kept[
        0
    ]
    assert document.extracted_by == "feed"
