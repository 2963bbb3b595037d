"""The store: what goes in comes out, what was printed stays as it was, nothing is half kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import create_engine, inspect, text

from ribao.errors import StoreError
from ribao.gateways.web import OptOut, Response
from ribao.language.aliases_learned import LearnedAlias
from ribao.language.aliases_seen import AliasCandidate
from ribao.model import (
    Article,
    Document,
    DocumentId,
    Edition,
    EditionId,
    Heat,
    Item,
    ItemId,
    Points,
    RunId,
    Score,
    Section,
    Sentence,
    Source,
    SourceId,
    Story,
    StoryId,
)
from ribao.outcome import Drop, Failure, Reason
from ribao.store import Store, open_store
from ribao.store.codec import encode
from ribao.store.engine import HEAD, open_engine, version
from ribao.store.health import source_health
from ribao.store.ledger import Run, StepCount
from ribao.store.library import Asking, SourceState
from ribao.store.schema import metadata

NOON = datetime(2026, 1, 14, 4, tzinfo=UTC)
SOURCE = Source(SourceId("harbour"), "feed", "https://harbour.example/feed", "Harbour Post")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with open_store(tmp_path / "memory" / "ribao.sqlite3") as opened:
        yield opened


def item(name: str, moment: datetime | None = NOON) -> Item:
    """An item of the harbour source."""
    return Item(
        ItemId(name),
        SOURCE.id,
        f"https://harbour.example/{name}",
        f"Title of {name}",
        heat=Heat(points=7, outlets=("A", "B")),
        published_at=moment,
        seen_at=NOON,
    )


def document(name: str) -> Document:
    """A document of the harbour source."""
    return Document(
        DocumentId(name), ItemId(name), SOURCE.id, f"https://harbour.example/{name}", name,
        "Text.", "en", NOON, "feed",
    )  # fmt: skip


def story(name: str, *documents: Document) -> Story:
    """A story of these documents."""
    return Story(
        StoryId(name), f"Headline {name}", documents, NOON, NOON,
        score=Score((Points("outlets", 2.0, "two outlets"),)),
    )  # fmt: skip


def edition(day: date, *stories: Story) -> Edition:
    """An edition that prints these stories."""
    articles = tuple(
        Article(one.id, "story", "models", Sentence(one.headline), one.lead.url, ())
        for one in stories
    )
    return Edition(
        EditionId(f"edition-{day}"), day, "UTC", "en", "Title", "AI", (), (), "", (),
        (Section("models", "Models", "story", articles),),
    )  # fmt: skip


def run(name: str = "run-1", mode: str = "replay") -> Run:
    """A run of one day."""
    return Run(RunId(name), mode, "2026-01-15", "en", "ai", "input", "config", NOON)


def test_items_come_back_whole(store: Store) -> None:
    """An item that is kept comes back equal, with its heat and its times."""
    with store.begin() as connection:
        store.library.put_items(connection, [item("a"), item("b", None)], NOON)
    assert store.library.items_at(["https://harbour.example/a"]) == (item("a"),)
    assert store.library.items_at(["https://harbour.example/b"]) == (item("b", None),)


def test_an_item_keeps_the_moment_at_which_it_was_seen_first(store: Store) -> None:
    """Reading an item again moves neither when it was seen nor the date that was repaired then."""
    first = replace(item("a"), published_because="no date: first seen")
    later = replace(first, seen_at=NOON + timedelta(days=1), published_at=NOON + timedelta(days=1))
    with store.begin() as connection:
        store.library.put_items(connection, [first], NOON)
    with store.begin() as connection:
        kept = store.library.put_items(connection, [later], NOON + timedelta(days=1))
    assert kept == (first,)
    assert store.library.items_at([first.url]) == (first,)


def test_the_window_takes_its_first_moment_and_not_its_last(store: Store) -> None:
    """Items from the first moment of a window up to, not at, its last are found, by time."""
    moments = [NOON - timedelta(seconds=1), NOON, NOON + timedelta(seconds=1)]
    items = [item(name, moment) for name, moment in zip("abc", moments, strict=True)]
    with store.begin() as connection:
        store.library.put_items(connection, items[::-1], NOON)
    assert store.library.items_between(moments[0], moments[2]) == (items[0], items[1])


def test_a_transaction_that_fails_keeps_nothing(store: Store) -> None:
    """Items, the reading and the validators of one source are kept together or not at all."""
    store.ledger.open_run(run())
    with suppress(ZeroDivisionError), store.begin() as connection:
        store.library.put_items(connection, [item("a")], NOON)
        store.library.put_validators(connection, [(SOURCE.url, '"1"', "")])
        store.ledger.note_reading(connection, RunId("run-1"), SOURCE.id, 1, 0)
        raise ZeroDivisionError
    assert store.library.items_at([item("a").url]) == ()
    assert store.library.validators_of(SOURCE.url) is None
    assert store.ledger.read_sources(RunId("run-1")) == frozenset()


def test_pages_come_back_as_they_were_fetched(store: Store) -> None:
    """A page is remembered with its headers, its bytes and the time of its fetch."""
    response = Response(
        "https://harbour.example/a", "https://www.harbour.example/a", 200,
        (("content-type", "text/html"),), b"<p>\xff</p>", NOON,
        opt_outs=(OptOut("ai-input", "robots.txt content-signal", "ai-input=no"),),
    )  # fmt: skip
    store.library.put_page(response)
    assert store.library.page_at("https://harbour.example/a") == response
    assert store.library.page_at("https://harbour.example/b") is None


def test_sources_remember_their_last_error_and_success(store: Store) -> None:
    """A source that recovers has no error any more, but its failure keeps its time."""
    with store.begin() as connection:
        store.library.note_source(connection, SOURCE, NOON, "timed out")
    with store.begin() as connection:
        store.library.note_source(connection, SOURCE, NOON + timedelta(hours=1), "")
    (state,) = store.library.source_states()
    assert state.source == SOURCE
    assert state.last_error == ""
    assert state.last_failure_at == NOON.isoformat()
    assert state.last_success_at == (NOON + timedelta(hours=1)).isoformat()


def test_a_printed_story_stays_as_it_was_printed(store: Store) -> None:
    """What a story becomes on a later day does not change what an edition carried."""
    a, b = document("a"), document("b")
    store.library.put_documents([a, b])
    first, second = date(2026, 1, 14), date(2026, 1, 15)
    with store.begin() as connection:
        store.editions.put_stories(connection, first, [story("s", a), story("quiet", b)])
        store.editions.put_edition(connection, edition(first, story("s", a)), "ai")
    with store.begin() as connection:
        store.editions.put_stories(connection, second, [story("s", a, b)])
    (printed,) = store.editions.printed_before(second, "en", "ai", days=7)
    assert printed == story("s", a)
    assert store.editions.story(StoryId("s"), second) == story("s", a, b)
    assert store.editions.printed_before(second, "zh", "ai", days=7) == ()
    assert store.editions.printed_before(first, "en", "ai", days=7) == ()
    assert store.editions.printed_before(date(2026, 1, 22), "en", "ai", days=7) == ()


def test_stories_of_the_same_day_are_not_earlier(store: Store) -> None:
    """Making a day again must not find that day's own stories as known before it."""
    a, b = document("a"), document("b")
    store.library.put_documents([a, b])
    with store.begin() as connection:
        store.editions.put_stories(connection, date(2026, 1, 14), [story("s", a, b)])
    assert store.editions.stories_before(date(2026, 1, 14), days=3) == ()
    assert store.editions.stories_before(date(2026, 1, 15), days=3) == (story("s", a, b),)


