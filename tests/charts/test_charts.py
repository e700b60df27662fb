"""Charts hold what the record holds, the same as rows, as a picture and from Python; nothing in them runs."""

from __future__ import annotations

import csv
import io
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import vl_convert
from hostile import BAD, HOSTILE
from lxml import etree
from support import PAGES, record, session, told

from communique import charts
from communique.api import Record
from communique.charts import files, maps
from communique.errors import CommuniqueError
from communique.loader.briefs import brief_packs
from communique.store import Store
from communique.views import Filter

TALKS = told(
    "more.txt",
    "会晤",
    "第六届海港论坛将于2023年在俄罗斯举行。2020年越南和新加坡会谈。",
    [
        session("第六届海港论坛将于2023年在俄罗斯举行", 6, "2023", "RU") | {"status": "planned"},
        session("2020年越南和新加坡会谈", None, "2020", "SG")
        | {
            "type": "talks", "mechanism": None,
            "participants": [
                {"name": "VN", "country": "VN", "role": "guest", "level": "minister"},
                {"name": "SG", "country": "SG", "role": "host", "level": "head_of_state"},
            ],
        },
    ],
    published="2021-01-01",
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    made = record(tmp_path_factory.mktemp("charts") / "r.db", *PAGES, TALKS, HOSTILE)
    yield made
    made.close()


def drawn(store: Store, kind: str, *, until: str | None = None, measure: str = "often", **asked: str) -> charts.Picture:
    return charts.picture(store, kind, Filter(**asked), lang="en", until=until, measure=measure)


def test_a_timeline_has_each_happening_once_and_keeps_planned_apart(store: Store) -> None:
    rows = drawn(store, "timeline", state="RU").rows
    assert len({r["entry"] for r in rows}) == len(rows)
    assert [r["first"] for r in rows] == sorted(r["first"] for r in rows)
    (talks,) = [r for r in rows if r["first"] == "2021-07-06"]
    assert talks["reports"] == 2
    (ahead,) = [r for r in rows if r["status"] == "planned"]
    assert ahead["round"] == 6


def test_a_network_counts_who_met_whom_up_to_a_year_and_stays_where_it_is(store: Store) -> None:
    whole, early = drawn(store, "network"), drawn(store, "network", until="2020")
    assert {(r["a"], r["b"]): r["often"] for r in whole.rows} == {("RU", "VN"): 1, ("SG", "VN"): 1}
    assert [(r["a"], r["b"]) for r in early.rows] == [("SG", "VN")]
    assert charts.pictures.places_of(whole) == charts.pictures.places_of(early)


def test_a_matrix_says_how_often_when_last_and_at_which_level(store: Store) -> None:
    (row,) = [r for r in drawn(store, "matrix").rows if r["a"] == "SG"]
    assert (row["often"], row["last_year"], row["level"]) == (1, "2020", "head of state")
    assert row["href"] == "/pair/SG-VN"
    texts = {m: charts.svg(drawn(store, "matrix", measure=m)) for m in charts.MEASURES}
    assert b">2020<" in texts["last"]
    assert b">head of state<" in texts["level"]


def test_years_stand_above_the_reports_that_were_read(store: Store) -> None:
    made = drawn(store, "years", state="VN")
    assert {(r["year"], r["happenings"]) for r in made.rows if r["type"] == "talks"} == {("2020", 1), ("2021", 1)}
    assert {b["year"]: b["reports"] for b in made.beside}["2021"] >= 2
    long = told("old.txt", "题", "第一届海港论坛1901年", [session("第一届海港论坛1901年", 1, "1901", "VN")])
    assert long


def test_places_stand_on_the_map(store: Store) -> None:
    rows = drawn(store, "places").rows
    assert {r["code"] for r in rows} >= {"VN", "SG", "RU"}
    assert all(r["code"] in maps.points() or len(r["code"]) > 2 for r in rows)


@pytest.mark.parametrize("kind", charts.KINDS)
def test_a_picture_runs_nothing_and_leads_only_to_the_desk(store: Store, kind: str) -> None:
    picture = drawn(store, kind)
    root = etree.fromstring(charts.svg(picture))
    assert not root.xpath("//*[local-name()='script' or local-name()='image' or local-name()='foreignObject']")
    assert not root.xpath("//@style | //@onload | //@onclick")
    links = root.xpath("//*[local-name()='a']/@href")
    assert set(links) <= {r["href"] for r in (*picture.rows, *picture.beside) if "href" in r}
    assert links
    assert "\u202e" not in etree.tostring(root, encoding="unicode")
    assert len(root.xpath("//*[local-name()='a'][@aria-label]")) == len(links), "each link says what it is"


@pytest.mark.parametrize("kind", charts.KINDS)
def test_files(store: Store, kind: str) -> None:
    picture = drawn(store, kind)
    assert charts.png(picture).startswith(b"\x89PNG")
    rows = list(csv.DictReader(io.StringIO(charts.table(picture).decode())))
    assert [r["href"] for r in rows] == [r["href"] for r in picture.rows]
    assert charts.svg(picture) == charts.svg(drawn(store, kind))


def test_no_cell_is_a_formula(store: Store) -> None:
    picture = drawn(store, "places")
    row = dict(picture.rows[0]) | {"cities": "=1+1"}
    assert b",'=1+1," in charts.table(
        charts.Picture(**{f: getattr(picture, f) for f in picture.__slots__} | {"rows": (row,)})
    )


@pytest.mark.parametrize(("kind", "lang"), list(zip(charts.KINDS, cycle(brief_packs()), strict=False)))
def test_the_same_from_python_as_on_the_pages(store: Store, kind: str, lang: str) -> None:
    picture = charts.picture(store, kind, Filter(state="VN"), lang=lang)
    chart = Record(store).charts.desk(kind, lang=lang, state="VN")
    assert chart.to_dict() == charts.altair_chart(picture).to_dict()


def test_a_letter_without_a_font_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = charts.picture(store, "places", Filter(), lang="zh")
    files._has_font.cache_clear()
    blank = vl_convert.svg_to_png('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"></svg>')
    monkeypatch.setattr(vl_convert, "svg_to_png", lambda *_, **__: blank)
    with pytest.raises(CommuniqueError, match="no font has the letter"):
        charts.png(picture)
    files._has_font.cache_clear()


@pytest.mark.parametrize(
    ("kind", "asked"), [("pie", {}), ("matrix", {"measure": "loudly"}), ("timeline", {"since": "soon"})]
)
def test_what_cannot_be_drawn_is_said(store: Store, kind: str, asked: dict[str, str]) -> None:
    with pytest.raises(CommuniqueError):
        drawn(store, kind, **asked)


def test_a_search_that_finds_nothing_is_an_empty_chart(store: Store, tmp_path: Path) -> None:
    for kind in charts.KINDS:
        picture = drawn(store, kind, text="nowhere to be found")
        assert not picture.rows
        assert charts.svg(picture)
    assert BAD
