"""Who acts where no unmarked name stands right before a trigger: behind it, after *of*, *from* or *aboard*."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.claims.about import REACH
from communique.claims.clause import Clauses, Group
from communique.claims.clausewords import grammar as clause_grammar
from communique.claims.clausewords import marker_before
from communique.claims.draft import SITTINGS
from communique.claims.triggers import Trigger
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.model import Mention

WITH = 4  # words at most between a comma and those with whom something is done
FORCES = ("group", "body", "delegation")
LOCAL = {"aid": "to", "establishment": "with", "signing": "with", "talks": "with"}
"""By type, the function of those with whom a province or a town does something."""
SMALL = 2  # letters between a name and the word for those with whom (*[also] with*)
COMING_FROM = frozenset({"exercise", "session", "adoption", "signing"})


def acting(args: dict[str, list[Group]], text: str, t: Trigger, pack: LanguagePack) -> None:
    """Who acts where no word stands right before the trigger that names him: behind it, or after *of*, or *from*."""
    _inverted(args, text, t, pack)
    _told_of(args, text, t, pack)
    if early := _come_from(args, text, t, pack):
        args["subject"] = early
    if (
        not args.get("subject") and t.rule.type in ("visit", "deployment") and args.get("aboard")
    ):  # *the plane with B aboard arrived*
        args["subject"] = args["aboard"]


def provinces(
    args: dict[str, list[Group]], text: str, clauses: Clauses, t: Trigger, lo: int, pack: LanguagePack
) -> dict[str, list[Group]]:
    """Return the arguments with provinces and towns that act, where nobody else does: *A province gave boats to B's C*.

    So do those that meet, sign or become partners (*A province with B's C province*). One right behind the verb gets
    (*sent to A*). Only where no blanks stand between words; ``lo``: the clause's begin.
    """
    other = LOCAL.get(t.rule.type)
    if pack.reading.words_apart or other is None:
        return args
    g, places = clause_grammar(pack), [m for m in clauses.mentions if m.kind == "place" and m.value.get("country")]
    faced = tuple(w for w, f in g.markers if f == other)
    days = {m.start: m.end for m in clauses.mentions if m.kind == "date"}
    wide = {m.end: m.start for m in clauses.mentions if m.kind == "state"}
    out = dict(args)
    for m in (m for m in places if lo <= m.start and m.end <= t.start):
        marker = marker_before(text, lo, wide.get(m.start, m.start), g)
        row = _of_place(m, marker, clauses)
        behind = days.get(m.end, m.end)
        facing = any(text.startswith(faced, behind + k) for k in range(SMALL + 1))
        acts = out.get("subject", [])
        if marker is None and facing and not out.get("by") and (not acts or acts[0].start > m.end):
            out |= {"subject": row} | ({other: [*out.get(other, []), *acts]} if acts else {})
        elif marker == other and not out.get("object") and other in t.rule.roles:
            if all(x.start > m.end for x in out.get(other, ())):
                out[other] = [*row, *out.get(other, ())]
    right = next((m for m in places if wide.get(m.start, m.start) == t.end), None)
    gets = t.rule.roles.get("object") == "beneficiary" and not t.rule.place_from  # *arrived in A* names where
    if right is not None and gets and not (out.get("to") or out.get("object")):
        out["object"] = _of_place(right, None, clauses)
    return out


def _of_place(m: Mention, marker: str | None, clauses: Clauses) -> list[Group]:
    """A province or a town as one that acts."""
    who = replace(m, kind="group", value={"country": m.value["country"]})
    return [Group((who,), marker, clauses.segment(m.start), clauses.zone(m.start))]


def led_till(text: str, clauses: Clauses, g: Group, pack: LanguagePack) -> int:
    """Where the words for a group end, with whoever leads it (*the delegation led by B*)."""
    lead, end = clauses.leaders.get(g.members[-1].start), clause_grammar(pack).led_end
    if lead is None or lead.start < g.end or end is None:
        return g.end
    m = end.match(text, lead.end)
    return m.end() if m else lead.end


def _inverted(args: dict[str, list[Group]], text: str, t: Trigger, pack: LanguagePack) -> None:
    """Who acts may stand behind: *among those who took part were A and B*; *those who met A at the airport were B*."""
    behind = [g for f in ("object", "from") for g in args.get(f, []) if g.start >= t.end]
    met = [g for g in args.get("object", []) if t.start < g.start and g.end < t.end]
    if pack.markers.inverse is None or args.get("subject") or not behind or (not met and "object" in t.rule.roles):
        return
    first = min(behind, key=lambda g: g.start)
    if re.search(f"(?:{pack.markers.inverse})\\Z", text[t.start if met else t.end : first.start]):
        args.pop("object", None)
        args |= {"subject": [first]} | ({"object": met} if met else {})


def _told_of(args: dict[str, list[Group]], text: str, t: Trigger, pack: LanguagePack) -> None:
    """*A welcomed, of B, that he was on a visit*: what stands behind *of* acts, where such words follow the verb."""
    about = [g for g in args.get("to", []) if g.end <= t.start and g.members[0].kind in ("person", "delegation")]
    said = folded(pack.mood.said, pack.reading)
    beside = [g for g in args.get("to", []) if g.end == t.start and g.members[0].kind in ("state", "body", "bloc")]
    if t.rule.type == "appointment":  # *congratulated, on his election, B*: who is spoken of takes the office
        beside = [g for g in args.get("to", []) if g.end == t.start and g.members[0].kind in ("person", "he")]
    own = "to" in t.rule.roles and t.rule.type == "appointment"  # *handed in, to A, his resignation*
    if (t.rule.theme or t.rule.type == "appointment") and not pack.reading.words_apart and beside and not own:
        # *spoke highly of [A's holding] the conference*
        args["to"] = [g for g in args["to"] if g is not beside[-1]]
        args["object" if t.rule.roles.get("subject") == "host" and not t.rule.theme else "subject"] = beside[-1:]
    if t.rule.type == "visit" and not pack.reading.words_apart and about and text.startswith(said, t.end):
        args["to"] = [g for g in args["to"] if g is not about[-1]]
        args["subject"] = about[-1:]


def _come_from(args: dict[str, list[Group]], text: str, t: Trigger, pack: LanguagePack) -> list[Group]:
    """Whose people act, where nobody else is named: *soldiers from A and B trained together*."""
    early = [g for g in args.get("from", []) if g.end <= t.start]
    who = args.get("subject", [])[-1:]
    pair = t.rule.type == "talks" and bool(early) and len(early[-1].members) == 2  # *officials from A and B met*
    if early and who and pack.reading.words_apart and (pair or t.rule.type in COMING_FROM):
        plain = len(who[0].members) == 1 and who[0].members[0].kind in FORCES and not who[0].members[0].value["country"]
        return early[-1:] if plain and 0 < early[-1].start - who[0].end < REACH else []
    if not early or who or t.rule.type not in COMING_FROM:
        return []
    of = folded(pack.phrases.of, pack.reading)
    near = t.start - early[-1].end < 2 * REACH and any(w in text[early[-1].end : t.start] for w in of)
    return early[-1:] if pack.reading.words_apart or near else []


def beside(
    args: dict[str, list[Group]], text: str, clauses: Clauses, t: Trigger, at: tuple[int, int], pack: LanguagePack
) -> dict[str, list[Group]]:
    """Return the arguments with who takes part by words behind a comma: *A hosted a drill, with men from B present*.

    ``at``: the segment and the zone of the trigger.
    """
    seg, zone = at
    later = [g for g in clauses.groups if g.segment == seg + 1 and g.zone == zone and g.start > t.end]
    told = t.rule.type in SITTINGS and "with" in t.rule.roles and args.get("subject")
    if not pack.reading.words_apart or not later or not told or args.get("with") or args.get("from"):
        return args
    lo, _ = clauses.bounds(seg + 1)
    words = text[lo : later[0].start].split()
    led = words[:1] and words[0] in pack.markers.before.get("with", ()) and len(words) <= WITH
    if led and later[0].marker in ("with", "from"):
        args["with"] = [replace(later[0], marker="with")]
    return args
