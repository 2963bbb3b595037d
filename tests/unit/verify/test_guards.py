"""The guards of links and of copyright, and the readers of this room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ribao.config import VerifySettings
from ribao.verify import check_text
from ribao.verify.links import address_of, check_link, is_disguised
from ribao.verify.overlap import Limits, limits_for, over, overlap
from ribao.verify.readers import find_people, find_vague
from tests.unit.verify.test_articles import DAY, report


@pytest.mark.parametrize(
    ("url", "known", "wrong"),
    [
        ("https://a.example/1?utm_source=x", {"a.example/1"}, False),
        ("https://www.a.example/1/", {"a.example/1"}, False),
        ("https://a.example/2", {"a.example/1"}, True),
        ("https://a.example/2", None, False),
        ("https://bit.ly/abc", None, True),
        ("https://\u0430pple.example/", None, True),
        ("https://xn--pple-43d.com/", None, True),
        ("https://link.b.example/?target=https%3A%2F%2Fc.example%2F1", None, True),
        ("https://b.example/url?q=https://c.example/1", None, True),
        ("https://b.example/read?about=https://c.example/1", None, False),
        ("https://b.example/link?page=2", None, False),
        ("https://a.example@evil.example/1", None, True),
        ("https://\u0430\u0440\u0440\u04cf\u0435.com/", None, True),
        ("https://\u043f\u0440\u0438\u043c\u0435\u0440.example/", None, False),
        ("javascript:alert(1)", None, True),
        ("#part", None, False),
        ("docs/guides/check.md", {"a.example/1"}, False),
        ("../NEWS.md#may", {"a.example/1"}, False),
        ("tel:+15550100", None, False),
        ("//a.example/1", {"a.example/1"}, False),
        ("//bit.ly/abc", None, True),
        ("https:///nowhere", None, True),
    ],
)
def test_links_are_guarded(url: str, known: set[str] | None, wrong: bool) -> None:  # noqa: FBT001 - a table
    """Unknown addresses, shorteners, disguised hosts and scripts are named."""
    assert bool(list(check_link(url, known, "en"))) is wrong


def test_an_address_that_no_reader_should_open_is_a_link_all_the_same() -> None:
    """Other readers of Markdown make one of it, and a disguised host is shown as it looks."""
    found = check_text("Read [this](javascript:alert(1)) and [that](https://\u0430pple.example/).")
    assert [finding.claim for _, finding in found.links] == [
        "javascript:alert(1)",
        "https://\u0430pple.example/",
    ]


def test_hosts_of_one_script_are_honest() -> None:
    """A Chinese or Japanese name beside Latin letters in its own label is no disguise."""
    assert not is_disguised("例え.jp")
    assert not is_disguised("a.example")
    assert is_disguised("g\u03bfogle.com")


def test_addresses_are_compared_without_their_campaigns() -> None:
    """The page is the same with a campaign mark; with another query it is another page."""
    assert address_of("http://www.a.example/x/?utm_medium=m") == address_of("https://a.example/x")
    assert address_of("https://a.example/%E6%97%A5") == address_of("https://a.example/日")
    assert address_of("https://xn--wgv71a.example/1") == address_of("https://日本.example/1")
    assert address_of("https://a.example/x?v=1") != address_of("https://a.example/x?v=2")


def test_the_longest_run_and_the_share_are_measured() -> None:
    """Units are words; the run is given with its place."""
    source = " ".join(f"word{n}" for n in range(100))
    printed = "Before " + " ".join(f"word{n}" for n in range(10, 40)) + " after."
    found = overlap(printed, source, "en")
    assert (found.longest, found.taken) == (30, 30)
    assert found.share == pytest.approx(0.30)
    assert printed[found.start : found.end].startswith("word10 ")


def test_quotations_count_apart() -> None:
    """What stands in quotation marks is a quotation, not a copy."""
    source = "他说今天的天气非常好适合大家一起出去走走看看风景"
    found = overlap(f"报道称“{source}”。", source, "zh")
    assert found.taken == 0
    assert found.quoted == len(source)


@pytest.mark.parametrize(
    ("licence", "run"),
    [
        ("CC BY 4.0", None),
        ("CC-BY-NC-ND 4.0", 60),
        ("Public Domain", None),
        ("", 60),
        ("a licence of our own", 60),
        ("© All rights reserved", 30),
        ("本站版权所有，禁止转载", 15),
        ("Permitted use only", 120),
    ],
)
def test_limits_follow_the_licence(licence: str, run: int | None) -> None:
    """A free licence has none, a strict one narrow ones, an owner's own factor comes first."""
    found = limits_for(licence, Limits(60, 0.25, 80), {"permitted use": 2.0})
    assert (found.run if found else None) == run


def test_what_is_over_a_limit_is_named() -> None:
    """A copy of the whole is too long a run, other words are no copy."""
    strict = Limits(60, 0.25, 80)
    source = " ".join(f"word{n}" for n in range(500))
    assert over(overlap(source, source, "en"), strict, 500) == "run"
    assert over(overlap("something else entirely", source, "en"), strict, 500) == ""


def test_chinese_people_are_seen_by_title_or_verb() -> None:
    """A surname alone is not enough: companies and common words are left alone."""
    text = "辰光科技CEO贺晓川在会上发言。林思远表示，公司将表示关注。高通表示同意，方面称不知情。"
    assert [person.text for person in find_people(text)][:2] == ["贺晓川", "林思远"]
    assert "方面" not in [person.text for person in find_people(text)]


def test_vague_amounts_have_a_size_and_a_currency() -> None:
    """数亿元 is not 数亿美元, and not 数万元."""
    sizes = [
        (v.size, v.unit)
        for v in find_vague("数亿元、数亿美元、近万元、tens of millions of dollars")
    ]
    assert sizes == [(8, "CNY"), (8, "USD"), (4, "CNY"), (7, "USD")]


def test_words_that_are_quoted_from_elsewhere_are_not_taken_from_a_source() -> None:
    """A long quotation counts against the source that it stands in, and no other."""
    words = " ".join(f"w{n}" for n in range(100))
    assert overlap(f"\u201c{words}\u201d", words, "en").quoted == 100
    assert (
        overlap(f"\u201c{words}\u201d", "something else entirely, in other words", "en").quoted == 0
    )


@pytest.mark.parametrize(
    ("letter", "licence", "reason"),
    [
        ("{}", "", "words in a row"),
        ("He said: \u201c{}\u201d", "", "words are quoted"),
        ("{}", "CC BY 4.0", ""),
        ("Nobody else said a word of it.", "", ""),
    ],
)
def test_a_letter_that_copies_is_told(letter: str, licence: str, reason: str) -> None:
    """Against its evidence, by the licence of the source, and quotations up to a limit."""
    words = " ".join(f"w{n}" for n in range(130))
    source = replace(report(f"{words} and so on."), licence=licence)
    text = f"### [Arms](https://d1.example/story)\n\nIt began so.\n{letter.format(words)}\n"
    found = check_text(text, [source], day=DAY)
    told = [(one.printed.line, f) for one in found.sentences for f in one.findings]
    copied = [(line, finding.because) for line, finding in told if finding.kind == "copied"]
    assert bool(copied) == bool(reason)
    assert all(reason in because and line == 4 for line, because in copied)
    lax = VerifySettings(copied_words=200, quoted_words=200)
    assert "copied" not in {
        f.kind
        for s in check_text(text, [source], day=DAY, settings=lax).sentences
        for f in s.findings
    }
