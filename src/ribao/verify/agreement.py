"""When a claim and the words of a report agree, and when both cannot be true."""

from __future__ import annotations

import re

from ribao.language import amounts
from ribao.language.dates import DateMention, contains, same_time
from ribao.language.names import NameMention
from ribao.language.quantities import Quantity
from ribao.language.versions import Version
from ribao.verify.claims import Claim

_NUMBER_UNITS = frozenset({"number", "count"})


def agrees(claim: Claim, told: Claim) -> bool:
    """Tell whether the words of a report (`told`) bear the claim out."""
    mine, theirs = claim.value, told.value
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        return amounts.same_value(mine, theirs)
    if isinstance(mine, DateMention) and isinstance(theirs, DateMention):
        return same_time(mine, theirs)
    if isinstance(mine, NameMention) and isinstance(theirs, NameMention):
        return f"{theirs.id} ".startswith(f"{mine.id} ")
    if isinstance(mine, Version | NameMention) and isinstance(theirs, Version | NameMention):
        return same_words(claim, told)
    return False


def same_words(claim: Claim, told: Claim) -> bool:
    """Tell whether two claims are the same words, spaces, hyphens and case apart."""
    return _plain(claim.text.casefold()) == _plain(told.text.casefold())


def contradicts(claim: Claim, told: Claim) -> bool:
    """Tell whether the claim and the words of a report cannot both be true of one thing."""
    mine, theirs = claim.value, told.value
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        return amounts.conflicts(mine, theirs)
    if isinstance(mine, DateMention) and isinstance(theirs, DateMention):
        return mine.grain == theirs.grain and not _overlap(mine, theirs)
    if isinstance(mine, Version) and isinstance(theirs, Version):
        return family_of(mine.name) == family_of(theirs.name)
    return False


def shifted(claim: Claim, told: Claim) -> bool:
    """Tell whether relative words ("明年") mean another time when they are printed later."""
    mine, theirs = claim.value, told.value
    if not isinstance(mine, DateMention) or not isinstance(theirs, DateMention):
        return False
    return (
        mine.relative
        and theirs.relative
        and not (contains(mine, theirs) or same_time(mine, theirs))
    )


def _overlap(a: DateMention, b: DateMention) -> bool:
    return a.first <= b.last and b.first <= a.last


def _plain(name: str) -> str:
    return re.sub(r"[\s\-–_]+", "", name)


def family_of(name: str) -> str:
    """The letters before the first digit of a version name: "gemini" of "gemini 3 flash"."""
    return _plain(re.split(r"\d", name, maxsplit=1)[0])
