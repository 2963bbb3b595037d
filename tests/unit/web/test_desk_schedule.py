"""An edition that goes out at a set time: once, at the right moment, or with the reason why not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from ribao.cli.delivering import publish_planned
from ribao.config import Config
from ribao.errors import ConfigError
from ribao.store.people import Account
from ribao.store.plans import Plans
from ribao.web import printing, scheduling, workbench
from ribao.web.orders import read_order
from ribao.web.scheduling import next_run, read_moment
from tests.desk import PASSWORD, Desk, sample, served

EVENING = datetime(2026, 1, 15, 12, tzinfo=UTC)  # 20:00 in Shanghai


@dataclass(slots=True)
class Clock:
    """A clock that is set by hand."""

    moment: datetime = EVENING

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def seconds(self) -> float:
        """The same as a count."""
        return self.moment.timestamp()


@pytest.fixture
def clock() -> Clock:
    """It is evening."""
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A desk over the sample, by that clock."""
    with served(sample(tmp_path), clock=clock) as opened:
        opened.token("ada", "editor")
        yield opened


def ada(desk: Desk) -> Account:
    """The editor."""
    found = desk.office.people.account("ada")
    assert found is not None
    return found


def broken(desk: Desk) -> None:
    """Put a wrong number into a sentence, so that it fails its check."""
    bench = workbench.bench(desk.office, desk.edition)
    story = bench.edition.articles[0].story_id
    words = {"verb": "add-sentence", "story": story, "text": "2031年6月7日共售出98765台。"}
    workbench.apply(desk.office, desk.edition, read_order(words), "ada")


def printings(desk: Desk) -> list[tuple[int, str]]:
    """Revision and account of every printing."""
    return [(one.revision, one.account) for one in desk.office.drafts.printings(desk.edition)]


@pytest.mark.parametrize(
    ("told", "zone", "expected"),
    [
        ("07:30", "Asia/Shanghai", "2026-01-15T23:30"),
        ("23:59", "Asia/Shanghai", "2026-01-15T15:59"),
        ("20:00", "Asia/Shanghai", "2026-01-16T12:00"),  # now is not ahead
        ("2026-03-29T03:00", "Europe/Berlin", "2026-03-29T01:00"),  # the first after the jump
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30"),  # of two, the first
    ],
)
def test_clocks_of_the_zone_say_when(told: str, zone: str, expected: str) -> None:
    """Summer time included."""
    assert f"{read_moment(told, zone, EVENING):%Y-%m-%dT%H:%M}" == expected


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ("2026-03-29T02:30", "does not exist"),
        ("2026-01-15T12:59", "is over"),
        ("2028-01-01T07:30", "too far"),
        ("2026-02-30T07:30", "no such moment"),
        ("24:00", "no such moment"),
        ("٠٧:٣٠", "no such moment"),
        ("", "no such moment"),
    ],
)
def test_a_moment_that_never_comes_is_refused(told: str, what: str) -> None:
    """A time that clocks jump over, one that is over, and no time at all."""
    with pytest.raises(ConfigError, match=what):
        read_moment(told, "Europe/Berlin", EVENING)


def test_the_settings_say_when_the_next_run_is() -> None:
    """By day of the week, in the zone; at a time that clocks jump over, the moment after."""
    table = {"edition": {"timezone": "Europe/Berlin"}, "schedule": {"at": "02:30", "days": ["sun"]}}
    config = Config.model_validate(table)
    assert next_run(config, datetime(2026, 3, 23, tzinfo=UTC)) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    assert next_run(config, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)) == datetime(
        2026, 4, 5, 0, 30, tzinfo=UTC
    )
    assert next_run(Config(), EVENING) is None


def test_an_edition_goes_out_when_its_time_has_come_and_once(desk: Desk, clock: Clock) -> None:
    """Not before; by two workers at once as by one; as it lies on the desk then."""
    office = desk.office
    scheduling.schedule(office, desk.edition, "07:30", ada(desk))
    clock.moment = EVENING + timedelta(hours=11, minutes=29)
    assert scheduling.carry_out(office) == ()
    assert printings(desk) == []
    order = read_order({"verb": "entitle", "title": "A later title"})
    workbench.apply(office, desk.edition, order, "ben")
    clock.moment = EVENING + timedelta(hours=11, minutes=30)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: scheduling.carry_out(office), range(4)))
    assert printings(desk) == [(1, "ada")]
    assert [one.action for one in office.people.audits() if one.action == "publish"] == ["publish"]
    assert office.editions.revisions(desk.edition)[0].title == "A later title"
    plan = Plans(office.store.engine).get(desk.edition)
    assert plan is not None
    assert plan.state == "done"


