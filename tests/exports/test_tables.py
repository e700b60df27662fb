"""The tables leave whole and alike in every format, and are read by what their users read them with."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from support import PAGES, record, session, told

from communique import exports, views
from communique.errors import CommuniqueError
from communique.exports import _several, parquet
from communique.exports import csv as csv_of
from communique.store import Store
from communique.views import tables
from communique.views.filters import KINDS

pytestmark = pytest.mark.usefixtures("database")

SAMPLED = 3


def items(store: Store, kind: str) -> dict[str, views.Item]:
    """The items of a kind by id, as the record's own queries give them."""
    return {i.id: i for i in views.find(store, views.Filter(kind=kind), limit=10_000).items}


def agrees(row: dict[str, Any], item: views.Item) -> None:
    """A row says what the record says of its item."""
    assert row["quote"] == item.quote
    assert (row["start"], row["end"]) == (item.evidence[0].start, item.evidence[0].end)
    for field in ("source", "title", "lang", "unit", "entry", "rule", "coder", "review"):
        assert row[field] == getattr(item, field)
    for field in ("type", "status", "mechanism", "ordinal", "name", "act", "content", "date", "due", "country"):
        if field in item.values and field in row:
            assert row[field] == item.values[field]


def test_parquet_is_read_by_polars(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    exports.export(store, "parquet", tmp_path / "tables")
    for kind in KINDS:
        frame = pl.read_parquet(tmp_path / "tables" / f"{kind}.parquet")
        told = items(store, kind)
        assert frame.height == len(told)
        assert tuple(frame.columns) == tables.table(kind).names
        for row in frame.head(SAMPLED).to_dicts():
            agrees(row, told[row["id"]])
    talks = pl.read_parquet(tmp_path / "tables" / "engagement.parquet").filter(pl.col("type") == "talks")
    assert {str(d) for d in talks["date_first"]} == {"2021-07-06"}
    people = pl.read_parquet(tmp_path / "tables" / "participant.parquet")
    assert people.height == sum(len(i.values["participants"]) for i in items(store, "engagement").values())
    assert pl.read_parquet(tmp_path / "tables" / "source.parquet")["items"].sum() == store.size()


def test_a_workbook_is_read_by_openpyxl(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    exports.export(store, "xlsx", tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx", read_only=True)
    assert tuple(book.sheetnames) == tables.NAMES
    for kind in KINDS:
        names, *rows = book[kind].iter_rows(values_only=True)
        told = items(store, kind)
        assert len(rows) == len(told)
        for row in rows[:SAMPLED]:
            agrees(dict(zip(names, row, strict=True)), told[str(row[0])])
    book.close()


def test_comma_separated_values_say_the_same_as_parquet(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    exports.export(store, "csv", tmp_path / "csv")
    exports.export(store, "parquet", tmp_path / "parquet")
    for name in tables.NAMES:
        flat = pl.read_csv(tmp_path / "csv" / f"{name}.csv", infer_schema=False)
        whole = pl.read_parquet(tmp_path / "parquet" / f"{name}.parquet")
        assert flat.rows() == whole.cast(pl.String).rows()


def test_several_processes_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = record(tmp_path / "r.db")
    monkeypatch.setattr(_several, "PART", 2)
    monkeypatch.setattr(parquet, "GROUP", 3)
    for name, table in (
        ("csv", "engagement"),
        ("parquet", "engagement"),
        ("parquet", "participant"),
        ("csv", "source"),
    ):
        for asked in (views.Filter(), views.Filter(lang="zh"), views.Filter(state="VN")):
            one, two = (b"".join(exports.pieces(store, name, asked, table=table, jobs=jobs)) for jobs in (1, 2))
            assert one == two


def test_processes_that_begin_after_a_change_do_not_mix_two_states(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    stood = _several._Part(store.address, "before", "engagement", views.Filter(), [1], csv_of._part)
    with pytest.raises(CommuniqueError, match="the record changed"):
        _several._do(stood)


def test_a_table_for_each_kind_of_one_file(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    asked = views.Filter(kind="engagement", state="RU")
    size = exports.export(store, "csv", tmp_path / "vn.csv", asked)
    assert size == (tmp_path / "vn.csv").stat().st_size
    with (tmp_path / "vn.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert [r["id"] for r in rows] == [i.id for i in views.find(store, asked, order="text").items]
    with pytest.raises(CommuniqueError, match="one table to a file"):
        exports.export(store, "csv", tmp_path / "all.csv")
    with pytest.raises(CommuniqueError, match="no table 'persons'"):
        exports.export(store, "csv", tmp_path / "all.csv", table="persons")


FILTERS = (
    {"state": "VN"}, {"state": "VN", "other": "RU"}, {"person": "丁海山"}, {"mechanism": "HBF"}, {"topic": "hadr"},
    {"text": "论坛"}, {"since": "2017", "until": "2020"}, {"type": "talks"}, {"status": "held"}, {"lang": "vi"},
    {"outlet": "desk"}, {"source": "forum.txt"}, {"review": "machine"}, {"kind": "person", "state": "RU"},
)  # fmt: skip


@pytest.mark.parametrize("asked", FILTERS, ids=",".join)
def test_every_filter_of_find_leaves_what_find_finds(tmp_path: Path, asked: dict[str, str]) -> None:
    store = record(tmp_path / "r.db")
    wanted = views.Filter(**asked)
    found = views.find(store, wanted, order="text", limit=1000)
    mine: list[str] = []
    for kind in KINDS:
        data = b"".join(exports.pieces(store, "csv", wanted, table=kind)).decode()
        mine.extend(r["id"] for r in csv.DictReader(io.StringIO(data)))
    assert sorted(mine) == sorted(i.id for i in found.items)
    assert found.total > 0


def test_progress_counts_every_item(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    done: list[int] = []
    list(exports.pieces(store, "csv", table="engagement", step=done.append))
    assert sum(done) == exports.total(store, "csv", table="engagement") == len(items(store, "engagement"))


@pytest.mark.parametrize("name", [n for n in exports.formats() if n != "ftm"])
def test_two_runs_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    """In whatever order the articles came."""
    one, other = record(tmp_path / "a.db"), record(tmp_path / "b.db", *reversed(PAGES))
    for folder, store in (("a", one), ("b", other)):
        exports.export(store, name, tmp_path / folder)
    files = [p for p in (sorted((tmp_path / "a").rglob("*")) or [tmp_path / "a"]) if p.is_file()]
    assert files
    for a in files:
        assert a.read_bytes() == (tmp_path / "b" / a.relative_to(tmp_path / "a")).read_bytes()


@pytest.mark.parametrize("name", [n for n in exports.formats() if n != "ftm"])
def test_an_empty_record_gives_a_file_all_the_same(tmp_path: Path, name: str) -> None:
    store = record(tmp_path / "r.db", told("empty.txt", "空", "无。", []))
    assert exports.export(store, name, tmp_path / "out") >= 0
    assert (tmp_path / "out").exists()


def test_what_would_be_a_formula_is_text(tmp_path: Path) -> None:
    evil = "=HYPERLINK(1)"
    page = told("evil.txt", evil, f"{evil}出席第一届海港论坛", [session(f"{evil}出席第一届海港论坛", 1, "2016", "SG")])
    store = record(tmp_path / "r.db", page)
    exports.export(store, "xlsx", tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    cells = [c for row in book["engagement"].iter_rows() for c in row if c.value and str(c.value).startswith("=")]
    assert cells
    assert all(c.data_type == "s" for c in cells)


def test_fields_without_a_column_stay_in_more(tmp_path: Path) -> None:
    page = told("x.txt", "题", "第一届海港论坛", [{**session("第一届海港论坛", 1, "2016", "SG"), "assets": ["015"]}])
    store = record(tmp_path / "r.db", page)
    (row,) = tables.rows(store, "engagement")
    assert dict(zip(tables.table("engagement").names, row, strict=True))["more"] == '{"assets":["015"]}'
