"""The verb: read every source, each on its own, so that none can hurt another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from ribao.collect.plans import NOT_MODIFIED, Plan, carried_out, failed_plugin, plan_of
from ribao.collect.wishes import as_wished, wishes_of
from ribao.config import CollectSettings
from ribao.errors import GoneError, RemoteError, RibaoError
from ribao.gateways.web import Fetched, Response, Web
from ribao.model import Item, Source
from ribao.outcome import Drop, Failure, Outcome, Reason
from ribao.plugins.kinds import SourceKind


@runtime_checkable
class LocalKind(SourceKind, Protocol):
    """A kind whose sources may be on this machine instead of the web."""

    def local(self, source: Source, now: datetime) -> Response | None:
        """What the source holds now; None where it must be fetched."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one source, and what its host said about the address itself."""

    source: Source
    outcome: Outcome[Item]
    moved_to: str = ""  # where the address moved for good, if what stands there could be read
    gone: str = ""  # the sentence of a host that says that the address is gone for good
    opt_outs: str | None = None  # its publisher's wishes, in words; None: no new answer
    vouched: tuple[str, ...] = ()  # addresses that were read, whose validators may be kept

    @property
    def error(self) -> str:
        """Why the whole source could not be read; "" where it could."""
        failed = self.outcome.failed
        return next((one.error for one in failed if one.subject == self.source.id), "")

    @property
    def left_out(self) -> bool:
        """Whether it was not asked at all."""
        return any(drop.subject == self.source.id for drop in self.outcome.dropped)


def read_sources(
    sources: Sequence[Source],
    kinds: Mapping[str, SourceKind],
    web: Web,
    settings: CollectSettings,
    now: datetime,
) -> Iterator[Reading]:
    """Fetch and read all sources at once; yields each as soon as its last answer has come.

    A source that cannot be fetched or read is one failure that names it. A source with nothing new
    (304) has an empty outcome. What was published after `now` is dropped, so that an archive can be
    read as of an earlier moment.
    """
    paused = frozenset(settings.paused)
    yield from (Reading(one, _left_out(one)) for one in sources if one.id in paused)
    wanted = [source for source in sources if source.id not in paused]
    here = {source.id: outcome for source in wanted if (outcome := _here(source, kinds, now))}
    yield from (Reading(one, here[one.id]) for one in wanted if one.id in here)
    plans: list[Plan] = []
    for source in wanted:
        if source.id not in here:
            try:
                plans.append(plan_of(source, kinds))
            except RibaoError as error:
                yield Reading(source, _failure(source, error))
    for plan in carried_out(plans, web, now):
        yield _reading(plan, now)


def _reading(plan: Plan, now: datetime) -> Reading:
    """Read what came for one source."""
    source, answers = plan.source, plan.to_read()
    outcome = _before(_read(plan, answers), now)
    responses = [one.response for one in answers if one.response is not None]
    fresh = [one for one in responses if one.status != NOT_MODIFIED]
    failed = {failure.subject for failure in outcome.failed}
    return Reading(
        source,
        outcome,
        moved_to=_moved_to(source, outcome, plan.own_answers),
        gone=_gone(plan.own_answers),
        opt_outs=wishes_of(fresh) if fresh else None,
        vouched=tuple(one.url for one in responses if one.url not in failed),
    )


def collect(
    sources: Sequence[Source],
    kinds: Mapping[str, SourceKind],
    web: Web,
    settings: CollectSettings,
    now: datetime,
) -> Outcome[Item]:
    """Read all sources and join what they gave, in the order of `sources`."""
    readings = read_sources(sources, kinds, web, settings, now)
    by_source = {reading.source.id: reading.outcome for reading in readings}
    return Outcome.join(by_source[source.id] for source in sources if source.id in by_source)


def _left_out(source: Source) -> Outcome[Item]:
    detail = "the configuration names it under collect.paused"
    return Outcome(dropped=(Drop(source.id, Reason.PAUSED, detail),))


def _here(source: Source, kinds: Mapping[str, SourceKind], now: datetime) -> Outcome[Item] | None:
    """Read a source that is on this machine (a file, standard input); None for all others."""
    kind = kinds.get(source.kind)
    if not isinstance(kind, LocalKind):
        return None
    try:
        response = kind.local(source, now)
        if response is None:
            return None
        return _before(_without_repeats(kind.parse(source, response)), now)
    except RibaoError as error:
        return _failure(source, error)


def _failure(source: Source, error: Exception) -> Outcome[Item]:
    return Outcome(failed=(Failure(source.id, str(error)),))


def _read(plan: Plan, answers: Sequence[Fetched]) -> Outcome[Item]:
    """Parse the answers of one source.

    The first thing that goes wrong with an address of its own fails all of it; one of the further
    addresses fails alone, unless none of them can be read.
    """
    if plan.error is not None:
        return _failure_of(plan, plan.error)
    outcomes: list[Outcome[Item]] = []
    failed: list[Failure] = []
    for fetched in answers:
        try:
            response = _response(fetched)
            if response.status != NOT_MODIFIED:
                outcomes.append(as_wished(plan.kind.parse(plan.source, response), response))
        except Exception as error:  # noqa: BLE001 - a stranger's plugin may raise anything
            failed.append(Failure(fetched.request.url, str(error)))
            if fetched.request in plan.requests or len(failed) == len(answers):
                return _failure_of(plan, error)
    return _without_repeats(Outcome.join((*outcomes, Outcome(failed=tuple(failed)))))


def _failure_of(plan: Plan, error: Exception) -> Outcome[Item]:
    """The failure of a whole source; what is no error of ours is the plugin's."""
    ours = isinstance(error, RibaoError)
    return _failure(plan.source, error if ours else failed_plugin(plan.kind, plan.source, error))


def _moved_to(source: Source, outcome: Outcome[Item], answers: Sequence[Fetched]) -> str:
    """Where the address of a source moved; only where it is itself asked, and all went well.

    A kind that asks for other addresses than the source's own is asked as before.
    """
    if outcome.failed or len(answers) != 1 or answers[0].request.url != source.url:
        return ""
    return answers[0].response.moved_to if answers[0].response is not None else ""


def _gone(answers: Sequence[Fetched]) -> str:
    """The sentence of a source whose every address is gone for good."""
    errors = [fetched.error for fetched in answers]
    if not errors or not all(isinstance(error, GoneError) for error in errors):
        return ""
    return str(errors[0])


def _response(fetched: Fetched) -> Response:
    if fetched.response is not None:
        return fetched.response
    raise fetched.error or RemoteError("no answer came from", fetched.request.url)


def _without_repeats(outcome: Outcome[Item]) -> Outcome[Item]:
    """Several pages of one source may hold the same entry."""
    kept: dict[str, Item] = {}
    dropped = list(outcome.dropped)
    for item in outcome.kept:
        if item.id in kept:
            dropped.append(Drop(item.url, Reason.REPEATED, "the source holds this entry twice"))
        kept.setdefault(item.id, item)
    return Outcome(tuple(kept.values()), tuple(dropped), outcome.failed)


def _before(outcome: Outcome[Item], now: datetime) -> Outcome[Item]:
    late = [
        item for item in outcome.kept if item.published_at is not None and item.published_at > now
    ]
    if not late:
        return outcome
    gone = {item.id for item in late}
    return Outcome(
        tuple(item for item in outcome.kept if item.id not in gone),
        (
            *outcome.dropped,
            *(
                Drop(item.url, Reason.IN_THE_FUTURE, f"published after {now:%Y-%m-%d %H:%M} UTC")
                for item in late
            ),
        ),
        outcome.failed,
    )
