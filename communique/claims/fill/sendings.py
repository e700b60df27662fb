"""Who gave and was helped, who sent and received, where the words name too few."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.claims.context import Context
from communique.claims.draft import Draft, Party, Place
from communique.claims.fill.common import named, of_there
from communique.claims.whereabouts import abroad
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold

AIM = 16
"""Letters behind an event, in its clause, that may say what those were sent for."""


def aid(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who gives and who is helped; things of a house abroad are of the state where one is."""
    roles = {r for _, r in draft.roles}
    apart = context.pack.reading.words_apart
    there = (draft.place.country if draft.place else None) if apart else abroad(context.drafts, draft)
    if there and not apart:
        draft.roles = [(of_there(context, p, there) if r == "beneficiary" else p, r) for p, r in draft.roles]
        if there in draft.countries():
            draft.place = draft.place or Place(there, None)
    if "beneficiary" not in roles and len(draft.countries()) == 1:
        pair = [context.state(there)] if there and there not in draft.countries() else named(context, context.pair())
        draft.roles += [(p, "beneficiary") for p in pair if p.country not in draft.countries()][:1]
    helped = {p.country for p, r in draft.roles if r == "beneficiary" and p.country}
    gave = {p.country for p, r in draft.roles if r == "donor" and p.country}
    for act in context.drafts if len(helped) == 1 and draft.place is None and helped != gave else ():
        here = act.place is not None and act.place.country in helped and act.status in ("held", "ongoing")
        if act.type in ("exercise", "deployment") and here and gave <= act.countries():
            draft.place = Place(next(iter(helped)), None)  # who is there gives it there


def deployment(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who sends whom, to whose help, in whose mission."""
    helped = {p.country: p for d in context.drafts for p, r in d.roles if r == "beneficiary" and p.kind == "state"}
    senders = {p.country for p, r in draft.roles if r == "sender" and p.country}
    if len(senders) == 1:
        country = next(iter(senders))
        draft.roles = [
            (replace(p, country=country) if r == "subject" and p.kind == "group" else p, r) for p, r in draft.roles
        ]
    sent = any(r == "sender" for _, r in draft.roles)
    apart = context.pack.reading.words_apart
    happens = draft.status == "held" or (apart and draft.status in ("planned", "ongoing"))
    there = apart and draft.place is not None and draft.place.country in helped
    if (there or sent and draft.place is None) and len(helped) == 1 and draft.meeting is None and happens:
        party = next(iter(helped.values()))
        if there and party.country not in draft.countries():
            draft.roles.append((party, "beneficiary"))
        elif party.country not in draft.countries():
            draft.roles.append((party, "beneficiary"))
            draft.place = Place(party.country, None)
    # Nobody sends a whole bloc: it is the one whose mission it is.
    draft.roles = [(p, "host" if p.kind == "bloc" and r == "subject" else r) for p, r in draft.roles]
    if all(r == "sender" for _, r in draft.roles):
        draft.roles = [(p, "subject" if p.kind == "group" else r) for p, r in draft.roles]
    units = {p.country for p, r in draft.roles if r == "subject"}
    sent_by = {p.name for p, r in draft.roles if r == "sender" and p.country}
    both = apart and bool(sent_by) and any(r == "subject" and p.name not in sent_by for p, r in draft.roles)
    draft.roles = [
        (p, r) for p, r in draft.roles if both or not (r == "sender" and (p.country in units or p.country is None))
    ] or draft.roles
    draft.extra.setdefault("scope", "multilateral" if draft.meeting is not None else "bilateral")
    _relief(context, draft)


@kept
def _helps(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words in the names of those who are sent to help."""
    return re.compile("|".join(pack.phrases.relief)) if pack.phrases.relief else None


def _relief(context: Context, draft: Draft) -> None:
    """Those who come to help do so for the state where they come: *A's rescuers arrived in B*."""
    here = draft.place.country if draft.place else None
    if here is None or not draft.countries() or here in draft.countries() or draft.meeting is not None:
        return
    pattern, words = _helps(context.pack), context.text[draft.start : draft.end]
    if not context.pack.reading.words_apart:  # *sent men to B [to help the flooded]*
        clauses = context.clauses(draft.sentence)
        hi = clauses.bounds(clauses.segment(max(draft.end - 1, draft.start)))[1]
        words += context.text[draft.end : min(hi, draft.end + AIM)]
    named = (fold(p.name, context.pack.reading) for p, _ in draft.roles)
    helps = pattern is not None and any(pattern.search(w) for w in (words, *named))
    if helps and draft.status != "denied" and not {r for _, r in draft.roles} & {"beneficiary", "host", "recipient"}:
        draft.roles.append((context.state(here), "beneficiary"))
