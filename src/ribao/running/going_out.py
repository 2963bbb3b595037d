"""What of an edition goes out: which revision it is, and to whom it is sent.

Only live runs have readers; a replay or the sample is printed and nothing more.
"""

from __future__ import annotations

from ribao.catalogue import say
from ribao.deliver import Post, prepare, revise
from ribao.model import Edition, Publication
from ribao.outcome import Drop, Outcome, Reason
from ribao.running.run import Run


def kept_back(run: Run, edition: Edition) -> Outcome[Publication] | None:
    """The making left out, where the desk has put the edition out; None where it is printed.

    What an editor has put out is nobody's to overwrite: the making waits at the desk.
    """
    revision = run.tools.store.editions.put_out(edition.id)
    if not revision:
        return None
    day = edition.date.isoformat()
    because = say("run.kept-back", edition.language, day=day, revision=revision)
    return Outcome((), (Drop(edition.id, Reason.EDITOR, because),))


def revised(run: Run, edition: Edition) -> Edition:
    """The edition, as a new revision where another form of it is with its readers already."""
    if run.work.mode != "live":
        return edition
    tools = run.tools
    return revise(edition, tools.store, public=bool(tools.config.publish.address))


def post(run: Run, edition: Edition) -> Post | None:
    """What is to be sent, rendered; None where nobody gets anything."""
    tools = run.tools
    if run.work.mode != "live" or not tools.channels or kept_back(run, edition):
        return None
    return prepare(tools.store, edition, tools.channels, tools.config.deliver, tools.clock.now())
