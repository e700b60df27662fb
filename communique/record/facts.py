"""What a claim of an engagement says that tells it from others, and the blocks in which it can meet its like.

Facts are made from one unit alone; ``communique.record.matching`` lays those of two claims side by side.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import Any

from communique.model import Claim, Unit
from communique.record.alike import bare, is_latin
from communique.record.days import bounds
from communique.record.known import Known
from communique.record.names import fold, is_code

SPAN = 15
"""Days: a happening that lasts longer is met by its months."""
MONTH = "2021-07"
MANY = 4
"""Parties or persons: of more than so many, not all make blocks."""
AHEAD = 14
"""Days: what is told as to come may lie so far ahead where no day is named."""
TOLD = 3
"""Days: what is told without a day may have been so long before the telling."""
_SENTENCE = re.compile(r"[\n!?\u3002\uff01\uff1f]")
_CAPITALS = re.compile(r"[A-Z\u00c0-\u00de][^\W\d_]+(?:[ -][A-Z\u00c0-\u00de][^\W\d_]*)+")
_YEARLESS = re.compile(r"XXXX-\d\d-\d\d(?:/XXXX-\d\d-\d\d)?")
LEAP = 2000
"""The year that stands for an unknown one: it has every day."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes part: country, role, name as written, the marks of a person, and whether it is a body with a name."""

    country: str | None
    role: str
    name: str
    marks: tuple[str, ...] = ()
    body: bool = False


@dataclass(frozen=True)
class Facts:
    """What one claim says of one happening.

    ``told`` is the day of publication; ``frames`` are marks of the mechanism; ``city`` and ``words`` (the quote
    without names, offices and figures) are folded; ``signs`` are names in capitals in the sentence of the quote.
    """

    type: str
    lang: str
    status: str | None = None
    form: str | None = None
    date: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    told: str | None = None
    frame: str | None = None
    frames: tuple[str, ...] = ()
    ordinal: int | None = None
    actors: tuple[Actor, ...] = ()
    country: str | None = None
    city: str = ""
    online: bool = False
    signs: tuple[str, ...] = ()
    words: str = ""

    @cached_property
    def countries(self) -> frozenset[str]:
        """Codes of the states and blocs that take part, and of the state where it happened if that is not one."""
        found = {a.country for a in self.actors if a.country}
        if self.country and self.type == "visit":
            found.add(self.country)
        return frozenset(found)

    def plain(self) -> dict[str, Any]:
        """Return the facts as JSON values, without what says nothing."""
        told = {f: v for f in _FIELDS if (v := getattr(self, f)) not in (None, (), "", False)}
        if self.actors:
            told["actors"] = [[a.country, a.role, a.name, list(a.marks), a.body] for a in self.actors]
        return {f: list(v) if isinstance(v, tuple) else v for f, v in told.items()}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Facts:
        """Return facts from the JSON values of ``plain``."""
        given = dict(plain)
        given["actors"] = tuple(
            Actor(country, role, name, tuple(marks), body)
            for country, role, name, marks, body in given.get("actors", ())
        )
        for field in ("frames", "signs"):
            given[field] = tuple(given.get(field, ()))
        return cls(**given)

    @cached_property
    def digest(self) -> str:
        """A stable digest."""
        plain = json.dumps(self.plain(), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:20]


_FIELDS = tuple(f.name for f in fields(Facts))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def facts_of(
    unit: Unit,
    claim: Claim,
    people: Mapping[str, Sequence[str]],
    offices: Sequence[str],
    frames: Sequence[str],
    known: Known,
) -> Facts:
    """Return the facts of a claim of an engagement.

    Args:
        people: the marks of the unit's persons by folded name. offices: those the unit names. frames: marks of
            the claim's mechanism.
    """
    v = claim.values
    listed = v.get("participants")
    actors = (
        tuple(_actor(p, people, known) for p in listed if isinstance(p, Mapping)) if isinstance(listed, list) else ()
    )
    place = v.get("place")
    place = place if isinstance(place, Mapping) else {}
    ordinal = v.get("ordinal")
    letters = known.letters.get(unit.lang.partition("-")[0], {})
    return Facts(
        type=str(v.get("type")),
        lang=unit.lang.partition("-")[0],
        status=_text(v.get("status")),
        form=_text(v.get("form")),
        date=_text(v.get("date")),
        not_before=_text(v.get("not_before")),
        not_after=_text(v.get("not_after")),
        told=_text(unit.published),
        frame=_text(v.get("mechanism")),
        frames=tuple(frames),
        ordinal=ordinal if isinstance(ordinal, int) else None,
        actors=actors,
        country=_text(place.get("country")),
        city=fold(_text(place.get("city"))),
        online=v.get("mode") == "online",
        signs=_signs(unit.text, claim, known),
        words=_words(
            claim.evidence[0].quote.translate(letters),
            [*(a.name for a in actors), *offices, _text(v.get("mechanism")) or ""],
        ),
    )


def _actor(part: Mapping[str, Any], people: Mapping[str, Sequence[str]], known: Known) -> Actor:
    name, country = _text(part.get("name")) or "", _text(part.get("country"))
    marks = tuple(people.get(fold(name), ()))
    if marks:
        marks = (*marks, *sorted(_latin(name, country, marks)))
    body = bool(country and name and not marks and name != country and known.state(name) is None)
    return Actor(country, part.get("role") or "", name, marks, body)


