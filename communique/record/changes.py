"""What another reading of a text says differently: items that came, went or changed, and lines of the text itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from communique.model import Claim

ENOUGH = 0.5
"""Share of the shorter evidence that two readings of one thing have in common."""


@dataclass(frozen=True, slots=True)
class Change:
    """An item that ``came``, ``went`` or ``changed``; ``fields`` is field -> (what it was, what it is)."""

    what: str
    kind: str
    item: str
    quote: str
    rule: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def overlap(claim: Claim, start: int, end: int) -> float:
    """Return the share of the shorter span that a claim's evidence and a span have in common."""
    best = 0.0
    for e in claim.evidence:
        common = min(e.end, end) - max(e.start, start)
        if common > 0:
            best = max(best, common / min(e.end - e.start, end - start))
    return best


def changes(old: Sequence[Claim], new: Sequence[Claim], same_text: bool = True) -> tuple[Change, ...]:
    """Return what changed from one reading of a unit to another, in the order of the new, then what went.

    Args:
        same_text: whether both read the same text, so that places can be compared; else the words are.
    """
    kept = {c.id for c in old} & {c.id for c in new}
    was = [c for c in old if c.id not in kept]
    left = [c for c in new if c.id not in kept]
    pairs: dict[str, Claim] = {}
    for fits in (_alike, _in_place if same_text else _in_words):
        for claim in left:
            if claim.id not in pairs and (found := _best(claim, was, fits)):
                pairs[claim.id] = found
                was.remove(found)
    out = []
    for claim in left:
        before = pairs.get(claim.id)
        if before is None:
            out.append(Change("came", claim.kind, claim.id, claim.evidence[0].quote, claim.rule))
        elif fields := _fields(before, claim):
            out.append(Change("changed", claim.kind, claim.id, claim.evidence[0].quote, claim.rule, fields))
    return (*out, *(Change("went", c.kind, c.id, c.evidence[0].quote, c.rule) for c in was))


def _best(claim: Claim, old: Sequence[Claim], fits: Callable[[Claim, Claim], float]) -> Claim | None:
    mine = [(fits(claim, o), sum(o.values.get(f) == v for f, v in claim.values.items()), o) for o in old]
    found = [m for m in mine if m[2].kind == claim.kind and m[0] >= ENOUGH]
    return max(found, key=lambda m: m[:2])[2] if found else None


def _alike(a: Claim, b: Claim) -> float:
    return float(a.values == b.values)


def _in_place(a: Claim, b: Claim) -> float:
    return overlap(a, b.evidence[0].start, b.evidence[0].end)


def _in_words(a: Claim, b: Claim) -> float:
    return float(a.evidence[0].quote == b.evidence[0].quote)


def _fields(a: Claim, b: Claim) -> dict[str, tuple[Any, Any]]:
    fields = {f: (a.values.get(f), b.values.get(f)) for f in sorted({*a.values, *b.values})}
    fields["quote"] = (a.evidence[0].quote, b.evidence[0].quote)
    return {f: pair for f, pair in fields.items() if pair[0] != pair[1]}


def lines(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Return the lines of a text that went (``-``) and that came (``+``), each as often as it did, in order."""
    was, now = (Counter(t.split("\n")) for t in (old, new))
    return (
        *(("-", line) for line in _over(old, now) if line.strip()),
        *(("+", line) for line in _over(new, was) if line.strip()),
    )


def _over(text: str, other: Counter[str]) -> list[str]:
    """Return the lines of a text beyond those that another has."""
    left, out = other.copy(), []
    for line in text.split("\n"):
        if left[line] > 0:
            left[line] -= 1
        else:
            out.append(line)
    return out
