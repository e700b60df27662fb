"""From frames to engagements: roles, status, date, place; lists unfold; stand-ins are resolved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from communique.claims import (
    bracketed,
    calledoff,
    carry,
    lists,
    needs,
    onward,
    organs,
    papers,
    presumed,
    pronouns,
    received,
    recurring,
    respectively,
    rounds,
    settings,
    sites,
    when,
    where,
)
from communique.claims.clause import Clauses, Group
from communique.claims.context import Context
from communique.claims.draft import Draft, Party, Place
from communique.claims.frame import Frame, frames
from communique.claims.functions import in_verb, kind, only_tells
from communique.claims.quoting import quote
from communique.claims.subjects import both_signed
from communique.claims.tellings import again
from communique.claims.tellings.parts import proposed
from communique.claims.triggers import Trigger
from communique.claims.unfold import BESIDES, as_party, placed, unfold
from communique.loader.language import Rule
from communique.mentions.dates import Anchor, DateMention, Resolved
from communique.mentions.fold import folded
from communique.model import Mention

OBJECTS = (("object",), ("object", "to"))
"""The functions that ``object_kinds`` holds for; of a visit, whoever it is paid to as well."""
MEETINGS = frozenset({"meeting", "round", "at"})
BEHIND = 20
"""Letters right behind what an event is told by, in which words for *each of them* still belong to it."""
PERSONAL = frozenset({"talks", "ceremony", "call", "signing"})
BESIDE = {("chair", kind): "chair" for kind in ("session", "adoption", "exercise", "talks")} | {
    ("witness", "signing"): "attendee"
}
"""The role of those whom an aside names: *under the chair of A*, *with A looking on*."""


def drafts(context: Context, anchor: Anchor, known: dict[int, Resolved]) -> tuple[list[Draft], list[tuple[int, int]]]:
    """Return the engagements that a unit tells, and the spans of triggers that gave none; ``known`` are its dates."""
    misses: list[tuple[int, int]] = []
    for i in range(len(context.marked.scan.sentences)):
        clauses = context.clauses(i)
        before = len(context.drafts)
        listed = {"session", context.drafts[-1].type} if lists.unfold(context, clauses, known) else set()
        lists.anniversaries(context, clauses, known)
        done: set[tuple[int, str]] = set()
        for frame in frames(
            context.text, clauses, context.pack, context.marked.scan.sentences[i], partial(_told, done)
        ):
            if frame.trigger.rule.type in listed:
                continue
            held = {kind for start, kind in done if start == frame.trigger.start}
            made = _drafts(context, clauses, frame, anchor, known) if frame.told else []
            made = [d for d in made if d.type not in held and not held & BESIDES.get(d.type, set())]
            if context.pack.reading.words_apart:
                received.travels(context.drafts[before:], made, clauses, frame)
            if made:
                done.add((frame.trigger.start, made[0].type))
                context.drafts += made
            elif calledoff.off_again(context, frame.trigger.rule, i):
                done.add((frame.trigger.start, frame.trigger.rule.type))
            elif not any(start == frame.trigger.start for start, _ in done):
                misses.append((frame.trigger.start, frame.trigger.end))
        lists.further(context, clauses, before, known)
        carry.congratulated(context, before)
        context.drafts[before:] = again.fresh(context, before, proposed(context.drafts[before:], clauses), clauses)
        carry.on(context, before, known, anchor.published)
        _remember(context, clauses)
    context.drafts = again.told_singly(papers.listed(context, known))
    lists.issued(context, anchor.published)
    missed = (m for m in dict.fromkeys(misses) if not any(d.start <= m[0] < d.end for d in context.drafts))
    return context.drafts, list(missed)


def _told(done: set[tuple[int, str]], t: Trigger) -> bool:
    """Whether another rule of the same type has told already what a trigger says; an adoption may tell a session."""
    kind, held = t.rule.type, {kind for start, kind in done if start == t.start}
    return kind != "adoption" and (kind in held or bool(held & BESIDES.get(kind, set())))


def _lies_ahead(context: Context, clauses: Clauses, frame: Frame) -> bool:
    """Whether what a clause tells as done is to come, by its meeting, by who acts or by how the sentence opens."""
    if rounds.to_come(context, frame, frame.trigger.rule) or onward.ahead(context, clauses, frame):
        return True
    return settings.opens_ahead(context.text, clauses, frame.trigger, context.pack)


def _remember(context: Context, clauses: Clauses) -> None:
    """Keep what a later sentence may point back to."""
    standing = ("meeting", "dialogue")
    for m in clauses.mentions:
        if m.kind != "meeting" or m.value["generic"] or context.of_office(m, clauses):
            continue
        if m.value["sort"] or (m.value["known"] and m.value["mkind"] in standing):
            context.past.append(m)
            context.meeting = m
    leads = [*clauses.leaders.values(), *(m for m in clauses.mentions if m.start in clauses.followers)]
    if leads and (led := context.party(leads[0], clauses)):
        context.leader = replace(led[0], leader=True)
    first = next((g for g in clauses.groups if g.marker is None and g.members[0].kind != "he"), None)
    several = context.members(first, clauses) if first is not None else []
    if first is not None and several:
        if len(several) > 1 or several[0].kind == "group":
            context.they = tuple(several)
    context.they = context.just_met(clauses.index) or context.they
    for group in clauses.groups:
        alone = group.marker is None and group.members[0].kind not in ("state", "bloc")
        again = group is first and group.members[0].kind == "person"
        parties = several if again else context.members(group, clauses) if alone else []
        if len(parties) == 1 and (parties[0].kind == "person" or pronouns.officer(parties[0], group, context.pack)):
            context.he = parties[0]
            break


def _status(context: Context, clauses: Clauses, frame: Frame, meeting: Mention | None) -> str | None:
    """The status that the words around a trigger give; None where nothing happened or lies ahead."""
    t = frame.trigger
    plain = context.plain(clauses.index)
    told = settings.status(plain, clauses, t, _actor_end(frame, meeting), frame.floor, context.pack)
    status = presumed.status(told, context.text, plain, clauses, t, context.pack)
    if status in ("held", "planned") and (at := rounds.named_till(frame, meeting)):
        status = settings.called_off(context.text, clauses, at, context.pack) or status
    if status in ("held", "planned"):
        status = calledoff.fell_through(context.text, clauses, t, status, context.pack) or status
    if status == "held" and _lies_ahead(context, clauses, frame):
        return "planned"  # who will be there
    return status


def _drafts(
    context: Context, clauses: Clauses, frame: Frame, anchor: Anchor, known: dict[int, Resolved]
) -> list[Draft]:
    frame = onward.resumed(context, clauses, frame)
    rule, t = frame.trigger.rule, frame.trigger
    meetings = rounds.given(context, clauses, frame, rule) if needs.wants(rule, MEETINGS) else ()
    fresh = bool(meetings) and rule.theme and meetings[0].start >= t.end
    sitting = rounds.sitting(context, frame, meetings[0]) if fresh else None
    meeting = (
        sitting or rounds.named(context, meetings[0], fresh) if meetings else rounds.about(context, clauses, frame)
    )
    nameless = meeting is not None and meeting.value.get("name") == ""  # *the third*, of nothing that was told
    if nameless or not (organs.fits(context, clauses, frame) and needs.held(context, clauses, frame, meetings)):
        return []
    off = calledoff.journey(context, clauses, frame)
    status = off[0] if off else rule.status or _status(context, clauses, frame, meeting)
    if status is None:
        return []
    date_at = off[1] if off else when.named(context, clauses, frame)
    past = date_at is not None and date_at.first.finest in ("month", "year")  # those who meet now did not do it
    acting = _roles(context, clauses, frame, not past and rule.type in PERSONAL)
    if sitting is not None or both_signed(context.text, frame.trigger, frame.args, frame.inherited, context.pack):
        acting = [(p, r, f) for p, r, f in acting if f != "subject"]
    roles = [(p, r) for p, r, _ in acting]
    if rule.need == ["object"] and rule.object_kinds and not roles:  # an object, but none of the kind
        return []
    ahead = date_at is not None and (_at_years_end(date_at) or when.to_come(context, date_at, clauses, frame))
    status = "planned" if status == "held" and ahead else status
    if "parties" in rule.need and (
        len({p.name for p, _ in roles}) < 2 or (context.pack.reading.words_apart and rounds.many(frame, roles))
    ):
        return []
    status, date, date_at = when.happened(context, clauses, frame, meeting, (anchor, known), status, date_at)
    place = None if rule.type in where.NOWHERE else _where(context, clauses, frame)
    if frame.inside and place is not None and place.start < frame.inside[0] and rule.type != "visit":
        place = place if place.end == t.start else None  # *A, who [in B] attends a summit, met C*
    if rule.abroad and _not_abroad(frame, place, {p.country for p, r in roles if r != "host"}):
        return []
    if rule.type == "visit" and when.only_meanwhile(context, clauses, frame, place):
        return []
    start, end = quote(context, clauses, frame, meeting, date_at, place)
    base = Draft(
        rule=rule.id,
        type=rule.type,
        status=status,
        sentence=clauses.index,
        part=clauses.part,
        start=start,
        end=end,
        date=date,
        date_at=date_at,
        place=place,
        mode=settings.mode_of(context.text, clauses, context.pack),
        meeting=meeting,
        instrument=frame.instrument
        if needs.wants(rule, frozenset({"instrument"})) or rule.type in ("signing", "adoption", "decision")
        else None,
        form=next((f for w, f in rule.form.items() if w in context.text[start:end]), None),
    )
    singly = _singly(context, start, end)
    joint = any(w in context.text[start:end] for w in context.pack.markers.as_one) or _in_one_row(context, frame)
    joint = (joint or as_party(context.text[start : end + BEHIND], context.pack)) and not singly
    base.extra = _extra(context, clauses, frame, (start, end), place)
    each = rounds.each(meetings, meeting)
    rows = [
        _with(base, r, m, len(each) > 1) for m in each for r in ([roles] if joint else unfold(acting, rule, singly))
    ]
    for k, row in enumerate(rows if singly and len(rows) > 1 and not context.pack.reading.words_apart else ()):
        row.extra["each"] = k
    out = _there(placed(rows), where.several(context, clauses, frame))
    out = respectively.dated(context, clauses, frame, out, (anchor, known))
    if rule.type in ("signing", "adoption") and base.instrument is not None:
        out += [_text(out[0], m) for m in frame.texts if m is not base.instrument and m.start > base.instrument.start]
    out = bracketed.dated(context, clauses, frame, out, known)
    out = recurring.dated(context, clauses, out, known)
    if rule.type == "adoption" and meeting is not None and meeting.value["ordinal"]:
        out.append(replace(_with(base, list(roles), meeting), type="session", instrument=None))
    return out


def _at_years_end(at: DateMention) -> bool:
    """Whether a date is the end of this year: *late this year*, not *late in March this year*."""
    return at.first.stage == "late" and at.first.year_rel == 0 and at.first.month is None


def _in_one_row(context: Context, frame: Frame) -> bool:
    """Whether all who met stand in one row before the verb, so that they met together: *A, B and C met*."""
    others = frame.args.get("with", ())
    before = bool(others) and all(g.end <= frame.trigger.start for g in others)
    return context.pack.reading.words_apart and frame.trigger.rule.type == "talks" and before


def _singly(context: Context, start: int, end: int) -> bool:
    """Whether words say that something was done to each by itself (*respectively*), in the quote or right behind it."""
    told, pack = context.text[start:end], context.pack
    behind = context.text[end : end + BEHIND].lstrip(" ,") if pack.reading.words_apart else ""
    return any(w in told or behind.startswith(w) for w in pack.markers.apart)


def _extra(
    context: Context, clauses: Clauses, frame: Frame, span: tuple[int, int], place: Place | None
) -> dict[str, Any]:
    """What else a draft notes: how it joins others, the building visited, that it was the first of its kind."""
    rule = frame.trigger.rule
    out: dict[str, Any] = {k: True for k in ("join", "abroad", "back", "way") if getattr(rule, k)}
    out |= {"gone": True} if rounds.gone(context, clauses, frame.trigger) else {}
    if rule.type == "visit" and (site := sites.building(context, clauses, frame)):
        out["site"] = site
    tours = rule.type == "visit" and "site" in rule.roles and not context.pack.reading.words_apart
    first = settings.claimed_first(context.text, *span, context.pack)
    out |= ({"tour": sites.toured(context, frame)} if tours else {}) | ({"claimed_first": True} if first else {})
    if rule.type == "visit" and (legs := sites.legs(context, clauses, frame)):
        out["legs"] = legs
    return out | ({"town": True} if sites.visited(context, clauses, frame, place) else {})


def _where(context: Context, clauses: Clauses, frame: Frame) -> Place | None:
    """The place that the words name; of a visit, rather the one that it goes to than one that no list knows."""
    rule, t = frame.trigger.rule, frame.trigger
    if (whither := sites.whither(context.text, clauses, t, context.pack)) is not None:
        return whither
    at = where.place_of(context.marked, clauses, t, context.pack)
    there = where.place_from(context, clauses, frame, rule)
    known = there is not None and bool(there.country)
    goes = rule.type == "visit" and known and (at is None or not at.country or not context.pack.reading.words_apart)
    goes = goes or (known and sites.left_behind(at, there, t))
    return (there or at) if rule.abroad or goes else (at or there)


def _not_abroad(frame: Frame, place: Place | None, states: set[str | None]) -> bool:
    """Whether a place is not told to be in another state; to a body goes, as a rule, somebody of its own state."""
    bodies = any(g.members[0].kind == "body" for k in ("to", "object") for g in frame.args.get(k, ()))
    return place is None or not place.country or place.country in states or (bodies and states <= {None})


def _there(drafts: list[Draft], places: list[Place]) -> list[Draft]:
    """A draft for each of several states in a list, with the words that name it."""
    out = []
    for draft in drafts if places else ():
        for place in places:
            more = replace(draft, place=place, spans=[(min(draft.start, place.start), max(draft.end, place.end))])
            more.roles = [(p, r) for p, r in draft.roles if r != "beneficiary"]
            more.extra = {**draft.extra, "site": place.country}
            out.append(more)
    return out or drafts


def _text(draft: Draft, m: Mention) -> Draft:
    """One more text that was signed or adopted in the same breath."""
    more = replace(draft, instrument=m, start=m.start, end=m.end, spans=[(m.start, m.end)])
    more.roles, more.extra = list(draft.roles), dict(draft.extra)
    return more


def _with(base: Draft, roles: list[tuple[Party, str]], meeting: Mention | None, listed: bool = False) -> Draft:
    """A draft of its own; the words of one of several meetings reach to its name."""
    own = meeting if listed and meeting is not None else base
    span = (min(base.start, own.start), max(base.end, own.end))
    return base.again(list(roles), meeting, span)


def _actor_end(frame: Frame, meeting: Mention | None) -> int:
    ends = [g.end for g in frame.args.get("subject", ()) if g.end <= frame.trigger.start]
    if not ends and meeting is not None and meeting.end <= frame.trigger.start:
        ends = [meeting.end]
    return max(ends, default=0)


def _roles(context: Context, clauses: Clauses, frame: Frame, personal: bool) -> list[tuple[Party, str, str]]:
    """Who takes part, in which role, by which function of the clause; ``personal`` prefers persons for *both*."""
    out, rule, t = list[tuple[Party, str, str]](), frame.trigger.rule, frame.trigger
    passive, apart = "by" in frame.args and "by" in rule.roles, context.pack.reading.words_apart
    lo, _ = clauses.bounds(clauses.segment(t.start))
    led = context.text[lo : t.start] if apart else _told_of_actor(context, clauses, frame, lo)
    leading = any(w in led for w in context.pack.markers.leading)
    for function, groups in frame.args.items():
        role = rule.roles.get(function)
        if function == "subject" and passive and rule.roles.get("object"):
            role = rule.roles["object"]
        given = rule.type == "aid" and "to" in frame.args  # *the ships were given to A by B*: what is given is nobody
        if role is None or (function == "subject" and passive and apart and (given or role == rule.roles["by"])):
            continue  # *the two states' committee met, chaired by A and B*: only these chaired
        if role == "host" and rule.type == "session" and "with" in frame.args:
            role = "attendee"
        for group in groups:
            if function in OBJECTS[rule.type == "visit"] and not _of_kind(rule, group):
                continue
            teller = function == "subject" and only_tells(context.text, group, t, frame.args, context.pack)
            if teller or in_verb(context.marked.scan.sentences[clauses.index], group, rule, function):
                continue
            for party in context.members(group, clauses, personal):
                if function == "about" and party.kind != "person":
                    continue  # what befell a state is no party to the condolence
                leads = party.leader or (leading and function == "subject" and party.kind == "person")
                mine = "head_of_delegation" if leads and role in ("guest", "attendee", "subject") else role
                if all(p.name != party.name for p, _, _ in out):
                    out.append((party, mine, function))
    out = _own(context, clauses, frame, out)
    congress = rounds.addressed(context, clauses, frame) if "gathering" in rule.roles else None
    if congress is not None:
        out.append((congress, rule.roles["gathering"], "gathering"))
    site = sites.site_of(clauses, frame) if "site" in rule.roles else None
    if site is not None:
        out.append((Party(context.raw[site.start : site.end], None, "group"), rule.roles["site"], "site"))
    for z in clauses.zones:
        role = BESIDE.get((z.kind, rule.type))
        for group in clauses.groups if role else ():
            if z.start <= group.start < z.end:
                out += [
                    (p, str(role), z.kind)
                    for p in context.members(group, clauses)
                    if all(p.name != x.name for x, _, _ in out)
                ]
    return out


def _of_kind(rule: Rule, group: Group) -> bool:
    """Whether a group is of a kind that may be a rule's object."""
    return not rule.object_kinds or kind(group) in rule.object_kinds


