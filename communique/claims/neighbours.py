"""In which state a happening was, by what a page told right before it: an unknown town, the same day and company."""

from __future__ import annotations

from dataclasses import replace

from communique.claims.codes import dateline_state
from communique.claims.context import Context
from communique.claims.draft import HEADLINES, Draft, Place

NEAR = 4  # sentences between two happenings of which the one is where the other was
MONTH = 7  # letters of a year and a month
HERE = frozenset({"signing", "ceremony", "talks", "session", "adoption", "aid"})
HAPPENED = frozenset({"held", "ongoing"})


def settle(context: Context) -> None:
    """Give drafts a state, in place, where words stand apart: to a town that no list knows that of the story."""
    if not context.pack.reading.words_apart:
        return
    told = sorted((d for d in context.drafts if d.part not in HEADLINES), key=lambda d: (d.sentence, d.start))
    for i, draft in enumerate(told):
        unknown = draft.place is not None and draft.place.city is not None and draft.place.country is None
        unknown = unknown and draft.type != "deployment"  # who is sent goes elsewhere
        if not unknown and (draft.place is not None or draft.type not in HERE):
            continue
        if draft.status not in HAPPENED or draft.mode is not None or _long_ago(context, draft):
            continue
        before = [d for d in told[:i] if _where(d) and draft.sentence - d.sentence <= NEAR and d.status in HAPPENED]
        if before and len({_year(draft), _year(before[-1])} - {""}) > 1:
            continue
        if draft.place is not None and unknown:
            state = _where(before[-1]) if before else dateline_state(context.marked, context.pack)
            draft.place = replace(draft.place, country=state)
        elif before and _beside(context, before[-1], draft):
            draft.place = Place(_where(before[-1]), None)


def _year(d: Draft) -> str:
    """The year of a draft, as far as it is told."""
    year = ((d.date.edtf if d.date else None) or "")[:4]
    return year if year.isdigit() else ""


def _where(d: Draft) -> str | None:
    """The state in which a draft is told to be."""
    return d.place.country if d.place is not None else None


def _long_ago(context: Context, d: Draft) -> bool:
    """Whether something was in another month than that of the page, or is another round than that of which it tells."""
    now, day = context.marked.scan.unit.published or "", (d.date.edtf if d.date else None) or ""
    other = d.meeting is not None and bool(d.meeting.value.get("other"))
    return other or (bool(day) and bool(now) and day[:MONTH] != now[: min(len(day), MONTH)])


def _beside(context: Context, last: Draft, draft: Draft) -> bool:
    """Whether two happenings were on one day, told in one paragraph, and of some of the same states."""
    near = "\n" not in context.text[last.start : draft.start]
    days = [d.date.edtf if d.date else None for d in (last, draft)]
    same = days[0] == days[1] or days[1] is None
    return near and same and bool(last.countries() & draft.countries()) and last.type not in ("call", "message")
