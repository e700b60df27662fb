"""Where an event was: the place that the words around a trigger name."""

from __future__ import annotations

from communique.claims.clause import Clauses, marker_before
from communique.claims.clause import grammar as clause_grammar
from communique.claims.draft import Place
from communique.claims.settings import MoodGrammar, grammar
from communique.claims.triggers import Trigger
from communique.loader.language import LanguagePack
from communique.mentions.mark import Marked


def place_of(marked: Marked, clauses: Clauses, t: Trigger, pack: LanguagePack) -> Place | None:
    """Return the place that an ``at`` marker names in the trigger's segment, else in the sentence."""
    lo, hi = clauses.bounds(clauses.segment(t.start))
    zone = clauses.zone(t.start)
    g = grammar(pack)
    best = None
    for m in clauses.mentions:
        if m.kind not in ("state", "place") or (
            clauses.zone(m.start) not in (zone, -1)
            or (clauses.zone(m.start) >= 0 and clauses.zones[clauses.zone(m.start)].kind == "chair")
        ):
            continue
        start = _titled(marked.scan.text, clauses.start, m.start, g)
        if marker_before(marked.scan.text, clauses.start, start, clause_grammar(pack)) != "at":
            continue
        found = read_place(marked, clauses, m.start, pack)
        if found and (lo <= m.start < hi):
            return found
        if found and m.start < lo:
            best = found
    return best


def _titled(text: str, lo: int, at: int, g: MoodGrammar) -> int:
    """Where a place begins with the word for a capital before it, if there is one."""
    for n in range(2, 5):
        if at - n >= lo and g.capital and g.capital.fullmatch(text, at - n, at):
            return at - n
    return at


def read_place(marked: Marked, clauses: Clauses, at: int, pack: LanguagePack) -> Place | None:
    """Read a place that begins at ``at``: a state, a capital's title, places from wide to narrow."""
    text, raw = marked.scan.text, marked.scan.unit.text
    sentence = marked.scan.sentences[clauses.index]
    g = grammar(pack)
    country: str | None = None
    city: tuple[int, int] | None = None
    start = at
    units = pack.places.units if pack.places else ()
    while at < clauses.end:
        m = next((m for m in clauses.mentions if m.start == at and m.kind in ("state", "place")), None)
        if m is None:
            i = sentence.token_at(at)
            token = sentence.tokens[i] if i >= 0 else None
            if (
                token
                and token.tag == "place"
                and token.start == at
                and not any(x.start < token.end and x.end > at for x in clauses.mentions)
            ):
                if not (city and g.building and g.building.search(text, at, token.end)):
                    city = (at, token.end)
                at = token.end
                continue
            m2 = g.capital.match(text, at + (text[at : at + 1] == " ")) if g.capital else None
            if m2:
                at = m2.end()
                continue
            break
        if m.kind == "state":
            country = m.value["country"] or country
            at = m.end
        else:
            country = country or m.value["country"]
            end = m.end
            for unit in units:
                if text.startswith(unit, end) and end + len(unit) <= clauses.end:
                    end += len(unit)
                    break
            if not (city and g.building and g.building.search(text, m.start, end)):
                city = (m.start, end)
            at = end
    if (country is None and city is None) or (g.not_place and g.not_place.match(text, at)):
        return None
    return Place(country, raw[city[0] : city[1]] if city else None, start, at)
