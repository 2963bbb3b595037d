"""What of a letter is read, and at which line: front matter, comments, tables, wrapped lines."""

from __future__ import annotations

from datetime import date

import pytest

from ribao.errors import ContentError
from ribao.language.sentences import split_sentences
from ribao.verify import check_text
from ribao.verify.forms.newsletter import Newsletter, read_newsletter

HEAD = "title: 'Robots: a week'\ndate: 2025-06-03\n"
FRONTS = {
    "quoted": f'---\n{HEAD}summary: "- Arms cost $5\\n- It ships"\n---\n',
    "literal": f"---\n{HEAD}summary: |\n  - Arms cost $5\n  - It ships\n---\n",
    "list": f"---\n{HEAD}summary:\n- Arms cost $5\n- It ships\n...\n",
    "broken": '---\ntitle: Robots: a week\ndate: 2025-06-03\nlead: "Arms cost $5\\nIt ships\n---\n',
    "toml": "+++\ntitle = 'Robots: a week'\ndate = 2025-06-03\n"
    "description = ['Arms cost $5', 'It ships']\n+++\n",
    "windows": f'---\n{HEAD}summary: "Arms cost $5\\nIt ships"\n---\n'.replace("\n", "\r\n"),
}
LONG = "The company that makes robot arms for bakeries and for"


def parts(letter: Newsletter, part: str) -> list[tuple[int, str]]:
    """The line and the words of every sentence of a part."""
    return [(one.line, one.text) for one in letter.sentences if one.part == part]


@pytest.mark.parametrize("form", FRONTS)
def test_front_matter_is_read_in_every_form(form: str) -> None:
    """Title, day and summary are found in YAML, in TOML, and in YAML with a mistake."""
    letter = read_newsletter(f"{FRONTS[form]}\n# Robots: a week\n\nArms cost $5.\n")
    lines = {"literal": [5, 6], "list": [5, 6]}.get(form, [4, 4])
    assert (letter.title, letter.day) == ("Robots: a week", date(2025, 6, 3))
    assert parts(letter, "summary") == list(zip(lines, ["Arms cost $5", "It ships"], strict=True))
    assert parts(letter, "paragraph") == [(FRONTS[form].count("\n") + 4, "Arms cost $5.")]


@pytest.mark.parametrize("opening", ["---\ntitle: Robots\n", "+++\ntitle = 'Robots'\n"])
def test_front_matter_that_is_never_closed_is_said(opening: str) -> None:
    """Nobody can tell what of it is text; a line across the page opens none."""
    with pytest.raises(ContentError, match="line 1 opens it"):
        read_newsletter(f"{opening}\n# Robots\n\nThey cost $5 next year.\n")
    assert read_newsletter("---\n\nRobots cost $5.\n\n---\n\nMore.\n").sentences[0].line == 3


@pytest.mark.parametrize("language", ["zh-CN", "fr", "xx"])
def test_a_language_of_the_front_matter_is_zh_or_en_or_told_from_the_text(language: str) -> None:
    """A tag with a region is read by its first part; another language says nothing."""
    found = check_text(f"---\nlanguage: {language}\n---\n机器人售价3亿元。\n")
    assert found.newsletter.language == "zh"


def test_what_a_reader_does_not_see_of_markdown_is_not_read() -> None:
    """Comments, tags, scripts and shortcodes are no words; a block of raw HTML is read."""
    letter = read_newsletter(
        "Arms <!-- 45 users --> cost <b>$5</b>{{< note 7 >}}.\n\n<!--\n12 kg\n\n13 kg\n-->\n\n"
        '<div>\nPlants make\n8 arms, <a href="https://a.example/1">it says</a>.\n</div>\n\n'
        'See <a href="https://bit.ly/x">more</a><script>alert(9)</script>.\n'
    )
    text = " ".join(one.text for one in letter.sentences)
    assert [number for number in ("45", "7", "12", "13", "9") if number in text] == []
    assert parts(letter, "paragraph")[1:] == [
        (10, "Plants make 8 arms, it says."),
        (14, "See more."),
    ]
    assert [(link.url, link.line) for link in letter.links] == [
        ("https://a.example/1", 10),
        ("https://bit.ly/x", 14),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Model | Price |\n|---|---|\n| GPT-5 | $2 |\n",
        "<table>\n<tr><th>Model</th><th>Price</th></tr>\n<tr><td>GPT-5</td><td>$2</td></tr></table>",
    ],
)
def test_the_head_of_a_table_claims_nothing(table: str) -> None:
    """Names of columns are no names; a row is one sentence, so a price stands by its model."""
    found = check_text(f"<p>机器人日报</p>\n{table}" if "<" in table else f"机器人日报\n\n{table}")
    claims = [[f.claim for f in one.findings] for one in found.sentences]
    assert claims == [[], [], ["GPT-5", "$2"]]


def test_the_name_of_a_paper_is_no_claim() -> None:
    """A title that tells of no story claims only the names that everybody knows."""
    claims = [
        [
            finding.claim
            for finding in check_text(f"# {title}\n\nArms cost $5.\n").sentences[0].findings
        ]
        for title in ("Morning Robot Brief", "What OpenAI Did")
    ]
    assert claims == [[], ["OpenAI"]]


