"""Slack: Block Kit over an incoming webhook.

Limits: 50 blocks, 150 characters of a header, 3,000 of a block, and near 13,200 characters the
whole message is refused. Texts stand in rich text elements, which know no markup and no mentions:
what looks like <!channel> in a title is printed, not obeyed. No signature; the address is secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ribao.gateways.exits import Exits
from ribao.gateways.posting import Post
from ribao.gateways.web import Response
from ribao.publish.chat.answers import check_status, words
from ribao.publish.chat.bulletin import Bulletin, Piece
from ribao.publish.chat.channel import JSON_TYPE, Message, compact
from ribao.publish.chat.escapes import slack

BLOCKS = 50
HEADER = 150
BLOCK = 3_000
TOTAL = 12_000
Element = dict[str, Any]


class Slack:
    """Messages of blocks: a header, a line of remarks, one block of rich text a story."""

    kind = "slack"
    spacing_seconds = 1.1  # one message a second and channel
    secrets: tuple[str, ...] = ("URL",)

    def message(
        self, bulletin: Bulletin, pieces: Sequence[Piece], number: int, parts: int
    ) -> Message:
        """The blocks of one message."""
        head = (bulletin.masthead[: HEADER - 10] + bulletin.part(number, parts)).strip()
        blocks: list[Element] = [{"type": "header", "text": {"type": "plain_text", "text": head}}]
        if number == 1:
            opening = [_text(bulletin.title, bold=True)]
            for remark in bulletin.remarks:
                opening += [_text("\n"), _text(remark, italic=True)]
            blocks.append(_rich([_section(opening)]))
        for piece in pieces:
            if piece.opens and len(blocks) > 1:
                blocks.append({"type": "divider"})
            blocks.append(_rich(_piece(piece, bulletin)))
        if number == parts and bulletin.link:
            link = _link(bulletin.say("read-on"), bulletin.link, bold=True)
            blocks.append(_rich([_section([link])]))
        return {
            "text": slack(f"{head} {bulletin.title}"),  # what notifications show
            "blocks": blocks,
            "unfurl_links": False,
            "unfurl_media": False,
        }

    def within(self, message: Message) -> bool:
        """Blocks, characters of each and of all; one block is kept free for the link."""
        sizes = [characters(block) for block in message["blocks"]]
        return len(sizes) < BLOCKS and max(sizes) <= BLOCK and sum(sizes) <= TOTAL

    def post(self, name: str, message: Message, exits: Exits) -> Post:
        """The webhook."""
        url = exits.secrets.get(name, "URL")
        return Post(url=url, body=compact(message), headers=JSON_TYPE, subject=name)

    def receipt(self, subject: str, response: Response, exits: Exits) -> str:
        """Slack says ok."""
        check_status(subject, response, exits.clock.now())
        return words(response)


def characters(block: object) -> int:
    """The characters of all texts and addresses of a block."""
    if isinstance(block, dict):
        own = sum(len(block[key]) for key in ("text", "url") if isinstance(block.get(key), str))
        return own + sum(characters(value) for value in block.values())
    if isinstance(block, list):
        return sum(characters(one) for one in block)
    return 0


def _piece(piece: Piece, bulletin: Bulletin) -> list[Element]:
    head: list[Element] = []
    if piece.opens:
        head += [_text(piece.section, bold=True), _text("\n")]
    head.append(_link(piece.title, piece.url, bold=piece.large))
    if piece.text:
        head.append(_text(f"\n{piece.text}"))
    elements = [_section(head)]
    if piece.bullets:
        lines = [_section([_text(bullet)]) for bullet in piece.bullets]
        elements.append({"type": "rich_text_list", "style": "bullet", "elements": lines})
    if piece.sources:
        line = [_text(bulletin.say("sources"), italic=True)]
        for place, (outlet, url) in enumerate(piece.sources):
            line += [_text(" · ")] if place else []
            line.append(_link(outlet, url))
        elements.append(_section(line))
    return elements


def _rich(elements: list[Element]) -> Element:
    return {"type": "rich_text", "elements": elements}


def _section(elements: list[Element]) -> Element:
    return {"type": "rich_text_section", "elements": elements}


def _text(text: str, **style: bool) -> Element:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


def _link(text: str, url: str, *, bold: bool = False) -> Element:
    if not url:
        return _text(text, **({"bold": True} if bold else {}))
    element: Element = {"type": "link", "url": url, "text": text}
    return element | ({"style": {"bold": True}} if bold else {})
