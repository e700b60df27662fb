"""Where an event was: the place that the words around a trigger name."""

from __future__ import annotations

import re

from communique.claims.address import addressed, in_lands
from communique.claims.clause import Clauses
from communique.claims.clausewords import grammar as clause_grammar
from communique.claims.clausewords import marker_before
from communique.claims.codes import posted_in
from communique.claims.context import Context
from communique.claims.draft import Place
from communique.claims.frame import Frame
from communique.claims.homes import journeys
from communique.claims.moodwords import MoodGrammar, grammar
from communique.claims.triggers import Trigger
from communique.claims.whereabouts import by_name
from communique.loader.kept import kept
from communique.loader.language import LanguagePack, Rule
from communique.mentions.fold import folded
from communique.mentions.lexicon import Hit
from communique.mentions.mark import Marked
from communique.model import Mention

NOWHERE = frozenset({"message", "call", "appointment", "decision"})  # they have no place
BESIDE = frozenset({"talks", "signing", "adoption"})
NEAR = 8  # letters between a comma and the place behind it
WIDE = 24  # letters between a town that no list knows and its state
TITLE = 48  # letters before the name of a town in which the words for what it is may stand
OWN = 3  # letters that the name of a ministry and the office of who heads it have in common
BEHIND = (", ", " (", " - ", " \u2013 ", " \u2014 ")  # what may stand between a town and its state
HERE = frozenset({"ceremony", "talks", "session", "signing", "aid", "message", "appointment"})
"""Types of events that are not where somebody serves of whom their words tell."""


def _house(marked: Marked, m: Mention) -> Hit | None:
    """The place with which the name of a body begins (*the embassy in A*, *the town's ministry*)."""
    inside = (h for h in marked.within(m.start, m.end) if h.start == m.start)
    return next((h for h in inside if h.entry.kind == "place" and h.entry.value), None)


def place_of(marked: Marked, clauses: Clauses, t: Trigger, pack: LanguagePack) -> Place | None:
    """Return the place that an ``at`` marker names in the trigger's segment, else in the sentence.

    Where it names none, but a body whose name says of which state it is, that state.
    """
    lo, hi = clauses.bounds(clauses.segment(t.start))
    zone = clauses.zone(t.start)
    g = grammar(pack)
    best = None
    apart = pack.reading.words_apart
    for m in clauses.mentions:
        house = _house(marked, m) if m.kind == "body" and not apart else None
        if (m.kind not in ("state", "place") and house is None) or (
            clauses.zone(m.start) not in (zone, -1)
            or (clauses.zone(m.start) >= 0 and clauses.zones[clauses.zone(m.start)].kind == "chair")
        ):
            continue
        start = _titled(marked, clauses.start, m.start, g, apart)
        if marker_before(marked.scan.text, clauses.start, start, clause_grammar(pack)) != "at":
            if not (apart and addressed(marked, clauses, (start, m), pack)):
                continue
        if t.rule.type in HERE and g.afar and t.end <= m.start and g.afar.search(marked.scan.text, t.end, start):
            continue
        found = read_place(marked, clauses, m.start, pack)
        if house is not None:  # *at the embassy*, *at the town's ministry*
            town = None if house.end == m.end else marked.scan.unit.text[house.start : house.end]
            found = Place(house.entry.value, town, m.start, m.end)
        if found and (lo <= m.start < hi):
            return _in_state(marked, clauses, found, hi, pack) if apart else _both(marked, clauses, found, hi, pack)
        if found and m.start < lo:
            best = found
        elif found and apart and best is None and clauses.segment(m.start) == clauses.segment(t.start) + 1:
            best = found if m.start - _dated(clauses, hi, m.start) < NEAR else None  # *held on 5 May, in A*
    best = best or in_lands(marked, clauses, t, pack) or _housed(marked, clauses, (hi, zone), pack)
    return best or _beside(marked, clauses, t, pack)


def _dated(clauses: Clauses, at: int, end: int) -> int:
    """Where a date behind a comma at ``at`` ends, if it does before ``end``, else ``at`` (*met B, on 5 May in A*)."""
    return max((x.end for x in clauses.mentions if x.kind == "date" and at <= x.start < at + NEAR < end), default=at)


