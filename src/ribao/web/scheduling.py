"""Putting an edition out at a set time: planned, shown, cancelled, carried out once.

A plan is settled in the transaction that records the printing, so that a kill at any moment leaves
it either waiting, and the same bytes are written again, or done. What goes out is the draft as it
lies on the desk at that time; a sentence that fails then holds it back, with the reason.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ribao.config import Config
from ribao.desk.changes import correct
from ribao.desk.checking import failing
from ribao.errors import ConfigError, ContentError, RibaoError
from ribao.running.assignment import zone_for
from ribao.store.people import Account
from ribao.store.plans import WAITING, Plan, Plans
from ribao.web import printing, sending
from ribao.web.office import Office
from ribao.web.workbench import bench

LOG = logging.getLogger("ribao.web")
TOLD = re.compile(r"(?:(\d{4}-\d{2}-\d{2})[T ])?([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
FURTHEST = timedelta(days=366)
POLL_SECONDS = 5.0  # between two looks at what is due
AFTER_FAILURE_SECONDS = 60.0
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def on_clocks(day: date, hour: int, minute: int, zone: str) -> datetime:
    """The moment at which clocks of a zone show this; UTC. Of two such moments the first.

    Raises:
        ConfigError: they never show it, since they are put forward over it.
    """
    told = datetime.combine(day, time(hour, minute))
    moment = told.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != told:
        raise ConfigError(
            "this moment does not exist", f"{told:%Y-%m-%d %H:%M}",
            f"clocks of {zone} are put forward over it",
        )  # fmt: skip
    return moment


def read_moment(told: str, zone: str, now: datetime) -> datetime:
    """A moment ahead: 2026-01-16T07:30, or 07:30 for the next time that clocks show it; UTC.

    Raises:
        ConfigError: it is none, it is over, or it is more than a year away.
    """
    match = TOLD.fullmatch(told.strip())
    if match is None:
        raise ConfigError("no such moment", told[:40], hint="write it as 2026-01-31T07:30 or 07:30")
    day, hour, minute = match.group(1), int(match.group(2)), int(match.group(3))
    if day is None:
        here = now.astimezone(ZoneInfo(zone)).date()
        moment = on_clocks(here, hour, minute, zone)
        if moment <= now:
            moment = on_clocks(here + timedelta(days=1), hour, minute, zone)
        return moment
    try:
        moment = on_clocks(date.fromisoformat(day), hour, minute, zone)
    except (ValueError, OverflowError) as error:
        raise ConfigError("no such moment", told[:40], str(error)) from error
    if not now < moment <= now + FURTHEST:
        raise ConfigError("this moment is over or too far away", told[:40])
    return moment


def schedule(office: Office, edition_id: str, told: str, who: Account, note: str = "") -> Plan:
    """Plan the printing of an edition, in place of an earlier plan.

    Raises:
        FailingError: sentences fail their check now.
        ConfigError: the moment is none or over, nothing is there to print, a note is missing.
    """
    now = bench(office, edition_id)
    wrong = failing(now.draft)
    if wrong:
        raise printing.FailingError(wrong)
    if not now.edition.articles:
        raise ConfigError("there is nothing to print", now.edition.date.isoformat())
    if not printing.unchanged(office, now):
        correct(now.edition, sending.revision_after(office, edition_id), note)
    zone = now.edition.timezone
    at = read_moment(told, zone, office.clock.now())
    shown = at.astimezone(ZoneInfo(zone))
    plan = Plan(
        edition_id, at.isoformat(timespec="seconds"), f"{shown:%Y-%m-%dT%H:%M}",
        who.id, who.name, note.strip(), office.clock.now().isoformat(),
    )  # fmt: skip
    with office.store.begin() as connection:
        Plans(office.store.engine).put(connection, plan)
        words = (edition_id, f"{plan.told} {zone}")
        office.people.note(connection, office.now(), who.name, "publish-planned", words)
    return plan


def cancel(office: Office, edition_id: str, who: str) -> Plan:
    """Take a plan back.

    Raises:
        ConfigError: no plan waits.
    """
    plans = Plans(office.store.engine)
    plan = plans.get(edition_id)
    with office.store.begin() as connection:
        if plan is None or not plans.settle(connection, plan, "cancelled", f"by {who}"):
            raise ConfigError("there is no plan that waits", edition_id)
        office.people.note(connection, office.now(), who, "publish-cancelled", (edition_id,))
    return replace(plan, state="cancelled", because=f"by {who}")


def waiting(office: Office, edition_id: str) -> Plan | None:
    """The plan of an edition, if it waits or was refused since the last printing."""
    plan = Plans(office.library.engine).get(edition_id)
    return plan if plan is not None and plan.state in {WAITING, "refused"} else None


def carry_out(office: Office, *, send: bool = True) -> tuple[Plan, ...]:
    """Put out what is due; returns the plans that were settled.

    Raises:
        RibaoError: the files or the record cannot be written; the plan waits.
    """
    plans = Plans(office.store.engine)
    settled = []
    for plan in plans.due(office.now()):
        try:
            _allowed(office, plan)
            printing.put_out(office, plan.edition_id, plan.account, plan.note, plan=plan, send=send)
        except printing.OvertakenError:
            continue  # another process was faster
        except (ConfigError, ContentError) as error:
            with office.store.begin() as connection:
                if plans.settle(connection, plan, "refused", str(error)):
                    words = (plan.edition_id, str(error))
                    office.people.note(
                        connection, office.now(), plan.account, "publish-refused", words
                    )
        settled.append(plans.get(plan.edition_id) or plan)
    return tuple(settled)


def _allowed(office: Office, plan: Plan) -> None:
    """Look whether whoever planned it may publish still.

    Raises:
        ConfigError: no.
    """
    account = office.people.account(plan.account_id)
    if account is None or account.disabled_at or account.role == "reader":
        raise ConfigError("whoever planned this may not publish any more", plan.account)


@contextmanager
def keeping_time(office: Office, poll_seconds: float = POLL_SECONDS) -> Iterator[None]:
    """Carry plans out beside the answering of pages, until the block ends."""
    stop = threading.Event()

    def work() -> None:
        pause = 0.0  # what fell due while the desk was down goes out at once
        while not stop.wait(pause):
            pause = poll_seconds
            try:
                for plan in carry_out(office):
                    LOG.info("planned edition %s: %s %s", plan.edition_id, plan.state, plan.because)
            except RibaoError as error:
                LOG.warning("a planned edition waits: %s", error)
                pause = max(poll_seconds, AFTER_FAILURE_SECONDS)

    thread = threading.Thread(target=work, name="planned printings", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def next_run(config: Config, now: datetime) -> datetime | None:
    """When [schedule] says that the paper is made next, UTC; None where it does not say.

    At a time that clocks jump over, it is the moment after the jump.
    """
    settings = config.schedule
    if not settings.at:
        return None
    zone = ZoneInfo(zone_for(config.edition.language, config.edition.timezone))
    hour, minute = (int(part) for part in settings.at.split(":"))
    here = now.astimezone(zone).date()
    for ahead in range(9):
        day = here + timedelta(days=ahead)
        moment = datetime.combine(day, time(hour, minute), zone).astimezone(UTC)
        if moment > now and (not settings.days or DAYS[day.weekday()] in settings.days):
            return moment
    return None
