"""What a watch knows of every article that its feeds listed: so that each is read once, whenever it is stopped."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from communique.source.archive import Archive
from communique.source.feed import Entry

SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
    name TEXT PRIMARY KEY, asked_at REAL NOT NULL DEFAULT 0, answered_at REAL NOT NULL DEFAULT 0,
    faults INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', entries INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS items (
    address TEXT PRIMARY KEY, feed TEXT NOT NULL, host TEXT NOT NULL, mark TEXT NOT NULL, state TEXT NOT NULL,
    due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, found_at REAL NOT NULL, done_at REAL NOT NULL DEFAULT 0,
    digest TEXT NOT NULL DEFAULT '', readings INTEGER NOT NULL DEFAULT 0, units INTEGER NOT NULL DEFAULT 0,
    claims INTEGER NOT NULL DEFAULT 0, letters INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS items_by_state ON items (state, due);
CREATE INDEX IF NOT EXISTS items_by_feed ON items (feed, done_at);
"""
TRIES, FIRST_WAIT, LONGEST_WAIT = 12, 5.0, 3600.0
DONE = ("read", "failed")


@dataclass(frozen=True, slots=True)
class Item:
    """An article that was read, or could not be: ``state`` is ``read`` or ``failed``."""

    address: str
    state: str
    units: int
    claims: int
    letters: int
    reason: str


@dataclass(frozen=True, slots=True)
class FeedState:
    """How a feed is doing: its last moments (seconds of the clock, 0 for never), and what became of its articles."""

    name: str
    asked_at: float
    answered_at: float
    reason: str
    entries: int
    states: dict[str, int]
    last: tuple[Item, ...]
    newest: float


