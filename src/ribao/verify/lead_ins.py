"""Lead-ins, words that say nothing before a sentence: "According to reports,", 据悉，.

They are no part of what was said, so a sentence is laid beside its report without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ribao.model import Finding

_WHOSE = "(?:(?:the|local|news|media|several|recent|some|press|latest) )*"
_ENGLISH = (
    rf"according to {_WHOSE}(?:reports?|media|sources?|press|news|coverage|accounts)|reportedly"
    r"|it (?:is|was|has been) reported that|(?:the|a) (?:report|article|paper|story) "
    r"(?:says|said|notes|noted|adds|added)(?: that)?|as (?:the|a) (?:report|article|paper|story) "
    r"(?:has it|says|notes|puts it)|reports say(?: that)?|sources say(?: that)?|meanwhile"
    r"|in the meantime|in addition|additionally|moreover|furthermore|besides|however|nevertheless"
    r"|at the same time|separately|elsewhere|also|overall|notably|importantly|in other news"
    r"|in (?:brief|short)|on the other hand|what is more|in fact|of note|as it happens"
)
_CHINESE = (
    "据(?:悉|了解|介绍|(?:媒体|外媒|新闻|多家媒体)?报道|(?:最新)?消息)|消息(?:称|显示)|报道称|有消息称|此外|另外|同时|与此同时"
    "|不过|然而|但是|而且|并且|另一方面|除此之外|值得(?:注意|一提|关注)的是|需要(?:注意|指出)的是|总的来说|总体来看"
    "|简而言之|简单来说|事实上|实际上"
)
_LEAD_IN = re.compile(
    rf"\s*(?:(?:{_ENGLISH})(?:,|(?<=that)|(?<=says)|(?<=say)) +"
    rf"|(?:{_CHINESE})\s?[，,：:]\s*)(?=\S)",
    re.IGNORECASE,
)


def lead_in(text: str) -> int:
    """How many signs at the head of a sentence only lead into it; 0 for none."""
    found = _LEAD_IN.match(text)
    return found.end() if found else 0


def moved(findings: Iterable[Finding], signs: int) -> tuple[Finding, ...]:
    """Findings on a sentence without its lead-in, at their places in the whole."""
    return tuple(replace(one, start=one.start + signs, end=one.end + signs) for one in findings)
