"""The door of the desk: who comes in, from where, and what is refused. A real server answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import ValidationError

from ribao.collect import read_own_list
from ribao.config import Config
from ribao.web.pages.sign_in import own_path
from ribao.web.secrecy import form_token as form_token_of
from tests.desk import PASSWORD, Desk, sample, served


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample."""
    with served(sample(tmp_path_factory.mktemp("door"))) as opened:
        yield opened


def client(desk: Desk, **headers: str) -> httpx2.Client:
    """A browser without a face."""
    return httpx2.Client(base_url=desk.base, headers=headers, follow_redirects=False)


def form_token(page: str) -> str:
    """The token that a page's forms carry."""
    found = re.search(r'data-form-token="([0-9a-f]{64})"', page)
    assert found is not None
    return found.group(1)


def test_the_first_owner_comes_in_by_a_link_that_is_good_once(desk: Desk) -> None:
    """No default password: the link makes the owner, and a second use of it is refused."""
    address = desk.link().removeprefix(desk.base)
    with client(desk) as browser:
        assert browser.get("/").headers["location"].startswith("/sign-in?next=")
        short = browser.post(address, data={"name": "ada", "password": "short"})
        assert (short.status_code, "10 to 256" in short.text) == (400, True)
        done = browser.post(address, data={"name": "ada", "password": PASSWORD})
        assert done.status_code == 303
        assert "HttpOnly" in done.headers["set-cookie"]
        assert "SameSite=lax" in done.headers["set-cookie"]
        page = browser.get(f"/editions/{desk.edition}")
        assert page.status_code == 200
        assert browser.post(address, data={"name": "eve", "password": PASSWORD}).status_code >= 400
        assert desk.office.people.account_named("eve") is None


def test_a_form_without_its_token_or_from_another_site_does_nothing(desk: Desk) -> None:
    """Every way in which another site could post with our cookie is refused."""
    desk.token("bea", "editor")
    with client(desk) as browser:
        browser.post("/sign-in", data={"name": "bea", "password": PASSWORD})
        token = form_token(browser.get(f"/editions/{desk.edition}").text)
        undo = f"/editions/{desk.edition}/undo"
        assert browser.post(undo, data={}).status_code == 403
        assert browser.post(undo, data={"form_token": "0" * 64}).status_code == 403
        foreign: list[dict[str, str]] = [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
        ]
        for headers in foreign:
            refused = browser.post(undo, data={"form_token": token}, headers=headers)
            assert refused.status_code == 403, headers
        own = {"Sec-Fetch-Site": "same-origin", "Origin": desk.base}
        assert browser.post(undo, data={"form_token": token}, headers=own).status_code == 303


def test_a_name_that_is_not_ours_is_refused_on_every_path(desk: Desk) -> None:
    """DNS rebinding: a stranger's name on our address reaches nothing."""
    for path in ("/", "/api/v1/editions", "/static/desk.css", "/sign-in"):
        for host in (
            "localhost:x@evil.example",
            "localhost@evil.example",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
        ):
            answer = httpx2.get(f"{desk.base}{path}", headers={"Host": host})
            assert answer.status_code in {400, 421}, (path, host)


def test_guessing_is_slowed_down_and_noted(desk: Desk) -> None:
    """After five failures the door says when to come again, also with the right password."""
    desk.token("cyd", "reader")
    with client(desk) as browser:
        wrong = [
            browser.post("/sign-in", data={"name": "cyd", "password": f"wrong {one}"}).status_code
            for one in range(6)
        ]
        assert wrong == [403] * 5 + [429]
        right = browser.post("/sign-in", data={"name": "cyd", "password": PASSWORD})
        assert (right.status_code, int(right.headers["retry-after"]) > 0) == (429, True)
    audits = [one for one in desk.office.people.audits() if one.account == "cyd"]
    noted = [one for one in audits if one.action == "refused"]
    assert len(noted) == 5


def test_guesses_made_at_once_are_counted_too(desk: Desk) -> None:
    """Whoever asks twenty times before the first answer has no more tries than others."""
    desk.token("jan", "reader")

    def guess(number: int) -> int:
        data = {"name": "jan", "password": f"wrong {number}"}
        return httpx2.post(f"{desk.base}/sign-in", data=data, timeout=60).status_code

    with ThreadPoolExecutor(20) as pool:
        found = Counter(pool.map(guess, range(20)))
    assert found[403] <= 8  # five, and a few between two looks at the count
    assert found[429] == 20 - found[403]


def test_nobody_is_sent_to_another_site_after_signing_in() -> None:
    """Targets with a host, in whatever spelling, become the front page."""
    for target in ("//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example",
                   "\\\\evil.example", "javascript:alert(1)", "/%0d%0a\r\nX: y"):  # fmt: skip
        assert own_path(target) == "/", target
    assert own_path("/ask?q=%E5%8E%9F&page=1") == "/ask?q=%E5%8E%9F&page=1"


