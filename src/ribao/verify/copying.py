"""Which sentences take too much from one source, by the limits of its licence.

Of an article of ours the sentences that cite the source are counted, of a stranger's letter all
sentences of a story, since nobody knows what they were made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ribao.catalogue import say
from ribao.config import VerifySettings
from ribao.language.directions import Quotation, find_quotations
from ribao.model import Article, Document, Finding, Sentence, Verdict
from ribao.verify import computed
from ribao.verify.forms.newsletter import Printed
from ribao.verify.overlap import Limits, Overlap, limits_for, over, overlap, units
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


def copied(
    told: Sequence[Printed], documents: Sequence[Document], language: str, settings: VerifySettings
) -> Iterator[tuple[Printed, Finding]]:
    """What a story of a letter takes too much of a source, on the sentence that takes the most.

    `told` are the sentences of the story; its headline, and what the paper counted, take nothing.
    """
    body = [s for s in told if s.part in {"paragraph", "bullet"} and s.kind != computed.KIND]
    text = " ".join(sentence.text for sentence in body)
    size = len(units(text))
    for document in documents:
        limits = _limits(document, language, settings)
        if limits is None or size <= min(limits.run, limits.quoted, 4 * limits.run * limits.share):
            continue  # so few words pass no limit
        found = overlap(text, document.text, language)
        because = _reason(found, document, limits, language)
        if because:
            quotes: Sequence[Quotation] = (
                find_quotations(text) if found.quoted > limits.quoted else ()
            )
            longest = max(quotes, key=lambda one: one.end - one.start, default=None)
            sentence = _at(body, longest.start if longest else found.start)
            words, verdict = sentence.text, Verdict.UNSUPPORTED
            yield sentence, Finding(words, "copied", verdict, because, 0, len(words))


def _at(body: Sequence[Printed], place: int) -> Printed:
    """The sentence that stands at a place of the joined body."""
    for sentence in body:
        place -= len(sentence.text) + 1
        if place < 0:
            return sentence
    return body[-1]


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
    found = overlap(" ".join(sentence.text for sentence in citing), document.text, language)
    return _reason(found, document, limits, language)


def _reason(found: Overlap, document: Document, limits: Limits, language: str) -> str:
    """Which limit is passed, in words; "" for none."""
    which = over(found, limits, len(units(document.text)))
    counts = {
        "run": (found.longest, limits.run),
        "share": (round(100 * found.share), round(100 * limits.share)),
        "quoted": (found.quoted, limits.quoted),
    }
    if not which:
        return ""
    count, limit = counts[which]
    return say(f"verify-copied-{which}", language, count=count, limit=limit)
