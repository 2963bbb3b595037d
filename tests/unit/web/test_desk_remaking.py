"""A day that the desk has put out and that is made again: what readers have stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from ribao.cli.making import make
from ribao.cli.run import RunOptions
from ribao.config import Config
from ribao.model import Edition
from ribao.running.assignment import Made
from ribao.store.codec import decode
from ribao.web import materials, printing, workbench
from ribao.web.orders import read_order
from tests.desk import Desk, sample, served

CONFIG = {"edition": {"language": "zh", "timezone": "Asia/Shanghai"}}


def files(folder: Path) -> dict[str, bytes]:
    """Everything that readers can see."""
    found = (path for path in folder.rglob("*") if path.is_file() and ".ribao" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def again(folder: Path, **edition: object) -> Made:
    """Make the sample's day again; other settings, other bytes."""
    table = {"edition": {**CONFIG["edition"], **edition}}
    options = RunOptions(demo=True, output=folder)
    return make(options, Config.model_validate(table), watch=lambda *_: None)


def edited(desk: Desk) -> str:
    """Hold the first story of the page and put the rest out; returns its id."""
    first = workbench.bench(desk.office, desk.edition).edition.articles[0].story_id
    order = read_order({"verb": "hold", "story": first, "reason": "thin"})
    workbench.apply(desk.office, desk.edition, order, "ada")
    printing.put_out(desk.office, desk.edition, "ada")
    return str(first)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the sample was made."""
    return sample(tmp_path)


def test_what_the_desk_put_out_is_not_overwritten_by_a_later_run(folder: Path) -> None:
    """The making waits at the desk, and the run says so; taking it is a change like others."""
    with served(folder) as desk:
        held = edited(desk)
        before, kept = files(folder), desk.office.drafts.base(desk.edition)
        made = again(folder, title="Another title")
        assert "revision 1" in made.kept_back or "第 1 版" in made.kept_back
        assert made.files == ()
        assert files(folder) == before
        assert desk.office.drafts.base(desk.edition) == kept
        bench = workbench.bench(desk.office, desk.edition)
        assert not bench.fresh_base
        assert held not in {one.story_id for one in bench.edition.articles}
        story = materials.story_of(desk.office, bench.draft, held)
        assert story.documents
        workbench.start_over(desk.office, desk.edition, "ada")
        taken = workbench.bench(desk.office, desk.edition)
        assert taken.fresh_base
        assert taken.edition.title == "Another title"
        assert held in {one.story_id for one in taken.edition.articles}
        workbench.undo(desk.office, desk.edition, "ada")
        assert workbench.bench(desk.office, desk.edition).draft == bench.draft


def test_every_revision_that_was_printed_is_kept(folder: Path) -> None:
    """A correction does not take the place of what was read before it."""
    with served(folder) as desk:
        edited(desk)
        again(folder)
        first = decode(Edition, (desk.office.drafts.base(desk.edition) or ("", ""))[0])
        workbench.start_over(desk.office, desk.edition, "ada")
        out = printing.put_out(desk.office, desk.edition, "ada", "taken anew")
        assert out.edition.revision == 2
        assert desk.office.editions.revisions(desk.edition) == (out.edition, first)
        assert again(folder).kept_back
        assert workbench.bench(desk.office, desk.edition).fresh_base
