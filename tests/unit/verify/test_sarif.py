"""SARIF 2.1.0 as code hosts read it: the properties that the standard asks for, and no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ribao.verify import check_file, check_text
from ribao.verify.report import as_sarif
from tests.unit.verify.test_newsletter import LETTER


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "additionalProperties": False,
        "properties": properties,
    }


TEXT = {"type": "string", "minLength": 1}
MESSAGE = _object("text", text=TEXT)
# The part of the standard that we write (sections 3.13 to 3.58), in our own words.
LOCATION = _object(
    "physicalLocation",
    physicalLocation=_object(
        "artifactLocation region",
        artifactLocation=_object("uri", uri={"type": "string", "format": "uri-reference"}),
        region=_object("startLine", startLine={"type": "integer", "minimum": 1}),
    ),
)
RESULT = _object(
    "ruleId level message locations",
    ruleId=TEXT,
    level={"enum": ["none", "note", "warning", "error"]},
    message=MESSAGE,
    locations={"type": "array", "minItems": 1, "items": LOCATION},
)
RULE = _object("id shortDescription", id=TEXT, shortDescription=MESSAGE)
RUN = _object(
    "tool columnKind results",
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    tool=_object(
        "driver",
        driver=_object(
            "name rules",
            name=TEXT,
            rules={"type": "array", "uniqueItems": True, "items": RULE},
        ),
    ),
    results={"type": "array", "items": RESULT},
)
SARIF = _object(
    "$schema version runs",
    **{"$schema": TEXT},
    version={"const": "2.1.0"},
    runs={"type": "array", "minItems": 1, "items": RUN},
)


@pytest.mark.parametrize("text", [LETTER, "Nothing to see here.", "It cost $5 on 31 April."])
def test_sarif_has_the_shape_of_the_standard(text: str) -> None:
    """Required properties are there, nothing unknown is, and every result has its rule."""
    table = json.loads(as_sarif(check_text(text)))
    checker = jsonschema.Draft202012Validator(SARIF, format_checker=jsonschema.FormatChecker())
    checker.validate(table)
    run = table["runs"][0]
    assert {one["ruleId"] for one in run["results"]} == {
        one["id"] for one in run["tool"]["driver"]["rules"]
    }


def test_sarif_names_files_as_addresses(tmp_path: Path) -> None:
    """A path with a space or a Chinese name is an address; an absolute one is a whole address."""
    letter = tmp_path / "日报 1.md"
    letter.write_text(LETTER, encoding="utf-8")
    table = json.loads(as_sarif(check_file(letter)))
    place = table["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == letter.as_uri()
