"""Rounds in order, with what is missing and what cannot be."""

from __future__ import annotations

from dataclasses import replace

from communique.record import Gap, Sitting, cadence, expected, rounds, same_round


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
    assert [f[2] for f in found] == [(), ("out of order: before round 1 of 2016",), ("doubled",), ("doubled",)]


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


def test_a_number_is_inferred_only_where_the_order_proves_it() -> None:
    four, six = Sitting("d", 4, "2010-05"), Sitting("f", 6, "2012-05")
    one, two = Sitting("e", None, "2011-06"), Sitting("g", None, "2011-09")
    found, gaps = rounds([four, one, six])
    assert [(r.sitting.ordinal, r.flags) for r in found] == [
        (4, ()), (5, ("number inferred: the only one between rounds 4 and 6",)), (6, ()),
    ]  # fmt: skip
    assert gaps == ()
    for others in ([two], [Sitting("h", 5, "2011")]):
        assert all(r.sitting.ordinal is None for r in rounds([four, one, six, *others])[0] if r.sitting.entry == "e")
    informal = replace(one, form="informal")
    assert [g.first for g in rounds([four, informal, six])[1]] == [5]


def turns(*hosts: str, first: int = 2010) -> list[Sitting]:
    return [Sitting(f"e{n}", n, f"{first + n}", (h,)) for n, h in enumerate(hosts, 1)]


def test_the_next_round_is_expected_with_its_reasons() -> None:
    found = expected(turns("XA", "XB", "XC", "XA", "XB", "XC", "XA"))
    assert found is not None
    assert (found.ordinal, found.earliest, found.latest, found.host) == (8, "2018-01-01", "2018-12-31", "XB")
    assert not found.announced
    assert "hosts come round every 3 rounds: XB had round 5" in found.reasons


def test_who_had_a_turn_since_is_not_next_but_who_waited_longest() -> None:
    found = expected(turns("XA", "XB", "XC", "XD", "XA", "XC", "XB", "XD", "XA", "XB"))
    assert found is not None
    assert found.host == "XC"


def test_an_announced_round_outranks_what_was_learned() -> None:
    ahead = Sitting("x", 8, "2019-03", ("XD",), status="planned")
    found = expected([*turns("XA", "XB", "XC", "XA", "XB", "XC", "XA"), ahead])
    assert found is not None
    assert (found.announced, found.host, found.earliest) == (True, "XD", "2019-03-01")


def test_two_rounds_let_nobody_expect_a_third() -> None:
    assert expected(turns("XA", "XB")) is None
    assert expected([]) is None


def test_a_change_of_cadence_is_told_by_its_rounds() -> None:
    years = ["2010-10", "2013-10", "2015-10", "2017-10"]
    sittings = [Sitting(f"e{n}", n, d) for n, d in enumerate(years, 1)]
    assert [(c.first, c.last, c.months) for c in cadence(sittings)] == [(1, 2, 36), (2, 4, 24)]
