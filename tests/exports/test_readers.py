"""Every format is opened by a reader that we did not write, and what it finds agrees with the record."""

from __future__ import annotations

import csv
import datetime as dt
import json
import warnings
from pathlib import Path
from typing import Any

import bibtexparser
import networkx as nx
import pytest
from conftest import _missing
from icalendar import Calendar
from pyld import jsonld
from support import record, session, told

from communique import exports, views
from communique.errors import CommuniqueError
from communique.exports import _events
from communique.loader.packs import load
from communique.store import Store
from communique.views.happenings import happenings

pytestmark = pytest.mark.usefixtures("database")

SAMPLED = 3
PROV = "http://www.w3.org/ns/prov#"


def exported(tmp_path: Path, name: str, *pages: Any, **chosen: str) -> tuple[Store, Path]:
    store = record(tmp_path / "r.db", *pages)
    exports.export(store, name, tmp_path / f"r.{name}", **chosen)
    return store, tmp_path / f"r.{name}"


def things(store: Store, kind: str = "engagement") -> dict[str, views.Item]:
    """One item for each thing of a kind, by the thing's id."""
    return {i.entry: i for i in views.find(store, views.Filter(kind=kind), limit=10_000).items}


# --- graphs ---------------------------------------------------------------------------------------------------------


def meetings(store: Store) -> dict[frozenset[str], int]:
    """How often two states met, from the record's own entries."""
    out: dict[frozenset[str], int] = {}
    for id_ in things(store):
        entry = views.entry(store, id_)
        assert entry is not None
        states = {p["country"] for p in entry.best("participants")}
        for a in states:
            for b in states:
                if a < b:
                    out[frozenset((a, b))] = out.get(frozenset((a, b)), 0) + 1
    return out


@pytest.mark.parametrize(("name", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_a_graph_is_read_by_networkx(tmp_path: Path, name: str, read: Any) -> None:
    store, path = exported(tmp_path, name)
    graph = read(path)
    expected = meetings(store)
    assert {frozenset((a, b)): int(w) for a, b, w in graph.edges(data="weight")} == expected
    assert graph.nodes["VN"]["label"] == "Vietnam"
    edge = graph.edges["RU", "VN"]
    assert (edge.get("first") or edge["start"]) == "2021-07-06"
    assert edge["types"] == "talks 1"
    assert edge["tellings"] == 2


@pytest.mark.parametrize("nodes", ["persons", "mechanisms"])
def test_nodes_may_be_persons_or_mechanisms(tmp_path: Path, nodes: str) -> None:
    store, path = exported(tmp_path, "graphml", nodes=nodes)
    graph = nx.read_graphml(path)
    kinds = {d["kind"] for _, d in graph.nodes(data=True)}
    if nodes == "persons":
        assert kinds == {"person"}
        persons = things(store, "person")
        (pair,) = graph.edges
        assert {persons[x].values["name"] for x in pair} == {"丁海山", "伊万·彼得罗夫"}
    else:
        assert kinds == {"mechanism", "state"}
        assert {graph.nodes[x]["kind"] for e in graph.edges for x in e} == {"mechanism", "state"}
    with pytest.raises(CommuniqueError, match="no nodes 'ships'"):
        exports.export(store, "graphml", tmp_path / "x", nodes="ships")
    with pytest.raises(CommuniqueError, match="csv has no nodes"):
        exports.export(store, "csv", tmp_path / "x.csv", table="person", nodes="states")


# --- a calendar -----------------------------------------------------------------------------------------------------


def test_a_calendar_is_read_by_icalendar(tmp_path: Path) -> None:
    store, path = exported(tmp_path, "ics")
    events = list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))
    dated = {id_: i for id_, i in things(store).items() if len(i.values.get("date") or "") == 10}
    assert {str(e["uid"]) for e in events} == {f"{id_}@communique" for id_ in dated}
    for e in events[:SAMPLED]:
        item = dated[str(e["uid"]).split("@")[0]]
        assert e.decoded("dtstart") == dt.date.fromisoformat(item.values["date"])
        assert item.quote in str(e["description"]) or len(things(store)) < len(views.find(store).items)
    (talks,) = [e for e in events if e["categories"].cats[0] == "talks"]
    assert "越南国防部部长丁海山在河内会见" in str(talks["description"])
    assert talks.decoded("dtend") == dt.date(2021, 7, 7)


