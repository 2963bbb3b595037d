"""In which section of the paper a story stands: the rules of the beat, the most points win."""

from __future__ import annotations

from ribao.beat import Beat, SectionRule
from ribao.model import Story
from ribao.rank.weigh import originals

ORGANISATION = 1.0  # points of an organisation of the section in a headline
CATEGORY = 1.5  # points of the source's category
HINT = 2.0  # points of the section that the source names itself
TITLES = 6  # reports; the first ones tell the event best


def section_of(story: Story, beat: Beat) -> SectionRule:
    """Find the section whose rules fit best; the earlier one of equals, never a brief section."""
    documents = originals(story)[:TITLES]
    titles = "\n".join((story.headline, *(one.title for one in documents)))
    words = beat.section_words(titles)
    named = set(beat.mentions(titles))
    categories = {one.category for one in documents}
    hints = {one.section for one in documents}

    def points(rule: SectionRule) -> float:
        return (
            rule.weight * words.get(rule.id, 0)
            + ORGANISATION * len(named.intersection(rule.organisations))
            + CATEGORY * len(categories.intersection(rule.categories))
            + (HINT if rule.id in hints else 0.0)
        )

    candidates = [rule for rule in beat.sections if rule.kind != "brief"] or list(beat.sections)
    return max(candidates, key=lambda rule: (points(rule), -candidates.index(rule)))
