"""A word of rank that was weakened, lowered or strengthened in the report's own sentence.

Another rank in its place (the second largest, 又一个, 亚军) is contradicted by the report's. A
weaker word in its place (较大, large) is not proved by it. A rank of which only the word was left
out is no claim any more, and nothing is said of it; nor where "one of" was put before it. Where
such a word was left out (one of the largest, 之一), the report has said less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ribao.language.directions import Signal, find_superlatives
from ribao.language.widths import holds_han
from ribao.model import Finding, Verdict
from ribao.verify.case import Case
from ribao.verify.claims import SUPERLATIVE, Claim
from ribao.verify.judges.denials import is_near
from ribao.verify.tokens import words_of
from ribao.verify.twins import Block, Twin
from ribao.verify.verdicts import Proof, contradicted, finding, part_of

_LONGEST = 6  # words of a stretch with a rank in it; more is a clause of its own
_FIRST = frozenset({"first", "top"})
_GREATEST = frozenset(
    {"largest", "highest", "most", "best", "top", "fastest", "longest", "unprecedented"}
)
_UNRANKED = frozenset({"latest"})  # 最新消息, 新消息
# Other ways to be the first, of which no list of ranks has all.
_AS_FIRST = re.compile(
    r"首|第一|头[一个名号筹]|初|率先|冠|夺魁|金牌|折桂|\b(?:first|1st|no\.? 1|number one|debut"
    r"|inaugural|maiden|initial|top|leader|leading|premiere)\b"
)
_AS_BOUND = re.compile(
    r"至[多少高低迟]|不超过|不低于|不少于|最[早快迟晚]|\b(?:up to|at (?:most|least))\b"
)
_OTHER_RANK = re.compile(
    r"第[二三四五六七八九十两\d]|又一|再[次度一]|另一|亚军|季军|殿军|次席|次[大高快强长多低新]|其中一|之一"
    r"|末[位席]|倒数|\b(?:second|third|fourth|fifth|last|another|least|near|runner|2nd|3rd)\b"
)
_ORDINAL = re.compile(
    r"(?:the )?(?:second|third|fourth|fifth|sixth|2nd|3rd|4th|last|near)(?: -)?"
    r"|第[二三四五六七八九十]"
)
_ONE_OF = re.compile(
    r"(?:one of|among)(?: the)?|(?:among )?the|almost|nearly|(?:其中)?之一|(?:second|near)(?: -)?"
)
# They point to what was named before, or to a time.
_POINTING = frozenset(
    "other former latter next previous past final latest recent one same this".split()  # noqa: SIM905
)
_SUPERLATIVE = re.compile(r"[ -]?(?:the )?(?:[a-z]{2,}est\b|most [a-z]{4,}|最)", re.IGNORECASE)
# Of what something is the first or the largest; words of one set say the same.
_SCOPES = (
    "全球 世界 国际 world global",
    "全国 国内 中国 我国 country nation china domestic",
    "亚洲 亚太 asia",
    "欧洲 europe",
    "业内 行业 业界 industry",
    "美国 america",
    "全省 省内", "全市 本市", "历史 史上 ever history",
)  # fmt: skip
_SCOPE = {word: number for number, words in enumerate(_SCOPES) for word in words.split()}


def changed_ranks(case: Case) -> Iterator[Finding]:
    """Findings on ranks that the sentence has otherwise than the one it was made from."""
    twin = case.twin
    if twin is None or not is_near(twin):
        return
    told = words_of(twin.place.text)
    for block in twin.blocks:
        if not block.same and max(len(block.mine), len(block.told)) <= _LONGEST:
            found = (
                _lowered(block, twin, told, case)
                or _of_more(block, twin, told, case)
                or _of_a_rank(block, twin, case)
            )
            if found is not None:
                yield found


def _lowered(block: Block, twin: Twin, told: tuple[str, ...], case: Case) -> Finding | None:
    """The finding on "second" before a rank or for another word, or on "one of" that is gone."""
    mine = _joined(twin.words, block.mine)
    theirs = _joined(told, block.told)
    if _ORDINAL.fullmatch(mine) and not _ORDINAL.search(theirs) and theirs not in _POINTING:
        replaced = len(block.told) == 1 and theirs[0].isalpha()
        if replaced or (not theirs and _is_ranked(twin.text, twin.mine[block.mine.stop - 1][1])):
            return _contradicted(block, twin, case)
    if mine or not _ONE_OF.fullmatch(theirs) or theirs == "the":
        return None
    place, (start, end) = twin.place.text, _span(twin.told, block.told)
    ranked = find_superlatives(place[:start]) or "最" in place[max(0, start - _RANK) : start]
    if _is_ranked(place, end) or (theirs.endswith("之一") and ranked):
        return _contradicted(block, twin, case)
    return None


def _is_ranked(text: str, at: int) -> bool:
    """Tell whether a word of rank stands at a place, or behind it after an article at most."""
    near = any(one.start - at <= _ARTICLE and at < one.end for one in find_superlatives(text))
    return near or _SUPERLATIVE.match(text, at) is not None


_ARTICLES = frozenset({"a", "an", "the", "its", "their", "one", "一", "该", "这"})
_RANK = 12  # signs before 之一 that may hold its rank: 最常见的癌症之一
_ARTICLE = 5  # characters of " the " and "-"


def _of_more(block: Block, twin: Twin, told: tuple[str, ...], case: Case) -> Finding | None:
    """The finding on a rank that is printed of more than the report gives it of: 国内, 全球."""
    if not block.told or not _is_ranked(twin.place.text, _span(twin.told, block.told)[1]):
        return None
    theirs = _scope(_joined(told, block.told))
    mine = _scope(_joined(twin.words, block.mine)) if block.mine else None
    if theirs is None or mine == theirs:
        return None
    gone = mine is None and (not block.mine or _joined(twin.words, block.mine) == "the")
    after = twin.place.text[_span(twin.told, block.told)[1] :].lstrip()
    if mine is None and not (gone and _SUPERLATIVE.match(after)):
        return None  # 国内首个 may be told as 首个
    return _contradicted(block, twin, case)


def _scope(words: str) -> int | None:
    """The number of the set of a word that says of what a rank is, without its article."""
    plain = re.sub(r"^the | ?['’] ?s?$", "", words)
    return _SCOPE.get(plain)


def _of_a_rank(block: Block, twin: Twin, case: Case) -> Finding | None:
    """The finding on a rank of the report that lost a part to other words; None for any other."""
    if not block.told:
        return None
    start, end = _span(twin.told, block.told)
    ranks = [
        one
        for one in find_superlatives(twin.place.text)
        if one.start < end and start < one.end and one.key not in _UNRANKED
    ]
    if not ranks or any(_keeps(one, twin, block) for one in ranks):
        return None
    first, last = block.mine.start, block.mine.stop
    beside = _joined(twin.words, range(max(0, first - 1), min(len(twin.words), last + 1)))
    if block.mine and _OTHER_RANK.search(beside):
        return _contradicted(block, twin, case)
    left_out = not block.mine or _joined(twin.words, block.mine) in _ARTICLES
    if left_out and _joined(words_of(twin.place.text), block.told) != "最":
        return None
    if not any(one.start <= start and end <= one.end for one in ranks):
        return None  # more than the rank gave way to other words: it is told freely
    claim, proof = _claim(block, twin, case), _proof(block, twin)
    found = finding(claim, Verdict.UNSUPPORTED, "rank-weaker", case.language, told=proof.quoted)
    cited = proof.passage.cite(proof.start, proof.end)
    return replace(found, evidence=cited, expected=proof.quoted)


def _keeps(rank: Signal, twin: Twin, block: Block) -> bool:
    """Tell whether the printed sentence has the rank in other words, or a bound for one."""
    its = _GREATEST if rank.key in _GREATEST else {rank.key}
    here, there = (
        sum(one.key in its for one in find_superlatives(text))
        for text in (twin.text, twin.place.text)
    )
    words = _joined(twin.words, block.mine)
    as_first = rank.key in _FIRST and _AS_FIRST.search(words) is not None
    return here >= there or as_first or _AS_BOUND.search(words) is not None


def _contradicted(block: Block, twin: Twin, case: Case) -> Finding:
    return contradicted(_claim(block, twin, case), _proof(block, twin), case.language)


def _claim(block: Block, twin: Twin, case: Case) -> Claim:
    """The stretch with a word on each side of it, which says what the rank is of."""
    start, end = _span(twin.mine, _widened(block.mine, twin.mine))
    words = case.sentence.text[start:end]
    return Claim(start, end, words, SUPERLATIVE, SUPERLATIVE, Signal(start, end, words, "changed"))


def _proof(block: Block, twin: Twin) -> Proof:
    return part_of(twin.place, *_span(twin.told, _widened(block.told, twin.told)))


def _widened(stretch: range, places: tuple[tuple[int, int], ...]) -> range:
    return range(max(0, stretch.start - 1), min(len(places), stretch.stop + 1))


def _span(places: tuple[tuple[int, int], ...], stretch: range) -> tuple[int, int]:
    return places[stretch.start][0], places[stretch.stop - 1][1]


def _joined(words: tuple[str, ...], stretch: range) -> str:
    text = " ".join(words[stretch.start : stretch.stop])
    return text.replace(" ", "") if holds_han(text) else text
