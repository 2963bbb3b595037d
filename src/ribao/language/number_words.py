"""Amounts that are told without a numeral: doubled, 翻番, half the price, third, 21st."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ahocorasick_rs import AhoCorasick

from ribao.language import affixes
from ribao.language import numerals_en as en
from ribao.language.amounts import Quantity
from ribao.language.widths import holds_han, latin_words, words_at

_MULTIPLES: dict[str, tuple[int | str, str]] = {
    "翻番": (2, "to"),
    "翻一番": (2, "to"),
    "翻了一番": (2, "to"),
    "翻倍": (2, "to"),
    "翻了一倍": (2, "to"),
    "翻了倍": (2, "to"),
    "翻两番": (4, "to"),
    "翻了两番": (4, "to"),
    "翻三番": (8, "to"),
    "翻了三番": (8, "to"),
    "减半": ("0.5", "to"),
    "腰斩": ("0.5", "to"),
    "对折": (50, ""),
    "百分之百": (100, ""),
    "一半": ("0.5", ""),
    "半数": ("0.5", ""),
    "过半": ("0.5", ""),
    "double": (2, "to"),
    "doubles": (2, "to"),
    "doubled": (2, "to"),
    "doubling": (2, "to"),
    "twice": (2, ""),
    "triple": (3, "to"),
    "triples": (3, "to"),
    "tripled": (3, "to"),
    "tripling": (3, "to"),
    "quadruple": (4, "to"),
    "quadruples": (4, "to"),
    "quadrupled": (4, "to"),
    "quintupled": (5, "to"),
    "halve": ("0.5", "to"),
    "halves": ("0.5", "to"),
    "halved": ("0.5", "to"),
    "halving": ("0.5", "to"),
    "twofold": (2, "to"),
    "threefold": (3, "to"),
    "fourfold": (4, "to"),
    "fivefold": (5, "to"),
    "sixfold": (6, "to"),
    "tenfold": (10, "to"),
}
_KINDS = {
    "一半": ("fraction", ""),
    "半数": ("fraction", ""),
    "过半": ("fraction", ""),
    "对折": ("discount", "%"),
    "百分之百": ("percent", "%"),
}
_ZH = "|".join(sorted((it for it in _MULTIPLES if not it.isascii()), key=len, reverse=True))
_EN = "|".join(sorted((it for it in _MULTIPLES if it.isascii()), key=len, reverse=True))
_ORDINAL = "|".join(sorted(en.ORDINALS, key=len, reverse=True))
_PATTERN = re.compile(
    rf"""(?<!打)(?P<zh>(?!对折)(?:{_ZH}))(?!径)|(?<=打)(?P<half>对折)
       | \b(?P<en>(?i:{_EN}))\b(?![ -](?:check|edged|down|standard|digit|click|glaz|star|bed|entendre|threat))
       | (?<![\d.,$€£])\b(?P<digits>\d{{1,4}})(?:st|nd|rd|th)\b(?![ ](?:century|anniversary|birthday))
       | (?<![\w-])(?P<words>(?i:(?:{en.WHOLE}[ -](?:and[ ])?)?(?:{_ORDINAL}|(?:hundred|thousand|million|billion|trillion)th)))(?![\w])
         (?![ -](?:quarter|half|time|class|aid|hand|party|lady|place[ ]to|of[ ]all|step|thing|glance|person|name|and[ ]foremost))""",
    re.VERBOSE,
)
# Without one of these no pattern can match; most texts have none, and are done at once.
_WORDS = frozenset(
    {*_MULTIPLES, *en.ORDINALS, *(f"{scale}th" for scale in en.SCALES), "st", "nd", "rd", "th"}
)
_HAN_WORDS = AhoCorasick(sorted(word for word in _MULTIPLES if not word.isascii()))
_AND_MORE = ("还多", "还要多", "还有余", "有余", "以上")  # 翻了一番还多
_LEFT = 12  # characters before a share that may hold its bound
_NO_ORDINAL = re.compile(
    r"(?:\b(?:a|per|each|every|one|split|half a|any|single)|\d)[ -]\Z", re.IGNORECASE
)


def find_number_words(text: str, folded: str) -> list[Quantity]:
    """Find multiples and shares told in words, and English ordinals, from left to right."""
    told = not _WORDS.isdisjoint(latin_words(folded)) or "ne in " in folded
    if not told and (folded.isascii() or not _HAN_WORDS.find_matches_as_indexes(folded)):
        return []
    found = []
    for match in _PATTERN.finditer(folded) if holds_han(folded) else _at_words(folded):
        start, end = match.span()
        word = match["zh"] or match["half"] or match["en"]
        if word:
            value, change = _MULTIPLES[word.lower()]
            kind, unit = _KINDS.get(word, ("multiple", "x"))
        else:
            ordinal = _ordinal(folded, match)
            if ordinal is None:
                continue
            value, change, kind, unit = str(ordinal), "", "ordinal", ""
        amount = Decimal(value)
        bound, end = _bound(word, folded, start, end)
        found.append(
            Quantity(start, end, text[start:end], kind, amount, amount, unit, bound, change)
        )
    return [*(_as_share(text, folded, one) for one in found), *_one_in(text, folded)]


# The words with which a form begins; a number in digits is the only other beginning.
_BEGINS = frozenset({*_WORDS, *en.WORDS, *en.SCALES, *(f"{scale}s" for scale in en.SCALES)})


def _at_words(folded: str) -> Iterator[re.Match[str]]:
    """The matches of an English text, tried only where one can begin."""
    reached = 0
    for word, start, _ in words_at(folded):
        if start < reached or not (word in _BEGINS or word[0].isdigit()):
            continue
        match = _PATTERN.match(folded, start)
        if match is not None:
            reached = match.end()
            yield match


_COMPARED = re.compile(
    r" (?:of (?!july\b)|as\b|smaller|larger|bigger|less|more|lower|higher|below|above|cheaper|fewer"
    r"|since\b|from\b|over\b|during\b|compared\b|year[ -]on|but\b|while\b)"
    r"|\s*(?:[.,;:!?)”\"]|\Z)"  # no noun follows, so nothing is counted: "costs rose by a fifth."
)
_SMALLEST_SHARE = 20  # "a twentieth of"


def _as_share(text: str, folded: str, ordinal: Quantity) -> Quantity:
    """A share told by an ordinal: "a fifth of the loaves", "an eighth smaller"."""
    article = re.search(r"\b(?i:an?|one)[ -]\Z", folded[max(0, ordinal.start - 5) : ordinal.start])
    if ordinal.kind != "ordinal" or article is None or not _COMPARED.match(folded, ordinal.end):
        return ordinal
    if not 2 < ordinal.low <= _SMALLEST_SHARE:
        return ordinal
    start = ordinal.start - len(article.group())
    share = 1 / ordinal.low
    words = text[start : ordinal.end]
    return Quantity(start, ordinal.end, words, "fraction", share, share, step=Decimal(0))


_ONE_IN = re.compile(r"\b[Oo]ne in (?:every )?(?P<many>\d{1,4}|[a-z]+)\b")


def _one_in(text: str, folded: str) -> Iterator[Quantity]:
    """Shares told as "one in five"."""
    for match in _ONE_IN.finditer(folded) if "ne in " in folded else ():
        many = Decimal(match["many"]) if match["many"].isdigit() else en.whole(match["many"])
        if many > 1:
            start, end = match.span()
            yield Quantity(
                start, end, text[start:end], "fraction", 1 / many, 1 / many, step=Decimal(0)
            )


def _bound(word: str | None, folded: str, start: int, end: int) -> tuple[str, int]:
    """The bound of a share or multiple told in words (半数以上, "nearly doubled"), and where it ends."""
    if word is None:
        return "exact", end
    if word == "过半":
        return "over", end
    after = ""
    if not word.isascii() and folded.startswith(_AND_MORE, end):
        return "over", end
    if word in {"一半", "半数"}:
        after, end = affixes.bound_after(folded, end)
    return after or affixes.bound_before(folded[max(0, start - _LEFT) : start]) or "exact", end


def _ordinal(folded: str, match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        return Decimal(match["digits"])
    words = re.split(r"[ -]+", match["words"].lower())
    if words == ["second"] and _NO_ORDINAL.search(
        folded[max(0, match.start() - 8) : match.start()]
    ):
        return None
    head = en.whole(" ".join(words[:-1])) if len(words) > 1 else Decimal(0)
    if words[-1] in en.ORDINALS:
        return head + en.ORDINALS[words[-1]]
    return (head or Decimal(1)) * en.SCALES[words[-1].removesuffix("th")]
