"""How often the table of readings gives the name that a person bears, from the letters that a page prints.

    python bench/names.py              figures of the parts, and their misses
    python bench/names.py --check      fail where the part set aside last lies below what is promised

The list is cases/names/vietnamese.yaml; how it was drawn and set aside stands at its head. A name is right when it is
exact with all its marks; spellings of one name (Sĩ and Sỹ, Hòa and Hoà) are one, as in the record.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from communique.loader.packs import load
from communique.record.readings import Reader, reader_of

LIST = Path(__file__).resolve().parent.parent / "cases" / "names" / "vietnamese.yaml"
FIRST, WITHIN, TOP = 0.90, 0.98, 3
HALVES = ("dev", "held", "second", "third")
UNSEEN = "third"
"""The part that no reading was entered for; ``held`` and ``second`` were unseen by earlier tables only."""


@dataclass(frozen=True)
class Miss:
    """A name that was not the first reading; ``rank`` is where it stood, 0 for nowhere."""

    letters: str
    name: str
    rank: int
    given: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """Shares of a list of names: first reading right, right within three, a reading right but for its marks (by which
    tellings in two scripts find each other), and what was not first."""

    names: int
    first: float
    within: float
    bare: float
    misses: tuple[Miss, ...]


def measure(rows: Sequence[dict[str, str]], reader: Reader) -> Figures:
    """Return the figures of names given as ``{zh, vi}``."""
    misses = []
    bare = 0
    for row in rows:
        given = reader.reads(row["zh"])
        same = [i for i, g in enumerate(given, 1) if reader.marked(g) == reader.marked(row["vi"])]
        rank = same[0] if same else 0
        bare += any(reader.bare(g) == reader.bare(row["vi"]) for g in given)
        if rank != 1:
            misses.append(Miss(row["zh"], row["vi"], rank, given[:TOP]))
    n = len(rows)
    lost = sum(1 for m in misses if not 1 <= m.rank <= TOP)
    return Figures(n, (n - len(misses)) / n, (n - lost) / n, bare / n, tuple(misses))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="fail below the promised shares")
    asked = parser.parse_args(arguments)
    rows = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    reader = reader_of([Reader.of(p) for p in load().readings], "VN")
    assert reader is not None
    print(f"{len(reader.table)} letters with readings")
    figures = {half: measure([r for r in rows if r["half"] == half], reader) for half in HALVES}
    for half, f in figures.items():
        shares = f"first {f.first:.3f}   within {TOP} {f.within:.3f}   without marks {f.bare:.3f}"
        print(f"{half:6} {f.names:4} names   {shares}")
    for half, f in figures.items():
        for m in f.misses:
            print(
                f"  {half}: {m.letters} is {m.name}, rank {m.rank or 'none'}; given: {', '.join(m.given) or 'nothing'}"
            )
    unseen = figures[UNSEEN]
    return int(asked.check and (unseen.first < FIRST or unseen.within < WITHIN))


if __name__ == "__main__":
    sys.exit(main())
