"""Which sentences of an article take too much from one source, by the limits of its licence."""

from __future__ import annotations

from collections.abc import Sequence

from ribao.catalogue import say
from ribao.config import VerifySettings
from ribao.model import Article, Document, Sentence
from ribao.verify.overlap import Limits, limits_for, over, overlap, units
from ribao.verify.passages import Passage


def over_the_limit(
    article: Article, passages: Sequence[Passage], settings: VerifySettings
) -> list[tuple[Sentence, str]]:
    """The sentences of the paragraph to hold, from the end, and the reason of each.

    What an article takes from a source is measured over all sentences that cite it. Where that is
    over a limit, the last of these sentences goes, until what is left is within the limits.
    """
    held: list[tuple[Sentence, str]] = []
    texts = {p.document.id: p.document for p in passages if p.field == "text"}
    for document in texts.values():
        limits = _limits(document, article.language, settings)
        citing = [
            s for s in article.paragraph if document.id in {c.document_id for c in s.citations}
        ]
        while limits is not None and citing:
            because = _too_much(citing, document, limits, article.language)
            if not because:
                break
            held.append((citing.pop(), because))
    return held


def _limits(document: Document, language: str, settings: VerifySettings) -> Limits | None:
    if any(one.casefold() in document.url.casefold() for one in settings.free_sources):
        return None
    if language == "zh":
        run, quoted = settings.copied_characters, settings.quoted_characters
    else:
        run, quoted = settings.copied_words, settings.quoted_words
    ordinary = Limits(run, settings.copied_share, quoted)
    return limits_for(document.licence, ordinary, settings.licences)


def _too_much(citing: Sequence[Sentence], document: Document, limits: Limits, language: str) -> str:
    found = overlap("\n".join(sentence.text for sentence in citing), document.text, language)
    size = len(units(document.text))
    which = over(found, limits, size)
    counts = {
        "run": (found.longest, limits.run),
        "share": (round(100 * found.share), round(100 * limits.share)),
        "quoted": (found.quoted, limits.quoted),
    }
    if not which:
        return ""
    count, limit = counts[which]
    return say(f"verify-copied-{which}", language, count=count, limit=limit)
