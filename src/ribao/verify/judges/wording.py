"""A word that was put into the report's own sentence and that no report has.

Where a sentence is the report's but for a word or two, these are no free telling: "regulators
curb" for "regulators promote" is another piece of news. What the new word means is not understood;
it is only not proved, and the report's word is shown. Words that newspapers use for each other
(said, announced) are no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ribao.language.scripts import detect_language
from ribao.language.widths import holds_han
from ribao.model import Finding, Verdict
from ribao.verify.case import Case
from ribao.verify.claims import claim_of
from ribao.verify.judges.statements import INFERENCE
from ribao.verify.tokens import in_common
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.twins import Twin
from ribao.verify.verdicts import Proof, finding, part_of

ALIKE = 0.9  # of the words are the report's own: what is left was changed on purpose
FEW = 1  # words may be new where a short sentence cannot reach that share
SHORTEST = 8  # words of a sentence: of fewer, one new word is much
SHORTEST_WORD = 3  # letters
LONGEST = {"zh": 6, "en": 3}  # signs or words put in at one place; more is a clause of its own
# "The first is a film of 1972": they point to what was named before.
_POINTING = frozenset(("first", "second", "third", "former", "latter", "other", "one"))
_HAN = re.compile(r"[\u3400-\u9fff]+(?:、[\u3400-\u9fff]+)*")
_LATIN = re.compile(r"[a-z]+(?:[ -][a-z]+)*")


def reworded(case: Case) -> Iterator[Finding]:
    """Findings on new words in a sentence that is otherwise the report's own."""
    twin = case.twin
    if twin is None or len(twin.words) < SHORTEST:
        return
    if twin.share < ALIKE and twin.new > FEW:
        return
    for mine, told in _joined(twin):
        words = case.sentence.text[slice(*mine)]
        proof = part_of(twin.place, *told)
        if any(c.start < mine[1] and mine[0] < c.end for c in case.claims):
            continue
        if words.lower() in _POINTING:
            continue
        if not holds_han(words) and len(words.split()) != len(proof.told.split()):
            continue  # said in more or fewer words: told freely
        if _is_content(words) and _is_content(proof.told) and _is_new(words, proof, case, twin):
            claim = claim_of(words, *mine, "wording", "wording")
            verdict = Verdict.OPINION if case.sentence.kind == INFERENCE else Verdict.UNSUPPORTED
            yield finding(claim, verdict, "wording", case.language, told=proof.quoted)


def other_word(case: Case) -> Iterator[Finding]:
    """The finding on the one word by which a sentence that claims nothing else is not its twin.

    The word may stand elsewhere in the reports; where a sentence as near as the twin has it, it
    passes.
    """
    twin = case.twin
    if (
        twin is None
        or not twin.near
        or any(not b.same and not (b.mine and b.told) for b in twin.blocks)
    ):
        return
    changed = list(_joined(twin))
    if len(changed) != 1:
        return
    (mine, told), *_ = changed
    words, proof = case.sentence.text[slice(*mine)], part_of(twin.place, *told)
    if not _is_another(words, proof.told) or twin.says_alike(mine, told):
        return
    near = (one.text for one in case.evidence.nearest if one.text != twin.place.text)
    if any(words in one and in_common(case.sentence.text, one) >= twin.share for one in near):
        return
    claim = claim_of(words, *mine, "wording", "wording")
    verdict = Verdict.OPINION if case.sentence.kind == INFERENCE else Verdict.UNSUPPORTED
    yield finding(claim, verdict, "other-word", case.language, told=proof.quoted)


def _is_another(words: str, told: str) -> bool:
    """Tell whether two stretches are words of content that have no sign and no stem in common."""
    if not (_is_content(words) and _is_content(told)) or words.lower() in _POINTING:
        return False
    if holds_han(words):
        return set(words).isdisjoint(told)
    same = any(a[:4] == b[:4] for a in words.lower().split() for b in told.lower().split())
    return not same and abs(len(words.split()) - len(told.split())) <= 1


def _joined(twin: Twin) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The changed stretches, two with one Chinese sign between them as one: 马英九, 蔡英文."""
    last: tuple[tuple[int, int], tuple[int, int]] | None = None
    for mine, told in twin.changed():
        if last is not None:
            gaps = mine[0] - last[0][1], told[0] - last[1][1]
            between = twin.text[last[0][1] : mine[0]]
            if gaps == (1, 1) and _HAN.fullmatch(between):
                last = (last[0][0], mine[1]), (last[1][0], told[1])
                continue
            yield last
        last = mine, told
    if last is not None:
        yield last


def _is_content(words: str) -> bool:
    """Tell whether a stretch is a word or two that say something."""
    if _HAN.fullmatch(words):
        return len(words) <= LONGEST["zh"] and not set(words) <= _SMALL_SIGNS
    few = len(words.split()) <= LONGEST["en"]
    latin = _LATIN.fullmatch(words.lower()) is not None and len(words) >= SHORTEST_WORD
    return few and latin and bool(topics_of(words))


# Signs that bind and colour; a stretch of these alone says nothing of its own.
_SMALL_SIGNS = frozenset(
    "的了在是和与及或将已为对以于从由被把其该此这那也都就而并等中上下个有还又很更最则但且称说会能可"
)


def _is_new(words: str, proof: Proof, case: Case, twin: Twin) -> bool:
    """Tell whether no report of the story has the words, and they are no other form of the same."""
    text, base = twin.text, twin.place.start
    at = text.find(words)
    if twin.says_alike((at, at + len(words)), (proof.start - base, proof.end - base)):
        return False
    language = detect_language(text)
    reports = [one for one in case.evidence.passages if one.language == language]
    if _HAN.fullmatch(words):
        if len(words) == 1:  # a sign alone is everywhere: with one of its neighbours it is a word
            parts = [text[max(0, at - 1) : at + 1], text[at : at + 2]]
            return not any(part in one.folded for part in parts for one in reports)
        return any(not any(part in one.folded for one in reports) for part in words.split("、"))
    stems = stems_of(topics_of(words))
    close = any(a[:4] == b[:4] for a in stems for b in stems_of(topics_of(proof.told)))
    known = frozenset[str]().union(*(one.stems for one in reports))
    return not close and not stems <= known