class Ledger:
    """The part of an archive's list that a watch keeps. States: ``due``, ``fetched``, ``read``, ``failed``."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        with archive.lock:
            archive.db.executescript(SCHEMA)

    def asked(self, feed: str, fault: str = "", entries: int | None = None) -> int:
        """Note that a feed was asked, and return how many times in a row it has failed."""
        now = time.time()
        with self._archive.lock:
            db = self._archive.db
            db.execute("INSERT OR IGNORE INTO feeds (name) VALUES (?)", (feed,))
            if fault:
                db.execute(
                    "UPDATE feeds SET asked_at = ?, faults = faults + 1, reason = ? WHERE name = ?", (now, fault, feed)
                )
            else:
                db.execute(
                    "UPDATE feeds SET asked_at = ?, answered_at = ?, faults = 0, reason = '',"
                    " entries = coalesce(?, entries) WHERE name = ?",
                    (now, now, entries, feed),
                )
            return int(db.execute("SELECT faults FROM feeds WHERE name = ?", (feed,)).fetchone()[0])

    def asked_at(self, feed: str) -> tuple[float, int]:
        """Return when a feed was asked last, and how many times in a row it has failed."""
        with self._archive.lock:
            row = self._archive.db.execute("SELECT asked_at, faults FROM feeds WHERE name = ?", (feed,)).fetchone()
        return (float(row[0]), int(row[1])) if row else (0.0, 0)

    def listed(self, feed: str, entries: Iterable[Entry], again_after: float) -> int:
        """Note what a feed lists, and return how many articles are to be fetched for it: new, changed, or long ago."""
        now, count = time.time(), 0
        with self._archive.lock:
            db = self._archive.db
            db.execute("BEGIN")
            try:
                for entry in entries:
                    host = urlsplit(entry.address).netloc
                    added = db.execute(
                        "INSERT OR IGNORE INTO items (address, feed, host, mark, state, due, found_at)"
                        " VALUES (?, ?, ?, ?, 'due', ?, ?)",
                        (entry.address, feed, host, entry.mark, now, now),
                    )
                    changed = db.execute(
                        "UPDATE items SET state = 'due', due = ?, tries = 0, mark = ? WHERE address = ?"
                        " AND state IN ('read', 'failed') AND (mark != ? OR (? > 0 AND done_at < ?))",
                        (now, entry.mark, entry.address, entry.mark, again_after, now - again_after),
                    )
                    count += added.rowcount + changed.rowcount
            finally:
                db.execute("COMMIT")
        return count

    def due(self, but: Iterable[str], most: int) -> list[tuple[str, str]]:
        """Return address and host of articles to be fetched now, one a host, none of the hosts ``but``."""
        left = set(but)
        with self._archive.lock:
            rows = self._archive.db.execute(
                "SELECT address, host, min(due) FROM items WHERE state = 'due' AND due <= ? GROUP BY host ORDER BY 3",
                (time.time(),),
            ).fetchall()
        return [(address, host) for address, host, _ in rows if host not in left][:most]

    def fetched(self, address: str, digest: str) -> bool:
        """Note that an article is in the archive; False where it is the one that was read before."""
        with self._archive.lock:
            same = self._archive.db.execute(
                "UPDATE items SET state = 'read', done_at = ?, tries = 0"
                " WHERE address = ? AND digest = ? AND readings > 0",
                (time.time(), address, digest),
            )
            if same.rowcount:
                return False
            self._archive.db.execute(
                "UPDATE items SET state = 'fetched', digest = ?, tries = 0 WHERE address = ?", (digest, address)
            )
        return True

    def later(self, address: str, reason: str, after: float | None) -> None:
        """Note that an article could not be had; it is asked for again after a while, but not for ever."""
        with self._archive.lock:
            db = self._archive.db
            row = db.execute("SELECT tries FROM items WHERE address = ?", (address,)).fetchone()
            tries = (row[0] if row else 0) + 1
            if tries >= TRIES:
                self.failed(address, reason)
                return
            wait = max(after or 0.0, min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1)))
            db.execute(
                "UPDATE items SET tries = ?, due = ?, reason = ? WHERE address = ?",
                (tries, time.time() + wait, reason, address),
            )

    def put_off(self, address: str, seconds: float) -> None:
        """Leave an article for later, because its host asked for rest: that is no try."""
        with self._archive.lock:
            self._archive.db.execute("UPDATE items SET due = ? WHERE address = ?", (time.time() + seconds, address))

    def failed(self, address: str, reason: str) -> None:
        """Note that an article cannot be read."""
        with self._archive.lock:
            self._archive.db.execute(
                "UPDATE items SET state = 'failed', done_at = ?, reason = ? WHERE address = ?",
                (time.time(), reason, address),
            )

    def waiting(self, most: int) -> list[str]:
        """Return articles that are in the archive and not yet in the record."""
        with self._archive.lock:
            rows = self._archive.db.execute("SELECT address FROM items WHERE state = 'fetched' LIMIT ?", (most,))
            return [row[0] for row in rows.fetchall()]

    def read(self, address: str, units: int, claims: int, letters: int) -> None:
        """Note that an article is in the record."""
        with self._archive.lock:
            self._archive.db.execute(
                "UPDATE items SET state = 'read', done_at = ?, readings = readings + 1, units = ?, claims = ?,"
                " letters = ?, reason = '' WHERE address = ?",
                (time.time(), units, claims, letters, address),
            )

    def states(self, last: int) -> list[FeedState]:
        """Return how every feed is doing, with the ``last`` articles of each, the newest first."""
        with self._archive.lock:
            db = self._archive.db
            out = []
            for name, asked, answered, reason, entries in db.execute(
                "SELECT name, asked_at, answered_at, reason, entries FROM feeds ORDER BY name"
            ).fetchall():
                states = dict(
                    db.execute("SELECT state, count(*) FROM items WHERE feed = ? GROUP BY state", (name,)).fetchall()
                )
                rows = db.execute(
                    "SELECT address, state, units, claims, letters, reason FROM items WHERE feed = ?"
                    " AND state IN ('read', 'failed') ORDER BY done_at DESC LIMIT ?",
                    (name, last),
                ).fetchall()
                newest = db.execute("SELECT coalesce(max(found_at), 0) FROM items WHERE feed = ?", (name,)).fetchone()[
                    0
                ]
                out.append(
                    FeedState(name, asked, answered, reason, entries, states, tuple(Item(*r) for r in rows), newest)
                )
        return out
