"""What a finished draft still lacks and its meeting, text or unit gives: parties, host, scope, place."""

from __future__ import annotations

from dataclasses import replace

from communique.claims import settings
from communique.claims.context import Context
from communique.claims.draft import Draft, Party, Place
from communique.claims.merge import dates_agree, meeting_key, ordinal
from communique.loader.gazetteer import MechanismPack
from communique.mentions.dates import Resolved
from communique.model import Mention


def complete(context: Context, known: dict[str, MechanismPack], multilateral: frozenset[str]) -> None:
    """Fill in the drafts of a unit, in place."""
    named = _by_key(context)
    for draft in context.drafts:
        parties = _meeting_parties(context, draft.meeting, named)
        pack = known.get(draft.meeting.value["known"]) if draft.meeting and draft.meeting.value["known"] else None
        wide = [*(p.country for p in parties), *(pack.parties if pack else ())]
        if any(c in multilateral for c in wide) or len(set(wide)) > 2:
            draft.extra["scope"] = "multilateral"
        bare = not draft.roles or (draft.type == "adoption" and all(p.kind == "bloc" for p, _ in draft.roles))
        fill = FILL.get(draft.type)
        if fill:
            fill(context, draft, parties)
        if draft.type == "talks":
            _trip(context, draft)
        _sitting(context, draft, bare)
        _frame_of(context, draft)
        _occasion(context, draft, bare)
        _sitting(context, draft, bare and draft.type == "adoption" and not draft.roles)
        _place(context, draft)
        if draft.place is None and draft.type == "ceremony" and len(draft.countries()) == 1 and not ordinal(draft):
            country = next(iter(draft.countries()))
            if country not in multilateral:
                draft.place = Place(country, None)
    _of_lead(context)
    for draft in context.drafts:
        if draft.type == "visit" and len({p.country for p, r in draft.roles if r == "host" and p.country}) > 1:
            draft.place = None  # in two countries


HOSTED = frozenset({"visit", "talks", "ceremony"})
HOSTING = frozenset({"session", "talks", "ceremony", "visit", "exercise"})
JOINT = frozenset({"upgrade", "signing", "adoption", "talks", "ceremony"})
ATTACHED = frozenset({"signing", "adoption", "ceremony", "talks", "upgrade", "appointment", "decision"})


LED = frozenset({"appointment", "ceremony", "decision", "signing", "adoption"})
"""What the body tells without a day and the lead's day serves."""


def _of_lead(context: Context) -> None:
    """The day of the lead, where it is the day of the telling, serves what the body tells of the same parties.

    Only where words stand apart: there a lead names the day, and the body goes on from it.
    """
    published = context.marked.scan.unit.published or ""
    told = [d for d in context.drafts if d.part not in ("title", "caption") and d.date and d.date.edtf]
    lead = min(told, key=lambda d: (d.sentence, d.start), default=None)
    if not context.pack.reading.words_apart or lead is None or lead.status not in ("held", "ongoing"):
        return
    day = (lead.date.edtf if lead.date else None) or ""
    first = day.partition("/")[0]
    if len(first) != len("YYYY-MM-DD") or first != published:
        return
    for draft in context.drafts:
        if draft.date is None and draft.date_at is None and draft.status == "held" and draft.type in LED:
            if draft.sentence > lead.sentence and draft.countries() and draft.countries() <= lead.countries():
                draft.date, draft.date_at = Resolved(first, "unit"), lead.date_at
                draft.place = draft.place or lead.place


