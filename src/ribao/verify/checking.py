"""The checker on its own: any newsletter against any evidence, or against itself alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar

from ribao.catalogue import say
from ribao.config import VerifySettings
from ribao.language.names import known_in
from ribao.model import Citation, Document, Finding, Sentence, Verdict
from ribao.verify import computed, consistency
from ribao.verify.claims import NAME, find_claims
from ribao.verify.copying import copied
from ribao.verify.days import UNDATED
from ribao.verify.evidence import Library
from ribao.verify.letters import read_text, shown
from ribao.verify.links import address_of
from ribao.verify.newsletter import Newsletter, Printed, read_newsletter
from ribao.verify.proof import FAILED, prove
from ribao.verify.statements import INFERENCE, STATEMENT, leftover
from ribao.verify.targets import check_links
from ribao.verify.topics import head_topics, likeness, topics_of

Key = TypeVar("Key")
Part = TypeVar("Part")
_HEADS = 20  # sentences of a headline that are held against its text
_RELATED = 8  # documents per story beside those that it links
_LEAST_RELATED = 0.2  # of a story's topics must stand in a document's title and first lines
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
    check = _Check(newsletter, tuple(evidence), published, tongue, settings or VerifySettings())
    return check.report()


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


def _by_address(documents: Sequence[Document]) -> dict[str, list[Document]]:
    found: dict[str, list[Document]] = {}
    for document in documents:
        found.setdefault(address_of(document.url), []).append(document)
    return found


def _without_own_name(title: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings on a title that tells of no story: what looks like a name is the paper's own."""
    known = [(start, end) for start, end, _ in known_in(title)]
    return tuple(
        one
        for one in findings
        if one.kind != NAME or any(start <= one.start and one.end <= end for start, end in known)
    )


