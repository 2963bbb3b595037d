"""What the commands of `ribao deliveries` do, and `ribao run` once its edition is made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from ribao.catalogue import say
from ribao.config import Config, load_config
from ribao.deliver import Office, Sent, missing_secrets, prepare, send_due
from ribao.deliver.opening import open_office
from ribao.errors import ConfigError, ContentError
from ribao.files import read_regular
from ribao.publish import read_edition
from ribao.store.outbox import Delivery, State
from ribao.store.plans import Plans

DETAIL = 60  # characters of a reason in a list; `explain` has all of it
WIDE = 200  # columns where no terminal says how many it has
TROUBLE = (State.FAILED, State.UNSURE)
CAN_BE_RETRIED = (State.FAILED, State.UNSURE, State.WAITING, State.CANCELLED)


def deliver_after_run(output: Path, config: Config) -> Sent | None:
    """Send what a run planned and what earlier ones left; None where there is no channel.

    Raises:
        RibaoError: the outbox cannot be opened or written.
    """
    publish_planned(output, config)
    if not config.deliver.channels:
        return None
    with open_office(config, output) as office:
        _warn(office, config)
        sent = send_due(office, patience_seconds=config.deliver.patience_seconds)
    typer.echo(in_words(sent, config.edition.language), err=True)
    return sent


def send_now(output: Path, path: Path | None, *, wait: float, as_json: bool) -> bool:
    """Send what is due; return whether all went well."""
    config = load_config(path)
    publish_planned(output, config)
    with open_office(config, output) as office:
        _warn(office, config)
        sent = send_due(office, patience_seconds=wait)
    if as_json:
        counts = {state.value: sent.counts[state] for state in State if sent.counts[state]}
        waits = sent.waits_until.isoformat() if sent.waits_until else ""
        typer.echo(json.dumps({"sent": counts, "busy": sent.busy, "next": waits}))
    else:
        typer.echo(in_words(sent, config.edition.language))
    return not sent.busy and not any(sent.counts[state] for state in TROUBLE)


def publish_planned(output: Path, config: Config) -> None:
    """Put out the editions whose time has come, where the desk is not running to do it.

    Raises:
        RibaoError: an edition or the record of it cannot be written; the plan waits.
    """
    with open_office(config, output) as office:
        if not Plans(office.store.engine).due(office.exits.clock.now().isoformat()):
            return
    from ribao.web.places import Where  # noqa: PLC0415 - the desk, which is seldom needed here
    from ribao.web.scheduling import carry_out  # noqa: PLC0415 - as above
    from ribao.web.serving import opened  # noqa: PLC0415 - as above

    with opened(Where(output, store="live"), config) as desk:
        for plan in carry_out(desk, send=False):
            words = say(f"deliver-plan-{plan.state}", config.edition.language, because=plan.because,
                        told=plan.told)  # fmt: skip
            typer.echo(f"ribao: {words}", err=True)


def in_words(sent: Sent, language: str) -> str:
    """What became of what was due, in a line or two."""
    if sent.busy:
        return say("deliver-busy", language)
    told = [
        say(f"deliver-state-{state.value}", language, count=sent.counts[state])
        for state in State
        if sent.counts[state]
    ]
    lines = [say("deliver-sent", language, told=", ".join(told))] if told else []
    if sent.waits_until is not None:
        moment = f"{sent.waits_until:%Y-%m-%d %H:%M:%S} UTC"
        lines.append(say("deliver-waits", language, moment=moment))
    return "\n".join(lines) or say("deliver-nothing-due", language)


def show_list(
    output: Path, path: Path | None, *, state: str, channel: str, last: int, as_json: bool
) -> None:
    """Print deliveries as a table or as JSON.

    Raises:
        ConfigError: there is no such state.
    """
    if state and state not in list(State):
        known = ", ".join(one.value for one in State)
        raise ConfigError("no such state", state, f"there are {known}")
    states = [State(state)] if state else []
    config = load_config(path)
    with open_office(config, output) as office:
        found = office.store.outbox.find(states, channel=channel, last=last)
        addresses = {
            one.recipient: office.store.subscribers.get(one.recipient)
            for one in found
            if one.recipient
        }
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False, indent=2))
        return
    language = config.edition.language
    if not found:
        typer.echo(say("deliver-none", language))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("id", "planned", "channel", "recipient", "what", "state", "detail"):
        table.add_column(say(f"deliver-column-{name}", language), no_wrap=True, overflow="ellipsis")
    for one in found:
        subscriber = addresses.get(one.recipient)
        table.add_row(
            one.id[:10], f"{one.planned_at:%m-%d %H:%M}", one.channel,
            subscriber.address if subscriber else "", one.title, one.state.value,
            (one.detail or one.receipt)[:DETAIL],
        )  # fmt: skip
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    console.print(table)


def retry_them(
    names: Sequence[str], output: Path, path: Path | None, *, failed: bool, arrived: bool
) -> None:
    """Make deliveries due once more, or note that they arrived.

    Raises:
        ConfigError: a name is no delivery, or one that needs no second try.
    """
    if not names and not failed:
        raise ConfigError("which ones?", hint="name them, or say --failed")
    with open_office(load_config(path), output) as office:
        outbox, now = office.store.outbox, office.exits.clock.now()
        found = list(outbox.find([State.FAILED])) if failed else []
        found += [_named(office, name) for name in names]
        for one in found:
            if one.state not in CAN_BE_RETRIED or not one.parts:
                raise ConfigError(
                    "this delivery cannot be retried", one.id, one.detail or one.state
                )
            with office.store.begin() as connection:
                if arrived:
                    outbox.move(
                        connection, one.id, State.DELIVERED, now, detail="the owner says so"
                    )
                else:
                    outbox.move(
                        connection, one.id, State.WAITING, now, due_at=now, tries=0,
                        detail="the owner wants another try",
                    )  # fmt: skip
            typer.echo(f"{one.id} {State.DELIVERED if arrived else State.WAITING}")


def explain_one(name: str, output: Path, path: Path | None, *, as_json: bool) -> None:
    """Print every step of one delivery.

    Raises:
        ConfigError: the name is no delivery, or several.
    """
    with open_office(load_config(path), output) as office:
        found = _named(office, name)
        steps = office.store.outbox.history(found.id)
        size = len(office.store.outbox.body(found.content_digest))
        known = found.channel in office.channels
    if as_json:
        told = [
            {"at": one.at.isoformat(), "state": one.state, "detail": one.detail} for one in steps
        ]
        typer.echo(json.dumps({**_plain(found), "steps": told}, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{found.id}  {found.channel}  {found.title}  {size} bytes")
    for step in steps:
        detail = f"  {step.detail}" if step.detail else ""
        typer.echo(f"  {step.at:%Y-%m-%d %H:%M:%S} UTC  {step.state.value}{detail}")
    if found.receipt:
        typer.echo(f"  receipt: {found.receipt}")
    if not known:
        typer.echo(f"  the channel {found.channel} is not configured any more")
    if found.state is State.UNSURE:
        typer.echo(
            f"  `ribao deliveries retry {found.id[:10]}` sends it again, "
            "with --arrived it is noted as delivered"
        )


def plan_file(file: Path, output: Path, path: Path | None) -> None:
    """Plan an edition from its canonical form.

    Raises:
        ConfigError: the file cannot be read, or is no edition.
    """
    config = load_config(path)
    try:
        edition = read_edition(read_regular(file))
    except OSError as error:
        raise ConfigError("cannot read the edition", str(file), str(error.strerror)) from error
    except ContentError as error:
        raise ConfigError("no edition", str(file), str(error)) from error
    with open_office(config, output) as office:
        post = prepare(
            office.store, edition, tuple(office.channels.values()), config.deliver,
            office.exits.clock.now(),
        )  # fmt: skip
        with office.store.begin() as connection:
            count = post.keep(connection)
    typer.echo(say("deliver-planned-now", config.edition.language, count=count))


def _warn(office: Office, config: Config) -> None:
    for name in missing_secrets(tuple(office.channels.values()), office.exits.secrets):
        told = say("deliver-missing-secret", config.edition.language, name=name)
        typer.echo(f"ribao: {told}", err=True)


def _named(office: Office, name: str) -> Delivery:
    found = office.store.outbox.get(name)
    if found is None:
        raise ConfigError("no such delivery", name, hint="see `ribao deliveries list`")
    return found


def _plain(delivery: Delivery) -> dict[str, object]:
    times = ("planned_at", "due_at", "tried_at")
    return {
        key: (value.isoformat() if value else "") if key in times else value
        for key, value in asdict(delivery).items()
    }
