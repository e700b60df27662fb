"""One tidy table as Apache Parquet, in row groups: for pandas, polars, DuckDB, R and Spark, at any size.

Lists are one cell with semicolons, as in ``csv``; days are dates. Left out: as in ``csv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from communique.errors import CommuniqueError
from communique.exports._several import made
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step
from communique.views.tables import Columns, table

SUMMARY = "one tidy table for each kind, as Parquet (extra: communique[parquet])"
SUFFIX = ".parquet"
GROUP = 20_000
"""Rows in a group: what is held in memory."""


def table_pieces(store: Store, name: str, asked: Filter, step: Step | None = None, jobs: int = 1) -> Iterator[bytes]:
    """Yield the table of a name, group by group.

    Raises:
        CommuniqueError: pyarrow is not installed.
    """
    pa, pq = _arrow()
    out = _Out()
    file = pa.PythonFile(out, mode="w")
    with pq.ParquetWriter(file, _schema(name), compression="zstd", compression_level=1) as writer:
        for group in _groups(pa, made(store, name, asked, step, batch, jobs)):
            writer.write_table(group, row_group_size=GROUP)
            yield out.taken()
    yield out.taken()


def arrow(store: Store, name: str, asked: Filter) -> Any:
    """Return the table of a name as a pyarrow table.

    Raises:
        CommuniqueError: pyarrow is not installed.
    """
    pa, _ = _arrow()
    return pa.Table.from_batches(made(store, name, asked, None, batch), _schema(name))


def batch(name: str, columns: Columns) -> Any:
    """Return columns of the table of a name as a pyarrow batch."""
    pa, _ = _arrow()
    schema = _schema(name)
    found = [_array(pa, values, field.type) for field, values in zip(schema, columns, strict=True)]
    return pa.record_batch(found, schema=schema)


def _array(pa: Any, values: Sequence[Any], sort: Any) -> Any:
    if values and values[0] is None and list(values).count(None) == len(values):
        return pa.nulls(len(values), sort)
    if sort == pa.date32():
        return pa.array(values, pa.string()).cast(sort)
    return pa.array(values, sort)


def _groups(pa: Any, found: Iterable[Any]) -> Iterator[Any]:
    """Yield batches as tables of a group each: cut at the same places, however the batches were."""
    held: list[Any] = []
    n = 0
    for one in found:
        held.append(one)
        n += len(one)
        if n >= GROUP:
            table_ = pa.Table.from_batches(held).combine_chunks()
            for start in range(0, n - GROUP + 1, GROUP):
                yield table_.slice(start, GROUP)
            held = table_.slice(n - n % GROUP).to_batches()
            n %= GROUP
    if n:
        yield pa.Table.from_batches(held).combine_chunks()


class _Out:
    """A file that keeps what is written until it is taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._at = 0
        self.closed = False

    def write(self, data: Any) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._at += len(part)
        return len(part)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        done = b"".join(self._parts)
        self._parts.clear()
        return done


@cache
def _schema(name: str) -> Any:
    pa, _ = _arrow()
    about = table(name)
    sorts = {"integer": pa.int64(), "yesno": pa.bool_(), "day": pa.date32()}
    return pa.schema(
        [pa.field(c.name, sorts.get(c.type, pa.string()), metadata={"description": c.about}) for c in about.columns],
        metadata={"table": about.name, "description": about.about},
    )


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as e:
        raise CommuniqueError("Parquet and data frames need pyarrow", remedy="pip install 'communique[parquet]'") from e
    return pyarrow, pyarrow.parquet
