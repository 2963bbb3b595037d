"""The command line and the four forms of its report; links and copies in the pipeline."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from ribao.cli.check import check
from ribao.config import VerifySettings
from ribao.model import Article, Citation, Sentence, StoryId
from ribao.outcome import Outcome, Reason
from ribao.verify import check_text, verify
from ribao.verify.report import as_html, as_json, as_sarif, as_text, kind_name
from tests.unit.verify.test_articles import DAY, cited, report
from tests.unit.verify.test_newsletter import LETTER

app = typer.Typer()
app.command()(check)
runner = CliRunner()

EVIDENCE = (
    "Brindle sells arms\n"
    "https://a.example/1\n"
    "Brindle Robotics sold 410 arms in May for $2,000 each.\n"
)


def run(*arguments: str) -> tuple[int, str]:
    """Run `ribao check` and give its exit code and what it printed."""
    result = runner.invoke(app, list(arguments))
    return result.exit_code, result.output


def test_the_exit_code_tells_clean_from_wrong(tmp_path: Path) -> None:
    """0 clean, 1 with findings, 2 for what cannot be read."""
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "one.txt").write_text(EVIDENCE, encoding="utf-8")
    good, bad = tmp_path / "good.md", tmp_path / "bad.md"
    good.write_text(
        "### [Brindle sells arms](https://a.example/1)\n\nBrindle sold 410 arms in May.\n"
    )
    bad.write_text(
        "### [Brindle sells arms](https://a.example/1)\n\nBrindle sold 510 arms in May.\n"
    )
    folder = str(tmp_path / "evidence")
    assert run(str(good), "--evidence", folder)[0] == 0
    code, words = run(str(bad), "--evidence", folder)
    assert code == 1
    assert "bad.md:3" in words
    assert "510" in words
    assert run(str(tmp_path / "none.md"))[0] == 2
    assert run(str(good), "--evidence", str(tmp_path / "nowhere"))[0] == 2
    assert run(str(good), "--lang", "fr")[0] == 2
    assert run(str(good), "--day", "soon")[0] == 2


@pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
def test_each_form_can_be_written_to_a_file(tmp_path: Path, form: str) -> None:
    """With --output nothing is printed, and the report is in the file."""
    letter, out = tmp_path / "letter.md", tmp_path / "report"
    letter.write_text(LETTER, encoding="utf-8")
    code, words = run(str(letter), "--format", form, "--output", str(out))
    assert (code, words) == (1, "")
    assert "2025年初" in out.read_text(encoding="utf-8") or form == "sarif"


def test_the_forms_say_the_same() -> None:
    """JSON has every finding, SARIF the failing ones at their lines, HTML every sentence."""
    found = check_text(LETTER)
    table = json.loads(as_json(found))
    failing = [
        (sentence["line"], finding["claim"])
        for sentence in table["sentences"]
        for finding in sentence["findings"]
        if finding["verdict"] in {"contradicted", "unsupported"}
    ]
    sarif = json.loads(as_sarif(found))
    results = sarif["runs"][0]["results"]
    lines = [one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in results]
    assert sorted(lines) == sorted(line for line, _ in failing)
    assert len(as_text(found, "zh").splitlines()) == len(failing) + 1
    page = as_html(found, "zh")
    assert "<script" not in page
    shown = page.count('<div class="sentence') + page.count('<h2 class="between')
    assert shown == len(found.sentences)
    places = [page.index(f'id="s{number}"') for number in range(1, shown + 1)]
    assert places == sorted(places)


def test_the_page_escapes_what_it_shows() -> None:
    """A newsletter cannot put its own markup into the report."""
    page = as_html(check_text("A `<b>`bold claim & 42 &lt;script>alert(1)</script> users."), "en")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "&lt;b&gt;" in page


def test_a_link_to_another_story_is_found() -> None:
    """The page behind a link must speak of what the link stands under."""
    other = report("Cats sleep most of the day and like warm windows.", "About cats", "a")
    other = replace(other, url="https://a.example/1")
    text = "### [Brindle raises money for robots](https://a.example/1)\n\nBrindle raised funds.\n"
    found = check_text(text, [other], day=DAY)
    assert [line for line, _ in found.links] == [1]


def article(url: str, *sentences: str, document_text: str) -> Outcome[Article]:
    """Verify one article with the default policy."""
    document = report(document_text)
    made = Article(
        StoryId("s1"), "story", "x", cited("Nvidia buys Brindle Robotics", document), url,
        tuple(Sentence(one, (Citation(document.id, one),)) for one in sentences), language="en",
    )  # fmt: skip
    return verify([made], {StoryId("s1"): [document]}, VerifySettings(copied_words=40), day=DAY)


def test_an_address_that_is_not_in_the_evidence_is_never_printed() -> None:
    """The article is dropped, whatever its sentences say."""
    text = "Nvidia buys Brindle Robotics, it said."
    assert article("https://d1.example/story", text, document_text=text).kept
    dropped = article("https://elsewhere.example/", text, document_text=text).dropped
    assert [drop.reason for drop in dropped] == [Reason.UNSAFE_LINK]


def test_a_sentence_that_takes_too_much_is_held() -> None:
    """Two long sentences in a row from one source are over the limit, so the second one goes."""
    first = " ".join(f"alpha{'xyzuvw'[n % 6] * (n // 6 + 1)}" for n in range(30)) + "."
    second = first.replace("alpha", "beta")
    text = f"{first} {second} " + " ".join("filler" for _ in range(400)) + "."
    outcome = article("https://d1.example/story", first, second, document_text=text)
    assert [sentence.text for sentence in outcome.kept[0].paragraph] == [first]
    assert [drop.reason for drop in outcome.dropped] == [Reason.COPIED_TOO_MUCH]


@pytest.mark.parametrize("form", ["text", "github"])
def test_what_does_not_fail_is_counted_and_not_listed(tmp_path: Path, form: str) -> None:
    """Asked for contradictions alone, the lines are those, and the count is of all."""
    letter = tmp_path / "letter.md"
    letter.write_text(f"{LETTER}\nRead https://bit.ly/x on it.\n", encoding="utf-8")
    options = (str(letter), "--format", form, "--fail-on")
    code, every = run(*options, "unproved")
    assert code == 1
    code, some = run(*options, "contradicted")
    assert code == 1
    assert 1 < len(some.splitlines()) < len(every.splitlines())
    assert some.splitlines()[-1] == every.splitlines()[-1]
    assert "https://bit.ly/x" in some.replace("%3A", ":")


def test_every_kind_of_claim_has_a_name() -> None:
    """In both languages, so that no page shows a word of the program."""
    text = "约3倍、5%、5个百分点、三分之一、大部分、免费、8折、5kg、309B参数、100万token、"
    text += "30℃、32岁、2小时、第三、最大、v1.2、$5、“好的”、增长、不、明年。"
    text += "120人、马斯克称、Gemini 3 Pro、7。"
    kinds = {f.kind for one in check_text(text).sentences for f in one.findings}
    assert len(kinds) > 10
    assert {kind for kind in kinds if kind_name(kind, "zh") == kind} == set()
