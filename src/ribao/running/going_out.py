"""What of an edition goes out: which revision it is, and to whom it is sent.

Only live runs have readers; a replay or the sample is printed and nothing more.
"""

from __future__ import annotations

from ribao.deliver import Post, prepare, revise
from ribao.model import Edition
from ribao.running.run import Run


def revised(run: Run, edition: Edition) -> Edition:
    """The edition, as a new revision where another form of it is with its readers already."""
    if run.work.mode != "live":
        return edition
    tools = run.tools
    return revise(edition, tools.store, public=bool(tools.config.publish.address))


def post(run: Run, edition: Edition) -> Post | None:
    """What is to be sent, rendered; None where nobody gets anything."""
    tools = run.tools
    if run.work.mode != "live" or not tools.channels:
        return None
    return prepare(tools.store, edition, tools.channels, tools.config.deliver, tools.clock.now())
