"""The headline of a story: the best title among its reports, cut clean, never rewritten."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ribao.model import Citation, Document, Sentence
from ribao.write.outlets import directness
from ribao.write.passages import alike, content_words, length
from ribao.write.patterns import patterns

LONGEST = {"zh": 38, "en": 16}  # characters or words of a headline that is read at a glance
SHORTEST = {"zh": 8, "en": 4}


def headline(documents: Sequence[Document], preferred: Document, language: str) -> Sentence:
    """Choose among the titles in `language` (among all where there is none), with its citation."""
    titled = [one for one in documents if one.title.strip()]
    fitting = [one for one in titled if one.language == language] or titled
    common = [content_words(clean_title(one.title)) for one in documents]
    best = max(fitting, key=lambda one: (_points(one, preferred, common), one.id))
    text = clean_title(best.title)
    start = best.title.index(text)
    return Sentence(text, (Citation(best.id, text, start, start + len(text), "title"),))


def clean_title(title: str) -> str:
    """Cut outlet, bait and stray marks from the ends of a title; the rest is verbatim."""
    text = title.strip()
    for _ in range(3):  # "快讯｜独家：..." carries more than one
        match = patterns().bait.match(text)
        if match is None or length(text[match.end() :], "zh") < 6:
            break
        text = text[match.end() :].lstrip()
    for tail in patterns().outlet_tail:
        match = tail.search(text)
        if match is not None and _is_outlet(match.group()) and match.start() >= 6:
            text = text[: match.start()].rstrip()
    text = re.sub(r"(?<=.{6})[!！。~～]+$", "", text) if len(text) > 7 else text
    return _shed_hashes(text) or title.strip()


def _shed_hashes(text: str) -> str:
    match = re.fullmatch(r"#(.+)#", text)
    return match.group(1).strip() if match else text.strip()


def _is_outlet(tail: str) -> bool:
    """Tell a name from news: few words, and none of the marks of a clause."""
    name = tail.strip(" -–—|｜_·\t")
    if re.search(r"[\u4e00-\u9fff]", name):
        known = re.search(
            r"(网|新闻|科技|财经|日报|晚报|之心|之家|氪|报|媒体|号|博客|社区|虎嗅|知乎|频道|头条)$",
            name,
        )
        return len(name) <= 10 and (known is not None or tail.lstrip().startswith(("_", "|", "｜")))
    return len(name.split()) <= 4 and name[:1].isupper() and not name.endswith((".", "?", "!"))


def _points(document: Document, preferred: Document, common: Sequence[frozenset[str]]) -> float:
    text = clean_title(document.title)
    own = content_words(text)
    shared = sum(alike(own, other) for other in common) / max(1, len(common))
    unit = "zh" if document.language == "zh" else "en"
    size = length(text, document.language)
    points = shared + 0.4 * (document.id == preferred.id) + 0.15 * directness(document)
    points -= 0.35 * sum(bool(one.search(text)) for one in patterns().selling)
    points -= 0.04 * max(0, size - LONGEST[unit]) * (1 if unit == "zh" else 2)
    return points - 0.5 * (size < SHORTEST[unit]) - 0.1 * (document.copy_of is not None)