@pytest.mark.parametrize(
    ("markup", "sentences"),
    [
        (
            f"{LONG}\nshops sold 410 of them\nin May.\n",
            [
                (
                    1,
                    f"{LONG} shops sold 410 of them in May.",
                )
            ],
        ),
        ("辰光发布机器人\n售价3亿元\n", [(1, "辰光发布机器人"), (2, "售价3亿元")]),
        ("Arms cost $5\nSource: the maker\n", [(1, "Arms cost $5"), (2, "Source: the maker")]),
        (
            "\n\n<html>\n<body>\n<p>Brindle sold\n410 arms. It\nships.<br>Now</p>\n",
            [(5, "Brindle sold 410 arms."), (6, "It ships."), (7, "Now")],
        ),
        ("<p>辰光发布\n机器人</p>", [(1, "辰光发布机器人")]),
    ],
)
def test_a_line_that_only_wraps_ends_no_sentence(
    markup: str, sentences: list[tuple[int, str]]
) -> None:
    """In Markdown long lines go on, in HTML all; each sentence stands at its line of the file."""
    assert parts(read_newsletter(markup), "paragraph") == sentences


def test_sources_that_a_page_lists_stand_at_their_line() -> None:
    """A list of sources in HTML is rewritten, and its links keep their place."""
    found = check_text(
        "<p>Arms cost $5.</p>\n\n<ol class='sources'>\n<li><a href='https://bit.ly/x'>Acorn</a></li></ol>"
    )
    assert [line for line, _ in found.links] == [3]


def test_what_is_longer_than_any_sentence_is_cut_at_a_pause() -> None:
    """Readers of sentences look back and forth in them, so that one of 40 kB would take minutes."""
    text = "third, " * 3_000
    spans = split_sentences(text)
    assert max(len(one.text) for one in spans) <= 2_000
    assert all(text[one.start : one.end] == one.text for one in spans)
    assert sum(one.text.count("third,") for one in spans) == 3_000
    assert len(split_sentences("三" * 5_000)) == 3


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("# The Letter\n\nIt is Tuesday, March 10, 2026.\n", date(2026, 3, 10)),
        ("# 日报\n\n二〇二六年三月十日 星期二\n", date(2026, 3, 10)),
        ("# Kettle news — 10 March 2026\n\nHello.\n", date(2026, 3, 10)),
        ("# Letter\n\nThe show opens on Tuesday, June 3, 2025.\n", None),
        ("# The show opens on June 3, 2025\n\nHello.\n", None),
    ],
)
def test_a_letter_may_tell_its_day_in_words(text: str, day: date | None) -> None:
    """Behind its name, or in a line that tells nothing else; its own day is no claim."""
    found = check_text(text)
    assert found.newsletter.day == day
    claims = [finding.claim for one in found.sentences for finding in one.findings]
    assert claims == [] or day is None


def test_the_foot_of_a_mail_claims_nothing() -> None:
    """Who sends it, where he lives and how to leave the list are shown, and not proved."""
    found = check_text(
        "<html><head><title>Letter, 10 March 2026</title></head><body><p>Arms cost $5.</p>"
        "<p>12 Mill Lane, Derby. <a href='https://a.example/u'>Unsubscribe</a></p>"
        "<p>© 2026 Letter Ltd.</p></body></html>",
    )
    assert [f.claim for one in found.sentences for f in one.findings] == ["$5"]
    assert (found.newsletter.title, found.links) == ("Letter, 10 March 2026", ())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("<!-- sent -->\n# Arms\n\nThey cost $5.\n", "title"),
        ("<div align='center'>\n\n# Arms\n\n</div>\n\nThey cost $5.\n", "title"),
        ("<section><h1>Arms</h1><ul><li>They cost $5.</li></ul></section>", "title"),
    ],
)
def test_markdown_that_begins_with_a_tag_is_no_page(text: str, level: str) -> None:
    """And a piece of a page is one, whatever it begins with."""
    assert parts(read_newsletter(text), level)[0][1] == "Arms"


def test_what_heads_a_line_of_facts_is_no_name() -> None:
    """Price, staff and the like are words, whatever their capital."""
    found = check_text("Arms are here.\n\n- Price: $5\n- Staff: 120\n", day=date(2025, 6, 3))
    assert [f.claim for one in found.sentences for f in one.findings] == ["$5", "120"]


@pytest.mark.parametrize(
    "text",
    [
        f"Arms.\n\n{'> ' * 120}They cost $5.\n",
        f"<html><body><p>Arms.</p>{'<div>' * 300}They cost $5.</body></html>",
        f"Arms.\n\n{'<div>' * 300}They cost $5.\n",
        f"<html><body><p>Arms.</p><!--{'-' * 2_000_000}--><p>They cost $5.</p></body></html>",
    ],
)
def test_what_would_not_be_read_is_said(text: str) -> None:
    """Nothing is left out in silence: a letter too deep or too long is refused."""
    with pytest.raises(ContentError, match=r"over|too deep"):
        read_newsletter(text)


def test_deep_lists_and_embedded_pictures_are_read() -> None:
    """As deep as an editor nests, and whatever a picture weighs."""
    deep = read_newsletter(f"Arms.\n\n{'> ' * 30}They cost $5.\n")
    picture = f"<img src='data:image/png;base64,{'A' * 2_100_000}'>"
    page = read_newsletter(f"<html><body><p>Arms.{picture}</p><p>They cost $5.</p></body></html>")
    assert [letter.sentences[-1].text for letter in (deep, page)] == ["They cost $5."] * 2
