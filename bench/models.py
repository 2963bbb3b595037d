"""Tokens of an edition against the way of one call for each item, and what its claims come to.

The other way asks a model about every item (is it worth printing, what does it say) and once more
about all of them together; so does Horizon: 5,993 calls and 4.8 million tokens for 5,000 items.
Both ways are counted with the same counter over the same recorded day. The edition is phrased by a
scripted model, once honest, and once sloppy: every fifth answer invents, swaps figures, breaks the
contract or names wrong passages. What it prints is proved by the pipeline's own step.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench._days import day_documents, recorded_days
from bench._phrasing_day import Day, phrased_day, ranked_day
from bench._scripted_models import scripted, settings_for
from bench._scripted_replies import BEHAVIOURS, Reply, Seen, honest
from bench.faults import printed
from ribao.config import ModelsSettings
from ribao.gateways.clock import SystemClock
from ribao.gateways.models.task import likely_tokens, schema_text
from ribao.store import open_store
from ribao.store.money import Caps, Money
from ribao.write.phrasing.contract import Said, schema_of
from ribao.write.phrasing.proving import FAILED
from ribao.write.phrasing.showing import prompts

ITEM_CHARACTERS = 2_000  # of an item that the other way shows a model
ITEM_OUTPUT = 120  # tokens of a score with its reason and a summary
SLOPPY = ("invents", "swaps-figures", "infers-figures", "wrong-numbers", "links", "more-keys")


@dataclass(frozen=True, slots=True)
class Tokens:
    """What one way costs."""

    calls: int
    input: int
    output: int

    @property
    def sum(self) -> int:
        """Tokens in and out."""
        return self.input + self.output


def per_item(path: Path, language: str) -> Tokens:
    """One call for each item, and one to merge what they report."""
    documents = day_documents(path)
    system = likely_tokens(prompts()[language]["system"]) + likely_tokens(
        schema_text(schema_of(Said))
    )
    asked = sum(
        system + likely_tokens(f"{one.title}\n{one.text[:ITEM_CHARACTERS]}") for one in documents
    )
    merge = system + likely_tokens("\n".join(one.title for one in documents))
    count = len(documents)
    return Tokens(count + 1, asked + merge, (count + 1) * ITEM_OUTPUT)


def per_story(day: Day, purse: Money, *, sloppy: bool) -> tuple[Tokens, Counter[str]]:
    """The way of ribao, as a service sees it, and what became of the printed claims."""
    random_ = random.Random(day.day.isoformat())  # noqa: S311 - a script, no secret
    plan = [random_.choice(SLOPPY) if random_.random() < 0.2 else "" for _ in range(200)]
    used = [0, 0]

    def script(number: int, seen: Seen) -> Reply:
        name = plan[number % len(plan)] if sloppy else ""
        reply = BEHAVIOURS[name](seen) if name else honest(seen)
        texts = [str(one.get("content")) for one in seen.body["messages"]]
        schema = json.dumps(seen.body.get("response_format", {}), ensure_ascii=False)
        used[0] += sum(map(likely_tokens, texts)) + likely_tokens(schema)
        used[1] += likely_tokens(reply.text)
        return reply

    run = f"{day.day}-{day.language}-{sloppy}"
    with scripted(script) as service:
        settings = ModelsSettings.model_validate(settings_for(service, writer=[f"test/{run}"]))
        made = phrased_day(day, settings, purse, run)
    claims: Counter[str] = Counter()
    for _, sentence in printed(made):
        for one in sentence.findings:
            claims["failed" if one.verdict in FAILED else one.verdict.value] += 1
    claims["articles"] = len(made.edition.articles)
    claims["by the model"] = sum(one.written_by != "extractive" for one in made.edition.articles)
    return Tokens(len(service.seen), used[0], used[1]), claims


def main() -> None:
    """Print both tables for every recorded day (`quick`: for one)."""
    paths = recorded_days()
    if not paths:
        print("needs ../shared/replay, which is not part of the repository")
        return
    rows, claims = [], []
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "m.sqlite3") as store:
        purse = Money(store.engine, Caps(None, None, None, "USD"), SystemClock().now)
        for path in paths[-2:-1] if "quick" in sys.argv else paths:
            for language in ("zh", "en"):
                day = ranked_day(path, date.fromisoformat(path.name[:10]), language)
                if not day.stories:
                    continue
                other = per_item(path, language)
                ours, found = per_story(day, purse, sloppy=False)
                rows.append((f"{day.day} {language}", other, ours))
                claims.append((f"{day.day} {language}", "honest", found))
                sloppy = per_story(day, purse, sloppy=True)[1]
                claims.append((f"{day.day} {language}", "sloppy", sloppy))
    print(table(rows))
    print(verdicts(claims))
    assert all(ours.sum < 0.53 * other.sum for _, other, ours in rows)
    assert not any(found["failed"] for *_, found in claims)


def table(rows: list[tuple[str, Tokens, Tokens]]) -> str:
    """Both ways beside each other."""
    lines = [
        "| day | items: calls | tokens | ribao: calls | in | out | tokens | fewer |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {other.calls:,} | {other.sum:,} | {ours.calls} | {ours.input:,} "
        f"| {ours.output:,} | {ours.sum:,} | {1 - ours.sum / other.sum:.1%} |"
        for name, other, ours in rows
    ]
    return "\n".join(lines) + "\n"


def verdicts(claims: list[tuple[str, str, Counter[str]]]) -> str:
    """What became of the claims that were printed."""
    lines = [
        "| day | model | articles | by it | supported | opinion | unsupported or contradicted |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {model} | {found['articles']} | {found['by the model']} "
        f"| {found['supported']:,} | {found['opinion']} | {found['failed']} |"
        for name, model, found in claims
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
