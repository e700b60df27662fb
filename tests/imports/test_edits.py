"""An export that was edited in a spreadsheet comes back: only the cells that were edited change, as decisions."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support import place, record
from typer.testing import CliRunner

from communique import exports, views
from communique.cli import app
from communique.imports import bring
from communique.store import Store

pytestmark = pytest.mark.usefixtures("database")

Rows = list[dict[str, str]]


def everything(store: Store) -> bytes:
    return b"".join(exports.pieces(store, "jsonl"))


def edited(store: Store, path: Path, change: Callable[[Rows], Any], kind: str = "engagement") -> Path:
    """Export a table as CSV, change it as a person would, and save it again."""
    exports.export(store, "csv", path, views.Filter(kind=kind))
    with path.open(encoding="utf-8", newline="") as f:
        reader = csv.DictReader(f)
        rows, names = list(reader), list(reader.fieldnames or ())
    change(rows)
    names += [n for r in rows for n in r if n not in names]
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, list(dict.fromkeys(names)))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("kind", views.filters.KINDS)
def test_what_was_not_edited_changes_nothing(tmp_path: Path, kind: str) -> None:
    store = record(tmp_path / "r.db")
    before = everything(store)
    path = edited(store, tmp_path / f"{kind}.csv", lambda rows: None, kind)
    rows = views.counts(store).items.get(kind, 0)
    done = bring(store, path, "Mai")
    assert (done.rows, done.same, done.edited, done.amiss) == (rows, rows, 0, ())
    assert everything(store) == before


def test_only_the_edited_cells_change_as_decisions(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    before = everything(store)

    def change(rows: Rows) -> None:
        (row,) = [r for r in rows if r["date"] == "2017-03"]
        row["date"] = "2017-03-04"
        row["place_city"] = "岘港"
        rows[0]["review"] = "accepted"

    path = edited(store, tmp_path / "vn.csv", change)
    done = bring(store, path, "Mai", reason="the archive says so")
    assert (done.edited, done.fields, done.amiss) == (2, 3, ())
    (item,) = views.find(store, views.Filter(kind="engagement", review="corrected")).items
    assert item.values["date"] == "2017-03-04"
    assert item.values["place"] == {"country": "VN", "city": "岘港"}
    assert item.values["date_text"] == "2017-03"
    (decision,) = views.history(store, item)
    assert (decision.who, decision.action, decision.reason) == ("Mai", "correct", "the archive says so")
    assert set(decision.values) == {"date", "place"}
    assert views.find(store, views.Filter(review="accepted")).total == 1
    again = bring(store, path, "Mai")
    assert (again.edited, again.same) == (0, done.rows)
    for id_ in done.decisions:
        store.undo(id_, "Mai")
    assert everything(store) == before


def test_participants_keep_what_no_cell_shows(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    item = views.find(store, views.Filter(kind="engagement", type="talks", source="talks.txt")).items[0]
    told = [{**p, "capacity": "部长"} for p in item.values["participants"]]
    store.decide(item.id, "correct", "An", "", {"participants": told})

    def change(rows: Rows) -> None:
        row = next(r for r in rows if r["id"] == item.id)
        row["participants"] = row["participants"].replace("VN, host", "VN, chair")

    assert bring(store, edited(store, tmp_path / "e.csv", change), "Mai").fields == 1
    now = views.claim(store, item.id)
    assert now is not None
    assert [p["role"] for p in now.values["participants"]] == ["chair", "guest"]
    assert [p["capacity"] for p in now.values["participants"]] == ["部长", "部长"]


def test_a_workbook_is_edited_and_a_row_added(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    path = tmp_path / "all.xlsx"
    exports.export(store, "xlsx", path)
    book = openpyxl.load_workbook(path)
    sheet = book["person"]
    names = [c.value for c in sheet[1]]
    sheet.cell(2, names.index("rank") + 1, "大将")
    sheet.cell(1, len(names) + 1, "my note")
    sheet.cell(3, len(names) + 1, "ask An")
    sheet.append(["" if n != "name" else "陈氏花" for n in names])
    book.save(path)
    done = bring(store, path, "Mai")
    assert (done.added, done.edited, done.amiss, done.own) == (1, 2, (), ("my note",))
    assert [n for n in done.notes if "participant" in n]
    people = views.find(store, views.Filter(kind="person"), order="text", limit=100).items
    assert [i.values["rank"] for i in people if i.review == "corrected" and i.values.get("rank")] == ["大将"]
    assert [i.values["own"] for i in people if i.values.get("own")] == [{"my note": "ask An"}]
    assert [i.source for i in people if i.values["name"] == "陈氏花"] == ["all.xlsx"]


def test_a_row_that_was_added_stays_when_more_are_added_to_the_next_export(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    new = {"name": "陈氏花", "country": "VN", "quote": "陈氏花部长"}
    path = tmp_path / "p.csv"
    bring(store, edited(store, path, lambda rows: rows.append(new), "person"), "Mai")
    bring(store, edited(store, path, lambda rows: rows.append({**new, "name": "陈氏梅"}), "person"), "Mai")
    found = views.find(store, views.Filter(source="p.csv"), order="text").items
    assert {i.values["name"] for i in found} == {"陈氏花", "陈氏梅"}


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("quote", "other words", "is told by the text"),
        ("date_first", "2017-03-09", "is told by the text, or by other columns"),
        ("states", "CN", "is told by the text, or by other columns"),
        ("type", "", "is empty"),
        ("type", "dinner", "no word of the codebook"),
        ("id", "e0123456789abcdef0123", "the record has no engagement"),
        ("review", "maybe", "cannot be typed"),
    ],
)
def test_a_cell_that_cannot_be_edited_is_named_and_its_row_left(
    tmp_path: Path, column: str, cell: str, said: str
) -> None:
    store = record(tmp_path / "r.db")
    before = everything(store)

    def change(rows: Rows) -> None:
        rows[1][column] = cell
        rows[1]["place_city"] = "岘港"

    done = bring(store, edited(store, tmp_path / "e.csv", change), "Mai")
    assert [(a.row, a.column) for a in done.amiss] == [(3, column)]
    assert said in str(done.amiss[0])
    assert everything(store) == before


def test_what_somebody_corrected_since_is_not_turned_back(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    path = edited(store, tmp_path / "e.csv", lambda rows: None)
    item = views.find(store, views.Filter(kind="engagement", type="talks")).items[0]
    store.decide(item.id, "correct", "An", "", {"date": "2021-07-05"})
    done = bring(store, path, "Mai")
    assert {a.column for a in done.amiss} == {"date"}
    assert "was corrected since to '2021-07-05'" in str(done.amiss[0])
    now = views.claim(store, item.id)
    assert now is not None
    assert now.values["date"] == "2021-07-05"


def test_a_copied_row_with_its_id_is_named(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    done = bring(store, edited(store, tmp_path / "e.csv", lambda rows: rows.append(dict(rows[0]))), "Mai")
    assert [(a.column, a.what) for a in done.amiss] == [("id", "stands in row 2 too")]


@pytest.mark.parametrize("form", ["{d}/{m}/{y}", "{m}/{d}/{y}", "{d}.{m}.{y}"])
def test_days_that_a_spreadsheet_program_wrote_in_its_own_way_are_no_edits(tmp_path: Path, form: str) -> None:
    store = record(tmp_path / "r.db")

    def change(rows: Rows) -> None:
        for row in rows:
            for name, cell in row.items():
                if len(cell) == 10 and cell[4] == cell[7] == "-":
                    y, m, d = cell.split("-")
                    row[name] = form.format(y=y, m=int(m), d=int(d))
            row["claimed_first"] = row["claimed_first"].upper()

    done = bring(store, edited(store, tmp_path / "e.csv", change), "Mai")
    assert (done.edited, done.amiss) == (0, ())


def test_at_the_command_line(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    path = edited(store, tmp_path / "e.csv", lambda rows: rows[0].update(type="dinner"))
    at = ["import", str(path), "--who", "Mai", "--record", place(tmp_path / "r.db")]
    done = CliRunner().invoke(app, [*at, "--check"])
    assert done.exit_code == 3
    assert f"failed: {path}: row 2, column type: 'dinner' is no word of the codebook." in done.stderr
    assert "nothing was changed" in done.stderr
    assert CliRunner().invoke(app, ["import", str(path), "--who", " "]).exception is not None