@pytest.mark.parametrize(
    ("role", "scopes", "expected"),
    [
        ("reader", "read edit", {"read": 200, "edit": 403, "publish": 403, "audit": 403}),
        ("editor", "read", {"read": 200, "edit": 403, "publish": 403, "audit": 403}),
        ("editor", "read edit", {"read": 200, "edit": 200, "publish": 403, "audit": 403}),
        ("owner", "people", {"read": 403, "edit": 403, "publish": 403, "audit": 200}),
    ],
)
def test_a_token_does_what_its_scopes_and_its_role_both_allow(
    desk: Desk, role: str, scopes: str, expected: dict[str, int]
) -> None:
    """The narrower of the two decides; without a token nothing is told."""
    key = desk.token(f"{role}-{scopes.replace(' ', '-')}", role, scopes)
    where = f"/api/v1/editions/{desk.edition}"
    with client(desk, Authorization=f"Bearer {key}") as program:
        found = {
            "read": program.get(where).status_code,
            "edit": program.post(f"{where}/undo").status_code,
            "publish": program.post(f"{where}/publish", json={}).status_code,
            "audit": program.get("/api/v1/audit").status_code,
        }
    assert found == expected
    assert httpx2.get(f"{desk.base}{where}").status_code == 401


def test_a_proxy_is_believed_only_where_the_settings_say_so(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Off by default; on, the name must be an account, and forms still need their token."""
    named = {"X-Remote-User": "dot"}
    desk.token("dot", "editor")
    asked = httpx2.get(f"{desk.base}/editions/{desk.edition}", headers=named)
    assert asked.status_code == 303
    config = Config.model_validate({"web": {"login_header": "X-Remote-User"}})
    with served(sample(tmp_path_factory.mktemp("proxy")), config) as behind:
        behind.token("dot", "editor")
        with client(behind, **named) as browser:
            page = browser.get(f"/editions/{behind.edition}")
            undo = f"/editions/{behind.edition}/undo"
            assert page.status_code == 200
            assert browser.post(undo).status_code == 403
            answer = browser.post(undo, data={"form_token": form_token(page.text)})
            assert answer.status_code == 303
        with client(behind, **{"X-Remote-User": "eve"}) as stranger:
            assert stranger.get(f"/editions/{behind.edition}").status_code == 303


def test_every_answer_carries_the_policy_and_no_page_an_inline_script(desk: Desk) -> None:
    """Errors and redirects, too."""
    for path in ("/", "/sign-in", "/nowhere", "/api/v1/editions", "/static/desk.js"):
        answer = httpx2.get(f"{desk.base}{path}")
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|style=", answer.text[:20_000]) or (
            path.startswith("/static")
        )


def test_two_editors_lose_nothing(desk: Desk) -> None:
    """Different stories: both changes stand. The same story: the second is told who did what."""
    ann, ben = (desk.token(name, "editor") for name in ("ann", "ben"))
    where = f"/api/v1/editions/{desk.edition}"

    def order(key: str, seen: int, **fields: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {key}"}
        body = {"order": fields, "seen": seen}
        return httpx2.post(f"{desk.base}{where}/orders", json=body, headers=headers)

    start = httpx2.get(f"{desk.base}{where}", headers={"Authorization": f"Bearer {ann}"}).json()
    seen = start["version"]
    first, second = (one["story_id"] for one in start["edition"]["sections"][0]["articles"][:2])
    a = order(ann, seen, verb="hold", story=first, reason="thin")
    b = order(ben, seen, verb="pin", story=second)
    assert (a.status_code, b.status_code) == (200, 200)
    assert b.json()["held"] == [first]
    assert b.json()["pinned"] == [second]
    clash = order(ben, seen, verb="pin", story=first)
    assert (clash.status_code, clash.json()["changes"]) == (409, ["ann: hold"])
    lines = desk.office.drafts.history(desk.edition)
    assert [(one.account, one.verb) for one in lines[:2]] == [("ben", "pin"), ("ann", "hold")]
    for _ in range(2):
        undone = httpx2.post(f"{desk.base}{where}/undo", headers={"Authorization": f"Bearer {ann}"})
    assert undone.json()["edition"] == start["edition"]


def test_a_token_makes_no_other_token_and_no_password(desk: Desk) -> None:
    """A token that may only read stays one: what signs people in is for people in a browser."""
    key = desk.token("fay", "owner", "read")
    posts: dict[str, dict[str, Any]] = {
        "/people/tokens": {"label": "more", "scopes": ["edit", "people"]},
        "/people/password": {"old": PASSWORD, "new": f"{PASSWORD} 2"},
        "/people/sessions/end": {},
        f"/people/tokens/{key[:20]}/revoke": {},
        "/passkeys/begin": {},
    }
    with client(desk, Authorization=f"Bearer {key}") as program:
        found = {path: program.post(path, data=data).status_code for path, data in posts.items()}
        found["/people"] = program.get("/people").status_code
    assert set(found.values()) == {403}, found
    assert len(desk.office.people.tokens("fay")) == 1


def test_a_feed_cannot_have_a_form_token_put_into_its_words(desk: Desk) -> None:
    """A page is set once for many; what stands for the visitor meanwhile is no constant."""
    constant = form_token_of("\ue000key\ue001")
    desk.token("gil", "editor")
    with client(desk) as browser:
        browser.post("/sign-in", data={"name": "gil", "password": PASSWORD})
        where = f"/editions/{desk.edition}"
        fields = {"form_token": form_token(browser.get(where).text), "verb": "entitle"}
        done = browser.post(f"{where}/orders", data={**fields, "title": f"see {constant}"})
        browser.get(where)  # says what was done; the next one may be shared
        page = browser.get(where).text
        browser.post(f"{where}/undo", data=fields)
    assert done.status_code == 303
    assert f"see {constant}" in page


def test_numbers_that_no_column_holds_and_characters_that_no_store_keeps_are_refused(
    desk: Desk,
) -> None:
    """Silly input gets a sentence or is passed over, never an error of ours."""
    key = desk.token("hal", "editor")
    where = f"/editions/{desk.edition}"
    with client(desk, Authorization=f"Bearer {key}") as program:
        assert program.get(f"{where}/news?seen={'9' * 30}").status_code == 422
        for seen in ("²", "9" * 30, "9" * 5_000):
            order = {"verb": "entitle", "title": "", "seen": seen}
            assert program.post(f"{where}/orders", data=order).status_code == 303, seen[:9]
        body = {"order": {"verb": "entitle", "title": "a\0b"}}
        assert program.post(f"/api/v1{where}/orders", json=body).status_code == 422


def test_a_source_that_the_list_cannot_hold_is_refused_before_it_is_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One bad name once made every page and every run fail until somebody mended the file."""
    monkeypatch.chdir(tmp_path)
    key = desk.token("ira", "owner")
    good = {"url": "https://a.example/feed", "kind": "feed", "name": ""}
    bad = [
        {**good, "name": "../../x"},
        {**good, "name": "a\n[[source]]"},
        {**good, "url": "file:///etc/passwd"},
        {**good, "url": "/etc/passwd", "kind": "warc"},
        {**good, "url": "javascript:alert(1)"},
    ]
    table = b'[[source]]\nid = "x"\nurl = "file:///etc/passwd"\n'
    with client(desk, Authorization=f"Bearer {key}") as program:
        found = [program.post("/sources/add", data=one).status_code for one in bad]
        file = {"file": ("x.toml", table)}
        found.append(program.post("/sources/import", files=file).status_code)
        assert program.post("/sources/add", data=good).status_code == 303
        assert program.get("/sources").status_code == 200
    assert set(found) <= {400, 404}
    assert [one.url for one in read_own_list(Path("sources.toml")).sources] == [good["url"]]


def test_a_proxy_that_is_no_network_is_said_at_the_start() -> None:
    """It once came up with every page that was asked for."""
    with pytest.raises(ValidationError, match="nonsense"):
        Config.model_validate({"web": {"login_proxies": ["nonsense"]}})


def test_a_source_that_is_taken_off_the_list_is_read_no_more_until_it_is_added_again(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it brought stays, and the page says who took it off."""
    monkeypatch.chdir(tmp_path)
    key = desk.token("una", "owner")
    with client(desk, Authorization=f"Bearer {key}") as program:
        first = program.get("/api/v1/sources").json()[0]["source"]
        body = {"url": first["url"], "kind": first["kind"], "id": first["id"]}
        assert program.post("/api/v1/sources", json=body).status_code == 200
        assert program.post(f"/sources/{first['id']}/remove").status_code == 303
        row = next(
            one
            for one in program.get("/api/v1/sources").json()
            if one["source"]["id"] == first["id"]
        )
        assert row["state"] == "gone"
        assert "by una" in row["health"]["state"]["asking"]["gone_because"]
        assert read_own_list(Path("sources.toml")).sources == ()
        assert program.post(f"/sources/{first['id']}/remove").status_code == 404
        assert program.post("/api/v1/sources", json=body).status_code == 200
        states = [one["state"] for one in program.get("/api/v1/sources").json()]
        assert "gone" not in states
