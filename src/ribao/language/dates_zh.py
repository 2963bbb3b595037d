"""Chinese forms of dates: each rule is a pattern and the reading of its match."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from ribao.language import holidays, long_times_zh
from ribao.language import readings_zh as zh
from ribao.language.calendar import Reading

Rule = tuple[str, Callable[[re.Match[str], date], Reading | None]]
_N = "[零一二三四五六七八九]"
_ERA = "|".join(zh.ERAS)
_YEAR = (
    rf"(?:(?P<y>(?<!\d)(?:1\d{{3}}|2\d{{3}})|(?<!\d)0\d|(?<!\d)\d{{2}}(?=[ ]?年(?:[ ]?\d{{1,2}}月|[ ]?[一二三四五六七八九十]{{1,3}}月"
    rf"|第?[一二三四]季|[上下]半年|[初底末]|至|到|以[前后]))|{_N}{{4}}|零{_N}|(?:{_ERA})(?:元|\d{{1,2}}|[一二三四五六七八九]?十?[一二三四五六七八九十]))(?:[ ]?年(?!间|级|代|度(?!报)|前的|薪)|(?<=20\d\d)(?=[上下]半年|第?[一二三四]季))"
    r"|(?P<ry>大前年|今年|去年|明年|前年|后年|本年度?|上年度?|(?<!马)上一年度?(?!半)|下一年度?|当年|同年))"
)
_MONTH = r"(?P<m>(?<!\d)(?:1[0-2]|0?[1-9])|十[一二]?|(?<!十)[一二三四五六七八九](?!十)|元)[ ]?月(?!初[一二三四五六七八九十]|(?:十[一二三四五六七八九]|廿|三十)(?![一日号天年个]))(?:(?<=\d月)|(?<=\d 月)|(?!球|亮|饼|光|薪|租|销|均|经|嫂|台))(?:份)?"
_REL_MONTH = r"(?P<rm>本月|当月|上月|下月|次月|(?:上上|上|下下|下|这|本)一?个月)"
_DAY = r"(?P<d>(?<!\d)(?:3[01]|[12]\d|0?[1-9])|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[ ]?(?:日(?!元|本|均|报|内)|号(?![线楼馆店机位文院角令]))"
_PART = "(?P<part>上旬|中旬|下旬|月初|月底|月末|月中|初(?![一二三四五六七八九十])|底|末|中(?=[，。、；]))"
_YEAR_PART = "(?P<part>年初|年底|年末|年中|初|底|末|中(?!国|央|心|期|旬)|春季|春天|夏季|夏天|秋季|秋天|冬季|冬天|春(?![运节晚])|夏(?!令)|秋(?!招)|冬(?!奥))"
_HAN_COUNT = "[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"
_AMOUNT = rf"(?P<n>(?<![\d.])\d{{1,4}}|(?<![一二两三四五六七八九])(?:{_HAN_COUNT})|半)"
_SPAN_UNIT = r"(?P<u>天|日|周|个?星期|个?礼拜|个?工作日|个?交易日|个月|个季度|年)"
_WEEK = "个?(?:周|星期|礼拜)"
_WEEKDAY = "(?:周|星期|礼拜)[一二三四五六日天]"
_CENTURY = "(?P<rc>(?:[上下这]一?个?|本)(?=世纪))"
_LONG_PART = "(?P<part>初期?|中期|中叶|后期|末期?)?"
RULES: tuple[Rule, ...] = (
    (
        r"(?<!\d)(?P<a>(?:1[89]|20)\d\d)年?[ ]?[-–—~至到][ ]?(?P<b>(?:1[89]|20)\d\d|\d\d)[ ]?年(?!\d|前|后|内)",
        zh.read_years_range,
    ),
    (
        rf"{_YEAR}[ ]?(?P<m1>1[0-2]|0?[1-9])月?[ ]?[-–—~至到][ ]?(?P<m2>1[0-2]|0?[1-9])[ ]?月(?!份?[ ]?\d)",
        zh.read_months,
    ),
    (
        rf"{_YEAR}?[ 的]?{_MONTH}[ ]?(?P<d1>3[01]|[12]\d|0?[1-9])[ ]?[-–—~至到、和][ ]?{_DAY}",
        zh.read_month_days,
    ),
    (
        rf"(?:{_WEEKDAY}[ ]?[（(，,]?[ ]?)?{_YEAR}?[ 的]?{_MONTH}[ ]?{_DAY}(?:[ ,，]{{0,2}}[（(]?(?:周|星期|礼拜)[一二三四五六日天][）)]?)?",
        zh.read_ymd,
    ),
    (
        rf"(?:(?P<c>\d{{2}}|[一二三四五六七八九十]+)|{_CENTURY})[ ]?世纪(?P<d>\d0|[一二三四五六七八九]十)[ ]?年代{_LONG_PART}",
        long_times_zh.read_decade,
    ),
    (
        rf"(?P<c>(?!))?(?P<rc>(?!))?(?P<d>(?<!\d)(?:1[5-9]|20)?\d0|[一二三四五六七八九]十)[ ]?年代{_LONG_PART}",
        long_times_zh.read_decade,
    ),
    (
        rf"(?:(?<!\d)(?P<c>\d{{2}}|十[一二三四五六七八九]|二十一?)|{_CENTURY})[ ]?世纪(?!经济报道|纪)(?P<part>初期?|中期|中叶|后期|末期?|以来)?",
        long_times_zh.read_century,
    ),
    (
        r"(?P<ry>(?<![如当古而现])今|(?<![过失离死除])去|(?<![昆文证说清光黎声发透聪三表查])明)(?P<season>春(?![运节晚游城熙联])|夏(?![令威洛至])|秋(?![招游千])|冬(?![奥令泳宫至])|冬(?=至[今明]))天?",
        long_times_zh.read_season,
    ),
    (r"(?:去年|上年|上一年)同期", zh.read_same_period),
    (
        r"(?:今年(?:年初)?以来|年初以来|(?<![\d一二三四五六七八九十两几数半多])年内|今年来)",
        zh.read_so_far,
    ),
    (
        rf"{_YEAR}[ 的]?(?P<span>前)?(?:第?(?P<q>[一二三四1-4])(?:个?季度?|财季)|Q(?P<q2>[1-4]))",
        zh.read_quarter,
    ),
    (r"(?P<fy>20\d\d)[ ]?财年第?(?P<q>[一二三四1-4])(?:季度|财季|季)", zh.read_quarter),
    (r"(?P<span>前)(?P<q>[一二三四])个?季度?", zh.read_quarter),
    (rf"(?<![之以年月日天周])前(?P<n>1[0-2]|[2-9]|{_HAN_COUNT})个?月", zh.read_first_months),
    (
        r"第(?P<q>[一二三四1-4])个?(?:季度|财季)|(?<![上下])(?P<q2>[一二三四])季(?:度|(?=[报末初中，以]))|(?<![A-Za-z\d])Q(?P<q3>[1-4])(?![\dA-Za-z])(?![ ]?20\d\d)",
        zh.read_quarter,
    ),
    (rf"{_YEAR}?[ 的]?(?:上个?|下个?|前|后)半年(?!报|度)", zh.read_half_word),
    (r"(?P<half>[上下])半(?P<of>月|周)", zh.read_half_of_period),
    (
        rf"(?:{_YEAR}|{_MONTH})[ ]?的?第(?P<nth>{_HAN_COUNT}|\d{{1,2}})(?P<u>{_WEEK}|个月)",
        zh.read_nth_of_year,
    ),
    (
        rf"{_YEAR}[ ]?的?(?P<which>前|最后|后|最後)[ ]?{_AMOUNT}[ ]?{_SPAN_UNIT}",
        zh.read_first_or_last,
    ),
    (
        rf"{_YEAR}?[ 的]?{_MONTH}的?(?P<nth>最后一个|第[一二三四五]个?)(?:星期|周|礼拜)(?P<wd>[一二三四五六日天])",
        zh.read_weekday_of_month,
    ),
    (rf"{_YEAR}?[ 的]?{_MONTH}{_PART}?", zh.read_month),
    (rf"{_REL_MONTH}[ ]?{_DAY}", zh.read_rel_month_day),
    (rf"{_REL_MONTH}{_PART}?", zh.read_month),
    (
        rf"{_YEAR}?(?P<h>{'|'.join(sorted(holidays.CHINESE, key=len, reverse=True))})(?![一-龥]{{0,2}}(?:概念|期间的|档期))",
        zh.read_holiday,
    ),
    (r"(?P<fy>20\d\d)[ ]?财年", zh.read_fiscal_year),
    (rf"{_YEAR}{_YEAR_PART}?", zh.read_year_only),
    (
        r"(?:(?<![\d\w])|(?<=[在于到至计划望或]))(?P<part>年底|年初|年中|年末)(?!考核|奖)",
        zh.read_part_of_this_year,
    ),
    (r"(?:[上下本这]|上上|下下)一?个?季度", zh.read_rel_quarter),
    (
        rf"(?P<rw>上上|下下|[上下本这])?{_WEEK}(?P<wd>[一二三四五六日天])(?![年月天个期])",
        zh.read_weekday,
    ),
    (rf"(?P<rw>上上|下下|[上下本这])一?{_WEEK}(?P<end>末)?", zh.read_week),
    (r"(?P<rw>(?!))?(?P<end>周末)", zh.read_week),
    (
        r"(?P<rd>大前|大后|(?<!目)前|[今昨明当次]|(?<!今|以|之|然|最)后)(?:天(?!空|花|然|才|津|使|猫|赋|际)|日(?!本|报|货|元|头条|之[后星子]|方舟))",
        zh.read_rel_day,
    ),
    (r"(?P<rd>[今昨明])(?=[晚早晨夜])", zh.read_rel_day),
    (rf"{_AMOUNT}(?:多|余)?[ ]?{_SPAN_UNIT}(?:之|以)?(?P<way>前|后(?!续|期|来))", zh.read_ago),
    (
        rf"(?P<way>过去|最近|近|未来|接下来|今后|往后|之后|(?<![之以年月日天周])前|(?<![之以年月日天周最])后)(?:的)?[ ]?{_AMOUNT}[ ]?{_SPAN_UNIT}(?:内|里|间|来)?(?!前|后)",
        zh.read_recent,
    ),
    (
        r"(?<![\d.第年-])(?P<d>3[01]|[12]\d|0?[1-9])[ ]?(?:日(?!元|本|均|报|内|年化|游|线)|号(?![线楼馆店机位文院角令店厅桥井站台选种]))",
        zh.read_day_only,
    ),
    (
        r"(?<![一二三四五六七八九十第初月])(?P<d>三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九])日(?!元|本|均|报|内|年化|游|线)",
        zh.read_day_only,
    ),
)


_SIGNS = "年月日号天周期拜季旬世节庆旦夕昨今明夜双诞恩秋冬夏春腊"
_FARTHEST = 16  # signs from the begin of a form to the first of these: 2025 - 2034年, 接下来的九十九个工作日


@cache
def _holidays_without() -> str:
    """The holidays whose names have none of the signs, as alternatives of a pattern."""
    return "|".join(
        sorted(re.escape(name) for name in holidays.CHINESE if not set(name) & set(_SIGNS))
    )


@cache
def signs() -> re.Pattern[str]:
    """One of these signs stands in every form; half the sentences of news have none."""
    return re.compile(f"[{_SIGNS}]|{_holidays_without()}")


def near_a_sign() -> str:
    """The pattern of a place from which such a sign is not far; three places of four have none.

    To look for it costs a hundredth of trying the forms there.
    """
    return rf"(?:(?=[^{_SIGNS}]{{0,{_FARTHEST}}}[{_SIGNS}])|(?={_holidays_without()}))"
