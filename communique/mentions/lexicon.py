"""All names and words of a pack in one automaton: one pass over the text finds them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick

from communique.loader.gazetteer import Cut, MechanismPack, StatesPack
from communique.loader.language import LanguagePack
from communique.mentions.fold import shown, small


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word of the lexicon means: a kind, a code or an id, and of a mechanism its kind."""

    kind: str
    value: str | None = None
    note: str | None = None


class Hit(NamedTuple):
    """A word of the lexicon in a text."""

    start: int
    end: int
    entry: Entry


class Lexicon:
    """An automaton over words. Read-only once built."""

    def __init__(
        self,
        words: Iterable[tuple[str, Entry]],
        *,
        words_apart: bool,
        capitals: bool = False,
        cuts: tuple[Cut, ...] = (),
        weak: frozenset[str] = frozenset(),
    ) -> None:
        self._apart, self._capitals, self._cuts, self._weak = words_apart, capitals, cuts, weak
        self._auto: Any = ahocorasick.Automaton()
        for word, entry in words:
            key = small(word) if capitals else word
            if word and (key not in self._auto or (word.isupper() and not self._auto.get(key)[2].isupper())):
                self._auto.add_word(key, (len(key), entry, word, words_apart or key.isascii(), self._ends(entry, key)))
        self._ready = len(self._auto) > 0
        if self._ready:
            self._auto.make_automaton()

    def hits(self, text: str, start: int = 0, end: int | None = None, cased: str | None = None) -> list[Hit]:
        """Return the words that stand in ``text``, leftmost and longest first, without overlap.

        A word that lies wholly inside a blocked word (kind ``none``) is no hit. Where names begin with a capital,
        ``cased`` is the text with its capitals: a name of the pack must have one there, an acronym have it whole.
        """
        if not self._ready:
            return []
        found: list[Hit] = []
        blocked: list[tuple[int, int]] = []
        latin = not self._apart
        for last, (n, entry, word, edged, cuts) in self._auto.iter(text, start, len(text) if end is None else end):
            begin = last + 1 - n
            if cased is not None and self._capitals and not _as_written(word, cased[begin : last + 1]):
                continue
            if entry.kind == "state" and word in self._weak and cased and _behind_name(cased, begin):
                continue
            if edged and not (_edge(text, begin, latin) and _edge(text, last + 1, latin)):
                continue
            if cuts and text.startswith(cuts, last + 1):
                continue
            if entry.kind == "none":
                blocked.append((begin, last + 1))
            else:
                found.append(Hit(begin, last + 1, entry))
        if blocked:
            found = [h for h in found if not any(a <= h.start and h.end <= b for a, b in blocked)]
        return leftmost(found)

    def inside(self, text: str, hit: Hit) -> list[Hit]:
        """Return the parties (states, blocs, bodies) that the name of a mechanism holds."""
        if not self._ready:
            return []
        found = [
            Hit(last + 1 - n, last + 1, entry)
            for last, (n, entry, *_) in self._auto.iter(text, hit.start, hit.end)
            if entry.kind in ("state", "bloc", "body")
            and last + 1 - n >= hit.start
            and not (self._apart and not (_edge(text, last + 1 - n) and _edge(text, last + 1)))
        ]
        return leftmost(found)

    def _ends(self, entry: Entry, key: str) -> tuple[str, ...]:
        """The words before which the last letter of a state's name is theirs."""
        if entry.kind != "state":
            return ()
        fit = (c for c in self._cuts if len(key) - len(c.end) >= c.left and key.endswith(c.end))
        return tuple(w for c in fit for w in c.before)


def _as_written(word: str, found: str) -> bool:
    """Whether ``found`` has the capitals that the pack gives ``word``; one inside an acronym may be small (*AoB*)."""
    if word.isupper() and len(word) < 9:
        return word == found or (len(found) == 3 and found[0].isupper() and found[1].islower() and found[2].isupper())
    return not word[0].isupper() or found[0].isupper()


