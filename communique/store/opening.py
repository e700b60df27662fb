"""Opening a record: where it is, whether it is ours, and bringing it to today's form."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from communique.errors import RecordError
from communique.record import Known
from communique.store import sqlite
from communique.store.schema import HEAD
from communique.store.store import Store


def open_store(address: str | Path, create: bool = True, known: Known | None = None) -> Store:
    """Open the record at ``address``, a file or the address of a PostgreSQL database, and bring it to today's form.

    Args:
        address: path of an SQLite file, or an address with ``://``.
        create: make the record where there is none.
        known: what is known of names; by default what the packs that ship know, read when first needed.

    Raises:
        RecordError: no such record, no record of ours, or one of a newer version. What stood there is unchanged.
    """
    engine, where, state = _found(str(address), create)
    if state != HEAD:
        try:
            _migrate(engine)
        except SQLAlchemyError as e:
            raise RecordError(f"cannot be prepared ({_said(e)})", where=where, remedy="check disk and rights") from e
    return Store(engine, where, known)


def _found(address: str, create: bool) -> tuple[Engine, str, str | None]:
    """Return the engine of a record, its name in messages, and its revision, None for a new one."""
    if "://" in address and not address.startswith("sqlite:"):
        from communique.store import postgres

        url = postgres.url(address)
        where, engine = postgres.shown(url), postgres.engine(url)
        try:
            state = _revision(*postgres.look(engine, where), where, "give another database, or another schema of it")
            if state is None and not create:
                raise RecordError("no such record", where=where, remedy=sqlite.FIRST)
        except RecordError:
            engine.dispose()
            raise
        return engine, where, state
    path = Path(address.removeprefix("sqlite:///"))
    state = _revision(*sqlite.look(path, create), str(path), sqlite.OTHER)
    return sqlite.engine(path), str(path), state


def _revision(names: set[str], noted: str | None, where: str, other: str) -> str | None:
    """Return the revision of what has these tables, None where there is nothing yet.

    Raises:
        RecordError: it is none of ours, or newer than this version.
    """
    if "alembic_version" not in names:
        if names:
            raise RecordError("is a database, but no record", where=where, remedy=other)
        return None
    if noted is not None and noted not in _revisions():
        raise RecordError(
            f"was written by a newer version (form {noted}, this one knows {HEAD})",
            where=where,
            remedy="install a newer communique",
        )
    if noted is not None and "claims" not in names:
        raise RecordError("is a database, but no record", where=where, remedy=other)
    return noted


def _revisions() -> set[str]:
    here = Path(__file__).parent / "migrations" / "versions"
    return {p.stem.split("_")[0].removeprefix("r") for p in here.glob("r*.py")}


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
