"""The checker on its own: any newsletter against any evidence, or against itself alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from ribao.catalogue import say
from ribao.config import VerifySettings
from ribao.language.names import known_in
from ribao.model import Citation, Document, Finding, Sentence, Verdict
from ribao.verify import computed, consistency
from ribao.verify.claims import DATE, NAME, find_claims
from ribao.verify.copying import copied
from ribao.verify.evidence import Library
from ribao.verify.forms.letters import read_text, shown
from ribao.verify.forms.newsletter import Link, Newsletter, Printed, read_newsletter
from ribao.verify.gathering import Reports, merged
from ribao.verify.judges.statements import INFERENCE, STATEMENT, infers, leftover
from ribao.verify.lists import grouped
from ribao.verify.proof import FAILED, prove
from ribao.verify.targets import check_links
from ribao.verify.topics import topics_of
from ribao.verify.traditional import as_printed

_OVER = frozenset({"title", "summary", "headline"})  # what stands over a text and tells it in short
_BODY = frozenset({"paragraph", "bullet"})
_HEADS = 20  # sentences of a headline that are held against its text
_COPIED = 120  # characters of a block without a story; of fewer none are copied too much
_ABOUT = 0.34  # of the words of a line or clause stand in the story that it speaks of
_CLAUSES = re.compile(r"[，；;：:、|｜]|,\s|(?<=\S)\s[—–-]\s")


@dataclass(frozen=True, slots=True)
class Checked:
    """One printed sentence with all that was found in it."""

    printed: Printed
    findings: tuple[Finding, ...]

    @property
    def failed(self) -> bool:
        """Whether a claim of it is contradicted or without support."""
        return any(finding.verdict in FAILED for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found. `clean` is what the exit code says."""

    newsletter: Newsletter
    day: date
    sentences: tuple[Checked, ...]
    links: tuple[tuple[int, Finding], ...]  # line, finding
    documents: tuple[Document, ...]  # the evidence that findings cite

    @property
    def clean(self) -> bool:
        """Whether nothing is contradicted or unsupported, in sentences and in links."""
        return not self.links and not any(checked.failed for checked in self.sentences)

    @property
    def contradicted(self) -> bool:
        """Whether a claim or a link cannot be true; what is only not proved does not count."""
        found = [f.verdict for checked in self.sentences for f in checked.findings]
        found += [finding.verdict for _, finding in self.links]
        return Verdict.CONTRADICTED in found

    def counts(self) -> dict[str, int]:
        """How many claims have each verdict, in the order of the verdicts."""
        found = [f.verdict for checked in self.sentences for f in checked.findings]
        found += [finding.verdict for _, finding in self.links]
        counted = Counter(found)
        return {verdict.value: counted[verdict] for verdict in Verdict}


def check_text(
    content: str,
    evidence: Sequence[Document] = (),
    *,
    day: date | None = None,
    language: str = "",
    name: str = "newsletter.md",
    settings: VerifySettings | None = None,
) -> Report:
    """Check a newsletter: against the evidence, and for what it says against itself.

    Args:
        content: Markdown with or without front matter, HTML, or an `edition.json`.
        evidence: documents in any order; without any, claims are named as not proved.
        day: when it was or will be published, from which relative dates are read; default is what
            the newsletter says of itself.
        language: "zh" or "en", of the findings; default is the newsletter's own.
        name: what to call it in messages; a date in it is used where the text has none.
        settings: how much may be copied from a source; default are those of `[verify]`.

    Returns:
        Every sentence in printed order with its findings, and what is wrong with links. Offsets are
        in characters of `sentence.printed.text`, lines are counted from 1.

    Raises:
        ContentError: the content cannot be read as a newsletter.
    """
    newsletter = read_newsletter(content, name)
    tongue = language or newsletter.language
    published = day or newsletter.day
    plain = newsletter.in_simplified_signs()
    check = _Check(plain, tuple(evidence), published, tongue, settings or VerifySettings())
    report = check.report()
    return report if plain is newsletter else _as_printed(report, newsletter)


def _as_printed(report: Report, newsletter: Newsletter) -> Report:
    """A report on a letter in simplified signs, in the signs in which it is printed."""
    sentences = tuple(
        Checked(printed, as_printed(one.findings, one.printed.text, printed.text))
        for one, printed in zip(report.sentences, newsletter.sentences, strict=True)
    )
    told = replace(newsletter, path=report.newsletter.path)
    return replace(report, newsletter=told, sentences=sentences)


