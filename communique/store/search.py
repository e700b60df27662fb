"""Full-text search as the store asks for it. Each database's module has its own; all index the same tokens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, Connection

from communique.errors import CommuniqueError, RecordError
from communique.store.tokens import phrases

UNITS, CLAIMS = "units_words", "claims_words"
MOST = 100
"""Words of one query. A database takes no more without end."""


class Search(Protocol):
    """What the store asks of a full-text index over rows of one table (``UNITS`` or ``CLAIMS``)."""

    def create(self, connection: Connection) -> None:
        """Create the index."""

    def add(self, connection: Connection, name: str, rows: Sequence[tuple[int, str]]) -> None:
        """Index rows of primary key and text."""

    def remove(self, connection: Connection, name: str, rows: Iterable[tuple[int, str]]) -> None:
        """Take rows out; the text must be the one that was indexed."""

    def settle(self, connection: Connection) -> None:
        """Let the database count what it holds, for the ways that it takes to answers."""

    def matches(self, name: str, query: str, key: ColumnElement[int]) -> ColumnElement[bool] | None:
        """Return the condition that ``key`` is a row that fits the query; None where the query asks for nothing."""

    def found(self, connection: Connection, name: str, query: str) -> str | None:
        """Return the rows that fit the query, as numbers parted by commas; None where the query asks for nothing."""


def wanted(query: str) -> list[tuple[list[str], bool]]:
    """Return the phrases of a query, each once (see ``tokens.phrases``).

    Raises:
        CommuniqueError: too many.
    """
    out = list({(tuple(words), prefix): None for words, prefix in phrases(query)})
    if len(out) > MOST:
        raise CommuniqueError(f"{len(out)} words are too many to look for", remedy=f"ask for at most {MOST}")
    return [(list(words), prefix) for words, prefix in out]


def search_for(dialect: str) -> Search:
    """Return the search of a database, by SQLAlchemy's name of it.

    Raises:
        RecordError: there is none for it.
    """
    if dialect == "sqlite":
        from communique.store.sqlite import SqliteSearch

        return SqliteSearch()
    if dialect == "postgresql":
        from communique.store.postgres import PostgresSearch

        return PostgresSearch()
    raise RecordError(f"no search for {dialect}", remedy="use a file or a PostgreSQL address")
