"""Who takes part in a finished draft that names too few, by its type: the meeting's parties, the two sides, a host."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from communique.claims import moodwords
from communique.claims.context import Context
from communique.claims.draft import Draft, Party, Place
from communique.claims.whereabouts import abroad
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded
from communique.model import Mention

AIM = 16
"""Letters behind an event, in its clause, that may say what those were sent for."""
TELLS = 12
"""Letters from who speaks at a meeting to the verb that says so."""


def _proposal(context: Context, draft: Draft, parties: list[Party]) -> None:
    if len(draft.countries()) != 1:
        return
    if len(parties) >= 2:
        draft.roles += [(p, "recipient") for p in _missing(draft, parties)]
    elif context.pack.reading.words_apart and all(r == "proposer" for _, r in draft.roles):
        pair = _named(context, context.pair(), draft.end)
        if draft.countries() <= {p.country for p in pair}:
            draft.roles += [(p, "recipient") for p in _missing(draft, list(pair))]


def _missing(draft: Draft, parties: list[Party]) -> list[Party]:
    have = draft.countries()
    return [p for p in parties if p.country not in have]


def _named(context: Context, parties: Sequence[Party], until: int | None = None) -> list[Party]:
    """Those of two parties whom the unit names, or names by then; where words stand apart, the dateline's state is

    only a guess.
    """
    hits = (h for h in context.marked.hits if h.entry.kind in ("state", "bloc"))
    told = {h.entry.value for h in hits if until is None or h.start < until}
    return [p for p in parties if p.country in told or not context.pack.reading.words_apart]


def _session(context: Context, draft: Draft, parties: list[Party]) -> None:
    m = draft.meeting
    roles = {r for _, r in draft.roles}
    alone = len(parties) == 1 and parties[0].kind == "bloc" and not context.pack.reading.words_apart
    if len(parties) >= 2 or (alone and "head_of_delegation" in roles):
        draft.roles += [(p, "attendee") for p in _missing(draft, parties)]
    elif context.pack.reading.words_apart and len(parties) == 1 and parties[0].kind == "bloc":
        if all(r != "attendee" for _, r in draft.roles):
            draft.roles += [(p, "attendee") for p in _missing(draft, parties)]
    elif not draft.roles and m is not None and (both := _two_of_series(context, draft, m)):
        here = draft.place.country if draft.place else None
        draft.roles += [(p, "host" if p.country == here else "attendee") for p in both]
    elif not draft.roles and (host := _hosting(context, draft.place)):
        draft.roles.append((context.state(host), "host"))
    elif not draft.roles and parties:
        draft.roles.append((parties[0], "attendee"))
    elif not draft.roles and m is not None:
        hit = next((h for h in context.marked.hits if h.start == m.start and h.entry.kind == "body"), None)
        if hit and hit.entry.value:
            draft.roles.append((Party(context.raw[hit.start : hit.end], hit.entry.value, "group"), "host"))
    draft.roles += _speaker(context, draft)


@kept
def _speaks(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words between a meeting and who speaks at it."""
    return re.compile(pack.markers.speaks) if pack.markers.speaks else None


def _speaker(context: Context, draft: Draft) -> list[tuple[Party, str]]:
    """Who speaks at a meeting that the words right before name: *at the forum in A, B said*."""
    m, speaks, said = draft.meeting, _speaks(context.pack), moodwords.grammar(context.pack).said
    if speaks is None or said is None or m is None or m.value["generic"] or draft.status != "held":
        return []
    led = speaks.match(context.text, m.end)
    clauses = context.clauses(draft.sentence)
    g = next((g for g in clauses.groups if g.start == led.end() and g.marker is None), None) if led else None
    if g is None or g.members[0].kind != "person" or not said.search(context.text, g.end, g.end + TELLS):
        return []
    return [(p, "attendee") for p in context.members(g, clauses) if p.country and p.country not in draft.countries()]


