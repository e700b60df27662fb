"""Engagements that no verb tells: rounds listed with host and year, foundings told by their anniversary."""

from __future__ import annotations

from communique.claims import moodwords, where
from communique.claims.clause import Clauses
from communique.claims.clausewords import bare, grammar
from communique.claims.context import Context
from communique.claims.draft import SITTINGS, Draft, Party, Place
from communique.claims.triggers import Trigger
from communique.mentions import ordinals
from communique.mentions.dates import DateMention, Resolved
from communique.mentions.fold import fold, folded
from communique.model import Mention

DAY = 5  # letters of a month and a day
YEAR = 4
"""Digits of a year."""
NEAR = 26  # letters between a rank and the place or day of its round


def unfold(context: Context, clauses: Clauses, known: dict[int, Resolved]) -> bool:
    """Unfold *A (2006), B (2007), ... fifteen rounds* into its rounds, each with host and year."""
    text = context.text
    pairs = _bracketed(text, clauses)
    if len(pairs) < 3:
        return _in_turn(context, clauses, known)
    meeting, total = _rounds_of(context, clauses, pairs)
    if meeting is None:
        return False
    years = [known[b.start].edtf or "" for _, b in pairs if b.start in known]
    complete = total == len(pairs) and years == sorted(years)
    for n, (a, b) in enumerate(pairs, 1):
        country = a.value["country"]
        town = a.kind == "place" and context.pack.reading.words_apart
        host = (Party(context.raw[a.start : a.end], country, "state"), "host")
        context.drafts.append(
            Draft(
                rule="list",
                type=_type(meeting),
                status="held",
                sentence=clauses.index,
                part=clauses.part,
                start=a.start,
                end=b.end + 1,
                roles=[] if town else [host],
                date=known.get(b.start),
                date_at=b.value["date"],
                place=Place(country, context.raw[a.start : a.end] if town else None, a.start, a.end),
                meeting=meeting,
                spans=[(a.start, b.end + 1)],
                extra={"ordinal": n if complete else None, "listed": True},
            )
        )
    return True


def _rounds_of(
    context: Context, clauses: Clauses, pairs: list[tuple[Mention, Mention]]
) -> tuple[Mention | None, int | None]:
    """The meeting whose rounds are listed, named behind or before the list, and how many rounds it is said to have had.

    Where words stand apart and count the rounds, it is the one named last (*the seven rounds before were in ...*).
    """
    text, first, end = context.text, pairs[0][0].start, pairs[-1][1].end
    rows = [m for m in clauses.mentions if m.kind == "meeting" and m.value]
    meeting = next((m for m in rows if m.start >= end), None)
    meeting = meeting or next((m for m in reversed(rows) if m.end <= first), None)
    if meeting is not None:
        behind = ordinals.count(text, end, min(clauses.end, meeting.end), context.pack)
        return meeting, meeting.value["ordinal"] or behind
    total = ordinals.count(text, clauses.start, first, context.pack) if context.pack.reading.words_apart else None
    last = context.meeting if total else None
    now = last.value["ordinal"] if last is not None else None
    return last, total if now in (None, (total or 0) + 1) else None


def _type(meeting: Mention) -> str:
    return "exercise" if meeting.value["sort"] == "exercise" else "session"


def _bracketed(text: str, clauses: Clauses) -> list[tuple[Mention, Mention]]:
    """Places with each day or year that stands in the bracket behind them: *A (2006, 2015), B (2007)*."""
    pairs: list[tuple[Mention, Mention]] = []
    for k, a in enumerate(clauses.mentions):
        opened = a.kind in ("state", "place")
        mine: list[tuple[Mention, Mention]] = []
        at = a.end
        for b in clauses.mentions[k + 1 :] if opened else ():
            if b.kind != "date" or text[at : b.start].strip() not in ({","} if mine else {"("}):
                break
            mine.append((a, b))
            at = b.end
        pairs += mine if text[at : at + 1] == ")" else []
    return pairs


