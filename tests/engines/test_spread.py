"""Reading on an engine: the record is the one that a single machine makes, to the byte, and nothing is done twice."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import warcs

from communique import exports
from communique.cli.reading import keep_all, read_into
from communique.cli.tally import Tally
from communique.engines import claimfile, daftly, run
from communique.engines.spread import engine_of
from communique.errors import CommuniqueError
from communique.model import Raw
from communique.store import open_store

ROOT = Path(__file__).resolve().parent.parent.parent
DEMO = ROOT / "cases" / "demo"

# Daft leaves the ends of the pipes to its workers to be closed when they are collected.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def read(record: Path, targets: list[Path], engine: tuple[str, Path] | None = None) -> tuple[bytes, Tally]:
    """Read into a record, and return its export and what was counted."""
    store = open_store(record, create=True)
    tally = read_into(store, [str(t) for t in targets], 2 if engine else 1, engine=engine)
    exports.export(store, "jsonl", record.with_suffix(".jsonl"), None)
    store.close()
    gc.collect()
    return record.with_suffix(".jsonl").read_bytes(), tally


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """An archive with all that may go wrong, articles in Parquet, pages in a folder; some come twice."""
    folder = tmp_path_factory.mktemp("sources")
    rows = [
        {"id": p.stem, "title": p.read_text("utf-8").split("\n")[0], "text": p.read_text("utf-8")}
        for p in sorted(DEMO.glob("*.txt"))[:6]
    ]
    pq.write_table(pa.Table.from_pylist([*rows, rows[0]]), folder / "b.parquet", row_group_size=3)
    archive = warcs.write(folder / "a.warc.gz", (data for _, data, _ in warcs.many(120, 9_000_000)))
    for n in (1, 2):
        (folder / f"{n}.html").write_bytes(warcs.page(n))
    (folder / "empty.html").write_bytes(b"<html><body></body></html>")
    return [archive, folder / "b.parquet", folder, archive]


@pytest.fixture(scope="module")
def alone(sources: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Tally]:
    """What one process makes of it."""
    return read(tmp_path_factory.mktemp("alone") / "r.db", sources)


def counted(tally: Tally) -> tuple[Counter[str], Counter[str], int, int, Counter[str]]:
    return tally.states, tally.reasons, tally.failed, tally.units, tally.kinds


def test_the_record_is_the_same_to_the_byte_and_starts_again_where_it_was(
    sources: list[Path], alone: tuple[bytes, Tally], tmp_path: Path
) -> None:
    engine = ("daft", tmp_path / "claims")
    export, tally = read(tmp_path / "r.db", sources, engine)
    assert export == alone[0]
    assert counted(tally) == counted(alone[1])
    files = {p: p.stat().st_mtime_ns for p in engine[1].iterdir()}
    assert all(p.suffix == ".parquet" for p in files)
    held = [x for p in files for x in pq.read_table(p).to_pylist()]
    assert sum(len(x["claims"] or ()) for x in held if x["outcome"] == "read") >= sum(tally.kinds.values()) > 50

    # A second record from the same claims: no page is read for it, and it is the same again.
    missing = max(files, key=lambda p: p.stat().st_size)
    missing.unlink()
    again, _ = read(tmp_path / "again.db", sources, engine)
    assert again == export
    left = {p: p.stat().st_mtime_ns for p in engine[1].iterdir()}
    assert {p for p in files if files[p] != left[p]} == {missing}


def test_killed_in_the_middle_it_goes_on(sources: list[Path], alone: tuple[bytes, Tally], tmp_path: Path) -> None:
    words = ["read", *map(str, sources), "--record", "r.db", "--engine", "daft", "--jobs", "2"]
    command = [sys.executable, "-c", "from communique.cli import main; main()", *words]
    options = {"cwd": tmp_path, "env": {**os.environ, "PYTHONPATH": str(ROOT)}, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until and not list(tmp_path.glob("r.claims/*.parquet")):
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    (tmp_path / "r.claims" / "left.123.part").write_bytes(b"half a file")
    export, _ = read(tmp_path / "r.db", sources, ("daft", tmp_path / "r.claims"))
    assert export == alone[0]


def test_many_in_one_transaction_make_the_same_record(tmp_path: Path) -> None:
    from bench import speed

    pages = speed.articles(speed.sentences([DEMO]), 1)
    raws = [Raw(f"{n}.txt", next(pages).encode(), "text/plain", f"{n}.txt") for n in range(40)]
    raws += [Raw(f"{n}.txt", next(pages).encode(), "text/plain", f"{n}.txt") for n in range(0, 40, 7)]
    outcomes = list(run(raws))
    made = []
    for together in (1, 7, 50):
        store = open_store(tmp_path / f"{together}.db", create=True)
        for some in range(0, len(outcomes), together):
            keep_all(store, outcomes[some : some + together], Tally())
        exports.export(store, "jsonl", tmp_path / "out.jsonl", None)
        store.close()
        made.append((tmp_path / "out.jsonl").read_bytes())
    assert made[0] == made[1] == made[2]


def test_what_is_wrong_is_told_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommuniqueError, match="there is: daft"):
        engine_of("spark")
    (tmp_path / "x.parquet").write_bytes(b"PAR1 not at all")
    with pytest.raises(CommuniqueError, match="no claims that can be read"):
        list(claimfile.read(tmp_path / "x.parquet"))
    monkeypatch.setitem(sys.modules, "daft", None)
    with pytest.raises(CommuniqueError, match=r"pip install 'communique\[scale\]'"):
        daftly.library()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CommuniqueError, match=r"pip install 'communique\[scale\]'"):
        claimfile.pyarrow()
