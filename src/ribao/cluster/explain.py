"""Why a report is in its story, and why two reports are or are not together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ribao.catalogue import say
from ribao.cluster import likeness as formula
from ribao.cluster.events import DOUBT
from ribao.cluster.grain import EVENT, GRAINS, Grain
from ribao.cluster.index import NEW_STEP_DAYS
from ribao.cluster.pace import pace_of
from ribao.cluster.traits import Traits, traits_of
from ribao.cluster.weights import Encoded, Profile, Rarity, encode, place_of
from ribao.config import ClusterSettings
from ribao.language.aliases_learned import LearnedAlias, LearnedNames
from ribao.model import Document, DocumentId, Join, Points, Story, by_id

DAY = 86_400.0
PACED_DAYS = 1.5  # from so many on the days between two reports of topics are worth a word
SHOWN = 5  # shared terms that are shown of a part
_CHANNELS = ("words", "names", "facts")


@dataclass(frozen=True, slots=True)
class Aids:
    """What helps to compare documents besides their texts."""

    aliases: Sequence[LearnedAlias] = ()
    vectors: Mapping[DocumentId, NDArray[np.float32]] = field(default_factory=dict)
    meaning: formula.Meaning | None = None  # how the vectors count


class Evidence:
    """The traits of a set of documents, weighed by how rare they are among these."""

    def __init__(
        self, documents: Sequence[Document], grain: Grain, aids: Aids | None = None
    ) -> None:
        self._grain = grain
        self._aids = aids or Aids()
        self._documents = by_id(documents)
        learned = LearnedNames(self._aids.aliases)
        self._traits = {document.id: traits_of(document, learned) for document in documents}
        self._encoded: dict[DocumentId, Encoded] = {
            id_: encode(traits) for id_, traits in self._traits.items()
        }
        self._rarity = Rarity(grain.damping)
        self._rarity.learn(self._encoded.values())
        self._profiles: dict[DocumentId, Profile] = {}

    def profile(self, id_: DocumentId) -> Profile:
        """The weighed traits of one document."""
        if id_ not in self._profiles:
            profile = self._rarity.weigh(self._encoded[id_])
            self._profiles[id_] = replace(profile, vector=self._aids.vectors.get(id_))
        return self._profiles[id_]

    def links(self, id_: DocumentId) -> tuple[str, ...]:
        """What one document is and names on the web."""
        return self._traits[id_].links

    def shared(self, first: DocumentId, second: DocumentId) -> tuple[Points, ...]:
        """What two documents share, as parts that add up to their likeness."""
        one, two = self._traits[first], self._traits[second]
        for link in one.links:
            if link in two.links:
                return (Points("link", formula.SAME_LINK, link),)
        a, b = self.profile(first), self.profile(second)
        cosines = {name: _cosine(a, b, name) for name in _CHANNELS}
        across = a.language != b.language
        left = self._left(first, second)
        whole = left * _likeness(cosines, a, b, self._grain)
        meaning = self._meaning(a, b)
        more = left * _likeness(cosines, a, b, self._grain, meaning) - whole if meaning else 0.0
        words = 0.0 if across else left * self._grain.words_share * cosines["words"]
        shown = {name: _common(_terms_of(one, name), a, b, name) for name in _CHANNELS}
        parts = [Points("words", round(words, 4), shown["words"])]
        event = "; ".join(text for text in (shown["names"], shown["facts"]) if text)
        parts.append(Points("names and facts", round(whole - words, 4), event))
        parts.append(Points("meaning", round(more, 4), f"by the embedder {meaning:.2f}"))
        return tuple(part for part in parts if part.points > 0.0)

    def likeness(self, first: DocumentId, second: DocumentId) -> float:
        """The sum of what two documents share."""
        return sum(part.points for part in self.shared(first, second))

    def other_subject(self, first: DocumentId, second: DocumentId) -> bool:
        """Whether neither document names whom the other's title is about."""
        a, b = self.profile(first), self.profile(second)
        if min(a.subject, b.subject) < 0:
            return False
        return (
            a.subject not in b.channels["names"].places
            and b.subject not in a.channels["names"].places
        )

    def siblings(self, first: DocumentId, second: DocumentId) -> bool:
        """Whether the titles are about two members of one family of products."""
        one = np.array([self.profile(first).version], dtype=np.int32)
        return bool(formula.siblings(one, self.profile(second).version)[0])

    def days_apart(self, first: DocumentId, second: DocumentId) -> float:
        """The time between two documents, in days."""
        one, two = self._documents[first], self._documents[second]
        return abs((one.published_at - two.published_at).total_seconds()) / DAY

    def _meaning(self, a: Profile, b: Profile) -> float:
        """What an embedder's vectors say of facts in common."""
        if self._aids.meaning is None or a.vector is None or b.vector is None:
            return 0.0
        cosine = np.array([a.vector @ b.vector], dtype=np.float32)
        return float(self._aids.meaning.of(cosine)[0])

    def _left(self, first: DocumentId, second: DocumentId) -> float:
        """What time and another subject leave of a likeness."""
        left = 1.0
        if not self._grain.own_pace:
            gap = np.array([self.days_apart(first, second)], dtype=np.float32)
            left = float(formula.decay(gap)[0])
        left *= formula.OTHER_SUBJECT if self.other_subject(first, second) else 1.0
        return left * (formula.SIBLING if self.siblings(first, second) else 1.0)