def _occasion(context: Context, draft: Draft, bare: bool) -> None:
    """Give what happened on an occasion its day and place: the event told last before it, with a party in common.

    A text that nobody is said to have adopted (``bare``) is the session's. A day is given only where the words
    tie the two (*then*, *after the talks*), or where both stand in one paragraph; the place only where the day
    is the same.
    """
    if draft.status != "held" or draft.type not in ATTACHED or draft.part in ("title", "caption"):
        return
    told = [
        d
        for d in context.drafts
        if d.sentence < draft.sentence or (d.sentence == draft.sentence and d.start < draft.start)
    ]
    told = [d for d in told if d.type in HOSTING and d.date and d.date.edtf and d.status in ("held", "ongoing")]
    if not told:
        return
    main = told[-1]
    shared = not draft.countries() or bool(draft.countries() & main.countries())
    if (
        bare
        and draft.type == "adoption"
        and draft.meeting is None
        and main.type == "session"
        and _tied(context, main, draft)
    ):
        draft.meeting = main.meeting
    one = main.date is not None and "/" not in (main.date.edtf or "/")
    if one and draft.date is None and draft.date_at is None and shared and _tied(context, main, draft):
        draft.date, draft.date_at = main.date, main.date_at
        draft.place = draft.place or main.place
    elif draft.place is None and draft.date and main.date and draft.date.edtf == main.date.edtf and shared:
        draft.place = main.place


def _sitting(context: Context, draft: Draft, bare: bool) -> None:
    """What a meeting adopted has its day, its place and, where nobody is said to have adopted it, its parties."""
    key = meeting_key(draft.meeting)
    if draft.type != "adoption" or draft.status != "held" or key is None:
        return
    for s in context.drafts:
        if s.type != "session" or s.status != "held" or meeting_key(s.meeting) != key:
            continue
        if ordinal(s) and ordinal(draft) and ordinal(s) != ordinal(draft):
            continue
        if draft.date is None and draft.date_at is None:
            draft.date, draft.date_at = s.date, s.date_at
        draft.place = draft.place or s.place
        if bare:
            draft.roles = [(p, r if r == "chair" else "attendee") for p, r in s.roles] or draft.roles
        return


def _frame_of(context: Context, draft: Draft) -> None:
    """The opening of what a text tells was on its first day, the closing on its last."""
    if draft.type != "ceremony" or draft.status != "held" or draft.meeting is None or draft.date is not None:
        return
    words = context.text[draft.meeting.start : draft.meeting.end]
    phrases = context.pack.phrases
    opens, closes = (words.endswith(tuple(w)) for w in (phrases.opening, phrases.closing))
    for main in context.drafts if opens or closes else ():
        if main.type not in ("session", "exercise") or main.status not in ("held", "ongoing"):
            continue
        first, _, last = (main.date.edtf if main.date and main.date.edtf else "").partition("/")
        day = (last or first) if closes else first
        if day.count("-") == 2 and (last or opens or not main.date_at):
            draft.date, draft.date_at = Resolved(day, main.date.basis if main.date else None), main.date_at
            draft.place = draft.place or main.place
        return


def _tied(context: Context, main: Draft, draft: Draft) -> bool:
    """Whether a draft follows an event at once: in its sentence, its paragraph, or by a word such as *then*."""
    sentences = context.marked.scan.sentences
    s = sentences[draft.sentence]
    if draft.sentence == main.sentence:
        return True
    if any(context.text.startswith(w, s.start) for words in context.pack.mood.same_time.values() for w in words):
        return True
    between = context.text[sentences[main.sentence].end : s.start]
    return "\n" not in between and draft.sentence - main.sentence <= 2


def _place(context: Context, draft: Draft) -> None:
    """A state that held a meeting held it at home; what happened during a visit happened where the visit went."""
    if draft.place is not None:
        return
    hosts = {p.country for p, r in draft.roles if r == "host" and p.kind == "state"}
    if draft.type == "session" and draft.status == "held" and len(hosts) == 1:
        draft.place = Place(next(iter(hosts)), None)
        return
    home = _home(context, draft)
    if home and not _elsewhere(context, draft, home):
        draft.place = Place(home, None)
        return
    for trip in context.drafts:
        if trip.type != "visit" or not trip.place or trip.place.country not in draft.countries():
            continue
        if draft.type in JOINT and (trip.sentence == draft.sentence or _during(trip, draft)):
            draft.place = Place(trip.place.country, None)
            return


def _during(trip: Draft, draft: Draft) -> bool:
    """Whether two countries did something together while one of them was the other's guest."""
    happened = {"held", "ongoing"}
    if not trip.place or trip.status not in happened or draft.status not in happened or draft.mode is not None:
        return False
    both = {p.country for p, r in trip.roles if r != "host"} | {trip.place.country}
    return draft.date is not None and trip.date is not None and draft.countries() == both and dates_agree(trip, draft)


