"""What a sentence says again of an event told before: *this is their third drill*, *took part in this drill*.

A pack gives the words as asides (``mood.adjuncts``): ``same`` begin a clause that only says more of what was told,
``this`` stand before the noun for it.
"""

from __future__ import annotations

import re

from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.draft import Draft
from communique.claims.merge import dates_agree, join, meeting_key
from communique.loader.kept import kept
from communique.loader.language import LanguagePack

REACH = 4
"""Sentences back to the event."""
TOLD = frozenset({"exercise", "visit", "session", "talks", "call"})


@kept
def _words(pack: LanguagePack) -> dict[str, re.Pattern[str]]:
    """The patterns of a pack for what is the same, and for *this*."""
    rows = {kind: pack.mood.adjuncts.get(kind, []) for kind in ("same", "this")}
    return {kind: re.compile("|".join(f"(?:{p})" for p in patterns)) for kind, patterns in rows.items() if patterns}


def fresh(context: Context, before: int, drafts: list[Draft], clauses: Clauses) -> list[Draft]:
    """Return the drafts of a sentence that tell of something new; what takes part in *this* one joins it.

    ``before`` is how many drafts of the unit were told in earlier sentences.
    """
    words, first = _words(context.pack), context.text[clauses.start : clauses.end]
    if not words:
        return drafts
    out: list[Draft] = []
    for d in drafts:
        target = _before(context, [*context.drafts[:before], *out], d) if d.type in TOLD else None
        if target is not None and _same(context, words["same"], clauses, d):
            if d.extra.get("claimed_first"):
                target.extra["claimed_first"] = True
            continue
        if target is not None and words["this"].search(first) and _this(context, words["this"], clauses, d):
            if _one(target, d):
                join(target, d)
                continue
        out.append(d)
    return out


def _before(context: Context, told: list[Draft], d: Draft) -> Draft | None:
    """The last event of the same type that was told shortly before."""
    rows = [x for x in told if x.type == d.type and x is not d and d.sentence - REACH <= x.sentence <= d.sentence]
    rows = [x for x in rows if (x.sentence, x.start) < (d.sentence, d.start)]
    return rows[-1] if rows else None


def _same(context: Context, words: re.Pattern[str], clauses: Clauses, d: Draft) -> bool:
    """Whether the clause of a draft, or its whole sentence, opens with words such as *this is*."""
    lo, hi = clauses.bounds(clauses.segment(max(d.end - 1, d.start)))
    aside = {clauses.zones[z].kind for z in {clauses.zone(d.end - 1)} if z >= 0}
    opens = any(words.match(context.text, _letters(context, a), hi) for a in (lo, clauses.start))
    return opens and not aside & {"after", "occasion", "quote"}


def _letters(context: Context, at: int) -> int:
    """Where the letters begin from a place on."""
    while at < len(context.text) and not context.text[at].isalnum():
        at += 1
    return at


def _this(context: Context, words: re.Pattern[str], clauses: Clauses, d: Draft) -> bool:
    """Whether the meeting of a draft is called *this* one, and by no name or number."""
    m = d.meeting
    if m is None or not clauses.start <= d.start < clauses.end or m.value["ordinal"]:
        return False
    lo, hi = clauses.bounds(clauses.segment(m.start)) if clauses.start <= m.start < clauses.end else (0, 0)
    return any(w.end() <= m.end and m.start - w.end() <= 2 for w in words.finditer(context.text, lo, hi))


def _one(a: Draft, b: Draft) -> bool:
    """Whether *this* one can be the one told before, by day and name."""
    x, y = meeting_key(a.meeting), meeting_key(b.meeting)
    return dates_agree(a, b) and (x is None or y is None or x in y or y in x) and a.status == b.status
