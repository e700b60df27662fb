"""Which names of sources came already: in a file that the system deletes, so that memory stays flat."""

from __future__ import annotations

import hashlib
import sqlite3
from types import TracebackType
from typing import Self


class Seen:
    """A set of names with digest and place. Use it in a ``with``."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # an empty name: a temporary file of its own
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA cache_size = -4096")
        self._db.execute("CREATE TABLE seen (name BLOB PRIMARY KEY, digest BLOB, place TEXT) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    def add(self, name: str, data: bytes, place: str, later: bool = False) -> tuple[bool, str] | None:
        """Note a source; None where its name is new, else whether its bytes are the same too, and where it stood.

        Where the bytes are others, the first ones go on to count, or from now on the ``later`` ones.
        """
        key = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        digest = hashlib.blake2b(data, digest_size=16).digest()
        row = self._db.execute("SELECT digest, place FROM seen WHERE name = ?", (key,)).fetchone()
        if row is None or (later and row[0] != digest):
            self._db.execute(
                "INSERT OR REPLACE INTO seen VALUES (?, ?, ?)",
                (key, digest, place.encode("utf-8", "replace").decode()),
            )
        return None if row is None else (row[0] == digest, row[1])
