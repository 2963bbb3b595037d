"""The outbox: planned with the edition, sent once, and whatever a crash leaves open is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bench._channel_fakes import Arrivals
from ribao.config import Config
from ribao.deliver import Office, revise, send_due
from ribao.deliver.channels import missing_secrets, open_channels
from ribao.errors import ConfigError, RefusedError, RetryableError
from ribao.gateways.exits import Exits, Secrets
from ribao.model import Edition
from ribao.plugins.kinds import Channel, Parcel, Repeats, Sending
from ribao.plugins.loader import channel_kinds, load_plugins
from ribao.store.outbox import State
from tests.unit.deliver.conftest import MakeOffice, edition, keep


class KilledError(BaseException):
    """The process ends here."""


@dataclass
class Scripted:
    """A channel that does what it is told: each try takes one word of the script."""

    repeats: Repeats = Repeats.DOUBLED
    script: list[str] = field(default_factory=list)
    name: str = "team"
    for_subscribers: bool = False
    spacing_seconds: float = 0.0
    secrets: tuple[str, ...] = ()
    parts: int = 1
    came: list[str] = field(default_factory=list)  # keys, as often as they came

    def parcels(self, edition: Edition, *, note: bool) -> Sequence[Parcel]:
        """Numbered messages."""
        if self.script[:1] == ["unset"]:
            raise RuntimeError(edition.title)
        return [Parcel(f"{'note' if note else n}".encode(), f"{n}") for n in range(self.parts)]

    def send(self, sending: Sending, exits: Exits) -> str:
        """Take it, or not, or perhaps."""
        del exits
        word = self.script.pop(0) if self.script else "take"
        known = self.repeats is Repeats.HARMLESS and sending.key in self.came
        if word in {"take", "take and die", "take and hang up"} and not known:
            self.came.append(sending.key)
        if word.endswith("die"):
            raise KilledError
        if word == "take":
            return "taken"
        error = RefusedError if word == "refuse" else RetryableError
        failure = error("the script says no", word)
        failure.sent = word == "take and hang up"
        raise failure

    def ask(self, sending: Sending, exits: Exits) -> str:
        """Whether it came."""
        del exits
        return "asked" if sending.key in self.came else ""


def staffed(office: Office, channel: Scripted, unsure: str = "at-most-once", **more: Any) -> Office:
    """The office with one channel, the scripted one."""
    table = {"deliver": {"channels": {"team": {"kind": "x", "unsure": unsure, **more}}}}
    settings = Config.model_validate(table).deliver.model_copy(update={"settle_seconds": 1.0})
    return replace(office, channels={"team": channel}, settings=settings)


def states(office: Office) -> list[str]:
    """Where each delivery stands."""
    return [one.state.value for one in office.store.outbox.find()]


@pytest.mark.parametrize("death", ["take and die", "die"])
@pytest.mark.parametrize(
    ("repeats", "unsure", "lost", "doubled"),
    [
        (Repeats.HARMLESS, "at-most-once", 0, 0),
        (Repeats.ASKABLE, "at-most-once", 0, 0),
        (Repeats.DOUBLED, "at-least-once", 0, 1),
        (Repeats.DOUBLED, "at-most-once", 1, 0),
    ],
)
def test_a_sender_killed_between_sending_and_receipt(
    make_office: MakeOffice, death: str, repeats: Repeats, unsure: str, lost: int, doubled: int
) -> None:
    """Nothing is lost or doubled where the channel knows keys or can be asked; else as set."""
    channel = Scripted(repeats, [death])
    office = staffed(make_office(), channel, unsure)
    keep(office, edition(1))
    with pytest.raises(KilledError):
        send_due(office)
    assert states(office) == ["sending"]
    send_due(office, patience_seconds=5)
    arrived = death == "take and die"
    assert len(channel.came) == 1 + (doubled if arrived else 0) - (0 if arrived else lost)
    parked = repeats is Repeats.DOUBLED and unsure == "at-most-once"
    assert states(office) == (["unsure"] if parked else ["delivered"])
    before = len(channel.came)
    send_due(office, patience_seconds=5)
    assert len(channel.came) == before


def test_an_answer_that_never_came_is_like_a_crash(make_office: MakeOffice) -> None:
    """A connection that breaks after sending is asked about, not sent again."""
    channel = Scripted(Repeats.ASKABLE, ["take and hang up"])
    office = staffed(make_office(), channel)
    keep(office, edition(1))
    sent = send_due(office, patience_seconds=5)
    assert (len(channel.came), sent.counts[State.DELIVERED]) == (1, 1)
    (delivery,) = office.store.outbox.find()
    assert delivery.receipt == "asked"


def test_parts_arrive_in_order_and_refusals_are_final(make_office: MakeOffice) -> None:
    """A later part waits for the earlier one; what is refused is not tried again by itself."""
    channel = Scripted(script=["no", "take", "refuse"], parts=3)
    office = staffed(make_office(), channel)
    keep(office, edition(1))
    send_due(office)
    assert (states(office), channel.came) == (["waiting", "planned", "planned"], [])
    send_due(office, patience_seconds=60)
    assert states(office) == ["delivered", "failed", "delivered"]
    ids = [one.id for one in office.store.outbox.find()]
    assert channel.came == [ids[0], ids[2]]


def test_what_never_works_is_given_up_and_says_why(make_office: MakeOffice) -> None:
    """After the last of its tries a delivery has failed."""
    channel = Scripted(script=["no"] * 99)
    office = staffed(make_office(), channel)
    keep(office, edition(1))
    send_due(office, patience_seconds=10**6)
    (delivery,) = office.store.outbox.find()
    assert (delivery.state, delivery.tries) == (State.FAILED, 10)
    assert "given up after 10 tries: the script says no" in delivery.detail


def test_one_process_sends_at_a_time(make_office: MakeOffice) -> None:
    """Who finds another at work does nothing, and does not take its message for an orphan."""
    channel = Scripted()
    office = staffed(make_office(), channel)
    keep(office, edition(1))
    with office.store.outbox.sending_alone() as alone:
        assert alone
        assert send_due(office).busy
    assert (send_due(office).busy, len(channel.came)) == (False, 1)


def test_planning_twice_sends_once(make_office: MakeOffice) -> None:
    """The same edition again adds nothing, sent or not."""
    channel = Scripted(parts=2)
    office = staffed(make_office(), channel)
    assert (keep(office, edition(1)), keep(office, edition(1))) == (2, 0)
    send_due(office)
    channel.parts = 3
    assert keep(office, edition(1)) == 0
    send_due(office)
    assert len(channel.came) == 2


def test_a_channel_that_cannot_write_does_not_stop_the_paper(make_office: MakeOffice) -> None:
    """A stranger's channel that raises is a failed delivery with its sentence."""
    office = staffed(make_office(), Scripted(script=["unset"]))
    keep(office, edition(1))
    (delivery,) = office.store.outbox.find()
    assert delivery.state is State.FAILED
    assert "could not be rendered: RuntimeError: Boats leave" in delivery.detail


