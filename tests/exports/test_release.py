"""A release is a dataset that others can open, cite and make again."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from support import FORUM, TALKS, record, session, told

from communique import exports, views
from communique.errors import CommuniqueError
from communique.exports import About
from communique.views.filters import KINDS

pytestmark = pytest.mark.usefixtures("database")

ABOUT = About(title="Harbour rounds: 2016–2021", authors=("Mai Lê", "A & B"), date="2026-05-01")


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_frictionless_finds_it_valid(tmp_path: Path) -> None:
    from frictionless import Package, system

    store = record(tmp_path / "r.db")
    exports.release(store, tmp_path / "out", ABOUT)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    made = Package(str(tmp_path / "out" / "datapackage.json"))
    held = views.counts(store)
    for kind in KINDS:
        rows = made.get_resource(kind).read_rows()
        assert len(rows) == held.items.get(kind, 0)
        for row in rows[:3]:
            item = views.claim(store, row["id"])
            assert item is not None
            assert (row["quote"], row["entry"]) == (item.quote, item.entry)
    assert all(f.description for r in made.resources for f in r.schema.fields)
    assert sum(r["items"] for r in made.get_resource("coverage").read_rows()) == store.size()
    assert {r["sha256"] for r in made.get_resource("input").read_rows()} == {s.digest for s in views.sources(store)}


def test_twice_gives_the_same_bytes_in_whatever_order_pages_came(tmp_path: Path) -> None:
    one, other = record(tmp_path / "a.db", FORUM, TALKS), record(tmp_path / "b.db", TALKS, FORUM)
    exports.release(one, tmp_path / "a", ABOUT)
    exports.release(other, tmp_path / "b", ABOUT)
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert exports.verify(tmp_path / "a", other) == []


@pytest.mark.parametrize("name", ["data/engagement.csv", "datapackage.json", "README.md", "SHA256SUMS", "codebook.md"])
def test_one_changed_byte_is_found(tmp_path: Path, name: str) -> None:
    store = record(tmp_path / "r.db")
    exports.release(store, tmp_path / "out", ABOUT)
    path = tmp_path / "out" / name
    data = bytearray(path.read_bytes())
    at = data.index(b"e", len(data) // 2)
    data[at] = ord("f")
    path.write_bytes(data)
    assert any(line.startswith(f"{name}: ") or name == "SHA256SUMS" for line in exports.verify(tmp_path / "out", None))
    assert exports.verify(tmp_path / "out", store)


def test_what_differs_is_named(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", FORUM)
    exports.release(store, tmp_path / "out", ABOUT)
    (tmp_path / "out" / "stray.txt").write_text("x")
    store.add(TALKS)  # type: ignore[arg-type]
    found = exports.verify(tmp_path / "out", store)
    assert "input 'talks.txt': came after the release" in found
    assert "stray.txt: is not of the release" in found
    assert any(line.startswith("data/person.csv: line ") for line in found)
    again = told("forum.txt", "题", "第一届海港论坛", [session("第一届海港论坛", 1, "2016", "SG")])
    store.add(again)  # type: ignore[arg-type]
    assert "input 'forum.txt': has other bytes" in exports.verify(tmp_path / "out", store)
    store.forget("forum.txt")
    assert "input 'forum.txt': is not in the record" in exports.verify(tmp_path / "out", store)


def test_a_decision_changes_the_release(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    exports.release(store, tmp_path / "out", ABOUT)
    item = views.find(store, views.Filter(kind="person")).items[0]
    for who in ("Mai", "An"):
        store.decide(item.id, "accept", who, "")
    found = exports.verify(tmp_path / "out", store)
    assert any(line.startswith("data/review.csv: line ") for line in found)
    assert any(line.startswith("data/agreement.csv: ") for line in found)
    exports.release(store, tmp_path / "new", ABOUT)
    assert "person,verdict,1,2,1.0," in (tmp_path / "new" / "data" / "agreement.csv").read_text()


def test_texts_stay_out_unless_asked_for(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    exports.release(store, tmp_path / "out", ABOUT, views.Filter(kind="commitment"))
    said = b"".join(files(tmp_path / "out").values()).decode()
    assert "海港论坛走过五年" in said
    assert "第二届海港论坛于2017年3月在越南举办" not in said
    exports.release(store, tmp_path / "texts", About(texts=True))
    lines = (tmp_path / "texts" / "data" / "record.jsonl").read_text("utf-8").splitlines()
    assert any("第五届海港论坛2021年在俄罗斯召开。" in json.loads(line).get("text", "") for line in lines)
    assert exports.verify(tmp_path / "texts", store) == []


def test_a_filter_is_part_of_the_recipe(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    exports.release(store, tmp_path / "out", ABOUT, views.Filter(state="RU", kind="engagement"))
    assert exports.verify(tmp_path / "out", store) == []
    assert "state = RU" in (tmp_path / "out" / "README.md").read_text("utf-8")


def test_the_citation_and_the_sums_are_read_by_others(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    exports.release(store, tmp_path / "out", ABOUT)
    cited = yaml.safe_load((tmp_path / "out" / "CITATION.cff").read_text("utf-8"))
    assert cited["title"] == ABOUT.title
    assert [a["name"] for a in cited["authors"]] == list(ABOUT.authors)
    assert {"cff-version", "message", "version", "date-released"} <= set(cited)
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / "out", check=True)


def test_what_is_no_release_and_what_is_in_the_way(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    (tmp_path / "x").mkdir()
    with pytest.raises(CommuniqueError, match="is no release"):
        exports.verify(tmp_path / "x", store)
    (tmp_path / "x" / "datapackage.json").write_text('{"communique": {"about": {"no": 1}, "filter": {}}}')
    with pytest.raises(CommuniqueError, match="is no release"):
        exports.verify(tmp_path / "x", store)
    with pytest.raises(CommuniqueError, match="is not empty"):
        exports.release(store, tmp_path / "x", ABOUT)
