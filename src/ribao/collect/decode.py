"""From the bytes of a feed to XML that can be read: encodings and the usual defects.

Sound documents never come here. What does is decoded by the encoding that fits, and mended: bare
`&`, named entities of HTML, control characters, text before the first tag, a DOCTYPE.
"""

from __future__ import annotations

import codecs
import html
import re

_DECLARED = re.compile(
    rb"^[^<]{0,256}<\?xml[^>]{0,256}?encoding\s*=\s*[\"']([A-Za-z0-9._\-]{1,40})[\"']"
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._\-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"<\?xml\b[^>]{0,512}\?>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BAD_REFERENCE = re.compile(
    r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(?:([A-Za-z][A-Za-z0-9]{1,31});?)?"
)
_CONTROL_REFERENCE = re.compile(
    r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE
)
_CAPITAL_HEX = re.compile(r"&#X(?=[0-9a-fA-F]{1,6};)")  # HTML reads it, XML does not
_BARE_LESS = re.compile(r"<(?![A-Za-z_/!?])")
FEW_CJK = 4  # characters that come out of a whole feed by accident less than once in a life
_ONE_BYTE = re.compile(r"iso-8859-|windows-125|cp125|latin|us-ascii|ascii")
_EAST_ASIAN = re.compile(r"gb|x-gbk|big5|shift|x-sjis|euc|ks_c|cp9")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What PHP prints before a feed when something is wrong, and where the feed begins after it.
COMPLAINT_CHARACTERS = 16_384
_COMPLAINT = re.compile(r"<(?:br|b|p|pre|div|font|table)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"<\?xml\b|<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)\b")
_SPACES = re.compile(r"\s+")
_START_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_BARE_VALUE = re.compile(r"(\s[A-Za-z_:][\w:.\-]*)=([^\s\"'<>=]+)(?=[\s/>])")
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PATTERNS = (  # how "<?xml" or "<rss" begins without a byte order mark
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"{\x00", "utf-16-le"),  # and JSON
    (b"\x00{", "utf-16-be"),
    (b"Lo\xa7\x94", "cp037"),  # "<?xm" in EBCDIC
)
# What is declared, and the wider encoding that is meant (the WHATWG's table does the same).
_WIDER = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "x-sjis": "cp932", "shift_jis": "cp932", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "big5": "big5hkscs", "windows-874": "cp874", "iso-8859-11": "cp874",
    "iso-8859-9": "cp1254", "utf8": "utf-8", "u16": "utf-16", "utf7": "", "utf-7": "",
    "unicode-1-1-utf-7": "",
}  # fmt: skip


def declared_encoding(body: bytes) -> str:
    """Return the encoding that the XML declaration names, in lower case, or ""."""
    match = _DECLARED.match(body[:1024])
    return match[1].decode("ascii").lower() if match else ""


def header_encoding(content_type: str) -> str:
    """Return the charset of a Content-Type header, in lower case, or ""."""
    match = _CHARSET.search(content_type)
    return match[1].lower() if match else ""


def is_really_utf8(body: bytes, declared: str) -> bool:
    """Tell whether a document that declares another encoding is in UTF-8.

    Text of another encoding is hardly ever valid UTF-8 by accident: beside a label of one byte a
    character that is enough, beside one of East Asia some such characters must come out, too.
    """
    if not declared or declared in ("utf-8", "utf8") or declared.startswith("utf-16"):
        return False
    if body.isascii():
        return False
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if _ONE_BYTE.match(declared):
        return True
    return _EAST_ASIAN.match(declared) is not None and len(_CJK.findall(text)) >= FEW_CJK


def decode(body: bytes, content_type: str = "") -> str:
    """Decode by byte order mark, header, declaration, then by trying; never raises.

    An encoding that does not fit the bytes is passed over, so one wrong label costs nothing.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    for mark, name in _PATTERNS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    names = [header_encoding(content_type), declared_encoding(body)]
    names = ["" if is_really_utf8(body, name) else name for name in names]
    if body[:1] == b"<":  # in UTF-16 and UTF-32 a zero byte would follow
        names = [name for name in names if not name.startswith(("utf-16", "utf-32", "ucs"))]
    wanted = [_WIDER.get(name, name) for name in names if name]
    # UTF-8 is so hard to hit by accident that it is tried before a label of one byte a character.
    order = ["utf-8", *wanted, "gb18030", "cp1252"]
    if wanted and wanted[0] != "cp1252":
        order = [*wanted, "utf-8", "gb18030", "cp1252"]
    for name in order:
        try:
            if name:
                return body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("utf-8" if not wanted else _known(wanted[0]), "replace")


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def mend(text: str) -> str:
    """Make a text well-formed enough for an XML parser: the defects that real feeds have."""
    text = text.lstrip("\ufeff")
    start = text.find("<")
    text = text[start:] if start > 0 else text
    if _COMPLAINT.match(text) and (document := _DOCUMENT.search(text, 0, COMPLAINT_CHARACTERS)):
        text = text[document.start() :]
    text = _XML_DECLARATION.sub("", text, count=1)
    text = _without_doctype(_CONTROL.sub("", text))
    return "".join(_outside_cdata(text))


def quote_attributes(text: str) -> str:
    """Put the values of attributes into quotes where they stand bare, as in `version=2.0`."""
    return _START_TAG.sub(lambda tag: _BARE_VALUE.sub(r'\1="\2"', tag[0]), text)


def _without_doctype(text: str) -> str:
    """Drop the document type: nothing in it is worth what it can do."""
    start = 0
    while not text[start : start + 9].upper().startswith("<!DOCTYPE"):
        after = _after_prolog(text, start)
        if after <= start:
            return text
        start = after
    close, bracket = text.find(">", start), text.find("[", start)
    if 0 <= bracket < close:
        end = text.find("]", bracket)
        close = text.find(">", end) if end >= 0 else close
    return text[:start] + text[close + 1 :] if close >= 0 else text


def _after_prolog(text: str, start: int) -> int:
    """Where a comment, an instruction or white space ends; `start` where there is none."""
    for opening, closing in (("<!--", "-->"), ("<?", "?>")):
        if text.startswith(opening, start):
            end = text.find(closing, start)
            return end + len(closing) if end >= 0 else start
    match = _SPACES.match(text, start)
    return match.end() if match else start


def _outside_cdata(text: str) -> list[str]:
    """Mend references outside of CDATA sections, and close a section that was left open."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<![CDATA[", position)) >= 0:
        parts.append(_references(text[position:start]))
        end = text.find("]]>", start)
        if end < 0:
            parts.append(html.escape(text[start + 9 :]))
            return parts
        parts.append(text[start : end + 3])
        position = end + 3
    parts.append(_references(text[position:]))
    return parts


def _references(text: str) -> str:
    if "&" in text:
        text = _CAPITAL_HEX.sub("&#x", _CONTROL_REFERENCE.sub("", text))
        text = _BAD_REFERENCE.sub(_reference, text)
    return _BARE_LESS.sub("&lt;", text) if "<" in text else text


def _reference(match: re.Match[str]) -> str:
    """A named entity of HTML becomes its character; anything else was a bare ampersand."""
    name = match[1]
    if name and match[0].endswith(";"):
        character = html.unescape(f"&{name};")
        if not character.startswith("&"):
            return html.escape(character)
    return "&amp;" + match[0][1:]
