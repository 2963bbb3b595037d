"""In which section of the paper a story stands: the rules of the beat, the most points win."""

from __future__ import annotations

from ribao.beat import Beat, SectionRule, is_on_site
from ribao.model import Story
from ribao.rank.patterns import acts
from ribao.rank.weigh import originals

ORGANISATION = 1.0  # points of an organisation of the section in a headline
CATEGORY = 1.5  # points of the source's category
SITE = 4.0  # points of a report on a site of the section, such as code on a code host
TOLD = 0.5  # of the points of a word, where the text holds any
LEAD = 400  # characters; what follows is background
HINT = 2.0  # points of the section that the source names itself
LAUNCHES = ("launch", "open-source release")  # acts whose section the text may tell
NOTES = (
    "gist.github.com"  # a page there is a text that somebody wrote, and no code that is released
)
TITLES = 6  # reports; the first ones tell the event best


def section_of(story: Story, beat: Beat) -> SectionRule:
    """Find the section whose rules fit best; the earlier one of equals, never a brief section."""
    documents = originals(story)[:TITLES]
    titles = "\n".join((story.headline, *(one.title for one in documents)))
    words = beat.section_words(titles)
    named = set(beat.mentions(titles))
    launched = any(act.name in LAUNCHES for one in documents for act in acts(one.title, one.url))
    lead = "\n".join(one.text[:LEAD] for one in documents) if launched else ""
    told = beat.section_words(lead)
    closed = beat.closed_sections(titles)
    pages = [one.url for one in documents if not is_on_site(one.url, NOTES)]

    def points(rule: SectionRule) -> float:
        return (
            rule.weight * (words[rule.id] + TOLD * min(1, told[rule.id]))
            + ORGANISATION * len(named.intersection(rule.organisations))
            + CATEGORY * any(one.category in rule.categories for one in documents)
            + SITE * any(is_on_site(url, site) for url in pages for site in rule.sites)
            + HINT * any(one.section == rule.id for one in documents)
        )

    candidates = [
        rule for rule in beat.sections if rule.kind != "brief" and rule.id not in closed
    ] or list(beat.sections)
    return max(candidates, key=lambda rule: (points(rule), -candidates.index(rule)))
