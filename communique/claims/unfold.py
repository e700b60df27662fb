"""One clause, several events: one for each party, for each pair in order, or one each way."""

from __future__ import annotations

import re

from communique.claims.draft import Draft, Party, Place
from communique.loader.language import LanguagePack, Rule

BESIDES = {"session": {"talks"}, "decision": {"adoption", "signing"}, "adoption": {"decision"}}
"""What no verb tells beside the others: talks are no session, a text that several adopt no decision of one."""

LEADING = frozenset({"head_of_state", "head_of_government", "party_chief"})
"""Levels of which a state has one each: they do not receive a guest together."""


def unfold(acting: list[tuple[Party, str, str]], rule: Rule, apart: bool) -> list[list[tuple[Party, str]]]:
    """One event for each party of the function that the rule unfolds, if there are several.

    ``apart``: the clause says *each*, *respectively*.
    """
    roles = [(p, r) for p, r, _ in acting]
    if rule.mutual:
        return _mutual(acting, rule) or [roles]
    if apart and rule.apart == "subject":
        return _each_there(acting) or [roles]
    each = (rule.apart if apart else None) or rule.each
    many = [(p, r) for p, r, f in acting if each and f in each.split("|")]
    rest = [x for x in roles if x not in many]
    if apart and (rows := _respectively(acting, rule)):
        return rows
    if len(many) < 2 or (not rest and rule.each != "subject" and not rule.per_state):
        return [roles]
    if rule.per_state and not (apart and rule.apart):
        states = list(dict.fromkeys(p.country for p, _ in many))
        sides = [[x for x in many if x[0].country == c] for c in states]
        sides = [x for side in sides for x in _leaders(side)] if rule.type == "talks" else sides
        return [[*side, *rest] for side in sides]
    return [[*rest, one] for one in many]


def _leaders(side: list[tuple[Party, str]]) -> list[list[tuple[Party, str]]]:
    """Those of one state who are met, each alone where two of them lead it: *met President A, Premier B and C*."""
    return [[x] for x in side] if len({p.level for p, _ in side if p.kind == "person"} & LEADING) > 1 else [side]


def _each_there(acting: list[tuple[Party, str, str]]) -> list[list[tuple[Party, str]]]:
    """Several who each went to one state, or one who went to each of several (*A and B each visited C*)."""
    went = [(p, r) for p, r, f in acting if f == "subject"]
    there = [(p, r) for p, r, f in acting if f != "subject"]
    states = {p.country for p, _ in there if p.kind == "state"}
    if len(states) == len(there) > 1 and len({p.country for p, _ in went}) == 1:
        return [[*went, host] for host in there]
    one = len({p.country for p, _ in there}) == 1 and len({p.country for p, _ in went}) == len(went)
    return [[giver, *there] for giver in went] if one else []


def placed(rows: list[Draft]) -> list[Draft]:
    """Return the visits of one clause, each in the state that is its host (*visited A and B*)."""
    hosts = [next((p.country for p, r in d.roles if r == "host" and p.kind == "state"), None) for d in rows]
    for d, own in zip(rows, hosts, strict=True):
        if d.type == "visit" and own and d.place is not None and d.place.city is None and d.place.country in hosts:
            d.place = Place(own, None)
    return rows


def _mutual(acting: list[tuple[Party, str, str]], rule: Rule) -> list[list[tuple[Party, str]]]:
    """Two who each do it to the other, as two events, each of two or of two states; nothing where it is not two."""
    both = [p for p, _, f in acting if f in ("subject", "with")]
    states = list(dict.fromkeys(p.country for p in both))
    sides = [[p for p in both if p.country == c] for c in states] if len(states) == 2 else [[p] for p in both]
    back = rule.roles.get("to", "recipient")
    if len(sides) != 2:
        return []
    return [[*((p, rule.roles["subject"]) for p in sides[i]), *((p, back) for p in sides[1 - i])] for i in (0, 1)]


def _respectively(acting: list[tuple[Party, str, str]], rule: Rule) -> list[list[tuple[Party, str]]]:
    """Several who each do it: the first to the first who is named, the second to the second.

    The rest do it alone, or to all of them where these are of one state.
    """
    givers = [(p, r) for p, r, f in acting if f == "subject"]
    takers = [(p, r) for p, r, f in acting if rule.apart and f in rule.apart.split("|")]
    if len(givers) < 2 or not takers or len(takers) > len(givers):
        return []
    if len(takers) == 1:  # *A and B each wrote to C*
        return [[giver, takers[0]] for giver in givers]
    rest = takers if len({p.country for p, _ in takers}) == 1 else []
    return [[giver, *(takers[i : i + 1] or rest)] for i, giver in enumerate(givers)]


def as_party(told: str, pack: LanguagePack) -> bool:
    """Whether words say of those who were met that they are of one delegation (*A, B and others of the delegation*)."""
    return pack.markers.as_party is not None and re.search(pack.markers.as_party, told) is not None
