"""Where the record disagrees with itself, as a person is told, and what became of what was promised."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import KNOWN, Told, person, record, session, told

from communique import views
from communique.record.promises import Later, Undertaking, state
from communique.record.ranking import Said, last_day_only, rank
from communique.store import Store

CORRECTING = replace(KNOWN, corrections={"zh": ("更正",)})
TEXT = "第三届海港论坛2018年5月2日在港城举行。第三届海港论坛2018年5月9日在港城举行。第四届海港论坛2017年举行。"
FIRST, WRONG, FOURTH = TEXT.split("。")[:3]


def page(n: int, *items: dict[str, Any], title: str = "", body: str = TEXT, **more: Any) -> Told:
    return told(f"{n}.txt", title or f"第{n}页", body + f"(记者{n}号)", list(items), **more)


def found(store: Store, what: str) -> list[views.Conflict]:
    return list(views.conflicts(store, what=what))


def test_values_that_cannot_both_hold_are_listed_the_one_with_more_on_its_side_first(tmp_path: Path) -> None:
    long = "。".join(f"第{i}项议题的讨论记录" for i in range(30))
    store = record(
        tmp_path / "r.db",
        page(1, session(WRONG, 3, "2018-05-09", "VN"), body=TEXT + long[:160]),
        page(2, session(WRONG, 3, "2018-05-09", "VN"), body=TEXT + long[:161]),
        page(3, session(FIRST, 3, "2018-05-02", "VN"), body=TEXT + "另一家报纸的记者从港城发回的报道完全不同"),
        page(4, session(FIRST, 3, "2018-05", "VN"), body=TEXT + "广播电台只用一句话提到了这次会议的召开"),
    )
    (one,) = found(store, "values")
    assert one.field == "date"
    assert [(r.value, r.origins) for r in one.values][-1] == ("2018-05", 1)
    assert "2018-05-02 (stated, 1 report)" in one.note
    assert len(one.sources) == 4


def test_a_day_of_difference_and_a_date_without_its_year_are_no_conflict(tmp_path: Path) -> None:
    store = record(
        tmp_path / "r.db",
        page(1, session(FIRST, 3, "2018-05-02", "VN")),
        page(2, session(FIRST, 3, "2018-05-03", "VN")),
        page(3, session(FIRST, 3, "XXXX-05-02", "VN")),
    )
    assert not found(store, "values")


def test_what_a_person_corrected_comes_first_and_what_one_rejected_says_nothing(tmp_path: Path) -> None:
    long = "。".join(f"第{i}项议题的讨论记录" for i in range(30))
    store = record(
        tmp_path / "r.db",
        page(1, session(WRONG, 3, "2018-05-09", "VN"), body=TEXT + long[:160]),
        page(2, session(WRONG, 3, "2018-05-09", "VN"), body=TEXT + "通讯社记者当日报道说会议开得很成功"),
        page(3, session(FIRST, 3, "2018-05-02", "VN"), body=TEXT + "另一家报纸的记者从港城发回的报道完全不同"),
    )
    (one,) = found(store, "values")
    assert one.values[0].value == "2018-05-09"
    store.decide(one.values[1].items[0], "correct", "reader", "the day of the invitation", {"date": "2018-05-03"})
    (one,) = found(store, "values")
    assert [(r.value, r.reasons[0]) for r in one.values] == [
        ("2018-05-03", "corrected by a person"),
        ("2018-05-09", "stated"),
    ]
    for item in one.values[1].items:
        store.decide(item, "reject", "reader", "another meeting")
    assert not found(store, "values")


def test_a_correction_reaches_the_first_story(tmp_path: Path) -> None:
    store = record(
        tmp_path / "r.db",
        page(1, session(WRONG, 3, "2018-05-09", "VN"), title="海港论坛在港城举行"),
        page(2, session(WRONG, 3, "2018-05-09", "VN"), title="论坛开幕"),
        page(
            3, session(FIRST, 3, "2018-05-02", "VN"), title="更正", published="2018-05-10",
            body=f"《海港论坛在港城举行》一文中的日期有误，应为：{FIRST}。",
        ),
        known=CORRECTING,
    )  # fmt: skip
    (told_again,) = found(store, "correction")
    assert told_again.note == "corrects 1.txt"
    (values,) = found(store, "values")
    assert values.values[0].value == "2018-05-02"
    assert values.values[0].reasons[0] == "correction of 2018-05-10"


def test_a_round_before_its_predecessor_is_impossible(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", page(1, session(FIRST, 3, "2018-05-02", "VN"), session(FOURTH, 4, "2017", "VN")))
    (one,) = found(store, "impossible")
    assert one.note == "2017: out of order: before round 3 of 2018-05-02"


@pytest.mark.parametrize(
    ("body", "named", "spelled"),
    [
        ("公安部通缉阮文戴、黎忠科。\n嫌犯阮文台在逃。", ["阮文台"], [["阮文戴", "阮文台"]]),
        ("公安部通缉阮文戴、阮文台。\n嫌犯阮文台在逃。", ["阮文台"], []),
        ("会见了阮文台。\n阮文台的讲话。\n阮文件夹。", ["阮文台"], []),
        ("防长赫格塞斯到访。\n赫格塞思说,此访重要。", ["赫格塞斯", "赫格塞思"], [["赫格塞斯", "赫格塞思"]]),
        ("王毅会见客人。\n王亚也在座。", ["王毅"], []),
    ],
)
def test_two_spellings_of_one_man_in_one_story(
    tmp_path: Path, body: str, named: list[str], spelled: list[list[str]]
) -> None:
    story = told("a.txt", "简讯", body, [person(n, n, "VN") for n in named])
    store = record(tmp_path / "r.db", story)
    assert [[r.value for r in c.values] for c in found(store, "spelling")] == spelled


def test_only_what_a_name_takes_part_in(tmp_path: Path) -> None:
    store = record(
        tmp_path / "r.db",
        page(1, session(FIRST, 3, "2018-05-02", "VN")),
        page(2, session(WRONG, 3, "2018-05-09", "VN")),
    )
    assert len(views.conflicts(store, "HBF")) == 1
    assert not views.conflicts(store, "SG")


def test_a_sitting_of_two_days_is_not_one_of_its_last_day_alone() -> None:
    assert last_day_only(["2020-12-09/2020-12-10", "2020-12-10"])
    assert not last_day_only(["2020-12-09/2020-12-10", "2020-12-09"])
    assert not last_day_only(["2020-12", "2020-12-10"])


def test_ranks_are_given_with_their_reasons() -> None:
    said = [
        Said("2020", "a", "one", inferred=True),
        Said("2020", "b", "two", inferred=True),
        Said("2021-05", "c", "three"),
        Said("2021-06", "d", "four"),
        Said("2021-06", "e", "four"),
    ]
    assert [(r.value, r.origins, r.reasons) for r in rank(said)] == [
        ("2021-06", 1, ("stated", "1 report")),
        ("2021-05", 1, ("stated", "1 report")),
        ("2020", 2, ("inferred", "2 reports")),
    ]


BOTH = frozenset({"VN", "RU"})
PROMISE = Undertaking("c", BOTH, "明年举行海上联合搜救演练", "2021-07-06", "2022")


def drill(words: str, day: str, status: str = "held", parties: frozenset[str] = BOTH) -> Later:
    return Later("x", "engagement", parties, words, day, status)


DRILL = "两国海军举行海上联合搜救演练"
MOVED = Later("x", "commitment", BOTH, "改为2024年举行海上联合搜救演练", "2022-09-01", due="2024")


@pytest.mark.parametrize(
    ("later", "as_of", "status", "by"),
    [
        ([], "2021-12-31", "due", None),
        ([], "2023-01-01", "overdue", None),
        ([drill(DRILL, "2022-06-01")], "2023-01-01", "followed up", "x"),
        ([drill(DRILL, "2021-06-01")], "2023-01-01", "overdue", None),
        ([drill(DRILL, "2022-06-01", "planned")], "2023-01-01", "overdue", None),
        ([drill(DRILL, "2022-06-01", parties=frozenset({"VN"}))], "2023-01-01", "overdue", None),
        ([drill("两国防长举行会谈", "2022-06-01")], "2023-01-01", "overdue", None),
        ([MOVED], "2023-01-01", "superseded", "x"),
    ],
)
def test_a_commitment_is_closed_only_by_what_says_so(
    later: list[Later], as_of: str, status: str, by: str | None
) -> None:
    became = state(PROMISE, later, as_of)
    assert (became.status, became.by) == (status, by)


def test_commitments_are_listed_by_their_day_with_the_meeting_they_were_made_at(tmp_path: Path) -> None:
    body = "丁海山会见伊万。双方商定2022年举行海上联合搜救演练。双方同意加强往来。"
    talks = {
        "kind": "engagement", "quote": "丁海山会见伊万", "type": "talks", "status": "held", "date": "2021-07-06",
        "participants": [{"name": n, "country": c, "role": "attendee"} for n, c in (("丁海山", "VN"), ("伊万", "RU"))],
    }  # fmt: skip
    agreed = {
        "kind": "commitment", "quote": "2022年举行海上联合搜救演练", "act": "agree",
        "content": "2022年举行海上联合搜救演练",
        "actors": ["VN", "RU"], "counterparties": [], "topics": ["hadr"], "due": "2022",
    }  # fmt: skip
    vague = {**agreed, "quote": "加强往来", "content": "加强往来", "due": None}
    drill = {**talks, "type": "exercise", "quote": "两军举行海上联合搜救演练", "date": "2022-08-01"}
    first = told("a.txt", "会谈", body, [talks, agreed, vague], published="2021-07-06")
    store = record(tmp_path / "r.db", first)
    (one,) = views.due(store, as_of="2022-03-01")
    assert (one.status, one.made_at and one.made_at.date) == ("due", "2021-07-06")
    assert [p.status for p in views.due(store, as_of="2022-03-01", every=True)] == ["due", "open"]
    assert not views.due(store, as_of="2022-03-01", by="2021")
    store.add(told("b.txt", "演练", "两军举行海上联合搜救演练。", [drill], published="2022-08-02"))
    (one,) = views.due(store, as_of="2023-03-01")
    assert one.status == "followed up"
    assert one.by is not None
    assert one.by.source == "b.txt"
