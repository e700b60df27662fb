"""What a finished draft still lacks and its meeting, text or unit gives: parties, host, scope, place."""

from __future__ import annotations

from communique.claims import moodwords
from communique.claims.codes import posted_in
from communique.claims.context import Context
from communique.claims.draft import HEADLINES, Draft, Party, Place, dates_agree, meeting_key, ordinal
from communique.claims.fill import FILL
from communique.claims.occasion import before, drilled, happened_at, meanwhile, opened, sat
from communique.claims.whereabouts import abroad, filed_abroad
from communique.loader.gazetteer import MechanismPack
from communique.mentions.dates import Resolved
from communique.mentions.fold import fold
from communique.model import Mention


def complete(context: Context, known: dict[str, MechanismPack], multilateral: frozenset[str]) -> None:
    """Fill in the drafts of a unit, in place."""
    named = _by_key(context)
    for draft in context.drafts:
        pack = known.get(_known_as(context, draft.meeting) or "")
        parties = _meeting_parties(context, draft.meeting, named, pack if len(draft.countries()) < 2 else None)
        if not parties and pack is not None and draft.type == "adoption" and len(pack.parties) == 1:
            parties = [context.state(pack.parties[0])]  # a council of one bloc
        wide = [*(p.country for p in parties), *(pack.parties if pack else ())]
        if any(c in multilateral for c in wide) or len(set(wide)) > 2:
            draft.extra["scope"] = "multilateral"
        bare = not draft.roles or (draft.type == "adoption" and all(p.kind == "bloc" for p, _ in draft.roles))
        fill = FILL.get(draft.type)
        if fill:
            fill(context, draft, parties)
        if draft.type == "talks":
            _on_the_way(context, draft)
            _trip(context, draft)
            _abroad(context, draft)
        sat(context, draft, bare)
        opened(context, draft)
        happened_at(context, draft, bare)
        sat(context, draft, bare and draft.type == "adoption" and not draft.roles)
        meanwhile(context, draft)
        _place(context, draft)
        drilled(context, draft)
        if draft.place is None and draft.type == "ceremony" and len(draft.countries()) == 1 and not ordinal(draft):
            country = next(iter(draft.countries()))
            came = {r for p, r in draft.roles if p.country} <= {"guest", "subject", "recipient"}
            came = came or any(context.is_delegation(p) for p, _ in draft.roles)
            if country not in multilateral and not (came and not context.pack.reading.words_apart):
                posted = (posted_in(fold(p.name, context.pack.reading), context.pack) for p, _ in draft.roles)
                there = _gone_to(context, draft) or next((c for c in posted if c), None)
                draft.place = Place(there or _journey(context, draft) or country, None)
        if draft.place is None and draft.type == "session" and (there := _gone_to(context, draft)):
            draft.place = Place(there, None)  # *will visit A and attend a conference*
    _of_lead(context)
    _same_two(context)
    for draft in context.drafts:
        hosts = {p.country for p, r in draft.roles if r == "host" and p.country and p.kind != "bloc"}
        if draft.type == "visit" and len(hosts) > 1:
            draft.place = None  # in two countries


def _same_two(context: Context) -> None:
    """Who sits at a round of which nobody is told: the two who sat at another of the same name."""
    two: dict[str, list[str]] = {}
    kind = "session" if context.pack.reading.words_apart else "exercise"
    rounds = [d for d in context.drafts if d.type == kind]
    for d in rounds:
        codes = list(dict.fromkeys(p.country for p, _ in d.roles if p.country and p.kind != "bloc"))
        if (key := meeting_key(d.meeting)) and len(codes) == 2 and key not in two:
            two[key] = codes
    for d in rounds:
        key = meeting_key(d.meeting)
        if key in two and not d.roles:
            d.roles = [(context.state(c), "attendee") for c in two[key]]
        if not context.pack.reading.words_apart:
            continue
        if len(d.countries()) < 2 and any(w in context.text[d.start : d.end] for w in context.pack.phrases.jointly):
            talks = [x for x in context.drafts if x.type == "talks" and x.sentence <= d.sentence]
            met = [x for x in talks if len(x.countries()) == 2 and d.countries() <= x.countries()]
            d.roles += [(p, "attendee") for p, _ in (met[-1].roles if met else ()) if p.country not in d.countries()]
            if met and d.date is None and d.status == met[-1].status:
                d.date, d.date_at = met[-1].date, met[-1].date_at


def _known_as(context: Context, m: Mention | None) -> str | None:
    """The id of a meeting that packs know, or of the one whose name another begins with (*the A-B agreement's talks*).

    The latter only where no blanks part words.
    """
    if m is None or m.value["known"] or context.pack.reading.words_apart:
        return m.value["known"] if m is not None else None
    hit = next((h for h in context.marked.within(m.start, m.end) if h.start == m.start), None)
    return str(hit.entry.value) if hit is not None and hit.entry.kind == "mechanism" else None