def _beside(marked: Marked, clauses: Clauses, t: Trigger, pack: LanguagePack) -> Place | None:
    """Where those met who met beside something else: *met B on the sidelines of the dialogue in A*."""
    if t.rule.type not in BESIDE or clauses.zone(t.start) >= 0:
        return None
    g = grammar(pack)
    for m in clauses.mentions:
        zone = clauses.zone(m.start)
        if m.kind not in ("state", "place") or zone < 0 or clauses.zones[zone].kind not in ("during", "occasion"):
            continue
        start = _titled(marked, clauses.start, m.start, g, pack.reading.words_apart)
        if marker_before(marked.scan.text, clauses.start, start, clause_grammar(pack)) == "at":
            return read_place(marked, clauses, m.start, pack)
    return None


def _housed(marked: Marked, clauses: Clauses, at: tuple[int, int], pack: LanguagePack) -> Place | None:
    """The state of a body in which something is said to be, or before; of an embassy, the state named last."""
    hi, zone = at
    houses = grammar(pack).residence
    kinds, sites = ("body",) if pack.reading.words_apart else ("body", "group"), grammar(pack).building
    rows = [m for m in clauses.mentions if m.kind in kinds and m.start < hi and clauses.zone(m.start) == zone]
    if pack.reading.words_apart:
        return houses and next((p for m in reversed(rows) if (p := _seat(marked, clauses, m, houses, pack))), None)
    for m in reversed(rows):
        if marker_before(marked.scan.text, clauses.start, m.start, clause_grammar(pack)) != "at":
            continue
        inside = [h for h in marked.within(m.start, m.end) if h.entry.kind == "state"]
        if m.kind == "group" and not (sites and sites.search(marked.scan.text, m.start, m.end)):
            continue  # *at A's training centre*
        if inside and inside[0].start == m.start:
            return Place(inside[-1].entry.value, None, m.start, m.end)
        word = marked.scan.text[m.start : m.start + OWN]  # *the minister of defence of A, at the ministry of defence*
        own = (x for x in clauses.mentions if x.kind == "person" and word in marked.scan.text[x.start : x.end])
        country = next((x.value.get("country") for x in own), None)
        if country and not inside and m.end - m.start > OWN:
            return Place(country, None, m.start, m.end)
        known = next((h.entry.value for h in marked.hits if (h.start, h.end) == (m.start, m.end) and h.entry.value), "")
        if known and houses and houses.fullmatch(marked.scan.text, m.start, m.end):
            return Place(known, None, m.start, m.end)
    return None


def _seat(marked: Marked, clauses: Clauses, m: Mention, houses: re.Pattern[str], pack: LanguagePack) -> Place | None:
    """The state in whose house something is said to be: *at the headquarters of A's ministry*."""
    text, g = marked.scan.text, clause_grammar(pack)
    ends = (x.end() for x in houses.finditer(text, m.start, m.end))
    named = houses.match(text, m.start) or m.end in ends
    at = named and marker_before(text, clauses.start, m.start, g) == "at"
    rows = [h for h in (marked.within(m.start, m.end) if at else ()) if h.entry.value]
    own = (h for h in rows if h.start == m.start and (h.entry.kind == "place" or h.end == m.end))
    house = next((h for h in rows if h.entry.kind == "state"), None) or next(own, None)
    country = house.entry.value if house is not None else m.value.get("country") if at else None
    return Place(country, None, m.start, m.end) if country else None


def _both(marked: Marked, clauses: Clauses, found: Place, hi: int, pack: LanguagePack) -> Place:
    """A place, or that no one place is told where the next words name a town of another state beside it."""
    g = clause_grammar(pack)
    second = next((m for m in clauses.mentions if found.end < m.start < hi), None)
    joint = marked.scan.text[found.end : second.start] if second is not None else ""
    if second is None or second.kind not in ("state", "place") or joint not in g.joints or not found.country:
        return found
    other = read_place(marked, clauses, second.start, pack)
    if other is None or other.country in (None, found.country) or (found.city is None) != (other.city is None):
        return found
    return Place(None, None, found.start, other.end)


