"""The facts card of a release, in one line: each fact in the words of the report that states it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ribao.catalogue import say
from ribao.facts import facts_card
from ribao.model import Document, Sentence

_MARKS = re.compile(r"[“”\"「」]")  # inside ours a reader loses track of theirs
_HAN = re.compile(r"[\u4e00-\u9fff]")  # readers of Chinese read "4B parameters", not conversely
MOST = 5  # facts of one line


def card(
    reports: Sequence[Document], printed: Sequence[Sentence], language: str
) -> Sentence | None:
    """The facts that the printed sentences do not name yet; None where there is none.

    Reports in the language of the edition come first, so that their words are preferred.
    """
    told = "\n".join(sentence.text for sentence in printed)
    ordered = sorted(reports, key=lambda one: one.language != language)
    facts = [
        fact
        for fact in facts_card(ordered)
        if fact.words not in told and not _MARKS.search(fact.words)
        if language == "zh" or not _HAN.search(fact.words)
    ][:MOST]
    if not facts:
        return None
    named = [
        say("write-fact", language, name=say(f"write-fact-{one.kind}", language), words=one.words)
        for one in facts
    ]
    text = say("write-facts", language, facts=say("write-comma", language).join(named))
    return Sentence(text, tuple(dict.fromkeys(one.citation for one in facts)), kind="computed")
