"""Measure how fast a record of a million engagements leaves the house, and whether memory stays flat.

    python bench/exports.py                          a million engagements: ten minutes or so
    python bench/exports.py --engagements 50000      a small one: a minute
    python bench/exports.py --keep big.db            keep the record; where the file is there already, only export it
    python bench/exports.py --formats parquet,csv    only these

The record is that of ``bench/record.py``, its articles put straight into the tables that exports read; every item is
an entry of its own. Each export runs in a process of its own, which tells its time, on the clock and on the processor
(where the two differ, something else was running), and its greatest memory, without the file of the record that the
system maps; so does the same export of a tenth of the record, so that growth shows.

What is promised: Parquet at 50,000 rows a second or more with a process to a core, and memory that does not grow with
the record.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import insert  # noqa: E402

from bench.record import PER_ARTICLE, Telling, World, article  # noqa: E402
from communique.record import bounds  # noqa: E402
from communique.store import Store, open_store  # noqa: E402
from communique.store import rows as store_rows  # noqa: E402
from communique.store.schema import claims, entries, evidence, sources, units  # noqa: E402

LEAST_ROWS, MOST_GROWTH = 50_000, 1.25
ROWS = ("parquet", "csv", "xlsx")
SEVERAL = ("parquet", "csv")
"""Formats that several processes make, one a core."""
ALL = (*ROWS, "jsonl", "graphml", "gexf", "ics", "bibtex", "csl", "plover", "cameo", "prov")
CHILD = """
import json, os, resource, sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from communique import exports, views
from communique.store import open_store
peak = 0
def held(process):
    try:
        resident, shared = map(int, open(f"/proc/{{process}}/statm").read().split()[1:3])
        children = open(f"/proc/{{process}}/task/{{process}}/children").read().split()
    except OSError:
        return 0
    return resident - shared + sum(map(held, children))
def look(_):
    # What the processes hold themselves: pages of the record's own file, which the system maps, are not counted.
    global peak
    peak = max(peak, held(os.getpid()) * os.sysconf("SC_PAGE_SIZE"))
def worked():
    both = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in both)
if __name__ == "__main__":
    store = open_store({record!r}, create=False)
    began, before = time.perf_counter(), worked()
    asked = views.Filter(**{asked!r})
    size = exports.export(store, {format!r}, Path({out!r}), asked, step=look, jobs={jobs})
    look(0)
    print(json.dumps({{"seconds": time.perf_counter() - began, "worked": worked() - before, "size": size,
                       "peak": peak / 2**20}}))
"""


def fill(store: Store, world: World, number: int, start: int = 0) -> None:
    """Put articles straight into the tables that exports read: a million engagements in a few minutes."""
    for first in range(start, number, 2000):
        readings = [article(world, n) for n in range(first, min(first + 2000, number))]
        with store.writing() as c:
            for table, made in zip((sources, units, entries, claims, evidence), _rows(readings, first), strict=True):
                c.execute(insert(table), made)


def _rows(readings: Iterable[Telling], first: int) -> tuple[list[dict[str, Any]], ...]:
    out: tuple[list[dict[str, Any]], ...] = ([], [], [], [], [])
    pk = first * 20
    for n, reading in enumerate(readings, first + 1):
        doc = reading.document
        state = {"state": "live", "coder": "bench 1", "notes": [], "misses": 0}
        out[0].append({"pk": n, **store_rows.source(doc, "2026-01-01T00:00:00+00:00", **state)})
        out[1].append({"pk": n, **store_rows.unit(n, doc.units[0])})
        for c in reading.claims:
            pk += 1
            e = c.evidence[0]
            span = bounds(store_rows.date(c))
            out[2].append({"pk": pk, "id": f"e{c.id}", "kind": c.kind, "mark": c.id, "thing": f"e{c.id}"})
            out[3].append({
                "pk": pk, "id": c.id, "unit": n, "kind": c.kind, "type": c.values.get("type") or c.values.get("act"),
                "status": c.values.get("status"), "date": store_rows.date(c), "first_day": span[0] if span else None,
                "last_day": span[1] if span else None, "day": store_rows.day(doc.units[0], c), "start": e.start,
                "position": 0, "values": dict(c.values), "rule": c.rule, "coder": c.coder, "review": "machine",
                "facts": None, "entry": pk,
            })  # fmt: skip
            out[4].append({"claim": pk, "seq": 0, "start": e.start, "end": e.end, "quote": e.quote, "field": None})
    return out


def measured(record: str, name: str, folder: Path, asked: dict[str, str], jobs: int) -> dict[str, float]:
    """Export in a process of its own, or several, and return seconds, bytes and greatest memory in MB."""
    out = str(folder / f"out.{name}")
    code = CHILD.format(root=str(ROOT), record=record, format=name, out=out, asked=asked, jobs=jobs)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def figures(big: str, small: str, number: int, names: Iterable[str], folder: Path) -> Iterator[tuple[str, bool]]:
    """Print a table as it goes and yield which promises hold."""
    heads = ("processes", "rows/s", "seconds", "processor", "MB out", "peak MB", "of a tenth")
    print(f"{'':10}" + "".join(f"{h:>12}" for h in heads))
    cores = os.cpu_count() or 1
    for name in names:
        asked = {"kind": "engagement"} if name in ROWS else {}
        for jobs in sorted({1, cores} if name in SEVERAL else {1}):
            some, many = measured(small, name, folder, asked, jobs), measured(big, name, folder, asked, jobs)
            speed = number / many["seconds"]
            print(f"{name:10}{jobs:12}{speed:12,.0f}{many['seconds']:12.1f}{many['worked']:12.1f}"
                  f"{many['size'] / 1e6:12.1f}{many['peak']:12.0f}{some['peak']:12.0f}", flush=True)  # fmt: skip
            yield f"{name} in {jobs}: memory flat", many["peak"] <= MOST_GROWTH * some["peak"]
        if name == "parquet":
            yield f"parquet: {LEAST_ROWS:,} rows a second", speed >= LEAST_ROWS


def main(words: Iterable[str] | None = None) -> int:
    """Make the record, export it, and print; with --check, 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engagements", type=int, default=1_000_000, help="how many (default: a million)")
    parser.add_argument("--formats", default=",".join(ALL), help="which, with commas")
    parser.add_argument("--keep", type=Path, help="keep the records in this file and FILE.tenth, or export those")
    parser.add_argument("--check", action="store_true", help="fail where a promise does not hold")
    options = parser.parse_args(None if words is None else list(words))
    with tempfile.TemporaryDirectory() as folder:
        big = options.keep or Path(folder) / "big.db"
        small = big.with_name(big.name + ".tenth")
        for path, number in ((small, options.engagements // 10), (big, options.engagements)):
            if not path.exists():
                with closing(open_store(path, known=World.of(number).known)) as store:
                    fill(store, World.of(number), number // PER_ARTICLE)
                    store.settle()
        kept = dict(figures(str(big), str(small), options.engagements, options.formats.split(","), Path(folder)))
    broken = [what for what, holds in kept.items() if not holds]
    for what in broken:
        print(f"not kept: {what}", file=sys.stderr)
    return int(bool(broken) and options.check)


if __name__ == "__main__":
    sys.exit(main())
