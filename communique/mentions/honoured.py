"""Foreign names behind a title of honour, whose letters go on to a border that the tagger may not see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.mentions.namegrammar import NameGrammar
from communique.mentions.scan import Scan, Sentence

SHORTEST, LONGEST = 2, 10
"""Letters of such a name."""
NATIVE = 3
"""Letters of a name that begins with a surname."""


def names(text: str, sentence: Sentence, g: NameGrammar) -> Iterator[tuple[int, int]]:
    """Yield where the names behind titles of honour begin and end."""
    for m in g.honours.finditer(text, sentence.start, sentence.end) if g.honours else ():
        end = _end(text, m.end(), sentence.end, g)
        if end - m.end() >= SHORTEST and (g.polite is None or not g.polite.search(text[m.start() : end])):
            yield m.end(), end


def bare(scan: Scan, name: tuple[int, int, int], g: NameGrammar) -> int:
    """Where a name, by its start and end, begins without the title of honour that the tagger took with it."""
    m = g.honours.match(scan.text, name[0], name[1]) if g.honours else None
    return m.end() if m else name[0]


def _end(text: str, at: int, last: int, g: NameGrammar) -> int:
    """Where the letters of a foreign name at ``at`` end, or those of a native one, whose surname is no such letter."""
    end = at
    borders = (g.stops, g.after, g.joint)
    while end < last and end - at < LONGEST and (text[end] in g.letters or text[end] in g.particles):
        if end - at >= SHORTEST and any(_border(p, text, end, g) for p in borders if p is not None):
            return end
        end += 1
    if end - at >= SHORTEST:
        return end
    surname = g.surname.match(text, at, last) if g.surname else None
    if surname is None:
        return at
    stops = (at + n for n in (NATIVE, SHORTEST))
    return next((x for x in stops if x >= last or not text[x].isalnum() or _closed(text, x, last, g)), at)


def _closed(text: str, at: int, last: int, g: NameGrammar) -> bool:
    return any(p.match(text, at, last) for p in (g.stops, g.after, g.titled, g.joint) if p is not None)


def _border(pattern: re.Pattern[str], text: str, at: int, g: NameGrammar) -> bool:
    """Whether a word that is no letter of such names begins there, or one of two letters at least."""
    m = pattern.match(text, at)
    return m is not None and (m.end() - at > 1 or text[at] not in g.letters)
