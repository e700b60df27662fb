"""Rounds in order, with what is missing and what cannot be."""

from __future__ import annotations

from communique.record import Gap, Sitting, rounds, same_round


def line(
    *told: tuple[int | None, str | None],
) -> tuple[list[tuple[int | None, str | None, tuple[str, ...]]], tuple[Gap, ...]]:
    found, gaps = rounds(Sitting(f"e{i}", n, d) for i, (n, d) in enumerate(told))
    return [(r.sitting.ordinal, r.sitting.date, r.flags) for r in found], gaps


def test_by_number_with_gaps() -> None:
    found, gaps = line((5, "2021"), (1, "2016"), (2, "2017-03"), (9, None))
    assert [f[0] for f in found] == [1, 2, 5, 9]
    assert gaps == (Gap(3, 4), Gap(6, 8))


def test_a_sitting_without_number_stands_by_its_date_and_makes_no_gap() -> None:
    found, gaps = line((2, "2018"), (1, "2016"), (None, "2017-05"), (None, None))
    assert [f[:2] for f in found] == [(1, "2016"), (None, "2017-05"), (2, "2018"), (None, None)]
    assert gaps == ()


def test_a_round_before_its_predecessor_and_a_doubled_one_are_flagged() -> None:
    found, _ = line((1, "2016"), (2, "2015-01"), (3, "2018"), (3, "2019"))
    assert [f[2] for f in found] == [(), ("out of order",), ("doubled",), ("doubled",)]


def test_a_year_and_a_day_in_it_are_in_order() -> None:
    found, _ = line((1, "2016-10"), (2, "2016"))
    assert [f[2] for f in found] == [(), ()]


def test_a_sitting_told_without_number_is_the_numbered_one_only_where_nothing_speaks_against_it() -> None:
    numbered = [Sitting("a", 12, "2018-10-19", ("XA",)), Sitting("b", 13, "2019-07", ("XB",))]
    same = Sitting("c", None, "2018", ("XA",))
    other_host = Sitting("d", None, "2018", ("XC",))
    other_year = Sitting("e", None, "2017", ("XA",))
    special = Sitting("f", None, "2018", ("XA",), form="special")
    undated = Sitting("g", None, None, ("XA",))
    assert same_round([*numbered, same, other_host, other_year, special, undated]) == {"c": "a"}


def test_two_rounds_in_one_year_leave_a_sitting_without_number_alone() -> None:
    twice = [Sitting("a", 36, "2020-06", ("XA",)), Sitting("b", 37, "2020-11", ("XA",))]
    assert same_round([*twice, Sitting("c", None, "2020", ("XA",))]) == {}
