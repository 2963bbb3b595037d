"""The rules of `appointments`, in the order in which they are tried."""

from __future__ import annotations

from ribao.language import appointment_days as days
from ribao.language import appointment_hours as hours
from ribao.language import appointment_spans as spans
from ribao.language import appointment_zh as zh
from ribao.language.appointment_line import Build, Form

Rule = tuple[Form, Build]
# Before days and hours are put together, and after it.
RULES: dict[str, tuple[tuple[Rule, ...], tuple[Rule, ...]]] = {
    "en": ((*days.RULES, *hours.RULES), spans.RULES),
    "zh": (zh.EARLY, zh.LATE),
}
