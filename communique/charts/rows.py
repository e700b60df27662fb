"""The rows of charts: happenings counted once, however many tell them, each row with the address of its page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any
from urllib.parse import quote, urlencode

from communique.briefs.naming import name_of
from communique.briefs.sentences import ASIDE, parties, round_name
from communique.briefs.words import Words
from communique.errors import CommuniqueError
from communique.loader.briefs import brief_pack
from communique.record.names import is_code
from communique.store import Store
from communique.views import Filter
from communique.views.happenings import SURE, Happening, happenings
from communique.views.stream import count

KINDS = ("timeline", "network", "matrix", "years", "places")
MEASURES = ("often", "last", "level")
MOST = 20_000
"""So many items are drawn at once; of more a part has to be asked for."""
NODES, SIDES, MANY = 30, 18, 40
"""States of a network, rows of a matrix, parties above which a happening joins nobody."""
LEVELS = (
    "head_of_state", "party_chief", "head_of_government", "minister", "vice_minister", "chief_of_staff",
    "service_chief", "director", "ambassador", "unit", "local", "expert",
)  # fmt: skip
"""Levels of those who take part, the highest first."""
Row = dict[str, Any]


class TooManyError(CommuniqueError):
    """More items than can be drawn at once."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart before it is drawn.

    ``rows`` have the fields ``columns``, of which ``href`` is the address of a page. ``beside`` are further rows that
    the chart needs: reports by year, states. ``note`` says what it rests on, ``labels`` are words of the chart itself.
    """

    kind: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str
    labels: Mapping[str, str]
    beside: tuple[Row, ...] = ()
    measure: str = "often"


def picture(
    store: Store, kind: str, asked: Filter, *, lang: str, until: str | None = None, measure: str = "often"
) -> Picture:
    """Return the rows of a chart.

    Args:
        kind: one of ``KINDS``. asked: which happenings. lang: code of a language of ``packs/briefs``. until: of a
            network, the last year that counts; its places stay as they are. measure: of a matrix, one of
            ``MEASURES``: how often, when last, at which level.

    Raises:
        CommuniqueError: no such chart or measure, or a filter that cannot be understood. TooManyError: more than
            ``MOST`` items fit.
    """
    if kind not in KINDS:
        raise CommuniqueError(f"no chart {kind!r}", remedy=f"one of: {', '.join(KINDS)}")
    if measure not in MEASURES:
        raise CommuniqueError(f"no measure {measure!r}", remedy=f"one of: {', '.join(MEASURES)}")
    about = brief_pack(lang).chart
    title = about["title"].format(chart=about[kind], name=name_of(store, replace(asked, kind=None), lang))
    asked = replace(asked, kind="engagement")
    total = count(store, asked)
    if total > MOST:
        raise TooManyError(f"{total} items are too many to draw", remedy="name a state, a mechanism or a time")
    words = Words(brief_pack(lang), store.known)
    found = [h for h in happenings(store, asked) if h.values.get("status") != "denied"]
    make = {"timeline": _timeline, "network": _network, "matrix": _network, "years": _years, "places": _places}[kind]
    empty = Picture(kind, title, (), (), _note(words, found), words.pack.chart, (), measure)
    made: Picture = make(words, found, asked, empty, until)
    return made


def _note(words: Words, found: list[Happening]) -> str:
    tellings = [t for h in found for t in h.tellings]
    told = sorted(t.at.told[:4] for t in tellings if t.at.told)
    seen = sum(t.review in ("accepted", "corrected") for t in tellings)
    slots = {
        "items": len(tellings),
        "reports": len({t.at.origin for t in tellings}),
        "seen": seen,
        "first": told[0] if told else "?",
        "last": told[-1] if told else "?",
    }
    head = words.pack.head
    return head["basis"].format(**slots) if tellings else head["empty_basis"]


def what(words: Words, values: Mapping[str, Any]) -> str:
    """Return what a happening is, in a few words."""
    type_ = str(values.get("type") or "other")
    if values.get("mechanism") and type_ == "session":
        return round_name(words, str(values["mechanism"]), values.get("ordinal"))
    return words.pack.types.get(type_, type_)


def sides(values: Mapping[str, Any]) -> list[str]:
    """Return the codes of the states and blocs that take part."""
    found = [
        str(p.get("country") or "")
        for p in values.get("participants") or ()
        if isinstance(p, Mapping) and p.get("role") not in ASIDE
    ]
    found.extend(str(a) for a in values.get("actors") or ())
    return sorted({c for c in found if c and is_code(c)})


# --- when ---------------------------------------------------------------------------------------------------------


def _timeline(words: Words, found: list[Happening], asked: Filter, made: Picture, _: str | None) -> Picture:
    rows: list[Row] = []
    for h in found:
        if h.days is None or h.days[0].startswith("0000"):
            continue
        v = h.values
        status = str(v.get("status") or "held")
        told = h.first
        rows.append(
            {
                "entry": h.id,
                "date": words.date(str(v.get("date"))),
                "first": h.days[0],
                "last": h.days[1],
                "type": words.pack.types.get(str(v.get("type")), str(v.get("type") or "")),
                "status": "held" if status in SURE else "planned" if status in ("planned", "proposed") else "dropped",
                "status_said": words.pack.states.get(status, status),
                "what": what(words, v),
                "who": parties(words, v, "", {}),
                "round": v.get("ordinal") if isinstance(v.get("ordinal"), int) else None,
                "reports": h.origins,
                "review": "seen" if any(t.review in ("accepted", "corrected") for t in h.tellings) else "machine",
                "quote": told.quote,
                "outlet": told.at.outlet or told.at.source,
                "href": f"/entry/{quote(h.id, safe='')}",
            }
        )
    rows.sort(key=lambda r: (r["first"], r["entry"]))
    columns = (
        "date",
        "first",
        "last",
        "type",
        "status_said",
        "what",
        "who",
        "reports",
        "review",
        "quote",
        "outlet",
        "href",
    )
    return replace(made, columns=columns, rows=tuple(rows))


# --- who with whom ------------------------------------------------------------------------------------------------


def _network(words: Words, found: list[Happening], asked: Filter, made: Picture, until: str | None) -> Picture:
    """Return a row for each two states that were in one happening that took place, up to a year."""
    apart: dict[tuple[str, str], list[Happening]] = defaultdict(list)
    everyone: Counter[str] = Counter()
    ever: Counter[tuple[str, str]] = Counter()
    for h in found:
        codes = sides(h.values)
        if h.values.get("status") not in SURE or not 2 <= len(codes) <= MANY:
            continue
        everyone.update(codes)
        for two in combinations(codes, 2):
            ever[two] += 1
            if not until or (h.days and h.days[0][:4] <= until):
                apart[two].append(h)
    most = NODES if made.kind == "network" else SIDES
    kept = [code for code, _ in sorted(everyone.items(), key=lambda c: (-c[1], c[0]))[:most]]
    rows = []
    for (a, b), held in sorted(apart.items(), key=lambda p: (-len(p[1]), p[0])):
        if a in kept and b in kept:
            rows.append(_pair(words, a, b, held))
    columns = ("a", "a_name", "b", "b_name", "often", "last", "last_what", "level", "href")
    nodes = tuple(
        {"code": c, "name": words.state(c), "often": everyone[c], "href": f"/state/{quote(c, safe='')}"} for c in kept
    )
    held_on = [h.days[0] for h in found if h.days and h.values.get("status") in SURE]
    ages = sorted({day[:4] for day in held_on if not day.startswith("0000")})
    lines = tuple({"a": a, "b": b, "often": n} for (a, b), n in sorted(ever.items()) if a in kept and b in kept)
    return replace(made, columns=columns, rows=tuple(rows), beside=(*nodes, *lines, *({"year": y} for y in ages)))


def _pair(words: Words, a: str, b: str, held: list[Happening]) -> Row:
    dated = [h for h in held if h.days and not h.days[0].startswith("0000")]
    last = max(dated, key=lambda h: (h.days or ("", ""))[1]) if dated else None
    ranks = [
        LEVELS.index(str(p["level"]))
        for h in held
        for p in h.values.get("participants") or ()
        if isinstance(p, Mapping) and p.get("country") in (a, b) and p.get("level") in LEVELS
    ]
    return {
        "a": a,
        "a_name": words.state(a),
        "b": b,
        "b_name": words.state(b),
        "often": len(held),
        "last": words.date(str(last.values.get("date"))) if last else "",
        "last_year": (last.days or ("",))[0][:4] if last else "",
        "last_what": what(words, last.values) if last else "",
        "level": LEVELS[min(ranks)].replace("_", " ") if ranks else "",
        "href": f"/pair/{quote(a, safe='')}-{quote(b, safe='')}",
    }


# --- how many a year ----------------------------------------------------------------------------------------------


def _years(words: Words, found: list[Happening], asked: Filter, made: Picture, _: str | None) -> Picture:
    counted: Counter[tuple[str, str]] = Counter()
    reports: dict[str, set[str]] = defaultdict(set)
    for h in found:
        for t in h.tellings:
            if t.at.told:
                reports[t.at.told[:4]].add(t.at.origin)
        if h.days and not h.days[0].startswith("0000"):
            counted[h.days[0][:4], str(h.values.get("type") or "other")] += 1
    rows = tuple(
        {
            "year": year,
            "type": words.pack.types.get(type_, type_),
            "happenings": n,
            "href": _find(asked, type=type_, since=year, until=year),
            "href_before": _find(replace(asked, since=None), type=type_) + "&until={year}",
        }
        for (year, type_), n in sorted(counted.items())
    )
    beside = tuple({"year": year, "reports": len(some)} for year, some in sorted(reports.items()))
    return replace(made, columns=("year", "type", "happenings", "href"), rows=rows, beside=beside)


def _find(asked: Filter, **more: str) -> str:
    return f"/find?{urlencode(asked.given() | more)}"


# --- where --------------------------------------------------------------------------------------------------------


def _places(words: Words, found: list[Happening], asked: Filter, made: Picture, _: str | None) -> Picture:
    by: dict[str, list[Happening]] = defaultdict(list)
    for h in found:
        place = h.values.get("place")
        if isinstance(place, Mapping) and place.get("country") and h.values.get("status") in SURE:
            by[str(place["country"])].append(h)
    rows = []
    for code, held in sorted(by.items(), key=lambda kv: (-len(kv[1]), kv[0])):
        cities = Counter(str(h.values["place"].get("city") or "") for h in held)
        dated = sorted(h.days[1] for h in held if h.days and not h.days[0].startswith("0000"))
        rows.append(
            {
                "code": code,
                "state": words.state(code),
                "happenings": len(held),
                "last": words.date(dated[-1]) if dated else "",
                "cities": ", ".join(f"{c} {n}" for c, n in _often(cities)),
                "href": _find(asked, state=code) if not asked.state else _find(asked, other=code),
            }
        )
    return replace(made, columns=("code", "state", "happenings", "last", "cities", "href"), rows=tuple(rows))


def _often(counted: Counter[str], most: int = 8) -> Iterator[tuple[str, int]]:
    yield from sorted(((c, n) for c, n in counted.items() if c), key=lambda c: (-c[1], c[0]))[:most]