def test_a_day_that_no_calendar_has_is_left_out(tmp_path: Path) -> None:
    page = told("x.txt", "题", "第一届海港论坛", [session("第一届海港论坛", 1, "2021-02-31", "SG")])
    _, path = exported(tmp_path, "ics", page)
    assert list(Calendar.from_ical(path.read_bytes()).walk("VEVENT")) == []


# --- the sources ----------------------------------------------------------------------------------------------------


def test_sources_are_read_by_bibtexparser(tmp_path: Path) -> None:
    page = told(
        "x.txt",
        "50% off_{a} & \\b",
        "第一届海港论坛",
        [session("第一届海港论坛", 1, "2016", "SG")],
        published="2016-05",
    )
    store, path = exported(tmp_path, "bibtex", page)
    library = bibtexparser.parse_string(path.read_text("utf-8"))
    assert not library.failed_blocks
    (work,) = library.entries
    assert work.fields_dict["title"].value == "{50\\% off\\_\\{a\\} \\& \\textbackslash{}b}"
    assert work.fields_dict["date"].value == "2016-05"
    assert views.find(store).items[0].unit in work.key


def test_sources_are_cited_by_a_citation_processor(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        store, path = exported(tmp_path, "csl")
        works = json.loads(path.read_text("utf-8"))
        assert len(works) == views.counts(store).units
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        made = CitationStylesBibliography(style, CiteProcJSON(works), formatter.plain)
        for work in works:
            made.register(Citation([CitationItem(work["id"])]))
        lines = [str(x) for x in made.bibliography()]
    for unit in {i.unit: i for i in views.find(store).items}.values():
        assert any(unit.title in line for line in lines)
    assert any("2021" in line for line in lines)


# --- events ---------------------------------------------------------------------------------------------------------


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_plover_events_have_the_columns_of_polecat(tmp_path: Path) -> None:
    store, path = exported(tmp_path, "plover")
    found = rows(path)
    # The one commitment has no day, and neither has its article: an event has one.
    assert {r["Event ID"] for r in found} == set(things(store))
    (talks,) = [r for r in found if r["Event Date"] == "2021-07-06"]
    assert (talks["Event Type"], talks["Quad Code"]) == ("CONSULT", "Q1 - VERBAL COOPERATION")
    assert set(talks["Actor Name Raw"].split("; ")) <= {"丁海山", "伊万·彼得罗夫"}
    assert things(store)[talks["Event ID"]].values["type"] == "talks"
    assert {r["Event Type"] for r in found} == {"CONSULT"}
    assert all(None not in r and None not in r.values() for r in found)


def test_cameo_events_come_in_pairs(tmp_path: Path) -> None:
    store, path = exported(tmp_path, "cameo")
    found = rows(path)
    talks = [r for r in found if r["Event Date"] == "2021-07-06" and r["CAMEO Code"] in ("040", "042", "043")]
    assert len(talks) == 2
    assert {(r["Source Country"], r["Target Country"]) for r in talks} == {("Vietnam", "Russia"), ("Russia", "Vietnam")}
    assert {r["Event ID"].split("-")[0] for r in found} <= set(things(store)) | set(things(store, "commitment"))


@pytest.mark.parametrize("name", ["plover", "cameo"])
def test_event_packs_do_as_their_cases_say(name: str) -> None:
    rules = _events.pack(name)
    for case in rules.cases:
        made = _events.event(rules, case.item)
        assert (made and made.rule.event) == case.event, case.item
        if made:
            assert tuple(a.raw for a in made.actors) == case.actors
            assert tuple(a.raw for a in made.recipients) == case.recipients
            assert case.mode is None or made.rule.mode == case.mode
    named = {r.event for r in rules.rules if r.event} | {r.back for r in rules.rules if r.back}
    assert named == set(rules.scores) == set(rules.labels)
    assert load().events


def test_what_a_person_rejected_is_no_event(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    before = sum(1 for _ in happenings(store))
    item = views.find(store, views.Filter(kind="engagement", mechanism="HBF", since="2021")).items[0]
    store.decide(item.id, "reject", "Mai", "not held")
    assert sum(1 for _ in happenings(store)) == before - 1
    assert sum(1 for _ in happenings(store, views.Filter(review="rejected"))) == 1


# --- graphs of things -----------------------------------------------------------------------------------------------


def test_provenance_is_read_by_a_json_ld_processor(tmp_path: Path) -> None:
    store, path = exported(tmp_path, "prov")
    store.decide(views.find(store).items[0].id, "accept", "Mai Lê", "as printed")
    exports.export(store, "prov", path)
    nodes = {n["@id"]: n for n in jsonld.flatten(json.loads(path.read_text("utf-8")))}
    items = {i.id: i for i in views.find(store, limit=1000).items}
    mine = [n for id_, n in nodes.items() if id_.startswith("urn:communique:item:")]
    assert len(mine) == len(items)
    for node in mine[:SAMPLED]:
        item = items[node["@id"].rsplit(":", 1)[1]]
        assert node[f"{PROV}value"][0]["@value"] == item.quote
        (unit,) = node[f"{PROV}wasDerivedFrom"]
        assert unit["@id"].endswith(item.unit)
        source = nodes[nodes[unit["@id"]][f"{PROV}wasDerivedFrom"][0]["@id"]]
        assert len(source["urn:communique:term:sha256"][0]["@value"]) == 64
        coding = nodes[node[f"{PROV}wasGeneratedBy"][0]["@id"]]
        assert f"{PROV}used" in coding
        assert f"{PROV}wasAssociatedWith" in coding
    (decision,) = [n for id_, n in nodes.items() if id_.startswith("urn:communique:decision:")]
    assert decision["urn:communique:term:action"][0]["@value"] == "accept"
    every = {x["@id"] for n in nodes.values() for k in n if k.startswith(PROV) for x in n[k] if "@id" in x}
    assert not {i for i in every if i.startswith("urn:") and ":entry:" not in i} - set(nodes)


def test_entities_are_read_by_followthemoney(tmp_path: Path) -> None:
    try:
        from followthemoney import model
    except ImportError:
        _missing("followthemoney", "make ftm (it builds PyICU: apt-get install libicu-dev pkg-config g++)")
        raise AssertionError from None
    store, path = exported(tmp_path, "ftm")
    found = [model.get_proxy(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    by_schema: dict[str, list[Any]] = {}
    for entity in found:
        entity.schema.validate(entity.to_dict())
        by_schema.setdefault(entity.schema.name, []).append(entity)
    assert len(by_schema["Event"]) == len(things(store))
    assert len(by_schema["Person"]) == len(things(store, "person"))
    assert len(by_schema["Article"]) == views.counts(store).units
    ids = {e.id for e in found}
    for event in by_schema["Event"][:SAMPLED]:
        entry = views.entry(store, event.id)
        assert entry is not None
        assert event.get("startDate") == [entry.best("date")]
        assert set(event.get("proof")) <= ids
    (talks,) = [e for e in by_schema["Event"] if "2021-07-06" in e.get("startDate")]
    assert len(set(talks.get("involved")) | set(talks.get("organizer"))) == 2
    assert set(talks.get("involved")) <= ids


def test_without_its_library_a_format_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = record(tmp_path / "r.db")
    for name, library in (("parquet", "pyarrow"), ("ftm", "followthemoney")):
        monkeypatch.setitem(__import__("sys").modules, library, None)
        with pytest.raises(CommuniqueError, match=rf"pip install 'communique\[{name}\]'"):
            exports.export(store, name, tmp_path / name)