def _two_of_series(context: Context, draft: Draft, m: Mention) -> list[Party]:
    """The two states that sat before, where a later round is told by its number (*the 17th meeting will be in A*).

    Where it is told to be in a state, that is one of the two.
    """
    ahead = draft.status in ("planned", "postponed", "cancelled")
    if not (m.value["ordinal"] or ahead) or m.value["parties"]:
        return []
    told = [d for d in context.drafts if d.type == "session" and d is not draft and d.sentence <= draft.sentence]
    states = [p.country for p, _ in told[-1].roles if p.country] if told else []
    two = list(dict.fromkeys(states))
    here = draft.place.country if draft.place else None
    last = told[-1].meeting if told else None
    word = _last_word(context, last.value["name"]) if last is not None else "\0"
    alike = m.value["name"].casefold().endswith(word.casefold())
    return [context.state(c) for c in two] if alike and len(two) == 2 and here in (None, *two) else []


def _last_word(context: Context, name: str) -> str:
    """The last word of a name, by which a later round is called; its last letters where no blanks part words.

    Where a noun stands before what describes it, a later round is known by the whole name.
    """
    if not context.pack.reading.words_apart:
        return name[-2:]
    return name if context.pack.nouns.right else name.split()[-1]


def _hosting(context: Context, place: Place | None) -> str | None:
    """The state that a sitting's place names, as its host; *held in A* does not say that A held it."""
    if place is None or place.city is not None or context.pack.reading.words_apart:
        return None
    return place.country


def _adoption(context: Context, draft: Draft, parties: list[Party]) -> None:
    if not draft.roles:
        found = parties or _text_parties(context, draft) or _just_met(context, draft)
        draft.roles += [(p, "attendee") for p in found] or _sat(context, draft)


def _founding(context: Context, draft: Draft, parties: list[Party]) -> None:
    if not draft.roles and (len(parties) > 1 or not context.pack.reading.words_apart):
        draft.roles += [(p, "subject") for p in parties or _of_name(context, draft)]
    ties = () if context.pack.reading.words_apart else folded(context.pack.mood.founding_ties, context.pack.reading)
    if len(draft.countries()) == 1 and any(w in context.text[draft.start : draft.end] for w in ties):
        both = context.pair(context.clauses(draft.sentence), draft.end)
        if draft.countries() < {p.country for p in both}:  # *B said, since relations were established*
            draft.roles += [(p, "subject") for p in _missing(draft, [p for p in both if p.kind == "state"])]


def _of_name(context: Context, draft: Draft) -> list[Party]:
    """The states in the words for a body that was founded, but not where (*the A-B friendship society was founded*)."""
    if draft.meeting is not None or draft.status == "planned" or draft.rule.endswith("anniversary"):
        return []
    at = tuple(folded(context.pack.markers.before.get("at", ()), context.pack.reading))
    rows = context.marked.within(draft.start, draft.end)
    states = [h for h in rows if h.entry.kind in ("state", "bloc") and not context.text.endswith(at, 0, h.start)]
    codes = dict.fromkeys(h.entry.value for h in states if h.entry.value)
    if not any(h.entry.kind == "state" for h in states):  # *A was founded in 2001*: what is founded is nobody
        return []
    return [context.state(c) for c in codes]


def _signing(context: Context, draft: Draft, parties: list[Party]) -> None:
    if not draft.roles:
        draft.roles += [(p, "signatory") for p in _text_parties(context, draft) or list(context.pair())]
    elif len(draft.countries()) == 1:
        apart = context.pack.reading.words_apart
        other = _text_parties(context, draft) if apart else _talked_to(context, draft)
        draft.roles += [(p, "signatory") for p in _missing(draft, other)]


def _talked_to(context: Context, draft: Draft) -> list[Party]:
    """Whom the one who signs met in the same sentence, where it was one state's: *A held talks with B, and signed*."""
    same = (d for d in context.drafts if d.sentence == draft.sentence and d.status == draft.status)
    met = [d for d in same if d.type == "talks" and d.start < draft.start and draft.countries() <= d.countries()]
    others = [p for d in met for p, _ in d.roles if p.country and p.country not in draft.countries()]
    return others if len({p.country for p in others}) == 1 else []


def _just_met(context: Context, draft: Draft) -> list[Party]:
    """The two states that met in the same sentence: *a joint statement was issued after talks between A and B*."""
    met = (d for d in context.drafts if d.sentence == draft.sentence and d.type in ("talks", "session", "visit"))
    states = next((s for d in met if len(s := sorted(d.countries())) == 2), [])
    return [context.state(c) for c in states] if context.pack.reading.words_apart else []