def check_file(
    path: Path,
    evidence: Sequence[Document] = (),
    *,
    day: date | None = None,
    language: str = "",
    settings: VerifySettings | None = None,
) -> Report:
    """Check a file; see `check_text`.

    Raises:
        ConfigError: there is no such file, or it cannot be opened.
        ContentError: it is no text, over 5,000,000 characters long, or no newsletter.
    """
    content, name = read_text(path), Path(shown(path))
    report = check_text(
        content, evidence, day=day, language=language, name=name.name, settings=settings
    )
    return replace(report, newsletter=replace(report.newsletter, path=name.as_posix()))


def _without_own_name(title: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings on a title that tells of no story: its name and its day are the paper's own."""
    known = [(start, end) for start, end, _ in known_in(title)]
    return tuple(
        one
        for one in findings
        if any(start <= one.start and one.end <= end for start, end in known)
        or not (one.kind == NAME or (one.kind == DATE and not title[one.end :].strip(")）] ")))
    )


def _kind(printed: Printed) -> str:
    """What a sentence is for its proof; a bullet is an inference only where it says so."""
    drawn = printed.part == "title" or (printed.part == "bullet" and infers(printed.text))
    return INFERENCE if drawn and printed.kind == "fact" else printed.kind


class _Check:
    """One check, with what its parts share."""

    def __init__(
        self,
        newsletter: Newsletter,
        evidence: tuple[Document, ...],
        day: date | None,
        language: str,
        settings: VerifySettings,
    ) -> None:
        self.newsletter = (
            newsletter if newsletter.path else replace(newsletter, path=newsletter.name)
        )
        newsletter = self.newsletter
        self.reports = Reports(newsletter, evidence, day)
        self.dated = day
        self.day = self.reports.day
        self.language = language
        self.settings = settings
        self.library = Library()
        self.apart: set[tuple[Printed, int]] = set()  # values that the letter has otherwise, too
        self.lines = {
            printed: consistency.Line(
                printed, find_claims(printed.text, newsletter.language, self.day)
            )
            for printed in newsletter.sentences
        }
        self.told = grouped((one.story, one) for one in newsletter.sentences)
        self.listed = grouped(newsletter.sources)
        self.homes = {
            printed: (printed.story,) if printed.story else self._stories_of(printed)
            for printed in self.lines
        }

    def report(self) -> Report:
        """Put it all together, in the order of the print."""
        inside: dict[Printed, list[Finding]] = {printed: [] for printed in self.lines}
        at_home = grouped(
            (home, line) for printed, line in self.lines.items() for home in self.homes[printed]
        )
        inner = [self._inside(at_home[story]) for story in self.newsletter.stories]
        for found in inner or [self._heads(at_home[0])]:
            for printed, finding in found:
                self.apart.add((printed, finding.start))
                if not any(finding.start == one.start for one in inside[printed]):
                    inside[printed].append(finding)
        for printed, line in self.lines.items():
            inside[printed] += self._leftover(printed)
            inside[printed] += consistency.impossible(line, self.dated, self.language)
        for told, documents in self._taken():
            for printed, finding in copied(told, documents, self.language, self.settings):
                inside[printed].append(finding)
        checked = [
            Checked(printed, self._findings(printed, inside[printed]))
            for printed in self.newsletter.sentences
        ]
        cited = {f.evidence.document_id for one in checked for f in one.findings if f.evidence}
        links = [(link, self._told(link)) for link in self.newsletter.links]
        return Report(
            self.newsletter,
            self.day,
            tuple(checked),
            tuple(
                check_links(links, self.reports.by_address, self.language, self.reports.elsewhere)
            ),
            tuple(document for document in self.reports.all if document.id in cited),
        )

    def _taken(self) -> Iterator[tuple[Sequence[Printed], Sequence[Document]]]:
        """What may be copied from what: a story from its reports, a long block from its own."""
        for story, told in self.told.items() if self.reports.all else ():
            known = self.reports.of_story(story)
            if story or known:
                yield told, known
                continue
            for block in grouped((one.block, one) for one in told).values():
                if sum(len(one.text) for one in block) >= _COPIED:
                    rows = (self.reports.of_sentence(one, self.homes[one]) for one in block)
                    yield block, merged(*rows)

    def _findings(self, printed: Printed, inside: Sequence[Finding]) -> tuple[Finding, ...]:
        """What is proved or not, where the sentence does not already speak against its own text."""
        if printed.part == "section":
            return tuple(inside)  # the name of a section claims nothing of its own
        homes = self.homes[printed]
        documents = self.reports.of_sentence(printed, homes)
        cited = self.reports.cited(printed, homes)
        citations = tuple(Citation(document.id, "") for document in cited)
        sentence = Sentence(printed.text, citations, kind=_kind(printed))
        proved = prove(
            sentence,
            self.library.passages(documents),
            day=self.day,
            language=self.language,
            coverage=self._coverage(printed) if printed.kind == computed.KIND else None,
            claims=self.lines[printed].claims,
        )
        if self.reports.all and not documents:
            proved = self._unlike(proved)
        if printed.part == "title" and self.homes[printed] == (0,):
            proved = _without_own_name(printed.text, proved)
        borne_out = {(f.start, f.end) for f in proved if f.verdict == Verdict.SUPPORTED}
        kept = [
            finding
            for finding in inside
            if (finding.start, finding.end) not in borne_out
            or (finding.verdict == Verdict.CONTRADICTED and not self._of_two(printed, finding))
        ]
        spoken = {(finding.start, finding.end) for finding in kept}
        rest = [finding for finding in proved if (finding.start, finding.end) not in spoken]
        return tuple(sorted([*kept, *rest], key=lambda f: (f.start, f.end, f.kind)))

    def _of_two(self, printed: Printed, finding: Finding) -> bool:
        """Tell whether two values of a text may both be true: of one a report says it is."""
        return printed.part in _BODY and (printed, finding.start) in self.apart

    def _unlike(self, proved: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings on a line that no report is alike to: its claims alone, with the reason.

        It may be a greeting, so it need not be proved as a whole.
        """
        because = say("verify-unlike", self.language, count=len(self.reports.all))
        return tuple(
            replace(one, because=because) if one.verdict == Verdict.UNSUPPORTED else one
            for one in proved
            if one.kind != STATEMENT
        )

    def _coverage(self, printed: Printed) -> computed.Coverage:
        """What counts of a story are held against: the sources that are listed under it."""
        listed = self.listed.get(printed.story, ()) if printed.story else ()
        if not listed and printed.story:
            return computed.of_documents(self.reports.linked.get(printed.story, ()))
        return computed.of_sources(listed)

    def _inside(self, lines: Sequence[consistency.Line]) -> list[tuple[Printed, Finding]]:
        groups = self._together(lines)
        found = [pair for group in groups for pair in consistency.among(group, self.language)]
        body = [line for line in lines if line.printed.part in _BODY]
        heads = [line for line in lines if line.printed.part == "headline"] if body else []
        for line in heads[:_HEADS]:
            overstated = consistency.overstated(line, body, self.language)
            found += [(line.printed, finding) for finding in overstated]
        return found

    def _heads(self, lines: Sequence[consistency.Line]) -> list[tuple[Printed, Finding]]:
        """The same of a letter without stories: its title and its summary against its text.

        Paragraphs that no heading and no link puts together may be on anything.
        """
        if not any(line.printed.part in _OVER for line in lines):
            return []
        found = consistency.among(lines, self.language)
        return [(printed, finding) for printed, finding in found if printed.part in _OVER]

    def _together(self, lines: Sequence[consistency.Line]) -> Iterator[list[consistency.Line]]:
        """The lines of a story that speak of one thing: of a list, those with the same link."""
        about = {line.printed: self.reports.lists.things(line.printed) for line in lines}
        things = dict.fromkeys(thing for one in about.values() for thing in one)
        if not things:
            yield list(lines)
        for thing in things:
            yield [one for one in lines if not about[one.printed] or thing in about[one.printed]]

    def _told(self, link: Link) -> Sequence[Printed]:
        """The sentences that a link is for: its story, of a list its own line."""
        told = self.told.get(link.story, ())
        if not self.reports.lists.links(link.block):
            return told
        return [one for one in told if one.block == link.block]

    def _leftover(self, printed: Printed) -> list[Finding]:
        """What a language model said of its task and nobody took out."""
        span = leftover(printed.text)
        if span is None:
            return []
        words = printed.text[span[0] : span[1]]
        because = say("verify-leftover", self.language)
        return [Finding(words, "leftover", Verdict.OPINION, because, *span)]

    @cached_property
    def telling(self) -> Mapping[str, Sequence[int]]:
        """For each topic the stories that tell of it."""
        about = self.reports.about
        return grouped((word, story) for story in about for word in about[story])

    def _stories_of(self, printed: Printed) -> tuple[int, ...]:
        """The stories that a line of the summary or the title speaks of, the likeliest first.

        A title may join the news of two stories, so each of its clauses is looked for, too.
        (0,) where none is found.
        """
        found: list[int] = []
        for words in (printed.text, *_CLAUSES.split(printed.text)):
            wanted = topics_of(words)
            shared = Counter(story for word in wanted for story in self.telling.get(word, ()))
            likely = ((count, -story) for story, count in shared.items() if count > 1)
            count, story = max(likely, default=(0, 0))
            found.append(-story if count > _ABOUT * len(wanted) else 0)
        return tuple(dict.fromkeys(story for story in found if story)) or (0,)
