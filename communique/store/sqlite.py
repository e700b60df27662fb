"""What is SQLite's own: looking at a file without touching it, transactions, and full-text search by FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Integer,
    TableClause,
    column,
    create_engine,
    event,
    func,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.pool import NullPool

from communique.errors import RecordError
from communique.store.search import CLAIMS, UNITS, wanted
from communique.store.tokens import tokens

MAGIC = b"SQLite format 3\x00"
OTHER = "give another file by --record"
# The last two are for large records: the file is read in place, and more of it is held while it is written.
PRAGMAS = (
    "foreign_keys = ON",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "busy_timeout = 60000",
    f"mmap_size = {2**31 - 2**16}",
    f"cache_size = {-32 * 1024}",
)
FIRST = "run 'communique read' first, or give --record"


def look(path: Path, create: bool) -> tuple[set[str], str | None]:
    """Return the tables of a file and the revision that it notes; nothing for a new file. The file is not touched.

    Raises:
        RecordError: no file and none to be made, no database, or a damaged one.
    """
    where = str(path)
    if path.is_dir():
        raise RecordError("is a folder", where=where, remedy="name a file for the record")
    if not path.exists():
        if not create:
            raise RecordError("no such record", where=where, remedy=FIRST)
        if not path.parent.is_dir():
            raise RecordError("its folder does not exist", where=where, remedy="create the folder first")
        return set(), None
    try:
        with path.open("rb") as f:
            head = f.read(len(MAGIC))
    except OSError as e:
        raise RecordError(f"cannot be read ({e.strerror})", where=where, remedy="check its rights") from e
    if not head:
        return set(), None
    if head != MAGIC:
        raise RecordError("is no record: not a database", where=where, remedy=OTHER)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            names = {r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            noted = db.execute("SELECT version_num FROM alembic_version").fetchone() if _noted(names) else None
    except sqlite3.Error as e:
        raise RecordError(f"is damaged or locked ({e})", where=where, remedy="restore a copy, or try again") from e
    return names, str(noted[0]) if noted else None


def _noted(names: set[str]) -> bool:
    return "alembic_version" in names


def engine(path: Path) -> Engine:
    """Return the engine of a file. A transaction that writes says so (``writes``) and waits for its turn at once."""
    made = create_engine(f"sqlite:///{path}", poolclass=NullPool if str(path) == ":memory:" else None)

    @event.listens_for(made, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: it would commit before DDL and begin too late.
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


class SqliteSearch:
    """FTS5 without content over tokens that we make."""

    def create(self, connection: Connection) -> None:
        """Create the index tables."""
        for name in (UNITS, CLAIMS):
            connection.execute(
                text(
                    f"CREATE VIRTUAL TABLE {name} USING fts5"
                    "(words, content='', tokenize=\"unicode61 remove_diacritics 2\")"
                )
            )

    def add(self, connection: Connection, name: str, rows: Sequence[tuple[int, str]]) -> None:
        """Index rows."""
        if rows:
            connection.execute(
                text(f"INSERT INTO {name}(rowid, words) VALUES (:pk, :words)"),  # noqa: S608 - a name of ours
                [{"pk": pk, "words": " ".join(tokens(words))} for pk, words in rows],
            )

    def remove(self, connection: Connection, name: str, rows: Iterable[tuple[int, str]]) -> None:
        """Take rows out by the delete command, which needs the words that were indexed."""
        gone = [{"pk": pk, "words": " ".join(tokens(words))} for pk, words in rows]
        if gone:
            command = f"INSERT INTO {name}({name}, rowid, words) VALUES ('delete', :pk, :words)"  # noqa: S608 - ours
            connection.execute(text(command), gone)

    def settle(self, connection: Connection) -> None:
        """Count some of every index."""
        connection.execute(text("PRAGMA analysis_limit = 1000"))
        connection.execute(text("ANALYZE"))

    def matches(self, name: str, query: str, key: ColumnElement[int]) -> ColumnElement[bool] | None:
        """Return ``key IN (matching rows)``."""
        words = _words(name)
        fits = _fits(name, query)
        return None if fits is None else key.in_(select(words.c.rowid).where(fits))

    def found(self, connection: Connection, name: str, query: str) -> str | None:
        """Return the matching rows in one text: half a million of them come in a tenth of a second."""
        fits = _fits(name, query)
        if fits is None:
            return None
        return connection.execute(select(func.group_concat(_words(name).c.rowid)).where(fits)).scalar() or ""


def _words(name: str) -> TableClause:
    return table(name, column("rowid", Integer))


def _fits(name: str, query: str) -> ColumnElement[bool] | None:
    asked = wanted(query)
    if not asked:
        return None
    match = " AND ".join('"' + " ".join(words) + '"' + ("*" if prefix else "") for words, prefix in asked)
    return literal_column(name).op("MATCH")(match)
