"""The arguments of triggers: who did what to whom, before any type is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.claims.about import REACH, meetings_of, texts_of
from communique.claims.clause import Clauses, Group, marker_before
from communique.claims.clause import grammar as clause_grammar
from communique.claims.subjects import PERSONS, elsewhere
from communique.claims.triggers import Trigger, is_relative, relative, rulebook, triggers
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded
from communique.mentions.scan import Sentence
from communique.model import Mention

COMING_FROM = frozenset({"exercise", "session", "adoption", "signing"})
FORCES = ("group", "body", "delegation")
PERSONAL = frozenset({"talks", "ceremony", "call"})


@dataclass(frozen=True, slots=True)
class Frame:
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


def frames(text: str, clauses: Clauses, pack: LanguagePack, sentence: Sentence) -> Iterator[Frame]:
    """Yield a frame for every trigger of the sentence whose arguments can be told."""
    book = rulebook(pack)
    found = triggers(text, clauses, book, sentence, pack)
    if pack.reading.words_apart:
        clauses = replace(clauses, groups=tuple(_parted(text, clauses, found, pack)))
    described = _described(text, clauses, found, pack)
    for t in found:
        yield _frame(text, clauses, t, found, pack, described)


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
    of = () if pack.reading.words_apart else tuple(fold(w, pack.reading) for w in pack.phrases.of)
    out = []
    for g in clauses.groups if of else ():
        kind = g.members[0].kind
        if kind not in ("person", "delegation"):
            continue
        (lo, _), at = clauses.bounds(g.segment), _sent_by(clauses, g)
        if not text.endswith(of, lo, at):
            continue
        before = [x for x in found if lo <= x.start and x.end < at]
        meets = [x for x in before if x.rule.type in PERSONAL]
        inner = [x for x in before if meets and x.start >= meets[0].end and x.rule.type in ("visit", "session")]
        persons = [
            p for p in clauses.groups if meets and meets[0].end <= p.start < at and p.members[0].kind == "person"
        ]
        if inner and kind == "delegation":  # *received [led by B, who came to chair the talks] the delegation*
            leads = clause_grammar(pack).leads
            if len(persons) == 1 and leads and leads.match(text, persons[0].end) and persons[0].end <= inner[0].start:
                out.append((persons[0].end, g.start, replace(persons[0], marker=None)))
        elif inner and not persons:
            between = [x for x in clauses.mentions if meets[0].end <= x.start and x.end <= inner[0].start]
            whole = between and all(x.kind in ("state", "place") for x in between)  # *who came [to A] on a visit*
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
    before = [x for x in found if x.end <= t.start and x.start >= lo and x.rule.type != t.rule.type]
    floor = max((x.end for x in before), default=lo)
    inside = next((d for d in described if d[0] <= t.start < d[1]), None)
    reach = {zone, clauses.zone(t.end - 1)} if pack.reading.words_apart else {zone}  # *during talks [with X]*
    same = [g for g in clauses.groups if g.zone in reach and not any(a <= g.start < b for a, b, _ in described)]
    if inside is not None:
        same = [g for g in clauses.groups if g.zone == zone and inside[0] <= g.start < inside[1]]
    args: dict[str, list[Group]] = {}
    linked = _linked(text, t, pack)
    if linked and not before and not pack.reading.words_apart:  # *visit A and go to B* links two of one type
        before = [x for x in found if lo <= x.start and x.end <= t.start]
        floor = max((x.end for x in before), default=lo)
    coordinated = linked and bool(before)
    if pack.reading.words_apart:
        same = _apart(text, clauses, same, t, (lo, limit, hi), linked and not before, pack)
    for g in same:
        past = coordinated and g.marker is None and floor <= g.start and g.end <= t.start
        if g.segment == seg and not past and not (g.end <= t.start and _unfit(g, t)):
            _place(args, g, t, floor, limit, hi, pack.reading.words_apart)
    _acting(args, text, t, pack)
    if inside is not None:
        args["subject"], hi = [inside[2]], inside[1]
    tied = _tied(text, same, t, pack)
    if tied is not None:
        args = {k: [g for g in v if g is not tied] for k, v in args.items()}
        args["subject"] = [tied]
    if _suffered(text, clauses, t, pack) and args.get("subject"):
        args["object"] = [*args.pop("subject"), *args.get("object", [])]
    inherited = _inherit(args, text, clauses, t, found, pack)
    after = FORCES if t.rule.type == "deployment" else ("person", "delegation")
    following = next(
        (g for g in (() if pack.reading.words_apart else same) if g.start - t.end == 1 and g.members[0].kind in after),
        None,
    )
    mine = args.get("subject", [])
    came = t.rule.type == "visit" and text[t.end : t.end + 1] in pack.phrases.of  # *[who visits B] A*
    taken = came or (bool(mine) and any(mine[0].end <= x.start and x.end <= t.start for x in before))
    taken = taken or bool(following is not None and mine and _sent(text[lo : mine[0].start], mine[0], pack))
    if following is not None and t.rule.roles.get("subject") == _travels(t) and (inherited or taken or not mine):
        args["subject"], inherited = [following], False
        args["object"] = [g for g in args.get("object", []) if g is not following]
    if _told_by_name(args, t, pack).get("between") and (t.rule.type != "visit" or not pack.reading.words_apart):
        inherited = False
        _between(args, t)
    before_lo = clauses.bounds(seg - 1)[0] if is_relative(text, clauses, seg, pack) else lo
    meetings = meetings_of(text, clauses, t, (before_lo, lo, hi), pack)
    of = meetings and text[t.end : meetings[0].start].strip() in pack.phrases.of
    if t.rule.theme and meetings and (meetings[0].end <= t.start or of):
        args.pop("subject", None)
        inherited = False
    _more(_stood_for(args, text, t, pack), same, clauses, t, seg, zone)
    return Frame(
        t,
        {k: tuple(v) for k, v in args.items()},
        meetings,
        *texts_of(text, clauses, t, (before_lo, lo, hi, limit), found, pack),
        inherited,
        floor,
        all(x.start < hi for x in found),
        inside[:2] if inside is not None else None,
    )


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
        between = text[t.end : source.start]
        named = [g for f in ("with", "object") for g in args.get(f, ()) if g.members[0].value.get("country")]
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
        groups = _first_acts(groups, t, lo)
    own = any(t.end <= m.start and m.end < limit for m in clauses.mentions if m.kind != "date")
    if limit < hi and own and _parts(text, t.end, limit, pack):
        groups = [g for g in groups if g.marker is not None or not limit <= g.start < hi]
    return groups


def _first_acts(groups: list[Group], t: Trigger, lo: int) -> list[Group]:
    """The groups without those between the first of a clause and its linked verb: *A thanked B and invited C*."""
    mine = [g for g in groups if lo <= g.start and g.end <= t.start and g.marker is None]
    return [g for g in groups if g not in mine[1:]]


def _parts(text: str, end: int, start: int, pack: LanguagePack) -> bool:
    """Whether a link behind other words leads the next verb: *laid a wreath at A and met B*."""
    words = text[end:start].split()
    return len(words) > 1 and words[-1] in pack.nouns.links


def _inherit(
    args: dict[str, list[Group]], text: str, clauses: Clauses, t: Trigger, found: list[Trigger], pack: LanguagePack
) -> bool:
    """Take who acts from an earlier segment, where the trigger's own names nobody; return whether that was done."""
    seg, zone = clauses.segment(t.start), clauses.zone(t.start)
    passive = "by" in t.rule.roles and "object" in t.rule.roles and not args.get("object")
    made_by = args.get("by") and ("by" in t.rule.roles or not pack.reading.words_apart)
    if args.get("subject") or (made_by and not passive):
        return False
    subject = elsewhere(text, clauses, t, (seg, zone), found, pack)
    if subject is None or _unfit(subject, t):
        return False
    args["subject"] = [subject]
    return True


