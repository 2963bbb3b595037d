"""Earlier stories with reports as they are now: a revised one takes the place of its first one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ribao.model import Document, DocumentId, Story


def first_version(document: Document) -> DocumentId:
    """The identifier of a page's first version.

    A later version in the same batch is a copy and names the same document as its original.
    """
    if document.revision_of is None or document.revision_of == document.copy_of:
        return document.id
    return document.revision_of


def current_versions(documents: Sequence[Document]) -> dict[DocumentId, Document]:
    """Today's version of every document, by the identifier of its first one."""
    return {first_version(one): one for one in documents}


def up_to_date(story: Story, now: Mapping[DocumentId, Document]) -> Story:
    """A story whose revised reports are those of today, each once, in the same order."""
    found: dict[DocumentId, Document] = {}
    for document in story.documents:
        current = now.get(first_version(document), document)
        found.setdefault(current.id, current)
    return replace(story, documents=tuple(found.values()))
