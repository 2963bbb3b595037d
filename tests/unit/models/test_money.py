"""The ledger of money: no cap is passed by a millionth, whoever asks at the same time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ribao.config import ModelsSettings
from ribao.errors import BudgetError, ConfigError
from ribao.gateways.models.offers import Price, find_offer, money, offers, shown
from ribao.gateways.models.purse import Call, Kept
from ribao.gateways.models.task import Answer, Task, Usage
from ribao.store import open_store
from ribao.store.money import Caps, Money

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
THAT_DAY = datetime(2033, 11, 24, tzinfo=UTC)  # no other test spends on it
PROCESS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ribao.errors import BudgetError
from ribao.gateways.models.purse import Call
from ribao.store.engine import open_engine
from ribao.store.money import Caps, Money
purse = Money(open_engine(Path(sys.argv[1])), Caps(None, 1000, None, "USD"),
              lambda: datetime(2033, 11, 24, tzinfo=UTC))
print("ready", flush=True)
for number in range(20):
    try:
        purse.reserve(Call(sys.argv[2], "m", "story", str(number), 30))
    except BudgetError:
        print("refused")
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store for the tests of this module, each with runs of its own."""
    path = tmp_path_factory.mktemp("money") / "money.sqlite3"
    with open_store(path):
        return path


@pytest.fixture
def purse(file: Path) -> Iterator[Money]:
    """A purse with a cap of 1,000 millionths for a run."""
    with open_store(file) as store:
        yield Money(store.engine, Caps(1000, None, None, "USD"), lambda: NOON)


def call(run: str, most: int) -> Call:
    """A call of a run."""
    return Call(run, "test/any", "story", "s", most)


def test_many_threads_never_pass_a_cap(purse: Money) -> None:
    """Forty calls of 30 into 1,000: 33 fit, whatever the order."""

    def one(_: int) -> bool:
        try:
            purse.reserve(call("threads", 30))
        except BudgetError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(40))) == 33
    assert purse.spent("threads").micro == 990


def test_processes_never_pass_a_cap(file: Path) -> None:
    """Another process with the same file, at the same time: the sum is that of both."""
    command = [sys.executable, "-c", PROCESS, str(file), "theirs"]
    with open_store(file) as store:
        purse = Money(store.engine, Caps(None, 1000, None, "USD"), lambda: THAT_DAY)
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "ready\n"
            refused = 0
            for _ in range(20):
                try:
                    purse.reserve(call("ours", 30))
                except BudgetError:
                    refused += 1
            refused += other.communicate()[0].count("refused")
        booked = purse.spent("ours").micro + purse.spent("theirs").micro
    assert booked == 990
    assert refused == 40 - 33


def test_what_is_settled_leaves_room(purse: Money) -> None:
    """A call costs what it cost; one that was surely not billed costs nothing."""
    first = purse.reserve(call("settled", 900))
    with pytest.raises(BudgetError, match=r"0\.0001 of 0\.001 USD is left"):
        purse.reserve(call("settled", 101))
    purse.settle(first, 250, Usage(100, 20, 7), "settled")
    second = purse.reserve(call("settled", 750))
    purse.settle(second, 0, None, "released")
    spent = purse.spent("settled")
    assert (spent.calls, spent.micro, spent.input_tokens, spent.cached_tokens) == (1, 250, 100, 7)
    assert [one.state for one in purse.calls("settled")] == ["settled", "released"]


def test_days_and_months_have_caps_of_their_own(file: Path) -> None:
    """What was spent yesterday counts for the month and not for the day."""
    moment = [datetime(2031, 3, 30, 23, 59, tzinfo=UTC)]
    with open_store(file) as store:
        purse = Money(store.engine, Caps(None, 100, 150, "USD"), lambda: moment[0])
        purse.reserve(call("one", 100))
        with pytest.raises(BudgetError, match="cap_day"):
            purse.reserve(call("two", 1))
        moment[0] = datetime(2031, 3, 31, tzinfo=UTC)
        with pytest.raises(BudgetError, match="cap_month"):
            purse.reserve(call("two", 51))
        purse.reserve(call("two", 50))
        moment[0] = datetime(2031, 4, 1, tzinfo=UTC)
        purse.reserve(call("three", 100))


