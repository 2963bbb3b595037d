"""The kind `arxiv`: the Atom API of arXiv (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ribao.collect.entry import Entry
from ribao.collect.feed import read_feed
from ribao.collect.items import items_of
from ribao.gateways.web import Request, Response
from ribao.model import Item, Source
from ribao.outcome import Outcome

_ID = re.compile(r"arxiv\.org/(?:abs|pdf)/([^\s?#]+?)(?:v\d+)?(?:\.pdf)?$")


class ArxivKind:
    """The link of an item is the page of the paper; the PDF stands among its further links."""

    name = "arxiv"

    def requests(self, source: Source) -> Sequence[Request]:
        """The query that the source names."""
        return (Request(source.url, purpose="api", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every paper.

        Raises:
            ContentError: the answer is not a feed.
        """
        feed = read_feed(response)
        return items_of(replace(feed, entries=tuple(map(_paper, feed.entries))), source, response)


def _paper(entry: Entry) -> Entry:
    """Point at the page without a version, so that a revision is the same item."""
    match = _ID.search(entry.link) or _ID.search(entry.guid)
    if match is None:
        return entry
    number = match[1]
    further = (f"https://arxiv.org/pdf/{number}", *entry.links)
    return replace(entry, link=f"https://arxiv.org/abs/{number}", links=further, plain=True)