def _grouped(pairs: Iterable[tuple[Key, Part]]) -> dict[Key, list[Part]]:
    found: dict[Key, list[Part]] = {}
    for key, part in pairs:
        found.setdefault(key, []).append(part)
    return found


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
        self.evidence = tuple(sorted(evidence, key=lambda document: document.id))
        self.by_address = _by_address(self.evidence)
        self.dated = day
        self.day = day or self._newest() or UNDATED
        self._date_the_undated()
        self.language = language
        self.settings = settings
        self.library = Library()
        self.lines = {
            printed: consistency.Line(
                printed, find_claims(printed.text, newsletter.language, self.day)
            )
            for printed in newsletter.sentences
        }
        self.told = _grouped((one.story, one) for one in newsletter.sentences)
        self.listed = _grouped(newsletter.sources)
        self.linked = {
            story: self._linked(links)
            for story, links in _grouped((one.story, one.url) for one in newsletter.links).items()
        }
        self.about = {
            story: frozenset[str]().union(*(topics_of(one.text) for one in told))
            for story, told in self.told.items()
            if story
        }
        self.telling = _grouped((word, story) for story in self.about for word in self.about[story])
        self.homes = {
            printed: (printed.story,) if printed.story else self._stories_of(printed)
            for printed in self.lines
        }
        self.topics = {document.id: head_topics(document) for document in self.evidence}

    def report(self) -> Report:
        """Put it all together, in the order of the print."""
        inside: dict[Printed, list[Finding]] = {printed: [] for printed in self.lines}
        at_home = _grouped((self.homes[printed][0], line) for printed, line in self.lines.items())
        for story in self.newsletter.stories:
            for printed, finding in self._inside(at_home[story]):
                inside[printed].append(finding)
        for printed, line in self.lines.items():
            inside[printed] += self._leftover(printed)
            inside[printed] += consistency.impossible(line, self.dated, self.language)
        documents = {story: self._documents(story) for story in (0, *self.newsletter.stories)}
        for story, told in self.told.items() if self.evidence else ():
            for printed, finding in copied(told, documents[story], self.language, self.settings):
                inside[printed].append(finding)
        checked = []
        for printed in self.newsletter.sentences:
            homes = (documents[story] for story in self.homes[printed])
            reports = tuple({one.id: one for home in homes for one in home}.values())
            checked.append(Checked(printed, self._findings(printed, reports, inside[printed])))
        cited = {f.evidence.document_id for one in checked for f in one.findings if f.evidence}
        return Report(
            self.newsletter,
            self.day,
            tuple(checked),
            tuple(check_links(self.newsletter.links, self.told, self.evidence, self.language)),
            tuple(document for document in self.evidence if document.id in cited),
        )

    def _findings(
        self, printed: Printed, documents: Sequence[Document], inside: Sequence[Finding]
    ) -> tuple[Finding, ...]:
        """What is proved or not, where the sentence does not already speak against its own text."""
        if printed.part == "section":
            return tuple(inside)  # the name of a section claims nothing of its own
        linked = [one for story in self.homes[printed] for one in self.linked.get(story, ())]
        citations = tuple(Citation(name, "") for name in dict.fromkeys(one.id for one in linked))
        kind = (
            INFERENCE
            if printed.part in {"bullet", "title"} and printed.kind == "fact"
            else printed.kind
        )
        sentence = Sentence(printed.text, citations, kind=kind)
        passages = self.library.passages(documents)
        coverage = self._coverage(printed)
        proved = prove(sentence, passages, day=self.day, language=self.language, coverage=coverage)
        if self.evidence and not documents:  # of no story: its reports are there, but unknown
            proved = tuple(one for one in proved if one.kind != STATEMENT)
        if printed.part == "title" and self.homes[printed] == (0,):
            proved = _without_own_name(printed.text, proved)
        borne_out = {(f.start, f.end) for f in proved if f.verdict == Verdict.SUPPORTED}
        kept = [
            finding
            for finding in inside
            if finding.verdict == Verdict.CONTRADICTED
            or (finding.start, finding.end) not in borne_out
        ]
        spoken = {(finding.start, finding.end) for finding in kept}
        rest = [finding for finding in proved if (finding.start, finding.end) not in spoken]
        return tuple(sorted([*kept, *rest], key=lambda f: (f.start, f.end, f.kind)))

    def _coverage(self, printed: Printed) -> computed.Coverage:
        """What counts of a story are held against: the sources that are listed under it."""
        listed = self.listed.get(printed.story, ()) if printed.story else ()
        if not listed and printed.story:
            return computed.of_documents(self.linked.get(printed.story, ()))
        return computed.of_sources(listed)

    def _inside(self, lines: Sequence[consistency.Line]) -> list[tuple[Printed, Finding]]:
        found = list(consistency.among(lines, self.language))
        body = [line for line in lines if line.printed.part in {"paragraph", "bullet"}]
        heads = [line for line in lines if line.printed.part == "headline"] if body else []
        for line in heads[:_HEADS]:
            overstated = consistency.overstated(line, body, self.language)
            found += [(line.printed, finding) for finding in overstated]
        return found

    def _leftover(self, printed: Printed) -> list[Finding]:
        """What a language model said of its task and nobody took out."""
        span = leftover(printed.text)
        if span is None:
            return []
        words = printed.text[span[0] : span[1]]
        because = say("verify-leftover", self.language)
        return [Finding(words, "leftover", Verdict.UNSUPPORTED, because, *span)]

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

    def _date_the_undated(self) -> None:
        """Read a report that does not say its day on that of the newsletter."""
        moment = datetime.combine(self.day, time(), UTC)
        self.evidence = tuple(
            replace(one, published_at=moment) if one.published_at.date() == UNDATED else one
            for one in self.evidence
        )
        self.by_address = _by_address(self.evidence)

    def _newest(self) -> date | None:
        """The day of the newest linked report, for a newsletter that does not say its own."""
        addresses = {address_of(link.url) for link in self.newsletter.links}
        days = [
            document.published_at.date()
            for address in addresses
            for document in self.by_address.get(address, ())
        ]
        return max(days, default=None)

    def _linked(self, urls: Sequence[str]) -> tuple[Document, ...]:
        addresses = [address_of(url) for url in urls]
        found = (
            document
            for address in dict.fromkeys(addresses)
            for document in self.by_address.get(address, ())
        )
        return tuple(found)

    def _documents(self, story: int) -> tuple[Document, ...]:
        """The evidence of one story: what it links, and the documents that are most alike."""
        if story == 0:
            return self.evidence if len(self.evidence) <= 4 * _RELATED else ()
        linked = self.linked.get(story, ())
        wanted = self.about[story]
        alike = [
            (likeness(wanted, self.topics[document.id]), document) for document in self.evidence
        ]
        alike.sort(key=lambda pair: (-pair[0], pair[1].id))
        related = [document for score, document in alike[:_RELATED] if score >= _LEAST_RELATED]
        return tuple({one.id: one for one in [*linked, *related]}.values())
