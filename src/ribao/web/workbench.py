"""From an order to a change that is kept: who, when, what, and the draft as it was before."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from ribao.desk import Bundle, Draft, open_draft
from ribao.desk.draft import sentences
from ribao.desk.queue import queue
from ribao.errors import ConfigError, RibaoError, StoreError
from ribao.model import Edition, Section
from ribao.store.codec import decode, encode
from ribao.store.drafts import REDO, UNDO, Change, Kept
from ribao.web.materials import cutoff
from ribao.web.office import Office
from ribao.web.orders import Order, Reword
from ribao.web.performing import perform

TRIES = 5  # of a change while others change the same draft
MEMORY_DAYS = 7


class ConflictError(RibaoError):
    """Somebody changed the same story meanwhile; `changes` says who and what."""

    def __init__(self, order: Order | None, found: tuple[Change, ...], now: Bench) -> None:
        """Keep the order, so that nothing that was typed is lost, and what there is now.

        None is an order to the whole draft: it means another thing when the draft is another one.
        """
        super().__init__("somebody changed this meanwhile", order.subject if order else "")
        self.order, self.changes, self.now = order, found, now


class OutdatedError(RibaoError):
    """The draft is not the one that the order was for."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A draft as it lies on the desk."""

    edition_id: str
    version: int
    base_digest: str
    draft: Draft
    fresh_base: bool  # the edition is still the one that the draft was begun from

    @property
    def edition(self) -> Edition:
        """The edition of the draft, with its empty sections."""
        return self.draft.edition


def bench(office: Office, edition_id: str) -> Bench:
    """Lay an edition on the desk, or find it lying there.

    Raises:
        ConfigError: there is no such edition.
    """
    base = office.drafts.base(edition_id)
    if base is None:
        raise ConfigError("no such edition", edition_id)
    digest = _digest(office, base[0])
    kept = office.drafts.draft(edition_id)
    if kept is None or (kept.base_digest != digest and kept.version == 0):
        kept = _begin(office, edition_id, base[0], digest)
    draft = office.kept(
        "draft",
        (edition_id, kept.version, kept.base_digest),
        lambda: decode(Draft, kept.data.decode()),
    )
    remade = office.drafts.remade(edition_id)
    if remade:
        own = kept.base_digest == _digest(office, remade)
    else:
        own = kept.base_digest == digest or _published(office, edition_id)
    return Bench(edition_id, kept.version, kept.base_digest, draft, own)


def start_over(
    office: Office, edition_id: str, who: str, *, only: str = "", seen: int = -1
) -> None:
    """Put the edition as the last run made it in the place of the draft; it can be undone.

    Raises:
        ConfigError: there is no such edition.
        ConflictError: somebody else changed the draft since version `seen`.
    """
    now = bench(office, edition_id)
    require(now, only)
    refuse_unseen(office, now, who, seen)
    base = office.drafts.base(edition_id)
    assert base is not None  # noqa: S101 - the line above would have raised
    data = office.drafts.remade(edition_id) or base[0]
    edition = decode(Edition, data)
    draft = _with_their_reports(office, _opened(office, edition))
    _keep(office, now, draft, ("start-over", "", "", who), base_digest=_digest(office, data))
    _fill_queue(office, edition)


def _with_their_reports(office: Office, draft: Draft) -> Draft:
    """The draft, whose stories have all reports that it cites.

    Stories that were put out stay as they were printed; a later making may cite further reports.
    """
    bundles = []
    for article in draft.edition.articles:
        story = office.editions.story(article.story_id, draft.edition.date)
        known = [one.id for one in story.documents] if story else []
        cited = [citation.document_id for _, sentence in sentences(article)
                 for citation in sentence.citations]  # fmt: skip
        ids = tuple(dict.fromkeys((*known, *cited)))
        if len(ids) > len(known):
            bundles.append(Bundle(article.story_id, article.headline.text, ids))
    return replace(draft, bundles=tuple(sorted(bundles, key=lambda one: one.story_id)))


