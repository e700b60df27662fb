"""One item per event per unit: what title, caption, lead and body tell again becomes one draft."""

from __future__ import annotations

from communique.claims import alike
from communique.claims.clause import Clauses
from communique.claims.draft import Draft
from communique.model import Mention

HEADLINES = frozenset({"title", "caption"})


def merge(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with repeats joined; the telling that says most leads, headlines follow."""
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.part in HEADLINES, d.sentence, d.start)):
        match = next((o for o in out if same(o, draft)), None)
        if match is None:
            out.append(draft)
        else:
            join(match, draft)
    return sorted(_absorb(out), key=lambda d: (d.sentence, d.start))


def _absorb(drafts: list[Draft]) -> list[Draft]:
    """Greeting on a call at a place is the ceremony, greeting on a journey is part of the visit: one event each.

    A force that is sent out and arrives is one deployment.
    """
    gone: set[int] = set()
    for s in drafts:
        for v in drafts if s.type == "deployment" else ():
            if v.type == "visit" and alike.sent_there(v, s):
                s.place, s.date, s.date_at = s.place or v.place, s.date or v.date, s.date_at or v.date_at
                gone.add(id(v))
    for e in (d for d in drafts if d.type == "exercise"):  # *will go to B to take part in the drill*
        for v in (d for d in drafts if alike.for_drill(d, e)):
            e.place, e.date, e.date_at = e.place or v.place, e.date or v.date, e.date_at or v.date_at
            e.roles += [(p, r) for p, r in v.roles if r == "host" and p.country not in e.countries()]
            gone.add(id(v))
    for c in (d for d in drafts if d.type == "call"):  # *held talks, by telephone*
        for t in (d for d in drafts if d.type == "talks" and d.sentence == c.sentence):
            if 0 <= c.start - t.end <= 3 and t.names() <= c.names():
                _take(c, t)
                gone.add(id(t))
    for c in drafts:
        main = _rite_of(c, drafts)
        if main is not None:
            _take(main, c)
            main.roles += [(p, r) for p, r in c.roles if all(p.name != x.name for x, _ in main.roles)]
            main.place = main.place or c.place
            if main.date is None and main.date_at is None:
                main.date, main.date_at = c.date, c.date_at
            gone.add(id(c))
            continue
        for v in drafts if c.type == "ceremony" and c.extra.get("join") else ():
            if (
                v.type != "visit"
                or not dates_agree(c, v)
                or not ({p.name for p, _ in c.roles} & {p.name for p, _ in v.roles})
            ):
                continue
            here = [d for d in drafts if d.sentence == c.sentence == v.sentence and d.type not in (c.type, v.type)]
            between = any(min(c.start, v.start) < d.start < max(c.start, v.start) for d in here)
            if v.extra.get("join") and not between:
                _take(c, v)
                gone.add(id(v))
            elif v.sentence == c.sentence:
                _take(v, c)
                gone.add(id(c))
    return [d for d in drafts if id(d) not in gone]


def _rite_of(c: Draft, drafts: list[Draft]) -> Draft | None:
    """The handing over or the appointment at which a ceremony without a name of its own was held."""
    if c.type == "ceremony" and c.meeting is not None:  # *the ceremony of handing over the goods was held on 5 May*
        at = c.meeting.start
        given = (d for d in drafts if d.type == "aid" and d.status == c.status and d.sentence == c.sentence)
        if main := next((d for d in given if d.start < at <= d.end and dates_agree(c, d)), None):
            return main
    if (
        c.type not in ("ceremony", "aid")
        or c.meeting is None
        or not c.meeting.value["generic"]
        or c.meeting.value["ordinal"]
    ):
        return None
    told = [d for d in drafts if d.type in ("aid", "appointment", "signing") and d.status == c.status == "held"]
    if any(r == "guest" for _, r in c.roles):
        return None
    if c.type == "aid":  # *they attended the handing over*, told a second time
        told = [d for d in told if d is not c and d.type == "aid" and (d.meeting is None or d.sentence < c.sentence)]
    if c.type == "ceremony":  # *they held a ceremony and gave X a medal*
        told += [d for d in drafts if d.type == "ceremony" and d.meeting is None and d.sentence == c.sentence]
    near = [d for d in told if 0 <= c.sentence - d.sentence <= 2 and dates_agree(c, d)]
    return near[0] if near else None


def proposed(drafts: list[Draft], clauses: Clauses) -> list[Draft]:
    """Of one sentence's drafts: what somebody proposes in a clause is the proposal, and no event beside it."""
    gone: set[int] = set()
    for p in drafts:
        for d in drafts if p.type == "proposal" else ():
            here = clauses.segment(d.start) == clauses.segment(p.end - 1) and p.start <= d.start
            if d.type == "proposal" or d.status not in ("planned", "postponed", "cancelled") or not here:
                continue
            p.place, p.meeting = p.place or d.place, p.meeting or d.meeting
            if p.date is None and p.date_at is None:
                p.date, p.date_at = d.date, d.date_at
            gone.add(id(d))
    return [d for d in drafts if id(d) not in gone]


def _take(into: Draft, other: Draft) -> None:
    into.spans += [s for s in other.spans if s not in into.spans]


def meeting_key(m: Mention | None) -> str | None:
    """What tells a meeting from another: the pack's id, else its acronym, its name in marks or its name."""
    if m is None or m.value.get("generic"):
        return None
    key: str = m.value["known"] or m.value["acronym"] or m.value.get("label") or m.value["name"]
    return key.lower()


def ordinal(d: Draft) -> int | None:
    """The ordinal of the round, if any."""
    return d.extra["ordinal"] if "ordinal" in d.extra else (d.meeting.value["ordinal"] if d.meeting else None)


def dates_agree(a: Draft, b: Draft) -> bool:
    """Whether two events can have been on one day, as far as their dates say."""
    x, y = (d.date.edtf if d.date else None for d in (a, b))
    if not x or not y:
        return True
    return x == y or x.startswith(y) or y.startswith(x) or ("/" in x and _inside(y, x)) or ("/" in y and _inside(x, y))


def _inside(day: str, span: str) -> bool:
    first, _, last = span.partition("/")
    return first[: len(day)] <= day <= last[: len(day)] if day.count("-") == first.count("-") else False


def same(a: Draft, b: Draft) -> bool:
    """Whether two drafts of one unit tell of one event."""
    headline = (a.part in HEADLINES or b.part in HEADLINES) and a.sentence != b.sentence
    if alike.both_off(a, b):
        return True
    if a.type != b.type or alike.apart(a, b) or not dates_agree(a, b) or not _alike(a, b, headline):
        return False
    if a.type in ("session", "exercise"):
        return _same_round(a, b, headline)
    if a.type in ("adoption", "signing"):
        return _same_text(a, b, headline)
    if a.type == "establishment" and a.meeting and b.meeting and meeting_key(a.meeting) == meeting_key(b.meeting):
        return True
    if _elsewhere(a, b) or (a.type == "visit" and (not _guests(a, b) or alike.two_ways(a, b, headline))):
        return False
    if a.type == "message" and not headline and alike.answers(a, b):
        return False
    if a.type == "ceremony" and (one := alike.one_rite(a, b, headline)) is not None:
        return one
    near = alike.one_gift(a, b) or alike.one_delegation(a, b) or alike.summed(a, b) or alike.one_telling(a, b)
    if near or (a.sentence != b.sentence and (alike.one_force(a, b) or alike.one_act(a, b))):
        return True
    if a.type == "deployment" and a.sentence == b.sentence and a.start < b.end and b.start < a.end:
        x, y = a.countries(), b.countries()
        return x <= y or y <= x
    if a.type == "establishment" and a.date and b.date and not a.roles and not b.roles:
        return True
    people = a.names() & b.names()
    x, y = (alike.travellers(d) if a.type == "visit" else d.names() for d in (a, b))
    others = (x - people and y - people) and (not headline or alike.replaced(a, b, people))
    if people and not others and not _other_side(a, b, people):
        ca, cb = a.countries(), b.countries()
        return ca <= cb or cb <= ca or a.type in ("visit", "ceremony")
    if headline and (a.countries() & b.countries()):
        ca, cb = a.countries(), b.countries()
        generic = not a.names() or not b.names()
        return generic and (ca <= cb or cb <= ca)
    if a.type == "visit" and not headline and (_bare(a, b) or _bare(b, a) or _one_way(a, b) or _one_way(b, a)):
        return True
    if not a.names() and not b.names():
        return (
            a.countries() == b.countries()
            and bool(a.countries())
            and (a.sentence == b.sentence or headline or a.type in ("visit", "upgrade", "establishment"))
        )
    return False


def _alike(a: Draft, b: Draft, headline: bool) -> bool:
    """Whether the statuses of two tellings can be those of one event."""
    statuses = {a.status, b.status}
    called = statuses & {"cancelled", "postponed"}
    return (
        len(statuses) == 1
        or headline
        or _to_come(a, b)
        or (bool(called) and len(statuses) == 2 and not _apart(a, b))
        or statuses <= {"held", "ongoing"}
        or (statuses <= {"planned", "ongoing"} and bool(a.extra.get("join")) == bool(b.extra.get("join")))
    )


def _apart(a: Draft, b: Draft) -> bool:
    """Whether two visits go to different countries."""
    return a.type == "visit" and bool(a.place and b.place and a.place.country != b.place.country)


def _same_text(a: Draft, b: Draft, headline: bool) -> bool:
    """Whether two signings, or two adoptions, are of one text."""
    if a.instrument and b.instrument:
        x, y = a.instrument.value["name"], b.instrument.value["name"]
        return bool(x in y or y in x) or (headline and alike.plain_text(a, b))
    if a.names() and a.names() == b.names() and a.type == "signing":
        return True  # told once with the text, once without
    return headline and a.countries() <= b.countries() | a.countries()


def _other_side(a: Draft, b: Draft, people: set[str]) -> bool:
    """Whether those who are in both met others of other states in each: *he met B's ministers, and C's envoys*."""
    x, y = ({p.country for p, _ in d.roles if p.name not in people} for d in (a, b))
    apart = a.type in ("talks", "call") and a.sentence != b.sentence
    return apart and bool(x and y) and not x & y and None not in x | y


def _elsewhere(a: Draft, b: Draft) -> bool:
    """Whether two go to different buildings, or to different states of a list."""
    return a.type in ("visit", "deployment") and a.extra.get("site") != b.extra.get("site")


def _bare(a: Draft, b: Draft) -> bool:
    """Whether a visit of nobody in particular, on no day, can be that of a person: *the first visit in ten years*."""
    if a.names() or (a.date and a.date.edtf) or not b.names() or a.place is None or not a.countries() <= b.countries():
        return False
    return a.place.country in {p.country for p, r in b.roles if r == "host"} | {b.place.country if b.place else None}


def _one_way(a: Draft, b: Draft) -> bool:
    """Whether a visit to nowhere in particular is its sentence's journey: *it arrived in A and began its visit*."""
    goes = {p.name for p, r in a.roles if r != "host"}
    nowhere = a.place is None and all(r != "host" for _, r in a.roles)
    return nowhere and a.sentence == b.sentence and bool(goes) and goes == {p.name for p, r in b.roles if r != "host"}


def _to_come(a: Draft, b: Draft) -> bool:
    """Whether a visit without a day, or of the same days, is the planned one: *it will be the first since ...*."""
    planned, other = (a, b) if a.status == "planned" else (b, a)
    here = planned.place is not None and other.place is not None and planned.place.country == other.place.country
    one = not other.date or (planned.date is not None and other.date.edtf == planned.date.edtf is not None)
    return a.type == "visit" and planned.status == "planned" and other.status == "held" and one and here


def _guests(a: Draft, b: Draft) -> bool:
    """Whether those who travel may be the same, by their states."""
    x, y = ({p.country for p, r in d.roles if r != "host" and p.country} for d in (a, b))
    return not x or not y or bool(x & y)


def _same_round(a: Draft, b: Draft, headline: bool) -> bool:
    ka, kb = meeting_key(a.meeting), meeting_key(b.meeting)
    oa, ob = ordinal(a), ordinal(b)
    if _beside(a, b) or _beside(b, a) or alike.another(a) != alike.another(b):
        return False
    if oa and ob:
        named = _named_alike(a, b) or (headline and not (ka and kb)) or _kin(a, b, 3 if headline else 4, True)
        return oa == ob and named
    if a.meeting is not None and b.meeting is not None and a.meeting.start == b.meeting.start and oa == ob:
        return True
    if headline and ka and kb and (oa is None or ob is None) and _kin(a, b):
        return True
    if ka and kb:
        told = ({*a.extra, *b.extra}) - {"claimed_first", "scope", "abroad", "back", "each", "town"}
        return _named_alike(a, b) and (oa is None or ob is None) and not told
    if ka is None and kb is None and a.rule == b.rule and a.sentence == b.sentence and a.meeting is b.meeting is None:
        x, y = ({p.name for p, _ in d.roles} for d in (a, b))
        return x <= y or y <= x  # *they will play against A and meet with B*
    if ka is None and kb is None and a.meeting and b.meeting and abs(a.sentence - b.sentence) <= alike.NEAR:
        later, x, y = max((a, b), key=lambda d: d.start), a.countries(), b.countries()
        if later.date_at is None and (x <= y or y <= x) and a.meeting.value["name"] == b.meeting.value["name"]:
            return True  # *they gave a press conference. At the press conference A said*
    if a.type == "exercise" and (a.extra.get("back") or b.extra.get("back")) and not (ka and kb):
        return True  # who looked on at it
    if ka is None and kb is None:
        return a.countries() == b.countries() or headline
    return headline or abs(a.sentence - b.sentence) <= 3


def _named_alike(a: Draft, b: Draft) -> bool:
    """Whether two meetings have one name: as the packs know it, by an acronym, or in the unit's own words."""
    if alike.one_name(a, b) or _close(meeting_key(a.meeting), meeting_key(b.meeting)):
        return True
    x, y = (d.meeting.value if d.meeting else {} for d in (a, b))
    spelt = x and y and not (x["acronym"] and y["acronym"]) and not (x["known"] or y["known"])
    return bool(spelt) and _close(x["name"].lower(), y["name"].lower())


def _beside(a: Draft, b: Draft) -> bool:
    """Whether one is a gathering of its own at the other: the press conference at a meeting is not the meeting."""
    if a.meeting is None or b.meeting is None or not a.meeting.value["one_off"] or not a.meeting.value["generic"]:
        return False
    return not b.meeting.value["generic"] and not b.meeting.value["name"].endswith(a.meeting.value["name"])


def _kin(a: Draft, b: Draft, letters: int = 4, some: bool = False) -> bool:
    """Whether two meetings have one head and the same parties, by name or by those who take part.

    With ``some`` the one may tell of only some of the other's.
    """
    if a.meeting is None or b.meeting is None:
        return False
    x, y = (set(d.meeting.value["parties"]) or d.countries() for d in (a, b) if d.meeting)
    head = {d.meeting.value["name"][-letters:] for d in (a, b) if d.meeting}
    short, long = sorted((a.meeting.value["name"], b.meeting.value["name"]), key=len)
    return (
        bool(x)
        and (x == y or (some and bool(x & y) and (x <= y or y <= x)))
        and (len(head) == 1 or short[-letters:] in long)
    )


def _close(a: str | None, b: str | None) -> bool:
    if not a or not b:
        return False
    x, y = set(a.split()), set(b.split())
    return a in b or b in a or (min(len(x), len(y)) > 2 and (x <= y or y <= x))


def _begins(a: Draft, b: Draft) -> bool:
    """Whether a visit that is told as begun began on the first of the days that are told of it."""
    x, y = (d.date.edtf if d.date and d.date.edtf else "" for d in (a, b))
    return a.type == "visit" and bool(x) and "/" not in x and "/" in y and y.startswith(x)


def _edge(d: Draft, span: str) -> bool:
    """Whether what lasts is told on the first or the last of the days that another telling gives it."""
    day = d.date.edtf if d.date else None
    return d.type in ("session", "exercise") and "/" in span and day in span.split("/")


def join(into: Draft, other: Draft) -> None:
    """Add to a draft what another telling of its event says."""
    into.spans += [s for s in other.spans if s not in into.spans]
    if into.date is None or not into.date.edtf:
        into.date, into.date_at = other.date, other.date_at
    elif (
        other.date
        and other.date.edtf
        and other.date.edtf.startswith(into.date.edtf)
        and other.date.edtf != into.date.edtf
    ):
        into.date, into.date_at = other.date, other.date_at
    elif other.date and other.date.edtf and _edge(into, other.date.edtf):
        into.date, into.date_at = other.date, other.date_at
    unknown = into.place is not None and into.place.country is None
    if unknown and other.place and other.place.country:
        into.place = other.place
    elif into.place is None or (
        into.place.city is None
        and other.place
        and other.place.city
        and other.place.country in (None, into.place.country)
    ):
        into.place = other.place or into.place
    into.mode = into.mode or other.mode
    into.form = into.form or other.form
    into.instrument = into.instrument or other.instrument
    if other.meeting is not None and (into.meeting is None or _fuller(other.meeting, into.meeting)):
        into.meeting = other.meeting
    if other.status in ("cancelled", "postponed"):
        into.status = other.status
    if other.status == "planned" and _to_come(into, other):
        into.status = "planned"
    if other.status == "ongoing" and into.status == "held" and into.extra.get("abroad") and not into.extra.get("join"):
        into.status = "ongoing"  # *arrived, and began the visit*
    if other.status == "ongoing" and into.status == "held" and _begins(other, into):
        into.status = "ongoing"
    over = other.status == "held" and other.part not in HEADLINES and not _bare(other, into)
    over = over and not _begins(into, other)
    if into.status == "ongoing" and over and other.date and not other.extra.get("abroad"):
        into.status = "held"
    have = {p.name for p, _ in into.roles}
    told = {r for _, r in into.roles} if len(into.roles) > 1 else set()
    for party, role in other.roles:
        if party.name in have:
            continue
        if party.kind != "person" and (
            party.country in {p.country for p, _ in into.roles} or (other.part in HEADLINES and role in told)
        ):
            continue
        if party.kind == "person":
            into.roles = [
                (p, r) for p, r in into.roles if p.kind == "person" or p.country != party.country or r == "host"
            ]
        into.roles.append((party, role))


def _fuller(a: Mention, b: Mention) -> bool:
    return bool((a.value["ordinal"] and not b.value["ordinal"]) or (b.value["generic"] and not a.value["generic"]))
