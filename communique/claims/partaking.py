"""Who takes part in a drill or a conference by a list that some of them stand in: *ten nations, including A and B*."""

from __future__ import annotations

import re

from communique.claims.clause import Clauses, Group
from communique.claims.context import Context
from communique.claims.draft import HEADLINES, Draft, Party
from communique.claims.triggers import OFF
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.model import Mention

GATHERED = frozenset({"exercise", "session"})
MET = frozenset({"ceremony", "talks"})
LIST = ";"
"""What parts the members of a list that are several sentences to the reader."""
STATES = frozenset({"state", "bloc"})
SENT = STATES | {"group", "delegation", "person", "body"}
"""Who may stand in a list where the noun that they share stands first (*representatives of A, B and C*)."""
REACH = 3
"""Sentences back to the event in which a later sentence says that they take part."""
NEAR = 5
"""Letters between the words before a list and its first name (*the*)."""


@kept
def _patterns(pack: LanguagePack) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """The words before such a list, and the verbs by which a sentence of its own says that they take part."""
    m = pack.markers
    return re.compile(m.members) if m.members else None, re.compile(m.partaking) if m.partaking else None


def listed(context: Context) -> None:
    """Give the drills and sittings of a unit, in place, the states of such lists: behind them, or shortly after.

    Where no blanks stand between words, whom somebody met and who came to a ceremony is told by such lists, too.
    """
    members, partaking = _patterns(context.pack)
    for i in range(len(context.marked.scan.sentences)) if members else ():
        clauses = context.clauses(i)
        lists = _lists(context, clauses, members) if members else []
        states = {p.country for _, rows in lists for p in rows if p.country}
        for span, rows in lists:
            target = _target(context, clauses, span, states, partaking)
            if target is None:
                continue
            role = "guest" if target.type == "talks" and "host" in {r for _, r in target.roles} else "attendee"
            new = [p for p in rows if p.country and p.country not in target.countries()]
            if new and target.type == "talks":
                target.roles = [(p, r) for p, r in target.roles if p.country]  # *the leaders of several states*
            target.roles += [(p, role) for p in new]


def _lists(context: Context, clauses: Clauses, members: re.Pattern[str]) -> list[tuple[tuple[int, int], list[Party]]]:
    """The lists of a sentence: where the words before each stand, and the parties in it.

    States only, two at least, or those of a state where heads stand first, or where no blanks part words anybody.
    """
    out = []
    named, heads_first = 0, context.pack.nouns.right
    for m in members.finditer(context.text, clauses.start, clauses.end):
        group = next((g for g in clauses.groups if m.start() < g.start <= m.end() + NEAR and m.end() < g.end), None)
        if group is None:
            continue
        if not context.pack.reading.words_apart:
            out.append((m.span(), _over_signs(context, clauses, group)))
        elif all(
            x.kind in STATES
            or heads_first
            and x.kind in SENT
            and _told(x)
            or x.kind == "group"
            and x.value.get("country")
            for x in group.members
        ):
            out.append((m.span(), context.members(group, clauses)))
            named += len(group.members)
    return out if named > 1 or not context.pack.reading.words_apart else []


def _told(m: Mention) -> bool:
    """Whether the words for somebody say of which state they are."""
    return m.value.get("country") is not None


def _over_signs(context: Context, clauses: Clauses, group: Group) -> list[Party]:
    """The parties of a list that begins with a group, and of the sentences that only go on with it."""
    rows, text = _behind(context, clauses, group), context.text
    for i in range(clauses.index + 1, len(context.marked.scan.sentences)):
        nxt = context.clauses(i)
        first = next((g for g in nxt.groups if g.start - nxt.start <= NEAR), None)
        parted = LIST in text[clauses.end - 1 : nxt.start] and not any(d.sentence == i for d in context.drafts)
        if first is None or not parted:
            break
        rows, clauses = rows + _behind(context, nxt, first), nxt
    return rows


def _behind(context: Context, clauses: Clauses, first: Group) -> list[Party]:
    """The parties of a group, and of those right behind it."""
    rows, end = context.members(first, clauses), first.end
    for g in (g for g in clauses.groups if g.start >= first.end):
        if g.start - end > NEAR or set(context.text[end : g.start]) & set(context.pack.markers.cuts):
            break
        rows, end = rows + context.members(g, clauses), g.end
    return rows


def _target(
    context: Context, clauses: Clauses, at: tuple[int, int], states: set[str], partaking: re.Pattern[str] | None
) -> Draft | None:
    """The event of the list's own sentence that stands before it, else the last one told, if the sentence says so.

    One that stands behind the list has one of its states already.
    """
    apart = context.pack.reading.words_apart
    kinds = GATHERED if apart else GATHERED | MET
    told = [d for d in context.drafts if d.type in kinds and d.status not in OFF and d.sentence <= clauses.index]
    here = [d for d in context.drafts if d.sentence == clauses.index]
    if here and apart:
        before = (d for d in reversed(here) if d in told and (_begins(d) < at[0] or d.countries() & states))
        return next(before, None)
    if here:
        # *Those who attended the meeting were*: the verb of the list may be that of the event.
        own = sorted((d for d in here if d in told and d.start < at[1] and d.end > at[0]), key=_begins)
        return next((d for d in (*own, *reversed(here)) if d in told and d.start < at[0] or d in own), None)
    people = [x.end for x in clauses.mentions if x.kind in ("person", "he") and x.start < at[0]]
    if people and not (apart and partaking is not None and partaking.search(context.text, people[-1], at[0] + 1)):
        return None  # *the king received officers from A and B, who take part in a course*
    near = [d for d in told if clauses.index - d.sentence <= REACH and d.part not in HEADLINES]
    says = partaking is not None and partaking.search(context.text, clauses.start, clauses.end) is not None
    return near[-1] if near and says else None


def _begins(d: Draft) -> int:
    """Where the words for an event begin, its name included."""
    return min(d.start, d.meeting.start) if d.meeting is not None else d.start
