"""The voice that needs no network and no model: eSpeak NG (Debian package `espeak-ng`).

It sounds like a machine. A better voice is a plugin's: see docs/reference/outputs.md.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from dataclasses import dataclass

from ribao.errors import ConfigError, PublishError
from ribao.plugins.kinds import Sound
from ribao.publish.audio.spelling import pieces_zh

PROGRAM = "espeak-ng"
# The ordinary Mandarin voice reads the pinyin of hanzi as English; this one reads it as pinyin.
VOICES = {"zh": ("cmn-latn-pinyin", 175), "en": ("en-gb", 165)}  # voice, words a minute
SECONDS = 60.0  # for one line


@dataclass(slots=True)
class Espeak:
    """eSpeak NG, with an English voice for names inside Chinese."""

    name: str = "espeak-ng"

    def speak(self, text: str, language: str) -> Sound:
        """One line.

        Raises:
            ConfigError: eSpeak NG is not installed.
            PublishError: it failed.
        """
        pieces = list(pieces_zh(text)) if language == "zh" else [(language, text)]
        sounds = [self._piece(*piece) for piece in pieces]
        rate = sounds[0].rate if sounds else 22_050
        return Sound(rate, b"".join(sound.samples for sound in sounds))

    def _piece(self, language: str, text: str) -> Sound:
        program = shutil.which(PROGRAM)
        if program is None:
            raise ConfigError(
                "nothing can read aloud", PROGRAM, "not installed", hint="apt install espeak-ng"
            )
        voice, speed = VOICES.get(language, VOICES["en"])
        # -z: no pause at the end; the text goes in by the pipe, so that none of it is an option.
        command = [program, "-v", voice, "-s", str(speed), "-z", "--stdin", "--stdout", "-b", "1"]
        try:
            done = subprocess.run(  # noqa: S603 - fixed options; the text is input
                command, input=text.encode(), capture_output=True, check=True, timeout=SECONDS
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise PublishError("cannot read aloud", PROGRAM, str(error)) from error
        return _sound(done.stdout)


def _sound(content: bytes) -> Sound:
    """The samples of a WAV file whose header says nothing of its length, as it is a stream."""
    if len(content) <= 44:
        return Sound(22_050, b"")
    with wave.open(io.BytesIO(content)) as file:
        rate = file.getframerate()
    return Sound(rate, content[44:])
