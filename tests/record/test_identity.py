"""Which claims become one thing, which stay apart, and what the reader is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import AGAIN, KNOWN, TALKS, Told, person, record, session, told

from communique import views
from communique.record import Known, KnownMechanism

pytestmark = pytest.mark.usefixtures("database")


def meeting(quote: str, date: str | None, *people: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {
        "kind": "engagement", "quote": quote, "type": "talks", "status": "held", "date": date, "mechanism": None,
        "ordinal": None, "place": None, **more,
        "participants": [{"name": n, "country": c, "role": "attendee"} for n, c in people],
    }  # fmt: skip


def page(source: str, *items: dict[str, Any], title: str = "一页", **more: Any) -> Told:
    return told(source, title, "丁海山会见王大明。丁海山会见李小春。海港论坛。", list(items), **more)


def engagements(tmp_path: Path, *pages: Told) -> int:
    store = record(tmp_path / "r.db", *pages)
    return views.counts(store).entries.get("engagement", 0)


D, W, L = ("丁海山", "VN"), ("王大明", "CN"), ("李小春", "CN")
PEOPLE = [person("丁海山", "丁海山"), person("王大明", "王大明", "CN"), person("李小春", "李小春", "CN")]


def test_two_tellings_of_one_meeting_are_one_entry_with_the_reason(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS, AGAIN)
    found = [e for e in views.entries_list(store, "engagement") if e.items == 2]
    assert [e.name for e in found] == ["talks"]
    entry = views.entry(store, found[0].id)
    assert entry is not None
    assert {t.item.source for t in entry.tellings} == {"talks.txt", "again.txt"}
    assert all("same talks of 2021-07-06" in t.reason and "丁海山" in t.reason for t in entry.tellings)
    assert "place" not in entry.differs
    assert "participants" in entry.differs


@pytest.mark.parametrize(
    ("second", "entries"),
    [
        (meeting("丁海山会见王大明", "2021-07-06", D, W), 1),
        (meeting("丁海山会见王大明", "2021-07-07", D, W), 2),
        (meeting("丁海山会见王大明", "2021-07", D, W), 2),
        (meeting("丁海山会见王大明", None, D, W), 2),
        (meeting("丁海山会见李小春", "2021-07-06", D, L), 2),
        (meeting("丁海山会见王大明", "2021-07-06", D, W, type="call"), 2),
        (meeting("丁海山会见王大明", "2021-07-06", D, W, status="planned"), 1),
    ],
)
def test_unsure_stays_apart(tmp_path: Path, second: dict[str, Any], entries: int) -> None:
    one = page("a.txt", *PEOPLE, meeting("丁海山会见王大明", "2021-07-06", D, W))
    assert engagements(tmp_path, one, page("b.txt", *PEOPLE, second, title="另一页")) == entries


def test_what_one_page_tells_as_two_stays_two(tmp_path: Path) -> None:
    twice = page(
        "a.txt", *PEOPLE, meeting("丁海山会见王大明", "2021-07-06", D, W), meeting("丁海山会见", "2021-07-06", D, W)
    )
    assert engagements(tmp_path, twice) == 2


def test_the_same_text_printed_by_two_is_one_telling(tmp_path: Path) -> None:
    items = (*PEOPLE, meeting("丁海山会见王大明", None, D, W))
    assert engagements(tmp_path, page("a.txt", *items), page("b.txt", *items)) == 1


def test_rounds_meet_under_any_name_of_the_mechanism(tmp_path: Path) -> None:
    pages = [
        page("a.txt", session("海港论坛", 3, "2018", "VN", "海港论坛")),
        page("b.txt", session("海港论坛", 3, "2018-05-02", "VN", "HBF"), title="另一页"),
        page("c.txt", session("海港论坛", 4, "2019", "VN", "HBF"), title="又一页"),
    ]
    store = record(tmp_path / "r.db", *pages)
    line = views.rounds(store, "Harbour Forum")
    assert [(r.ordinal, r.date, len(r.items)) for r in line.rounds] == [(3, "2018-05-02", 2), (4, "2019", 1)]


def test_an_acronym_in_brackets_joins_names_that_no_pack_knows(tmp_path: Path) -> None:
    named = {"kind": "mechanism", "quote": "海港论坛", "name": "北方圆桌", "acronym": "NRT", "parties": []}
    pages = [
        page("a.txt", named, session("海港论坛", 3, "2018", "VN", "NRT")),
        page("b.txt", session("海港论坛", 3, "2018", "VN", "北方圆桌"), title="另一页"),
    ]
    store = record(tmp_path / "r.db", *pages)
    assert len(views.rounds(store, "北方圆桌").rounds) == 1


def test_namesakes_stay_apart_and_are_both_shown(tmp_path: Path) -> None:
    pages = [
        page("a.txt", person("丁海山", "丁海山", "VN")),
        page("b.txt", person("丁海山", "丁海山", "CN"), title="另一页"),
        page("c.txt", person("丁海山", "丁海山", None), title="又一页"),
    ]
    store = record(tmp_path / "r.db", *pages)
    shown = views.show(store, "丁海山")
    assert shown.what == "named"
    assert len(shown.named) == 3
    assert len(shown.items) == 3


def test_a_latin_form_joins_two_spellings(tmp_path: Path) -> None:
    pages = [
        page("a.txt", person("王大明", "伊凡·彼得罗夫", "RU", latin="Ivan Petrov")),
        page("b.txt", person("王大明", "伊万·彼得罗夫", "RU", latin="IVAN PETROV"), title="另一页"),
        page("c.txt", person("王大明", "伊万", "RU", latin="Ivan"), title="又一页"),
    ]
    store = record(tmp_path / "r.db", *pages)
    found = views.person(store, "Ivan Petrov")
    assert found is not None
    assert len(found.entry.tellings) == 2
    assert any("same Latin form" in t.reason for t in found.entry.tellings)
    assert views.counts(store).entries["person"] == 2


def test_a_merge_ends_when_what_joined_it_is_withdrawn(tmp_path: Path) -> None:
    bridge = page("m.txt", person("丁海山", "伊万·彼得罗夫", "RU", latin="Ivan Petrov"), title="桥")
    a = page("a.txt", person("丁海山", "伊万·彼得罗夫", "RU"))
    b = page("b.txt", person("丁海山", "伊凡·彼得罗夫", "RU", latin="Ivan Petrov"), title="另一页")
    store = record(tmp_path / "r.db", a, b)
    apart = {e.id for e in views.entries_list(store, "person")}
    store.add(bridge)
    assert len(views.entries_list(store, "person")) == 1
    store.forget("m.txt")
    assert {e.id for e in views.entries_list(store, "person")} == apart


def test_an_entry_keeps_its_id_when_another_telling_comes(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    before = {e.id for e in views.entries_list(store, "person")}
    store.add(replace(AGAIN, claims=AGAIN.claims[:2]))
    assert {e.id for e in views.entries_list(store, "person")} == before


def test_one_name_in_two_scripts_is_one_person(tmp_path: Path) -> None:
    known = Known.of(KNOWN.states, tuple(KNOWN.mechanisms.values()), {"zh": {ord("會"): "会", ord("論"): "论"}})
    pages = [
        page("a.txt", person("丁海山", "会論")),
        told("b.txt", "乙", "會论在座。", [person("會论", "會论")], lang="zh-Hant"),
    ]
    store = record(tmp_path / "r.db", *pages, known=known)
    found = views.person(store, "會論")
    assert found is not None
    assert {t.item.values["name"] for t in found.entry.tellings} == {"会論", "會论"}


def test_one_person_at_home_may_do_two_things_on_one_day(tmp_path: Path) -> None:
    pages = [
        page("a.txt", *PEOPLE, meeting("丁海山会见王大明", "2021-07-06", D, type="ceremony")),
        page("b.txt", *PEOPLE, meeting("丁海山会见李小春", "2021-07-06", D, type="ceremony"), title="另一页"),
    ]
    assert engagements(tmp_path, *pages) == 2


def test_where_a_sign_was_lost_the_name_decides_not_the_acronym(tmp_path: Path) -> None:
    plus = KnownMechanism("harbour-plus", {"zh": ("海港扩大论坛",)}, ("HBF+",))
    known = Known.of({}, (*KNOWN.mechanisms.values(), plus))
    named = [
        {"kind": "mechanism", "quote": "海港论坛", "name": "海港扩大论坛", "acronym": "HBF", "parties": []},
        {"kind": "mechanism", "quote": "海港论坛", "name": "海港论坛", "acronym": "HBF", "parties": []},
    ]
    store = record(tmp_path / "r.db", page("a.txt", *named), known=known)
    assert {e.name for e in views.entries_list(store, "mechanism")} == {"海港扩大论坛", "海港论坛"}
