"""Commas that part no statements: in an address, and behind a day whose clause goes on."""

from __future__ import annotations

from collections.abc import Sequence

from communique.claims.clausewords import ClauseGrammar
from communique.claims.modifiers import acts
from communique.model import Mention

DAY = 8  # letters between a comma and the day behind it
OPENING = 20
"""Letters of what may open a sentence before its verb."""


def in_address(text: str, i: int, mentions: Sequence[Mention], start: int) -> bool:
    """Whether a comma stands between a town and its state, or behind both before a day (*in A, B, on 5 May*).

    Not where only the day stands before the town and the state then acts: *on 5 May in A, B and C signed*.
    """
    pairs = [
        (a, b)
        for a, b in zip(mentions, mentions[1:], strict=False)
        if a.kind == "place" and b.kind in ("state", "place") and b.start == a.end + 2
        if not (b.kind == "state" and acts(text, start, a, b, mentions))
    ]
    dated = any(m.kind == "date" and 0 < m.start - i < DAY for m in mentions)
    return any(a.end == i or (b.end == i and dated) for a, b in pairs)


def when_and_where(text: str, i: int, mentions: Sequence[Mention], start: int, g: ClauseGrammar) -> bool:
    """Whether a comma stands between a marked day and the next marked words of its clause (*on the 3rd, in A*).

    Where words stand apart, from whom something came, behind a verb (*got a call on 3 May, from A's minister*).
    """
    day = next((m for m in mentions if m.end == i and m.kind == "date"), None)
    if day is None or not g.apart:
        return day is not None and text.endswith(g.at, 0, day.start) and text.startswith(g.goes_on, i + 1)
    return day.start - start > OPENING and text.startswith(g.source, i + 2)
