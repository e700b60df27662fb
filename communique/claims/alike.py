"""Whether two tellings are of one thing, by what is peculiar to their type: a gift, a force, an act, a rite."""

from __future__ import annotations

from communique.claims.draft import Draft

NEAR = 4
"""Sentences between two tellings of one rite."""
GAP = 3
"""Letters between the words for a journey and those for the drill that it leads to."""
SHORT = 2
"""Letters of a bare word for a rite."""
TEAM = 3
"""Letters of the name of a state by itself."""
NAMED = 7
"""Letters that the names of two groups have in common where they are one force."""


def one_name(a: Draft, b: Draft) -> bool:
    """Whether two meetings have one name but for short words; a headline may name no more than whose meeting it is."""
    x, y = (d.meeting.value if d.meeting else {} for d in (a, b))
    p, q = x.get("plain"), y.get("plain")
    headline = a.sentence != b.sentence and not {"title", "caption"}.isdisjoint((a.part, b.part))
    return bool(p and q) and (p == q or (headline and (p in y["parties"] or q in x["parties"])))


def plain_text(a: Draft, b: Draft) -> bool:
    """Whether a title tells, by what it is alone, the text that two states sign in the story: *signed a paper*."""
    if a.type != "signing" or "title" not in (a.part, b.part) or a.status != b.status:
        return False
    named = any(d.instrument and d.instrument.value["quoted"] for d in (a, b))
    return not named and len(a.countries() | b.countries()) == 2


def apart(a: Draft, b: Draft) -> bool:
    """Whether one verb says of several that it was done to each: *met the minister of A and of B, respectively*."""
    x, y = a.extra.get("each"), b.extra.get("each")
    return a.sentence == b.sentence and a.rule == b.rule and None not in (x, y) and x != y


def one_gift(a: Draft, b: Draft) -> bool:
    """Whether two verbs of one sentence tell of one gift: *handed over the goods that A gave to B*."""
    if a.type == "aid" and a.sentence != b.sentence:
        return _handed_over(*sorted((a, b), key=lambda d: d.sentence))
    gave, got = ([{p.country for p, r in d.roles if r == role} for d in (a, b)] for role in ("donor", "beneficiary"))
    x, y = (g - gave[0] - {None} for g in got)
    beside = a.type == "aid" and a.sentence == b.sentence and a.start < b.end and b.start < a.end
    return beside and bool(gave[0]) and gave[0] == gave[1] and (x <= y or y <= x)


def _handed_over(first: Draft, then: Draft) -> bool:
    """Whether the next sentences say, of a gift of one state's organs to another's, who handed it over."""
    sides = [[{p.country for p, r in d.roles if r == role} for role in ("donor", "beneficiary")] for d in (first, then)]
    kinds = [{p.kind == "person" for p, r in d.roles if r == "donor"} for d in (first, then)]
    one = sides[0] == sides[1] and all(len(side) == 1 and None not in side for side in sides[0])
    near = then.sentence - first.sentence <= NEAR // 2 and first.status == then.status and then.date_at is None
    return near and one and kinds == [{False}, {True}] and first.part not in ("title", "caption")


def _groups(d: Draft, role: str) -> list[str]:
    return [p.name for p, r in d.roles if r == role and p.kind != "person"]


def one_force(a: Draft, b: Draft) -> bool:
    """Whether two groups are one by how their names begin: *the 10th contingent, 208 soldiers of it*.

    A shorter name is one, too, where it is the same in full and goes to no other state.
    """
    x, y = _groups(a, "subject"), _groups(b, "subject")
    if a.type != "deployment" or not len(x) == len(y) == 1:
        return False
    to = {d.place.country for d in (a, b) if d.place and d.place.country}
    if x == y and len(x[0]) > TEAM and len(to) == 1:
        return True
    return x[0][:NAMED] == y[0][:NAMED] and len(x[0]) > NAMED < len(y[0])


def one_act(a: Draft, b: Draft) -> bool:
    """Whether two acts of one organ on one day are one act told twice."""
    if a.type != "decision" or not (a.date and b.date and a.date.edtf == b.date.edtf) or a.instrument or b.instrument:
        return False
    return bool(_groups(a, "signatory")) and _groups(a, "signatory") == _groups(b, "signatory")


def one_rite(a: Draft, b: Draft, headline: bool) -> bool | None:
    """Whether two ceremonies are one by their names; None where those tell nothing."""
    if a.meeting and b.meeting and a.meeting.start == b.meeting.start:
        return True  # *a ceremony was held, X being in the chair*
    there = {d.place.country for d in (a, b) if d.place and d.place.country}
    if a.meeting and b.meeting and not headline and abs(a.sentence - b.sentence) <= NEAR and len(there) < 2:
        y, x = (d.meeting.value["name"] for d in sorted((a, b), key=lambda d: d.start) if d.meeting)
        guests = [{p.name for p, r in d.roles if r in ("guest", "subject")} for d in (a, b)]
        if y.endswith(x) and (not all(guests) or guests[0] & guests[1]):
            return True  # *the farewell ceremony*, and who was in the chair at it
        if len(x) > SHORT < len(y) and not x.endswith(y):
            return False  # a handing over, and an unveiling
    apart = not headline and a.sentence != b.sentence and bool(a.meeting) != bool(b.meeting)
    return False if apart else None  # a welcome, and an award at it


