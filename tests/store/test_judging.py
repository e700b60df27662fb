"""A person's word on two entries: it joins or parts them, outlives a new reading, and is taken back without a trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import Told, dump, person, record, told

from communique import views
from communique.errors import RecordError
from communique.store import Store

SON, IVAN = ("丁海山", "VN"), ("伊万·彼得罗夫", "RU")


def met(date: str | None, **more: Any) -> dict[str, Any]:
    return {
        "kind": "engagement", "quote": "丁海山会见伊万", "type": "talks", "status": "held", "date": date, "place": None,
        "participants": [{"name": n, "country": c, "role": "attendee"} for n, c in (SON, IVAN)], **more,
    }  # fmt: skip


def page(n: int, date: str | None, name: str = "伊万·彼得罗夫") -> Told:
    people = [person("丁海山", "丁海山", "VN"), person("伊万", name, "RU")]
    return told(f"{n}.txt", f"第{n}页", "丁海山会见伊万·彼得罗夫。", [*people, met(date)])


def ids(store: Store, kind: str = "engagement") -> list[str]:
    return [i.id for i in views.find(store, views.Filter(kind=kind), order="text").items]


def many(store: Store, kind: str = "engagement") -> int:
    return len(views.entries_list(store, kind))


def test_joining_and_undoing_restores_what_was_before(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", page(1, "2021-07-06"), page(2, "2021-07-09"))
    before = dump(store)
    one, other = ids(store)
    word = store.judge(one, other, "same", "Mai", "the second page has the wrong day")
    assert many(store) == 1
    found = views.entry(store, views.find(store, views.Filter(kind="engagement")).items[0].entry)
    assert found is not None
    assert "Mai: the second page has the wrong day" in found.tellings[0].reason
    store.undo(word, "Mai")
    assert dump(store) == before


def test_parting_and_undoing_restores_what_was_before(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", page(1, "2021-07-06"), page(2, "XXXX-07-06"))
    before = dump(store)
    assert many(store) == 1
    word = store.judge(*ids(store), "different", "Mai", "another year")
    assert many(store) == 2
    assert not views.conflicts(store, what="double")
    store.undo(word, "Mai")
    assert dump(store) == before


def test_a_word_outlives_forgetting_and_reading_again(tmp_path: Path) -> None:
    pages = [page(1, "2021-07-06"), page(2, "2021-07-09")]
    store = record(tmp_path / "r.db", *pages)
    store.judge(*ids(store), "same", "Mai", "wrong day")
    joined = dump(store)
    store.forget("2.txt")
    store.add(pages[1])
    assert dump(store) == joined


def recoded(n: int, date: str, coder: str) -> Told:
    """A page as a newer coder reads it: another day, another mode, so that no key and no id is as before."""
    people = [person("丁海山", "丁海山", "VN"), person("伊万", "伊万·彼得罗夫", "RU")]
    items = [*people, met(date, mode="in_person")]
    return told(f"{n}.txt", f"第{n}页", "丁海山会见伊万·彼得罗夫。", items, coder=coder)


def test_a_word_that_joins_follows_its_items_to_a_newer_coding(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", page(1, "2021-07-06"), page(2, "2021-07-09"))
    before = set(ids(store))
    word = store.judge(*ids(store), "same", "Mai", "one of them has the wrong day")
    for turn, days in enumerate((("2021-07-06", "2021-09-09"), ("2021-10-10", "2021-12-12"))):
        for n, day in enumerate(days, 1):
            store.add(recoded(n, day, f"hand {turn + 2}"), coder=f"hand {turn + 2}")
        assert many(store) == 1
    assert not before & set(ids(store))
    store.undo(word, "Mai")
    assert many(store) == 2


def test_a_word_that_parts_follows_its_items_to_a_newer_coding(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", page(1, "2021-07-06"), page(2, "XXXX-07-06"))
    word = store.judge(*ids(store), "different", "Mai", "another year")
    store.add(recoded(1, "2021-07-05", "hand 2"), coder="hand 2")
    store.add(recoded(2, "XXXX-07-05", "hand 2"), coder="hand 2")
    assert many(store) == 2
    store.undo(word, "Mai")
    assert many(store) == 1


def test_a_word_follows_its_items_through_a_correction_and_back(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", page(1, "2021-07-06"), page(2, "2021-07-09"))
    store.judge(*ids(store), "same", "Mai", "one of them has the wrong day")
    before = dump(store)
    made = store.decide(ids(store)[1], "correct", "Mai", "in autumn", {"date": "2021-10-09"})
    assert many(store) == 1
    store.undo(made, "Mai")
    assert dump(store) == before


def test_two_persons_can_be_said_to_be_one(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", page(1, None), page(2, None, "约翰"))
    them = [i.id for i in views.find(store, views.Filter(kind="person")).items if i.values["country"] == "RU"]
    store.judge(*them, "same", "Mai", "a nickname")
    assert many(store, "person") == 2
    found = views.person(store, "约翰")
    assert found is not None
    assert len(found.entry.tellings) == 2


def test_what_cannot_be_judged_says_why(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", page(1, "2021-07-06"), page(2, "2021-07-06"))
    one, other = ids(store)
    for asked, why in (
        ((one, other, "different"), "one by a key"),
        ((one, ids(store, "person")[0], "same"), "of kind person"),
        ((one, "nothing", "same"), "no entry or item"),
        ((one, other, "perhaps"), "no judgement 'perhaps'"),
    ):
        with pytest.raises(RecordError, match=why):
            store.judge(*asked, "Mai", "")
    with pytest.raises(RecordError, match="no judgement"):
        store.undo("j0", "Mai")
