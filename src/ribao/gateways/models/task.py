"""What is asked of a model and what comes back, whatever protocol carries it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OVERHEAD_TOKENS = 256  # what a provider wraps around a question: roles, chat template, schema hint


@dataclass(frozen=True, slots=True)
class Task:
    """One question. `system` is first and the same for all of a kind: providers keep it."""

    name: str  # story, again, headline, edition: what the ledger calls it
    subject: str  # the story that it is for
    system: str
    user: str
    schema: Mapping[str, Any] = field(repr=False)  # JSON Schema of the answer
    max_output_tokens: int = 2_000

    def digest(self, model: str) -> str:
        """A name for this question to this model, by content."""
        parts = [model, self.system, self.user, schema_text(self.schema), self.max_output_tokens]
        text = json.dumps(parts, ensure_ascii=False)
        return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=20).hexdigest()

    def most_input_tokens(self) -> int:
        """No tokeniser makes more tokens of a question than this: each takes a byte at least."""
        text = self.system + self.user + schema_text(self.schema)
        return len(text.encode("utf-8", "replace")) + OVERHEAD_TOKENS

    def likely_input_tokens(self) -> int:
        """About how many tokens a question has with the tokenisers of today."""
        return likely_tokens(self.system + self.user + schema_text(self.schema))


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call. `input_tokens` holds those cached and written; thinking is output."""

    input_tokens: int
    output_tokens: int
    cached_tokens: int = 0
    written_tokens: int = 0
    cost_micro: int | None = None  # as the provider says, in millionths of its currency


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said. `finish` is stop, length or refusal."""

    text: str
    finish: str
    usage: Usage | None  # None where the provider does not say


def schema_text(schema: Mapping[str, Any]) -> str:
    """A schema as one line, always the same."""
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def likely_tokens(text: str) -> int:
    """About how many tokens a text has: a fourth of its ASCII characters, .7 of the others.

    Large vocabularies of 2025 and 2026 lie within a fifth of it for Chinese and English news.
    """
    ascii_ = sum(character.isascii() for character in text)
    return ascii_ // 4 + (len(text) - ascii_) * 7 // 10 + 1