def _sat(context: Context, draft: Draft) -> list[tuple[Party, str]]:
    """Those who sat at what was told right before, where no blanks part words: *the meeting adopted a text*."""
    told = (d for d in reversed(context.drafts) if d.type == "session" and d.status == draft.status and d.roles)
    last = next((d for d in told if 0 <= draft.sentence - d.sentence <= 1 and d.start < draft.start), None)
    if last is None or context.pack.reading.words_apart:
        return []
    return [(p, "chair" if r == "chair" else "attendee") for p, r in last.roles]


def _text_parties(context: Context, draft: Draft) -> list[Party]:
    m = draft.instrument
    if m is None:
        return []
    codes = [
        h.entry.value
        for h in context.marked.hits
        if m.start <= h.start and h.end <= m.end and h.entry.kind in ("state", "bloc")
    ]
    return [context.state(c) for c in dict.fromkeys(codes) if c]


def _aid(context: Context, draft: Draft, parties: list[Party]) -> None:
    roles = {r for _, r in draft.roles}
    apart = context.pack.reading.words_apart
    there = (draft.place.country if draft.place else None) if apart else abroad(context.drafts, draft)
    if there and not apart:
        draft.roles = [(_of_there(context, p, there) if r == "beneficiary" else p, r) for p, r in draft.roles]
        if there in draft.countries():
            draft.place = draft.place or Place(there, None)
    if "beneficiary" not in roles and len(draft.countries()) == 1:
        pair = [context.state(there)] if there and there not in draft.countries() else _named(context, context.pair())
        draft.roles += [(p, "beneficiary") for p in pair if p.country not in draft.countries()][:1]
    helped = {p.country for p, r in draft.roles if r == "beneficiary" and p.country}
    gave = {p.country for p, r in draft.roles if r == "donor" and p.country}
    for act in context.drafts if len(helped) == 1 and draft.place is None and helped != gave else ():
        here = act.place is not None and act.place.country in helped and act.status in ("held", "ongoing")
        if act.type in ("exercise", "deployment") and here and gave <= act.countries():
            draft.place = Place(next(iter(helped)), None)  # who is there gives it there


def _deployment(context: Context, draft: Draft, parties: list[Party]) -> None:
    helped = {p.country: p for d in context.drafts for p, r in d.roles if r == "beneficiary" and p.kind == "state"}
    senders = {p.country for p, r in draft.roles if r == "sender" and p.country}
    if len(senders) == 1:
        country = next(iter(senders))
        draft.roles = [
            (replace(p, country=country) if r == "subject" and p.kind == "group" else p, r) for p, r in draft.roles
        ]
    sent = any(r == "sender" for _, r in draft.roles)
    apart = context.pack.reading.words_apart
    happens = draft.status == "held" or (apart and draft.status in ("planned", "ongoing"))
    there = apart and draft.place is not None and draft.place.country in helped
    if (there or sent and draft.place is None) and len(helped) == 1 and draft.meeting is None and happens:
        party = next(iter(helped.values()))
        if there and party.country not in draft.countries():
            draft.roles.append((party, "beneficiary"))
        elif party.country not in draft.countries():
            draft.roles.append((party, "beneficiary"))
            draft.place = Place(party.country, None)
    # Nobody sends a whole bloc: it is the one whose mission it is.
    draft.roles = [(p, "host" if p.kind == "bloc" and r == "subject" else r) for p, r in draft.roles]
    if all(r == "sender" for _, r in draft.roles):
        draft.roles = [(p, "subject" if p.kind == "group" else r) for p, r in draft.roles]
    units = {p.country for p, r in draft.roles if r == "subject"}
    sent_by = {p.name for p, r in draft.roles if r == "sender" and p.country}
    both = apart and bool(sent_by) and any(r == "subject" and p.name not in sent_by for p, r in draft.roles)
    draft.roles = [
        (p, r) for p, r in draft.roles if both or not (r == "sender" and (p.country in units or p.country is None))
    ] or draft.roles
    draft.extra.setdefault("scope", "multilateral" if draft.meeting is not None else "bilateral")
    _relief(context, draft)


