"""A table made in several processes, part by part and in order: fetching and spelling are most of an export."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import Connection

from communique.engines.processes import in_order
from communique.errors import CommuniqueError
from communique.resting import resting
from communique.store import Store, open_store
from communique.views import Filter
from communique.views.context import version, version_of
from communique.views.stream import Page, Step, heavy, pages_of, unit_parts
from communique.views.tables import UNITS, Columns, batches, columns, kind_of

PART = 4000
"""Units in a part: some ten thousand items, a second or so of work."""

Made = TypeVar("Made")


class _Part(NamedTuple, Generic[Made]):
    """Some units of a record that stood at ``mark``, of which ``make`` makes what leaves it."""

    record: str
    mark: str
    name: str
    asked: Filter
    units: list[int]
    make: Callable[[str, Columns], Made]


def made(
    store: Store, name: str, asked: Filter, step: Step | None, make: Callable[[str, Columns], Made], jobs: int = 1
) -> Iterator[Made]:
    """Yield what ``make`` makes of the columns of a table, some thousand rows at a time, in the order of the texts.

    Args:
        make: a function of a module; it is told the table's name and columns. jobs: processes that work, 1: this one.

    The same rows come, however many processes there are, though not cut at the same places; all see one state of the
    record, whatever is added meanwhile.

    Raises:
        CommuniqueError: a process died, or the record changed in the moment when they began.
    """
    if jobs <= 1 or name == UNITS or heavy(asked) or asked.kind not in (None, kind_of(name)):
        yield from resting(make(name, columns) for columns in batches(store, name, asked, step))
        return
    mark = version(store)
    parts = (_Part(store.address, mark, name, asked, units, make) for units in unit_parts(store, asked, PART))
    try:
        for done, items in in_order(_do, parts, jobs):
            yield from done
            if step:
                step(items)
    except BrokenProcessPool as e:
        raise CommuniqueError("a process died that made the export", remedy="try again with --jobs 1") from e


@lru_cache(maxsize=1)
def _record(address: str, mark: str) -> tuple[Store, Connection, ExitStack]:
    """Return the record as it stood at ``mark``, which this process sees until it ends."""
    store = open_store(address, create=False)
    kept = ExitStack()
    connection = kept.enter_context(store.reading())
    if version_of(connection) != mark:
        raise CommuniqueError("the record changed while the export began", remedy="try again, or with --jobs 1")
    return store, connection, kept


def _do(part: _Part[Made]) -> tuple[list[Made], int]:
    """Return what is made of a part, and of how many items."""
    store, connection, _ = _record(part.record, part.mark)
    n = 0

    def counted() -> Iterator[Page]:
        nonlocal n
        for page in pages_of(connection, store, part.asked, kind_of(part.name), part.units):
            n += len(page.values)
            yield page

    return list(resting(part.make(part.name, c) for c in columns(part.name, counted()))), n
