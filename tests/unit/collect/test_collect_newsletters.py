"""Newsletters: out of a Maildir, an mbox, one message, and a mail host."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from ribao.collect import collect, read_opml
from ribao.collect.newsletters import PASSWORD
from ribao.collect.plugin import source_kinds
from ribao.config import CollectSettings
from ribao.errors import ConfigError, RefusedError
from ribao.gateways import mailbox
from ribao.gateways.mailbox import Folder, read_folder
from ribao.model import Item, Source, SourceId
from ribao.outcome import Outcome, Reason
from tests.unit.collect.small_web import NOW, FakeWeb

KINDS = {kind.name: kind for kind in source_kinds()}


def letter(
    number: int = 1, html: str = "", plain: str = "Owls.\n\nFrom here on, more owls.\n"
) -> bytes:
    """An invented newsletter."""
    message = EmailMessage()
    message["From"] = "Owl Weekly <hello@owl.example>"
    message["Subject"] = f"Owls, no. {number}"
    message["Date"] = "Thu, 15 Jan 2026 08:00:00 +0800"
    message["Message-ID"] = f"<{number}@owl.example>"
    message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    return message.as_bytes()


HTML = """<p><a href="https://ads.example/x">Buy now</a></p><p>An owl learned to read.</p>
<a href="https://track.owl.example/1">Read more</a>
<a href="https://owl.example/w/1">View in your browser</a>"""


def read(url: str) -> Outcome[Item]:
    """Read one mailbox."""
    source = Source(SourceId("m"), "mailbox", url)
    return collect((source,), KINDS, FakeWeb({}), CollectSettings(), NOW)


def test_a_newsletter_is_an_item_with_its_online_address(tmp_path: Path) -> None:
    """The link that says so wins over advertisements and over the first link."""
    (tmp_path / "one.eml").write_bytes(letter(html=HTML))
    (item,) = read(str(tmp_path / "one.eml")).kept
    assert (item.title, item.url, item.outlet) == (
        "Owls, no. 1",
        "https://owl.example/w/1",
        "Owl Weekly",
    )
    assert "An owl learned to read." in item.body
    assert item.published_at == datetime(2026, 1, 15, tzinfo=UTC)


def test_maildir_and_mbox_give_the_same(tmp_path: Path) -> None:
    """A line that begins with From does not cut a message in two."""
    letters = [
        letter(n, plain=f"See https://owl.example/{n}\n\nFrom here on, owls.\n") for n in (1, 2)
    ]
    for name in ("new", "cur", "tmp"):
        (tmp_path / "mail" / name).mkdir(parents=True)
    (tmp_path / "mail" / "cur" / "1").write_bytes(letters[0])
    (tmp_path / "mail" / "new" / "2").write_bytes(letters[1])
    quoted = [raw.replace(b"\nFrom here", b"\n>From here") for raw in letters]
    (tmp_path / "box").write_bytes(
        b"".join(b"From a Thu Jan 15\n" + raw + b"\n\n" for raw in quoted)
    )
    folder, box = read(str(tmp_path / "mail")), read(str(tmp_path / "box"))
    assert sorted(item.title for item in folder.kept) == ["Owls, no. 1", "Owls, no. 2"]
    assert sorted(folder.kept, key=lambda item: item.id) == sorted(
        box.kept, key=lambda item: item.id
    )
    assert "\nFrom here on, owls." in box.kept[0].summary


def test_a_letter_without_any_link_is_dropped(tmp_path: Path) -> None:
    """Nothing could be cited."""
    (tmp_path / "one.eml").write_bytes(letter())
    assert [drop.reason for drop in read(str(tmp_path / "one.eml")).dropped] == [Reason.NO_LINK]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/nowhere/mail", "cannot read the mailbox"),
        ("imaps://owl@mail.example/News", f"{PASSWORD} is not set"),
        ("imaps://owl:secret@mail.example/News", "a password stands in an address"),
        ("imap://owl@mail.example/News", "wanted is imaps://USER@HOST/FOLDER"),
        ('imaps://owl@mail.example/a"b', "only printable ASCII"),
        ("https://mail.example/", "no such mailbox"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    url: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no password is printed."""
    monkeypatch.delenv(PASSWORD, raising=False)
    (failure,) = read(url).failed
    assert words in failure.error
    assert "secret" not in failure.error


