"""Whose delegation *the delegation* is, and whose *the 9th battalion*, where no blanks stand between words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from communique.claims.draft import CAME, Draft, Party
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.mark import Marked
from communique.mentions.meetings import QUOTES
from communique.model import Mention

BEGINS = 5
"""Letters by which a force is known again whose state is not named again."""
UNITS = frozenset({"group", "body", "delegation"})


@kept
def _words(pack: LanguagePack) -> frozenset[str]:
    """The words that mean a delegation told before and name nobody."""
    return frozenset(folded([*pack.phrases.delegation_heads, *pack.phrases.teams], pack.reading))


NOUNS = frozenset({"noun", "body", "place", "person", "pronoun", "number", "particle", "adjective", "other"})
"""Tags of what makes a delegation another's when it stands right before the word."""


@kept
def _units(pack: LanguagePack) -> dict[str, str]:
    """The words that mean a unit told before (*this hospital*), each with the letter by which it is known again."""
    return {w: w[-1] for w in folded(pack.phrases.corps, pack.reading)}


def _unit(m: Mention, marked: Marked, head: str) -> Party | None:
    """The unit of the kind that a bare word names that was named last before it, with whose it is."""
    rows = (x for row in marked.mentions for x in row if x.end <= m.start and x.kind in UNITS)
    told = [x for x in rows if x.value.get("country") and head in marked.scan.text[x.start : x.end]]
    words = marked.scan.unit.text[m.start : m.end]
    return Party(words, str(told[-1].value["country"]), "group") if told else None


def _came(m: Mention, marked: Marked, drafts: Sequence[Draft], head: str) -> Party | None:
    """The unit of that kind that made the journey told last, rather than one that it met there (*the ship*)."""
    words = marked.scan.unit.text[m.start : m.end]
    came = (p for d in reversed(drafts) if d.type == "visit" for p, r in d.roles if r in CAME and p.kind == "group")
    last = next((p for p in came if p.country and head in p.name), None)
    return Party(words, last.country, "group") if last is not None else None


def _marked(text: str, m: Mention) -> str:
    """The name in marks with which the name of a ship begins (*the "A"*); nothing for another."""
    close = text.find(QUOTES.get(text[m.start], "\0"), m.start, m.end)
    return text[m.start : close + 1]


def _ship(m: Mention, marked: Marked, name: str) -> Party | None:
    """The ship of a name, of the state that the sentence first names which first names her (*A's crew on the "B"*)."""
    at = marked.scan.text.find(name)
    sentence = next((s for s in marked.scan.sentences if s.start <= at < s.end), None)
    hits = marked.within(sentence.start, at) if sentence else ()
    state = next((h.entry.value for h in hits if h.entry.kind in ("state", "body") and h.entry.value), None)
    return Party(marked.scan.unit.text[m.start : m.end], str(state), "group") if state else None


def without_fleet(members: Sequence[Mention], leaders: Mapping[int, Mention], text: str) -> Sequence[Mention]:
    """The members of a list, of ships in marks of which somebody leads the first that one: they come with him."""
    led = members[0].start in leaders and all(m.kind == "group" and _marked(text, m) for m in members)
    return members[:1] if led else members


def meant(m: Mention, marked: Marked, drafts: Sequence[Draft], pack: LanguagePack) -> Party | None:
    """Return who leads the delegation that a bare word means, or the delegation as it was named; else None.

    ``drafts`` are the events told so far: whoever travelled last is meant, else who led somebody to a meeting. Of
    another unit, the state is told.
    """
    scan = marked.scan
    if (head := _units(pack).get(scan.text[m.start : m.end])) is not None:
        return _came(m, marked, drafts, head) or _unit(m, marked, head)
    if m.kind == "group" and not m.value.get("country") and (name := _marked(scan.text, m)):
        return _unit(m, marked, name) or _ship(m, marked, name)
    if pack.reading.words_apart or m.value.get("country") or scan.text[m.start : m.end] not in _words(pack):
        return None
    sentence = next(s for s in scan.sentences if s.start <= m.start < s.end)
    i = sentence.token_at(m.start)
    own = i >= 0 and sentence.tokens[i].start < m.start
    if own or any(t.end == m.start and t.tag in NOUNS for t in sentence.tokens):
        return None
    for draft in reversed(drafts):
        led = [p for p, r in draft.roles if r == "head_of_delegation" and p.country]
        if draft.type == "visit":
            led += [p for p, r in draft.roles if r in CAME and p.country and (p.kind == "person" or not led)]
        if led:
            return replace(led[0], leader=led[0].kind == "person")
    return None


def force(name: str, pack: LanguagePack) -> str:
    """Return how the name of a force begins, its number apart."""
    letters = pack.ordinals.digits
    return "".join(c for c in name if c not in letters and not c.isdigit())[:BEGINS]


def forces(marked: Marked, pack: LanguagePack) -> dict[str, str]:
    """Return whose the forces of a unit are, by how their names go on behind the state that stands in front."""
    out: dict[str, str] = {}
    for m in (m for row in marked.mentions for m in row if m.kind == "group" and m.value.get("country")):
        state = next((h for h in marked.within(m.start, m.end) if h.start == m.start and h.entry.kind == "state"), None)
        if state is not None and m.end - state.end > BEGINS:
            out.setdefault(force(marked.scan.text[state.end : m.end], pack), str(m.value["country"]))
    return out
