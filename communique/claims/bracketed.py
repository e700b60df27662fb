"""Days in brackets: what is told in one breath, each with the day in the bracket behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.claims.clause import Clauses
from communique.claims.clausewords import ClauseGrammar, bare, grammar
from communique.claims.context import Context
from communique.claims.draft import Draft, Place
from communique.claims.frame import Frame
from communique.mentions.dates import Resolved
from communique.mentions.fold import folded
from communique.model import Mention

TEXTS = frozenset({"signing", "adoption"})
RELATIONS = frozenset({"establishment", "upgrade"})
STATE = 6
"""Letters that may stand before a state's name in a list (*with B*)."""
TIED = 6
"""Letters at most between a person and the date of what they did (*the visits of A in 2002 and B in 2008*)."""
REACH = 70
"""Letters between a verb, or a bracket, and the next bracket of its list."""


def dated(
    context: Context, clauses: Clauses, frame: Frame, drafts: list[Draft], known: dict[int, Resolved]
) -> list[Draft]:
    """Return the drafts of a clause, each with the day in the bracket behind its text, its level or its state.

    *Signed A (May 2023) and B (June 2024)*; *raised their relations to A (2013) and B (2019)*; *visits A (on 3 May)
    and B (on 5 May)*. ``known`` are the dates of the unit. Only where blanks stand between words.
    """
    if not context.pack.reading.words_apart or not drafts:
        return drafts
    if frame.trigger.rule.type in TEXTS and drafts[0].instrument is not None:
        return [_text(context, clauses, d, drafts, known) for d in drafts]
    if frame.trigger.rule.type == "visit":
        drafts = _travellers(context, clauses, drafts, known)
        return _journeys(context, clauses, drafts, _row(context, clauses, frame, known), known)
    days = _row(context, clauses, frame, known) if frame.trigger.rule.type in RELATIONS else []
    return [_relation(context, clauses, drafts[0], m, days, known) for m in days] if days else drafts


def _travellers(context: Context, clauses: Clauses, drafts: list[Draft], known: dict[int, Resolved]) -> list[Draft]:
    """A journey of each person who has a day right behind their name; else the drafts as they are.

    *The visits of A in 2002 and B in 2008*.
    """
    row = _dated_row(context, clauses, known)
    parties = [p[0] for who, _ in row if (p := context.party(who, clauses))]
    guests = {p.name for d in drafts for p, r in d.roles if r in ("guest", "head_of_delegation")}
    if len(parties) < 2 or len(parties) < len(row) or not guests & {p.name for p in parties}:
        return drafts
    first, names = drafts[0], {p.name for p in parties}
    rest = [(p, r) for p, r in first.roles if p.name not in names]
    return [
        replace(
            first, date=known[at.start], date_at=at.value["date"], roles=[(p, "guest"), *rest], extra={**first.extra}
        )
        for p, (_, at) in zip(parties, row, strict=True)
    ]


def _dated_row(context: Context, clauses: Clauses, known: dict[int, Resolved]) -> list[tuple[Mention, Mention]]:
    """The persons of a sentence that joints tie to one another, each with a date right behind the name."""
    text, joints = context.text, clauses.joints
    dates = [m for m in clauses.mentions if m.kind == "date" and (known.get(m.start) or Resolved(None)).edtf]
    out: list[tuple[Mention, Mention]] = []
    for who in (m for m in clauses.mentions if m.kind == "person"):
        at = next((d for d in dates if 0 < d.start - who.end <= TIED), None)
        between = text[who.end : at.start].strip(" (") if at is not None else ""
        tied = not out or text[out[-1][1].end : who.start].strip(" )") in joints
        if at is None or between in joints or not tied:
            if len(out) > 1:
                break
            out = []
        else:
            out.append((who, at))
    return out if len(out) > 1 else []


def _journeys(
    context: Context, clauses: Clauses, drafts: list[Draft], days: list[Mention], known: dict[int, Resolved]
) -> list[Draft]:
    """A journey to each state that has its own day in the bracket behind it; else the drafts as they are."""
    states = {s.end + 2: s.value["country"] for s in clauses.mentions if s.kind == "state"}
    if len(days) < 2 or any(m.start not in states for m in days):
        return drafts
    return [_journey(context, drafts[0], m, states[m.start], known[m.start]) for m in days]