def one_telling(a: Draft, b: Draft) -> bool:
    """Whether two verbs tell of one meeting, or of one journey, where one of them names no person."""
    if a.names() and b.names():
        return False
    if a.type in ("talks", "visit") and a.sentence == b.sentence and a.start < b.end and b.start < a.end:
        there = [d.place.country if d.place else None for d in (a, b)]
        return there[0] == there[1] and bool(a.names() or b.names()) and a.countries() == b.countries()
    within = a.countries() <= b.countries() or b.countries() <= a.countries()
    if a.type == "visit" and abs(a.sentence - b.sentence) <= 1 and within:
        x, y = ({p.country for p, r in d.roles if r != "host"} for d in (a, b))
        to = [d.place.country if d.place else None for d in (a, b)]
        days = [d.date.edtf if d.date else None for d in (a, b)]
        begun = bool(a.extra.get("abroad")) != bool(b.extra.get("abroad")) or "port" in f"{a.rule}{b.rule}"
        begun = begun or a.sentence == b.sentence and {a.status, b.status} == {"held", "ongoing"}
        if x == y and to[0] == to[1] and None not in (*to, *days) and begun:
            return True  # *the ships arrived at the port, and began a visit to the town*
    later = max((a, b), key=lambda d: (d.sentence, d.start))
    again = a.type == "call" and later.date_at is None and not later.names()
    return again and a.countries() == b.countries() and len(a.countries()) == 2


def answers(a: Draft, b: Draft) -> bool:
    """Whether one message answers the other: who sends the one gets the other."""
    sent, got = ({p.name for p, r in d.roles if r == role} for d, role in ((a, "sender"), (b, "recipient")))
    return bool(sent) and sent == got


def summed(a: Draft, b: Draft) -> bool:
    """Whether one message sums up what is then told person by person: *A's leaders have sent messages to B*."""
    first, then = (a, b) if a.sentence < b.sentence else (b, a)
    near = a.type == "message" and 0 < then.sentence - first.sentence < 3
    return near and not first.names() and bool(then.names()) and first.countries() == then.countries()


def for_drill(journey: Draft, drill: Draft) -> bool:
    """Whether a journey that is told right before a drill, in its sentence, is the way to it."""
    goes = {p.country for p, r in journey.roles if r not in ("host", "beneficiary")}
    if journey.type != "deployment" and not journey.extra.get("abroad"):
        return False  # *visited A, and held a drill there* are two
    near = journey.sentence == drill.sentence and journey.start < drill.end and journey.end < drill.end
    return near and drill.start - journey.end <= GAP and journey.status == drill.status and goes <= drill.countries()


def sent_there(v: Draft, s: Draft) -> bool:
    """Whether a visit is the way of those who are sent, by the same words or behind them in their sentence."""
    own = {p.country for p, r in v.roles if r != "host" and p.country}
    goes = v.countries() <= s.countries() or (v.start < s.end and own <= s.countries())
    return v.sentence == s.sentence and v.start >= s.start and goes


def both_off(a: Draft, b: Draft) -> bool:
    """Whether one visit is called off twice in a sentence: *was due on 26 May but cancelled the trip on the 24th*."""
    off = a.type == b.type == "visit" and a.status == b.status and a.status in ("cancelled", "postponed")
    return off and a.sentence == b.sentence and a.names() == b.names()


def travellers(d: Draft) -> set[str]:
    """The names of those who travel: who invited them says nothing of whether two tellings are of one visit."""
    return {p.name for p, r in d.roles if p.kind == "person" and r not in ("host", "inviter")}


def replaced(a: Draft, b: Draft, people: set[str]) -> bool:
    """Whether somebody else of the same state met the same person: *minister A met B; then general C received him*."""
    x, y = ({(p.country, r) for p, r in d.roles if p.kind == "person" and p.name not in people} for d in (a, b))
    return a.type in ("talks", "call") and any(c for c, r in x) and {c for c, _ in x} == {c for c, _ in y} != {None}


def one_delegation(a: Draft, b: Draft) -> bool:
    """Whether a visit of a delegation is that of who leads it: the same states, and days that are told of both."""
    if a.type != "visit" or a.sentence == b.sentence or bool(travellers(a)) == bool(travellers(b)):
        return False
    there = a.place is not None and b.place is not None and a.place.country == b.place.country is not None
    came = [{p.country for p, r in d.roles if r not in ("host", "inviter")} for d in (a, b)]
    forces = any(d.extra.get("join") for d in (a, b))
    return there and not forces and came[0] == came[1] != {None} and bool(came[0]) and bool(a.date and b.date)


def two_ways(a: Draft, b: Draft, headline: bool) -> bool:
    """Whether two visits told in two sentences are two: a tour of a house on a journey, journeys to two states."""
    x, y = (str(d.extra.get("tour") or " ").strip() for d in (a, b))
    there = {d.place.country for d in (a, b) if d.place and d.place.country}
    hosts = [{p.country for p, r in d.roles if r == "host"} for d in (a, b)]
    if headline or a.sentence == b.sentence:
        to = [h or {d.place.country if d.place else None} for h, d in zip(hosts, (a, b), strict=True)]
        onward = len(there) > 1 and not to[0] & to[1]  # *will go to A, and visit B*
        return not headline and (onward or (bool(x and y) and x not in y and y not in x))
    long = any(len(h) > 1 for h in hosts)  # a journey to several states, and one of them
    return (len(there) > 1 and not long) or bool(a.extra.get("tour")) != bool(b.extra.get("tour"))


def another(d: Draft) -> bool:
    """Whether a meeting is called the next or the last one of its series."""
    return d.meeting is not None and bool(d.meeting.value.get("other"))
