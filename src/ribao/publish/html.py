"""`edition.html`: one self-contained page, typography first, nothing fetched and nothing run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ribao.catalogue import say
from ribao.model import Article, Edition, Reference, Sentence, Verdict
from ribao.plugins.kinds import RenderedFile
from ribao.publish.phrases import phrases
from ribao.publish.sanitise import plain, safe_url
from ribao.publish.setting import (
    day,
    folder,
    foreign,
    language_name,
    original_label,
    runs,
    summary_lines,
)

TAGS = {"zh": "zh-Hans", "en": "en"}  # BCP 47 tags for the lang attribute


@dataclass(frozen=True, slots=True)
class Text:
    """Sentences ready to set: runs of text with their marks, and how they are spoken."""

    runs: tuple[tuple[str, tuple[int, ...]], ...]
    lang: str  # "" where it is the edition's own
    label: str


class Html:
    """The edition as one page."""

    name = "html"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """One file with its style inside; the policy in its head admits that style alone."""
        page = Page(edition)
        template = _environment().get_template("edition.html.j2")
        text = template.render(page=page, edition=edition)
        return (RenderedFile(f"{folder(edition)}/edition.html", text.encode("utf-8", "replace")),)


class Page:
    """What the template asks for. Every foreign string leaves here through the sanitiser."""

    def __init__(self, edition: Edition) -> None:
        """Hold the edition and the style that the page carries."""
        self.edition = edition
        self.style = Markup(style_sheet())  # noqa: S704 - our own file, no foreign text in it

    @property
    def policy(self) -> str:
        """The content security policy: the one style sheet by its digest, nothing else."""
        digest = hashlib.sha256(style_sheet().encode()).digest()
        source = f"'sha256-{base64.b64encode(digest).decode()}'"
        return f"default-src 'none'; style-src {source}; base-uri 'none'; form-action 'none'"

    @property
    def lang(self) -> str:
        """The lang attribute of the page."""
        return tag(self.edition.language)

    @property
    def date(self) -> str:
        """The day in words."""
        moment = self.edition.date
        months = self.say("months").split()
        return self.say(
            "long-date",
            year=moment.year,
            month=moment.month,
            day=moment.day,
            month_name=months[moment.month - 1],
        )

    @property
    def weekday(self) -> str:
        """The day of the week."""
        return self.say("weekdays").split()[self.edition.date.weekday()]

    @property
    def count(self) -> str:
        """How much the edition holds."""
        reports = {
            one.document_id for article in self.edition.articles for one in article.references
        }
        return self.say("masthead-count", stories=len(self.edition.articles), reports=len(reports))

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The lines of the summary, each with the anchor of its article ("" where it has none)."""
        anchors = {article.headline: anchor(article) for article in self.edition.articles}
        lines = summary_lines(self.edition)
        return [
            (plain(line), anchors.get(sentence, ""))
            for line, sentence in zip(lines, self.edition.summary, strict=True)
        ]

    def say(self, key: str, **values: object) -> str:
        """A word of the page in the language of the edition."""
        return say(f"publish-{key}", self.edition.language, **values)

    def text(self, article: Article, sentences: Sequence[Sentence]) -> Text:
        """Sentences of an article, ready to set."""
        tongue = foreign(article, sentences, self.edition.language)
        found = tuple(
            (plain(run.text), run.numbers)
            for run in runs(article, sentences, self.edition.language)
        )
        return Text(found, tag(tongue), original_label(tongue, self.edition.language))

    def headline(self, article: Article) -> Text:
        """The headline of an article, without marks or end mark."""
        tongue = foreign(article, [article.headline], self.edition.language)
        label = original_label(tongue, self.edition.language)
        return Text(((plain(article.headline.text), ()),), tag(tongue), label)

    def date_of(self, reference: Reference) -> str:
        """The day of a report in the edition's zone."""
        return day(reference.published_at, self.edition.timezone)

    def language_of(self, reference: Reference) -> str:
        """The name of a report's language; "" where it is the edition's own."""
        if reference.language in {self.edition.language, ""}:
            return ""
        return language_name(reference.language, self.edition.language)

    def checked(self, article: Article) -> int:
        """How many claims of an article verify found supported."""
        bullets = [sentence for one in article.insights for sentence in one.sentences]
        sentences = [article.headline, *article.paragraph, *bullets]
        return sum(
            finding.verdict is Verdict.SUPPORTED
            for sentence in sentences
            for finding in sentence.findings
        )


def anchor(article: Article) -> str:
    """The name of an article inside its page."""
    return f"s-{article.story_id}"


def tag(language: str) -> str:
    """The BCP 47 tag of a language; Chinese is set in simplified characters."""
    return TAGS.get(language, language)


@cache
def style_sheet() -> str:
    """The style sheet as it stands in the page."""
    return (resources.files("ribao.publish") / "templates" / "edition.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ribao.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(plain=plain, phrases=phrases, url=safe_url, anchor=anchor, tag=tag)
    return environment
