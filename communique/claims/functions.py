"""Which group of a clause takes which function of a trigger: by its marker, or by the side on which it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from communique.claims.clause import Clauses, Group
from communique.claims.clausewords import grammar
from communique.claims.draft import FACED
from communique.claims.triggers import Trigger
from communique.loader.kept import kept
from communique.loader.language import LanguagePack, Rule
from communique.mentions.fold import folded
from communique.mentions.scan import Sentence

TRAVEL = frozenset({"person", "delegation", "group", "he", "they"})
GATHERED = frozenset({"session", "exercise"})
LED = 6
"""Letters before a group in which a word stands for what something is done to."""
PRESENT = 36
"""Letters from a comma to those who, by the words behind it, take part (*, with the participation of*)."""
NEAR = 5
"""Letters between a noun that ends in a marker and whom it marks (*the*)."""


def _names_some(groups: list[Group]) -> bool:
    """Whether groups name somebody, rather than point back to two who were named."""
    return bool(groups) and groups[0].members[0].kind not in ("pair", "people")


def between(args: dict[str, list[Group]], t: Trigger) -> None:
    """*A meeting between A and B*, *between A with B*: they met, whoever stands before the words."""
    both = args.pop("between")
    mine = [g for g in args.get("subject", []) if g.end <= t.start and g.members[0].kind not in ("pair", "people")]
    if mine and t.rule.roles.get("subject") in ("host", "proposer") and _names_some(both):
        args["with"] = [*both, *args.get("with", [])]  # *A hosted talks between B and C*
        return
    first = [] if t.rule.theme else both[:1]
    args["subject"] = first
    args["with"] = [*both[len(first) :], *args.get("with", [])]


def place(args: dict[str, list[Group]], g: Group, t: Trigger, floor: int, limit: int, hi: int, apart: bool) -> None:
    """Give a group of the trigger's segment its function: by its marker, else by the side it stands on."""
    if t.rule.whither and g.end == t.start and g.members[0].kind == "state":
        args["place"] = [g]
    elif g.end <= t.start:
        if apart and g.marker == "of" and t.rule.type == "talks" and args.get("subject"):
            return  # *A went to the capital [of B] and held talks with C*
        if g.marker and not (g.marker == "welcome" and "welcome" not in t.rule.roles):
            args.setdefault(g.marker, []).append(g)
        elif g.start >= floor or not args.get("subject"):
            args["subject"] = [g]
    elif t.start <= g.start < t.end and g.members[0].kind == "pair":
        return  # *hold bilateral talks*: the word says of what kind they are
    elif t.start <= g.start < t.end:
        left = apart and g.marker is None and g.members[0].kind == "state" and t.rule.type == "deployment"
        glued = g.marker == "by" and not apart and g.start - t.start < 3  # the end of the trigger's first word
        args.setdefault("from" if left else "object" if glued else g.marker or "object", []).append(g)  # *left A for B*
    elif apart and args.get("with") and g.start >= limit and g.marker is None and g.members[0].kind == "state":
        return  # *had talks with B, who visits [A]*
    elif apart and g.marker == "by" and g.start >= limit and args.get("subject") and (args.keys() & {"with", "object"}):
        return  # *A had talks with B and was received [by C]*
    elif apart and limit <= g.start and g.marker == "by" and args.get("subject") and t.rule.type == "ceremony":
        return  # *A laid a wreath and was received [by B]*
    elif (
        apart
        and limit <= g.start
        and t.rule.type == "visit"
        and (g.marker in ("by", "of") or (g.marker == "to" and "to" in args))
    ):
        return  # *arrived in A and was received [by B]*; *visited A before the trip [of B] [to C]*
    elif not apart and limit <= g.start and t.rule.type in FACED and _two(args):
        return  # *A and B held talks and received [C]*
    elif g.start >= t.end and (g.start < limit or not args.get("object")) and g.start < hi:
        # A marker that is the end of the trigger itself is none.
        marked = (g.marker not in (None, "by") or (apart and g.marker == "by")) and g.start - t.end > 0
        args.setdefault(str(g.marker) if marked else "object", []).append(g)


def _two(args: dict[str, list[Group]]) -> bool:
    """Whether two persons act, who may face each other."""
    return any(len(g.members) > 1 and g.members[0].kind == "person" for g in args.get("subject", ()))


def of_noun(args: dict[str, list[Group]], t: Trigger, apart: bool) -> dict[str, list[Group]]:
    """The arguments of a noun for a journey whose words say who makes it: nobody before it (*the [trip of] B to C*)."""
    if t.rule.type != "visit" or not apart or t.rule.roles.get("from") != "guest":
        return args
    sent = [g for g in args.pop("from", []) if g.end <= t.start and g.members[0].kind == "body"]
    args |= {"from": sent} if sent else {}  # *a ship [from A's navy] arrived*
    behind = [g for g in args.get("to", []) if g.start >= t.start]
    args = {**args, "to": behind} if behind else args  # *visited A, and made a visit [to B]*
    whose = (g for f in ("of", "by") for g in args.get(f, []) if 0 <= g.start - t.end <= NEAR)
    if not any(g.members[0].kind in TRAVEL for g in whose):
        return args
    kept = {k: [g for g in v if g.start >= t.start] for k, v in args.items()}
    return {k: v for k, v in kept.items() if v}