def _in_state(marked: Marked, clauses: Clauses, found: Place, hi: int, pack: LanguagePack) -> Place:
    """A place that no list knows, with the state that the next words name: *at the War Memorial in A*."""
    g = clause_grammar(pack)
    behind = (m for m in clauses.mentions if found.end <= m.start < min(hi, found.end + WIDE) and found.country is None)
    for m in behind:
        start = _titled(marked, found.end, m.start, grammar(pack), apart=True)
        if m.kind in ("state", "place") and marker_before(marked.scan.text, clauses.start, start, g) == "at":
            wide = read_place(marked, clauses, m.start, pack)
            return Place(wide.country, found.city, found.start, wide.end) if wide else found
    return found


def _wider(text: str, clauses: Clauses, at: int, pack: LanguagePack) -> str | None:
    """The state behind a town that no list knows: *in Siem Pang, Cambodia*, *in X, [southern] A*, *in X - A*."""
    g, of = grammar(pack), (f" {w.strip()} " for w in clause_grammar(pack).of)
    lead = next((w for w in (*BEHIND, *of) if text.startswith(w, at)), None)
    begin = at + len(lead) if lead else at
    kind = g.capital.match(text, begin) if lead and g.capital else None
    begin = kind.end() + 1 if kind else begin
    m = next((m for m in clauses.mentions if m.kind == "state" and m.start == begin), None)
    return m.value["country"] if m is not None and lead else None


def _titled(marked: Marked, lo: int, at: int, g: MoodGrammar, apart: bool) -> int:
    """Where a place begins with the words for what it is before it: *the northern province of A*, *the B city of A*."""
    text = marked.scan.text
    if apart:
        states = {h.end + 1: h.start for h in marked.hits if h.entry.kind == "state" and at - TITLE < h.start < at}
        for _ in range(2):
            rows = g.capital.finditer(text, max(lo, at - TITLE), at) if g.capital else ()
            at = next((m.start() for m in rows if m.end() == at - 1 and text[at - 1] == " "), at)
            at = states.get(at, at)
        return at
    for n in range(2, 5):
        if at - n >= lo and g.capital and g.capital.fullmatch(text, at - n, at):
            return at - n
    return at


def _onward(text: str, at: int, g: MoodGrammar, pack: LanguagePack) -> int:
    """Where the name of a town may begin behind its state: *in A's B province*, *in the A capital, B*."""
    whose = next((w for w in pack.nouns.possessives if text.startswith(w + " ", at)), "")
    word = g.capital.match(text, at + len(whose) + 1) if g.capital and text[at + len(whose) :][:1] == " " else None
    end = word.end() if word else at + len(whose)
    return end + 1 if (word or whose) and text[end : end + 1] == " " else at


def read_place(marked: Marked, clauses: Clauses, at: int, pack: LanguagePack) -> Place | None:
    """Read a place that begins at ``at``: a state, a capital's title, places from wide to narrow."""
    text, raw = marked.scan.text, marked.scan.unit.text
    sentence = marked.scan.sentences[clauses.index]
    g = grammar(pack)
    country: str | None = None
    city: tuple[int, int] | None = None
    start = begun = at
    several = False  # short names of states in a row: *in the border region of A and B*
    units = pack.places.units if pack.places else ()
    while at < clauses.end:
        m = next((m for m in clauses.mentions if m.start == at and m.kind in ("state", "place")), None)
        if m is None:
            i = sentence.token_at(at)
            token = sentence.tokens[i] if i >= 0 else None
            if (
                token
                and token.tag in ("place", "person")
                and token.start == at
                and not any(x.start < token.end and x.end > at for x in clauses.mentions)
            ):
                if not (city and g.building and g.building.search(text, at, token.end)):
                    city = (at, token.end)
                at = token.end
                continue
            if pack.reading.words_apart:
                onward = _onward(text, at, g, pack)
                if onward == at or not any(m.start == onward and m.kind == "place" for m in clauses.mentions):
                    break
                at = onward
                continue
            m2 = g.capital.match(text, at + (text[at : at + 1] == " ")) if g.capital else None
            if m2:
                at = m2.end()
                continue
            break
        if m.kind == "state":
            several |= at > start and m.end - m.start == 1 == at - begun
            country = m.value["country"] or country
            begun, at = at, m.end
        else:
            country = country or m.value["country"]
            end = m.end
            if pack.reading.words_apart and country is None and (wide := _wider(text, clauses, end, pack)):
                country = wide
            for unit in units:
                if text.startswith(unit, end) and end + len(unit) <= clauses.end:
                    end += len(unit)
                    break
            if pack.reading.words_apart and g.residence and g.residence.fullmatch(text, m.start, m.end):
                at = _town_behind(text, clauses, end)
                continue  # *at State House, Nairobi*: a house of state is no town
            if not (city and g.building and g.building.search(text, m.start, end)):
                city = (m.start, end)
            at = end
    if (country is None and city is None) or (g.not_place and g.not_place.match(text, at)):
        return None
    return Place(None if several else country, raw[city[0] : city[1]] if city else None, start, at)


