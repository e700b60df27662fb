"""Asking a server of ours as the fetcher asks."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from web_server import LOOPBACK, Handler

from communique.source import Archive, Bounds, FetchError, Guard, Web

SHORT = Bounds(step=1, whole=2, most=200_000)


def web(archive: Archive | None = None, guard: Guard = LOOPBACK, **more: object) -> Web:
    return Web(guard, archive, **{"pause": 0.0, "bounds": SHORT, "tries": 1, **more})  # type: ignore[arg-type]


def why(asked: str, by: Web | None = None) -> str:
    """Return why an address is not fetched, and see that it is told in time."""
    began = time.monotonic()
    with pytest.raises(FetchError) as told:
        (by or web()).get(asked)
    assert time.monotonic() - began < 8
    return str(told.value)


def sent_to(target: str, status: int = 302) -> Callable[[Handler], None]:
    return lambda h: h.answer(b"", status, Location=target)
