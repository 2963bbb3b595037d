"""Later versions of a report that was kept on an earlier day.

The document of a page has the same identifier every day, and what was printed of it quotes its
words. So a version with other words is a document of its own, `revision_of` the first one, which
stays as it was; it takes the place of the first one in whatever is told from now on. One outlet
said it, so one voice is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ribao.dedupe.same import letters, numbers
from ribao.model import Document, DocumentId, content_id

SHOWN = 3  # figures that are named


def versions(
    documents: Sequence[Document], kept: Mapping[DocumentId, Document]
) -> tuple[list[Document], dict[DocumentId, str]]:
    """Give every version of a page its identifier; say of each revision what has changed.

    `kept` are the documents of earlier days by identifier. Where only the setting differs, or a
    page that was read whole before was not had this time, the words of then stand.
    """
    found: list[Document] = []
    because: dict[DocumentId, str] = {}
    for document in documents:
        before = kept.get(document.id)
        if before is None:
            found.append(document)
        elif _says_the_same(document, before):
            found.append(
                replace(
                    document,
                    title=before.title,
                    text=before.text,
                    extracted_by=before.extracted_by,
                    extracted_because=before.extracted_because,
                )
            )
        else:
            revision = replace(document, id=revision_id(document))
            how = "revised" if document.extracted_by == before.extracted_by else "read more fully"
            because[revision.id] = f"{how} since it was kept: {changed(before, document)}"
            found.append(revision)
    return found, because


def name_revisions(
    documents: Sequence[Document],
    first: Mapping[DocumentId, DocumentId],
    why: Mapping[DocumentId, str],
) -> list[Document]:
    """Label the revisions of earlier days; a copy keeps the reason why it is one."""
    return [
        replace(one, revision_of=first[one.id], copy_because=one.copy_because or why[one.id])
        if one.id in first and one.revision_of is None
        else one
        for one in documents
    ]


def revision_id(document: Document) -> DocumentId:
    """The identifier of a later version of a document: the same words, the same version."""
    return DocumentId(
        content_id("revision", document.id, letters(document.title), letters(document.text))
    )


def changed(before: Document, after: Document) -> str:
    """What differs, in words: the figures first, since they are what readers act on."""
    old, new = (Counter(_figures(one)) for one in (before, after))
    gone, come = sorted((old - new).keys()), sorted((new - old).keys())
    if not gone and not come:
        return "other words, the same figures"
    said = [
        f"{word} {', '.join(figures[:SHOWN])}" + (" ..." if len(figures) > SHOWN else "")
        for word, figures in (("gone", gone), ("new", come))
        if figures
    ]
    return f"figures {'; '.join(said)}"


def _figures(document: Document) -> frozenset[str]:
    return numbers(f"{document.title}\n{document.text}")


def _says_the_same(after: Document, before: Document) -> bool:
    """Whether the words are those of before, or fewer only because less could be read."""
    if letters(after.title) == letters(before.title) and letters(after.text) == letters(
        before.text
    ):
        return True
    return after.extracted_by != before.extracted_by and len(after.text) < len(before.text)
