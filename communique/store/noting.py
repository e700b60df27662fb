"""The log of the record: who did what, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from communique.store.schema import log


def now() -> str:
    """Return the time of the clock, to the second, in universal time."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def note(connection: Connection, action: str, what: str, detail: Mapping[str, Any]) -> None:
    """Note in the log that something was done to something."""
    connection.execute(insert(log).values(at=now(), action=action, what=what, detail=dict(detail)))
