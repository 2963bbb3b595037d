"""What is read aloud is what was printed, at the times that the subtitles say."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from ribao.config import PublishSettings
from ribao.errors import ConfigError
from ribao.model import Edition
from ribao.plugins.kinds import Output, Sound
from ribao.publish import publish
from ribao.publish.audio import Audio, Podcast
from ribao.publish.audio import espeak as espeak_room
from ribao.publish.audio.espeak import Espeak
from ribao.publish.audio.recording import record, subtitles
from ribao.publish.audio.script import script_of
from ribao.publish.audio.spelling import number_zh, pieces_zh, spelt_zh

SETTINGS = PublishSettings(address="https://paper.example", search="off")
needs_espeak = pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="needs espeak-ng (Debian package espeak-ng)"
)


@dataclass(slots=True)
class Hum:
    """A voice of a plugin: a tenth of a second for each character."""

    name: str = "hum"

    def speak(self, text: str, language: str) -> Sound:
        """As long as the text."""
        assert language in {"zh", "en"}
        return Sound(8000, b"\x01\x00" * (800 * len(text)))


@pytest.mark.parametrize(
    ("figures", "spoken"),
    [
        ("0", "零"),
        ("12", "十二"),
        ("110", "一百一十"),
        ("10005", "一万零五"),
        ("100500", "十万零五百"),
        ("20250001", "二千零二十五万零一"),
        ("3.30", "三点三零"),
        ("2.1.4", "二点一点四"),
        ("007", "零零七"),
        ("1" * 20, "一" * 20),
    ],
)
def test_figures_are_words(figures: str, spoken: str) -> None:
    """A decimal point is spoken, a zero inside a number too."""
    assert number_zh(figures) == spoken


def test_percent_money_years_and_latin_names() -> None:
    """Percent goes before the number, a year digit by digit, names to the English voice."""
    assert spelt_zh("2031年增长62%") == "二零三一年增长百分之六十二"
    assert spelt_zh("佣金10%-21%，$6.6亿") == "佣金百分之十至百分之二十一，六点六亿美元"
    assert list(pieces_zh("Heming HM-5.2 于 12 月发布，Brook 3 月跟进")) == [
        ("en", "Heming HM-5.2"),
        ("zh", "于 十二 月发布，"),
        ("en", "Brook"),
        ("zh", "三 月跟进"),
    ]


def test_every_headline_is_read_and_every_cue_has_its_time(edition: Edition) -> None:
    """Cues follow each other without overlap, chapters cover the whole."""
    script = script_of(edition)
    recording = record(script, Hum())
    read = " ".join(line.text for _, _, line in recording.cues)
    for article in edition.articles:
        assert article.headline.text in read
        assert all(sentence.text in read for sentence in article.paragraph)
    times = [moment for start, end, _ in recording.cues for moment in (start, end)]
    assert times == sorted(times)
    assert times[-1] <= len(recording.sound.samples) / 2 / 8000
    assert [one.start for one in recording.chapters[1:]] == [
        one.end for one in recording.chapters[:-1]
    ]
    text = subtitles(record(script_of(replace(edition, title="a --> b\n\n<c>")), Hum()))
    assert len(re.findall(r"^\d\d:\d\d:\d\d\.\d{3} --> ", text, re.MULTILINE)) == len(
        recording.cues
    )
    assert "a --&gt; b &lt;c&gt;" in text


@needs_espeak
def test_a_recording_is_mp3_with_chapters_and_the_same_twice(edition: Edition) -> None:
    """Read by the voice that ships."""
    files = Audio().render(edition)
    sound, cues, chapters = (file.content for file in files)
    assert sound.startswith(b"ID3\x03")
    size = int.from_bytes(bytes(sound[6:10]), "big")
    tag_end = 10 + sum(((size >> (8 * n)) & 0x7F) << (7 * n) for n in range(4))
    assert sound[tag_end] == 0xFF  # the first frame of sound
    listed = json.loads(chapters)["chapters"]
    assert sound[:tag_end].count(b"CHAP") == len(listed) == len(script_of(edition))
    seconds = (len(sound) - tag_end) * 8 / 48_000
    assert seconds == pytest.approx(listed[-1]["endTime"], abs=0.2)
    assert cues.startswith(b"WEBVTT\n")
    assert Audio().render(edition) == files


@needs_espeak
def test_a_text_is_never_an_option_of_the_program() -> None:
    """It goes in by the pipe."""
    assert len(Espeak().speak("--help -w /tmp/x", "en").samples) > 10_000


def test_without_the_program_the_sentence_says_what_to_install(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the other outputs go on."""
    monkeypatch.setattr(espeak_room, "PROGRAM", "no-such-program")
    with pytest.raises(ConfigError, match="nothing can read aloud") as caught:
        Audio().render(edition)
    assert "espeak-ng" in caught.value.hint


def test_the_podcast_lists_what_was_read_aloud(edition: Edition, tmp_path: Path) -> None:
    """With the size, the length, the transcript and the chapters; twice the same."""
    outputs: list[Output] = [Podcast(), Audio(Hum())]
    outcome = publish(edition, outputs, tmp_path, SETTINGS)
    assert not outcome.failed
    content = (tmp_path / "site/zh/podcast.rss.xml").read_bytes()
    channel: Any = etree.fromstring(content).find("channel")
    (item,) = channel.findall("item")
    enclosure = item.find("enclosure")
    assert enclosure.get("url") == "https://paper.example/2031/03/05/zh/audio.mp3"
    file = tmp_path / "site/2031/03/05/zh/audio.mp3"
    assert int(enclosure.get("length")) == file.stat().st_size
    assert int(item.findtext("{*}duration")) > 5
    assert item.find("{*}transcript").get("url").endswith("audio.vtt")
    assert item.find("{*}chapters").get("url").endswith("audio.chapters.json")
    publish(edition, outputs, tmp_path, SETTINGS)
    assert (tmp_path / "site/zh/podcast.rss.xml").read_bytes() == content


def test_a_podcast_without_an_address_fails_alone(edition: Edition, tmp_path: Path) -> None:
    """One sentence says what to set."""
    outcome = publish(edition, [Podcast()], tmp_path)
    assert "a podcast needs an address" in outcome.failed[0].error
