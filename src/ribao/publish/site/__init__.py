"""A static site of all editions in a folder.

It is made from the `edition.json` files alone, so it can be made again at any time and comes out
the same. Pages need no JavaScript and fetch nothing; links between them are relative, so that the
site works under any address and from a disk.
"""

from __future__ import annotations

from ribao.publish.site.making import SiteOutput, publish_site, site_files

__all__ = ["SiteOutput", "publish_site", "site_files"]
