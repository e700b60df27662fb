"""Two claims side by side: do they tell of one happening, of two, or is that unsure? And why.

Signs for and against are weighed one by one and summed, after Fellegi and Sunter (A theory for record linkage, 1969);
the weights are set by hand, so that each can be read and argued about. What cannot both hold decides alone: two
ordinals, two counterparts, days apart. Nothing here knows a record: the same two claims get the same verdict always.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.record.alike import ALIKE, OTHER, SAME, common, names_agree
from communique.record.facts import AHEAD, TOLD, Actor, Facts, days, in_any_year, yearless

SAME_FROM, UNSURE_FROM = 6.0, 4.5
"""Sums from which two claims are one happening, and from which a person should look."""
COARSE = 16
"""Days: a date that is less precise says too little of which happening it is."""
RUN = {True: 24, False: 6}
"""Letters of a run of equal words that are no chance, in an alphabet and in letters that are words."""
PAIRED = (
    "talks",
    "call",
    "message",
    "visit",
    "signing",
    "aid",
    "upgrade",
    "establishment",
    "deployment",
    "appointment",
)
"""Types whose parties are all told: other parties make another happening."""
WHEN = frozenset(("date", "near"))
"""Signs of time; ``near`` ones (a month, a day apart) are shared by several happenings."""
LEAP_YEAR = 366


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two claims or entries are to each other, the sum of the signs, and each sign in words.

    ``same``, ``unsure``, ``different`` (what they say cannot both hold) or ``unknown`` (too little agrees).
    """

    verdict: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign for (or, below zero, against): what it weighs, in words, and what it speaks of."""

    weight: float
    reason: str
    of: str


def compare(a: Facts, b: Facts) -> Verdict:
    """Return what two claims of engagements are to each other. ``compare(a, b) == compare(b, a)``."""
    a, b = sorted((a, b), key=lambda f: (f.date or "~", f.ordinal or 0, f.digest))
    against = next(_against(a, b), None)
    if against is not None:
        return Verdict("different", 0.0, (against,))
    signs = list(_signs(a, b))
    score = round(sum(s.weight for s in signs), 2)
    reasons = tuple(s.reason for s in signs)
    told_of = {s.of for s in signs}
    if score >= SAME_FROM and _firm(a, b, told_of):
        return Verdict("same", score, reasons)
    if told_of & WHEN and score >= UNSURE_FROM:
        return Verdict("unsure", score, reasons)
    return Verdict("unknown", score, reasons)


def _firm(a: Facts, b: Facts, told_of: set[str]) -> bool:
    """Tell whether there is more than what many happenings share: parties, a month, one person's busy day."""
    if told_of & {"mechanism"}:
        return bool(told_of & (WHEN | {"ordinal"}))
    if "date" not in told_of:
        return False
    if told_of & {"name", "bodies"} or ("words" in told_of and a.countries and a.countries == b.countries):
        return True
    return "person" in told_of and (len(a.countries | b.countries) > 1 or "place" in told_of)


def weigh(ours: Sequence[Facts], theirs: Sequence[Facts]) -> Verdict:
    """Return what two groups of claims, each of one happening, are to each other.

    The best pair decides; where some pair cannot both hold, a group that seemed the same is unsure.
    """
    found = [compare(a, b) for a in ours for b in theirs]
    best = max(found, key=lambda v: (v.verdict == "same", v.verdict == "unsure", v.score, v.reasons))
    against = sorted(v.reasons[0] for v in found if v.verdict == "different")
    if not against:
        return best
    if best.verdict != "same":
        return Verdict("different", 0.0, (against[0],))
    return Verdict("unsure", best.score, (*best.reasons, f"but {against[0]}"))


# --- what cannot both hold ----------------------------------------------------------------------------------------


def _against(a: Facts, b: Facts) -> Iterator[str]:
    if a.type != b.type:
        yield f"{a.type} and {b.type}"
    if a.ordinal and b.ordinal and a.ordinal != b.ordinal and _frames(a, b) != OTHER:
        yield f"rounds {a.ordinal} and {b.ordinal}"
    if a.frame and b.frame and _frames(a, b) == OTHER and a.lang == b.lang:
        yield f"{a.frame} and {b.frame}"
    if a.form and b.form and a.form != b.form and a.type == "session":
        yield f"{a.form} and {b.form}"
    if apart := _apart(a, b):
        yield apart
    yield from _other_parties(a, b)
    if a.type not in ("session", "exercise", "adoption"):
        yield from _other_people(a, b)
    if a.country and b.country and a.country != b.country and not (a.online or b.online):
        if a.type in ("talks", "visit", "session", "ceremony", "signing"):
            yield f"in {a.country} and in {b.country}"