def _home(context: Context, draft: Draft) -> str | None:
    """The state of the only host of a visit, a reception or talks, where its guests come from another.

    Whoever calls on somebody, and an envoy who lives there, may do so anywhere, unless a house of state is named; an
    envoy who receives does so where he is posted, not at home.
    """
    hosts = [p for p, r in draft.roles if r == "host"]
    if hosts and all(p.level == "ambassador" for p in hosts):
        return None
    houses = settings.grammar(context.pack).residence
    housed = houses is not None and houses.search(context.text, draft.start, draft.end) is not None
    if (
        draft.type == "talks"
        and not (housed and draft.roles[0][1] == "host")
        and (draft.roles[0][1] != "host" or any(p.level == "ambassador" for p, r in draft.roles if r == "guest"))
    ):
        return None
    own = {p.country for p in hosts}
    others = {p.country for p, r in draft.roles if r in ("guest", "head_of_delegation")}
    country = next(iter(own)) if len(own) == 1 and draft.type in HOSTED else None
    return country if country and others and country not in others and draft.mode is None else None


def _elsewhere(context: Context, draft: Draft, home: str) -> bool:
    """Whether one who receives is himself on a journey, or at a meeting, in another country."""
    hosts = {p.name for p, r in draft.roles if r == "host" and p.kind == "person"}
    return draft.type != "visit" and any(
        trip.type in ("visit", "session")
        and (trip.place is None or trip.place.country != home)
        and any(p.name in hosts and r != "host" for p, r in trip.roles)
        for trip in context.drafts
    )


def _by_key(context: Context) -> dict[str, list[str]]:
    """The parties that any mention of a meeting names, by the meeting's key."""
    out: dict[str, list[str]] = {}
    for row in context.marked.mentions:
        for m in row:
            key = meeting_key(m) if m.kind == "meeting" else None
            if key:
                out.setdefault(key, []).extend(c for c in m.value["parties"] if c not in out.get(key, []))
                if m.value["acronym"]:
                    out.setdefault(m.value["acronym"].lower(), out[key])
    return out


def _meeting_parties(context: Context, m: Mention | None, named: dict[str, list[str]]) -> list[Party]:
    if m is None:
        return []
    codes = m.value["parties"] or _listed(context, m) or named.get(meeting_key(m) or "", [])
    return [context.state(c) for c in codes]


def _listed(context: Context, m: Mention) -> list[str]:
    """States named in a row right before a meeting (*A, B and C's joint drill*)."""
    row = next((r for r in context.marked.mentions if m in r), ())
    out: list[str] = []
    edge = m.start
    for x in reversed([x for x in row if x.end <= m.start]):
        if edge - x.end > 3 or x.kind not in ("state", "bloc", "all_members", "pair", "group", "body"):
            break
        if x.value.get("country"):
            out.insert(0, x.value["country"])
        edge = x.start
    return out if len(out) > 1 else []


def _trip(context: Context, draft: Draft) -> None:
    """Talks on a trip: who travelled is the guest, who lives there the host, and that is the place.

    A delegation that travelled has no home on that day: whom it met lives where the trip went.
    """
    persons = {p.name: p.country for p, _ in draft.roles if p.kind == "person"}
    sent = {p.country for p, _ in draft.roles if context.is_delegation(p)}
    for trip in context.drafts:
        if trip.type not in ("visit", "session"):
            continue
        went = [p.country for p, r in trip.roles if r == "host"] if trip.type == "visit" else []
        went += [trip.place.country] if trip.place else []
        here = next((c for c in went if c and c in draft.countries()), None)
        if here is None or len(draft.countries()) != 2:
            continue
        guests = {p.name for p, r in trip.roles if r != "host" and p.country != here}
        abroad = {p.country for p, r in trip.roles if r != "host"} - {here} if trip.type == "visit" else set()
        if guests & set(persons) or (sent and sent <= abroad):
            draft.roles = [
                (p, r if r == "head_of_delegation" else "host" if p.country == here else "guest")
                for p, r in draft.roles
            ]
            if draft.place is None:
                draft.place = Place(here, None)
            return


