"""`edition.md`: CommonMark with YAML front matter, at home in every site generator."""

from __future__ import annotations

from collections.abc import Sequence

from ribao.catalogue import say
from ribao.model import Article, Edition, Sentence
from ribao.plugins.kinds import RenderedFile
from ribao.publish.sanitise import markdown_text, plain, safe_url, yaml_lines, yaml_string
from ribao.publish.setting import (
    folder,
    foreign,
    original_label,
    reference_note,
    runs,
    summary_lines,
)


class Markdown:
    """The edition as one Markdown file."""

    name = "markdown"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """One file: front matter, title, sections."""
        text = front_matter(edition) + body(edition)
        return (RenderedFile(f"{folder(edition)}/edition.md", text.encode()),)


def front_matter(edition: Edition, extra: Sequence[str] = ()) -> str:
    """The seven fields, and the `extra` lines of a profile; every string stands in quotes."""
    tags = ",".join(yaml_string(tag) for tag in edition.tags)
    seo = ",".join(yaml_string(word) for word in edition.seo)
    lines = [
        "---",
        f"title: {yaml_string(edition.title)}",
        f"date: {edition.date.isoformat()}",
        f"category: {yaml_string(edition.category)}",
        f"tags: [{tags}]",
        f"seo: [{seo}]",
        f"coverImage: {yaml_string(safe_url(edition.cover_image))}",
        f"summary: {yaml_lines(summary_lines(edition))}",
        *extra,
        "---",
    ]
    return "\n".join(lines) + "\n"


def body(edition: Edition, *, titled: bool = True) -> str:
    """Everything below the front matter; without its H1 where a theme prints the title itself."""
    blocks = [f"# {markdown_text(edition.title)}"] if titled else []
    if edition.correction:
        text = say("publish-correction", edition.language, text=edition.correction)
        blocks.append(f"> {markdown_text(text)}")
    blocks += [f"> {markdown_text(note)}" for note in edition.notes]
    for section in edition.sections:
        blocks.append(f"## {markdown_text(section.title)}")
        if section.kind == "story":
            blocks += [story(article, edition) for article in section.articles]
        else:
            blocks.append("\n".join(entry(article, edition) for article in section.articles))
    return "\n\n".join(blocks) + "\n"


def story(article: Article, edition: Edition) -> str:
    """A full story: linked headline, paragraph, bullets, references."""
    label = original_label(foreign(article, [article.headline], edition.language), edition.language)
    blocks = [f"### {linked(article.headline.text, article.url)}{label}"]
    if article.paragraph:
        blocks.append(marked(article, article.paragraph, edition))
    if article.insights:
        heading = f"**{say('publish-insight', edition.language)}**"
        bullets = [f"- {marked(article, one.sentences, edition)}" for one in article.insights]
        blocks.append("\n".join([f"{heading}  ", *bullets]))
    if article.references:
        blocks.append(references(article, edition))
    return "\n\n".join(blocks)


def entry(article: Article, edition: Edition) -> str:
    """A release or a brief: one bullet, its references on the line below."""
    title = article.headline.text
    label = original_label(foreign(article, [article.headline], edition.language), edition.language)
    head = linked(title, article.url) if article.kind == "release" else bold(title)
    line = f"- {head}{label}"
    if article.paragraph:
        line += say("publish-colon", edition.language) + marked(
            article, article.paragraph, edition, labelled=not label
        )
    if article.references:
        line += f"  \n  {references(article, edition)}"
    return line


def linked(text: str, url: str) -> str:
    """A link, or the bare text where the address may not be printed."""
    address = safe_url(url)
    return f"[{markdown_text(text)}]({address})" if address else markdown_text(text)


def bold(text: str) -> str:
    """Bold text; what follows must be white space or punctuation, or CommonMark shows the stars."""
    return f"**{markdown_text(plain(text))}**"


def marked(
    article: Article, sentences: Sequence[Sentence], edition: Edition, *, labelled: bool = True
) -> str:
    """Sentences with the numbers of their reports, and the label of a foreign original."""
    text = ""
    for run in runs(article, sentences, edition.language):
        numbers = "".join(f"[{number}]" for number in run.numbers)
        piece = f"{markdown_text(run.text)}{numbers}"
        text = f"{text} {piece}" if text else piece
    tongue = foreign(article, sentences, edition.language) if labelled else ""
    return text + original_label(tongue, edition.language)


def references(article: Article, edition: Edition) -> str:
    """The numbered reports, on one line."""
    listed = [
        f"[{reference.number}] {linked(reference.outlet or reference.title, reference.url)}"
        f"{reference_note(reference, edition)}"
        for reference in article.references
    ]
    return say("publish-sources", edition.language) + " · ".join(listed)
