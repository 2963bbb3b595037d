"""Floors of what verify catches, on errors planted in recorded reports. They only rise."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bench import _planting_ways, planted
from bench._corpora import corpora
from bench._days import recorded_days
from ribao.model import Document

pytestmark = [pytest.mark.shared, pytest.mark.timeout(300)]

# Share of the planted errors that fail their sentence, zh and en together: measured minus a hair.
FLOORS = {
    "number": 0.99,
    "magnitude": 0.985,
    "percent": 0.99,
    "date": 0.99,
    "year": 0.99,
    "relative date": 0.985,
    "money": 0.99,
    "currency": 0.985,
    "multiple": 0.98,
    "version": 0.99,
    "organisation": 0.99,
    "person": 0.985,
    "direction": 0.99,
    "negation": 0.985,
    "quotation": 0.99,
    "superlative": 0.985,
}
# The same for ways to plant an error that vary what is done to the sentence.
WAYS = {
    "roles change places": 0.93,
    "roles, told passively": 0.85,
    "name of the report": 0.9,
    "figures change places": 0.98,
    "figure of the report": 0.98,
    "day word, four days on": 0.85,
    "place": 0.95,
    "stranger": 0.9,
    "hedge lost": 0.97,
    "contrary verb": 0.93,
    "reworded: number": 0.95,
    "reworded: percent": 0.97,
    "reworded: money": 0.97,
    "reworded: magnitude": 0.97,
    "reworded: date": 0.95,
    "reworded: direction": 0.93,
    "reworded: negation": 0.92,
    "denial of one sign": 0.985,
    "growth by and to": 0.96,
    "words dropped in a quotation": 0.985,
    "half of the day": 0.99,
    "tier removed": 0.95,
    "rank weakened": 0.99,
}


@cache
def _documents(shared: Path) -> list[Document]:
    return planted.load(recorded_days(shared)[:1])  # `python -m bench planted` reads all six


@cache
def _rates(shared: Path) -> planted.Rates:
    return planted.measure(planted.plant(_documents(shared), each=40))


@cache
def _ways(shared: Path) -> planted.Rates:
    kinds = {kind: way for kind, way in _planting_ways.WAYS.items() if kind in WAYS}
    return planted.measure(planted.plant(corpora(shared), each=20, kinds=kinds))


@pytest.mark.parametrize("kind", FLOORS)
def test_planted_errors_are_caught(shared: Path, kind: str) -> None:
    """Of the errors of each kind at least the floor fails its sentence, one by chance less."""
    found = [_rates(shared).caught.get((kind, language), (0, 0)) for language in ("zh", "en")]
    caught, of = (sum(pair[i] for pair in found) for i in (0, 1))
    assert of >= (20 if kind == "person" else 40)  # one day has few titles before names
    assert caught >= FLOORS[kind] * of - 1


@pytest.mark.parametrize("kind", WAYS)
def test_errors_planted_in_other_ways_are_caught(shared: Path, kind: str) -> None:
    """Of errors made of the report's own parts, and of those in re-worded sentences, too."""
    found = [_ways(shared).caught.get((kind, language), (0, 0)) for language in ("zh", "en")]
    caught, of = (sum(pair[i] for pair in found) for i in (0, 1))
    assert of >= 18
    assert caught >= WAYS[kind] * of - 1


def test_true_sentences_pass(shared: Path) -> None:
    """A sentence that stands in its report word for word never fails."""
    cases = planted.untouched(_documents(shared), most=300)
    assert len(planted.measure(cases).missed) == len(cases)


def test_true_sentences_in_other_words_pass(shared: Path) -> None:
    """Other forms of figures and names, and the other language, are rarely taken for wrong."""
    cases = planted.reworded(_documents(shared), most=80)
    rates = planted.measure(cases)
    assert len(cases) >= 200
    assert 1 - len(rates.missed) / len(cases) <= 0.025
