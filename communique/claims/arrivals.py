"""Who meets guests on their arrival is a host of their visit: *was received at the airport by B*."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.claims.context import Context
from communique.claims.draft import CAME, Draft, dates_agree
from communique.loader.kept import kept
from communique.loader.language import LanguagePack

NEAR = 2
"""Sentences between an arrival and those who say who met the guests there."""
FAR = 8
"""The same where nothing else is told of them than who met them."""


@kept
def _arrival(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words for a place or a time of arrival."""
    return re.compile(pack.markers.arrival) if pack.markers.arrival else None


def met(context: Context) -> None:
    """Make those who meet a guest at the airport hosts of the visit, and no talks of their own, in place.

    The guests' own envoy is no host.
    """
    pattern, out = _arrival(context.pack), list[Draft]()
    for draft in context.drafts:
        trip = _trip(context, draft, pattern) if pattern is not None and draft.type == "talks" else None
        trip = trip or _same_trip(context, draft)
        if trip is None or trip.place is None:
            out.append(draft)
            continue
        here, names = trip.place.country, {p.name for p, _ in trip.roles}
        hosts = [p for p, r in draft.roles if r == "host" and p.name not in names and p.level != "ambassador"]
        theirs = {p.country for p, r in draft.roles if r in CAME}
        hosts = [p for p in hosts if p.country not in theirs] if draft.type == "visit" else hosts
        hosts = [replace(p, country=here) for p in hosts]  # whoever meets guests is of the state where they arrive
        told = {p.country for p in hosts}
        trip.roles = [(p, r) for p, r in trip.roles if r != "host" or p.kind != "state" or p.country not in told]
        trip.roles += [(p, "host") for p in hosts]
    context.drafts = out


def _same_trip(context: Context, draft: Draft) -> Draft | None:
    """The visit, told shortly before, of guests of whom only who met them is told: *the ship was received by B*."""
    clauses = context.clauses(draft.sentence)
    told = (x for x in (draft.place, draft.date_at) if x is not None)
    own = any(clauses.start <= x.start < clauses.end for x in told)
    if draft.type != "visit" or draft.status != "held" or own or not context.pack.nouns.newly:
        return None
    guests = {p.name for p, r in draft.roles if r in CAME}
    trips = (d for d in context.drafts if d.type == "visit" and d.status in ("held", "ongoing") and d.place)
    near = (d for d in trips if 0 < draft.sentence - d.sentence <= FAR and any(r == "host" for _, r in draft.roles))
    return next((d for d in near if guests and guests == {p.name for p, r in d.roles if r in CAME}), None)


def _trip(context: Context, draft: Draft, arrival: re.Pattern[str]) -> Draft | None:
    """The visit, told shortly before, on whose guest's arrival somebody receives him, in the state where he arrives."""
    clauses = context.clauses(draft.sentence)
    if not arrival.search(context.text, clauses.start, clauses.end) or draft.status != "held":
        return None
    guests = {p.name for p, r in draft.roles if r in CAME}
    trips = (d for d in context.drafts if d.type == "visit" and d.status in ("held", "ongoing") and d.place)
    for d in sorted(trips, key=lambda d: -d.sentence):
        if not 0 <= draft.sentence - d.sentence <= NEAR:
            continue
        if guests & {p.name for p, r in d.roles if r in CAME} and dates_agree(d, draft):
            return d
    return None
