"""What is wrong with a sentence of a model, before anybody proves its claims.

Proof looks for figures, names and quotations. A sentence may be invented without any of them, so
its words are laid beside the passages too: most of them must be there, in each of its clauses.
Across languages that cannot be asked; there a sentence must share a name or a figure with a
passage that it cites.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources

from ribao.catalogue import say
from ribao.language.names import find_names
from ribao.language.tongues import tongue_of
from ribao.language.words import is_word, segment
from ribao.write.passages import content_words, length
from ribao.write.patterns import patterns
from ribao.write.phrasing.bilingual import in_common, ungrounded
from ribao.write.phrasing.orders import gives_orders
from ribao.write.phrasing.showing import Shown

LONGEST = {"zh": 130, "en": 48}  # characters or words of a sentence
LONGEST_HEADLINE = {"zh": 46, "en": 20}
KNOWN_WORDS = 0.5  # share of a sentence's words that the passages have
KNOWN_OF_CLAUSE = 0.34  # the same, of one clause
TIES = 2  # everyday concepts that tie a sentence to a passage in another language
CLAUSE_WORDS = 4  # words of content that make a clause worth looking at
_CLAUSES = re.compile(r"[，,；;：:]|——| [–—-] ")
_ADDRESS = re.compile(
    r"https?:|\bwww\.|\w@\w|\b[\w-]+\.(?:com|net|org|cn|io|xyz|info|biz|ru|top|app)\b(?!\s*(?:Inc|Corp))",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[`<>{}\\|]|\*\*|__|\]\(|^#|^[-*] ", re.MULTILINE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_HEAD = re.compile("^[零一二三四五六七八九十百千万亿两余多元年月日时分个名家]+")
_TAIL = re.compile("[称说指表道等将已在于为对和与及的了起人]$")
_CAPITAL = re.compile(
    r"(?<![\w.-])(?=[\w.&’'-]*[A-Z])[A-Za-z][\w.&’'-]*\w|(?<![\w.-])[B-HJ-Z](?!\w)"
)
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ing|ed|es|s|ly|er|ions?)$")
_ODD = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "So", "Sk"})  # unseen, private, pictures


def normal(text: str) -> str:
    """A sentence of a model in the form in which it is looked at and printed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fault(
    text: str, kind: str, cited: Sequence[Shown], shown: Sequence[Shown], language: str
) -> str:
    """What is wrong with a sentence, in words for its writer; "" where nothing is.

    `kind` is headline, title (of a section), fact or inference; `cited` are what it names.
    """
    form = _form(text, kind, language)
    if form:
        return say(f"phrasing-{form}", language)
    name = new_name(text, shown, kind)
    if name:
        return say("phrasing-new-name", language, name=name)
    grave = ungrounded(text, [one.text for one in shown])
    if grave:
        return say("phrasing-new-clause", language, clause=grave)
    return _wording(text, kind, cited, shown, language)


def _wording(
    text: str, kind: str, cited: Sequence[Shown], shown: Sequence[Shown], language: str
) -> str:
    """What is wrong with the words of a sentence, laid beside the passages; "" where nothing is."""
    mine = content_words(text)
    same = [one for one in shown if tongue_of(one.text, one.document.language) == language]
    foreign = not any(tongue_of(one.text, one.document.language) == language for one in cited)
    if kind in {"inference", "title"} and not foreign:
        about = frozenset[str]().union(*(one.words for one in cited))
        return "" if _stems(mine) & _stems(about) else say("phrasing-elsewhere", language)
    if foreign:
        tied = kind in {"inference", "title"} or _anchored(text, cited)
        return "" if tied else say("phrasing-unanchored", language)
    known = _stems(frozenset[str]().union(*(one.words for one in same)))
    if _share(text, known) < KNOWN_WORDS:
        return say("phrasing-new-words", language)
    for clause in _CLAUSES.split(text):
        if len(content_words(clause)) >= CLAUSE_WORDS and _share(clause, known) < KNOWN_OF_CLAUSE:
            return say("phrasing-new-clause", language, clause=clause.strip())
    return ""


