"""Files that are no record, or not ours, are refused in one line and left as they are."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support import KNOWN, TALKS, record

from communique.errors import RecordError
from communique.store import open_store


@pytest.fixture(scope="module")
def database() -> str:
    """These are about files."""
    return "sqlite"


def refused(path: Path, words: str) -> None:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RecordError) as caught:
        open_store(path, known=KNOWN)
    line = str(caught.value)
    assert words in line
    assert str(path) in line
    assert "\n" not in line
    if before is not None:
        assert path.read_bytes() == before


def test_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("a letter to the editor, not a record")
    refused(tmp_path / "a.db", "not a database")


def test_another_database(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        db.execute("CREATE TABLE recipes (name TEXT)")
        db.commit()
    refused(tmp_path / "a.db", "no record")


def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    refused(tmp_path / "a.db", "damaged")


def test_a_record_of_a_newer_version(tmp_path: Path) -> None:
    record(tmp_path / "a.db", TALKS).close()
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
        db.commit()
    refused(tmp_path / "a.db", "newer version")


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "folder")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "no" / "a.db", "folder does not exist")


def test_nothing_there_and_nothing_to_make(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no such record"):
        open_store(tmp_path / "a.db", create=False)
    assert not (tmp_path / "a.db").exists()


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()
    assert open_store(tmp_path / "a.db", known=KNOWN).size() == 0