def _in_turn(context: Context, clauses: Clauses, known: dict[int, Resolved]) -> bool:
    """Unfold *was held in A in 2006, in B in 2007 and in C in 2008*, in either order."""
    rows = [m for m in clauses.mentions if m.kind in ("state", "place", "date")]
    pairs: list[tuple[Mention, Mention]] = []
    used = -1
    at = folded(context.pack.markers.before.get("at", ()), context.pack.reading) if len(rows) > 1 else ()
    for k, (a, b) in enumerate(zip(rows, rows[1:], strict=False)):
        place, date = (b, a) if a.kind == "date" else (a, b)
        one = k > used and date.kind == "date" and place.kind != "date" and date.value["date"].last is None
        if one and date.value["date"].kind in ("year", "month", "day"):
            if context.text[a.end : b.start].strip(" ,") in ("", *at) and len(context.text[a.end : b.start]) < 12:
                pairs.append((place, date))
                used = k + 1
    ranks = ordinals.find(context.text, clauses.start, clauses.end, context.pack)
    named = [
        m for m in clauses.mentions if m.kind == "meeting" and not m.value["generic"] and m.value["sort"] in SITTINGS
    ]
    sits = (m for m in clauses.mentions if m.kind == "meeting" and m.value["sort"] == "session")
    bare = [m for m in sits if context.pack.reading.words_apart or (pairs and m.end <= pairs[0][0].start)]
    if not named and bare:  # *the conferences before were held in ...*
        named = [context.meeting] if context.meeting is not None else bare[:1]
    led = context.pack.reading.words_apart or (bool(pairs and named) and named[0].start < pairs[0][1].start)
    if len(pairs) < 3 or len(named) != 1 or not led or len({d.value["date"].first.year for _, d in pairs}) < 3:
        return False
    for place, date in pairs:
        country = place.value["country"]
        host = [(context.state(country), "host")] if place.kind == "state" and country else []
        city = context.raw[place.start : place.end] if place.kind == "place" else None
        start, end = min(place.start, date.start), max(place.end, date.end)
        rank = next((o.number for o in reversed(ranks) if 0 <= start - o.end < NEAR), None)
        rank = rank or (named[0].value["ordinal"] if place is pairs[0][0] and named[0].end <= start else None)
        context.drafts.append(
            Draft(
                "list", _type(named[0]), "held", clauses.index, clauses.part, start, end, [*host],
                known.get(date.start), date.value["date"], Place(country, city, place.start, place.end),
                meeting=named[0], spans=[(start, end)], extra={"ordinal": rank, "listed": True},
            )
        )  # fmt: skip
    return True


def further(context: Context, clauses: Clauses, first: int, known: dict[int, Resolved]) -> None:
    """Further rounds in the breath of one: *the first was held in 2014, the second in A in 2015, the third in 2016*.

    ``first`` is where the drafts of the sentence begin.
    """
    told = [d for d in context.drafts[first:] if d.type in SITTINGS and d.meeting is not None]
    main = next((d for d in told if d.meeting and d.meeting.value["ordinal"] and not d.extra.get("listed")), None)
    if main is None or main.meeting is None:
        return
    g, text, last = grammar(context.pack), context.text, main.meeting.value["ordinal"]
    named = [m for m in clauses.mentions if m.kind in ("date", "meeting", "instrument", "person")]
    ranks = ordinals.find(text, max(main.meeting.end, clauses.start), clauses.end, context.pack)
    ranks = [o for o in ranks if not any(m.start <= o.start < m.end for m in named)]
    for k, o in enumerate(ranks):
        stop = ranks[k + 1].start if k + 1 < len(ranks) else clauses.end
        before = bare(text[clauses.start : o.start].rstrip(), g)
        here = [m for m in clauses.mentions if o.end <= m.start < min(stop, o.end + 2 * NEAR)]
        date = next((m for m in here if m.kind == "date"), None)
        at = next((m for m in here if m.kind in ("place", "state")), None)
        joined = before.endswith((",", ";")) or any(before.endswith(f" {w}") for w in clauses.joints)
        if date is None or not joined or o.number <= last:
            break
        place = where.read_place(context.marked, clauses, at.start, context.pack) if at is not None else None
        host = [(context.state(at.value["country"]), "host")] if at is not None and at.kind == "state" else []
        last, end = o.number, max(date.end, at.end if at is not None else 0)
        context.drafts.append(
            Draft(
                "list", main.type, main.status, clauses.index, clauses.part, o.start, end, [*host],
                known.get(date.start), date.value["date"], place, meeting=main.meeting, spans=[(o.start, end)],
                extra={"ordinal": o.number},
            )
        )  # fmt: skip


