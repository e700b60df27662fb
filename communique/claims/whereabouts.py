"""In which state those who act just then are guests, as far as the unit has told."""

from __future__ import annotations

import re

from communique.claims.codes import dateline_state, posted_in
from communique.claims.context import Context
from communique.claims.draft import Draft, Place, dates_agree
from communique.claims.frame import Frame
from communique.loader.kept import kept
from communique.loader.language import LanguagePack

TRIPS = frozenset({"visit", "talks", "session", "ceremony"})
DAY, STAY = 2, 5
"""Signs in a date of one day; days for which a journey may go on."""
OFF = frozenset({"cancelled", "postponed", "denied"})
GOES = frozenset({"guest", "head_of_delegation", "attendee", "chair", "signatory", "donor", "host"})


def abroad(drafts: list[Draft], draft: Draft, goes: frozenset[str] = GOES) -> str | None:
    """Return the state in which the persons or the delegation of a draft were on a journey told before, or None.

    The last event told in another state than their own decides; it must not be on another day. They have one of the
    roles that ``goes`` names.
    """
    own = {p.country for p, r in draft.roles if r in goes and p.country}
    if len(own) != 1:
        return None
    names = {p.name for p, r in draft.roles if r in goes and p.country in own}
    told = [d for d in drafts if (d.sentence, d.start) < (draft.sentence, draft.start) and d is not draft]
    for d in reversed(told):
        if d.type not in TRIPS or d.status in OFF or not names & _there(d):
            continue
        if d.place is None or d.place.country is None or d.type == "visit" and d.place.country in own:
            continue
        if d.place.country in own:
            return None
        if dates_agree(d, draft) or _goes_on(d, draft):
            return d.place.country
    return None


def _goes_on(trip: Draft, draft: Draft) -> bool:
    """Whether a journey of which one day is told may go on until that of a draft."""
    first, day = (d.date.edtf if d.date and d.date.edtf else "" for d in (trip, draft))
    begun = trip.type == "visit" and trip.status in ("held", "ongoing") and "/" not in first
    if not begun or first.count("-") != DAY or first[:7] != day[:7]:
        return False
    return 0 < int(day[8:10] or 0) - int(first[8:10]) <= STAY


def _there(d: Draft) -> set[str]:
    """Who came to where something was: all who met, else those who are no hosts."""
    return {p.name for p, r in d.roles if r != "host" or d.type == "talks"}


def filed_abroad(context: Context) -> bool:
    """Whether a unit was filed abroad, by its dateline or by where its reporter is: there nobody receives at home."""
    there = dateline_state(context.marked, context.pack)
    pattern = _reporter(context.pack)
    told = pattern.search(context.text) if pattern is not None and there in (None, context.home) else None
    if told is not None:
        hits = (h for h in context.marked.hits if told.start("place") <= h.start and h.end <= told.end("place"))
        there = next((h.entry.value for h in hits if h.entry.kind in ("state", "place")), there)
    return there is not None and there != context.home


@kept
def _reporter(pack: LanguagePack) -> re.Pattern[str] | None:
    return re.compile(pack.markers.reporter) if pack.markers.reporter else None


def by_name(context: Context, frame: Frame) -> Place | None:
    """The state to which, by their name, those belong who act (*the battalion for A* set out)."""
    who = [g.members[0] for g in frame.args.get("subject", ())]
    codes = (posted_in(context.text[m.start : m.end], context.pack) for m in who)
    return next((Place(c, None, who[0].start, who[0].end) for c in codes if c), None)
