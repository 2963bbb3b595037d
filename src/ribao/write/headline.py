"""The headline of a story: the best title among its reports, cut clean, never rewritten."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ribao.language.tongues import tongue_of
from ribao.model import Citation, Document, Sentence
from ribao.write.outlets import directness
from ribao.write.passages import Passage, alike, content_words, length
from ribao.write.patterns import patterns

LONGEST = {"zh": 38, "en": 16}  # characters or words of a headline that is read at a glance
SHORTEST = {"zh": 8, "en": 4}
FROM_TEXT = (10, 46)  # characters of a Chinese headline taken from the text

LONGEST_PRINTED = 160  # characters of a title in any language; longer ones are no titles
_BORDERS = re.compile(r"[，；。！？]|[,;:.!?](?= )| [–—-] ")
_PICTURES = (
    "[\\u2190-\\u21ff\\u2600-\\u27bf\\u2b00-\\u2bff\\ufe0f\\u200d\\U0001f000-\\U0001faff\\s]"
)
_PICTURES_AT_ENDS = re.compile(f"^{_PICTURES}+|{_PICTURES}+$")
_CLAUSE_END = re.compile(r"[，；。！]")
# A clause that ends so, or begins so, says nothing by itself.
_OPEN_END = re.compile(
    r"(宣布|表示|称|指出|透露|认为|显示|介绍|强调|获悉|消息|报道|悉|时|后|前|中|下|上|日|为|年)$"
)
_OPEN_START = re.compile(
    r"^(据|根据|随着|当地时间|近日|日前|此前|今年|去年|在|当|自|由于|为了|作为|对于|关于|\d+月|\d+年)"
)


def title_tongue(document: Document) -> str:
    """The language of a document's title, which need not be that of its text."""
    return tongue_of(document.title, document.language)


def headline(documents: Sequence[Document], told: Sequence[Passage], language: str) -> Sentence:
    """Choose a headline in `language` and cite it.

    Best is a title in that language, of the lead if it is a good one. Where there is none but the
    paragraph (`told`) is in that language, its first clauses are the headline; else the best title
    stands in the original.
    """
    lead = documents[0]
    fitting = [one for one in documents if title_tongue(one) == language]
    if not fitting and told:
        clause = first_clause(told[0], language)
        if clause is not None:
            return clause
    known = content_words(" ".join([lead.title, *(one.text for one in told)]))
    titles = [content_words(clean_title(one.title)) for one in documents]
    best = max(
        fitting or list(documents), key=lambda one: (_points(one, lead, known, titles), one.id)
    )
    text = clean_title(best.title)
    start = best.title.index(text)
    citation = Citation(best.id, text, start, start + len(text), "title")
    return Sentence(f"{text}…" if is_cut(best.title) else text, (citation,))


def first_clause(passage: Passage, language: str) -> Sentence | None:
    """The first clauses of a Chinese sentence that say something by themselves, as a headline."""
    if language != "zh" or tongue_of(passage.text, "") != "zh" or _OPEN_START.search(passage.text):
        return None
    least, most = FROM_TEXT
    for match in _CLAUSE_END.finditer(passage.text):
        text = passage.text[: match.start()]
        if len(text) > most:
            break
        even = all(text.count(left) == text.count(right) for left, right in ("“”", "（）", "《》"))
        if len(text) >= least and even and not _OPEN_END.search(text):
            start = passage.start
            citation = Citation(passage.document.id, text, start, start + len(text))
            return Sentence(text, (citation,))
    return None


def clean_title(title: str) -> str:
    """Cut outlet, bait, pictures and stray marks from the ends of a title; the rest is verbatim.

    What is longer than any headline is cut at a border; `is_cut` tells.
    """
    text = _PICTURES_AT_ENDS.sub("", _at_length(title.strip()))
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


def is_cut(title: str) -> bool:
    """Tell whether a title is too long to be printed whole."""
    return len(_at_length(title.strip())) < len(title.strip())


def _at_length(text: str) -> str:
    """At most as much of a title as anybody reads, cut behind a clause or else behind a word."""
    if len(text) <= LONGEST_PRINTED:
        return text
    head = text[:LONGEST_PRINTED]
    borders = [match.start() for match in _BORDERS.finditer(head) if match.start() > len(head) / 3]
    spaces = head.rfind(" ")
    end = borders[-1] if borders else spaces if spaces > 0 else LONGEST_PRINTED
    return head[:end].rstrip()


def _shed_hashes(text: str) -> str:
    match = re.fullmatch(r"#(.+)#", text)
    return match.group(1).strip() if match else text.strip()


def _is_outlet(tail: str) -> bool:
    """Tell a name from news: few words, and none of the marks of a clause."""
    name = tail.strip(" -–—|｜_·\t")
    if name.startswith("via @"):
        return True
    if re.search(r"[\u4e00-\u9fff]", name):
        known = re.search(
            r"(网|新闻|科技|财经|日报|晚报|之心|之家|氪|报|媒体|号|博客|社区|虎嗅|知乎|频道|头条)$",
            name,
        )
        return len(name) <= 10 and (known is not None or tail.lstrip().startswith(("_", "|", "｜")))
    return len(name.split()) <= 4 and name[:1].isupper() and not name.endswith((".", "?", "!"))


def _points(
    document: Document,
    lead: Document,
    known: frozenset[str],
    titles: Sequence[frozenset[str]],
) -> float:
    text = clean_title(document.title)
    own = content_words(text)
    shared = sum(alike(own, other) for other in titles) / max(1, len(titles))
    unit = "zh" if title_tongue(document) == "zh" else "en"
    size = length(text, unit)
    points = shared + 0.6 * (document.id == lead.id) + 0.1 * directness(document)
    points -= 0.35 * sum(bool(one.search(text)) for one in patterns().selling)
    points -= 0.04 * max(0, size - LONGEST[unit]) * (1 if unit == "zh" else 2)
    points -= 1.0 * (alike(own, known) < 0.4)  # of another event, or of a round-up of several
    return points - 0.5 * (size < SHORTEST[unit]) - 0.1 * (document.copy_of is not None)
