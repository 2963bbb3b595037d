"""English forms of dates, and the forms that both languages share (2025-12-18, Q4 2025)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from ribao.language import counted_en, holidays, weeks_en
from ribao.language import readings_en as en
from ribao.language.calendar import Reading
from ribao.language.widths import latin_words

Rule = tuple[str, Callable[[re.Match[str], date], Reading | None]]
_FULL = (
    "january|february|march|april|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_MONTH = rf"(?P<mn>(?<![A-Za-z])(?:(?i:{_FULL})(?![A-Za-z])(?:\.(?=[ ]?\d))?|May(?![A-Za-z])|MAY(?![A-Za-z])|may(?=[ ]?(?:\d|the[ ]\d|of[ ]\d))))"
_ORDINAL_WORD = "|".join(sorted(en.ORDINAL_DAYS, key=len, reverse=True))
_DAY = rf"(?P<d>(?<![\d:$])(?<!\d\.)(?<!\$ )(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w])|(?i:{_ORDINAL_WORD})(?![\w]))"
_YEAR = r"(?P<y>(?<!\d)(?:1[5-9]|20)\d{2}(?!\d))"
_YEAR_END = r"(?:[ ]?,?[ ](?:of[ ]|in[ ])?(?P<y>(?:1[5-9]|20)\d{2})(?![\d%]|[ ](?:people|users|points|jobs)))?"
_WEEKDAY = r"(?P<wd>(?<![A-Za-z])(?:(?i:mon|tues|wednes|thurs|fri|satur|sun)day(?!s?\w)|(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)(?![A-Za-z])\.?(?=,?[ ](?:\d|at[ ]\d|[A-Z][a-z]{2,8}\.?[ ]\d)|[)）])))"
_COUNT = "|".join(sorted((re.escape(word) for word in counted_en.WORDS), key=len, reverse=True))
_TENS, _ONES = "|".join(counted_en.TENS), "|".join(counted_en.ONES)
_COUNT = rf"(?:(?:an?|{_ONES})[ ])(?:hundred|thousand)|(?:{_TENS})[ -](?:{_ONES})|{_COUNT}"
_AMOUNT = (
    rf"(?P<n>(?<![\w.,$])(?<!quarter of )(?:\d{{1,3}},\d{{3}}|\d{{1,4}}|(?i:{_COUNT}))(?![\w.]))"
)
_STEP = r"(?P<u>(?i:business day|working day|fortnight|day|week|month|quarter|year|decade|century|centurie))s?(?![A-Za-z-])"
_WHICH = r"(?P<rel>(?<![A-Za-z])(?i:this coming|this upcoming|this past|this|last|next|previous|past|coming|upcoming|current|following))"
_LAST_YEAR = r"[ ](?:of[ ])?(?P<rel>(?i:this|next|last))[ ]year(?![A-Za-z])"
_PART = r"(?P<part>(?<![A-Za-z])(?i:early|mid|middle of|late|(?:the )?(?:very )?(?:end|beginning|start|middle|close) of|end(?=[ -]\d|-[JFMASOND][a-z])|middle|early part of))[ -](?:in[ ]|the[ ])?"
_HOLIDAY = "|".join(re.escape(name) for name in sorted(holidays.ENGLISH, key=len, reverse=True))
_COUNTED = (
    r"[\d.,]\d|[\d%+]|[ -]?(?:元|美元|万|亿|人|名|个|家|分|块|余|多|款|台|辆|架|枚|吨|公里|米|次|倍|亩|股|件|套|种|条|页|字|天|小时"
    r"|x\b|[kKmMgGtT]?[WBbgm]\b|nits?\b|px\b|mAh|MHz|rpm|meters|metres|feet|miles|km|kg|tons"
    r"|(?:[a-z]+[ ])?(?:tokens?|users?|people|jobs|employees|companies|workers|points|dollars|yuan|times|hours|cars"
    r"|vehicles|stores|units|homes|students|patients|deaths|soldiers|troops|years|pages|words)\b)"
)
_OF = r"(?:[ ](?:of|in)|,)?[ ]"
_NAMED_DAY = r"[ ][(](?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[)]"
# Words besides numbers and holidays with which a rule below can begin (in lower case).
OPENERS = (
    f"{_FULL}|may|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thur|thurs|thu|fri"
    "|sat|sun|this|last|next|previous|past|coming|upcoming|current|following|the|early|mid|middle|late|end"
    "|beginning|start|close|very|week|q|h|fy|fiscal|year|month|quarter|weekend|earlier|later|so|today|tonight"
    "|yesterday|tomorrow|tmrw|day|within|in|spring|summer|fall|autumn|winter|now|years|weeks|months|days"
).split("|")
# What stands behind the number with which a rule below begins; most numbers are no part of a date.
OPENS_WITH_NUMBER = re.compile(
    rf"\d{{4}}(?!\d)|\d{{1,3}},\d{{3}}[ ](?i:year|month|day|week)|[1-4]Q|\d{{1,4}}(?:[ ]?[-–—/.]|(?i:st|nd|rd|th)|H|[ -]?(?i:{_FULL}|may|business|working|day|week|month"
    r"|quarter|year|decade|centur|past|last|next|coming|following|previous|upcoming|to|through|and|of))"
)
_WEEKDAYS = "mon|tue|wed|thu|fri|sat|sun"
_COUNTED_TIME = (
    rf"[ -](?i:business|working|fortnight|day|week|month|quarter|year|decade|centur|past|last|next|coming|following"
    rf"|previous|upcoming|hundred|thousand|few|couple|of|{_ONES}|{_WEEKDAYS})"
)
_BEHIND_THE = rf"[ ](?:\d|(?i:week|month|year|quarter|day|next|previous|very|end|beginning|start|middle|close|last|{_WEEKDAYS}|{_ORDINAL_WORD}))"
_BEHIND_IN = rf"[ ](?:\d|(?i:the|next|{_COUNT}))"
RULES: tuple[Rule, ...] = (
    (r"(?<![\d.])(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)", en.read_iso),
    (r"(?<![\d./])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:19|20)\d{2}|\d\d)(?!\d)", en.read_slashes),
    (
        r"(?<![\d./-])(?P<a>\d{1,2})-(?P<b>\d{1,2})-(?P<y>(?:19|20)\d{2}|\d\d)(?![\d-])",
        en.read_slashes,
    ),
    (r"(?<![\d./-])(?P<y>20\d{2})[-/](?P<m>0[1-9]|1[0-2])(?![\d/-])", en.read_year_month),
    (
        r"(?:(?<=\bon\ )|(?<=\bfrom\ )|(?<=\bto\ )|(?<=\bby\ )|(?<=\bsince\ )|(?<=\bbefore\ )|(?<=\bafter\ )|(?<=\buntil\ )|(?<=\bbetween\ )|^)(?P<a>3[01]|[12]\d|0?[1-9])/(?P<b>3[01]|[12]\d|0?[1-9])(?![\d/]|[ ]of)(?P<y>(?!))?",
        en.read_slashes,
    ),
    (rf"(?:the[ ])?(?i:week[ ]of)[ ]{_MONTH}[ ]{_DAY}{_YEAR_END}", weeks_en.read_week_of),
    (
        rf"(?:the[ ])?(?P<nth>(?i:first|second|third|fourth|last|1st|2nd|3rd|4th))[ ](?i:week){_OF}(?:the[ ])?(?:year[ ])?(?:{_YEAR}|(?P<rel>(?i:this|next|last))[ ]year|{_MONTH}(?:[ ](?P<y2>(?:19|20)\d\d))?)",
        weeks_en.read_nth_week,
    ),
    (
        rf"(?:the[ ])?(?P<nth>(?i:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th))[ ]{_WEEKDAY}{_OF}(?:(?P<rel>(?i:this|next|last|the))[ ]month|{_MONTH}{_YEAR_END})",
        weeks_en.read_nth_weekday,
    ),
    (
        rf"(?:{_WEEKDAY},?[ ])?{_MONTH}[ ]?(?P<d1>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[ ]?(?:-|–|—|to|through|and)[ ]?{_DAY}{_YEAR_END}",
        en.read_month_days,
    ),
    (
        rf"(?P<d1>(?<![\d.,$-])(?:3[01]|[12]\d|0?[1-9]))(?:st|nd|rd|th)?[ ]?(?:-|–|—|to|through|and)[ ]?{_DAY}[ ](?:of[ ])?{_MONTH}{_YEAR_END}",
        en.read_month_days,
    ),
    (
        rf"{_WEEKDAY},?[ ](?:the[ ])?(?P<d>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)(?![\w:./-]|,\d|[ ]?(?:[ap]\.?m\b|%|of[ ]|(?i:{_FULL})|[–-]))",
        weeks_en.read_weekday_number,
    ),
    (rf"(?P<y>20\d\d)[/-]{_MONTH}[/-](?P<d>\d{{1,2}})(?!\d)", en.read_mdy),
    (r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)(?![\d.])", en.read_iso),
    (
        r"(?i:(?:(?<=between )|(?<=and )|(?<=to )|(?<=until )|(?<=till ))now)(?![A-Za-z])",
        en.read_now,
    ),
    (
        rf"(?:{_WEEKDAY},?[ ](?:the[ ])?)?{_MONTH}[ /]?,?[ ]?(?:the[ ])?{_DAY}(?!,\d|[ ]?[%:]|[ ](?:percent|million|billion))(?:{_LAST_YEAR}|{_YEAR_END})(?:{_NAMED_DAY})?",
        en.read_mdy,
    ),
    (
        rf"(?:{_WEEKDAY},?[ ])?(?:the[ ])?{_DAY}[ -]?(?:day[ ])?(?:of[ ])?{_MONTH}(?:{_LAST_YEAR}|,?[ -](?:of[ ]|in[ ])?(?P<y>(?:1[5-9]|20)\d{{2}})(?!\d))?",
        en.read_mdy,
    ),
    (
        r"(?<![\d.$/-])(?P<a>(?:19|20)\d\d)[ ]?[–—-][ ]?(?P<b>(?:19|20)\d\d|\d\d(?!\d))(?![\d-])(?!年)",
        en.read_years,
    ),
    (rf"(?:{_PART}|(?i:this)[ ])?{_MONTH},?[ /-]?(?:of[ ]|in[ ])?{_YEAR}", en.read_my),
    (rf"(?:{_PART})?{_MONTH},?[ ](?:of[ ])?(?P<rel2>(?i:this|last|next))[ ]year", en.read_my),
    (rf"{_YEAR}[ ,]{{1,2}}{_MONTH}", en.read_my),
    (
        rf"(?P<rel>(?<![A-Za-z])(?i:this|last|next))[ ](?:{_MONTH}[ ](?:the[ ])?(?P<d1>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w:%]|[,.]\d|,?[ ](?:1[5-9]|20)\d\d|[ ](?:percent|[mb]illion))|(?P<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<mn2>(?i:{_FULL}|may))(?![A-Za-z]|,?[ ](?:1[5-9]|20)\d\d))",
        en.read_rel_month_day,
    ),
    (rf"{_WHICH}[ ]{_MONTH}", en.read_rel_month_name),
    (rf"{_PART}{_MONTH}", en.read_my),
    (
        r"(?<![A-Za-z\d])(?:Q|q(?=[1-4][ ](?:of|20)))(?P<q>[1-4])(?:[ ]?(?:of[ ])?(?:FY[ ]?)?(?:['’]?(?P<y>20\d{2}|(?<=['’Y])\d{2})(?!\d))|(?:[ ](?:of|in))?[ ](?P<rel>(?i:this|last|next))[ ]year)?(?![\dA-Za-z])",
        en.read_quarter,
    ),
    (r"(?<![\d.])(?P<y>20\d{2})[ -]?(?i:q)(?P<q>[1-4])(?!\d)", en.read_quarter),
    (
        r"(?<![\w.])(?P<q>[1-4])Q[ ]?['’]?(?P<y>20\d{2}|\d\d)(?![\dA-Za-z])",
        en.read_quarter,
    ),
    (r"(?<![\d.])(?P<y>20\d{2})[ -]?(?i:h)(?P<h>[12])(?!\d)", en.read_half),
    (
        rf"{_PART}(?:the[ ]|this[ ])?(?P<unit>(?i:week|month|quarter|year|decade))(?![A-Za-z-])(?P<rel>(?!))?(?P<after>(?!))?(?P<before>(?!))?",
        en.read_rel_unit,
    ),
    (r"(?P<part>)(?i:(?P<unit>year)[ -]end)(?![A-Za-z])", en.read_year_end),
    (
        rf"(?:the[ ])?(?P<qw>(?<![A-Za-z\d-])(?i:first|second|third|fourth|1st|2nd|3rd|4th))[ -](?i:(?:fiscal[ ])?quarter)(?!ly|back|[ -]?final)(?:[ ](?:of[ ]|in[ ])?(?:{_YEAR}|(?P<rel>(?i:this|last|next|the))[ ]year))?",
        en.read_quarter,
    ),
    (
        r"(?<![A-Za-z\d])(?:H(?P<h>[12])(?:[ ](?P<y>20\d{2})(?!\d)|(?=[ ,.]))|(?P<hw>[12])H(?:[ ]?(?P<y2>20\d{2}|(?<=H)\d\d))?(?![\dA-Za-z]))",
        en.read_half,
    ),
    (
        rf"(?:the[ ])?(?P<hw>(?i:first|second|last))[ -](?i:half){_OF}(?:the[ ]year(?![A-Za-z])|{_YEAR}|(?P<rel>(?i:this|last|next))[ ]year)",
        en.read_half,
    ),
    (
        r"(?<![A-Za-z])(?:FY[ ]?|(?i:fiscal(?:[ ]year)?)[ ])['’]?(?P<y>20\d{2}|\d\d(?!\d))",
        en.read_year,
    ),
    (
        rf"(?:the[ ])?{_WEEKDAY}[ ](?:(?P<after>(?i:after[ ]next))|(?P<before>(?i:before[ ]last)))(?![A-Za-z])",
        weeks_en.read_weekday_away,
    ),
    (
        r"(?P<n>(?<![A-Za-z])(?i:two|three))[ ](?P<wd>(?i:mon|tues|wednes|thurs|fri|satur|sun)day)s[ ](?P<before>ago)(?![A-Za-z])(?P<after>(?!))?",
        weeks_en.read_weekday_away,
    ),
    (
        rf"{_WEEKDAY}[ ](?:of[ ])?(?:the[ ])?(?P<rel>(?i:this|next|last|following|previous))[ ](?i:week)(?![A-Za-z-])",
        weeks_en.read_weekday,
    ),
    (rf"(?:{_WHICH}[ ](?:week[ ](?:on[ ])?)?)?{_WEEKDAY}", weeks_en.read_weekday),
    (
        r"(?i:(?<![a-z])(?P<unit>year|month|quarter|week)[- ]to[- ]date(?![a-z]))(?P<way>)",
        en.read_so_far,
    ),
    (
        r"(?i:(?<![a-z])(?P<way>earlier(?:[ ]in)?|later(?:[ ]in)?|so[ ]far)[ ]th(?:is|e)[ ](?P<unit>week|month|quarter|year|decade)(?![a-z]))",
        en.read_so_far,
    ),
    (
        r"(?i:(?:the[ ])?(?P<unit>week|weekend|month|year|quarter)[ ](?:(?P<after>after[ ]next)|(?P<before>before[ ]last))(?P<rel>(?!))?(?P<part>(?!))?)",
        en.read_rel_unit,
    ),
    (
        rf"(?:{_PART})?{_WHICH}[ ](?P<unit>(?i:week|weekend|month|(?:fiscal[ ])?quarter|(?:(?:fiscal|calendar|school|financial)[ ])?year|decade|century))(?![ -]?old|[A-Za-z]|['’]s[ ]Eve|-)(?P<after>(?!))?(?P<before>(?!))?",
        en.read_rel_unit,
    ),
    (
        r"(?i:(?<![a-z])(?P<rd>today|tonight|yesterday|tomorrow|tmrw|(?:the[ ])?day before yesterday|(?:the[ ])?day after tomorrow|the next day|the previous day|(?:last(?=[ ]night(?![a-z]))|this(?=[ ](?:morning|afternoon|evening)(?![a-z]))))(?![a-z]))",
        en.read_rel_day,
    ),
    (
        rf"(?P<way>(?<![A-Za-z])(?i:past|last|next|coming|following|previous|upcoming))[ ]{_AMOUNT}[ ]{_STEP}",
        counted_en.read_recent,
    ),
    (
        rf"{_AMOUNT}[ ](?P<way>(?i:past|last|next|coming|following|previous|upcoming))[ ]{_STEP}",
        counted_en.read_recent,
    ),
    (
        rf"(?P<way>(?<![A-Za-z])(?i:within|in)[ ](?i:the[ ]next|next|the[ ]coming))[ ]{_AMOUNT}[ ]{_STEP}",
        counted_en.read_recent,
    ),
    (rf"(?P<way>(?<![A-Za-z])(?i:within))[ ]{_AMOUNT}[ ]{_STEP}", counted_en.read_within),
    (
        rf"{_AMOUNT}[ ]{_STEP}[ ](?P<way>(?i:ago|from now|earlier|later|hence|prior|back))(?![A-Za-z-])(?![ ]than)",
        counted_en.read_ago,
    ),
    (
        rf"{_AMOUNT}[ ]{_STEP}[ ](?P<way>(?i:from|after|before))[ ](?P<origin>(?i:today|now|tomorrow|tmrw|yesterday))",
        counted_en.read_ago,
    ),
    (
        rf"(?<![A-Za-z])(?i:in)[ ]{_AMOUNT}[ ]{_STEP}(?:['’][ ]time)?(?![ ](?:of|since|that|from))(?P<way>(?!))?",
        counted_en.read_ago,
    ),
    (
        rf"(?<![A-Za-z])(?P<season>(?i:spring|summer|fall|autumn|winter))(?:[ ](?:of[ ])?{_YEAR})",
        en.read_season,
    ),
    (
        r"(?<![A-Za-z])(?P<rel>(?i:this|last|next))[ ](?P<season>(?i:spring|summer|fall|autumn|winter))(?![A-Za-z])",
        en.read_season,
    ),
    (
        rf"(?:{_PART})?(?:the[ ])?(?<![\d.,$])(?P<dec>(?:1[5-9]|20)\d0)['’]?s(?![A-Za-z])",
        en.read_decade,
    ),
    (
        rf"(?P<c>\d{{1,2}}(?:st|nd|rd|th)|(?<![A-Za-z])(?i:{_ORDINAL_WORD}))[ -]{{1,2}}(?i:century)(?![A-Za-z])",
        en.read_century,
    ),
    (
        rf"(?:(?P<rel3>(?<![A-Za-z])(?i:next|last|this))[ ])?(?P<h>(?<![A-Za-z])(?i:{_HOLIDAY}))(?![A-Za-z])(?:[ ](?:of[ ])?(?:{_YEAR}|(?P<rel>(?i:this|next|last))[ ]year))?",
        en.read_holiday,
    ),
    (
        r"(?<=\bon\ )the[ ](?P<d>\d{1,2}(?:st|nd|rd|th))(?=[.,;?!]|[ ](?:and|at|in|from|with)[ ]|$)",
        en.read_the_nth,
    ),
    (
        rf"(?:{_PART})?(?:year[ ])?(?<![\d.,$€£¥#/\w-])(?P<y>(?:19|20)\d{{2}})(?!{_COUNTED})(?![-–—/]\d|\w)",
        en.read_year,
    ),
    (
        rf"(?:(?<=\bin\ )|(?<=\bIn\ )|(?<=\bsince\ )|(?<=\buntil\ )|(?<=\bafter\ )|(?<=\bbefore\ ))(?P<y>1[5-8]\d{{2}})(?!{_COUNTED})(?![-–—/]\d|\w|,\d)(?=[.,;:)]|$|[ ](?:and|by|as|in|at|after|when|has|was|is|will|to|the|for|with|on)\b)",
        en.read_year,
    ),
    (r"(?<![\w.,-])(?i:(?P<part>(?:early|mid|late|end)))[ -]?(?P<y>20\d\d)(?!\d)", en.read_year),
    (
        rf"{_MONTH}(?<![Mm]ay)(?<!\bMar)(?<!\bmar)(?<!march)(?<![Jj]an)(?<![Ss]ep)(?<![Dd]ec)(?!['’]s[ ](?!\d)|[ ][A-Z])",
        en.read_my,
    ),
    (
        r"(?:(?<=\b[Ii]n\ )|(?<=\b[Ss]ince\ )|(?<=\b[Uu]ntil\ )|(?<=\b[Bb]y\ )|(?<=\b[Ff]rom\ )|(?<=\b[Ll]ate\ ))(?P<mn>May|March|Jan|Sep|Dec|Mar)(?![A-Za-z])(?![ ][A-Z])",
        en.read_my,
    ),
    (
        rf"(?P<mn>(?<![A-Za-z])(?:{_FULL.title()}|May))(?=[ ]?(?:-|–|to[ ]|through[ ]|until[ ])[ ]?(?:{_FULL.title()}|May)(?![A-Za-z]))",
        en.read_my,
    ),
    (
        rf"(?:(?<=[-–])|(?<=to\ )|(?<=through\ )|(?<=until\ ))(?P<mn>(?:{_FULL.title()}|May))(?![A-Za-z])",
        en.read_my,
    ),
)


@cache
def anchors() -> frozenset[str]:
    """Words of which one stands in nearly every form: months, weekdays, units, ..."""
    units = "fortnight day week month quarter year decade century weekend"
    others = (
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thur thurs thu fri sat sun"
        " may centurie centuries today tonight yesterday tomorrow tmrw now night morning afternoon evening date"
        " half fiscal fy h q spring summer fall autumn winter"
    )
    holiday = {re.split(r"[ '’-]", word)[0].lower() for word in holidays.ENGLISH}
    plural = {f"{unit}s" for unit in [*units.split(), *others.split()[:7]]}
    return frozenset({*units.split(), *plural, *others.split(), *_FULL.split("|"), *holiday})


# Figures of which one stands in every form that has none of those words: a year, 3/4, 1-2-26, "on the 5th".
_FIGURES = re.compile(
    r"\d(?:(?:(?<=1)[5-9]|(?<=2)0)\d\d|/\d|[-.]\d{1,2}[-.]\d|st|nd|rd|th)"  # begins with a set: fast
)


def may_hold(folded: str) -> bool:
    """Whether a plain text can hold a date at all; two sentences of three with a digit do not."""
    return not anchors().isdisjoint(latin_words(folded)) or bool(_FIGURES.search(folded))


@cache
def starters() -> dict[str, re.Pattern[str] | None]:
    """The words with which a form can begin; at any other word none has to be tried.

    With the commonest of them few forms begin: there is what must stand behind the word.
    """
    words = {*counted_en.WORDS, *en.ORDINAL_DAYS, *en.ORDINALS, *holidays.ENGLISH, *OPENERS}
    found: dict[str, re.Pattern[str] | None] = dict.fromkeys(
        re.split(r"[ '’-]", word)[0] for word in words
    )
    counts = dict.fromkeys({word.split()[0] for word in counted_en.WORDS}, _COUNTED_TIME)
    behind = counts | {"the": _BEHIND_THE, "in": _BEHIND_IN, "new": r"[ ](?i:year)"}
    return found | {word: re.compile(rest) for word, rest in behind.items()}
