"""The names of states and blocs as a pack has them, by their codes, and the state of a dateline's town."""

from __future__ import annotations

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.mark import Marked


@kept
def plain_names(pack: LanguagePack) -> dict[str, str]:
    """Return the plain name of every state of a pack."""
    return {c: n.name for c, n in (pack.states.states.items() if pack.states else ())}


@kept
def full_names(pack: LanguagePack) -> dict[str, frozenset[str]]:
    """Return all names of every state and bloc of a pack, by its code and, for a bloc, also by its name."""
    out = {c: set(n.full()) for c, n in (pack.states.states.items() if pack.states else ())}
    for bloc in pack.blocs.blocs.values() if pack.blocs else ():
        for key in {bloc.code, bloc.name} - {None, ""}:
            out.setdefault(str(key), set()).update(bloc.full())
    return {key: frozenset(names) for key, names in out.items()}


@kept
def _towns(pack: LanguagePack) -> dict[str, str]:
    """The state of every capital and town of a pack, by its folded name."""
    places = pack.places.places.items() if pack.places else ()
    towns = {fold(n, pack.reading): c for c, p in places for n in (*p.capitals, *p.cities, *p.provinces) if c != "none"}
    return {fold(n, pack.reading): c for c, n in plain_names(pack).items()} | towns  # some states are one town


def dateline_state(marked: Marked, pack: LanguagePack) -> str | None:
    """Return the state of the town that a unit's dateline names; None where none is known.

    Else it is the one that the line names which prints the day (*Ministry of Foreign Affairs of A, 3 March*). A town
    in which others have their seat tells nothing.
    """
    towns, unit = _towns(pack), marked.scan.unit
    place = fold(unit.dateline, pack.reading) if unit.dateline else ""
    if place in towns:
        return towns[place]
    lines = [p for p in unit.parts if p.kind == "dateline"]
    named = (h for p in lines for h in marked.hits if p.start <= h.start < p.end and h.entry.value)
    seats = {fold(w, pack.reading) for w in pack.markers.no_governments}
    told = (h for h in named if h.entry.kind in ("state", "place") and marked.scan.text[h.start : h.end] not in seats)
    return next((str(h.entry.value) for h in told), None)


def filed_from(marked: Marked, pack: LanguagePack, home: str | None) -> str | None:
    """Return whose bodies a unit means that names no state with them: of home, or of where it was filed abroad.

    The latter where the unit names that state, and never home.
    """
    named = {h.entry.value for h in marked.hits if h.entry.kind == "state"}
    there = dateline_state(marked, pack) if home not in named else None
    return there if there in named else home


def posted_in(words: str, pack: LanguagePack) -> str | None:
    """Return the state where those whom a noun names are posted (*A's embassy in B*); ``words`` are folded."""
    states = pack.states if not pack.reading.words_apart else None
    for word in states.frames.before if states else ():
        at = words.find(word) + len(word)
        rows = states.states.items() if states and at >= len(word) else ()
        names = ((n, c) for c, s in rows for n in (*s.shorts(), *s.full()) if words.startswith(n, at))
        if longest := max(names, key=lambda x: len(x[0]), default=None):
            return longest[1]
    return None
