"""Extract: from entries and pages to readable text.

The text of an item is the first of these that is real: the body its feed carries, its page (where
one was wanted and found), its summary, and at last its title alone. A body that belongs to another
story is refused, with the reason kept on the document, and round-ups are cut into their parts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ribao.config import ExtractSettings
from ribao.extract.bodies import Body, item_body, page_addresses
from ribao.extract.documents import documents_of
from ribao.extract.pages import page_bodies
from ribao.extract.wrong_pages import refuse_wrong_bodies
from ribao.gateways.web import Web
from ribao.model import Document, Item, Source, SourceId
from ribao.outcome import Drop, Outcome

Wanted = Callable[[Item], bool]


def extract(
    items: Sequence[Item],
    sources: Mapping[SourceId, Source],
    web: Web | None,
    settings: ExtractSettings,
    *,
    wanted: Wanted | None = None,
) -> Outcome[Document]:
    """Turn every item into at least one document, or drop it with a reason.

    Args:
        items: one batch, in any order; the outcome does not depend on it.
        sources: the source of each item by id; what it says of weight and section is copied.
        web: fetches pages of items that carry no body; None leaves them with what the feed gave.
        settings: the limits.
        wanted: says of which items the page is worth fetching; None asks only for pages that a
            web archive holds anyway.
    """
    ordered = sorted(items, key=lambda item: (item.source_id, item.url, item.title, item.id))
    bodies: dict[int, Body] = {n: item_body(item, settings) for n, item in enumerate(ordered)}
    lacking = {n: item for n, item in enumerate(ordered) if not bodies[n].is_real}
    asked = page_addresses(lacking, web, wanted)
    if web is not None and asked:
        bodies.update(page_bodies(asked, bodies, web, settings))
    refused = refuse_wrong_bodies(ordered, bodies, sources, settings)
    parts: list[Document | Drop] = [
        part
        for n, item in enumerate(ordered)
        for part in documents_of(item, refused[n], sources.get(item.source_id), settings)
    ]
    return Outcome(
        tuple(part for part in parts if isinstance(part, Document)),
        tuple(part for part in parts if isinstance(part, Drop)),
    )
