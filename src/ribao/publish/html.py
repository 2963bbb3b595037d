"""`edition.html`: one self-contained page, typography first, nothing fetched and nothing run."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ribao.catalogue import say
from ribao.language.tongues import tongue_of
from ribao.model import Article, Edition, Reference, Sentence, StoryId, Verdict
from ribao.plugins.kinds import RenderedFile
from ribao.publish.phrases import phrases
from ribao.publish.sanitise import plain, safe_url
from ribao.publish.setting import (
    day,
    day_path,
    folder,
    foreign,
    language_name,
    moment_of,
    opened_at,
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
        content = render("edition.html.j2", Page(edition))
        return (RenderedFile(f"{folder(edition)}/edition.html", content),)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the site's own; `lang` is "" where it is the page's, `here` if it is the page."""

    label: str
    address: str
    lang: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """What a page knows of its site; addresses are relative but for alternates and the picture."""

    root: str  # "../../" and so on: from the page to the root of the site
    links: tuple[Link, ...] = ()
    feeds: tuple[tuple[str, str, str], ...] = ()  # media type, title, address
    alternates: tuple[tuple[str, str], ...] = ()  # language, absolute address
    stories: Mapping[StoryId, str] = field(default_factory=dict)  # path of the page of each story
    picture: str = ""  # absolute address of the cover
    number: int = 0  # of the edition in its language, counted from 1
    around: tuple[Link | None, Link | None] = (None, None)  # the edition before, the one after
    files: tuple[Link, ...] = ()  # other forms of the edition that lie on the site
    lately: tuple[tuple[Link, str, int], ...] = ()  # names of the last days: link, bar, stories


def render(template: str, page: Page, **values: object) -> bytes:
    """Set one of our templates; all of them know `page` and `edition`."""
    text = _environment().get_template(template).render(page=page, edition=page.edition, **values)
    return text.encode("utf-8", "replace")


def policy(*, site: bool) -> str:
    """The content security policy: the one style sheet by its digest, nothing else."""
    digest = hashlib.sha256(style_sheet(site=site).encode()).digest()
    source = f"'sha256-{base64.b64encode(digest).decode()}'"
    # The icon; and Lighthouse asks for robots.txt from inside the page. No script can run anyway.
    own = "img-src 'self'; connect-src 'self'; " if site else ""
    return f"default-src 'none'; style-src {source}; {own}base-uri 'none'; form-action 'none'"


class Page:
    """What the template asks for. Every foreign string leaves here through the sanitiser."""

    def __init__(self, edition: Edition, site: Site | None = None, canonical: str = "") -> None:
        """Hold the edition, the style that the page carries, and its place in a site if any."""
        self.edition = edition
        self.site = site
        self.canonical = canonical  # absolute address; "" where none is known
        self.style = Markup(style_sheet(site=site is not None))  # noqa: S704 - our own file, no foreign text in it

    template = "edition.html.j2"
    kind = "article"  # of Open Graph
    inner = False  # whether it is a page behind the front: with a smaller nameplate

    @property
    def own(self) -> str:
        """The language of the page."""
        return self.edition.language

    @property
    def policy(self) -> str:
        """The content security policy of the page."""
        return policy(site=self.site is not None)

    @property
    def modified(self) -> str:
        """When this revision counts as made, as 2025-12-18T16:00:00Z."""
        return moment_of(self.edition).strftime("%Y-%m-%dT%H:%M:%SZ")

    def opened(self, edition: Edition) -> str:
        """The first moment of an edition's day."""
        return opened_at(edition)

    @property
    def title(self) -> str:
        """The title of the page."""
        edition = self.edition
        return f"{plain(edition.title)} · {plain(edition.category)} {edition.date.isoformat()}"

    @property
    def description(self) -> str:
        """One line for search engines and previews."""
        return plain(" · ".join(summary_lines(self.edition)[:3])) or plain(self.edition.title)

    @property
    def linked_data(self) -> Markup:
        """The page as schema.org data; `<` is escaped, so that no text can close the element."""
        text = json.dumps(self.facts(), ensure_ascii=False, sort_keys=True)
        return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 - see above

    def facts(self) -> dict[str, object]:
        """What schema.org calls a NewsArticle; the reports are its citations."""
        edition = self.edition
        reports = {one.url for article in edition.articles for one in article.references}
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": plain(edition.title),
            "datePublished": opened_at(edition),
            "dateModified": self.modified,
            "inLanguage": self.lang,
            "publisher": {"@type": "Organization", "name": plain(edition.category)},
            "citation": sorted(filter(None, map(safe_url, reports))),
            **(
                {"url": self.canonical, "mainEntityOfPage": self.canonical}
                if self.canonical
                else {}
            ),
            **({"image": [self.site.picture]} if self.site and self.site.picture else {}),
        }

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

    def evidence_at(self, article: Article) -> str:
        """The address of the page that shows what an article rests on; "" outside of a site."""
        path = self.site.stories.get(article.story_id, "") if self.site else ""
        return self.site.root + path if self.site and path else ""

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
def style_sheet(*, site: bool) -> str:
    """The style sheet as it stands in a page; pages of a site have more to set."""
    sheets = resources.files("ribao.publish") / "templates"
    names = ("edition.css", "site.css") if site else ("edition.css",)
    return "".join((sheets / name).read_text("utf-8") for name in names)


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
    environment.filters.update(
        plain=plain,
        phrases=phrases,
        url=safe_url,
        anchor=anchor,
        tag=tag,
        tongue=tongue_of,
        day_path=day_path,
    )
    return environment
