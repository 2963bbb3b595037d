"""What publishers ask of machines, followed: texts that no model may read are left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ribao.gateways.signals import forbids_models
from ribao.gateways.web import Response
from ribao.model import Item
from ribao.outcome import Drop, Outcome, Reason

NOTED = "noted: "  # begins what forbids nothing that is done here: training, above all


def as_wished(outcome: Outcome[Item], response: Response) -> Outcome[Item]:
    """Leave headline and link of entries whose publisher wants no model to read their text."""
    if not outcome.kept or not forbids_models(response.opt_outs):
        return outcome
    kept = tuple(replace(item, summary="", body="") for item in outcome.kept)
    words = ", ".join(_words(response, followed=True))
    detail = f"of {len(kept)} entries only headline and link are used: {words}"
    return replace(
        outcome, kept=kept, dropped=(*outcome.dropped, Drop(response.url, Reason.OPTED_OUT, detail))
    )


def wishes_of(responses: Iterable[Response]) -> str:
    """All wishes of these answers in words, separated by `; `; those not followed begin `NOTED`."""
    found: list[str] = []
    for response in responses:
        found += _words(response, followed=True)
        found += [NOTED + words for words in _words(response, followed=False)]
    return "; ".join(dict.fromkeys(words.replace(";", ",") for words in found))


def _words(response: Response, *, followed: bool) -> list[str]:
    return [
        f"'{wish.words}' ({wish.place})"
        for wish in response.opt_outs
        if forbids_models((wish,)) is followed
    ]