def _apart(a: Facts, b: Facts) -> str | None:
    """Return why the days of two claims cannot be those of one happening; a day's difference is no conflict."""
    shown = f"{a.date}, {b.date}"
    ours, theirs = days(a.date), days(b.date)
    if ours and theirs:
        return f"days apart: {shown}" if _gap(ours, theirs) > 1 else None
    if yearless(a.date) or yearless(b.date):
        x, y = in_any_year(a.date), in_any_year(b.date)
        if x and y and 1 < _gap(x, y) < LEAP_YEAR - 1:
            return f"days apart: {shown}"
    for f, span in ((a, theirs), (b, ours)):
        if span is None:
            continue
        low, high, told = days(f.not_before), days(f.not_after), days(f.told)
        if yearless(f.date) and ((low and span[1] < low[0]) or (high and span[0] > high[1])):
            return f"years apart: {shown}, the former between {f.not_before or '?'} and {f.not_after or '?'}"
        if f.status == "held" and told and (span[0] - told[1]).days > 1:
            return f"told as past on {f.told}: {shown}"
    return None


def _gap(x: tuple[dt.date, dt.date], y: tuple[dt.date, dt.date]) -> int:
    """Return the days between two spans, 0 or less where they meet."""
    return max((y[0] - x[1]).days, (x[0] - y[1]).days)


def _other_parties(a: Facts, b: Facts) -> Iterator[str]:
    if a.type not in PAIRED:
        return
    ours, theirs = a.countries, b.countries
    if len(ours) > 1 and len(theirs) > 1 and not (ours <= theirs or theirs <= ours):
        yield f"{', '.join(sorted(ours))} and {', '.join(sorted(theirs))}"
    for roles in (("sender",), ("donor",), ("guest", "head_of_delegation")):
        x, y = ({p.country for p in f.actors if p.role in roles and p.country} for f in (a, b))
        if x and y and not x & y and a.type in ("message", "aid", "visit"):
            yield f"by {', '.join(sorted(x))} and by {', '.join(sorted(y))}"


def _people(facts: Facts, country: str | None) -> list[Actor]:
    return [p for p in facts.actors if p.marks and p.country == country]


def _comparable(a: Facts, b: Facts, x: Sequence[Actor], y: Sequence[Actor]) -> bool:
    return a.lang == b.lang or all(_latin(p) for p in (*x, *y))


def _latin(p: Actor) -> list[str]:
    return [m for m in p.marks if m.startswith(("bare|", "reading|"))]


def _agree(x: Sequence[Actor], y: Sequence[Actor]) -> tuple[int, str]:
    """Return how far the best two of the persons of one country agree, and their names."""
    best, named = OTHER, ""
    for p in x:
        for q in y:
            how = SAME if set(p.marks) & set(q.marks) else names_agree(p.name, q.name)
            if how > best:
                best, named = how, p.name if p.name == q.name else f"{p.name}, {q.name}"
    return best, named


def _other_people(a: Facts, b: Facts) -> Iterator[str]:
    for country in sorted({p.country or "" for p in a.actors} & {p.country or "" for p in b.actors}):
        x, y = _people(a, country or None), _people(b, country or None)
        if x and y and _comparable(a, b, x, y) and _agree(x, y)[0] == OTHER:
            yield f"{', '.join(p.name for p in x)} and {', '.join(p.name for p in y)}"
        ours, theirs = (
            {n for p in f.actors if p.country == (country or None) and not p.marks for n in _numbers(p.name)}
            for f in (a, b)
        )
        if ours and theirs and not ours & theirs:
            yield f"numbers {', '.join(map(str, sorted(ours)))} and {', '.join(map(str, sorted(theirs)))} in the names"


def _numbers(name: str) -> set[int]:
    return {int(n) for c in name if (n := unicodedata.numeric(c, -1.0)) > 0 and n == int(n)}


def _frames(a: Facts, b: Facts) -> int:
    """Return how far the mechanisms of two claims agree: by a mark, or one name holding the other."""
    if set(a.frames) & set(b.frames):
        return SAME
    if not a.frame or not b.frame:
        return OTHER
    return ALIKE if a.frame in b.frame or b.frame in a.frame else OTHER


# --- what speaks for one happening --------------------------------------------------------------------------------


