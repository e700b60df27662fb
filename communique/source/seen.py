"""Which names of sources came already: in a file that the system deletes, so that memory stays flat."""

from __future__ import annotations

import hashlib
import sqlite3
from types import TracebackType
from typing import Self

from communique.errors import SourceError
from communique.model import Skipped


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

    def judge(self, name: str, digest: str, place: str, captured: bool) -> Skipped | SourceError | None:
        """Note a source; None where it is to be read, else why it is not.

        The same bytes are read once. Where the bytes are others, a later capture is read too, and counts from then on;
        else one name for two pages is an error.
        """
        key = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        row = self._db.execute("SELECT digest, place FROM seen WHERE name = ?", (key,)).fetchone()
        mine = bytes.fromhex(digest)[:16]
        if row is None or (captured and row[0] != mine):
            told = (key, mine, place.encode("utf-8", "replace").decode())
            self._db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", told)
            return None
        if row[0] == mine:
            return Skipped(place, f"the same as {row[1]}")
        what = f"{name!r} names another page already ({row[1]})"
        return SourceError(what, where=place, remedy="rename one of the two")
