"""Engagements as a calendar (iCalendar): each happening once, on its days, with the quote and the address.

A date that is a month or a year, or has no year, is no day of a calendar: such happenings are left out, as are all
other kinds but commitments with a day by which they are due. The time stamp of each event is that of the epoch: no
clock enters an export.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from communique import __version__
from communique.exports._events import country
from communique.record.days import is_day
from communique.store import Store
from communique.views import Filter
from communique.views.happenings import Happening, happenings
from communique.views.stream import Step

SUMMARY = "dated engagements and due days as a calendar"
STAMP = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
DATES = {"engagement": "date", "commitment": "due"}
STATUS = {"planned": "TENTATIVE", "proposed": "TENTATIVE", "postponed": "CANCELLED", "cancelled": "CANCELLED"}
HEAD = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//communique//{__version__}//EN\r\nCALSCALE:GREGORIAN\r\n"


def pieces(store: Store, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
    """Yield a calendar, an event at a time."""
    yield HEAD.encode()
    for kind, field in DATES.items():
        if asked.kind in (None, kind):
            for happening in happenings(store, asked, kind, step):
                made = _event(happening, field)
                if made is not None:
                    yield made
    yield b"END:VCALENDAR\r\n"


def _event(happening: Happening, field: str) -> bytes | None:
    from icalendar import Event, vText

    v = happening.values
    date = v.get(field)
    if not is_day(date):
        return None
    first, _, last = str(date).partition("/")
    try:
        start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first) + dt.timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    told = happening.first
    event = Event()
    event.add("uid", f"{happening.id}@communique")
    event.add("dtstamp", STAMP)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", vText(_summary(happening)))
    said = [
        f"\u201c{told.quote}\u201d",
        f"{told.at.title} ({told.at.outlet or told.at.source})",
        f"entry {happening.id}",
    ]
    event.add("description", vText("\n".join(said)))
    place = v.get("place") or {}
    if where := ", ".join(x for x in (place.get("city"), country(place.get("country") or "")) if x):
        event.add("location", vText(where))
    if told.at.url:
        event.add("url", told.at.url)
    event.add("categories", [str(v.get("type") or v.get("act") or told.kind)])
    event.add("status", STATUS.get(str(v.get("status")), "CONFIRMED"))
    event.add("transp", "TRANSPARENT")
    made: bytes = event.to_ical()
    return made


def _summary(happening: Happening) -> str:
    v = happening.values
    if "act" in v:
        return f"due: {v.get('content') or happening.first.quote}"
    name = " ".join(str(x) for x in (v.get("mechanism"), v.get("ordinal")) if x)
    who = ", ".join(dict.fromkeys(str(p.get("name") or p.get("country") or "") for p in v.get("participants") or ()))
    return ": ".join(x for x in (" ".join(x for x in (str(v.get("type") or ""), name) if x), who) if x)
