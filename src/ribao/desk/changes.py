"""Every change of a draft: a pure function from a draft to the next one.

A change names its neighbours, never a number of a place, so that two editors who move different
stories at once both get what they asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ribao.desk.draft import (
    TITLE,
    Aside,
    Bundle,
    Draft,
    Override,
    sentence_at,
    settled,
    with_sentence,
)
from ribao.errors import ConfigError
from ribao.model import Article, DocumentId, Edition, Finding, Section, Sentence, Story, StoryId

MAX_TITLE = 200  # characters of a title or of the name of a section


def place(draft: Draft, story_id: str, section_id: str, before: str = "") -> Draft:
    """Put a story into a section, before another story or ("") at its end.

    Pinned stories stay in front of the others. In a section of another kind (stories, releases,
    briefs) the story becomes one of that kind.

    Raises:
        ConfigError: there is no such story, section or neighbour.
    """
    article = draft.article(story_id)
    section = draft.section(section_id)
    moved = replace(article, section=section.id, kind=section.kind)
    others = [one for one in section.articles if one.story_id != story_id]
    at = len(others)
    if before and before != story_id:
        ids = [one.story_id for one in others]
        if before not in ids:
            raise ConfigError("this section has no such story", before)
        at = ids.index(StoryId(before))
    elif before == story_id:
        return draft
    others.insert(at, moved)
    return settled(_fill(_without(draft, story_id), section_id, others), draft)


def step(draft: Draft, story_id: str, by: int) -> Draft:
    """Move a story up (-1) or down (+1) in its section, on to the next section at the border.

    Raises:
        ConfigError: there is no such story.
    """
    section = draft.section_of(story_id)
    ids = [one.story_id for one in section.articles]
    at = ids.index(StoryId(story_id)) + by
    if 0 <= at < len(ids):
        rest = [one for one in ids if one != story_id]
        return place(draft, story_id, section.id, rest[at] if at < len(rest) else "")
    sections = draft.edition.sections
    number = sections.index(section) + by
    if not 0 <= number < len(sections):
        return draft
    target = sections[number]
    first = target.articles[0].story_id if by > 0 and target.articles else ""
    return place(draft, story_id, target.id, first)


def pin(draft: Draft, story_id: str, *, on: bool) -> Draft:
    """Keep a story at the head of its section, or let go of it.

    Raises:
        ConfigError: there is no such story.
    """
    section = draft.section_of(story_id)
    pinned = tuple(one for one in draft.pinned if one != story_id)
    if on:
        pinned = (*pinned, StoryId(story_id))
    changed = replace(draft, pinned=pinned)
    return settled(_fill(changed, section.id, section.articles), draft)


def hold(draft: Draft, story_id: str, reason: str) -> Draft:
    """Take a story out of the edition; it lies aside and can be brought back.

    Raises:
        ConfigError: there is no such story, or no reason was given.
    """
    article = draft.article(story_id)
    if not reason.strip():
        raise ConfigError("a story is held for a reason", story_id, hint="say why in a few words")
    aside = (*draft.aside, Aside(article, reason.strip()))
    return settled(replace(_without(draft, story_id), aside=aside), draft)


def bring_back(draft: Draft, story_id: str) -> Draft:
    """Put a story that was held at the end of the section it stood in.

    Raises:
        ConfigError: it was not held.
    """
    found = [one for one in draft.aside if one.article.story_id == story_id]
    if not found:
        raise ConfigError("this story was not held", story_id)
    rest = tuple(one for one in draft.aside if one.article.story_id != story_id)
    return take(replace(draft, aside=rest), found[0].article)


def take(draft: Draft, article: Article, section_id: str = "") -> Draft:
    """Put a newly written story at the end of a section, its own by default.

    Raises:
        ConfigError: the story stands in the edition already, or there is no such section.
    """
    if any(one.story_id == article.story_id for one in draft.edition.articles):
        raise ConfigError("this story is in the edition already", article.story_id)
    section = draft.section(section_id or article.section)
    moved = replace(article, section=section.id, kind=section.kind)
    return settled(_fill(draft, section.id, (*section.articles, moved)), draft)


def rename(draft: Draft, section_id: str, title: str) -> Draft:
    """Give a section another title, in this edition.

    Raises:
        ConfigError: there is no such section, or the title is empty or too long.
    """
    section = draft.section(section_id)
    return _with_section(draft, replace(section, title=_title(title, section_id)))


def entitle(draft: Draft, title: str, findings: tuple[Finding, ...] = ()) -> Draft:
    """Give the edition a title, with the verdicts on it; "" lets it follow the first stories again.

    Raises:
        ConfigError: the title is too long.
    """
    if not title.strip():
        return settled(replace(draft, titled=False, title_findings=()), draft)
    edition = replace(draft.edition, title=_title(title, draft.edition.id))
    return replace(draft, edition=edition, titled=True, title_findings=findings)


def merge(draft: Draft, into: str, other: str, story: Story, article: Article) -> Draft:
    """Make one story of two. `story` holds the reports of both, `article` tells it.

    What an editor wrote in the first story stays; the article of the other one goes. An edition
    that has only one of the two keeps it.

    Raises:
        ConfigError: the first is not in the edition.
    """
    kept = draft.article(into)
    told = replace(
        article, story_id=kept.story_id, section=kept.section, kind=kept.kind, score=kept.score
    )
    if "editor" in kept.written_by:
        told = replace(
            told, headline=kept.headline, paragraph=kept.paragraph, written_by=kept.written_by
        )
    rest = _without(draft, other)
    rest = replace(
        rest,
        bundles=_bundled(draft.bundles, into, story, gone=other),
        aside=tuple(one for one in rest.aside if one.article.story_id != other),
    )
    return settled(_with_article(rest, told), draft)


def rewrite(draft: Draft, story: Story, article: Article) -> Draft:
    """Put a story in its place again, told from these reports: after a split, or when asked for.

    Raises:
        ConfigError: the story is not in the edition.
    """
    kept = draft.article(story.id)
    told = replace(article, section=kept.section, kind=kept.kind, score=kept.score)
    bundled = replace(draft, bundles=_bundled(draft.bundles, story.id, story))
    return settled(_with_article(bundled, told), draft)


def reword(draft: Draft, story_id: str, place_: str, sentence: Sentence | None) -> Draft:
    """Put another sentence, checked already, at a place of a story; None takes it out.

    Raises:
        ConfigError: there is no such story or place.
    """
    article = draft.article(story_id)
    changed = replace(with_sentence(article, place_, sentence), written_by=_by_editor(article))
    return settled(_with_article(draft, changed), draft)


def add_sentence(draft: Draft, story_id: str, sentence: Sentence) -> Draft:
    """Put a sentence, checked already, at the end of a story's paragraph.

    Raises:
        ConfigError: there is no such story.
    """
    article = draft.article(story_id)
    paragraph = (*article.paragraph, sentence)
    return _with_article(
        draft, replace(article, paragraph=paragraph, written_by=_by_editor(article))
    )


def override(draft: Draft, story_id: str, place_: str, reason: str, by: str) -> Draft:
    """Vouch for a sentence that the check fails, or for the title (its story is the edition).

    Raises:
        ConfigError: there is no such sentence, or no reason was given.
    """
    if place_ == TITLE and story_id == draft.edition.id:
        text = draft.edition.title
    else:
        text = sentence_at(draft.article(story_id), place_).text
    if not reason.strip():
        raise ConfigError("an override takes a reason", story_id, hint="say how you know")
    kept = tuple(one for one in draft.overrides if (one.story_id, one.text) != (story_id, text))
    vouched = Override(StoryId(story_id), text, reason.strip(), by)
    return replace(draft, overrides=(*kept, vouched))


def correct(edition: Edition, revision: int, note: str) -> Edition:
    """The edition as a further revision, with the note that readers see.

    Raises:
        ConfigError: a correction without a note.
    """
    if revision > 1 and not note.strip():
        raise ConfigError(
            "a correction takes a note", edition.date.isoformat(), hint="say what was wrong"
        )
    return replace(edition, revision=revision, correction=note.strip())


# --- the pieces ---------------------------------------------------------------------------------


def _by_editor(article: Article) -> str:
    written = article.written_by
    return written if "editor" in written else f"{written}, editor"


def _title(title: str, subject: str) -> str:
    found = " ".join(title.split())
    if not found or len(found) > MAX_TITLE:
        raise ConfigError("a title has 1 to 200 characters", subject)
    return found


def _fill(draft: Draft, section_id: str, articles: Sequence[Article]) -> Draft:
    ordered = sorted(articles, key=lambda one: one.story_id not in draft.pinned)
    return _with_section(draft, replace(draft.section(section_id), articles=tuple(ordered)))


def _with_section(draft: Draft, section: Section) -> Draft:
    sections = tuple(section if one.id == section.id else one for one in draft.edition.sections)
    return replace(draft, edition=replace(draft.edition, sections=sections))


def _with_article(draft: Draft, article: Article) -> Draft:
    section = draft.section_of(article.story_id)
    articles = tuple(
        article if one.story_id == article.story_id else one for one in section.articles
    )
    return _with_section(draft, replace(section, articles=articles))


def _without(draft: Draft, story_id: str) -> Draft:
    sections = tuple(
        replace(one, articles=tuple(a for a in one.articles if a.story_id != story_id))
        for one in draft.edition.sections
    )
    return replace(draft, edition=replace(draft.edition, sections=sections))


def _bundled(
    bundles: Sequence[Bundle], story_id: str, story: Story, gone: str = ""
) -> tuple[Bundle, ...]:
    rest = [one for one in bundles if one.story_id not in {story_id, gone}]
    ids = tuple(DocumentId(one.id) for one in story.documents)
    rest.append(Bundle(StoryId(story_id), story.headline, ids))
    if gone:
        rest.append(Bundle(StoryId(gone), "", ()))  # so that nobody looks for its reports
    return tuple(sorted(rest, key=lambda one: one.story_id))
