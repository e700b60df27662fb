"""Who of each state sent a message that is summed up first: *the leaders of A, B and C congratulated D. A's king …*."""

from __future__ import annotations

from communique.claims.clause import Clauses, Group
from communique.claims.context import Context
from communique.claims.draft import Draft, Party

BEFORE = 6
"""Letters before a name with which a paragraph still opens by it: a star, a short title."""


def settle(context: Context) -> None:
    """Let whoever opens a later paragraph, and does nothing else there, be the sender of the message of their state.

    Only of messages that one sentence tells of several states at once; the drafts change in place.
    """
    for d in [d for d in context.drafts if _sums(context, d)]:
        for i in range(d.sentence + 1, len(context.marked.scan.sentences)):
            clauses = context.clauses(i)
            opens = _opening(context, clauses)
            who = context.members(opens, clauses) if opens is not None else []
            if opens is None or {p.country for p in who} != _senders(d) or any(p.kind != "person" for p in who):
                continue
            if not any(x.sentence == i or _sent(x, who) for x in context.drafts):
                d.roles = [*((p, "sender") for p in who), *((p, r) for p, r in d.roles if r != "sender")]
                _, hi = clauses.bounds(clauses.segment(opens.end))
                d.spans.insert(0, (opens.start, len(context.text[:hi].rstrip(" ,;.\n"))))
                d.start, d.end = d.spans[0]
            break


def _sums(context: Context, d: Draft) -> bool:
    """Whether one verb tells of this message and of those of other states."""
    alone = d.type == "message" and len(_senders(d)) == 1
    if not alone or any(p.kind == "person" for p, r in d.roles if r == "sender"):
        return False
    same = (x for x in context.drafts if x.type == "message" and x is not d)
    return any((d.start, d.end) in ((x.start, x.end), *x.spans) for x in same)


def _senders(d: Draft) -> set[str | None]:
    """The states of those who send."""
    return {p.country for p, r in d.roles if r == "sender"}


def _sent(d: Draft, who: list[Party]) -> bool:
    """Whether one of these sends a message that is told already."""
    return d.type == "message" and any(r == "sender" and p.name in {x.name for x in who} for p, r in d.roles)


def _opening(context: Context, clauses: Clauses) -> Group | None:
    """The persons with whom a paragraph opens."""
    first = min(clauses.groups, key=lambda g: g.start, default=None)
    text = context.text
    if first is None or first.marker is not None or first.members[0].kind != "person":
        return None
    opens = "\n" in text[max(0, clauses.start - 3) : clauses.start]
    lead = sum(ch.isalpha() for ch in text[clauses.start : first.start])
    return first if opens and lead < BEFORE else None
