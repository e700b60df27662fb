"""People's decisions on items: what they change, that they last, and that taking them back leaves no trace."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from support import AGAIN, FORUM, PAGES, TALKS, Told, dump, record, told

from communique import views
from communique.errors import CommuniqueError, RecordError
from communique.model import item_id
from communique.store import Store
from communique.views import Item


def one(store: Store, **asked: str) -> Item:
    (item,) = views.find(store, views.Filter(**asked)).items
    return item


def talks(store: Store) -> Item:
    return one(store, source="talks.txt", kind="engagement")


def test_a_corrected_date_is_the_date_everywhere(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS, AGAIN)
    item = talks(store)
    assert len(views.entry(store, item.entry).tellings) == 2
    store.decide(item.id, "correct", "Mai", "another day", {"date": "2011-03-02"})
    now = talks(store)
    assert (now.id, now.date, now.day, now.review) == (item.id, "2011-03-02", "2011-03-02", "corrected")
    assert [i.id for i in views.find(store, views.Filter(until="2012")).items if i.kind == "engagement"] == [item.id]
    assert len(views.entry(store, now.entry).tellings) == 1
    line = next(x for x in dump(store).decode().splitlines() if f'"id": "{item.id}"' in x)
    assert '"coded": {"date": "2021-07-06"}' in line


@pytest.mark.parametrize(
    ("action", "values"),
    [("accept", {}), ("reject", {}), ("correct", {"date": "2011-03-02"}), ("correct", {"participants": []})],
)
def test_undoing_a_decision_restores_what_was_before(tmp_path: Path, action: str, values: dict[str, object]) -> None:
    store = record(tmp_path / "r.db")
    before = dump(store)
    word = store.decide(talks(store).id, action, "Mai", "why", values)
    assert dump(store) != before
    store.undo(word, "Mai", "no")
    assert dump(store) == before
    with pytest.raises(RecordError, match="no decision"):
        store.undo(word, "Mai", "again")


def test_undoing_a_corrected_name_restores_the_persons(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    before = dump(store)
    item = one(store, source="talks.txt", kind="person", state="VN")
    word = store.decide(item.id, "correct", "Mai", "misread", {"name": "阮海山"})
    assert views.person(store, "阮海山") is not None
    store.undo(word, "Mai")
    assert views.person(store, "阮海山") is None
    assert dump(store) == before


def newer(page: Told, coder: str) -> Told:
    """Return what a newer coder reads: the same words, one field more precise, and so other ids."""
    made = []
    for c in page.claims:
        values = {**c.values, "mode": "in_person"} if c.kind == "engagement" else c.values
        made.append(replace(c, id=item_id(c.unit, c.kind, c.evidence, values), values=values, coder=coder))
    return replace(page, claims=tuple(made))


def test_a_correction_stands_when_a_newer_coder_reads_everything_again(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    item = talks(store)
    word = store.decide(item.id, "correct", "Mai", "another day", {"date": "2021-07-05"})
    for page in PAGES:
        store.add(newer(page, "hand 2"), coder="hand 2")
    now = talks(store)
    assert now.id != item.id
    assert (now.date, now.review, now.values["mode"]) == ("2021-07-05", "corrected", "in_person")
    assert word in dump(store).decode()
    store.undo(word, "Mai")
    assert (talks(store).date, talks(store).review) == ("2021-07-06", "machine")


def test_what_two_items_fit_alike_is_put_on_neither(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    item = talks(store)
    store.decide(item.id, "reject", "Mai", "no")
    claim = TALKS.claims[2]
    two = [replace(claim, id=f"e-{x}", values={**claim.values, "date": f"2021-07-0{x}"}) for x in (1, 2)]
    store.add(replace(TALKS, claims=(*TALKS.claims[:2], *two)), coder="hand 2")
    found = views.find(store, views.Filter(source="talks.txt", kind="engagement")).items
    assert [i.review for i in found] == ["machine", "machine"]


def test_a_decision_follows_its_words_through_two_versions_of_an_article(tmp_path: Path) -> None:
    title, body = TALKS.document.units[0].text.split("\n\n")
    store = record(tmp_path / "r.db", TALKS)
    item = talks(store)
    store.decide(item.id, "correct", "Mai", "another day", {"date": "2021-07-05"})
    for end in ("完。", "全文完。"):
        items = [{"kind": "engagement", "quote": item.quote, **item.values, "date": "2021-07-06"}]
        store.add(told("talks.txt", title, f"{body}{end}", items, published="2021-07-06"))
        assert (talks(store).date, talks(store).review) == ("2021-07-05", "corrected")


def test_later_decisions_count(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    item = talks(store)
    store.decide(item.id, "correct", "Mai", "", {"date": "2021-07-05"})
    second = store.decide(item.id, "correct", "Lan", "", {"date": "2021-07-04"})
    store.decide(item.id, "accept", "Mai", "")
    assert (talks(store).date, talks(store).review) == ("2021-07-04", "accepted")
    store.undo(second, "Lan")
    assert (talks(store).date, talks(store).review) == ("2021-07-05", "accepted")


def test_forgotten_and_read_again_the_correction_stands(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS, FORUM)
    store.decide(talks(store).id, "correct", "Mai", "", {"date": "2021-07-05"})
    before = dump(store)
    store.forget("talks.txt")
    store.add(TALKS)
    assert dump(store) == before


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({}, "no field"),
        ({"colour": "red"}, "no field 'colour'"),
        ({"date": "yesterday"}, "no date"),
        ({"date": 2021}, "no str"),
        ({"participants": "all"}, "no list"),
        ({"ordinal": "third"}, "no int"),
    ],
)
def test_what_cannot_be_corrected_so_says_why(tmp_path: Path, values: dict[str, object], why: str) -> None:
    store = record(tmp_path / "r.db", TALKS)
    before = dump(store)
    with pytest.raises(CommuniqueError, match=why):
        store.decide(talks(store).id, "correct", "Mai", "", values)
    assert dump(store) == before


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_decided_and_undone_in_whatever_order_leaves_no_trace(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    store = record(tmp_path / "r.db")
    before = dump(store)
    items = views.find(store, views.Filter(), limit=100, order="text").items
    given = {"engagement": {"date": "2001-01-01"}, "person": {"name": "阮文"}, "commitment": {"topics": ["x"]}}
    words = []
    for _ in range(8):
        item = chance.choice(items)
        action = chance.choice(("accept", "reject", "correct"))
        words.append(store.decide(item.id, action, "Mai", "", given[item.kind] if action == "correct" else {}))
        other = chance.choice(items)
        try:
            words.append(store.judge(item.id, other.id, chance.choice(("same", "different")), "Mai", ""))
        except RecordError:
            continue  # two kinds, or one by a key
    chance.shuffle(words)
    for word in words:
        store.undo(word, "Mai")
    assert dump(store) == before
