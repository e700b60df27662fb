"""When, where, how and whether: what the words around a trigger say of an event."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.claims.clause import Clauses, marker_before
from communique.claims.clause import grammar as clause_grammar
from communique.claims.draft import Place
from communique.claims.frame import Trigger
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.dates import Anchor, DateMention
from communique.mentions.fold import fold
from communique.mentions.mark import Marked
from communique.mentions.words import whole

MOMENTS = frozenset({"talks", "call", "ceremony", "signing", "message", "adoption", "aid", "appointment"})
MOODS = (
    "planned ongoing held well cancelled postponed denied negated wished said governs hypothetical founding "
    "claimed_first told"
).split()


ASIDE = frozenset({"bracket", "quote", "occasion", "after"})
LASTING = frozenset({"visit", "session", "exercise", "deployment"})
"""What can be under way; the rest happened, if it happened during something."""


@dataclass(frozen=True, eq=False)
class MoodGrammar:
    """The mood words of a pack, compiled."""

    planned: re.Pattern[str] | None
    ongoing: re.Pattern[str] | None
    held: re.Pattern[str] | None
    well: re.Pattern[str] | None
    cancelled: re.Pattern[str] | None
    postponed: re.Pattern[str] | None
    denied: re.Pattern[str] | None
    negated: re.Pattern[str] | None
    wished: re.Pattern[str] | None
    said: re.Pattern[str] | None
    governs: re.Pattern[str] | None
    hypothetical: re.Pattern[str] | None
    founding: re.Pattern[str] | None
    claimed_first: re.Pattern[str] | None
    told: re.Pattern[str] | None
    same: tuple[tuple[str, re.Pattern[str]], ...]
    aside: re.Pattern[str] | None
    capital: re.Pattern[str] | None
    not_place: re.Pattern[str] | None
    building: re.Pattern[str] | None
    residence: re.Pattern[str] | None
    modes: tuple[tuple[str, re.Pattern[str]], ...]


@kept
def grammar(pack: LanguagePack) -> MoodGrammar:
    """Compile the mood words of a pack."""
    m = pack.mood

    def w(words: list[str]) -> re.Pattern[str] | None:
        ordered = sorted((fold(x, pack.reading) for x in words), key=lambda x: (-len(x), x))
        return re.compile(whole("|".join(ordered), pack.reading.words_apart)) if ordered else None

    words = {f: w(getattr(m, f)) for f in MOODS}
    modes = tuple((k, p) for k, v in m.modes.items() if (p := w(v)))
    return MoodGrammar(
        **words,
        same=tuple((k, p) for k, v in m.same_time.items() if (p := w(v))),
        aside=w(m.dated_aside),
        capital=w(pack.markers.capital),
        not_place=w(pack.markers.not_place),
        building=re.compile(f"(?:{'|'.join(pack.markers.building)})\\Z") if pack.markers.building else None,
        residence=w(pack.markers.residence),
        modes=modes,
    )


def plain(text: str, clauses: Clauses) -> str:
    """Return the text with the names of the sentence blanked, so that no word is looked for inside a name."""
    out = list(text[clauses.start : clauses.end])
    for m in clauses.mentions:
        if m.kind in ("person", "meeting", "instrument", "state", "body", "group", "delegation"):
            out[m.start - clauses.start : m.end - clauses.start] = " " * (m.end - m.start)
    for z in clauses.zones:
        if z.kind in ("invite", "source"):
            out[z.start - clauses.start : z.end - clauses.start] = " " * (z.end - z.start)
    return text[: clauses.start] + "".join(out) + text[clauses.end :]


def status(text: str, clauses: Clauses, t: Trigger, actor_end: int, floor: int, pack: LanguagePack) -> str | None:
    """Return the status of the event that ``t`` names, or None where nothing happened or is planned.

    Words between the actor (ending at ``actor_end``) and the trigger decide first, then the segment; ``floor``
    is where the trigger before ends.
    """
    g = grammar(pack)
    text = plain(text, clauses)
    lo, hi = clauses.bounds(clauses.segment(t.start))
    start = max(lo, min(actor_end, t.start))
    middle = max(start, min(floor, t.start))
    near, tail = text[middle : t.start], text[t.end : min(hi, t.end + 6 * pack.reading.stretch)].lstrip()
    serial = text[start:middle]  # *will come and attend*: the mood of the verb before
    for word in t.rule.ba:
        near, serial = re.sub(word, " ", near), re.sub(word, " ", serial)
    zone = clauses.zone(t.start)
    kind = clauses.zones[zone].kind if zone >= 0 else ""
    if off := _off(g, text, clauses, t, near, tail):
        return off
    if _told_of(text, clauses, t, pack):
        return "held"
    if (g.negated and g.negated.search(near)) or (g.hypothetical and g.hypothetical.match(text, t.end, hi)):
        return None
    if (g.ongoing and g.ongoing.search(near) and t.rule.type in LASTING) or any(
        w in text[clauses.start : t.start] for w in t.rule.ongoing
    ):
        return "ongoing"
    done = bool(g.held and g.held.search(near + tail[:2]))
    well = bool(g.well and g.well.search(near + tail[:2]))
    wide = text[clauses.start : t.start] if kind == "" else text[clauses.zones[zone].start : t.start]
    done = done or (well and not (g.governs and g.governs.search(text, lo, t.start)))
    governed = bool(g.governs and g.governs.search(wide)) and not done
    if g.planned and (g.planned.search(near) or g.planned.search(text[t.start : t.end])):
        return None if governed and not _dated(clauses, clauses.start, hi) else "planned"
    if g.planned and g.planned.search(serial) and not (done or governed):
        return "planned"
    if g.wished and g.wished.search(near):
        return None
    if kind == "before":
        return "planned"
    if kind == "during":
        around = clauses.zones[zone]
        whole = pack.reading.words_apart and t.rule.type == "session"
        span = (clauses.start, clauses.end) if whole else (around.start, around.end)
        return "held" if _dated(clauses, *span) or t.rule.type not in LASTING else "ongoing"
    if kind in ("occasion", "after"):
        return "held"
    before = text[lo:start]
    for word in t.rule.ba:
        before = re.sub(word, " ", before)
    aimed = bool(t.rule.ba and g.wished and g.wished.search(before)) and not done
    if aimed or (g.planned and g.planned.search(before) and not done):
        return None if governed or (aimed and not _dated(clauses, lo, t.start)) else "planned"
    if governed:
        return "planned" if t.rule.type in ("visit", "session") and _dated(clauses, lo, t.end) else None
    if g.said and g.said.search(text[clauses.start : lo]) and not done and not _dated(clauses, lo, t.start):
        return None
    return "held"


def _told_of(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Whether something is told as having come of it (*what was agreed in the talks*), or a year dates it right before

    the trigger and the trigger stands right before its noun (*the 2011-signed pact*).
    """
    told = grammar(pack).told
    if told and told.match(text, t.end, clauses.end):
        return True
    year = next((m for m in clauses.mentions if m.kind == "date" and 0 <= t.start - m.end <= 1), None)
    of = any(text.startswith(w, t.end) for w in pack.phrases.of)
    return of and year is not None and year.value["date"].first.year is not None and not year.value["date"].ahead


