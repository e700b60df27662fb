"""What was held over time reaches from the first to the last evidence, and no further."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.loader.levels import LevelCase
from communique.loader.packs import load
from communique.record.levels import Levels
from communique.record.terms import BEGAN, CHANGED, ENDED, HELD, Sign, changes, order, terms

LEVELS = load().levels


def sign(key: str, when: str, what: str = HELD) -> Sign:
    return Sign(key, key, when, f"{key}{when}{what}", what)


@pytest.mark.parametrize(
    ("signs", "held"),
    [
        ([sign("a", "2013-12-30"), sign("a", "2019-05"), sign("a", "2016")], [("a", "2013-12-30", "2019-05", "")]),
        ([sign("a", "2021/.."), sign("a", "2020-01-02/2020-01-04")], [("a", "2020-01-02", "2021/..", "")]),
        ([sign("a", "")], [("a", "", "", "")]),
        ([sign("a", "2019"), sign("a", "2024-08", ENDED)], [("a", "2019", "2019", "2024-08")]),
        # Looking back after it was told as past makes it no longer, and no second time.
        ([sign("a", "2019"), sign("a", "2021", ENDED), sign("a", "2024")], [("a", "2019", "2019", "2021")]),
        (
            [sign("a", "2011"), sign("a", "2013", ENDED), sign("a", "2018", CHANGED), sign("a", "2019")],
            [("a", "2011", "2011", "2013"), ("a", "2019", "2019", "")],
        ),
    ],
)  # fmt: skip
def test_a_term_is_as_long_as_its_evidence(signs: list[Sign], held: list[tuple[str, str, str, str]]) -> None:
    assert [(t.key, t.first, t.last, t.ended) for t in terms(signs)] == held


@pytest.mark.parametrize(
    ("signs", "told"),
    [
        ([sign("a", "2011"), sign("b", "2023-11", BEGAN)], [("a", "b", "2023-11", True)]),
        ([sign("a", "2011"), sign("b", "2016-09-03", CHANGED)], [("a", "b", "../2016-09-03", True)]),
        ([sign("a", "2011"), sign("b", "2016")], [("a", "b", "2011/2016", False)]),
        ([sign("a", "2011"), sign("a", "2020"), sign("b", "2016")], [("a", "b", "", False)]),
        # Both told on one day: neither comes first.
        ([sign("a", "2016"), sign("b", "2016")], []),
        ([sign("a", ""), sign("b", "2016")], []),
    ],
)
def test_a_change_has_a_time_only_where_texts_give_one(
    signs: list[Sign], told: list[tuple[str, str, str, bool]]
) -> None:
    assert [(c.before.key, c.after.key, c.when, c.stated) for c in changes(terms(signs))] == told


SIGNS = st.builds(
    sign, st.sampled_from("ab"), st.sampled_from(("", "2019", "2020-05", "2021/..", "2022-03-04")),
    st.sampled_from((HELD, BEGAN, CHANGED, ENDED)),
)  # fmt: skip


@given(st.lists(SIGNS, max_size=8), st.randoms())
def test_the_order_of_reading_makes_no_difference_and_nothing_is_added(signs: list[Sign], chance: object) -> None:
    found = terms(signs)
    mixed = list(signs)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert terms(mixed) == found
    assert {i for t in found for i in t.items} == {s.item for s in signs}
    for t in found:
        assert {t.first, t.last, t.began, t.ended, *t.changed} <= {"", *(s.when for s in signs)}
        assert not t.ended or not t.last or order(t.last) <= order(t.ended)


@pytest.mark.parametrize("case", [c for p in LEVELS for c in p.cases], ids=lambda c: f"{c.lang}-{c.level}")
def test_a_level_is_that_of_its_case(case: LevelCase) -> None:
    assert (Levels.of(LEVELS).of_words(case.level, case.lang) or "") == case.id
