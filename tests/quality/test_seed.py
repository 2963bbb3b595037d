"""The seed without any reports: every claim of it is named, whatever sort it is of."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from ribao.verify.checking import Checked, check_file

pytestmark = [pytest.mark.shared]

LEAST = 195  # claims; they only rise


@cache
def _checked(shared: Path) -> tuple[Checked, ...]:
    report = check_file(shared / "seed/edition-2025-12-19.md")
    return tuple(one for one in report.sentences if one.printed.part != "section")


def test_every_sentence_of_the_seed_has_a_claim(shared: Path) -> None:
    """What cannot be looked up in parts is one claim as a whole; lead words may claim nothing."""
    silent = [one for one in _checked(shared) if not one.findings]
    assert all(one.printed.part == "headline" and len(one.printed.text) < 12 for one in silent)
    assert sum(len(one.findings) for one in _checked(shared)) >= LEAST


@pytest.mark.parametrize(
    "sort",
    [
        r"(?<![\u4e00-\u9fff])?[\u4e00-\u9fff]{2}·[\u4e00-\u9fff]{3}",  # foreign names
        r"最(?=[\u4e00-\u9fff]{2,3}的)",  # ranks
        r"[超过逾]半数?",  # shares without a figure
        r"(?<=仅需)一[张台个]",  # a single one
        r"免费",  # for nothing
        r"(?<=联合)[\u4e00-\u9fff]{3}(?=设计)|[\u4e00-\u9fff]{3}(?=合作打造)",  # firms
        r"\d+(?:\.\d+)?(?:倍|%|[万亿]+)",  # figures
    ],
)
def test_sorts_of_claims_in_the_seed(shared: Path, sort: str) -> None:
    """Each sort stands in the seed, and wherever it does, a claim touches it."""
    places = [
        (one, match) for one in _checked(shared) for match in re.finditer(sort, one.printed.text)
    ]
    assert places
    for one, match in places:
        spans = [(finding.start, finding.end) for finding in one.findings]
        assert any(a < match.end() and match.start() < b for a, b in spans), match.group()
