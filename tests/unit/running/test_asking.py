"""When a source is asked again, at which address, and what a run makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ribao.beat import load_beat
from ribao.collect import Reading
from ribao.collect.plugin import source_kinds
from ribao.config import Config
from ribao.errors import GoneError, RemoteError
from ribao.gateways.clock import FixedClock
from ribao.gateways.sites import SiteNote
from ribao.gateways.web import Fetched, Request, Response
from ribao.model import Item, Source, SourceId
from ribao.outcome import Failure, Outcome
from ribao.running.asking import asking_after, plan
from ribao.running.assignment import Assignment, Tools
from ribao.running.reading import collect_items
from ribao.running.run import Run
from ribao.store import Store, open_store
from ribao.store.library import Asking, SourceState
from ribao.store.site_notes import RememberedSites
from tests.newsweb import Entry, rss

NOW = datetime(2026, 1, 14, 20, tzinfo=UTC)
CUTOFF = datetime(2026, 1, 15, tzinfo=UTC)
FEED = Source(SourceId("tern"), "feed", "http://tern.example/feed")
TLS = "https://tern.example/feed"
ELSEWHERE = "https://petrel.example/feed"
HOUR = timedelta(hours=1)


def went(moved_to: str = "", error: str = "", gone: str = "", url: str = FEED.url) -> Reading:
    """A reading of the feed."""
    failed = (Failure(FEED.id, error or gone),) if error or gone else ()
    return Reading(replace(FEED, url=url), Outcome(failed=failed), moved_to, gone)


def after(asking: Asking, reading: Reading, now: datetime = NOW, published: int = 1) -> Asking:
    """How to ask after one more reading."""
    return asking_after(SourceState(FEED, asking=asking), FEED, reading, published, now)


def test_a_move_is_adopted_after_a_week_of_the_same_target() -> None:
    """Not at once, not after another target or none in between."""
    asking = after(Asking(), went(ELSEWHERE))
    assert (asking.address, asking.moved_to) == ("", ELSEWHERE)
    almost = after(asking, went(ELSEWHERE), NOW + timedelta(days=6))
    assert almost.address == ""
    assert after(almost, went(ELSEWHERE), NOW + timedelta(days=7)).address == ELSEWHERE
    other = after(almost, went("https://captive.example/"), NOW + timedelta(days=7))
    assert (other.address, other.moved_to) == ("", "https://captive.example/")
    back = after(almost, went(), NOW + timedelta(days=7))
    assert (back.address, back.moved_to, back.moved_since) == ("", "", "")


def test_https_is_adopted_at_once_and_given_up_when_it_fails() -> None:
    """Only the scheme may differ."""
    asking = after(Asking(), went(TLS))
    assert asking.address == TLS
    assert after(Asking(), went(TLS + "/")).address == ""
    assert after(asking, went(error="no certificate", url=TLS)).address == ""


@pytest.mark.parametrize(
    ("published", "hours"), [(0, 23), (1, 23), (14, 12), (56, 3), (168, 1), (5000, 1)]
)
def test_the_pause_follows_the_rhythm(published: int, hours: int) -> None:
    """Half of the mean gap of two weeks, an hour at least, a day at most."""
    due = after(Asking(), went(), published=published).next_due_at
    assert datetime.fromisoformat(due) == NOW + hours * HOUR


def test_failures_double_the_pause_up_to_a_day_then_a_week() -> None:
    """One success ends it."""
    asking, now, pauses = Asking(), NOW, []
    for _ in range(7):
        asking = after(asking, went(error="timed out"), now)
        pauses.append((datetime.fromisoformat(asking.next_due_at) - now) / HOUR)
    assert pauses == [1, 2, 4, 8, 16, 23, 23]
    late = NOW + timedelta(days=14)
    dead = after(asking, went(error="timed out"), late)
    assert datetime.fromisoformat(dead.next_due_at) - late == timedelta(days=7) - HOUR
    well = after(dead, went(), late)
    assert (well.failures, well.failing_since) == (0, "")


def state(asking: Asking, success: datetime | None = NOW, failure: str = "") -> SourceState:
    """A state of the feed."""
    return SourceState(FEED, success.isoformat() if success else "", failure, "", asking)


LATER = Asking(next_due_at=(CUTOFF + 12 * HOUR).isoformat())


@pytest.mark.parametrize(
    ("known", "now", "due"),
    [
        (state(LATER), NOW + HOUR, False),
        (state(LATER), CUTOFF + 12 * HOUR, True),
        (state(LATER), CUTOFF, True),  # the first run after the end of the edition's day
        (state(LATER, CUTOFF + HOUR), CUTOFF + 2 * HOUR, False),
        (state(replace(LATER, failures=3), NOW), CUTOFF + HOUR, False),
        (state(replace(LATER, failures=3), None, NOW.isoformat()), NOW + HOUR, True),
        (state(LATER, CUTOFF + timedelta(days=400)), NOW, True),  # the clock was wrong
    ],
)
def test_a_source_is_due_by_its_time_and_by_the_deadline(
    known: SourceState,
    now: datetime,
    due: bool,  # noqa: FBT001 - a parameter of the test, given by name
) -> None:
    """Never read: always. Read before the edition's end: once after it. Failing: in its time."""
    made = plan((FEED,), {FEED.id: known}, now, CUTOFF)
    assert bool(made.asked) is due
    assert [drop.reason.value for drop in made.left_alone] == ([] if due else ["paused"])