def _latin(name: str, country: str | None, marks: Sequence[str]) -> set[str]:
    """Return marks by which a person's Latin forms meet in two languages, with or without the marks on its letters."""
    forms = {name} if is_latin(name) else set()
    forms |= {form for mark in marks for kind, _, form in (mark.partition("|"),) if kind == "latin"}
    return {f"bare|{bare(form.partition('|')[0])}|{country or ''}" for form in forms}


def _signs(text: str, claim: Claim, known: Known) -> tuple[str, ...]:
    """Return names of two words or more in capitals in the sentence of the quote that no pack knows."""
    first = claim.evidence[0]
    before = [m.end() for m in _SENTENCE.finditer(text, max(0, first.start - 200), first.start)]
    after = _SENTENCE.search(text, first.end)
    sentence = text[before[-1] if before else max(0, first.start - 200) : after.start() if after else first.end + 200]
    found = {bare(m[0]) for m in _CAPITALS.finditer(sentence) if not known.state(m[0]) and not known.mechanism(m[0])}
    return tuple(sorted(f for f in found if len(f) > 5))


def _words(quote: str, names: Sequence[str]) -> str:
    for name in sorted({n for n in names if n}, key=len, reverse=True):
        quote = quote.replace(name, "\n")
    return "\n".join(x for piece in re.split(r"[\W\d_]+", quote) if (x := fold(piece)))


@lru_cache(maxsize=4096)
def days(date: str | None) -> tuple[dt.date, dt.date] | None:
    """Return first and last day of a date that both are plain days of our calendar, else None."""
    span = bounds(date)
    try:
        return (dt.date.fromisoformat(span[0]), dt.date.fromisoformat(span[1])) if span else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def yearless(date: str | None) -> tuple[dt.date, dt.date] | None:
    """Return first and last day, in the year ``LEAP``, of a date that leaves only its year open, else None."""
    return days(date.replace("XXXX", str(LEAP))) if date and _YEARLESS.fullmatch(date) else None


def in_any_year(date: str | None) -> tuple[dt.date, dt.date] | None:
    """Return a date as days of the year ``LEAP``, whether or not it names its year; None if it spans a new year."""
    span = yearless(date) or days(date)
    return (span[0].replace(year=LEAP), span[1].replace(year=LEAP)) if span and span[0].year == span[1].year else None


def blocks(facts: Facts) -> frozenset[str]:
    """Return the blocks of a claim; claims that share none are never compared.

    Blocks are made of the type, who or what it is about, and when: two neighbouring days share one. A claim that
    says neither when nor which meeting is in no block.
    """
    when = list(_when(facts))
    out = {f"{facts.type}|{who}|{day}" for who in _parties(facts) for day in when}
    out.update(f"{facts.type}|{who}|{day}" for who in _named(facts) for day in when if len(day) != len(MONTH))
    of_year = [day for day in when if day.startswith("-")]
    number = [f"#{facts.ordinal}"] if facts.ordinal else []
    out.update(f"{facts.type}|{f}|{x}" for f in facts.frames for x in (*_years(facts), *of_year, *number))
    return frozenset(out)


def _parties(facts: Facts) -> set[str]:
    codes = sorted(c for c in facts.countries if is_code(c))
    if 2 <= len(codes) <= MANY:
        return {f"{a}+{b}" for i, a in enumerate(codes) for b in codes[i + 1 :]}
    return {c for c in (facts.country, *codes[:1]) if c}


def _named(facts: Facts) -> set[str]:
    """Return the first mark of each of the first persons, and names in capitals."""
    named = {m for a in facts.actors[:MANY] for m in (*a.marks[:1], *a.marks[-1:])}
    return named | set(facts.signs[:MANY])


def _when(facts: Facts) -> Iterator[str]:
    open_year = yearless(facts.date)
    span = open_year or days(facts.date)
    if span is None:
        if facts.date is None and (told := days(facts.told)):
            ahead = TOLD if facts.status == "planned" else 1
            yield from (day.isoformat() for day in _each(told[1] - dt.timedelta(days=TOLD), TOLD + ahead))
        return
    first, last = span
    if (last - first).days <= SPAN:
        for day in _each(first, (last - first).days + 1):
            yield f"-{day:%m-%d}"
            if not open_year:
                yield day.isoformat()
    if not open_year and (last - first).days <= 366:
        month = first.replace(day=1)
        while month <= last:
            yield f"{month:%Y-%m}"
            month = (month + dt.timedelta(days=32)).replace(day=1)


def _each(first: dt.date, more: int) -> Iterator[dt.date]:
    for n in range(more + 1):
        yield first + dt.timedelta(days=n)


def _years(facts: Facts) -> list[str]:
    """Return the years of a date that spans few, or those about the telling where there is no date."""
    span = days(facts.date)
    if span is None and facts.date is None and (told := days(facts.told)):
        span = told[0] - dt.timedelta(days=TOLD), told[1] + dt.timedelta(days=AHEAD)
    if span is None or span[1].year - span[0].year > 2:
        return []
    return [str(y) for y in range(span[0].year, span[1].year + 1)]
