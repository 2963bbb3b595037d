"""What is asked for each source, in one round or two, and what came back.

Most sources are one address. Some name further ones in their first answer, as an index of sitemaps
does; these are asked in a second round, together with those of all other sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from ribao.errors import PluginError, RibaoError
from ribao.gateways.web import Fetched, Request, Response, Web
from ribao.model import Source
from ribao.plugins.kinds import SourceKind

NOT_MODIFIED = 304


@runtime_checkable
class LeadingKind(SourceKind, Protocol):
    """A kind whose answers may name further addresses, which hold the entries."""

    def further(self, source: Source, response: Response, now: datetime) -> Sequence[Request]:
        """What to ask for instead of reading this answer; nothing where it is to be read."""
        ...


@dataclass(slots=True)
class Plan:
    """One source: what is asked, what came, and which answers only led on."""

    source: Source
    kind: SourceKind
    requests: tuple[Request, ...]
    further: tuple[Request, ...] = ()
    answers: dict[Request, Fetched] = field(default_factory=dict)
    led: set[Request] = field(default_factory=set)
    error: Exception | None = None  # what went wrong while it was decided what to ask

    @property
    def asked(self) -> tuple[Request, ...]:
        """Everything that is asked, each once, in order."""
        return tuple(dict.fromkeys((*self.requests, *self.further)))

    @property
    def own_answers(self) -> list[Fetched]:
        """What came from the addresses of the source itself."""
        return [self.answers[one] for one in dict.fromkeys(self.requests) if one in self.answers]

    @property
    def complete(self) -> bool:
        """Whether everything has been answered."""
        return all(request in self.answers for request in self.asked)

    def to_read(self) -> list[Fetched]:
        """The answers that hold entries, in the order of asking."""
        came = (one for one in self.asked if one in self.answers)
        return [self.answers[one] for one in came if one not in self.led]

    def lead_on(self, now: datetime) -> None:
        """Find out whether the first answers name further addresses."""
        if self.further or not isinstance(self.kind, LeadingKind):
            return
        further: list[Request] = []
        for request, fetched in self.answers.items():
            response = fetched.response
            if response is not None and response.status != NOT_MODIFIED:
                try:
                    found = self.kind.further(self.source, response, now)
                except Exception as error:  # noqa: BLE001 - a stranger's plugin may raise anything
                    self.error = error
                    return
                fresh = [one for one in found if one not in self.requests]
                if fresh:  # an answer that leads to itself is read, and says what it is
                    self.led.add(request)
                    further += fresh
        self.further = tuple(dict.fromkeys(further))


def plan_of(source: Source, kinds: Mapping[str, SourceKind]) -> Plan:
    """Plan what to ask for.

    Raises:
        RibaoError: no plugin reads its kind, or its address says nothing to its kind.
    """
    kind = kinds.get(source.kind)
    if kind is None:
        known = ", ".join(sorted(kinds))
        raise PluginError("no plugin reads sources of this kind", source.kind, f"known are {known}")
    try:
        return Plan(source, kind, tuple(kind.requests(source)))
    except RibaoError:
        raise
    except Exception as error:
        raise failed_plugin(kind, source, error) from error


def failed_plugin(kind: SourceKind, source: Source, error: Exception) -> PluginError:
    """Say which plugin failed, on what, and how."""
    detail = f"{type(error).__name__}: {error}"
    return PluginError(f"the plugin {kind.name} failed on", source.url, detail)


def carried_out(plans: Sequence[Plan], web: Web, now: datetime) -> Iterator[Plan]:
    """Ask for everything, at most in two rounds; yields each plan when its last answer has come."""
    led = []
    for plan in _asked(plans, web):
        plan.lead_on(now)
        if plan.further and plan.error is None:
            led.append(plan)
        else:
            yield plan
    if led:
        yield from _asked(led, web)


def _asked(plans: Sequence[Plan], web: Web) -> Iterator[Plan]:
    waiting: dict[Request, list[Plan]] = defaultdict(list)
    for plan in plans:
        for request in plan.asked:
            if request not in plan.answers:
                waiting[request].append(plan)
    for fetched in web.fetch_all(tuple(waiting)):
        for plan in waiting[fetched.request]:
            plan.answers[fetched.request] = fetched
            if plan.complete:
                yield plan