def grain_of(settings: ClusterSettings) -> Grain:
    """The constants that the settings ask for."""
    grain = GRAINS[settings.grain]
    return replace(grain, threshold=settings.threshold) if settings.threshold else grain


def meaning_of(settings: ClusterSettings) -> formula.Meaning:
    """How the vectors of an embedder count."""
    return formula.Meaning(settings.embedder_share, settings.embedder_floor)


def outlet_of(document: Document) -> str:
    """Who published a report: its outlet, else the source that brought it."""
    return document.outlet or document.source_id


def explain_join(story: Story, document_id: DocumentId) -> Join | None:
    """Why a document is in a story; None where it is not in it."""
    return next((join for join in story.joins if join.document_id == document_id), None)


def explain_pair(
    first: Document,
    second: Document,
    settings: ClusterSettings,
    *,
    among: Sequence[Document] = (),
    aids: Aids | None = None,
    language: str = "en",
) -> tuple[Points, ...]:
    """What two reports share and whether it is enough; the last part is the verdict.

    `among` are the documents of the window: what is rare among them weighs more. `aids` are the
    names that were learned, and vectors. The verdict is on the two alone; other reports between
    them may still bring them together. `language` is that of the verdict's words.
    """
    roots = {document.copy_of or document.id for document in (first, second)}
    if len(roots) == 1:
        return (Points("copy", 1.0, first.copy_because or second.copy_because),)
    grain = grain_of(settings)
    evidence = Evidence(list((by_id(among) | by_id((first, second))).values()), grain, aids)
    parts = evidence.shared(first.id, second.id)
    score = sum(part.points for part in parts)
    enough = grain.threshold * (1.0 + DOUBT)  # what a single tie must have, see events.py
    days = evidence.days_apart(first.id, second.id)
    step = outlet_of(first) == outlet_of(second) and days > NEW_STEP_DAYS
    enough = enough / grain.step_share if step else enough
    enough = enough / _left_by_pace(days) if grain.own_pace else enough
    why = [say("pair-strength", language, score=f"{score:.2f}", enough=f"{enough:.2f}")]
    if evidence.other_subject(first.id, second.id):
        why.append(say("pair-other-subject", language))
    if evidence.siblings(first.id, second.id):
        why.append(say("pair-siblings", language))
    if step:
        why.append(say("pair-step", language, outlet=outlet_of(first)))
    if days > (formula.HALF_LIFE_DAYS if not grain.own_pace else PACED_DAYS):
        why.append(say("pair-days", language, days=f"{days:.0f}"))
    verdict = "together" if score >= enough else "apart"
    return (*parts, Points(verdict, round(score, 4), " ".join(why)))


def _left_by_pace(days: float) -> float:
    """What a gap leaves of the tie of two documents, of whose matters nothing else is known."""
    return pace_of((0.0,)).left(pace_of((days,)))


def _cosine(a: Profile, b: Profile, name: str) -> float:
    one, two = a.channels[name], b.channels[name]
    _, mine, theirs = np.intersect1d(one.places, two.places, return_indices=True)
    return float(one.weights[mine] @ two.weights[theirs])


def _likeness(
    cosines: Mapping[str, float], a: Profile, b: Profile, grain: Grain, meaning: float = 0.0
) -> float:
    found = formula.likeness(
        *(np.array([cosines[name]], dtype=np.float32) for name in _CHANNELS),
        across=np.array([a.language != b.language]),
        nameless=np.array([not all(len(p.channels["names"].places) for p in (a, b))]),
        grain=grain,
        meaning=np.array([meaning], dtype=np.float32),
    )
    return float(found[0])


def _terms_of(traits: Traits, name: str) -> Mapping[str, float]:
    return {"words": traits.words, "names": traits.names, "facts": traits.facts}[name]


def _common(terms: Mapping[str, float], a: Profile, b: Profile, name: str) -> str:
    """The strongest shared terms of a channel, in words."""
    mine = dict(zip(a.channels[name].places.tolist(), a.channels[name].weights, strict=True))
    theirs = dict(zip(b.channels[name].places.tolist(), b.channels[name].weights, strict=True))
    found = []
    for term in terms:
        place = place_of(term)
        if place in mine and place in theirs and not term.startswith("~"):
            found.append((-float(mine[place] * theirs[place]), term))
    return ", ".join(_in_words(term) for _, term in sorted(found)[:SHOWN])


def _in_words(term: str) -> str:
    """A term as a person reads it: "#money:USD:6.6e+09" is 6,600,000,000 USD."""
    if term.startswith("#"):
        _, unit, value = term.split(":")
        return f"{float(value):,.15g} {unit}".strip()
    return term.removeprefix("n:").removeprefix("c:").replace("_", " ")


def pair_likenesses(
    many: Sequence[Traits],
    wanted: Iterable[tuple[int, int]] | None = None,
    grain: Grain = EVENT,
) -> dict[tuple[int, int], float]:
    """Likeness of pairs of traits, by position, apart from time; all pairs where none are named."""
    encoded = [encode(traits) for traits in many]
    rarity = Rarity(grain.damping)
    rarity.learn(encoded)
    profiles = [rarity.weigh(one) for one in encoded]
    found: dict[tuple[int, int], float] = {}
    for one, two in wanted or combinations(range(len(many)), 2):
        a, b = profiles[one], profiles[two]
        cosines = {name: _cosine(a, b, name) for name in _CHANNELS}
        found[one, two] = _likeness(cosines, a, b, grain)
    return found
