"""Large files in parts: together they give just what the whole gives, whatever stands in them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import warcs

from communique.model import Raw
from communique.source import Limits
from communique.source.lump import PARQUET, WARC, Lump, cut, read

LIMITS = Limits(page=100_000)


def told(lumps: list[Lump]) -> list[tuple[str, ...]]:
    found = [x for lump in lumps for x in read(lump, LIMITS)]
    return [(x.origin, x.source, x.digest) if isinstance(x, Raw) else (str(x),) for x in found]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst"])
@pytest.mark.parametrize("records", [1, 7, 200])
def test_parts_of_a_hostile_archive_give_what_the_whole_gives(tmp_path: Path, name: str, records: int) -> None:
    path = warcs.write(tmp_path / name, (data for _, data, _ in warcs.many(900, 400_000, seed=records)))
    whole = Lump(WARC, str(path), "a")
    parts = list(cut(whole, records, LIMITS))
    assert told(parts) == told([whole])
    assert len(parts) > 900 // records // 5
    assert (parts[0].start, parts[-1].stop) == (0, None)


def test_an_archive_that_was_packed_as_one_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    warcs.write(tmp_path / "a.warc", (data for _, data, _ in warcs.many(50, 400_000)))
    import gzip

    path.write_bytes(gzip.compress((tmp_path / "a.warc").read_bytes()))
    assert list(cut(Lump(WARC, str(path), "a"), 5, LIMITS)) == [Lump(WARC, str(path), "a")]


@pytest.mark.parametrize("records", [1, 9, 40, 500])
def test_parts_of_parquet(tmp_path: Path, records: int) -> None:
    rows = [{"id": f"n{n}", "title": f"Drill {n}", "text": f"The navies held drill {n}."} for n in range(100)]
    rows[17]["text"] = ""
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=33)
    whole = Lump(PARQUET, str(tmp_path / "a.parquet"), "a")
    parts = list(cut(whole, records, LIMITS))
    assert told(parts) == told([whole])
    assert len(parts) == -(-100 // records)
    assert len(told([whole])) == 100
