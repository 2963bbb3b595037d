"""One story: ask, prove, send back once, and fall back on the reports' own words.

What a model may change of an article is its words. Address, references, section and place stay
those of the article that was made without one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from ribao.catalogue import say
from ribao.errors import BudgetError, ModelError
from ribao.gateways.models.batch import prepare
from ribao.gateways.models.task import Task
from ribao.language.tongues import tongue_of
from ribao.model import Article, Document, Insight, Sentence, StoryId
from ribao.outcome import Drop, Reason
from ribao.write.passages import alike, content_words
from ribao.write.phrasing.contract import Draft, Heading, Repairs, Said, parse, schema_of
from ribao.write.phrasing.faults import fault, normal
from ribao.write.phrasing.proving import Findings, Phraser, objection
from ribao.write.phrasing.showing import Shown, prompts, question, show

CITED = 4  # passages that a sentence cites at most
BULLETS = 3
NOTHING_NEW = 0.1  # share of a sentence's words that the headline has not
SAME = 0.6  # share of the smaller set of words: the same thing said again
TOLD = 60  # characters of a failed sentence that are told of it


@dataclass(frozen=True, slots=True)
class Phrased:
    """What became of one article: its words, what was left out, why no model wrote it."""

    article: Article
    drops: tuple[Drop, ...] = ()
    capped: str = ""  # the cap that was reached; "" where it was not
    failed: str = ""  # what went wrong; "" where nothing did


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a draft: where it stands, what it says, and what is against it."""

    name: str  # headline, sentence 1, insight 1, ...
    kind: str  # headline, fact or inference
    sentence: Sentence
    because: str = ""


def phrase(
    articles: Sequence[Article], evidence: Mapping[StoryId, Sequence[Document]], phraser: Phraser
) -> tuple[Phrased, ...]:
    """Phrase every article, several at once; in the order of the articles."""
    if phraser.models.settings.batch_minutes:
        prepare(phraser.models, first_tasks(articles, evidence, phraser))
    with ThreadPoolExecutor(phraser.models.settings.at_once) as pool:
        done = pool.map(
            lambda one: phrase_one(one, evidence.get(one.story_id, ()), phraser), articles
        )
        return tuple(done)


def first_tasks(
    articles: Sequence[Article], evidence: Mapping[StoryId, Sequence[Document]], phraser: Phraser
) -> list[Task]:
    """The first question about each article that is asked about at all."""
    tasks = []
    for article in articles:
        documents = evidence.get(article.story_id, ())
        shown = show(article, documents, phraser.models.settings.passages)
        if worth_asking(article, shown, phraser.language):
            tasks.append(_first_task(article, shown, phraser))
    return tasks


def worth_asking(article: Article, shown: Sequence[Shown], language: str) -> bool:
    """Whether there is something to phrase: a text, or a headline to say in this language."""
    if any(one.citation.field == "text" for one in shown):
        return True
    return bool(shown) and tongue_of(article.headline.text, "") != language


def phrase_one(article: Article, documents: Sequence[Document], phraser: Phraser) -> Phrased:
    """Phrase one article; without a good answer it stays as it is, and says why."""
    shown = show(article, documents, phraser.models.settings.passages)
    if not worth_asking(article, shown, phraser.language):
        return Phrased(article)
    try:
        return _drafted(article, documents, shown, phraser)
    except BudgetError as error:
        return Phrased(article, capped=error.detail)
    except ModelError as error:
        return Phrased(article, failed=error.detail or str(error))


def _drafted(
    article: Article, documents: Sequence[Document], shown: Sequence[Shown], phraser: Phraser
) -> Phrased:
    asked = question(article, shown, phraser.language)
    answer = phraser.models.ask(
        phraser.models.settings.writer,
        _first_task(article, shown, phraser),
        lambda text: parse(Draft, text, len(shown)),
    )
    places = _checked(_places(answer.value, shown), documents, shown, phraser)
    if phraser.models.settings.headline:
        places = _with_headline(places, article, asked, documents, shown, phraser)
    if any(one.because for one in places):
        places = _sent_back(places, asked, article, documents, shown, phraser)
    return _assembled(article, places, answer.model, phraser.language)


def _first_task(article: Article, shown: Sequence[Shown], phraser: Phraser) -> Task:
    asked = question(article, shown, phraser.language)
    return _task("story", article, asked, schema_of(Draft), phraser)


def _task(
    name: str, article: Article, user: str, schema: Mapping[str, object], phraser: Phraser
) -> Task:
    system = prompts()[phraser.language]["system"].strip()
    most = phraser.models.settings.max_output_tokens
    return Task(name, article.story_id, system, user, schema, most)


def _places(draft: Draft, shown: Sequence[Shown]) -> list[Place]:
    found = [Place("headline", "headline", _sentence(draft.headline, "fact", shown))]
    for number, said in enumerate(draft.sentences, 1):
        found.append(Place(f"sentence {number}", "fact", _sentence(said, "fact", shown)))
    for number, thought in enumerate(draft.insights, 1):
        sentence = _sentence(thought, thought.kind, shown)
        found.append(Place(f"insight {number}", thought.kind, sentence))
    return found


def _sentence(said: Said, kind: str, shown: Sequence[Shown]) -> Sentence:
    text = normal(said.text)
    numbers = list(dict.fromkeys(said.passages))[:CITED]
    return Sentence(text, tuple(shown[number - 1].citation for number in numbers), kind=kind)


def _checked(
    places: Sequence[Place],
    documents: Sequence[Document],
    shown: Sequence[Shown],
    phraser: Phraser,
) -> list[Place]:
    """Each place with what is against it: faults of form and wording, then the proof."""
    proofs = phraser.prove([one.sentence for one in places], documents)
    return [
        replace(place, because=_against(place, proof, shown, phraser.language))
        for place, proof in zip(places, proofs, strict=True)
    ]


