"""Bodies that belong to another story are refused; the title, which is news itself, is kept.

An aggregator often pastes the wrong page: the home page, an error page, the round-up of the day, or
the same text under ten titles. Such a body would put its numbers under a headline that is about
something else, and every later step would believe it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ribao.config import ExtractSettings
from ribao.extract.bodies import Body, summary_body
from ribao.gateways.address import outlet_of
from ribao.language.words import fold, words
from ribao.model import Item, Source, SourceId, content_id


def refuse_wrong_bodies(
    items: Sequence[Item],
    bodies: Mapping[int, Body],
    sources: Mapping[SourceId, Source],
    settings: ExtractSettings,
) -> dict[int, Body]:
    """Replace every body that is not its item's by the item's summary, with the reason."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for n, body in bodies.items():
        if body.is_real:
            sharing[content_id("".join(fold(body.text).split()))].append(n)
    result = dict(bodies)
    for group in sharing.values():
        titles = {_title_key(items[n].title) for n in group}
        for n in group:
            item, body = items[n], bodies[n]
            foreign = body.extracted_by != "feed" or _is_foreign(item, sources)
            shown = title_coverage(item.title, body.text)
            if len(titles) > 1 and shown < settings.shared_body_coverage:
                result[n] = summary_body(item, f"wrong-page: {len(titles)} titles share this body")
            elif foreign and shown < settings.body_coverage:
                result[n] = summary_body(item, "wrong-page: the body does not speak of the title")
    return result


def title_coverage(title: str, text: str) -> float:
    """The share of the title's words (weighted by length) that the text has; 1.0 without words."""
    wanted = {word for word in words(title) if len(word) > 2 or ord(word[0]) > 0x2FFF}
    if not wanted:
        return 1.0
    found = wanted.intersection(words(text))
    return sum(map(len, found)) / sum(map(len, wanted))


def _title_key(title: str) -> str:
    return " ".join(words(title))


def _is_foreign(item: Item, sources: Mapping[SourceId, Source]) -> bool:
    source = sources.get(item.source_id)
    return source is not None and outlet_of(item.url) != outlet_of(source.url)