def test_the_ledger_tells_what_became_of_a_subject(store: Store) -> None:
    """Kept, dropped and failed subjects come back step by step; a step made again replaces."""
    ledger = store.ledger
    ledger.open_run(run())
    for name, place in (("rank", 4), ("extract", 1)):
        ledger.note_step(
            RunId("run-1"),
            StepCount(name, 3, 1, 1, 1, 0.5),
            place,
            [("x", "somewhere")],
            [Drop("y", Reason.OFF_TOPIC, "football")],
            [Failure("z", "no text")],
        )
    assert [line.step for line in ledger.entries(RunId("run-1"), "x")] == ["extract", "rank"]
    (first, _second) = ledger.entries(RunId("run-1"), "y")
    assert (first.became, first.reason, first.detail) == ("dropped", "off-topic", "football")
    ledger.note_step(RunId("run-1"), StepCount("rank", 0, 0, 0, 0, 0.1), 4, [], [], [])
    assert [line.step for line in ledger.entries(RunId("run-1"), "y")] == ["extract"]
    assert [count.name for count in ledger.step_counts(RunId("run-1"))] == ["extract", "rank"]


def test_a_killed_run_is_taken_up_and_a_finished_one_begins_again(store: Store) -> None:
    """Sources read by a run that did not end are remembered; those of a finished one are not."""
    ledger = store.ledger
    assert ledger.open_run(run()) is False
    with store.begin() as connection:
        ledger.note_reading(connection, RunId("run-1"), SOURCE.id, 3, 0)
    assert ledger.open_run(run()) is True
    assert ledger.read_sources(RunId("run-1")) == {SOURCE.id}
    with store.begin() as connection:
        ledger.close_run(connection, RunId("run-1"), "edition")
    assert ledger.open_run(run()) is False
    assert ledger.read_sources(RunId("run-1")) == frozenset()


