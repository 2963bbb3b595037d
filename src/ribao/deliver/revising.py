"""A second making of an edition that went out already: a new revision that says what is different.

What nobody has seen may change in silence; what was published may not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ribao.catalogue import say
from ribao.model import Article, Edition, Sentence
from ribao.store import Store
from ribao.store.outbox import REACHED

NAMED = 3  # headlines of each sort in the note; the others are counted


def revise(edition: Edition, store: Store, *, public: bool) -> Edition:
    """The edition as it must be printed, given what of it went out before.

    `public` says that earlier editions stand on a site that people read.
    """
    earlier = store.editions.edition_of(edition.id)
    if earlier is None:
        return edition
    if printed(earlier) == printed(edition):
        return replace(edition, revision=earlier.revision, correction=earlier.correction)
    revision = next_revision(edition.id, store, public=public)
    if revision == earlier.revision:  # nobody saw it: what is told of a change before stays true
        return replace(edition, revision=revision, correction=earlier.correction)
    return replace(edition, revision=revision, correction=difference(earlier, edition))


def next_revision(edition_id: str, store: Store, *, public: bool) -> int:
    """The number of a changed edition: one more where readers have seen the one that is kept."""
    earlier = store.editions.edition_of(edition_id)
    if earlier is None:
        return 1
    seen = public or any(one.state in REACHED for one in store.outbox.find(edition=edition_id))
    return earlier.revision + seen


def printed(edition: Edition) -> object:
    """Everything of an edition that a reader reads."""
    return (
        edition.title,
        _texts(edition.summary),
        tuple((one.title, tuple(map(_article, one.articles))) for one in edition.sections),
    )


def difference(earlier: Edition, later: Edition) -> str:
    """What changed between two makings of an edition, in its language, in one line."""
    before = {one.story_id: one for one in earlier.articles}
    after = {one.story_id: one for one in later.articles}
    added = [one for key, one in after.items() if key not in before]
    gone = [one for key, one in before.items() if key not in after]
    changed = [
        one
        for key, one in after.items()
        if key in before and _article(before[key]) != _article(one)
    ]
    language = later.language
    told = [
        say(f"deliver-{key}", language, headlines=_named(articles, language), count=len(articles))
        for key, articles in (("added", added), ("gone", gone), ("changed", changed))
        if articles
    ]
    joined = say("deliver-semicolon", language).join(told) or say("deliver-order", language)
    return say("deliver-difference", language, told=joined)


def _named(articles: Sequence[Article], language: str) -> str:
    quoted = [
        say("deliver-quoted", language, headline=one.headline.text) for one in articles[:NAMED]
    ]
    more = len(articles) - len(quoted)
    if more:
        quoted.append(say("deliver-and-more", language, count=more))
    return say("deliver-comma", language).join(quoted)


def _article(article: Article) -> object:
    return (
        article.kind,
        article.headline.text,
        article.url,
        _texts(article.paragraph),
        tuple(_texts(insight.sentences) for insight in article.insights),
    )


def _texts(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    return tuple(sentence.text for sentence in sentences)
