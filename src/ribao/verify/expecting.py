"""Whether a sentence expects something at a time, so that the time cannot have passed.

A time that stands beside an expecting word may be another thing: the name of what is dealt with
(the 2010 act, 2022年非公开发行), where a growth begins (从2014年), the year of results that are
still to be told (预计2025年净利润), or a time that says itself that it is over (the past year).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ribao.language.directions import find_hedges
from ribao.verify.claims import Claim
from ribao.verify.topics import reach_in

_THEN = re.compile(
    r"原计划|原定|原本|此前|曾|当时|一度|original|previously|earlier|had |was |were |been |once ",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BREAK = re.compile(r"[，。；,;]|\.(?!\d)")
_OVER = re.compile(
    r"\b(?:past|last|previous|ago|yesterday)\b|过去|去年|昨|上[个周月季年]|以来|起\Z"
)
# A quarter without its year is the next one where something is expected in it.
_NEXT = re.compile(
    r"(?:the |in the )?(?:(?:first|second|third|fourth) quarter|Q[1-4])|第?[一二三四]季度?|Q[1-4]",
    re.IGNORECASE,
)
# Behind a Chinese time: it only says of what the next words are, or where something begins.
_OF_WHAT = re.compile(
    r"\s*(?:的(?!第|[上下]半年|[一二三四]季|\d+月|[春夏秋冬])|以来|起|"
    r"(?:度|全年|年度|前\S{1,4}季度)?(?:归母|净利|净亏|营收|营业|业绩|收入|利润|亏损|盈利|销量|产量|"
    r"出货|GDP|财报|年报|国民|经济|非公开|第\S{1,3}次|工作|会计))"
)
# Before it: the time is that of an event, or it is not.
_AT = re.compile(
    r"(?:于|在|至|到|最早|最快|最迟|最晚|或|可|约|会|将|能|有望|计划|预计|定|底|[“（(\s])\Z"
)
_FROM = re.compile(r"(?:从|自|由|较|比|与|据|就|对|按|照|及|和|用)\s*\Z")
_VERBS = re.compile(
    r"调整|修订|修改|变更|终止|介绍|公布|披露|报告|总结|回顾|审议|召开|回购|偿还|分配|派发|补充|就|对|关于"
)
_PREPOSITION = re.compile(
    r"\b(?:in|on|by|at|until|before|during|around|throughout|early|late|mid|"
    r"(?:end|half|quarter|start|middle|rest|course|part|months?|weeks?|days?|spring|summer|autumn|fall"
    r"|winter) of|(?:scheduled|slated|planned|set|due) for)(?: the)?[ -]\Z",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:from|since|than|over|after|following|against|versus|compared (?:with|to)|back (?:in|to))"
    r"(?: the| its)?(?: \w+)? \Z",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(r"[A-Za-z]{3,}\.? \d|\d [A-Z][a-z]{2}|day\b", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:the|an?|its|their|his|her|our|this|that|['’]s) \Z", re.IGNORECASE)


def plans_of(text: str) -> tuple[int, ...]:
    """Where the words end that expect or plan something, up to the first that says it is over."""
    then = _THEN.search(text)
    over = then.start() if then else len(text)
    hedges = find_hedges(text[:over])
    return tuple(hedge.end for hedge in hedges if hedge.key in {"expect", "plan"})


def expects(text: str, claim: Claim, plans: Sequence[int]) -> bool:
    """Tell whether one of the words that end at `plans` expects something at a claim's time."""
    han = _HAN.search(text) is not None
    far = reach_in(text)
    near = plans[bisect_left(plans, claim.start - far) : bisect_right(plans, claim.start)]
    if not near or _OVER.search(claim.text) or _NEXT.fullmatch(claim.text):
        return False
    after, at = text[claim.end : claim.end + far], _at_zh if han else _at_en
    return any(
        not _BREAK.search(between) and not _THEN.search(between) and at(between, claim, after)
        for between in (text[end : claim.start] for end in near)
    )


def _at_zh(between: str, _claim: Claim, after: str) -> bool:
    if _OF_WHAT.match(after) or _FROM.search(between):
        return False
    return not between or _AT.search(between) is not None or not _VERBS.search(between)


def _at_en(between: str, claim: Claim, _after: str) -> bool:
    if _SINCE.search(between) or _OWNED.search(between):
        return False
    named = _NAMED_DAY.search(claim.text) is not None
    return named or _PREPOSITION.search(f" {between}") is not None or not claim.text[0].isdigit()