def test_only_a_recent_live_run_is_taken_up(store: Store) -> None:
    """A live run killed hours ago is left alone: its reading is no longer the news."""
    store.ledger.open_run(run("live-1", "live"))
    day = ("live", "2026-01-15", "en", "ai")
    assert store.ledger.unfinished(*day, since=NOON - timedelta(hours=1)) == "live-1"
    assert store.ledger.unfinished(*day, since=NOON + timedelta(hours=1)) is None


def test_the_migrations_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    """An empty file migrated to the newest version has the tables and columns that we use."""
    engine = open_engine(tmp_path / "new.sqlite3")
    found = inspect(engine)
    for table in metadata.tables.values():
        columns = {column["name"] for column in found.get_columns(table.name)}
        assert columns == {column.name for column in table.columns}
    assert version(engine) == HEAD
    engine.dispose()


def test_a_store_of_the_first_schema_is_brought_forward_with_what_it_holds(
    tmp_path: Path,
) -> None:
    """Sources and pages kept before the newest migration come back, with nothing new known."""
    path = tmp_path / "old.sqlite3"
    config = AlembicConfig()
    folder = resources.files("ribao.store") / "migrations"
    config.set_main_option("script_location", str(folder))
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO source VALUES (:id, :url, :data, '2026-01-14', '', '', '')"),
            {"id": SOURCE.id, "url": SOURCE.url, "data": encode(SOURCE)},
        )
        connection.execute(
            text("INSERT INTO page VALUES ('a', 'b', '[]', :body, '2026-01-14')"),
            {"body": zlib.compress(b"text")},
        )
        connection.commit()
    engine.dispose()
    with open_store(path) as store:
        assert version(store.engine) == HEAD
        assert store.library.source_states() == (SourceState(SOURCE, "2026-01-14"),)
        page = store.library.page_at("a")
        assert page is not None
        assert (page.body, page.opt_outs) == (b"text", ())


def test_how_a_source_is_asked_is_kept_until_told_anew(store: Store) -> None:
    """A reading that says nothing of it leaves it; asking again forgets only what stood against."""
    asking = Asking("https://a", "https://b", "2026-01-01", "gone", 3, "2026-01-02", "2026-01-03")
    with store.begin() as connection:
        store.library.note_source(connection, SOURCE, NOON, "", asking)
    with store.begin() as connection:
        store.library.note_source(connection, SOURCE, NOON, "timed out")
    assert store.library.source_states()[0].asking == asking
    store.library.ask_again([SOURCE.id])
    fresh = Asking("https://a", "https://b", "2026-01-01")
    assert store.library.source_states()[0].asking == fresh


