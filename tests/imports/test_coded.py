"""Sheets that people coded by hand."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from support import TALKS, record

from communique import exports, views
from communique.errors import CommuniqueError
from communique.imports import Brought, bring

pytestmark = pytest.mark.usefixtures("database")

HEADER = (
    "type", "status", "date", "place_country", "place_city", "participants", "mechanism", "ordinal", "topics", "quote",
    "source", "url", "title", "outlet", "published", "Confidence",
)  # fmt: skip
ROW = (
    "talks", "held", "2021-07-06", "VN", "河内", "丁海山 (VN, host); Ivan Petrov (Russia, guest)", "", "", "hadr",
    "丁海山在河内会见俄罗斯客人", "VNA 6 July", "https://news.example/1", "两国会谈", "desk", "2021-07-06", "high",
)  # fmt: skip


def sheet(path: Path, *rows: Sequence[object], header: Sequence[str] = HEADER, sign: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as f:
        csv.writer(f, delimiter=sign).writerows([header, *rows])
    return path


def brought(tmp_path: Path, *rows: Sequence[object], **more: str) -> tuple[views.Page, Brought]:
    store = record(tmp_path / "r.db", TALKS)
    done = bring(store, sheet(tmp_path / "codings.csv", *rows, **more), "Mai Lê")
    return views.find(store, views.Filter(source="codings.csv"), order="text"), done


def test_a_row_is_a_claim_of_a_person_with_its_provenance(tmp_path: Path) -> None:
    page, done = brought(tmp_path, ROW)
    (item,) = page.items
    assert (done.rows, done.added, done.amiss, done.own) == (1, 1, (), ("Confidence",))
    assert (item.kind, item.type, item.coder, item.review, item.rule) == (
        "engagement", "talks", "Mai Lê", "accepted", "import/row 2",
    )  # fmt: skip
    assert item.quote == ROW[9]
    assert (item.title, item.url, item.outlet, item.published) == ROW[12:13] + ROW[11:12] + ROW[13:15]
    assert item.values["place"] == {"country": "VN", "city": "河内"}
    assert item.values["participants"] == [
        {"name": "丁海山", "country": "VN", "role": "host"},
        {"name": "Ivan Petrov", "country": "RU", "role": "guest"},
    ]
    assert item.values["topics"] == ["hadr"]
    assert item.values["own"] == {"Confidence": "high", "source": "VNA 6 July"}


def test_what_was_coded_by_hand_joins_what_was_read(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    read = views.find(store, views.Filter(kind="person", person="丁海山")).items[0]
    names = ("name", "country", "offices", "quote")
    path = sheet(tmp_path / "person.csv", ("丁海山", "Việt Nam", "国防部部长; 大将", "丁海山部长"), header=names)
    assert bring(store, path, "Mai").added == 1
    entry = views.entry(store, read.entry)
    assert entry is not None
    assert {t.item.coder for t in entry.tellings} == {"hand 1", "Mai"}
    assert views.find(store, views.Filter(source="person.csv")).items[0].values["offices"] == ["国防部部长", "大将"]


def test_twice_changes_nothing_and_another_version_takes_its_place(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    path = sheet(tmp_path / "c.csv", ROW, (*ROW[:9], "another quote", *ROW[10:]))
    bring(store, path, "Mai")
    before = b"".join(exports.pieces(store, "jsonl"))
    bring(store, path, "Mai")
    assert b"".join(exports.pieces(store, "jsonl")) == before
    sheet(path, ROW, (*ROW[:9], "a third quote", *ROW[10:]))
    bring(store, path, "Mai")
    found = views.find(store, views.Filter(source="c.csv"), order="text").items
    assert sorted(i.quote for i in found) == sorted([ROW[9], "a third quote"])
    assert store.forget("c.csv").claims == 2


def test_a_row_without_a_quote_is_its_own_evidence(tmp_path: Path) -> None:
    page, _ = brought(tmp_path, ("visit", "VN; Russia", "2020"), header=("type", "states", "date"))
    (item,) = page.items
    assert item.quote == "type: visit\ndate: 2020\nstates: VN; Russia"
    assert [p["country"] for p in item.values["participants"]] == ["VN", "RU"]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("type", "", "is empty"),
        ("type", "tallks", "perhaps talks"),
        ("status", "done", "no word of the codebook"),
        ("date", "6/7/2021", "is no date"),
        ("date", "2021-02-31", "no calendar has the day"),
        ("date", "last week", "is no date"),
        ("place_country", "QX", "no country has the code"),
        ("participants", "丁海山 (VN, boss)", "'boss' is no role"),
        ("ordinal", "fifth", "no whole number"),
        ("topics", "hadr; weather", "'weather' is no word"),
        ("url", "javascript:alert(1)", "is no address"),
        ("published", "July", "is no date"),
        ("quote", "x" * 100_001, "more than 100,000 letters"),
        ("Confidence", "hi\x00gh", "no letter"),
    ],
)
def test_a_cell_that_is_wrong_is_named(tmp_path: Path, column: str, cell: str, said: str) -> None:
    bad = list(ROW)
    bad[HEADER.index(column)] = cell
    page, done = brought(tmp_path, ROW, bad)
    (amiss,) = done.amiss
    assert (amiss.row, amiss.column) == (3, column)
    assert said in str(amiss)
    assert str(amiss).startswith(f"{tmp_path / 'codings.csv'}: row 3, column {column}: ")
    assert page.total == 1


def test_two_hundred_errors_in_ten_thousand_rows_are_named_and_the_rest_taken(tmp_path: Path) -> None:
    names = ("name", "country", "quote")
    rows = [(f"Person {n}", "VN", f"Person {n} of the harbour") for n in range(10_000)]
    wrong = {n * 47 + 3: n % 2 for n in range(200)}
    for n, empty in wrong.items():
        rows[n] = ("", "VN", rows[n][2]) if empty else (rows[n][0], "QX", rows[n][2])
    page, done = brought(tmp_path, *rows, header=names)
    assert {(a.row, a.column) for a in done.amiss} == {(n + 2, "name" if e else "country") for n, e in wrong.items()}
    assert len(done.amiss) == 200
    assert (done.rows, done.added, page.total) == (10_000, 9_800, 9_800)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_form_of_csv(tmp_path: Path, sign: str, coding: str) -> None:
    path = sheet(tmp_path / "c.csv", ROW, sign=sign)
    path.write_text(path.read_text("utf-8"), encoding=coding)
    store = record(tmp_path / "r.db", TALKS)
    assert bring(store, path, "Mai").added == 1
    assert views.find(store, views.Filter(source="c.csv")).items[0].quote == ROW[9]


def test_a_workbook_with_days_and_numbers_as_excel_keeps_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Engagements"
    book.active.append(["Type", "Date", "Ordinal", "Claimed first", "Quote"])
    book.active.append(["Session", dt.date(2016, 5, 25), 10.0, True, "the tenth session"])
    book.create_sheet("person").append(["name", "quote"])
    book["person"].append(["An Bình", "An Bình said"])
    book["person"].append([None, "nobody"])
    book.save(tmp_path / "c.xlsx")
    store = record(tmp_path / "r.db", TALKS)
    done = bring(store, tmp_path / "c.xlsx", "Mai")
    assert (done.rows, done.added) == (3, 2)
    assert str(done.amiss[0]).startswith(f"{tmp_path / 'c.xlsx'}: sheet person: row 3, column name: is empty. ")
    values = views.find(store, views.Filter(source="c.xlsx", kind="engagement")).items[0].values
    assert (values["type"], values["date"], values["ordinal"], values["claimed_first"]) == (
        "session", "2016-05-25", 10, True,
    )  # fmt: skip


def test_check_changes_nothing(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    before = b"".join(exports.pieces(store, "jsonl"))
    done = bring(store, sheet(tmp_path / "c.csv", ROW), "Mai", check=True)
    assert done.added == 1
    assert b"".join(exports.pieces(store, "jsonl")) == before


def test_a_column_that_is_nearly_one_of_the_codebook_is_mentioned(tmp_path: Path) -> None:
    _, done = brought(tmp_path, (*ROW, "x"), header=(*HEADER, "claimed_frist"))
    assert done.notes == ("column 'claimed_frist' is taken as your own; 'claimed_first' is the codebook's",)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("c.csv", b"", "has no rows"),
        ("c.csv", b"name\xff,x\n", "is not UTF-8"),
        ("c.csv", b"x,y,z\n1,2,3\n", "cannot tell what its rows are"),
        ("c.csv", b"type,type,date\n1,2,3\n", "has the column 'type' 2 times"),
        ("person.csv", b"latin,country\nA,VN\n", "has no column name"),
        ("c.ods", b"x", "is no spreadsheet"),
        ("c.xlsx", b"PK\x03\x04 no workbook", "is no workbook"),
    ],
)
def test_what_is_no_sheet_is_told_in_one_line(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    store = record(tmp_path / "r.db", TALKS)
    with pytest.raises(CommuniqueError, match=said):
        bring(store, tmp_path / name, "Mai")
    with pytest.raises(CommuniqueError, match="cannot be read"):
        bring(store, tmp_path / f"none{Path(name).suffix.replace('.ods', '.csv')}", "Mai")


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.imports._sheets.UNPACKED", 1000)
    book = openpyxl.Workbook()
    book.active.append(["name"])
    book.save(tmp_path / "c.xlsx")
    with pytest.raises(CommuniqueError, match="unpacks to more"):
        bring(record(tmp_path / "r.db", TALKS), tmp_path / "c.xlsx", "Mai")
