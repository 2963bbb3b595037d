"""Feishu and Lark: cards (JSON 2.0) of a custom bot.

Limits: 20 KB a body, 5 messages a second and 100 a minute. The signature stands in the body: the
base64 of an HMAC-SHA256 of nothing with the key `timestamp LF secret`, in seconds, good for an
hour. An unknown property is an error.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence

from ribao.gateways.exits import Exits
from ribao.gateways.posting import Post
from ribao.gateways.web import Response
from ribao.publish.chat.answers import check_status, later, refused, table
from ribao.publish.chat.bulletin import Bulletin, Piece
from ribao.publish.chat.channel import JSON_TYPE, Message, compact
from ribao.publish.chat.escapes import feishu
from ribao.publish.chat.markdown import Marks

BODY = 20_000  # bytes
SIGNED = 100  # bytes that signature and time add
HEADER = 100  # characters that a card shows of its header
TOO_MANY = {9499, 11232}
MARKS = Marks(feishu)
BAD_SIGNATURE = {19021, 19022, 19024}  # time or secret, address, keyword


class Feishu:
    """Cards: the paper's name as header, one element a story, a button to the site."""

    kind = "feishu"
    spacing_seconds = 0.7  # 100 a minute
    secrets: tuple[str, ...] = ("URL",)

    def message(
        self, bulletin: Bulletin, pieces: Sequence[Piece], number: int, parts: int
    ) -> Message:
        """One card."""
        elements: list[Message] = []
        if number == 1:
            lines = [f"**{feishu(bulletin.title)}**", *map(feishu, bulletin.remarks)]
            elements.append(_markdown("\n".join(lines)))
        for piece in pieces:
            if piece.opens:
                elements += [{"tag": "hr"}] if elements else []
                elements.append(_markdown(f"**{feishu(piece.section)}**"))
            elements.append(_markdown(_piece(piece, bulletin)))
        if number == parts and bulletin.link:
            elements.append(
                {
                    "tag": "button",
                    "type": "primary",
                    "text": {"tag": "plain_text", "content": bulletin.say("read-on")},
                    "behaviors": [{"type": "open_url", "default_url": bulletin.link}],
                }
            )
        head = bulletin.masthead[:HEADER] + bulletin.part(number, parts)
        return {
            "msg_type": "interactive",
            "card": {
                "schema": "2.0",
                "header": {
                    "title": {"tag": "plain_text", "content": head},
                    "template": "carmine",
                },
                "body": {"elements": elements},
            },
        }

    def within(self, message: Message) -> bool:
        """Bytes of the body."""
        return len(compact(message)) + SIGNED <= BODY

    def post(self, name: str, message: Message, exits: Exits) -> Post:
        """The webhook, signed where the bot has a secret."""
        secret = exits.secrets.find(name, "SECRET")
        if secret:
            seconds = str(int(exits.clock.now().timestamp()))
            message = {"timestamp": seconds, "sign": signature(seconds, secret), **message}
        url = exits.secrets.get(name, "URL")
        return Post(url=url, body=compact(message), headers=JSON_TYPE, subject=name)

    def receipt(self, subject: str, response: Response, exits: Exits) -> str:
        """Code 0, whatever the HTTP status."""
        check_status(subject, response, exits.clock.now())
        answer = table(response)
        code, told = answer.get("code", answer.get("StatusCode")), str(answer.get("msg", ""))[:200]
        if code in TOO_MANY:
            raise later(subject, f"code {code} {told}", 60.0)
        if code in BAD_SIGNATURE:
            raise refused(subject, f"code {code} {told}", "look at the bot's security settings")
        if code != 0:
            raise refused(subject, f"code {code} {told}")
        return f"code {code}"


def signature(seconds: str, secret: str) -> str:
    """The signature of a time."""
    key = f"{seconds}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


def _markdown(text: str) -> Message:
    return {"tag": "markdown", "content": text}


def _piece(piece: Piece, bulletin: Bulletin) -> str:
    lines = [MARKS.title(piece, "-"), *MARKS.told(piece, "-")]
    if piece.sources:
        head = f"<font color='grey'>{feishu(bulletin.say('sources'))}</font>"
        lines.append(head + MARKS.sources(piece))
    return "\n".join(lines)