def _told_of_actor(context: Context, clauses: Clauses, frame: Frame, lo: int) -> str:
    """The words of a clause up to its verb, without those that only describe whom somebody meets.

    *A held talks with [B, who led a delegation]*, where no blanks stand between words.
    """
    t, text = frame.trigger, context.text
    subject = next((g for g in frame.args.get("subject", ()) if lo <= g.start and g.end <= t.start), None)
    after = [g for g in clauses.groups if subject and subject.end <= g.start and g.end <= t.start]
    of = folded(context.pack.phrases.of, context.pack.reading)
    described = subject is not None and bool(after) and text.endswith(of, subject.end, after[0].start)
    return text[lo : subject.start] if subject and described else text[lo : t.start]


def _own(
    context: Context, clauses: Clauses, frame: Frame, found: list[tuple[Party, str, str]]
) -> list[tuple[Party, str, str]]:
    """The parties with the organ that acts without a name, and with no guest of the host's own state."""
    rule = frame.trigger.rule
    organ = organs.acting(context, clauses, frame) if "organ" in rule.roles else None
    if organ is not None:
        found = [(p, r, f) for p, r, f in found if f != "subject"] + [(organ, rule.roles["organ"], "subject")]
    if not context.pack.reading.words_apart:
        return found
    return [(_abroad(p, r, found), r, f) for p, r, f in found]


def _abroad(party: Party, role: str, all_roles: list[tuple[Party, str, str]]) -> Party:
    """A guest without a state of their own is not of the host's state, whatever the home of the text."""
    hosts = {p.country for p, r, _ in all_roles if r == "host"}
    own = party.kind != "group" or role != "guest" or party.country not in hosts
    return party if own else replace(party, country=None)
