"""A script and a voice -> MP3 with chapters, subtitles (WebVTT), and chapters as JSON.

MP3 by LAME (the extra `audio`). The subtitles have one cue a sentence, with its exact time: they
are also the script from which a video with a speaking face is made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ribao.errors import ConfigError, PublishError
from ribao.model import Edition
from ribao.plugins.kinds import RenderedFile, Sound, Voice
from ribao.publish.audio.espeak import Espeak
from ribao.publish.audio.id3 import Mark, tag
from ribao.publish.audio.script import Chapter, Line, script_of
from ribao.publish.sanitise import plain
from ribao.publish.setting import SITE, day_path

KILOBITS = 48  # a second: speech in one channel
QUALITY = 7  # of LAME, 2 is the best; 5 costs twice the time of 7
BYTES = 2  # of one sample
CHAPTERS_VERSION = "1.2.0"  # of the JSON chapters of Podcasting 2.0
MP3, VTT, CHAPTERS = "audio.mp3", "audio.vtt", "audio.chapters.json"


@dataclass(slots=True)
class Audio:
    """The edition read aloud. A plugin with a better voice gives another `Audio(voice, name)`."""

    voice: Voice = field(default_factory=Espeak)
    name: str = "audio"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """Sound, subtitles and chapters, beside the edition's page on the site.

        Raises:
            ConfigError: the voice or the encoder is not installed.
            PublishError: the voice failed.
        """
        recording = record(script_of(edition), self.voice)
        folder = f"{SITE}/{day_path(edition)}"
        frames = [
            ("TIT2", plain(f"{edition.category} {edition.date.isoformat()} {edition.title}")),
            ("TPE1", plain(edition.category)),
            ("TALB", plain(edition.category)),
            ("TYER", str(edition.date.year)),
        ]
        sound = tag(frames, recording.chapters) + encoded(recording.sound)
        return (
            RenderedFile(f"{folder}{MP3}", sound),
            RenderedFile(f"{folder}{VTT}", subtitles(recording).encode()),
            RenderedFile(f"{folder}{CHAPTERS}", _chapters(recording)),
        )


@dataclass(frozen=True, slots=True)
class Recording:
    """The whole sound, and when each sentence and each chapter begins and ends, in seconds."""

    sound: Sound
    cues: tuple[tuple[float, float, Line], ...]
    chapters: tuple[Mark, ...]


def record(script: Sequence[Chapter], voice: Voice) -> Recording:
    """Let the voice read every line, some at once, and put them in order."""
    lines = [line for chapter in script for line in chapter.lines]
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as readers:
        sounds = list(readers.map(lambda line: voice.speak(line.text, line.language), lines))
    rate = sounds[0].rate if sounds else 22_050
    samples = bytearray()
    cues: list[tuple[float, float, Line]] = []
    marks: list[Mark] = []
    spoken = iter(zip(lines, sounds, strict=True))
    for chapter in script:
        began = _seconds(samples, rate)
        for line, sound in (next(spoken) for _ in chapter.lines):
            start = _seconds(samples, rate)
            samples += sound.samples
            cues.append((start, _seconds(samples, rate), line))
            samples += bytes(BYTES * int(line.pause_seconds * rate))
        marks.append(Mark(chapter.title, began, _seconds(samples, rate)))
    return Recording(Sound(rate, bytes(samples)), tuple(cues), tuple(marks))


def _seconds(samples: bytearray, rate: int) -> float:
    return len(samples) / BYTES / rate


def encoded(sound: Sound) -> bytes:
    """Sound as MP3.

    Raises:
        ConfigError: the encoder is not installed.
        PublishError: it does not take sound of this rate.
    """
    try:
        import lameenc  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise ConfigError(
            "cannot make an MP3", "lameenc", "not installed", hint="pip install 'ribao[audio]'"
        ) from error
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(KILOBITS)
    encoder.set_in_sample_rate(sound.rate)
    encoder.set_channels(1)
    encoder.set_quality(QUALITY)
    try:
        return bytes(encoder.encode(sound.samples)) + bytes(encoder.flush())
    except RuntimeError as error:
        detail = f"{error}; its rate is {sound.rate}"
        raise PublishError("the encoder refuses what the voice gave", "lameenc", detail) from error


def subtitles(recording: Recording) -> str:
    """WebVTT: one cue a sentence; its marks cannot be forged by a text."""
    cues = [
        f"{number}\n{_clock(start)} --> {_clock(end)}\n{_cue(line.text)}\n"
        for number, (start, end, line) in enumerate(recording.cues, start=1)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def _cue(text: str) -> str:
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, thousandths = divmod(thousandths, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{thousandths / 1000:06.3f}"


def _chapters(recording: Recording) -> bytes:
    table = {
        "version": CHAPTERS_VERSION,
        "chapters": [
            {"startTime": round(one.start, 3), "endTime": round(one.end, 3), "title": one.title}
            for one in recording.chapters
        ],
    }
    return json.dumps(table, ensure_ascii=False, indent=1).encode() + b"\n"
