"""A report of the checker in four forms: text for a terminal, JSON, SARIF for code hosts, HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, select_autoescape

from ribao.catalogue import messages, say
from ribao.model import Document, DocumentId, Finding, Verdict, by_id
from ribao.verify.checking import Checked, Report
from ribao.verify.judges.days import UNDATED
from ribao.verify.proof import FAILED

_SARIF_LEVELS = {Verdict.CONTRADICTED: "error", Verdict.UNSUPPORTED: "warning"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(report: Report, language: str, verdicts: Collection[Verdict] = FAILED) -> str:
    """The failing claims, one a line: `file:line: verdict: claim: why`, and a line of counts.

    `verdicts` are those that are listed; all are counted.
    """
    name = report.newsletter.path or report.newsletter.name
    lines = [
        f"{name}:{line}: {say(f'verify-verdict-{finding.verdict}', language)}: "
        f"{finding.claim}: {finding.because}"
        for line, finding in _failed(report)
        if finding.verdict in verdicts
    ]
    return "\n".join([*lines, f"{name}: {summary(report, language)}"]) + "\n"


def as_annotations(report: Report, language: str, verdicts: Collection[Verdict] = FAILED) -> str:
    """Workflow commands of GitHub, so that each failing claim is shown at its line of a change.

    `verdicts` are those that are listed; all are counted.
    """
    lines = [
        f"::{_SARIF_LEVELS[finding.verdict]} "
        f"file={_escaped(report.newsletter.path, ':,')},line={max(1, line)}"
        f"::{_escaped(f'{finding.claim}: {finding.because}')}"
        for line, finding in _failed(report)
        if finding.verdict in verdicts
    ]
    name = report.newsletter.path
    return "\n".join([*lines, f"{name}: {summary(report, language)}"]) + "\n"


def _escaped(words: str, also: str = "") -> str:
    """Words without the signs that end a workflow command or one of its values."""
    return "".join(f"%{ord(sign):02X}" if sign in f"%\r\n{also}" else sign for sign in words)


def summary(report: Report, language: str) -> str:
    """How many claims were checked, and what became of them."""
    counts = report.counts()
    total = sum(counts.values())
    return say("verify-summary", language, total=total, sentences=len(report.sentences), **counts)


def as_json(report: Report) -> str:
    """Everything, for programs; keys are stable, see docs/guides/check.md."""
    known = by_id(report.documents)
    table = {
        "format": "ribao.check.v1",
        "name": report.newsletter.name,
        "day": None if report.day == UNDATED else report.day.isoformat(),
        "language": report.newsletter.language,
        "clean": report.clean,
        "counts": report.counts(),
        "sentences": [
            {
                "text": one.printed.text,
                "part": one.printed.part,
                "story": one.printed.story,
                "line": one.printed.line,
                "findings": [_plain(finding, known) for finding in one.findings],
            }
            for one in report.sentences
        ],
        "links": [{"line": line, **_plain(finding, known)} for line, finding in report.links],
    }
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def as_sarif(*reports: Report) -> str:
    """SARIF 2.1.0 with the failing claims, so that a code host shows them at their lines."""
    results = [
        {
            "ruleId": finding.kind,
            "level": _SARIF_LEVELS[finding.verdict],
            "message": {"text": f"{finding.claim}: {finding.because}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": _uri(report.newsletter.path)},
                        "region": {"startLine": max(1, line)},
                    }
                }
            ],
        }
        for report in reports
        for line, finding in _failed(report)
    ]
    driver = {
        "name": "ribao check",
        "rules": [
            {"id": rule, "shortDescription": {"text": kind_name(rule, "en")}}
            for rule in sorted({str(result["ruleId"]) for result in results})
        ],
    }
    runs = [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": runs}, indent=2) + "\n"


def _uri(path: str) -> str:
    """A path as SARIF wants it: relative to the repository, or a whole address."""
    return PurePath(path).as_uri() if PurePath(path).is_absolute() else quote(path)


def as_html(report: Report, language: str) -> str:
    """One page without scripts: every sentence with its claims marked, its passages beside it."""
    known = by_id(report.documents)
    number = {id(checked): n for n, checked in enumerate(report.sentences, 1)}
    wrong: dict[Verdict, list[tuple[int, int, Checked, Finding]]] = {
        Verdict.CONTRADICTED: [],
        Verdict.UNSUPPORTED: [],
    }
    for checked in report.sentences:
        for order, finding in enumerate(failing(checked)):
            wrong[finding.verdict].append((number[id(checked)], order, checked, finding))
    page: str = _template().render(
        wrong=wrong[Verdict.CONTRADICTED],
        unproved=wrong[Verdict.UNSUPPORTED],
        number_of=lambda checked: number[id(checked)],
        kind_name=lambda kind: kind_name(kind, language),
        report=report,
        day="" if report.day == UNDATED else report.day.isoformat(),
        language=language,
        blocks=list(_blocks(report.sentences)),
        counts=report.counts(),
        summary=summary(report, language),
        shortened=shortened,
        pieces=pieces,
        failing=failing,
        passages=lambda findings: passages(findings, known),
        place_of=lambda checked, finding: _place(number[id(checked)], checked, finding),
        proved=bool(report.documents),
        say=lambda key, **values: say(f"verify-{key}", language, **values),
    )
    return page


def _blocks(sentences: Sequence[Checked]) -> Iterator[tuple[bool, list[Checked]]]:
    """Sentences in printed order, parted where a story or the name of a section begins."""
    for (_, heading), group in groupby(sentences, key=_block):
        yield heading, list(group)


def _block(checked: Checked) -> tuple[int, bool]:
    """The story of a sentence, and whether it is the heading of a section between stories."""
    printed = checked.printed
    return printed.story, printed.part == "section" and not printed.story and not checked.failed


_LONG = 90  # characters of a claim in a list


def shortened(words: str) -> str:
    """A claim as it is named in a list: of a long one its begin."""
    return words if len(words) <= _LONG else f"{words[:_LONG].rstrip()}…"


def _place(number: int, checked: Checked, finding: Finding) -> str:
    """The name of the place on the page where a finding is told."""
    wrong = failing(checked)
    order = next((n for n, one in enumerate(wrong) if one is finding), None)
    return f"s{number}-right" if order is None else f"s{number}-{order}"


def kind_name(kind: str, language: str) -> str:
    """What a kind of claim is called; a kind that has no name of its own stays as it is."""
    key = f"verify-kind-{kind}"
    return say(key, language) if key in messages() else kind


def pieces(checked: Checked) -> Iterator[tuple[str, Finding | None]]:
    """Cut a sentence at its claims: (words, the finding on them or None), without overlaps."""
    text, at = checked.printed.text, 0
    words = [one for one in checked.findings if one.end - one.start < len(text)]
    order = sorted(
        words or checked.findings, key=lambda f: (f.start, f.verdict not in FAILED, -f.end)
    )
    for finding in order:
        if finding.start < at or finding.end <= finding.start:
            continue
        if finding.start > at:
            yield text[at : finding.start], None
        yield text[finding.start : finding.end], finding
        at = finding.end
    if at < len(text):
        yield text[at:], None


def failing(checked: Checked) -> list[Finding]:
    """The findings of a sentence that are wrong or not proved, what is wrong first."""
    found = [one for one in checked.findings if one.verdict in FAILED]
    return sorted(found, key=lambda one: (one.verdict != Verdict.CONTRADICTED, one.start))


Words = tuple[tuple[str, bool], ...]  # of a passage: the text, and whether a claim rests on it


def passages(
    findings: Sequence[Finding], known: Mapping[DocumentId, Document]
) -> list[tuple[Document, Words]]:
    """The passages that some findings rest on, those that lie near each other as one."""
    spans: dict[tuple[DocumentId, str], list[tuple[int, int]]] = {}
    for finding in findings:
        cite = finding.evidence
        if cite is not None and cite.document_id in known:
            spans.setdefault((cite.document_id, cite.field), []).append((cite.start, cite.end))
    found: list[tuple[Document, Words]] = []
    for (name, field), places in spans.items():
        document = known[name]
        text = document.title if field == "title" else document.text
        groups = _near(sorted(set(places)))
        found += [(document, tuple(_passage(text, group))) for group in groups]
    return found


_BESIDE = 90  # characters of a report that are shown around a passage


def _near(places: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Places in order, cut where two lie so far apart that what is shown does not meet."""
    group: list[tuple[int, int]] = []
    for start, end in places:
        if group and start > group[-1][1] + 2 * _BESIDE:
            yield group
            group = []
        if not group or start >= group[-1][1]:
            group.append((start, end))
    if group:
        yield group


