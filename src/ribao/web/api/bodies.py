"""What the calls of the API share: errors, identifiers, and examples that a test runs."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

from fastapi import Header, Path
from pydantic import BaseModel, Field

EditionKey = Annotated[
    str, Path(pattern=r"^[0-9a-f]{20}$", description="Identifier of an edition.")
]
StoryKey = Annotated[str, Path(pattern=r"^[0-9a-f]{20}$", description="Identifier of a story.")]
RunKey = Annotated[str, Path(pattern=r"^[0-9a-f]{20}$", description="Identifier of a run.")]
SourceKey = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,200}$", description="Identifier of a source.")
]
OtherKey = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,40}$", description="An identifier.")]
Tag = Annotated[
    str,
    Header(
        alias="If-Match",
        max_length=80,
        pattern=r"^[\x21-\x7e]*$",
        description="ETag of the draft that was read: with it the call is done to that draft or "
        "not at all (412), so that it may be sent again where no answer came.",
    ),
]
NO_NUL = r"^[^\x00]*$"
WebAddress = Annotated[str, Field(pattern=r"^https?://[^\x00-\x20]+$", max_length=2_000)]


class ErrorBody(BaseModel):
    """What is wrong, in one sentence; `hint` says what to do."""

    error: str
    hint: str = ""


class ConflictBody(ErrorBody):
    """What others did to the same story, as "who: what"."""

    changes: list[str] = []


Answers = dict[int | str, dict[str, Any]]
ERRORS: Answers = {
    400: {"model": ErrorBody, "description": "The order makes no sense for this draft."},
    401: {"model": ErrorBody, "description": "No token, or one that is not good any more."},
    403: {"model": ErrorBody, "description": "The token may not do this."},
    404: {"model": ErrorBody, "description": "There is no such thing."},
    409: {"model": ConflictBody, "description": "Somebody changed the same story meanwhile."},
    412: {"model": ErrorBody, "description": "The draft is not the one of If-Match."},
    413: {"model": ErrorBody, "description": "The body is too large."},
    421: {"model": ErrorBody, "description": "This desk does not answer to that host name."},
    422: {"model": ErrorBody, "description": "The request is not of the form described here."},
    424: {"model": ErrorBody, "description": "A host did not answer, or is not to be asked."},
    429: {"model": ErrorBody, "description": "Too much at once."},
    503: {"model": ErrorBody, "description": "The store is busy; try again."},
}


def file_answer(kind: str, what: str) -> Answers:
    """The answers of a call that gives a file of this content type."""
    return ERRORS | {200: {"content": {kind: {}}, "description": what}}


def example(
    method: str,
    path: str,
    body: object = None,
    *,
    file: tuple[str, str] | None = None,
    headers: tuple[str, ...] = (),
    query: tuple[str, ...] = (),
) -> dict[str, Any]:
    """A line of curl for a call; $NAMES are variables of the shell. A test runs each of them.

    `file` is (content type, text that is sent), `query` are name=value pairs.
    """
    parts = ["curl -sS --fail-with-body"]
    if method not in {"GET", "POST"} or (method == "POST" and body is file is None):
        parts.append(f"-X {method}")
    parts.append('-H "Authorization: Bearer $TOKEN"')
    parts += [f'-H "{one}"' for one in headers]
    if body is not None:
        parts += ['-H "Content-Type: application/json"', f"-d '{_quoted(json.dumps(body))}'"]
    if file is not None:
        parts += [f'-H "Content-Type: {file[0]}"', f"--data-binary '{_quoted(file[1])}'"]
    if query:
        parts += ["-G", *(f'--data-urlencode "{one}"' for one in query)]
    parts.append(f'"$DESK/api/v1{path}"')
    source = " \\\n  ".join(parts)
    return {"x-codeSamples": [{"lang": "Shell", "label": "curl", "source": source}]}


def _quoted(text: str) -> str:
    """A text between single quotes of the shell, with its variables outside of them."""
    return re.sub(r"\$[A-Z_]+", lambda name: f"'\"{name.group()}\"'", text)
