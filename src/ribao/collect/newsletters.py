"""The kind `mailbox`: newsletters out of an IMAP folder, a Maildir, an mbox file or one message.

A newsletter is one item: its subject, its HTML, and the address at which it can be read online.
What it tells of is cut apart later, like any other round-up.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from ribao.collect.entry import Entry, Feed
from ribao.collect.items import items_of
from ribao.collect.markup import tidy
from ribao.errors import ConfigError, ContentError
from ribao.gateways.address import outlet_of
from ribao.gateways.mailbox import Folder, read_folder
from ribao.gateways.web import Request, Response
from ribao.model import Item, Source
from ribao.outcome import Outcome

PASSWORD = "RIBAO_IMAP_PASSWORD"  # noqa: S105 - the name of a variable, not a password
PREFIX = "RIBAO_IMAP_"  # a list of sources must not name other secrets and send them to a host
MAX_BYTES = 256 * 2**20  # of one mbox file
_FROM_LINE = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_NEEDS_QUOTE = re.compile(rb"^(>*From )", re.MULTILINE)
_ONLINE = re.compile(
    r"(?:view|read|open|see)\b.{0,30}\b(?:online|browser|web)\b|web version"
    r"|网页版|浏览器.{0,6}(?:查看|阅读|打开)|在线阅读",
    re.IGNORECASE,
)  # fmt: skip
_PLAIN_LINK = re.compile(r"https?://[^\s<>\"']+")


class MailboxKind:
    """Newsletters as items; nothing in the mailbox is changed."""

    name = "mailbox"

    def requests(self, source: Source) -> Sequence[Request]:
        """A mailbox is never fetched over HTTP.

        Raises:
            ConfigError: the source names a web address.
        """
        raise ConfigError(
            "no such mailbox", source.url, "wanted is imaps://USER@HOST/FOLDER or a path"
        )

    def local(self, source: Source, now: datetime) -> Response | None:
        """Read the messages, joined as one mbox.

        Raises:
            ConfigError: the path cannot be read, or no password is in the environment.
            RemoteError: the mail host cannot be read.
        """
        if source.url.startswith(("http:", "https:")):
            return None
        messages = _over_imap(source, now) if "://" in source.url else _from_path(source.url)
        return Response(source.url, source.url, 200, (), _joined(messages), now)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every message of an mbox, or the one message.

        Raises:
            ContentError: there is no message in it.
        """
        messages = [message_from_bytes(raw, policy=policy.default) for raw in _split(response.body)]
        found = [message for message in messages if message.keys()]
        if response.body.strip() and not found:
            raise ContentError("there is no mail in", source.url)
        feed = Feed("mailbox", entries=tuple(_entry(message) for message in found))
        return items_of(feed, source, response)


def _over_imap(source: Source, now: datetime) -> Iterable[bytes]:
    folder = Folder.parse(source.url)
    variable = source.option("password", PASSWORD)
    if not variable.startswith(PREFIX):
        raise ConfigError(
            "not the name of a mailbox's password", variable, f"it begins with {PREFIX}"
        )
    password = os.environ.get(variable, "")
    if not password:
        raise ConfigError("no password for the mailbox", source.url, f"{variable} is not set")
    return read_folder(folder, password, now)


def _from_path(url: str) -> Iterable[bytes]:
    """A Maildir or a folder of messages, an mbox, or one message."""
    path = Path(url.removeprefix("file:")).expanduser()
    try:
        if not path.is_dir():
            if path.stat().st_size > MAX_BYTES:
                raise ConfigError("the mailbox is too large", str(path), f"over {MAX_BYTES} bytes")
            return list(_split(path.read_bytes()))
        folders = [path / name for name in ("new", "cur") if (path / name).is_dir()] or [path]
        files = sorted(file for folder in folders for file in folder.iterdir() if file.is_file())
        return [file.read_bytes() for file in files]
    except OSError as error:
        raise ConfigError("cannot read the mailbox", str(path), str(error.strerror)) from error


def _joined(messages: Iterable[bytes]) -> bytes:
    """One mbox of all (the rd form: every line that looks like a separator is quoted)."""
    return b"".join(b"From ribao\n" + _NEEDS_QUOTE.sub(rb">\1", raw) + b"\n\n" for raw in messages)


def _split(body: bytes) -> Iterator[bytes]:
    if not body.startswith(b"From "):
        yield from [body] if body.strip() else []
        return
    for raw in _FROM_LINE.split(body):
        if raw.strip():
            yield _QUOTED_FROM.sub(rb"\1", raw)


def _entry(message: EmailMessage) -> Entry:
    html, plain = _part(message, "html"), _part(message, "plain")
    name, address = parseaddr(str(message.get("from", "")))
    link = _online(html, address) or next(iter(_PLAIN_LINK.findall(plain)), "")
    return Entry(
        title=" ".join(str(message.get("subject", "")).split()),
        link=link,
        guid=str(message.get("message-id", "")),
        summary="" if html else plain,
        content=html,
        plain=True,
        author=name,
        dates=(str(message["date"]),) if message["date"] else (),
        outlet=name or outlet_of(address.rpartition("@")[2]),
    )


def _part(message: EmailMessage, kind: str) -> str:
    """The text of the best part of that kind; "" where there is none that can be decoded."""
    part = message.get_body((kind,))
    try:
        content = part.get_content() if part is not None else ""
    except (LookupError, KeyError, UnicodeError, ValueError):
        return ""
    return content if isinstance(content, str) else ""


def _online(html: str, address: str) -> str:
    """Where a newsletter stands on the web: the link that says so, else one of its site."""
    if not html.strip():
        return ""
    try:
        page = lxml_html.document_fromstring(html.replace("\x00", ""))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    links = [
        (str(each.get("href", "")).strip(), tidy("".join(map(str, each.itertext()))))
        for each in page.iter("a")
    ]
    links = [(href, words) for href, words in links if href.startswith(("http://", "https://"))]
    home = outlet_of(address.rpartition("@")[2])
    told = [href for href, words in links if _ONLINE.search(words)]
    own = [href for href, _ in links if outlet_of(href) == home]
    return next(iter((*told, *own, *(href for href, _ in links))), "")