def _against(place: Place, proof: Findings, shown: Sequence[Shown], language: str) -> str:
    cited = [one for one in shown if one.citation in place.sentence.citations]
    wrong = fault(place.sentence.text, place.kind, cited, shown, language)
    return wrong or objection(proof)


def _sent_back(
    places: Sequence[Place],
    asked: str,
    article: Article,
    documents: Sequence[Document],
    shown: Sequence[Shown],
    phraser: Phraser,
) -> list[Place]:
    """Send what failed back, once, with the reasons; what comes back is checked like the first."""
    failed = {one.name: one for one in places if one.because}
    told = [
        {"place": one.name, "text": one.sentence.text, "because": one.because}
        for one in failed.values()
    ]
    again = prompts()[phraser.language]["repair"]
    user = f"{asked}\n\n{again}\n{json.dumps(told, ensure_ascii=False)}"
    task = _task("again", article, user, schema_of(Repairs), phraser)
    try:
        answer = phraser.models.ask(
            phraser.models.settings.writer, task, lambda text: parse(Repairs, text, len(shown))
        )
    except ModelError:  # the money included: what failed is replaced
        return list(places)
    repaired = {
        one.place: replace(
            failed[one.place],
            sentence=_sentence(one, failed[one.place].sentence.kind, shown),
            because="",
        )
        for one in answer.value.repairs
        if one.place in failed
    }
    checked = {
        one.name: one for one in _checked(list(repaired.values()), documents, shown, phraser)
    }
    return [checked.get(one.name, one) for one in places]


def _with_headline(
    places: Sequence[Place],
    article: Article,
    asked: str,
    documents: Sequence[Document],
    shown: Sequence[Shown],
    phraser: Phraser,
) -> list[Place]:
    """The headline of the models for headlines, where it stands the check."""
    user = f"{asked}\n\n{prompts()[phraser.language]['headline']}"
    task = _task("headline", article, user, schema_of(Heading), phraser)
    try:
        answer = phraser.models.ask(
            phraser.heads, task, lambda text: parse(Heading, text, len(shown))
        )
    except ModelError:
        return list(places)
    sentence = _sentence(answer.value.headline, "fact", shown)
    better = _checked([Place("headline", "headline", sentence)], documents, shown, phraser)[0]
    return [better if one.name == "headline" and not better.because else one for one in places]


def _assembled(article: Article, places: Sequence[Place], model: str, language: str) -> Phrased:
    """The article in the words that stand; what failed is replaced by the reports' own, or held."""
    good = [one for one in places if not one.because]
    if not any(one.name.startswith("sentence") for one in good):
        failed = next((one.because for one in places if one.because), "")
        return Phrased(article, _drops(article, places, frozenset(), language), failed=failed)
    headline = next((one.sentence for one in good if one.kind == "headline"), article.headline)
    paragraph, replaced = _paragraph(article, places)
    paragraph = [one for one in paragraph if not _restates(one, headline)] or paragraph
    bullets = [
        _bullet(one, language)
        for one in good
        if one.name.startswith("insight") and not _repeats(one.sentence, [headline, *paragraph])
    ]
    if article.kind == "story":
        bullets = [*bullets, *article.insights][: max(BULLETS, len(article.insights))]
    printed = replace(
        article,
        headline=headline,
        paragraph=tuple(paragraph),
        insights=tuple(bullets) if article.kind == "story" else (),
        written_by=model,
    )
    names = replaced | ({"headline"} if headline is article.headline else set())
    return Phrased(printed, _drops(article, places, frozenset(names), language))


def _paragraph(article: Article, places: Sequence[Place]) -> tuple[list[Sentence], set[str]]:
    """The sentences, in the place of each failed one a sentence of the reports that says new."""
    own = list(article.paragraph)
    found: list[Sentence] = []
    replaced: set[str] = set()
    kept = [one.sentence for one in places if not one.because and one.name.startswith("sentence")]
    for place in places:
        if not place.name.startswith("sentence"):
            continue
        if not place.because:
            found.append(place.sentence)
            continue
        fresh = next((one for one in own if not _repeats(one, [*kept, *found])), None)
        if fresh is not None:
            found.append(fresh)
            replaced.add(place.name)
    return found, replaced


def _restates(sentence: Sentence, headline: Sentence) -> bool:
    """Whether a sentence says the headline over again and nothing else."""
    mine = content_words(sentence.text)
    return len(mine - content_words(headline.text)) <= NOTHING_NEW * len(mine)


def _repeats(sentence: Sentence, others: Sequence[Sentence]) -> bool:
    mine = content_words(sentence.text)
    return any(alike(mine, content_words(one.text)) > SAME for one in others)


def _bullet(place: Place, language: str) -> Insight:
    """A bullet; what the model infers is said to be that, in its own words."""
    if place.kind != "inference":
        return Insight("context", (place.sentence,))
    text = say("phrasing-inference", language, text=place.sentence.text)
    return Insight("inference", (replace(place.sentence, text=text),))


def _drops(
    article: Article, places: Sequence[Place], replaced: frozenset[str], language: str
) -> tuple[Drop, ...]:
    """One drop for each place that failed, with its words and the reason."""
    return tuple(
        Drop(
            f"{article.story_id}/{one.name}",
            Reason.UNSUPPORTED,
            say(
                "phrasing-replaced" if one.name in replaced else "phrasing-left-out",
                language,
                text=one.sentence.text[:TOLD],
                because=one.because,
            ),
        )
        for one in places
        if one.because
    )
