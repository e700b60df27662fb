"""Measure reading on one core, on two, and on the engine, as the work grows; and the building of the record.

    python bench/scale.py            1,000 and 10,000 articles, and 100,000 on two processes: half an hour
    python bench/scale.py --quick    200 and 1,000 articles; three minutes

The articles are made by shuffling the sentences of our own pages, a headline and a sentence or two each, and stand in
one Parquet file. Measured are, each in fresh processes and in turns, so that a busy machine slows all alike:

- reading in one process and in two (``--jobs 1``, ``--jobs 2``): pages in, claims out;
- the same on the engine with one worker and two: pages in, claims written as Parquet and read back in order;
- building the record from these claims, fifty articles to a transaction, as it grows.

Clock and processor time are of all processes together, starting up included; memory is the sum of what they hold at the
fullest moment, what they share counted once. Speed by the clock says little where others use the machine too, so ratios
are told by processor time as well: what two processes would read in a second of two idle cores against what one reads.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LETTERS = 60
"""Letters after which an article ends with its sentence: 140 on average."""
TEXTS = ("cases/demo", "cases/gold/dev", "cases/gold/opened")
LEAST_TIMES, MOST_DEARER, MOST_GROWTH = 1.7, 0.30, 0.10
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """One run: how, over how many articles; seconds of the clock and of processors, and the fullest moment in MB."""

    how: str
    articles: int
    clock: float
    cpu: float
    peak: float
    load: float

    @property
    def each(self) -> float:
        """Milliseconds of processor time for an article."""
        return self.cpu / self.articles * 1000


def make(path: Path, number: int) -> Path:
    """Write so many articles as Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    from bench import speed

    speed.PAGE = LETTERS
    pool = speed.sentences(ROOT / t for t in TEXTS)
    texts = speed.articles(pool, 1)
    schema = pa.schema([("id", pa.string()), ("title", pa.string()), ("text", pa.string())])
    with parquet.ParquetWriter(path, schema) as out:
        for start in range(0, number, 5000):
            rows = []
            for n, text in enumerate(islice(texts, min(5000, number - start)), start):
                rows.append({"id": f"a{n}", "title": text.partition("\n")[0], "text": text})
            out.write_table(pa.Table.from_pylist(rows, schema=schema))
    return path


# --- what is measured -----------------------------------------------------------------------------------------------


def read(how: str, jobs: int, source: Path, folder: Path) -> int:
    """Read a file and return how many articles were read."""
    from communique.engines import run
    from communique.engines.spread import spread
    from communique.model import Raw
    from communique.source import open_sources

    if how == "engine":
        return sum(getattr(x, "reading", None) is not None for x in spread([str(source)], folder, "daft", jobs))
    raws = (x for x in open_sources([str(source)]) if isinstance(x, Raw))
    return sum(outcome.reading is not None for outcome in run(raws, jobs))


def build(source: Path, folder: Path, say: Callable[[str], None]) -> list[tuple[int, float]]:
    """Build a record from the claims that an engine left, and return processor ms an article as it grows."""
    from communique.engines import Outcome, coder
    from communique.engines.spread import spread
    from communique.store import open_store

    store = open_store(folder / "r.db", create=True)
    fates = (x for x in spread([str(source)], folder, "daft") if isinstance(x, Outcome) and x.reading is not None)
    out: list[tuple[int, float]] = []
    done, began, at = 0, time.process_time(), 0
    while some := list(islice(fates, 50)):
        store.add_all(((x.reading, x.raw) for x in some if x.reading is not None), coder())
        done += len(some)
        if done - at >= 1000:
            out.append((done, (time.process_time() - began) / (done - at) * 1000))
            say(f"record of {done}: {out[-1][1]:.1f} ms an article")
            began, at = time.process_time(), done
    store.close()
    return out


def tree(root: int) -> Iterator[int]:
    """Yield a process and those that come of it."""
    yield root
    with suppress(OSError):
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from tree(int(child))


def measure(how: str, jobs: int, source: Path, number: int, folder: Path) -> Run:
    """Run in fresh processes, and watch them."""
    words = [sys.executable, str(Path(__file__)), "--inner", how, str(jobs), str(source), str(folder)]
    load, began = os.getloadavg()[0], time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    ticks: dict[int, int] = {}
    peak, at = 0, 0.0
    while process.poll() is None:
        held = 0
        full = time.monotonic() - at > 1
        for pid in tree(process.pid):
            with suppress(OSError, ValueError, IndexError):
                told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks[pid] = int(told[11]) + int(told[12])
                if full:
                    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n")
                    held += next(int(r.split()[1]) for r in rows if r.startswith("Pss:"))
        if full:
            peak, at = max(peak, held), time.monotonic()
        time.sleep(0.1)
    clock = time.monotonic() - began
    assert process.stdout is not None
    with process.stdout:
        done = int(process.stdout.read() or 0)
    if process.returncode or done != number:
        raise SystemExit(f"{how} {jobs}: {done} of {number} articles were read")
    return Run(f"{how} {jobs}", number, clock, sum(ticks.values()) / TICKS, peak / 1024, load)


