"""Previews: what takes seconds is for editors, made once for a draft and one at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx2
import pytest

from ribao.model import Edition
from ribao.plugins.kinds import RenderedFile
from ribao.web import printing, workbench
from ribao.web.following import BusyError
from ribao.web.orders import read_order
from tests.desk import Desk, sample, served


class Slow:
    """An output that is made when it is let go, and counts."""

    name = "sound"

    def __init__(self) -> None:
        """Begin with none."""
        self.made, self.at_once, self.most = 0, 0, 0
        self.go = threading.Event()

    def render(self, _edition: Edition) -> tuple[RenderedFile, ...]:
        """One file."""
        self.made += 1
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        assert self.go.wait(30)
        self.at_once -= 1
        return (RenderedFile("sound.ogg", b"la"),)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample."""
    with served(sample(tmp_path_factory.mktemp("previews"))) as opened:
        yield opened


def test_a_preview_is_made_once_and_one_at_a_time(desk: Desk) -> None:
    """Three may wait; a fourth is told to come again; another draft is another preview."""
    slow = Slow()
    found: list[object] = []

    def ask() -> None:
        try:
            found.append(printing.preview(desk.office, desk.edition, slow))
        except BusyError as error:
            found.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    while not found:  # one was refused at once; the test's own limit of time ends it
        pass
    slow.go.set()
    for thread in threads:
        thread.join()
    assert sum(isinstance(one, BusyError) for one in found) == 1
    assert (slow.made, slow.most) == (1, 1)
    order = read_order({"verb": "entitle", "title": "Another title"})
    workbench.apply(desk.office, desk.edition, order, "ann")
    ask()
    assert slow.made == 2


def test_readers_see_what_is_made_in_no_time(desk: Desk) -> None:
    """A book, print and sound are for those who publish."""
    headers = {"Authorization": f"Bearer {desk.token('rea', 'reader', 'read')}"}
    with httpx2.Client(base_url=desk.base, headers=headers) as program:
        page = program.get(f"/editions/{desk.edition}/publish").text
        assert f"/preview/{desk.edition}/html" in page
        assert f"/preview/{desk.edition}/audio" not in page
        assert program.get(f"/preview/{desk.edition}/html").status_code == 200
        for name in ("audio", "pdf", "epub"):
            assert program.get(f"/preview/{desk.edition}/{name}").status_code == 404
