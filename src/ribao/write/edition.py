"""Articles -> an edition: sections in the beat's order, title and summary from headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ribao.catalogue import say
from ribao.language.names import find_names
from ribao.language.tongues import tongue_of
from ribao.model import Article, Edition, EditionId, Held, Section, Sentence, content_id
from ribao.write.passages import length

DUE = "due"  # id of the section of what falls due; only reminders stand in it
KINDS = ("story", "release", "brief")  # the order of worth, for summary and title
TITLE_LENGTH = {"zh": 36, "en": 14}  # characters or words of the edition's title
CLAUSE_LENGTH = {"zh": (8, 22), "en": (5, 11)}  # of one headline's share in it
_BORDERS = {
    "zh": re.compile(r"[，；。！？｜|]|——|(?<=[\u4e00-\u9fff”]) (?=[\u4e00-\u9fff“])"),
    "en": re.compile(r"[,;] | [–—-] |[.!?] "),
}
# A clause that begins so, and has none after it, waits for the main one.
_SUBORDINATE = re.compile(
    r"^(?:应对|面对|为了?|随着|据|受|因|由于|在|当|继|作为|对于|关于|自|靠|凭|从)[^，]*$"
    r"|^(?:as|after|with|amid|despite|while|when|if|in|following)\b[^,]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FrameSection:
    """One section as the beat names it; `kind` is story, release or brief."""

    id: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What an edition is before it has articles: its day, its language and the beat's texts."""

    date: date
    timezone: str
    language: str
    category: str
    tags: tuple[str, ...]
    seo: tuple[str, ...]
    sections: tuple[FrameSection, ...]
    title: str = ""  # "" composes one from the first headlines
    cover_image: str = ""
    notes: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    config_digest: str = ""
    input_digest: str = ""
    summary_lines: int = 7
    revision: int = 1
    correction: str = ""


def compose(articles: Sequence[Article], frame: Frame) -> Edition:
    """Set every article into exactly one section; empty sections are left out."""
    ordered = sorted(articles, key=lambda one: (-one.score.total, one.story_id))
    sections = _sections(ordered, frame)
    printed = [article for section in sections for article in section.articles]
    ranked = sorted(
        (one for one in printed if one.section != DUE),  # a reminder is no news of the day
        key=lambda one: (KINDS.index(one.kind), -one.score.total, one.story_id),
    )
    return Edition(
        id=EditionId(
            content_id(
                "edition", frame.date.isoformat(), frame.timezone, frame.language, frame.category
            )
        ),
        date=frame.date,
        timezone=frame.timezone,
        language=frame.language,
        title=frame.title or edition_title(ranked, frame),
        category=frame.category,
        tags=frame.tags,
        seo=frame.seo,
        cover_image=frame.cover_image,
        summary=tuple(_line(article) for article in ranked[: frame.summary_lines]),
        sections=sections,
        held=frame.held,
        notes=frame.notes,
        config_digest=frame.config_digest,
        input_digest=frame.input_digest,
        revision=frame.revision,
        correction=frame.correction,
    )


def _sections(articles: Sequence[Article], frame: Frame) -> tuple[Section, ...]:
    shelves: dict[str, list[Article]] = {section.id: [] for section in frame.sections}
    kinds = {section.id: section.kind for section in frame.sections}
    strays: dict[str, list[Article]] = {}
    for article in articles:
        if kinds.get(article.section) == article.kind:
            shelves[article.section].append(article)
            continue
        same = [one.id for one in frame.sections if one.kind == article.kind and one.id != DUE]
        shelf = shelves[same[-1]] if same else strays.setdefault(article.kind, [])
        shelf.append(replace(article, section=same[-1]) if same else article)
    found = [
        Section(section.id, section.title, section.kind, tuple(shelves[section.id]))
        for section in frame.sections
    ]
    found += [Section(kind, kind, kind, tuple(strays[kind])) for kind in KINDS if kind in strays]
    return tuple(section for section in found if section.articles)


def _line(article: Article) -> Sentence:
    return article.headline


def edition_title(ranked: Sequence[Article], frame: Frame) -> str:
    """One or two of the first headlines, shortened at their own borders, never inside a word."""
    unit = "zh" if frame.language == "zh" else "en"
    own = [one for one in ranked if _speaks(one, frame.language)] or list(ranked)
    parts: list[str] = []
    for article in own[:4]:
        short = shortened(article.headline.text, unit)
        trial = say("write-title-join", frame.language).join([*parts, short])
        if length(trial, unit) <= TITLE_LENGTH[unit] or not parts:
            parts.append(short)
        if len(parts) == 2:
            break
    if parts:
        inner = any("，" in part for part in parts)
        return say("write-title-join-long" if inner else "write-title-join", frame.language).join(
            parts
        )
    day = frame.date.isoformat()
    return say("write-untitled", frame.language, category=frame.category, date=day)


def shortened(text: str, unit: str) -> str:
    """The first clause of a headline that says enough; the whole headline where no border fits.

    A clause that names none of those whom the headline names leaves the reader asking who.
    """
    named = {name.id for name in find_names(text)}
    least, most = CLAUSE_LENGTH[unit]
    fitting = [
        text[: match.start()].rstrip()
        for match in _BORDERS[unit].finditer(text)
        if least <= length(text[: match.start()], unit) <= most
    ]
    whole = [
        one
        for one in fitting
        if _closed(one) and not _SUBORDINATE.search(one) and _names_one_of(one, named, text)
    ]
    return whole[0] if whole else text


def _names_one_of(text: str, named: set[str], whole: str) -> bool:
    if "「" in whole and "「" not in text:  # so Chinese headlines mark whom they are about
        return False
    return not named or bool(named & {name.id for name in find_names(text)})


def _closed(text: str) -> bool:
    return all(
        text.count(left) == text.count(right) for left, right in ("“”", "《》", "（）", "()")
    )


def _speaks(article: Article, language: str) -> bool:
    return tongue_of(article.headline.text, article.language) == language
