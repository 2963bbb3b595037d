"""Versions of one page over days: what was kept stays, what is new is a revision of it."""

from __future__ import annotations

from dataclasses import replace

from ribao.config import DedupeSettings
from ribao.dedupe import dedupe
from ribao.model import Document
from tests.unit.dedupe.test_dedupe import document

TEXT = (
    "The company Tidewell raised 30 million dollars to build small ovens for harbour kitchens. "
    "Its founder said that 12 kitchens bake with them already and that the next model is lighter. "
) * 2
FIRST = document("lamp", title="Tidewell raises money for ovens", text=TEXT)


def again(now: Document, kept: Document = FIRST) -> Document:
    """A document as it comes out on a day that knows what was kept."""
    (found,) = dedupe([now], DedupeSettings(), {kept.id: kept}).kept
    return found


def test_other_figures_make_a_revision_that_names_them() -> None:
    """The changed version has an identifier of its own and says what changed."""
    found = again(replace(FIRST, text=TEXT.replace("30 million", "35 million")))
    assert found.id != FIRST.id
    assert found.revision_of == FIRST.id
    assert found.copy_of is None
    assert found.copy_because == "revised since it was kept: figures gone 30; new 35"
    assert again(replace(FIRST, text=TEXT.replace("30 million", "35 million"))) == found
    assert again(replace(FIRST, text=TEXT.replace("lighter", "red"))).copy_because.endswith(
        "other words, the same figures"
    )


def test_a_change_of_setting_is_no_revision() -> None:
    """Other marks and spaces leave the words as they were kept, so that quotations stay right."""
    found = again(replace(FIRST, text=TEXT.replace(". ", ".  ").replace("Tidewell", "“Tidewell”")))
    assert found == FIRST


def test_less_of_a_page_is_no_revision() -> None:
    """Where a page was read whole before and only its summary is had now, the whole stands."""
    short = replace(FIRST, text=TEXT[:60], extracted_by="feed")
    assert again(short, replace(FIRST, extracted_by="page")).text == TEXT
    fuller = again(replace(FIRST, extracted_by="page"), short)
    assert fuller.revision_of == FIRST.id
    assert fuller.copy_because.startswith("read more fully")


def test_a_revision_that_is_a_copy_stays_one() -> None:
    """Labels of the day go on as they were: another outlet's copy is a copy, revised or not."""
    changed = replace(FIRST, text=TEXT.replace("30 million", "35 million"))
    other = document("other", title=changed.title, text=changed.text, weight=2.0)
    kept = dedupe([changed, other], DedupeSettings(), {FIRST.id: FIRST}).kept
    copies = [one for one in kept if one.copy_of is not None]
    assert len(copies) == 1
    assert {one.revision_of for one in kept} == {FIRST.id, None}
