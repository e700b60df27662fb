"""Sentences that say no more than who else was there: *The foreign minister of B, X, also attended.*"""

from __future__ import annotations

from communique.claims import moodwords
from communique.claims.clause import Clauses
from communique.claims.context import Context

GATHERED = frozenset({"ceremony", "session", "signing", "talks", "exercise"})
"""Types of events at which others may be present."""
PRESENT = frozenset({"person", "delegation"})
"""Kinds of mentions that a sentence can name as present."""


def settle(context: Context, silent: tuple[int, ...]) -> None:
    """Let those whom a sentence names as present take part in what the sentence before tells as held.

    ``silent`` are the sentences that tell of no event themselves; a pattern of the pack (``attended``) says which of
    them tell who came.
    """
    g = moodwords.grammar(context.pack)
    for i in silent if g.attended is not None else ():
        clauses = context.clauses(i)
        words = context.text[clauses.start : clauses.end]
        if g.attended and g.attended.search(words) and not (g.negated and g.negated.search(words)):
            _add(context, clauses, clauses.start + len(words.rstrip(" .\n")))


def _add(context: Context, clauses: Clauses, end: int) -> None:
    sentences = context.marked.scan.sentences
    before, mine = sentences[clauses.index - 1], sentences[clauses.index]
    held = (d for d in reversed(context.drafts) if d.type in GATHERED and d.status == "held")
    there = (d for d in held if any(before.start <= a < before.end for a, _ in (*d.spans, (d.start, d.end))))
    event = next(there, None) if clauses.index and before.part == mine.part else None
    if event is None:
        return
    for group in clauses.groups:
        named = group.marker in (None, "present") and group.members[0].kind in PRESENT
        parties = context.members(group, clauses) if named else []
        event.roles += [(p, "attendee") for p in parties if p.name not in {x.name for x, _ in event.roles}]
    event.spans.append((clauses.start, end))
