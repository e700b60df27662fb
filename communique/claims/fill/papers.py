"""Who signed, adopted, founded or proposed, where the words name too few: the two sides, who met, who sat."""

from __future__ import annotations

from communique.claims.context import Context
from communique.claims.draft import Draft, Party
from communique.claims.fill.common import missing, named, text_parties
from communique.claims.fill.meetings import in_full
from communique.mentions.fold import folded


def adoption(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who adopted: those named, those of the text's name, those who met or sat right before."""
    if not draft.roles:
        found = parties or text_parties(context, draft) or _just_met(context, draft)
        sat = _sat(context, draft)
        more = len({p.country for p, _ in sat}) > len({p.country for p in found})
        draft.roles += sat if more else [(p, "attendee") for p in found]


def _just_met(context: Context, draft: Draft) -> list[Party]:
    """The two states that met in the same sentence: *a joint statement was issued after talks between A and B*."""
    met = (d for d in context.drafts if d.sentence == draft.sentence and d.type in ("talks", "session", "visit"))
    states = next((s for d in met if len(s := sorted(d.countries())) == 2), [])
    return [context.state(c) for c in states] if context.pack.reading.words_apart else []


def _sat(context: Context, draft: Draft) -> list[tuple[Party, str]]:
    """Those who sat at what was told right before, where no blanks part words: *the meeting adopted a text*."""
    told = (d for d in reversed(context.drafts) if d.type == "session" and d.status == draft.status and d.roles)
    last = next((d for d in told if 0 <= draft.sentence - d.sentence <= 1 and d.start < draft.start), None)
    if last is None or context.pack.reading.words_apart:
        return []
    return [(p, "chair" if r == "chair" else "attendee") for p, r in last.roles]


def signing(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who signed: those of the text's name, the two sides, whom the one who signs has just met."""
    if not draft.roles:
        here = context.clauses(draft.sentence) if context.pack.reading.words_apart else None
        both = text_parties(context, draft) or list(context.pair(here, draft.end))
        draft.roles += [(p, "signatory") for p in both]
    elif len(draft.countries()) == 1:
        apart = context.pack.reading.words_apart
        other = text_parties(context, draft) if apart else _talked_to(context, draft)
        # A bloc whose text it is has not signed it with the one state that has (*A signed the UN convention*).
        other = [] if apart and len(other) == 1 and other[0].kind == "bloc" else other
        draft.roles += [(p, "signatory") for p in missing(draft, other)]


def _talked_to(context: Context, draft: Draft) -> list[Party]:
    """Whom the one who signs met in the same sentence, where it was one state's: *A held talks with B, and signed*."""
    same = (d for d in context.drafts if d.sentence == draft.sentence and d.status == draft.status)
    met = [d for d in same if d.type == "talks" and d.start < draft.start and draft.countries() <= d.countries()]
    others = [p for d in met for p, _ in d.roles if p.country and p.country not in draft.countries()]
    return others if len({p.country for p in others}) == 1 else []


def founding(context: Context, draft: Draft, parties: list[Party]) -> None:
    """What was founded, by the states in its name; ties are begun by both of two."""
    if not draft.roles and (len(parties) > 1 or not context.pack.reading.words_apart):
        draft.roles += [(p, "subject") for p in parties or _of_name(context, draft)]
    elif not draft.roles and not parties and draft.meeting is not None:
        draft.roles += [(p, "subject") for p in in_full(context, draft.meeting)]
    ties = () if context.pack.reading.words_apart else folded(context.pack.mood.founding_ties, context.pack.reading)
    if len(draft.countries()) == 1 and any(w in context.text[draft.start : draft.end] for w in ties):
        both = context.pair(context.clauses(draft.sentence), draft.end)
        if draft.countries() < {p.country for p in both}:  # *B said, since relations were established*
            draft.roles += [(p, "subject") for p in missing(draft, [p for p in both if p.kind == "state"])]


def _of_name(context: Context, draft: Draft) -> list[Party]:
    """The states in the words for a body that was founded, but not where (*the A-B friendship society was founded*)."""
    if draft.meeting is not None or draft.rule.endswith("anniversary"):
        return []
    if draft.status == "planned" and not draft.rule.endswith("mission"):
        return []
    at = tuple(folded(context.pack.markers.before.get("at", ()), context.pack.reading))
    at += tuple(context.pack.states.frames.before) if context.pack.states else ()  # *A's embassy to B*
    rows = context.marked.within(draft.start, draft.end)
    states = [h for h in rows if h.entry.kind in ("state", "bloc") and not context.text.endswith(at, 0, h.start)]
    codes = dict.fromkeys(h.entry.value for h in states if h.entry.value)
    if not any(h.entry.kind == "state" for h in states):  # *A was founded in 2001*: what is founded is nobody
        return []
    return [context.state(c) for c in codes]


def proposal(context: Context, draft: Draft, parties: list[Party]) -> None:
    """To whom one state proposes: those named, or the other of the two sides."""
    if len(draft.countries()) != 1:
        return
    if len(parties) >= 2:
        draft.roles += [(p, "recipient") for p in missing(draft, parties)]
    elif context.pack.reading.words_apart and all(r == "proposer" for _, r in draft.roles):
        pair = named(context, context.pair(), draft.end)
        if draft.countries() <= {p.country for p in pair}:
            draft.roles += [(p, "recipient") for p in missing(draft, list(pair))]