def _journey(context: Context, draft: Draft, m: Mention, state: str, date: Resolved) -> Draft:
    """A journey to a state as of the day in a bracket, with that state for a host if the draft has one for its own."""
    own = [p for p, r in draft.roles if r == "host" and p.kind == "state"]
    roles = [(p, r) for p, r in draft.roles if r != "host" or (p.kind != "state" and p.country == state)]
    if own:
        roles.append((context.state(state), "host"))
    place = Place(state, None)
    return replace(draft, date=date, date_at=m.value["date"], place=place, roles=roles, extra=dict(draft.extra))


def _alone(context: Context, m: Mention) -> bool:
    """Whether a date stands alone in brackets."""
    return context.text[m.start - 1] == "(" and context.text[m.end : m.end + 1] == ")"


def _first(date: Resolved) -> Resolved:
    """The first of two days of which the later one is only an anniversary (*1950-2025*)."""
    return replace(date, edtf=(date.edtf or "").partition("/")[0] or None)


def _text(
    context: Context, clauses: Clauses, draft: Draft, drafts: Sequence[Draft], known: dict[int, Resolved]
) -> Draft:
    """A draft about a text with the day in the bracket behind it, before the next text."""
    mine = draft.instrument
    if mine is None:
        return draft
    others = [d.instrument.start for d in drafts if d.instrument is not None and d.instrument.start > mine.start]
    stop = min([*others, mine.end + REACH, clauses.end])
    dates = (m for m in clauses.mentions if m.kind == "date" and mine.end <= m.start < stop and m.start in known)
    m = next((m for m in dates if _alone(context, m)), None)
    if m is None or set(",;") & set(context.text[mine.end : m.start]):
        return draft
    first, _, last = (known[m.start].edtf or "").partition("/")
    again = "-" in first and first[4:] == last[4:]  # *signed the treaty (18 July 1977 - 18 July 2022)*
    return replace(draft, date=_first(known[m.start]) if again else known[m.start], date_at=m.value["date"])


def _row(context: Context, clauses: Clauses, frame: Frame, known: dict[int, Resolved]) -> list[Mention]:
    """The dates in brackets behind a verb, of which each but the first is joined to the one before."""
    out: list[Mention] = []
    at, text, g = frame.trigger.end, context.text, grammar(context.pack)
    for m in (m for m in clauses.mentions if m.kind == "date" and m.start >= at):
        if not _alone(context, m) or not (known.get(m.start) or Resolved(None)).edtf:
            break  # *established their relations in 1980 and raised them to A (2015)*
        between = text[at : m.start - 1]
        if len(between) > REACH or set(";:.") & set(between):
            break
        if "," in between[1:] or not bare(between, g) or (out and not _goes_on(context, clauses, m, between, g)):
            break
        out.append(m)
        at = m.end + 1
    return out


def _goes_on(context: Context, clauses: Clauses, m: Mention, between: str, g: ClauseGrammar) -> bool:
    """Whether what stands before a bracket is one more state or level, and no other verb (*and signed A (2018)*)."""
    joint, _, rest = between.strip(" ,").partition(" ")
    linked = joint in g.joints
    if not linked and "," not in between[:1]:
        return False
    rest = rest if linked else between.strip(" ,")
    levels = folded(context.pack.ties.levels, context.pack.reading)
    state = next((s for s in clauses.mentions if s.kind == "state" and s.end == m.start - 2), None)
    return rest.startswith(levels) or (state is not None and len(rest.rstrip()) <= state.end - state.start + STATE)


def _relation(
    context: Context, clauses: Clauses, draft: Draft, m: Mention, days: list[Mention], known: dict[int, Resolved]
) -> Draft:
    """A draft about a relation as of the day in a bracket, with the state right before it and none before others."""
    ends = {x.start - 2: x for x in days}
    states = [s for s in clauses.mentions if s.kind == "state" and s.end in ends]
    mine = next((s for s in states if ends[s.end] is m), None)
    roles = list(draft.roles)
    if mine is not None:
        rest = {s.value["country"] for s in states}
        roles = [(p, r) for p, r in roles if p.country not in rest]
        roles.append((context.state(mine.value["country"]), "subject"))
    before = max((x.end + 2 for x in days if x.start < m.start), default=draft.start)
    before += len(context.text[before : m.start]) - len(context.text[before : m.start].lstrip(" ,"))
    span = (draft.start, draft.end) if m is days[0] else (before, m.end + 1)
    return replace(
        draft, date=_first(known[m.start]), date_at=m.value["date"], roles=roles, extra=dict(draft.extra),
        start=span[0], end=span[1], spans=[span],
    )  # fmt: skip
