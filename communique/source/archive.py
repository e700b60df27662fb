"""What came from the web, kept as it came: bytes by digest (zstandard), and a list of what was fetched when.

A folder, ``aa/<digest>.zst`` for the bytes and ``index.db`` for the list. ``communique read FOLDER`` reads it again
without the web.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import zstandard

from communique.errors import CommuniqueError, SourceError
from communique.model import Raw
from communique.source.fetch import Fetched
from communique.source.form import media_of

INDEX = "index.db"
MARK = 0x434F4D51
"""The application id of the list: ``COMQ``."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS fetches (
    pk INTEGER PRIMARY KEY, asked TEXT NOT NULL, address TEXT NOT NULL, at TEXT NOT NULL, digest TEXT NOT NULL,
    media TEXT NOT NULL, charset TEXT, etag TEXT, modified TEXT);
CREATE INDEX IF NOT EXISTS fetches_by_address ON fetches (asked, pk);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of the last time that an address was fetched."""

    digest: str
    media: str
    charset: str | None
    etag: str | None
    modified: str | None


def is_archive(folder: Path) -> bool:
    """Tell whether a folder is such an archive."""
    try:
        with (folder / INDEX).open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72], "big") == MARK


class Archive:
    """An archive folder; made when the first thing is kept. May be used by several threads, each call by itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = threading.RLock()
        self._db: sqlite3.Connection | None = None

    @property
    def db(self) -> sqlite3.Connection:
        """The list. Hold ``lock`` while it is used.

        Raises:
            CommuniqueError: the folder cannot be used.
        """
        if self._db is None:
            self._db = self._opened()
        return self._db

    def _opened(self) -> sqlite3.Connection:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self.folder / INDEX, isolation_level=None, check_same_thread=False, timeout=60)
            db.execute("PRAGMA journal_mode = WAL")
            if db.execute("PRAGMA application_id").fetchone()[0] != MARK:
                db.execute(f"PRAGMA application_id = {MARK}")
            db.executescript(SCHEMA)
        except (OSError, sqlite3.Error) as e:
            remedy = "name another folder with --archive"
            raise CommuniqueError(f"no archive can be kept here ({e})", where=str(self.folder), remedy=remedy) from e
        return db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the list."""
        with self.lock:
            if self._db is not None:
                self._db.close()
                self._db = None

    def keep(self, got: Fetched) -> str:
        """Keep what was fetched, and return its digest."""
        digest = hashlib.sha256(got.data).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
            with part.open("wb") as file:
                file.write(zstandard.ZstdCompressor(level=6).compress(got.data))
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        row = (got.asked, got.address, at, digest, got.media, got.charset, got.etag, got.modified)
        with self.lock:
            self.db.execute(
                "INSERT INTO fetches (asked, address, at, digest, media, charset, etag, modified)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        return digest

    def last(self, asked: str) -> Kept | None:
        """Return what is known of the last time that an address was fetched."""
        with self.lock:
            if self._db is None and not is_archive(self.folder):
                return None
            row = self.db.execute(
                "SELECT digest, media, charset, etag, modified FROM fetches WHERE asked = ? ORDER BY pk DESC LIMIT 1",
                (asked,),
            ).fetchone()
        return Kept(*row) if row else None

    def bytes_of(self, digest: str) -> bytes | None:
        """Return kept bytes; None where they are not there, or not whole."""
        try:
            data = zstandard.ZstdDecompressor().decompress(self._path(digest).read_bytes())
        except (OSError, zstandard.ZstdError):
            return None
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def page(self, asked: str) -> Raw | None:
        """Return the page that was fetched last at an address, None where it or its bytes are not there."""
        with self.lock:
            row = self.db.execute(
                "SELECT address, at, digest, media, charset FROM fetches WHERE asked = ? ORDER BY pk DESC LIMIT 1",
                (asked,),
            ).fetchone()
        data = self.bytes_of(row[2]) if row else None
        if row is None or data is None:
            return None
        return Raw(asked, data, media_of(data, row[3], row[0]), asked, row[0], row[1], row[4])

    def pages(self, where: str) -> Iterator[Raw | SourceError]:
        """Yield every page that was fetched, in the order in which it came; feeds and the like are left out."""
        pk = 0
        while True:
            with self.lock:
                rows = self.db.execute(
                    "SELECT pk, asked, address, at, digest, media, charset FROM fetches"
                    " WHERE pk > ? ORDER BY pk LIMIT 100",
                    (pk,),
                ).fetchall()
            if not rows:
                return
            for pk, asked, address, at, digest, media, charset in rows:
                data = self.bytes_of(digest)
                if data is None:
                    remedy = "fetch it again"
                    yield SourceError(
                        "its bytes are not in the archive", where=f"{where}:{pk} ({asked})", remedy=remedy
                    )
                    continue
                found = media_of(data, media, address)
                if found in PAGES:
                    yield Raw(asked, data, found, asked, address, at, charset)

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}.zst"


PAGES = ("text/html", "text/plain", "application/pdf", "message/rfc822", "application/json")