def _town_behind(text: str, clauses: Clauses, end: int) -> int:
    """Where the town of a house begins that a comma or a bracket parts from it, else where the house ends."""
    towns = {m.start - len(w): m.start for m in clauses.mentions for w in BEHIND if text.startswith(w, end)}
    return towns.get(end, end)


def place_from(context: Context, clauses: Clauses, frame: Frame, rule: Rule) -> Place | None:
    """Return the place that a rule takes from its arguments: a state, its town, the state of a body that is visited."""
    if "trigger" in (rule.place_from or "") and (code := _named_by(context, frame)):
        return Place(code, None, frame.trigger.start, frame.trigger.end)
    for function in (rule.place_from or "").split("|"):
        if function == "visited" and (bidden := _bidden(context, clauses, frame)):
            return bidden
        for group in frame.args.get(function, ()):
            m = group.members[0]
            if function == "subject":
                parties = context.party(m, clauses)
                return Place(parties[0].country, None, m.start, m.end) if parties and parties[0].country else None
            if m.kind == "state":
                found = read_place(context.marked, clauses, m.start, context.pack)
                city = found.city if found and found.city else _city(context, clauses, m.value["country"])
                return Place(m.value["country"], city, m.start, m.end)
            if m.kind == "body" and (posted := posted_in(context.text[m.start : m.end], context.pack)):
                return Place(posted, None, m.start, m.end)
            parties = context.party(m, clauses)
            led = m.kind == "delegation" and not m.value["country"] and context.pack.reading.words_apart
            if m.kind in ("body", "group", "delegation") and not led and parties and parties[0].country:
                return Place(parties[0].country, None, m.start, m.end)
    if "place" in (rule.place_from or "") and (there := whereto(clauses, frame, context)):
        return read_place(context.marked, clauses, there.start, context.pack)
    towards = {"place", "to"} & set((rule.place_from or "").split("|"))
    found = _toward(context, clauses, frame) if towards else None
    return found or (by_name(context, frame) if "name" in (rule.place_from or "") else None)


@kept
def _visits(pack: LanguagePack) -> tuple[str, ...]:
    """Return the words right before the state or town that one visits, with the blank behind them."""
    if pack.reading.words_apart:
        return tuple(f"{w} " for w in folded(journeys(pack), pack.reading))
    return folded([w for r in pack.rules if r.type == "visit" for w in r.trigger if "~" not in w], pack.reading)


def _bidden(context: Context, clauses: Clauses, frame: Frame) -> Place | None:
    """Where somebody is asked to come: the state or town right behind a word for a visit, behind the trigger."""
    text, g, words = context.text, clause_grammar(context.pack), _visits(context.pack)
    for m in (m for m in clauses.mentions if m.kind in ("state", "place") and m.start >= frame.trigger.end):
        led = not context.pack.reading.words_apart and marker_before(text, clauses.start, m.start, g) == "to"
        if led and m.kind == "place" or text.endswith(words, 0, m.start):
            return read_place(context.marked, clauses, m.start, context.pack)
    return None


