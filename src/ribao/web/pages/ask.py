"""Ask: every report that was ever collected, by its words; a result leads to its story."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Annotated

from fastapi import APIRouter, Query, Request
from markupsafe import Markup, escape
from pydantic import BaseModel, Field
from starlette.responses import Response

from ribao.errors import ConfigError
from ribao.language.search import question
from ribao.language.words import fold
from ribao.model import Document, Edition, Source
from ribao.publish.sanitise import plain
from ribao.store.codec import decode
from ribao.store.search import NEWEST, Hit, Wanted
from ribao.web.entry import Reader, TheOffice
from ribao.web.office import Office
from ribao.web.rendering import Face, face_of, render_once, to
from ribao.web.turns import InTurn

router = APIRouter(route_class=InTurn)
PAGE = 20
CATCH_UP = 5  # batches that one question takes into the index before it answers
LOOKED_AT = 8_000  # characters of a report in which an excerpt is sought
AROUND = 110  # characters of an excerpt on either side
DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with an excerpt, cut at the words of the question."""

    hit: Hit
    excerpt: Markup


class Filters(BaseModel, frozen=True):
    """What the address asks for; "" asks for everything."""

    q: Annotated[str, Field(max_length=200)] = ""
    first: Annotated[str, Field(max_length=10)] = ""
    last: Annotated[str, Field(max_length=10)] = ""
    source: Annotated[str, Field(max_length=200)] = ""
    language: Annotated[str, Field(max_length=8)] = ""
    section: Annotated[str, Field(max_length=80)] = ""
    organisation: Annotated[str, Field(max_length=80)] = ""
    page: Annotated[int, Field(ge=0, le=500)] = 0


@router.get("/ask")
def ask(
    request: Request, office: TheOffice, _who: Reader, asked: Annotated[Filters, Query()]
) -> Response:
    """The page."""
    pending = caught_up(office)
    face = face_of(request)
    return render_once(
        request, "ask.html.j2", (asked, pending), lambda: _values(office, asked, pending, face)
    )


def _values(office: Office, asked: Filters, pending: int, face: Face) -> dict[str, object]:
    wanted = any(value for name, value in asked.model_dump().items() if name != "page")
    narrowed = any((asked.first, asked.last, asked.source, asked.language, asked.section))
    total, hits = find(office, asked) if wanted else (0, ())
    terms = tuple(one for one in re.split(r'[\s"“”]+', fold(asked.q)) if one)
    return {
        "asked": asked,
        "total": total,
        "wanted": wanted,
        "pending": pending,
        "uncounted": total > NEWEST and not narrowed,
        "more": min(total, NEWEST) > (asked.page + 1) * PAGE,
        "found": [Found(one, excerpt(one.document, terms)) for one in hits],
        "choices": _choices(office, face.language),
    }


@dataclass(frozen=True, slots=True)
class Choice:
    """The options of one filter as HTML, set once; `chosen` marks one of them."""

    html: str

    def chosen(self, value: str) -> Markup:
        """The options with this one chosen."""
        mark = f'value="{escape(value)}"'
        return Markup(self.html.replace(mark, f"{mark} selected", 1))  # noqa: S704 - see _choice


def _choice(options: Iterable[tuple[str, str]]) -> Choice:
    return Choice("".join(f'<option value="{escape(a)}">{escape(b)}</option>' for a, b in options))


def _choices(office: Office, language: str) -> dict[str, Choice]:
    """The filters and what may be chosen, as of the last commit to the store."""

    def read() -> dict[str, Choice]:
        rules = office.beat.sections
        return {
            "source": _choice((one.id, plain(one.title or one.id)) for one in _sources(office)),
            "section": _choice((one.id, one.zh if language == "zh" else one.en) for one in rules),
            "organisation": _choice((one.id, one.names[0]) for one in office.beat.organisations),
            "language": _choice((("zh", "中文"), ("en", "English"))),
        }

    return office.kept("choices", (language, office.revision()), read, size=4)


def _sources(office: Office) -> tuple[Source, ...]:
    """The sources to choose from, as of the last run."""
    run = office.ledger.last_run()
    return office.kept(
        "states",
        run and (run.id, run.state),
        lambda: tuple(one.source for one in office.library.source_states()),
    )


def caught_up(office: Office) -> int:
    """Take some waiting reports into the index; returns how many still wait."""
    pending = office.kept("pending", office.revision(), office.search.pending, size=1)
    for _ in range(CATCH_UP if pending else 0):
        if not office.search.index():
            break
    return office.search.pending() if pending else 0


def find(office: Office, asked: Filters) -> tuple[int, tuple[Hit, ...]]:
    """How many reports answer, and a page of them."""
    names: tuple[tuple[str, ...], ...] = ()
    chosen = [one for one in office.beat.organisations if one.id == asked.organisation]
    if chosen:
        names = tuple(row for name in chosen[0].names for row in question(f'"{name}"'))
    wanted = Wanted(
        rows=question(asked.q),
        first=asked.first if DAY.match(asked.first) else "",
        last=asked.last if DAY.match(asked.last) else "",
        source=asked.source,
        language=asked.language,
        names=names,
        stories=_in_section(office, asked.section) if asked.section else None,
    )
    return office.search.find(wanted, limit=PAGE, offset=asked.page * PAGE)


def _in_section(office: Office, section: str) -> tuple[str, ...]:
    """The stories that any edition printed in a section."""
    found: dict[str, None] = {}
    for edition_id, _, _ in office.drafts.editions_by_day(400):
        base = office.drafts.base(edition_id)
        if base is None:
            continue
        edition = office.kept("edition", base[0], partial(decode, Edition, base[0]), size=400)
        for article in edition.articles:
            if article.section == section:
                found[article.story_id] = None
    return tuple(found)


def excerpt(document: Document, terms: tuple[str, ...]) -> Markup:
    """The first place of the text that holds a word of the question, with what is around it.

    The words of the question are marked; everything else is escaped.
    """
    text = document.text[:LOOKED_AT] or document.title
    low = fold(text)
    same = len(low) == len(text)
    at = min((found for term in terms if same and (found := low.find(term)) >= 0), default=0)
    start = max(0, at - AROUND // 2)
    cut = plain(text[start : at + 2 * AROUND])
    low = fold(cut)
    parts, position = ["…" if start else ""], 0
    for match in _pattern(terms).finditer(low) if terms and len(low) == len(cut) else ():
        before, hit = cut[position : match.start()], cut[match.start() : match.end()]
        parts.append(f"{escape(before)}<mark>{escape(hit)}</mark>")
        position = match.end()
    return Markup("".join((*parts, escape(cut[position:]))))  # noqa: S704 - each part is escaped


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(one) for one in sorted(terms, key=len, reverse=True)))


@router.get("/ask/story/{day}/{story_id}")
def story_of_day(
    request: Request, office: TheOffice, _who: Reader, day: str, story_id: str
) -> Response:
    """Go to a story that no edition printed: it is in the queue of an edition of its day."""
    for edition_id, date, _ in office.drafts.editions_by_day(4_000):
        if date == day:
            return to(request, f"/editions/{edition_id}/stories/{story_id}")
    raise ConfigError("there is no edition of that day", day)
