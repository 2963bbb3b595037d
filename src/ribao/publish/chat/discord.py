"""Discord: embeds over a webhook.

Limits: 10 embeds and 6,000 characters of them all, 256 of a title, 4,096 of a description. Nobody
is ever mentioned (`allowed_mentions`). No signature; the address is secret. With `wait` it answers
with the id of the message.
"""

from __future__ import annotations

from collections.abc import Sequence

from ribao.gateways.exits import Exits
from ribao.gateways.posting import Post
from ribao.gateways.web import Response
from ribao.publish.chat.answers import check_status, later, table
from ribao.publish.chat.bulletin import Bulletin, Piece
from ribao.publish.chat.channel import JSON_TYPE, Message, compact
from ribao.publish.chat.escapes import discord, in_brackets
from ribao.publish.chat.markdown import Marks
from ribao.publish.chat.packing import utf16

EMBEDS = 10
TOTAL = 6_000
TITLE = 256
DESCRIPTION = 4_096
MARKS = Marks(discord)
ACCENT = 0x9C1C14  # the red of the masthead


class Discord:
    """Messages of embeds: the head, one for each full story, one for the lines of a section."""

    kind = "discord"
    spacing_seconds = 2.1  # 30 a minute and webhook
    secrets: tuple[str, ...] = ("URL",)

    def message(
        self, bulletin: Bulletin, pieces: Sequence[Piece], number: int, parts: int
    ) -> Message:
        """The embeds of one message."""
        embeds: list[Message] = []
        if number == 1:
            remarks = "\n".join(discord(remark) for remark in bulletin.remarks)
            embeds.append(_embed(discord(bulletin.title), bulletin.link, remarks))
        shelf: Message | None = None  # the embed that gathers lines
        for piece in pieces:
            if piece.large:
                shelf = None
                text = _section(piece) + _told(piece, bulletin)
                embeds.append(_embed(discord(piece.title), piece.url, text))
                continue
            if shelf is None or piece.opens:
                shelf = _embed(discord(piece.section), "", "")
                embeds.append(shelf)
            shelf["description"] = f"{shelf.get('description', '')}\n{_line(piece)}".strip()
        content = f"**{discord(bulletin.masthead)}**{discord(bulletin.part(number, parts))}"
        if number == parts and bulletin.link:
            content += f" · [{discord(bulletin.say('read-on'))}]({in_brackets(bulletin.link)})"
        return {"content": content, "embeds": embeds, "allowed_mentions": {"parse": []}}

    def within(self, message: Message) -> bool:
        """Embeds, and characters of each and of all."""
        embeds = message["embeds"]
        titles = [utf16(embed.get("title", "")) for embed in embeds]
        texts = [utf16(embed.get("description", "")) for embed in embeds]
        return (
            len(embeds) <= EMBEDS
            and max(titles, default=0) <= TITLE
            and max(texts, default=0) <= DESCRIPTION
            and sum(titles) + sum(texts) <= TOTAL
            and utf16(message["content"]) <= 2_000
        )

    def post(self, name: str, message: Message, exits: Exits) -> Post:
        """The webhook, asked to wait until the message is there."""
        url = exits.secrets.get(name, "URL")
        url += ("&" if "?" in url else "?") + "wait=true"
        return Post(url=url, body=compact(message), headers=JSON_TYPE, subject=name)

    def receipt(self, subject: str, response: Response, exits: Exits) -> str:
        """The id of the message."""
        answer = table(response)
        if response.status == 429 and isinstance(answer.get("retry_after"), int | float):
            raise later(subject, "HTTP 429", float(answer["retry_after"]))
        check_status(subject, response, exits.clock.now())
        return f"message {answer.get('id', '')}"


def _embed(title: str, url: str, description: str) -> Message:
    if utf16(title) > TITLE:  # a title of marks doubles by its backslashes: it moves into the text
        head = f"[{title}]({in_brackets(url)})" if url else title
        title, description = "", f"**{head}**\n{description}"
    embed: Message = {"color": ACCENT}
    embed |= {"title": title} if title else {}
    embed |= {"url": url} if url and title else {}
    return embed | ({"description": description} if description else {})


def _section(piece: Piece) -> str:
    return f"-# {discord(piece.section)}\n" if piece.opens and piece.section else ""


def _told(piece: Piece, bulletin: Bulletin) -> str:
    lines = MARKS.told(piece, "-")
    if piece.sources:
        lines.append(f"-# {discord(bulletin.say('sources'))}{MARKS.sources(piece)}")
    return "\n".join(lines)


def _line(piece: Piece) -> str:
    text = f" {discord(piece.text)}" if piece.text else ""
    return f"- **{MARKS.link(piece.title, piece.url)}**{text}"
