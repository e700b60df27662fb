"""One tidy table as Apache Parquet, in row groups: for pandas, polars, DuckDB, R and Spark, at any size.

Lists are one cell with semicolons, as in ``csv``; days are dates. Left out: as in ``csv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.errors import CommuniqueError
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step
from communique.views.tables import Columns, Table, batches, table

SUMMARY = "one tidy table for each kind, as Parquet (extra: communique[parquet])"
SUFFIX = ".parquet"
GROUP = 20_000
"""Rows in a group: what is held in memory."""


def table_pieces(store: Store, name: str, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
    """Yield the table of a name, group by group.

    Raises:
        CommuniqueError: pyarrow is not installed.
    """
    made = table(name)
    pa, pq = _arrow()
    schema = _schema(pa, made)
    out = _Out()
    with pq.ParquetWriter(pa.PythonFile(out, mode="w"), schema, compression="zstd", compression_level=1) as writer:
        for group in _groups(batches(store, name, asked, step)):
            writer.write_batch(_batch(pa, schema, group), row_group_size=GROUP * 2)
            yield out.taken()
    yield out.taken()


def arrow(store: Store, name: str, asked: Filter) -> Any:
    """Return the table of a name as a pyarrow table.

    Raises:
        CommuniqueError: pyarrow is not installed.
    """
    made = table(name)
    pa, _ = _arrow()
    schema = _schema(pa, made)
    return pa.Table.from_batches([_batch(pa, schema, g) for g in _groups(batches(store, name, asked, None))], schema)


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


def _schema(pa: Any, made: Table) -> Any:
    sorts = {"integer": pa.int64(), "yesno": pa.bool_(), "day": pa.date32()}
    return pa.schema(
        [pa.field(c.name, sorts.get(c.type, pa.string()), metadata={"description": c.about}) for c in made.columns],
        metadata={"table": made.name, "description": made.about},
    )


def _groups(found: Iterator[Columns]) -> Iterator[list[list[Any]]]:
    """Join columns until they are as long as a group."""
    group: list[list[Any]] = []
    for columns in found:
        if not group:
            group = [list(c) for c in columns]
        else:
            for have, more in zip(group, columns, strict=True):
                have.extend(more)
        if group and len(group[0]) >= GROUP:
            yield group
            group = []
    if group:
        yield group


def _batch(pa: Any, schema: Any, group: list[list[Any]]) -> Any:
    columns = []
    for field, values in zip(schema, group, strict=True):
        if values[0] is None and values.count(None) == len(values):
            columns.append(pa.nulls(len(values), field.type))
        elif field.type == pa.date32():
            columns.append(pa.array(values, pa.string()).cast(pa.date32()))
        else:
            columns.append(pa.array(values, field.type))
    return pa.record_batch(columns, schema=schema)


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as e:
        raise CommuniqueError("Parquet and data frames need pyarrow", remedy="pip install 'communique[parquet]'") from e
    return pyarrow, pyarrow.parquet
