"""Names that are no names of people, but letters of the names of states and bodies."""

from __future__ import annotations

from collections.abc import Sequence

from communique.mentions.lexicon import Hit
from communique.mentions.names import Name

PAIR = 2


def owned_letters(hits: Sequence[Hit]) -> dict[int, list[tuple[int, int]]]:
    """Return the names of states, bodies and blocs, by each of their letters."""
    rows = [(h.start, h.end) for h in hits if h.entry.kind in ("state", "body")]
    rows += [(h.start - 1, h.end) for h in hits if h.entry.kind == "bloc"]  # no name begins with one
    out: dict[int, list[tuple[int, int]]] = {}
    for a, b in rows:
        for at in range(a, b):
            out.setdefault(at, []).append((a, b))
    return out


def lands(hits: Sequence[Hit]) -> dict[int, range]:
    """Return where a name ends that is a state's, or goes on in its town (*A's B*), by where those of states begin."""
    towns = {h.start: h.end for h in hits if h.entry.kind == "place"}
    return {h.start: range(h.end, towns.get(h.end, h.end) + 1) for h in hits if h.entry.kind == "state"}


def of_town(name: Name, places: Sequence[Hit]) -> bool:
    """Whether a name is a part of the longer name of one of ``places``, which a tagger may cut (*in [Ri]yadh*)."""
    length = name.end - name.start
    return any(h.start <= name.start and name.end <= h.end and h.end - h.start > length for h in places)


def within(name: Name, owned: dict[int, list[tuple[int, int]]]) -> bool:
    """Whether a name is a part of that of a state or a body, goes over an edge of one, or is made of several states."""
    start, end = name.start, name.end
    for a, b in (span for at in (start, end - 1) for span in owned.get(at, ())):
        part = a <= start and end <= b and b - a > end - start
        if part or a < start < b < end or start < a < end < b:
            return True
    inside = {span for at in range(start, end) for span in owned.get(at, ()) if start <= span[0] and span[1] <= end}
    return len(inside) > PAIR and sum(b - a for a, b in inside) == end - start  # *A-B-C*: three states by a letter each