@pytest.mark.parametrize(
    ("corrections", "carried"), [("whole", b"0"), ("note", b"note"), ("nothing", None)]
)
def test_a_correction_reaches_readers_as_the_owner_wants(
    make_office: MakeOffice, corrections: str, carried: bytes | None
) -> None:
    """What was sent is corrected by the whole, by a note, or not at all."""
    office = staffed(make_office(), Scripted(), corrections=corrections)
    keep(office, edition(2))
    send_due(office)
    later = revise(edition(3), office.store, public=False)
    assert later.revision == 2
    assert "Boat 2 leaves" in later.correction
    keep(office, later)
    bodies = [office.store.outbox.body(one.content_digest) for one in office.store.outbox.find()]
    assert bodies[1:] == ([] if carried is None else [carried])


def test_what_nobody_saw_changes_in_silence(make_office: MakeOffice) -> None:
    """An edition whose deliveries are not out yet is made anew, and is no correction."""
    channel = Scripted()
    office = staffed(make_office(), channel)
    keep(office, edition(2))
    assert revise(edition(3), office.store, public=False).revision == 1
    public = revise(edition(3), office.store, public=True)
    assert public.revision == 2
    assert revise(edition(2), office.store, public=True) == edition(2)
    keep(office, public)
    send_due(office)
    assert states(office) == ["cancelled", "delivered"]
    assert len(channel.came) == 1


