"""The one place where text and addresses of strangers are made safe to print.

What a feed says is data. In Markdown it may hold the marks of CommonMark, of kramdown, and of the
template languages through which site generators pass a page (Hugo's shortcodes, Liquid, Nunjucks);
in HTML it may hold markup. Every output passes every foreign string through one of the functions
here, and prints no address that `safe_url` returns as "".
"""

from __future__ import annotations

import json
import re
import unicodedata
from urllib.parse import quote, urlsplit

# Characters that change what surrounds them, or that no reader can see: controls, the bidirectional
# overrides with which a text can be shown in another order than it is stored, tags and surrogates.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[\\`*_\[\]~|]|\$(?=\$)")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;"}
_ENTITY_LIKE = re.compile(r"&(?=#?\w{1,40};)")
_SCHEME = re.compile(r"(?<=\w):(?=//)")
_LEADING = re.compile(r"^(?:([-+#:])|(\d{1,9})([.)])(?=\s|$))")
_CLOSING = re.compile(r"(?<=\s)#(?=#*\s*$)")  # a heading ends before marks that close it
_TEMPLATE = re.compile(r"\{(?=[{%#])")
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE_IN_PATH = "/~:@!$&'*+,=%-._"  # no ";": a reference such as &lt; would be read in Markdown


def plain(text: str) -> str:
    """One line of visible characters, single-spaced, in Unicode's composed form."""
    return _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text))).strip()


def markdown_text(text: str) -> str:
    """Text that every Markdown dialect and template language prints as it stands.

    Braces and angle brackets become character references, which all of them leave alone; marks of
    Markdown are escaped; addresses and mail addresses are kept from linking themselves.
    """
    safe = _ENTITY_LIKE.sub("&amp;", plain(text))
    safe = _MARKS.sub(lambda match: "\\" + match.group(), safe)
    safe = "".join(_ENTITIES.get(character, character) for character in safe)
    safe = _SCHEME.sub("&#58;", safe)
    safe = re.sub(r"\b(www)\.(?=\w)", r"\1&#46;", safe, flags=re.IGNORECASE)
    safe = re.sub(r"(?<=\S)@(?=\S)", "&#64;", safe)
    safe = safe.replace("--", "-&#45;")  # kramdown makes dashes of these
    safe = _CLOSING.sub(r"\#", safe)
    return _LEADING.sub(_escape_leading, safe)


def _escape_leading(match: re.Match[str]) -> str:
    if match.group(1):
        return "\\" + match.group(1)
    return f"{match.group(2)}\\{match.group(3)}"


def yaml_string(text: str) -> str:
    """A string of YAML front matter: JSON's form, which every YAML version reads as a string.

    Angle brackets are set wide, since themes print front matter without escaping it. A brace that
    opens something for a template language is written as an escape, which YAML reads as the brace:
    a tool that expands templates before it reads the front matter finds none.
    """
    return _yaml(_without_tags(plain(text)))


def yaml_lines(lines: list[str]) -> str:
    """Several lines as one string of YAML front matter, each with a dash before it."""
    text = "\n".join(f"- {_without_tags(plain(line))}" for line in lines)
    return _yaml(text)


def _yaml(text: str) -> str:
    return _TEMPLATE.sub(r"\\u007b", json.dumps(text, ensure_ascii=False))


def _without_tags(text: str) -> str:
    return text.replace("<", "\uff1c").replace(">", "\uff1e")


def safe_url(url: str) -> str:
    """The address in a form that may stand in Markdown and HTML; "" for any but http and https."""
    text = _UNSEEN.sub("", url).strip()
    if _SPACES.search(text) or "\\" in text:
        return ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return ""
    if re.search(r"[^\w.\-:\[\]]", host) or (port is not None and not 0 < port < 65536):
        return ""
    rest = quote(parts.path, safe=_SAFE_IN_PATH)
    if parts.query:
        rest += "?" + quote(parts.query, safe=_SAFE_IN_PATH + "?")
    if parts.fragment:
        rest += "#" + quote(parts.fragment, safe=_SAFE_IN_PATH + "?")
    rest = _STRAY.sub("%25", rest)  # a percent sign that escapes nothing is no part of an address
    return f"{parts.scheme}://{parts.netloc}{rest}"