def test_items_are_counted_by_source_from_a_moment_on(store: Store) -> None:
    """What was published before does not count."""
    old = item("old", NOON - timedelta(days=20))
    with store.begin() as connection:
        store.library.put_items(connection, [item("a"), item("b"), old], NOON)
    assert store.library.items_since(NOON - timedelta(days=14)) == {SOURCE.id: 2}


def test_the_file_is_written_safely(store: Store) -> None:
    """Write-ahead log, full synchronisation and foreign keys are on for every connection."""
    with store.engine.connect() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    """Something else in the place of the store is named, not overwritten."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all, " * 50)
    sentence = r"the store failed: '.*notes\.txt'"
    with pytest.raises(StoreError, match=sentence) as caught, open_store(path):
        pass
    assert "move it away" in caught.value.hint
    assert path.read_text().startswith("not a database")


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    """A store that a newer ribao wrote is not touched by an older one."""
    path = tmp_path / "ribao.sqlite3"
    with open_store(path):
        pass
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer ribao"), open_store(path):
        pass


def test_health_sums_up_what_a_source_gave(store: Store) -> None:
    """Items a day, copies, and the share of the editions, of each source apart."""
    a, b = document("a"), replace(document("b"), copy_of=DocumentId("a"))
    store.library.put_documents([a, b])
    day = date(2026, 1, 15)
    with store.begin() as connection:
        store.library.note_source(connection, SOURCE, NOON, "")
        store.library.put_items(connection, [item("a"), item("b")], NOON)
        store.editions.put_stories(connection, day, [story("s", a, b)])
        store.editions.put_edition(connection, edition(day, story("s", a, b)), "ai")
    (health,) = source_health(store.engine, store.library, NOON + timedelta(days=2))
    assert (health.items, health.items_a_day) == (2, 1.0)
    assert (health.copies, health.copy_share) == (1, 0.5)
    assert (health.articles, health.editions) == (1, 1)
    (later,) = source_health(store.engine, store.library, NOON + timedelta(days=90))
    assert (later.items, later.copies, later.articles) == (0, 0, 0)


def test_learned_names_belong_to_their_day(store: Store) -> None:
    """A day's names are known to later days only, and a second making of it adds none."""
    day = date(2031, 3, 3)
    one = LearnedAlias("渚语", "Zhuyu", "zhuyu", 2, "https://paper.example/1")
    for _ in range(2):
        with store.begin() as connection:
            store.aliases.put_aliases(connection, day, (one,))
    assert store.aliases.learned_before(day) == ()
    assert store.aliases.learned_before(day + timedelta(days=1)) == (one,)


def test_names_in_question_count_by_an_editors_word(store: Store) -> None:
    """A candidate of a day is asked about once; a yes makes it count, a no takes a name away."""
    seen = AliasCandidate("马多维尔", "Madowell", ("one",), alike=True, zh_url="z", en_url="e")
    taught = LearnedAlias("灵曜", "Brightarm", "brightarm", 2, "https://harbour.example")
    monday, tuesday = date(2026, 1, 12), date(2026, 1, 13)
    for _ in range(2):
        with store.begin() as connection:
            store.aliases.put_candidates(connection, monday, [seen])
            store.aliases.put_aliases(connection, monday, [taught])
    assert store.aliases.candidates_before(monday) == ()
    assert store.aliases.candidates_before(tuesday) == (seen,)
    assert store.aliases.learned_before(tuesday) == (taught,)
    with store.begin() as connection:
        store.aliases.put_verdict(connection, (seen.han, seen.latin), "now", right=True)
        store.aliases.put_verdict(connection, (taught.han, taught.latin), "now", right=False)
    assert [one.latin for one in store.aliases.learned_before(tuesday)] == ["Madowell"]