# --- what is told ---------------------------------------------------------------------------------------------------


def ratios(runs: list[Run], small: int, large: int, huge: int) -> dict[str, float]:
    """Return what is promised of: each the mean over the turns."""

    def mean(how: str, number: int, of: Callable[[Run], float]) -> float:
        mine = [of(r) for r in runs if (r.how, r.articles) == (how, number)]
        return sum(mine) / len(mine) if mine else float("nan")

    def each(r: Run) -> float:
        return r.each

    def clock(r: Run) -> float:
        return r.clock / r.articles

    one, two = (mean(f"processes {n}", large, clock) for n in (1, 2))
    return {
        "two processes against one, by the clock": one / two,
        "two processes against one, by processor time": 2
        * mean("processes 1", large, each)
        / mean("processes 2", large, each),
        "engine with two workers dearer than two processes, by the clock": mean("engine 2", large, clock) / two - 1,
        "the same by processor time": mean("engine 2", large, each) / mean("processes 2", large, each) - 1,
        f"an article at {large} dearer than at {small}, by processor time": mean("processes 2", large, each)
        / mean("processes 2", small, each)
        - 1,
        f"an article at {huge} dearer than at {large}, by processor time": mean("processes 2", huge, each)
        / mean("processes 2", large, each)
        - 1,
        f"an article at {huge} dearer than at {large}, by the clock": mean("processes 2", huge, clock) / two - 1,
    }


def row(run: Run) -> str:
    """Return a run as a line."""
    return (
        f"{run.how:14}{run.articles:9,}{run.clock:9.1f}{run.articles / run.clock:12.1f}{run.cpu:9.1f}{run.each:9.2f}"
        f"{run.peak:9.0f}{run.load:7.1f}"
    )


HEAD = f"{'':14}{'articles':>9}{'clock s':>9}{'articles/s':>12}{'CPU s':>9}{'CPU ms':>9}{'MB':>9}{'load':>7}"


def main(words: Iterable[str] | None = None) -> int:
    """Measure and print; with --check, 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="200 and 1,000 articles")
    parser.add_argument("--turns", type=int, default=2, help="turns of the runs over the larger work (default: 2)")
    parser.add_argument("--huge", type=int, default=100_000, help="articles for the longest run; 0 leaves it out")
    parser.add_argument("--check", action="store_true", help="fail where a promise does not hold")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--inner", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args(None if words is None else list(words))
    if options.inner:
        how, jobs, source, folder = options.inner
        print(read(how, int(jobs), Path(source), Path(folder)))
        return 0
    small, large, huge = (200, 1000, 0) if options.quick else (1000, 10_000, options.huge)
    ways = [("processes", 1), ("processes", 2), ("engine", 1), ("engine", 2)]
    runs: list[Run] = []

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        files = {n: make(folder / f"{n}.parquet", n) for n in (small, large, huge) if n}

        def go(how: str, jobs: int, number: int) -> None:
            claims = folder / f"claims-{len(runs)}"
            runs.append(measure(how, jobs, files[number], number, claims))
            say(row(runs[-1]))

        say(HEAD)
        for turn in range(options.turns):
            for how, jobs in ways:
                go(how, jobs, small)
            for how, jobs in ways[:: 1 if turn % 2 == 0 else -1]:
                go(how, jobs, large)
            if turn == 0 and huge:
                go("processes", 2, huge)
        last = max(n for n, r in enumerate(runs) if (r.how, r.articles) == ("engine 2", large))
        grown = build(files[large], folder / f"claims-{last}", say)
    print(HEAD)
    for run in runs:
        print(row(run))
    found = ratios(runs, small, large, huge)
    for name, value in found.items():
        print(f"{name}: {value:.2f}" if "against" in name else f"{name}: {value:+.1%}")
    for number, each in grown:
        print(f"the record of {number:,} articles: {each:.1f} ms of processor time for each of the last thousand")
    if options.json:
        told = {"runs": [asdict(r) for r in runs], "ratios": found, "record": grown, "cores": os.cpu_count()}
        options.json.write_text(json.dumps(told, indent=1))
    return int(options.check and not kept(found))


def kept(found: dict[str, float]) -> bool:
    """Tell whether what is promised holds, by processor time."""
    for name, value in found.items():
        print(f"{'kept' if _holds(name, value) else 'not kept'}: {name}", file=sys.stderr)
    return all(_holds(name, value) for name, value in found.items())


def _holds(name: str, value: float) -> bool:
    if "clock" in name or math.isnan(value):
        return True
    if "against" in name:
        return value >= LEAST_TIMES
    return value <= (MOST_DEARER if name == "the same by processor time" else MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