def _suffered(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a word such as *was* stands right before the trigger, where it is no ending: *A was appointed*."""
    if pack.reading.words_apart or "object" not in t.rule.roles:
        return False
    return marker_before(text, clauses.start, t.start, clause_grammar(pack)) == "by"


def _told_by_name(args: dict[str, list[Group]], t: Trigger, pack: LanguagePack) -> dict[str, list[Group]]:
    """*A and B chaired the talks between the two sides*: those who are named met; *was received by [...] C*: C acts."""
    named = [m for g in args.get("subject", ()) for m in g.members if m.kind == "person"]
    if len(named) > 1 and args.get("between") and args["between"][0].members[0].kind in ("pair", "people"):
        args.pop("between")
    ends = tuple(f" {w}" for w in pack.markers.before.get("by", ())) if pack.reading.words_apart else ()
    if ends and t.words.endswith(ends) and args.get("object") and not args.get("by") and "by" in t.rule.roles:
        args["by"] = args.pop("object")
    return args


def _between(args: dict[str, list[Group]], t: Trigger) -> None:
    """*A meeting between A and B*, *between A with B*: they met, whoever stands before the words."""
    both = args.pop("between")
    first = [] if t.rule.theme else both[:1]
    args["subject"] = first
    args["with"] = [*both[len(first) :], *args.get("with", [])]


def _acting(args: dict[str, list[Group]], text: str, t: Trigger, pack: LanguagePack) -> None:
    """Who acts where no word stands right before the trigger that names him: behind it, or after *of*, or *from*."""
    _inverted(args, text, t, pack)
    _told_of(args, text, t, pack)
    if early := _come_from(args, text, t, pack):
        args["subject"] = early
    if not args.get("subject") and t.rule.type == "visit" and args.get("aboard"):  # *the plane with B aboard arrived*
        args["subject"] = args["aboard"]


def _inverted(args: dict[str, list[Group]], text: str, t: Trigger, pack: LanguagePack) -> None:
    """Who acts may stand behind: *among those who took part were A and B*."""
    behind = [g for f in ("object", "from") for g in args.get(f, []) if g.start >= t.end]
    if pack.markers.inverse is None or args.get("subject") or not behind or "object" in t.rule.roles:
        return
    first = min(behind, key=lambda g: g.start)
    if re.search(f"(?:{pack.markers.inverse})\\Z", text[t.end : first.start]):
        args.pop("object", None)
        args["subject"] = [first]


def _told_of(args: dict[str, list[Group]], text: str, t: Trigger, pack: LanguagePack) -> None:
    """*A welcomed, of B, that he was on a visit*: what stands behind *of* acts, where such words follow the verb."""
    about = [g for g in args.get("to", []) if g.end <= t.start and g.members[0].kind in ("person", "delegation")]
    said = folded(pack.mood.said, pack.reading)
    beside = [g for g in args.get("to", []) if g.end == t.start and g.members[0].kind in ("state", "body", "bloc")]
    if t.rule.theme and not pack.reading.words_apart and beside:  # *spoke highly of [A's holding] the conference*
        args["to"] = [g for g in args["to"] if g is not beside[-1]]
        args["subject"] = beside[-1:]
    if t.rule.type == "visit" and not pack.reading.words_apart and about and text.startswith(said, t.end):
        args["to"] = [g for g in args["to"] if g is not about[-1]]
        args["subject"] = about[-1:]


def _come_from(args: dict[str, list[Group]], text: str, t: Trigger, pack: LanguagePack) -> list[Group]:
    """Whose people act, where nobody else is named: *soldiers from A and B trained together*."""
    early = [g for g in args.get("from", []) if g.end <= t.start]
    if not early or args.get("subject") or t.rule.type not in COMING_FROM:
        return []
    of = folded(pack.phrases.of, pack.reading)
    near = t.start - early[-1].end < 2 * REACH and any(w in text[early[-1].end : t.start] for w in of)
    return early[-1:] if pack.reading.words_apart or near else []


def _tied(text: str, groups: list[Group], t: Trigger, pack: LanguagePack) -> Group | None:
    """The person right before a trigger with nothing but such a word between (*with Minister B now visiting A*)."""
    before = [g for g in groups if g.end <= t.start]
    pattern = relative(pack)
    if not before or pattern is None or before[-1].members[0].kind not in PERSONS:
        return None
    between = text[before[-1].end : t.start].strip()
    if pattern.fullmatch(between):
        return before[-1]
    # *Minister B, who is on a working visit*: where words stand apart, small words may follow.
    near = pack.reading.words_apart and len(between) < REACH and pattern.match(between)
    return before[-1] if near and not any(c in between for c in ",;:()") else None


def _linked(text: str, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a link such as *and* stands right before a trigger: *met B and laid a wreath* is about one subject."""
    if not pack.reading.words_apart:
        return text.endswith(folded(pack.nouns.links, pack.reading), 0, t.start)
    words = text[max(0, t.start - 24) : t.start].replace(",", " ").split()
    small = (folded(pack.mood.held, pack.reading), folded(pack.markers.relative, pack.reading))
    while words and any(words[-1] in some for some in small):
        words.pop()
    return bool(words) and words[-1] in folded(pack.nouns.links, pack.reading)


def _unfit(g: Group, t: Trigger) -> bool:
    """Whether an unmarked group before the trigger is of no kind that may act in its rule."""
    kinds = t.rule.subject_kinds
    return bool(kinds) and g.marker is None and g.members[0].kind not in kinds


def _place(args: dict[str, list[Group]], g: Group, t: Trigger, floor: int, limit: int, hi: int, apart: bool) -> None:
    """Give a group of the trigger's segment its function: by its marker, else by the side it stands on."""
    if t.rule.whither and g.end == t.start and g.members[0].kind == "state":
        args["place"] = [g]
    elif g.end <= t.start:
        if g.marker and not (g.marker == "welcome" and "welcome" not in t.rule.roles):
            args.setdefault(g.marker, []).append(g)
        elif g.start >= floor or not args.get("subject"):
            args["subject"] = [g]
    elif t.start <= g.start < t.end and g.members[0].kind == "pair":
        return  # *hold bilateral talks*: the word says of what kind they are
    elif t.start <= g.start < t.end:
        left = apart and g.marker is None and g.members[0].kind == "state" and t.rule.type == "deployment"
        args.setdefault("from" if left else g.marker or "object", []).append(g)  # *left A for B*
    elif g.start >= t.end and (g.start < limit or not args.get("object")) and g.start < hi:
        # A marker that is the end of the trigger itself is none.
        marked = (g.marker not in (None, "by") or (apart and g.marker == "by")) and g.start - t.end > 0
        args.setdefault(str(g.marker) if marked else "object", []).append(g)


def _more(args: dict[str, list[Group]], same: list[Group], clauses: Clauses, t: Trigger, seg: int, zone: int) -> None:
    """Arguments from elsewhere: who is welcomed in the next segment, whom *A and B* holds, who invited."""
    if "welcome" in t.rule.roles and "welcome" not in args:
        later = [g for g in same if g.segment == seg + 1 and g.marker == "welcome"]
        if later:
            args["welcome"] = later
    if "with" in t.rule.roles and not args.get("with") and not args.get("object") and args.get("subject"):
        first = args["subject"][0]
        if len(first.members) > 1:
            args["subject"] = [Group(first.members[:1], first.marker, first.segment, first.zone)]
            args["with"] = [Group(first.members[1:], "with", first.segment, first.zone)]
    for z in clauses.zones:
        if z.kind == "invite" and zone == -1:
            inside = [g for g in clauses.groups if z.start <= g.start < z.end]
            if inside:
                args["inviter"] = inside[:1]
