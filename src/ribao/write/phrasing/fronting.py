"""The front of an edition: its title, the titles of its sections, and the day in short.

One call for the whole edition, over what was proved and set already. Each line is proved against
the reports of the stories that it names; what does not stand stays as it was composed without a
model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ribao.errors import BudgetError, ModelError
from ribao.gateways.models.task import Task
from ribao.model import Article, Citation, Document, Edition, Section, Sentence, StoryId
from ribao.write.passages import alike, content_words, length
from ribao.write.phrasing.contract import Front, Line, parse, schema_of
from ribao.write.phrasing.faults import fault, normal
from ribao.write.phrasing.orders import visible
from ribao.write.phrasing.proving import Phraser, objection
from ribao.write.phrasing.showing import Shown, prompts

LEAST, MOST = 5, 7  # lines of the day in short
LONGEST = {"zh": (36, 22, 46), "en": (16, 9, 24)}  # of title, title of a section, line
SAME = 0.6  # share of the smaller set of words: the same news


@dataclass(frozen=True, slots=True)
class Fronted:
    """The edition with its front, and why it is as composed where no model wrote it."""

    edition: Edition
    because: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the front is made of: the articles by their numbers, and their reports."""

    articles: tuple[Article, ...]
    evidence: Mapping[StoryId, Sequence[Document]]
    phraser: Phraser

    def documents(self, numbers: Sequence[int]) -> list[Document]:
        """The reports of the stories with these numbers, each once."""
        found = {
            one.id: one
            for number in numbers
            for one in self.evidence.get(self.articles[number - 1].story_id, ())
        }
        return list(found.values())

    def shown(self) -> list[Shown]:
        """What a model sees: of each article its headline and first sentence."""
        lines = []
        for number, article in enumerate(self.articles, 1):
            text = " | ".join(one.text for one in (article.headline, *article.paragraph[:1]))
            document = self.documents([number])[0]
            citation = next(iter(article.headline.citations), Citation(document.id, ""))
            lines.append(Shown(number, document, citation, visible(text), content_words(text)))
        return lines


def front(
    edition: Edition,
    evidence: Mapping[StoryId, Sequence[Document]],
    phraser: Phraser,
    *,
    title: bool = True,
) -> Fronted:
    """Write the front of an edition; `title` is False where the owner chose one."""
    articles = tuple(one for one in edition.articles if evidence.get(one.story_id))
    if not articles:
        return Fronted(edition)
    desk = Desk(articles, evidence, phraser)
    shown = desk.shown()
    try:
        answer = phraser.models.ask(
            phraser.heads,
            _task(edition, desk, shown),
            lambda text: parse(Front, text, len(shown)),
        )
    except BudgetError as error:
        return Fronted(edition, error.detail)
    except ModelError as error:
        return Fronted(edition, error.detail or str(error))
    found = answer.value
    heading = _proved(found.title, 0, desk, shown) if title else None
    return Fronted(
        replace(
            edition,
            title=heading.text if heading else edition.title,
            sections=_sections(edition, found, desk, shown),
            summary=_summary(edition, found, desk, shown),
        )
    )


def _task(edition: Edition, desk: Desk, shown: Sequence[Shown]) -> Task:
    sections = {one.story_id: part for part in edition.sections for one in part.articles}
    words = prompts()[desk.phraser.language]
    lines = ["<<< STORIES >>>"]
    for article, one in zip(desk.articles, shown, strict=True):
        lines.append(f"[{one.number}] ({sections[article.story_id].id}) {one.text}")
    lines.append("<<< END OF STORIES >>>")
    lines += [f"{section.id}: {visible(section.title)}" for section in edition.sections]
    least = min(LEAST, len(shown))
    most = min(MOST, len(shown), max(len(edition.summary), least))
    lines.append(words["front"].format(least=least, most=most))
    system = words["front_system"].strip()
    most_tokens = desk.phraser.models.settings.max_output_tokens
    return Task("edition", edition.id, system, "\n".join(lines), schema_of(Front), most_tokens)


def _proved(line: Line, place: int, desk: Desk, shown: Sequence[Shown]) -> Sentence | None:
    """A line that stands the check, with its citations and findings; None where it does not."""
    language = desk.phraser.language
    text = normal(line.text).rstrip("。.")
    numbers = list(dict.fromkeys(line.stories))
    cited = [shown[number - 1] for number in numbers]
    if length(text, language) > LONGEST[language][place]:
        return None
    kind = "title" if place == 1 else "headline"
    if fault(text, kind, cited, cited, language):
        return None
    citations = tuple(dict.fromkeys(one.citation for one in cited if one.citation.quote))
    sentence = Sentence(text, citations)
    findings = desk.phraser.prove([sentence], desk.documents(numbers))[0]
    return None if objection(findings) else replace(sentence, findings=tuple(findings))


def _sections(
    edition: Edition, found: Front, desk: Desk, shown: Sequence[Shown]
) -> tuple[Section, ...]:
    """The sections with the titles that stand; a title speaks of stories of its own section."""
    titles: dict[str, str] = {}
    for title in found.sections:
        own = {
            one.story_id
            for section in edition.sections
            if section.id == title.id
            for one in section.articles
        }
        inside = all(desk.articles[number - 1].story_id in own for number in title.stories)
        sentence = _proved(title, 1, desk, shown) if inside else None
        if sentence is not None:
            titles.setdefault(title.id, sentence.text)
    return tuple(replace(one, title=titles.get(one.id, one.title)) for one in edition.sections)


def _summary(
    edition: Edition, found: Front, desk: Desk, shown: Sequence[Shown]
) -> tuple[Sentence, ...]:
    """The lines that stand, then composed ones on other stories until there are as many."""
    lines: list[Sentence] = []
    told: list[frozenset[str]] = []
    proved = (_proved(line, 2, desk, shown) for line in found.summary)
    for sentence in (*(one for one in proved if one is not None), *edition.summary):
        words = content_words(sentence.text)
        if len(lines) == len(edition.summary) or any(alike(words, one) > SAME for one in told):
            continue
        lines.append(sentence)
        told.append(words)
    return tuple(lines)
