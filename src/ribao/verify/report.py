"""A report of the checker in four forms: text for a terminal, JSON, SARIF for code hosts, HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, select_autoescape

from ribao.catalogue import messages, say
from ribao.model import Document, Finding, Verdict, by_id
from ribao.verify.checking import Checked, Report
from ribao.verify.proof import FAILED

_SARIF_LEVELS = {Verdict.CONTRADICTED: "error", Verdict.UNSUPPORTED: "warning"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_text(report: Report, language: str) -> str:
    """The failing claims, one a line: `file:line: verdict: claim: why`, and a line of counts."""
    name = report.newsletter.name
    lines = [
        f"{name}:{line}: {say(f'verify-verdict-{finding.verdict}', language)}: "
        f"{finding.claim}: {finding.because}"
        for line, finding in _failed(report)
    ]
    return "\n".join([*lines, summary(report, language)]) + "\n"


def as_annotations(report: Report, language: str) -> str:
    """Workflow commands of GitHub, so that each failing claim is shown at its line of a change."""
    lines = [
        f"::{_SARIF_LEVELS[finding.verdict]} "
        f"file={_escaped(report.newsletter.path, ':,')},line={max(1, line)}"
        f"::{_escaped(f'{finding.claim}: {finding.because}')}"
        for line, finding in _failed(report)
    ]
    return "\n".join([*lines, summary(report, language)]) + "\n"


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
        "day": report.day.isoformat(),
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
    """One page without scripts: every sentence with its claims marked, passages to open."""
    known = by_id(report.documents)
    stories = [
        [checked for checked in report.sentences if checked.printed.story == story]
        for story in (0, *report.newsletter.stories)
    ]
    number = {id(checked): n for n, checked in enumerate(report.sentences, 1)}
    wrong = [
        (number[id(checked)], checked, finding)
        for checked in report.sentences
        for finding in checked.findings
        if finding.verdict == Verdict.CONTRADICTED
    ]
    page: str = _template().render(
        wrong=wrong,
        number_of=lambda checked: number[id(checked)],
        opened=lambda checked: _opened(checked, proved=bool(report.documents)),
        kind_name=lambda kind: kind_name(kind, language),
        report=report,
        language=language,
        stories=[story for story in stories if story],
        failed=sum(checked.failed for checked in report.sentences),
        counts=report.counts(),
        summary=summary(report, language),
        pieces=pieces,
        failing_first=failing_first,
        known=known,
        context=_context,
        say=lambda key, **values: say(f"verify-{key}", language, **values),
    )
    return page


def _opened(checked: Checked, *, proved: bool) -> bool:
    """Whether a sentence shows its findings at once: what is wrong, and what could be proved not.

    Where there is no evidence at all nothing could, and the marks say so in one sign.
    """
    verdicts = {finding.verdict for finding in checked.findings}
    return Verdict.CONTRADICTED in verdicts or (proved and checked.failed)


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


def failing_first(checked: Checked) -> list[Finding]:
    """The findings of a sentence as an editor needs them: what is wrong, then the rest."""
    return sorted(checked.findings, key=lambda one: (one.verdict not in FAILED, one.start))


def _failed(report: Report) -> Iterator[tuple[int, Finding]]:
    for checked in report.sentences:
        for finding in checked.findings:
            if finding.verdict in FAILED:
                yield checked.printed.line, finding
    yield from report.links


def _context(document: Document, start: int, end: int, field: str) -> tuple[str, str, str]:
    """A passage with a little of what stands around it, cut into before, quote and after."""
    text = document.title if field == "title" else document.text
    left, right = max(0, start - 90), min(len(text), end + 90)
    before = ("…" if left else "") + text[left:start]
    return before, text[start:end], text[end:right] + ("…" if right < len(text) else "")


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
