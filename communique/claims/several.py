"""Nouns that stand for several states: their joint forces, the leaders of a list, people of states without a name."""

from __future__ import annotations

import re

from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.lexicon import Hit
from communique.mentions.mark import Marked
from communique.model import Mention

LIST = 10  # letters that may stand between a list of states and what is theirs


def states_of(marked: Marked, m: Mention, pack: LanguagePack) -> list[str]:
    """Return the codes of the states for which a noun stands; none where it is of one state, or of nobody known."""
    if pack.reading.words_apart:
        return _each(marked, m, pack)
    return _joint(marked, m, pack) or _each(marked, m, pack) or _listed(marked, m, pack)


def unnamed(marked: Marked, m: Mention, pack: LanguagePack) -> bool:
    """Whether a noun is of several states that are not named (*several states' leaders*, *the ships of 35 states*)."""
    words = marked.scan.text[m.start : m.end]
    first = tuple(w[:-1] for w in pack.phrases.many if w.endswith("~"))
    apart = pack.reading.words_apart
    counted = re.match(pack.markers.together, words) if pack.markers.together and not apart else None
    several = counted is not None and pack.ordinals.digits.get(words[0], 3) > 2
    return several or (bool(first) and words.startswith(first)) or _of_many(marked, m, pack)


def _of_many(marked: Marked, m: Mention, pack: LanguagePack) -> bool:
    before = tuple(w + of for w in pack.phrases.many for of in pack.phrases.of)
    return not pack.reading.words_apart and marked.scan.text.endswith(before, 0, m.start)


def _listed(marked: Marked, m: Mention, pack: LanguagePack) -> list[str]:
    """The states of the list right before a noun that is said to be theirs (*the ships of A, B and other states*)."""
    hits = [h for h in marked.hits if h.entry.kind in ("state", "bloc") and h.entry.value and h.end <= m.start]
    rows = _rows(marked, hits, pack) if _of_many(marked, m, pack) else []
    near = bool(rows) and m.start - rows[-1][-1].end <= LIST
    return list(dict.fromkeys(h.entry.value for h in rows[-1] if h.entry.value)) if near else []


def _joint(marked: Marked, m: Mention, pack: LanguagePack) -> list[str]:
    """The states whose joint force or office a noun means (*A-B's coast guards*, *the three states' ministers*)."""
    text, posted = marked.scan.text, tuple(pack.states.frames.before) if pack.states else ()
    before = [h for h in marked.hits if h.entry.kind == "state" and h.entry.value and h.start < m.end]
    pair = [h for h in before if m.start <= h.start and not text.endswith(posted, 0, h.start)]
    row = all(a.end == b.start for a, b in zip(pair, pair[1:], strict=False))
    if len(pair) > 1 and pair[0].start == m.start and row:
        return [c for h in pair if (c := h.entry.value)]
    several = re.match(pack.markers.together, text[m.start : m.end]) if pack.markers.together else None
    many = pack.ordinals.digits.get(several.group()[0], 0) if several else 0
    if pair or many < 3:
        return []
    lists = (list(dict.fromkeys(h.entry.value for h in r if h.entry.value)) for r in _rows(marked, before, pack)[::-1])
    return next((codes for codes in lists if len(codes) == many), [])


def _rows(marked: Marked, hits: list[Hit], pack: LanguagePack) -> list[list[Hit]]:
    """States that stand in one list together, list by list (*A, B and C*)."""
    rows: list[list[Hit]] = []
    for h in hits:
        near = rows and marked.scan.text[rows[-1][-1].end : h.start] in ("", *pack.markers.joints)
        rows = [*rows[:-1], [*rows[-1], h]] if near else [*rows, [h]]
    return rows


def _each(marked: Marked, m: Mention, pack: LanguagePack) -> list[str]:
    """The states that a noun for people of several states names (*the leaders of A and B*)."""
    text = marked.scan.text
    kinds = ("state",) if pack.reading.words_apart else ("state", "bloc")
    inside = [h for h in marked.hits if m.start <= h.start and h.end <= m.end and h.entry.kind in kinds]
    joined = folded(pack.markers.joints, pack.reading)
    if m.kind != "group" and (len(inside) != 2 or text[inside[0].end : inside[1].start] not in joined):
        return []
    pairs = zip(inside, inside[1:], strict=False)
    ends = [i for i, (a, b) in enumerate(pairs, 1) if text[a.end : b.start].strip() not in joined]
    row = inside[: ends[0]] if ends and not pack.reading.words_apart else inside  # *of A and B [to C]*
    codes = list(dict.fromkeys(h.entry.value for h in row if h.entry.value))
    if len(codes) < 2 or (ends and (row is inside or inside[0].start != m.start)):
        return []
    return codes
