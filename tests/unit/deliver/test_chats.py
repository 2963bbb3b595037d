"""Chats: each service takes what we send, stories whole and in order, and strangers' marks rest."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import pytest

from bench._channel_fakes import Arrivals
from ribao.deliver import send_due
from ribao.gateways.exits import Secrets
from ribao.model import Section
from ribao.publish.chat.bulletin import Piece
from ribao.publish.chat.escapes import JOINER
from ribao.publish.chat.packing import pack
from ribao.store.outbox import State
from tests.unit.deliver.conftest import CHATS, MakeOffice, edition, keep, story

HOSTILE = (
    "<!channel> <!here|x> <@U1> @everyone @here <at id=all></at> @13800000000 /start #tag",
    "</a><script>alert(1)</script><b>bold & <i>open",
    "[click](https://evil.example) ![x](javascript:alert(1)) **b** __u__ ~~s~~ `c` ||spoiler||",
    "https://evil.example evil.example www.evil.example <https://evil.example|safe>",
    "{{ 7*7 }} {% raw %} ${x} \\ \\\\ \u202egnp.exe\u202c \u0000\u0007",
    "# heading\n> quote\n- list\n1. one\n```\ncode",
)
KINDS = [name for name in CHATS if name != "webhook"]


def shown(message: Any) -> str:
    """All that a reader of a message can see, its escapes taken away."""
    text = json.dumps(message, ensure_ascii=False)
    return html.unescape(text).replace(JOINER, "").replace("\\", "")


def links(kind: str, message: Any) -> list[str]:
    """Every address that a reader could follow, ours or smuggled in."""
    if kind == "slack":
        return re.findall(r'"url": "([^"]*)"', json.dumps(message["blocks"]))
    if kind == "telegram":
        bare = re.sub(r"<[^>]*>", " ", message["text"])
        named = re.findall(r"(?:https?://)?(?:[a-z-]+\.)+example", html.unescape(bare))
        return re.findall(r'href="([^"]*)"', message["text"]) + named
    texts = [
        value
        for key, value in leaves(message)
        if key in {"content", "description", "title", "text"}
    ]
    marked = [re.findall(r"(?<!\\)\]\(([^)]*)\)", text) for text in texts]
    plain = [re.findall(r"https?://[^\s)]*", text) for text in texts]
    own = [value for key, value in leaves(message) if key in {"url", "default_url", "singleURL"}]
    return [url for urls in (*marked, *plain) for url in urls] + own


def leaves(node: Any, name: str = "") -> list[tuple[str, str]]:
    """All strings of a message with the names under which they stand."""
    if isinstance(node, dict):
        return [leaf for key, value in node.items() for leaf in leaves(value, key)]
    if isinstance(node, list):
        return [leaf for one in node for leaf in leaves(one, name)]
    return [(name, node)] if isinstance(node, str) else []


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_edition_arrives_whole_in_numbered_messages(
    kind: str, make_office: MakeOffice, clean: Arrivals
) -> None:
    """Each headline stands in exactly one message, in order; the messages count themselves."""
    office = make_office(**{kind: {"kind": kind}})
    keep(office, edition(60))
    send_due(office, patience_seconds=600)
    assert clean.refusals == []
    messages = [shown(one) for one in clean.messages[kind]]
    assert len(messages) > 1
    for number, text in enumerate(messages, 1):
        assert f"({number}/{len(messages)})" in text
    where = [
        [place for place, text in enumerate(messages) if f"{name} " in text]
        for name in [*(f"Boat {n}" for n in range(8, 60)), *(f"Lamp {n}" for n in range(60))]
    ]
    assert all(len(found) == 1 for found in where)
    assert [found[0] for found in where] == sorted(found[0] for found in where)
    assert "Read the whole edition" in messages[-1]
    tried = [one.tried_at for one in office.store.outbox.find() if one.tried_at]
    gaps = [(later - sooner).total_seconds() for sooner, later in pairwise(tried)]
    assert min(gaps) >= office.channels[kind].spacing_seconds


@pytest.mark.parametrize("kind", CHATS)
def test_what_strangers_wrote_is_printed_and_does_nothing(
    kind: str, make_office: MakeOffice, clean: Arrivals
) -> None:
    """Titles, texts and outlets full of markup and mentions are taken, and leave no live link."""
    bad = tuple(
        replace(story(n, text, text, "story" if n % 2 else "brief", author=text), section="models")
        for n, text in enumerate(HOSTILE)
    )
    bad += (
        replace(bad[0], url="javascript:alert(1)"),
        replace(bad[1], url="https://h.example/<b>"),
    )
    options = {} if kind == "webhook" else {"detail": "full"}
    office = make_office(**{kind: {"kind": kind, **options}})
    keep(office, edition(sections=(Section("models", HOSTILE[0], "story", bad),), title=HOSTILE[1]))
    send_due(office, patience_seconds=600)
    assert clean.refusals == []
    assert clean.messages[kind]
    if kind != "webhook":  # programs get the edition as it is
        found = [url for message in clean.messages[kind] for url in links(kind, message)]
        assert found
        assert {urlsplit(url).hostname for url in found} <= {"harbour.example", "h.example"}
        assert not any("<" in url or " " in url for url in found)


@pytest.mark.parametrize("kind", CHATS)
def test_later_is_later_and_then_it_is_sent_once(
    kind: str, make_office: MakeOffice, clean: Arrivals
) -> None:
    """A service that says "later" gets the message after the time that it named, and once."""
    clean.faults[kind] += ["busy"]
    office = make_office(**{kind: {"kind": kind}})
    keep(office, edition(1))
    sent = send_due(office, patience_seconds=3600)
    assert len(clean.messages[kind]) == 1
    assert sent.counts[State.DELIVERED] == 1
    (delivery,) = office.store.outbox.find()
    states = [one.state.value for one in office.store.outbox.history(delivery.id)]
    assert states == ["planned", "sending", "waiting", "sending", "delivered"]


def test_a_wrong_signature_is_refused_with_a_hint(
    make_office: MakeOffice, clean: Arrivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the robot refuses is said in one sentence, without its address."""
    office = make_office(feishu={"kind": "feishu"})
    keep(office, edition(1))
    monkeypatch.setattr("ribao.publish.chat.feishu.signature", lambda *_: "wrong")
    send_due(office)
    (delivery,) = office.store.outbox.find([State.FAILED])
    assert "19021" in delivery.detail
    assert "access_token" not in delivery.detail
    assert clean.messages["feishu"] == []


