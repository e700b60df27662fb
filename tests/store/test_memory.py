"""A record's file that is held in memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from support import record

from communique.errors import RecordError
from communique.store import memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how much is locked")


@pytest.fixture(scope="module")
def database() -> str:
    """These are about files."""
    return "sqlite"


def locked() -> int:
    """Return how many kilobytes this process has locked."""
    (line,) = [x for x in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if x.startswith("VmLck")]
    return int(line.split()[1])


def test_a_file_is_held_as_long_as_it_is_asked_for(tmp_path: Path) -> None:
    store = record(tmp_path / "r.db")
    before = locked()
    held = store.hold()
    size = (tmp_path / "r.db").stat().st_size
    assert locked() - before >= size // 1024
    del held
    assert locked() == before


def test_a_file_larger_than_half_of_the_memory_is_not_held(tmp_path: Path) -> None:
    large = tmp_path / "large.db"
    large.touch()
    os.truncate(large, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    with pytest.raises(RecordError, match="larger than half of the memory"):
        memory.hold(str(large))
    memory.warm(str(large))
