"""On which side of an event somebody stands, where the whole unit tells it: who is at home, under which mission."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.claims import towns
from communique.claims.codes import dateline_state
from communique.claims.context import Context
from communique.claims.draft import CAME, SITTINGS, Draft, Party, Place, dates_agree, meeting_key
from communique.loader.gazetteer import MechanismPack
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.words import words_pattern

DAY = 2  # signs in a date of one day


def settle(context: Context, known: dict[str, MechanismPack], blocs: frozenset[str]) -> None:
    """Put the sides of all drafts right, in place. ``blocs`` are the codes of those who are no state."""
    _known_elsewhere(context)
    for draft in context.drafts:
        if draft.place is None and draft.mode is None:
            draft.place = towns.at_summit(context, draft) or towns.on_stay(context, draft)
        if context.pack.reading.words_apart and draft.place is not None and draft.place.country is None:
            _whose_town(context, draft)
        elif context.pack.reading.words_apart and draft.place is None and draft.mode is None:
            _there(context, draft)
        elif not context.pack.reading.words_apart and draft.place is None:
            draft.place = _here(context, draft)
        if draft.type == "visit":
            _at_home(context, draft)
        elif draft.type == "deployment":
            _mission(context, draft, known, blocs)


def _known_elsewhere(context: Context) -> None:
    """Who is of no known state in one event, and of one in another, is of that state (*wrote to B, elected in A*)."""
    states: dict[str, set[str]] = {}
    for draft in context.drafts if not context.pack.reading.words_apart else ():
        for p, _ in draft.roles:
            if p.kind == "person" and p.country:
                states.setdefault(p.name, set()).add(p.country)
    alone = {n: next(iter(c)) for n, c in states.items() if len(c) == 1}
    for draft in context.drafts if alone else ():
        draft.roles = [(p if p.country else replace(p, country=alone.get(p.name)), r) for p, r in draft.roles]


def tours(context: Context) -> None:
    """A journey to several states is as many visits, one for each state of which the unit tells no visit of its own."""
    out: list[Draft] = []
    for draft in context.drafts:
        went = {p.name for p, r in draft.roles if r in CAME}
        hosts = [p for p, r in draft.roles if r == "host" and p.kind == "state" and p.country]
        others = [p for p, r in draft.roles if r == "host" and p not in hosts]
        legs = [str(h.country) for h in hosts] or draft.extra.get("legs", [])
        if draft.type != "visit" or not context.pack.reading.words_apart or len(legs) < 2 or not went:
            out.append(draft)
            continue
        told = {
            d.place.country
            for d in context.drafts
            if d is not draft
            and d.type == "visit"
            and d.place
            and went & {p.name for p, _ in d.roles}
            and _part(d, draft)
        }
        for code in [c for c in legs if c not in told]:
            mine = [p for p in (*hosts, *others) if p.country == code]
            copy = replace(draft, place=Place(code, None), spans=list(draft.spans), extra=dict(draft.extra))
            copy.roles = [*((p, r) for p, r in draft.roles if r != "host"), *((p, "host") for p in mine)]
            out.append(copy)
    context.drafts = out


def _part(visit: Draft, tour: Draft) -> bool:
    """Whether a visit can be a part of a journey: it, too, lies ahead, or not, and its days lie within."""
    x, y = (d.date.edtf if d.date else None for d in (visit, tour))
    if (visit.status == "planned") != (tour.status == "planned") or not x or not y:
        return (visit.status == "planned") == (tour.status == "planned")
    (a, _, b), (c, _, d) = x.partition("/"), y.partition("/")
    return c <= a and (b or a) <= (d or c)


def _whose_town(context: Context, draft: Draft) -> None:
    """A town that no list knows lies where those who are there travel to."""
    trips = (d for d in context.drafts if d.type == "visit" and d is not draft and d.place and d.place.country)
    there = {d.place.country for d in trips if d.place and d.countries() & draft.countries()}
    if draft.place is not None and len(there) == 1:
        draft.place = replace(draft.place, country=next(iter(there)))


def _there(context: Context, draft: Draft) -> None:
    """Where something was whose words name no place: in the dateline's town, at a meeting, on a journey."""
    if draft.type in towns.MET | {"visit", "session"} and (here := _here(context, draft)):
        draft.place = here
    if draft.place is None and draft.type in towns.MET:
        _aside(context, draft)
    if draft.place is None and (draft.type in towns.MET or (draft.type == "session" and draft.meeting is None)):
        _on_trip(context, draft)
    if draft.place is None and (draft.type in towns.MET or (draft.type == "session" and draft.meeting is None)):
        _on_the_one_trip(context, draft)


