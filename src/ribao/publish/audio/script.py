"""What is read aloud: the edition as chapters of lines, each in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ribao.catalogue import say
from ribao.language.tongues import tongue_of
from ribao.model import Article, Edition, Sentence
from ribao.publish.html import Page
from ribao.publish.sanitise import plain
from ribao.publish.setting import ended

SPOKEN = ("zh", "en")  # a line in another language would be noise, and is left to the page


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence in one language; the pause is the silence after it."""

    text: str
    language: str
    pause_seconds: float = 0.35


@dataclass(frozen=True, slots=True)
class Chapter:
    """A stretch of the recording that a player can go to."""

    title: str
    lines: tuple[Line, ...]


def script_of(edition: Edition) -> tuple[Chapter, ...]:
    """An opening, a chapter for each story, one for each list of lines, and a close."""
    return tuple(chapter for chapter in _chapters(edition) if chapter.lines)


def _chapters(edition: Edition) -> Iterator[Chapter]:
    page, language = Page(edition), edition.language
    category = plain(edition.category)
    hello = say("publish-hello", language, category=category, date=page.date, weekday=page.weekday)
    greeting = Line(hello, language, 0.6)
    yield Chapter(category, (greeting, *_lines(plain(edition.title), edition, 0.9)))
    for section in edition.sections:
        announced = _lines(ended(plain(section.title), language), edition, 0.6)
        if section.kind != "story":
            told = [line for article in section.articles for line in _told(article, edition)]
            yield Chapter(plain(section.title), (*announced, *told) if told else ())
            continue
        for article in section.articles:
            yield Chapter(plain(article.headline.text), (*announced, *_told(article, edition)))
            announced = ()
    yield Chapter(
        say("publish-goodbye-title", language), (Line(say("publish-goodbye", language), language),)
    )


def _told(article: Article, edition: Edition) -> tuple[Line, ...]:
    """The headline and the paragraph; a paragraph that begins with the headline is enough."""
    head = plain(article.headline.text)
    body = [plain(sentence.text) for sentence in _spoken(article.paragraph)]
    texts = body if body and body[0].startswith(head.rstrip("。.")) else [head, *body]
    lines = [line for text in texts for line in _lines(text, edition, 0.35)]
    return (*lines[:-1], Line(lines[-1].text, lines[-1].language, 0.9)) if lines else ()


def _spoken(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.text.strip()]


def _lines(text: str, edition: Edition, pause_seconds: float) -> tuple[Line, ...]:
    tongue = tongue_of(text, edition.language)
    if tongue not in SPOKEN or not text:
        return ()
    return (Line(ended(text, tongue), tongue, pause_seconds),)
