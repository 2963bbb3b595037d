"""DingTalk: action cards and Markdown of a custom robot.

Limits: 20 messages a minute, and ten minutes of silence for whoever passes them; about 20,000 bytes
a body. The signature stands in the address: the base64 of an HMAC-SHA256 of `timestamp LF secret`
with the secret as key, in milliseconds, good for an hour.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from urllib.parse import quote

from ribao.gateways.exits import Exits
from ribao.gateways.posting import Post
from ribao.gateways.web import Response
from ribao.publish.chat.answers import errcode_receipt
from ribao.publish.chat.bulletin import Bulletin, Piece
from ribao.publish.chat.channel import JSON_TYPE, Message, compact
from ribao.publish.chat.escapes import dingtalk
from ribao.publish.chat.markdown import Marks

BODY = 19_900  # bytes
TOO_MANY = {130101, 410100}
BLOCKED_SECONDS = 600.0
MARKS = Marks(dingtalk)


class DingTalk:
    """A card with a button to the site; plain Markdown where the paper has no site."""

    kind = "dingtalk"
    spacing_seconds = 3.1
    secrets: tuple[str, ...] = ("URL",)

    def message(
        self, bulletin: Bulletin, pieces: Sequence[Piece], number: int, parts: int
    ) -> Message:
        """One message."""
        head = bulletin.masthead + bulletin.part(number, parts)
        lines = [f"### {dingtalk(head)}"]
        if number == 1:
            lines.append(f"**{dingtalk(bulletin.title)}**")
            lines += [f"> {dingtalk(remark)}" for remark in bulletin.remarks]
        lines += [_piece(piece, bulletin) for piece in pieces]
        text = "\n\n".join(lines)
        if not bulletin.link or number != parts:
            return {"msgtype": "markdown", "markdown": {"title": head, "text": text}}
        return {
            "msgtype": "actionCard",
            "actionCard": {
                "title": head,
                "text": text,
                "singleTitle": bulletin.say("read-on"),
                "singleURL": bulletin.link,
            },
        }

    def within(self, message: Message) -> bool:
        """Bytes of the body."""
        return len(compact(message)) <= BODY

    def post(self, name: str, message: Message, exits: Exits) -> Post:
        """The webhook, signed where the robot has a secret."""
        url, secret = exits.secrets.get(name, "URL"), exits.secrets.find(name, "SECRET")
        if secret:
            millis = str(int(exits.clock.now().timestamp() * 1000))
            sign = quote(signature(millis, secret), safe="")
            url += f"{'&' if '?' in url else '?'}timestamp={millis}&sign={sign}"
        return Post(url=url, body=compact(message), headers=JSON_TYPE, subject=name)

    def receipt(self, subject: str, response: Response, exits: Exits) -> str:
        """Error code 0, whatever the HTTP status."""
        return errcode_receipt(subject, response, exits.clock.now(), (TOO_MANY, BLOCKED_SECONDS))


def signature(millis: str, secret: str) -> str:
    """The signature of a time."""
    digest = hmac.new(secret.encode(), f"{millis}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _piece(piece: Piece, bulletin: Bulletin) -> str:
    blocks = [f"#### {dingtalk(piece.section)}"] if piece.opens and piece.section else []
    blocks += [MARKS.title(piece, "-"), *MARKS.told(piece, "-")]
    if piece.sources:
        blocks.append(dingtalk(bulletin.say("sources")) + MARKS.sources(piece))
    return "\n\n".join(blocks)
