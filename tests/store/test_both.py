"""A file and a PostgreSQL database hold one and the same record."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from support import FORUM, KNOWN, PAGES, TALKS, Told, dump, opened, person, place, record, session, told

from communique import exports, views
from communique.errors import CommuniqueError, RecordError, SourceError
from communique.model import Raw
from communique.store import open_store, schema
from communique.views.context import passages

# Names whose order differs from database to database: case, accents, signs, planes.
NAMES = tuple(f"{n}.txt" for n in ("b", "B", "a-b", "a b", "ab", "é", "e", "页", "𠀀", "ﬁ", "_", "10"))


def mixed() -> list[Told]:
    more = [told(name, f"标题{name}", "丁海山发表讲话。", [person("丁海山", "丁海山")]) for name in NAMES]
    return [*PAGES, *more]


def test_the_export_is_the_same_to_the_byte(tmp_path: Path) -> None:
    pages = mixed()
    random.Random(5).shuffle(pages)
    here = record(tmp_path / "r.db", *pages)
    file = open_store(tmp_path / "file.db", known=KNOWN)
    for page in mixed():
        file.add(page)
    for store in (here, file):
        item = views.find(store, views.Filter(kind="engagement", type="talks")).items[0]
        store.decide(item.id, "reject", "Mai", "another meeting")
        store.forget("b.txt")
    clean = [b"\n".join(x for x in dump(s).split(b"\n") if b'"decision"' not in x) for s in (here, file)]
    assert clean[0] == clean[1]
    assert dump(here).count(b'"kind": "decision"') == 1
    file.close()


VIEWS = {
    "facets": views.facets,
    "facets of a state": lambda s: views.facets(s, views.Filter(state="VN")),
    "counts": views.counts,
    "people": lambda s: views.entries_list(s, "person"),
    "engagements": lambda s: views.entries_list(s, "engagement", views.Filter(state="RU"), limit=2, start=1),
    "state": lambda s: views.state(s, "VN"),
    "pair": lambda s: views.pair(s, "VN", "RU"),
    "mechanism": lambda s: views.show(s, "HBF"),
    "person": lambda s: views.show(s, "丁海山"),
    "document": lambda s: views.document(s, "talks.txt"),
    "passages": lambda s: passages(s, views.find(s).items),
    "units": lambda s: views.find_units(s, views.Filter(text="丁海")),
    "units of a state": lambda s: views.find_units(s, views.Filter(since="2020", state="VN")),
}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_gives_what_a_file_gives(tmp_path: Path, view: str) -> None:
    file = open_store(tmp_path / "file.db", known=KNOWN)
    for page in mixed():
        file.add(page)
    assert VIEWS[view](record(tmp_path / "r.db", *reversed(mixed()))) == VIEWS[view](file)
    file.close()


def test_lists_stand_in_one_order(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", *mixed())
    names = [s.source for s in views.sources(store)]
    assert names == sorted(names)
    found = [i.source for i in views.find(store, views.Filter(kind="person"), order="text", limit=100).items]
    assert found == sorted(found)


def test_two_who_read_at_the_same_time_end_in_the_same_record(tmp_path: Path) -> None:
    pages = [told(f"{n:03}.txt", f"第{n}页", "丁海山发表讲话。", [person("丁海山", "丁海山")]) for n in range(30)]

    def work(seed: int) -> None:
        store = open_store(address, known=KNOWN)
        mine = list(pages)
        random.Random(seed).shuffle(mine)
        for page in mine:
            store.add(page)
        store.close()

    address = place(tmp_path / "r.db")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    both, alone = opened(tmp_path / "r.db"), record(tmp_path / "alone.db", *pages)
    assert dump(both) == dump(alone)
    assert views.counts(both).sources == 30
    assert views.counts(both).entries == {"person": 1}


def test_who_looks_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    other = opened(tmp_path / "r.db")
    pieces = exports.pieces(store, "jsonl")
    first = next(pieces)
    other.add(FORUM)
    other.forget("talks.txt")
    assert [first, *pieces] == list(exports.pieces(record(tmp_path / "still.db", TALKS), "jsonl"))


def test_reading_cannot_change_the_record(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    with store.reading() as connection:
        pass
    assert views.counts(store).sources == 1
    assert connection.closed


@pytest.mark.parametrize(
    "name",
    ["x" * 5000, "国" * 3000, " ".join(["Wirtschaftsverteidigung"] * 400)],
    ids=["letters", "characters", "words"],
)
def test_names_without_end_are_kept_and_found(tmp_path: Path, name: str) -> None:
    page = told("long.txt", "页", f"{name} 会见", [person(name, name), session("会见", 3, "2020", "SG", name)])
    store = record(tmp_path / "r.db", page, told("again.txt", "页", f"{name} 会见", [person(name, name)]))
    assert views.counts(store).entries["person"] == 1
    assert views.find(store, views.Filter(text=name, kind="person")).total == 2
    assert views.find_units(store, views.Filter(text=name[:47])).total == (2 if name[0] != "x" else 0)
    assert views.show(store, views.find(store, views.Filter(kind="person")).items[0].entry).what == "person"


def test_a_phrase_is_found_far_into_a_long_text(tmp_path: Path) -> None:
    body = "越南国防部发表讲话。" * 4000 + "海上搜救演练 hai son" + "越南国防部发表讲话。" * 4000
    store = record(tmp_path / "r.db", told("long.txt", "页", body, []))
    for query, found in (("搜救演练", 1), ('"hai son"', 1), ('"son hai"', 0), ("讲话越南", 0), ("部发表讲", 1)):
        assert views.find_units(store, views.Filter(text=query)).total == found, query


@pytest.mark.parametrize("odd", ["\x00", "\ud800"], ids=["zero byte", "half a letter"])
def test_what_a_database_cannot_hold_costs_only_its_source(tmp_path: Path, database: str, odd: str) -> None:
    store = record(tmp_path / "r.db", TALKS)
    before = dump(store)
    page = told("odd.txt", "页", "丁海山？讲话", [person("丁海山", "丁海山")])
    unit = page.document.units[0]
    page = replace(page, document=replace(page.document, units=(replace(unit, text=unit.text.replace("？", odd)),)))
    if database == "sqlite" and odd == "\x00":
        assert store.add(page).state == "added"
        store.forget("odd.txt")
    else:
        with pytest.raises(SourceError, match=r"odd\.txt: "):
            store.add(page)
        store.fail(Raw("odd.txt", b"?", "text/plain", "pages/odd.txt"), "pages/odd.txt: cannot be kept")
    assert dump(store) == before


def test_asking_for_what_no_database_can_hold_finds_nothing(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    for name in ("\x00", "a\x00b"):
        with suppress(CommuniqueError):
            assert views.show(store, name).what == "nothing"
        with suppress(CommuniqueError):
            assert views.find(store, views.Filter(source=name)).total == 0


def test_a_query_without_end_is_refused_in_words(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    with pytest.raises(CommuniqueError, match="too many"):
        views.find(store, views.Filter(text=" ".join(f"w{n}" for n in range(3000))))


def test_a_record_that_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such record"):
        opened(tmp_path / "r.db", create=False)
    with pytest.raises(RecordError, match="no such record"):
        opened(tmp_path / "r.db", create=False)


def test_migrations_end_at_the_head_and_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]
    store = opened(tmp_path / "a.db")
    with store.reading() as c:
        found = inspect(c)
        for table in schema.metadata.sorted_tables:
            assert {x["name"] for x in found.get_columns(table.name)} == {x.name for x in table.columns}, table.name
            assert {x["name"] for x in found.get_indexes(table.name)} == {x.name for x in table.indexes}, table.name
