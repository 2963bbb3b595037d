"""Stand-ins for the services that editions are sent to, as strict as those are documented to be.

One HTTP server plays Slack, Discord, Telegram, Feishu, DingTalk, WeCom and a receiver of signed
webhooks: it checks signatures, sizes and markup, refuses what they would refuse, counts what
arrived, and can be told to say "later" or to hang up after having taken a message. One SMTP server
takes mail and keeps a log. `python -m bench._channel_fakes FOLDER` runs both as a process of its
own, prints its ports and appends every arrival to FOLDER/arrivals.jsonl.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import html
import json
import re
import socket
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from standardwebhooks import Webhook

HOUR = 3_600
WEBHOOK_SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes for the webhook").decode()
SIGN_SECRET = "SEC-of-the-robots"  # noqa: S105 - of a fake
TOKEN = "123456:fake"  # noqa: S105 - of a fake
TAGS = {"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"}

Verdict = tuple[int, dict[str, Any]]  # HTTP status and the answer


class RefusedError(Exception):
    """What a service would say no to."""


@dataclass(slots=True)
class Arrivals:
    """What came, by service; a fault is used up by the next message."""

    messages: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    keys: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    refusals: list[tuple[str, str]] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    log: Path | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, service: str, key: str, message: object) -> None:
        """Count one message."""
        with self.lock:
            self.messages[service].append(message)
            self.keys[service].append(key)
            if self.log is not None:
                with self.log.open("a") as file:
                    file.write(json.dumps([service, key]) + "\n")


def need(good: object, complaint: str) -> None:
    """Refuse a message."""
    if not good:
        raise RefusedError(complaint)


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def texts(node: object) -> str:
    """All text of Slack's elements."""
    if isinstance(node, dict):
        own = node.get("text") if isinstance(node.get("text"), str) else ""
        return str(own) + "".join(texts(value) for value in node.values())
    return "".join(texts(one) for one in node) if isinstance(node, list) else ""


