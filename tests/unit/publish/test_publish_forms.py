"""The book and the printed page: whole, the same twice, and nothing of a stranger's in them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from ribao.errors import ConfigError
from ribao.model import Edition
from ribao.publish.book import Epub
from ribao.publish.fonts import chinese_font
from ribao.publish.print import Pdf, printed

HOSTILE = "</p><script>alert(1)</script>&nbsp;\x01 {{ x }}"


def test_the_book_is_well_formed_whatever_stands_in_it(edition: Edition) -> None:
    """The media type first and as it is; every other file parses; a second making is the same."""
    hostile = replace(edition, title=HOSTILE, category=HOSTILE)
    (file,) = Epub().render(hostile)
    assert Epub().render(hostile) == (file,)
    with zipfile.ZipFile(io.BytesIO(file.content)) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        names = book.namelist()
        pages: dict[str, Any] = {
            name: etree.fromstring(book.read(name))
            for name in names
            if name.endswith((".xhtml", ".opf", ".xml"))
        }
    listed = pages["book/package.opf"].xpath("//*[local-name()='item']/@href")
    assert {f"book/{name}" for name in listed} == set(names[2:]) - {"book/package.opf"}
    for name, page in pages.items():
        assert not page.xpath("//*[local-name()='script']"), name
        ids = set(page.xpath("//@id"))
        links = page.xpath("//@href[starts-with(., '#')]")
        assert {link[1:] for link in links} <= ids, name
    assert pages["book/section-1.xhtml"].xpath("//*[@role='doc-noteref']")


@pytest.fixture
def printer() -> None:
    """WeasyPrint with its Pango, and a Chinese font; or the test is skipped with the sentence."""
    try:
        chinese_font()
        printed("<html lang=en><title>x</title>x</html>", b"x")
    except ConfigError as error:
        pytest.skip(f"{error} ({error.hint})")


def unpacked(pdf: bytes) -> bytes:
    """A PDF with its streams inflated behind it."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    inflated = [zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x"]
    return pdf + b"".join(inflated)


@pytest.mark.usefixtures("printer")
def test_the_printed_page_is_tagged_and_the_same_twice(edition: Edition) -> None:
    """PDF/UA with a language; nothing in it opens, runs or is fetched."""
    hostile = replace(edition, title=HOSTILE)
    (file,) = Pdf().render(hostile)
    assert file.content.startswith(b"%PDF")
    content = unpacked(file.content)
    assert b"/MarkInfo" in content
    assert b"/StructTreeRoot" in content
    assert b"/Lang (zh-Hans)" in content
    assert b"pdfuaid" in content
    assert not [one for one in (b"/JavaScript", b"/OpenAction", b"/Launch") if one in content]
    assert Pdf().render(hostile) == (file,)


@pytest.mark.usefixtures("printer")
def test_a_page_that_asks_for_a_file_gets_nothing(connections: list[str]) -> None:
    """Neither of the disk nor of the network; the page is printed without it."""
    page = '<html lang="en"><title>x</title><img alt="x" src="{}"><p>x</p></html>'
    for address in ("file:///etc/passwd", "https://a.example/x.png"):
        content = printed(page.format(address), b"x")
        assert content.startswith(b"%PDF")
        assert b"root:" not in unpacked(content)
    assert connections == []
