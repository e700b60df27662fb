"""A record's file in the memory of the system: read once before anybody asks, or held there."""

from __future__ import annotations

import ctypes
import mmap
import os
from contextlib import suppress
from pathlib import Path

from communique.errors import RecordError

PART = 4 * 1024 * 1024
"""Bytes that are read at a time."""
SHARE = 2
"""A file is read or held where it is at most this part of the memory of the machine: a half."""


def _fits(size: int) -> bool:
    return SHARE * size <= os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def warm(file: str) -> None:
    """Read a file once from end to end where it fits well into memory: the system then has what pages will ask for.

    A page asks for rows that lie anywhere in the file; one by one they come from a disk a hundred times as slowly.
    """
    with suppress(OSError, ValueError, AttributeError), Path(file).open("rb", buffering=0) as f:
        if not _fits(os.fstat(f.fileno()).st_size):
            return
        part = bytearray(PART)
        while f.readinto(part):
            pass


def hold(file: str) -> mmap.mmap:
    """Lock a file in memory, as long as the returned value lives: the system takes none of it back for other work.

    What is written behind its present end is not held.

    Raises:
        RecordError: it is larger than half of the memory, or the system does not let this process lock so much.
    """
    import numpy as np

    with Path(file).open("rb") as f:
        size = os.fstat(f.fileno()).st_size
        if not hasattr(os, "sysconf") or not hasattr(mmap, "PROT_READ"):
            raise RecordError("cannot be held in memory on this system", where=file, remedy="leave --hold out")
        if not _fits(size):
            raise RecordError("is larger than half of the memory", where=file, remedy="leave --hold out")
        held = mmap.mmap(f.fileno(), 0, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ)
    address = np.frombuffer(held, np.uint8).ctypes.data
    if ctypes.CDLL(None, use_errno=True).mlock(ctypes.c_void_p(address), ctypes.c_size_t(size)):
        said = os.strerror(ctypes.get_errno())
        raise RecordError(
            f"cannot be held in memory ({said})",
            where=file,
            remedy=f"allow it 'ulimit -l {-(-size // 1024)}', or leave --hold out",
        )
    return held
