"""Hosts and guests of visits and welcomes, and the state of an office, where the words name too few."""

from __future__ import annotations

from dataclasses import replace

from communique.claims.begun import came_for
from communique.claims.context import Context
from communique.claims.draft import CAME, Draft, Party, Place
from communique.claims.fill.common import of_actor, of_there
from communique.claims.whereabouts import abroad
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded

FORMS = frozenset({"state", "official", "working"})
SHORT = 3  # letters of words that tell the form of a visit beside its verb only


def visit(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Whoever visits a town or a house of another state has that state for a host, where nobody else is named."""
    _abroad_only(draft)
    if draft.extra.get("tour") and (there := abroad(context.drafts, draft)):
        draft.place = draft.place or Place(there, None)
        draft.roles = [(of_there(context, p, there) if r == "host" else p, r) for p, r in draft.roles]
    here = draft.place.country if draft.place else None
    # *At the invitation of A's and B's, he visits A and goes to B*: each invited him to their own state.
    others = {d.place.country for d in context.drafts if d.sentence == draft.sentence and d.place}
    draft.roles = [(p, r) for p, r in draft.roles if r != "host" or not here or p.country not in others - {here}]
    named = {p.country for p, r in draft.roles if r == "host" and p.kind == "person"}
    draft.roles = [(p, r) for p, r in draft.roles if r != "host" or p.kind != "state" or p.country not in named]
    if here is None or draft.status in ("cancelled", "postponed"):
        return
    if context.pack.reading.words_apart:
        hosted = _came_to_state(context, draft)
    else:
        hosted = draft.extra.get("town") or draft.extra.get("tour") or _formal(context, draft, here)
    if not hosted:
        return
    if draft.countries() and here not in draft.countries() and all(r != "host" for _, r in draft.roles):
        draft.roles.append((context.state(here), "host"))


def _abroad_only(draft: Draft) -> None:
    """Nobody on a journey to another state is his own guest: *will visit A to expand B's ties*, where he is of B."""
    came = {p.country for p, r in draft.roles if r in CAME}
    hosts = [p for p, r in draft.roles if r == "host" and p.kind == "state"]
    if len(came) == 1 and any(p.country not in came for p in hosts):
        draft.roles = [(p, r) for p, r in draft.roles if p not in hosts or p.country not in came]
        own = draft.place is not None and draft.place.city is None and draft.place.country in came
        draft.place = None if own else draft.place


def _came_to_state(context: Context, draft: Draft) -> bool:
    """Whether somebody came to a state by its name on a visit of state: *left for A on an official visit*."""
    at, words = draft.place, came_for(context, draft)
    named = at is not None and any(h.entry.kind == "state" for h in context.marked.within(at.start, at.end))
    return named and any(w in words for w in _forms(context.pack))


@kept
def _forms(pack: LanguagePack) -> tuple[str, ...]:
    """The words for a visit of state or on duty, whose host is the state that is visited."""
    words = (w for r in pack.rules if r.type == "visit" for w, form in r.form.items() if form in FORMS)
    return folded(tuple(dict.fromkeys(w for w in words if len(w) > SHORT)), pack.reading)


def _formal(context: Context, draft: Draft, here: str) -> bool:
    """Whether the sentence goes on to call a journey a visit of state or on duty: *arrived in A for a state visit*."""
    end = context.marked.scan.sentences[draft.sentence].end
    at = min((i for w in _forms(context.pack) if (i := context.text.find(w, draft.start, end)) >= 0), default=None)
    named = context.marked.within(draft.end, at) if at is not None and at > draft.end else []
    return at is not None and all(h.entry.value in (here, None) for h in named if h.entry.kind in ("state", "place"))


def ceremony(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who is welcomed is the guest of a welcome, though its words name the hosts only, and the other way round."""
    _celebrated(context, draft)
    pack = context.pack
    words = folded(pack.phrases.greeting or pack.markers.before.get("welcome", ()), pack.reading)
    near = context.text[max(0, draft.start - max(map(len, words), default=0)) : draft.end]
    told = any(w in near for w in words)
    here = draft.place.country if draft.place else None
    states = draft.countries() or ({here} if here and not draft.roles else set())
    if told and not draft.roles and not draft.countries() and (two := _welcomed(context, draft)):
        draft.roles += two
        return
    if told and context.pack.nouns.right and {r for _, r in draft.roles} == {"host"} and len(draft.countries()) == 1:
        # Who was in the chair at the welcome is told, and not for whom it was.
        two = _welcomed(context, draft)
        draft.roles += two[1:] if two and two[0][0].country in draft.countries() else []
        return
    if pack.reading.words_apart or not told or len(states) != 1:
        return
    own = next(iter(states))
    if draft.roles and {r for _, r in draft.roles} <= {"guest", "head_of_delegation"}:
        host = here if here != own else None
        draft.roles += [(context.state(host), "host")] if host else []
        return
    visits = [d for d in context.drafts if d.type == "visit" and d.place and d.place.country == own == (here or own)]
    for trip in sorted(visits, key=lambda d: abs(d.sentence - draft.sentence)):
        came = [p for p, r in trip.roles if r in ("guest", "head_of_delegation") and p.country not in (None, own)]
        if came:
            draft.roles += [*([] if draft.roles else [(context.state(own), "host")]), *((p, "guest") for p in came)]
            return
    clauses = context.clauses(draft.sentence)
    named = [m for m in clauses.mentions if m.kind == "person" and m.start < draft.end]
    others = [p for m in named for p in context.party(m, clauses) if p.country not in (None, own)]
    if len({p.country for p in others}) == 1 and not draft.countries() & {p.country for p in others}:
        draft.roles += [(p, "guest") for p in others]  # *presided over the welcome of B*


def _welcomed(context: Context, draft: Draft) -> list[tuple[Party, str]]:
    """The states of the visit or talks told last before a welcome whose words name nobody."""
    trips = [d for d in context.drafts if d.type in ("visit", "talks") and d.start < draft.start and d is not draft]
    for trip in reversed(trips):
        own = trip.place.country if trip.place else None
        came = [p for p, _ in trip.roles if p.country not in (None, own)]
        if own is not None and len({p.country for p in came}) == 1:
            return [(context.state(own), "host"), *((p, "guest") for p in came)]
        if len(trip.countries()) > 1:
            break
    return []


def _celebrated(context: Context, draft: Draft) -> None:
    """Whose own feast it is, is its subject: *A's minister attended B's independence day parade*."""
    days = tuple(folded(context.pack.phrases.own_days, context.pack.reading))
    for h in context.marked.within(draft.start, draft.end) if days and draft.meeting is not None else ():
        near = h.entry.kind == "state" and context.text.startswith(days, h.end)
        if near and h.entry.value and h.entry.value not in draft.countries():
            draft.roles.append((context.state(h.entry.value), "subject"))


def appointment(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who takes an office of a state, or is given one by somebody of it, is of that state."""
    apart = context.pack.reading.words_apart
    of_actor(context, draft)
    own = {p.country for p, _ in draft.roles if p.country}
    clauses = context.clauses(draft.sentence)
    _, hi = clauses.bounds(clauses.segment(draft.start))
    told = [m for m in clauses.mentions if draft.start <= m.start < hi and m.kind in ("state", "body", "group")]
    told = [m for m in told if m.kind == "group" and m.value.get("single")] if apart else told  # *as its president*
    behind = next((str(m.value["country"]) for m in told if m.value.get("country")), None)
    country = next(iter(own)) if len(own) == 1 else None if own else behind
    draft.roles = [
        (replace(p, country=country) if p.kind == "person" and not p.country else p, r) for p, r in draft.roles
    ]


def decision(context: Context, draft: Draft, parties: list[Party]) -> None:
    """The organ on which somebody decides is of his state."""
    of_actor(context, draft)