def test_what_is_gone_is_left_alone_until_its_address_changes() -> None:
    """With the sentence of the host, and the way back."""
    asking = after(Asking(), went(gone="gone for good: HTTP 410"))
    known = {FEED.id: state(asking)}
    (drop,) = plan((FEED,), known, NOW + timedelta(days=99), CUTOFF).left_alone
    assert drop.reason.value == "gone"
    assert "HTTP 410" in drop.detail
    assert "ribao sources test tern" in drop.detail
    moved = replace(FEED, url=ELSEWHERE)
    assert plan((moved,), known, NOW, CUTOFF).asked == (moved,)
    assert asking_after(known[FEED.id], moved, went(), 1, NOW).gone_because == ""


def test_files_are_never_left_alone() -> None:
    """Reading one's own files costs no host anything."""
    own = Source(SourceId("own"), "jsonl", "/news/today.jsonl")
    known = SourceState(own, NOW.isoformat(), "", "", LATER)
    assert plan((own,), {own.id: known}, NOW + HOUR, CUTOFF).asked == (own,)


def test_wishes_are_remembered_until_a_new_answer() -> None:
    """A 304 says nothing of them."""
    asking = after(Asking(), replace(went(), opt_outs="noai"))
    assert asking.opt_outs == "noai"
    assert after(asking, went()).opt_outs == "noai"
    assert after(asking, replace(went(), opt_outs="")).opt_outs == ""


@dataclass
class Hosts:
    """A live web of a few answers that counts what is asked."""

    answers: dict[str, Response | RemoteError]
    asked: list[str] = field(default_factory=list)

    def fetch(self, request: Request) -> Response:
        """Answer or fail."""
        self.asked.append(request.url)
        answer = self.answers[request.url]
        if isinstance(answer, RemoteError):
            raise answer
        return answer

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[Fetched]:
        """Answer all."""
        for request in requests:
            try:
                yield Fetched(request, self.fetch(request))
            except RemoteError as error:
                yield Fetched(request, error=error)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(tmp_path / "live.sqlite3") as opened:
        yield opened


def answered(moved_to: str = "") -> Response:
    """A feed of one entry of the edition's day."""
    entry = Entry("https://tern.example/1", "A tern was counted", "By hand.")
    body = rss("Tern", [entry])
    return Response(FEED.url, moved_to or FEED.url, 200, (), body, NOW, moved_to)


