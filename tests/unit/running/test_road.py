"""The whole road on a small invented web: its laws, and what bad input does to it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from ribao.cli.making import make
from ribao.cli.run import RunOptions
from ribao.config import Config, EditionSettings
from ribao.errors import ConfigError, ContentError
from ribao.running.assignment import Made
from ribao.store import Store, open_store
from tests.newsweb import DAY, Entry, ordinary_web, record, rss

Answers = Mapping[str, bytes | tuple[int, str, bytes]]
ENGLISH = Config(edition=EditionSettings(language="en", timezone="Asia/Shanghai"))


def edition_of(folder: Path, answers: Answers, config: Config = ENGLISH, day: str = DAY) -> Made:
    """Record a web and make the edition of it."""
    archive = record(folder / f"{day}.warc.gz", answers)
    return make(RunOptions(replay=archive, date=day, output=folder / "out"), config)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every published file of an output folder."""
    return {
        str(path.relative_to(folder / "out")): path.read_bytes()
        for path in sorted((folder / "out").rglob("*"))
        if path.is_file() and ".ribao" not in path.parts
    }


def rows_of(folder: Path) -> dict[str, int]:
    """How many rows each table of the store has."""
    with sqlite3.connect(folder / "out" / ".ribao" / "replay.sqlite3") as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - names come from the database itself
            for (name,) in names
        }


def memory(folder: Path) -> Path:
    """Where the store of an output folder is."""
    return folder / "out" / ".ribao" / "replay.sqlite3"


def test_an_ordinary_day_becomes_an_edition(tmp_path: Path) -> None:
    """Four events reported by three outlets are four articles; sport and weather are none."""
    made = edition_of(tmp_path, ordinary_web())
    headlines = [article.headline.text for article in made.edition.articles]
    assert len(headlines) == 4
    for name in ("Tidewell", "Norrland", "Quillworks", "Stelzen"):
        assert sum(name in headline for headline in headlines) == 1
    assert set(files_of(tmp_path)) == {
        f"{DAY}/en/edition.{kind}" for kind in ("md", "json", "html")
    }


def test_every_subject_is_accounted_for(tmp_path: Path) -> None:
    """Each item has a fate at extract, each document one at cluster, each story one at rank."""
    made = edition_of(tmp_path, ordinary_web())
    counts = {step.name: step for step in made.steps}
    assert list(counts) == [
        "collect", "extract", "dedupe", "cluster", "rank", "write", "verify", "publish",
    ]  # fmt: skip
    with open_store(memory(tmp_path)) as store:
        assert_conserved(store, made)
    for name in ("extract", "rank", "write", "publish"):
        step = counts[name]
        assert step.came <= step.kept * 3 + step.dropped + step.failed


def assert_conserved(store: Store, made: Made) -> None:
    """Follow every item of the run through the ledger to its story."""
    with store.engine.connect() as connection:
        items = connection.exec_driver_sql("SELECT id FROM item").scalars().all()
        documents = connection.exec_driver_sql("SELECT id FROM document").scalars().all()
        stories = connection.exec_driver_sql("SELECT id FROM story").scalars().all()
    assert items
    for subject in items:
        assert any(line.step == "extract" for line in store.ledger.entries(made.run_id, subject))
    for subject in documents:
        steps = [line.step for line in store.ledger.entries(made.run_id, subject)]
        assert steps == ["dedupe", "cluster"]
    for subject in stories:
        assert any(line.step == "rank" for line in store.ledger.entries(made.run_id, subject))


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    """The same replay again gives the same bytes and adds no row to any table."""
    archive = record(tmp_path / "web.warc.gz", ordinary_web())
    options = RunOptions(replay=archive, date=DAY, output=tmp_path / "out")
    make(options, ENGLISH)
    files, rows = files_of(tmp_path), rows_of(tmp_path)
    make(options, ENGLISH)
    assert files_of(tmp_path) == files
    assert rows_of(tmp_path) == rows


def test_the_order_of_arrival_changes_nothing(tmp_path: Path) -> None:
    """Feeds recorded in another order give the same articles."""
    web = ordinary_web()
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    first = edition_of(one, web)
    second = edition_of(two, dict(reversed(web.items())))
    assert first.edition.sections == second.edition.sections
    assert first.edition.summary == second.edition.summary


def test_every_sentence_cites_its_own_story_word_for_word(tmp_path: Path) -> None:
    """Citations name documents of the article's references and quote what stands there."""
    made = edition_of(tmp_path, ordinary_web())
    with open_store(memory(tmp_path)) as store:
        for article in made.edition.articles:
            known = {one.document_id for one in article.references}
            documents = store.library.documents_by_id(sorted(known))
            assert article.paragraph
            for sentence in article.paragraph:
                assert sentence.citations
                for citation in sentence.citations:
                    assert citation.document_id in known
                    document = documents[citation.document_id]
                    whole = document.title if citation.field == "title" else document.text
                    assert whole[citation.start : citation.end] == citation.quote