def _off(g: MoodGrammar, text: str, clauses: Clauses, t: Trigger, near: str, tail: str) -> str | None:
    """Whether the words around a trigger call the event off, put it off or deny it."""
    for name, pattern in (("cancelled", g.cancelled), ("postponed", g.postponed)):
        if pattern and (pattern.search(near) or pattern.match(tail)):
            return name
    if g.denied and (g.denied.search(text, clauses.start, t.start) or g.denied.search(text, t.end, clauses.end)):
        return "denied"
    return None


def claimed_first(text: str, start: int, end: int, pack: LanguagePack) -> bool:
    """Whether the words say that it was the first of its kind."""
    pattern = grammar(pack).claimed_first
    return bool(pattern and pattern.search(text, start, end))


def called_off(text: str, clauses: Clauses, at: int, pack: LanguagePack) -> str | None:
    """Whether the words right behind a meeting say that it was cancelled or postponed."""
    g = grammar(pack)
    tail = text[at : min(clauses.end, at + 7 * pack.reading.stretch)]
    for name, pattern in (("cancelled", g.cancelled), ("postponed", g.postponed)):
        if pattern and pattern.search(tail):
            return name
    return None


def _dated(clauses: Clauses, lo: int, hi: int) -> bool:
    return any(m.kind == "date" and lo <= m.start < hi for m in clauses.mentions)


