"""Feeds as they are met in the wild: encodings, dates, addresses, and what is wrong around them."""

from __future__ import annotations

import codecs
import json

import pytest

from tests.unit.collect.small_web import read

TITLE = "猫头鹰学会阅读报纸"
ITEM = (
    f"<item><title>{TITLE}</title><link>https://a.example/1</link>"
    "<pubDate>2026-01-15 10:00</pubDate></item>"
)


def rss(item: str = ITEM, encoding: str = "") -> str:
    """A feed, with the encoding that it declares."""
    declared = f'<?xml version="1.0" encoding="{encoding}"?>' if encoding else ""
    return f'{declared}<rss version="2.0"><channel><title>t</title>{item}</channel></rss>'


@pytest.mark.parametrize(
    ("declared", "written", "header"),
    [
        ("utf-16", "utf-16", ""),
        ("utf-16", "utf-16-le", ""),
        ("utf-8", "utf-16-be", ""),
        ("", "utf-32", ""),
        ("gbk", "utf-8-sig", ""),
        ("iso-8859-1", "utf-8", ""),
        ("windows-1252", "utf-8", "text/xml"),
        ("us-ascii", "utf-8", ""),
        ("gb2312", "utf-8", ""),
        ("gb2312", "utf-8", "text/xml; charset=gb2312"),
        ("utf-8", "gbk", ""),
        ("gbk", "gbk", "text/xml; charset=utf-8"),
        ("", "utf-8", "text/xml; charset=iso-8859-1"),
        ("x-nonsense", "utf-8", "text/xml; charset=nonsense"),
        ("gb2312", "gb18030", ""),
        ("utf-16", "utf-8", ""),
        ("", "utf-8", "text/xml; charset=utf-16"),
    ],
)
def test_the_bytes_decide_where_labels_are_wrong(declared: str, written: str, header: str) -> None:
    """Of two labels, or of one that does not fit."""
    (item,) = read(rss(encoding=declared).encode(written), content_type=header).kept
    assert item.title == TITLE
    marked = codecs.BOM_UTF16_LE + rss(encoding="utf-8").encode("utf-16-le")
    assert read(marked).kept[0].title == TITLE


def test_a_label_that_fits_is_believed() -> None:
    """Latin-1 that happens to hold no UTF-8, and Chinese in its own encodings."""
    (item,) = read(rss(ITEM.replace(TITLE, "Café à Paris"), "iso-8859-1").encode("latin-1")).kept
    assert item.title == "Café à Paris"
    for encoding in ("gbk", "big5", "euc-kr", "shift_jis", "euc-jp"):
        word = {"big5": "貓頭鷹學會閱讀", "euc-kr": "올빼미가 글을", "gbk": TITLE}.get(
            encoding, "梟が読む"
        )
        body = rss(ITEM.replace(TITLE, word), encoding).encode(encoding)
        assert read(body).kept[0].title == word


@pytest.mark.parametrize(
    ("date", "at"),  # seen at 2026-01-16 00:00 in Shanghai
    [
        ("1月15日 10:00", "2026-01-15 02:00"),
        ("12月31日 10:00", "2025-12-31 02:00"),
        ("01-15 10:00", "2026-01-15 02:00"),
        ("昨天 10:00", "2026-01-15 02:00"),
        ("前天", "2026-01-13 16:00"),
        ("今天", "2026-01-15 16:00"),
        ("刚刚", "2026-01-15 16:00"),
        ("Yesterday at 10:00", "2026-01-15 02:00"),
        ("15.01.2026 10:00", "2026-01-15 02:00"),
        ("15/01/2026", "2026-01-14 16:00"),
        ("01/15/2026", "2026-01-14 16:00"),
        ("12/11/2025", ""),
        ("Thu, 15 Abc 2026 10:00:00 GMT", ""),
        ("Thu, 31 Feb 2026 10:00:00 GMT", ""),
        ("2026-01-15T10:00:00+1900", "2026-01-15 02:00"),
        ("01-15", ""),
        ("31.02.2026", ""),
        ("2月30日", ""),
        ("Thursday, January 15, 2026 - 10:00", "2026-01-15 02:00"),
        ("2026-01-15T10:00:00.123456789+08:00", "2026-01-15 02:00"),
        ("Thu, 15 Jan 2026 10:00:00 CST", "2026-01-15 02:00"),
    ],
)
def test_dates_of_chinese_outlets_are_placed(date: str, at: str) -> None:
    """In the zone of the source; what could be read in two ways is not read, and is not lost."""
    found = read(rss(ITEM.replace("2026-01-15 10:00", date)), timezone="Asia/Shanghai").kept[0]
    moment = found.published_at
    assert ("" if moment is None else f"{moment:%Y-%m-%d %H:%M}") == at
    assert bool(at) or "cannot be read: known since it was seen" in found.published_because


