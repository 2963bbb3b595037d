"""What stands around the sentences of a letter and claims nothing: marks, notes, sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ribao.model import Verdict
from ribao.verify import check_text
from ribao.verify.forms.newsletter import read_newsletter
from tests.unit.verify.test_articles import DAY, report

SAID = "Brindle opened a yard in Corvane"


@pytest.mark.parametrize(
    "text",
    [
        f"{SAID}.[^1]\n\n[^1]: https://d1.example/story\n",
        f"{SAID}.[^yard]\n\n[^yard]: The Corvane Post, 12 pages, https://d1.example/story\n",
        f"{SAID}.\n\n[Source](https://d1.example/story)\n",
        f"{SAID}.\n\n[D1](https://d1.example/story) | [阅读原文](https://d1.example/story)\n",
        f"- {SAID} ([Corvane Post](https://d1.example/story)).\n",
        f"- {SAID}. [Corvane Post](https://d1.example/story)\n",
        f"{SAID} [x](https://d1.example/story)\n",
        f"| A | B |\n|---|---|\n| {SAID}. | [Post](https://d1.example/story) |\n",
    ],
)
def test_a_source_is_no_claim_and_is_cited(text: str) -> None:
    """Its name is not looked for in reports; the line before it is proved with it."""
    letter = read_newsletter(text)
    assert [one.text.rstrip(".") for one in letter.sentences if one.part != "section"] == [SAID]
    assert [(one.url, one.story) for one in letter.links][:1] == [("https://d1.example/story", 1)]
    others = [replace(report(name=f"d{n}"), text="Nothing new.") for n in range(2, 50)]
    found = check_text(text, [report(f"{SAID}."), *others], day=DAY)
    assert [f.because for one in found.sentences for f in one.findings if one.failed] == []


@pytest.mark.parametrize(
    "text", ["See [more](https://d1.example/a).", "It is led by [Brindle](https://d1.example/a)"]
)
def test_linked_words_of_a_sentence_stay(text: str) -> None:
    """They are a part of it."""
    (sentence,) = read_newsletter(f"{text}\n").sentences
    assert sentence.text.rstrip(".") == text.replace("[", "").partition("]")[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "**Snow Closes Harbour** Brindle closed it.",
            ["Snow Closes Harbour", "Brindle closed it."],
        ),
        ("**雪封住了港口** 辰光公司停工。", ["雪封住了港口", "辰光公司停工。"]),
        ("**Brindle Yards Ltd** closed the harbour.", ["Brindle Yards Ltd closed the harbour."]),
        ("**Brindle** Yards closed it.", ["Brindle Yards closed it."]),
    ],
)
def test_a_title_in_bold_is_parted_from_its_text(text: str, parts: list[str]) -> None:
    """The last word of the one and the first of the other are no name."""
    assert [one.text for one in read_newsletter(text).sentences] == parts


def test_a_point_that_states_a_fact_fails_like_a_paragraph() -> None:
    """What it says of its own, or is labelled as a view, is an opinion."""
    source = report(
        "The council of Corvane approved the plan for a tram along the old river on Monday evening."
    )
    told = source.text.replace("tram", "market")
    verdicts = []
    for form in (f"{told}", f"- {told}", f"- Our take: {told}"):
        found = check_text(f"### [Tram](https://d1.example/story)\n\n{form}\n", [source], day=DAY)
        verdicts.append({f.verdict for f in found.sentences[-1].findings if f.kind == "wording"})
    failed = {Verdict.CONTRADICTED, Verdict.UNSUPPORTED}
    assert [bool(verdict & failed) for verdict in verdicts] == [True, True, False], verdicts


def test_lines_of_a_list_are_not_compared_with_each_other() -> None:
    """Each speaks of what it links; two lines with one link may differ from each other."""
    line = (
        "- Brindle spent 3{} million dollars on its yard in 2024 ([x](https://d{}.example/story))\n"
    )
    apart = "### News\n\n" + "".join(line.format(n, n) for n in range(1, 5))
    together = "### News\n\n" + "".join(line.format(n, 1 + n // 4) for n in range(1, 8))
    assert not [f for s in check_text(apart, day=DAY).sentences for f in s.findings if f.expected]
    assert [f for s in check_text(together, day=DAY).sentences for f in s.findings if f.expected]


def test_a_long_copy_is_told_in_a_letter_without_links() -> None:
    """Whatever the number of reports."""
    words = " ".join(f"w{n}" for n in range(130))
    others = [replace(report(name=f"d{n}"), text=f"Nothing of d{n}.") for n in range(2, 50)]
    found = check_text(f"Hello there.\n\n{words}.\n", [report(words), *others], day=DAY)
    kinds = [(one.printed.line, f.kind) for one in found.sentences for f in one.findings]
    assert (3, "copied") in kinds
