"""What is PostgreSQL's own: looking at a database before using it, transactions, and full-text search by GIN."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    URL,
    Column,
    ColumnElement,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    and_,
    cast,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from communique.errors import RecordError
from communique.store.search import CLAIMS, UNITS, wanted
from communique.store.tokens import tokens

PLAIN = "postgresql+psycopg://user@host/database"
LONGEST = 60
"""Letters of a token that the index keeps. Longer ones are told apart by the words beside it."""


def url(address: str) -> URL:
    """Return the address taken apart, with our driver where it names none.

    Raises:
        RecordError: it is no address of PostgreSQL.
    """
    try:
        found = make_url(address)
    except (ArgumentError, ValueError) as e:
        raise RecordError("is no address of a database", remedy=f"write it as {PLAIN}") from e
    if found.get_backend_name() != "postgresql":
        kind = f"{found.get_backend_name()} cannot hold a record"
        raise RecordError(kind, where=shown(found), remedy=f"give a file, or {PLAIN}")
    return found.set(drivername="postgresql+psycopg") if found.drivername == "postgresql" else found


def shown(found: URL) -> str:
    """Return an address for messages, without the password."""
    return found.set(query={}).render_as_string(hide_password=True)


def look(made: Engine, where: str) -> tuple[set[str], str | None]:
    """Return the tables of a database (of its first schema, as the address sets it) and the revision that it notes.

    Raises:
        RecordError: the server does not answer or does not let us in.
    """
    try:
        with made.connect() as connection:
            names = set(inspect(connection).get_table_names())
            noted = "alembic_version" in names
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if noted else None
    except SQLAlchemyError as e:
        said = str(getattr(e, "orig", None) or e).strip().splitlines()[0]
        remedy = "check that the server runs, and the name, the password and the database of the address"
        raise RecordError(f"cannot be opened ({said})", where=where, remedy=remedy) from e
    return names, str(revision) if revision is not None else None


def engine(address: URL) -> Engine:
    """Return the engine of a database.

    A transaction that writes says so (``writes``) and waits for its turn, so that two readings at a time end as they
    would one after the other; any other sees one state of the record throughout.

    Raises:
        RecordError: the driver is not one that is installed.
    """
    try:
        made = create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (NoSuchModuleError, ImportError) as e:
        raise RecordError(f"no driver for {address.drivername}", remedy=f"write it as {PLAIN}") from e

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        if connection.get_execution_options().get("writes", False):
            # The turn is taken in a statement of its own: what follows sees all that was committed before it.
            turn = "SELECT pg_advisory_xact_lock(hashtext('communique'), hashtext(current_schema()))"
            connection.exec_driver_sql(turn)
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return made


class PostgresSearch:
    """GIN over the tokens that we make, as an array, and the row of tokens beside it for what must stand together.

    PostgreSQL's own ``tsvector`` forgets places after the 16,383rd word and the 256th of one word, and refuses long
    words and texts (docs/decisions/0011): here a phrase is found wherever it stands.
    """

    def create(self, connection: Connection) -> None:
        """Create the index tables."""
        for name in (UNITS, CLAIMS):
            _table(name).create(connection)

    def add(self, connection: Connection, name: str, rows: Sequence[tuple[int, str]]) -> None:
        """Index rows."""
        found = [(pk, tokens(words)) for pk, words in rows]
        if found:
            made = [{"pk": pk, "words": _row(words), "terms": _terms(words)} for pk, words in found]
            connection.execute(insert(_table(name)), made)

    def remove(self, connection: Connection, name: str, rows: Iterable[tuple[int, str]]) -> None:
        """Take rows out."""
        made = _table(name)
        if pks := [pk for pk, _ in rows]:
            connection.execute(delete(made).where(made.c.pk.in_(pks)))

    def settle(self, connection: Connection) -> None:
        """Count some of every table."""
        connection.execute(text("ANALYZE"))

    def matches(self, name: str, query: str, key: ColumnElement[int]) -> ColumnElement[bool] | None:
        """Return ``key IN (matching rows)``."""
        fits = _fits(name, query)
        return None if fits is None else key.in_(select(_table(name).c.pk).where(fits))

    def found(self, connection: Connection, name: str, query: str) -> str | None:
        """Return the matching rows in one text."""
        fits = _fits(name, query)
        if fits is None:
            return None
        pks = func.string_agg(cast(_table(name).c.pk, Text), ",")
        return connection.execute(select(pks).where(fits)).scalar() or ""


def _fits(name: str, query: str) -> ColumnElement[bool] | None:
    asked = wanted(query)
    if not asked:
        return None
    made = _table(name)
    terms: dict[str, None] = {}
    together: list[ColumnElement[bool]] = []
    for words, prefix in asked:
        whole = words[:-1] if prefix else words
        terms.update(dict.fromkeys(w[:LONGEST] for w in whole))
        if prefix:
            terms[_first(words[-1])] = None
        if len(words) > 1 or len(words[0]) > LONGEST:
            # Tokens are letters and digits: nothing in them is a sign of LIKE.
            together.append(made.c.words.like(f"% {' '.join(words)}{'' if prefix else ' '}%"))
    return and_(made.c.terms.contains(list(terms)), *together)


def _table(name: str) -> Table:
    return _TABLES[name]


def _row(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _first(letter: str) -> str:
    """Return the term of all words that begin with a letter: a search for one letter asks for it."""
    return f"{letter}*"


def _terms(words: Sequence[str]) -> list[str]:
    return sorted({t for w in words for t in (w[:LONGEST], _first(w[0]))})


_METADATA = MetaData()
_OWNERS = {UNITS: "units", CLAIMS: "claims"}
for _owner in _OWNERS.values():
    Table(_owner, _METADATA, Column("pk", Integer, primary_key=True))
_TABLES = {
    name: Table(
        name,
        _METADATA,
        Column("pk", Integer, ForeignKey(f"{owner}.pk", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        Column("words", Text, nullable=False),
        Column("terms", ARRAY(Text), nullable=False),
        Index(f"{name}_by_term", "terms", postgresql_using="gin"),
    )
    for name, owner in _OWNERS.items()
}
