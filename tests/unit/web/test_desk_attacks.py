"""Attacks on the desk: every call and form, as strangers, as colleagues, and as bad data."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.routing import APIRoute

from ribao.collect import read_own_list
from ribao.config import Config
from ribao.web.pages import PAGES
from tests.desk import PASSWORD, Desk, sample, serve_feed, served

ALL = "read edit publish people tokens"
# Forms that need no session; each says why it needs no token of a form.
OPEN = {
    "/sign-in",  # a password is asked for, and the shield refuses other sites
    "/passkeys/ask", "/passkeys/enter",  # as above
    "/welcome/{key}",  # whoever has the link
    "/look",  # changes how this browser shows the desk
    "/mail/{action}",  # the token of the letter is the right
}  # fmt: skip
# What pages do, and the call that does it; "" belongs to a person in a browser.
CALLS = {
    "/editions/{edition_id}/orders": "post /editions/{edition_id}/orders",
    "/editions/{edition_id}/undo": "post /editions/{edition_id}/undo",
    "/editions/{edition_id}/redo": "post /editions/{edition_id}/redo",
    "/editions/{edition_id}/start-over": "post /editions/{edition_id}/start-over",
    "/editions/{edition_id}/stories/{story_id}/check":
        "post /editions/{edition_id}/stories/{story_id}/check",
    "/editions/{edition_id}/publish": "post /editions/{edition_id}/publish",
    "/editions/{edition_id}/schedule": "put /editions/{edition_id}/schedule",
    "/editions/{edition_id}/schedule/cancel": "delete /editions/{edition_id}/schedule",
    "/sources/preview": "post /sources/preview",
    "/sources/add": "post /sources",
    "/sources/import": "post /sources/import",
    "/sources/{source_id}/pause": "put /sources/{source_id}/pause",
    "/sources/{source_id}/remove": "delete /sources/{source_id}",
    "/people/tokens": "post /tokens",
    "/people/tokens/{token_id}/revoke": "delete /tokens/{token_id}",
    "/people/accounts": "post /people",
    "/people/accounts/{account_id}": "patch /people/{account_id}",
    "/people/accounts/{account_id}/link": "post /people/{account_id}/link",
    "/people/password": "", "/people/sessions/end": "", "/sign-out": "",
    "/people/passkeys/{passkey_id}/forget": "", "/passkeys/begin": "", "/passkeys/finish": "",
}  # fmt: skip
READERS_MAY = {  # of what changes something, or looks as if
    "post /editions/{edition_id}/stories/{story_id}/check", "post /tokens",
    "delete /tokens/{token_id}",
}  # fmt: skip
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample, in a folder of its own."""
    output = sample(tmp_path_factory.mktemp("attacks"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(output)
        with served(output) as opened:
            yield opened


@pytest.fixture(scope="module")
def calls(desk: Desk) -> list[tuple[str, str]]:
    """(method, path) of every call of the API."""
    paths = httpx2.get(f"{desk.base}/api/openapi.json").json()["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


def posts() -> list[str]:
    """The paths of all forms of the pages."""
    return [
        route.path
        for page in PAGES
        for route in page.router.routes
        if isinstance(route, APIRoute) and "POST" in (route.methods or ())
    ]


def filled(path: str, edition: str = "0" * 20) -> str:
    """A path with something at each place."""
    return re.sub(r"\{\w+\}", "0" * 20, path.replace("{edition_id}", edition))


def bearer(key: str) -> dict[str, str]:
    """The headers of a program."""
    return {"Authorization": f"Bearer {key}"}


@contextmanager
def entered(desk: Desk, name: str, role: str) -> Iterator[httpx2.Client]:
    """A browser in which somebody is signed in."""
    desk.token(name, role)
    with httpx2.Client(base_url=desk.base, timeout=60) as browser:
        browser.post("/sign-in", data={"name": name, "password": PASSWORD})
        yield browser


def test_every_form_is_a_call_of_the_api_or_a_persons_own_affair(
    calls: list[tuple[str, str]],
) -> None:
    """Whoever adds a form adds the call, or says here that a person must do it."""
    known = {f"{method} {path.removeprefix('/api/v1')}" for method, path in calls}
    assert set(posts()) == set(CALLS) | OPEN
    assert {one for one in CALLS.values() if one} <= known


def test_no_form_and_no_call_does_anything_without_the_token_of_a_form(
    desk: Desk, calls: list[tuple[str, str]]
) -> None:
    """An owner's browser that another site makes post, by form or by JSON."""
    unsafe = [("post", path) for path in posts() if path not in OPEN]
    unsafe += [(method, path) for method, path in calls if method != "get"]
    with entered(desk, "own", "owner") as browser:
        for method, path in unsafe:
            address = filled(path, desk.edition)
            for headers in ({}, {"X-Form-Token": "0" * 64}, {"X-Form-Token": "\udcff"}):
                answer = browser.request(method.upper(), address, headers=_raw(headers))
                assert answer.status_code == 403, (method, path, headers)
        for path in {*posts()}:
            cross = {"Sec-Fetch-Site": "cross-site"}
            assert browser.post(filled(path, desk.edition), headers=cross).status_code == 403, path


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode("utf-8", "surrogateescape"))
            for name, value in headers.items()]  # fmt: skip


def test_no_call_answers_strangers_or_does_more_than_its_token_may(
    desk: Desk, calls: list[tuple[str, str]]
) -> None:
    """Nobody: 401. No scope: 403. Only reading, or a reader with all scopes: nothing changes."""
    bare, reads = desk.token("own", "owner", ""), desk.token("own", "owner", "read")
    reader = desk.token("rea", "reader", ALL)
    with httpx2.Client(base_url=desk.base) as program:
        for method, path in calls:
            address, name = filled(path, desk.edition), f"{method} {path.removeprefix('/api/v1')}"
            asked = {
                key: program.request(method.upper(), address, headers=bearer(key)).status_code
                for key in ("wrong", bare, reads, reader)
            }
            assert program.request(method.upper(), address).status_code == 401, name
            assert (asked["wrong"], asked[bare]) == (401, 403), name
            if method != "get" and name not in READERS_MAY:
                assert (asked[reads], asked[reader]) == (403, 403), name


def test_a_token_makes_none_that_does_more_or_outlives_it(desk: Desk) -> None:
    """Scopes and days of the maker are the most; revoked with it; nobody revokes another's."""
    key = desk.token("tom", "owner", "read tokens")
    other = desk.token("eve", "owner", ALL)
    with httpx2.Client(base_url=f"{desk.base}/api/v1") as api:
        wanted = {"label": "more", "scopes": ["read", "people", "edit"], "days": 30}
        made = api.post("/tokens", json=wanted, headers=bearer(key)).json()
        assert made["token"]["scopes"] == ["read"]
        child = bearer(made["key"])
        assert api.get("/editions", headers=child).status_code == 200
        assert api.get("/audit", headers=child).status_code == 403
        assert api.post("/tokens", json=wanted, headers=child).status_code == 403
        gone = {"label": "none", "scopes": ["people"]}
        assert api.post("/tokens", json=gone, headers=bearer(key)).status_code == 400
        strange = api.delete(f"/tokens/{made['token']['id']}", headers=bearer(other))
        assert strange.status_code == 404
        revoked = api.delete(f"/tokens/{key[:20]}", headers=bearer(key)).json()
        assert revoked == {"revoked": 2}
        assert api.get("/editions", headers=child).status_code == 401
        told = api.get("/tokens", headers=bearer(other)).text
    assert other not in told
    assert "digest" not in told


def test_an_account_is_told_without_its_secrets_and_an_owner_remains(desk: Desk) -> None:
    """No hash of a password leaves the desk; a role ends sessions and tokens."""
    key = desk.token("own", "owner")
    reader = desk.token("rea", "reader")
    with httpx2.Client(base_url=f"{desk.base}/api/v1", headers=bearer(key)) as api:
        assert "argon2" not in api.get("/people").text + api.get("/me").text
        assert api.patch("/people/rea", json={"role": "king"}).status_code == 422
        assert api.patch("/people/rea", json={"closed": True}).json()["closed_at"]
        assert api.get("/me", headers=bearer(reader)).status_code == 401
        invited = api.post("/people", json={"name": "zed", "role": "editor"})
        assert invited.json()["link"].startswith(desk.base.replace("localhost", "localhost"))
        assert api.post("/people", json={"name": "zed", "role": "editor"}).status_code == 400
        for name in [one["id"] for one in api.get("/people").json() if one["role"] == "owner"]:
            last = api.patch(f"/people/{name}", json={"role": "reader"})
        assert last.status_code in {400, 401}
    with desk.office.library.engine.connect() as connection:
        assert desk.office.people.owners(connection) == 1


def test_a_session_that_somebody_planted_is_not_taken_over(desk: Desk) -> None:
    """Signing in makes a new key, and the planted one opens nothing."""
    desk.token("kay", "editor")
    with httpx2.Client(base_url=desk.base) as browser:
        browser.cookies.set("ribao_session", "planted")
        browser.cookies.set("ribao_device", "planted")
        form = {"name": "kay", "password": PASSWORD, "target": "//evil.example/"}
        answer = browser.post("/sign-in", data=form)
        assert answer.headers["location"] == "/"
        set_ = answer.headers.get_list("set-cookie")
        assert sum("planted" in one for one in set_) == 0
        assert sum(one.startswith(("ribao_session=", "ribao_device=")) for one in set_) == 2
    planted = httpx2.get(f"{desk.base}/people", cookies={"ribao_session": "planted"})
    assert planted.status_code == 303


def test_a_header_that_a_client_writes_makes_it_no_proxy(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Who signs people in is told by the connection, not by what a proxy says of its client."""
    table = {
        "login_header": "X-Remote-User", "login_proxies": ["10.0.0.0/8"], "proxies": ["127.0.0.0/8"]
    }  # fmt: skip
    config = Config.model_validate({"web": table})
    with served(sample(tmp_path_factory.mktemp("spoof")), config) as behind:
        behind.token("own", "owner")
        headers = {"X-Forwarded-For": "10.0.0.1", "X-Remote-User": "own"}
        assert httpx2.get(f"{behind.base}/people", headers=headers).status_code == 303


def test_names_and_titles_are_words_on_every_page(desk: Desk) -> None:
    """Whatever people or feeds call their things, no page runs or shows it as markup."""
    key = desk.token("own", "owner")
    where = f"/api/v1/editions/{desk.edition}"
    with (
        httpx2.Client(base_url=desk.base, headers=bearer(key)) as program,
        entered(desk, "own", "owner") as browser,
    ):
        section = program.get(where).json()["edition"]["sections"][0]
        story = section["articles"][0]["story_id"]
        orders = [
            {"verb": "rename", "section": section["id"], "title": SCRIPT},
            {"verb": "entitle", "title": SCRIPT},
            {"verb": "hold", "story": section["articles"][1]["story_id"], "reason": SCRIPT},
            {"verb": "add-sentence", "story": story, "text": SCRIPT},
        ]
        for order in orders:
            done = program.post(f"{where}/orders", json={"order": order})
            assert done.status_code == 200, done.text
        program.post("/api/v1/tokens", json={"label": SCRIPT, "scopes": ["read"]})
        source = {"url": "https://q.example/f?<script>alert(1)</script>", "title": SCRIPT}
        assert program.post("/api/v1/sources", json=source).status_code == 200
        inside, shown = f"/editions/{desk.edition}", f"/preview/{desk.edition}"
        run = desk.office.drafts.run_of(desk.edition)
        for path in (inside, f"{inside}/stories/{story}", f"{inside}/publish", f"{inside}/changes",
                     f"/ask?q={SCRIPT}", "/sources?all=1", f"/runs/{run}?why={SCRIPT}&step=rank",
                     "/learn", "/people", "/api", f"/editions/{SCRIPT}", f"{shown}/html",
                     f"{shown}/wechat"):  # fmt: skip
            text = browser.get(path, follow_redirects=True).text
            assert "<script>alert" not in text, path
            assert "<img src=x" not in text, path
        assert escape(SCRIPT)[:20] in browser.get(inside).text
        for _ in orders:
            program.post(f"{where}/undo")


def test_the_preview_of_a_source_goes_by_the_gateway(desk: Desk) -> None:
    """Addresses of this machine, of its network, of clouds, and files are refused."""
    key = desk.token("edi", "editor")
    with serve_feed() as feed, httpx2.Client(base_url=desk.base, headers=bearer(key)) as program:
        bad = [
            feed, feed.replace("127.0.0.1", "localhost"), feed.replace("127.0.0.1", "[::1]"),
            "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://0x7f000001/",
            "http://user:secret@127.0.0.1/",
        ]  # fmt: skip
        for url in bad:
            api = program.post("/api/v1/sources/preview", json={"url": url})
            form = program.post("/sources/preview", data={"url": url})
            assert api.status_code in {422, 424}, (url, api.text)
            assert form.status_code in {422, 424}, url
            assert "A crane was opened" not in api.text + form.text
        for url in ("file:///etc/passwd", "/etc/passwd", "ftp://a.example/", "gopher://a.example/"):
            assert program.post("/api/v1/sources/preview", json={"url": url}).status_code == 422
            assert program.post("/sources/preview", data={"url": url}).status_code == 400, url


def test_lists_of_sources_bring_nothing_of_this_machine(desk: Desk) -> None:
    """Entities, entities of entities, files, control characters, other encodings."""
    key = desk.token("own", "owner")
    outline = '<opml version="2.0"><body><outline type="rss" text="{}" xmlUrl="{}"/></body></opml>'
    steal = '<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE opml [<!ENTITY l0 "ha">{laughs}]>'
    web = "https://{}.example/feed"
    lists = [
        steal + outline.format("&x;", web.format("steal")),
        bomb + outline.format("&l9;", web.format("laughs")),
        outline.format("deep", web.format("deep")).replace("<outline", "<outline>" * 20_000, 1),
        outline.format("file", "file:///etc/passwd"),
        '[[source]]\nid = "x"\nurl = "https://x.example/"\ntitle = "a\\u0001b"\n',
    ]
    with httpx2.Client(base_url=f"{desk.base}/api/v1", headers=bearer(key), timeout=60) as api:
        start = time.process_time()
        for text in lists:
            kind = {"Content-Type": "text/x-opml"}
            answer = api.post("/sources/import", content=text.encode(), headers=kind)
            assert answer.status_code < 500, text[:80]
        assert time.process_time() - start < 20
        listed = api.get("/sources/list.opml")
        assert listed.status_code == 200
        assert "root:" not in listed.text
        assert "\x01" not in listed.text
    own = read_own_list(Path(desk.office.directory) / "sources.toml")
    assert all(one.url.startswith("https://") for one in own.sources)
    assert all(len(one.title) < 10_000 for one in own.sources)


@pytest.mark.parametrize("name", ["%2e%2e%2fhtml", "..%2f..%2fetc%2fpasswd", "html%00"])
def test_previews_lead_nowhere_else(desk: Desk, name: str) -> None:
    """Neither by a name nor by a number."""
    key = desk.token("edi", "editor")
    with httpx2.Client(base_url=desk.base, headers=bearer(key)) as program:
        for path in (f"/preview/{desk.edition}/{name}", f"/preview/{desk.edition}/channel/{name}",
                     f"/api/v1/editions/{desk.edition}/previews/outputs/{name}",
                     f"/static/{name}"):  # fmt: skip
            assert program.get(path).status_code in {404, 422}, path
        assert program.get(f"/preview/{desk.edition}/html?file=-1").status_code == 404


def test_bodies_that_are_deep_or_big_or_never_end_are_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence, or the end of the connection; never an error of ours."""
    key = desk.token("edi", "editor")
    where = f"/api/v1/editions/{desk.edition}/orders"
    json_ = {"Content-Type": "application/json"}
    with httpx2.Client(base_url=desk.base, headers=bearer(key), timeout=30) as program:
        deep = b"[" * 200_000
        for body in (deep, b'{"order":' * 50_000, b'{"order": NaN}', b"\xff", b'{"seen": 1e999}'):
            assert program.post(where, content=body, headers=json_).status_code in {400, 422}
        form = {"order": "[" * 4_000}
        answer = program.post(f"/editions/{desk.edition}/orders", data=form)
        assert answer.status_code in {400, 404}
        big = program.post(where, content=b"x" * 2_100_000, headers=json_)
        assert big.status_code == 413
    monkeypatch.setattr("ribao.web.shield.BODY_SECONDS", 0.2)
    port = int(desk.base.rpartition(":")[2])
    with socket.create_connection(("localhost", port), timeout=30) as line:
        head = f"POST {where} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
        line.sendall(f"{head}Content-Length: 1000\r\n\r\n{{".encode())
        told = line.recv(65_536)  # the desk does not wait for ever
    assert not told.startswith((b"HTTP/1.1 200", b"HTTP/1.1 500"))


def test_changes_and_undoing_at_once_are_each_done_once(desk: Desk) -> None:
    """Eight programs change, then eight undo: every change is undone, and none twice."""
    key = desk.token("edi", "editor")
    where = f"{desk.base}/api/v1/editions/{desk.edition}"
    start = httpx2.get(where, headers=bearer(key)).json()
    stories = [one["story_id"] for part in start["edition"]["sections"] for one in part["articles"]]

    def order(story: str) -> int:
        body: dict[str, Any] = {"order": {"verb": "pin", "story": story}}
        return httpx2.post(
            f"{where}/orders", json=body, headers=bearer(key), timeout=60
        ).status_code

    def undo(_: int) -> int:
        return httpx2.post(f"{where}/undo", headers=bearer(key), timeout=60).status_code

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(order, stories[:4]))
        undone = list(pool.map(undo, range(4)))
    assert (made, undone) == ([200] * 4, [200] * 4)
    lines = [
        one for one in desk.office.drafts.history(desk.edition) if one.version > start["version"]
    ]
    assert sorted(one.undone_by > 0 for one in lines) == [False] * 4 + [True] * 4
    end = httpx2.get(where, headers=bearer(key))
    assert end.json()["edition"] == start["edition"]
    tag = {"If-Match": end.headers["etag"]}
    body = {"order": {"verb": "add-sentence", "story": stories[0], "text": "Again."}}
    sent = [
        httpx2.post(f"{where}/orders", json=body, headers=bearer(key) | tag).status_code
        for _ in range(2)
    ]
    assert sent == [200, 412]  # no answer came, so it was sent again: it is there once
    httpx2.post(f"{where}/undo", headers=bearer(key))
