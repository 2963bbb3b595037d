"""Asks models: one after the other until an answer is good, and never beyond the money.

For each call the most that it can cost is set aside first, in one transaction with the caps, and
settled when it is known what it cost. What may have been billed and is not known (a time-out, a
broken connection, a 500) stays booked at that most. No library retries behind our back.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from ribao.config import HttpSettings, ModelsSettings
from ribao.errors import BudgetError, ModelError, RemoteError, RetryableError
from ribao.gateways.clock import Clock
from ribao.gateways.closing import Closing
from ribao.gateways.models.keys import read_key
from ribao.gateways.models.offers import Offer, Price, find_offer
from ribao.gateways.models.protocols import PROTOCOLS, Form, read_answer, rungs
from ribao.gateways.models.purse import Call, Kept, Purse, Spent
from ribao.gateways.models.task import Answer, Task
from ribao.gateways.politeness import backoff_seconds, retry_after_seconds
from ribao.gateways.posting import Post, Poster
from ribao.gateways.web import Response

T = TypeVar("T")

UNBILLED = frozenset({408, 425, 429, 503, 529})  # passing, and nothing was made
UNCERTAIN = frozenset({500, 502, 504, 520, 522, 524})  # passing, and something may have been made
CLOSED = frozenset({401, 402, 403})  # the key or the account: no use in asking again in this run
TOO_STRICT = frozenset({400, 415, 422, 501})  # a form that the service may not know
FAILURES = 3  # of one model in a row, after which it is left alone for this run
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """A good answer, who gave it, and whether it had been paid for before."""

    value: T
    model: str
    kept: bool


class Models(Closing):
    """Asks the models of one run. May be used by many threads at once."""

    def __init__(
        self,
        settings: ModelsSettings,
        http: HttpSettings,
        purse: Purse,
        clock: Clock,
        *,
        run: str = "",
        local_only: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Look all models up; `clock` is the machine's, since money is spent today in a replay too.

        Raises:
            ConfigError: a model, its price or its key cannot be found.
        """
        self.settings = settings
        self.run = run  # whose money is spent
        self.purse, self._clock, self.sleep = purse, clock, sleep
        names = dict.fromkeys((*settings.writer, *settings.headline))
        day = clock.now().date()
        self.offers: dict[str, Offer] = {name: find_offer(name, settings) for name in names}
        self.prices: dict[str, Price] = {
            name: offer.price(day, settings) for name, offer in self.offers.items()
        }
        self._barred = {
            name: "a replay asks nobody beyond this machine (models.ask_in_replay)"
            for name, offer in self.offers.items()
            if local_only and not is_local(offer)
        }
        for name, offer in self.offers.items():
            if name not in self._barred:
                read_key(offer)
        opened = tuple(dict.fromkeys(origin(offer) for offer in self.offers.values()))
        allowed = http.model_copy(update={"allow_addresses": (*http.allow_addresses, *opened)})
        self._poster = Poster(allowed, clock)
        self._lock = threading.Lock()
        self._failures: Counter[str] = Counter()
        self._rungs: Counter[str] = Counter()
        self.spent = ""  # why no money is left; "" while there is some

    def close(self) -> None:
        """Close every connection."""
        self._poster.close()

    def ask(self, chain: Sequence[str], task: Task, accept: Callable[[str], T]) -> Asked[T]:
        """Ask the models of a chain until `accept` takes an answer; paid answers come first.

        `accept` raises ModelError for what is no good.

        Raises:
            BudgetError: the next call could pass a cap.
            ModelError: no model of the chain gave a good answer.
        """
        reasons: list[str] = []
        left: list[str] = []
        for name in chain:
            kept = self.purse.kept(task.digest(name))
            if kept is None:
                left.append(name)
                continue
            try:
                return Asked(accept(finished(kept.answer, name)), name, kept=True)
            except ModelError as error:
                reasons.append(str(error))
        for name in left:
            try:
                answer = self._answer(self.offers[name], task)
                return Asked(accept(finished(answer, name)), name, kept=False)
            except BudgetError:
                raise
            except ModelError as error:
                reasons.append(str(error))
        raise ModelError("no model gave a good answer", task.name, "; ".join(reasons))

    def most_micro(self, name: str, task: Task) -> int:
        """What a task can cost at most with a model, in millionths."""
        return self.prices[name].most(task.most_input_tokens(), task.max_output_tokens)

    def spent_by(self, run: str) -> Spent:
        """What the calls of a run came to."""
        return self.purse.spent(run)

    def _answer(self, offer: Offer, task: Task) -> Answer:
        """One answer, with further tries where a failure is a passing one."""
        for attempt in range(self.settings.retries + 1):
            self._check_open(offer, task)
            try:
                answer = self._strictest(offer, task)
            except RetryableError as error:
                pause = error.retry_after
                pause = backoff_seconds(task.subject, attempt + 1) if pause is None else pause
                self._failed(offer.name)
                if attempt == self.settings.retries or pause > self.settings.max_wait_seconds:
                    raise ModelError("the model did not answer", offer.name, str(error)) from error
                self.sleep(pause)
            except RemoteError as error:
                self._failed(offer.name)
                raise ModelError("the model did not answer", offer.name, str(error)) from error
            else:
                with self._lock:
                    self._failures[offer.name] = 0
                self.purse.keep(task.digest(offer.name), Kept(offer.name, answer))
                return answer
        raise AssertionError("the last try returns or raises")  # pragma: no cover

    def _check_open(self, offer: Offer, task: Task) -> None:
        if offer.name in self._barred:
            raise ModelError("the model is not asked", offer.name, self._barred[offer.name])
        if self._failures[offer.name] >= FAILURES:
            raise ModelError("the model is not asked", offer.name, f"it failed {FAILURES} times")
        room = offer.settings.context
        if room and task.most_input_tokens() + task.max_output_tokens > room:
            raise ModelError("the question is too long", offer.name, f"over {room} tokens")

    def _failed(self, name: str) -> None:
        with self._lock:
            self._failures[name] += 1

    def _strictest(self, offer: Offer, task: Task) -> Answer:
        """Ask in the strictest form that the service takes; what it refuses is not tried again."""
        forms = rungs(offer)
        while True:
            rung = min(self._rungs[offer.name], len(forms) - 1)
            response = self._paid(offer, task, forms[rung])
            if isinstance(response, Answer):
                return response
            complaint = f"HTTP {response.status}"
            if response.status in TOO_STRICT and rung + 1 < len(forms):
                with self._lock:
                    self._rungs[offer.name] = max(self._rungs[offer.name], rung + 1)
                continue
            if response.status in CLOSED:
                with self._lock:
                    self._barred[offer.name] = f"its service said {complaint}"
            raise ModelError("the model did not answer", offer.name, complaint)

    def _paid(self, offer: Offer, task: Task, form: Form) -> Answer | Response:
        """One call with its money: an answer, or a response that was none and cost nothing."""
        number, most = self.reserve(offer, task)
        state, micro, usage = "uncertain", most, None
        try:
            response = self._send(offer, task, form)
            if response.status in UNCERTAIN:
                raise RetryableError("the service failed", offer.name, f"HTTP {response.status}")
            if not 200 <= response.status < 300:
                state, micro = "released", 0
                return self._passing(response, offer)
            answer = read_answer(
                PROTOCOLS[offer.service.protocol], response.body, offer.name,
                stream=self._streams(offer),
            )  # fmt: skip
        except RemoteError as error:
            if not error.sent:
                state, micro = "released", 0
            raise
        else:
            usage = answer.usage
            state, micro = self.cost(offer, answer, most)
            return answer
        finally:
            self.purse.settle(number, micro, usage, state)

    def _passing(self, response: Response, offer: Offer) -> Response:
        if response.status in UNBILLED:
            after = retry_after_seconds(response.header("retry-after"), self._clock.now())
            detail = f"HTTP {response.status}"
            busy = RetryableError("the service is busy", offer.name, detail, retry_after=after)
            busy.sent = False  # refused at the door: nothing was made, nothing is billed
            raise busy
        return response

    def cost(
        self, offer: Offer, answer: Answer, most: int, *, percent: int = 100
    ) -> tuple[str, int]:
        """How a call is booked. A service that counts more than was asked for is disputed."""
        if answer.usage is None or answer.usage.input_tokens <= 0:  # every question has some
            return "uncertain", most
        own = answer.usage.cost_micro if offer.service.reports_cost else None
        micro = self.prices[offer.name].of(answer.usage) if own is None else own
        micro = -(-micro * percent // 100)
        if micro <= most:
            return "settled", micro
        with self._lock:
            self._barred[offer.name] = "its service counts more tokens than it was asked for"
        return "disputed", most

    def reserve(self, offer: Offer, task: Task, *, percent: int = 100) -> tuple[int, int]:
        """Set money aside for a call at `percent` of its price; gives its number and the sum.

        Raises:
            BudgetError: a cap could be passed.
        """
        if self.spent:
            raise BudgetError("no money for models is left", task.name, self.spent)
        most = -(-self.most_micro(offer.name, task) * percent // 100)
        call = Call(self.run, offer.name, task.name, task.subject, most)
        try:
            return self.purse.reserve(call), most
        except BudgetError as error:
            self.spent = error.detail
            raise

    def _send(self, offer: Offer, task: Task, form: Form) -> Response:
        question = PROTOCOLS[offer.service.protocol].question(
            offer, task, form, self._streams(offer)
        )
        body = json.dumps(question.body, ensure_ascii=False).encode("utf-8", "replace")
        headers = (("content-type", "application/json"), *question.headers)
        return self.send(offer, question.path, body, headers)

    def send(
        self,
        offer: Offer,
        path: str,
        body: bytes = b"",
        headers: tuple[tuple[str, str], ...] = (),
        *,
        method: str = "POST",
    ) -> Response:
        """One request to a service with its key; books nothing.

        Raises:
            RemoteError: as `Poster.post` has it.
        """
        key, settings = read_key(offer), self.settings
        secret = (PROTOCOLS[offer.service.protocol].key(key),) if key else ()
        return self._poster.post(
            Post(
                url=offer.service.base_url.rstrip("/") + path,
                body=body,
                headers=headers,
                secret_headers=secret,
                total_seconds=settings.total_seconds,
                idle_seconds=min(settings.idle_seconds, settings.total_seconds),
                method=method,
                subject=offer.name,
            )
        )

    def _streams(self, offer: Offer) -> bool:
        return self.settings.stream and offer.service.protocol == "openai"


def finished(answer: Answer, name: str) -> str:
    """The text of an answer that came to its end.

    Raises:
        ModelError: the model refused, or was cut off.
    """
    if answer.finish == "refusal":
        raise ModelError("the model refused", name)
    if answer.finish == "length":
        raise ModelError("the model's answer is cut off", name)
    return answer.text


def origin(offer: Offer) -> str:
    """`host:port` of a service: the owner named it, so the gateway may go there."""
    parts = urlsplit(offer.service.base_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname or ""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_local(offer: Offer) -> bool:
    """Whether a model answers on this machine."""
    return (urlsplit(offer.service.base_url).hostname or "") in LOCAL
