"""What a rule needs that its clause must hold: parties, a meeting, a text, a day, a place."""

from __future__ import annotations

from functools import lru_cache

from communique.claims import dating, organs, rounds, sites, where
from communique.claims.clause import Clauses
from communique.claims.context import Context
from communique.claims.frame import Frame
from communique.claims.subjects import RITES
from communique.loader.language import Rule
from communique.mentions.fold import fold
from communique.model import Mention

NAMED = frozenset({"state", "bloc", "group", "body", "delegation"})
"""Mentions that stand for somebody whatever was told before."""


def _told(context: Context, clauses: Clauses, frame: Frame) -> bool | None:
    """Whether the unit told of such an event before, or of whom it may be for: of who took an office."""
    return any(d.type in (frame.trigger.rule.type, "appointment") for d in context.drafts) or None


FINDS = {"organ": organs.acting, "gathering": rounds.addressed, "told": _told}


def wants(rule: Rule, kinds: frozenset[str]) -> bool:
    """Return whether one of these is among what a rule needs."""
    return not kinds.isdisjoint(_options(tuple(rule.need)))


@lru_cache(maxsize=1024)
def _options(need: tuple[str, ...]) -> frozenset[str]:
    return frozenset(option for one in need for option in one.split("|"))


def held(context: Context, clauses: Clauses, frame: Frame, meetings: tuple[Mention, ...]) -> bool:
    """Return whether the clause holds what the rule needs; ``a|b`` are alternatives."""
    for need in frame.trigger.rule.need:
        options = need.split("|")
        if need == "parties":
            continue
        if need == "date":
            if dating.date_of(context.text, clauses, frame.trigger, context.pack) is None:
                return False
            continue
        ok = False
        for option in options:
            if option in FINDS:
                ok = ok or FINDS[option](context, clauses, frame) is not None
            if option == "site":
                ok = ok or sites.site_of(clauses, frame) is not None
            if option == "place":
                ok = ok or where.whereto(clauses, frame, context) is not None
            if option == "meeting":
                ok = ok or (bool(meetings) and not _told_as_later(context, clauses, frame, meetings))
            elif option == "round":
                ok = ok or any(m.value["ordinal"] and 0 <= frame.trigger.start - m.end <= 2 for m in meetings)
            elif option == "at" and not context.pack.reading.words_apart:
                ok = ok or any(m.end == frame.trigger.start for m in meetings)
            elif option == "instrument":
                text = frame.instrument
                ok = ok or (
                    text is not None
                    and (
                        text.value["quoted"]
                        or _between_states(context, clauses, frame)
                        or _again(context, clauses, frame, text)
                        or (context.pack.reading.words_apart and text.value["name"][0].isupper())
                        or fold(text.value["name"], context.pack.reading) not in context.pack.phrases.plain_texts
                    )
                )
            elif option in frame.args:
                kinds = (
                    frame.trigger.rule.object_kinds if option == "object" and context.pack.reading.words_apart else ()
                )
                fits = (g for g in frame.args[option] if not kinds or g.members[0].kind in kinds)
                ok = ok or any(g.members[0].kind in NAMED or context.members(g, clauses) for g in fits)
        several = not ok and "with" in options
        if several and sum(len(context.members(g, clauses)) for g in frame.args.get("subject", ())) > 1:
            continue
        if not ok:
            return False
    return True


def _again(context: Context, clauses: Clauses, frame: Frame, text: Mention) -> bool:
    """Whether it is told where a text that was told of is signed, and on which day: *the accord was signed there*."""
    if not context.pack.reading.words_apart or frame.trigger.rule.type != "signing":
        return False
    words = set(context.text[clauses.start : text.start].split())
    kinds = {m.kind for m in clauses.mentions if m.start >= frame.trigger.end}
    known = {*context.pack.nouns.articles, *frame.trigger.words.split()}
    return bool(words) and words <= known and {"date", "place"} <= kinds


def _told_as_later(context: Context, clauses: Clauses, frame: Frame, meetings: tuple[Mention, ...]) -> bool:
    """Whether a ceremony without a name only says when something else was: *before the ceremony was held, A met B*."""
    zone = clauses.zone(frame.trigger.start)
    if context.pack.reading.words_apart or zone < 0 or clauses.zones[zone].kind != "before":
        return False
    return frame.trigger.rule.type in RITES and not frame.args and all(m.value["generic"] for m in meetings)


def _between_states(context: Context, clauses: Clauses, frame: Frame) -> bool:
    """Whether two states sign, so that even a text without a name of its own is one (*A and B signed an agreement*)."""
    if frame.trigger.rule.type != "signing" or not context.pack.reading.words_apart or frame.inherited:
        return False
    groups = [g for f in ("subject", "by", "with") for g in frame.args.get(f, ())]
    named = [m for g in groups for m in g.members if m.kind in ("state", "person", "body", "pair", "people")]
    offices = {m.value["country"] for g in groups for m in g.members if m.kind == "group"}
    states = {p.country for m in named for p in context.party(m, clauses)} | offices
    return len(states - {None}) > 1
