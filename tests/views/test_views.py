"""What a person asks and gets."""

from __future__ import annotations

import sys

import pytest
from support import record

from communique import views
from communique.errors import CommuniqueError
from communique.store import Store

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, database: str) -> Store:
    return record(tmp_path_factory.mktemp("views") / "r.db")


@pytest.mark.parametrize(
    ("name", "what", "items"),
    [
        ("HBF", "mechanism", 4),
        ("海港论坛", "mechanism", 4),
        ("harbour forum", "mechanism", 4),
        ("VN", "state", 8),
        ("越南", "state", 8),
        ("Việt Nam", "state", 8),
        ("VN-RU", "pair", 3),
        ("RU–VN", "pair", 3),
        ("越南-俄罗斯", "pair", 3),
        ("丁海山", "person", 4),
        ("Ivan Petrov", "person", 4),
        ("Đinh Hải Sơn", "person", 1),
        ("talks.txt", "document", 3),
        ("nobody", "nothing", 0),
        ("XX", "nothing", 0),
    ],
)
def test_a_name_is_understood(store: Store, name: str, what: str, items: int) -> None:
    shown = views.show(store, name)
    assert (shown.what, len(shown.items)) == (what, items)


def test_ids_lead_back_to_their_things(store: Store) -> None:
    for item in views.find(store, limit=100).items:
        assert views.show(store, item.id).item == item
        assert views.show(store, item.entry).what in ("entry", "person", "mechanism")
        assert item.id in {i.id for i in views.show(store, item.unit).items}


def test_every_item_carries_its_words_rule_and_review(store: Store) -> None:
    for item in views.find(store, limit=100).items:
        block = views.unit(store, item.unit)
        assert block is not None
        for e in item.evidence:
            assert block.unit.text[e.start : e.end] == e.quote
        assert (item.rule, item.review) == ("hand/rule", "machine")


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (views.Filter(kind="engagement"), 6),
        (views.Filter(type="talks"), 2),
        (views.Filter(kind="commitment", topic="hadr"), 1),
        (views.Filter(state="俄罗斯"), 6),
        (views.Filter(state="RU", other="越南"), 3),
        (views.Filter(person="丁海山", kind="engagement"), 2),
        (views.Filter(mechanism="HBF", since="2017", until="2020"), 2),
        (views.Filter(since="2021-07-06", kind="engagement"), 3),
        (views.Filter(until="2016-12-31"), 1),
        (views.Filter(lang="zh"), 11),
        (views.Filter(lang="zh-Hans"), 11),
        (views.Filter(lang="vi"), 1),
        (views.Filter(source="again.txt", kind="person"), 2),
        (views.Filter(review="accepted"), 0),
        (views.Filter(outlet="desk", text="丁海山"), 4),
        (views.Filter(status="held", type="session"), 4),
        (views.Filter(mechanism="unheard of"), 0),
        (views.Filter(person="unheard of"), 0),
    ],
)
def test_filters(store: Store, asked: views.Filter, number: int) -> None:
    page = views.find(store, asked, limit=100)
    assert page.total == len(page.items) == number


@pytest.mark.parametrize(
    "asked", [views.Filter(since="yesterday"), views.Filter(kind="rumour"), views.Filter(review="perhaps")]
)
def test_a_filter_that_cannot_be_understood_says_so(store: Store, asked: views.Filter) -> None:
    with pytest.raises(CommuniqueError):
        views.find(store, asked)


def test_pages_of_a_list_hold_every_row_once(store: Store) -> None:
    found, start = [], 0
    while True:
        page = views.find(store, limit=5, start=start)
        found.extend(i.id for i in page.items)
        if page.more is None:
            break
        start = page.more
    assert len(found) == len(set(found)) == page.total == 12


@pytest.mark.parametrize("order", ["newest", "oldest", "text"])
@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
@pytest.mark.parametrize("asked", [views.Filter(), views.Filter(state="VN"), views.Filter(kind="person", lang="zh")])
def test_every_page_is_a_piece_of_the_whole_list(
    store: Store, monkeypatch: pytest.MonkeyPatch, order: str, many: bool, asked: views.Filter
) -> None:
    if many:
        monkeypatch.setattr(sys.modules["communique.views.find"], "SORTED", 1)
    whole = views.find(store, asked, order=order, limit=1000).items
    days = [i.day for i in whole]
    assert order == "text" or days == sorted(days, reverse=order == "newest")
    for start in range(len(whole) + 2):
        for limit in (1, 2, 3, 5):
            page = views.find(store, asked, order=order, limit=limit, start=start)
            assert page.items == whole[start : start + limit]
            assert page.total == len(whole)


def test_rounds_with_hosts_and_gaps(store: Store) -> None:
    line = views.rounds(store, "HBF")
    assert [(r.ordinal, r.date, r.hosts, len(r.items)) for r in line.rounds] == [
        (1, "2016", ("SG",), 1),
        (2, "2017-03", ("VN",), 2),
        (5, "2021", ("RU",), 1),
    ]
    assert [(g.first, g.last) for g in line.gaps] == [(3, 4)]
    assert line.rounds[1].quote == "第二届海港论坛于2017年3月在越南举办"


def test_a_person_with_offices_and_meetings(store: Store) -> None:
    person = views.person(store, "丁海山")
    assert person is not None
    assert person.country == "VN"
    assert {o.name for o in person.offices} == {"国防部部长", "部长"}
    assert [i.type for i in person.items] == ["talks", "talks"]


def test_a_pair_and_when_they_last_met(store: Store) -> None:
    both = views.pair(store, "越南", "RU")
    assert (both.a, both.b) == ("VN", "RU")
    assert len(both.engagements) == 2
    assert len(both.commitments) == 1
    assert both.last_met is not None
    assert both.last_met.date == "2021-07-06"


def test_a_state_with_counterparts_and_persons(store: Store) -> None:
    state = views.state(store, "VN")
    assert state is not None
    assert [(c.value, c.count) for c in state.counterparts] == [("RU", 3)]
    assert {p.name for p in state.persons} == {"丁海山", "Đinh Hải Sơn"}
    assert views.state(store, "XX") is None


def test_a_document_with_its_items_in_order(store: Store) -> None:
    (block,) = views.document(store, "forum.txt")
    starts = [i.evidence[0].start for i in block.items]
    assert starts == sorted(starts)
    assert block.unit.items == len(block.items) == 4
    assert views.document(store, "nowhere") == ()


def test_counts_and_facets(store: Store) -> None:
    held = views.counts(store)
    assert (held.sources, held.units, held.failed) == (4, 4, 0)
    assert held.items == {"engagement": 6, "person": 5, "commitment": 1}
    assert held.entries == {"engagement": 4, "person": 3, "commitment": 1}
    assert (held.first, held.last) == ("2021-07-06", "2021-07-07")
    facets = views.facets(store)
    assert sum(f.count for f in facets["kind"]) == 12
    assert facets["state"][0].value == "VN"


def test_facets_of_a_filter_count_what_fits_it(store: Store) -> None:
    for asked in (views.Filter(state="VN"), views.Filter(topic="hadr"), views.Filter(person="\u4e01\u6d77\u5c71")):
        total = views.find(store, asked).total
        assert sum(f.count for f in views.facets(store, asked)["kind"]) == total > 0
    assert views.entries_list(store, "person", views.Filter(state="RU"))
    assert views.find_units(store, views.Filter(state="VN", text="\u6d77\u6e2f")).total == 2
