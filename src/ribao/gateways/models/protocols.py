"""The three protocols: how a task becomes a request, and what an answer means in each.

Only what is needed: one system text, one question, one answer in JSON, figures of usage. What a
service answers is hostile data; each field is taken for what it is and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ribao.errors import ModelError
from ribao.gateways.models.offers import Offer
from ribao.gateways.models.task import Answer, Task, Usage

ANTHROPIC_VERSION = "2023-06-01"
MOST_TOKENS = 1_000_000_000  # a figure of usage beyond it is nonsense
REFUSALS = frozenset({"content_filter", "refusal", "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST"})
CUT_OFF = frozenset({"length", "max_tokens", "MAX_TOKENS"})
JSON_WORDS = "\n\nAnswer with one JSON object and nothing else. Its JSON Schema: "


@dataclass(frozen=True, slots=True)
class Form:
    """How much of a protocol a service can be asked for: its rungs go down where it says 400."""

    structured: str  # json_schema, json_object or plain
    extra: bool = True  # whether the provider's own fields are sent


@dataclass(frozen=True, slots=True)
class Question:
    """A request less its address' origin and its key."""

    path: str
    headers: tuple[tuple[str, str], ...]
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Protocol:
    """One way to speak; `key` makes the secret header of a key."""

    question: Callable[[Offer, Task, Form, bool], Question]
    answer: Callable[[Mapping[str, Any]], Answer]
    key: Callable[[str], tuple[str, str]]


def rungs(offer: Offer) -> tuple[Form, ...]:
    """From the strictest form that a model is said to know down to plain words."""
    ladder = ("json_schema", "json_object", "plain")
    steps = ladder[ladder.index(offer.structured) :]
    with_extra = (Form(steps[0]),) if offer.service.extra else ()
    return (*with_extra, *(Form(step, extra=False) for step in steps))


def _asked(task: Task, form: Form) -> str:
    """The question in words; where the protocol does not carry the schema, they do."""
    if form.structured == "json_schema":
        return task.user
    return task.user + JSON_WORDS + json.dumps(task.schema, ensure_ascii=False, sort_keys=True)


# --- OpenAI's chat completions, which most services speak ----------------------------------------


