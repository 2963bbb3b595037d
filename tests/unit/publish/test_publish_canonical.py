"""`edition.json` is canonical, follows its schema and reads back as what it was."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import jsonschema
import pytest

from ribao.errors import ContentError
from ribao.model import Edition
from ribao.publish import edition_bytes, read_edition
from ribao.publish.schema import schema_bytes


def shipped_schema() -> Any:
    """The schema as a reader of the package finds it."""
    return json.loads((resources.files("ribao.publish") / "edition.schema.json").read_bytes())


def test_an_edition_reads_back_as_what_it_was(edition: Edition) -> None:
    """There and back changes nothing, and the second writing gives the same bytes."""
    content = edition_bytes(edition)
    assert read_edition(content) == edition
    assert edition_bytes(read_edition(content)) == content


def test_the_form_is_canonical(edition: Edition) -> None:
    """Sorted keys, UTF-8 as it is, one line feed at the end, times in UTC."""
    content = edition_bytes(edition)
    table = json.loads(content)
    assert list(table) == sorted(table)
    assert "鹤鸣2".encode() in content
    assert content.endswith(b"}\n")
    reference = table["sections"][0]["articles"][0]["references"][0]
    assert reference["published_at"] == "2031-03-04T04:00:00Z"


def test_the_edition_follows_the_schema_that_ships(edition: Edition) -> None:
    """Draft 2020-12, closed: a key too many or too few is an error."""
    schema = shipped_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    table = json.loads(edition_bytes(edition))
    validator.validate(table)
    assert not validator.is_valid({**table, "more": 1})
    del table["sections"][0]["articles"][0]["headline"]
    assert not validator.is_valid(table)


def test_the_schema_that_ships_is_made_from_the_nouns() -> None:
    """When a noun changes, `python -m ribao.publish.schema` must be run."""
    assert (resources.files("ribao.publish") / "edition.schema.json").read_bytes() == schema_bytes()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no edition"),
        (b'{"format": "other"}', "no edition"),
        (b'{"format": "ribao.edition.v1"}', "is missing"),
        (b'{"format": "ribao.edition.v1", "more": 1}', "unknown key"),
    ],
)
def test_what_is_no_edition_is_refused(content: bytes, complaint: str) -> None:
    """One sentence says what is wrong."""
    with pytest.raises(ContentError, match=complaint):
        read_edition(content)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date", "soon"),
        ("date", 5),
        ("revision", "1"),
        ("revision", True),
        ("sections", {}),
        ("held", [1]),
    ],
)
def test_a_value_of_the_wrong_type_is_named(edition: Edition, key: str, value: object) -> None:
    """The complaint names the place."""
    table = {**json.loads(edition_bytes(edition)), key: value}
    with pytest.raises(ContentError, match=key):
        read_edition(json.dumps(table).encode())
