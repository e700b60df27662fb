"""In which town something was that only the words around tell: a summit's name, a journey, the same day and company."""

from __future__ import annotations

import re
from dataclasses import replace

from communique.claims.context import Context
from communique.claims.draft import CAME, HEADLINES, Draft, Place, dates_agree
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.words import words_pattern

MET = frozenset({"talks", "ceremony", "signing", "aid"})
DAY = 2  # signs in a date of one day
NEAR = 3  # sentences of a paragraph in which a stay goes on that the first of them names


def settle(context: Context) -> None:
    """Give drafts of which only the state is known their town, in place."""
    for draft in context.drafts:
        if draft.place is None or draft.place.city is None:
            if not (_came_here(context, draft) or _during_stay(context, draft)) and draft.place is not None:
                _same_town(context, draft)


@kept
def _sited(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words for a meeting that is held in the town right before them."""
    return words_pattern([fold(w, pack.reading) for w in pack.markers.sited], apart=pack.reading.words_apart)


def at_summit(context: Context, draft: Draft) -> Place | None:
    """The town by which a summit is called, where something is that summit or was done beside it (*the A summit*)."""
    words = _sited(context.pack)
    if words is None or draft.type not in ("session", "talks"):
        return None
    clauses = context.clauses(draft.sentence)
    zones = [z for z in clauses.zones if z.kind in ("during", "occasion") and draft.type == "talks"]
    named = [m for z in zones for m in clauses.mentions if m.kind == "meeting" and z.start <= m.start < z.end]
    for m in [draft.meeting] if draft.type == "session" and draft.meeting is not None else named:
        at = next(words.finditer(context.text, m.start, m.end), None)
        end = at.start() - context.pack.reading.words_apart if at is not None else -1
        for h in context.marked.within(m.start, m.end):
            if h.end == end and h.entry.kind == "place" and h.entry.value:
                return Place(h.entry.value, context.raw[h.start : h.end], h.start, h.end)
    return None


def on_stay(context: Context, draft: Draft) -> Place | None:
    """Where a meeting is that somebody attends on one of the days for which he is told to be on a journey.

    A meeting without a day is on the journey that the sentence before tells of (*led a delegation to A. It attended*).
    """
    who, day = {p.name for p, _ in draft.roles if p.kind == "person"}, draft.date.edtf if draft.date else None
    if draft.type != "session" or draft.part in HEADLINES or not who:
        return None
    for d in (d for d in context.drafts if d.type == "visit" and d.place is not None and d.date is not None):
        ahead = {d.status, draft.status} == {"held", "planned"}
        near = 0 <= draft.sentence - d.sentence <= 1 and not ahead if day is None else dates_agree(d, draft)
        if near and "/" in (d.date.edtf or "" if d.date else "") and who & {p.name for p, r in d.roles if r in CAME}:
            return d.place
    return None


def _same_town(context: Context, draft: Draft) -> None:
    """What the same states did on the same day, after what was done in a town, they did in that town."""
    day = draft.date.edtf if draft.date else None
    if draft.type not in MET | {"adoption"} or draft.status != "held" or not day or day.count("-") != DAY:
        return
    told = [
        d for d in context.drafts if d is not draft and d.type in MET | {"session"} and d.sentence <= draft.sentence
    ]
    for d in reversed(told):
        here = d.date is not None and d.date.edtf == day and d.place is not None and d.place.city is not None
        if here and d.place and draft.place and d.place.country == draft.place.country and d.part not in HEADLINES:
            if draft.countries() <= d.countries():
                draft.place = replace(draft.place, city=d.place.city)
            return


def _during_stay(context: Context, draft: Draft) -> bool:
    """Give what goes on in a paragraph the town of the stay told before (*during his stay in A he met B. He met C*)."""
    near = (d for d in context.drafts if 0 < draft.sentence - d.sentence <= NEAR)
    for d in reversed([*near] if draft.type in MET and draft.mode is None else []):
        there = d.place if d.place is not None and d.place.city is not None else None
        if there is None or "\n" in context.text[d.start : draft.start] or not d.names() & draft.names():
            continue
        stay = any(z.kind == "during" and z.start <= there.start < z.end for z in context.clauses(d.sentence).zones)
        if stay and (draft.place is None or draft.place.country == there.country):
            draft.place = replace(draft.place, city=there.city) if draft.place is not None else there
            return True
    return False


def _came_here(context: Context, draft: Draft) -> bool:
    """Give talks the town to which those who met came, by words before in the same sentence (*went to A, met B*)."""
    came = (d for d in context.drafts if d.type == "visit" and d.place is not None and d.place.city is not None)
    for d in came if draft.type in ("talks", "signing") and draft.place is not None else ():
        same = d.sentence == draft.sentence and d.start <= draft.start and d.status in ("held", "ongoing")
        here = d.place is not None and draft.place is not None and d.place.country == draft.place.country
        if same and here and d.names() & draft.names() and dates_agree(d, draft):
            draft.place = replace(draft.place, city=d.place.city if d.place else None) if draft.place else None
            return True
    return False
