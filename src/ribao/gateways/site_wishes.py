"""Files in which a site says what its pages may be used for: tdmrep.json and ai.txt.

TDM Reservation Protocol, W3C community group final report of 2024-05-10: `/.well-known/tdmrep.json`
is a list of rules, each with a path pattern and a reservation; the most specific one decides.
`/ai.txt` (Spawning) has the form of robots.txt and speaks of training only. Whatever does not have
the form says nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from ribao.gateways.path_rules import Rule, deciding, rule, sort_rules
from ribao.gateways.robots import our_group
from ribao.gateways.web import OptOut

MAX_RULES = 5_000
MAX_WORDS = 200  # kept of a pattern, in characters


@dataclass(frozen=True, slots=True)
class SiteWishes:
    """Rules of both files, the deciding one first; a rule that forbids is a wish."""

    tdmrep: tuple[Rule, ...] = ()
    ai_txt: tuple[Rule, ...] = ()

    def of(self, url: str) -> tuple[OptOut, ...]:
        """What the files say of an address."""
        found = []
        reserved = deciding(self.tdmrep, url)
        if reserved is not None and not reserved.allows:
            words = f"tdm-reservation 1 for {reserved.words[:MAX_WORDS]}"
            found.append(OptOut("tdm", "tdmrep.json", words))
        trained = deciding(self.ai_txt, url)
        if trained is not None and not trained.allows:
            found.append(OptOut("ai-train", "ai.txt", f"disallow: {trained.words[:MAX_WORDS]}"))
        return tuple(found)


def read_tdmrep(content: bytes) -> tuple[Rule, ...]:
    """Read a tdmrep.json; nothing makes it raise, and what is not of its form says nothing."""
    try:
        table = json.loads(content.decode("utf-8-sig")) if content else []
    except (ValueError, RecursionError):
        return ()
    found = []
    for one in table[:MAX_RULES] if isinstance(table, list) else [table]:
        location = one.get("location") if isinstance(one, dict) else None
        reservation = one.get("tdm-reservation") if isinstance(one, dict) else None
        if isinstance(location, str) and reservation in (0, 1, "0", "1"):
            pattern = location if location.startswith(("/", "*")) else f"/{location}"
            found.append(rule(pattern, allows=int(reservation) == 0))
    # Of two rules of one length the one that reserves decides: rights are not lost by a doublet.
    return tuple(sorted(found, key=lambda one: (-one.length, one.allows)))


def read_ai_txt(content: bytes, product: str) -> tuple[Rule, ...]:
    """Read an ai.txt for the robot `product`."""
    lines = our_group(content.decode("utf-8-sig", "replace"), product)
    return sort_rules(
        rule(pattern, allows=field == "allow")
        for field, pattern in lines[:MAX_RULES]
        if field in {"allow", "disallow"} and pattern
    )
