"""Models over real sockets: three protocols, what goes wrong, and what never shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bench._scripted_models import ScriptedModels, scripted, settings_for
from bench._scripted_replies import BEHAVIOURS, Reply, Seen
from ribao.config import HttpSettings, ModelsSettings
from ribao.errors import BudgetError, ConfigError, ModelError
from ribao.gateways.clock import SystemClock
from ribao.gateways.models.asking import Models
from ribao.gateways.models.batch import prepare
from ribao.gateways.models.purse import Call, Kept, Spent
from ribao.gateways.models.task import Task, Usage

KEY = "sk-never-to-be-seen-0815"
TASK = Task("story", "s1", "Write.", "[1] The firm sold 12 ships.", {"type": "object"}, 300)
GOOD = Reply('{"headline": "x"}')
Script = Callable[[int, Seen], Reply]


class Wallet:
    """A purse in memory that notes how each call was booked."""

    def __init__(self, cap: int = 10**9) -> None:
        """Begin with nothing spent."""
        self.cap = cap
        self.booked: dict[int, int] = {}
        self.states: dict[int, str] = {}
        self.answers: dict[str, Kept] = {}

    def reserve(self, call: Call) -> int:
        """Set money aside."""
        if sum(self.booked.values()) + call.most_micro > self.cap:
            raise BudgetError("no money for models is left", call.task, "cap_run")
        self.booked[len(self.booked)] = call.most_micro
        return len(self.booked) - 1

    def settle(self, number: int, micro: int, _usage: Usage | None, state: str) -> None:
        """Book what a call cost."""
        self.booked[number], self.states[number] = micro, state

    def spent(self, run: str = "") -> Spent:
        """What was booked, whatever the run."""
        assert run in {"", "r"}
        return Spent(len(self.booked), sum(self.booked.values()))

    def kept(self, key: str) -> Kept | None:
        """An answer of before."""
        return self.answers.get(key)

    def keep(self, key: str, kept: Kept) -> None:
        """Keep an answer."""
        self.answers[key] = kept


@contextmanager
def asking(
    script: Script, wallet: Wallet | None = None, **changes: object
) -> Iterator[tuple[Models, ScriptedModels, Wallet]]:
    """Models that ask a scripted service."""
    purse = wallet or Wallet()
    with scripted(script) as service:
        settings = ModelsSettings.model_validate(settings_for(service, **changes))
        with Models(
            settings, HttpSettings(), purse, SystemClock(), run="r", sleep=lambda _: None
        ) as models:
            yield models, service, purse


def accept(text: str) -> object:
    """Take what is JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ModelError("the answer is not JSON") from error