def date_of(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> DateMention | None:
    """Return the date that belongs to a trigger: in its segment before it, then before that, then behind it."""
    dates = []
    g, zone = grammar(pack), clauses.zone(t.start)
    tight = zone >= 0 and clauses.zones[zone].kind == "occasion"
    for m in clauses.mentions:
        if m.kind != "date":
            continue
        d: DateMention = m.value["date"]
        z = clauses.zone(m.start)
        if (
            d.kind in ("anniversary", "part_only")
            or d.term
            or (z >= 0 and z != zone and clauses.zones[z].kind in ASIDE)
        ):
            continue
        if tight and (z != zone or not 0 <= t.start - m.end <= 14 * pack.reading.stretch):
            continue
        aside = g.aside.match(text, m.end, clauses.end) if g.aside else None
        if _attributive(text, clauses, m.start, m.end, t) or (aside and aside.end() <= t.start):
            continue
        dates.append((m.start, d))
    if pack.reading.words_apart and t.rule.type in MOMENTS and any(d.last is None for _, d in dates):
        dates = [(at, d) for at, d in dates if d.last is None]
    lo, hi = clauses.bounds(clauses.segment(t.start))
    same = [d for at, d in dates if lo <= at < t.start]
    if same:
        return same[-1]
    earlier = [(at, d) for at, d in dates if at < lo]
    behind = [d for at, d in dates if t.start <= at < hi]
    if behind:
        return behind[0]
    return earlier[-1][1] if earlier else _behind_name(text, clauses, lo, hi)


def _behind_name(text: str, clauses: Clauses, lo: int, hi: int) -> DateMention | None:
    """The date in brackets right behind the name of a meeting: *the seventh exchange (April 2022)*."""
    ends = [m.end for m in clauses.mentions if m.kind == "meeting" and lo <= m.start < hi]
    dates = (m for m in clauses.mentions if m.kind == "date" and lo <= m.start < hi)
    found = (m.value["date"] for m in dates if text[m.start - 1] == "(" and m.start - 1 in ends)
    return next((d for d in found if not d.term and d.kind != "anniversary"), None)


def _attributive(text: str, clauses: Clauses, start: int, end: int, t: Trigger) -> bool:
    """Whether a date belongs to the name behind it (*the 2019 dialogue*), not to the event."""
    return any(
        m.kind in ("meeting", "instrument") and m.start <= end and m.end > end and m.start >= start
        for m in clauses.mentions
    ) and any(m.kind == "date" and m.start != start for m in clauses.mentions)


def place_of(marked: Marked, clauses: Clauses, t: Trigger, pack: LanguagePack) -> Place | None:
    """Return the place that an ``at`` marker names in the trigger's segment, else in the sentence."""
    lo, hi = clauses.bounds(clauses.segment(t.start))
    zone = clauses.zone(t.start)
    g = grammar(pack)
    best = None
    for m in clauses.mentions:
        if m.kind not in ("state", "place") or (
            clauses.zone(m.start) not in (zone, -1)
            or (clauses.zone(m.start) >= 0 and clauses.zones[clauses.zone(m.start)].kind == "chair")
        ):
            continue
        start = _titled(marked.scan.text, clauses.start, m.start, g)
        if marker_before(marked.scan.text, clauses.start, start, clause_grammar(pack)) != "at":
            continue
        found = read_place(marked, clauses, m.start, pack)
        if found and (lo <= m.start < hi):
            return found
        if found and m.start < lo:
            best = found
    return best


def _titled(text: str, lo: int, at: int, g: MoodGrammar) -> int:
    """Where a place begins with the word for a capital before it, if there is one."""
    for n in range(2, 5):
        if at - n >= lo and g.capital and g.capital.fullmatch(text, at - n, at):
            return at - n
    return at


def read_place(marked: Marked, clauses: Clauses, at: int, pack: LanguagePack) -> Place | None:
    """Read a place that begins at ``at``: a state, a capital's title, places from wide to narrow."""
    text, raw = marked.scan.text, marked.scan.unit.text
    sentence = marked.scan.sentences[clauses.index]
    g = grammar(pack)
    country: str | None = None
    city: tuple[int, int] | None = None
    start = at
    units = pack.places.units if pack.places else ()
    while at < clauses.end:
        m = next((m for m in clauses.mentions if m.start == at and m.kind in ("state", "place")), None)
        if m is None:
            i = sentence.token_at(at)
            token = sentence.tokens[i] if i >= 0 else None
            if (
                token
                and token.tag == "place"
                and token.start == at
                and not any(x.start < token.end and x.end > at for x in clauses.mentions)
            ):
                if not (city and g.building and g.building.search(text, at, token.end)):
                    city = (at, token.end)
                at = token.end
                continue
            m2 = g.capital.match(text, at + (text[at : at + 1] == " ")) if g.capital else None
            if m2:
                at = m2.end()
                continue
            break
        if m.kind == "state":
            country = m.value["country"] or country
            at = m.end
        else:
            country = country or m.value["country"]
            end = m.end
            for unit in units:
                if text.startswith(unit, end) and end + len(unit) <= clauses.end:
                    end += len(unit)
                    break
            if not (city and g.building and g.building.search(text, m.start, end)):
                city = (m.start, end)
            at = end
    if (country is None and city is None) or (g.not_place and g.not_place.match(text, at)):
        return None
    return Place(country, raw[city[0] : city[1]] if city else None, start, at)


def mode_of(text: str, clauses: Clauses, pack: LanguagePack) -> str | None:
    """Return ``online``, ``hybrid`` or ``in_person`` where the sentence says so."""
    for mode, pattern in grammar(pack).modes:
        if pattern.search(text, clauses.start, clauses.end):
            return mode
    return None


def same_time(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> str | None:
    """Return the type of what was told before, with or right after which the clause says it happened, or ``any``."""
    lo, end = clauses.bounds(clauses.segment(t.start))
    hi = end if pack.reading.words_apart else max(lo, t.start)
    return next((kind for kind, p in grammar(pack).same if p.search(text, clauses.start, hi)), None)


def ahead(edtf: str, anchor: Anchor) -> bool:
    """Whether a date lies behind the day of publication."""
    first = edtf.partition("/")[0]
    if first.startswith("X") or not anchor.published:
        return False
    return first[: len(anchor.published)] > anchor.published[: len(first)]
