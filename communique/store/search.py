"""Full-text search, one small class per database. Both index the same tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, Connection, Integer, column, literal_column, select, table, text

from communique.errors import RecordError
from communique.store.tokens import phrases, tokens

UNITS, CLAIMS = "units_words", "claims_words"


class Search(Protocol):
    """What the store asks of a full-text index over rows of one table (``UNITS`` or ``CLAIMS``)."""

    def create(self, connection: Connection) -> None:
        """Create the index."""

    def add(self, connection: Connection, name: str, rows: Sequence[tuple[int, str]]) -> None:
        """Index rows of primary key and text."""

    def remove(self, connection: Connection, name: str, rows: Iterable[tuple[int, str]]) -> None:
        """Take rows out; the text must be the one that was indexed."""

    def matches(self, name: str, query: str, key: ColumnElement[int]) -> ColumnElement[bool] | None:
        """Return the condition that ``key`` is a row that fits the query; None where the query asks for nothing."""


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

    def matches(self, name: str, query: str, key: ColumnElement[int]) -> ColumnElement[bool] | None:
        """Return ``key IN (matching rows)``."""
        asked = phrases(query)
        if not asked:
            return None
        match = " AND ".join('"' + " ".join(words) + '"' + ("*" if prefix else "") for words, prefix in asked)
        words = table(name, column("rowid", Integer))
        return key.in_(select(words.c.rowid).where(literal_column(name).op("MATCH")(match)))


def search_for(dialect: str) -> Search:
    """Return the search of a database.

    Raises:
        RecordError: there is none for it yet.
    """
    if dialect == "sqlite":
        return SqliteSearch()
    raise RecordError(f"no search for {dialect} yet", remedy="use an SQLite file")