def openai_question(offer: Offer, task: Task, form: Form, stream: bool) -> Question:  # noqa: FBT001 - as the others
    """POST /chat/completions."""
    body: dict[str, Any] = {
        "model": offer.model,
        "messages": [
            {"role": "system", "content": task.system},
            {"role": "user", "content": _asked(task, form)},
        ],
        offer.service.answer_limit: task.max_output_tokens,
    }
    if form.structured == "json_schema":
        schema = {"name": task.name, "strict": True, "schema": task.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif form.structured == "json_object":
        body["response_format"] = {"type": "json_object"}
    if stream:
        body |= {"stream": True, "stream_options": {"include_usage": True}}
    if form.extra:
        body |= offer.service.extra
    return Question("/chat/completions", (), body)


def openai_answer(data: Mapping[str, Any]) -> Answer:
    """One choice, and its usage. A message may carry a refusal instead of content."""
    choice = _first(data.get("choices"))
    message = _table(choice.get("message"))
    finish = str(choice.get("finish_reason") or "stop")
    text = message.get("content")
    if isinstance(text, list):  # parts, as some services send them
        text = "".join(str(_table(part).get("text") or "") for part in text)
    refused = bool(message.get("refusal")) or finish in REFUSALS
    return Answer(
        text=text if isinstance(text, str) else "",
        finish="refusal" if refused else "length" if finish in CUT_OFF else "stop",
        usage=openai_usage(data.get("usage")),
    )


def openai_usage(found: object) -> Usage | None:
    """Figures of usage; cached tokens stand in one of two places."""
    table = _table(found)
    if not isinstance(table.get("prompt_tokens"), int):
        return None
    details = _table(table.get("prompt_tokens_details"))
    cached = details.get("cached_tokens", table.get("prompt_cache_hit_tokens"))
    return Usage(
        input_tokens=_count(table.get("prompt_tokens")),
        output_tokens=_count(table.get("completion_tokens")),
        cached_tokens=_count(cached),
        cost_micro=_micro(table.get("cost")),
    )


# --- Anthropic's messages ------------------------------------------------------------------------


def anthropic_question(offer: Offer, task: Task, form: Form, _stream: bool) -> Question:  # noqa: FBT001 - as the others
    """POST /messages; the system text is marked to be kept by the provider."""
    kept = {"type": "text", "text": task.system, "cache_control": {"type": "ephemeral"}}
    body: dict[str, Any] = {
        "model": offer.model,
        "max_tokens": task.max_output_tokens,
        "system": [kept],
        "messages": [{"role": "user", "content": _asked(task, form)}],
    }
    if form.structured == "json_schema":
        body["output_config"] = {"format": {"type": "json_schema", "schema": task.schema}}
    if form.extra:
        body |= offer.service.extra
    return Question("/messages", (("anthropic-version", ANTHROPIC_VERSION),), body)


def anthropic_answer(data: Mapping[str, Any]) -> Answer:
    """The text blocks joined. Input tokens are counted without what was cached or written."""
    content = data.get("content")
    blocks = [_table(block) for block in content] if isinstance(content, list) else []
    finish = str(data.get("stop_reason") or "")
    usage = _table(data.get("usage"))
    counted = None
    if isinstance(usage.get("input_tokens"), int):
        cached = _count(usage.get("cache_read_input_tokens"))
        written = _count(usage.get("cache_creation_input_tokens"))
        counted = Usage(
            input_tokens=_count(usage.get("input_tokens")) + cached + written,
            output_tokens=_count(usage.get("output_tokens")),
            cached_tokens=cached,
            written_tokens=written,
        )
    return Answer(
        text="".join(str(one.get("text") or "") for one in blocks if one.get("type") == "text"),
        finish="refusal" if finish in REFUSALS else "length" if finish in CUT_OFF else "stop",
        usage=counted,
    )


# --- Google's generateContent --------------------------------------------------------------------


def gemini_question(offer: Offer, task: Task, form: Form, _stream: bool) -> Question:  # noqa: FBT001 - as the others
    """POST /models/MODEL:generateContent."""
    config: dict[str, Any] = {"maxOutputTokens": task.max_output_tokens}
    if form.structured != "plain":
        config["responseMimeType"] = "application/json"
    if form.structured == "json_schema":
        config["responseJsonSchema"] = task.schema
    body: dict[str, Any] = {
        "systemInstruction": {"parts": [{"text": task.system}]},
        "contents": [{"role": "user", "parts": [{"text": _asked(task, form)}]}],
        "generationConfig": config,
    }
    if form.extra:
        body |= offer.service.extra
    return Question(f"/models/{offer.model}:generateContent", (), body)


def gemini_answer(data: Mapping[str, Any]) -> Answer:
    """The parts of the first candidate that are no thoughts; thoughts are paid for as output."""
    candidates = data.get("candidates")
    blocked = bool(_table(data.get("promptFeedback")).get("blockReason"))
    candidate = {} if blocked and not candidates else _first(candidates)
    parts = _table(candidate.get("content")).get("parts")
    found = [_table(part) for part in parts] if isinstance(parts, list) else []
    finish = str(candidate.get("finishReason") or "")
    usage = _table(data.get("usageMetadata"))
    counted = None
    if isinstance(usage.get("promptTokenCount"), int):
        answered = _count(usage.get("candidatesTokenCount"))
        counted = Usage(
            input_tokens=_count(usage.get("promptTokenCount")),
            output_tokens=answered + _count(usage.get("thoughtsTokenCount")),
            cached_tokens=_count(usage.get("cachedContentTokenCount")),
        )
    refused = blocked or finish in REFUSALS
    return Answer(
        text="".join(str(one.get("text") or "") for one in found if not one.get("thought")),
        finish="refusal" if refused else "length" if finish in CUT_OFF else "stop",
        usage=counted,
    )


PROTOCOLS: Mapping[str, Protocol] = {
    "openai": Protocol(openai_question, openai_answer, lambda k: ("authorization", f"Bearer {k}")),
    "anthropic": Protocol(anthropic_question, anthropic_answer, lambda k: ("x-api-key", k)),
    "gemini": Protocol(gemini_question, gemini_answer, lambda k: ("x-goog-api-key", k)),
}


def read_answer(protocol: Protocol, body: bytes, subject: str, *, stream: bool) -> Answer:
    """What a body of status 200 says.

    Raises:
        ModelError: it is not what the protocol promises.
    """
    try:
        data = joined(body) if stream else json.loads(body, parse_float=str)
        if not isinstance(data, dict):
            raise ModelError("the model's answer cannot be read", subject, "no JSON object")
        return protocol.answer(data)
    except (ValueError, RecursionError) as error:
        detail = str(error).splitlines()[0][:80] or "too deep"
        raise ModelError("the model's answer cannot be read", subject, detail) from error


def joined(body: bytes) -> dict[str, Any]:
    """The events of a stream put together as the answer that would have come in one piece.

    A stream without its end (`[DONE]`, or a reason to finish) is one that was cut off.
    """
    text, usage, finish, refusal = "", None, "", ""
    for line in body.decode("utf-8", "replace").splitlines():
        if not line.startswith("data:") or line[5:].strip() in {"", "[DONE]"}:
            continue
        event = _table(json.loads(line[5:], parse_float=str))
        usage = event.get("usage") or usage
        choices = event.get("choices")
        if not choices:
            continue
        choice = _first(choices)
        delta = _table(choice.get("delta"))
        text += str(delta.get("content") or "")
        refusal += str(delta.get("refusal") or "")
        finish = str(choice.get("finish_reason") or finish)
    message = {"content": text, "refusal": refusal}
    return {
        "choices": [{"message": message, "finish_reason": finish or "length"}],
        "usage": usage,
    }


def _first(found: object) -> Mapping[str, Any]:
    if not isinstance(found, list) or not found:
        raise ValueError("no answer in it")
    return _table(found[0])


def _table(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _count(found: object) -> int:
    whole = isinstance(found, int) and not isinstance(found, bool)
    return min(max(int(str(found)), 0), MOST_TOKENS) if whole else 0


def _micro(cost: object) -> int | None:
    """A cost in units of a currency, as it was written, in millionths, rounded up."""
    if not isinstance(cost, str | int) or isinstance(cost, bool):
        return None
    try:
        found = Decimal(cost) * 1_000_000
    except ArithmeticError:
        return None
    usable = found.is_finite() and 0 <= found < MOST_TOKENS
    return int(found.to_integral_value("ROUND_CEILING")) if usable else None
