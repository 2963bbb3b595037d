"""The verb: read every source, each on its own, so that none can hurt another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, runtime_checkable

from ribao.config import CollectSettings
from ribao.errors import GoneError, PluginError, RemoteError, RibaoError
from ribao.gateways.signals import forbids_models
from ribao.gateways.web import Fetched, Request, Response, Web
from ribao.model import Item, Source
from ribao.outcome import Drop, Failure, Outcome, Reason
from ribao.plugins.kinds import SourceKind

NOT_MODIFIED = 304


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
    opt_outs: str | None = None  # wishes that kept its texts out, in words; None: no new answer

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
    plans, failed = _plan([source for source in wanted if source.id not in here], kinds)
    yield from (Reading(source, outcome) for source, outcome in failed)
    waiting: dict[Request, list[int]] = defaultdict(list)
    for number, (_, requests) in enumerate(plans):
        for request in requests:
            waiting[request].append(number)
    answers: dict[int, dict[Request, Fetched]] = defaultdict(dict)
    for fetched in web.fetch_all(tuple(waiting)):
        for number in waiting[fetched.request]:
            source, requests = plans[number]
            answers[number][fetched.request] = fetched
            if len(answers[number]) == len(set(requests)):
                done = _in_order(answers.pop(number), requests)
                outcome = _before(_read(source, kinds[source.kind], done), now)
                moved, gone, wishes = _moved_to(source, outcome, done), _gone(done), _wishes(done)
                yield Reading(source, outcome, moved, gone, wishes)


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


def _plan(
    sources: Sequence[Source], kinds: Mapping[str, SourceKind]
) -> tuple[list[tuple[Source, tuple[Request, ...]]], list[tuple[Source, Outcome[Item]]]]:
    """What to ask for; sources of an unknown kind, or with a bad address, fail at once."""
    plans, failed = [], []
    for source in sources:
        try:
            kind = kinds.get(source.kind)
            if kind is None:
                known = ", ".join(sorted(kinds))
                raise PluginError(
                    "no plugin reads sources of this kind", source.kind, f"known are {known}"
                )
            plans.append((source, tuple(kind.requests(source))))
        except RibaoError as error:
            failed.append((source, _failure(source, error)))
    return plans, failed


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


def _in_order(answers: Mapping[Request, Fetched], requests: Sequence[Request]) -> list[Fetched]:
    return [answers[request] for request in dict.fromkeys(requests)]


def _failure(source: Source, error: Exception) -> Outcome[Item]:
    return Outcome(failed=(Failure(source.id, str(error)),))


def _read(source: Source, kind: SourceKind, answers: Sequence[Fetched]) -> Outcome[Item]:
    """Parse the answers of one source; the first thing that goes wrong fails all of it."""
    outcomes = []
    try:
        for fetched in answers:
            response = _response(fetched)
            if response.status != NOT_MODIFIED:
                outcomes.append(_as_wished(source, kind.parse(source, response), response))
    except RibaoError as error:
        return _failure(source, error)
    except Exception as error:  # noqa: BLE001 - a stranger's plugin may raise anything
        blame = PluginError(
            f"the plugin {kind.name} failed on", source.url, f"{type(error).__name__}: {error}"
        )
        return _failure(source, blame)
    return _without_repeats(Outcome.join(outcomes))


def _moved_to(source: Source, outcome: Outcome[Item], answers: Sequence[Fetched]) -> str:
    """Where the address of a source moved; only where it is itself asked, and all went well.

    A kind that asks for other addresses than the source's own is asked as before.
    """
    if outcome.failed or len(answers) != 1 or answers[0].request.url != source.url:
        return ""
    return answers[0].response.moved_to if answers[0].response is not None else ""


def _as_wished(source: Source, outcome: Outcome[Item], response: Response) -> Outcome[Item]:
    """Leave headline and link of entries whose publisher wants no model to read their text."""
    if not outcome.kept or not forbids_models(response.opt_outs):
        return outcome
    kept = tuple(replace(item, summary="", body="") for item in outcome.kept)
    detail = f"of {len(kept)} entries only headline and link are used: {_words(response)}"
    return replace(
        outcome, kept=kept, dropped=(*outcome.dropped, Drop(source.url, Reason.OPTED_OUT, detail))
    )


def _wishes(answers: Sequence[Fetched]) -> str | None:
    """The wishes that were followed, in words; None where no answer brought anything to read."""
    found = [one.response for one in answers if one.response is not None]
    read = [response for response in found if response.status != NOT_MODIFIED]
    if not read:
        return None
    words = [_words(response) for response in read if forbids_models(response.opt_outs)]
    return "; ".join(dict.fromkeys(words))


def _words(response: Response) -> str:
    wishes = [wish for wish in response.opt_outs if forbids_models((wish,))]
    return ", ".join(f"'{wish.words}' ({wish.place})" for wish in wishes)


def _gone(answers: Sequence[Fetched]) -> str:
    """The sentence of a source whose every address is gone for good."""
    errors = [fetched.error for fetched in answers]
    if not all(isinstance(error, GoneError) for error in errors):
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
