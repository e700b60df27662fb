"""The arguments of triggers: who did what to whom, before any type is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from communique.claims import embedded, functions, presumed, subjects
from communique.claims.about import REACH, meetings_of, meets, texts_of
from communique.claims.acting import FORCES, acting, beside, led_till, provinces
from communique.claims.clause import Clauses, Group
from communique.claims.clausewords import grammar as clause_grammar
from communique.claims.draft import FACED
from communique.claims.subjects import PERSONS, elsewhere, faced, first_acts, parts, told_at, without_source
from communique.claims.telling import set_apart
from communique.claims.triggers import Trigger, is_relative, rank, relative, rulebook, triggers
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded
from communique.mentions.scan import Sentence
from communique.model import Mention

PERSONAL = frozenset({"talks", "ceremony", "call"})
RECEIVED = frozenset({"person", "delegation", "group", "body", "all_members"})
MET = ("with", None)
SPOKEN_OF = ("about", "to", "for", "by")


class Frame(NamedTuple):
    """A trigger with its arguments, by function."""

    trigger: Trigger
    args: dict[str, tuple[Group, ...]]
    meetings: tuple[Mention, ...]
    instrument: Mention | None
    texts: tuple[Mention, ...]
    inherited: bool
    floor: int
    last: bool
    inside: tuple[int, int] | None = None
    told: bool = True


def _meets(t: Trigger) -> bool:
    """Whether nothing can come of a trigger where no meeting is named."""
    return not t.rule.back and "meeting" in t.rule.need


def frames(
    text: str,
    clauses: Clauses,
    pack: LanguagePack,
    sentence: Sentence,
    done: Callable[[Trigger], bool] = lambda t: False,
) -> Iterator[Frame]:
    """Yield a frame for every trigger of the sentence, in their order.

    One of which nothing can come, or that ``done`` says is told already, has no arguments and is not ``told``.
    """
    book = rulebook(pack)
    found = triggers(text, clauses, book, sentence, pack)
    groups = tuple((_parted if pack.reading.words_apart else embedded.parted)(text, clauses, found, pack))
    clauses = clauses if groups == clauses.groups else replace(clauses, groups=groups)
    described = [*_described(text, clauses, found, pack), *embedded.embedded(text, clauses, found, pack)]
    named = any(m.kind == "meeting" for m in clauses.mentions)
    for t in sorted(found, key=lambda t: rank(t, pack.reading.words_apart)):
        bare = (_meets(t) and not named) or done(t)
        yield _bare(t, clauses.start) if bare else _frame(text, clauses, t, found, pack, described)


def _bare(t: Trigger, floor: int) -> Frame:
    return Frame(t, {}, (), None, (), False, floor, True, None, False)


def _parted(text: str, clauses: Clauses, found: list[Trigger], pack: LanguagePack) -> Iterator[Group]:
    """Yield the groups of a sentence, the last of a list parted from it where the next verb is about that one.

    *A wrote to B, and C wrote to D*: the list *B, and C* is none.
    """
    mood = pack.mood
    small = {"", *(w for words in (mood.held, mood.planned, mood.ongoing) for w in folded(words, pack.reading))}
    for g in clauses.groups:
        last = g.members[-1]
        joint = text[g.members[-2].end : last.start] if len(g.members) > 1 else ""
        lo, _ = clauses.bounds(g.segment)
        led = any(lo <= t.start and t.end <= g.start for t in found)
        told = any(0 <= t.start - g.end < REACH and text[g.end : t.start].strip() in small for t in found)
        first = g.members[0]
        if first.kind == "pair" and len(g.members) > 1 and any(t.start <= first.start < t.end for t in found):
            yield replace(g, members=g.members[1:], marker="with")  # *hold talks of both sides with A and B*
        elif "," in joint and led and told and last.kind in PERSONS:
            yield replace(g, members=g.members[:-1])
            yield Group((last,), None, g.segment, g.zone)
        else:
            yield g


def _described(text: str, clauses: Clauses, found: list[Trigger], pack: LanguagePack) -> list[tuple[int, int, Group]]:
    """Clauses that describe the person behind them (*received [who came to chair the talks] the minister B*).

    Each is where it begins and ends and whom it describes: what happens in it, that person does.
    """
    of = () if pack.reading.words_apart else folded(pack.phrases.of, pack.reading)
    out = []
    for g in clauses.groups if of else ():
        kind = g.members[0].kind
        if kind not in RECEIVED:
            continue
        (lo, _), at = clauses.bounds(g.segment), _sent_by(clauses, g)
        lead = clauses.leaders.get(g.start)
        at = min(at, lead.start - 1) if lead and kind == "delegation" else at  # *the one that B leads*
        if not text.endswith(of, lo, at):
            continue
        before = [x for x in found if lo <= x.start and x.end < at]
        meets = [x for x in before if x.rule.type in PERSONAL]
        inner = [x for x in before if meets and x.start >= meets[0].end and x.rule.type in ("visit", "session")]
        persons = [
            p for p in clauses.groups if meets and meets[0].end <= p.start < at and p.members[0].kind == "person"
        ]
        if (
            inner and persons and kind == "delegation"
        ):  # *received [led by B, who came to chair the talks] the delegation*
            leads = clause_grammar(pack).leads
            if len(persons) == 1 and leads and leads.match(text, persons[0].end) and persons[0].end <= inner[0].start:
                out.append((persons[0].end, g.start, replace(persons[0], marker=None)))
        elif inner and not persons:
            between = [x for x in clauses.mentions if meets[0].end <= x.start and x.end <= inner[0].start]
            whole = between and all(x.kind in ("state", "place", "date") for x in between)  # *who came [to A]*
            out.append((meets[0].end if whole else inner[0].start, at, g))
    return out


def _sent_by(clauses: Clauses, g: Group) -> int:
    """Where the words for a group begin, with whoever sent the one that it names (*the president's envoy B*)."""
    rows = (m for m in clauses.mentions if m.kind == "person" and 0 <= g.start - m.end <= 1)
    sender = next(rows, None)
    in_group = any(sender in x.members for x in clauses.groups) if sender else True
    return g.start if sender is None or in_group else sender.start


def _frame(
    text: str,
    clauses: Clauses,
    t: Trigger,
    found: list[Trigger],
    pack: LanguagePack,
    described: list[tuple[int, int, Group]],
) -> Frame:
    seg, zone = clauses.segment(t.start), clauses.zone(t.start)
    lo, hi = clauses.bounds(seg)
    limit = min((x.start for x in found if t.end <= x.start < hi), default=hi)
    # What stands between the words of *paid [...] a visit* is no other verb.
    own = min((x.start for x in found if x.rule is t.rule and x.start < t.start and t.end <= x.end), default=t.start)
    before = [x for x in found if x.end <= own and x.start >= lo and x.rule.type != t.rule.type]
    floor = max((x.end for x in before), default=lo)
    inside = next((d for d in described if d[0] <= t.start < d[1]), None)
    before_lo = clauses.bounds(seg - 1)[0] if is_relative(text, clauses, seg, pack) else lo
    meetings = meetings_of(text, clauses, t, (before_lo, lo, inside[1] if inside else hi), pack)
    if not meetings and _meets(t):
        return _bare(t, floor)
    reach = {zone, clauses.zone(t.end - 1)} if pack.reading.words_apart else {zone}  # *during talks [with X]*
    same = [g for g in clauses.groups if g.zone in reach and not any(a <= g.start < b for a, b, _ in described)]
    if inside is not None:
        same = [g for g in clauses.groups if g.zone == zone and inside[0] <= g.start < inside[1]]
    args: dict[str, list[Group]] = {}
    linked = _linked(text, t, pack)
    if linked and not before and not pack.reading.words_apart:  # *visit A and go to B* links two of one type
        before = [x for x in found if lo <= x.start and x.end <= t.start]
        floor = max((x.end for x in before), default=lo)
    if pack.reading.words_apart:
        same = _apart(
            text, clauses, _own_met(same, t, found, (lo, own), linked), t, (lo, limit, hi), linked and not before, pack
        )
    for g in without_source(text, same, t, pack):
        past = g.marker is None and floor <= g.start and g.end <= t.start and _goes_on(text, t, before, linked, pack)
        if g.segment == seg and not past and not functions.settled(args, text, g, t, pack):
            functions.place(args, g, t, floor, limit, hi, pack.reading.words_apart)
    acting(args := functions.of_its_own(functions.of_noun(args, t, pack.reading.words_apart), t, found), text, t, pack)
    args = provinces(presumed.acting(args, text, clauses, t, same, pack), text, clauses, t, lo, pack)
    if inside is not None:
        args["subject"], hi = [inside[2]], inside[1]
    tied = _tied(text, clauses, same, t, pack)
    if tied is not None:
        args = {k: [g for g in v if g is not tied] for k, v in args.items()}
        args["subject"] = [tied]
    if args.get("subject") and subjects.suffered(text, clauses, t, args["subject"][0], "object" in args, pack):
        args["object"] = [*args.pop("subject"), *args.get("object", [])]
    inherited = _inherit(args, text, clauses, t, found, pack)
    following = _following(text, clauses, (lo, hi), same, t, found, pack)
    if following is not None and t.rule.roles.get("subject") == _travels(t):
        mine = args.get("subject")
        taken = mine and any(mine[0].end <= x.start and x.end <= t.start for x in before)
        taken = taken or (mine and _sent(text[lo : mine[0].start], mine[0], pack)) or t.rule.type == "visit"
        if inherited or taken or not mine:
            args["subject"], inherited = [following], False
            args["object"] = [g for g in args.get("object", []) if g is not following]
    if _told_by_name(args, t, pack).get("between") and (t.rule.type != "visit" or not pack.reading.words_apart):
        inherited = False
        functions.between(args, t)
    if meetings and meets(text, t, meetings[0], inherited, pack):
        args.pop("subject", None)
        inherited = False
    functions.more(
        _stood_for(beside(args, text, clauses, t, (seg, zone), pack), text, t, pack), text, same, clauses, t, seg, zone
    )
    return Frame(
        t,
        {k: tuple(v) for k, v in args.items()},
        meetings,
        *texts_of(text, clauses, t, (before_lo, lo, hi, limit), found, pack),
        inherited,
        floor,
        all(x.start < hi or (t.rule.type in FACED and _idle(clauses, x, pack)) for x in found),
        inside[:2] if inside is not None else None,
    )


def _own_met(same: list[Group], t: Trigger, found: list[Trigger], edges: tuple[int, int], linked: bool) -> list[Group]:
    """The groups without those of a verb of meeting before a linked one that has its own: *spoke with B and met C*.

    ``edges`` are where the segment and the linked verb begin.
    """
    before = [x.end for x in found if x.rule.type in FACED and edges[0] <= x.start and x.end <= edges[1]]
    if not linked or t.rule.type not in FACED or not before:
        return same
    behind = {g.segment for g in same if g.start >= t.end}
    return [g for g in same if g.marker not in MET or g.segment not in behind or not min(before) <= g.start < edges[1]]


def _idle(clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a trigger tells nothing, as it needs a meeting and its sentence names none behind it."""
    named = any(m.kind == "meeting" and m.end > t.start for m in clauses.mentions)
    return pack.reading.words_apart and "meeting" in t.rule.need and not named


def _following(
    text: str,
    clauses: Clauses,
    edges: tuple[int, int],
    same: list[Group],
    t: Trigger,
    found: list[Trigger],
    pack: LanguagePack,
) -> Group | None:
    """Who is described by a trigger right before them: *[visiting A] the minister B*, *[coming] to visit A*."""
    row = [t, *(x for x in found if x.rule.type == t.rule.type == "visit" and 0 <= x.start - t.end <= 1)]
    kinds = FORCES if t.rule.type == "deployment" else ("person", "delegation")
    of = folded(pack.phrases.of, pack.reading)
    for g in () if pack.reading.words_apart else same:
        tied = t.rule.type not in ("visit", "talks") or text.endswith(of, edges[0], _sent_by(clauses, g))
        if g.members[0].kind in kinds and any(_behind(text, clauses, x, g) for x in row) and tied:
            return g
    return None


def _behind(text: str, clauses: Clauses, t: Trigger, g: Group) -> bool:
    """Whether a group stands right behind a trigger, one letter or the state that is its object between."""
    if g.start - t.end == 1:
        return True
    there = [m for m in clauses.mentions if t.end <= m.start and m.end <= g.start]
    near = bool(there) and all(m.kind in ("state", "place") for m in there) and t.rule.type == "visit"
    return near and there[0].start - t.end <= 1 and there[-1].end == g.start - 1 and text[g.start - 1].isalpha()


def _sent(words: str, mine: Group, pack: LanguagePack) -> bool:
    """Whether words before a delegation say that whoever is named later led it (*B, who led one on a visit to A*)."""
    leads = clause_grammar(pack).leads
    led = leads.finditer(words) if leads and mine.members[0].kind == "delegation" else ()
    return any(m.start() < m.end() == len(words) for m in led)


def _stood_for(args: dict[str, list[Group]], text: str, t: Trigger, pack: LanguagePack) -> dict[str, list[Group]]:
    """People of whom a list right behind says whence they are: *with his counterparts from A, B and C*."""
    if not pack.reading.words_apart or "with" not in t.rule.roles or pack.persons is None:
        return args
    facing = [fold(w, pack.reading) for w in pack.persons.facing]
    for source in args.get("from", ()):
        for f in ("with", "object", "present"):  # *met leaders from A, B and C*
            rows = args.get(f, [])
            plain = [g for g in rows if g.members[0].kind in FORCES and not g.members[-1].value.get("country")]
            if any(0 < source.start - g.end < REACH for g in plain[-1:]):
                args[f] = [replace(source, marker="with") if g is plain[-1] else g for g in rows]
        between = text[t.end : source.start]
        named = [g for f in ("with", "object", "present") for g in args.get(f, ()) if g.members[0].value.get("country")]
        if not named and len(between) < 3 * REACH and any(f" {w}" in between for w in facing):
            args["with"] = [replace(source, marker="with")]
            args.pop("object", None)
    return args


def _travels(t: Trigger) -> str:
    """The role of who goes somewhere, in a rule of this type."""
    return "subject" if t.rule.type == "deployment" else "guest"


def _apart(
    text: str,
    clauses: Clauses,
    groups: list[Group],
    t: Trigger,
    edges: tuple[int, int, int],
    first: bool,
    pack: LanguagePack,
) -> list[Group]:
    """The groups that a trigger among other verbs may take; ``edges``: its segment's, the next trigger between.

    With ``first`` a link stands before it: who begins the clause acts.
    """
    lo, limit, hi = edges
    if first:
        groups = first_acts(groups, t, lo)
    own = any(t.end <= m.start and m.end < limit for m in clauses.mentions if m.kind != "date")
    said = told_at(text, t.end, hi, pack)
    groups = [g for g in groups if g.start < said or g.marker is not None]  # *spoke with B and said A stood by him*
    if limit < hi and own and parts(text, t.end, limit, pack):
        groups = [g for g in groups if g.marker is not None or not limit <= g.start < hi]
    return groups


def _inherit(
    args: dict[str, list[Group]], text: str, clauses: Clauses, t: Trigger, found: list[Trigger], pack: LanguagePack
) -> bool:
    """Take who acts from an earlier segment, where the trigger's own names nobody; return whether that was done."""
    seg, zone = clauses.segment(t.start), clauses.zone(t.start)
    passive = "by" in t.rule.roles and "object" in t.rule.roles and not args.get("object")
    made_by = args.get("by") and ("by" in t.rule.roles or not pack.reading.words_apart)
    if args.get("subject") or (made_by and not passive) or set_apart(text, clauses, t, pack):
        functions.parted(args, text, clauses, t, found, pack)
        return False
    subject = elsewhere(text, clauses, t, (seg, zone), found, pack)
    if subject is None or functions.unfit(subject, t):
        return False
    args["subject"] = [functions.alone(subject, text, args, pack)]
    functions.parted(args, text, clauses, t, found, pack)
    if "object" in t.rule.roles and not {"with", "object", "to"} & set(args):
        if met := faced(clauses, subject, t, pack):
            args["object"] = met
    return True


def _told_by_name(args: dict[str, list[Group]], t: Trigger, pack: LanguagePack) -> dict[str, list[Group]]:
    """*A and B chaired the talks between the two sides*: those who are named met; *was received by [...] C*: C acts."""
    named = [m for g in args.get("subject", ()) for m in g.members if m.kind == "person"]
    if len(named) > 1 and args.get("between") and args["between"][0].members[0].kind in ("pair", "people"):
        args.pop("between")
    led = [m for g in args.get("by", ()) for m in g.members if m.kind == "person"]
    if pack.reading.words_apart and t.rule.type == "session" and max(len(named), len(led)) > 1:
        args.pop("between", None)  # *A and B chaired the dialogue between [their states]*
    ends = tuple(f" {w}" for w in pack.markers.before.get("by", ())) if pack.reading.words_apart else ()
    if ends and t.words.endswith(ends) and args.get("object") and not args.get("by") and "by" in t.rule.roles:
        args["by"] = args.pop("object")
    return args


def _tied(text: str, clauses: Clauses, groups: list[Group], t: Trigger, pack: LanguagePack) -> Group | None:
    """The person right before a trigger with nothing but such a word between (*with Minister B now visiting A*)."""
    before = [g for g in groups if g.end <= t.start]
    pattern = relative(pack)
    if not before or before[-1].members[0].kind not in PERSONS:
        return None
    own = t.rule.roles.get("subject") == "subject" and before[-1].marker in {*SPOKEN_OF} - {*t.rule.roles}
    if not pack.reading.words_apart and t.rule.type == "appointment" and own and before[-1].end == t.start:
        return before[-1]  # *on B's being elected, A sent*
    if pattern is None or t.rule.roles.get("subject") == "host":  # *the ceremony for B, who is there, is held*
        return None
    between = text[led_till(text, clauses, before[-1], pack) : t.start].strip()
    come = not between and pack.nouns.right and t.rule.type == "visit" and len(before) > 1  # *welcomed B come to A*
    if come or pattern.fullmatch(between):
        return before[-1]
    # *Minister B, who is on a working visit*: where words stand apart, small words may follow.
    near = pack.reading.words_apart and len(between) < REACH and pattern.match(between)
    return before[-1] if near and not any(c in between for c in ",;:()") else None


def _goes_on(text: str, t: Trigger, before: list[Trigger], linked: bool, pack: LanguagePack) -> bool:
    """Whether a verb goes on from the one before: by a link, or as what a journey is for (*visited A to attend*)."""
    if linked or not before:
        return bool(before)
    for_it = pack.reading.words_apart and text.endswith(tuple(f" {w} " for w in pack.mood.purpose), 0, t.start)
    return for_it and max(before, key=lambda x: x.end).rule.type == "visit"


def _linked(text: str, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a link such as *and* stands right before a trigger: *met B and laid a wreath* is about one subject."""
    if not pack.reading.words_apart:
        return text.endswith(folded(pack.nouns.links, pack.reading), 0, t.start)
    words = text[max(0, t.start - 24) : t.start].replace(",", " ").split()
    small = (folded(pack.mood.held, pack.reading), folded(pack.markers.relative, pack.reading))
    while words and any(words[-1] in some for some in small):
        words.pop()
    return bool(words) and words[-1] in folded(pack.nouns.links, pack.reading)
