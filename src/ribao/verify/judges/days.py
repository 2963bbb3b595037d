"""A word for a day that was true when it was written and is not when it is printed.

"Tomorrow" of a report three days old is not the reader's tomorrow, though the report has the word.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ribao.language.dates import DateMention
from ribao.language.directions import find_quotations
from ribao.model import Finding, Verdict
from ribao.verify.case import Case
from ribao.verify.claims import DATE, Claim
from ribao.verify.passages import Passage
from ribao.verify.verdicts import finding

UNDATED = date(2000, 1, 1)  # the day of what does not say when it was published
CLOSING = 1  # days: a paper speaks of the day on which it was closed as its own
# Today is also these times, and "today's"; a named day says by its name which one it is.
_THESE_DAYS = re.compile(r"['’]s\b|的|\s*(?:and|or) tomorrow\b")
# These count from the day that was told before, in the report as in the print.
_LEANS = re.compile(
    r"(?:(?:次|翌|当|同|隔|前一|后一)[日天]|同一天|第二天)(?:起|[早晚上下凌傍][晨间午晚]?|之?[前后内])*"
    r"|(?:the )?(?:next|previous|following|same) day|(?:the )?day (?:before|after)|that day|now",
    re.IGNORECASE,
)
_BY_NAME = re.compile(
    r"\d(?:\d\d\d|[月日]|st\b|nd\b|rd\b|th\b)|周[一二三四五六日天]|星期|礼拜"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|[一二三四五六七八九十]月"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def out_of_date(claim: Claim, passage: Passage, at: int, case: Case) -> Finding | None:
    """The finding on a word for a time that means another one by now; None where it does not.

    `at` is where the report has the word. What lay ahead of the report must lie ahead of the
    edition; what was past or present may be told as such on the next day.
    """
    mine, published = claim.value, passage.document.published_at.date()
    late = (case.day - published).days
    if claim.family != DATE or not isinstance(mine, DateMention) or case.day == UNDATED or late < 1:
        return None
    if mine.other is not None or mine.approximate or _BY_NAME.search(claim.text):
        return None
    if _THESE_DAYS.match(case.sentence.text, claim.end) or _LEANS.fullmatch(claim.text):
        return None
    if any(mark.start <= claim.start < mark.end for mark in find_quotations(case.sentence.text)):
        return None  # the day of who is quoted, or a name: “明日之星”
    for told in passage.claims(passage.sentence_at(at), DATE):
        theirs = told.value
        if not isinstance(theirs, DateMention) or not told.start <= at < told.end:
            continue
        apart = mine.last < theirs.first or theirs.last < mine.first
        if apart and told.text == claim.text and (late > CLOSING or theirs.first > published):
            found = finding(
                claim, Verdict.CONTRADICTED, "aged", case.language,
                day=published.isoformat(), meant=theirs.first.isoformat(),
            )  # fmt: skip
            cited = passage.cite(told.start, told.end)
            return replace(found, evidence=cited, expected=theirs.first.isoformat())
    return None
