"""Mail: real letters to a real relay, a way in that asks first and a way out that always works."""

from __future__ import annotations

import base64
import email
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dkim
import lxml.html
import pytest

from bench._channel_fakes import Arrivals
from ribao.config import PublishSettings
from ribao.deliver import Office, send_due
from ribao.deliver.subscribing import (
    bring_in,
    follow,
    mailing_list,
    note_bounces,
    subscribe,
    write_out,
)
from ribao.errors import ConfigError, ContentError
from ribao.gateways.exits import Secrets
from ribao.gateways.smtp import accepted
from ribao.model import Section
from ribao.publish.mail.addresses import checked_address
from ribao.publish.mail.letter import LIMIT, letters
from ribao.publish.mail.tokens import UNSUBSCRIBE, Wish, read, sign
from ribao.store.outbox import State
from ribao.store.subscribers import Subscriber
from tests.unit.deliver.conftest import SECRET, MakeOffice, edition, environment, keep, story

Came = Callable[[], list[EmailMessage]]


@pytest.fixture
def came(clean: Arrivals) -> Came:
    """The messages that the relay took."""

    def read_all() -> list[EmailMessage]:
        found = [email.message_from_bytes(one, policy=default) for one in clean.messages["mail"]]
        return [one for one in found if isinstance(one, EmailMessage)]

    return read_all


def joined(office: Office, *addresses: str) -> list[Subscriber]:
    """Confirmed subscribers."""
    now = office.exits.clock.now()
    channel = mailing_list(office.channels.values())
    bring_in(office.store, channel, "\n".join(addresses), now, because="a test")
    return list(office.store.subscribers.find())


