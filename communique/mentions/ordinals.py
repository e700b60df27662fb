"""Ordinals of rounds: the fifteenth meeting, the first dialogue, the fourteenth congress."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.words import words_pattern


@dataclass(frozen=True, slots=True)
class Ordinal:
    """An ordinal and where it stands."""

    start: int
    end: int
    number: int
    congress: bool = False


@dataclass(frozen=True, eq=False)
class OrdinalGrammar:
    """The ordinal forms of a pack, compiled."""

    forms: re.Pattern[str] | None
    first: re.Pattern[str] | None
    congress: re.Pattern[str] | None
    counts: re.Pattern[str] | None
    digits: dict[str, int]


@kept
def grammar(pack: LanguagePack) -> OrdinalGrammar:
    """Compile the ordinal forms of a pack."""
    o = pack.ordinals
    first = sorted((fold(w, pack.reading) for w in o.first), key=len, reverse=True)
    return OrdinalGrammar(
        re.compile("|".join(o.forms)) if o.forms else None,
        words_pattern(first, apart=pack.reading.words_apart),
        re.compile("|".join(o.congress)) if o.congress else None,
        re.compile("|".join(o.counts)) if o.counts else None,
        dict(o.digits),
    )


def number(words: str, digits: dict[str, int]) -> int | None:
    """Return the number that ``words`` write in figures or in the pack's numerals (below a thousand)."""
    if words.isascii() and words.isdigit():
        return int(words)
    if words in digits:
        return digits[words]
    total = part = 0
    for c in words:
        n = digits.get(c)
        if n is None:
            return None
        if n in (10, 100):
            total, part = total + (part or 1) * n, 0
        else:
            part = part * 10 + n if part and n < 10 else n
    return total + part or None


def find(text: str, start: int, end: int, pack: LanguagePack) -> list[Ordinal]:
    """Return the ordinals between ``start`` and ``end``, in order."""
    g = grammar(pack)
    out = []
    for pattern in (g.forms, g.congress):
        for m in pattern.finditer(text, start, end) if pattern else ():
            words = next((x for x in m.groups() if x), None)
            n = number(words, g.digits) if words else None
            if n:
                out.append(Ordinal(m.start(), m.end(), n, pattern is g.congress))
    out += [Ordinal(m.start(), m.end(), 1) for m in (g.first.finditer(text, start, end) if g.first else ())]
    return sorted(out, key=lambda o: o.start)


def count(text: str, start: int, end: int, pack: LanguagePack) -> int | None:
    """Return how many rounds the words between ``start`` and ``end`` count, if they do."""
    g = grammar(pack)
    m = g.counts.search(text, start, end) if g.counts else None
    words = next((x for x in m.groups() if x), None) if m else None
    return number(words, g.digits) if words else None
