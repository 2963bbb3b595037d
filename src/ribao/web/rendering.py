"""Setting a page: the templates, the words in the reader's language, the theme of the browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ribao import __version__
from ribao.catalogue import LANGUAGES, messages, say
from ribao.publish.html import tag
from ribao.publish.phrases import phrases
from ribao.publish.sanitise import plain, safe_url
from ribao.web.claims import findings_first, pieces
from ribao.web.entry import Visitor, is_secure, office_of
from ribao.web.secrecy import new_key

LANGUAGE_COOKIE, THEME_COOKIE, NOTICE_COOKIE = "ribao_language", "ribao_theme", "ribao_notice"
THEMES = ("auto", "light", "dark")
# Of this process: a feed that knew them could have a visitor's own put into its text.
NAME_HERE, TOKEN_HERE = f"\ue000{new_key()}\ue001", new_key()
PREFERENCE_SECONDS = 365 * 86_400
# Marks in the header User-Agent, in the order in which they tell: Edge also says Chrome, and so on.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"), ("CriOS", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
OWN_WORDS = ("text", "title", "reason")  # fields of an order that an editor writes
PAGES_KEPT = 64  # of some 80 kB


@dataclass(frozen=True, slots=True)
class Face:
    """How this browser wants to see the desk."""

    language: str
    theme: str

    def __call__(self, key: str, **values: object) -> str:
        """A word of the desk."""
        return say(f"desk-{key}", self.language, **values) if values else _word(key, self.language)

    def has(self, key: str) -> bool:
        """Whether the catalogue has this word."""
        return f"desk-{key}" in messages()


@cache
def _word(key: str, language: str) -> str:
    return say(f"desk-{key}", language)


def face_of(request: Request) -> Face:
    """What the cookies say, else what the browser asks for."""
    language = request.cookies.get(LANGUAGE_COOKIE, "")
    if language not in LANGUAGES:
        wanted = request.headers.get("accept-language", "").lower()
        language = "zh" if wanted.startswith("zh") else "en"
    theme = request.cookies.get(THEME_COOKIE, "auto")
    return Face(language, theme if theme in THEMES else "auto")


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Set one of our templates."""
    face = face_of(request)
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    text = _set(request.url.path, template, face, visitor, _notice(request, face), values)
    return _answer(request, text, status)


def render_once(
    request: Request, template: str, key: Hashable, values: Callable[[], dict[str, object]]
) -> HTMLResponse:
    """Set a page of the store once for all who see it in one language, theme and role.

    It holds until something is committed to the store. `values` reads what it shows, and is asked
    only then; `key` must change with everything else that the page shows, but the visitor.
    """
    face, office = face_of(request), office_of(request)
    visitor: Visitor = request.state.visitor
    notice, path = _notice(request, face), request.url.path
    if notice:
        return _answer(request, _set(path, template, face, visitor, notice, values()))
    someone = Visitor(replace(visitor.account, name=NAME_HERE), TOKEN_HERE)
    text = office.kept(
        "pages",
        (template, key, face, visitor.account.role, path, office.revision()),
        lambda: _set(path, template, face, someone, "", values()),
        size=PAGES_KEPT,
    )
    text = text.replace(someone.form_token, visitor.form_token)
    return _answer(request, text.replace(NAME_HERE, str(escape(visitor.name))))


def _answer(request: Request, text: str, status: int = 200) -> HTMLResponse:
    answer = HTMLResponse(text, status)
    if request.cookies.get(NOTICE_COOKIE):
        answer.delete_cookie(NOTICE_COOKIE)
    return answer


def _set(
    path: str,
    template: str,
    face: Face,
    visitor: Visitor | None,
    notice: str,
    values: dict[str, object],
) -> str:
    return (
        environment()
        .get_template(template)
        .render(
            t=face,
            face=face,
            lang=tag(face.language),
            visitor=visitor,
            path=path,
            form_token=visitor.form_token if visitor else "",
            notice=notice,
            version=__version__,
            asset=asset,
            keys=_keys(face.language),
            **values,
        )
    )


@cache
def _keys(language: str) -> Markup:
    """The sheet of keys, which stands in every page."""
    face = Face(language, "auto")
    return Markup(environment().get_template("keys.html.j2").render(t=face))  # noqa: S704 - a template of ours


def to(request: Request, path: str, notice: str = "", **values: object) -> Response:
    """Go to another page after something was done; `notice` is a word of the catalogue."""
    answer = RedirectResponse(path, 303)
    if notice:
        word = json.dumps([notice, values], ensure_ascii=True)
        answer.set_cookie(
            NOTICE_COOKIE, word.encode().hex(), max_age=60, httponly=True, samesite="lax",
            secure=is_secure(request),
        )  # fmt: skip
    return answer


def _notice(request: Request, face: Face) -> str:
    """What was done on the page before, in words."""
    try:
        key, values = json.loads(bytes.fromhex(request.cookies.get(NOTICE_COOKIE, "")).decode())
        return face(str(key), **{str(name): str(value) for name, value in values.items()})
    except (ValueError, KeyError, IndexError, AttributeError, TypeError):
        return ""


@cache
def asset(name: str) -> str:
    """The address of a file of ours; it changes with the file, so that browsers may keep it."""
    import hashlib  # noqa: PLC0415 - once a file

    content = (resources.files("ribao.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


def moment(value: str, zone: str = "UTC", form: str = "%m-%d %H:%M") -> str:
    """A moment of the store in a zone; "" where there is none."""
    if not value:
        return ""
    return datetime.fromisoformat(value).astimezone(ZoneInfo(zone)).strftime(form)


def piece(text: str) -> str:
    """Part of a longer text, made safe; white space at its ends and its lines are kept."""
    return "\n".join(_piece_of_line(line) for line in text.split("\n"))


def _piece_of_line(line: str) -> str:
    inner = line.strip()
    start = line.index(inner) if inner else 0
    return line[:start] + plain(inner) + line[start + len(inner) :]


def browser(agent: str) -> str:
    """What a browser says of itself, as its owner knows it: "Firefox, Windows"."""
    name = next((word for mark, word in BROWSERS if mark in agent), "")
    system = next((word for mark, word in SYSTEMS if mark in agent), "")
    return ", ".join(one for one in (name, system) if one) or plain(agent)[:40] or "?"


def own_words(detail: str) -> str:
    """What whoever made a change wrote: the new sentence or title, or the reason; "" for none."""
    table = json.loads(detail) if detail else {}
    return next((str(table[key]) for key in OWN_WORDS if table.get(key)), "")


@cache
def environment() -> Environment:
    """The templates of the desk; everything foreign is escaped."""
    found = Environment(
        loader=PackageLoader("ribao.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # the templates of a package do not change under it
    )
    filters: dict[str, Callable[..., Any]] = {
        "plain": plain,
        "piece": piece,
        "phrases": lru_cache(maxsize=4_096)(phrases),  # cutting words takes most of a page's time
        "url": lru_cache(maxsize=4_096)(safe_url),
        "moment": moment,
        "browser": browser,
        "own_words": own_words,
        "tag": tag,
        "cut": pieces,
        "findings_first": findings_first,
    }
    found.filters.update(filters)
    return found
