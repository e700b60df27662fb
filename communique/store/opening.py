"""Opening a record: what kind of file it is, whether it is ours, and bringing it to today's form."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from communique.errors import RecordError
from communique.record import Known
from communique.store.schema import HEAD
from communique.store.store import Store

MAGIC = b"SQLite format 3\x00"
OTHER = "give another file by --record"


def open_store(address: str | Path, create: bool = True, known: Known | None = None) -> Store:
    """Open the record at ``address``, a file or an SQLAlchemy address, and bring it to today's form.

    Args:
        address: path of an SQLite file, or an address with ``://``.
        create: make the file where there is none.
        known: what is known of names; by default what the packs that ship know, read when first needed.

    Raises:
        RecordError: no such record, no record of ours, or one of a newer version. The file is unchanged.
    """
    where = str(address)
    if "://" in where and not where.startswith("sqlite:"):
        raise RecordError("only SQLite files can be records yet", where=where, remedy="give a file name")
    path = Path(where.removeprefix("sqlite:///"))
    state = _look(path, create)
    engine = _engine(path)
    if state != HEAD:
        try:
            _migrate(engine)
        except SQLAlchemyError as e:
            raise RecordError(
                f"cannot be prepared ({_said(e)})", where=str(path), remedy="check disk and rights"
            ) from e
    return Store(engine, str(path), known)


def _look(path: Path, create: bool) -> str | None:
    """Return the revision of the file, None for a new one; look without touching it."""
    where = str(path)
    if path.is_dir():
        raise RecordError("is a folder", where=where, remedy="name a file for the record")
    if not path.exists():
        if not create:
            raise RecordError("no such record", where=where, remedy="run 'communique read' first, or give --record")
        if not path.parent.is_dir():
            raise RecordError("its folder does not exist", where=where, remedy="create the folder first")
        return None
    try:
        with path.open("rb") as f:
            head = f.read(len(MAGIC))
    except OSError as e:
        raise RecordError(f"cannot be read ({e.strerror})", where=where, remedy="check its rights") from e
    if not head:
        return None
    if head != MAGIC:
        raise RecordError("is no record: not a database", where=where, remedy=OTHER)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            names = {r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" not in names:
                if names:
                    raise RecordError("is a database, but no record", where=where, remedy=OTHER)
                return None
            row = db.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as e:
        raise RecordError(f"is damaged or locked ({e})", where=where, remedy="restore a copy, or try again") from e
    revision = row[0] if row else None
    if revision is not None and revision not in _revisions():
        raise RecordError(
            f"was written by a newer version (form {revision}, this one knows {HEAD})",
            where=where,
            remedy="install a newer communique",
        )
    if revision is not None and names.isdisjoint({"claims"}):
        raise RecordError("is a database, but no record", where=where, remedy=OTHER)
    return str(revision) if revision is not None else None


def _revisions() -> set[str]:
    here = Path(__file__).parent / "migrations" / "versions"
    return {p.stem.split("_")[0].removeprefix("r") for p in here.glob("r*.py")}


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool if str(path) == ":memory:" else None)

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: it would commit before DDL and begin too late.
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 60000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _said(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