def apply(
    office: Office, edition_id: str, order: Order, who: str, seen: int = -1, *, only: str = ""
) -> Bench:
    """Do what an editor ordered, who saw the draft at version `seen` (-1: whatever there is).

    What others changed meanwhile stays; where they changed the same story, nothing is done. With
    `only`, the tag of a draft, nothing is done to any other: sent again, it is done once.

    Raises:
        OutdatedError: the draft is another one.
        ConflictError: the same story was changed by somebody else.
        ConfigError: the order makes no sense for this draft.
    """
    for _ in range(TRIES):
        now = bench(office, edition_id)
        require(now, only)
        if 0 <= seen < now.version:
            _refuse_conflicts(office, now, order, who, seen)
        draft = perform(office, now.draft, order, who)
        if draft == now.draft:
            return now
        detail = order.model_dump_json(exclude={"verb"}, exclude_defaults=True)
        try:
            return _keep(office, now, draft, (order.verb, order.subject, detail, who))  # type: ignore[attr-defined]  # every order has a verb
        except StoreError as error:
            if "meanwhile" not in str(error):
                raise
    raise StoreError("the draft is being changed by others", edition_id, "try again")


def _refuse_conflicts(office: Office, now: Bench, order: Order, who: str, seen: int) -> None:
    others = [
        one
        for one in office.drafts.history(now.edition_id, since=seen)
        if (
            one.account != who
            and (one.verb in {UNDO, REDO, "start-over"} or _touches(one) & order.subjects)
        )
        or _same_words(one, order)
    ]
    if others:
        raise ConflictError(order, tuple(others), now)


def refuse_unseen(office: Office, now: Bench, who: str, seen: int) -> None:
    """Refuse what concerns a whole draft where others changed it since it was seen at `seen`.

    Raises:
        ConflictError: they did.
    """
    if 0 <= seen < now.version:
        found = office.drafts.history(now.edition_id, since=seen)
        others = tuple(one for one in found if one.account != who)
        if others:
            raise ConflictError(None, others, now)


def _same_words(change: Change, order: Order) -> bool:
    """Whether a change wrote what the order would write over, if by the same editor elsewhere."""
    if not isinstance(order, Reword) or change.verb != order.verb or change.undone_by:
        return False
    table = json.loads(change.detail)
    return (table.get("story"), table.get("place")) == (order.story, order.place)


def _touches(change: Change) -> frozenset[str]:
    table = json.loads(change.detail) if change.detail else {}
    names = ("story", "into", "other", "section")
    title = {"entitle"} if change.verb == "entitle" or table.get("place") == "title" else set()
    return frozenset({change.subject, *title, *(str(table[n]) for n in names if n in table)} - {""})


def undo(
    office: Office, edition_id: str, who: str, *, only: str = "", seen: int = -1
) -> Change | None:
    """Take back the last change that is in force; None where there is none.

    Raises:
        OutdatedError: the draft is not the one of the tag `only`.
        ConflictError: somebody else changed the draft since version `seen`.
    """
    return _turn_back(office, edition_id, UNDO, who, (only, seen))


def redo(
    office: Office, edition_id: str, who: str, *, only: str = "", seen: int = -1
) -> Change | None:
    """Take back the last undoing, if nothing was changed since; None where there is none.

    Raises:
        OutdatedError: the draft is not the one of the tag `only`.
        ConflictError: somebody else changed the draft since version `seen`.
    """
    return _turn_back(office, edition_id, REDO, who, (only, seen))


def _last(office: Office, edition_id: str, verb: str) -> Change | None:
    """The change that an undo or redo would take back."""
    for change in office.drafts.history(edition_id):
        if verb == UNDO and not change.undone_by and change.verb not in {UNDO, REDO}:
            return change
        if verb == REDO and change.verb == UNDO and not change.undone_by:
            return change
        if verb == REDO and change.verb not in {UNDO, REDO}:
            return None
    return None


