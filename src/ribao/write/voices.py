"""Where no report has a text to quote: how the other outlets put it, in their own headlines."""

from __future__ import annotations

from collections.abc import Sequence

from ribao.catalogue import say
from ribao.language.names import find_names
from ribao.model import Citation, Document, Sentence
from ribao.write.headline import clean_title, is_cut, title_tongue
from ribao.write.outlets import labelled_name, outlet_name
from ribao.write.passages import alike, content_words

MOST = 2  # headlines of others
SAID_ALREADY = 0.75  # share of the words of a title that stand in what is printed
NEW_WORDS = 2  # that a title must add
_MARKS = frozenset('“”"「」‘’')  # inside ours a reader loses track of theirs


def voices(
    reports: Sequence[Document], heading: Sentence, language: str, read: Sequence[str]
) -> tuple[Sentence, ...]:
    """One sentence that quotes the titles of other outlets which say more, or none.

    `read` are the languages, the edition's first, that its readers are expected to read.
    """
    printed = content_words(heading.text)
    named = {name.id for name in find_names(heading.text)}
    own = {citation.document_id for citation in heading.citations}
    chosen: list[tuple[Document, str]] = []
    heard = {outlet_name(one, language) for one in reports if one.id in own}
    for tongue in read:
        for report in reports:
            text = clean_title(report.title)
            words = content_words(text)
            name = outlet_name(report, language)
            if (
                len(chosen) < MOST
                and title_tongue(report) == tongue
                and name not in heard
                and not report.outlet.endswith(".invalid")  # a list of links speaks for nobody
                and not is_cut(report.title)
                and not _MARKS & set(text)
                and (not named or named & {one.id for one in find_names(text)})
                and alike(words, printed) < SAID_ALREADY
                and len(words - printed) >= NEW_WORDS
            ):
                chosen.append((report, text))
                heard.add(name)
                printed |= words
        if chosen:
            break
    if not chosen:
        return ()
    told = [
        say(
            "write-voices",
            language,
            outlet=labelled_name(one, language, title_tongue(one)),
            title=text,
        )
        for one, text in chosen
    ]
    citations = tuple(_citation(one, text) for one, text in chosen)
    return (Sentence(say("write-voices-join", language).join(told), citations, kind="computed"),)


def _citation(report: Document, text: str) -> Citation:
    start = report.title.index(text)
    return Citation(report.id, text, start, start + len(text), "title")