def edge(text: str, clauses: Clauses, t: Trigger) -> int:
    """Return where the segment of a trigger ends, without the sign that ends it: all that is proposed."""
    _, hi = clauses.bounds(clauses.segment(t.start))
    while hi > t.end and not text[hi - 1].isalnum():
        hi -= 1
    return hi


def anniversaries(context: Context, clauses: Clauses, known: dict[int, Resolved]) -> None:
    """A founding whose anniversary the words print with its year is told at its original date."""
    g, stretch = moodwords.grammar(context.pack), context.pack.reading.stretch
    for m in clauses.mentions:
        if m.kind != "date" or m.value["date"].kind != "anniversary" or m.start not in known or g.founding is None:
            continue
        found = g.founding.search(context.text, max(clauses.start, m.start - 14 * stretch), m.start)
        date = known[m.start]
        if context.pack.reading.words_apart and (found is None or found.end() < m.start - 4):
            found = g.founding.search(context.text, m.end, min(clauses.end, m.end + 20 * stretch))
            near = found is not None and found.start() <= m.end + 14
            found = found if near else None
        elif found is None or found.end() < m.start - 4:
            continue
        if found is None or not date.edtf:
            continue
        start = found.start()
        signed = next((x for x in clauses.mentions if x.kind == "instrument" and 0 <= start - x.end <= 2), None)
        groups = [x for x in clauses.groups if x.end <= start and start - x.end <= 4]
        parties = [p for x in groups for p in context.members(x, clauses)]
        mood, word = context.pack.mood, found.group()
        if word in mood.founding_own:
            parties = []
        elif word in mood.founding_ties and len({p.country for p in parties}) < 2:
            parties = list(context.pair(clauses, start))
        meeting = next(
            (x for x in clauses.mentions if x.kind == "meeting" and x.end <= start and start - x.end <= 2), None
        )
        if not parties and meeting is None and context.pack.reading.words_apart:
            parties = _behind(context, clauses, found.end())
        told = next((x for x in clauses.mentions if x.kind == "date" and 0 <= x.start - found.end() <= 5), None)
        year = told.value["date"].first.year if told is not None and told.value["date"].kind == "year" else None
        if year is not None and m.value["date"].count and context.pack.reading.words_apart:
            date = Resolved(str(year - m.value["date"].count), "unit")  # *the 10th anniversary of the founding in 2025*
        if (marked := _marked_in(context, clauses, m, known)) is not None:
            date = marked  # *next year they mark the 10th anniversary*
        printed = _printed(context, clauses, m, found.end()) if context.pack.reading.words_apart else None
        if printed is not None and (day := (known[printed.start].edtf or "").partition("/")[0]):
            date = Resolved(day, known[printed.start].basis)
        start = min([start, m.start, *(x.start for x in groups), *([meeting.start] if meeting else [])])
        context.drafts.append(
            Draft(
                "anniversary", "signing" if signed else "establishment", "held", clauses.index, clauses.part,
                start, m.end, [] if signed else [(p, "subject") for p in parties], date, m.value["date"],
                meeting=meeting, instrument=signed, spans=[(start, max(m.end, found.end()))],
            )
        )  # fmt: skip