def _turn_back(
    office: Office, edition_id: str, verb: str, who: str, of: tuple[str, int]
) -> Change | None:
    only, seen = of
    for _ in range(TRIES):
        now = bench(office, edition_id)  # before the change is looked for: else it may be another's
        require(now, only)
        refuse_unseen(office, now, who, seen)
        change = _last(office, edition_id, verb)
        if change is None:
            return None
        data = office.drafts.before(edition_id, change.version)
        detail = json.dumps({"version": change.version, "verb": change.verb, "by": change.account})
        words = (verb, change.subject, detail, who)
        try:
            _keep(office, now, decode(Draft, data.decode()), words, of=change)
        except StoreError as error:
            if "meanwhile" not in str(error):
                raise
        else:
            return change
    raise StoreError("the draft is being changed by others", edition_id, "try again")


def tag_of(now: Bench) -> str:
    """The name of a draft as it lies there now: another one after every change."""
    return f'"{now.version}-{now.base_digest[:12]}"'


def require(now: Bench, only: str) -> None:
    """Refuse a draft that is not the one of the tag `only`, if there is one.

    Raises:
        OutdatedError: it is another one.
    """
    if only and only != tag_of(now):
        raise OutdatedError("the draft was changed since", now.edition_id, hint="read it again")


def _keep(
    office: Office,
    now: Bench,
    draft: Draft,
    words: tuple[str, str, str, str],
    *,
    of: Change | None = None,
    base_digest: str = "",
) -> Bench:
    """Keep a draft with its change (verb, subject, detail, who), all or nothing."""
    verb, subject, detail, who = words
    version = now.version + 1
    kept = Kept(now.edition_id, base_digest or now.base_digest, version, encode(draft).encode())
    change = Change(now.edition_id, version, office.now(), who, verb, subject, detail)
    with office.store.begin() as connection:
        office.drafts.put_change(connection, kept, change, encode(now.draft).encode())
        if of is not None:
            office.drafts.mark_undone(connection, now.edition_id, of.version, version)
            if verb == REDO:  # the change that had been taken back is in force again
                undone = json.loads(of.detail)["version"]
                office.drafts.mark_undone(connection, now.edition_id, undone, 0)
    return replace(now, version=version, draft=draft, base_digest=kept.base_digest)


def _begin(office: Office, edition_id: str, base: str, digest: str) -> Kept:
    edition = decode(Edition, base)
    draft = _opened(office, edition)
    kept = Kept(edition_id, digest, 0, encode(draft).encode())
    _fill_queue(office, edition)
    with office.store.begin() as connection:
        office.drafts.put_draft(connection, kept)
    return kept


def _opened(office: Office, edition: Edition) -> Draft:
    sections = tuple(
        Section(rule.id, rule.zh if edition.language == "zh" else rule.en, rule.kind, ())
        for rule in office.beat.sections
    )
    return open_draft(edition, sections, titled=bool(office.config.edition.title))


def _fill_queue(office: Office, edition: Edition) -> None:
    run = office.drafts.run_of(edition.id)
    fates = office.drafts.dropped(run, "rank") if run else {}
    printed = office.editions.printed_before(
        edition.date, edition.language, office.beat.id, days=MEMORY_DAYS
    )
    config = office.config.model_copy(
        update={"edition": office.config.edition.model_copy(update={"language": edition.language})}
    )
    found = queue(
        office.drafts.day_stories(edition.date), fates, office.beat, config,
        now=cutoff(Draft(edition)), printed=printed,
    )  # fmt: skip
    with office.store.begin() as connection:
        office.drafts.put_candidates(
            connection,
            edition.id,
            [(one.story_id, one.score.total, encode(one)) for one in found],
        )


def _published(office: Office, edition_id: str) -> bool:
    """Whether the edition that is kept is one that the desk put out."""
    base = office.drafts.base(edition_id)
    printings = office.drafts.printings(edition_id)
    if base is None or not printings:
        return False
    return printings[0].digest == _digest(office, base[0])


def _digest(office: Office, data: str) -> str:
    return office.kept("digest", data, lambda: hashlib.sha256(data.encode()).hexdigest())


def as_table(change: Change) -> dict[str, object]:
    """A change as JSON."""
    table = asdict(change)
    table["detail"] = json.loads(change.detail) if change.detail else {}
    return table
