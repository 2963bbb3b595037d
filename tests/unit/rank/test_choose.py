"""Which stories are printed, where, and what is said of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ribao.beat import load_beat
from ribao.config import EditionSettings, RankSettings
from ribao.model import Heat, Points, Story
from ribao.outcome import Outcome, Reason
from ribao.rank import rank
from tests.unit.rank.newsdesk import NOW, english, lenient, report, story

AI = load_beat("ai")


def _rank(
    *stories: Story,
    settings: RankSettings | None = None,
    edition: EditionSettings | None = None,
    history: Sequence[Story] = (),
) -> Outcome[Story]:
    return rank(
        stories,
        AI,
        settings or lenient(),
        edition=edition or english(),
        now=NOW,
        history=history,
    )


def test_noise_is_dropped_with_its_words() -> None:
    """A match report is off topic, and the ledger says which words told so."""
    outcome = _rank(story(report("Quarterback throws three touchdowns in the playoffs")))
    assert outcome.kept == ()
    assert outcome.dropped[0].reason is Reason.OFF_TOPIC
    assert "touchdown" in outcome.dropped[0].detail


def test_what_has_no_word_of_the_beat_is_off_topic() -> None:
    """Silence about the field is reason enough."""
    outcome = _rank(story(report("Village choir celebrates a hundred years")))
    assert outcome.dropped[0].reason is Reason.OFF_TOPIC


def test_a_company_gets_only_its_share() -> None:
    """The fourth story of one company is left out for the sake of the others."""
    verbs = ("opens", "hires", "sells", "tests")
    many = [story(report(f"OpenAI {verb} its {verb[:3]} desk {verb}")) for verb in verbs]
    outcome = _rank(*many)
    assert len(outcome.kept) == 3
    assert [drop.reason for drop in outcome.dropped] == [Reason.SAME_COMPANY]
    assert sum(one.kind == "story" for one in outcome.kept) <= 2


def test_the_edition_is_full_when_it_is_full() -> None:
    """What finds no place is dropped for want of room, and it is the weakest."""
    labs = ("Mistral", "Anthropic", "DeepSeek", "Cohere")
    many = [story(report(f"{lab} trains a language model")) for lab in labs]
    outcome = _rank(*many, edition=english(stories=1, releases=0, briefs=1))
    assert len(outcome.kept) == 2
    assert {drop.reason for drop in outcome.dropped} == {Reason.NO_ROOM}


def test_an_old_story_is_dropped() -> None:
    """What is older than the window is no news."""
    outcome = _rank(story(report("OpenAI ships a model", hours=80)))
    assert outcome.dropped[0].reason is Reason.TOO_OLD


def test_a_weak_story_is_dropped_for_its_score() -> None:
    """A story of the field without any weight does not make the paper."""
    weak = story(report("Why I think AI is a mirror of my year", weight=0.5))
    outcome = _rank(weak, settings=RankSettings())
    assert outcome.dropped[0].reason is Reason.LOW_SCORE


def test_the_score_is_the_sum_of_its_parts_and_each_has_words() -> None:
    """Whoever asks why a story stands first can add it up."""
    outcome = _rank(story(report("OpenAI ships a model", "It has 7 billion parameters. " * 9)))
    score = outcome.kept[0].score
    assert score.total == sum(part.points for part in score.parts)
    assert all(part.because for part in score.parts)


def test_more_voices_weigh_more_than_copies() -> None:
    """Five outlets of their own outweigh five copies of one report."""
    title = "Mistral opens an office"
    first = report(title)
    hosts = [f"paper{number}.example" for number in range(4)]
    own = [report(title, url=f"https://{host}/a", outlet=host) for host in hosts]
    copies = [replace(document, copy_of=first.id) for document in own]
    many, few = _rank(story(first, *own)).kept[0], _rank(story(first, *copies)).kept[0]
    assert many.score.total > few.score.total


def test_heat_and_a_first_hand_source_add_points() -> None:
    """Upvotes and the company's own page are reasons of their own."""
    hot = report(
        "Mistral releases an open model",
        url="https://mistral.ai/news/x",
        outlet="mistral.ai",
        heat=Heat(points=900, comments=300),
    )
    names = {part.name for part in _rank(story(hot)).kept[0].score.parts}
    assert {"heat", "primary"} <= names


def test_releases_stand_in_their_section() -> None:
    """An open-source release goes to the section that is kept for releases."""
    outcome = _rank(story(report("Mistral open-sources its speech model on GitHub")))
    assert (outcome.kept[0].section, outcome.kept[0].kind) == ("open", "release")


