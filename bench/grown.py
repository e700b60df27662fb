"""A record grown to a million engagements in minutes: some articles go in through the front door, then are copied.

``bench/record.py`` makes every article and adds it as every article is added, which takes hours. Here the articles of a
small record are copied inside the database, with other ids and other days, until there are enough. A copy is told of
the same persons and the same rounds of the same mechanisms, so that these are told of as often as in a record that was
read; its talks, signings and commitments are things of their own. Rows, indexes and search are those of a real record.

    python bench/grown.py big.db                    10,000 articles read, copied nineteen times
    python bench/grown.py big.db --read 500 --times 3
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.record import PER_ARTICLE, World, fill  # noqa: E402
from communique.model import Evidence  # noqa: E402
from communique.store import open_store, rows  # noqa: E402
from communique.store.tokens import tokens  # noqa: E402

KEPT = ("person", "mechanism")
STEP = 137
"""Days between one copy and the next."""
ROUND = "c.type = 'session'"


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    return [r[1] for r in db.execute(f"PRAGMA table_info({table})")]


def _copy(db: sqlite3.Connection, table: str, where: str, **other: str) -> None:
    """Copy rows of a table; ``other`` gives the columns that become another, as SQL of the row ``t``."""
    names = _columns(db, table)
    told = ", ".join(other.get(n, f't."{n}"') for n in names)
    listed = ", ".join(f'"{n}"' for n in names)
    db.execute(f"INSERT INTO {table} ({listed}) SELECT {told} FROM {table} t WHERE {where}")


def copies(path: Path, times: int) -> None:
    """Copy everything that stands in a record so many times."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY"):
            db.execute(f"PRAGMA {pragma}")
        most = {
            t: db.execute(f"SELECT max(pk) FROM {t}").fetchone()[0] for t in ("sources", "units", "claims", "entries")
        }
        words = [(pk, " ".join(tokens(text))) for pk, text in db.execute("SELECT pk, text FROM units")]
        said = _claim_words(db)
        # Claims of persons, mechanisms and rounds stay with the thing that they tell of; the others tell of new ones.
        db.execute("CREATE TEMP TABLE own AS SELECT DISTINCT c.entry AS pk "
                   "FROM claims c JOIN entries e ON e.pk = c.entry "
                   f"WHERE e.kind NOT IN {KEPT} AND NOT ({ROUND} IS TRUE)")  # fmt: skip
        db.execute("CREATE UNIQUE INDEX own_pk ON own (pk)")
        for n in range(1, times + 1):
            began = time.perf_counter()
            db.execute("BEGIN")
            _once(db, n, most)
            shift = n * most["units"]
            db.executemany("INSERT INTO units_words(rowid, words) VALUES (?, ?)", ((p + shift, w) for p, w in words))
            shift = n * most["claims"]
            db.executemany("INSERT INTO claims_words(rowid, words) VALUES (?, ?)", ((p + shift, w) for p, w in said))
            db.execute("COMMIT")
            print(f"copy {n} of {times}: {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)


def _claim_words(db: sqlite3.Connection) -> list[tuple[int, str]]:
    """Return the words under which the claims are found."""
    quotes: dict[int, list[Evidence]] = {}
    for claim, start, end, quote, of in db.execute(
        'SELECT claim, start, "end", quote, field FROM evidence ORDER BY seq'
    ):
        quotes.setdefault(claim, []).append(Evidence(start, end, quote, of))
    asked = 'SELECT pk, "values" FROM claims'
    return [(pk, " ".join(tokens(rows.words(json.loads(v), quotes[pk])))) for pk, v in db.execute(asked)]


def _once(db: sqlite3.Connection, n: int, most: dict[str, int]) -> None:
    def on(table: str, column: str = "pk") -> str:
        return f't."{column}" + {n * most[table]}'

    def day(column: str) -> str:
        return f"CASE WHEN length(t.{column}) = 10 THEN date(t.{column}, '+{n * STEP} days') ELSE t.{column} END"

    def named(column: str) -> str:
        return f"'{n}-' || t.{column}"

    first = {t: f"t.pk <= {most[t]}" for t in most}
    own = "t.entry IN (SELECT pk FROM own)"
    moved = f"{own} AND t.type IS NOT 'session'"
    _copy(db, "sources", first["sources"], pk=on("sources"), source=named("source"), digest=named("digest"),
          origin=named("origin"), place=named("place"))  # fmt: skip
    _copy(db, "units", first["units"], pk=on("units"), source=on("sources", "source"), id=named("id"),
          source_name=named("source_name"), origin=named("origin"),
          published=day("published"), told=day("told"))  # fmt: skip
    _copy(db, "entries", f"{first['entries']} AND t.pk IN (SELECT pk FROM own)", pk=on("entries"), id=named("id"),
          mark=named("mark"), thing=named("thing"))  # fmt: skip
    dates = {c: f"CASE WHEN {moved} THEN {day(c)} ELSE t.{c} END" for c in ("date", "first_day", "last_day")}
    _copy(db, "claims", first["claims"], pk=on("claims"), unit=on("units", "unit"), id=named("id"), **dates,
          day=f"CASE WHEN t.type IS 'session' THEN t.day ELSE {day('day')} END",
          entry=f"CASE WHEN {own} THEN {on('entries', 'entry')} ELSE t.entry END")  # fmt: skip
    # What hangs on claims: the claims of a copy begin behind those of the first.
    for table in ("evidence", "claim_keys", "links"):
        _copy(db, table, f"t.claim <= {most['claims']}", claim=on("claims", "claim"))


def main(words: Iterable[str] | None = None) -> int:
    """Make the record."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="file of the record; what is there already counts")
    parser.add_argument("--read", type=int, default=10_000, help="articles that go in by the front door")
    parser.add_argument("--times", type=int, default=19, help="copies of them (default: 19)")
    options = parser.parse_args(None if words is None else list(words))
    world = World.of(options.read * (options.times + 1) * PER_ARTICLE)
    with closing(open_store(options.path, known=world.known)) as store:
        fill(store, world, options.read, lambda s: print(s, file=sys.stderr, flush=True))
    copies(options.path, options.times)
    with closing(open_store(options.path, known=world.known)) as store:
        store.settle()
    return 0


if __name__ == "__main__":
    sys.exit(main())
