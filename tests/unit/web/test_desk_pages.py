"""Pages that are set once, made in turn, and there even where the desk is wrong."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest
from fastapi import APIRouter, FastAPI

from ribao.web import turns, workbench
from ribao.web.office import Office
from ribao.web.orders import read_order
from ribao.web.rendering import browser
from tests.desk import PASSWORD, Desk, sample, served


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample, with two people."""
    with served(sample(tmp_path_factory.mktemp("pages"))) as opened:
        opened.token("ada", "editor")
        opened.token("eve", "editor")
        yield opened


@contextmanager
def visitor(desk: Desk, name: str) -> Iterator[httpx2.Client]:
    """A browser without a face, signed in."""
    with httpx2.Client(base_url=desk.base, timeout=60) as found:
        found.post("/sign-in", data={"name": name, "password": PASSWORD})
        yield found


def test_a_page_is_set_once_until_something_is_committed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for twice it is set once; a change shows at once; nobody gets another's name."""
    set_, values = [], workbench.bench

    def counted(office: Office, edition_id: str) -> workbench.Bench:
        set_.append(edition_id)
        return values(office, edition_id)

    monkeypatch.setattr(workbench, "bench", counted)
    address = f"/editions/{desk.edition}"
    with visitor(desk, "ada") as ada, visitor(desk, "eve") as eve:
        for _ in range(2):  # the first to look at an edition begins its draft
            ada.get(address)
        set_.clear()
        page = eve.get(address).text
        assert set_ == []
        assert ">eve<" in page
        assert ">ada<" not in page
        order = read_order({"verb": "entitle", "title": "A title that nobody has read"})
        workbench.apply(desk.office, desk.edition, order, "ada")
        for one in (ada, eve):
            assert "A title that nobody has read" in one.get(address).text


def test_pages_are_made_a_few_at_a_time() -> None:
    """Ten who ask at once are answered, no more than so many at any moment."""
    router, app = APIRouter(route_class=turns.InTurn), FastAPI()
    now, most = 0, 0

    @router.get("/")
    def slow() -> str:
        nonlocal now, most
        now += 1
        most = max(most, now)
        time.sleep(0.02)
        now -= 1
        return "done"

    app.include_router(router)

    async def ask() -> list[int]:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://desk") as client:
            answers = await asyncio.gather(*(client.get("/") for _ in range(10)))
        return [one.status_code for one in answers]

    assert asyncio.run(ask()) == [200] * 10
    assert most == turns.AT_ONCE


def test_a_mistake_of_the_desk_is_a_page_that_tells_nothing_of_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In words, with the headers of every page, for programs as JSON; the log has the rest."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a secret detail")

    key = {"Authorization": f"Bearer {desk.token('programmer', 'editor')}"}
    with visitor(desk, "ada") as ada:
        monkeypatch.setattr(workbench, "bench", broken)
        page = ada.get(f"/editions/{desk.edition}", headers={"Accept-Language": "zh-CN"})
        told = ada.get(f"/api/v1/editions/{desk.edition}", headers=key)
    assert page.status_code == 500
    assert "编辑台自身出错了" in page.text
    assert "secret" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert (told.status_code, told.json()["error"]) == (500, "the desk made a mistake")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
         "Firefox, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15",
         "Safari, macOS"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("curl/8.14.1", "curl/8.14.1"),
        ("", "?"),
    ],
)  # fmt: skip
def test_browsers_have_the_names_that_their_owners_know(agent: str, name: str) -> None:
    """Not what they send."""
    assert browser(agent) == name
