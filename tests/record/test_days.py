"""Dates as first and last day."""

from __future__ import annotations

import pytest

from communique.record import bounds
from communique.record.days import is_day


@pytest.mark.parametrize(
    ("date", "span"),
    [
        ("2021", ("2021-01-01", "2021-12-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2021-07-06", ("2021-07-06", "2021-07-06")),
        ("2026-02-02/2026-02-03", ("2026-02-02", "2026-02-03")),
        ("2016/2021", ("2016-01-01", "2021-12-31")),
        ("2021~", ("2021-01-01", "2021-12-31")),
        ("2021-XX", ("2021-01-01", "2021-12-31")),
        ("2021-22", ("2021-06-01", "2021-08-31")),
        ("199X", ("1990-01-01", "1999-12-31")),
        ("19XX", ("1900-01-01", "1999-12-31")),
        ("2021/..", ("2021-01-01", "9999-12-31")),
        ("XXXX-04-23", None),
        ("2021-13", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_bounds(date: str | None, span: tuple[str, str] | None) -> None:
    assert bounds(date) == span


def test_only_a_day_or_a_span_of_days_is_a_day() -> None:
    assert is_day("2021-07-06")
    assert is_day("2026-02-02/2026-02-03")
    assert not is_day("2021-07")
    assert not is_day("XXXX-04-23")
    assert not is_day(None)
