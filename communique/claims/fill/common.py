"""What the modules that complete drafts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.claims.context import Context
from communique.claims.draft import Draft, Party


def missing(draft: Draft, parties: list[Party]) -> list[Party]:
    """Those of some parties whose state the draft has not yet."""
    have = draft.countries()
    return [p for p in parties if p.country not in have]


def named(context: Context, parties: Sequence[Party], until: int | None = None) -> list[Party]:
    """Those of two parties whom the unit names, or names by then.

    Where no blanks part words, all of them: else the dateline's state is only a guess.
    """
    hits = (h for h in context.marked.hits if h.entry.kind in ("state", "bloc"))
    told = {h.entry.value for h in hits if until is None or h.start < until}
    return [p for p in parties if p.country in told or not context.pack.reading.words_apart]


def text_parties(context: Context, draft: Draft) -> list[Party]:
    """The states in the name of the text that the draft tells of."""
    m = draft.instrument
    if m is None:
        return []
    codes = [
        h.entry.value
        for h in context.marked.hits
        if m.start <= h.start and h.end <= m.end and h.entry.kind in ("state", "bloc")
    ]
    return [context.state(c) for c in dict.fromkeys(codes) if c]


def of_there(context: Context, party: Party, there: str) -> Party:
    """A house or a group that is named without a state is one of the state in which one is."""
    own = context.state(party.country).name if party.country else ""
    return replace(party, country=there) if party.kind == "group" and own not in party.name else party


def of_actor(context: Context, draft: Draft) -> None:
    """An organ of no state of its own is of that of who acts on it, where a text tells only of another than home.

    *A's president dissolved the cabinet*, told by an outlet of B, where no blanks part words.
    """
    home = context.home
    acts = {p.country for p, r in draft.roles if p.kind == "person" and p.country}
    named = any(h.entry.kind == "state" and h.entry.value == home for h in context.marked.hits)
    if context.pack.reading.words_apart or home is None or named or len(acts) != 1 or home in acts:
        return
    draft.roles = [(of_there(context, p, next(iter(acts))) if p.country == home else p, r) for p, r in draft.roles]
