"""The built-in outputs, let in through the same door as anybody's."""

from __future__ import annotations

from collections.abc import Sequence

from ribao.model import Edition
from ribao.plugins.hooks import hookimpl
from ribao.plugins.kinds import Output, RenderedFile
from ribao.publish.audio import Audio, Podcast
from ribao.publish.book import Epub
from ribao.publish.canonical import edition_bytes
from ribao.publish.cover import Cover
from ribao.publish.html import Html
from ribao.publish.markdown import Markdown
from ribao.publish.print import Pdf
from ribao.publish.profiles import PROFILES
from ribao.publish.setting import folder
from ribao.publish.site import SiteOutput
from ribao.publish.wechat import WeChat


class Json:
    """The canonical form."""

    name = "json"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """One file, `edition.json`."""
        return (RenderedFile(f"{folder(edition)}/edition.json", edition_bytes(edition)),)


@hookimpl
def outputs() -> list[Output]:
    """Every rendering that ships; the settings choose among them by name."""
    return [
        Markdown(),
        Json(),
        Html(),
        Cover(),
        SiteOutput(),
        Epub(),
        Pdf(),
        WeChat(),
        Audio(),
        Podcast(),
        *PROFILES,
    ]
