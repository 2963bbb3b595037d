"""The edition read aloud: a script, a voice, MP3 with chapters, subtitles, a podcast."""

from __future__ import annotations

from ribao.publish.audio.podcast import Podcast
from ribao.publish.audio.recording import Audio

__all__ = ["Audio", "Podcast"]
