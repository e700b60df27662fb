"""What an answer rests on: the reports and months that it was read from, how much a person saw, possible doubles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from communique.store import Store
from communique.store.chunks import chunks
from communique.store.happenings import TOLD_APART
from communique.store.schema import entries, pairs
from communique.views.rows import Item

SEEN = ("accepted", "corrected")


@dataclass(frozen=True, slots=True)
class Basis:
    """What some items rest on.

    ``reports`` counts copies of one report once; ``months`` are numbers of items by the month in which they were
    told (empty: unknown); ``seen`` are items that a person accepted or corrected; ``doubles`` pairs of their
    entries with others that may be one.
    """

    items: int
    sources: int
    reports: int
    months: Mapping[str, int]
    seen: int
    doubles: int

    def in_words(self) -> str:
        """Return it as one line."""
        told = sorted(m for m in self.months if m)
        span = " to ".join(dict.fromkeys((told[0], told[-1]))) if told else "at unknown times"
        gone = f", {self.months['']} items at unknown times" if told and self.months.get("") else ""
        doubles = f"; {self.doubles} possible double{'s' if self.doubles != 1 else ''}" if self.doubles else ""
        read = f"{self.items} items from {self.reports} reports in {self.sources} sources"
        checked = f"{self.seen} seen by a person, {self.items - self.seen} by machine only"
        return f"rests on {read}, told {span} ({len(told)} months or years{gone}); {checked}{doubles}"


def basis(store: Store, items: Sequence[Item]) -> Basis:
    """Return what items rest on."""
    return Basis(
        len(items),
        len({i.source for i in items}),
        len({i.origin for i in items}),
        Counter(((i.published or i.not_before or "")[:7]) for i in items),
        sum(i.review in SEEN for i in items),
        _doubles(store, sorted({i.entry for i in items})),
    )


def _doubles(store: Store, things: Sequence[str]) -> int:
    """Return how many pairs with an entry of these things may be one and are left apart."""
    found: set[tuple[int, int]] = set()
    with store.reading() as connection:
        for some in chunks(things):
            mine = select(entries.c.pk).where(entries.c.thing.in_(some))
            asked = (
                select(pairs.c.a, pairs.c.b)
                .where(or_(pairs.c.a.in_(mine), pairs.c.b.in_(mine)))
                .where(pairs.c.used.is_(False), pairs.c.verdict != "different")
                .where(func.coalesce(pairs.c.but, "") != TOLD_APART)
            )
            found |= {(a, b) for a, b in connection.execute(asked)}
    return len(found)