def test_tomorrow_does_not_repeat_today(tmp_path: Path) -> None:
    """A story that an edition carried is not printed again the day after with nothing new."""
    edition_of(tmp_path, ordinary_web())
    fresh = rss(
        "Courier",
        [
            Entry(
                "https://courier.example/new",
                "OpenHarbour launches an AI model for weather forecasts",
                "OpenHarbour launched a language model with 8 billion parameters on Thursday. "
                "The company said it costs $2 per million tokens.",
                "Thu, 15 Jan 2026 03:00:00 GMT",
            )
        ],
    )
    web = {**ordinary_web(), "https://courier.example/feed.xml": fresh}
    archive = record(tmp_path / "next.warc.gz", web, "2026-01-15T16:00:00Z")
    options = RunOptions(replay=archive, date="2026-01-16", output=tmp_path / "out")
    made = make(options, ENGLISH)
    assert [article.headline.text[:11] for article in made.edition.articles] == ["OpenHarbour"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((200, "text/xml", b"this is not a feed at all"), "broken"),
        ((200, "text/xml", b""), "broken"),
        ((200, "text/html", b"<!doctype html><html><body><h1>Hello</h1></body></html>"), "broken"),
        ((404, "text/plain", b"no"), "broken"),
        ((500, "text/plain", b"no"), "broken"),
        (rss("Empty", []), None),
    ],
)
def test_a_bad_feed_fails_alone(
    tmp_path: Path, answer: bytes | tuple[int, str, bytes], sentence: str | None
) -> None:
    """A feed that cannot be read is one failure that names it; the edition appears all the same."""
    sources = tmp_path / "sources.opml"
    web = {**ordinary_web(), "https://broken.example/feed.xml": answer}
    outlines = "".join(f'<outline type="rss" text="{url}" xmlUrl="{url}"/>' for url in web)
    sources.write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    archive = record(tmp_path / "web.warc.gz", web)
    config = ENGLISH.model_copy(
        update={
            "collect": ENGLISH.collect.model_copy(
                update={"sources": (str(sources),), "builtin_catalogue": False}
            )
        }
    )
    options = RunOptions(replay=archive, date=DAY, output=tmp_path / "out", sources=(sources,))
    made = make(options, config)
    collect = made.steps[0]
    assert len(made.edition.articles) == 4
    assert collect.failed == (0 if sentence is None else 1)
    if sentence is not None:
        assert any("1" in note for note in made.edition.notes)
        with sqlite3.connect(memory(tmp_path)) as connection:
            (detail,) = connection.execute(
                "SELECT detail FROM outcome WHERE became = 'failed'"
            ).fetchone()
        assert sentence in detail
        assert "\n" not in detail


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("Wed, 14 Jan 2099 03:00:00 GMT", None),
        ("", None),
        ("yesterday, or so", None),
        ("Mon, 05 Jan 2026 03:00:00 GMT", "too-old"),
    ],
)
def test_an_odd_date_loses_no_item(tmp_path: Path, date: str, reason: str | None) -> None:
    """A date in the future or none at all is repaired; one before the window is a named drop."""
    odd = rss("Odd", [Entry("https://odd.example/1", "An odd AI model is released", "Text.", date)])
    edition_of(tmp_path, {**ordinary_web(), "https://odd.example/feed.xml": odd})
    with sqlite3.connect(memory(tmp_path)) as connection:
        ((subject,),) = connection.execute(
            "SELECT id FROM item WHERE url LIKE 'https://odd.example/%'"
        ).fetchall()
        lines = connection.execute(
            "SELECT step, became, reason, detail FROM outcome WHERE subject = ?", (subject,)
        ).fetchall()
    ((step, became, why, detail),) = lines
    if reason is None and step == "collect":
        assert (became, why) == ("dropped", "in-the-future")
        assert "; " in detail, "the repair of the date is named beside it"
    else:
        assert (
            (step, became, why) == ("collect", "dropped", reason)
            if reason
            else ("extract", "kept", "")
        )


def test_nothing_to_print_is_an_error_with_a_way_on(tmp_path: Path) -> None:
    """A day with nothing on the beat writes no edition and says how to learn why."""
    noise = rss("Sports", [Entry("https://sport.example/1", "Rovers win the cup", "A late goal.")])
    with pytest.raises(ContentError, match="nothing to print: '2026-01-15'") as caught:
        edition_of(tmp_path, {"https://sport.example/feed.xml": noise})
    assert "ribao why" in caught.value.hint
    assert files_of(tmp_path) == {}


def test_an_archive_that_is_none_is_refused(tmp_path: Path) -> None:
    """A file that is no web archive is named in one sentence."""
    path = tmp_path / "notes.warc.gz"
    path.write_text("nothing of the kind")
    with pytest.raises((ContentError, ConfigError), match=r"notes\.warc\.gz"):
        make(RunOptions(replay=path, date=DAY, output=tmp_path / "out"), ENGLISH)


def test_an_archive_that_breaks_off_is_used_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands whole before the break makes the edition; a whole archive says nothing."""
    archive = record(tmp_path / "web.warc.gz", ordinary_web())
    make(RunOptions(replay=archive, date=DAY, output=tmp_path / "whole"), ENGLISH)
    assert capsys.readouterr().err == ""
    archive.write_bytes(archive.read_bytes()[:-40])
    made = make(RunOptions(replay=archive, date=DAY, output=tmp_path / "out"), ENGLISH)
    assert made.edition.articles
    told = capsys.readouterr().err
    assert told.startswith("ribao: the web archive 'web.warc.gz' breaks off in record 3")
    assert told.count("\n") == 1


def test_edition_json_holds_the_edition_that_was_made(tmp_path: Path) -> None:
    """The canonical file says what the run returned."""
    made = edition_of(tmp_path, ordinary_web())
    data = json.loads((tmp_path / "out" / DAY / "en" / "edition.json").read_bytes())
    assert data["id"] == made.edition.id
    assert data["title"] == made.edition.title
