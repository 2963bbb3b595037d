"""A real IMAP server gives its newsletters, over TLS, and is left as it was."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ribao.collect.newsletters import MailboxKind
from ribao.errors import RefusedError, RetryableError
from ribao.gateways.mailbox import Folder, read_folder
from ribao.gateways.web import Response
from ribao.model import Source, SourceId

DOVECOT = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = [
    pytest.mark.client,
    pytest.mark.skipif(
        DOVECOT is None or shutil.which("openssl") is None or os.getuid() != 0,
        reason="needs dovecot-imapd and openssl (Debian packages), and root to run it",
    ),
]
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
PASSWORD = "throwaway"  # noqa: S105 - of a server that lives for one test
CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
auth_failure_delay = 0
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
first_valid_gid = 1
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}
}}
namespace inbox {{
  inbox = yes
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server, and where its mail lies."""

    port: int
    mail: Path
    trusting: ssl.SSLContext

    def folder(self, name: str = "INBOX", host: str = "localhost") -> Folder:
        """One of its folders."""
        return Folder(host, self.port, "owl", name)

    def flags(self) -> list[str]:
        """The flags of all messages, which a Maildir keeps in the names of their files."""
        files = [*self.mail.glob("new/*"), *self.mail.glob("cur/*")]
        return sorted(path.name.partition(":2,")[2] for path in files)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def deliver(mail: Path, name: str, subject: str, at: datetime, size: int = 0) -> None:
    """Put a message into the Maildir, as a mail program would have at that time."""
    path = mail / "new" / name
    text = f"<p>The {subject} came.</p>" + "x" * size
    path.write_text(
        f"From: Owl Post <news@owl.example>\nSubject: {subject}\nMessage-ID: <{name}@owl.example>\n"
        f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000\nContent-Type: text/html; charset=utf-8\n\n"
        f'{text}\n<a href="https://owl.example/{name}">View online</a>\n'
    )
    os.utime(path, (at.timestamp(), at.timestamp()))


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """A server of three recent messages, one far too large, and one of last month."""
    with tempfile.TemporaryDirectory(prefix="imap") as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o755)
        mail = folder / "mail"
        for part in ("new", "cur", "tmp"):
            (mail / part).mkdir(parents=True)
        deliver(mail, "1", "barn owl", NOW - timedelta(days=1))
        deliver(mail, "2", "tawny owl", NOW - timedelta(hours=1))
        deliver(mail, "3", "fat owl", NOW - timedelta(hours=2), size=6 * 2**20)
        deliver(mail, "4", "late owl", NOW - timedelta(days=30))
        subprocess.run(["chown", "-R", "nobody:nogroup", str(mail)], check=True)
        certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
        names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
        files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
        subprocess.run([*certificate, *names, *files], check=True, capture_output=True)
        config = folder / "dovecot.conf"
        config.write_text(CONFIG.format(folder=folder, port=port, password=PASSWORD))
        assert DOVECOT is not None
        with subprocess.Popen([DOVECOT, "-F", "-c", str(config)]) as server:
            wait_for(port, folder / "log")
            yield Dovecot(port, mail, ssl.create_default_context(cafile=folder / "cert.pem"))
            server.terminate()


def wait_for(port: int, log: Path) -> None:
    """Until somebody listens."""
    for _ in range(100):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"dovecot does not listen: {log.read_text() if log.exists() else 'no log'}")


def test_newsletters_are_read_and_nothing_is_marked(dovecot: Dovecot) -> None:
    """Those of three days that are no larger than a newsletter; twice the same."""
    before = dovecot.flags()
    for _ in range(2):
        found = read_folder(dovecot.folder(), PASSWORD, NOW, context=dovecot.trusting, private=True)
        subjects = [line for text in found for line in text.split(b"\r\n") if b"Subject" in line]
        assert subjects == [b"Subject: barn owl", b"Subject: tawny owl"]
    assert dovecot.flags() == before == [""] * 4
    response = Response("mail:", "mail:", 200, (), found[1], NOW)
    (item,) = MailboxKind().parse(Source(SourceId("post"), "mailbox", "mail:"), response).kept
    assert (item.title, item.url) == ("tawny owl", "https://owl.example/2")


def test_what_the_server_refuses_is_one_sentence(dovecot: Dovecot) -> None:
    """A wrong password, a folder that is not there; neither shows the password."""
    for folder, password, error in (
        (dovecot.folder(), "wrong-word", "AUTHENTICATIONFAILED"),
        (dovecot.folder("Nowhere"), PASSWORD, "has no folder: 'Nowhere'"),
    ):
        with pytest.raises(RetryableError, match=error) as caught:
            read_folder(folder, password, NOW, context=dovecot.trusting, private=True)
        assert password not in str(caught.value)


def test_a_server_that_cannot_be_trusted_gets_no_password(dovecot: Dovecot) -> None:
    """A certificate that nobody signed, one for another name, a host of one's own network."""
    folder, other = dovecot.folder(), dovecot.folder(host="127.0.0.1")
    with pytest.raises(RetryableError, match="self-signed certificate"):
        read_folder(folder, PASSWORD, NOW, private=True)
    with pytest.raises(RetryableError, match=r"certificate is not valid for '127\.0\.0\.1'"):
        read_folder(other, PASSWORD, NOW, context=dovecot.trusting, private=True)
    with pytest.raises(RefusedError, match="not on the public internet"):
        read_folder(folder, PASSWORD, NOW, context=dovecot.trusting)