@pytest.mark.parametrize(
    ("protocol", "path", "header"),
    [
        ("openai", "/v1/chat/completions", "authorization"),
        ("anthropic", "/v1/messages", "x-api-key"),
        ("gemini", "/v1/models/any:generateContent", "x-goog-api-key"),
    ],
)
def test_each_protocol_asks_and_answers(
    protocol: str, path: str, header: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key is in its header and nowhere else, the schema is asked for, usage is booked."""
    monkeypatch.setenv("A_KEY", KEY)
    with scripted(lambda _n, _s: GOOD) as service:
        table = settings_for(service)
        table["providers"]["test"] |= {"protocol": protocol, "key_env": "A_KEY"}
        settings, wallet = ModelsSettings.model_validate(table), Wallet()
        with Models(settings, HttpSettings(), wallet, SystemClock(), run="r") as models:
            asked = models.ask(("test/any",), TASK, accept)
    seen = service.seen[0]
    assert (asked.value, asked.model, asked.kept) == ({"headline": "x"}, "test/any", False)
    assert seen.path == path
    assert seen.headers[header].endswith(KEY)
    assert KEY not in json.dumps(seen.body) + repr(models.offers) + repr(settings)
    assert json.dumps({"type": "object"}) in json.dumps(seen.body)
    assert TASK.user in seen.user
    assert sum(wallet.booked.values()) == service.billed_micro > 0


FAULTS = [
    ("refuses", "settled"), ("filtered", "settled"), ("half", "settled"),
    ("garbage", "settled"), ("no-json-at-all", "uncertain"), ("wrong-shape", "uncertain"),
    ("deep", "settled"), ("storm", "uncertain"), ("unavailable", "released"),
    ("too-many", "released"), ("too-many-long", "released"), ("forbidden", "released"),
    ("hang", "uncertain"), ("break-off", "uncertain"), ("bomb", "uncertain"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "state"), FAULTS)
def test_what_goes_wrong_falls_back(name: str, state: str) -> None:
    """The next model of the chain answers; what may have been billed stays booked at its most."""

    def script(_number: int, seen: Seen) -> Reply:
        return GOOD if seen.body["model"] == "second" else BEHAVIOURS[name](seen)

    with asking(script, total_seconds=0.4, writer=["test/first", "test/second"]) as (
        models, service, wallet,
    ):  # fmt: skip
        asked = models.ask(models.settings.writer, TASK, accept)
        assert asked.model == "test/second"
        assert wallet.states[0] == state
        assert sum(wallet.booked.values()) >= service.billed_micro
        most = models.most_micro("test/first", TASK)
        assert (wallet.booked[0] == most) == (state == "uncertain")


@pytest.mark.parametrize("stream", [True, False])
def test_an_answer_is_the_same_streamed(*, stream: bool) -> None:
    """In pieces or whole, with its usage; a stream that stops early is cut off."""
    text = json.dumps({"headline": "长" * 300}, ensure_ascii=False)
    with asking(lambda _n, _s: Reply(text), stream=stream) as (models, service, wallet):
        assert models.ask(("test/any",), TASK, accept).value == json.loads(text)
        assert service.seen[0].body.get("stream", False) is stream
        assert wallet.states == {0: "settled"}


def test_a_form_that_is_refused_is_not_tried_again() -> None:
    """From a schema down to plain words, once; the schema then stands in the question."""

    def script(_number: int, seen: Seen) -> Reply:
        return Reply(status=400, raw=b"") if "response_format" in seen.body else GOOD

    with asking(script) as (models, service, wallet):
        for subject in ("one", "two"):
            task = Task("story", subject, "Write.", subject, {"type": "object"}, 300)
            models.ask(("test/any",), task, accept)
        forms = [seen.body.get("response_format", {}).get("type") for seen in service.seen]
        assert forms == ["json_schema", "json_object", None, None]
        assert "JSON Schema" in service.seen[2].user
        assert list(wallet.states.values()) == ["released", "released", "settled", "settled"]


def test_a_dead_service_is_left_alone() -> None:
    """After three failures in a row no further request is sent in this run."""
    with asking(lambda _n, _s: Reply(status=500, raw=b""), retries=0) as (models, service, _):
        for number in range(6):
            task = Task("story", str(number), "", "", {}, 300)
            with pytest.raises(ModelError):
                models.ask(("test/any",), task, accept)
        assert len(service.seen) == 3


def test_a_paid_answer_is_not_asked_for_again() -> None:
    """Also where it was given by the second of a chain, and where the first gave a bad one."""

    def script(_number: int, seen: Seen) -> Reply:
        return GOOD if seen.body["model"] == "second" else Reply("no")

    chain = ["test/first", "test/second"]
    with asking(script, writer=chain) as (models, service, _):
        first = models.ask(chain, TASK, accept)
        again = models.ask(chain, TASK, accept)
        assert (first.value, first.model) == (again.value, again.model)
        assert again.kept
        assert len(service.seen) == 2


def test_no_call_without_money() -> None:
    """One millionth too little, and nothing is sent; then no call of the run tries again."""
    with asking(lambda _n, _s: GOOD) as (models, _, _wallet):
        most = models.most_micro("test/any", TASK)
    with asking(lambda _n, _s: GOOD, Wallet(most - 1)) as (models, service, _wallet):
        for _ in range(2):
            with pytest.raises(BudgetError):
                models.ask(("test/any",), TASK, accept)
        assert service.seen == []
    with asking(lambda _n, _s: GOOD, Wallet(most)) as (models, service, _wallet):
        models.ask(("test/any",), TASK, accept)
        assert len(service.seen) == 1


def test_a_service_that_counts_too_much_is_disputed() -> None:
    """It cannot have made more tokens than it was asked for; nobody asks it again in this run."""
    wallet = Wallet()
    with asking(lambda _n, _s: Reply("{}", usage=(10**9, 10**9)), wallet) as (models, _, _w):
        models.ask(("test/any",), TASK, accept)
        assert wallet.states == {0: "disputed"}
        assert wallet.booked[0] == models.most_micro("test/any", TASK)
        with pytest.raises(ModelError, match="counts more"):
            models.ask(("test/any",), Task("story", "2", "", "", {}, 300), accept)


def test_a_replay_asks_nobody_outside() -> None:
    """Only models of this machine; others answer from what was paid for."""
    table = {"writer": ["openai/gpt-6-luna"]}
    settings, wallet = ModelsSettings.model_validate(table), Wallet()
    with (
        Models(settings, HttpSettings(), wallet, SystemClock(), run="r", local_only=True) as models,
        pytest.raises(ModelError, match="replay"),
    ):
        models.ask(settings.writer, TASK, accept)
    assert wallet.booked == {}


def test_a_missing_key_is_named_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says which variable to set."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    settings = ModelsSettings.model_validate({"writer": ["openai/gpt-6-luna"]})
    with pytest.raises(ConfigError) as caught:
        Models(settings, HttpSettings(), Wallet(), SystemClock())
    assert "OPENAI_API_KEY" in caught.value.hint


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
def test_those_who_can_wait_pay_less(protocol: str) -> None:
    """A batch answers what is asked for afterwards, at its own price; late ones are cancelled."""
    tasks = [
        Task("story", str(n), "Write.", f"Number {n}", {"type": "object"}, 300) for n in (1, 2)
    ]
    for busy_polls, answered in ((2, 2), (99, 0)):
        with scripted(lambda _n, _s: GOOD) as service:
            service.busy_polls = busy_polls
            table = settings_for(service, batch_minutes=2)
            table["providers"]["test"] |= {"protocol": protocol, "batch_percent": 50}
            settings, wallet = ModelsSettings.model_validate(table), Wallet()
            with Models(
                settings, HttpSettings(), wallet, SystemClock(), run="r", sleep=lambda _: None
            ) as models:
                assert prepare(models, tasks) == answered
                price = models.prices["test/any"].of(Usage(300, 50))
                most = models.most_micro("test/any", tasks[0])
                half = -(-price // 2) if answered else -(-most // 2)
                assert list(wallet.booked.values()) == [half, half]
                assert service.cancelled is not bool(answered)
                asked = [models.ask(settings.writer, one, accept).kept for one in tasks]
            assert asked == [bool(answered)] * 2
            assert len(service.seen) == 2 - answered