def slack(message: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    """Block Kit: known blocks, their sizes, and addresses of the web only."""
    blocks = message["blocks"]
    need(len(blocks) <= 50, "too many blocks")
    for block in blocks:
        need(block["type"] in {"header", "rich_text", "divider", "section", "context"}, "block")
        need(len(texts(block)) <= (150 if block["type"] == "header" else 3_000), "text too long")
    need(len(texts(blocks)) <= 13_200, "msg_blocks_too_long")
    need("<!" not in message["text"] and "<@" not in message["text"], "a mention")
    for url in re.findall(r'"url": "([^"]*)"', json.dumps(message)):
        need(url.startswith(("http://", "https://")), "bad url")
    return str(message["text"])


def discord(message: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    """Embeds: their sizes; anybody may be mentioned unless the message forbids it."""
    embeds = message.get("embeds", [])
    need(len(embeds) <= 10, "embeds")
    for embed in embeds:
        need(units(embed.get("title", "")) <= 256, "embed title")
        need(units(embed.get("description", "")) <= 4_096, "embed description")
        need(embed.get("title") or embed.get("description"), "an empty embed")
    whole = sum(units(one.get("title", "") + one.get("description", "")) for one in embeds)
    need(whole <= 6_000, "embeds too long together")
    need(units(message.get("content", "")) <= 2_000, "content")
    need(message.get("allowed_mentions") == {"parse": []}, "may mention everybody")
    return str(message["content"])


def telegram(message: Mapping[str, Any], request: Mapping[str, Any]) -> str:
    """HTML mode: known tags, closed in order, 4,096 visible units, 100 entities."""
    need(request["path"] == f"/telegram/bot{TOKEN}/sendMessage", "Unauthorized")
    need(message["chat_id"], "chat not found")
    text, entities = message["text"], 0
    opened: list[str] = []
    need(message.get("parse_mode") == "HTML", "parse mode")
    for close, name in re.findall(r"<(/?)([a-z-]+)(?:\s[^>]*)?>", text):
        need(name in TAGS, f"Unsupported start tag {name}")
        if close:
            need(opened and opened.pop() == name, "Unexpected end tag")
        else:
            opened.append(name)
            entities += 1
    rest = re.sub(r"</?[a-z-]+(?:\s[^>]*)?>", "", text)
    need(not opened and "<" not in rest, "can't parse entities")
    visible = html.unescape(rest)
    need(units(visible) <= 4_096, "message is too long")
    need(entities <= 100, "too many entities")
    need(not re.search(r"(?<!\w)@\w", visible), "a mention of somebody")
    return visible


def feishu(message: Mapping[str, Any], request: Mapping[str, Any]) -> str:
    """Cards of JSON 2.0: signature, size, no property that it does not know."""
    seconds = str(message.get("timestamp", ""))
    key = f"{seconds}\n{SIGN_SECRET}".encode()
    good = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    need(hmac.compare_digest(str(message.get("sign")), good), "19021 sign match fail")
    need(abs(time.time() - int(seconds)) < HOUR, "19021 timestamp")
    need(request["size"] <= 20 * 1_024, "11246 too large")
    need(set(message) == {"timestamp", "sign", "msg_type", "card"}, "9499 unknown property")
    card = message["card"]
    need(set(card) == {"schema", "header", "body"}, "unknown property of a card")
    for element in card["body"]["elements"]:
        allowed = {
            "markdown": {"tag", "content"},
            "hr": {"tag"},
            "button": {"tag", "type", "text", "behaviors"},
        }
        need(set(element) == allowed.get(element["tag"]), "unknown property of an element")
        need("<at" not in element.get("content", ""), "a mention of somebody")
    return str(card["header"]["title"]["content"])


def dingtalk(message: Mapping[str, Any], request: Mapping[str, Any]) -> str:
    """Markdown or an action card: signature in the address, size."""
    query = {name: values[0] for name, values in parse_qs(request["query"]).items()}
    millis = query.get("timestamp", "0")
    told = f"{millis}\n{SIGN_SECRET}".encode()
    good = base64.b64encode(hmac.new(SIGN_SECRET.encode(), told, hashlib.sha256).digest()).decode()
    need(hmac.compare_digest(query.get("sign", ""), good), "310000 sign not match")
    need(abs(time.time() * 1_000 - int(millis)) < HOUR * 1_000, "310000 timestamp")
    need(request["size"] <= 20_000, "460101 message too long")
    kind = message["msgtype"]
    need(kind in {"markdown", "actionCard"}, "40035 type")
    need("isAtAll" not in json.dumps(message), "a mention of everybody")
    return str(message[kind]["title"])


def wecom(message: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    """Markdown of 4,096 bytes."""
    content = message["markdown"]["content"]
    need(len(content.encode()) <= 4_096, "40058 exceed max length 4096")
    need("<@" not in content, "a mention of somebody")
    return str(content.splitlines()[0])


def webhook(_: Mapping[str, Any], request: Mapping[str, Any]) -> str:
    """The reference verifier of Standard Webhooks."""
    Webhook(WEBHOOK_SECRET).verify(request["body"], request["headers"])
    return str(request["headers"]["webhook-id"])


def by_apprise(message: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    """What Apprise posts to an address of json://."""
    need(len(message["title"]) + len(message["message"]) <= 1_000, "too long")
    return str(message["title"])


CHECKS: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], str]] = {
    "slack": slack, "discord": discord, "telegram": telegram, "feishu": feishu,
    "dingtalk": dingtalk, "wecom": wecom, "webhook": webhook, "apprise": by_apprise,
}  # fmt: skip
GOOD: Mapping[str, Verdict] = {
    "slack": (200, {"": "ok"}),
    "discord": (200, {"id": "900"}),
    "telegram": (200, {"ok": True, "result": {"message_id": 7}}),
    "feishu": (200, {"code": 0, "msg": "success"}),
    "dingtalk": (200, {"errcode": 0, "errmsg": "ok"}),
    "wecom": (200, {"errcode": 0, "errmsg": "ok"}),
    "webhook": (204, {}),
    "apprise": (200, {}),
}
BUSY: Mapping[str, Verdict] = {  # each says "later" in its own way
    "slack": (429, {}),
    "discord": (429, {"message": "You are being rate limited.", "retry_after": 2.0}),
    "telegram": (429, {"ok": False, "description": "later", "parameters": {"retry_after": 2}}),
    "feishu": (200, {"code": 11232, "msg": "frequency limited"}),
    "dingtalk": (200, {"errcode": 130101, "errmsg": "send too fast"}),
    "wecom": (200, {"errcode": 45009, "errmsg": "api freq out of limit"}),
    "webhook": (503, {}),
}


def refusal(service: str, complaint: str) -> Verdict:
    """A refusal as the service words it."""
    if service == "feishu":
        code = re.match(r"\d+", complaint)
        return 200, {"code": int(code.group()) if code else 10_000, "msg": complaint}
    if service in {"dingtalk", "wecom"}:
        return 200, {"errcode": 40_000, "errmsg": complaint}
    return 400, {"ok": False, "description": complaint}


class Handler(BaseHTTPRequestHandler):
    """One request to one of the services."""

    protocol_version = "HTTP/1.1"
    arrivals: Arrivals

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Check, count, answer."""
        body = self.rfile.read(int(self.headers["content-length"]))
        parts = urlsplit(self.path)
        service = parts.path.split("/")[1]
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = {
            "path": parts.path, "query": parts.query, "headers": headers, "body": body,
            "size": len(body),
        }  # fmt: skip
        fault = self.arrivals.faults[service].pop(0) if self.arrivals.faults[service] else ""
        if fault == "busy":
            self._answer(service, *BUSY[service])
            return
        if fault.isdigit():
            self._answer(service, int(fault), {})
            return
        try:
            message = json.loads(body)
            key = CHECKS[service](message, request)
        except (RefusedError, KeyError, TypeError, ValueError) as error:
            self.arrivals.refusals.append((service, str(error)))
            self._answer(service, *refusal(service, str(error)))
            return
        self.arrivals.take(service, key, message)
        if fault == "hang up":  # it was taken, and nobody will hear of it
            self.close_connection = True
            return
        self._answer(service, *GOOD[service])

    def _answer(self, service: str, status: int, table: Mapping[str, Any]) -> None:
        text = b"ok" if table == {"": "ok"} else json.dumps(table).encode() if table else b""
        self.send_response(status)
        if status in {429, 503} and service in {"slack", "webhook"}:
            self.send_header("Retry-After", "2")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


class Quiet(ThreadingHTTPServer):
    """A server that does not mind clients which are killed."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


def serve_chats(arrivals: Arrivals) -> ThreadingHTTPServer:
    """All services on one free port of loopback; close with `shutdown` and `server_close`."""
    handler = type("Handler", (Handler,), {"arrivals": arrivals})
    server = Quiet(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


class Relay:
    """Keeps what it takes, writes a log as Postfix does, and knows who is not there."""

    def __init__(self, arrivals: Arrivals, log: Path) -> None:
        """Hold the log."""
        self.arrivals, self.log, self.number = arrivals, log, 0

    async def handle_RCPT(  # noqa: N802 - the library's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        """Refuse whoever is called gone, for good, and whoever is called full, for now."""
        if address.startswith("gone"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("full"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a message."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        identifier = str(message_from_bytes(content)["Message-ID"])
        self.number += 1
        queue = f"Q{self.number:08X}"
        with self.log.open("a") as file:
            file.write(f"postfix/cleanup[1]: {queue}: message-id={identifier}\n")
            file.write(f"postfix/qmgr[1]: {queue}: from=<x>, nrcpt=1 (queue active)\n")
        self.arrivals.take("mail", f"{envelope.rcpt_tos[0]} {identifier}", content)
        if self.arrivals.faults["mail"]:
            self.arrivals.faults["mail"].pop(0)
            assert isinstance(_server.transport, asyncio.Transport)
            _server.transport.abort()  # it was taken, and nobody will hear of it
        return f"250 2.0.0 Ok: queued as {queue}"


def free_port() -> int:
    """A port that was free a moment ago: the controller wants to know it beforehand."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve_mail(arrivals: Arrivals, log: Path) -> Controller:
    """A relay on a free port of loopback; end it with `stop`."""
    log.touch()
    controller = Controller(Relay(arrivals, log), hostname="127.0.0.1", port=free_port())
    controller.start()
    return controller


def main() -> None:
    """Serve until standard input ends."""
    folder = Path(sys.argv[1])
    arrivals = Arrivals(log=folder / "arrivals.jsonl")
    chats, mail = serve_chats(arrivals), serve_mail(arrivals, folder / "mail.log")
    print(json.dumps({"chats": chats.server_port, "mail": mail.port}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
