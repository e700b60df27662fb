"""Ways out of the record. Every module of this folder is a format; nothing is registered, the folder is walked."""

from __future__ import annotations

import importlib
import os
import pkgutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, cast

from communique.errors import CommuniqueError
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step, count
from communique.views.tables import NAMES, PEOPLE, UNITS


class Format(Protocol):
    """What a module of this folder offers: one file.

    A format of tables, each a file of its own, offers ``table_pieces(store, table, asked, step, jobs)`` and
    ``SUFFIX`` instead.
    """

    SUMMARY: str

    def pieces(self, store: Store, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
        """Yield the file piece by piece; equal records give equal bytes. ``step`` is told how many items more."""


class Tables(Protocol):
    """What a module of this folder offers whose tables are files of their own."""

    SUMMARY: str
    SUFFIX: str

    def table_pieces(
        self, store: Store, name: str, asked: Filter, step: Step | None = None, jobs: int = 1
    ) -> Iterator[bytes]:
        """Yield the file of a table piece by piece, made in so many processes: the same bytes."""


def formats() -> dict[str, Format | Tables]:
    """Return every format by its name, which is its module's."""
    return {
        m.name: cast(Format | Tables, importlib.import_module(f"{__name__}.{m.name}"))
        for m in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name)
        if not m.name.startswith("_")
    }


def _format(name: str) -> Format | Tables:
    known = formats()
    if name not in known:
        raise CommuniqueError(f"no format {name!r}", remedy=f"one of: {', '.join(known)}")
    return known[name]


def _table(asked: Filter, table: str | None) -> str | None:
    if table is not None and table not in NAMES:
        raise CommuniqueError(f"no table {table!r}", remedy=f"one of: {', '.join(NAMES)}")
    return table or asked.kind


def pieces(
    store: Store,
    name: str,
    asked: Filter | None = None,
    *,
    table: str | None = None,
    step: Step | None = None,
    jobs: int = 1,
    **chosen: str,
) -> Iterator[bytes]:
    """Return the export of a format, piece by piece.

    Args:
        table: which table, for formats that have one to a file; by default that of the filter's kind.
        step: is told of every so many items done.
        jobs: processes that make it, where it is a table; 1: this one.
        chosen: what the format lets choose (its ``CHOICES``), such as the ``nodes`` of a graph.

    Raises:
        CommuniqueError: no such format or table, or none named where one must be.
    """
    form, asked = _format(name), asked or Filter()
    choices = getattr(form, "CHOICES", {})
    for what, word in chosen.items():
        if what not in choices:
            raise CommuniqueError(f"{name} has no {what}", remedy=f"leave out --{what}")
        if word not in choices[what]:
            raise CommuniqueError(f"no {what} {word!r}", remedy=f"one of: {', '.join(choices[what])}")
    if not hasattr(form, "table_pieces"):
        return cast(Any, form).pieces(store, asked, step, **chosen)  # type: ignore[no-any-return]
    one = _table(asked, table)
    if one is None:
        remedy = "name it by --kind or --table, or name a folder for all tables"
        raise CommuniqueError(f"{name} has one table to a file", remedy=remedy)
    return cast(Tables, form).table_pieces(store, one, asked, step, jobs)


def export(
    store: Store,
    name: str,
    path: Path,
    asked: Filter | None = None,
    *,
    table: str | None = None,
    step: Step | None = None,
    jobs: int = 1,
    **chosen: str,
) -> int:
    """Write the export of a format to ``path``, all of it or nothing, and return its size in bytes.

    A format of tables that is not told which one writes them all, and ``path`` is their folder.

    Raises:
        CommuniqueError: no such format or table, or the file cannot be written.
    """
    form, asked = _format(name), asked or Filter()
    suffix = getattr(form, "SUFFIX", None)
    if suffix is None or _table(asked, table) is not None or path.suffix == suffix:
        return write(path, pieces(store, name, asked, table=table, step=step, jobs=jobs, **chosen))
    try:
        path.mkdir(exist_ok=True)
    except OSError as e:
        raise _unwritable(path, e) from e
    size = 0
    for one in NAMES:
        made = cast(Tables, form).table_pieces(store, one, asked, step, jobs)
        size += write(path / f"{one}{suffix}", made)
    return size


def total(store: Store, name: str, asked: Filter | None = None, table: str | None = None) -> int | None:
    """Return how many items an export tells ``step`` of, None where that is not known before."""
    form, asked = _format(name), asked or Filter()
    one = _table(asked, table)
    if not hasattr(form, "table_pieces"):
        return count(store, asked)
    if one is not None:
        return None if one == UNITS else count(store, replace(asked, kind="engagement" if one == PEOPLE else one))
    return None


def write(path: Path, out: Iterable[bytes]) -> int:
    """Write pieces to a file, all of them or nothing, and return their size in bytes.

    Raises:
        CommuniqueError: the file cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as e:
        raise _unwritable(path, e) from e
    try:
        size = 0
        with os.fdopen(handle, "wb") as f:
            for piece in out:
                size += f.write(piece)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as e:
        Path(temporary).unlink(missing_ok=True)
        raise _unwritable(path, e) from e
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return size


def _unwritable(path: Path, error: OSError) -> CommuniqueError:
    return CommuniqueError(
        f"cannot be written ({error.strerror})", where=str(path), remedy="check that the folder exists and its rights"
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


# Last, as they build on what stands above.
from communique.exports._release import About, release  # noqa: E402
from communique.exports._verify import verify  # noqa: E402

__all__ = ["About", "Format", "Tables", "export", "formats", "pieces", "release", "total", "verify", "write"]
