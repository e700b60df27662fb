"""Forces: the names and numbers of ships, and those who are counted."""

from __future__ import annotations

import re

from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.phrasegrammar import PhraseGrammar
from communique.mentions.spaced.line import GROUP, Line
from communique.mentions.spaced.naming import grammar

HULL = re.compile(r"\s[0-9]{2,4}\b(\s?[-\u2013]\s?)?")
CUTS = frozenset(",;:-\u2013")
COUNT = 48  # letters before a noun within which its number stands


def ship(line: Line, end: int, head: str) -> int:
    """Return where a group ends that bears the name of a ship: capitals behind its head, and the words behind those."""
    nxt = line.skip(end)
    stop = line.word.get(nxt, -1)
    called = stop - nxt > 1 and line.raw[nxt:stop].isupper() or head.isupper()
    called = called or (nxt >= 0 and line.capital(nxt) and head.split()[-1].lower() in line.vocabulary.places)
    return line.grow_right(end, 0, caps=True, linked=False) if called else end


def hull(line: Line, end: int) -> int:
    """Return where a group ends that bears the number of a ship, and its name behind a dash."""
    m = HULL.match(line.text, end, line.end)
    if m is None:
        return end
    named = m.group(1) and line.capital(m.end())
    number = m.end() - len(m.group(1) or "")
    return line.grow_right(line.word[m.end()], 0, caps=True, linked=False) if named else number


def sent(line: Line, span: tuple[int, int], g: PhraseGrammar) -> bool:
    """Return whether a noun is one of forces that are counted: *sent 200 police officers*."""
    found = g.troops.finditer(line.text, max(line.start, span[0] - COUNT), line.end) if g.troops else ()
    return any(m.start() < span[0] and m.end() == span[1] for m in found)


def aboard(line: Line, span: tuple[int, int], pack: LanguagePack) -> bool:
    """Whether bare words for a ship or a crew begin a clause and act in it (*the ship will visit B*)."""
    start, end = span
    if not pack.nouns.right or line.text[start:end] not in folded(pack.phrases.fleet, pack.reading):
        return False
    article = next((a for a in line.vocabulary.articles if line.text.endswith(f"{a} ", line.start, start)), "")
    start -= len(article) + 1 if article else 0
    cut = line.text[start - 2 : start - 1] in CUTS and line.longest_before(start - 2, GROUP) is None
    begins = start == line.start or cut
    verbs, nxt = grammar(pack).verbs, line.skip(end)
    return begins and verbs is not None and nxt > 0 and verbs.match(line.text, nxt, line.end) is not None