def test_an_answer_is_kept_whole(purse: Money) -> None:
    """Text, end and usage come back as they were; another question has another key."""
    task = Task("story", "s", "system", "user", {"type": "object"}, 10)
    answer = Answer("日报 \U0001f4f0", "stop", Usage(3, 4, 1, 0, 5))
    purse.keep(task.digest("a/b"), Kept("a/b", answer))
    assert purse.kept(task.digest("a/b")) == Kept("a/b", answer)
    assert purse.kept(task.digest("a/c")) is None


@given(
    st.builds(Price, *[st.integers(0, 10**8)] * 4, st.integers(0, 5_000), st.integers(100, 500)),
    st.integers(0, 10_000),
    st.integers(0, 5_000),
    st.integers(0, 12_000),
    st.integers(0, 12_000),
)
def test_a_call_never_costs_more_than_its_most(
    price: Price, tokens: int, output: int, cached: int, written: int
) -> None:
    """Whatever part of the question was cached or written, and however the answer turned out."""
    usage = Usage(tokens, output, cached, written)
    assert 0 <= price.of(usage) <= price.most(tokens, output)


@given(st.integers(0, 10**12))
def test_money_is_shown_as_it_is(micro: int) -> None:
    """Writing a sum and reading it back changes nothing."""
    assert money(shown(micro)) == micro


def test_presets_hold_what_they_promise() -> None:
    """Every provider is there, every model has a dated price and an address."""
    settings = ModelsSettings()
    names = {offer.provider for offer in offers(settings)}
    assert names >= {
        "openai", "anthropic", "google", "volcengine", "alibaba", "minimax", "zhipu", "xiaomi",
        "longcat", "nvidia", "deepseek", "xai", "bedrock", "openrouter", "ollama", "llamacpp",
        "vllm",
    }  # fmt: skip
    for offer in offers(settings):
        price = offer.price(NOON.date(), settings)
        assert price.cached <= price.input
        assert all(one.source for one in offer.settings.price)
        assert offer.service.as_of or price.output == 0
        assert offer.service.base_url.startswith(("https://", "http://127.0.0.1"))


def test_ribao_toml_has_the_last_word() -> None:
    """A price, an address or a whole provider of one's own; another currency needs a rate."""
    table = {
        "rates": {"CNY": "0.14"},
        "providers": {
            "openai": {"models": {"gpt-6-luna": {"price": [{"input": "9", "output": "9"}]}}},
            "own": {
                "base_url": "https://models.example/v1", "currency": "CNY",
                "models": {"big": {"price": [{"input": "1", "output": "2"}]}},
            },
        },
    }  # fmt: skip
    settings = ModelsSettings.model_validate(table)
    offer = find_offer("openai/gpt-6-luna", settings)
    assert offer.price(NOON.date(), settings).input == 9_000_000
    assert offer.service.base_url == "https://api.openai.com/v1"
    own = find_offer("own/big", settings)
    assert own.price(NOON.date(), settings).output == 280_000
    bare = settings.model_copy(update={"rates": {}})
    with pytest.raises(ConfigError, match="no exchange rate"):
        own.price(NOON.date(), bare)


def test_a_price_changes_on_its_day() -> None:
    """The one that holds is the last that has begun."""
    settings = ModelsSettings()
    offer = find_offer("google/gemini-3.8-flash", settings)
    assert offer.price(datetime(2026, 12, 31, tzinfo=UTC).date(), settings).input == 750_000
    assert offer.price(datetime(2027, 1, 1, tzinfo=UTC).date(), settings).input == 1_500_000