def test_a_list_from_elsewhere_may_not_name_files_or_mailboxes() -> None:
    """OPML is passed around; it must not make us read our own machine."""
    for outline in (
        'xmlUrl="/etc/passwd" kind="jsonl"',
        'xmlUrl="https://a.example/" kind="mailbox"',
        'xmlUrl="imaps://me@host.example/INBOX"',
        'xmlUrl="file:///etc/passwd"',
    ):
        body = f"<opml><body><outline {outline}/></body></opml>".encode()
        with pytest.raises(ConfigError, match="not on the web"):
            read_opml(body, "list")
    (source,) = read_opml(
        b'<opml><body><outline xmlUrl="feed://a.example/rss"/></body></opml>', "x"
    )
    assert source.url == "https://a.example/rss"


class _Imap(socketserver.StreamRequestHandler):
    """As much of IMAP as one reading needs; two messages, one of them far too large."""

    seen: list[str]  # commands, on the server

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            self.server.seen.append(command)  # type: ignore[attr-defined]  # set by the fixture
            for row in self._answer(command):
                self.wfile.write(row)
            self.wfile.write(f"{tag} OK done\r\n".encode())
            if command == "LOGOUT":
                return

    def _answer(self, command: str) -> Iterator[bytes]:
        raw = letter()
        if command == "CAPABILITY":
            yield b"* CAPABILITY IMAP4rev1\r\n"
        elif "SEARCH" in command:
            yield b"* SEARCH 7 9\r\n"
        elif "RFC822.SIZE" in command:
            yield b"* 1 FETCH (UID 7 RFC822.SIZE 2000)\r\n"
            yield b"* 2 FETCH (UID 9 RFC822.SIZE 99000000)\r\n"
        elif "BODY.PEEK" in command:
            yield b"* 1 FETCH (UID 7 BODY[] {%d}\r\n" % len(raw) + raw + b")\r\n"
        elif command.startswith("EXAMINE"):
            yield b"* 2 EXISTS\r\n"


class _Plain:
    """A context that leaves the socket as it is: the server of the test has no certificate."""

    def wrap_socket(self, plain: object, **_: object) -> object:
        """Give it back."""
        return plain


@pytest.fixture
def imap() -> Iterator[socketserver.ThreadingTCPServer]:
    """A mail host on loopback."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Imap) as server:
        server.seen = []  # type: ignore[attr-defined]  # what the handler was asked
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_folder_is_read_and_not_changed(imap: socketserver.ThreadingTCPServer) -> None:
    """Read-only, peeking, the last days, and nothing that is too large."""
    folder = Folder("127.0.0.1", imap.server_address[1], "owl", "News")
    found = read_folder(folder, "secret", NOW, context=_Plain(), private=True)  # type: ignore[arg-type]  # see _Plain
    assert found == (letter(),)
    commands = imap.seen  # type: ignore[attr-defined]  # see the fixture
    assert "UID SEARCH SINCE 12-Jan-2026" in commands
    assert 'EXAMINE "News"' in commands
    assert not [one for one in commands if "FETCH 9" in one or "STORE" in one or "SELECT" in one]


def test_a_private_mail_host_is_refused(imap: socketserver.ThreadingTCPServer) -> None:
    """Before a byte is sent."""
    folder = Folder("localhost", imap.server_address[1], "owl", "News")
    with pytest.raises(RefusedError, match="not on the public internet"):
        read_folder(folder, "secret", NOW, context=_Plain())  # type: ignore[arg-type]  # see _Plain
    assert imap.seen == []  # type: ignore[attr-defined]  # see the fixture


def test_the_address_names_host_user_and_folder() -> None:
    """With the usual port and folder where they are left out."""
    assert Folder.parse("imaps://me%40owl.example@mail.example/A%20b") == Folder(
        "mail.example", mailbox.PORT, "me@owl.example", "A b"
    )
    assert Folder.parse("imaps://me@mail.example").name == "INBOX"
