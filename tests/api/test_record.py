"""The record from Python: rows, data frames, charts."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import altair
import pandas as pd
import polars as pl
import pytest
import vl_convert
from support import FORUM, TALKS, place, record

import communique
from communique import views
from communique.api import Record
from communique.errors import CommuniqueError
from communique.views.tables import NAMES


@pytest.fixture
def made(tmp_path: Path) -> Record:
    return Record(record(tmp_path / "r.db"))


def test_it_is_opened_by_its_path(tmp_path: Path) -> None:
    record(tmp_path / "r.db", FORUM)
    with communique.open(place(tmp_path / "r.db")) as opened:
        assert opened.counts().items["engagement"] == 3
        assert opened.find(kind="commitment").total == 1
    with pytest.raises(CommuniqueError, match="no such record"):
        communique.open(tmp_path / "none.db")


def test_pages_are_read_and_what_fails_is_told(tmp_path: Path, demo_pages: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with communique.open(tmp_path / "r.db", create=True) as opened:
        (failed,) = opened.read(demo_pages / "01-admm-15.txt", tmp_path / "empty.txt")
        assert "empty.txt" in failed
        assert opened.find(kind="engagement").total > 0


@pytest.mark.parametrize("table", NAMES)
def test_rows_and_frames_are_the_same(made: Record, table: str) -> None:
    rows = list(made.rows(table))
    polars, pandas = made.rows(table).to_polars(), made.rows(table).to_pandas()
    names = [c.name for c in made.rows(table).columns]
    assert polars.columns == list(pandas.columns) == names
    assert len(rows) == len(polars) == len(pandas)
    days = [c.name for c in made.rows(table).columns if c.type == "day"]
    for row, line in zip(rows, polars.iter_rows(named=True), strict=True):
        assert {n: (v.isoformat() if n in days and v else v) for n, v in line.items()} == row


def test_frames_have_days_and_numbers(made: Record) -> None:
    rows = made.rows("engagement", state="VN", type="talks")
    first = rows.to_polars().sort("id")["date_first"]
    assert first.dtype == pl.Date
    assert set(first) == {dt.date(2021, 7, 6)}
    frame = made.rows("engagement").to_pandas()
    assert frame["ordinal"].dtype == pd.Int64Dtype()
    assert set(frame["ordinal"].dropna()) == {1, 2, 5}
    assert str(frame["date_first"].dtype).startswith("datetime64")


def test_no_such_table_or_filter(made: Record) -> None:
    with pytest.raises(CommuniqueError, match="no table 'ship'"):
        made.rows("ship")
    with pytest.raises(TypeError):
        made.rows("person", colour="blue")


CHARTS = {
    "by_year": lambda c: c.by_year(),
    "who_met_whom": lambda c: c.who_met_whom(),
    "rounds": lambda c: c.rounds("HBF"),
    "coverage": lambda c: c.coverage(),
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("pages", [(), (TALKS,)], ids=["all", "few"])
def test_charts_are_drawn(tmp_path: Path, name: str, pages: tuple[Any, ...]) -> None:
    chart = CHARTS[name](Record(record(tmp_path / "r.db", *pages)).charts)
    assert isinstance(chart, altair.Chart)
    assert vl_convert.vegalite_to_svg(chart.to_json()).startswith("<svg")


def values(chart: altair.Chart) -> list[dict[str, Any]]:
    (data,) = json.loads(chart.to_json())["datasets"].values()
    return list(data)


def test_a_chart_counts_happenings_once(made: Record) -> None:
    things = {i.entry for i in views.find(made.store, views.Filter(kind="engagement"), limit=100).items}
    assert sum(v["happenings"] for v in values(made.charts.by_year())) == len(things)
    met = {(v["one"], v["other"]): v["happenings"] for v in values(made.charts.who_met_whom())}
    assert met["Vietnam", "Russia"] == met["Russia", "Vietnam"] == 1
    assert [v["number"] for v in values(made.charts.rounds("HBF"))] == [1, 2, 5]
    assert sum(v["items"] for v in values(made.charts.coverage())) == made.store.size()


def test_a_release_is_made_and_verified(made: Record, tmp_path: Path) -> None:
    assert made.release(tmp_path / "out", kind="engagement") > 0
    assert made.verify(tmp_path / "out") == []


def test_a_sheet_is_brought(made: Record, tmp_path: Path) -> None:
    (tmp_path / "person.csv").write_text("name,quote\nAn,An said\n")
    assert made.bring(tmp_path / "person.csv", "Mai").added == 1