def test_a_kill_between_the_files_and_the_record_leaves_it_to_be_done_again(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same files are written, and one printing is on record."""
    office = desk.office
    scheduling.schedule(office, desk.edition, "07:30", ada(desk))
    clock.moment = EVENING + timedelta(hours=12)

    class KilledError(BaseException):
        """The process ends here."""

    def killed(*_: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(type(office.people), "note", killed)  # the last line of the transaction
        with pytest.raises(KilledError):
            scheduling.carry_out(office)
    assert printings(desk) == []
    scheduling.carry_out(office)
    scheduling.carry_out(office)
    assert printings(desk) == [(1, "ada")]


def test_a_sentence_that_fails_holds_it_back(desk: Desk, clock: Clock) -> None:
    """It cannot be planned with one, and one that is written later stops it, with the reason."""
    office = desk.office
    scheduling.schedule(office, desk.edition, "07:30", ada(desk))
    broken(desk)
    with pytest.raises(printing.FailingError):
        scheduling.schedule(office, desk.edition, "08:30", ada(desk))
    clock.moment = EVENING + timedelta(hours=12)
    settled = scheduling.carry_out(office)
    assert [(one.state, "fail their check" in one.because) for one in settled] == [
        ("refused", True)
    ]
    assert printings(desk) == []
    shown = scheduling.waiting(office, desk.edition)
    assert shown is not None
    assert shown.state == "refused"


def test_whoever_may_not_publish_any_more_publishes_no_more(desk: Desk, clock: Clock) -> None:
    """A plan does not outlive the right of its maker."""
    office = desk.office
    scheduling.schedule(office, desk.edition, "07:30", ada(desk))
    with office.store.begin() as connection:
        office.people.put_account(connection, replace(ada(desk), disabled_at=office.now()))
    clock.moment = EVENING + timedelta(hours=12)
    assert [one.state for one in scheduling.carry_out(office)] == ["refused"]
    assert printings(desk) == []


def test_a_plan_is_made_shown_and_taken_back_on_the_page(desk: Desk, clock: Clock) -> None:
    """And one that is published by hand before its time needs no second printing."""
    where = f"/editions/{desk.edition}"
    with httpx2.Client(base_url=desk.base, follow_redirects=True) as browser:
        browser.post("/sign-in", data={"name": "ada", "password": PASSWORD})
        page = browser.get(f"{where}/publish").text
        form = {"form_token": page.split('data-form-token="')[1][:64]}
        made = browser.post(f"{where}/schedule", data={**form, "at": "2026-01-16T07:30"})
        assert "Goes out at 2026-01-16 07:30 (Asia/Shanghai)" in made.text
        gone = browser.post(f"{where}/schedule/cancel", data=form)
        assert 'id="plan"' not in gone.text
        assert browser.post(f"{where}/schedule/cancel", data=form).status_code == 404
        assert browser.post(f"{where}/schedule", data={**form, "at": ""}).status_code == 400
        browser.post(f"{where}/schedule", data={**form, "at": "07:30"})
        browser.post(f"{where}/publish", data=form)
    clock.moment = EVENING + timedelta(days=1)
    assert scheduling.carry_out(desk.office) == ()
    assert printings(desk) == [(1, "ada")]


def test_without_a_desk_the_next_command_puts_it_out(tmp_path: Path) -> None:
    """`ribao run` and `ribao deliveries send` look what is due."""
    folder = sample(tmp_path)
    for path in (folder / ".ribao").glob("demo.sqlite3*"):
        shutil.move(path, path.with_name(path.name.replace("demo", "live")))
    with served(folder, clock=Clock()) as desk:
        desk.token("ada", "editor")
        scheduling.schedule(desk.office, desk.edition, "07:30", ada(desk))
        publish_planned(folder, Config())  # by the clock of the machine it is long over
        publish_planned(folder, Config())
        assert printings(desk) == [(1, "ada")]


def test_a_desk_that_is_served_keeps_the_time_by_itself(desk: Desk, clock: Clock) -> None:
    """A thread beside the pages does it."""
    scheduling.schedule(desk.office, desk.edition, "07:30", ada(desk))
    with scheduling.keeping_time(desk.office, poll_seconds=0.01):
        clock.moment = EVENING + timedelta(hours=12)
        while not printings(desk):  # the test's own limit of time ends it
            pass
    assert printings(desk) == [(1, "ada")]
