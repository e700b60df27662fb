"""Reading in processes: batches, order, and one bad source among many."""

from __future__ import annotations

from pathlib import Path

from communique.engines import coder, run
from communique.engines.processes import batches
from communique.model import Raw


def raws(pages: Path, count: int = 30) -> list[Raw]:
    data = min(pages.glob("*.txt")).read_bytes()
    return [Raw(f"{n}.txt", data + f"\n{n}".encode(), "text/plain", f"{n}.txt") for n in range(count)]


def test_batches_are_bounded_by_number_and_by_size() -> None:
    small = [Raw(str(n), b"x", "text/plain", "x") for n in range(45)]
    assert [len(b) for b in batches(small)] == [20, 20, 5]
    large = [Raw(str(n), b"x" * 1000, "text/plain", "x") for n in range(5)]
    assert [len(b) for b in batches(large, most_bytes=2000)] == [2, 2, 1]


def test_outcomes_come_in_order_and_alike_however_many_processes(demo_pages: Path) -> None:
    mine = raws(demo_pages)
    mine.insert(7, Raw("bad.txt", b"", "text/plain", "bad.txt"))
    one, two = list(run(mine, 1)), list(run(mine, 2))
    assert [o.raw.source for o in one] == [o.raw.source for o in two] == [r.source for r in mine]
    assert [o.reading and o.reading.claims for o in one] == [o.reading and o.reading.claims for o in two]
    assert [o.raw.source for o in two if o.error] == ["bad.txt"]


def test_a_defect_costs_only_its_own_source(demo_pages: Path, monkeypatch) -> None:
    from communique import flow

    whole = flow.read

    def read(some, packs):
        if any(r.source == "3.txt" for r in some):
            raise ZeroDivisionError("a defect")
        return whole(some, packs)

    monkeypatch.setattr(flow, "read", read)
    failed = [o for o in run(raws(demo_pages, 6), 1) if o.error]
    assert [o.raw.source for o in failed] == ["3.txt"]
    assert "ZeroDivisionError: a defect" in str(failed[0].error)


def test_the_coder_tells_version_and_packs() -> None:
    assert coder() == coder()
    assert len(coder().split()) == 3
