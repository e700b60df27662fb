"""Of which state those are whom others meet, where no word says it: the other of a pair, or that of where they meet."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from communique.claims.codes import dateline_state
from communique.claims.context import Context
from communique.claims.draft import CAME, FACED, Draft, Party
from communique.mentions.fold import fold

DASH = "Pd"
NEAR = 3  # letters at most between the two of a pair
TWO = 2
HIGH = frozenset({"head_of_state", "head_of_government", "party_chief", "minister", "vice_minister"})
"""Offices whose holders are met at home."""


def settle(context: Context) -> None:
    """Give those who face others in the drafts of a unit, and are of no known state, theirs; in place.

    So it is with whoever was only guessed to be of the state of those whom he faces.
    """
    found: dict[str, str | None] = dict(_leading(context))
    pairs = list(_pairs(context))
    for draft in context.drafts:
        if draft.type not in FACED:
            continue
        for name in _unknown(context, draft):
            state = _other(context, draft, pairs, name)
            if state is not None and name not in found and context.people.may_be(name, state):
                found[name] = state
        for name, state in _fellows(draft):
            found.setdefault(name, state)
        for name in _receiving(context, draft):
            found.setdefault(name, draft.place.country if draft.place is not None else None)
        for name, state in _at_home(context, draft):
            found.setdefault(name, state)
        wrong = _alike(context, draft)
        if wrong is not None and wrong not in found:
            found[wrong] = _other(context, draft, pairs, wrong) or _home(context, draft)
    for name, state in found.items():
        context.people.put(name, state)
    for draft in context.drafts if found else ():
        draft.roles = [(replace(p, country=found[p.name]) if _is(p, found) else p, r) for p, r in draft.roles]


def _leading(context: Context) -> Iterator[tuple[str, str]]:
    """The leaders of delegations whose own words tell no state, with that from which these come."""
    for i, row in enumerate(context.marked.mentions):
        followers = context.clauses(i).followers if any(m.kind == "delegation" for m in row) else {}
        for m in (m for m in row if m.kind == "person" and m.start in followers):
            person, state = context.people.of(m), followers[m.start].value.get("country")
            if person is not None and state and not person.told:
                yield person.name, str(state)


def _fellows(draft: Draft) -> Iterator[tuple[str, str]]:
    """Persons of no known state who are met with their delegation (*A, B and others of the delegation of C*)."""
    for p, role in draft.roles:
        mates = {q.country for q, r in draft.roles if r == role and q.kind == "delegation" and q.country}
        if p.kind == "person" and p.country is None and len(mates) == 1 and role in ("guest", "host"):
            yield p.name, mates.pop()


def _at_home(context: Context, draft: Draft) -> Iterator[tuple[str, str]]:
    """Who is met by somebody abroad, holds a high office, and is of the guest's state by a guess alone.

    Of the state where they meet is then who is named last: *in B's capital A's minister X met the prime minister, Y*.
    """
    persons = [p for p, _ in draft.roles if p.kind == "person"]
    row = [m for m in context.marked.mentions[draft.sentence] if m.kind == "person"]
    at = {p.name: m.start for m in reversed(row) if (p := context.people.of(m)) is not None}
    if len(persons) < TWO or len({p.country for p in persons}) > 1 or draft.type != "talks":
        return
    if any(p.name not in at for p in persons):
        return  # who was named before (*the delegation*) may be of his own state
    first, *others = sorted(persons, key=lambda p: at[p.name])
    here = draft.place.country if draft.place is not None else _visited(context, draft, others[-1].name)
    clauses = context.clauses(draft.sentence)
    stays = [z for z in clauses.zones if any(z.start <= d.start < z.end for d in context.drafts if d.type == "visit")]
    apart = _elsewhere(context, draft) and not (stays and all(m.kind != "meeting" for m in clauses.mentions))
    if here in (None, first.country) or first.country is None or apart:
        return
    for who in others:
        own = who.level in HIGH and not context.people.told(who.name)
        if own and here and context.people.may_be(who.name, here):
            yield who.name, here


def _is(p: Party, found: dict[str, str | None]) -> bool:
    return p.kind == "person" and p.name in found


def _unknown(context: Context, draft: Draft) -> list[str]:
    """The persons of no known state who face others, all of one state, or one who is there on a visit."""
    persons = [(p, r) for p, r in draft.roles if p.kind == "person" and p.country is None]
    known = [(p, r) for p, r in draft.roles if p.country]
    if not persons or len(draft.countries()) > 1:
        return []
    sides = {r for _, r in persons}, {r for _, r in known}
    if not known:
        return [p.name for p, _ in persons if _visited(context, draft, p.name)] if len(persons) == TWO else []
    apart = not sides[0] & sides[1] or len(draft.roles) == len(sides)
    return [p.name for p, _ in persons] if apart else []


def _receiving(context: Context, draft: Draft) -> list[str]:
    """Those who receive guests of another state in a town, guessed to be of neither that state nor the one at home."""
    here = draft.place.country if draft.place is not None and draft.place.city else None
    guests = {p.country for p, r in draft.roles if r in CAME}
    hosts = [p for p, r in draft.roles if r == "host" and p.kind == "person" and p.country not in (None, here)]
    if here is None or not guests or None in guests or here in guests or _elsewhere(context, draft):
        return []
    return [p.name for p in hosts if p.country != context.home and not context.people.told(p.name)]


def _alike(context: Context, draft: Draft) -> str | None:
    """Who is said to be of the state of whom he faces by a guess alone: *President A met President B of C*.

    Whose state is told is named behind him; who is named with his state may meet one of his own, and so may who is
    at home.
    """
    persons = [p for p, _ in draft.roles if p.kind == "person"]
    if not len(persons) == len(draft.roles) == TWO or len({p.country for p in persons}) > 1:
        return None
    row = [m for m in context.marked.mentions[draft.sentence] if m.kind == "person"]
    at = {p.name: m for m in reversed(row) if (p := context.people.of(m)) is not None}
    first, last = sorted(persons, key=lambda p: at[p.name].start if p.name in at else -1)
    if last.name not in at or first.country in (None, context.home) or context.people.told(first.name):
        return None
    return first.name if context.people.says(at[last.name]) == last.country else None


def _other(context: Context, draft: Draft, pairs: list[tuple[str, str]], name: str) -> str | None:
    """The state of who meets the people of another: of a pair, where they meet, or the only one that it may be."""
    mine = draft.countries()
    own = next(iter(mine), None)
    beside = {b if a == own else a for a, b in pairs if own in (a, b)}
    if own and len(beside) == 1:
        return beside.pop()
    here = draft.place.country if draft.place is not None else _visited(context, draft, name)
    here = here if draft.type != "call" else None
    if here and here != own and not _elsewhere(context, draft):
        return here
    filed = dateline_state(context.marked, context.pack)
    if told := _left(context, name) or (filed if own and filed not in mine else None):
        return told
    named = {str(h.entry.value) for h in context.marked.hits if h.entry.kind == "state" and h.entry.value}
    return (named - mine).pop() if own in named and len(named) == TWO else None


def _visited(context: Context, draft: Draft, name: str) -> str | None:
    """The state that others visit, of whom the unit tells that they met somebody, if there is one such."""
    others = {p.name for p, _ in draft.roles} - {name}
    trips = (d for d in context.drafts if d.type == "visit" and d.place is not None and d.sentence <= draft.sentence)
    there = {d.place.country for d in trips if d.place and others & {p.name for p, r in d.roles if r in CAME}}
    mine = any(p.name == name and r in CAME for d in context.drafts if d.type == "visit" for p, r in d.roles)
    return there.pop() if len(there) == 1 and not mine else None


def _left(context: Context, name: str) -> str | None:
    """The only state that is said to have something (*A's wish*) and is none of those whom somebody meets or visits."""
    mine = [d for d in context.drafts if any(p.name == name for p, _ in d.roles)]
    others = {p.country for d in mine for p, _ in d.roles if p.name != name}
    others |= {d.place.country for d in mine if d.place is not None}
    ends = tuple(context.pack.nouns.possessives)
    hits = (h for h in context.marked.hits if h.entry.kind == "state" and h.entry.value)
    having = {str(h.entry.value) for h in hits if ends and context.text.startswith(ends, h.end)} - others
    return having.pop() if len(having) == 1 else None


def _home(context: Context, draft: Draft) -> str | None:
    return context.home if context.home not in draft.countries() else None


def _elsewhere(context: Context, draft: Draft) -> bool:
    """Whether those who meet are where they are for something else (*on the sidelines of the summit in A*).

    So they are in the towns in which others have their seat.
    """
    clauses, city = context.clauses(draft.sentence), draft.place.city if draft.place is not None else None
    seats = (fold(w, context.pack.reading) for w in context.pack.markers.no_governments)
    aside = any(m.kind == "meeting" for m in clauses.mentions) or any(z.kind == "during" for z in clauses.zones)
    return aside or draft.meeting is not None or fold(city or "", context.pack.reading) in seats


def _pairs(context: Context) -> Iterator[tuple[str, str]]:
    """The pairs of states that a unit names as one (*A-B relations*), not more than two in a row."""
    text, hits = context.text, [h for h in context.marked.hits if h.entry.kind == "state" and h.entry.value]
    tied = [_tied(text[a.end : b.start], context) for a, b in zip(hits, hits[1:], strict=False)]
    for i, (a, b) in enumerate(zip(hits, hits[1:], strict=False)):
        if tied[i] and not any(tied[max(i - 1, 0) : i] + tied[i + 1 : i + 2]) and a.entry.value != b.entry.value:
            yield str(a.entry.value), str(b.entry.value)


def _tied(between: str, context: Context) -> bool:
    """Whether what stands between two states makes them a pair: a dash, or nothing where no blanks part words."""
    sign = between.strip()
    if not sign:
        return not between and not context.pack.reading.words_apart
    return len(between) <= NEAR and len(sign) == 1 and unicodedata.category(sign) == DASH
