"""The built-in kinds of source, through the same hook as anybody's."""

from __future__ import annotations

from ribao.collect.arxiv import ArxivKind
from ribao.collect.feed import FeedKind
from ribao.collect.hacker_news import HackerNewsKind
from ribao.collect.hugging_face import DailyPapersKind
from ribao.plugins.hooks import hookimpl
from ribao.plugins.kinds import SourceKind


@hookimpl
def source_kinds() -> list[SourceKind]:
    """Kinds of source that come with ribao."""
    return [FeedKind(), HackerNewsKind(), DailyPapersKind(), ArxivKind()]