def body(message: EmailMessage, kind: str) -> str:
    """The text of one form of a letter."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_nobody_gets_a_paper_who_did_not_confirm(make_office: MakeOffice, came: Came) -> None:
    """An address gets one question; the link in it lets it in, the one in the paper out again."""
    office = make_office(mail={"kind": "mail"})
    channel, now = mailing_list(office.channels.values()), office.exits.clock.now()
    for address in ("Reader@Example.org", "reader@example.org"):
        subscribe(office.store, channel, address, now, paper="Harbour <Daily>", language="en")
    keep(office, edition(1))
    send_due(office)
    (question,) = came()
    assert question["List-Unsubscribe"] is None
    assert "Harbour <Daily>" in body(question, "plain")
    assert "Harbour &lt;Daily&gt;" in body(question, "html")
    token = token_in(body(question, "plain"))
    assert token_in(body(question, "html")) == token
    assert follow(office.store, token, SECRET, now).state == "confirmed"

    keep(office, edition(2, title="Boats come back"))
    send_due(office)
    paper = came()[1]
    assert paper["To"] == "Reader@example.org"
    assert paper["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert paper["List-Id"] == "<mail.harbour.example>"
    way_out = paper["List-Unsubscribe"].strip("<>")
    assert way_out.startswith("https://pages.example/mail/unsubscribe?token=")
    assert way_out in body(paper, "plain")
    assert way_out in body(paper, "html")
    assert follow(office.store, token_in(way_out), SECRET, now).state == "ended"

    keep(office, edition(3, id=replace(edition(), id="another").id))  # type: ignore[arg-type]  # an id
    send_due(office)
    assert len(came()) == 2
    with pytest.raises(ContentError, match="this link is over"):
        follow(office.store, token, SECRET, now)


def token_in(text: str) -> str:
    """The first token that stands in a text."""
    match = re.search(r"token=([\w.-]+)", text)
    assert match is not None
    return match.group(1)


def test_tokens_cannot_be_made_or_changed(make_office: MakeOffice) -> None:
    """Another action, subscriber, time, secret or form is no token of ours."""
    now = make_office().exits.clock.now()
    good = sign(Wish(UNSUBSCRIBE, "a" * 20), SECRET, now + timedelta(seconds=1))
    assert read(good, SECRET, now) == Wish(UNSUBSCRIBE, "a" * 20)
    forged = [
        good.replace("unsubscribe", "confirm"), good.replace("aaa", "aab"), good[:-1] + "_",
        re.sub(r"\.\d+\.", ".0.", good), "", "....", good + "\n",
        sign(Wish(UNSUBSCRIBE, "a" * 20), "another secret"),
    ]  # fmt: skip
    for token in forged:
        with pytest.raises(ContentError, match="not good"):
            read(token, SECRET, now)
    with pytest.raises(ContentError, match="over"):
        read(good, SECRET, now + timedelta(seconds=2))


def test_addresses_that_are_none_are_refused() -> None:
    """Nothing with a line break, a missing half or a form that relays read differently gets by."""
    assert checked_address(" a.b+c@Bücher.Example ") == "a.b+c@xn--bcher-kva.example"
    for bad in ("a@b", "@b.example", "a@", "a b@c.example", "a@c.example\nBcc: x@y.example",
                "a@@c.example", '"a"@c.example', "a@-c.example", "a..b@c.example", "<a@c.example>",
                "a@c.example,b@c.example", "x" * 65 + "@c.example"):  # fmt: skip
        with pytest.raises(ContentError, match="no mail address"):
            checked_address(bad)


def test_hostile_text_breaks_no_letter(make_office: MakeOffice, came: Came) -> None:
    """Markup, headers and template marks in titles, outlets and addresses are printed as text."""
    bad = "</p></mj-text><script>alert(1)</script>\r\nBcc: evil@x.example {{ 7*7 }} &amp; \u202e]]>"
    article = replace(story(1, bad, bad, author=bad), url="javascript:alert(1)")
    hostile = edition(
        sections=(Section("models", bad, "story", (article, story(2, bad, bad, "brief"))),),
        title=bad, category=bad, summary=(article.headline,), correction=bad, notes=(bad,),
    )  # fmt: skip
    office = make_office(mail={"kind": "mail"})
    joined(office, "reader@example.org")
    keep(office, hostile)
    send_due(office)
    (letter,) = came()
    assert letter["Bcc"] is None
    assert "{{ 7*7 }}" in str(letter["Subject"])
    markup = body(letter, "html")
    page = lxml.html.document_fromstring(markup)
    assert not page.xpath("//script | //img | //iframe | //link | //@*[starts-with(name(), 'on')]")
    assert "<script>alert(1)</script>" in "".join(map(str, page.itertext()))
    links = re.findall(r'\b(?:href|src)="([^"]*)"', markup)
    assert {urlsplit(one).hostname for one in links} <= {"harbour.example", "pages.example"}
    assert "{{ 7*7 }}" in body(letter, "plain")


def test_a_letter_stays_below_the_border_and_leads_on() -> None:
    """A long edition with a site is one letter with a way to the rest; without, it is several."""
    long = edition(60)
    (letter,) = letters(long, PublishSettings(address="https://harbour.example"))
    assert len(letter.html.encode()) <= LIMIT
    printed = [n for n in range(60) if f"Boat {n} leaves" in letter.html]
    assert 20 < len(printed) < 60
    missing = 120 - len(printed)
    assert f"{missing} more stories on the web" in letter.html
    assert "https://harbour.example/2031/03/05/en/" in letter.html
    several = letters(long, PublishSettings())
    assert all(len(one.html.encode()) <= LIMIT for one in several)
    marks = [f"({number}/{len(several)})" for number in range(1, len(several) + 1)]
    assert all(mark in one.subject for mark, one in zip(marks, several, strict=True))
    whole = "".join(one.text for one in several)
    assert all(whole.count(f"Lamp {n} is lit\n") == 1 for n in range(60))
    assert letters(long, PublishSettings()) == several


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_dkim_signs_what_must_not_change(
    make_office: MakeOffice, came: Came, clean: Arrivals, ports: dict[str, Any], tmp_path: Path
) -> None:
    """The signature verifies as it arrived, and covers the way out."""
    key = tmp_path / "dkim.pem"
    made = ("openssl", "genrsa", "-traditional", "-out", key, "2048")
    subprocess.run(made, check=True, capture_output=True)
    told = ("openssl", "rsa", "-in", key, "-pubout", "-outform", "DER")
    public = subprocess.run(told, check=True, capture_output=True).stdout
    office = make_office(mail={"kind": "mail", "dkim_domain": "harbour.example"})
    secrets = Secrets(environment(ports) | {"RIBAO_MAIL_DKIM_KEY": key.read_text()})
    office = replace(office, exits=replace(office.exits, secrets=secrets))
    joined(office, "reader@example.org")
    keep(office, edition(1))
    send_due(office)
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    (sent,) = clean.messages["mail"]

    def verified(message: bytes) -> bool:
        return bool(dkim.verify(message, dnsfunc=lambda *_args, **_more: record))

    assert verified(sent)
    assert b"List-Unsubscribe: <https://pages.example/mail/unsubscribe?token=unsubscribe." in sent
    assert not verified(sent.replace(b"List-Unsubscribe: <https", b"List-Unsubscribe: <httpz"))
    signed = str(came()[0]["DKIM-Signature"]).lower()
    assert "list-unsubscribe:list-unsubscribe-post" in re.sub(r"\s", "", signed)


def test_bounces_mark_and_only_honest_ones(make_office: MakeOffice) -> None:
    """A refused recipient and a notice about a letter of ours mark an address; a forged one not."""
    office = make_office(mail={"kind": "mail"})
    joined(office, "gone@example.org", "later@example.org", "full@example.org", "fine@example.org")
    keep(office, edition(1))
    send_due(office)
    found = {one.address: one for one in office.store.subscribers.find()}
    assert found["gone@example.org"].state == "bounced"
    assert "550 5.1.1" in found["gone@example.org"].because
    by_recipient = {one.recipient: one for one in office.store.outbox.find()}
    assert by_recipient[found["full@example.org"].id].state is State.WAITING
    now = office.exits.clock.now()
    key = by_recipient[found["later@example.org"].id].id
    assert note_bounces(office.store, notice("fine@example.org", key), now) == ()
    assert note_bounces(office.store, notice("later@example.org", "0" * 20), now) == ()
    assert note_bounces(office.store, notice("later@example.org", key, "4.2.2"), now) == ()
    (marked,) = note_bounces(office.store, notice("later@example.org", key), now)
    assert (marked.address, marked.state) == ("later@example.org", "bounced")
    assert note_bounces(office.store, b"From: x\n\nnot a notice", now) == ()


def notice(address: str, key: str, status: str = "5.1.1") -> bytes:
    """A delivery status notification as Postfix writes it."""
    return f"""From: MAILER-DAEMON@relay.example
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: message/rfc822

