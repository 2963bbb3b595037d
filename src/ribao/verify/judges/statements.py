"""A whole sentence that no report says: most of its words are in none of them.

The last net, for inventions without a figure or a name. It needs the reports to be in the language
of the sentence, and it is wide: words are compared by their stems, over all documents of the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ribao.language.directions import Signal
from ribao.language.names import is_ordinary, is_title_case
from ribao.language.scripts import detect_language
from ribao.model import Finding, Verdict
from ribao.verify.case import Case
from ribao.verify.claims import ATTRIBUTION, NAME, Claim
from ribao.verify.judges.counterparts import known_otherwise
from ribao.verify.judges.facts import missing
from ribao.verify.readers import Person, signs
from ribao.verify.topics import stems_of, topics_of
from ribao.verify.verdicts import Proof, finding, part_of, supported

FEWEST = {"zh": 8, "en": 6}  # words of content: of fewer, the share says little
FEWEST_ALONE = 6  # of a sentence that no report is there for
FEWEST_BORNE_OUT = 3  # of one that a report has
MOST_NEW = {"zh": 0.35, "en": 0.75}  # share of the words that no report has
ANCHORS = {"zh": 3, "en": 1}  # so many facts borne out are no invention
STATEMENT = "statement"  # the kind of a finding on a sentence as a whole
INFERENCE = "inference"  # of a Sentence: printed as what it is, so it is an opinion and no failure


def invented(case: Case, anchored: int) -> Finding | None:
    """The finding on a sentence most of whose words no report has; None where they do.

    `anchored` counts its facts that are borne out. English says one thing in many words, so there
    a single one is enough to take the sentence for a free telling.
    """
    language = detect_language(case.sentence.text)
    passages = [passage for passage in case.evidence.passages if passage.language == language]
    if language not in MOST_NEW or not passages:
        return None
    if anchored >= ANCHORS[language]:
        return None
    mine = _weighty(_stems(topics_of(case.sentence.text)), language)
    if len(mine) < FEWEST[language]:
        return None
    new = mine.difference(*(passage.stems for passage in passages))
    if anchored > 1 or language == "zh":
        new -= known_otherwise(new, passages)
    text = case.sentence.text
    if len(new) <= MOST_NEW[language] * len(mine) or leftover(text):
        return None  # of its own text it may say what it likes
    verdict = Verdict.OPINION if case.sentence.kind == INFERENCE else Verdict.UNSUPPORTED
    share = round(100 * len(new) / len(mine))
    return finding(_whole(text), verdict, "invented", case.language, share=share)


def _weighty(stems: frozenset[str], language: str) -> frozenset[str]:
    """The words without those that a free telling of anything may add: 得, 四成, 同比, 至今.

    Single characters, numbers and general words of Chinese show no invention; numbers are judged
    as such.
    """
    if language != "zh":
        return stems
    heavy = (word for word in stems if len(word) > 1 and word[0] not in _NUMERALS)
    return frozenset(heavy) - _light()


_NUMERALS = frozenset("零一二两三四五六七八九十百千万亿半几")


@cache
def _light() -> frozenset[str]:
    return frozenset(signs()["light"].split())


def stated(case: Case) -> Iterator[Finding]:
    """The finding on a sentence that no report is there for and in which nothing can be looked up.

    It still says something that a reader would want proved. What is printed as an inference is an
    opinion; a greeting and a question say nothing.
    """
    text = case.sentence.text
    if not _says_something(text, FEWEST_ALONE):
        return
    if case.sentence.kind == INFERENCE:
        yield finding(_whole(text), Verdict.OPINION, "inference", case.language)
    else:
        yield finding(_whole(text), Verdict.UNSUPPORTED, "no-evidence", case.language)


def borne_out(case: Case, copy: Proof | None) -> Iterator[Finding]:
    """The finding on a sentence in which nothing can be looked up alone, and which a report has.

    `copy` is where it stands word for word; else it is borne out where it is its twin, but for
    words that newspapers use for each other and a clause at its end. One other word is another
    statement.
    """
    text = case.sentence.text
    if copy is None and case.twin is not None and case.copied and case.closed(()):
        copy = part_of(case.twin.place, 0, len(case.twin.place.text))
    if copy is not None and _says_something(text, FEWEST_BORNE_OUT):
        yield supported(_whole(text), copy, case.language)


def _says_something(text: str, fewest: int) -> bool:
    """Tell whether a reader would want a sentence proved: no greeting, and no question."""
    asks = text.rstrip().endswith(("?", "？", "!", "！"))
    return not asks and len(topics_of(text)) >= fewest


def infers(text: str) -> bool:
    """Tell whether a point of a list draws a conclusion: it is labelled so, or says what may be.

    No report could prove that, so it need not stand in one.
    """
    return _any_of("inferring").search(text) is not None


@cache
def _any_of(key: str) -> re.Pattern[str]:
    """The pattern of all forms that a list of signs.toml has, a form a line."""
    forms = [form for form in signs()[key].splitlines() if form.strip()]
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


def _whole(text: str) -> Claim:
    """A sentence as one claim."""
    new = Signal(0, len(text), text, "new")
    return Claim(0, len(text), text, STATEMENT, STATEMENT, new)


def strangers(case: Case) -> Iterator[Finding]:
    """Capitalised words of an English sentence that no English report has in any form.

    A place, a team or a people that the writer knew and nobody reported. Words at the beginning of
    a sentence, in headlines and in capitals alone have no letter that would tell.
    """
    text = case.sentence.text
    reports = [passage for passage in case.evidence.passages if passage.language == "en"]
    if not reports or case.translated or detect_language(text) != "en" or is_title_case(text):
        return
    speaker = _SPEAKER.match(text)
    for match in (*([speaker] if speaker else []), *_CAPITAL.finditer(text)):
        taken = any(
            c.start <= match.start() < c.end and (match is not speaker or c.family != ATTRIBUTION)
            for c in case.claims
        )
        word = match.group().casefold()
        if taken or is_ordinary(word) or word in signs()["no_english_people"].casefold().split():
            continue
        stem = word if match is speaker else word[: max(4, len(word) - 3)]
        if not any(stem in passage.beginnings(len(stem)) for passage in reports):
            claim = Claim(*match.span(), match.group(), NAME, NAME, Person(*match.span(), word))
            yield missing(claim, case)


# "Haverly said ...": one word that speaks at the head of a sentence; many speak as a plural.
_SPEAKER = re.compile(
    r"(?!(?:Management|Police|Staff|People|Everyone|Everybody|Nobody|Someone|Somebody|Government"
    r"|Parliament|Congress|Opposition|Labour|Industry|Another|Neither|Either|Each|Both|None|Many"
    r"|Some|Most|Others?|Nature|Science)\b)[A-Z][a-z]{2,}[a-rt-z]"
    r"(?= (?:also |later |once |has |had )?(?:said|says|told|adds?|added|argue[sd]|warn(?:s|ed)"
    r"|thinks|thought|believe[sd]|expect(?:s|ed)|hope[sd]|insist(?:s|ed)|admit(?:s|ted)|complain(?:s|ed)"
    r"|recall(?:s|ed)|predict(?:s|ed)|called|calls|promise[sd]|denie[sd]|ask(?:s|ed)|urge[sd]|demand(?:s|ed)|want(?:s|ed))\b)"
)
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![\w'’.-])")


def leftover(text: str) -> tuple[int, int] | None:
    """Where a sentence speaks as a language model speaks of its task; None where it does not."""
    found = _any_of("leftovers").search(text)
    return found.span() if found else None


def _stems(topics: frozenset[str]) -> frozenset[str]:
    return stems_of(frozenset(word for word in topics if word[0] != "@" and not word[0].isdigit()))
