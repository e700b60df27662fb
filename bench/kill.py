"""Kill ``communique read`` at random moments and see what is left.

    python bench/kill.py                  fifty times, by turns with one process and with two: a quarter of an hour
    python bench/kill.py --times 5        five times
    python bench/kill.py --part           at a moment when some were reported and not all
    python bench/kill.py --record URL     in a PostgreSQL database: .ci/postgres gives one (see docs/measure.md)

Every time a new record is begun, ``read --verbose`` is killed by signal 9 at a moment drawn evenly from the length of
an undisturbed run, and then

- the record opens and, in a file, SQLite finds nothing wrong with it;
- it holds, whole, every article that was reported as done;
- no process of the reading is left;
- a second ``read`` completes it, and its export is to the byte that of an undisturbed run.

The articles are short ones made by shuffling the sentences of the demo pages (bench/speed.py).
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.speed import articles, sentences  # noqa: E402

DONE = ("added: ", "unchanged: ", "reread: ", "replaced: ")
LETTERS = 220


def pages(folder: Path, number: int) -> Path:
    """Write articles into a folder and return it."""
    folder.mkdir()
    for n, text in enumerate(islice(articles(sentences([ROOT / "cases" / "demo"]), 4), number)):
        (folder / f"{n:03}.txt").write_text(f"第{n}号\n\n{text[:LETTERS]}\n", encoding="utf-8")
    return folder


def command(*words: str) -> list[str]:
    """Return the command line of ``communique``, as this Python runs it."""
    return [sys.executable, "-c", "from communique.cli import main; main()", *words]


def environment() -> dict[str, str]:
    """Return the environment for it."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@dataclass(frozen=True)
class Killed:
    """What a killed run said: the sources it reported as done, and whether it had ended by itself before."""

    done: frozenset[str]
    ended: bool


def read(folder: Path, record: str, jobs: int, after: float | None = None, reports: int | None = None) -> Killed:
    """Read a folder into a record, killed ``after`` so many seconds or ``reports``; return what was reported by then.

    Raises:
        RuntimeError: an undisturbed run failed.
    """
    words = ("read", str(folder), "--record", record, "--jobs", str(jobs), "--verbose")
    said: list[str] = []
    done: list[str] = []
    with subprocess.Popen(
        command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(), encoding="utf-8"
    ) as child:
        clock = threading.Timer(after if after is not None else 3600, child.send_signal, (signal.SIGKILL,))
        clock.start()
        assert child.stderr is not None
        for line in child.stderr:
            said.append(line)
            # A line that was cut off by the end is no report.
            if line.startswith(DONE) and line.endswith("\n"):
                done.append(Path(line.partition(": ")[2].rstrip("\n")).name)
                if len(done) == reports:
                    child.send_signal(signal.SIGKILL)
        code = child.wait()
        clock.cancel()
    if after is None and reports is None and code:
        raise RuntimeError("".join(said))
    return Killed(frozenset(done), code == 0)


def export(record: str) -> bytes:
    """Return the export of a record."""
    words = ("export", "--record", record)
    return subprocess.run(command(*words), stdout=subprocess.PIPE, env=environment(), check=True).stdout


def held(record: str) -> dict[str, tuple[int, int, int]]:
    """Return what a record holds of each source: units, claims, misses. Nothing where it was not yet made."""
    from communique import views
    from communique.errors import RecordError
    from communique.store import open_store

    try:
        store = open_store(record, create=False)
    except RecordError as e:
        if "no such record" in str(e):
            return {}
        raise
    with closing(store):
        return {s.source: (s.units, s.claims, s.misses) for s in views.sources(store, state="live")}


@dataclass(frozen=True)
class Whole:
    """What an undisturbed run gives: the export, and what the record holds of each source."""

    export: bytes
    held: dict[str, tuple[int, int, int]]


