"""The printed links of a newsletter: each address by itself, and whether its page is about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ribao.catalogue import say
from ribao.language.scripts import detect_language
from ribao.model import Document, Finding, Verdict
from ribao.verify import computed
from ribao.verify.forms.newsletter import Link, Printed
from ribao.verify.links import address_of, check_link
from ribao.verify.topics import head_topics, likeness, topics_of

_OFF_TARGET = 0.05  # below this likeness a page speaks of something else
_DEEP = 0.3  # of the topics of a story stand somewhere in a page that it was drawn from
_FEWEST_TOPICS = 4  # of fewer words the likeness says little


def check_links(
    links: Sequence[tuple[Link, Sequence[Printed]]],
    pages: Mapping[str, Sequence[Document]],
    language: str,
    elsewhere: Callable[[Sequence[Printed], str], bool],
) -> Iterator[tuple[int, Finding]]:
    """Find what is wrong with printed links: (line, finding), in printed order.

    With each link come the sentences that it is for; `pages` is the evidence by `links.address_of`.
    Without evidence nothing is said of what is behind a link, nor whether it is known. `elsewhere`
    tells whether sentences are known to speak of something that is not behind an address: a line
    may be of a part of a page that the evidence does not have.
    """
    known = _known([link for link, _ in links], pages) if pages else None
    for link, told in links:
        for finding in check_link(link.url, known, language):
            yield link.line, finding
        behind = pages.get(address_of(link.url), [])
        off = behind and all(_off_target(told, page) for page in behind)
        if off and elsewhere(told, link.url):
            because = say("verify-link-target", language, told=behind[0].title)
            yield link.line, Finding(link.url, "link", Verdict.CONTRADICTED, because)


def _known(links: Sequence[Link], pages: Mapping[str, Sequence[Document]]) -> set[str]:
    """The addresses of the evidence, with those that it links where a printed one needs them."""
    known = set(pages)
    if all(address_of(link.url) in known for link in links):
        return known
    linked = {url for documents in pages.values() for one in documents for url in one.links}
    return known.union(map(address_of, linked))


def _about(told: Sequence[Printed], language: str) -> frozenset[str]:
    """The topics of those sentences that are in one language."""
    sets = (
        topics_of(one.text)
        for one in told
        if one.kind != computed.KIND and detect_language(one.text) == language
    )
    return frozenset[str]().union(*sets)


def _off_target(told: Sequence[Printed], document: Document) -> bool:
    """Tell whether a page has next to no word of the story that links it.

    Words can only be compared within one language, and a round-up speaks of many things. A line
    may be drawn from the depth of a page, of which the first lines say nothing.
    """
    wanted, theirs = _about(told, document.language), head_topics(document)
    return (
        min(len(wanted), len(theirs)) >= _FEWEST_TOPICS
        and likeness(wanted, theirs) < _OFF_TARGET
        and not _roundup(document)
        and len(wanted & topics_of(document.text)) < _DEEP * len(wanted)
    )


def _roundup(document: Document) -> bool:
    """Tell whether a document is a part of a page with several reports, or such a page."""
    return document.part_of is not None or bool(document.anchor)
