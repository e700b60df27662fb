"""Addresses where blanks stand between words: *at the Merdeka Palace, Jakarta*; parts of a state: *off the A coast*."""

from __future__ import annotations

import re

from communique.claims.clause import Clauses
from communique.claims.clausewords import grammar, marker_before
from communique.claims.draft import Place
from communique.claims.triggers import Trigger
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.mark import Marked
from communique.mentions.words import words_pattern
from communique.model import Mention

PARTS = 3
"""How many parts an address may have before its town."""
LONG = 70
"""How many letters a part may have."""
NEAR = 12
PLACES = frozenset({"place", "state", "body"})


@kept
def _ats(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words that begin an address."""
    return words_pattern([fold(w, pack.reading) for w in pack.markers.before.get("at", ())], r"\s", apart=True)


def addressed(marked: Marked, clauses: Clauses, at: tuple[int, Mention], pack: LanguagePack) -> bool:
    """Whether a place, whose words begin at ``at``, ends an address that a word such as *at* begins.

    What stands between is written as a name, tells of nobody and no day, and no verb follows the place (*in a
    statement, A said*).
    """
    start, place = at
    seg = clauses.segment(start)
    pattern, text = _ats(pack), marked.scan.text
    if pattern is None or text[clauses.bounds(seg)[0] : start].strip() or not _ends(text, clauses, place):
        return False
    for k in range(seg - 1, max(-1, seg - 1 - PARTS), -1):
        lo, hi = clauses.bounds(k)
        words = list(pattern.finditer(text, lo, hi))
        begin = words[-1].end() if words else lo
        named = [m for m in clauses.mentions if begin <= m.start < hi]
        if hi - begin > LONG or not all(_houses(m, place) for m in named):
            return False
        if words:
            first = begin
            while any(text.startswith(f"{w} ", first) for w in pack.nouns.articles):
                first = text.index(" ", first) + 1
            name = marked.scan.unit.text[first:hi]
            return any(w[:1].isupper() for w in name.split())
    return False


def _houses(m: Mention, place: Mention) -> bool:
    """Whether a name may be a part of an address in a place: a town, a house, a hall, of no other state."""
    hall = m.kind == "meeting" and m.value["mkind"] == "centre"
    return hall or (m.kind in PLACES and m.value.get("country") in (None, place.value["country"]))


def _ends(text: str, clauses: Clauses, place: Mention) -> bool:
    """Whether nothing is told of a place: the words end behind it, or go on with its state or with a day."""
    behind = text[place.end : clauses.end].strip()
    near = [m for m in clauses.mentions if m.kind in ("date", "state") and 0 <= m.start - place.end < NEAR]
    # *in A, B and C signed*: the states of a list end no address.
    more = any(m.kind == "date" or not text[place.end : m.start].strip(" ,(") for m in near)
    return not behind or behind[0] in ",.;(" or more


def in_lands(marked: Marked, clauses: Clauses, t: Trigger, pack: LanguagePack) -> Place | None:
    """The state in a part of which something is said to be, in the trigger's segment: *off the A coast*."""
    words = tuple(f" {w}" for w in pack.markers.lands)
    lo, hi = clauses.bounds(clauses.segment(t.start))
    for h in marked.within(lo, hi) if words else ():
        behind = marked.scan.text.startswith(words, h.end) and h.entry.kind == "state" and h.entry.value
        if behind and marker_before(marked.scan.text, clauses.start, h.start, grammar(pack)) == "at":
            return Place(h.entry.value, None, h.start, h.end)
    return None
