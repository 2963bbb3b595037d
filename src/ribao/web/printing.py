"""Putting a draft out: the check before it, the files, the record, and what is learned from it."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import BoundedSemaphore

from ribao.cli.making import MEMORY
from ribao.deliver import Post
from ribao.desk import Draft, printable
from ribao.desk.changes import correct
from ribao.desk.checking import Failing, failing
from ribao.errors import ConfigError, PublishError, StoreError
from ribao.model import Article, Edition, Publication, Story
from ribao.outcome import Failure
from ribao.placing import Bundle
from ribao.plugins.kinds import Output, RenderedFile
from ribao.publish import publish
from ribao.store.codec import decode, encode
from ribao.store.drafts import Judgement, Printing
from ribao.store.outbox import Transaction
from ribao.store.plans import Plan, Plans
from ribao.web import materials, sending
from ribao.web.following import BusyError
from ribao.web.office import Office
from ribao.web.workbench import Bench, bench, require

MOVES = frozenset({"place", "step", "pin"})
LIGHT = frozenset(  # outputs that are made in no time; others may take seconds
    {"markdown", "json", "html", "cover", "wechat", "hugo", "jekyll", "hexo", "astro"}
)
PREVIEWS = 8  # that are kept of each sort; the sound of an edition is some MB
ONE, QUEUE = BoundedSemaphore(1), BoundedSemaphore(3)  # being made, and with those that wait


class FailingError(ConfigError):
    """Sentences fail their check and nobody vouched for them."""

    def __init__(self, found: Sequence[Failing]) -> None:
        """Name the first of them."""
        super().__init__(
            "sentences fail their check", found[0].text[:60], found[0].finding.because,
            hint="reword them, take them out, or print them with a reason",
        )  # fmt: skip
        self.found = tuple(found)


class OvertakenError(StoreError):
    """Another process carried the plan out, or somebody cancelled it meanwhile."""


@dataclass(frozen=True, slots=True)
class Out:
    """What went out."""

    edition: Edition
    publications: tuple[Publication, ...]
    failed: tuple[Failure, ...]


def put_out(
    office: Office,
    edition_id: str,
    who: str,
    note: str = "",
    *,
    plan: Plan | None = None,
    send: bool = True,
    only: str = "",
) -> Out:
    """Print the draft as it is now: files first, then the record of it.

    The same draft printed again is the same revision with the same bytes: nothing happens twice.
    `plan` is the one that is carried out by it. Without `send` the outbox waits for its command.
    With `only`, the tag of a draft, no other one is printed.

    Raises:
        OutdatedError: the draft is not the one of the tag.
        FailingError: sentences fail their check.
        OvertakenError: the plan waits no more.
        ConfigError: a correction without a note, or nothing to print.
        PublishError: the files cannot be written.
    """
    with _alone(office):
        out, post = _put_out(office, edition_id, who, note, plan=plan, only=only)
    if post is not None and send:
        sending.send_soon(office)
    return out


@contextmanager
def _alone(office: Office) -> Iterator[None]:
    """Hold the one right to print in this folder: two who print at once write the same files."""
    path = office.directory / MEMORY / "printing.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _put_out(
    office: Office, edition_id: str, who: str, note: str, *, plan: Plan | None, only: str
) -> tuple[Out, Post | None]:
    plans = Plans(office.library.engine)
    later = plans.get(edition_id)  # read before: in the transaction it would wait for itself
    if plan is not None and plan != later:
        raise OvertakenError("this plan waits no more", edition_id)
    now = bench(office, edition_id)
    require(now, only)
    wrong = failing(now.draft)
    if wrong:
        raise FailingError(wrong)
    edition, revision = _edition(office, now, note)
    outcome = publish(edition, office.outputs, office.directory, office.config.publish)
    if not outcome.kept:
        raise PublishError(
            "nothing could be published", edition.date.isoformat(),
            outcome.failed[0].error if outcome.failed else "no output is chosen",
        )  # fmt: skip
    data = encode(edition)
    printing = Printing(
        edition_id, revision, office.now(), who, edition.correction, now.version,
        hashlib.sha256(data.encode()).hexdigest(),
    )  # fmt: skip
    beat = (office.drafts.base(edition_id) or ("", office.beat.id))[1]
    judged, post = judge(office, now, who), sending.post(office, edition)
    with office.store.begin() as connection:
        _settle(plans, connection, plan, later, who)
        office.editions.put_edition(connection, edition, beat)
        office.editions.put_publications(connection, outcome.kept)
        office.drafts.put_bundles(connection, edition.date, _bundled(office, now.draft))
        office.store.placings.put_decision(connection, edition_id, _decided(now.draft))
        office.drafts.put_printing(connection, printing)
        office.drafts.put_judgements(connection, judged)
        words = (edition_id, f"revision {revision}" + (f": {note}" if note else ""))
        office.people.note(connection, office.now(), who, "publish", words)
        if post is not None:
            post.keep(connection)
    return Out(edition, outcome.kept, outcome.failed), post


def _settle(
    plans: Plans, connection: Transaction, plan: Plan | None, later: Plan | None, who: str
) -> None:
    """Note that a plan was carried out; one for later is not needed any more.

    Raises:
        OvertakenError: the plan waits no more.
    """
    if plan is not None and not plans.settle(connection, plan, "done"):
        raise OvertakenError("this plan waits no more", plan.edition_id)
    if plan is None and later is not None:
        plans.settle(connection, later, "cancelled", f"{who} published it before")


def unchanged(office: Office, now: Bench) -> bool:
    """Whether the draft is what went out last."""
    printings = office.drafts.printings(now.edition_id)
    return bool(printings and printings[0].version == now.version)


def _edition(office: Office, now: Bench, note: str) -> tuple[Edition, int]:
    edition = printable(now.draft)
    if not edition.articles:
        raise ConfigError("there is nothing to print", edition.date.isoformat())
    printings = office.drafts.printings(now.edition_id)
    last = printings[0] if printings else None
    if last is not None and last.version == now.version and note.strip() in {"", last.note}:
        return correct(edition, last.revision, last.note), last.revision
    revision = sending.revision_after(office, now.edition_id)
    return correct(edition, revision, note if revision > 1 else ""), revision


def _bundled(office: Office, draft: Draft) -> tuple[Story, ...]:
    """The stories whose reports an editor chose, as they now are."""
    ids = [one.story_id for one in draft.bundles if one.document_ids]
    return tuple(materials.story_of(office, draft, one) for one in ids)


def _decided(draft: Draft) -> tuple[Bundle, ...]:
    """Which reports the editor put together: no later run takes them apart or joins them."""
    return tuple(
        Bundle(one.story_id, one.document_ids) for one in draft.bundles if one.document_ids
    )


def preview(office: Office, edition_id: str, output: Output) -> tuple[RenderedFile, ...]:
    """The files of one output, of the draft as it is now; made once for each draft.

    What takes seconds is made one at a time, and few wait for it.

    Raises:
        BusyError: others wait already.
    """
    now = bench(office, edition_id)
    revision = sending.revision_after(office, edition_id)
    key = (output.name, edition_id, now.version, now.base_digest, revision)

    def make() -> tuple[RenderedFile, ...]:
        return tuple(output.render(as_printed(office, edition_id)))

    if output.name in LIGHT:
        return office.kept("previews", key, make, size=PREVIEWS)
    if not QUEUE.acquire(blocking=False):
        raise BusyError("others are having previews made", output.name, hint="try again")
    try:
        with ONE:
            return office.kept("heavy previews", key, make, size=PREVIEWS)
    finally:
        QUEUE.release()


def as_printed(office: Office, edition_id: str) -> Edition:
    """The draft as it would be printed now."""
    revision = sending.revision_after(office, edition_id)
    return replace(printable(bench(office, edition_id).draft), revision=revision)


def judge(office: Office, now: Bench, who: str) -> tuple[Judgement, ...]:
    """What the editor made of each story that the run had chosen, and of those taken in."""
    history = office.drafts.history(now.edition_id)
    first = min((one.version for one in history), default=0)
    if not first:
        return ()
    begun = decode(Draft, office.drafts.before(now.edition_id, first).decode())
    moved = {one.subject for one in history if one.verb in MOVES and not one.undone_by}
    before = {one.story_id: at for at, one in enumerate(begun.edition.articles)}
    after = {one.story_id: at for at, one in enumerate(now.edition.articles)}
    merged = {one.story_id for one in now.draft.bundles if not one.document_ids}
    moment = office.now()

    def judgement(article: Article, verdict: str) -> Judgement:
        printed = article.story_id in after
        data = encode(article.score)
        return Judgement(now.edition_id, article.story_id, moment, who, verdict, printed, data)

    found = []
    for article in begun.edition.articles:
        key = article.story_id
        if key in merged:
            continue  # it is told inside another one: neither kept nor dropped
        verdict = "kept" if key in after else "dropped"
        if key in after and key in moved and after[key] != before[key]:
            verdict = "raised" if after[key] < before[key] else "lowered"
        found.append(judgement(article, verdict))
    taken = [one for one in now.edition.articles if one.story_id not in before]
    return (*found, *(judgement(one, "taken") for one in taken))
