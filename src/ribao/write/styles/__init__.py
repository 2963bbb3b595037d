"""House styles: how long a story is told, and the words, names, units and signs of the paper.

A style is one TOML file: a built-in one of this folder by its name, or a path of one's own.
`shaped` sets the lengths, `dress` enforces the rest on what was written. Quotations stay as they
are, and verify runs after: a style may change how a thing is written, never what is said.
"""

from __future__ import annotations

from ribao.write.styles.dress import dress, dressed
from ribao.write.styles.style import Style, builtin_styles, load_style, shaped

__all__ = ["Style", "builtin_styles", "dress", "dressed", "load_style", "shaped"]