def _passage(text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A stretch of a report around some places, cut at them; it begins and ends with a word."""
    left, right = max(0, places[0][0] - _BESIDE), min(len(text), places[-1][1] + _BESIDE)
    while 0 < left < places[0][0] and _LATIN.match(text[left - 1 : left + 1]):
        left += 1
    while places[-1][1] < right < len(text) and _LATIN.match(text[right - 1 : right + 1]):
        right -= 1
    while left < places[0][0] and text[left] in _NO_BEGIN:
        left += 1
    at = left
    yield "…" if left else "", False
    for start, end in places:
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:right] + ("…" if right < len(text) else ""), False


_NO_BEGIN = " \n.,;:!?，。；：、！？”’）)"  # signs that end what stands before a passage
_LATIN = re.compile(r"[A-Za-z0-9]{2}")


def _failed(report: Report) -> Iterator[tuple[int, Finding]]:
    for checked in report.sentences:
        for finding in checked.findings:
            if finding.verdict in FAILED:
                yield checked.printed.line, finding
    yield from report.links


def _plain(finding: Finding, known: dict[Any, Document]) -> dict[str, object]:
    table: dict[str, object] = {
        "claim": finding.claim,
        "kind": finding.kind,
        "verdict": finding.verdict.value,
        "because": finding.because,
        "start": finding.start,
        "end": finding.end,
        "expected": finding.expected,
    }
    if finding.evidence is not None:
        cite, document = finding.evidence, known.get(finding.evidence.document_id)
        table["evidence"] = {
            "url": document.url if document else "",
            "title": document.title if document else "",
            "field": cite.field,
            "quote": cite.quote,
            "start": cite.start,
            "end": cite.end,
        }
    return table


@cache
def _template() -> Any:  # noqa: ANN401 - jinja2 leaves the type of a template open
    loader = PackageLoader("ribao.verify", "templates")
    environment = Environment(
        loader=loader,
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")
