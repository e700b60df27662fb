"""Letting the collector of cycles rest where thousands of values are made that are all still used."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Part = TypeVar("Part")


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest: what it would look at again and again is two fifths of an export, a tenth of reading."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def resting(found: Iterable[Part]) -> Iterator[Part]:
    """Yield what is given, letting the collector rest while each is made."""
    line = iter(found)
    while True:
        with uncollected():
            try:
                part = next(line)
            except StopIteration:
                return
        yield part
