"""The day on which something was said is no proof of when it happens.

"Said on Wednesday that it will close next year" has a day of this year, and bears "closes this
year" out no more than any other.
"""

from __future__ import annotations

import re
from functools import cache

from ribao.language.dates import DateMention
from ribao.verify.claims import DATE, Claim
from ribao.verify.evidence import Place
from ribao.verify.readers import signs

_LONG = frozenset({"month", "quarter", "season", "half", "year", "decade"})  # grains
_SHORT = frozenset({"day", "weekend", "week"})
_MORE_ZH = "公布 发布 通报 披露 报道 声明 公告 宣称 证实 承认"
_MORE_EN = "announced announces announcing reported reports disclosed confirmed published released"
_NEAR = 12  # characters before or behind a day that hold its verb


def only_of_saying(claim: Claim, text: str, told: Claim, place: Place) -> bool:
    """Tell whether a day of a report, within the time that is claimed, is only when it was said.

    `text` is the printed sentence. The report must have another time of the claimed kind beside
    it, and the print must not speak of the saying itself.
    """
    mine, day = claim.value, told.value
    if not isinstance(mine, DateMention) or not isinstance(day, DateMention):
        return False
    if mine.grain not in _LONG or day.grain not in _SHORT:
        return False
    start, end = told.start - place.start, told.end - place.start
    if not _is_said(place.text, start, end) or _is_said(text, claim.start, claim.end):
        return False
    others = (one.value for one in place.passage.claims(place.number, DATE))
    return any(
        isinstance(one, DateMention)
        and one.grain in _LONG
        and (one.last < mine.first or mine.last < one.first)
        for one in others
    )


def _is_said(text: str, start: int, end: int) -> bool:
    """Tell whether a verb of saying stands beside a day."""
    behind, before = _verbs()
    return bool(behind.match(text, end) or before.search(text, max(0, start - 2 * _NEAR), start))


@cache
def _verbs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    chinese = "|".join([*signs()["saying"].split(), *_MORE_ZH.split()])
    english = "|".join([*signs()["english_saying"].split(), *_MORE_EN.split()])
    return (
        re.compile(
            rf"[^，。；,;]{{0,6}}?(?:{chinese})|[ ]?,? [A-Z][^,.;]{{0,40}}? (?:{english})\b"
        ),
        re.compile(rf"\b(?:{english})(?: late| early)?(?: on)? \Z"),
    )
