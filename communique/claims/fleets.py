"""Whose a ship is, or those on board, where their own words do not tell: that of the ships they come with."""

from __future__ import annotations

from collections.abc import Sequence

from communique.claims.draft import Draft, Party
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.mark import Marked
from communique.model import Mention

NEAR = 2
"""Sentences between what a body did and *it*."""
TOLD = frozenset({"held", "ongoing", "planned"})
ACTING = frozenset({"donor", "signatory", "guest", "attendee", "host", "subject", "proposer", "sender"})
BODIES = frozenset({"state", "group", "body", "bloc"})
REACH = 30
"""Letters between a ship's name and whose she is."""


@kept
def _words(pack: LanguagePack) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The words that begin names of ships; those before whom they are made of or come with; the joints of a list."""
    before = (*pack.markers.before.get("made_of", ()), *pack.markers.before.get("with", ()))
    rows = (pack.phrases.fleet, before, pack.markers.joints)
    return tuple(folded(x, pack.reading) for x in rows)  # type: ignore[return-value]


def owner(marked: Marked, m: Mention, drafts: Sequence[Draft], pack: LanguagePack) -> str | None:
    """Return the state of a ship or a crew that is told with another of them; None where nothing tells it.

    *The ships X and Y of A's navy*; *three ships of A's navy, with 200 sailors*. In a later sentence it is the state
    of the ship that came, if they bear its name or none (*the officers and sailors*). ``drafts`` are what was told.
    A name of which only the beginning was read may have its owner behind it (*the carrier Charles [de Gaulle of A]*),
    and so may what somebody sent (*the ship X was sent by A*), where the language puts both so.
    """
    ships, made_of, joints = _words(pack)
    text = marked.scan.text
    if not ships or not text.startswith(ships, m.start):
        return None
    row = [x for x in marked.row(m) if x.kind in ("group", "delegation", "body")]
    if pack.nouns.right and (behind := _behind(marked, m, pack)):
        return behind
    last = m
    for x in (x for x in row if x.start >= m.end):
        between = text[last.end : x.start].strip()
        if between not in joints and not between.startswith(made_of) or not text.startswith(ships, x.start):
            break
        if x.value.get("country"):
            return str(x.value["country"])
        last = x
    before = [x for x in row if x.end <= m.start and x.value.get("country") and text.startswith(ships, x.start)]
    if before and text[before[-1].end : m.start].lstrip(" ,").startswith(made_of):
        return str(before[-1].value["country"])
    return _came(marked, text[m.start : m.end], drafts, ships) if not before else None


def beside(marked: Marked, m: Mention, pack: LanguagePack) -> str | None:
    """The state of the ship before another of a list, where the head of a name stands last: *A's navy's ships X, Y*."""
    text, joints = marked.scan.text, folded(pack.markers.joints, pack.reading)
    before = [x for x in marked.row(m) if x.end < m.start and x.kind == "group"]
    if not before or text[before[-1].end : m.start] not in joints or text[m.end - 1] != text[before[-1].end - 1]:
        return None
    last = before[-1]
    return str(last.value["country"]) if last.value.get("country") else beside(marked, last, pack)


def _behind(marked: Marked, m: Mention, pack: LanguagePack) -> str | None:
    """The state behind the rest of a ship's name and a word for an owner, or behind words for who did it to her."""
    text, raw = marked.scan.text, marked.scan.unit.text
    near = (h for h in marked.hits if h.entry.kind == "state" and h.entry.value and 0 < h.start - m.end <= REACH)
    hit = next(near, None)
    words = text[m.end : hit.start].split() if hit else []
    if hit is None or not words:
        return None
    if words[-1] in pack.phrases.of:
        parts = raw[m.end : hit.start].split()[:-1]
        named = bool(parts) and all(w[0].isupper() or w in pack.nouns.particles for w in parts)
        return str(hit.entry.value) if named else None
    small = {*pack.mood.held, *pack.mood.planned}
    by = words[-1] in pack.markers.before.get("by", ()) and all(w in small for w in words[:-1])
    return str(hit.entry.value) if by else None


def _came(marked: Marked, words: str, drafts: Sequence[Draft], ships: tuple[str, ...]) -> str | None:
    """The state of the ship whose visit was told last, if the words bear its name, or no name at all.

    Without a name they are also those of the ship whose captain was said to come.
    """
    for d in reversed(drafts):
        for p, r in d.roles if d.type == "visit" else ():
            s = marked.scan.sentences[d.sentence]
            captain = p.kind == "person" and p.country and r in ("guest", "head_of_delegation") and words in ships
            if captain and any(f" {w} " in marked.scan.text[s.start : s.end] for w in ships):
                return p.country
            if r == "guest" and p.kind == "group" and p.country and p.name.lower().startswith(ships):
                own = words.rpartition(" ")[2]
                return p.country if words in ships or own in p.name.lower().split() else None
    return None


def crew(words: str, drafts: Sequence[Draft], pack: LanguagePack) -> list[Party]:
    """The ship whose visit was told last, where words mean her or those on board (*the ship*, *crew members*)."""
    crews = folded(pack.phrases.crews, pack.reading)
    if not any(w in words for w in crews):
        return []
    told = (d for d in reversed(drafts) if d.type in ("visit", "deployment", "ceremony"))
    came = (p for d in told for p, r in d.roles if r in ("guest", "subject") and p.kind == "group" and p.country)
    return [p for p in came if any(w in p.name.lower() for w in folded(pack.phrases.crewed, pack.reading))][:1]


def meant(words: str, drafts: Sequence[Draft], sentence: int, they: Sequence[Party], pack: LanguagePack) -> list[Party]:
    """Whom a word for several or for a ship means in a sentence: one body or state, a crew, or ``they``.

    *It*, where the sentence before told what a body or a state did, is that one.
    """
    if words not in folded(pack.phrases.it, pack.reading):
        return crew(words, drafts, pack) or list(they)
    near = [d for d in drafts if 0 < sentence - d.sentence <= NEAR and d.status in TOLD]
    rows = [p for d in near[-1:] for p, r in d.roles if r in ACTING and p.kind in BODIES and p.country]
    return rows[:1]
