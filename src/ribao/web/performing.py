"""What each order does to a draft: the desk's own functions, with what they need to know."""

from __future__ import annotations

from dataclasses import replace

from ribao.desk import Bundle, Draft, changes, telling
from ribao.errors import ConfigError
from ribao.model import Article, Story
from ribao.web import orders
from ribao.web.materials import candidates, check, cutoff, findings_of_title, story_of
from ribao.web.office import Office
from ribao.web.orders import Order


def perform(office: Office, draft: Draft, order: Order, who: str) -> Draft:  # noqa: C901, PLR0911, PLR0912 - one line for each verb
    """The draft after an order.

    Raises:
        ConfigError: the order makes no sense for this draft.
    """
    match order:
        case orders.Put():
            return changes.place(draft, order.story, order.section, order.before)
        case orders.Step():
            return changes.step(draft, order.story, order.by)
        case orders.Pin():
            return changes.pin(draft, order.story, on=order.on)
        case orders.Hold():
            return changes.hold(draft, order.story, order.reason)
        case orders.BringBack():
            return changes.bring_back(draft, order.story)
        case orders.Rename():
            return changes.rename(draft, order.section, order.title)
        case orders.Entitle():
            return changes.entitle(
                draft, order.title, findings_of_title(office, draft, order.title)
            )
        case orders.Take():
            return _take(office, draft, order)
        case orders.Merge():
            return _merge(office, draft, order)
        case orders.Split():
            return _split(office, draft, order)
        case orders.Rewrite():
            story = story_of(office, draft, order.story)
            return changes.rewrite(draft, story, _tell(office, draft, story, order.story))
        case orders.Reword():
            return _reword(office, draft, order)
        case orders.AddSentence():
            sentence = check(office, draft, order.story, "", order.text)
            return changes.add_sentence(draft, order.story, sentence)
        case orders.Vouch():
            return changes.override(draft, order.story, order.place, order.reason, who)
    raise ConfigError("no such order", type(order).__name__)


def _take(office: Office, draft: Draft, order: orders.Take) -> Draft:
    if any(one.article.story_id == order.story for one in draft.aside):
        return changes.bring_back(draft, order.story)
    story = story_of(office, draft, order.story)
    known = next((one for one in candidates(office, draft) if one.story_id == order.story), None)
    section = order.section or (known.section if known else draft.edition.sections[0].id)
    kind = draft.section(section).kind
    scored = replace(story, section=section, kind=kind, score=known.score if known else story.score)
    return changes.take(
        draft, telling.tell(scored, draft.edition, office.config, now=cutoff(draft))
    )


def _merge(office: Office, draft: Draft, order: orders.Merge) -> Draft:
    if order.into == order.other:
        raise ConfigError("a story cannot be merged with itself", order.into)
    both = telling.together(
        story_of(office, draft, order.into), story_of(office, draft, order.other)
    )
    return changes.merge(
        draft, order.into, order.other, both, _tell(office, draft, both, order.into)
    )


def _split(office: Office, draft: Draft, order: orders.Split) -> Draft:
    story = story_of(office, draft, order.story)
    left, cut = telling.apart(story, order.documents)
    changed = changes.rewrite(draft, left, _tell(office, draft, left, order.story))
    bundles = (*changed.bundles, _bundle(cut))
    return replace(changed, bundles=tuple(sorted(bundles, key=lambda one: one.story_id)))


def _reword(office: Office, draft: Draft, order: orders.Reword) -> Draft:
    if not order.text:
        return changes.reword(draft, order.story, order.place, None)
    sentence = check(office, draft, order.story, order.place, order.text)
    return changes.reword(draft, order.story, order.place, sentence)


def _bundle(story: Story) -> Bundle:
    return Bundle(story.id, story.headline, tuple(one.id for one in story.documents))


def _tell(office: Office, draft: Draft, story: Story, story_id: str) -> Article:
    kept = draft.article(story_id)
    placed = replace(story, section=kept.section, kind=kept.kind, score=kept.score)
    return telling.tell(placed, draft.edition, office.config, now=cutoff(draft))
