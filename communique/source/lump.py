"""Large files of many records, and parts of them that can be read by themselves, on another machine too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from communique.errors import SourceError
from communique.model import Raw, Skipped
from communique.source import parquet, warc
from communique.source.limits import Limits

WARC, PARQUET = "warc", "parquet"


@dataclass(frozen=True, slots=True)
class Lump:
    """A file of many records, or a part of one.

    Attributes:
        kind: ``warc`` or ``parquet``. path: of the file. where: what messages call it.
        start: where the part begins: a byte of an archive, a row of Parquet. stop: where it ends; None for the end.
        first: how many records stand before it.
    """

    kind: str
    path: str
    where: str
    start: int = 0
    stop: int | None = None
    first: int = 0


def cut(lump: Lump, records: int, limits: Limits) -> Iterator[Lump]:
    """Yield a file in parts of about so many records each; together they give just what the whole gives.

    Raises:
        OSError: the file cannot be read.
    """
    part = lump
    for start, first in _cuts(lump, records, limits):
        yield replace(part, stop=start)
        part = replace(lump, start=start, first=first)
    yield part


def _cuts(lump: Lump, records: int, limits: Limits) -> Iterator[tuple[int, int]]:
    if lump.kind == PARQUET:
        yield from ((row, row) for row in parquet.cuts(Path(lump.path), records))
        return
    with Path(lump.path).open("rb") as file:
        yield from warc.cuts(file, records, limits)


def read(lump: Lump, limits: Limits) -> Iterator[Raw | Skipped | SourceError]:
    """Yield what became of every record of a part.

    Raises:
        OSError: the file cannot be read.
    """
    if lump.kind == PARQUET:
        yield from parquet.read(Path(lump.path), lump.where, limits, lump.start, lump.stop)
        return
    with Path(lump.path).open("rb") as file:
        yield from warc.read(file, lump.where, limits, lump.start, lump.stop, lump.first)