def _proposal(context: Context, draft: Draft, parties: list[Party]) -> None:
    if len(draft.countries()) != 1:
        return
    if len(parties) >= 2:
        draft.roles += [(p, "recipient") for p in _missing(draft, parties)]
    elif context.pack.reading.words_apart and all(r == "proposer" for _, r in draft.roles):
        pair = context.pair()
        if draft.countries() <= {p.country for p in pair}:
            draft.roles += [(p, "recipient") for p in _missing(draft, list(pair))]


def _missing(draft: Draft, parties: list[Party]) -> list[Party]:
    have = draft.countries()
    return [p for p in parties if p.country not in have]


def _session(context: Context, draft: Draft, parties: list[Party]) -> None:
    m = draft.meeting
    if len(parties) >= 2:
        draft.roles += [(p, "attendee") for p in _missing(draft, parties)]
    elif context.pack.reading.words_apart and len(parties) == 1 and parties[0].kind == "bloc":
        if all(r != "attendee" for _, r in draft.roles):
            draft.roles += [(p, "attendee") for p in _missing(draft, parties)]
    elif not draft.roles and (host := _hosting(context, draft.place)):
        draft.roles.append((context.state(host), "host"))
    elif not draft.roles and parties:
        draft.roles.append((parties[0], "attendee"))
    elif not draft.roles and m is not None:
        hit = next((h for h in context.marked.hits if h.start == m.start and h.entry.kind == "body"), None)
        if hit and hit.entry.value:
            draft.roles.append((Party(context.raw[hit.start : hit.end], hit.entry.value, "group"), "host"))


def _hosting(context: Context, place: Place | None) -> str | None:
    """The state that a sitting's place names, as its host; *held in A* does not say that A held it."""
    if place is None or place.city is not None or context.pack.reading.words_apart:
        return None
    return place.country


def _adoption(context: Context, draft: Draft, parties: list[Party]) -> None:
    if not draft.roles:
        draft.roles += [(p, "attendee") for p in parties or _text_parties(context, draft)]


def _founding(context: Context, draft: Draft, parties: list[Party]) -> None:
    if not draft.roles and (len(parties) > 1 or not context.pack.reading.words_apart):
        draft.roles += [(p, "subject") for p in parties]


def _signing(context: Context, draft: Draft, parties: list[Party]) -> None:
    if not draft.roles:
        draft.roles += [(p, "signatory") for p in _text_parties(context, draft) or list(context.pair())]


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
    if "beneficiary" not in roles and len(draft.countries()) == 1:
        draft.roles += [(p, "beneficiary") for p in context.pair() if p.country not in draft.countries()][:1]


def _deployment(context: Context, draft: Draft, parties: list[Party]) -> None:
    helped = {p.country: p for d in context.drafts for p, r in d.roles if r == "beneficiary" and p.kind == "state"}
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
    if all(r == "sender" for _, r in draft.roles):
        draft.roles = [(p, "subject" if p.kind == "group" else r) for p, r in draft.roles]
    senders = {p.country for p, r in draft.roles if r == "sender" and p.country}
    if len(senders) == 1:
        country = next(iter(senders))
        draft.roles = [
            (replace(p, country=country) if r == "subject" and p.kind == "group" else p, r) for p, r in draft.roles
        ]
    units = {p.country for p, r in draft.roles if r == "subject"}
    draft.roles = [
        (p, r) for p, r in draft.roles if not (r == "sender" and (p.country in units or p.country is None))
    ] or draft.roles
    draft.extra.setdefault("scope", "multilateral" if draft.meeting is not None else "bilateral")


def _exercise(context: Context, draft: Draft, parties: list[Party]) -> None:
    if len(parties) >= 2:
        draft.roles = [(p, r) for p, r in draft.roles if p.kind != "group" or r == "host"]
        draft.roles += [(p, "attendee") for p in _missing(draft, parties)]


FILL = {
    "session": _session,
    "adoption": _adoption,
    "establishment": _founding,
    "signing": _signing,
    "aid": _aid,
    "deployment": _deployment,
    "exercise": _exercise,
    "proposal": _proposal,
}
