"""The edition as a printed page: A4, in columns, as tagged PDF (PDF/UA-1), set by WeasyPrint.

Needs the extra `pdf` (docs/decisions/0009-other-forms.md says why WeasyPrint). Fonts are those of
the machine; what is set fetches nothing, whatever the text says.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from ribao.errors import ConfigError, PublishError
from ribao.model import Edition
from ribao.plugins.kinds import RenderedFile
from ribao.publish.fonts import chinese_font
from ribao.publish.html import Page, render
from ribao.publish.setting import SITE, day_path

HINT = "pip install 'ribao[pdf]', and Pango (Debian package libpango-1.0-0)"


class Pdf:
    """The edition as PDF, beside its page on the site."""

    name = "pdf"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """One file.

        Raises:
            ConfigError: WeasyPrint, Pango or a Chinese font is not installed.
            PublishError: WeasyPrint failed.
        """
        chinese_font()  # without one the page would be full of empty boxes, and nobody would say so
        page = render("print.html.j2", Page(edition))
        content = printed(page.decode(), edition.id.encode())
        return (RenderedFile(f"{SITE}/{day_path(edition)}edition.pdf", content),)


def printed(page: str, identifier: bytes) -> bytes:
    """An HTML page as tagged PDF; the same page gives the same bytes.

    Raises:
        ConfigError: WeasyPrint or Pango is not installed.
        PublishError: WeasyPrint failed.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - an optional extra, and slow to import
        from weasyprint.urls import URLFetcher  # noqa: PLC0415 - as above
    except (ImportError, OSError) as error:  # OSError: the library is there and Pango is not
        raise ConfigError("cannot print", "pdf", str(error), hint=HINT) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it says more than anybody wants
    try:
        nothing = URLFetcher(allowed_protocols=())  # all there is stands in the page
        document = HTML(string=page, url_fetcher=nothing, base_url="https://invalid.invalid/")
        content = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    except Exception as error:
        raise PublishError("cannot print", "pdf", str(error)) from error
    return bytes(content)
