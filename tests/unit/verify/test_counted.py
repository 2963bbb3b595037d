"""A figure of a report, printed of another thing or in another unit."""

from __future__ import annotations

import pytest

from tests.unit.verify.proving import kinds

_GRAIN = "The port handled 40,000 tonnes of grain last year."
_BOOKS = "The library lent 8,400 books in March."
_COUNTY = "The county has 34 schools and 12 hospitals."


@pytest.mark.parametrize(
    ("report", "true", "false"),
    [
        (_GRAIN, "40,000 tonnes of grain came in.", "40,000 bushels of grain came in."),
        (_GRAIN, "40,000 metric tons of grain came in.", "40,000 gunnies of grain came in."),
        (_GRAIN, "去年港口处理粮食4万吨。", "去年港口处理粮食4万蒲式耳。"),
        ("合作社种了3000亩水稻。", "水稻种了200公顷。", "水稻种了3000公顷。"),
        (_BOOKS, "In March, 8,400 volumes were lent.", "In March, 8,400 films were lent."),
        (_BOOKS, "3月，图书馆借出图书8400册。", "3月，图书馆借出影片8400部。"),
        ("3月，图书馆借出图书8400册。", "In March 8,400 loans were made.", "It lent 8,400 films."),
        (_COUNTY, "There are 12 hospitals in it.", "There are 12 schools in it."),
        (_COUNTY, "该县有34所学校。", "该县有34家医院。"),
    ],
)
def test_a_figure_of_another_thing_bears_nothing_out(report: str, true: str, false: str) -> None:
    """What the table has not (loans) may be another word for the same thing."""
    assert kinds(true, report) == []
    assert kinds(false, report)
