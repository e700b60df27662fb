"""Every test of this folder runs on both databases; a module for one of them alone has a ``database`` of its own."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="module")
def _each(database: str) -> str:
    """Put the records of a test on each database in turn."""
    return database
