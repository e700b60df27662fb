"""Two claims side by side: one happening, two, or unsure; and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.record.facts import Actor, Facts, blocks
from communique.record.matching import compare, weigh

SON = Actor("VN", "host", "丁海山", ("person|丁海山|VN|zh",))
IVAN = Actor("RU", "guest", "伊万·彼得罗夫", ("person|伊万彼得罗夫|RU|zh", "latin|ivanpetrov|RU", "bare|ivanpetrov|RU"))
OLEG = Actor("RU", "guest", "奥列格·西多罗夫", ("person|奥列格西多罗夫|RU|zh",))
TALKS = Facts("talks", "zh", "held", date="2021-07-06", actors=(SON, IVAN), country="VN", city="河内")
FORUM = Facts(
    "session",
    "zh",
    "held",
    date="2018-05-02",
    frame="海港论坛",
    frames=("mechanism|=harbour",),
    ordinal=3,
    country="SG",
)
LETTER = Facts(
    "message", "zh", "held", date="2024-02-05",
    actors=(Actor("VN", "sender", "丁海山", SON.marks), Actor("RU", "recipient", "伊万·彼得罗夫", IVAN.marks)),
)  # fmt: skip
SHIP = Facts(
    "visit",
    "zh",
    "held",
    date="2018-03-05",
    actors=(Actor("US", "guest", "海军"),),
    country="VN",
    signs=("usssilverbay",),
)
SON_VI = Actor("VN", "host", "Đinh Hải Sơn", ("person|đinhhảisơn|VN|vi", "bare|đinhhaison|VN"))
OLEG_VI = Actor("RU", "guest", "Oleg Sidorov", ("bare|olegsidorov|RU",))
VN_TALKS = Facts(
    "talks",
    "vi",
    "held",
    date="2021-07-06",
    actors=(SON_VI, replace(IVAN, name="Ivan Petrov")),
    country="VN",
    city="hànội",
)
PAIR = (Actor("CN", "attendee", "中国"), Actor("VN", "attendee", "越南"))
ROUND = Facts(
    "session", "zh", "held", date="2025-04-16/2025-04-17", frame="边境交流", frames=("m|a",), ordinal=9, actors=PAIR
)
ROUND_VI = replace(ROUND, lang="vi", date="2025-04-16", frame="Giao lưu biên giới", frames=("m|b",))
TEAM = Facts(
    "deployment", "zh", "held", date="2023-08-02", actors=(Actor("VN", "subject", "二号工兵队"),), country="SS"
)


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        (TALKS, TALKS, "same"),
        (TALKS, replace(TALKS, city="", country=None, status="planned"), "same"),
        (TALKS, replace(TALKS, date="XXXX-07-06"), "same"),
        (TALKS, replace(TALKS, date="XXXX-07-06", not_before="2022-01-01"), "different"),
        (TALKS, replace(TALKS, date=None, told="2021-07-07"), "same"),
        (TALKS, replace(TALKS, date=None, told="2021-08-30"), "unknown"),
        (TALKS, replace(TALKS, date="2021-07-07"), "unsure"),
        (TALKS, replace(TALKS, date="XXXX-07-07"), "unsure"),
        (TALKS, replace(TALKS, date="2021-07"), "unsure"),
        (TALKS, replace(TALKS, date="2021-07-09"), "different"),
        (TALKS, replace(TALKS, actors=(SON, OLEG)), "different"),
        (TALKS, replace(TALKS, actors=(SON, replace(IVAN, name="伊凡·彼得罗夫", marks=("x",)))), "same"),
        (TALKS, replace(TALKS, actors=(SON, Actor("CN", "guest", "中国代表团"))), "different"),
        (TALKS, replace(TALKS, actors=(Actor("VN", "host", "越南"), Actor("RU", "guest", "俄罗斯"))), "unsure"),
        (TALKS, replace(TALKS, country="RU", city="莫斯科"), "different"),
        (TALKS, replace(TALKS, type="call"), "different"),
        (LETTER, replace(LETTER, actors=tuple(reversed([replace(a, role="sender") for a in LETTER.actors]))), "same"),
        (LETTER, replace(LETTER, actors=(Actor("CN", "sender", "王大明", ("c",)), LETTER.actors[1])), "different"),
        (FORUM, replace(FORUM, ordinal=4), "different"),
        (FORUM, replace(FORUM, ordinal=None), "same"),
        (FORUM, replace(FORUM, ordinal=None, date="2018-05"), "unsure"),
        (FORUM, replace(FORUM, ordinal=None, frame="南方论坛", frames=("mechanism|南方论坛",)), "different"),
        (FORUM, replace(FORUM, form="special"), "same"),
        (replace(FORUM, form="informal"), replace(FORUM, form="special"), "different"),
        (SHIP, replace(SHIP, date="XXXX-03-05", actors=(Actor("US", "guest", "美国航母"),)), "same"),
        (SHIP, replace(SHIP, date="XXXX-03-05", signs=()), "unsure"),
        (VN_TALKS, TALKS, "same"),
        (replace(VN_TALKS, date="2021-07-09"), TALKS, "different"),
        (replace(VN_TALKS, actors=(SON_VI, OLEG_VI)), TALKS, "different"),
        (ROUND_VI, ROUND, "same"),
        (replace(ROUND_VI, ordinal=10), ROUND, "unsure"),
        (TEAM, replace(TEAM, actors=(Actor("VN", "subject", "三号工兵队"),)), "different"),
    ],
)  # fmt: skip
def test_verdicts(a: Facts, b: Facts, verdict: str) -> None:
    assert compare(a, b).verdict == verdict, compare(a, b)


def test_the_reasons_are_in_words() -> None:
    assert compare(TALKS, replace(TALKS, date="XXXX-07-06")).reasons == (
        "same day of a year (2021-07-06, XXXX-07-06)", "same person (丁海山)", "same person (伊万·彼得罗夫)",
        "same parties (RU, VN)", "same place", "in VN", "both held",
    )  # fmt: skip
    assert compare(TALKS, replace(TALKS, date="2021-07-09")).reasons == ("days apart: 2021-07-06, 2021-07-09",)
    assert compare(FORUM, replace(FORUM, ordinal=4)).reasons == ("rounds 3 and 4",)


def test_a_group_that_says_what_cannot_hold_is_unsure() -> None:
    mixed = [TALKS, replace(TALKS, date="2021-07-20")]
    found = weigh(mixed, [replace(TALKS, city="")])
    assert found.verdict == "unsure"
    assert found.reasons[-1].startswith("but days apart")


DATES = st.sampled_from(
    [None, "2021", "2021-07", "2021-07-05", "2021-07-06", "2021-07-04/2021-07-08", "XXXX-07-06", "2021-XX-06"]
)
ACTORS = st.lists(
    st.sampled_from([SON, IVAN, OLEG, Actor("VN", "host", "越南"), Actor(None, "guest", "代表团")]), max_size=3
)
FACTS = st.builds(
    Facts, type=st.sampled_from(["talks", "visit", "session", "ceremony"]), lang=st.sampled_from(["zh", "vi"]),
    status=st.sampled_from(["held", "planned"]), date=DATES, told=st.sampled_from([None, "2021-07-07"]),
    actors=ACTORS.map(tuple), country=st.sampled_from([None, "VN", "RU"]), city=st.sampled_from(["", "河内"]),
    signs=st.sampled_from([(), ("silverbay",)]),
    words=st.sampled_from(["", "海上合作联合声明", "通过海上合作联合声明"]),
    ordinal=st.sampled_from([None, 2, 3]), frame=st.just("海港论坛"),
    frames=st.sampled_from([(), ("mechanism|=harbour",)]),
).map(lambda f: f if f.frames else replace(f, frame=None))  # fmt: skip


@given(FACTS, FACTS)
def test_a_verdict_does_not_depend_on_the_side(a: Facts, b: Facts) -> None:
    assert compare(a, b) == compare(b, a)


@given(FACTS, FACTS)
def test_what_is_one_shares_a_block(a: Facts, b: Facts) -> None:
    if compare(a, b).verdict == "same":
        assert blocks(a) & blocks(b)


@given(FACTS)
def test_facts_come_back_from_the_record_as_they_went_in(facts: Facts) -> None:
    assert Facts.of(facts.plain()) == facts
