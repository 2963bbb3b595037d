"""Batches: many questions handed in at once, cheaper, for those who can wait.

What comes back in time is kept like any paid answer, so that whoever asks afterwards finds it; what
does not is asked at once, at the full price. Of the three protocols two have batches that need
nothing but files or lists: OpenAI's and Anthropic's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ribao.errors import BudgetError, ModelError, RemoteError
from ribao.gateways.models.asking import Models
from ribao.gateways.models.offers import Offer
from ribao.gateways.models.protocols import ANTHROPIC_VERSION, PROTOCOLS, rungs
from ribao.gateways.models.purse import Kept
from ribao.gateways.models.task import Answer, Task
from ribao.gateways.web import Response

POLL_SECONDS = 30.0
_ID = re.compile(r"[A-Za-z0-9][\w-]{0,127}", re.ASCII)  # becomes part of a path
BOUNDARY = "ribao-batch-of-questions"
JSON = (("content-type", "application/json"),)
FINISHED = frozenset({"completed", "ended", "failed", "expired", "cancelled", "canceled"})


@dataclass(frozen=True, slots=True)
class Handed:
    """One question that was handed in, with the money set aside for it."""

    task: Task
    key: str  # its digest, by which the answer is known
    number: int
    most: int


def prepare(models: Models, tasks: Sequence[Task]) -> int:
    """Have the first model of the writer's chain answer tasks in a batch; gives how many it did.

    Does nothing where no waiting is wanted, or the model has no batches. Never raises for a service
    that fails: the tasks are then asked one by one.
    """
    minutes, chain = models.settings.batch_minutes, models.settings.writer
    if not minutes or not chain:
        return 0
    offer = models.offers[chain[0]]
    if not offer.service.batch_percent or offer.service.protocol == "gemini":
        return 0
    handed = list(_reserved(models, offer, tasks))
    if not handed:
        return 0
    answers: Mapping[str, Answer] = {}
    billed = False  # whether the service may have begun to work on it
    try:
        batch = _submitted(models, offer, handed)
        billed = True
        answers = _waited_for(models, offer, batch, int(minutes * 60 / POLL_SECONDS))
    except (RemoteError, ModelError) as error:
        billed = billed or (isinstance(error, RemoteError) and error.sent)
    for one in handed:
        _settle(models, offer, one, answers.get(one.key), billed=billed)
    return len(answers)


def _reserved(models: Models, offer: Offer, tasks: Sequence[Task]) -> Iterator[Handed]:
    """The tasks that are not answered yet, as long as there is money for them."""
    for task in tasks:
        key = task.digest(offer.name)
        if models.purse.kept(key) is not None:
            continue
        try:
            number, most = models.reserve(offer, task, percent=offer.service.batch_percent)
        except BudgetError:
            return
        yield Handed(task, key, number, most)


def _settle(
    models: Models, offer: Offer, handed: Handed, answer: Answer | None, *, billed: bool
) -> None:
    if answer is None:
        state = "uncertain" if billed else "released"
        models.purse.settle(handed.number, handed.most if billed else 0, None, state)
        return
    state, micro = models.cost(offer, answer, handed.most, percent=offer.service.batch_percent)
    models.purse.settle(handed.number, micro, answer.usage, state)
    models.purse.keep(handed.key, Kept(offer.name, answer))


def _submitted(models: Models, offer: Offer, handed: Sequence[Handed]) -> str:
    """Hand the questions in; gives the path of the batch."""
    form, protocol = rungs(offer)[0], PROTOCOLS[offer.service.protocol]
    bodies = [
        (one.key, dict(protocol.question(offer, one.task, form, False).body))  # noqa: FBT003 - no stream
        for one in handed
    ]
    if offer.service.protocol == "anthropic":
        requests = [{"custom_id": key, "params": body} for key, body in bodies]
        body = json.dumps({"requests": requests}, ensure_ascii=False).encode()
        made = _table(models.send(offer, "/messages/batches", body, _headers(offer)), offer)
        return f"/messages/batches/{made['id']}"
    lines = [
        {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}
        for key, body in bodies
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    kind = (("content-type", f"multipart/form-data; boundary={BOUNDARY}"),)
    file = _table(models.send(offer, "/files", _multipart(text), kind), offer)
    wanted = {
        "input_file_id": file["id"],
        "endpoint": "/v1/chat/completions",
        "completion_window": "24h",
    }
    made = _table(models.send(offer, "/batches", json.dumps(wanted).encode(), JSON), offer)
    return f"/batches/{made['id']}"


def _waited_for(models: Models, offer: Offer, path: str, polls: int) -> dict[str, Answer]:
    """Ask how the batch is doing until it is done; what is late is cancelled."""
    for _ in range(max(polls, 1)):
        state = _table(models.send(offer, path, headers=_headers(offer), method="GET"), offer)
        if str(state.get("status") or state.get("processing_status")) in FINISHED:
            return dict(_answers(models, offer, path, state))
        models.sleep(POLL_SECONDS)
    models.send(offer, f"{path}/cancel", headers=_headers(offer))
    return {}


def _answers(
    models: Models, offer: Offer, path: str, state: Mapping[str, Any]
) -> Iterator[tuple[str, Answer]]:
    """Read the lines of the results; the order is the service's, so each names its question."""
    anthropic = offer.service.protocol == "anthropic"
    results = f"{path}/results" if anthropic else f"/files/{state.get('output_file_id')}/content"
    response = models.send(offer, results, headers=_headers(offer), method="GET")
    protocol = PROTOCOLS[offer.service.protocol]
    for line in response.body.decode("utf-8", "replace").splitlines():
        try:
            found = json.loads(line, parse_float=str)
            data = found["result"]["message"] if anthropic else found["response"]["body"]
            yield str(found["custom_id"]), protocol.answer(data)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # one question of the batch failed; it is asked again by itself


def _headers(offer: Offer) -> tuple[tuple[str, str], ...]:
    if offer.service.protocol == "anthropic":
        return (*JSON, ("anthropic-version", ANTHROPIC_VERSION))
    return JSON


def _table(response: Response, offer: Offer) -> dict[str, Any]:
    """What a service answered about a batch.

    Raises:
        ModelError: it is no object with an id, or not the status that was hoped for.
    """
    try:
        found = json.loads(response.body) if response.status < 300 else None
    except ValueError:
        found = None
    if not isinstance(found, dict) or not _ID.fullmatch(str(found.get("id"))):
        raise ModelError("the service took no batch", offer.name, f"HTTP {response.status}")
    return found


def _multipart(text: str) -> bytes:
    """A file of questions as a form (RFC 7578)."""
    parts = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n',
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="questions.jsonl"',
        f"\r\nContent-Type: application/jsonl\r\n\r\n{text}\r\n--{BOUNDARY}--\r\n",
    )
    return "".join(parts).encode("utf-8", "replace")
