"""Names in Chinese letters that no table lists and no ending gives away: 彼得·德桑提斯, 老凤祥.

A foreign name is told by the dot between its parts and by the signs that write foreign sounds. The
name of a firm or brand is told by where it stands: as the one who does what firms do (，X合作打造),
or with whom or to whom it is done (与X合作, 联合X设计, 收购X). There it must be a word that no
dictionary has, or that the dictionary itself has as a name; an ordinary word names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ribao.language.sounds import signs as foreign_signs
from ribao.language.widths import holds_han
from ribao.language.words import fold, is_word, segment, tagged
from ribao.verify.readers import Person, signs

_DOTS = "·•‧・∙"  # U+00B7 is the right one; the others are what keyboards give
_DOTTED = re.compile(rf"[\u4e00-\u9fff]+(?:[{_DOTS}][\u4e00-\u9fff]+)+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_PART = 7  # signs of one part of a foreign name
_SHORTEST, _LONGEST = 2, 6  # signs of a firm's name
# Signs of foreign names that are everyday words, too, or rare.
_MORE_FOREIGN = frozenset("彻京延恰岑罕季日甫捷兴迭喀诃赖别宛皇蓬弥菈娅芙提得娃玉葛")
_NO_ENDING = frozenset("于对兼都以")  # foreign signs that are words of their own behind a name
_NO_BEGINNING = frozenset("由与和同跟被经对向在从为将已并也还则该此这那其各每")
_NAMED = frozenset({"nr", "nrt", "nz", "nt"})  # of the segmenter: people, brands, organisations


def find_unlisted(text: str) -> Iterator[Person]:
    """Find names in Chinese letters that stand in no table, in order of their kinds."""
    if not holds_han(text):
        return
    if any(dot in text for dot in _DOTS):
        yield from _foreign(text)
    yield from _firms(text)


def is_foreign(name: str) -> bool:
    """Tell whether a name is a foreign one in Chinese letters, with a dot between its parts."""
    return any(dot in name for dot in _DOTS)


def _foreign(text: str) -> Iterator[Person]:
    """Foreign names: what stands around the dots, as far as it is written in foreign signs.

    Two names with a word between them (A·B和C·D) are two.
    """
    foreign = _foreign_signs()
    for match in _DOTTED.finditer(text):
        pieces = [(m.start(), m.end(), m.group()) for m in _HAN.finditer(text, *match.span())]
        (_, end, run), *inner, (last, _, tail) = pieces
        begin = end - _length(run, from_end=True)
        for start, end, run in inner:
            if len(run) > _LONGEST_PART or not foreign.issuperset(run):
                yield from _dotted(text, begin, start + _length(run, from_end=False))
                begin = end - _length(run, from_end=True)
        yield from _dotted(text, begin, last + _length(tail, from_end=False))


def _dotted(text: str, start: int, end: int) -> Iterator[Person]:
    """The name between two places, where it has signs on both sides of its dots."""
    while end > start and text[end - 1] in _NO_ENDING:
        end -= 1
    name = text[start:end]
    if name and name[0] not in _DOTS and name[-1] not in _DOTS and is_foreign(name):
        yield Person(start, end, name)


def _length(run: str, *, from_end: bool) -> int:
    """How many signs of a run belong to a foreign name that ends or begins with it.

    A word of the dictionary with any other sign ends the name (本人, 高管); what the segmenter
    made up is taken sign by sign.
    """
    foreign = _foreign_signs()
    pieces = segment(fold(run))
    taken = 0
    for piece in reversed(pieces) if from_end else pieces:
        if taken and not from_end and piece in _NO_ENDING:
            break
        if all(sign in foreign for sign in piece):
            taken += len(piece)
            continue
        if not is_word(piece):
            row = reversed(piece) if from_end else piece
            taken += next((i for i, sign in enumerate(row) if sign not in foreign), 0)
        break
    return min(taken, _LONGEST_PART)


@cache
def _foreign_signs() -> frozenset[str]:
    return foreign_signs() | _MORE_FOREIGN


@cache
def _places() -> re.Pattern[str]:
    """Where a firm may stand: before what only firms do, or behind what is done with them."""
    keys = ("firms_do", "firms_share", "firms_meet", "firms_row")
    alone, shared, met, rows = ("|".join(signs()[key].split()) for key in keys)
    sign = r"[^\x00-\u4dff\ua000-\uffff等的了是在与和及或]"  # Chinese, and no word that joins
    name = rf"{sign}{{{_SHORTEST},{_LONGEST}}}?"
    return re.compile(
        rf"(?:^|(?<=[，。；：！？、\s）)]))(?P<does>{name})(?:{alone})"
        rf"|(?:{met}|[与和同跟由被])(?P<met>{name})(?:{shared}|{alone})"
        rf"|(?:{met})(?P<last>{name})(?=[，。；！？、\s]|$)"
        rf"|(?:^|(?<=[、，：]))(?P<row>{name})(?=(?:、[^，。；、]{{1,12}}){{0,6}}等[\u4e00-\u9fff]{{0,3}}(?:{rows}))",
        re.MULTILINE,
    )


def _firms(text: str) -> Iterator[Person]:
    for match in _places().finditer(text):
        group = match.lastgroup or "does"
        start, end = match.span(group)
        if _names_a_firm(match[group]):
            yield Person(start, end, match[group])


@lru_cache(maxsize=4096)
def _names_a_firm(run: str) -> bool:
    """Tell whether a run of signs is a name: one word, of no dictionary or known as a name."""
    words = tagged(fold(run))
    if len(words) != 1:
        return False
    word, sort = words[0]
    if word in signs()["no_firms"].split() or word[0] in _NO_BEGINNING or word[-1] == "方":
        return False
    if is_word(word):
        return sort in _NAMED and len(word) > _SHORTEST
    return True


def names_by_ending(text: str) -> Iterator[Person]:
    """Find what ends as firms, clubs and institutes do: 澄海生物, 瑞丰诊断, 苏河联队.

    Too loose for claims, since any noun may stand before such an ending; good enough where the
    names of two sentences on the same thing are compared.
    """
    if not holds_han(text):
        return
    for match in _endings().finditer(text):
        start, end = match.span(1)
        head = match["head"]
        if head not in signs()["no_firm_heads"].split():
            yield Person(start, end, match[1])


@cache
def _endings() -> re.Pattern[str]:
    ends = "|".join(sorted(signs()["firm_endings"].split(), key=len, reverse=True))
    sign = r"[^\x00-\u4dff\ua000-\uffff等的了是在与和及或由向被对给为将]"
    border = (
        r"^|(?<=[，。；：、！？“”\s,;:（(与和向由被给为的将商])|(?<=对)(?!手)"
        r"|(?<=对手)|(?<=伙伴)|(?<=公司)|(?<=企业)|(?<=机构)"
    )
    return re.compile(
        rf"(?:{border})((?P<head>{sign}{{2,3}}?)(?:{ends}))(?!公司|企业|行业|产业|[市领]|{ends})"
    )
