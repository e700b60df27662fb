"""Entries that seem one happening, put together so that nothing stands in one that cannot both hold.

The result is a function of the entries and of what comparing them gave, whatever the order: pairs are joined from the
surest down, and a pair is left where a member of one side and a member of the other cannot be one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

CLOSE = 0.5
"""Sums that differ by less do not tell which of two happenings is meant."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that seem one, by name, with the sum of the signs and the signs in words."""

    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clusters:
    """What belongs together (each group in order, alone ones too), the pairs that join, and those left open."""

    groups: tuple[tuple[str, ...], ...]
    joined: tuple[Pair, ...]
    unsure: tuple[Pair, ...]


def cluster(names: Sequence[str], pairs: Sequence[Pair], apart: Callable[[str, str], str | None]) -> Clusters:
    """Return which entries are one.

    Args:
        names: of the entries. pairs: those that seem one. apart: returns why two entries cannot be one, or None.
    """
    apart = cache(apart)
    near: dict[str, list[Pair]] = {n: [] for n in names}
    for pair in pairs:
        near[pair.a].append(pair)
        near[pair.b].append(pair)
    doubtful = _either(near, apart)
    groups = {n: [n] for n in names}
    joined: list[Pair] = []
    unsure: list[Pair] = []
    for pair in sorted(pairs, key=lambda p: (-p.score, p.a, p.b)):
        ours, theirs = groups[pair.a], groups[pair.b]
        if ours is theirs:
            joined.append(pair)
            continue
        why = doubtful.get((pair.a, pair.b)) or next((w for x in ours for y in theirs if (w := apart(x, y))), None)
        if why:
            unsure.append(Pair(pair.a, pair.b, pair.score, (*pair.reasons, f"but {why}")))
            continue
        joined.append(pair)
        ours.extend(theirs)
        for name in theirs:
            groups[name] = ours
    found = {id(g): tuple(sorted(g)) for g in groups.values()}
    return Clusters(tuple(sorted(found.values())), tuple(joined), tuple(unsure))


def _either(near: Mapping[str, Sequence[Pair]], apart: Callable[[str, str], str | None]) -> dict[tuple[str, str], str]:
    """Return the pairs of an entry that fits another, which is not one with the first, about as well or better."""
    out = {}
    for name, pairs in near.items():
        others = [(r.score, r.b if r.a == name else r.a) for r in sorted(pairs, key=lambda r: -r.score)]
        for p in pairs:
            mine = p.b if p.a == name else p.a
            if any(x != mine and score > p.score - CLOSE and apart(mine, x) for score, x in others):
                out[p.a, p.b] = "it may be another as well"
    return out
