"""Calendars (iCalendar): what was held, what is planned, what may be expected and what is due, kept apart.

A date that is a month stands on all its days; one that is less precise, or has no year, is no day of a calendar and is
left out of it, but what is planned or expected stands on the first day of its time and says so. No clock enters it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from communique import __version__, views
from communique.briefs.sentences import parties, round_name
from communique.briefs.words import Words
from communique.errors import CommuniqueError
from communique.loader.briefs import brief_pack
from communique.record import Expected, bounds
from communique.record.days import is_day
from communique.store import Store
from communique.views import Filter, SeriesView
from communique.views.happenings import Happening, happenings
from communique.views.stream import count

SHOWN = ("held", "planned", "expected", "due")
STAMP = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
HAPPENED = ("held", "ongoing")
STATUS = {"planned": "TENTATIVE", "proposed": "TENTATIVE", "postponed": "CANCELLED", "cancelled": "CANCELLED"}
LONG = 31
"""Days: what has a wider date stands on no day of it."""
MOST_TEXT = 500
MOST = 20_000
"""So many items make a calendar; of more a part has to be asked for."""
Address = Callable[[str], str]
"""From the id of an entry to the address of its page, if there is any."""


def _nowhere(_: str) -> str:
    return ""


def calendar(
    store: Store, asked: Filter, *, title: str, lang: str, shown: tuple[str, ...] = SHOWN, address: Address = _nowhere
) -> Iterator[bytes]:
    """Yield a calendar of what fits a filter, an event at a time.

    Args:
        title: what a calendar program calls it. lang: code of a language of ``packs/briefs``. shown: which of
            ``SHOWN``. address: tells where an entry is shown.

    Raises:
        CommuniqueError: a filter or a language that cannot be understood, or more than ``MOST`` items.
    """
    words = Words(brief_pack(lang), store.known)
    total = count(store, replace(asked, kind="engagement"))
    if total > MOST:
        remedy = "name a mechanism, a second state, or since when"
        raise CommuniqueError(f"{total} items are too many for a calendar", remedy=remedy)
    yield vcalendar(title)
    for happening in happenings(store, asked):
        status = str(happening.values.get("status") or "held")
        if ("held" if status in HAPPENED else "planned") in shown and status != "denied":
            yield from _happening(words, happening, address)
    if "due" in shown:
        for happening in happenings(store, asked, "commitment"):
            yield from _due(words, happening, address)
    if "expected" in shown:
        for series in _series(store, asked):
            yield from _expected(words, series, address)
    yield b"END:VCALENDAR\r\n"


def vcalendar(title: str) -> bytes:
    """Return how a calendar begins."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", f"-//communique//{__version__}//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    if title:
        made.add("x-wr-calname", title)
        made.add("name", title)
    begun: bytes = made.to_ical().removesuffix(b"END:VCALENDAR\r\n")
    return begun


def event(uid: str, first: dt.date, last: dt.date, summary: str, said: str, **more: str | list[str]) -> bytes:
    """Return an event of whole days.

    Args:
        first, last: its days, both included. said: what is told of it. more: further properties by name.
    """
    from icalendar import Event, vText

    made = Event()
    made.add("uid", f"{uid}@communique")
    made.add("dtstamp", STAMP)
    made.add("dtstart", first)
    made.add("dtend", last + dt.timedelta(days=1))
    made.add("summary", vText(summary))
    made.add("description", vText(said))
    for name, value in more.items():
        if value:
            made.add(name, vText(value) if name == "location" and isinstance(value, str) else value)
    made.add("transp", "TRANSPARENT")
    out: bytes = made.to_ical()
    return out


def _days(date: Any, *, wide: bool = False) -> tuple[dt.date, dt.date] | None:
    """Return first and last day of a date; of a wide one the first alone, or nothing."""
    span = bounds(str(date)) if date else None
    if span is None:
        return None
    try:
        first, last = (dt.date.fromisoformat(d) for d in span)
        if (last - first).days >= LONG:
            return (first, first) if wide else None
        return first, min(last, dt.date.max - dt.timedelta(days=1))
    except ValueError:
        return None


