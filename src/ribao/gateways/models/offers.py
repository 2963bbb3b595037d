"""Who offers which model at which price: presets, and what ribao.toml changes of them.

Money is counted in millionths of a currency, in whole numbers, and every price is rounded up: a sum
of roundings may say a little too much, never too little.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from pydantic import ValidationError

from ribao.complaints import complaints
from ribao.config import ModelSettings, ModelsSettings, PriceSettings, ProviderSettings
from ribao.errors import ConfigError
from ribao.gateways.models.task import Usage

MILLION = 1_000_000
ANY = "*"  # of a provider's models: whatever it serves


@dataclass(frozen=True, slots=True)
class Price:
    """Millionths of the caps' currency for a million tokens."""

    input: int
    output: int
    cached: int
    written: int
    dearer_above: int = 0  # tokens of a question; 0: never
    dearer_percent: int = 100

    def of(self, usage: Usage) -> int:
        """What a call cost, in millionths, rounded up."""
        cached = min(max(usage.cached_tokens, 0), usage.input_tokens)
        written = min(max(usage.written_tokens, 0), usage.input_tokens - cached)
        plain = usage.input_tokens - cached - written
        sum_ = plain * self.input + cached * self.cached + written * self.written
        return self._rounded(sum_ + usage.output_tokens * self.output, usage.input_tokens)

    def most(self, input_tokens: int, output_tokens: int) -> int:
        """What a call can cost at most, in millionths."""
        dearest = max(self.input, self.cached, self.written)
        return self._rounded(input_tokens * dearest + output_tokens * self.output, input_tokens)

    def _rounded(self, sum_: int, input_tokens: int) -> int:
        if self.dearer_above and input_tokens > self.dearer_above:
            sum_ = -(-sum_ * self.dearer_percent // 100)
        return -(-sum_ // MILLION)


@dataclass(frozen=True, slots=True)
class Offer:
    """One model of one provider."""

    name: str  # PROVIDER/MODEL
    provider: str
    model: str
    service: ProviderSettings
    settings: ModelSettings

    @property
    def structured(self) -> str:
        """How its answers are held to a form: json_schema, json_object or plain."""
        return self.settings.structured or self.service.structured

    def price(self, day: date, models: ModelsSettings) -> Price:
        """The price that holds on a day, in the currency of the caps.

        Raises:
            ConfigError: there is none, or its currency has no rate.
        """
        begun = [one for one in self.settings.price if one.valid_from <= day.isoformat()]
        holding = max(begun, key=lambda one: one.valid_from, default=PriceSettings())
        if not (holding.input and holding.output):
            hint = f'set models.providers.{self.provider}.models."{self.model}".price'
            raise ConfigError("no price for the model", self.name, hint=hint)
        return priced(holding, self.settings, self._rate(models))

    def _rate(self, models: ModelsSettings) -> Decimal:
        if self.service.currency == models.currency:
            return Decimal(1)
        try:
            rate = Decimal(models.rates[self.service.currency])
        except (KeyError, ArithmeticError) as error:
            hint = f'set models.rates: {{{self.service.currency} = "..."}} in {models.currency}'
            raise ConfigError(
                "no exchange rate", self.service.currency, f"prices of {self.name}", hint=hint
            ) from error
        if not (rate.is_finite() and rate > 0):
            raise ConfigError("no exchange rate", self.service.currency, f"{rate} is none")
        return rate


def priced(price: PriceSettings, model: ModelSettings, rate: Decimal) -> Price:
    """A price as written, in millionths of the caps' currency."""

    def micro(text: str) -> int:
        return int((Decimal(text) * rate * MILLION).to_integral_value("ROUND_CEILING"))

    return Price(
        input=micro(price.input),
        output=micro(price.output),
        cached=micro(price.cached or price.input),
        written=micro(price.written or price.input),
        dearer_above=model.dearer_above,
        dearer_percent=model.dearer_percent,
    )


def money(text: str) -> int | None:
    """A sum as written in ribao.toml, in millionths; None for "", which is no limit."""
    return int(Decimal(text) * MILLION) if text else None


def shown(micro: int) -> str:
    """A sum for people: at least two digits behind the point, at most six."""
    whole, rest = divmod(micro, MILLION)
    digits = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return f"{whole}.{digits}"


@cache
def _presets() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("presets.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def providers(models: ModelsSettings) -> dict[str, ProviderSettings]:
    """Every service by name: presets, with what ribao.toml says laid over them.

    Raises:
        ConfigError: the two do not fit together.
    """
    own = {
        name: service.model_dump(exclude_unset=True, by_alias=True)
        for name, service in models.providers.items()
    }
    found = {}
    for name in sorted({*_presets(), *own}):
        table = _laid_over(_presets().get(name, {}), own.get(name, {}))
        try:
            found[name] = ProviderSettings.model_validate(table)
        except ValidationError as error:
            raise ConfigError("bad models.providers", name, complaints(error)) from error
    return found


def _laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    joined = dict(below)
    for key, value in above.items():
        old = joined.get(key)
        both = isinstance(old, dict) and isinstance(value, dict) and key != "extra"
        joined[key] = _laid_over(old, value) if both and isinstance(old, dict) else value
    return joined


def offers(models: ModelsSettings) -> tuple[Offer, ...]:
    """Every model that is known by name, ordered by provider."""
    return tuple(
        Offer(f"{name}/{model}", name, model, service, settings)
        for name, service in providers(models).items()
        for model, settings in service.models.items()
    )


def find_offer(name: str, models: ModelsSettings) -> Offer:
    """The offer of a PROVIDER/MODEL.

    Raises:
        ConfigError: there is no such provider, or the model is neither known nor any allowed.
    """
    provider, slash, model = name.partition("/")
    known = providers(models)
    if not (slash and model) or provider not in known:
        detail = f"providers are {', '.join(known)}"
        raise ConfigError("no such model", name, detail, hint="write it as PROVIDER/MODEL")
    service = known[provider]
    settings = service.models.get(model) or service.models.get(ANY)
    if settings is None:
        hint = f'set models.providers.{provider}.models."{model}".price, or see `ribao models list`'
        raise ConfigError("no such model", name, hint=hint)
    if not service.base_url:
        hint = f"set models.providers.{provider}.base_url"
        raise ConfigError("the provider has no address", provider, hint=hint)
    return Offer(name, provider, model, service, settings)
