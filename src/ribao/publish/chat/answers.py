"""What a service's answer means: a receipt, another time, or never."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from ribao.errors import RefusedError, RetryableError
from ribao.gateways.politeness import retry_after_seconds
from ribao.gateways.web import Response

# Said before anything is done with a message; after the other 5xx it may have been.
NOT_DONE = {408, 425, 429, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.SERVICE_UNAVAILABLE}
SHOWN = 200  # characters of an answer in an error


def later(
    subject: str, detail: str, seconds: float | None, *, sent: bool = False
) -> RetryableError:
    """A service that cannot take a message now."""
    error = RetryableError("the channel cannot take it now", subject, detail, retry_after=seconds)
    error.sent = sent
    return error


def refused(subject: str, detail: str, hint: str = "") -> RefusedError:
    """A service that will never take a message."""
    error = RefusedError("the channel refuses the message", subject, detail, hint=hint)
    error.sent = False
    return error


def check_status(subject: str, response: Response, now: datetime) -> None:
    """Pass an answer of the 200s.

    Raises:
        RetryableError: another time, and whether the message may have arrived.
        RefusedError: never.
    """
    status = response.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    detail = f"HTTP {status} {words(response)}".strip()
    if status in NOT_DONE:
        seconds = retry_after_seconds(response.header("retry-after"), now)
        raise later(subject, detail, seconds)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise later(subject, detail, None, sent=True)
    raise refused(subject, detail)


def errcode_receipt(
    subject: str, response: Response, now: datetime, busy: tuple[Collection[int], float]
) -> str:
    """The receipt of services that answer 200 with an `errcode`: 0 is taken.

    `busy` has the codes that mean "too many", and how many seconds to rest then.

    Raises:
        RetryableError: too many, or the service is out of order.
        RefusedError: never.
    """
    check_status(subject, response, now)
    answer = table(response)
    code, told = answer.get("errcode"), str(answer.get("errmsg", ""))[:SHOWN]
    if code in busy[0]:
        raise later(subject, f"errcode {code} {told}", busy[1])
    if code == -1:
        raise later(subject, f"errcode {code} {told}", None)
    if code != 0:
        raise refused(subject, f"errcode {code} {told}")
    return f"errcode {code}"


def table(response: Response) -> Mapping[str, Any]:
    """The answer as a JSON object; empty where it is none."""
    try:
        found = json.loads(response.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def words(response: Response) -> str:
    """The beginning of an answer, in one printable line."""
    text = response.body[: 4 * SHOWN].decode("utf-8", "replace")
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:SHOWN]
