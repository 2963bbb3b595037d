"""What the commands of `ribao subscribers` do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import typer

from ribao.beat import load_beat
from ribao.catalogue import say
from ribao.config import Config, load_config
from ribao.deliver import Office, send_due
from ribao.deliver.opening import open_office
from ribao.deliver.subscribing import (
    bring_in,
    confirm,
    end,
    follow,
    mailing_list,
    note_bounces,
    subscribe,
    write_out,
)
from ribao.errors import ConfigError
from ribao.publish.mail.addresses import checked_address
from ribao.publish.mail.channel import MailingList
from ribao.publish.mail.tokens import CONFIRM
from ribao.store.subscribers import Standing, subscriber_id

NAMED = 20  # rows of an import that were not taken
BY_OWNER = "by the owner of the list"


@contextmanager
def _opened(
    output: Path, path: Path | None, name: str
) -> Iterator[tuple[Config, Office, MailingList]]:
    config = load_config(path)
    with open_office(config, output) as office:
        yield config, office, mailing_list(office.channels.values(), name)


def add_one(address: str, output: Path, path: Path | None, *, name: str, language: str) -> None:
    """Ask an address whether it wants the paper, and send the question."""
    if language not in ("", "zh", "en"):
        raise ConfigError("no such language", language, "an edition is in zh or en")
    with _opened(output, path, name) as (config, office, channel):
        own = language or config.edition.language
        masthead = load_beat(config.edition.beat).masthead(own)
        found = subscribe(
            office.store, channel, address, office.exits.clock.now(),
            paper=config.edition.category or masthead.category, language=language,
        )  # fmt: skip
        send_due(office)
        found = office.store.subscribers.get(found.id) or found  # the relay may have refused it
    told = "asked" if found.state == Standing.PENDING else "subscriber"
    typer.echo(say(f"deliver-{told}", own, address=found.address, state=found.state))


def change_one(what: str, output: Path, path: Path | None, *, name: str, wanted: str) -> None:
    """Confirm or end a subscription, by token or by address.

    Raises:
        ConfigError: nobody of that address is on the list.
        ContentError: the token is not good.
    """
    with _opened(output, path, name) as (config, office, channel):
        store, now = office.store, office.exits.clock.now()
        if "@" in what:
            found = store.subscribers.get(subscriber_id(channel.name, checked_address(what)))
            if found is None:
                raise ConfigError("nobody subscribed with this address", what)
            change = confirm if wanted == CONFIRM else end
            found = change(store, found, now, because=BY_OWNER)
        else:
            found = follow(store, what, channel.secret(office.exits), now)
    language = config.edition.language
    typer.echo(say("deliver-subscriber", language, address=found.address, state=found.state))


def show_list(output: Path, path: Path | None, *, name: str, state: str, as_json: bool) -> None:
    """Print subscribers, one a line, or as JSON."""
    if state and state not in list(Standing):
        raise ConfigError("no such state", state, f"there are {', '.join(Standing)}")
    with _opened(output, path, name) as (_, office, channel):
        found = office.store.subscribers.find(channel.name, state)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        since = one.ended_at or one.confirmed_at or one.asked_at
        typer.echo(f"{one.address}\t{one.state}\t{since}\t{one.language or '*'}\t{one.because}")


def import_file(file: Path, output: Path, path: Path | None, *, name: str) -> None:
    """Bring in addresses from a file.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error.reason
        raise ConfigError("cannot read the addresses", str(file), str(why)) from error
    with _opened(output, path, name) as (config, office, channel):
        now = office.exits.clock.now()
        came = bring_in(office.store, channel, text, now, because=f"imported from {file.name}")
    typer.echo(
        say(
            "deliver-imported",
            config.edition.language,
            count=came.added,
            skipped=came.known,
            bad=len(came.bad),
        )
    )
    for one in came.bad[:NAMED]:
        typer.echo(f"  {one[:80]!r}", err=True)


def export_file(file: Path | None, output: Path, path: Path | None, *, name: str) -> None:
    """Write all subscribers as CSV."""
    with _opened(output, path, name) as (_, office, channel):
        text = write_out(office.store.subscribers.find(channel.name))
    if file is None:
        typer.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError("cannot write", str(file), str(error.strerror)) from error


def read_bounces(files: tuple[Path, ...], output: Path, path: Path | None) -> None:
    """Read notices and mark who takes no mail.

    Raises:
        ConfigError: a file cannot be read.
    """
    config = load_config(path)
    try:
        notices = [file.read_bytes() for file in files] or [sys.stdin.buffer.read()]
    except OSError as error:
        raise ConfigError(
            "cannot read a notice", str(error.filename), str(error.strerror)
        ) from error
    with open_office(config, output) as office:
        now = office.exits.clock.now()
        marked = [one for notice in notices for one in note_bounces(office.store, notice, now)]
    typer.echo(say("deliver-bounced", config.edition.language, count=len(marked)))
