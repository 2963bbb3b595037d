"""Writing one story up anew: the writer and the checker of the road, for one story of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from ribao.config import Config
from ribao.errors import ConfigError, ContentError
from ribao.model import Article, Document, DocumentId, Edition, Story, StoryId, content_id
from ribao.verify import verify
from ribao.write import write


def tell(story: Story, edition: Edition, config: Config, *, now: datetime) -> Article:
    """Write a story from its reports and check every sentence.

    Nothing is left out for failing: an editor sees it and decides. `now` is the moment at which
    the edition closes.

    Raises:
        ContentError: nothing can be written of these reports.
    """
    written = write(
        (story,), config.write, language=edition.language, now=now, timezone=edition.timezone
    )
    if not written.kept:
        detail = written.dropped[0].detail if written.dropped else ""
        raise ContentError("this story cannot be written", story.headline, detail)
    settings = config.verify.model_copy(update={"on_failure": "report"})
    checked = verify(written.kept, {story.id: story.documents}, settings, day=edition.date)
    return checked.kept[0]


def together(into: Story, other: Story) -> Story:
    """One story with the reports of two, the first one's lead first."""
    seen: dict[DocumentId, Document] = {}
    for document in (*into.documents, *other.documents):
        seen.setdefault(document.id, document)
    return replace(
        into,
        documents=tuple(seen.values()),
        joins=(*into.joins, *other.joins),
        first_seen_at=min(into.first_seen_at, other.first_seen_at),
        last_seen_at=max(into.last_seen_at, other.last_seen_at),
    )


def apart(story: Story, out: Sequence[str]) -> tuple[Story, Story]:
    """A story without these reports, and the story that they make by themselves.

    Raises:
        ConfigError: one of them is not in the story, or nothing would be left.
    """
    known = {document.id for document in story.documents}
    strangers = sorted(set(out) - known)
    if strangers or not out:
        raise ConfigError("this story has no such report", ", ".join(strangers))
    left = tuple(one for one in story.documents if one.id not in out)
    gone = tuple(one for one in story.documents if one.id in out)
    if not left:
        raise ConfigError("a story keeps at least one report", story.headline)
    name = StoryId(content_id("split", story.id, *sorted(out)))
    cut = _of(replace(story, id=name, headline=gone[0].title, continues=None), gone)
    return _of(story, left), cut


def _of(story: Story, documents: tuple[Document, ...]) -> Story:
    ids = {one.id for one in documents}
    moments = [one.published_at for one in documents]
    return replace(
        story,
        documents=documents,
        joins=tuple(one for one in story.joins if one.document_id in ids),
        new_document_ids=tuple(one for one in story.new_document_ids if one in ids),
        first_seen_at=min(moments),
        last_seen_at=max(moments),
    )
