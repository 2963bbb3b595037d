"""publish: an edition -> files, each a rendering of the one `edition.json`.

Nothing is written twice: a file that holds the right bytes already is left untouched. Every file is
complete before any of them takes its place, and `edition.json` takes its place last, so that a
reader who finds it finds all that belongs to it.
"""

from __future__ import annotations

from ribao.publish.canonical import edition_bytes, read_edition
from ribao.publish.folder import publish
from ribao.publish.site import publish_site

__all__ = ["edition_bytes", "publish", "publish_site", "read_edition"]
