"""The built-in kinds of source, through the same hook as anybody's."""

from __future__ import annotations

from ribao.collect.arxiv import ArxivKind
from ribao.collect.feed import FeedKind
from ribao.collect.github import GithubReleasesKind, GithubTrendingKind
from ribao.collect.hacker_news import HackerNewsKind
from ribao.collect.hub import HubKind
from ribao.collect.hugging_face import DailyPapersKind
from ribao.collect.lines import JsonLinesKind
from ribao.collect.listing import HtmlKind
from ribao.collect.newsletters import MailboxKind
from ribao.collect.recorded import WarcKind
from ribao.collect.reddit import RedditKind
from ribao.collect.sitemap import SitemapKind
from ribao.collect.youtube import YoutubeKind
from ribao.plugins.hooks import hookimpl
from ribao.plugins.kinds import SourceKind


@hookimpl
def source_kinds() -> list[SourceKind]:
    """Kinds of source that come with ribao."""
    recorded: list[SourceKind] = [FeedKind(), HackerNewsKind(), DailyPapersKind(), ArxivKind()]
    return [
        *recorded,
        HtmlKind(),
        SitemapKind(),
        GithubReleasesKind(),
        GithubTrendingKind(),
        HubKind("models"),
        HubKind("spaces"),
        RedditKind(),
        YoutubeKind(),
        JsonLinesKind(),
        MailboxKind(),
        WarcKind(recorded),
    ]