def _gone_to(context: Context, draft: Draft) -> str | None:
    """Where those who take part are just then on a visit, if the unit tells of one such journey only."""
    who = {p.name for p, r in draft.roles if r != "host"}
    told = {"planned", "ongoing"} if draft.status == "planned" else {"held", "ongoing"}
    trips = [d for d in context.drafts if d.type == "visit" and d.place and d.status in told]
    trips = [d for d in trips if draft.type != "session" or d.sentence == draft.sentence]
    gone = {t.place.country for t in trips if t.place and who & {p.name for p, r in t.roles if r != "host"}}
    return next(iter(gone)) if len(gone) == 1 and not context.pack.reading.words_apart else None


def _journey(context: Context, draft: Draft) -> str | None:
    """Where those who take part were when the unit told of them last, where words stand apart."""
    return abroad(context.drafts, draft) if context.pack.reading.words_apart else None


HOSTED = frozenset({"visit", "talks", "ceremony"})
JOINT = frozenset({"upgrade", "signing", "adoption", "talks", "ceremony", "session"})


LED = frozenset({"appointment", "ceremony", "decision", "signing", "adoption"})
"""What the body tells without a day and the lead's day serves."""


def _of_lead(context: Context) -> None:
    """The day of the lead, where it is the day of the telling, serves what the body tells of the same parties.

    Only where words stand apart: there a lead names the day, and the body goes on from it.
    """
    published = context.marked.scan.unit.published or ""
    told = [d for d in context.drafts if d.part not in HEADLINES and d.date and d.date.edtf]
    lead = min(told, key=lambda d: (d.sentence, d.start), default=None)
    if not context.pack.reading.words_apart or lead is None or lead.status not in ("held", "ongoing"):
        return
    day = (lead.date.edtf if lead.date else None) or ""
    first = day.partition("/")[0]
    if len(first) != len("YYYY-MM-DD") or first != published:
        return
    for draft in context.drafts:
        if draft.date is None and draft.date_at is None and draft.status == "held" and draft.type in LED:
            named = bool(draft.countries()) or draft.type == "appointment"
            if draft.sentence > lead.sentence and named and draft.countries() <= lead.countries():
                draft.date, draft.date_at = Resolved(first, "unit"), lead.date_at
                draft.place = draft.place or lead.place


def _place(context: Context, draft: Draft) -> None:
    """A state that held a meeting held it at home; what happened during a visit happened where the visit went."""
    if draft.place is not None:
        return
    hosts = {p.country for p, r in draft.roles if r == "host" and p.kind == "state"}
    if draft.type == "session" and draft.status in ("held", "ongoing", "planned") and len(hosts) == 1:
        draft.place = Place(next(iter(hosts)), None)
        return
    home = _home(context, draft)
    if home and not _elsewhere(context, draft, home) and not (home == context.home and filed_abroad(context)):
        draft.place = Place(home, None)
        return
    trips = [d for d in context.drafts if d.type == "visit" and d.place and d.status in ("held", "ongoing")]
    trips = [d for d in trips if d.sentence <= draft.sentence] or trips  # one told later is another story
    alone = len({(d.place.country if d.place else None, *sorted(map(str, d.countries()))) for d in trips}) == 1
    alone = alone and not context.pack.reading.words_apart and not before(context, draft)
    for trip in context.drafts:
        if trip.type != "visit" or not trip.place or trip.place.country not in draft.countries():
            continue
        same = trip.sentence == draft.sentence and dates_agree(trip, draft)
        if draft.type in JOINT and (same or _during(trip, draft, alone and trip.sentence <= draft.sentence)):
            draft.place = Place(trip.place.country, None)
            return


def _during(trip: Draft, draft: Draft, alone: bool = False) -> bool:
    """Whether two countries did something together while one of them was the other's guest.

    ``alone``: the unit tells of no other trip, so that neither needs a date.
    """
    happened = {"held", "ongoing"}
    ahead = alone and draft.status == "planned" and trip.status in ("ongoing", "planned") and draft.date is not None
    fits = (trip.status in happened and draft.status in happened) or ahead
    if not trip.place or not fits or draft.mode is not None:
        return False
    both = {p.country for p, r in trip.roles if r != "host"} | {trip.place.country}
    return (
        ((alone and draft.date is None) or (draft.date is not None and trip.date is not None))
        and draft.countries() == both
        and dates_agree(trip, draft)
    )


def _home(context: Context, draft: Draft) -> str | None:
    """The state of the only host of a visit, a reception or talks, where its guests come from another.

    Whoever calls on somebody, and an envoy who lives there, may do so anywhere, unless a house of state is named; an
    envoy who receives does so where he is posted, not at home.
    """
    hosts = [p for p, r in draft.roles if r == "host"]
    if hosts and all(p.level == "ambassador" for p in hosts):
        return None
    houses = moodwords.grammar(context.pack).residence
    first = context.marked.scan.sentences[draft.sentence].start
    housed = houses is not None and houses.search(context.text, first, draft.end) is not None
    if draft.type == "talks" and not housed and _at_meeting(context, draft):
        return None
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