def _signs(a: Facts, b: Facts) -> Iterator[Sign]:
    how = _frames(a, b)
    if how == SAME:
        yield Sign(3.0, f"same mechanism ({a.frame})", "mechanism")
    elif how == ALIKE:
        yield Sign(1.5, f"one name of the meeting holds the other ({a.frame}, {b.frame})", "mechanism")
    elif a.lang != b.lang and a.frame and b.frame and a.ordinal and a.ordinal == b.ordinal:
        yield Sign(2.0, f"same number ({a.ordinal}) of meetings named in two languages", "mechanism")
    if how != OTHER and a.ordinal and a.ordinal == b.ordinal:
        yield Sign(2.0, f"same round ({a.ordinal})", "ordinal")
    yield from _days(a, b)
    yield from _persons(a, b)
    yield from _bodies(a, b)
    yield from _parties(a, b)
    if a.city and b.city and (a.city in b.city or b.city in a.city):
        yield Sign(1.5, "same place", "place")
    if a.country and a.country == b.country:
        yield Sign(0.5, f"in {a.country}", "country")
    if a.online and b.online:
        yield Sign(0.5, "both online", "country")
    if shared := sorted(n for n in a.signs if n in b.signs or any(_within(n, m) for m in b.signs)):
        yield Sign(2.0, f"same name in the sentence ({', '.join(shared)})", "name")
    run = common(a.words, b.words).strip("\n") if a.lang == b.lang else ""
    least = RUN[bool(run) and run.isascii()]
    if len(run) >= least and "\n" not in run:
        yield Sign(2.5 if len(run) >= 2 * least else 1.5, f"same words ({run})", "words")
    if a.status == b.status:
        yield Sign(0.5, f"both {a.status}", "status")


def _within(a: str, b: str) -> bool:
    return len(min(a, b, key=len)) > 8 and (a in b or b in a)


def _days(a: Facts, b: Facts) -> Iterator[Sign]:
    shown = a.date if a.date == b.date else f"{a.date}, {b.date}"
    ours, theirs = days(a.date), days(b.date)
    if ours and theirs:
        coarse = max(_length(ours), _length(theirs)) > COARSE
        if _gap(ours, theirs) > 0:
            yield Sign(0.5 if coarse else 1.5, f"a day apart ({shown})", "near")
        elif coarse:
            yield Sign(1.0, f"one date within the other ({shown})", "near")
        elif ours == theirs:
            yield Sign(3.0, f"same day ({shown})", "date")
        else:
            yield Sign(2.5, f"dates overlap ({shown})", "date")
    elif yearless(a.date) or yearless(b.date):
        x, y = in_any_year(a.date), in_any_year(b.date)
        if x and y and max(_length(x), _length(y)) <= COARSE:
            if _gap(x, y) > 0:
                yield Sign(1.5, f"a day apart in a year ({shown})", "near")
            else:
                yield Sign(2.5, f"same day of a year ({shown})", "date")
    elif ours or theirs:
        for f, span in ((a, theirs), (b, ours)):
            if span and _length(span) <= COARSE and f.date is None and (sign := _told(f, span)):
                yield sign
    elif a.date is None and b.date is None:
        first, second = days(a.told), days(b.told)
        if first and second and _gap(first, second) <= 1:
            yield Sign(1.5, f"told within a day ({a.told}, {b.told})", "date")


def _length(span: tuple[dt.date, dt.date]) -> int:
    return (span[1] - span[0]).days


def _told(f: Facts, span: tuple[dt.date, dt.date]) -> Sign | None:
    """Return what it weighs that a claim without a day was told close to the days of another."""
    told = days(f.told)
    if told is None:
        return None
    early, late = (span[0] - told[1]).days, (span[1] - told[1]).days
    near = f"told on {f.told}, and of {span[0]}"
    if f.status == "planned" and -1 <= early <= AHEAD:
        return Sign(1.5 if early <= 1 else 1.0, f"{near} as to come", "date")
    return Sign(1.5, near, "date") if f.status != "planned" and late >= -TOLD and early <= 1 else None


def _persons(a: Facts, b: Facts) -> Iterator[Sign]:
    found = []
    for country in sorted({p.country or "" for p in a.actors} & {p.country or "" for p in b.actors}):
        x, y = _people(a, country or None), _people(b, country or None)
        how, named = _agree(x, y) if x and y else (OTHER, "")
        if how == SAME:
            found.append(Sign(2.5, f"same person ({named})", "person"))
        elif how == ALIKE and _comparable(a, b, x, y):
            found.append(Sign(1.5, f"names alike ({named})", "person"))
    yield from sorted(found, key=lambda s: (-s.weight, s.reason))[:2]


def _bodies(a: Facts, b: Facts) -> Iterator[Sign]:
    """Bodies by the same name on two sides; the name of a state alone is no body."""
    ours, theirs = ({(p.country, p.name) for p in f.actors if p.body} for f in (a, b))
    if len({country for country, _ in ours & theirs}) > 1:
        yield Sign(1.5, f"same bodies ({', '.join(sorted(name for _, name in ours & theirs))})", "bodies")


def _parties(a: Facts, b: Facts) -> Iterator[Sign]:
    shared = a.countries & b.countries
    shown = ", ".join(sorted(shared))
    if len(shared) > 1 and a.countries == b.countries:
        yield Sign(2.0, f"same parties ({shown})", "parties")
    elif len(shared) > 1:
        yield Sign(1.5, f"parties in common ({shown})", "parties")
    elif shared:
        yield Sign(0.5, f"party in common ({shown})", "parties")
