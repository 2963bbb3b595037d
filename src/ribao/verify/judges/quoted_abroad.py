"""A quotation that is translated, printed as said by another person of the report.

Its words cannot be looked for. But where the reports quote some people and never the printed one,
the words are those of one of them. Of "she said" the one who was named before is the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ribao.language.directions import find_quotations
from ribao.language.scripts import detect_language
from ribao.language.widths import holds_han
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import QUOTATION, Claim
from ribao.verify.evidence import Place
from ribao.verify.judges.misplaced import PERSON, known_names, names_it, own_names, sort_of
from ribao.verify.judges.quoting import found_in
from ribao.verify.judges.speakers import SHORTEST, speaker_at, speaker_in
from ribao.verify.verdicts import contradicted, part_of, touched

_FEWEST_WORDS = re.compile(r"\w+\W+\w+\W+\w+")  # fewer words in marks are a name or a nickname


def quoted_by_another(case: Case, spoken: Sequence[tuple[int, int]]) -> Iterator[Finding]:
    """The finding on a speaker whom no report quotes, where the reports quote others.

    `spoken` are the spans of the sentence that failed already.
    """
    text = case.sentence.text
    if not any(c.family == QUOTATION and _is_saying(c.text) for c in case.claims):
        return
    speaker = speaker_in(text, own_names(case))
    if speaker is None or touched(speaker, spoken):
        return
    if any(found_in(c.text, p) for c in _sayings(case) for p in case.evidence.passages):
        return
    told = _quoted(case)
    if not told or any(other is None for _, other in told):
        return
    for place, other in told:
        alike = other is not None and names_it(speaker, place.passage.document, place.text)
        if alike or (other is not None and sort_of(other) != PERSON and holds_han(other.text)):
            return
    place, other = told[0]
    if other is not None:
        proof = part_of(place, 0, len(place.text))
        yield contradicted(speaker, proof, case.language, "other-speaker")


def _sayings(case: Case) -> Iterator[Claim]:
    return (c for c in case.claims if c.family == QUOTATION and _is_saying(c.text))


def _is_saying(words: str) -> bool:
    """Tell whether words in marks are speech, and no name or nickname."""
    if holds_han(words):
        return len(words) > SHORTEST["zh"]
    return len(words) >= SHORTEST["en"] and _FEWEST_WORDS.search(words) is not None


def _quoted(case: Case) -> list[tuple[Place, Claim | None]]:
    """The sentences of the cited reports in the other language that quote somebody, and whom."""
    own = detect_language(case.sentence.text)
    found = []
    for passage in case.evidence.cited_passages:
        if passage.language == own or not find_quotations(passage.text):
            continue
        for number, span in enumerate(passage.sentences):
            if any(_is_saying(one.text) for one in find_quotations(span.text)):
                place = Place(passage, number, case.evidence.tier(passage), 0.0)
                found.append(speaker_at(place, known_names(case)))
    return found