def test_a_story_too_long_for_a_message_loses_sentences_never_half_of_one() -> None:
    """Sources go first, then sentences from the end; the headline stays."""
    whole = Piece("", "Boat", "https://a.example", ("One. " * 4, "Two. " * 4), (), (("Post", ""),))

    def fits(pieces: Sequence[Piece], _first: bool) -> bool:  # noqa: FBT001 - the shape of Fits
        return sum(len(one.text) + 40 * len(one.sources) for one in pieces) <= 30

    packed = pack([whole, whole], fits)
    assert [[piece.sentences for piece in pieces] for pieces in packed] == [
        [("One. " * 4,)],
        [("One. " * 4,)],
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Apprise imports
def test_the_long_tail_goes_through_apprise(
    make_office: MakeOffice, clean: Arrivals, ports: dict[str, Any]
) -> None:
    """Any service of Apprise gets whole stories in plain text of the size that the owner named."""
    pytest.importorskip("apprise")
    office = make_office(tail={"kind": "apprise", "characters": 1000, "per_minute": 6000})
    secrets = Secrets({"RIBAO_TAIL_URLS": f"json://127.0.0.1:{ports['chats']}/apprise"})
    office = replace(office, exits=replace(office.exits, secrets=secrets))
    keep(office, edition(6))
    send_due(office, patience_seconds=60)
    assert clean.refusals == []
    whole = [one["message"] for one in clean.messages["apprise"]]
    assert len(whole) > 1
    for name in [*(f"Boat {n} " for n in range(6)), *(f"Lamp {n} " for n in range(6))]:
        assert sum(name in text for text in whole) == 1
    assert {one.state for one in office.store.outbox.find()} == {State.DELIVERED}
