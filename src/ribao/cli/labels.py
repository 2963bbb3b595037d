"""Labels of a person: which link reports which event; and where each stands after the last day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ribao.errors import ConfigError
from ribao.gateways.address import page_key
from ribao.model import Story

SAME_EVENTS = "event"  # the kind of labels that name an event of several reports


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled link: which event it reports, by a person."""

    key: str
    link: str
    event: str
    language: str
    kind: str  # event, single or paper
    days: tuple[str, ...] = ()  # whose archives have the link, where the labels say so


@dataclass(frozen=True, slots=True)
class Result:
    """Where everything stood after the last day."""

    stories: tuple[Story, ...]
    story_of: dict[str, Story]  # by key of the page
    seconds: float  # of the processor, in cluster alone, all days
    dropped: Mapping[str, str] = field(default_factory=dict)  # why a page is in no story, by key


def read_labels(path: Path) -> tuple[Label, ...]:
    """Labels of a JSONL file: link and event, perhaps lang, kind and warcs (days), a line.

    Raises:
        ConfigError: the file cannot be read, holds no label, or a line is none.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("cannot read the labels", str(path), str(error)) from error
    found = tuple(
        _label(path, number, line) for number, line in enumerate(lines, 1) if line.strip()
    )
    if not found:
        raise ConfigError("no labels", str(path), hint="one JSON object a line")
    return found


def _label(path: Path, number: int, line: str) -> Label:
    try:
        row = json.loads(line)
        link, event = row["link"], str(row["event"])
        days = tuple(str(day) for day in row.get("warcs") or ())
        if not isinstance(link, str) or not link:
            raise TypeError("link is no text")  # noqa: TRY301 - one sentence for all of these
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(
            "no label", f"{path}, line {number}", hint='a line is {"link": "...", "event": "..."}'
        ) from error
    kind = str(row.get("kind") or SAME_EVENTS)
    language = str(row.get("lang") or "")[:2]
    return Label(page_key(link), link, event, language, kind, days)
