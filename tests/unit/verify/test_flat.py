"""Newsletters without headings of their own, with more reports than anybody would lay side by side.

The reports are invented: one template for each language, filled with names and figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest

from ribao.catalogue import messages
from ribao.model import Document, DocumentId, ItemId, SourceId, Verdict
from ribao.verify import Report, check_text
from ribao.verify.proof import FAILED

DAY = date(2025, 6, 3)
_FIRST = ("Brin", "Cald", "Dorn", "Fenn", "Garth", "Hask", "Jarl")
_LAST = ("dleton", "mere", "wick", "low", "sted", "combe", "forth")
_WORKS = ("bridge", "dairy", "tannery", "library", "ferry", "windmill", "bakery")
_HAN = ("晨", "澜", "禾", "岚", "朔", "瑾", "霖")
_SECOND = ("川", "屿", "庐", "汀", "岫", "桥", "圃")
_THINGS = ("灯塔", "码头", "粮仓", "船坞", "剧院", "温室", "泵站")
_FILL = {
    "en": "Neighbours had waited for years and spoke of little else at the market that week. " * 9,
    "zh": "附近的居民等了好几年，那一周的集市上大家说的都是这件事。" * 24,
}
Item = tuple[str, Document]


def _item(number: int, language: str) -> Item:
    """A true sentence and the report that it was drawn from; every second time from its depth."""
    a, b = divmod(number, 7)
    cost, hands = 20 + 3 * number, 130 + 17 * number
    if language == "zh":
        name = f"{_HAN[a]}{_SECOND[b]}公司"
        title = f"{name}新建{_THINGS[(a + b) % 7]}"
        told = f"{name}为这座{_THINGS[(a + b) % 7]}投入{cost}万元，雇了{hands}名工人。"
    else:
        name = f"{_FIRST[a]}{_LAST[b]}"
        title = f"{name} builds a {_WORKS[(a + b) % 7]}"
        works = _WORKS[(a + b) % 7]
        told = f"The {name} {works} cost {cost} million dollars and employs {hands} people."
    text = f"{_FILL[language]}{told}" if number % 2 else f"{told} {_FILL[language]}"
    url = f"https://press{number}.example/{language}/{number}"
    moment = datetime(2025, 6, 2, tzinfo=UTC)
    names = DocumentId(f"{language}{number}"), ItemId(f"i{number}"), SourceId("s")
    return told, Document(*names, url, title, text, language, moment, "feed")


def _lines(line: str) -> Callable[[Sequence[Item]], str]:
    return lambda items: "".join(
        line.format(n=n, told=told, url=one.url, title=one.title)
        for n, (told, one) in enumerate(items, 1)
    )


def _sections(level: str, line: str, each: int) -> Callable[[Sequence[Item]], str]:
    def put(items: Sequence[Item]) -> str:
        parts = (items[at : at + each] for at in range(0, len(items), each))
        return "\n".join(
            f"{level} News {n}\n\n{_lines(line)(part)}" for n, part in enumerate(parts)
        )

    return put


FORMS: dict[str, Callable[[Sequence[Item]], str]] = {
    "headings": _lines("### [{title}]({url})\n\n{told}\n\n"),
    "paragraphs": _lines("{told} [x]({url})\n\n"),
    "bullets": _lines("- {told} ([Press]({url}))\n"),
    "numbers": _lines("{n}. {told} [Source]({url})\n"),
    "table": lambda items: "| a | b |\n|---|---|\n" + _lines("| {told} | [x]({url}) |\n")(items),
    "source lines": _lines("{told}\n\n[Source]({url})\n\n"),
    "titles in bold": _lines("**{title}** {told} [x]({url})\n\n"),
    "footnotes": lambda items: _lines("{told}[^{n}]\n\n")(items) + _lines("[^{n}]: {url}\n")(items),
    "notes with words": lambda items: (
        _lines("{told}[^{n}]\n\n")(items) + _lines("[^{n}]: Press, {url}\n\n")(items)
    ),
    "bullets in sections": _sections("##", "- {told} ([x]({url}))\n", 10),
    "bullets under headings": _sections("###", "- {told} ([x]({url}))\n", 10),
    "no links": _lines("{told}\n\n"),
    "bullets without links": _lines("- {told}\n"),
    "sections without links": _sections("##", "{told}\n\n", 6),
    "one paragraph": lambda items: " ".join(told for told, _ in items) + "\n",
    "html": lambda items: (
        "<html><body>" + _lines('<p>{told} <a href="{url}">x</a></p>\n')(items) + "</body></html>"
    ),
}


def _flagged(report: Report) -> list[str]:
    """The sentences of the text with something that fails, and the links that do."""
    body = {"paragraph", "bullet"}
    found = [
        one.printed.text for one in report.sentences if one.failed and one.printed.part in body
    ]
    return [*found, *(finding.claim for _, finding in report.links)]


@pytest.fixture(scope="module")
def items() -> dict[str, list[Item]]:
    """45 reports in each language."""
    return {
        language: [_item(number, language) for number in range(45)] for language in ("zh", "en")
    }


@pytest.mark.parametrize(("form", "language"), list(product(FORMS, ("zh", "en"))))
def test_a_flat_letter_is_proved_like_one_with_headings(
    form: str, language: str, items: dict[str, list[Item]]
) -> None:
    """No true sentence fails, and of two false ones both, whatever the number of reports."""
    true, documents = items[language], [one for _, one in items["zh"] + items["en"]]
    letter = check_text(FORMS[form](true), documents, day=DAY)
    assert _flagged(letter) == []
    found = [f for one in letter.sentences for f in one.findings]
    assert sum(f.verdict == Verdict.SUPPORTED for f in found) >= 2 * len(true)
    false = list(true)
    for number in (6, 31):  # one from the head of its report, one from its depth
        told, one = true[number]
        false[number] = told.replace(str(20 + 3 * number), str(950 + number)), one
    flagged = _flagged(check_text(FORMS[form](false), documents, day=DAY))
    assert [("956" in words, "981" in words) for words in flagged] == [(True, False), (False, True)]


def test_what_no_report_speaks_of_is_not_proved(items: dict[str, list[Item]]) -> None:
    """Its claims are named; a greeting is left alone."""
    documents = [one for _, one in items["en"]]
    text = "Good morning to all of you who read this letter at breakfast.\n\n{}\n"
    report = check_text(text.format("Osprey Quarries sold 4,711 anvils to Umberto."), documents)
    assert [one.printed.line for one in report.sentences if one.failed] == [3]
    because = {f.because for one in report.sentences for f in one.findings if f.verdict in FAILED}
    assert because == {"no report speaks of this (reports: 45)"}


def test_a_line_cites_its_own_link(items: dict[str, list[Item]]) -> None:
    """In the other language, too, where no word of the two is the same."""
    true = items["en"]
    told = [
        (f"{one.title.split()[0]}花了{20 + 3 * n}00万美元。", one)
        for n, (_, one) in enumerate(true)
    ]
    documents = [one for _, one in true]
    assert _flagged(check_text(FORMS["bullets"](told), documents, day=DAY)) == []
    assert not _cited_wrongly(check_text(FORMS["bullets"](told), documents, day=DAY))
    turned = [(words, true[n - 1][1]) for n, (words, _) in enumerate(told)]
    report = check_text(FORMS["bullets"](turned), documents, day=DAY)
    assert len(_cited_wrongly(report)) == len(true)


def test_a_line_with_the_link_of_another_is_told(items: dict[str, list[Item]]) -> None:
    """Where a report is known that it was drawn from; else the page may say more than is known."""
    told, source = items["zh"][0][0], items["zh"][0][1]
    other = replace(
        items["zh"][1][1], title="山口下雪了", text="昨夜山口下了大雪，公路封闭到中午。"
    )
    letter = f"- {told}（[来源]({other.url})）\n"
    known = check_text(letter, [source, other], day=DAY)
    assert [finding.verdict for _, finding in known.links] == [Verdict.CONTRADICTED]
    assert check_text(letter, [other], day=DAY).links == ()


def _cited_wrongly(report: Report) -> set[int]:
    """The lines with a claim that only a report bears out which is not linked."""
    words = messages()["verify-cited-wrongly"]["zh"].partition("{")[0]
    return {
        one.printed.line
        for one in report.sentences
        for finding in one.findings
        if finding.because.startswith(words)
    }
