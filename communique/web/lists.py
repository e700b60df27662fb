"""Rounds of a mechanism as rows of a table, with the gaps where they are."""

from __future__ import annotations

from dataclasses import dataclass

from communique.store import Store
from communique.views import RoundRow, SeriesView
from communique.web.cards import Card, cards


@dataclass(frozen=True, slots=True)
class Row:
    """A round with the clearest telling of it, or a gap from ``first`` to ``last`` (then ``round`` is None)."""

    round: RoundRow | None
    card: Card | None
    first: int = 0
    last: int = 0


def rounds_with_gaps(store: Store, series: SeriesView) -> tuple[Row, ...]:
    """Return the rounds in order; a gap stands before the first round after it."""
    shown = cards(store, [r.items[0] for r in series.rounds], around=36)
    gaps = list(series.gaps)
    out: list[Row] = []
    for found, first in zip(series.rounds, shown, strict=True):
        while gaps and found.ordinal is not None and gaps[0].last < found.ordinal:
            gap = gaps.pop(0)
            out.append(Row(None, None, gap.first, gap.last))
        out.append(Row(found, first))
    out.extend(Row(None, None, g.first, g.last) for g in gaps)
    return tuple(out)