@kept
def _here_words(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words that mean the dateline's town."""
    return words_pattern([fold(w, pack.reading) for w in pack.markers.here], apart=pack.reading.words_apart)


def _here(context: Context, draft: Draft) -> Place | None:
    """The dateline's town, where the words of an event say *here*."""
    town, state = context.marked.scan.unit.dateline, dateline_state(context.marked, context.pack)
    clauses = context.clauses(draft.sentence)
    lo, hi = clauses.bounds(clauses.segment(draft.start))
    words = _here_words(context.pack)
    told = words is not None and town and state and words.search(context.text, lo, hi)
    return Place(state, town) if told else None


def _aside(context: Context, draft: Draft) -> None:
    """Whom somebody meets on the sidelines of a meeting, he meets where the meeting is."""
    clauses = context.clauses(draft.sentence)
    zones = [z for z in clauses.zones if z.kind == "during"]
    named = [m for z in zones for m in clauses.mentions if m.kind == "meeting" and z.start <= m.start < z.end]
    sat = [d for d in context.drafts if d.type in SITTINGS and d.place is not None and d.meeting]
    for m in named:
        key = meeting_key(m)
        one = next((d for d in sat if key and meeting_key(d.meeting) == key), None)
        if not key:
            one = next((d for d in reversed(sat) if d.sentence <= draft.sentence), None)
        if one is not None and dates_agree(one, draft):
            draft.place = one.place
            return


def _on_the_one_trip(context: Context, draft: Draft) -> None:
    """Where a unit tells of one journey only, what those who travel and their hosts do on its days is done there."""
    trips = [d for d in context.drafts if d.type == "visit" and d.place is not None and d.place.country]
    happens = {"held", "ongoing"} if draft.status in ("held", "ongoing") else {"planned", "ongoing"}
    if len({d.place.country for d in trips if d.place}) != 1 or draft.status not in ("held", "ongoing", "planned"):
        return
    for trip in trips:
        went = {p.country for p, r in trip.roles if r != "host" and p.country}
        here = trip.place.country if trip.place else None
        told = trip.status in happens and trip.sentence <= draft.sentence
        told = told and (draft.date is None or (trip.date is not None and dates_agree(trip, draft)))
        if told and went and here not in went and draft.countries() and draft.countries() <= {here, *went}:
            if {p.name for p, _ in draft.roles} & {p.name for p, r in trip.roles if r != "host"} or (
                draft.countries() == {here, *went}
            ):
                draft.place = Place(here, None)
                return


def _on_trip(context: Context, draft: Draft) -> None:
    """Whom somebody meets in the paragraph that tells of a trip, he meets where the trip goes."""
    text, sentences = context.text, context.marked.scan.sentences
    who = {p.name for p, _ in draft.roles}
    for d in reversed(context.drafts):
        if (
            d.type != "visit"
            or d.place is None
            or d.start > draft.start
            or (d.status == "planned") != (draft.status == "planned")
        ):
            continue
        near = "\n" not in text[sentences[d.sentence].start : sentences[draft.sentence].start]
        if near and who & {p.name for p, r in d.roles if r in CAME}:
            draft.place = Place(d.place.country, None)
            return


def _at_home(context: Context, draft: Draft) -> None:
    """Who lives where a visit goes is no guest on it: a host, or told with another event of the same sentence."""
    here = draft.place.country if draft.place else None
    own = {p.name for p, r in draft.roles if r in CAME and p.kind == "person" and p.country == here}
    if here is None or not own or all(p.country in (here, None) for p, r in draft.roles if r in CAME):
        return
    others = (d for d in context.drafts if d is not draft and d.sentence == draft.sentence)
    elsewhere = {p.name for d in others for p, _ in d.roles}
    draft.roles = [
        (p, "host" if p.name in own else r) for p, r in draft.roles if not (p.name in own and p.name in elsewhere)
    ]


def _mission(context: Context, draft: Draft, known: dict[str, MechanismPack], blocs: frozenset[str]) -> None:
    """A force that serves under a mission has it for a host, not the state where it serves."""
    m = draft.meeting
    if m is None or m.value["mkind"] != "organisation":
        return
    inside = [h for h in context.marked.within(m.start, m.end) if h.entry.kind == "state"]
    if draft.place is None and inside:
        draft.place = Place(inside[-1].entry.value, None)
    pack = known.get(m.value["known"] or "")
    over = next((c for c in (pack.parties if pack else m.value["parties"]) if c in blocs), None)
    between = context.text[draft.place.end : m.start] if draft.place is not None else ""
    if over is None or over in draft.countries() or set(between.split()) & set(context.pack.nouns.links):
        return  # *sent a battalion to A in 2022 and now keeps 80 men there under the mission*
    draft.roles = [(p, r) for p, r in draft.roles if r != "beneficiary"]
    draft.roles.append((Party(context.raw[m.start : m.end], over, "group"), "host"))