def test_places_that_stay_empty_become_lines() -> None:
    """Where no release waits, its place goes to a further line; what is asked for is printed."""
    labs = ("Mistral", "Anthropic", "DeepSeek", "Cohere", "Zhipu")
    many = [story(report(f"{lab} trains a language model")) for lab in labs]
    outcome = _rank(*many, edition=english(stories=1, releases=2, briefs=1))
    assert [one.kind for one in outcome.kept].count("brief") == 3
    assert len(outcome.kept) == 4


def test_a_weak_release_does_not_keep_its_place_from_a_strong_line() -> None:
    """A release far below the last line stands back; one near it keeps its place."""
    labs = ("Mistral", "Anthropic", "DeepSeek", "Cohere", "Zhipu")
    strong = Heat(points=3000, comments=900)
    many = [story(report(f"{lab} trains a language model", heat=strong)) for lab in labs]
    weak = report("Why a harbour tool is open source on GitHub?", hours=70, weight=0.2)
    outcome = _rank(*many, story(weak), edition=english(stories=1, releases=1, briefs=1))
    assert [one.kind for one in outcome.kept].count("brief") == 2
    assert weak.title not in {one.headline for one in outcome.kept}
    near = report("Harbour Labs open-sources its language model on GitHub", heat=strong)
    outcome = _rank(*many, story(near), edition=english(stories=1, releases=1, briefs=1))
    assert near.title in {one.headline for one in outcome.kept}


def test_a_version_that_most_titles_tell_is_printed_once() -> None:
    """A headline without the version does not hide that its reports launch the same model."""
    first = story(report("GPT-7.5 arrives", "A language model."))
    second = story(
        report("The lab renews its language model"),
        report("OpenAI ships GPT-7.5 today"),
        report("A first look at GPT-7.5"),
    )
    outcome = _rank(first, second)
    assert len(outcome.kept) == 1
    assert outcome.dropped[0].reason is Reason.SAME_COMPANY


def test_of_twins_the_one_that_readers_can_read_is_printed() -> None:
    """A report in the language of the edition takes the place of one told elsewhere alone."""
    hot = Heat(points=3000, comments=900)
    foreign = story(report("OpenAI 发布 GPT-7.5", "大语言模型。", language="zh", heat=hot))
    native = story(report("GPT-7.5 is here", "A language model of OpenAI."))
    outcome = _rank(foreign, native, edition=english(stories=2))
    assert [one.headline for one in outcome.kept] == ["GPT-7.5 is here"]
    assert [drop.subject for drop in outcome.dropped] == [foreign.id]


def test_one_report_of_the_field_among_strangers_brings_no_story_in() -> None:
    """The middle report says whether a story is of the field, not the loudest."""
    others = [report(f"Village choir sings for the {number}th time") for number in range(4)]
    loud = report("OpenAI trains a large language model with reinforcement learning on GPUs")
    outcome = _rank(story(*others, loud))
    assert outcome.dropped[0].reason is Reason.OFF_TOPIC


def test_a_note_on_a_code_host_is_no_release() -> None:
    """A gist is a text that somebody wrote."""
    note = story(
        report("How a language model was tricked", url="https://gist.github.com/someone/1")
    )
    assert _rank(note).kept[0].section != "open"


def test_what_was_printed_is_not_printed_again() -> None:
    """The same documents a day later are dropped as printed."""
    old = story(report("Mistral opens an office in Oslo"))
    outcome = _rank(old, history=[old])
    assert outcome.dropped[0].reason is Reason.ALREADY_PRINTED
    assert "Oslo" in outcome.dropped[0].detail


def test_new_words_are_no_news_and_new_facts_are() -> None:
    """A second report comes back only with numbers, dates or names that were not known."""
    old = story(report("Mistral opens an office in Oslo", "It has 40 desks."))
    echo = report(
        "Mistral opens an office in Oslo, Norway", "There are 40 desks.", url="https://b.example/1"
    )
    sequel = report(
        "Mistral office in Oslo opens with Nvidia",
        "It costs $75 million. There are 300 people.",
        url="https://b.example/2",
    )
    again = story(*old.documents, echo, continues=old.id)
    more = story(*old.documents, sequel, continues=old.id)
    assert _rank(again, history=[old]).dropped[0].reason is Reason.NOTHING_NEW
    update = _rank(more, history=[old]).kept[0]
    assert update.continues == old.id
    assert update.new_document_ids == (sequel.id,)
    assert any("$75" in part.because for part in update.score.parts)


def test_the_order_of_arrival_changes_nothing() -> None:
    """The same stories in another order give the same paper."""
    labs = ("Mistral", "Anthropic", "DeepSeek", "Cohere", "Moonshot AI", "xAI")
    many = [story(report(f"{lab} trains a language model")) for lab in labs]
    small = english(stories=2, releases=1, briefs=1)
    assert _rank(*many, edition=small) == _rank(*reversed(many), edition=small)


