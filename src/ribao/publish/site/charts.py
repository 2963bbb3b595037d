"""Bars as inline SVG, without style attributes, for pages that admit one style sheet.

Bars stretch with their place, so they hold no text: labels and numbers stand beside them in the
table or caption that the chart is part of, which is also what a screen reader reads.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

STEP, HEIGHT = 10, 40  # units of the drawing for one day and for the fullest day


def columns(counts: Sequence[int], most: int, label: str = "") -> Markup:
    """One column a day; `label` says in words what they show ("": a table beside it does)."""
    bars = "".join(
        f'<rect x="{at * STEP + 2}" y="{HEIGHT - tall:g}" width="{STEP - 4}" height="{tall:g}"/>'
        for at, count in enumerate(counts)
        if (tall := round(HEIGHT * count / max(most, 1), 1))
    )
    return _drawing(bars, len(counts) * STEP, HEIGHT, "columns", label)


def bar(count: int, most: int) -> Markup:
    """One bar across; its number stands beside it."""
    width = round(100 * count / max(most, 1), 1)
    return _drawing(f'<rect width="{width:g}" height="10"/>', 100, 10, "bar", "")


def _drawing(shapes: str, width: int, height: int, kind: str, label: str) -> Markup:
    spoken = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return Markup(  # noqa: S704 - numbers of ours; the label is escaped
        f'<svg class="{kind}" viewBox="0 0 {width} {height}" preserveAspectRatio="none" '
        f'focusable="false" {spoken}>{shapes}</svg>'
    )