def new_name(text: str, shown: Sequence[Shown], kind: str) -> str:
    """The first name of a sentence that no passage has, whether a table of names knows it or not.

    In Latin letters that is a word with a capital, in Chinese a word that the dictionary lacks.
    """
    there = " ".join(one.text for one in shown).casefold()
    known = {one.id for one in find_names(" ".join(one.text for one in shown))}
    mine = [one for one in find_names(text) if one.id in known]

    def told(start: int, end: int, word: str) -> bool:
        return word.casefold() in there or any(
            one.start <= start and end <= one.end for one in mine
        )

    for match in _CAPITAL.finditer(text):
        word = match.group().removesuffix("'s").removesuffix("’s")
        first = match.start() == 0 and is_plain(word) and kind != "title"
        if not first and word not in _words()[0] and not told(*match.span(), word):
            return word
    fewest = 2 if any(_HAN.search(one.text) for one in shown) else 3
    at = 0
    for word in (one for run in _HAN.findall(text) for one in segment(run)):
        at = text.index(word, at)
        name = _core(word)
        named = len(name) >= fewest or is_spelt(name)
        if named and not is_word(name) and not told(at, at + len(word), name):
            return word
    return ""


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Short forms, openers of sentences, characters that spell names, and units."""
    file = resources.files("ribao.write.phrasing") / "words.toml"
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    common, openers, units = (
        frozenset(table[one].split()) for one in ("common", "openers", "units")
    )
    return common, openers, frozenset(table["spelling"]), units


def is_spelt(name: str) -> bool:
    """Whether a word spells a foreign name: nothing but the characters that do so, and no unit."""
    _, _, spelling, units = _words()
    return len(name) > 1 and set(name) <= spelling and name not in units


def _core(word: str) -> str:
    """A word that the dictionary lacks, without a verb of saying or a unit cut off with it."""
    return _TAIL.sub("", _HEAD.sub("", word))


def is_plain(word: str) -> bool:
    """Whether a capital is only that of the first word: an ordinary word follows in small."""
    return word[1:].islower() and word.casefold() in patterns().stop_words | _words()[1]


def _form(text: str, kind: str, language: str) -> str:
    """The first fault of form: the end of a key of the catalogue."""
    heads = kind in {"headline", "title"}
    longest = LONGEST_HEADLINE if heads else LONGEST
    if _ADDRESS.search(text):
        return "address"
    if _MARKUP.search(text) or any(unicodedata.category(one) in _ODD for one in text):
        return "markup"
    if tongue_of(text, "") != language:
        return "language"
    if length(text, language) > longest[language]:
        return "long"
    if not heads and not re.search(r"[。！!.？?][”’」』）)\"']*$", text):
        return "unfinished"
    return "order" if gives_orders(text) else ""


def _share(text: str, known: frozenset[str]) -> float:
    mine = _stems(content_words(text))
    return len(mine & known) / len(mine) if mine else 1.0


def _stems(words: frozenset[str]) -> frozenset[str]:
    """Words without the commonest English endings."""
    return frozenset(_ENDING.sub("", word) for word in words)


def _anchored(text: str, cited: Sequence[Shown]) -> bool:
    """Whether a name or a figure of the sentence stands in a passage that it cites."""
    there = " ".join(one.text for one in cited)
    names = {one.id for one in find_names(text)} & {one.id for one in find_names(there)}
    if names or _figures(text) & _figures(there):
        return True
    latin = {one.group().casefold() for one in _CAPITAL.finditer(text)} - {"ai"}
    return any(one in there.casefold() for one in latin) or in_common(text, [there]) >= TIES


def _figures(text: str) -> frozenset[str]:
    """The figures of a text, without the commas in them."""
    return frozenset(one.replace(",", "") for one in _NUMBER.findall(text))