def _at_meeting(context: Context, draft: Draft) -> bool:
    """Whether the words say that somebody met on the occasion of a meeting, which may be anywhere."""
    clauses = context.clauses(draft.sentence)
    zones = [z for z in clauses.zones if z.kind in ("during", "occasion") and not context.pack.reading.words_apart]
    sits = [m for m in clauses.mentions if m.kind == "meeting" and m.value["sort"] == "session"]
    return any(z.start <= m.start < z.end and not m.value["one_off"] for z in zones for m in sits)


def _elsewhere(context: Context, draft: Draft, home: str) -> bool:
    """Whether one who receives is himself on a journey, or at a meeting, in another country."""
    hosts = {p.name for p, r in draft.roles if r == "host" and p.kind == "person"}
    return draft.type != "visit" and any(
        (
            trip.type == "visit"
            or (trip.type == "session" and (trip.meeting is not None or context.pack.reading.words_apart))
        )
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


def _meeting_parties(
    context: Context, m: Mention | None, named: dict[str, list[str]], pack: MechanismPack | None
) -> list[Party]:
    """Whose meeting it is: whom its name, the words before or the unit name; else the two whose known meeting it is."""
    if m is None:
        return []
    codes = m.value["parties"] or _listed(context, m) or _behind(context, m) or named.get(meeting_key(m) or "", [])
    codes = codes or (pack.parties if pack is not None and len(pack.parties) == 2 else [])
    if len(codes) == 1 and not context.pack.reading.words_apart:  # *A, B and C's three-party dialogue*
        codes = [*dict.fromkeys([*(_listed(context, m, 1)), *codes])]
    return [context.state(c) for c in codes]


def _listed(context: Context, m: Mention, least: int = 2) -> list[str]:
    """States named in a row right before a meeting (*A, B and C's joint drill*)."""
    row = context.marked.row(m)
    out: list[str] = []
    edge = m.start
    for x in reversed([x for x in row if x.end <= m.start]):
        if edge - x.end > (3 if least > 1 else 1) or x.kind not in (
            "state",
            "bloc",
            "all_members",
            "pair",
            "group",
            "body",
        ):
            break
        if x.value.get("country"):
            out.insert(0, x.value["country"])
        elif context.text[x.start : x.end] in context.pack.phrases.countries:  # *the two states' committee*
            here = context.clauses(next(i for i, r in enumerate(context.marked.mentions) if r is row))
            out[:0] = [p.country for p in context.pair(here, x.start) if p.country]
        edge = x.start
    out = list(dict.fromkeys(out))
    return out if len(out) >= least else []


def _behind(context: Context, m: Mention) -> list[str]:
    """States named in a row behind a meeting and a noun for as many (*the meeting of the three states A, B and C*)."""
    row = [x for x in context.marked.row(m) if x.start > m.end]
    if not context.pack.reading.words_apart or len(row) < 3 or row[0].kind != "they" or row[0].start - m.end != 1:
        return []
    here = context.clauses(next(i for i, r in enumerate(context.marked.mentions) if row[0] in r))
    group = next((g for g in here.groups if g.start - row[0].end == 1), None)
    states = group.members if group is not None and all(x.kind == "state" for x in group.members) else ()
    return list(dict.fromkeys(x.value["country"] for x in states)) if len(states) > 1 else []


def _on_the_way(context: Context, draft: Draft) -> None:
    """Who receives somebody, and met others abroad just before, is still there: *in Lima A met B. A also met C*."""
    if context.pack.reading.words_apart or draft.place is not None or draft.mode is not None:
        return
    there = abroad(context.drafts, draft, frozenset({"host"})) if draft.status in ("held", "ongoing") else None
    if there:
        draft.place = Place(there, None)


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
        told = draft.sentence in context.on_trip and bool(abroad) and abroad < draft.countries()
        if guests & set(persons) or (sent and sent <= abroad) or told:
            draft.roles = [
                (p, r if r == "head_of_delegation" else "host" if p.country == here else "guest")
                for p, r in draft.roles
            ]
            if draft.place is None:
                draft.place = Place(here, None)
            return


def _abroad(context: Context, draft: Draft) -> None:
    """Who receives somebody in that one's own country is the guest there: *in Beijing the envoy met the premier*."""
    here = draft.place.country if draft.place else None
    hosts, guests = ({p.country for p, r in draft.roles if r == role} for role in ("host", "guest"))
    if context.pack.reading.words_apart or here is None or guests != {here} or here in hosts or not hosts:
        return
    turned = {"host": "guest", "guest": "host"}
    draft.roles = [(p, turned.get(r, r)) for p, r in draft.roles]
