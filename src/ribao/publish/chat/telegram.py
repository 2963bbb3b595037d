"""Telegram: HTML messages of a bot.

Limits: 4,096 UTF-16 units of visible text, 100 entities, one message a second and chat, 20 a minute
in a group. The token is part of the address, and secret.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from ribao.gateways.exits import Exits
from ribao.gateways.posting import Post
from ribao.gateways.web import Response
from ribao.publish.chat.answers import check_status, later, refused, table
from ribao.publish.chat.bulletin import Bulletin, Piece
from ribao.publish.chat.channel import JSON_TYPE, ChatOptions, Message, compact
from ribao.publish.chat.escapes import attribute, telegram
from ribao.publish.chat.packing import utf16

TEXT = 4_096
ENTITIES = 100
_TAG = re.compile(r"<[^>]*>")


class TelegramOptions(ChatOptions):
    """Further keys of a Telegram channel."""

    chat: str  # @name of a channel, or the number of a chat
    api: str = "https://api.telegram.org"  # or a Bot API server of one's own


class Telegram:
    """Messages of text with the few tags that Telegram knows."""

    kind = "telegram"
    spacing_seconds = 3.1  # 20 a minute and group
    secrets: tuple[str, ...] = ("TOKEN",)

    def __init__(self, options: TelegramOptions) -> None:
        """Hold the chat."""
        self._options = options

    def message(
        self, bulletin: Bulletin, pieces: Sequence[Piece], number: int, parts: int
    ) -> Message:
        """The text of one message."""
        lines = [f"<b>{telegram(bulletin.masthead)}</b>{bulletin.part(number, parts)}"]
        if number == 1:
            lines.append(f"<b>{telegram(bulletin.title)}</b>")
            lines += [f"<i>{telegram(remark)}</i>" for remark in bulletin.remarks]
        lines += [_piece(piece, bulletin) for piece in pieces]
        if number == parts and bulletin.link:
            lines.append(_link(bulletin.say("read-on"), bulletin.link))
        return {
            "chat_id": self._options.chat,
            "text": "\n\n".join(lines),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }

    def within(self, message: Message) -> bool:
        """Visible text and entities, with room for the link of the last message."""
        text = message["text"]
        return visible(text) <= TEXT and len(_TAG.findall(text)) // 2 <= ENTITIES

    def post(self, name: str, message: Message, exits: Exits) -> Post:
        """The method sendMessage of the bot."""
        url = f"{self._options.api.rstrip('/')}/bot{exits.secrets.get(name, 'TOKEN')}/sendMessage"
        return Post(url=url, body=compact(message), headers=JSON_TYPE, subject=name)

    def receipt(self, subject: str, response: Response, exits: Exits) -> str:
        """The number of the message."""
        answer = table(response)
        after = (answer.get("parameters") or {}).get("retry_after")
        told = str(answer.get("description", ""))
        if response.status == 429 and isinstance(after, int | float):
            raise later(subject, told, float(after))
        if 400 <= response.status < 500 and response.status != 429:
            raise refused(subject, f"HTTP {response.status} {told}"[:300])
        check_status(subject, response, exits.clock.now())
        return f"message {(answer.get('result') or {}).get('message_id', '')}"


def visible(text: str) -> int:
    """The length of what a reader sees, as Telegram counts it."""
    return utf16(html.unescape(_TAG.sub("", text)))


def _piece(piece: Piece, bulletin: Bulletin) -> str:
    lines = [f"<b>▍{telegram(piece.section)}</b>\n"] if piece.opens and piece.section else []
    title = _link(piece.title, piece.url)
    lines.append(f"<b>{title}</b>" if piece.large else f"• {title}")
    lines += [telegram(piece.text)] if piece.text else []
    lines += [f"– {telegram(bullet)}" for bullet in piece.bullets]
    if piece.sources:
        named = " · ".join(_link(outlet, url) for outlet, url in piece.sources)
        lines.append(f"<i>{telegram(bulletin.say('sources'))}</i>{named}")
    return "\n".join(lines)


def _link(text: str, url: str) -> str:
    return f'<a href="{attribute(url)}">{telegram(text)}</a>' if url else telegram(text)
