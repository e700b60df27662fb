"""Adding, adding again, changing, withdrawing: what a person would find in the record afterwards."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from support import AGAIN, FORUM, PAGES, TALKS, dump, opened, person, record, told

from communique import views
from communique.errors import RecordError
from communique.model import Raw
from communique.store import Store


def tables(store: Store) -> dict[str, int]:
    names = "sources units claims evidence claim_keys links entries entry_keys"
    with store.reading() as c:
        return {n: c.execute(text(f"SELECT count(*) FROM {n}")).scalar_one() for n in names.split()}


def test_the_same_page_twice_changes_nothing(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    before, file = dump(store), tables(store)
    assert [store.add(p).state for p in PAGES] == ["unchanged"] * len(PAGES)
    assert dump(store) == before
    assert tables(store) == file


def test_any_order_gives_the_same_export(tmp_path: Path) -> None:
    dumps = {dump(record(tmp_path / f"{i}.db", *order)) for i, order in enumerate(itertools.permutations(PAGES))}
    assert len(dumps) == 1


def test_a_changed_page_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    changed = told("talks.txt", "越俄两国防长会谈", "更正后的正文：丁海山会见客人。", [person("丁海山", "丁海山")])
    assert store.add(changed).state == "replaced"
    assert [b.unit.text for b in views.document(store, "talks.txt")] == [changed.document.units[0].text]
    assert {s.state for s in views.sources(store) if s.source == "talks.txt"} == {"live", "superseded"}
    assert not views.find_units(store, views.Filter(text="伊万 河内")).total


def test_two_sources_of_one_name_stand_side_by_side(tmp_path: Path) -> None:
    other = told("talks.txt", "另一页", "丁海山发表讲话。", [person("丁海山", "丁海山")], origin="elsewhere/talks.txt")
    store = record(tmp_path / "r.db", TALKS, other)
    assert len(views.document(store, "talks.txt")) == 2


def test_a_newer_coder_takes_the_place_of_the_older(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    newer = replace(TALKS, claims=TALKS.claims[:1])
    assert store.add(newer, coder="hand 2").state == "reread"
    assert views.counts(store).items == {"person": 1}
    assert views.counts(store).sources == 1


def test_forgetting_leaves_no_trace_but_the_log_and_decisions(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", FORUM, AGAIN)
    without = dump(store)
    store.add(TALKS)
    item = views.find(store, views.Filter(source="talks.txt", kind="engagement")).items[0]
    decision = store.decide(item.id, "accept", "Mai", "read it")
    gone = store.forget("talks.txt", who="Mai", reason="by mistake")
    assert (gone.units, gone.claims) == (1, 3)
    left = dump(store).decode().splitlines()
    assert [line for line in left if '"kind": "decision"' not in line] == without.decode().splitlines()
    assert sum(decision in line for line in left) == 1
    assert not views.find_units(store, views.Filter(text="河内")).total
    with store.reading() as c:
        said = c.execute(text("SELECT what, detail FROM log WHERE action = 'forget'")).one()
    assert said.what == "talks.txt"
    assert "by mistake" in str(said.detail)


def test_a_decision_finds_its_item_again_after_another_reading(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    item = views.find(store, views.Filter(kind="engagement")).items[0]
    store.decide(item.id, "correct", "Mai", "it was a call", {"type": "call"})
    e = TALKS.claims[2].evidence[0]
    moved = replace(
        TALKS.claims[2],
        id="e-other",
        evidence=(replace(e, start=e.start + 2, quote=e.quote[2:]),),
    )
    store.add(replace(TALKS, claims=(*TALKS.claims[:2], moved)), coder="hand 2")
    assert [i.review for i in views.find(store, views.Filter(kind="engagement")).items] == ["corrected"]


def test_forgetting_what_is_not_there_says_so(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    with pytest.raises(RecordError, match="no source 'nowhere"):
        store.forget("nowhere.txt")


def test_bytes_come_back_as_they_went_in(tmp_path: Path) -> None:
    store = opened(tmp_path / "r.db")
    raw = Raw("talks.txt", b"\xff\x00 as it came" * 50, "text/plain", "pages/talks.txt")
    store.add(replace(TALKS, document=replace(TALKS.document, digest=raw.digest)), raw)
    assert store.bytes_of(raw.digest) == raw.data
    store.forget("talks.txt")
    assert store.bytes_of(raw.digest) is None


def test_a_failure_is_noted_and_takes_nothing_away(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    before = dump(store)
    store.fail(Raw("bad.bin", b"\x00", "text/plain", "pages/bad.bin"), "pages/bad.bin: binary")
    assert dump(store) == before
    assert [s.reason for s in views.sources(store, state="failed")] == ["pages/bad.bin: binary"]
