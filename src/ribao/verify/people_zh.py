"""Chinese persons that the segmenter of words sees: 席慕云 of 馆长席慕云说, whatever the title.

It takes two or three signs of no dictionary for a person. With a surname before them they are good
enough where the names of two sentences are compared. As a claim such a name also needs the last
sign of a title before it (长, 家, 师, 员) and a verb of saying behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ribao.language.words import is_word, tagged
from ribao.verify.readers import Person, signs

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LENGTHS = range(2, 4)
_PERSON = "nr"  # and nrfg, nrt: of the segmenter's tags
_NAMES = frozenset({"nr", "ns", "nz"})  # persons, places and brands
_TITLE_ENDS = "长员家师人士授理席裁事官练手锋者表任监管医博"
_UP_TO_VERB = 4  # signs between a name and its verb: 赛后说, 在会上表示
_SAYING_SIGNS = frozenset("说称")


@lru_cache(maxsize=2048)
def people_by_tag(text: str) -> tuple[Person, ...]:
    """The persons of a Chinese text by the tags of the segmenter, in order."""
    return tuple(
        Person(match.start() + at, match.start() + at + len(name), name)
        for match in _HAN.finditer(text)
        for at, name in _in_run(match.group())
    )


def _in_run(run: str) -> Iterator[tuple[int, str]]:
    at, surname = 0, ""
    for word, sort in tagged(run):
        given = word[:-1] if word[-1] in _SAYING_SIGNS else word
        if surname and len(surname + given) in _LENGTHS:
            yield at - 1, surname + given
        surname = ""
        if sort.startswith(_PERSON) and word[0] in _surnames():
            if len(given) in _LENGTHS and not is_word(given):
                yield at, given
            surname = word if len(word) == 1 else ""
        at += len(word)


def find_titled(text: str) -> Iterator[Person]:
    """Find persons that stand between a title and a verb of saying, as claims."""
    if not _may_speak().search(text):
        return
    for one in (*people_by_tag(text), *_of_the_dictionary(text)):
        before = text[one.start - 1 : one.start]
        if before and before in _TITLE_ENDS and _says().match(text, one.end):
            yield one


def _of_the_dictionary(text: str) -> Iterator[Person]:
    """Names that are places or brands elsewhere: 蓝田, behind a title and right before its verb."""
    for match in _HAN.finditer(text):
        at = match.start()
        for word, sort in tagged(match.group()):
            if (
                len(word) in _LENGTHS
                and word[0] in _surnames()
                and sort in _NAMES
                and is_word(word)
            ):
                yield Person(at, at + len(word), word)
            at += len(word)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(signs()["surnames"].strip() + signs()["rare_surnames"].strip())


@cache
def _says() -> re.Pattern[str]:
    verbs = "|".join(signs()["saying"].split())
    return re.compile(rf"[\u4e00-\u9fff]{{0,{_UP_TO_VERB}}}?(?:{verbs})")


@cache
def _may_speak() -> re.Pattern[str]:
    verbs = "|".join(signs()["saying"].split())
    return re.compile(rf"[{_TITLE_ENDS}][{''.join(sorted(_surnames()))}]\S{{1,6}}?(?:{verbs})")
