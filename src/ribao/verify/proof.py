"""The proof of one sentence: for each claim the passage that decides it.

The order is fixed: the sentence as a whole, word for word; then each claim opposite its place in
the sentence it was made from; then in the passages that are cited, in the cited documents, in the
other documents of the story. What is found only in the last is supported, but cited wrongly. What
is nowhere is contradicted where the sentences that speak of the same thing give another value, and
unsupported otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from ribao.catalogue import say
from ribao.language.directions import Attribution
from ribao.language.traditional import simplified
from ribao.model import Finding, Sentence, Verdict
from ribao.verify import computed
from ribao.verify.case import Case
from ribao.verify.claims import (
    ATTRIBUTION,
    DIRECTION,
    FACTS,
    NEGATION,
    QUOTATION,
    SHARE,
    SIGNALS,
    Claim,
    find_claims,
)
from ribao.verify.evidence import Evidence
from ribao.verify.judges.changes import found_in_the_twin
from ribao.verify.judges.contrasted import contrasted
from ribao.verify.judges.counterparts import told_across
from ribao.verify.judges.days import out_of_date
from ribao.verify.judges.exchanged import exchanged, not_in_a_deed
from ribao.verify.judges.facts import judge_fact
from ribao.verify.judges.meaning import other_meanings
from ribao.verify.judges.misplaced import misplaced
from ribao.verify.judges.named import names_borne_out, told_by_capitals
from ribao.verify.judges.offices import other_office
from ribao.verify.judges.opinions import is_judgement
from ribao.verify.judges.portions import judge_share
from ribao.verify.judges.quoted_abroad import quoted_by_another
from ribao.verify.judges.quoting import judge_quotation
from ribao.verify.judges.renamed import renamed
from ribao.verify.judges.signals import judge_signal, lost_hedges, lost_negations
from ribao.verify.judges.speakers import said_by_another
from ribao.verify.judges.statements import borne_out, invented, stated, strangers
from ribao.verify.judges.wording import other_word, reworded
from ribao.verify.lead_ins import lead_in, moved
from ribao.verify.passages import Passage
from ribao.verify.traditional import as_printed
from ribao.verify.verdicts import Proof, finding, supported, touched

FAILED = frozenset({Verdict.CONTRADICTED, Verdict.UNSUPPORTED})


def prove(
    sentence: Sentence,
    passages: Sequence[Passage],
    *,
    day: date,
    language: str,
    coverage: computed.Coverage | None = None,
    claims: tuple[Claim, ...] | None = None,
) -> tuple[Finding, ...]:
    """Find every claim of a sentence and the verdict on each, in the order of the sentence.

    `passages` are all fields of all documents of the story; `day` is the day of the edition, from
    which relative dates are read; `language` is that of the sentence and of the findings.
    `coverage` is what a sentence that the paper counted itself is held against; by default it is
    what the passages come from. `claims` are those of the sentence where they are known.
    """
    plain = simplified(sentence.text)
    if plain != sentence.text:
        other = replace(sentence, text=plain)
        shown = prove(other, passages, day=day, language=language, coverage=coverage)
        return as_printed(shown, plain, sentence.text)
    evidence = Evidence(sentence, passages)
    words = core(sentence.text)
    home = evidence.verbatim(words) if words else None
    signs = lead_in(sentence.text) if evidence.passages and home is None else 0
    if signs and sentence.kind != computed.KIND:
        bare = replace(sentence, text=sentence.text[signs:])
        return moved(prove(bare, passages, day=day, language=language, coverage=coverage), signs)
    if claims is None:
        claims = find_claims(sentence.text, language, day)
    case = Case(sentence, claims, evidence, day, language)
    if sentence.kind == computed.KIND:
        return _prove_computed(case, coverage)
    if not evidence.passages:
        return _without_evidence(case)
    if home is not None:
        offset = home[1] - sentence.text.index(words)
        told = sorted((*claims, *told_by_capitals(case)), key=lambda one: (one.start, -one.end))
        copied = tuple(_copied(claim, home[0], offset, case) for claim in told)
        return copied or tuple(borne_out(case, _copy_of(words, *home, case)))
    found = _beside_the_twin(case)
    if not case.closed(_spans(found)):
        found = _told_freely(case, found)
    found.extend([*names_borne_out(case, found)])
    found = found or [*borne_out(case, None)] or [*other_word(case)]
    return tuple(sorted(_once(found), key=lambda one: (one.start, -one.end, one.kind)))


def _once(found: Sequence[Finding]) -> Iterable[Finding]:
    """The findings without those on words of a quotation that a report has otherwise.

    What was really said is shown for the whole quotation; a turned word in it is the same error.
    """
    said = [
        (one.start, one.end)
        for one in found
        if one.kind == QUOTATION and one.verdict == Verdict.CONTRADICTED
    ]
    if not said:
        return found
    return (
        one
        for one in found
        if one.kind == QUOTATION
        or one.verdict not in FAILED
        or not any(start <= one.start and one.end <= end for start, end in said)
    )


def _beside_the_twin(case: Case) -> list[Finding]:
    """The verdict on each claim, and on what the sentence lost of its twin or put in its place."""
    judged = [_judge(claim, case) for claim in case.claims]
    found = [one for one in judged if one is not None]
    found.extend(lost_negations(case))
    found.extend(lost_hedges(case))
    found.extend(_unspoken(found_in_the_twin(case), _spans(found)))
    return found


def _told_freely(case: Case, found: list[Finding]) -> list[Finding]:
    """The findings with those on what no single claim says, which need the whole evidence."""
    found.extend(not_in_a_deed(_unspoken(other_meanings(case), _spans(found)), case))
    found = _overruled(found, renamed(case, _spans(found)))
    found = _overruled(found, said_by_another(case, _spans(found)))
    found = _overruled(found, quoted_by_another(case, _spans(found)))
    found = _overruled(found, misplaced(case, _spans(found)))
    found.extend(contrasted(case, _spans(found)))
    found.extend(exchanged(case, _spans(found)))
    found.extend(_unspoken(other_office(case), _spans(found)))
    found.extend(strangers(case))
    found.extend(_unspoken(reworded(case), [(one.start, one.end) for one in found]))
    facts = [one for one in found if one.verdict == Verdict.SUPPORTED and one.kind not in SIGNALS]
    whole = invented(case, len(facts))
    if whole is not None and is_judgement(case):
        found.append(_inference(whole, case))
    elif whole is not None and not told_across(case):
        found.append(whole)
    return found


def _spans(found: Iterable[Finding]) -> list[tuple[int, int]]:
    """Where the failing ones of some findings are."""
    return [(one.start, one.end) for one in found if one.verdict in FAILED]


def _overruled(found: Iterable[Finding], more: Iterable[Finding]) -> list[Finding]:
    """The findings with more of them, which are said of a name in place of what was said before."""
    last = list(more)
    spans = {(one.start, one.end) for one in last}
    return [*(one for one in found if (one.start, one.end) not in spans), *last]


def _unspoken(more: Iterable[Finding], spoken: Sequence[tuple[int, int]]) -> list[Finding]:
    """Those of some findings on whose words nothing was said yet."""
    return [one for one in more if not touched(one, spoken)]


def _inference(whole: Finding, case: Case) -> Finding:
    """A sentence that no report says, as what it is: the judgement of its author."""
    return replace(whole, verdict=Verdict.OPINION, because=say("verify-inference", case.language))


def core(text: str) -> str:
    """A sentence without the spaces and end marks around it, which a copy may lose."""
    return text.strip().rstrip("。.!！?？;；,，…")


def _judge(claim: Claim, case: Case) -> Finding | None:
    if claim.family in FACTS:
        return judge_fact(claim, case)
    if claim.family == QUOTATION:
        return judge_quotation(claim, case)
    if isinstance(claim.value, Attribution):
        return _opinion(claim, claim.value, case)
    if claim.family == SHARE:
        return judge_share(claim, case)
    return judge_signal(claim, case)


def _opinion(claim: Claim, said: Attribution, case: Case) -> Finding:
    """What somebody says is an opinion of theirs; that they are named is checked as a name."""
    return finding(claim, Verdict.OPINION, "said", case.language, speaker=said.speaker)


def _without_evidence(case: Case) -> tuple[Finding, ...]:
    """Every claim that a reader would want proved; words of change and denial are none alone.

    Where nothing in a sentence can be looked up, the sentence is one claim as a whole.
    """
    named = [c for c in case.claims if c.family not in {DIRECTION, NEGATION, ATTRIBUTION}]
    named = sorted([*named, *told_by_capitals(case)], key=lambda one: (one.start, -one.end))
    if not named:
        return tuple(stated(case))
    why = Verdict.UNSUPPORTED, "no-evidence", case.language
    return tuple(finding(claim, *why) for claim in named)


def _prove_computed(case: Case, coverage: computed.Coverage | None) -> tuple[Finding, ...]:
    """Counts and days against the reports, quoted words against their texts."""
    if coverage is None:
        by_id = {passage.document.id: passage.document for passage in case.evidence.passages}
        coverage = computed.of_documents(tuple(by_id.values()))
    findings: list[Finding] = []
    for claim in case.claims:
        if claim.family == QUOTATION or computed.quoted(case.sentence, claim):
            judged = (
                _judge(claim, case)
                if case.evidence.passages
                else finding(claim, Verdict.UNSUPPORTED, "no-evidence", case.language)
            )
            findings.extend([judged] if judged else [])
            continue
        verdict = computed.counted(case.sentence, claim, coverage)
        if verdict is not None:
            words = "computed" if verdict == Verdict.OPINION else "counted"
            told = {"outlets": len(coverage.outlets), "reports": coverage.reports}
            findings.append(finding(claim, verdict, words, case.language, **told))
    return tuple(findings)


def _copy_of(words: str, passage: Passage, start: int, case: Case) -> Proof:
    """Where the words of the whole sentence stand in a passage."""
    return Proof(passage, start, start + len(words), case.evidence.tier(passage))


def _copied(claim: Claim, passage: Passage, offset: int, case: Case) -> Finding:
    if isinstance(claim.value, Attribution):
        return _opinion(claim, claim.value, case)
    start, end = claim.start + offset, min(claim.end + offset, len(passage.text))
    aged = out_of_date(claim, passage, start, case)
    if aged is not None:
        return aged
    return supported(claim, Proof(passage, start, end, case.evidence.tier(passage)), case.language)
