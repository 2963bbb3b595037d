"""The kind `youtube`: the videos of a channel, by the feed that YouTube gives without a key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from ribao.collect.feed import read_feed
from ribao.collect.items import items_of
from ribao.errors import ContentError
from ribao.gateways.web import Request, Response
from ribao.model import Item, Source
from ribao.outcome import Outcome

_FEED = "https://www.youtube.com/feeds/videos.xml"
_CHANNEL = re.compile(r"(?:^|/channel/)(UC[\w-]{22})(?:$|[/?#])")
# How the page of a handle names its channel: its feed, its own address, its data.
_NAMED = re.compile(
    rb"""(?:[?&]channel_id=|youtube\.com/channel/|"(?:channelId|externalId)"\s*:\s*")(UC[\w-]{22})"""
)


class YoutubeKind:
    """A channel by its feed, its page (`/channel/UC...`) or its identifier alone."""

    name = "youtube"

    def requests(self, source: Source) -> Sequence[Request]:
        """The feed of the channel.

        Raises:
            ContentError: the address names no channel.
        """
        url = source.url
        if match := _CHANNEL.search(url):
            url = f"{_FEED}?channel_id={match[1]}"
        elif urlsplit(url).path != urlsplit(_FEED).path:
            raise ContentError(
                "this address names no channel", url, "wanted is /channel/UC...",
                hint="`ribao sources add URL` finds the channel of a handle such as /@name",
            )  # fmt: skip
        return (Request(url, purpose="feed", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every video: its title, and its description as summary.

        Raises:
            ContentError: the answer is no feed.
        """
        return items_of(read_feed(response), source, response)


def is_handle(url: str) -> bool:
    """Tell whether an address is a page of YouTube that may name a channel, such as `/@name`."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return host == "youtube.com" and parts.path.startswith(("/@", "/c/", "/user/"))


def channel_of(response: Response) -> str:
    """The address of the channel that a page names.

    Raises:
        ContentError: it names none, or several.
    """
    first = re.search(rb"<link[^>]{0,400}channel_id=(UC[\w-]{22})", response.body)
    found = {first[1]} if first else set(_NAMED.findall(response.body))
    if len(found) != 1:
        detail = "it names no channel" if not found else f"it names {len(found)} channels"
        raise ContentError("the channel of this page cannot be told", response.url, detail)
    return f"https://www.youtube.com/channel/{found.pop().decode('ascii')}"
