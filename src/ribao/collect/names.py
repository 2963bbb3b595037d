"""One short name for each element that we read, however a feed spells its namespace."""

from __future__ import annotations

from functools import lru_cache

_PREFIXES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns#": "atom",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://backend.userland.com/rss191": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://cyber.law.harvard.edu/rss/rss.html": "",
    "http://example.com/newformat#": "",
    "http://example.com/necho": "atom",
    "http://purl.org/echo/": "atom",
    "uri/of/echo/namespace#": "atom",
    "http://purl.org/pie/": "atom",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
    "http://arxiv.org/schemas/atom": "arxiv",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "sitemap",
    "http://www.youtube.com/xml/schemas/2015": "yt",
}


@lru_cache(maxsize=4096)
def short_name(tag: str) -> str:
    """Turn `{http://purl.org/dc/elements/1.1/}creator` into `dc:creator`.

    Elements of a namespace that we do not know become `?:creator`.
    """
    if not tag.startswith("{"):
        # Without a declaration a prefix stays in the name; parsers in recovery give that.
        return tag.lower().removeprefix("rss:")
    space, _, local = tag[1:].partition("}")
    prefix = _PREFIXES.get(space.lower(), "?")
    return f"{prefix}:{local.lower()}" if prefix else local.lower()
