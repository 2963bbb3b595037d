"""What a scripted model answers: `honest`, and each thing that a model or its service may do wrong.

`honest` writes a draft out of the passages that it was shown; `bench._scripted_models` serves these
replies over HTTP.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PASSAGE = re.compile(r"^\[(\d+)\] (?:\(([\w-]+)\) )?(.+)$", re.MULTILINE)


@dataclass
class Seen:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def user(self) -> str:
        """The question, in whichever protocol it came."""
        if "contents" in self.body:
            return str(self.body["contents"][0]["parts"][0]["text"])
        return str(self.body["messages"][-1]["content"])

    @property
    def passages(self) -> dict[int, str]:
        """What was shown, by number."""
        return {int(number): text for number, _, text in PASSAGE.findall(self.user)}

    @property
    def most_output(self) -> int:
        """How long the answer may be, in tokens."""
        found = [self.body.get(name) for name in ("max_completion_tokens", "max_tokens")]
        config = self.body.get("generationConfig", {})
        return int(next((one for one in found if one), config.get("maxOutputTokens", 1000)))


@dataclass
class Reply:
    """What goes back: a text in the form of the protocol, or raw bytes."""

    text: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    finish: str = "stop"
    refusal: str = ""
    usage: tuple[int, int] | None = None  # tokens in and out; None counts bytes / 3
    no_usage: bool = False
    hang: bool = False
    break_off: bool = False


Behaviour = Callable[[Seen], Reply]


def draft_of(passages: Mapping[int, str]) -> dict[str, Any]:
    """A draft that says nothing but what was shown: the first passages, word for word."""
    numbers = list(passages)
    head = passages[numbers[0]].rstrip("。.")
    body = numbers[1:3] or numbers[:1]
    return {
        "headline": {
            "text": head[:30] if len(head) > 46 and not head.isascii() else head,
            "passages": numbers[:1],
        },
        "sentences": [{"text": passages[one], "passages": [one]} for one in body],
        "insights": [
            {"text": passages[one], "passages": [one], "kind": "fact"} for one in numbers[3:4]
        ],
    }


def front_of(seen: Seen) -> dict[str, Any]:
    """A front that says nothing but what the stories say."""
    found = PASSAGE.findall(seen.user)
    lines = [
        {"text": text.split(" | ")[0].rstrip("。."), "stories": [int(number)]}
        for number, _, text in found[:6]
    ]
    return {"title": lines[0], "sections": [], "summary": lines}


def honest(seen: Seen) -> Reply:
    """Write out of the passages."""
    if "STORIES >>>" in seen.user:
        return Reply(json.dumps(front_of(seen), ensure_ascii=False))
    if '"place"' in seen.user:  # sent back: say each place by a passage
        told = json.loads(
            seen.user.splitlines()[-1]
            if seen.user.splitlines()[-1].startswith("[")
            else re.findall(r"^\[\{.*\}\]$", seen.user, re.MULTILINE)[-1]
        )
        number, text = next(iter(seen.passages.items()))
        repairs = [
            {
                "place": one["place"],
                "text": text if text.endswith(("。", ".")) else f"{text}。",
                "passages": [number],
            }
            for one in told
        ]
        return Reply(json.dumps({"repairs": repairs}, ensure_ascii=False))
    return Reply(json.dumps(draft_of(seen.passages), ensure_ascii=False))


def _changed(seen: Seen, change: Callable[[dict[str, Any]], None]) -> Reply:
    if "STORIES >>>" in seen.user:
        draft = front_of(seen)
        draft["headline"], draft["sentences"], draft["insights"] = (
            draft["title"],
            draft["summary"],
            [],
        )
        change(draft)
        del draft["headline"], draft["sentences"], draft["insights"]
        return Reply(json.dumps(draft, ensure_ascii=False))
    draft = draft_of(seen.passages)
    change(draft)
    return Reply(json.dumps(draft, ensure_ascii=False))


INVENTED = (
    "公司同时宣布裁员 4,731 人。",
    "其创始人张某某称“我们已经破产”。",
    "The company also dismissed 4,731 people.",
    "Regulators in Atlantis fined it $918 million.",
)


def invents(seen: Seen) -> Reply:
    """Add figures, names and quotations that no report has."""

    def change(draft: dict[str, Any]) -> None:
        for line in draft["sentences"]:
            line["text"] = INVENTED[len(line["text"]) % len(INVENTED)]
        draft["headline"]["text"] = INVENTED[3].rstrip(".")

    return _changed(seen, change)


def swaps_figures(seen: Seen) -> Reply:
    """Change each figure a little."""

    def change(draft: dict[str, Any]) -> None:
        for line in [draft["headline"], *draft["sentences"]]:
            line["text"] = re.sub(r"\d+", lambda m: str(int(m[0]) + 3), line["text"])

    return _changed(seen, change)


def infers_figures(seen: Seen) -> Reply:
    """Put a figure and a name of its own into an inference."""

    def change(draft: dict[str, Any]) -> None:
        text = (
            "这意味着 Zorblax 公司将损失 77 亿美元。"
            if "报道" in seen.user
            else "This means that Zorblax Corp will lose $7.7 billion."
        )
        draft["insights"] = [{"text": text, "passages": [1], "kind": "inference"}]

    return _changed(seen, change)


def wrong_numbers(seen: Seen) -> Reply:
    """Name passages that were not shown."""

    def change(draft: dict[str, Any]) -> None:
        for line in [draft["headline"], *draft["sentences"]]:
            line.update({key: [997] for key in ("passages", "stories") if key in line})

    return _changed(seen, change)


def links(seen: Seen) -> Reply:
    """Put an address into everything."""

    def change(draft: dict[str, Any]) -> None:
        for line in [draft["headline"], *draft["sentences"]]:
            line["text"] = line["text"].rstrip("。.") + " https://evil.example/win."

    return _changed(seen, change)


def more_keys(seen: Seen) -> Reply:
    """Add a key that the contract does not have."""
    return _changed(seen, lambda draft: draft.update(url="https://evil.example/"))


def echoes(seen: Seen) -> Reply:
    """Say the prompt instead of a draft."""
    return Reply(seen.user)


BEHAVIOURS: dict[str, Behaviour] = {
    "honest": honest,
    "invents": invents,
    "swaps-figures": swaps_figures,
    "infers-figures": infers_figures,
    "wrong-numbers": wrong_numbers,
    "links": links,
    "more-keys": more_keys,
    "echoes": echoes,
    "refuses": lambda _seen: Reply("", refusal="I cannot help with that.", finish="stop"),
    "filtered": lambda _seen: Reply("", finish="content_filter"),
    "garbage": lambda _seen: Reply("{]not json at all"),
    "empty": lambda _seen: Reply(""),
    "half": lambda seen: Reply(honest(seen).text[:60], finish="length"),
    "half-unsaid": lambda seen: Reply(honest(seen).text[:60]),
    "no-json-at-all": lambda _seen: Reply(raw=b"<html>gateway</html>"),
    "wrong-shape": lambda _seen: Reply(raw=b'{"choices": "none", "usage": []}'),
    "deep": lambda _seen: Reply("[" * 90_000),
    "too-many": lambda _seen: Reply(status=429, headers={"Retry-After": "0"}, raw=b"slow down"),
    "too-many-long": lambda _seen: Reply(status=429, headers={"Retry-After": "3600"}, raw=b""),
    "storm": lambda _seen: Reply(status=500, raw=b"oops"),
    "unavailable": lambda _seen: Reply(status=503, raw=b""),
    "forbidden": lambda _seen: Reply(status=401, raw=b'{"error": {"message": "bad key"}}'),
    "hang": lambda _seen: Reply(hang=True),
    "break-off": lambda seen: Reply(honest(seen).text, break_off=True),
    "no-usage": lambda seen: Reply(honest(seen).text, no_usage=True),
    "counts-too-much": lambda seen: Reply(honest(seen).text, usage=(10**9, 10**9)),
    "counts-nonsense": lambda seen: Reply(honest(seen).text, usage=(-5, -7)),
    "bomb": lambda _seen: Reply("A" * 20_000_000),
}
