"""Opens the web that a run reads: the live network, a recorded one, or the live one recorded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ribao.config import HttpSettings
from ribao.errors import ConfigError
from ribao.gateways.clock import Clock
from ribao.gateways.http import LiveWeb, Validators
from ribao.gateways.recording import RecordingWeb
from ribao.gateways.sites import SiteNotes
from ribao.gateways.warc import ReplayWeb
from ribao.gateways.web import Web


@contextmanager
def open_web(
    settings: HttpSettings,
    clock: Clock,
    *,
    replay: Path | None = None,
    record: Path | None = None,
    validators: Validators | None = None,
    notes: SiteNotes | None = None,
) -> Iterator[Web]:
    """Give a `Web` and close it at the end. With `replay` nothing ever touches the network.

    Raises:
        ConfigError: both `replay` and `record` are asked for, or the recording cannot be written.
        ContentError: the archive to replay cannot be read.
    """
    if replay is not None:
        if record is not None:
            raise ConfigError("cannot record a replay", str(record), "choose one of the two")
        yield ReplayWeb(replay, settings)
        return
    with LiveWeb(settings, clock, validators, notes) as live:
        if record is None:
            yield live
            return
        with RecordingWeb(live, record) as recording:
            yield recording