def collected(
    store: Store, web: Hosts, now: datetime, *sources: Source, mode: str = "live"
) -> tuple[tuple[Item, ...], Run]:
    """Collect once, as a new run."""
    work = Assignment(mode, date(2026, 1, 15), "en", "UTC", Path())
    kinds = {kind.name: kind for kind in source_kinds()}
    tools = Tools(
        Config(), load_beat("ai"), store, web, FixedClock(now), sources or (FEED,), kinds, ()
    )
    run = Run.begin(work, tools)
    items = collect_items(run)
    store.ledger.fail_run(run.id)
    return items, run


def test_a_resting_source_still_gives_its_items(store: Store) -> None:
    """The second run asks nobody, drops the source by name, and has the items of the first."""
    web = Hosts({FEED.url: answered()})
    items, _ = collected(store, web, NOW)
    again, run = collected(store, web, NOW + HOUR / 2)
    assert (
        [item.title for item in again] == [item.title for item in items] == ["A tern was counted"]
    )
    assert web.asked == [FEED.url]
    (line,) = store.ledger.entries(run.id, FEED.id)
    assert (line.became, line.reason) == ("dropped", "paused")
    assert run.failed["collect"] == ()


def test_the_new_address_is_asked_and_items_stay_the_same(store: Store) -> None:
    """A move changes where we ask, never who an item is."""
    web = Hosts({FEED.url: answered(moved_to=TLS), TLS: answered()})
    items, _ = collected(store, web, NOW)
    again, _ = collected(store, web, NOW + 24 * HOUR)
    assert web.asked == [FEED.url, TLS]
    assert [item.id for item in again] == [item.id for item in items]
    (known,) = store.library.source_states()
    assert (known.source.url, known.asking.address) == (FEED.url, TLS)


def test_a_source_that_is_gone_is_asked_once(store: Store) -> None:
    """The first run fails it, later ones drop it, until somebody asks for it."""
    other = replace(FEED, id=SourceId("auk"), url="https://auk.example/feed")
    web = Hosts({FEED.url: GoneError("gone for good", FEED.url, "HTTP 410"), other.url: answered()})
    _, first = collected(store, web, NOW, FEED, other)
    assert [one.subject for one in first.failed["collect"]] == [FEED.id]
    _, second = collected(store, web, NOW + 48 * HOUR, FEED, other)
    assert web.asked.count(FEED.url) == 1
    (line,) = store.ledger.entries(second.id, FEED.id)
    assert (line.became, line.reason) == ("dropped", "gone")
    store.library.ask_again([FEED.id])
    collected(store, web, NOW + 72 * HOUR, FEED, other)
    assert web.asked.count(FEED.url) == 2


def test_what_sites_said_is_remembered_by_the_next_run(store: Store) -> None:
    """In the same transaction as the items; a newer note takes the place of the older."""
    sites, site = RememberedSites(store.engine), "https://tern.example"
    note = SiteNote(b"user-agent: *", b"[]", b"", NOW, NOW + HOUR)
    sites.put(site, note)
    assert RememberedSites(store.engine).get(site) is None
    with store.begin() as connection:
        sites.keep(connection)
    assert RememberedSites(store.engine).get(site) == note
    sites.put("https://huge.example", replace(note, robots=bytes(200_000)))
    assert sites.get("https://huge.example") == SiteNote(quiet_until=note.quiet_until)
    sites.put(site, SiteNote(quiet_until=NOW))
    sites.keep_now()
    assert RememberedSites(store.engine).get(site) == SiteNote(quiet_until=NOW)


def test_a_recorded_web_is_read_whole_every_time(store: Store) -> None:
    """Replay neither rests nor learns."""
    web = Hosts({FEED.url: answered(moved_to=TLS), TLS: answered()})
    for _ in range(2):
        collected(store, web, NOW, mode="replay")
    assert web.asked == [FEED.url] * 2
    assert store.library.source_states()[0].asking == Asking()
