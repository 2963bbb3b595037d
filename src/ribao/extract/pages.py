"""Fetches the pages of items that came without a body, and reads what comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ribao.config import ExtractSettings
from ribao.extract.bodies import Body, size
from ribao.extract.main_text import main_text
from ribao.gateways.own_address import own_address
from ribao.gateways.signals import forbids_models
from ribao.gateways.web import Request, Response, Web

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "big5": "big5hkscs"}


def page_bodies(
    asked: Mapping[int, str], bodies: Mapping[int, Body], web: Web, settings: ExtractSettings
) -> dict[int, Body]:
    """Fetch pages and return the bodies that are better than what the feed gave.

    A page that cannot be had or read is no failure of its item: the feed's text stays, and where
    that is nothing the reason stands beside it.
    """
    by_url: dict[str, list[int]] = {}
    for n, url in asked.items():
        by_url.setdefault(url, []).append(n)
    better: dict[int, Body] = {}
    for fetched in web.fetch_all(Request(url, purpose="page") for url in by_url):
        if fetched.response is not None:
            body = page_body(fetched.response, settings)
        else:
            body = Body((), "title-only", because=f"its page was not had: {fetched.error}")
        for n in by_url.get(fetched.request.url, ()):
            if size(body.text) > size(bodies[n].text) or (body.because and not bodies[n].blocks):
                better[n] = body
    return better


def page_body(response: Response, settings: ExtractSettings) -> Body:
    """The main text of one page as a body; empty where there is none, or none for us."""
    wish = next((one for one in response.opt_outs if forbids_models((one,))), None)
    if wish is not None:
        because = f"its publisher keeps it from models: '{wish.words}' ({wish.place})"
        return Body((), "title-only", because=because)
    kind = response.header("content-type").lower().split(";")[0].strip()
    if kind and "html" not in kind and kind != "text/plain":
        return Body((), "title-only", because=f"its page is {kind}, which is not read")
    blocks, name = main_text(decode_page(response), response.final_url or response.url)
    if not blocks:
        return Body((), "title-only", because="its page holds no text")
    letters = sum(size(block.text) for block in blocks)
    own = own_address(response.url, response)
    return Body(
        blocks, name, letters >= settings.min_body_letters, url=own.url, url_because=own.because
    )


def decode_page(response: Response) -> str:
    """Decode a page: declared charset first, then UTF-8, then GB 18030, which takes most bytes."""
    declared = _HEADER_CHARSET.search(response.header("content-type"))
    meta = _META_CHARSET.search(response.body[:4096])
    names = [declared.group(1)] if declared else []
    names += [meta.group(1).decode("ascii")] if meta else []
    for name in (*names, "utf-8", "gb18030"):
        try:
            return response.body.decode(_WIDER.get(name.lower(), name))
        except (UnicodeDecodeError, LookupError):
            continue
    return response.body.decode("utf-8", "replace")