@kept
def _done_to(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words right before what something is done to."""
    return re.compile(rf"(?:{pack.markers.done_to})\Z") if pack.markers.done_to else None


def settled(args: dict[str, list[Group]], text: str, g: Group, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a group before the trigger is not to act: it is of no such kind, or what something is done to.

    *A [hands boats] to B*, where the object stands before the verb behind a word of its own: somebody before it acts.
    """
    if g.end > t.start:
        return False
    one = len(g.members) == 1 and g.members[0].kind not in ("pair", "people")  # *raised [their ties]* names both
    words, before = _done_to(pack) if t.rule.ba and one else None, text[max(0, g.start - LED) : g.start]
    led = words.search(before) if words else None
    if led and (args.get("subject") or before[: led.start()].endswith(tuple(pack.markers.cuts))):
        if t.rule.roles.get("object") == "subject":
            args.setdefault("object", []).append(g)
        return True
    return unfit(g, t)


def alone(g: Group, text: str, args: dict[str, list[Group]], pack: LanguagePack, words: Sequence[str] = ()) -> Group:
    """Who goes on acting with somebody else: *A signed X with B, and Y with C* leaves A, where no blanks part words.

    ``words`` may stand between the two, beside those of the pack for whom one does something with.
    """
    if pack.reading.words_apart or not (args.get("with") or words) or len(g.members) != 2:
        return g
    joint = text[g.members[0].end : g.members[1].start]
    return replace(g, members=g.members[:1]) if joint in folded((*pack.markers.partner, *words), pack.reading) else g


def parted(
    args: dict[str, list[Group]], text: str, clauses: Clauses, t: Trigger, found: list[Trigger], pack: LanguagePack
) -> None:
    """Leave the first of two who faced each other to face the next: *A held talks with B, and received C*."""
    mine = args.get("subject", ())
    if pack.reading.words_apart or t.rule.type not in FACED or not mine or not {"with", "object"} & set(args):
        return
    seg, end = mine[0].segment, mine[0].end
    met = (x for x in found if x.rule.type in FACED and "with" in x.rule.roles and clauses.segment(x.start) == seg)
    if any(end <= x.start and x.end <= t.start for x in met):
        args["subject"] = [alone(mine[0], text, args, pack, pack.markers.before.get("with", ())), *mine[1:]]


def unfit(g: Group, t: Trigger) -> bool:
    """Whether an unmarked group before the trigger is of no kind that may act in its rule."""
    kinds = t.rule.subject_kinds
    return bool(kinds) and g.marker is None and kind(g) not in kinds


def kind(g: Group) -> str:
    """What a group is: of several states' people that of the last, where the first are states (*A and B soldiers*)."""
    first, last = g.members[0], g.members[-1]
    return last.kind if first.kind == "state" and last.kind == "group" else first.kind


def _row(text: str, g: Group) -> bool:
    """Whether a group is a list of three or more, none of whom stands against the rest: *A, B and C met*."""
    a, b = g.members[:2]
    return len(g.members) > 2 and not any(c.isalpha() for c in text[a.end : b.start])


def more(
    args: dict[str, list[Group]], text: str, same: list[Group], clauses: Clauses, t: Trigger, seg: int, zone: int
) -> None:
    """Arguments from elsewhere: who is welcomed in the next segment, whom *A and B* holds, who invited."""
    if "welcome" in t.rule.roles and "welcome" not in args:
        later = [g for g in same if g.segment == seg + 1 and g.marker == "welcome"]
        if later:
            args["welcome"] = later
    if "present" in t.rule.roles and t.rule.type in GATHERED and not args.get("present"):
        lo, _ = clauses.bounds(seg + 1) if seg < len(clauses.cuts) else (clauses.end, 0)
        later = [g for g in same if g.segment == seg + 1 and g.marker == "present" and g.start - lo <= PRESENT]
        args |= {"present": later[:1]} if later else {}  # *was held in A, with the participation of B and C*
    if "with" in t.rule.roles and not args.get("with") and not args.get("object") and args.get("subject"):
        first = args["subject"][0]
        if len(first.members) > 1 and not (t.rule.each == "with" and _row(text, first)):
            args["subject"] = [Group(first.members[:1], first.marker, first.segment, first.zone)]
            args["with"] = [Group(first.members[1:], "with", first.segment, first.zone)]
    for z in clauses.zones:
        if z.kind == "invite" and zone == -1:
            inside = [g for g in clauses.groups if z.start <= g.start < z.end]
            if inside:
                args["inviter"] = inside[:1]


def in_verb(sentence: Sentence, group: Group, rule: Rule, function: str) -> bool:
    """Whether a state is a letter of the verb for going there, so that it hosts nobody; *to A* apart from it does."""
    if rule.type != "visit" or function == "subject":
        return False
    state = group.members[0]
    i = sentence.token_at(state.start - 1)
    to = i >= 0 and sentence.tokens[i].tag == "preposition"
    return state.end - state.start == 1 and (function == "object" or not to)


def of_its_own(args: dict[str, list[Group]], t: Trigger, found: list[Trigger]) -> dict[str, list[Group]]:
    """Return the arguments of a noun without those of nouns of its kind beside it (*the visit of A and that of B*)."""
    if "of" not in t.rule.need:
        return args
    end = min((x.start for x in found if x.rule is t.rule and x.start >= t.end), default=None)
    return {
        k: [g for g in v if t.start <= g.start and (end is None or g.start < end)] if k in ("of", "to", "object") else v
        for k, v in args.items()
    }


def only_tells(text: str, group: Group, t: Trigger, args: Collection[str], pack: LanguagePack) -> bool:
    """Whether who stands before a noun for a journey only tells of it: *A said the visit of B will last a week*."""
    tells = grammar(pack).tells if t.rule.type == "visit" and {"of", "by"} & set(args) else None
    return tells is not None and group.end <= t.start and bool(tells.match(text, group.end, t.start))
