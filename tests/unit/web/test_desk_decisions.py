"""What an editor puts together or takes apart stays so, whatever later runs think of it."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest

from ribao.desk.checking import failing
from ribao.model import Story, StoryId
from ribao.web import materials, printing, workbench
from ribao.web.orders import read_order
from ribao.web.secrecy import form_token
from tests.desk import PASSWORD, Desk, sample, served
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


def test_what_concerns_the_whole_draft_is_done_to_the_one_that_was_seen(tmp_path: Path) -> None:
    """Undoing, redoing, starting over, publishing: nobody turns back or prints what is unseen."""
    with served(sample(tmp_path)) as desk, httpx2.Client(base_url=desk.base, timeout=60) as browser:
        desk.token("ann", "editor")
        browser.post("/sign-in", data={"name": "ann", "password": PASSWORD})
        form = {"form_token": form_token(browser.cookies["ribao_session"])}

        def send(what: str, seen: int, **fields: str) -> httpx2.Response:
            data = {**form, "seen": str(seen), **fields}
            return browser.post(f"/editions/{desk.edition}/{what}", data=data)

        story = stories(desk)[0]
        assert send("orders", 0, verb="pin", story=story.id).status_code == 303
        titled = read_order({"verb": "entitle", "title": "High tide"})
        workbench.apply(desk.office, desk.edition, titled, "ben")
        for what in ("undo", "redo", "start-over", "publish"):
            refused = send(what, 1)
            assert (what, refused.status_code) == (what, 409)
            assert "<b>ben</b>" in refused.text
        history = desk.office.drafts.history(desk.edition)
        assert [one.verb for one in history] == ["entitle", "pin"]
        assert not desk.office.drafts.printings(desk.edition)
        assert [send("undo", 2).status_code, send("publish", 3).status_code] == [303, 303]


def test_a_title_is_proved_like_any_sentence(tmp_path: Path) -> None:
    """A number that no report has holds the edition back until somebody vouches for it."""
    with served(sample(tmp_path)) as desk:
        where, told = desk.edition, {"verb": "entitle", "title": "98765 boats came home"}
        assert workbench.apply(desk.office, where, read_order(told), "ann").draft.titled
        with pytest.raises(printing.FailingError, match="98765"):
            printing.put_out(desk.office, where, "ann")
        other = read_order({"verb": "entitle", "title": "High tide"})
        with pytest.raises(workbench.ConflictError) as clash:
            workbench.apply(desk.office, where, other, "ben", seen=0)
        assert [one.verb for one in clash.value.changes] == ["entitle"]
        vouched = {"verb": "override", "story": where, "place": "title", "reason": "counted them"}
        with pytest.raises(workbench.ConflictError):
            workbench.apply(desk.office, where, read_order(vouched), "ben", seen=0)
        workbench.apply(desk.office, where, read_order(vouched), "ann")
        assert printing.put_out(desk.office, where, "ann").edition.title == told["title"]
        workbench.apply(desk.office, where, read_order(told | {"title": "4321 boats"}), "ann")
        with pytest.raises(printing.FailingError, match="4321"):
            printing.put_out(desk.office, where, "ann", "recounted")
        day = workbench.bench(desk.office, where).edition.date
        dated = {"title": f"潮汐日报 {day.month}月{day.day}日"}
        workbench.apply(desk.office, where, read_order(told | dated), "ann")
        assert not failing(workbench.bench(desk.office, where).draft)
        workbench.apply(desk.office, where, read_order({"verb": "entitle"}), "ann")
        assert printing.put_out(desk.office, where, "ann", "recounted").edition.revision == 2


def test_an_editor_in_two_browsers_loses_no_words(tmp_path: Path) -> None:
    """What was written on the phone is not written over from the page that knows nothing of it."""
    with served(sample(tmp_path)) as desk:
        first = {"verb": "reword", "story": stories(desk)[0].id, "place": "headline", "text": "Ebb"}
        workbench.apply(desk.office, desk.edition, read_order(first), "ann", seen=0)
        again_ = read_order(first | {"text": "Flood"})
        with pytest.raises(workbench.ConflictError):
            workbench.apply(desk.office, desk.edition, again_, "ann", seen=0)
        assert workbench.apply(desk.office, desk.edition, again_, "ann", seen=1).version == 2
