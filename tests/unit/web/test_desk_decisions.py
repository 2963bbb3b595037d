"""What an editor puts together or takes apart stays so, whatever later runs think of it."""

from __future__ import annotations

from pathlib import Path

from ribao.model import Story, StoryId
from ribao.web import materials, printing, workbench
from ribao.web.orders import read_order
from tests.desk import Desk, sample, served
from tests.unit.web.test_desk_remaking import again


def stories(desk: Desk) -> list[Story]:
    """The stories of the edition as the desk has them, those of several reports first."""
    draft = workbench.bench(desk.office, desk.edition).draft
    found = [materials.story_of(desk.office, draft, one.story_id) for one in draft.edition.articles]
    return sorted(found, key=lambda one: -len([d for d in one.documents if d.copy_of is None]))


def test_a_later_run_obeys_the_editor(tmp_path: Path) -> None:
    """The day made again: the split reports are apart, the merged stories are one."""
    folder = sample(tmp_path)
    with served(folder) as desk:
        whole, first, second = stories(desk)[:3]
        out = next(one for one in reversed(whole.documents) if one.copy_of is None)
        orders: list[dict[str, object]] = [
            {"verb": "split", "story": whole.id, "documents": [out.id]},
            {"verb": "merge", "into": first.id, "other": second.id},
        ]
        for order in orders:
            workbench.apply(desk.office, desk.edition, read_order(order), "ada")
        printing.put_out(desk.office, desk.edition, "ada")
        made = again(folder)
        became = desk.office.ledger.became(made.run_id, "cluster")
        assert became[out.id] != became[whole.documents[0].id]
        assert became[first.documents[0].id] == became[second.documents[0].id] == first.id
        draft = workbench.bench(desk.office, desk.edition).draft
        cut = next(one.story_id for one in draft.bundles if one.document_ids == (out.id,))
        assert became[out.id] == cut == StoryId(cut)
