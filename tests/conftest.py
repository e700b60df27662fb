"""What tests share: a browser where there is one, and a plain word where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import support
from hypothesis import HealthCheck, settings
from sqlalchemy import NullPool, create_engine

# Two processes share two cores: how long an example takes says nothing.
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")

ROOT = Path(__file__).resolve().parent.parent


def _missing(what: str, how: str) -> None:
    """Skip for want of ``what``; fail where the run says that it must be there."""
    if what in os.environ.get("COMMUNIQUE_REQUIRE", "").split():
        pytest.fail(f"{what} is required here (COMMUNIQUE_REQUIRE) and was not found: {how}")
    pytest.skip(f"no {what}: {how}")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def demo_pages() -> Path:
    """The folder of the demo pages."""
    return ROOT / "cases" / "demo"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium to drive headless (``COMMUNIQUE_CHROMIUM`` names another)."""
    names = (os.environ.get("COMMUNIQUE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    for name in names:
        if name and (path := shutil.which(name)):
            return path
    _missing("chromium", "install Debian's package chromium, or name one in COMMUNIQUE_CHROMIUM")
    raise AssertionError


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each database in turn: ``support.record`` and ``support.opened`` put their records there.

    The PostgreSQL server is the one that ``COMMUNIQUE_POSTGRES`` names; every record is a schema of its own.
    """
    if request.param == "sqlite":
        yield request.param
        return
    server = os.environ.get("COMMUNIQUE_POSTGRES")
    if not server:
        _missing("postgresql", "install Debian's package postgresql and run the tests by: .ci/postgres make test")
        raise AssertionError
    support.SERVER.append(server)
    try:
        yield request.param
    finally:
        support.SERVER.clear()
        while support.OPENED:
            support.OPENED.pop().close()
        engine = create_engine(server, poolclass=NullPool)
        while support.SCHEMAS:
            # One at a time: a server holds locks for some thousand tables, no more.
            with engine.begin() as connection:
                connection.exec_driver_sql(f"DROP SCHEMA {support.SCHEMAS.pop()} CASCADE")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    """Close the records that a test opened."""
    before = len(support.OPENED)
    yield
    while len(support.OPENED) > before:
        support.OPENED.pop().close()