def test_month_and_day_alone_are_read_only_where_they_are_written_so() -> None:
    """`02-03 10:00` is the third of February in China and may be the second of March elsewhere."""
    dated = ITEM.replace("2026-01-15 10:00", "01-02 10:00")
    assert read(rss(dated), timezone="Asia/Tokyo").kept[0].published_at is not None
    assert read(rss(dated), timezone="Europe/Berlin").kept[0].published_at is None


@pytest.mark.parametrize(
    "before",
    [
        "\n\n  junk ",
        "<br />\n<b>Warning</b>: Undefined variable in <b>/x.php</b> on line <b>1</b><br />\n",
        "\ufeff\ufeff",
        "<!-- made by hand -->",
    ],
)
def test_what_stands_before_a_feed_is_passed_over(before: str) -> None:
    """Complaints of programs, above all."""
    for encoding in ("", "utf-8"):
        assert read(before + rss(encoding=encoding)).kept[0].title == TITLE


def json_feed(*items: object, version: str = "1.1") -> str:
    """A JSON Feed."""
    return json.dumps({"version": f"https://jsonfeed.org/version/{version}", "items": items})


def test_one_bad_entry_of_a_json_feed_costs_no_other() -> None:
    """Whatever it is; each is accounted for."""
    good = {"id": 7, "url": "/7", "title": "Owls"}
    bad: list[object] = [
        "text",
        None,
        {},
        {"id": "1", "url": "http://[::1", "title": "x"},
        {"id": [], "url": {}},
    ]
    outcome = read(json_feed(*bad, good))
    assert [item.url for item in outcome.kept] == ["https://feed.example/7"]
    assert len(outcome.dropped) == len(bad)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-8"])
def test_json_feeds_come_in_any_encoding(encoding: str) -> None:
    """As XML does; 1.0 has one author, 1.1 several."""
    entry = {"id": "1", "url": "https://a.example/1", "title": TITLE}
    for version, people in (
        ("1", {"author": {"name": "Owl"}}),
        ("1.1", {"authors": [{"name": "Owl"}]}),
    ):
        body = json.dumps(
            json.loads(json_feed(entry | people, version=version)), ensure_ascii=False
        )
        (item,) = read(body.encode(encoding)).kept
        assert (item.title, item.author) == (TITLE, "Owl")


def test_entries_that_share_a_guid_or_an_address_are_told_apart() -> None:
    """The same twice is one; a guid on two pages is two, and so are two guids on one page."""
    one = "<item><title>A</title><link>https://a.example/1</link><guid>x</guid></item>"
    outcome = read(rss(one + one + one.replace("/1", "/2") + one.replace(">x<", ">y<")))
    assert len(outcome.kept) == 3
    assert len({item.id for item in outcome.kept}) == 3
    assert len(outcome.dropped) == 1


def test_ten_thousand_entries_are_read() -> None:
    """Each with an identifier of its own."""
    many = "".join(ITEM.replace("/1<", f"/{n}<") for n in range(10_000))
    outcome = read(rss(many))
    assert len({item.id for item in outcome.kept}) == 10_000