def test_the_owner_can_change_the_weight_of_a_reason() -> None:
    """A factor in ribao.toml multiplies the points of a reason."""
    one = story(report("OpenAI ships a model"))
    plain = {part.name: part.points for part in _rank(one).kept[0].score.parts}
    settings = lenient(weights={"entities": 2.0})
    heavy = {part.name: part.points for part in _rank(one, settings=settings).kept[0].score.parts}
    assert heavy["entities"] == 2 * plain["entities"]


class _Generous:
    name = "generous.v1"

    def points(self, story: Story) -> Sequence[Points]:
        return [Points("generous", 5.0, f"for {story.headline}")]


class _Broken:
    name = "broken.v1"

    def points(self, story: Story) -> Sequence[Points]:
        raise LookupError(story.headline)


def test_a_plugin_adds_points_and_a_broken_one_costs_only_its_own() -> None:
    """One failing ranker is reported and does not stop the paper."""
    one = story(report("OpenAI ships a model"))
    outcome = rank(
        [one], AI, lenient(), edition=english(), now=NOW, rankers=[_Broken(), _Generous()]
    )
    assert "generous" in {part.name for part in outcome.kept[0].score.parts}
    assert "broken.v1" in outcome.failed[0].error


@pytest.mark.parametrize("language", ["zh", "en"])
def test_reasons_speak_the_language_of_the_edition(language: str) -> None:
    """A Chinese edition explains itself in Chinese."""
    edition = EditionSettings(language=language)
    parts = _rank(story(report("OpenAI ships a model")), edition=edition).kept[0].score.parts
    has_han = any("\u4e00" <= letter <= "\u9fff" for part in parts for letter in part.because)
    assert has_han is (language == "zh")


def test_a_stranger_in_a_story_lends_it_no_weight() -> None:
    """A report of something else that was put into a story by mistake does not count as a voice."""
    lead = report("Mistral trains a language model")
    stranger = report(
        "Village bakery wins a prize for rye bread",
        url="https://bread.example/1",
        outlet="bread.example",
    )
    alone, together = _rank(story(lead)).kept[0], _rank(story(lead, stranger)).kept[0]
    assert together.score.total == alone.score.total
    assert together.documents == (lead, stranger)


def test_a_section_with_too_few_stories_keeps_its_places() -> None:
    """Weaker stories of another section come before the fourth of a strong one."""
    strong = [
        "OpenAI launches an assistant app",
        "Anthropic ships a coding agent to developers",
        "DeepMind rolls out search for its chatbot",
        "Perplexity AI previews a model API",
    ]
    weak = ["Robot maker opens its plant for arms", "Semiconductor foundry begins a chip line"]
    stories = [
        *(story(report(title, weight=2.0)) for title in strong),
        *(story(report(title)) for title in weak),
    ]
    settings = lenient(section_share=1.0)
    outcome = _rank(*stories, settings=settings, edition=english(stories=4, releases=0, briefs=0))
    assert [one.section for one in outcome.kept] == ["platforms"] * 2 + ["hardware"] * 2


def test_stories_of_one_first_hand_page_are_one() -> None:
    """Two stories that rest on the same page of a lab do not stand beside each other."""
    page = "https://mistral.ai/news/harbour"
    english_story = story(report("A model that listens", url=page, text="A language model."))
    chinese = report("欧洲实验室发布语音大模型", url=page, language="zh")
    outcome = _rank(english_story, story(chinese))
    assert len(outcome.kept) == 1
    assert outcome.dropped[0].reason is Reason.SAME_COMPANY


def test_one_change_of_prices_of_a_company_is_printed_once() -> None:
    """Two reports of one price change that cluster kept apart do not stand beside each other."""
    first = story(report("A change of prices for runners at GitHub"))
    second = story(report("GitHub will begin charging for build minutes in summer"))
    outcome = _rank(first, second)
    assert len(outcome.kept) == 1
    assert outcome.dropped[0].reason is Reason.SAME_COMPANY


def test_an_update_is_printed_once() -> None:
    """What an update told yesterday is known today, although the first story did not tell it."""
    first = story(report("Mistral opens an office in Oslo", "It has 40 desks."))
    sequel = report(
        "Mistral office in Oslo opens",
        "It costs $75 million. There are 300 people.",
        url="https://b.example/2",
    )
    more = story(*first.documents, sequel, id=first.id)
    update = _rank(more, history=[first]).kept[0]
    again = _rank(more, history=[first, update])
    assert again.kept == ()
    assert again.dropped[0].reason is Reason.ALREADY_PRINTED
