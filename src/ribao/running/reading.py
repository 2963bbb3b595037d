"""The first step with its memory: every source is kept durably as soon as it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from ribao.collect import Reading, read_sources
from ribao.errors import RetryableError
from ribao.gateways.http import Validator
from ribao.gateways.web import Fetched, Request, Response, Web
from ribao.model import Item, Source, SourceId
from ribao.outcome import Drop, Failure, Outcome, Reason
from ribao.running.asking import RHYTHM_DAYS, asking_after, plan
from ribao.running.assignment import Tools
from ribao.running.run import Run
from ribao.store.library import Library
from ribao.store.site_notes import RememberedSites

OFFLINE_AFTER = 12  # sources that failed with none that answered: then it is not them, it is us


def collect_items(run: Run) -> tuple[Item, ...]:
    """Read every source that this run has not read yet; return the items of the edition's window.

    Raises:
        RetryableError: nothing answers, and nothing in the window is remembered from earlier runs.
    """
    work, tools = run.work, run.tools
    library, ledger = tools.store.library, tools.store.ledger
    now = tools.clock.now()
    first, last = work.window(tools.config.edition.window_hours)
    if tools.read_by is not None:
        ledger.take_readings(tools.read_by, run.id)
    done = ledger.read_sources(run.id)
    configured = {source.id: source for source in tools.sources if source.id not in done}
    states = {state.source.id: state for state in library.source_states()} if live(run) else {}
    todo = plan(tuple(configured.values()), states, now, work.cutoff)
    run.start("collect", len(todo.asked))
    dropped: list[Drop] = list(todo.left_alone)
    failed: list[Failure] = []
    answered = len(done) + todo.alive
    since = now - timedelta(days=RHYTHM_DAYS)
    rhythm = library.items_since(since) if live(run) else {}
    reading = read_sources(todo.asked, tools.kinds, tools.web, tools.config.collect, now)
    for number, found in enumerate(reading, 1):
        source, outcome = configured[found.source.id], found.outcome
        recent = sum(one.published_at is None or one.published_at >= since for one in outcome.kept)
        published = max(rhythm.get(source.id, 0), recent)
        asking = asking_after(states.get(source.id), source, found, published, now)
        with tools.store.begin() as connection:
            kept = library.put_items(connection, outcome.kept, now)
            _vouch(tools, found, connection)
            if not found.left_out:
                library.note_source(
                    connection, source, now, found.error, asking if live(run) else None
                )
            ledger.note_reading(
                connection, run.id, source.id, len(outcome.kept), len(outcome.failed)
            )
        dropped += outcome.dropped
        dropped += [drop for item in kept if (drop := outside(item, first, last)) is not None]
        failed += outcome.failed
        answered += not found.error and not found.left_out
        tools.watch("collect", number, len(todo.asked))
        if not answered and number >= min(OFFLINE_AFTER, len(todo.asked)):
            break
    items = tuple(
        item
        for item in library.items_between(first, last)
        if item.seen_at is None or item.seen_at <= tools.clock.now()
    )
    if not items and not answered and failed:
        raise RetryableError("no source answered", detail=failed[0].error)
    came = len(items) + len(dropped) + len(failed)
    run.finish("collect", came, Outcome(items, tuple(dropped), tuple(failed)))
    return items


def _vouch(tools: Tools, found: Reading, connection: Connection) -> None:
    """Keep what hosts said of themselves and of what was read, together with the items."""
    if tools.validators is None:
        return
    tools.validators.sites.keep(connection)
    if not found.error and not found.left_out:
        tools.validators.keep(connection, found.vouched)


def live(run: Run) -> bool:
    """Whether hosts are asked; a recorded web is read whole, every time."""
    return run.work.mode == "live"


def outside(item: Item, first: datetime, last: datetime) -> Drop | None:
    """Say why an item is not for this edition, or None where it is."""
    moment = item.published_at or item.seen_at
    if moment is None or first <= moment < last:
        return None
    repaired = f"; {item.published_because}" if item.published_because else ""
    reason = Reason.TOO_OLD if moment < first else Reason.IN_THE_FUTURE
    return Drop(item.id, reason, f"published {moment:%Y-%m-%d %H:%M} UTC{repaired}")


def sources_by_id(run: Run) -> dict[SourceId, Source]:
    """Every source that items of this run may name: those read now, and those of earlier runs."""
    found = {state.source.id: state.source for state in run.tools.store.library.source_states()}
    found.update((source.id, source) for source in run.tools.sources)
    return found


def pages(run: Run) -> Web:
    """Where pages come from: a recorded web itself, or the live one asked once for each page."""
    return RememberedPages(run) if run.work.mode == "live" else run.tools.web


def wanted(run: Run) -> Callable[[Item], bool] | None:
    """Which items deserve that their page is fetched: those of the beat. None: what is recorded."""
    if run.work.mode != "live":
        return None
    beat = run.tools.beat
    return lambda item: beat.judge(item.title, item.summary).points >= beat.threshold


class RememberedPages:
    """A web that asks for each page once: what was fetched before comes from the store."""

    def __init__(self, run: Run) -> None:
        self._web = run.tools.web
        self._library = run.tools.store.library

    def fetch(self, request: Request) -> Response:
        """Fetch one page, or remember it.

        Raises:
            RemoteError: it is not remembered and cannot be fetched.
        """
        known = self._library.page_at(request.url)
        if known is not None:
            return known
        response = self._web.fetch(request)
        self._library.put_page(response)
        return response

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[Fetched]:
        """Fetch or remember many pages."""
        unknown = []
        for request in requests:
            known = self._library.page_at(request.url)
            if known is None:
                unknown.append(request)
            else:
                yield Fetched(request, known)
        for fetched in self._web.fetch_all(unknown):
            if fetched.response is not None:
                self._library.put_page(fetched.response)
            yield fetched


class PendingValidators:
    """Validators of conditional requests, kept only together with what they vouch for.

    Were an ETag kept before the items of its answer, a crash between the two would lose the items:
    the next answer would be 304.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self.sites = RememberedSites(library.engine)
        self._pending: dict[str, Validator] = {}

    def get(self, url: str) -> Validator | None:
        """What the host gave last time, or None."""
        known = self._library.validators_of(url)
        return None if known is None else Validator(*known)

    def put(self, url: str, validator: Validator) -> None:
        """Remember validators until `keep` makes them durable."""
        self._pending[url] = validator

    def keep(self, connection: Connection, urls: Iterable[str]) -> None:
        """Make the validators of these addresses durable in the transaction of their items."""
        found = [(url, self._pending.pop(url)) for url in urls if url in self._pending]
        self._library.put_validators(
            connection, [(url, one.etag, one.last_modified) for url, one in found]
        )