def wrong(record: str, folder: Path, killed: Killed, jobs: int, whole: Whole) -> str:
    """Return what is wrong with a record after its reading was killed; nothing if all is well. Completes it."""
    there = held(record)
    if missing := sorted(killed.done - there.keys()):
        return f"reported as done and not there: {missing}"
    if partial := sorted(s for s, n in there.items() if n != whole.held[s]):
        return f"there in part: {partial}"
    if "://" not in record and Path(record).exists():
        with closing(sqlite3.connect(record)) as db:
            if (said := db.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                return f"SQLite finds: {said}"
    if left := workers(folder):
        return f"processes are left: {left}"
    read(folder, record, jobs)
    return "" if export(record) == whole.export else "the completed record differs from an undisturbed one"


def workers(folder: Path, patience: float = 5.0) -> list[int]:
    """Return the processes that still have to do with a folder after a while (nothing where /proc is missing)."""
    until = time.monotonic() + patience
    while (found := _workers(folder)) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def _workers(folder: Path) -> list[int]:
    mark = f"COMMUNIQUE_BENCH={folder}".encode()
    found = []
    for at in Path("/proc").glob("[0-9]*"):
        try:
            if at.name != str(os.getpid()) and mark in (at / "environ").read_bytes():
                found.append(int(at.name))
        except OSError:
            continue
    return found


def place(base: str, folder: Path, name: str) -> str:
    """Return the address of a new record: a file, or a schema of its own at a PostgreSQL address."""
    if "://" not in base:
        return str(folder / f"{name}.db")
    from sqlalchemy import NullPool, create_engine

    with create_engine(base, poolclass=NullPool).begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS kill_{name} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA kill_{name}")
    return f"{base}?options=-csearch_path%3Dkill_{name}"


def soak(base: str, times: int, number: int, seed: int, both: bool = True, part: bool = False) -> tuple[int, list[str]]:
    """Kill so many readings; return how many were killed part of the way, and what was wrong.

    Args:
        base: a PostgreSQL address, or nothing for files. times: how often. number: of articles. seed: of the moments.
        both: with two processes too. part: kill at a report, part of the way, and not at a moment of the clock.
    """
    chance = random.Random(seed)
    trouble: list[str] = []
    midway = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pages(Path(temporary) / "pages", number)
        os.environ["COMMUNIQUE_BENCH"] = str(folder)
        lengths: dict[int, float] = {}
        for jobs in (1,) if part else (1, 1, 2, 2) if both else (1, 1):
            record = place(base, Path(temporary), "whole")
            began = time.monotonic()
            read(folder, record, jobs)
            lengths[jobs] = min(time.monotonic() - began, lengths.get(jobs, 1e9))
            whole = Whole(export(record), held(record))
            _clear(record)
        for n in range(times):
            jobs = 1 + n % 2 if both else 1
            after = chance.uniform(0, lengths.get(jobs, 0))
            record = place(base, Path(temporary), f"r{n}")
            if part:
                killed = read(folder, record, jobs, reports=chance.randint(1, number - 10))
            else:
                killed = read(folder, record, jobs, after)
            midway += 0 < len(killed.done) < number
            said = wrong(record, folder, killed, jobs, whole)
            when = "at a report" if part else f"after {after:.2f} of {lengths[jobs]:.2f} s"
            line = f"{n + 1}: {jobs} process(es), killed {when}"
            print(f"{line}, {len(killed.done)} of {number} reported: {said or 'whole'}", file=sys.stderr, flush=True)
            if said:
                trouble.append(f"{line}: {said}")
            _clear(record)
        del os.environ["COMMUNIQUE_BENCH"]
    return midway, trouble


def _clear(record: str) -> None:
    """Delete the file of a record; a schema goes when one of its name is made anew, or with its server."""
    if "://" not in record:
        for end in ("", "-wal", "-shm"):
            Path(f"{record}{end}").unlink(missing_ok=True)


def main(words: Iterable[str] | None = None) -> int:
    """Kill and tell; 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50, help="how often (default: 50)")
    parser.add_argument("--pages", type=int, default=100, help="articles to read (default: 100)")
    parser.add_argument("--seed", type=int, default=0, help="of the moments")
    parser.add_argument("--part", action="store_true", help="kill only part of the way, at a report")
    parser.add_argument("--record", default="", help="a PostgreSQL address, instead of files")
    options = parser.parse_args(None if words is None else list(words))
    midway, trouble = soak(options.record, options.times, options.pages, options.seed, part=options.part)
    print(f"killed {options.times} times, {midway} of them part of the way; wrong: {len(trouble)}")
    for line in trouble:
        print(line)
    return int(bool(trouble))


if __name__ == "__main__":
    sys.exit(main())
