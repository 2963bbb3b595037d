"""robots.txt by RFC 9309: which addresses of a host we may ask for, how fast, and for what use.

The product token must match as a whole; `User-agent: Name/1.2`, a byte order mark and the spellings
that Google's parser knows are read, too. Who fetches the file and how long it counts: `sites.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ribao.gateways.path_rules import Rule, deciding, rule, sort_rules
from ribao.gateways.signals import usage_opt_outs
from ribao.gateways.web import OptOut

MAX_BYTES = 524_288  # RFC 9309, 2.5 asks for at least 500 KiB; what follows is not read
MAX_RULES = 5_000  # of our group; sites with more have generated them, and they cost seconds
MAX_LINE = 16_664  # characters; Google's parser, too, reads eight times the longest address
TOKEN = re.compile(r"[A-Za-z_-]+|\*(?=\s|$)")
# Spellings that are common enough for Google's parser to know them.
FIELDS = {
    "user-agent": "user-agent",
    "useragent": "user-agent",
    "user agent": "user-agent",
    "allow": "allow",
    "disallow": "disallow",
    "dissallow": "disallow",
    "dissalow": "disallow",
    "disalow": "disallow",
    "diasllow": "disallow",
    "disallaw": "disallow",
    "crawl-delay": "crawl-delay",
    "content-signal": "content-signal",
    "content-usage": "content-usage",
}

LINE_END = re.compile(r"\r\n|\r|\n")
MARKS = (b"\xef\xbb\xbf", b"\xef\xbb", b"\xef")  # byte order marks, also those that lost a byte

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us."""

    rules: tuple[Rule, ...] = ()  # the deciding one first; none allows everything
    crawl_delay_seconds: float = 0.0
    usage: tuple[tuple[str, str, str], ...] = ()  # field, path prefix, statement

    def allows(self, url: str) -> bool:
        """Whether we may ask for an address."""
        decides = deciding(self.rules, url)
        return decides is None or decides.allows or urlsplit(url).path == "/robots.txt"

    def opt_outs(self, url: str) -> tuple[OptOut, ...]:
        """What it says about the use of an address; the longest path that fits decides."""
        path = urlsplit(url).path or "/"
        found: list[OptOut] = []
        for field in ("content-signal", "content-usage"):
            fitting = [row for row in self.usage if row[0] == field and path.startswith(row[1])]
            longest = max((len(prefix) for _, prefix, _ in fitting), default=0)
            for _, prefix, statement in fitting:
                if len(prefix) == longest:
                    found += usage_opt_outs(statement, f"robots.txt {field}")
        return tuple(dict.fromkeys(found))


NO_RULES = Rules()


def read_rules(content: bytes, product: str) -> Rules:
    """Read a robots.txt for the robot `product` (lower case); no content makes it raise."""
    mark = next((mark for mark in MARKS if content.startswith(mark)), b"")
    text = content[len(mark) : MAX_BYTES].decode("utf-8", "replace")
    paths: list[Rule] = []
    usage: list[tuple[str, str, str]] = []
    delay = 0.0
    for field, value in our_group(text, product):
        if field in {"allow", "disallow"}:
            if value and len(paths) < MAX_RULES:
                paths.append(rule(value, allows=field == "allow"))
        elif field == "crawl-delay":
            delay = max(delay, read_seconds(value))
        else:
            prefix, space, rest = value.partition(" ")
            scoped = bool(space) and prefix.startswith("/")
            usage.append((field, prefix if scoped else "/", rest if scoped else value))
    return Rules(sort_rules(paths), delay, tuple(usage))


def read_seconds(value: str) -> float:
    """A number of seconds; 0 for what is none."""
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < 1e6 else 0.0


def our_group(text: str, product: str) -> list[Line]:
    """The rules of all groups that name us or, where none does, of all that speak to everybody."""
    groups: dict[str, list[Line]] = {product: [], "*": []}
    named = False
    ours: set[str] = set()  # which of the two the group being read speaks to
    in_rules = False
    for line in LINE_END.split(text):
        field, value = read_line(line[:MAX_LINE])
        if field == "user-agent":
            ours = set() if in_rules else ours
            in_rules = False
            token = TOKEN.match(value)
            agent = token[0].lower() if token else ""
            named = named or agent == product
            ours |= {agent} & groups.keys()
        elif field:
            in_rules = True
            for agent in ours:
                groups[agent].append((field, value))
    return groups[product] if named else groups["*"]


def read_line(line: str) -> Line:
    """Split a line into a field that we know and its value; ("", "") for any other line."""
    content = line.partition("#")[0].strip()
    name, colon, value = content.partition(":")
    if not colon:  # `Disallow /path` is common enough for Google's parser to read it
        name, _, value = content.replace("\t", " ").partition(" ")
    field = FIELDS.get(name.strip().lower(), "")
    return (field, value.strip()) if field else ("", "")
