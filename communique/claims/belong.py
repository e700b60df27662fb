"""Which mechanism an event belongs to that is no sitting of it: proposed, chaired, opened, put into its minutes."""

from __future__ import annotations

from communique.claims.context import Context
from communique.claims.draft import Draft, meeting_key, ordinal
from communique.claims.standing import STATE
from communique.mentions.fold import folded
from communique.model import Mention

SAT = frozenset({"session", "exercise"})
STANDING = frozenset({"group", "hotline", "network", "centre", "framework", "dialogue", "programme"})


def settle(context: Context) -> None:
    """Give the drafts of a unit that name no mechanism the one to which their words tie them, in place."""
    for draft in context.drafts:
        if meeting_key(draft.meeting) is None and draft.type in ("proposal", "establishment"):
            draft.meeting = found = _founded(context, draft) or draft.meeting
            if (
                found is not None and found.start == draft.end and draft.type == "proposal"
            ):  # *A proposes the B network*
                blocs = {c for c in found.value["parties"] if len(c) > STATE} - draft.countries()
                draft.roles += [(context.state(c), "recipient") for c in sorted(blocs)]
        elif draft.meeting is None and draft.type == "appointment":
            draft.meeting = next((m for m in reversed(_inside(context, draft)) if m.value["mkind"] == "group"), None)
        elif draft.type == "signing" and draft.meeting is None and _minutes(context, draft):
            draft.meeting = _sat_before(context, draft, SAT - {"exercise"})
        elif draft.type == "ceremony" and draft.meeting is not None and _opens(context, draft.meeting):
            drill = _sat_before(context, draft, SAT - {"session"})
            if drill is not None and (drill.value["series"] or drill.value["known"]):
                draft.meeting = drill


def _inside(context: Context, draft: Draft) -> list[Mention]:
    """Named meetings and mechanisms in the words of a draft, but for those at which it took place."""
    within = folded(context.pack.phrases.within, context.pack.reading)
    return [
        m
        for row in context.marked.mentions
        for m in row
        if m.kind == "meeting" and draft.start <= m.start <= draft.end and (m.end <= draft.end or m.start == draft.end)
        if meeting_key(m) is not None and not m.value["one_off"] and not context.text.startswith(within, m.end)
    ]


def _founded(context: Context, draft: Draft) -> Mention | None:
    """What is founded, or proposed to be founded or held: the last arrangement that the words of a draft name."""
    found = [m for m in _inside(context, draft) if m.value["mkind"] in STANDING and m.value["ordinal"] is None]
    return found[-1] if found else None


def _minutes(context: Context, draft: Draft) -> bool:
    """Whether what is signed are the minutes of a meeting."""
    words = folded(context.pack.phrases.minutes, context.pack.reading)
    m = draft.instrument
    return bool(words and m) and any(w in context.text[m.start : draft.end] for w in words) if m else False


def _opens(context: Context, m: Mention) -> bool:
    """Whether a ceremony by its name only opens or closes something."""
    phrases = context.pack.phrases
    words = (*folded(phrases.opening, context.pack.reading), *folded(phrases.closing, context.pack.reading))
    name = context.text[m.start : m.end]
    return bool(words) and name.strip() in words


def _sat_before(context: Context, draft: Draft, kinds: frozenset[str]) -> Mention | None:
    """The named round of which the unit told last before a draft, if it had come to pass by then."""
    told = [
        d
        for d in context.drafts
        if d.type in kinds and d.meeting is not None and meeting_key(d.meeting) is not None
        if d.status in ("held", "ongoing") and (d.sentence, d.start) < (draft.sentence, draft.start)
    ]
    last = told[-1] if told else None
    rounds = last is not None and bool(
        ordinal(last) or last.meeting and (last.meeting.value["known"] or last.countries())
    )
    return last.meeting if last is not None and rounds else None
