"""Of which state those are who go abroad, where no word of theirs says it: of the town they left, not of their goal."""

from __future__ import annotations

from dataclasses import replace

from communique.claims import personwords
from communique.claims.context import Context
from communique.claims.draft import CAME, Draft
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded


def settle(context: Context) -> None:
    """Give guests that state, in place, wherever the unit tells of them; only where words stand apart.

    *General A left X for B*: A is of the state of the town X. Who goes to a state by its name is not of it, though a
    guess says so.
    """
    found, left = dict[str, str | None](), set[str]()
    for draft in context.drafts if context.pack.reading.words_apart else ():
        here = draft.place.country if draft.type == "visit" and draft.place is not None else None
        guests = (p for p, r in draft.roles if r in CAME and p.kind == "person")
        for p in (p for p in guests if here and p.name not in found and not context.people.told(p.name)):
            own, gone = _left(context, draft), _visited(context, p.name)
            known = p.country not in (None, here, own) or not context.people.may_be(p.name, str(own))
            if own is not None and own not in gone and not known:
                found[p.name] = own
                left.add(p.name)
            elif p.country == here and gone == {here} and _to_state(context, draft):
                found[p.name] = None
    for name, state in found.items():
        context.people.put(name, state, name in left)
    for draft in context.drafts if found else ():
        draft.roles = [
            (replace(p, country=found[p.name]) if p.kind == "person" and p.name in found else p, r)
            for p, r in draft.roles
        ]


def _visited(context: Context, name: str) -> set[str | None]:
    """The states to which somebody goes, by all that the unit tells of him."""
    trips = (d for d in context.drafts if d.type == "visit" and d.place is not None)
    return {d.place.country for d in trips if d.place and any(p.name == name and r in CAME for p, r in d.roles)}


@kept
def _leaves(pack: LanguagePack) -> tuple[str, ...]:
    """The words right before the town that somebody leaves for another: the first of two that a journey is told by."""
    to = {*pack.markers.before.get("to", ()), *pack.markers.before.get("for", ())}
    pairs = (w.partition("~") for r in pack.rules if r.type == "visit" for w in r.trigger if "~" in w)
    return folded(tuple(dict.fromkeys(f" {a} " for a, _, b in pairs if b in to)), pack.reading)


def _left(context: Context, draft: Draft) -> str | None:
    """The state of the town that somebody left, in the sentence that tells of a journey."""
    row = context.marked.mentions[draft.sentence]
    towns = (m for m in row if m.kind == "place" and m.value.get("country") and m.end <= draft.end)
    left = (m for m in towns if context.text.endswith(_leaves(context.pack), 0, m.start))
    return next((str(m.value["country"]) for m in left), None)


def _to_state(context: Context, draft: Draft) -> bool:
    """Whether the place of a visit is a state, by its name and none below it, to which, by the words, one goes."""
    at, words = draft.place, personwords.words(context.pack)
    if at is None or at.city is not None or not context.text.endswith((*words.journeys, *words.whither), 0, at.start):
        return False
    return any(h.entry.kind == "state" for h in context.marked.within(at.start, at.end))
