"""Own articles of one happening become one entry, those of two never; what the bench reads in an event's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import merge


@pytest.mark.parametrize(
    ("event", "date", "numbers"),
    [
        ("admm-plus-7-2020-12", "2020-12", {7}),
        ("vn-kr-dsd-1-2012", "2012", {1}),
        ("vn-cn-dsd-7", None, {7}),
        ("talks-2022-05-17", "2022-05-17", set()),
    ],
)
def test_an_events_name_tells_its_date_and_number(event: str, date: str | None, numbers: set[int]) -> None:
    assert merge.event_date(event) == date
    assert merge.event_numbers(event) == numbers


def test_one_happening_is_one_entry_and_two_are_never_one(tmp_path: Path) -> None:
    found = merge.articles(merge.OWN)
    store = merge.read(found, tmp_path / "own.db")
    result = merge.judge(store, found, "zh")
    assert not result.false
    assert result.recall >= 0.85
    assert result.also
