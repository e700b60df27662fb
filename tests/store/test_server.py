"""What a person is told where a PostgreSQL address leads to no record."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url
from support import KNOWN, TALKS, place, record

from communique.errors import RecordError
from communique.store import open_store

SECRET = "hush-hush"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"postgresql+psycopg://mai:{SECRET}@127.0.0.1:1/r", "cannot be opened"),
        (f"postgresql://mai:{SECRET}@127.0.0.1:1/r", "cannot be opened"),
        (f"postgresql+nothing://mai:{SECRET}@127.0.0.1/r", "no driver"),
        (f"mysql://mai:{SECRET}@127.0.0.1/r", "mysql cannot hold a record"),
        (f"postgresql+psycopg://mai:{SECRET}@127.0.0.1:port/r", "is no address"),
    ],
)
def test_an_address_that_leads_nowhere(address: str, words: str) -> None:
    with pytest.raises(RecordError, match=words) as caught:
        open_store(address, known=KNOWN)
    line = str(caught.value)
    assert "\n" not in line
    assert SECRET not in line


here = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@pytest.fixture
def server(database: str, tmp_path: Path) -> str:
    """The address of an empty place on the server."""
    assert database == "postgresql"
    return place(tmp_path / "r.db")


def _run(address: str, statement: str) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@here
def test_a_wrong_password_is_told_without_the_right_one(server: str) -> None:
    url = make_url(server)
    wrong = url.set(password=SECRET).render_as_string(hide_password=False)
    with pytest.raises(RecordError, match="password authentication failed") as caught:
        open_store(wrong, known=KNOWN)
    assert SECRET not in str(caught.value)
    assert str(url.password) not in str(caught.value)


@here
def test_another_database_is_left_alone(server: str) -> None:
    _run(server, "CREATE TABLE recipes (name text)")
    with pytest.raises(RecordError, match="is a database, but no record"):
        open_store(server, known=KNOWN)
    _run(server, "INSERT INTO recipes VALUES ('soup')")


@here
def test_a_newer_record_is_left_alone(server: str, tmp_path: Path) -> None:
    record(tmp_path / "r.db", TALKS).close()
    _run(server, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(RecordError, match="newer version"):
        open_store(server, known=KNOWN)


@here
def test_what_a_server_keeps_in_memory_is_its_own_matter(server: str) -> None:
    store = open_store(server, known=KNOWN, create=True)
    with pytest.raises(RecordError, match="no file that could be held") as caught:
        store.hold()
    assert "leave --hold out" in str(caught.value)