def _behind_name(cased: str, at: int) -> bool:
    """Whether a word with a capital that begins no sentence stands right before ``at``."""
    begin = at - 1
    while begin > 0 and cased[begin - 1].isalpha():
        begin -= 1
    return 0 < begin < at - 1 and cased[at - 1] == " " and cased[begin].isupper() and cased[begin - 1] == " "


def leftmost(found: Iterable[Hit]) -> list[Hit]:
    """Return the hits that do not overlap, the leftmost and, of these, the longest first."""
    out: list[Hit] = []
    for h in sorted(found, key=lambda h: (h.start, -h.end)):
        if not out or h.start >= out[-1].end:
            out.append(h)
    return out


def _edge(text: str, at: int, latin: bool = False) -> bool:
    """Tell whether a word may begin or end here; ``latin``: only Latin letters hold together."""
    if at <= 0 or at >= len(text):
        return True
    left, right = text[at - 1], text[at]
    if latin:
        return not (left.isascii() and left.isalpha() and right.isascii() and right.isalpha())
    return not (left.isalnum() and right.isalnum())


def _styled(states: StatesPack, pack: LanguagePack) -> list[tuple[str, Entry]]:
    """The names of states behind the words that belong to them (*the Republic of A*); a name of its own comes first."""
    rows = [(name, code) for code, state in states.states.items() for name in state.full()]
    return [(shown(f"{w} {name}", pack.reading), Entry("state", code)) for w in states.styles for name, code in rows]


def build(pack: LanguagePack, mechanisms: tuple[MechanismPack, ...]) -> Lexicon:
    """Return the lexicon of one language: states, blocs, places, bodies, ranks, mechanisms, stand-ins."""
    rows: list[tuple[str, Entry]] = []

    def add(kind: str, words: Iterable[str], value: str | None = None, note: str | None = None) -> None:
        rows.extend((shown(w, pack.reading), Entry(kind, value, note)) for w in words)

    if pack.states:
        add("none", pack.states.not_states)
        for code, state in pack.states.states.items():
            add("state", (*state.full(), *state.adjectives), code)
        for code, former in pack.states.former.items():
            add("state", former.full(), former.successor or code)
        rows.extend(_styled(pack.states, pack))
    if pack.blocs:
        add("none", pack.blocs.not_blocs)
        for bloc in pack.blocs.blocs.values():
            add("bloc", bloc.full(), bloc.code or bloc.name, bloc.mkind)
    if pack.offices:
        bodies = pack.offices.bodies
        add("none", bodies.not_bodies)
        for table in (bodies.parties_of, bodies.forces_of, bodies.organs_of):
            for name, code in table.items():
                add("body", [name], code)
        add("body", bodies.state_organs)
        add("office", pack.offices.offices.heads)
        add("office", pack.offices.offices.abbreviated)
    for m in (m for m in mechanisms if not m.family):
        add("mechanism", m.names.get(pack.code, ()), m.id, m.mkind)
        add("mechanism", m.acronyms, m.id, m.mkind)
        add("loose", m.loose.get(pack.code, ()), m.id)
    if pack.ranks:
        add("rank", pack.ranks.ranks)
        add("honorific", pack.ranks.honorifics)
    phrases = pack.phrases
    for kind in ("own", "side", "pair", "people", "they", "he", "all_members"):
        add(kind, getattr(phrases, kind))
    add("delegation", (*phrases.teams, *phrases.corps))
    add("none", phrases.not_teams)
    if pack.offices:
        heads = [*pack.offices.offices.heads, *pack.offices.offices.abbreviated]
        add("people", [a + h for a in phrases.people_prefixes for h in heads])
    if pack.places:
        add("none", pack.places.not_places)
        for code, places in pack.places.places.items():
            add("place", places.full(), None if code == "none" else code)
    cuts = pack.states.cuts if pack.states else ()
    weak = frozenset(pack.states.weak) if pack.states else frozenset()
    reading = pack.reading
    return Lexicon(rows, words_apart=reading.words_apart, capitals=reading.capitals, cuts=cuts, weak=weak)
