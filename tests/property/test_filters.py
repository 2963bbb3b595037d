"""What a reader asks before it tries its patterns saves time and hides nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ribao.language import (
    affixes,
    clocks,
    dates_en,
    dates_zh,
    directions,
    instants,
    lookalikes,
    moments,
    names,
    number_words,
    numerals,
    sentences,
)
from ribao.language.dates import find_dates
from ribao.language.directions import find_attributions, find_quotations
from ribao.language.names import find_names
from ribao.language.quantities import find_quantities
from ribao.language.sentences import split_sentences
from ribao.verify import readers, shares

DAY = date(2025, 12, 19)
FILTERS = (
    (affixes, "_CURRENCY_ENDS"),
    (affixes, "_PREFIX_ENDS"),
    (affixes, "_CHANGE_TO_ENDS"),
    (affixes, "_CHANGE_BY_ENDS"),
    (numerals, "_MINUS"),
    (numerals, "_OPENERS"),
    (lookalikes, "_MAY_BE_LATIN"),
    (moments, "_MAY_BE_SET"),
    (dates_en, "OPENS_WITH_NUMBER"),
    (instants, "_UNITS_EN"),
    (number_words, "_WORDS"),
    (names, "_HUMP"),
    (names, "_MARK"),
    (clocks, "_HAN_SIGN"),
    (shares, "_MAY_SHARE"),
    (shares, "_MAY_BE_A_RATIO"),
    (directions, "_SAYING_ZH"),
    (sentences, "_ITEM"),
    (directions, "_OPENING"),
)
PIECES = (
    "rose to|reached |up |down by |增长了|降至|提升超过|跌|达 |about |at least |more than the |"
    "超过了|每百万词元|每股|$|US$ |人民币|RMB |€|第|No. |number |百分之|千分之|零下|minus |"
    "negative |5分之3|三分之一|½|3.5|1,200|20|2025|三千五百|1.5万亿|两成|7|twenty-five|"
    "one in three|two out of 5|half a million|a third|5 out of 8|million|亿|元|%| percent|"
    "个百分点|倍| times|人|台|km|tokens|每天|every other day|weekly| on Mondays|two hours ago|"
    "within 20 min|3小时后|半小时前|半|on the 5th,|the 3rd of May|May 3|3 May 2025|Dec. 18-19|"
    "in two weeks|in |the next |a few |the |a couple of |new year|two thousand |days ago|个季度|"
    "未来|接下来的|二十五个工作日|一九九八年|五一|上|中|端午|"
    "每十人中就有三人|six in ten |one in a hundred |most of |大部分|免费|at no cost|据|报道|宣布|"
    "提到|《云间来信》|张三|记者|表示|早上|八点|昨晚|"
    "two Tuesdays ago|the Monday before last|今夏|上世纪末|end-2026|"
    "SH600000|代码 600000|ISBN 978-7|1-2-2026|2026-01|from 3/4|mid-2025|early 2026|the 1990s|"
    "2021–23|18.12.2025|Q4|2H|FY26|next year|last night|12月18日|明年|，|。| , |. | and | to |"
    " - |至|GPT-5|iPhone 17|ZorbLax|Tollund Skerry|云岚科技|雾港集团|doubled|翻了一番|21st|\n|"
    '1. |2. |b) |c) |(3) |“|”|「|」|"|‘|’|President |CEO |Dr. |Ada |Marsh| said| told'
)


class _Anything:
    """A set, pattern or automaton that finds whatever it is asked for; nothing is passed over."""

    def __contains__(self, _one: object) -> bool:
        return True

    def isdisjoint(self, _others: object) -> bool:
        return False

    def search(self, _text: str, _place: int = 0) -> bool:
        return True

    match = search

    def findall(self, text: str) -> list[str]:
        return [text, text]

    find_matches_as_indexes = findall


@cache
def _everywhere(language: str) -> object:
    """The patterns of dates, which are tried far from any sign of a date, too."""
    head = moments.HEAD if language == "zh" else moments.WORD_BEGINS
    return moments.compiled(head, {"zh": dates_zh, "en": dates_en}[language].RULES)


@contextmanager
def without_filters() -> Iterator[None]:
    """Try every pattern at every text."""
    starters = dict.fromkeys(dates_en.starters())
    with pytest.MonkeyPatch.context() as patch:
        for module, name in FILTERS:
            patch.setattr(module, name, _Anything())
        patch.setattr(dates_en, "may_hold", lambda _folded: True)
        patch.setattr(dates_en, "starters", lambda: starters)
        patch.setattr(moments, "_compiled", _everywhere)
        patch.setattr(readers, "_english_signs", _Anything)
        patch.setattr(readers, "_people_signs", _Anything)
        yield


@given(st.lists(st.sampled_from(PIECES.split("|")), min_size=1, max_size=8).map("".join))
def test_filters_hide_nothing(text: str) -> None:
    """What is read is the same whether or not the readers ask before they try."""
    found = _readings(text)
    with without_filters():
        assert _readings(text) == found


def _readings(text: str) -> tuple[object, ...]:
    dates, amounts = find_dates(text, DAY), find_quantities(text)
    names_found = find_names(text), tuple(readers.find_people(text))
    told = find_attributions(text), find_quotations(text)
    parts = tuple(shares.find_shares(text)), tuple(shares.find_ratios(text))
    return dates, amounts, names_found, told, parts, split_sentences(text)