def test_unknown_kinds_keys_and_missing_secrets_are_said(tmp_path: Path) -> None:
    """Every mistake of a channel's table is one sentence that names it."""
    kinds = channel_kinds(load_plugins())

    def opened(**table: object) -> Sequence[Channel]:
        return open_channels(
            Config.model_validate({"deliver": {"channels": {"team": table}}}), kinds
        )

    with pytest.raises(ConfigError, match="no such kind of channel: 'pigeon'"):
        opened(kind="pigeon")
    with pytest.raises(ConfigError, match=r"deliver.channels.team.*chat: Field required"):
        opened(kind="telegram")
    with pytest.raises(ConfigError, match="colour: unknown key"):
        opened(kind="slack", colour="red")
    with pytest.raises(ConfigError, match="is outside"):
        opened(kind="git", remote=str(tmp_path), folder="../..")
    assert missing_secrets(opened(kind="slack"), Secrets({})) == ("RIBAO_TEAM_URL",)


def test_a_missing_secret_waits_for_the_owner(
    make_office: MakeOffice, clean: Arrivals, ports: dict[str, Any]
) -> None:
    """Without its address a message waits, and the reason names the variable, never a value."""
    office = make_office(slack={"kind": "slack"})
    keep(office, edition(1))
    poor = replace(office, exits=replace(office.exits, secrets=Secrets({})))
    send_due(poor)
    (delivery,) = office.store.outbox.find()
    assert delivery.state is State.WAITING
    assert "RIBAO_SLACK_URL" in delivery.detail
    assert str(ports["chats"]) not in repr(office.exits)
    send_due(office, patience_seconds=10**4)
    assert len(clean.messages["slack"]) == 1


@dataclass
class Echoing(Scripted):
    """A service, or what stands before it, that says what it was asked."""

    says: str = ""

    def send(self, sending: Sending, exits: Exits) -> str:
        """Refuse with those words."""
        exits.secrets.get(self.name, "URL")
        exits.secrets.find(self.name, "TOKEN")
        raise RefusedError("the channel refuses the message", sending.key, self.says)


@pytest.mark.parametrize(
    "says",
    [
        "HTTP 404 Cannot POST /hook/T0PSECRETPLACE/x?key=hiddenvalue1",
        "HTTP 404 Cannot POST /bot12345:AAHtokenOfABot/sendMessage",
        "HTTP 400 no such path: %2Fbot12345%3AAAHtokenOfABot",
        "HTTP 400 https://chat.example/hook/T0PSECRETPLACE/x?key=hiddenvalue1",
        "HTTP 400 what was cut ends in /hook/T0PSECRETP",
    ],
)
def test_a_refusal_that_repeats_the_address_tells_no_secret(
    make_office: MakeOffice, says: str
) -> None:
    """The outbox, its list and the desk keep what a service said, without what we said to it."""
    office = staffed(make_office(), Echoing(says=says))
    secrets = Secrets(
        {
            "RIBAO_TEAM_URL": "https://chat.example/hook/T0PSECRETPLACE/x?key=hiddenvalue1",
            "RIBAO_TEAM_TOKEN": "12345:AAHtokenOfABot",
        }
    )
    office = replace(office, exits=replace(office.exits, secrets=secrets))
    keep(office, edition(1))
    send_due(office)
    (delivery,) = office.store.outbox.find()
    assert "HTTP 40" in delivery.detail
    assert not any(part in delivery.detail for part in ("T0PSECRET", "hidden", "AAHtoken"))
