"""Invented editions, services on loopback, and an office that sends to them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bench._channel_fakes import (
    SIGN_SECRET,
    TOKEN,
    WEBHOOK_SECRET,
    Arrivals,
    serve_chats,
    serve_mail,
)
from ribao.config import Config
from ribao.deliver import Office, prepare
from ribao.deliver.opening import open_office
from ribao.model import (
    Article,
    Citation,
    DocumentId,
    Edition,
    EditionId,
    Insight,
    Reference,
    Section,
    Sentence,
    StoryId,
)
from ribao.store import open_store

SECRET = "the secret with which the links of a test are signed"  # noqa: S105 - of a test
CHATS = ("slack", "discord", "telegram", "feishu", "dingtalk", "wecom", "webhook")


@dataclass(slots=True)
class MovingClock:
    """The machine's clock, moved on by every pause instead of waiting."""

    ahead: timedelta = timedelta(0)
    pauses: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """The present moment and what was waited."""
        return datetime.now(UTC) + self.ahead

    def seconds(self) -> float:
        """The same in seconds."""
        return self.now().timestamp()

    def pause(self, seconds: float) -> None:
        """Wait."""
        self.pauses.append(seconds)
        self.ahead += timedelta(seconds=seconds)


def story(number: int, headline: str, text: str, kind: str = "story", author: str = "") -> Article:
    """An article that rests on two reports."""
    cited = (Citation(DocumentId(f"d{number}"), text, 0, len(text)),)
    outlets = (author or "Harbour Post", "兰亭报")
    return Article(
        story_id=StoryId(f"s{number}"),
        kind=kind,
        section="models",
        headline=Sentence(headline, cited),
        url=f"https://harbour.example/{number}?a=1&b=(2)",
        paragraph=(Sentence(text, cited), Sentence("The second sentence stands by itself.", cited)),
        insights=(Insight("coverage", (Sentence(f"Two outlets told story {number}.", cited),)),),
        references=tuple(
            Reference(
                place,
                DocumentId(f"d{number}"),
                f"https://harbour.example/{number}/{place}",
                headline,
                outlet,
                "en",
                datetime(2031, 3, 4, tzinfo=UTC),
            )
            for place, outlet in enumerate(outlets, 1)
        ),
        language="en",
    )


def edition(stories: int = 3, **changes: Any) -> Edition:
    """An edition of so many full stories and as many briefs."""
    full = tuple(
        story(number, f"Boat {number} leaves", f"It carries {number} bells. " * 6)
        for number in range(stories)
    )
    lines = tuple(
        story(100 + number, f"Lamp {number} is lit", "It burns.", "brief")
        for number in range(stories)
    )
    values: dict[str, Any] = {
        "id": EditionId("0" * 19 + "e"), "date": date(2031, 3, 5), "timezone": "UTC",
        "language": "en", "title": "Boats leave", "category": "Harbour Daily", "tags": (),
        "seo": (), "cover_image": "", "summary": tuple(one.headline for one in full[:7]),
        "sections": (
            Section("models", "Boats & bells", "story", full),
            Section("briefs", "Lamps", "brief", lines),
        ),
        "notes": ("A sample.",),
    }  # fmt: skip
    return Edition(**(values | changes))


@pytest.fixture(scope="session")
def arrivals() -> Arrivals:
    """What came to the services, over all tests of a process; see `clean`."""
    return Arrivals()


@pytest.fixture(scope="session")
def ports(arrivals: Arrivals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The services, served once for all tests."""
    log = tmp_path_factory.mktemp("relay") / "mail.log"
    chats, mail = serve_chats(arrivals), serve_mail(arrivals, log)
    yield {"chats": chats.server_port, "mail": mail.port, "log": log}
    mail.stop()
    chats.shutdown()
    chats.server_close()


@pytest.fixture
def clean(arrivals: Arrivals) -> Arrivals:
    """Nothing has come yet."""
    for shelf in (arrivals.messages, arrivals.keys, arrivals.refusals, arrivals.faults):
        shelf.clear()
    return arrivals


def settings(ports: dict[str, Any], **channels: dict[str, Any]) -> Config:
    """A configuration with those channels; the relay is on loopback."""
    for options in channels.values():
        if options["kind"] == "telegram":
            options |= {"chat": "@harbour", "api": f"http://127.0.0.1:{ports['chats']}/telegram"}
        if options["kind"] == "mail":
            options |= {
                "sender": "Harbour Daily <paper@harbour.example>", "host": "127.0.0.1",
                "port": ports["mail"], "security": "none", "per_second": 1000,
                "pages": "https://pages.example/mail",
            }  # fmt: skip
    return Config.model_validate(
        {
            "http": {"allow_addresses": ["127.0.0.0/8"]},
            "publish": {"address": "https://harbour.example"},
            "deliver": {"channels": channels, "settle_seconds": 0.0},
        }
    )


def environment(ports: dict[str, Any]) -> dict[str, str]:
    """The secrets of every channel that is called like its kind."""
    base = f"http://127.0.0.1:{ports['chats']}"
    found = {f"RIBAO_{name.upper()}_URL": f"{base}/{name}?access_token=k" for name in CHATS}
    found |= {f"RIBAO_{name}_SECRET": SIGN_SECRET for name in ("FEISHU", "DINGTALK")}
    return found | {
        "RIBAO_TELEGRAM_TOKEN": TOKEN, "RIBAO_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "RIBAO_MAIL_SECRET": SECRET,
    }  # fmt: skip


MakeOffice = Callable[..., Office]


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without a row: copying it is quicker than bringing a schema forward each time."""
    path = tmp_path_factory.mktemp("store") / "empty.sqlite3"
    with open_store(path):
        pass
    return path


@pytest.fixture
def make_office(ports: dict[str, Any], tmp_path: Path, empty_store: Path) -> Iterator[MakeOffice]:
    """Open an office with those channels; its clock moves on when it waits."""
    memory = tmp_path / "editions" / ".ribao"
    memory.mkdir(parents=True)
    shutil.copy(empty_store, memory / "live.sqlite3")
    with ExitStack() as stack:

        def make(**channels: dict[str, Any]) -> Office:
            clock = MovingClock()
            config, secrets = settings(ports, **channels), environment(ports)
            opened = open_office(config, tmp_path / "editions", clock=clock, environment=secrets)
            office = stack.enter_context(opened)
            return Office(office.store, office.channels, office.exits, office.settings, clock.pause)

        yield make


def keep(office: Office, made: Edition) -> int:
    """Keep an edition and plan it, in one transaction, as a run does."""
    post = prepare(
        office.store, made, tuple(office.channels.values()), office.settings,
        office.exits.clock.now(),
    )  # fmt: skip
    with office.store.begin() as connection:
        office.store.editions.put_edition(connection, made, "harbour")
        return post.keep(connection)