def _marked_in(context: Context, clauses: Clauses, m: Mention, known: dict[int, Resolved]) -> Resolved | None:
    """The founding whose anniversary is in the year, or on the day, named before it in its clause, without blanks."""
    lo, _ = clauses.bounds(clauses.segment(m.start))
    count = m.value["date"].count
    if "(" in context.text[m.start : m.end] or context.pack.reading.words_apart or not count:
        return None  # which prints the years
    days = [x for x in clauses.mentions if x.kind == "date" and lo <= x.start and x.end <= m.start and x.start in known]
    edtf = (known[days[-1].start].edtf or "") if days else ""
    year, _, day = edtf.partition("-")
    words = folded(context.pack.phrases.falls_on, context.pack.reading)
    if len(year) != YEAR or not year.isdigit() or (day and (len(day) != DAY or day.count("-") != 1)):
        return None
    on_it = bool(day) and context.text.startswith(words or ("\0",), days[-1].end)
    return (
        Resolved(f"{int(year) - count}-{day}" if on_it else str(int(year) - count), "unit")
        if on_it or not day
        else None
    )


def _printed(context: Context, clauses: Clauses, m: Mention, at: int) -> Mention | None:
    """The date in the bracket behind the words for a founding, where it is as many years old as they say."""
    count = m.value["date"].count
    row = (x for x in clauses.mentions if x.kind == "date" and at < x.start < at + 3 * NEAR)
    x = next((x for x in row if context.text[x.start - 1] == "("), None)
    if x is None or set(",.;") & set(context.text[at : x.start]):
        return None
    date: DateMention = x.value["date"]
    years = (date.first.year, date.last.year) if date.last is not None else (date.first.year, None)
    fits = years[0] is not None and (years[1] is None or years[1] - years[0] == count)
    return x if fits else None


def issued(context: Context, published: str | None) -> None:
    """A unit that is itself a text of several, by how its title begins, tells that they issued it.

    Only where words stand apart and nothing else in the unit is said to have been adopted.
    """
    unit, words = context.marked.scan.unit, context.pack.phrases.issued
    title = fold(unit.title, context.pack.reading)
    heads = tuple(fold(w, context.pack.reading) for w in words)
    if not heads or not title.startswith(heads) or not context.pack.reading.words_apart:
        return
    hits = [h for h in context.marked.hits if h.end <= len(unit.title) and h.entry.kind in ("state", "bloc")]
    codes = list(dict.fromkeys(h.entry.value for h in hits if h.entry.value))
    told = [d for d in context.drafts if d.type == "adoption"]
    if len(codes) < 2 or told:
        for d in told if len(codes) > 1 else ():  # *this statement was adopted in C on 3 May*
            d.roles = d.roles or [(context.state(c), "attendee") for c in codes]
        return
    start = unit.text.find(unit.title)
    sat = [d for d in context.drafts if d.type == "session" and d.status == "held" and d.meeting is not None]
    met = next((d for d in sat if d.meeting is not None and not d.meeting.value["generic"]), None)
    day = (met.date.edtf or "").rpartition("/")[2] if met and met.date else ""  # the last one
    date = Resolved(day, "unit") if day else Resolved(published, "published") if published else None
    parties = [(context.state(c), "attendee") for c in codes]
    end = start + len(unit.title)
    texts = [m for row in context.marked.mentions for m in row if m.kind == "instrument" and m.start > end]
    again = [
        (m.start, m.end)
        for m in texts
        if fold(m.value["head"], context.pack.reading) in {*words, *context.pack.phrases.plain_texts}
    ]
    context.drafts.append(
        Draft(
            "issued",
            "adoption",
            "held",
            0,
            "title",
            start,
            end,
            parties,
            date,
            spans=[(start, end), *again[:1]],
            meeting=met.meeting if met else None,
            place=met.place if met else None,
        )
    )


def _behind(context: Context, clauses: Clauses, at: int) -> list[Party]:
    """The two parties named right behind *the establishment of relations*, else the two of the text."""
    near = [g for g in clauses.groups if at <= g.start <= at + 24]
    named = [p for g in near[:2] for p in context.members(g, clauses) if p.country]
    return named[:2] if len(named) > 1 else list(context.pair())