def _happening(words: Words, happening: Happening, address: Address) -> Iterator[bytes]:
    v = happening.values
    status = str(v.get("status") or "held")
    days = _days(v.get("date"), wide=status not in HAPPENED)
    if days is None:
        return
    place = v.get("place") if isinstance(v.get("place"), Mapping) else {}
    where = ", ".join(x for x in (place.get("city"), words.state(place.get("country"))) if x) if place else ""
    yield event(
        happening.id,
        *days,
        _marked(words, status, what(words, v)),
        _told(words, happening, str(v.get("date")), address),
        location=where,
        url=happening.first.at.url or "",
        categories=[str(v.get("type") or "other"), "held" if status in HAPPENED else "planned"],
        status=STATUS.get(status, "CONFIRMED"),
    )


def what(words: Words, values: Mapping[str, Any]) -> str:
    """Return in a few words what an engagement is and who takes part."""
    type_ = str(values.get("type") or "other")
    named = round_name(words, str(values["mechanism"]), values.get("ordinal")) if values.get("mechanism") else ""
    who = parties(words, values, "", {})
    thing = named if named and type_ == "session" else words.pack.types.get(type_, type_)
    thing = f"{thing} ({named})" if named and type_ != "session" else thing
    return words.pack.feed["event"].format(what=thing, parties=who) if who else thing


def _marked(words: Words, status: str, said: str) -> str:
    if status in HAPPENED:
        return said
    return words.pack.feed["marked"].format(state=words.pack.states.get(status, status), what=said)


def _told(words: Words, happening: Happening, date: str, address: Address) -> str:
    told = happening.first
    reviewed = {"accepted": "reviewed", "corrected": "corrected"}.get(told.review, "by_machine")
    outlet = told.at.outlet or told.at.source
    out = [words.quote(told.quote[:MOST_TEXT]), ", ".join(x for x in (outlet, told.at.title) if x)]
    if not is_day(date):
        out.insert(0, words.date(date))
    out += [words.pack.head[reviewed], address(happening.id)]
    return "\n".join(x for x in out if x)


def _due(words: Words, happening: Happening, address: Address) -> Iterator[bytes]:
    v = happening.values
    days = _days(v.get("due"))
    if days is None:
        return
    who = words.listing(words.state(str(a)) for a in v.get("actors") or ())
    said = " ".join(str(v.get("content") or happening.first.quote).split())[:120]
    text = words.pack.feed["event"].format(what=who, parties=said) if who else said
    yield event(
        happening.id,
        *days,
        words.pack.feed["marked"].format(state=words.pack.states["due"], what=text),
        _told(words, happening, str(v.get("due")), address),
        url=happening.first.at.url or "",
        categories=[str(v.get("act") or "commitment"), "due"],
        status="TENTATIVE",
    )


# --- what may be expected -----------------------------------------------------------------------------------------


def _series(store: Store, asked: Filter) -> list[SeriesView]:
    """Return the series of the mechanism asked for; else those of which at least two rounds fit what is asked."""
    if asked.mechanism:
        return [views.rounds(store, asked.mechanism)]
    if not asked.state:
        return []
    told: dict[str, tuple[str, set[int]]] = {}
    for happening in happenings(store, replace(asked, type="session", since=None, until=None)):
        v = happening.values
        if v.get("mechanism") and isinstance(v.get("ordinal"), int):
            key = store.known.mechanism(str(v["mechanism"])) or str(v["mechanism"])
            told.setdefault(key, (str(v["mechanism"]), set()))[1].add(v["ordinal"])
    return [views.rounds(store, name) for name, numbers in told.values() if len(numbers) > 1]


def _expected(words: Words, series: SeriesView, address: Address) -> Iterator[bytes]:
    """Yield the next round that the rounds read let one expect; an announced one is among what is planned."""
    e: Expected | None = series.next
    if e is None or e.announced or not e.earliest or not e.latest or not series.rounds:
        return
    days = _days(f"{e.earliest}/{e.latest}", wide=True)
    if days is None:
        return
    name = round_name(words, series.name, e.ordinal)
    last = max(series.rounds, key=lambda r: (r.ordinal or 0, r.date or ""))
    between = words.between(e.earliest, e.latest).strip()
    host = words.pack.expected["host"].format(state=words.state(e.host)) if e.host else ""
    why = [between + host, "; ".join(e.reasons), words.quote(last.quote[:MOST_TEXT]), address(last.entry)]
    yield event(
        f"{last.entry}-next",
        *days,
        words.pack.feed["marked"].format(state=words.pack.states["expected"], what=name),
        "\n".join(x for x in why if x),
        categories=["session", "expected"],
        status="TENTATIVE",
    )
