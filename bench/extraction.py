"""How well the main text of pages is found, in English and in Chinese, beside single extractors."""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import trafilatura
from lxml import html as lxml_html
from readability import Document as ReadabilityDocument

from bench._days import SHARED
from ribao.extract.main_text import main_text
from ribao.extract.pages import decode_page
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Request
from ribao.language.html_text import plain_text

SET = "bench/extraction/article_extraction_benchmark"
SHINGLE = 4  # words in a row, as the article-extraction-benchmark counts
_WORD = re.compile(r"\w+")
_CHINESE = re.compile(r"[a-zA-Z0-9]+|[\u3400-\u9fff]")

Page = tuple[str, str, str]  # markup, address, true text
Extract = Callable[[str, str], str]
Counts = tuple[float, float, float]  # right, too much, missed: shares of all shingles of a page


def ours(markup: str, url: str) -> str:
    """What ribao finds."""
    return "\n".join(block.text for block in main_text(markup, url)[0])


def by_trafilatura(markup: str, url: str, *, precise: bool) -> str:
    """What trafilatura alone finds."""
    return (
        trafilatura.extract(markup, url=url, include_comments=False, favor_precision=precise) or ""
    )


def by_readability(markup: str, url: str) -> str:
    """What readability-lxml alone finds."""
    del url
    summary = ReadabilityDocument(markup).summary(html_partial=True)
    return "".join(str(piece) for piece in lxml_html.fromstring(summary).itertext())


EXTRACTORS: dict[str, Extract] = {
    "ribao": ours,
    "trafilatura": partial(by_trafilatura, precise=False),
    "trafilatura, precise": partial(by_trafilatura, precise=True),
    "readability-lxml": by_readability,
}


def english_pages(shared: Path, every: int = 1) -> list[Page]:
    """The pages of the article-extraction-benchmark; `every` takes each n-th by identifier."""
    truth = json.loads(gzip.decompress((shared / SET / "ground-truth.json.gz").read_bytes()))
    pages = []
    for name in sorted(truth)[::every]:
        body = gzip.decompress((shared / SET / "html" / f"{name}.html.gz").read_bytes())
        known = truth[name]
        pages.append((body.decode("utf-8", "replace"), known["url"], known["articleBody"]))
    return pages


def chinese_pages(shared: Path, days: Iterable[str], every: int = 1) -> list[Page]:
    """Recorded Chinese pages whose text is known, because their feed carries it in full."""
    pages: dict[str, Page] = {}
    for day in days:
        web = ReplayWeb(shared / "replay" / f"{day}.warc.gz")
        held = set(web.addresses())
        feed = web.fetch(Request("https://36kr.com/feed")).body.decode("utf-8")
        for entry in feed.split("<item>")[1:]:
            url = _between(entry, "<link>", "</link>")
            body = _between(entry, "<content:encoded><![CDATA[", "]]></content:encoded>")
            if url in held and body and url not in pages:
                pages[url] = (decode_page(web.fetch(Request(url))), url, plain_text(body))
    return [pages[url] for url in sorted(pages)[::every]]


def _between(text: str, start: str, end: str) -> str:
    _, found, rest = text.partition(start)
    return rest.partition(end)[0] if found else ""


def shingles(text: str, word: re.Pattern[str]) -> Counter[tuple[str, ...]]:
    """Count the shingles of a text."""
    found = word.findall(text)
    return Counter(tuple(found[n : n + SHINGLE]) for n in range(max(1, len(found) - SHINGLE + 1)))


def compare(true: str, found: str, word: re.Pattern[str] = _WORD) -> Counts:
    """Shares of shingles that are right, too much and missed, which add up to one."""
    wanted, got = shingles(true, word), shingles(found, word)
    right = sum((wanted & got).values())
    extra, missed = sum((got - wanted).values()), sum((wanted - got).values())
    total = max(1, right + extra + missed)
    return right / total, extra / total, missed / total


def f1(counts: Sequence[Counts]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pages, each page weighing the same."""
    right, extra, missed = (sum(column) for column in zip(*counts, strict=True))
    precision, recall = right / (right + extra), right / (right + missed)
    return precision, recall, 2 * precision * recall / (precision + recall)


def score(pages: Sequence[Page], extract: Extract, *, chinese: bool = False) -> tuple[float, ...]:
    """Precision, recall and F1 of one extractor."""
    word = _CHINESE if chinese else _WORD
    return f1([compare(true, extract(markup, url), word) for markup, url, true in pages])


def main() -> None:
    """Print one table for each language."""
    sets = {
        "article-extraction-benchmark": (english_pages(SHARED), False),
        "recorded Chinese pages": (chinese_pages(SHARED, ("2025-12-17", "2025-12-19")), True),
    }
    for name, (pages, chinese) in sets.items():
        print(f"\n{name}, {len(pages)} pages     precision  recall      F1  pages/s")
        for extractor, extract in EXTRACTORS.items():
            start = time.process_time()
            precision, recall, value = score(pages, extract, chinese=chinese)
            speed = len(pages) / (time.process_time() - start)
            print(f"{extractor:36}{precision:9.4f}{recall:8.4f}{value:8.4f}{speed:9.1f}")


if __name__ == "__main__":
    main()
