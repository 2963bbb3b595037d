"""What is written with numerals and is no quantity: names, dates, times, scores, codes, idioms."""

from __future__ import annotations

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from ribao.language.versions import version_spans, word_lists
from ribao.language.widths import latin_words

_HAN = "一二三四五六七八九十"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
# What shows that four digits after all count something.
COUNTED = (
    r"[\d.,]\d|[\d%+]|[ -]?(?:元|美元|万|亿|人|名|个|家|分|块|余|多|款|台|辆|架|枚|吨|公里|米|次|倍|亩|股|件|套|种|条|页|字|天|小时"
    r"|x\b|[kKmMgGtT]?[WBbgm]\b|nits?\b|px\b|mAh|MHz|rpm|meters|metres|feet|miles|km|kg|tons"
    r"|(?:[a-z]+[ ])?(?:tokens?|users?|people|jobs|employees|companies|workers|points|dollars|yuan|times|hours|cars|vehicles|stores|units|homes|students|patients|deaths|soldiers|troops|years|pages|words)\b)"
)
_ADDRESSES = (
    r"https?://[^\s<>\"'）)】」，。]+|www\.[^\s<>\"'）)，。]+",
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}",
)
_LATIN = (
    r"\b(?:SZ|SH|HK|SEHK|HKEX|SSE|NASDAQ|NYSE|KRX|TYO)[:：]?[ ]?\d{3,6}\b|(?<=代码)[:：]?[ ]?\d{5,6}",
    rf"(?i:\b(?:{_MONTHS})\b\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?(?:[-–]\d{{1,2}})?(?![\d,]*\d[\d.]*[ ]?(?:%|million|billion))(?:,?[ ](?:19|20)\d{{2}})?\b)",
    r"(?i:\b(?:the|on)[ ]\d{1,2}(?:st|nd|rd|th)(?=[,.;]|[ ](?:of|and)))",
    r"\barXiv:\d{4}\.\d{4,5}|\bCVE-\d{4}-\d+|\bISBN[ \d-]+",
)
_FIGURES = (
    r"(?<![A-Za-z0-9])\d{4,6}\.(?:HK|SZ|SH|SS|BJ|TW|T|KS|OQ|N|O)\b",
    r"(?<!\d)(?:1\d{3}|2[01]\d\d)[ ]?年(?:[ ]?\d{1,2}[ ]?月(?:份|[ ]?\d{1,2}[ ]?[日号]?)?)?(?![多来前后间内以](?!半|续|期))",
    rf"(?<!\d)(?:\d{{2}}|[零{_HAN}]{{2}})年(?=\d{{1,2}}月|[{_HAN}]{{1,3}}月|[初底末]|第?[一二三四]季|[上下前后]半年|Q\d)|(?<!\d)0\d年|零[{_HAN}]年",
    r"(?<!\d)(?:19|20)\d{2}年间",
    rf"[零{_HAN}]{{4}}年(?:[{_HAN}]{{1,2}}月(?:[{_HAN}]{{1,3}}[日号])?)?",
    r"(?<![\d.])\d{1,2}月?[ ]?[-–—~至到][ ]?(?=\d{1,2}[ ]?月(?!球))",
    rf"(?<![\d.])(?:\d{{1,2}}|[{_HAN}]{{1,2}})[ ]?月(?:(?<=\d月)|(?<=\d 月)|(?!球|亮|饼|光|活|薪|租|销|均))(?:份|[初底末]|[上中下]旬|[ ]?\d{{1,2}}[ ]?[日号]?(?:[-至到~]\d{{1,2}}[日号])?|[{_HAN}]{{1,3}}[日号])?",
    r"(?<![\d.,])\d{1,2}[ ]?(?:[日号]?[-—至到~]\d{1,2})?[日号](?!线|楼|馆|店|元|均)",
    r"(?<!\d)\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d.])\d{1,2}/\d{1,2}/\d{2,4}(?!\d)",
    rf"(?i:\b\d{{1,2}}(?:st|nd|rd|th)?(?:[ ]of)?[ -](?:{_MONTHS})\b\.?(?:,?[ -](?:19|20)\d{{2}})?)",
    rf"(?<![\d.,$€£¥#/\w-])(?:19|20)\d{{2}}(?:/\d{{2}}|[-–—](?:20)?\d{{2}})?(?!{COUNTED})",
    r"(?:19|20)?\d0[ ]?年代|\b(?:1[5-9]|20)\d0s\b|\b\d0s\b|\d{1,2}[ ]?世纪|\b\d{1,2}(?:st|nd|rd|th)[ -]century",
    r"\b20\d\d[ ]?Q[1-4]\b|\bQ[1-4]\b|第?[一二三四1-4](?:季度|财季)|[上下前后]半年|\b[1-4]?H[12]\b|\bFY[ ]?\d{2,4}\b",
    r"(?<![\d:.])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])(?:[ ]?(?i:[ap]\.?m\b\.?))?|(?<![\d.])\d{1,2}[ ]?(?i:[ap]\.?m\b\.?)",
    rf"(?<![\d.{_HAN}])(?:\d{{1,2}}|[{_HAN}]{{1,3}})点(?:钟|整|半|\d{{1,2}}分?)(?![\d{_HAN}])|(?<=[午晨晚早上间天日]|(?<=[点半分])[至到])(?:\d{{1,2}}|[{_HAN}]{{1,3}})点",
    r"(?<!\d)\d{1,2}时(?:\d{1,2}分)?(?!间|代|速|段)",
    r"(?<![\d.:])\d{1,3}:\d{1,3}(?![\d:])",
    r"(?<![\d.$€£¥])[1-6][GD](?![A-Za-z0-9])|(?<![A-Za-z])[ABHS]股",
    r"#\d+|\[\d{1,3}\]|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)(?:400|800)-?\d{3,4}-?\d{3,4}|(?<!\d)0?\d{2,3}-\d{7,8}(?!\d)|(?<!\d)\d{3}-\d{3}-\d{4}(?!\d)",
)


