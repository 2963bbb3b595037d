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
_CHANNEL = re.compile(r"(?:^|/channel/)(UC[\w-]{22})(?:$|/)")


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
            raise ContentError("this address names no channel", url, "wanted is /channel/UC...")
        return (Request(url, purpose="feed", conditional=True),)

    def parse(self, source: Source, response: Response) -> Outcome[Item]:
        """Read every video: its title, and its description as summary.

        Raises:
            ContentError: the answer is no feed.
        """
        return items_of(read_feed(response), source, response)
