"""Pieces of work that any machine can do by itself: some records of a large file, or some pages that came otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique.engines.claimfile import Fate, Writer
from communique.engines.coder import coder
from communique.engines.processes import Outcome, read_batch
from communique.errors import SourceError
from communique.model import Raw, Skipped
from communique.source import Limits, Web
from communique.source.lump import Lump, cut
from communique.source.lump import read as read_lump
from communique.source.targets import walk
from communique.store.rows import keepable

RECORDS = 200
"""Records in a piece: enough that starting one costs nothing, few enough that all workers end together."""
BATCH, MOST_BYTES = 20, 8_000_000

Found = Raw | Skipped | SourceError


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: a part of a file, or what came otherwise. ``id`` says what is in it and who reads it."""

    id: str
    part: Lump | None = None
    found: tuple[Found, ...] = ()


def pieces(targets: Sequence[str], limits: Limits, web: Web | None, records: int = RECORDS) -> Iterator[Piece]:
    """Yield what is named, in pieces, in order. Archives and Parquet are only looked through here, not read."""
    held: list[Found] = []
    weight = 0
    for item in walk(targets, limits, web, apart=True):
        if isinstance(item, Lump):
            if held:
                yield _piece(held)
                held, weight = [], 0
            yield from _parts(item, limits, records)
            continue
        held.append(item)
        weight += len(item.data) if isinstance(item, Raw) else 0
        if len(held) >= records or weight >= MOST_BYTES:
            yield _piece(held)
            held, weight = [], 0
    if held:
        yield _piece(held)


def _parts(lump: Lump, limits: Limits, records: int) -> Iterator[Piece]:
    try:
        info = Path(lump.path).stat()
        for part in cut(lump, records, limits):
            yield Piece(_digest(f"{part}\0{info.st_size}\0{info.st_mtime_ns}"), part)
    except OSError as e:
        yield _piece([_unreadable(lump, e)])


def _unreadable(lump: Lump, error: OSError) -> SourceError:
    return SourceError(f"cannot be read: {error.strerror}", where=lump.where, remedy="check its permissions")


def _piece(found: Sequence[Found]) -> Piece:
    told = "\0".join(f"{x.source}\0{x.origin}\0{x.digest}" if isinstance(x, Raw) else str(x) for x in found)
    return Piece(_digest(told), None, tuple(found))


def _digest(text: str) -> str:
    return hashlib.sha256(f"{coder()}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def path_of(piece: Piece, folder: Path) -> Path:
    """Return where the claims of a piece are written."""
    return folder / f"{piece.id}.parquet"


def do(piece: Piece, folder: Path, limits: Limits) -> None:
    """Read a piece and write what came of it, unless that is there already. The file is whole or not there at all.

    Raises:
        OSError: it cannot be written.
    """
    path = path_of(piece, folder)
    if path.exists():
        return
    with Writer(path) as out:
        batch: list[Found] = []
        weight = 0
        for item in _found(piece, limits):
            batch.append(item)
            weight += len(item.data) if isinstance(item, Raw) else 0
            if len(batch) >= BATCH or weight >= MOST_BYTES:
                out.write(_fates(batch))
                batch, weight = [], 0
        out.write(_fates(batch))


def _found(piece: Piece, limits: Limits) -> Iterator[Found]:
    if piece.part is None:
        yield from piece.found
        return
    try:
        yield from read_lump(piece.part, limits)
    except OSError as e:
        yield _unreadable(piece.part, e)


def _fates(batch: Sequence[Found]) -> list[Fate]:
    done = iter(read_batch([x for x in batch if isinstance(x, Raw)]))
    return [_kept(next(done)) if isinstance(x, Raw) else x for x in batch]


def _kept(outcome: Outcome) -> Outcome:
    """Return an outcome that can be written: what no record keeps is an error here already."""
    if outcome.reading is not None:
        try:
            keepable(outcome.reading.document)
        except SourceError as e:
            return Outcome(outcome.raw, None, e)
    return outcome
