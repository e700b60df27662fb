"""What one verb tells of several years, months or days: *was held in 2002, 2003 and 2004* is three events."""

from __future__ import annotations

from dataclasses import replace

from communique.claims.clause import Clauses
from communique.claims.clausewords import bare, grammar
from communique.claims.context import Context
from communique.claims.draft import Draft
from communique.mentions.dates import DateMention, Resolved
from communique.mentions.fold import folded
from communique.model import Mention

ONCE = frozenset({"establishment", "upgrade", "decision"})
"""What comes about once, whatever days are named."""
WHOLE = ("year", "month")


def dated(context: Context, clauses: Clauses, drafts: list[Draft], known: dict[int, Resolved]) -> list[Draft]:
    """Return the drafts of a clause, one for each date of the list that the date of the one draft is in.

    Days of one month are not parted: they may be those of one event. ``known`` are the dates of the unit.
    """
    draft = drafts[0] if len(drafts) == 1 else None
    at = draft.date_at if draft is not None else None
    if draft is None or at is None or draft.type in ONCE or not _plain(at):
        return drafts
    if draft.meeting is not None and draft.meeting.value["ordinal"]:
        return drafts
    row = _row(context, clauses, at)
    days = [(m, known[m.start]) for m in row if m.start in known and known[m.start].edtf]
    if len({date.edtf for _, date in days}) < max(2, len(row)):
        return drafts
    return [_copy(draft, m, date) for m, date in days]


def _copy(draft: Draft, m: Mention, date: Resolved) -> Draft:
    """The draft at one of its dates."""
    return replace(
        draft, date=date, date_at=m.value["date"], roles=list(draft.roles), spans=list(draft.spans),
        extra=dict(draft.extra),
    )  # fmt: skip


def _plain(date: DateMention) -> bool:
    """Whether a date names one year, one month or one day of a month, and is no bound, term or anniversary."""
    fine = date.first.finest
    named = fine in WHOLE or (fine == "day" and date.first.month is not None)
    return named and date.kind in (*WHOLE, "day") and date.last is None and date.bound is None and not date.term


def _row(context: Context, clauses: Clauses, at: DateMention) -> list[Mention]:
    """The dates of a sentence that stand in one list with a date, that one among them."""
    dates = sorted((m for m in clauses.mentions if m.kind == "date"), key=lambda m: m.start)
    here = next((i for i, m in enumerate(dates) if m.value["date"] == at), None)
    if here is None:
        return []
    lo = hi = here
    while lo and _listed(context, dates[lo - 1], dates[lo]):
        lo -= 1
    while hi + 1 < len(dates) and _listed(context, dates[hi], dates[hi + 1]):
        hi += 1
    return dates[lo : hi + 1]


def _listed(context: Context, a: Mention, b: Mention) -> bool:
    """Whether two dates of one kind, not of one month, stand next to each other in a list."""
    x, y = a.value["date"], b.value["date"]
    if not (_plain(x) and _plain(y)) or x.first.finest != y.first.finest:
        return False
    if x.first.finest == "day" and x.first.month == y.first.month:
        return False
    g = grammar(context.pack)
    words = bare(context.text[a.end : b.start].strip(), g).strip()
    before = folded(context.pack.markers.before.get("at", ()), context.pack.reading)
    first, _, last = words.rpartition(" ")
    words = first if last in before and first else words
    return words.strip(" ,") in {"", *g.joints} and words != ""
