"""Search: every phrase of a Chinese text finds it, and nothing that does not hold the phrase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ribao.language.search import index_words, question
from ribao.model import Document, DocumentId, ItemId, SourceId
from ribao.store import open_store
from ribao.store.search import Search, Wanted

NOON = datetime(2031, 3, 4, 4, tzinfo=UTC)
TEXTS = (
    "星渚智能发布渚语模型，推理价格下降。",
    "推理的价格不变；模型价格上涨。",
    "港口的機器人開始工作，電池更耐用。",
    "Harbour pilots test two models of GPT渚语 5.2 at night",
    "机器",
)


def document(number: int, text: str) -> Document:
    """An invented report."""
    key = DocumentId(f"d{number}")
    moment = NOON + timedelta(days=number)
    return Document(
        key, ItemId(key), SourceId(f"s{number % 2}"), f"https://a.example/{number}", "Title", text,
        "zh" if number != 3 else "en", moment, "feed",
    )  # fmt: skip


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    """An index of the texts."""
    with open_store(Path(tmp_path_factory.mktemp("search")) / "one.sqlite3") as store:
        store.library.put_documents([document(*one) for one in enumerate(TEXTS)])
        found = Search(store.engine)
        while found.index(2):
            pass
        assert found.pending() == 0
        yield found


def hits(search: Search, words: str, **filters: object) -> set[str]:
    """The reports that answer."""
    wanted = replace(Wanted(question(words)), **filters)  # type: ignore[arg-type]  # names of fields
    total, found = search.find(wanted, limit=50)
    assert total == len(found)
    return {one.document.id for one in found}


def test_every_phrase_finds_just_the_texts_that_hold_it(search: Search) -> None:
    """All phrases of one to five characters of the first two texts."""
    runs = [run for text in TEXTS[:2] for run in text.replace("；", "，").strip("。").split("，")]
    phrases = {run[a:b] for run in runs for a in range(len(run)) for b in range(a + 1, a + 6)}
    for phrase in sorted(phrases):
        expected = {f"d{at}" for at, text in enumerate(TEXTS) if phrase in text}
        assert hits(search, phrase) == expected, phrase


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("机器人", {"d2"}),  # simplified finds traditional
        ("電池", {"d2"}),
        ("推理 价格", {"d0", "d1"}),  # both words, anywhere
        ("“推理价格”", {"d0"}),
        ("MODEL", {"d3"}),  # case and number
        ("GPT 渚语", {"d3"}),
        ("渚语", {"d0", "d3"}),
        ("5.2", {"d3"}),
        ("pilots night", {"d3"}),
        ('"night pilots"', set()),
        ("AND OR NOT NEAR(", set()),  # no word is an operator
        ("*", {"d0", "d1", "d2", "d3", "d4"}),  # nothing that could be looked for asks for all
    ],
)  # fmt: skip
def test_questions(search: Search, words: str, expected: set[str]) -> None:
    """What people type."""
    assert hits(search, words) == expected


def test_filters_narrow_what_is_found(search: Search) -> None:
    """Days are whole days, both included; sources and languages by name."""
    assert hits(search, "价格", first="2031-03-05") == {"d1"}
    assert hits(search, "价格", last="2031-03-04") == {"d0"}
    assert hits(search, "渚语", source="s1") == {"d3"}
    assert hits(search, "渚语", language="zh") == {"d0"}
    assert hits(search, "", names=(("harbour",), ("机器",))) == {"d2", "d3", "d4"}


def test_a_text_is_in_its_own_index() -> None:
    """The words of a question are words of the text it was taken from."""
    for text in TEXTS:
        words = set(index_words(text).split())
        for row in question(text):
            assert {one.rstrip("*") for one in row} <= words


def test_of_a_word_that_many_hold_the_newest_titles_come_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is counted beyond the newest few; a title that answers goes before a text."""
    monkeypatch.setattr("ribao.store.search.NEWEST", 4)
    with open_store(tmp_path / "many.sqlite3") as store:
        reports = [document(number, "星渚发布模型。") for number in range(8)]
        reports[1] = replace(reports[1], title="旧模型")  # too old to be looked at
        reports[5] = replace(reports[5], title="新模型")
        store.library.put_documents(reports)
        many = Search(store.engine)
        while many.index():
            pass
        total, found = many.find(Wanted(question("模型")), limit=3)
        assert total == 5
        assert [one.document.id for one in found] == ["d5", "d7", "d6"]
        assert many.find(Wanted(question("模型 星渚")), limit=3, offset=3)[1][0].document.id == "d4"
        total, found = many.find(Wanted(question("模型"), first="2031-03-04"), limit=9)
        assert total == len(found) == 8
