"""Compiled things kept beside the pack that they were made from."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Pack = TypeVar("Pack")
Made = TypeVar("Made")

MOST = 32


def kept(make: Callable[[Pack], Made]) -> Callable[[Pack], Made]:
    """Call ``make`` once for each pack (by identity); packs are frozen, so what was made stays true."""
    made: dict[int, tuple[Pack, Made]] = {}
    last: tuple[Pack, Made] | None = None

    @wraps(make)
    def get(pack: Pack) -> Made:
        nonlocal last
        if last is not None and last[0] is pack:
            return last[1]
        found = made.get(id(pack))
        if found is None:
            if len(made) >= MOST:
                made.clear()
            made[id(pack)] = found = (pack, make(pack))
        last = found
        return found[1]

    return get
