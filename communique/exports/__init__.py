"""Ways out of the record. Every module of this folder is a format; nothing is registered, the folder is walked."""

from __future__ import annotations

import importlib
import os
import pkgutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

from communique.errors import CommuniqueError
from communique.store import Store
from communique.views import Filter


class Format(Protocol):
    """What a module of this folder offers."""

    SUMMARY: str

    def pieces(self, store: Store, asked: Filter) -> Iterator[bytes]:
        """Yield the file piece by piece; equal records give equal bytes."""


def formats() -> dict[str, Format]:
    """Return every format by its name, which is its module's."""
    return {
        m.name: cast(Format, importlib.import_module(f"{__name__}.{m.name}"))
        for m in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name)
        if not m.name.startswith("_")
    }


def pieces(store: Store, name: str, asked: Filter | None = None) -> Iterator[bytes]:
    """Return the export of a format, piece by piece.

    Raises:
        CommuniqueError: no such format.
    """
    known = formats()
    if name not in known:
        raise CommuniqueError(f"no format {name!r}", remedy=f"one of: {', '.join(known)}")
    return known[name].pieces(store, asked or Filter())


def export(store: Store, name: str, path: Path, asked: Filter | None = None) -> int:
    """Write the export of a format to ``path``, all of it or nothing, and return its size in bytes.

    Raises:
        CommuniqueError: no such format, or the file cannot be written.
    """
    out = pieces(store, name, asked)
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
