"""Which sources a run asks, at which address, and when each is due again.

A source is asked at least daily and at most hourly, as its rhythm of publishing has it, and in any
case once after the moment at which an edition ends, so that resting costs no edition an item. What
fails is asked ever less often. Moves are followed at once and adopted late: a maintenance page that
redirects everything for a day must not cost a source its address.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ribao.collect import Reading
from ribao.model import Source, SourceId
from ribao.outcome import Drop, Reason
from ribao.store.library import Asking, SourceState

HOUR = timedelta(hours=1)  # the shortest time between two readings
DAY = timedelta(hours=23)  # the longest; a run that starts a little earlier each day still asks
WEEK = timedelta(days=7) - HOUR
DEAD_AFTER = timedelta(days=14)  # of failures, then a probe a week
ADOPTED_AFTER = timedelta(days=7)  # that a host sends us to the same address
RHYTHM_DAYS = 14  # over which items are counted
MAX_DOUBLINGS = 8  # 2^8 hours are over any limit here


@dataclass(frozen=True, slots=True)
class Plan:
    """Sources to ask, each at the address that holds now, and those left alone, with reasons."""

    asked: tuple[Source, ...]
    left_alone: tuple[Drop, ...]
    alive: int  # of those left alone: how many answered when they were asked last


def plan(
    sources: tuple[Source, ...],
    states: dict[SourceId, SourceState],
    now: datetime,
    cutoff: datetime,
) -> Plan:
    """Choose the sources that are due. `cutoff` is the moment at which the edition ends."""
    asked, left, alive = [], [], 0
    for source in sources:
        state = states.get(source.id, SourceState(source))
        if state.source.url != source.url:
            state = SourceState(source)  # a new address: nothing is known of it
        drop = _left_alone(state, now, cutoff)
        if drop is None:
            asked.append(replace(source, url=state.asking.address or source.url))
        else:
            left.append(drop)
            alive += not state.asking.failures and not state.asking.gone_because
    return Plan(tuple(asked), tuple(left), alive)


def _left_alone(state: SourceState, now: datetime, cutoff: datetime) -> Drop | None:
    """Why a source is not asked in this run; None where it is."""
    asking, source = state.asking, state.source
    if asking.gone_because:
        hint = f"`ribao sources test {source.id}` asks again"
        return Drop(source.id, Reason.GONE, f"{asking.gone_because}; {hint}")
    if not source.url.startswith(("http://", "https://")):
        return None  # a file or a mailbox of one's own
    if not state.last_success_at or not asking.next_due_at:
        return None
    last = max(map(datetime.fromisoformat, filter(None, _asked_at(state))))
    if now >= datetime.fromisoformat(asking.next_due_at) or last > now:  # the clock went back
        return None
    if not asking.failures and last < cutoff <= now:
        return None
    why = f"it failed {asking.failures} times in a row" if asking.failures else "it was read"
    return Drop(
        source.id,
        Reason.PAUSED,
        f"{why}, last at {last:%Y-%m-%d %H:%M} UTC; due at {asking.next_due_at[:16]}",
    )


def _asked_at(state: SourceState) -> tuple[str, str]:
    return state.last_success_at, state.last_failure_at


def asking_after(
    state: SourceState | None, source: Source, reading: Reading, published: int, now: datetime
) -> Asking:
    """How to ask a source next time.

    `source` is as configured, `reading` may have gone to another address; `published` is how many
    items the source brought in the last `RHYTHM_DAYS`.
    """
    known = state is not None and state.source.url == source.url
    before = state.asking if state is not None and known else Asking()
    if reading.gone and not before.address:
        return replace(before, gone_because=reading.gone)
    if reading.error:
        return _after_failure(before, now)
    settled = replace(
        _after_move(before, reading, now),
        failures=0,
        failing_since="",
        gone_because="",
        opt_outs=before.opt_outs if reading.opt_outs is None else reading.opt_outs,
    )
    gap = timedelta(days=RHYTHM_DAYS) / max(published, 1)
    return replace(settled, next_due_at=(now + min(max(gap / 2, HOUR), DAY)).isoformat())


def _after_failure(before: Asking, now: datetime) -> Asking:
    """Double the time; an adopted address that fails gives way to the one that was configured."""
    since = before.failing_since or now.isoformat()
    dead = now - datetime.fromisoformat(since) >= DEAD_AFTER
    pause = WEEK if dead else min(HOUR * 2 ** min(before.failures, MAX_DOUBLINGS), DAY)
    return replace(
        before,
        address="",
        failures=before.failures + 1,
        failing_since=since,
        next_due_at=(now + pause).isoformat(),
    )


def _after_move(before: Asking, reading: Reading, now: datetime) -> Asking:
    """Note where the host sends us; adopt it after a week, or at once where only TLS is new."""
    target = reading.moved_to
    if not target:
        return replace(before, moved_to="", moved_since="")
    since = before.moved_since if target == before.moved_to else now.isoformat()
    lasting = now - datetime.fromisoformat(since) >= ADOPTED_AFTER
    if lasting or target == _with_tls(reading.source.url):
        return replace(before, address=target, moved_to="", moved_since="")
    return replace(before, moved_to=target, moved_since=since)


def _with_tls(url: str) -> str:
    scheme, colon, rest = url.partition("://")
    return f"https{colon}{rest}" if scheme == "http" else ""
