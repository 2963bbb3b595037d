"""Another cause: "blamed the yen" where the report blames rivals, 归功于提价 for 而不是提价.

The words of the cause must stand neither in what the report on the same effect gives as its cause
nor in any sentence that has the effect, too. Only within one language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ribao.language.scripts import detect_language
from ribao.model import Finding
from ribao.verify.case import Case
from ribao.verify.claims import claim_of
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.verdicts import contradicted, part_of

_CAUSE = {
    "en": re.compile(
        r"\b(?:because(?: of)?|due to|owing to|thanks to|caused by|as a result of|on account of"
        r"|blam(?:e[sd]?|ing)|attribut(?:e[sd]?|ing)|down to|credit(?:ed|s|ing)"
        r"|stem(?:s|med) from)\b(?P<cause>[^.;,]+)"
    ),
    "zh": re.compile(
        r"(?:因为|由于|源于|得益于|归因于|归咎于|归功于|受益于|(?:原因|主因|起因|理由)(?:是|在于))"
        r"(?P<cause>[^，,。；;]+)"
        r"|[，,。](?P<given>[^，,。；;]{2,30}?)(?:被认为)?是[^，,。；;]{0,14}(?:原因|主因)"
    ),
}
_INSTEAD = re.compile(r"\b(?:rather than|instead of|not (?=because|due))|而不是|而非|并非")
_CAUSE_TOLD = re.compile(r"所致|导致|致使|拖累|引起|引发")
_END = re.compile(r"[，,。；;.]")


def other_cause(case: Case) -> Iterator[Finding]:
    """The finding on a cause that the report on the same effect does not give."""
    text = case.sentence.text
    language = detect_language(text)
    pattern = _CAUSE.get(language)
    match = pattern.search(text) if pattern is not None and not case.copied else None
    if pattern is None or match is None:
        return
    start, end = match.span("cause" if match["cause"] else match.lastgroup or "cause")
    cause = _stems(_INSTEAD.split(text[start:end])[0])
    effect = _stems(text[: match.start()] + text[match.end() :])
    if not cause or not effect:
        return
    rival = None
    for place in case.evidence.ranked:
        passage = place.passage
        if passage.language != language or passage not in case.evidence.cited_passages:
            continue
        found = _given(place.text, pattern)
        here = _stems(_without_instead(place.text))
        if here & effect and (here & cause or _same_signs(cause, place.text, language)):
            return
        if found is not None and rival is None and len(here & effect) >= min(2, len(effect) // 2):
            rival = part_of(place, *found)
    if rival is not None:
        claim = claim_of(text[start:end].strip(), start, end, "sense")
        yield contradicted(claim, rival, case.language)


def _same_signs(cause: frozenset[str], told: str, language: str) -> bool:
    """Tell whether a Chinese sentence has most signs of a cause in other words: 暖冬, 冬季偏暖."""
    signs = set("".join(cause))
    return language == "zh" and sum(sign in told for sign in signs) > len(signs) / 2


def _given(text: str, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    """Where a report gives a cause; None where it gives none."""
    found = pattern.search(text) or _CAUSE_TOLD.search(text)
    return found.span() if found else None


def _without_instead(text: str) -> str:
    """A sentence without the cause that it says was none: "rather than higher prices"."""
    match = _INSTEAD.search(text)
    if match is None:
        return text
    end = _END.search(text, match.end())
    return text[: match.start()] + (text[end.start() :] if end else "")


def _stems(text: str) -> frozenset[str]:
    return frozenset(word for word in stems_of(topics_of(text)) if len(word) > 1)
