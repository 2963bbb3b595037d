"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The recorded web and the benchmark sets, which are not part of the repository."""
    if not (SHARED / "replay").is_dir():
        pytest.skip("needs ../shared (recorded news days), which is not part of the repository")
    return SHARED
