"""Dates and times against the specs; see `recognizers`."""

from __future__ import annotations


def dated() -> None:
    """Print F1 for each family of dates."""
