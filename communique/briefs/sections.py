"""The sections of a brief, each a function from what is on the desk to sentences, the most important first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from communique import views
from communique.briefs.frame import Sentence
from communique.briefs.gather import Desk, clarity
from communique.briefs.names import latin
from communique.briefs.sentences import AHEAD, item_sentence, round_name
from communique.record import bounds
from communique.record.series import DOUBLED, OUT_OF_ORDER
from communique.store.chunks import chunks
from communique.store.schema import claims, units
from communique.views import Held, Item, Promise, SeriesView
from communique.views.conflicts import corrections_of, disagreements
from communique.views.find import select_items
from communique.views.held import chairs as terms
from communique.views.held import levels, offices
from communique.views.things import MEETINGS, upgrades

AGREED = ("signing", "adoption", "establishment", "upgrade")
HAPPENED = ("held", "ongoing")
OPEN = ("overdue", "due", "open")
MOST_PEOPLE = 8
MOST_OFFICES = 2


def span_of(desk: Desk, held: Held) -> str:
    """Return from when to when something is told, in words."""
    ends = list(dict.fromkeys(d for d in (held.first, held.last) if d))
    return " \u2013 ".join(desk.words.date(d) for d in ends)


# --- what a brief on two states begins with -----------------------------------------------------------------------


def relation(desk: Desk) -> Iterator[Sentence]:
    """Yield the level of the tie with its changes, and when the two last met."""
    ties = [i for i in desk.items if i.kind == "tie"]
    raised = upgrades(desk.store, [i for i in desk.items if i.kind == "engagement"])
    held, changes = levels(desk.words.known, ties, raised)
    t = desk.words.pack.tie
    for level in sorted(held, key=lambda h: h.last or h.began, reverse=True):
        said = desk.words.quote(level.name)
        if level.began:
            text = t["since"].format(level=said, date=desk.words.date(level.began))
        elif dates := span_of(desk, level):
            text = t["told"].format(level=said, dates=dates)
        else:
            text = t["undated"].format(level=said)
        yield desk.say(text, level.items)
    for change in changes:
        slots = {"before": desk.words.quote(change.before.name), "after": desk.words.quote(change.after.name)}
        form = "changed" if change.when else "change_unknown"
        text = t[form].format(when=desk.words.date(change.when), **slots)
        yield desk.say(text, [change.after.item, change.before.item])
    met = [t for t in desk.of("engagement") if t[0].type in MEETINGS and t[0].status in HAPPENED and t[0].date]
    if met:
        first = met[0][0]
        v = first.values
        what = desk.words.pack.types.get(str(first.type), "")
        if v.get("mechanism"):
            what = round_name(desk.words, str(v["mechanism"]), v.get("ordinal"))
        place = desk.words.place(v.get("place"))
        text = desk.words.pack.met["last"].format(when=desk.words.when(first.date), where=place, what=what)
        yield desk.say(text, met[0])


def counterparts(desk: Desk, code: str, most: int = 5) -> Iterator[Sentence]:
    """Yield with whom a state is told of most often."""
    told: dict[str, list[Item]] = defaultdict(list)
    for item in desk.items:
        for other in item.actors:
            if other != code and other.isupper() and item.kind != "person":
                told[other].append(item)
    for other, items in sorted(told.items(), key=lambda kv: (-len(kv[1]), kv[0]))[:most]:
        dated = [i for i in items if i.date and bounds(i.date)] or items
        last = max(dated, key=lambda i: (i.day, i.id))
        date = desk.words.date(last.date or last.published) or "\u2013"
        text = desk.words.pack.met["counterpart"].format(state=desk.words.state(other), n=len(items), date=date)
        yield desk.say(text, [last])


def about(desk: Desk, series: SeriesView) -> Iterator[Sentence]:
    """Yield what a mechanism is: rounds told, where it belongs, gaps."""
    m = desk.words.pack.mechanism
    held = [r for r in series.rounds if r.status in HAPPENED and r.ordinal]
    if held:
        last = max(held, key=lambda r: (r.ordinal or 0, r.date or ""))
        where = desk.words.place({"city": last.city, "country": last.country})
        text = m["rounds"].format(n=len(held), last=last.ordinal, when=desk.words.when(last.date), where=where)
        yield desk.say(text, sorted(last.items, key=clarity))
    found = views.mechanism(desk.store, desk.asked.name)
    admitted = {i.id for i in desk.items}
    for r in found.relations if found else ():
        items = [i for i in r.items if i.id in admitted]
        if items:
            how = desk.words.pack.relations.get(r.what, r.what)
            yield desk.say(m["parent"].format(how=how, other=desk.words.mechanism(r.name)), items)
    for item in (i for i in desk.items if i.kind == "mechanism" and i.values.get("founded")):
        yield desk.say(m["founded"].format(date=desk.words.date(str(item.values["founded"]))), [item])


# --- what happened ------------------------------------------------------------------------------------------------


def rounds(desk: Desk, *, by_number: bool = False) -> Iterator[Sentence]:
    """Yield the rounds held of every mechanism, the latest first; of one mechanism the highest number first."""
    found = desk.of("engagement")
    if by_number:
        found.sort(key=lambda told: told[0].values.get("ordinal") or 0, reverse=True)
    for told in found:
        if told[0].type == "session" and told[0].values.get("mechanism") and told[0].status in HAPPENED:
            yield desk.say(item_sentence(desk.words, told[0], desk.names), told)


def met(desk: Desk) -> Iterator[Sentence]:
    """Yield what else happened: talks, visits, calls and the like, the latest first."""
    for told in desk.of("engagement"):
        first = told[0]
        if first.status in HAPPENED and first.type not in AGREED:
            if first.type != "session" or not first.values.get("mechanism"):
                yield desk.say(item_sentence(desk.words, first, desk.names), told)


def agreed(desk: Desk, open_: Collection[str] = ()) -> Iterator[Sentence]:
    """Yield what was signed, adopted, founded or raised, and what both sides agreed to, the latest first.

    ``open_`` are commitments (entries) that stand among the open ones.
    """
    for told in desk.of("engagement"):
        if told[0].type in AGREED and told[0].status in HAPPENED:
            yield desk.say(item_sentence(desk.words, told[0], desk.names), told)
    for told in desk.of("commitment"):
        if told[0].values.get("act") == "agree" and told[0].entry not in open_:
            yield desk.say(item_sentence(desk.words, told[0], desk.names), told)
    for told in desk.of("instrument"):
        if text := item_sentence(desk.words, told[0], desk.names):
            yield desk.say(text, told)


def open_promises(desk: Desk) -> list[Promise]:
    """Return the commitments that are overdue, due or open, the overdue first.

    A day that had passed when the text was told is no day by which something is still due: such are left out.
    """
    asked = desk.asked
    admitted = {i.entry for i in desk.items}
    found = views.due(desk.store, asked.name, as_of=asked.as_of, every=True, reviews=asked.reviews)
    kept = [p for p in found if p.status in OPEN and p.item.entry in admitted and not _past_when_told(p)]
    return sorted(kept, key=lambda p: OPEN.index(p.status))


def _past_when_told(p: Promise) -> bool:
    due, told = bounds(p.due), bounds(p.item.published or p.item.not_before)
    return bool(due and told and due[1] < told[0])


def promises(desk: Desk, found: Sequence[Promise]) -> Iterator[Sentence]:
    """Yield open commitments as sentences."""
    forms = desk.words.pack.promise
    for p in found:
        said = item_sentence(desk.words, p.item, desk.names)
        due = desk.words.date(p.due) if p.due else ""
        yield desk.say(forms[p.status].format(due=due, sentence=said), [p.item])


# --- where sources disagree ---------------------------------------------------------------------------------------


def conflicts(desk: Desk) -> Iterator[Sentence]:
    """Yield values of one thing that cannot both hold, each with its source."""
    correct = corrections_of(desk.store)
    by_id = {i.id: i for i in desk.items}
    c = desk.words.pack.conflict
    for told in desk.of("engagement", "tie", "mechanism", "instrument"):
        if len(told) < 2:
            continue
        for field, ranked in disagreements(desk.store, told, correct).items():
            items, said = [], []
            for r in ranked:
                items.extend([by_id[i] for i in r.items if i in by_id][:1])
                form = "value_one" if r.origins == 1 else "value"
                said.append(c[form].format(value=_value(desk, field, r.value), n=r.origins))
            named = desk.words.pack.fields_of.get(field, field)
            text = c["values"].format(what=_name(desk, told[0]), field=named, values=desk.words.listing(said))
            yield desk.say(text, items, each=True)


def impossible(desk: Desk, series: SeriesView) -> Iterator[Sentence]:
    """Yield rounds whose dates do not fit their numbers."""
    for r in series.rounds:
        if any(f.startswith((OUT_OF_ORDER, DOUBLED)) for f in r.flags):
            what = round_name(desk.words, series.name, r.ordinal)
            text = desk.words.pack.conflict["impossible"].format(what=what, value=desk.words.date(r.date))
            yield desk.say(text, r.items)


def _name(desk: Desk, item: Item) -> str:
    if item.values.get("mechanism"):
        return round_name(desk.words, str(item.values["mechanism"]), item.values.get("ordinal"))
    return desk.words.quote(item.quote if item.kind == "engagement" else item.name)


def _value(desk: Desk, field: str, value: object) -> str:
    if isinstance(value, list):
        return desk.words.listing(desk.words.state(str(v)) for v in value)
    if field in ("date", "founded", "since"):
        return desk.words.date(str(value))
    if field == "status":
        return desk.words.pack.states.get(str(value), str(value))
    return desk.words.state(str(value)) if field == "country" else str(value)


# --- people -------------------------------------------------------------------------------------------------------


def people(desk: Desk, countries: tuple[str, ...] = ()) -> Iterator[Sentence]:
    """Yield who took part, most often first, with the offices told last; of some countries, if any are given."""
    of_unit = {i.unit for i in desk.items}
    found: list[Item] = []
    for some in chunks(sorted(of_unit)):
        found.extend(select_items(desk.store, [units.c.id.in_(some), claims.c.kind == "person"], "oldest"))
    by: dict[str, list[Item]] = defaultdict(list)
    for item in found:
        if desk.asked.admits(item) and (not countries or item.values.get("country") in countries):
            by[item.entry].append(item)
    events = [i for i in desk.items if i.kind == "engagement"]
    taking = {(i.unit, str(p.get("name"))) for i in events for p in i.values.get("participants") or ()}
    ranked = {e: sum((i.unit, str(i.values.get("name"))) in taking for i in told) for e, told in by.items()}
    line = sorted(by, key=lambda e: (-ranked[e], -len(by[e]), e))
    for entry in [e for e in line if ranked[e] or not events][:MOST_PEOPLE]:
        yield who(desk, by[entry], events)


def who(desk: Desk, told: list[Item], events: list[Item]) -> Sentence:
    """Return who a person is: the name in every form told, the state, the offices told last."""
    p = desk.words.pack.people
    best = max(told, key=lambda i: (len(i.values.get("offices") or ()), bool(i.values.get("latin")), i.day, i.id))
    called = desk.names.get((best.unit, str(best.values.get("name"))), str(best.values.get("name") or best.quote))
    forms = [str(x) for i in told for x in (i.values.get("latin"), i.values.get("name")) if x and str(x) != called]
    name = called + (p["also"].format(names=" / ".join(dict.fromkeys(forms))) if forms else "")
    country = str(best.values.get("country") or "")
    if desk.words.pack.latin and called == str(best.values.get("name")):
        printed = any(i.values.get("latin") or latin(str(i.values.get("name") or "")) for i in told)
        reads = () if printed else desk.words.known.reads(called, country, best.lang)
        name += p["also"].format(names=p["probably"].format(name=reads[0])) if reads else ""
    name = p["with_state"].format(name=name, state=desk.words.state(country)) if country else name
    held = offices(desk.words.known, told, events)[:MOST_OFFICES]
    if not held:
        return desk.say(p["no_office"].format(who=name), [best])
    said = []
    for h in held:
        dates = desk.words.date(h.last or h.first)
        said.append(p["office_told"].format(office=h.name, dates=dates) if dates else h.name)
    persons = [i for h in held for i in h.items if i.kind == "person"] or [best]
    return desk.say(p["office"].format(who=name, offices=desk.words.listing(said)), persons)


def chairs(desk: Desk) -> Iterator[Sentence]:
    """Yield who sat in the chair of a mechanism, the latest first."""
    for chair in reversed(terms(desk.items)):
        state = desk.words.state(chair.country) if chair.country else ""
        persons = [n for n in chair.names if n and desk.words.known.state(n) is None]
        named = desk.words.listing(persons) or state
        if persons and state:
            named = desk.words.pack.people["with_state"].format(name=named, state=state)
        if named:
            text = desk.words.pack.people["chair"].format(who=named, dates=span_of(desk, chair.held) or "\u2013")
            yield desk.say(text, chair.held.items)


# --- what comes next ----------------------------------------------------------------------------------------------


def ahead(desk: Desk) -> Iterator[Sentence]:
    """Yield what is planned, proposed, put off or called off for the day of the brief or later, the nearest first."""
    found = []
    for told in desk.of("engagement"):
        first = told[0]
        span = bounds(first.date)
        if first.status in AHEAD and all(t.status in AHEAD for t in told) and (not span or span[1] >= desk.asked.as_of):
            found.append(((span or ("9999", ""))[0], told))
    for _, told in sorted(found, key=lambda f: (f[0], f[1][0].id)):
        yield desk.say(item_sentence(desk.words, told[0], desk.names), told)


def expected(desk: Desk, series: SeriesView) -> Iterator[Sentence]:
    """Yield the next round of a mechanism as far as the rounds read let one expect it; never a fact."""
    e = series.next
    if e is None or e.announced or not series.rounds:
        return
    words = desk.words.pack.expected
    dates = [d for d in (e.earliest, e.latest) if d]
    if dates and dates[-1] < desk.asked.as_of:
        return
    span = desk.words.between(dates[0], dates[-1]) if dates else ""
    host = words["host"].format(state=desk.words.state(e.host)) if e.host else ""
    slots = {"n": e.ordinal, "mechanism": desk.words.mechanism(series.name), "when": span, "host": host}
    text = words["round" if e.ordinal else "some"].format(reasons=words["learned"], **slots)
    last = max(series.rounds, key=lambda r: (r.ordinal or 0, r.date or ""))
    yield desk.say(text, last.items)
