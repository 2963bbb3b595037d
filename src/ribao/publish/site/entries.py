"""The entries of the feeds: editions, and stories that are updated when they go on."""

from __future__ import annotations

from collections.abc import Sequence

from ribao.catalogue import say
from ribao.config import PublishSettings
from ribao.model import Edition, Sentence
from ribao.publish.feeds import Entry, Feed
from ribao.publish.html import Page, render, tag
from ribao.publish.sanitise import plain
from ribao.publish.setting import day_path, moment_of, opening, summary_lines
from ribao.publish.site.holdings import Holdings


def feeds_of(holdings: Holdings, home: str, settings: PublishSettings) -> tuple[Feed, Feed]:
    """The feed of editions and the feed of stories."""
    return (
        _feed("editions", holdings, home, _editions(holdings, home, settings)),
        _feed("stories", holdings, home, _stories(holdings, home, settings)),
    )


def _editions(holdings: Holdings, home: str, settings: PublishSettings) -> list[Entry]:
    entries = []
    for edition in reversed(holdings.editions[-settings.feed_entries :]):
        body = render("feed_entry.html.j2", Page(edition), articles=edition.articles, headed=True)
        entries.append(
            Entry(
                id=edition_urn(edition),
                url=home + day_path(edition),
                title=plain(f"{edition.category} {edition.date.isoformat()} · {edition.title}"),
                summary=plain("; ".join(summary_lines(edition))),
                html=body.decode(),
                published=opening(edition),
                updated=moment_of(edition),
                tags=tuple(map(plain, edition.tags)),
            )
        )
    return entries


def edition_urn(edition: Edition) -> str:
    """The identifier of an edition in feeds and books; corrections keep it."""
    return f"urn:ribao:edition:{edition.id}"


def _stories(holdings: Holdings, home: str, settings: PublishSettings) -> list[Entry]:
    entries = []
    for story, history in holdings.stories.items():
        latest = history[-1]
        body = render(
            "feed_entry.html.j2", Page(latest.edition), articles=(latest.article,), headed=False
        )
        entries.append(
            Entry(
                id=f"urn:ribao:story:{holdings.language}:{story}",
                url=home + holdings.story_path(story),
                title=plain(latest.article.headline.text),
                summary=_told(latest.article.paragraph),
                html=body.decode(),
                published=opening(history[0].edition),
                updated=moment_of(latest.edition),
                tags=(latest.article.section,),
            )
        )
    newest_first = sorted(entries, key=lambda one: (-one.updated.timestamp(), one.id))
    return newest_first[: settings.feed_entries]


def _told(sentences: Sequence[Sentence]) -> str:
    return plain(" ".join(sentence.text for sentence in sentences))


def _feed(name: str, holdings: Holdings, home: str, entries: Sequence[Entry]) -> Feed:
    language, category = holdings.language, plain(holdings.newest.category)
    return Feed(
        id=f"urn:ribao:feed:{language}:{name}",
        title=say(f"publish-feed-{name}", language, category=category),
        description=say("publish-feed-description", language, category=category),
        home=f"{home}{language}/",
        folder=f"{home}{language}/",
        name=name,
        language=tag(language),
        entries=tuple(entries),
    )