@kept
def _helps(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words in the names of those who are sent to help."""
    return re.compile("|".join(pack.phrases.relief)) if pack.phrases.relief else None


def _relief(context: Context, draft: Draft) -> None:
    """Those who come to help do so for the state where they come: *A's rescuers arrived in B*."""
    here = draft.place.country if draft.place else None
    if here is None or not draft.countries() or here in draft.countries() or draft.meeting is not None:
        return
    pattern, words = _helps(context.pack), context.text[draft.start : draft.end]
    if not context.pack.reading.words_apart:  # *sent men to B [to help the flooded]*
        clauses = context.clauses(draft.sentence)
        hi = clauses.bounds(clauses.segment(max(draft.end - 1, draft.start)))[1]
        words += context.text[draft.end : min(hi, draft.end + AIM)]
    named = (fold(p.name, context.pack.reading) for p, _ in draft.roles)
    helps = pattern is not None and any(pattern.search(w) for w in (words, *named))
    if helps and draft.status != "denied" and not {r for _, r in draft.roles} & {"beneficiary", "host", "recipient"}:
        draft.roles.append((context.state(here), "beneficiary"))


def _celebrated(context: Context, draft: Draft) -> None:
    """Whose own feast it is, is its subject: *A's minister attended B's independence day parade*."""
    days = tuple(folded(context.pack.phrases.own_days, context.pack.reading))
    for h in context.marked.within(draft.start, draft.end) if days and draft.meeting is not None else ():
        near = h.entry.kind == "state" and context.text.startswith(days, h.end)
        if near and h.entry.value and h.entry.value not in draft.countries():
            draft.roles.append((context.state(h.entry.value), "subject"))


def _exercise(context: Context, draft: Draft, parties: list[Party]) -> None:
    here = draft.place.country if draft.place else None
    owner = parties[0] if len(parties) == 1 and parties[0].kind == "state" else None
    if owner is not None and not draft.roles and context.pack.reading.words_apart:
        draft.roles.append((owner, "host"))  # *A's yearly drill opened*
        draft.place = draft.place if here else Place(owner.country, draft.place.city if draft.place else None)
    if here and not draft.roles and len(parties) < 2 and not context.pack.reading.words_apart:
        draft.roles.append((context.state(here), "host"))
    if len(parties) >= 2:
        draft.roles = [(p, r) for p, r in draft.roles if p.kind != "group" or r == "host"]
        draft.roles += [(p, "attendee") for p in _missing(draft, parties)]


def _appointment(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who takes an office of a state, or is given one by somebody of it, is of that state."""
    apart = context.pack.reading.words_apart
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


def _ceremony(context: Context, draft: Draft, parties: list[Party]) -> None:
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


def _visit(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Whoever visits a town or a house of another state has that state for a host, where nobody else is named."""
    if draft.extra.get("tour") and (there := abroad(context.drafts, draft)):
        draft.place = draft.place or Place(there, None)
        draft.roles = [(_of_there(context, p, there) if r == "host" else p, r) for p, r in draft.roles]
    here = draft.place.country if draft.place else None
    # *At the invitation of A's and B's, he visits A and goes to B*: each invited him to their own state.
    others = {d.place.country for d in context.drafts if d.sentence == draft.sentence and d.place}
    draft.roles = [(p, r) for p, r in draft.roles if r != "host" or not here or p.country not in others - {here}]
    named = {p.country for p, r in draft.roles if r == "host" and p.kind == "person"}
    draft.roles = [(p, r) for p, r in draft.roles if r != "host" or p.kind != "state" or p.country not in named]
    if (
        context.pack.reading.words_apart
        or here is None
        or not (draft.extra.get("town") or draft.extra.get("tour"))
        or draft.status in ("cancelled", "postponed")
    ):
        return
    if draft.countries() and here not in draft.countries() and all(r != "host" for _, r in draft.roles):
        draft.roles.append((context.state(here), "host"))


def _of_there(context: Context, party: Party, there: str) -> Party:
    """A house or a group that is named without a state is one of the state in which one is."""
    own = context.state(party.country).name if party.country else ""
    return replace(party, country=there) if party.kind == "group" and own not in party.name else party


FILL = {
    "visit": _visit,
    "ceremony": _ceremony,
    "appointment": _appointment,
    "session": _session,
    "adoption": _adoption,
    "establishment": _founding,
    "signing": _signing,
    "aid": _aid,
    "deployment": _deployment,
    "exercise": _exercise,
    "proposal": _proposal,
}
