"""What strangers wrote, made to stand as it is in each service's dialect of markup.

No text may become markup, a mention of people, or a link that is not ours. Every function takes
plain lines (`sanitise.plain`).
"""

from __future__ import annotations

import html
import re

JOINER = "\u2060"  # invisible, and enough to keep a service from seeing a name or an address
_SCHEME = re.compile(r"(?<=\w):(?=//)")
_DISCORD = re.compile(r"[\\`*_~|>#\[\]()<:@-]")
_FEISHU = re.compile(r"[&<>*~_`\[\]()#$\\!:@+-]")
_DINGTALK = re.compile(r"[\\`*_\[\]()~|#>!@]|^[-+](?=\s)|(?<=\w):(?=//)|^(\d+)[.)]")
_WECOM = str.maketrans("<>[]`*", "＜＞［］｀＊")
_DOMAIN = re.compile(r"(?<=[\w-])\.(?=[A-Za-z]{2,})")
_BARE = re.compile(r"(?<![\w])([@/#$])(?=\w)")


def slack(text: str) -> str:
    """Slack's three, for its fallback text; its cards are made of elements without markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def discord(text: str) -> str:
    """Every mark with a backslash; @ and : lose their meaning before names and addresses."""
    return _DISCORD.sub(lambda match: "\\" + match.group(), text)


def telegram(text: str) -> str:
    """HTML escapes, and nothing that looks like a name, a command, a tag or an address."""
    quiet = _BARE.sub(lambda match: match.group(1) + JOINER, text)
    quiet = _DOMAIN.sub("." + JOINER, quiet)
    quiet = _SCHEME.sub(":" + JOINER, quiet)
    return html.escape(quiet)


def feishu(text: str) -> str:
    """Character references, which Feishu's Markdown prints as the character."""
    return _FEISHU.sub(lambda match: f"&#{ord(match.group())};", text)


def dingtalk(text: str) -> str:
    """A backslash before each mark."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return _DINGTALK.sub(lambda match: _before_last(match.group()), safe)


def _before_last(mark: str) -> str:
    return f"{mark[:-1]}\\{mark[-1]}"


def wecom(text: str) -> str:
    """Full-width forms: its small Markdown knows no escapes."""
    return _SCHEME.sub("：", text.translate(_WECOM)).replace("#", "＃").replace("@", "＠")


def attribute(url: str) -> str:
    """An address inside an attribute of HTML."""
    return html.escape(url, quote=True)


def in_brackets(url: str) -> str:
    """An address inside a Markdown link, which ends at the first closing bracket."""
    return url.replace("(", "%28").replace(")", "%29")