def _named_by(context: Context, frame: Frame) -> str | None:
    """The state whose short name ends the trigger (*came to A*); of several, that of which the unit tells."""
    t, states = frame.trigger, context.pack.states
    hits = (h for h in context.marked.within(t.start, t.end) if h.entry.kind == "state" and h.end == t.end)
    if told := next((str(h.entry.value) for h in hits if h.entry.value), None):
        return told
    shorts = ((n, c) for c, s in (states.states.items() if states else ()) for n in s.shorts())
    return next((c for n, c in shorts if t.words.endswith(n)), None)


def _toward(context: Context, clauses: Clauses, frame: Frame) -> Place | None:
    """The town before a verb that one is said to go to (*paid [to A's B] a visit*)."""
    lo, _ = clauses.bounds(clauses.segment(frame.trigger.start))
    for m in clauses.mentions if not context.pack.reading.words_apart else ():
        if m.kind != "place" or not lo <= m.start < frame.trigger.start:
            continue
        start = next((x.start for x in clauses.mentions if x.kind == "state" and x.end == m.start), m.start)
        if marker_before(context.text, clauses.start, start, clause_grammar(context.pack)) == "to":
            return read_place(context.marked, clauses, start, context.pack)
    return None


def several(context: Context, clauses: Clauses, frame: Frame) -> list[Place]:
    """Return the states of a list to which, or in which, forces serve, or the towns in several states that one visits.

    Each has an event of its own.

    The list may stand behind a sign (*to three states: A, B and C*) or a word (*including A, B and C*).
    """
    if frame.trigger.rule.type == "visit" and context.pack.reading.words_apart:
        return _towns(context, clauses, frame)
    signs = (":", "\u2013", "\u2014", "-", "(")
    after = (g for g in clauses.groups if g.start >= frame.trigger.end)
    told = ("to", "at", "of")
    rows = [g for g in after if g.marker in told or context.text[: g.start].rstrip().endswith(signs)]
    lists = [g for g in rows if len(g.members) > 2 and all(m.kind == "state" for m in g.members)]
    if frame.trigger.rule.type != "deployment" or not context.pack.reading.words_apart or not lists:
        return []
    return [Place(m.value["country"], None, m.start, m.end) for m in lists[0].members]


def _towns(context: Context, clauses: Clauses, frame: Frame) -> list[Place]:
    """The towns of a list right behind the words for a journey, where they lie in several states."""
    joints = {"", *clause_grammar(context.pack).joints}
    rows: list[Mention] = []
    for m in (m for m in clauses.mentions if m.kind == "place" and m.start >= frame.trigger.end):
        end = rows[-1].end if rows else frame.trigger.end
        if m.start - end > NEAR or context.text[end : m.start].strip() not in joints:
            break
        rows.append(m)
    if len(rows) < 2 or len({m.value["country"] for m in rows} - {None}) < len(rows):
        return []
    return [Place(m.value["country"], context.raw[m.start : m.end], m.start, m.end) for m in rows]


def _city(context: Context, clauses: Clauses, country: str | None) -> str | None:
    """The town of a state that the sentence says one arrived in."""
    for m in clauses.mentions:
        if m.kind == "place" and m.value["country"] == country and country:
            marker = marker_before(context.text, clauses.start, m.start, clause_grammar(context.pack))
            if marker in (("to", "at") if context.pack.reading.words_apart else ("to",)):
                return context.raw[m.start : m.end]
    return None


def whereto(clauses: Clauses, frame: Frame, context: Context | None = None) -> Mention | None:
    """Return the first place behind the trigger's first word, in its segment, that is more than where another lies.

    Where one leaves one place for another, behind its last word (*left A for B*).
    """
    t = frame.trigger
    _, hi = clauses.bounds(clauses.segment(t.start))
    lo = t.end if t.rule.type == "deployment" and " " in t.words else t.start
    if context is not None and t.rule.type == "visit" and context.pack.reading.words_apart:
        g = clause_grammar(context.pack)
        aimed = marker_before(context.text, t.start, t.end, g) in ("to", "for")
        lo = t.end if aimed else lo  # *left A for B*
    other = grammar(context.pack).not_place if context is not None else None
    rows = (m for m in clauses.mentions if m.kind == "place" and lo < m.start < hi)
    return next((m for m in rows if not (other and context and other.match(context.text, m.end))), None)
