"""The bullets under a story: facts that were counted in its reports, never opinions.

Each bullet cites what it rests on: the figures as they stand in the reports, who reports the event,
and what came before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from ribao.catalogue import say
from ribao.language.sentences import split_sentences
from ribao.model import Citation, Document, Insight, Sentence, Story
from ribao.write.outlets import outlet_name
from ribao.write.passages import HEAD_SENTENCES, Passage, alike, content_words, length
from ribao.write.patterns import patterns

FIGURES = 3  # in one bullet; more is a table, not a line
LONGEST_CLAUSE = {"zh": 34, "en": 16}  # characters or words quoted around one figure
NAMED_OUTLETS = 5

_FIGURE = re.compile(
    r"""[$€£¥]\s?\d[\d,.]*(?:\s?(?:[kKmMbB]n?|million|billion|trillion))?\b
      | \d[\d,.]*\s?(?:%|％|percent\b|percentage\ points\b)
      | \d[\d,.]*\s?(?:million|billion|trillion|thousand|times|users|parameters|tokens|hours)\b
      | \d[\d,.]*\s?[万亿千百]*\s?
        (?:亿|万|倍|美元|元|港元|人民币|欧元|个百分点|参数|用户|人次|小时|公里|台|辆|家|款|兆瓦|吉瓦)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE_BORDER = re.compile(r"[，；：。！？]|[,;:] |[.!?](?=\s|$)|—|–")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True)
class Clause:
    """Words around a figure, verbatim: `text == document.text[start:end]`."""

    document: Document
    start: int
    end: int
    text: str

    def citation(self) -> Citation:
        """The clause as a passage of its document."""
        return Citation(self.document.id, self.text, self.start, self.end)


def insights(
    story: Story,
    reports: Sequence[Document],
    paragraph: Sequence[Passage],
    *,
    language: str,
    timezone: str,
) -> tuple[Insight, ...]:
    """Up to three bullets; `reports` are the documents that may be cited, the lead first."""
    found = (
        figures(reports, paragraph, language),
        coverage(story, reports, language),
        timeline(story, reports, language, timezone),
    )
    return tuple(insight for insight in found if insight is not None)


def figures(
    reports: Sequence[Document], paragraph: Sequence[Passage], language: str
) -> Insight | None:
    """The figures of the reports that the paragraph does not name already."""
    chosen: list[Clause] = []
    printed = [passage.text for passage in paragraph]
    for document in (one for one in reports if one.language == language):
        for clause in _clauses(document):
            if any(clause.text in text for text in printed) or _repeats(clause, chosen):
                continue
            chosen.append(clause)
        if len(chosen) >= FIGURES:
            break
    chosen = chosen[:FIGURES]
    if not chosen:
        return None
    comma = say("write-comma", language)
    words = comma.join(
        say("write-figure", language, words=one.text, outlet=outlet_name(one.document))
        for one in chosen
    )
    text = say("write-figures", language, figures=words)
    return Insight("figures", (_computed(text, [one.citation() for one in chosen]),))


def coverage(story: Story, reports: Sequence[Document], language: str) -> Insight | None:
    """Who reports the event, each outlet once."""
    everyone = {outlet_name(document) for document in story.documents}
    named: dict[str, Document] = {}
    for document in reports:
        if document.title:
            named.setdefault(outlet_name(document), document)
    shown = list(named.items())[:NAMED_OUTLETS]
    if not shown:
        return None
    citations = [_title(document) for _, document in shown]
    if len(everyone) == 1:
        text = say("write-coverage-one", language, outlet=shown[0][0])
        return Insight("coverage", (_computed(text, citations),))
    names = [_labelled(name, document, language) for name, document in shown]
    listed = say("write-comma", language).join(names)
    if len(everyone) > len(shown):
        listed = say("write-coverage-more", language, outlets=listed)
    text = say("write-coverage-many", language, count=len(everyone), outlets=listed)
    return Insight("coverage", (_computed(text, citations),))


def timeline(
    story: Story, reports: Sequence[Document], language: str, timezone: str
) -> Insight | None:
    """What came before: the earlier edition that carried it, or the days that it spans."""
    dated = [document for document in reports if document.title]
    if not dated:
        return None
    first = min(dated, key=lambda one: (one.published_at, one.id))
    last = max(dated, key=lambda one: (one.published_at, one.id))
    if story.continues is not None and story.new_document_ids:
        text = say(
            "write-timeline-continues",
            language,
            first_day=day(story.first_seen_at, language, timezone),
            count=len(story.new_document_ids),
        )
        return Insight("timeline", (_computed(text, [_title(first)]),))
    days = [day(one.published_at, language, timezone) for one in (first, last)]
    if days[0] == days[1]:
        return None
    text = say(
        "write-timeline-span",
        language,
        first_day=days[0],
        first_outlet=outlet_name(first),
        last_day=days[1],
        last_outlet=outlet_name(last),
    )
    return Insight("timeline", (_computed(text, [_title(first), _title(last)]),))


def day(moment: datetime, language: str, timezone: str) -> str:
    """A date as it is read in `timezone`, without the year."""
    local = moment.astimezone(ZoneInfo(timezone))
    name = _MONTHS[local.month - 1]
    return say("write-day", language, month=local.month, day=local.day, month_name=name)


def language_name(tag: str, language: str) -> str:
    """The name of a language, in the language of the edition."""
    known = tag if tag in {"zh", "en", "ja", "ko"} else "other"
    return say(f"write-language-{known}", language)


def _computed(text: str, citations: Sequence[Citation]) -> Sentence:
    return Sentence(text, tuple(dict.fromkeys(citations)), kind="computed")


def _title(document: Document) -> Citation:
    return Citation(document.id, document.title, 0, len(document.title), "title")


def _labelled(name: str, document: Document, language: str) -> str:
    if document.language in {language, ""}:
        return name
    foreign = language_name(document.language, language)
    return say("write-outlet-foreign", language, outlet=name, language=foreign)


def _clauses(document: Document) -> list[Clause]:
    """The clauses in the head of a document that hold a figure worth knowing."""
    found: list[Clause] = []
    for span in split_sentences(document.text)[:HEAD_SENTENCES]:
        if patterns().boilerplate.search(span.text) or "…" in span.text or "..." in span.text:
            continue
        if not re.search(r"[。！？!?.][”’」』）)\"']*$", span.text):
            continue
        borders = [
            0,
            *(match.end() for match in _CLAUSE_BORDER.finditer(span.text)),
            len(span.text),
        ]
        for left, right in pairwise(borders):
            piece = span.text[left:right]
            text = piece.strip(" ，；：。！？,;:.!?—–")
            if _worth_quoting(text, document.language):
                start = span.start + left + piece.index(text)
                found.append(Clause(document, start, start + len(text), text))
    return found


def _worth_quoting(text: str, language: str) -> bool:
    size = length(text, language)
    unit = "zh" if language == "zh" else "en"
    if not (6 if unit == "zh" else 4) <= size <= LONGEST_CLAUSE[unit] or not _FIGURE.search(text):
        return False
    even = all(
        text.count(left) == text.count(right) for left, right in ("“”", "（）", "()", "《》")
    )
    return even and text.count('"') % 2 == 0


def _repeats(clause: Clause, chosen: Sequence[Clause]) -> bool:
    own = content_words(clause.text)
    numbers = set(re.findall(r"\d[\d,.]*", clause.text))
    for other in chosen:
        if numbers & set(re.findall(r"\d[\d,.]*", other.text)):
            return True
        if alike(own, content_words(other.text)) > 0.6:
            return True
    return False
