"""Titles that a scraper put together out of a whole card: section, date and headline in one word.

Feeds that people make of pages without a feed often join the texts of a card without a space:
"Dec 18, 2025PolicyAn owl learns to read". No editor writes a date against the next word, so a title
is taken apart only where a date touches it.
"""

from __future__ import annotations

import re

# Names of sections on the pages of companies and laboratories; general knowledge.
_SECTIONS = (
    "Announcements", "Announcement", "Alignment", "Applied", "Benchmarks", "Blog", "Business",
    "Case Study", "Community", "Company", "Conversation", "Data", "Design", "Developers",
    "Economic Research", "Education", "Engineering", "Event", "Events", "Featured",
    "Frontier Red Team", "Guide", "Hardware", "Insights", "Interpretability",
    "Models", "News", "Open Source", "Opinion", "Partnerships", "Perspective", "Policy",
    "Press", "Product", "Products", "Publication", "Release",
    "Research", "Responsibility", "Safety", "Science", "Security", "Societal Impacts", "Stories",
    "Technical", "Technology", "Tutorial", "Update", "Updates",
)  # fmt: skip
_NAMES = "|".join(sorted(_SECTIONS, key=len, reverse=True))
_DATE = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.? \d{1,2}, \d{4}"
)
_CARD = re.compile(
    rf"^(?P<before>{_NAMES})?(?P<date>{_DATE})"
    rf"(?P<after>(?:{_NAMES})(?=[A-Z“\"‘']))?(?P<title>[A-Z“\"‘'].{{5,}})$"
)


def headline_and_date(title: str) -> tuple[str, str]:
    """Take a title apart where a date touches it: the headline, and the date as it was written.

    A title without such a date is given back as it is, with "".
    """
    match = _CARD.match(title)
    if match is None:
        return title, ""
    doubled = bool(match["before"]) and bool(match["after"])  # the headline begins with that word
    return (match["after"] if doubled else "") + match["title"], match["date"]
