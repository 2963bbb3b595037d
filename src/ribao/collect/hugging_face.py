"""The kind `hf-papers`: the daily papers of Hugging Face (https://huggingface.co/api/daily_papers)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ribao.collect.entry import Entry, Feed
from ribao.collect.items import items_of
from ribao.collect.json_feed import read_json, tables_at, text_at, whole_at
from ribao.errors import ContentError
from ribao.gateways.web import Request, Response
from ribao.model import Heat, Item, Source
from ribao.outcome import Outcome

_PAPER = "https://huggingface.co/papers/"
_ARXIV = "https://arxiv.org/abs/"


class DailyPapersKind:
    """Upvotes (or the stars of the code, where the list gives no votes) and comments are heat."""

    name = "hf-papers"

    def requests(self, source: Source) -> Sequence[Request]:
        """The list that the source names."""
        return (Request(source.url, purpose="api", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every paper of the list.

        Raises:
            ContentError: the answer is not a JSON list of papers.
        """
        rows = read_json(response.body, response.url, response.header("content-type"))
        if not isinstance(rows, list):
            raise ContentError("this JSON is not a list of papers", response.url)
        entries = tuple(_entry(row if isinstance(row, dict) else {}) for row in rows)
        feed = Feed(
            "hf-papers", link="https://huggingface.co/papers", language="en", entries=entries
        )
        return items_of(feed, source, response)


def _entry(row: dict[str, Any]) -> Entry:
    inner = row.get("paper")
    paper: dict[str, Any] = inner if isinstance(inner, dict) else {}
    number = text_at(paper, "id")
    code, page = text_at(paper, "githubRepo"), text_at(paper, "projectPage")
    votes = whole_at(paper, "upvotes")
    dates = (
        text_at(row, "publishedAt"),
        text_at(paper, "submittedOnDailyAt"),
        text_at(paper, "publishedAt"),
    )
    return Entry(
        title=text_at(row, "title") or text_at(paper, "title"),
        link=_PAPER + number if number else "",
        guid=number,
        summary=text_at(paper, "summary") or text_at(row, "summary"),
        plain=True,
        author=", ".join(
            name for each in tables_at(paper, "authors") if (name := text_at(each, "name"))
        ),
        dates=tuple(date for date in dates if date),
        links=tuple(link for link in (_ARXIV + number if number else "", code, page) if link),
        heat=Heat(
            points=votes if votes is not None else whole_at(paper, "githubStars"),
            comments=whole_at(row, "numComments"),
        ),
    )
