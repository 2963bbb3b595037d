"""An edition on the desk: what will be printed, what lies aside, what the editor vouched for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ribao.errors import ConfigError
from ribao.model import (
    Article,
    DocumentId,
    Edition,
    Finding,
    Held,
    Insight,
    Section,
    Sentence,
    StoryId,
)
from ribao.outcome import Reason
from ribao.write.edition import KINDS, Frame, edition_title

HEADLINE, PARAGRAPH, INSIGHT = "headline", "paragraph", "insight"
TITLE = "title"  # the place of the edition's own title, whose story is the edition


@dataclass(frozen=True, slots=True)
class Bundle:
    """A story whose reports an editor chose: after a merge or a split."""

    story_id: StoryId
    headline: str
    document_ids: tuple[DocumentId, ...]  # lead first


@dataclass(frozen=True, slots=True)
class Override:
    """A sentence that the check fails and an editor prints all the same, with the reason.

    It holds for these very words: a sentence that is changed again is checked again.
    """

    story_id: StoryId
    text: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Aside:
    """An article that an editor held, and why; it can be brought back as it was."""

    article: Article
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands on the desk. Sections may be empty here; they are not printed then."""

    edition: Edition
    pinned: tuple[StoryId, ...] = ()
    aside: tuple[Aside, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    overrides: tuple[Override, ...] = ()
    titled: bool = False  # the editor wrote the title; otherwise it follows the first stories
    title_findings: tuple[Finding, ...] = ()  # of a title that the editor wrote

    def article(self, story_id: str) -> Article:
        """The article of a story in the edition.

        Raises:
            ConfigError: there is none.
        """
        for article in self.edition.articles:
            if article.story_id == story_id:
                return article
        raise ConfigError("this edition has no such story", story_id)

    def section(self, section_id: str) -> Section:
        """A section by its identifier.

        Raises:
            ConfigError: there is none.
        """
        for section in self.edition.sections:
            if section.id == section_id:
                return section
        raise ConfigError("this edition has no such section", section_id)

    def section_of(self, story_id: str) -> Section:
        """The section in which a story stands.

        Raises:
            ConfigError: it stands in none.
        """
        for section in self.edition.sections:
            if any(article.story_id == story_id for article in section.articles):
                return section
        raise ConfigError("this edition has no such story", story_id)

    def overridden(self, story_id: str, text: str) -> Override | None:
        """The override of these very words, if an editor gave one."""
        return next(
            (one for one in self.overrides if (one.story_id, one.text) == (story_id, text)), None
        )


def open_draft(edition: Edition, sections: Sequence[Section], *, titled: bool = False) -> Draft:
    """Lay an edition on the desk, with all sections of the beat in their order, also empty ones.

    `titled`: the settings name the title, which then never follows the stories.
    """
    by_id = {section.id: section for section in edition.sections}
    known = [by_id.pop(one.id, replace(one, articles=())) for one in sections]
    return Draft(replace(edition, sections=(*known, *by_id.values())), titled=titled)


def printable(draft: Draft) -> Edition:
    """The edition as it would be printed: no empty sections, and what was held on record."""
    edition = draft.edition
    held = tuple(
        Held(one.article.story_id, one.article.headline.text, Reason.EDITOR, one.reason)
        for one in draft.aside
    )
    sections = tuple(section for section in edition.sections if section.articles)
    return replace(edition, sections=sections, held=(*edition.held, *held))


def settled(draft: Draft, before: Draft) -> Draft:
    """Let the summary and the title follow a change of the stories.

    The first story of the page leads the summary; lines whose story is still there stay in their
    order, and what is missing comes from the page as it is printed. The title is made of the same
    stories, unless an editor or the settings wrote it.
    """
    edition = draft.edition
    front = [one for kind in KINDS for one in edition.articles if one.kind == kind]
    if not front:
        return replace(draft, edition=replace(edition, summary=()))
    named = {one.headline.text: one.story_id for one in before.edition.articles}
    wanted = [front[0].story_id, *(named.get(line.text, "") for line in before.edition.summary)]
    by_story = {str(one.story_id): one for one in front}
    ids = dict.fromkeys([*filter(by_story.__contains__, wanted), *by_story])
    lines = max(len(before.edition.summary), 1)
    lead = [by_story[one] for one in ids][:lines]
    title = edition.title if draft.titled else edition_title(lead, _frame(edition))
    summary = tuple(one.headline for one in lead)
    return replace(draft, edition=replace(edition, title=title, summary=summary))


def _frame(edition: Edition) -> Frame:
    return Frame(
        edition.date, edition.timezone, edition.language, edition.category, edition.tags,
        edition.seo, (),
    )  # fmt: skip


def sentences(article: Article) -> Iterator[tuple[str, Sentence]]:
    """Every sentence of an article with its place: headline, paragraph.0, insight.1.0, ..."""
    yield HEADLINE, article.headline
    for number, sentence in enumerate(article.paragraph):
        yield f"{PARAGRAPH}.{number}", sentence
    for bullet, insight in enumerate(article.insights):
        for number, sentence in enumerate(insight.sentences):
            yield f"{INSIGHT}.{bullet}.{number}", sentence


def sentence_at(article: Article, place: str) -> Sentence:
    """The sentence at a place.

    Raises:
        ConfigError: there is none.
    """
    for where, sentence in sentences(article):
        if where == place:
            return sentence
    raise ConfigError("this story has no such sentence", place)


def with_sentence(article: Article, place: str, sentence: Sentence | None) -> Article:
    """The article with another sentence at a place; None takes the sentence out.

    Raises:
        ConfigError: there is no such place, or an article would be without a headline.
    """
    sentence_at(article, place)
    if place == HEADLINE:
        if sentence is None:
            raise ConfigError("a story cannot be without a headline", article.story_id)
        return replace(article, headline=sentence)
    new = () if sentence is None else (sentence,)
    kind, *numbers = place.split(".")
    at = int(numbers[-1])
    if kind == PARAGRAPH:
        return replace(article, paragraph=_with(article.paragraph, at, new))
    number = int(numbers[0])
    insight = article.insights[number]
    changed = Insight(insight.kind, _with(insight.sentences, at, new))
    bullets = article.insights[:number], article.insights[number + 1 :]
    kept = (changed,) if changed.sentences else ()
    return replace(article, insights=(*bullets[0], *kept, *bullets[1]))


def _with(line: tuple[Sentence, ...], at: int, new: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    return (*line[:at], *new, *line[at + 1 :])
