"""`sitemap.xml`: every page, its other language, and the day on which it last changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from lxml import etree

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(
    home: str,
    changed: Mapping[str, date],
    alternates: Mapping[str, Sequence[tuple[str, str]]],
) -> bytes:
    """The map of a site: paths with the day of their last change and their language versions."""
    root = etree.Element(
        f"{{{SITEMAP}}}urlset",
        nsmap={None: SITEMAP, "xhtml": XHTML},  # type: ignore[dict-item]  # lxml spells it None
    )
    for path in sorted(changed):
        url = etree.SubElement(root, f"{{{SITEMAP}}}url")
        etree.SubElement(url, f"{{{SITEMAP}}}loc").text = home + path
        etree.SubElement(url, f"{{{SITEMAP}}}lastmod").text = changed[path].isoformat()
        for language, address in alternates.get(path, ()):
            link = {"rel": "alternate", "hreflang": language, "href": address}
            etree.SubElement(url, f"{{{XHTML}}}link", link)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
