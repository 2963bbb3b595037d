"""Text out of small pieces of markup: titles and summaries. Linear in the length of its input.

Whole pages are the business of extract; this is for the one or two lines that a feed holds.
"""

from __future__ import annotations

import html
import re

# Every pattern stops at the next "<", so that a long row of "<" costs one step each.
_TAG = re.compile(r"<(?:[A-Za-z/][^<>]*|!--[^<>]*--|![A-Za-z\[][^<>]*|\?[^<>]*)>")
_BLOCK = re.compile(
    r"<(?:/?(?:p|div|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|figcaption|pre|dd|dt|dl)\b[^<>]*|br\b[^<>]*|hr\b[^<>]*)>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|acronym|address|applet|big|blink|b|body|br|center|cite|code|del|div|em|embed|font"
    r"|frame|frameset|h[1-6]|html|i|iframe|img|ins|kbd|li|link|mark|meta|object|ol|p|pre|q|s|small"
    r"|span|strike|strong|sub|sup|tt|u|ul|var|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
_UNSEEN = ("script", "style", "template", "noscript")
_COMMENT = ("<!--", "-->")
_HIDDEN = re.compile(r"<(?:!--|script|style|template|noscript)", re.IGNORECASE)
# Characters that no reader sees but that hide words from a checker: controls, zero width, marks
# of direction.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufeff]"
)
_CONTROLS = {code: None for code in range(128) if _INVISIBLE.match(chr(code))}
_C1 = re.compile("[\x80-\x9f]")
_SENTENCE_END = re.compile(r"[。！？!?]|\.(?=\s)")


def looks_like_markup(text: str) -> bool:
    """Say whether a text holds a tag or an escaped character."""
    return bool("<" in text and _TAG.search(text)) or bool(
        "&" in text and html.unescape(text) != text
    )


def text_of(markup: str, *, plain: bool = False) -> str:
    """Give the text of a piece of HTML, one line for each block; `plain` text is only tidied."""
    if not plain and "<" in markup:
        markup = _TAG.sub("", _BLOCK.sub("\n", _without_hidden(markup)))
    if not plain and "&" in markup:
        markup = html.unescape(markup)
    return tidy(markup)


def tidy(text: str) -> str:
    """Join runs of white space, keep line ends, and take out what cannot be seen."""
    if text.isprintable() and "  " not in text:  # the usual case, told at the speed of C
        return text.strip()
    text = text.translate(_CONTROLS) if text.isascii() else _INVISIBLE.sub("", _visible(text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(filter(None, lines))


def line_of(markup: str, *, plain: bool = False, once: bool = False) -> str:
    """Give a title: one line, without inline markup, escapes undone.

    Only tags of HTML go: "Vec<T>" is a title, not a tag. Titles are often escaped twice; `once` is
    for those that say what they are.
    """
    if not plain and "<" in markup:
        markup = _without_inline(markup)
    if not plain and "&" in markup:
        markup = html.unescape(markup)
        if "<" in markup and not once:
            markup = _without_inline(markup)
    if markup.isprintable():
        return " ".join(markup.split())
    return " ".join(_INVISIBLE.sub("", _visible(markup)).split())


def _without_inline(markup: str) -> str:
    return _INLINE.sub("", _without_hidden(markup))


def _without_hidden(markup: str) -> str:
    """Take out what a reader never sees: scripts, styles, comments."""
    if not _HIDDEN.search(markup):
        return markup
    for name in _UNSEEN:
        markup = _without(markup, f"<{name}", f"</{name}")
    return _without(markup, *_COMMENT)


def _visible(text: str) -> str:
    """Read the controls U+0080 to U+009F as Windows-1252, which is what wrote them."""
    text = text.replace("\u00a0", " ")
    return _C1.sub(_windows, text) if _C1.search(text) else text


def _windows(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "ignore")


def first_sentence(text: str, longest: int) -> str:
    """Give the first sentence of a text, cut at `longest` characters with an ellipsis."""
    line = text.split("\n", 1)[0]
    match = _SENTENCE_END.search(line, 8)
    line = line[: match.end()] if match and match.end() <= longest else line
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _without(markup: str, opening: str, closing: str) -> str:
    """Cut everything from each `opening` to the end of the tag that `closing` begins."""
    low = markup.lower()
    if len(low) != len(markup):  # a few capitals grow when lowered; then positions would not fit
        low = markup
    start = low.find(opening)
    if start < 0:
        return markup
    kept, position = [], 0
    while start >= 0:
        kept.append(markup[position:start])
        end = low.find(closing, start + len(opening))
        if end < 0:
            return "".join(kept)
        stop = low.find(">", end)
        position = len(markup) if stop < 0 else stop + 1
        start = low.find(opening, position)
    kept.append(markup[position:])
    return "".join(kept)
