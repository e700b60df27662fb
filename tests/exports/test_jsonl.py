"""The interchange, to the letter of the codebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import FORUM, TALKS, record

from communique import exports, views
from communique.errors import CommuniqueError

pytestmark = pytest.mark.usefixtures("database")

UNIT = {
    "kind", "id", "source", "url", "role", "lang", "outlet", "title", "text", "dateline", "published", "basis",
    "not_before", "not_after",
}  # fmt: skip


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().decode().split("\n")[:-1]]


def test_every_line_is_a_unit_or_an_item_of_the_unit_above(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    exports.export(store, "jsonl", tmp_path / "r.jsonl")
    units: dict[str, dict[str, Any]] = {}
    for line in lines(tmp_path / "r.jsonl"):
        assert next(iter(line)) == "kind"
        if line["kind"] == "unit":
            assert set(line) == UNIT
            units[line["id"]] = line
            continue
        assert {"id", "unit", "evidence", "rule", "coder", "review", "entry"} <= set(line)
        text = units[line["unit"]]["text"]
        assert line["evidence"]
        assert all(text[e["start"] : e["end"]] == e["quote"] for e in line["evidence"])
        assert line["entry"].startswith("e")
    assert [u["source"] for u in units.values()] == ["again.txt", "forum.txt", "talks.txt", "viet.txt"]


def test_items_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", FORUM)
    exports.export(store, "jsonl", tmp_path / "r.jsonl")
    starts = [line["evidence"][0]["start"] for line in lines(tmp_path / "r.jsonl")[1:]]
    assert starts == sorted(starts)


def test_no_clock_time(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    item = views.find(store, views.Filter(kind="person")).items[0]
    store.decide(item.id, "reject", "Mai", "not him")
    said = b"".join(exports.pieces(store, "jsonl")).decode()
    with store.reading() as c:
        read_at, at = (
            c.exec_driver_sql(q).scalar_one() for q in ("SELECT read_at FROM sources", "SELECT at FROM decisions")
        )
    assert read_at not in said
    assert at not in said
    assert '"kind": "decision"' in said
    assert '"review": "rejected"' in said


def test_a_filter_leaves_only_what_fits(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    exports.export(store, "jsonl", tmp_path / "r.jsonl", views.Filter(kind="commitment"))
    assert [line["kind"] for line in lines(tmp_path / "r.jsonl")] == ["unit", "commitment"]


def test_a_file_that_cannot_be_written_is_left_alone(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db", TALKS)
    with pytest.raises(CommuniqueError, match="cannot be written"):
        exports.export(store, "jsonl", tmp_path / "none" / "r.jsonl")
    with pytest.raises(CommuniqueError, match="no format 'docx'"):
        exports.export(store, "docx", tmp_path / "r.docx")
    assert [p.name for p in tmp_path.iterdir() if p.suffix not in (".db", ".db-wal", ".db-shm")] == []


def test_formats_are_found_by_walking() -> None:
    assert "jsonl" in exports.formats()
    assert all(f.SUMMARY for f in exports.formats().values())
