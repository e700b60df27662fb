"""Who sat at a meeting or took part in an exercise whose words name too few."""

from __future__ import annotations

import re

from communique.claims import moodwords
from communique.claims.context import Context
from communique.claims.draft import Draft, Party, Place
from communique.claims.fill.common import missing
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.model import Mention

TELLS = 12
"""Letters from who speaks at a meeting to the verb that says so."""


def session(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who sat: those the meeting's words name, the two of its series, its host, whoever speaks there."""
    m = draft.meeting
    roles = {r for _, r in draft.roles}
    alone = len(parties) == 1 and parties[0].kind == "bloc" and not context.pack.reading.words_apart
    if len(parties) >= 2 or (alone and "head_of_delegation" in roles):
        draft.roles += [(p, "attendee") for p in missing(draft, parties)]
    elif context.pack.reading.words_apart and len(parties) == 1 and parties[0].kind == "bloc":
        if all(r != "attendee" for _, r in draft.roles):
            draft.roles += [(p, "attendee") for p in missing(draft, parties)]
    elif not draft.roles and m is not None and (both := _two_of_series(context, draft, m)):
        here = draft.place.country if draft.place else None
        draft.roles += [(p, "host" if p.country == here else "attendee") for p in both]
    elif not draft.roles and (host := _hosting(context, draft.place)):
        draft.roles.append((context.state(host), "host"))
    elif not draft.roles and parties:
        draft.roles.append((parties[0], "attendee"))
    elif not draft.roles and m is not None:
        hit = next((h for h in context.marked.hits if h.start == m.start and h.entry.kind == "body"), None)
        if hit and hit.entry.value:
            draft.roles.append((Party(context.raw[hit.start : hit.end], hit.entry.value, "group"), "host"))
    draft.roles += _speaker(context, draft)


@kept
def _speaks(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words between a meeting and who speaks at it."""
    return re.compile(pack.markers.speaks) if pack.markers.speaks else None


def _speaker(context: Context, draft: Draft) -> list[tuple[Party, str]]:
    """Who speaks at a meeting that the words right before name: *at the forum in A, B said*."""
    m, speaks, said = draft.meeting, _speaks(context.pack), moodwords.grammar(context.pack).said
    if speaks is None or said is None or m is None or m.value["generic"] or draft.status != "held":
        return []
    led = speaks.match(context.text, m.end)
    clauses = context.clauses(draft.sentence)
    g = next((g for g in clauses.groups if g.start == led.end() and g.marker is None), None) if led else None
    if g is None or g.members[0].kind != "person" or not said.search(context.text, g.end, g.end + TELLS):
        return []
    return [(p, "attendee") for p in context.members(g, clauses) if p.country and p.country not in draft.countries()]


def _two_of_series(context: Context, draft: Draft, m: Mention) -> list[Party]:
    """The two states that sat before, where a later round is told by its number (*the 17th meeting will be in A*).

    Where it is told to be in a state, that is one of the two.
    """
    ahead = draft.status in ("planned", "postponed", "cancelled")
    if not (m.value["ordinal"] or m.value.get("other") or ahead) or m.value["parties"]:
        return []
    other = bool(m.value.get("other")) and context.pack.reading.words_apart
    kinds = ("session", "talks") if other and m.value["generic"] else ("session",)
    told = [d for d in context.drafts if d.type in kinds and d is not draft and d.sentence <= draft.sentence]
    told = [d for d in told if d.countries()] if context.pack.reading.words_apart else told
    states = [p.country for p, _ in told[-1].roles if p.country] if told else []
    two = list(dict.fromkeys(states))
    here = draft.place.country if draft.place else None
    last = told[-1].meeting if told else None
    word = _last_word(context, last.value["name"]) if last is not None else "\0"
    alike = m.value["name"].casefold().endswith(word.casefold())
    alike = alike or (other and m.value["generic"] and last is None)
    fits = len(two) == 2 or (other and len(two) > 2)
    return [context.state(c) for c in two] if alike and fits and here in (None, *two) else []


def _last_word(context: Context, name: str) -> str:
    """The last word of a name, by which a later round is called; its last letters where no blanks part words.

    Where a noun stands before what describes it, a later round is known by the whole name.
    """
    if not context.pack.reading.words_apart:
        return name[-2:]
    return name if context.pack.nouns.right else name.split()[-1]


def _hosting(context: Context, place: Place | None) -> str | None:
    """The state that a sitting's place names, as its host; *held in A* does not say that A held it."""
    if place is None or place.city is not None or context.pack.reading.words_apart:
        return None
    return place.country


def exercise(context: Context, draft: Draft, parties: list[Party]) -> None:
    """Who exercised: those the exercise's words name, its owner, the state where it is."""
    here = draft.place.country if draft.place else None
    owner = parties[0] if len(parties) == 1 and parties[0].kind == "state" else None
    if owner is not None and not draft.roles and context.pack.reading.words_apart:
        draft.roles.append((owner, "host"))  # *A's yearly drill opened*
        draft.place = draft.place if here else Place(owner.country, draft.place.city if draft.place else None)
    if here and not draft.roles and len(parties) < 2 and not context.pack.reading.words_apart:
        draft.roles.append((context.state(here), "host"))
    if len(parties) >= 2:
        draft.roles = [(p, r) for p, r in draft.roles if p.kind != "group" or r == "host"]
        draft.roles += [(p, "attendee") for p in missing(draft, parties)]
