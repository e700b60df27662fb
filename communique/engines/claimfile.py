"""Claims as Parquet: a row for every record that was met, with units and claims; the record is built from it.

A row holds all that the record needs of a source, its bytes too, so that the pages are not needed again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from communique.claims import Miss
from communique.engines.processes import Outcome
from communique.errors import CommuniqueError, SourceError
from communique.flow import Reading
from communique.model import Claim, Document, Evidence, Part, Raw, Skipped, Unit

Fate = Outcome | Skipped | SourceError
ROWS = 50
RAW = ("source", "media", "origin", "url", "captured", "charset")


def pyarrow() -> Any:
    """Return the library that reads and writes Parquet.

    Raises:
        CommuniqueError: it is not installed.
    """
    try:
        import pyarrow as library
        import pyarrow.parquet
    except ImportError as e:
        raise CommuniqueError("claims as Parquet need pyarrow", remedy="pip install 'communique[scale]'") from e
    return library


@lru_cache(maxsize=1)
def schema() -> Any:
    """Return the columns: one row is one record of a source; units, claims and evidence are nested in it."""
    pa = pyarrow()
    text, number = pa.string(), pa.int32()
    numbers = {"start", "end", "position"}

    def struct(kind: type, **more: Any) -> Any:
        return pa.struct([(f.name, more.get(f.name, number if f.name in numbers else text)) for f in fields(kind)])

    unit = struct(Unit, parts=pa.list_(struct(Part)))
    claim = struct(Claim, evidence=pa.list_(struct(Evidence)))
    told = [(name, text) for name in ("outcome", "where", "reason", "remedy", *RAW, "digest")]
    rows = {"data": pa.binary(), "notes": pa.list_(text), "units": pa.list_(unit), "claims": pa.list_(claim)}
    return pa.schema([*told, *rows.items(), ("misses", pa.list_(struct(Miss)))])


class Writer:
    """Writes one file; what broke off leaves none. Use it in a ``with``."""

    def __init__(self, path: Path) -> None:
        self._path, self._part = path, path.with_suffix(f".{os.getpid()}.part")
        self._out: Any = None

    def __enter__(self) -> Self:
        from pyarrow import parquet

        self._out = parquet.ParquetWriter(self._part, schema(), compression="zstd")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._out.close()
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)

    def write(self, fates: Sequence[Fate]) -> None:
        """Write what became of some records."""
        if fates:
            self._out.write_table(pyarrow().Table.from_pylist([_row(x) for x in fates], schema=schema()))


def _row(fate: Fate) -> dict[str, Any]:
    if isinstance(fate, Skipped):
        return {"outcome": "skipped", "where": _plain(fate.where), "reason": _plain(fate.reason)}
    if isinstance(fate, SourceError):
        return {"outcome": "failed", **_error(fate)}
    raw, reading = fate.raw, fate.reading
    row: dict[str, Any] = {name: _plain(getattr(raw, name)) for name in RAW}
    row |= {"digest": raw.digest, "data": raw.data, "outcome": "unread"}
    if reading is None:
        assert fate.error is not None
        return row | _error(fate.error)
    doc = reading.document
    return row | {
        "outcome": "read",
        "notes": list(doc.notes),
        "units": [asdict(u) for u in doc.units],
        "claims": [asdict(c) | {"values": json.dumps(c.values, ensure_ascii=False)} for c in reading.claims],
        "misses": [asdict(m) for m in reading.misses],
        "url": doc.url,
    }


def _error(error: SourceError) -> dict[str, str]:
    return {"where": _plain(error.where), "reason": _plain(error.what), "remedy": _plain(error.remedy)}


def _plain(text: Any) -> Any:
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else text


def read(path: Path) -> Iterator[Fate]:
    """Yield what a file holds, in its order, some rows at a time.

    Raises:
        CommuniqueError: it cannot be read.
    """
    pa = pyarrow()
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(ROWS):
                yield from map(_fate, batch.to_pylist())
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as e:
        said = " ".join(str(e).split())[:120]
        raise CommuniqueError(f"no claims that can be read ({said})", where=str(path), remedy="remove it") from e


def _fate(row: Mapping[str, Any]) -> Fate:
    if row["outcome"] == "skipped":
        return Skipped(row["where"], row["reason"])
    if row["outcome"] == "failed":
        return _told(row)
    raw = Raw(data=row["data"], **{name: row[name] for name in RAW})
    if row["outcome"] == "unread":
        return Outcome(raw, None, _told(row))
    units = tuple(Unit(**{**u, "parts": tuple(Part(**p) for p in u["parts"])}) for u in row["units"])
    doc = Document(raw.source, raw.origin, row["digest"], raw.media, row["url"], units, tuple(row["notes"]))
    claims = tuple(_claim(c) for c in row["claims"])
    return Outcome(raw, Reading(doc, claims, tuple(Miss(**m) for m in row["misses"])), None)


def _claim(row: Mapping[str, Any]) -> Claim:
    evidence = tuple(Evidence(**e) for e in row["evidence"])
    return Claim(**{**row, "values": json.loads(row["values"]), "evidence": evidence})


def _told(row: Mapping[str, Any]) -> SourceError:
    return SourceError(row["reason"], where=row["where"], remedy=row["remedy"])
