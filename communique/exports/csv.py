"""One tidy table as comma-separated values (RFC 4180, UTF-8): what R, Stata, pandas and every spreadsheet read.

Lists are one cell with semicolons. Left out: the text of the units, and evidence beyond the first quote of an item
(``jsonl`` has both).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from communique.exports._several import made
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step
from communique.views.tables import Columns, table

SUMMARY = "one tidy table for each kind, as comma-separated values"
SUFFIX = ".csv"
BATCH = 2000


def table_pieces(store: Store, name: str, asked: Filter, step: Step | None = None, jobs: int = 1) -> Iterator[bytes]:
    """Yield the table of a name, a few thousand rows at a time."""
    yield from lines(table(name).names, ())
    yield from made(store, name, asked, step, _part, jobs)


def _part(_: str, columns: Columns) -> bytes:
    return b"".join(_lines(map(list, zip(*columns, strict=True))))


def lines(names: Iterable[str], found: Iterable[list[Any]]) -> Iterator[bytes]:
    """Yield a header and rows as comma-separated values; yes and no are ``true`` and ``false``."""
    yield from _lines(chain([list(names)], found))


def _lines(found: Iterable[list[Any]]) -> Iterator[bytes]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for n, cells in enumerate(found, 1):
        writer.writerow([_WORD[c] if c is True or c is False else c for c in cells])
        if n % BATCH == 0:
            yield _taken(out)
    yield _taken(out)


_WORD = {True: "true", False: "false"}


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode("utf-8", "replace")