From: paper@harbour.example
Message-ID: <{key}@harbour.example>

text
--b--
""".encode()


def test_a_letter_whose_answer_was_lost_is_looked_up(
    make_office: MakeOffice, clean: Arrivals, ports: dict[str, Any]
) -> None:
    """The relay took it and hung up: its log says so, and no second letter goes out."""
    clean.faults["mail"] += ["hang up"]
    office = make_office(mail={"kind": "mail", "relay_log": str(ports["log"])})
    joined(office, "reader@example.org")
    keep(office, edition(1))
    send_due(office, patience_seconds=60)
    (delivery,) = office.store.outbox.find()
    assert delivery.state is State.DELIVERED
    assert "queue active" in delivery.receipt
    assert len(clean.messages["mail"]) == 1
    assert accepted(ports["log"], "<never@harbour.example>") == ""


def test_addresses_come_in_and_go_out(make_office: MakeOffice) -> None:
    """What is exported can be imported elsewhere; whoever left stays out; formulas stay text."""
    office = make_office(mail={"kind": "mail"})
    found = joined(office, "a@example.org", "+b@example.org", "none")
    channel, now = mailing_list(office.channels.values()), office.exits.clock.now()
    follow(office.store, sign(Wish(UNSUBSCRIBE, found[1].id), SECRET), SECRET, now)
    written = write_out(office.store.subscribers.find())
    assert "'+b@example.org" in written
    came_in = bring_in(office.store, channel, written, now, because="again")
    assert (came_in.added, came_in.known, came_in.bad) == (0, 1, ())
    states = {one.address: one.state for one in office.store.subscribers.find()}
    assert sorted(states.values()) == ["confirmed", "ended"]


def test_a_bad_row_makes_no_address_and_no_trace(make_office: MakeOffice) -> None:
    """A cell with a line end once became the address without it: mail to whom nobody named."""
    office = make_office(mail={"kind": "mail"})
    channel, now = mailing_list(office.channels.values()), office.exits.clock.now()
    rows = (
        '"a\nb@example.org",en\nc@example.org,=HYPERLINK(1)\nd@example.org,en-GB\ne@example.org,\n'
    )
    came_in = bring_in(office.store, channel, f"address,language\n{rows}", now, because="a test")
    assert came_in.bad == ("a\nb@example.org", "c@example.org")
    known = {one.address: one.language for one in office.store.subscribers.find()}
    assert known == {"d@example.org": "en", "e@example.org": ""}
    long = f"address\n{'a' * 200_000}\n"
    with pytest.raises(ConfigError, match="not CSV"):
        bring_in(office.store, channel, long, now, because="a test")
