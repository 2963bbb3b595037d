"""The recorded sample behind `ribao run --demo`: a small web of invented outlets and events.

Every host is in the reserved domain `.example`, every organisation and number is made up, and the
title of every feed says that it is a sample. `python -m ribao.demo.make` writes the archive anew.
"""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

DATE = date(2026, 1, 16)  # the edition that the archive is for; it was captured at its midnight
TIMEZONE = "Asia/Shanghai"


def sample_path() -> Path:
    """Where the archive of the sample lies."""
    return Path(str(resources.files(__name__).joinpath("sample.warc.gz")))
