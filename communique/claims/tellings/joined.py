"""Two tellings of one event become one draft: what the other says is added, what it says better replaces."""

from __future__ import annotations

from dataclasses import replace

from communique.claims.draft import HEADLINES, SITTINGS, UNKNOWN, Draft, Party
from communique.claims.tellings.journeys import bare
from communique.claims.tellings.pair import to_come
from communique.model import Mention


def join(into: Draft, other: Draft) -> None:
    """Add to a draft what another telling of its event says."""
    if not other.extra.get("way") and other.names():
        into.extra.pop("way", None)  # *left for B* and *visited B*
    add_words(into, other)
    day = into.date
    _date(into, other)
    _place(into, other)
    into.mode = into.mode or other.mode
    into.form = into.form or other.form
    into.instrument = into.instrument or other.instrument
    if other.meeting is not None and (into.meeting is None or _fuller(other.meeting, into.meeting)):
        into.meeting = other.meeting
    _status(into, other, begun=day is not None and into.date is not day)
    _roles(into, other)


def add_words(into: Draft, other: Draft) -> None:
    """Add the words that say something of the event."""
    into.spans += [s for s in other.spans if s not in into.spans]


def _date(into: Draft, other: Draft) -> None:
    """The narrower date counts; of what lasts, all its days; a year that only one of them tells is that of both."""
    _year(into, other)
    old, new = (d.date.edtf if d.date else None for d in (into, other))
    narrower = bool(old and new and new != old and (new.startswith(old) or _edge(into, new)))
    if not old or narrower:
        into.date, into.date_at = other.date, other.date_at


def _year(into: Draft, other: Draft) -> None:
    old, new = (d.date.edtf if d.date and d.date.edtf else "" for d in (into, other))
    first, _, last = old.replace(UNKNOWN, new[:4]).partition("/")
    if into.date and old.startswith(UNKNOWN) and new[:4].isdigit() and (not last or first <= last):
        into.date = replace(into.date, edtf=old.replace(UNKNOWN, new[:4]))


def _edge(d: Draft, span: str) -> bool:
    """Whether what lasts is told on the first or the last of the days that another telling gives it; a visit on any."""
    day = d.date.edtf if d.date else None
    if d.type == "visit" and day is not None and "/" not in day:
        first, _, last = span.partition("/")
        return len(day) == len(first) == len(last) and first <= day <= last
    return d.type in SITTINGS and "/" in span and day in span.split("/")


def _place(into: Draft, other: Draft) -> None:
    """A place with a state counts before one without, a town before its state."""
    here, there = into.place, other.place
    if here is None:
        into.place = there
    elif there is None:
        return
    elif here.country is None and there.country:
        into.place = there
    elif here.city is None and there.city and there.country in (None, here.country):
        into.place = there


def _status(into: Draft, other: Draft, *, begun: bool) -> None:
    """What was called off stays so; a visit that has begun and of which more is told lasts, or is over.

    ``begun``: the one was told on a day for which the other has all its days (*arrived on the 7th, for 7-9 May*).
    """
    if other.status in ("cancelled", "postponed"):
        into.status = other.status
    if other.status == "planned" and to_come(into, other):
        into.status = "planned"
    if other.status == "ongoing" and into.status == "held" and into.extra.get("abroad") and not into.extra.get("join"):
        into.status = "ongoing"  # *arrived, and began the visit*
    if (
        other.status == "ongoing"
        and into.status == "held"
        and (_begins(other, into) or (begun and into.type == "visit"))
    ):
        into.status = "ongoing"
    over = other.status == "held" and other.part not in HEADLINES and not bare(other, into)
    over = over and not _begins(into, other)
    if into.status == "ongoing" and over and other.date and not other.extra.get("abroad"):
        into.status = "held"


def _begins(a: Draft, b: Draft) -> bool:
    """Whether a visit that is told as begun began on the first of the days that are told of it."""
    x, y = (d.date.edtf if d.date and d.date.edtf else "" for d in (a, b))
    return a.type == "visit" and bool(x) and "/" not in x and "/" in y and y.startswith(x)


def _roles(into: Draft, other: Draft) -> None:
    """A person stands for the group of their state; a headline adds nobody to a role that is told."""
    have = {p.name for p, _ in into.roles}
    told = {r for _, r in into.roles} if len(into.roles) > 1 else set()
    for party, role in other.roles:
        if party.name in have:
            continue
        if party.kind == "person":
            acts = next((r for p, r in into.roles if into.type == "aid" and _stands_for(party, p, r)), role)
            role = acts if role == "attendee" else role  # who hands over what a state gives, gives it
            into.roles = [(p, r) for p, r in into.roles if not _stands_for(party, p, r)]
        elif party.country in {p.country for p, _ in into.roles} or (other.part in HEADLINES and role in told):
            continue
        into.roles.append((party, role))


def _stands_for(person: Party, p: Party, role: str) -> bool:
    """Whether a person who is named now is whom a group that takes part was named for."""
    return p.kind != "person" and p.country == person.country and role != "host"


def _fuller(a: Mention, b: Mention) -> bool:
    """Whether a meeting is named with a number, or by a name, where another is not."""
    return bool((a.value["ordinal"] and not b.value["ordinal"]) or (b.value["generic"] and not a.value["generic"]))
