"""What a visit went to: a town as such, a school, a centre or a unit; and what it had left."""

from __future__ import annotations

import re

from communique.claims.clause import Clauses
from communique.claims.clausewords import grammar as clause_grammar
from communique.claims.clausewords import marker_before
from communique.claims.context import Context
from communique.claims.draft import Place
from communique.claims.frame import Frame
from communique.claims.triggers import Trigger
from communique.claims.where import NEAR
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.model import Mention


def visited(context: Context, clauses: Clauses, frame: Frame, place: Place | None) -> bool:
    """Whether a place is what the words say was visited, as a town: right behind the verb, or what one goes to."""
    rule = frame.trigger.rule
    if place is None or place.city is None or rule.type != "visit" or rule.join or "object" not in rule.roles:
        return False  # *went to A* says nothing of who received them
    g = clause_grammar(context.pack)
    behind = frame.trigger.start < place.start <= frame.trigger.end + NEAR
    gone = place.start < frame.trigger.start and not context.pack.reading.words_apart
    gone = gone and marker_before(context.text, clauses.start, place.start, g) == "to"
    return (behind or gone) and not frame.args.get("at")


def site_of(clauses: Clauses, frame: Frame) -> Mention | None:
    """Return a centre or an exhibition behind the trigger, as a place that one visits."""
    _, hi = clauses.bounds(clauses.segment(frame.trigger.start))
    rows = [m for m in clauses.mentions if m.kind == "meeting" and m.value["mkind"] in ("centre", "organisation")]
    return next((m for m in rows if frame.trigger.end <= m.start < hi), None)


def toured(context: Context, frame: Frame) -> str:
    """What a tour went to, in its own words; a blank where they name nothing."""
    named = [m for f in ("object", "to", "at") for g in frame.args.get(f, ()) for m in g.members]
    return context.text[named[0].start : named[0].end] if named else " "


def building(context: Context, clauses: Clauses, frame: Frame) -> str | None:
    """Return the school, centre or unit that one visits within a country, where the words name no state or town."""
    if not context.pack.reading.words_apart:
        return None
    grounds = _grounds(context.pack)
    named = grounds.match(context.text, frame.trigger.end) if grounds is not None else None
    if named is not None or {"to", "at"} & set(frame.args):
        return named.group().strip() if named is not None else None
    objects = [m for g in frame.args.get("object", ()) for m in g.members]
    site = site_of(clauses, frame) or next((m for m in objects if m.kind == "body" and len(objects) == 1), None)
    near = site is not None and frame.trigger.end <= site.start < frame.trigger.end + 8
    return context.text[site.start : site.end] if site is not None and near else None


@kept
def _grounds(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words for houses or units without a name (*various military establishments*)."""
    return re.compile(rf"\s(?:{pack.markers.grounds})(?!\w)") if pack.markers.grounds else None


def whither(text: str, clauses: Clauses, t: Trigger, pack: LanguagePack) -> Place | None:
    """The state that stands right before the word for a visit, where words stand apart: *the B visit by A*."""
    noun = t.rule.type == "visit" and pack.reading.words_apart and t.words.startswith(_visit(pack))
    rows = clauses.mentions if noun else ()
    state = next((m for m in rows if m.kind == "state" and text[m.end : t.start] == " "), None)
    return Place(str(state.value["country"]), None, state.start, state.end) if state is not None else None


@kept
def _visit(pack: LanguagePack) -> tuple[str, ...]:
    """The nouns for a visit before which the state stands to which it goes."""
    return tuple(f"{fold(w, pack.reading)} " for w in pack.markers.stays)


def left_behind(at: Place | None, there: Place | None, t: Trigger) -> bool:
    """Whether a place stands before a visit to another state, and is none of it: *came to X after a visit to B*."""
    before = at is not None and t.rule.type == "visit" and at.end <= t.start
    return before and at is not None and there is not None and at.country != there.country


def legs(context: Context, clauses: Clauses, frame: Frame) -> list[str]:
    """The states of a list to which one of none of them goes, where the words for the journey make no host of any."""
    kinds = frame.trigger.rule.object_kinds
    groups = [g for f in ("object", "to") for g in frame.args.get(f, ()) if len(g.members) > 1]
    lists = [g for g in groups if all(m.kind == "state" for m in g.members)]
    states = [m.value["country"] for m in lists[0].members] if kinds and "state" not in kinds and lists else []
    own = {p.country for g in frame.args.get("subject", ()) for p in context.members(g, clauses)}
    return states if own.isdisjoint(states) else []
