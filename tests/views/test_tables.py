"""Cells of tables: whatever an item holds, and what a date can mean."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from communique.views import tables

ENGAGEMENT = tables.table("engagement")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda x: st.lists(x, max_size=2) | st.dictionaries(st.text(max_size=5), x, max_size=2),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([c.field.split(".")[0] for c in ENGAGEMENT.columns]), ANYTHING, max_size=6))
def test_whatever_an_item_holds_is_a_cell(values: dict[str, Any]) -> None:
    """A record may hold what another version wrote: a table takes it as text, or leaves it out; it never fails."""
    for column in ENGAGEMENT.columns:
        for cell in tables._column(column, tables._fields([values]), [None]):
            assert cell is None or isinstance(cell, str | int | bool)


def test_people_are_one_cell() -> None:
    two = [{"name": "A", "country": "LA", "role": "host"}, {"name": "B", "country": None, "role": "guest"}]
    assert tables.people(two) == "A (LA, host); B (guest)"
    assert tables.states(two) == "LA"
    assert tables.people([]) is None


def test_days_of_open_and_yearless_dates() -> None:
    assert tables.days("2021-07") == ("2021-07-01", "2021-07-31")
    assert tables.days("2021/..") == ("2021-01-01", None)
    assert tables.days("XXXX-04-23") == (None, None)


def test_every_column_says_what_it_is() -> None:
    for made in tables.tables().values():
        assert made.about
        assert len(set(made.names)) == len(made.names)
        assert all(c.about for c in made.columns)
