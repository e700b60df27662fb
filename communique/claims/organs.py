"""Organs and officers that act without a name: *Parliament passed the bill*, *the cabinet approved the budget*."""

from __future__ import annotations

import re
from collections import Counter

from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.draft import Party
from communique.claims.frame import Frame
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.words import whole


@kept
def _patterns(pack: LanguagePack) -> dict[str, re.Pattern[str]]:
    """The organs of each rule that has any, compiled."""
    apart = pack.reading.words_apart
    return {r.id: re.compile(whole("|".join(r.organ), apart)) for r in pack.rules if r.organ}


def acting(context: Context, clauses: Clauses, frame: Frame) -> Party | None:
    """Return the organ that stands before a trigger whose rule knows it, where the clause names nobody else.

    Its state is the home of the text, else the one that the unit names most.
    """
    pattern = _patterns(context.pack).get(frame.trigger.rule.id)
    named = [g for f in ("subject", "by") for g in frame.args.get(f, ()) if not frame.inherited or f == "by"]
    if pattern is None or any(context.members(g, clauses) for g in named):
        return None
    lo, hi = clauses.bounds(clauses.segment(frame.trigger.start))
    found = [*pattern.finditer(context.text, lo, frame.trigger.start)]
    found = found or [*pattern.finditer(context.text, frame.trigger.end, hi)][:1]
    if not found:
        return None
    told = Counter(h.entry.value for h in context.marked.hits if h.entry.kind == "state" and h.entry.value)
    country = context.home or next((c for c, _ in told.most_common(1)), None)
    return Party(context.raw[found[-1].start() : found[-1].end()], country, "group")
