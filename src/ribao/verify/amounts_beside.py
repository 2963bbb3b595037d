"""What the words beside an amount make of it: people laid off, a share by which something falls."""

from __future__ import annotations

import re

from ribao.language.amounts import Quantity

_STAFF = frozenset({"person", "employee"})
# Who is laid off may be told as jobs: 裁员1.2万人, "12,000 jobs".
_LAID_OFF = re.compile(
    r"(?:裁员|裁减|裁撤|裁掉|减员|辞退|解雇|遣散)[^，。；、\d]{0,5}\Z"
    r"|\b(?:(?:lay(?:s|ing)?|laid) off"
    r"|(?:dismiss|sack|shed|cut|slash|fire)(?:e?[sd]|ting|ding|ing)?) [a-z ]{0,12}\Z"
)
_SHARES = frozenset({"percent", "fraction"})
_FALLS = re.compile(
    r"(?:[降跌减少低滑落缩])(?:了|约|近|超|逾|达到?|过|幅度?|为|[至到]|原来的?|此前的?|[ ])*\Z"
    r"|\b(?:fell|fall(?:s|en|ing)?|drop(?:s|ped)?|declin(?:ed?|es|ing)|down|lower(?:ed)?"
    r"|cut(?:s|ting)?|slid|shrank|shrunk|plunged|slumped|plummeted|reduc(?:ed?|es|ing)|dipped|tumbled|decreased?|lost|sank|slash(?:ed|es)|halv(?:ed?|es))"
    r"(?: [a-z]+){0,4}? \Z"
)
_LESS = re.compile(
    r" (?:lower|less|cheaper|fewer|smaller|below|off|decline|drop|fall|cut|reduction|decrease)\b"
)
_LENGTHS = frozenset({"minute", "hour", "day", "week", "month", "year"})
_SEEN = 40  # characters before an amount that may say what happens to it


def understood(found: Quantity, text: str) -> Quantity:
    """The quantity with what the words beside it say: the unit "laid-off", and whether it falls."""
    start = found.start
    if found.kind == "fraction" and found.per in _LENGTHS and found.text[:4].lower() == "half":
        return found._replace(kind="duration", unit=found.per, per="")  # half an hour
    if found.unit in _STAFF and _LAID_OFF.search(text, max(0, start - _SEEN), start):
        return found._replace(unit="laid-off")
    if found.kind in _SHARES and (
        _FALLS.search(text, max(0, start - _SEEN), start) or _LESS.match(text, found.end)
    ):
        return found._replace(falls=True)
    return found
