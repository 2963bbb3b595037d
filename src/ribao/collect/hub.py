"""The kinds `hf-models` and `hf-spaces`: lists of the Hub (https://huggingface.co/docs/hub/api)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ribao.collect.entry import Entry, Feed
from ribao.collect.items import items_of
from ribao.collect.json_feed import read_json, text_at, whole_at
from ribao.errors import ContentError
from ribao.gateways.web import Request, Response
from ribao.model import Heat, Item, Source
from ribao.outcome import Outcome

_HOME = "https://huggingface.co/"


class HubKind:
    """Models or spaces with their likes, place on the list, and the day they were made."""

    def __init__(self, what: str) -> None:
        """`what` is models or spaces."""
        self.name = f"hf-{what}"
        self._prefix = "spaces/" if what == "spaces" else ""

    def requests(self, source: Source) -> Sequence[Request]:
        """The list that the source names."""
        return (Request(source.url, purpose="api", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every row of the list.

        Raises:
            ContentError: the answer is not a JSON list of the Hub.
        """
        rows = read_json(response.body, response.url, response.header("content-type"))
        if not isinstance(rows, list):
            raise ContentError("this JSON is not a list of the Hub", response.url)
        entries = tuple(
            self._entry(row if isinstance(row, dict) else {}, n) for n, row in enumerate(rows, 1)
        )
        return items_of(
            Feed(self.name, link=_HOME, language="en", entries=entries), source, response
        )

    def _entry(self, row: dict[str, Any], number: int) -> Entry:
        name = text_at(row, "id") or text_at(row, "modelId")
        task = text_at(row, "pipeline_tag").replace("-", " ")
        what = "Space" if self._prefix else "model"
        about = f"{task} {what}".strip() if name else ""
        licence = next(
            (tag[8:] for tag in row.get("tags") or () if str(tag).startswith("license:")), ""
        )
        likes, downloads = whole_at(row, "likes"), whole_at(row, "downloads")
        facts = [
            f"{name} is a {about} on Hugging Face." if name else "",
            f"License: {licence}." if licence else "",
            f"{downloads:,} downloads." if downloads else "",
            f"{likes:,} likes." if likes else "",
        ]
        return Entry(
            title=f"{name} ({about})" if name else "",
            link=f"{_HOME}{self._prefix}{name}" if name else "",
            guid=name,
            summary=" ".join(fact for fact in facts if fact),
            plain=True,
            author=name.partition("/")[0],
            dates=(text_at(row, "createdAt"),) if text_at(row, "createdAt") else (),
            heat=Heat(points=likes, rank=number),
        )
