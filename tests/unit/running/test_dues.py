"""What an edition announces for a day comes up on that day, proved, once, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest

from ribao.cli.making import make
from ribao.cli.run import RunOptions
from ribao.config import Config, EditionSettings, PublishSettings, RankSettings
from ribao.model import Article, Edition, Verdict
from tests.newsweb import DAY, Entry, ordinary_web, record, rss

CONFIG = Config(
    edition=EditionSettings(language="en", timezone="UTC"),
    rank=RankSettings(minimum_score=0.0),
    publish=PublishSettings(outputs=("markdown", "html", "json")),
)
PROMISE = "Brightmoor will open the weights of the AI model Heron 2 on 17 January 2026."


def web(day: int) -> dict[str, bytes]:
    """The feeds of one day: on the first a dated announcement, later other news."""
    news = {
        14: (
            "Brightmoor announces Heron 2, an open AI language model",
            f"{PROMISE} The AI company Brightmoor said so at its developer day in Norrport.",
        ),
        16: (
            "Ferrowick unveils Osprey, a humanoid robot with a language model",
            "The AI company Ferrowick unveiled the humanoid robot Osprey on Friday in Sundhaven.",
        ),
    }[day]
    entry = Entry(f"https://paper.example/{day}", *news, f"{day} Jan 2026 03:00:00 GMT")
    return {
        **(ordinary_web() if day == 14 else {}),
        "https://paper.example/feed": rss("P", [entry]),
    }


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Edition]]:
    """The editions of the 15th, of the 17th, and of the 17th once more."""
    folder, made = tmp_path_factory.mktemp("dues"), []
    for day, captured in ((14, DAY), (16, "2026-01-17"), (16, "2026-01-17")):
        archive = record(folder / f"{captured}.warc.gz", web(day), f"{captured}T00:00:00Z")
        options = RunOptions(replay=archive, date=captured, output=folder / "out")
        made.append(make(options, CONFIG).edition)
    return folder, made


def due(edition: Edition) -> tuple[Article, ...]:
    """The reminders of an edition."""
    return tuple(article for article in edition.articles if article.section == "due")


def test_a_promise_comes_up_when_it_falls_due(editions: tuple[Path, list[Edition]]) -> None:
    """With its own words, its report, and every claim proved; not on the day of the promise."""
    first, second, _ = editions[1]
    assert due(first) == ()
    (reminder,) = due(second)
    assert reminder.headline.text == PROMISE.rstrip(".")
    assert [one.url for one in reminder.references] == ["https://paper.example/14"]
    assert reminder.headline not in second.summary
    told = (reminder.headline, *reminder.paragraph)
    verdicts = {finding.verdict for sentence in told for finding in sentence.findings}
    assert Verdict.SUPPORTED in verdicts
    assert not verdicts & {Verdict.CONTRADICTED, Verdict.UNSUPPORTED}


def test_the_same_day_again_is_the_same(editions: tuple[Path, list[Edition]]) -> None:
    """A reminder is not used up by being shown."""
    assert editions[1][1] == editions[1][2]


def test_every_rendering_shows_the_reminder(editions: tuple[Path, list[Edition]]) -> None:
    """Its section stands in Markdown and HTML, before the briefs."""
    folder = editions[0] / "out" / "2026-01-17" / "en"
    for name in ("edition.md", "edition.html"):
        text = (folder / name).read_text("utf-8")
        assert "Due today" in text
        assert PROMISE.rstrip(".") in text
