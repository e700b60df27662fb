"""On which side of an event somebody stands, where the whole unit tells it: who is at home, under which mission."""

from __future__ import annotations

from dataclasses import replace

from communique.claims.context import Context
from communique.claims.draft import Draft, Party, Place
from communique.loader.gazetteer import MechanismPack

MET = frozenset({"talks", "ceremony", "signing", "aid"})
CAME = frozenset({"guest", "head_of_delegation"})


def settle(context: Context, known: dict[str, MechanismPack], blocs: frozenset[str]) -> None:
    """Put the sides of all drafts right, in place. ``blocs`` are the codes of those who are no state."""
    for draft in context.drafts:
        if context.pack.reading.words_apart and draft.place is not None and draft.place.country is None:
            _whose_town(context, draft)
        elif context.pack.reading.words_apart and draft.place is None and draft.type in MET:
            _on_trip(context, draft)
        if draft.type == "visit":
            _at_home(context, draft)
        elif draft.type == "deployment" and context.pack.reading.words_apart:
            _mission(context, draft, known, blocs)


def _whose_town(context: Context, draft: Draft) -> None:
    """A town that no list knows lies where those who are there travel to."""
    trips = (d for d in context.drafts if d.type == "visit" and d is not draft and d.place and d.place.country)
    there = {d.place.country for d in trips if d.place and d.countries() & draft.countries()}
    if draft.place is not None and len(there) == 1:
        draft.place = replace(draft.place, country=next(iter(there)))


def _on_trip(context: Context, draft: Draft) -> None:
    """Whom somebody meets in the paragraph that tells of a trip, he meets where the trip goes."""
    text, sentences = context.text, context.marked.scan.sentences
    who = {p.name for p, _ in draft.roles}
    for d in reversed(context.drafts):
        if (
            d.type != "visit"
            or d.place is None
            or d.start > draft.start
            or (d.status == "planned") != (draft.status == "planned")
        ):
            continue
        near = "\n" not in text[sentences[d.sentence].start : sentences[draft.sentence].start]
        if near and who & {p.name for p, r in d.roles if r in CAME}:
            draft.place = Place(d.place.country, None)
            return


def _at_home(context: Context, draft: Draft) -> None:
    """Who lives where a visit goes is no guest on it: a host, or told with another event of the same sentence."""
    here = draft.place.country if draft.place else None
    own = {p.name for p, r in draft.roles if r in CAME and p.kind == "person" and p.country == here}
    if here is None or not own or all(p.country in (here, None) for p, r in draft.roles if r in CAME):
        return
    others = (d for d in context.drafts if d is not draft and d.sentence == draft.sentence)
    elsewhere = {p.name for d in others for p, _ in d.roles}
    draft.roles = [
        (p, "host" if p.name in own else r) for p, r in draft.roles if not (p.name in own and p.name in elsewhere)
    ]


def _mission(context: Context, draft: Draft, known: dict[str, MechanismPack], blocs: frozenset[str]) -> None:
    """A force that serves under a mission has it for a host, not the state where it serves."""
    m = draft.meeting
    if m is None or m.value["mkind"] != "organisation":
        return
    inside = [h for h in context.marked.hits if m.start <= h.start and h.end <= m.end and h.entry.kind == "state"]
    if draft.place is None and inside:
        draft.place = Place(inside[-1].entry.value, None)
    pack = known.get(m.value["known"] or "")
    over = next((c for c in (pack.parties if pack else m.value["parties"]) if c in blocs), None)
    between = context.text[draft.place.end : m.start] if draft.place is not None else ""
    if over is None or over in draft.countries() or set(between.split()) & set(context.pack.nouns.links):
        return  # *sent a battalion to A in 2022 and now keeps 80 men there under the mission*
    draft.roles = [(p, r) for p, r in draft.roles if r != "beneficiary"]
    draft.roles.append((Party(context.raw[m.start : m.end], over, "group"), "host"))
