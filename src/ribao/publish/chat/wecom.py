"""WeCom: Markdown of a group robot.

Limits: 4,096 bytes of content, 20 messages a minute. No signature; the address holds the key.
"""

from __future__ import annotations

from collections.abc import Sequence

from ribao.gateways.exits import Exits
from ribao.gateways.posting import Post
from ribao.gateways.web import Response
from ribao.publish.chat.answers import errcode_receipt
from ribao.publish.chat.bulletin import Bulletin, Piece
from ribao.publish.chat.channel import JSON_TYPE, Message, compact
from ribao.publish.chat.escapes import wecom
from ribao.publish.chat.markdown import Marks

CONTENT = 4_096  # bytes
TOO_MANY = {45009, 45033}
MARKS = Marks(wecom)


class WeCom:
    """Messages of the small Markdown that WeCom knows."""

    kind = "wecom"
    spacing_seconds = 3.1
    secrets: tuple[str, ...] = ("URL",)

    def message(
        self, bulletin: Bulletin, pieces: Sequence[Piece], number: int, parts: int
    ) -> Message:
        """One message."""
        lines = [f"### {wecom(bulletin.masthead)}{bulletin.part(number, parts)}"]
        if number == 1:
            lines.append(f"**{wecom(bulletin.title)}**")
            lines += [f"> {wecom(remark)}" for remark in bulletin.remarks]
        lines += [_piece(piece, bulletin) for piece in pieces]
        if number == parts and bulletin.link:
            lines.append(MARKS.link(bulletin.say("read-on"), bulletin.link))
        return {"msgtype": "markdown", "markdown": {"content": "\n".join(lines)}}

    def within(self, message: Message) -> bool:
        """Bytes of the content."""
        return len(message["markdown"]["content"].encode("utf-8", "replace")) <= CONTENT

    def post(self, name: str, message: Message, exits: Exits) -> Post:
        """The webhook."""
        url = exits.secrets.get(name, "URL")
        return Post(url=url, body=compact(message), headers=JSON_TYPE, subject=name)

    def receipt(self, subject: str, response: Response, exits: Exits) -> str:
        """Error code 0, whatever the HTTP status."""
        return errcode_receipt(subject, response, exits.clock.now(), (TOO_MANY, 60.0))


def _piece(piece: Piece, bulletin: Bulletin) -> str:
    lines = [f"#### {wecom(piece.section)}"] if piece.opens and piece.section else []
    lines += [MARKS.title(piece, "•"), *MARKS.told(piece, "•")]
    if piece.sources:
        head = f'<font color="comment">{wecom(bulletin.say("sources"))}</font>'
        lines.append(head + MARKS.sources(piece))
    return "\n".join(lines)