def _any(patterns: tuple[str, ...], head: str = "") -> re.Pattern[str]:
    return re.compile(head + "(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + ")")


_ADDRESS = _any(_ADDRESSES)
# The head says with what a match can begin, so that other letters cost nothing.
_LATIN_FIRST = _any(_LATIN, r"(?<![A-Za-z])(?=[SHNKTCIaAjfmsondtoJFMODhkicn:：\d ])")
_FIGURE_FIRST = _any(
    _FIGURES,
    rf"(?=[\d零{_HAN}第上下QHFABS#\[])(?=\d|[#\[]\d|[零{_HAN}]{{1,4}}[ ]?[年月点季财]|第[一二三四1-4]|[上下]半年|Q[1-4]|H[12]|FY|[ABHS]股)",
)
# Words of which one stands in every form of `_LATIN` (rd in "the 3rd"); most sentences have none.
_LATIN_SIGNS = (
    "sz sh hk sehk hkex sse nasdaq nyse krx tyo arxiv cve isbn st nd rd th jan january feb february mar march"
    " apr april may jun june jul july aug august sep sept september oct october nov november dec december"
)
_MAY_BE_LATIN = frozenset(_LATIN_SIGNS.split())
_DIGIT = re.compile(r"\d")
_COUNTING = frozenset("零一二两三四五六七八九十百千万亿0123456789")


@cache
def _words() -> AhoCorasick:
    """The automaton of all idioms and names: one pass, however many there are."""
    lists = word_lists()
    words = sorted({*lists["idioms"], *lists["named"]})
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)


def _whole(folded: str, start: int, end: int) -> bool:
    """Tell whether a match does not cut a Latin word or a number in two: not 3M in 3Mbps."""

    def joined(a: str, b: str) -> bool:
        return a.isascii() and b.isascii() and a.isalnum() and b.isalnum()

    if start > 0 and folded[start] in _COUNTING and folded[start - 1] in _COUNTING:
        return False  # 一百零一万一千 holds no 万一
    if _GRADE.match(folded, start, end) and (
        folded[max(0, start - 1) : start] in _BEFORE_GRADE or folded[end : end + 1] in _COUNTED_BY
    ):
        return False  # 提高三成 holds no 高三, 扩大两倍 no 大二
    cut_left = start > 0 and joined(folded[start - 1], folded[start])
    cut_right = end < len(folded) and joined(folded[end - 1], folded[end])
    if folded[start].isdigit() and _AMOUNT_AROUND.search(folded[max(0, start - 2) : start]):
        return False  # 211 in $876,211 and in 0.211, 3M in $3M
    counted = folded[start:end].isdigit() and _COUNTED.match(folded, end)
    return not cut_left and not cut_right and not counted


_GRADE = re.compile("[高大初研][一二三四]\\Z")  # a year of school, or the end of another word
_BEFORE_GRADE = frozenset("提升增走拉抬调推新创最扩放加较更巨重强壮起当")
_COUNTED_BY = frozenset("成倍折")
_AMOUNT_AROUND = re.compile(r"(?:[$€£¥]|\d[.,])\Z")
_COUNTED = re.compile(COUNTED)


def lookalikes(folded: str) -> list[tuple[int, int]]:
    """Spans of a plain text whose numerals are no quantities, sorted, without overlaps."""
    matches = _words().find_matches_as_indexes(folded)
    spans = [(start, end) for _, start, end in matches if _whole(folded, start, end)]
    if "@" in folded or "://" in folded or "www." in folded:
        spans += [match.span() for match in _ADDRESS.finditer(folded)]
    spans += [match.span() for match in _FIGURE_FIRST.finditer(folded)]
    if _DIGIT.search(folded):
        if not _MAY_BE_LATIN.isdisjoint(latin_words(folded)) or "代码" in folded:
            spans += [match.span() for match in _LATIN_FIRST.finditer(folded)]
        spans += version_spans(folded)
    spans.sort()
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
