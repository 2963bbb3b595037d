"""Reads what publishers say about the use of their pages by AI, wherever they say it.

Sources of the forms: robots.txt `Content-Signal` (contentsignals.org), `Content-Usage` there and in
headers (IETF aipref drafts attach-05 and vocab-08), TDM Reservation Protocol (W3C community group
report), `noai` in X-Robots-Tag and in robots meta elements (first used by DeviantArt). They are
wishes, not locks: the gateway reports them, whoever would feed a text to a model obeys them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ribao.gateways.web import OptOut

HEAD_BYTES = 65_536  # of a page in which its meta elements are looked for
MAX_WORDS = 200  # kept of a statement, in characters
AGAINST_MODELS = frozenset({"ai-input", "ai", "tdm"})  # giving a text to a model
NO = frozenset({"n", "no", "?0", "0", "false"})
# Names of uses in both vocabularies and their drafts, and what they come to here.
USES = {
    "ai-input": "ai-input",
    "ai-output": "ai-input",
    "ai-use": "ai-input",
    "search-ai": "ai-input",
    "ai-train": "ai-train",
    "train-ai": "ai-train",
    "train-genai": "ai-train",
    "genai": "ai-train",
    "tdm": "tdm",
    "ai": "ai",
    "bots": "ai",
    "all": "ai",
}
META = re.compile(rb"<meta\b[^>]{0,1000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    rb"""(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)


def forbids_models(opt_outs: Iterable[OptOut]) -> bool:
    """Whether the publisher wants its text kept out of language models' input."""
    return any(opt_out.use in AGAINST_MODELS for opt_out in opt_outs)


def page_opt_outs(
    headers: Iterable[tuple[str, str]], body: bytes, product: str = "ribao"
) -> tuple[OptOut, ...]:
    """Every wish in the headers (names in lower case) and, of an HTML page, in its head."""
    found: list[OptOut] = []
    html = False
    for name, value in headers:
        if name in {"content-usage", "content-signal"}:
            found += usage_opt_outs(value, f"header {name}")
        elif name == "x-robots-tag":
            found += robots_tag(value, f"header {name}", product)
        elif name == "tdm-reservation":
            found += tdm(value, f"header {name}")
        elif name == "content-type":
            html = "html" in value.lower()
    if html:
        found += meta_opt_outs(body[:HEAD_BYTES], product)
    return tuple(dict.fromkeys(found))


def usage_opt_outs(statement: str, place: str) -> Iterator[OptOut]:
    """Read `ai-train=no, search=yes`: each use that is answered with no."""
    for part in statement.split(","):
        name, _, answer = part.strip().partition("=")
        use = USES.get(name.strip().lower(), "")
        if use and answer.split(";")[0].strip().lower() in NO:
            yield OptOut(use, place, statement.strip()[:MAX_WORDS])


def robots_tag(statement: str, place: str, product: str) -> Iterator[OptOut]:
    """Read `noai, nofollow`, where `name: noai` speaks to one robot only."""
    robot, colon, rules = statement.partition(":")
    if colon and "," not in robot:
        if robot.strip().lower() not in {product, "*"}:
            return
    else:
        rules = statement
    if "noai" in {rule.strip().lower() for rule in rules.split(",")}:
        yield OptOut("ai", place, statement.strip()[:MAX_WORDS])


def tdm(statement: str, place: str) -> Iterator[OptOut]:
    """Read the value of a TDM reservation: 1 reserves the rights."""
    if statement.strip() == "1":
        yield OptOut("tdm", place, "tdm-reservation: 1")


def meta_opt_outs(head: bytes, product: str) -> Iterator[OptOut]:
    """Read the meta elements of a page."""
    for element in META.findall(head):
        pairs = {
            key.lower(): (double or single or bare).decode("utf-8", "replace")
            for key, double, single, bare in ATTRIBUTE.findall(element)
        }
        name, content = pairs.get(b"name", "").strip().lower(), pairs.get(b"content", "")
        if name in {"robots", product}:
            yield from robots_tag(content, f"meta {name}", product)
        elif name == "tdm-reservation":
            yield from tdm(content, f"meta {name}")
        elif name in {"content-usage", "content-signal"}:
            yield from usage_opt_outs(content, f"meta {name}")
