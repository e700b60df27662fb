"""What is told as an event of its own and is part of another: the way to a drill, the welcome on a visit."""

from __future__ import annotations

from collections.abc import Iterator

from communique.claims.clause import Clauses
from communique.claims.draft import Draft, dates_agree, meeting_key, ordinal
from communique.claims.tellings.joined import add_words, join

GAP = 3
"""Letters between the words for two that follow each other: the journey and the drill, the talks and *by telephone*."""
BEHIND = 2
"""Sentences behind what is given or whoever is appointed, in which the ceremony for it is told."""
GIVEN = ("aid", "appointment", "signing")
OFF_OR_AHEAD = ("planned", "postponed", "cancelled")


def absorbed(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without those that are parts of others, which take over what the parts say."""
    gone: set[int] = set()
    for part in (_sent, _on_the_way, _to_sitting, _by_telephone, _consulted, _rites):
        gone |= {id(d) for d in part(drafts)}
    return [d for d in drafts if id(d) not in gone]


def _sent(drafts: list[Draft]) -> Iterator[Draft]:
    """A force that is sent out and arrives is one deployment."""
    for s in (d for d in drafts if d.type == "deployment"):
        for v in (d for d in drafts if d.type == "visit" and _sent_there(d, s)):
            s.place, s.date, s.date_at = s.place or v.place, s.date or v.date, s.date_at or v.date_at
            yield v


def _sent_there(v: Draft, s: Draft) -> bool:
    """Whether a visit is the way of those who are sent, by the same words or behind them in their sentence."""
    own = {p.country for p, r in v.roles if r != "host" and p.country}
    goes = v.countries() <= s.countries() or (v.start < s.end and own <= s.countries())
    return v.sentence == s.sentence and v.start >= s.start and goes


def _on_the_way(drafts: list[Draft]) -> Iterator[Draft]:
    """A journey to a drill: *will go to B to take part in the drill*."""
    for e in (d for d in drafts if d.type == "exercise"):
        for v in (d for d in drafts if _for_drill(d, e)):
            e.place = e.place or v.place
            _days(e, v)
            e.roles += [(p, r) for p, r in v.roles if r == "host" and p.country not in e.countries()]
            yield v


def _for_drill(journey: Draft, drill: Draft) -> bool:
    """Whether a journey that is told right before a drill, in its sentence, is the way to it."""
    goes = {p.country for p, r in journey.roles if r not in ("host", "beneficiary")}
    called = journey.form is not None or any(r == "host" for _, r in journey.roles)
    if journey.type != "deployment" and (called or not journey.extra.get("abroad")):
        return False  # *visited A, and held a drill there* are two
    near = journey.sentence == drill.sentence and journey.start < drill.end and journey.end < drill.end
    one = journey.status == drill.status or {journey.status, drill.status} <= {"held", "ongoing"}
    one = one or (journey.status == "held" and drill.status == "planned")
    return near and drill.start - journey.end <= GAP and one and goes <= drill.countries()


def _to_sitting(drafts: list[Draft]) -> Iterator[Draft]:
    """A journey to a sitting with a name: *left for B to attend the third forum*. Where one visits B, too, it stays."""
    sittings = [d for d in drafts if d.type == "session" and meeting_key(d.meeting)]
    for v in (d for d in drafts if d.type == "visit" and _only_goes(d)):
        s = next((s for s in sittings if _for_sitting(v, s, drafts)), None)
        if s is None:
            continue
        s.place = s.place or v.place
        left = v.date if s.status == "planned" != v.status else None
        _days(s, v)
        yield v
        if main := next((x for x in sittings if x is not s and _is_on(x, s)), None):
            begins = (main.date.edtf if main.date else None) or ""
            join(main, s)
            main.status = "ongoing" if left and begins.startswith(f"{left.edtf}/") else "planned"
            yield s


def _is_on(main: Draft, s: Draft) -> bool:
    """Whether a sitting told by its days is the one to which somebody has left: the same number of the same name."""
    one = meeting_key(main.meeting) == meeting_key(s.meeting) and ordinal(main) == ordinal(s)
    return one and s.status == "planned" and s.date is None and main.status == "held" and main.date is not None


def _days(s: Draft, v: Draft) -> None:
    """Give a sitting or a drill the days of the journey to it, if they are not those of leaving for what lies ahead."""
    lasts = "/" in ((v.date.edtf if v.date else None) or "")
    if s.date is None and (lasts or (s.type == "exercise" and s.status == v.status)):
        s.date, s.date_at = v.date, v.date_at
    elif s.status == "planned" and v.status != "planned" and not lasts and s.date_at is v.date_at:
        s.date = s.date_at = None


def _only_goes(v: Draft) -> bool:
    """Whether a journey is no more than that: told by verbs of going, of no form, to nobody."""
    return bool(v.extra.get("way")) and v.form is None and all(r not in ("host", "inviter") for _, r in v.roles)


def _for_sitting(v: Draft, s: Draft, drafts: list[Draft]) -> bool:
    """Whether a sitting is told right behind the journey to it, in its sentence, with no other event between them.

    It is not one of the two states alone, to which one goes as to a visit, and the journey has no days of its own.
    """
    m = s.meeting
    at = m.start if m is not None else 0
    if m is None or v.sentence != s.sentence or at < v.end or not v.names() & s.names():
        return False
    sides = s.countries() | set(m.value["parties"])
    days = [(d.date.edtf if d.date else None) or "" for d in (v, s)]
    to = v.place.country if v.place is not None else None
    faced = to in {p.country for p, r in s.roles if p.kind == "person" and r != "host"}
    if faced or (to in sides and len(sides) == 2) or ("/" in days[0] and days[1] not in ("", days[0])):
        return False
    there = s.place is None or None in (to, s.place.country) or to == s.place.country
    beside = (d for d in drafts if d not in (v, s) and d.sentence == v.sentence and d.part == v.part)
    return there and not any(v.end <= d.end < at for d in beside)


def _by_telephone(drafts: list[Draft]) -> Iterator[Draft]:
    """Talks that are a call: *held talks, by telephone*."""
    for c in (d for d in drafts if d.type == "call"):
        for t in (d for d in drafts if d.type == "talks" and d.sentence == c.sentence):
            if 0 <= c.start - t.end <= GAP and t.names() <= c.names():
                add_words(c, t)
                yield t


def _consulted(drafts: list[Draft]) -> Iterator[Draft]:
    """Consultations that say of what a call or talks were: *they spoke by telephone, and consulted on C*."""
    for m in (d for d in drafts if d.type in ("call", "talks")):
        for s in (d for d in drafts if d.type == "session" and d.sentence == m.sentence and d.start >= m.end):
            plain = s.meeting is None or s.meeting.value["generic"]
            if plain and s.names() and s.names() <= m.names() and s.status == m.status and dates_agree(s, m):
                add_words(m, s)
                yield s


def _rites(drafts: list[Draft]) -> Iterator[Draft]:
    """A ceremony for what is given there, or on a visit; greeting on a call at a place is the ceremony."""
    for c in drafts:
        main = _rite_of(c, drafts)
        if main is not None:
            add_words(main, c)
            main.roles += [(p, r) for p, r in c.roles if all(p.name != x.name for x, _ in main.roles)]
            main.place = main.place or c.place
            if main.date is None and main.date_at is None:
                main.date, main.date_at = c.date, c.date_at
            yield c
        elif c.type == "ceremony" and c.extra.get("join"):
            yield from _welcomes(c, drafts)


def _welcomes(c: Draft, drafts: list[Draft]) -> Iterator[Draft]:
    """Of a welcome and the visit of the same persons: the one that is part of the other."""
    here = [d for d in drafts if d.sentence == c.sentence]
    names = {p.name for p, _ in c.roles}
    for v in (d for d in drafts if d.type == "visit" and dates_agree(c, d)):
        if names.isdisjoint(p.name for p, _ in v.roles):
            continue
        span = min(c.start, v.start), max(c.start, v.start)
        between = v in here and any(span[0] < d.start < span[1] and d.type not in (c.type, v.type) for d in here)
        if v.extra.get("join") and not between:
            add_words(c, v)
            yield v
        elif v.sentence == c.sentence:
            add_words(v, c)
            yield c


def _rite_of(c: Draft, drafts: list[Draft]) -> Draft | None:
    """The handing over or the appointment at which a ceremony without a name of its own was held."""
    if c.type == "ceremony" and c.meeting is not None:  # *the ceremony of handing over the goods was held on 5 May*
        at = c.meeting.start
        given = (d for d in drafts if d.type == "aid" and d.status == c.status and d.sentence == c.sentence)
        if main := next((d for d in given if d.start < at <= d.end and dates_agree(c, d)), None):
            return main
    if c.type not in ("ceremony", "aid") or any(r == "guest" for _, r in c.roles):
        return None
    if c.meeting is None or not c.meeting.value["generic"] or c.meeting.value["ordinal"]:
        return None
    told = [d for d in drafts if d.type in GIVEN and d.status == c.status == "held"]
    if c.type == "aid":  # *they attended the handing over*, told a second time
        told = [d for d in told if d is not c and d.type == "aid" and (d.meeting is None or d.sentence < c.sentence)]
    if c.type == "ceremony":  # *they held a ceremony and gave X a medal*
        told += [d for d in drafts if d.type == "ceremony" and d.meeting is None and d.sentence == c.sentence]
    return next((d for d in told if 0 <= c.sentence - d.sentence <= BEHIND and dates_agree(c, d)), None)


def proposed(drafts: list[Draft], clauses: Clauses) -> list[Draft]:
    """Of one sentence's drafts: what somebody proposes in a clause is the proposal, and no event beside it."""
    gone: set[int] = set()
    for p in (d for d in drafts if d.type == "proposal"):
        for d in drafts:
            here = clauses.segment(d.start) == clauses.segment(p.end - 1) and p.start <= d.start
            if d.type == "proposal" or d.status not in OFF_OR_AHEAD or not here:
                continue
            p.place, p.meeting = p.place or d.place, p.meeting or d.meeting
            if p.date is None and p.date_at is None:
                p.date, p.date_at = d.date, d.date_at
            gone.add(id(d))
    return [d for d in drafts if id(d) not in gone]
