"""The pages that the links of a letter lead to, over a real server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from ribao.config import Config
from ribao.publish.mail.tokens import CONFIRM, UNSUBSCRIBE, Wish, sign
from ribao.store.subscribers import Standing, Subscriber, moment, subscriber_id
from tests.desk import Desk, sample, served

SECRET = "an invented secret of forty signs or so.."  # noqa: S105 - of an invented list
ADDRESS = "reader@paper.example"
LIST = {
    "kind": "mail",
    "host": "localhost",
    "sender": "AI Daily <daily@paper.example>",
    "pages": "https://desk.paper.example/mail",
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk with a mailing list that one reader asked to join."""
    monkeypatch.setenv("RIBAO_LETTERS_SECRET", SECRET)
    config = Config.model_validate({"deliver": {"channels": {"letters": LIST}}})
    with served(sample(tmp_path), config) as opened:
        asked = Subscriber(
            subscriber_id("letters", ADDRESS), "letters", ADDRESS, "zh", Standing.PENDING,
            moment(datetime(2026, 1, 16, tzinfo=UTC)),
        )  # fmt: skip
        with opened.office.store.begin() as connection:
            opened.office.store.subscribers.put(connection, asked)
        yield opened


def state(desk: Desk) -> str:
    """How the reader stands."""
    found = desk.office.store.subscribers.get(subscriber_id("letters", ADDRESS))
    assert found is not None
    return found.state


def test_a_reader_joins_and_leaves_by_the_links_of_letters(desk: Desk) -> None:
    """Looking changes nothing; the button and the one click of RFC 8058 do, without a cookie."""
    who = subscriber_id("letters", ADDRESS)
    join, leave = (sign(Wish(action, who), SECRET) for action in (CONFIRM, UNSUBSCRIBE))
    with httpx2.Client(base_url=desk.base) as browser:
        page = browser.get(f"/mail/confirm?token={join}", headers={"accept-language": "zh"})
        assert (page.status_code, "确认订阅" in page.text) == (200, True)
        assert state(desk) == Standing.PENDING
        assert browser.post(f"/mail/confirm?token={join}").status_code == 200
        assert state(desk) == Standing.CONFIRMED
        assert browser.get(f"/mail/unsubscribe?token={leave}").status_code == 200
        assert state(desk) == Standing.CONFIRMED
        assert browser.post(f"/mail/confirm?token={leave}").status_code == 422
        click = {"List-Unsubscribe": "One-Click"}
        for _ in range(2):
            done = browser.post(f"/mail/unsubscribe?token={leave}", data=click)
            assert done.status_code == 200
        assert state(desk) == Standing.ENDED


@pytest.mark.parametrize("token", ["", "x", "unsubscribe.0123456789abcdef0123.0." + "A" * 22])
def test_a_link_that_is_not_ours_does_nothing(desk: Desk, token: str) -> None:
    """It says so in one sentence, the same for whoever asks."""
    with httpx2.Client(base_url=desk.base) as browser:
        for answer in (
            browser.get(f"/mail/unsubscribe?token={token}"),
            browser.post(f"/mail/unsubscribe?token={token}"),
        ):
            assert answer.status_code == 422
            assert "this link is not good" in answer.text
    assert state(desk) == Standing.PENDING
