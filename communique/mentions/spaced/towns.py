"""Places that no list knows, where blanks stand between words: a capital behind *in*, *at*, *the city of*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.spaced.line import BODY, WORD, Line
from communique.mentions.words import whole, words_pattern
from communique.model import Mention

KINDS = 3
"""Words for what a place is, and the state's adjective, that may stand before its name."""


@dataclass(frozen=True, eq=False)
class Places:
    """The words before a place, compiled: those that mark it, and those that say what it is."""

    at: re.Pattern[str] | None
    kind: re.Pattern[str] | None
    none_behind: tuple[str, ...]


@kept
def _places(pack: LanguagePack) -> Places:
    words = [fold(w, pack.reading) for w in pack.markers.before.get("at", [])]
    behind = tuple(w for w in (fold(w, pack.reading) for w in pack.markers.not_place) if w[0] in " -")
    kinds = [fold(w, pack.reading) for w in pack.markers.capital] if pack.nouns.left else []
    kind = re.compile(whole("|".join(kinds), apart=True)) if kinds else None
    return Places(words_pattern(words, r"\s", apart=True), kind, behind)


def _behind_kind(line: Line, at: int, kind: re.Pattern[str] | None) -> tuple[int, str | None]:
    """Where the name of a place begins behind what it is, and the state whose adjective stands there.

    *In [the southern A city of] X*; ``at`` itself where no state's adjective is told.
    """
    begin, country = at, None
    for _ in range(KINDS if kind is not None else 0):
        hit = line.known.get(begin)
        m = kind.match(line.text, begin, line.end) if kind else None
        if hit is not None and hit.entry.kind == "state" and country is None:
            begin, country = line.skip(hit.end), hit.entry.value
        elif m is not None:
            begin = line.skip(m.end())
        else:
            break
        if begin < 0:
            return at, None
    return (begin, country) if country is not None and begin not in line.known else (at, None)


def nowhere(line: Line, busy: Sequence[tuple[int, int]], pack: LanguagePack) -> list[Mention]:
    """Places that no list knows: words with a capital right behind a word such as *in* or *at*."""
    out = []
    g = _places(pack)
    pattern = g.at
    for m in pattern.finditer(line.text, line.start, line.end) if pattern else ():
        begin = at = line.article(m.end())
        for word in pack.nouns.places if pack.nouns.right else ():  # *at province X*
            at = at + len(word) + 1 if begin == at and line.text.startswith(word + " ", at) else at
        named, country = _behind_kind(line, at, g.kind)
        begin, at = (named, named) if country else (begin, at)
        if (
            (country is None and {at, begin, m.end()} & line.known.keys())
            or not line.capital(at)
            or any(a < at + 1 and at < b for a, b in busy)
        ):
            continue
        end = line.word.get(at, at)
        while line.text.startswith("-", end) and end + 1 in line.word:  # *Kam-pa-la*
            end = line.word[end + 1]
        end = line.grow_right(end, WORD | BODY, caps=True, linked=False)
        if line.text.startswith(g.none_behind, end):
            continue  # *at the Deputy Minister level*
        free = all(end <= a or at >= b for a, b in busy)
        nxt = line.skip(end) if pack.nouns.right else -1
        owned = any(line.known.get(nxt + len(w) + 1) and line.text.startswith(f"{w} ", nxt) for w in line.vocabulary.of)
        if nxt >= 0 and line.cased[nxt].islower() and not owned:
            continue  # only the first word of a noun phrase
        if end > at + 2 and free:
            out.append(Mention(begin, end, "place", {"country": country}, "phrase"))
    return out
