"""Forces: the names and numbers of ships, and those who are counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.phrasegrammar import PhraseGrammar
from communique.mentions.scan import Scan
from communique.mentions.spaced.line import GROUP, Line
from communique.mentions.spaced.naming import grammar
from communique.model import Mention

HULL = re.compile(r"\s[0-9]{2,4}\b(\s?[-\u2013]\s?)?")
INITIAL = re.compile(r" [A-Z]\. [A-Z]")
CUTS = frozenset(",;:-\u2013")
SHORTEST = 3
"""Letters of a ship's name that are too few to know her by."""
COUNT = 48  # letters before a noun within which its number stands


def ship(line: Line, end: int, head: str) -> int:
    """Return where a group ends that bears the name of a ship: capitals behind its head, and the words behind those."""
    nxt = line.skip(end)
    stop = line.word.get(nxt, -1)
    called = stop - nxt > 1 and line.raw[nxt:stop].isupper() or head.isupper()
    called = called or (nxt >= 0 and line.capital(nxt) and head.split()[-1].lower() in line.vocabulary.places)
    return _initials(line, line.grow_right(end, 0, caps=True, linked=False)) if called else end


def _initials(line: Line, end: int) -> int:
    """Where a name ends that goes on behind a letter with a full stop (*USS John A. Smith*)."""
    while INITIAL.match(line.raw, end - 2, end + 3):
        end = line.grow_right(line.word.get(end + 2, end), 0, caps=True, linked=False)
    return end


def named_again(s: Scan, rows: Sequence[tuple[Mention, ...]], pack: LanguagePack) -> list[tuple[Mention, ...]]:
    """Return the mentions of each sentence, with the ships that are told again by their names alone.

    *USS Smith Hall arrived* is followed by *Smith Hall sailed*, or by *Hall sailed*.
    """
    first = _prefix(pack)
    ships = [m for row in rows for m in row if m.kind == "group"] if first and first.search(s.unit.text) else []
    names: dict[str, Mention] = {}
    for m in ships:
        prefix = first.search(s.unit.text, m.start, m.end) if first else None
        name = s.unit.text[prefix.end() : m.end] if prefix else ""
        for short in {name, name.split()[-1]} if len(name) > SHORTEST else ():
            names.setdefault(short, m)
    if not names:
        return list(rows)
    known = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?![\w-])")
    out = []
    for x, row in zip(s.sentences, rows, strict=True):
        told = [(m, names[m.group()]) for m in known.finditer(s.unit.text, x.start, x.end)]
        more = [
            Mention(m.start(), m.end(), "group", {"country": ship.value["country"]}, "phrase")
            for m, ship in told
            if ship.end <= m.start() and all(m.end() <= o.start or o.end <= m.start() for o in row)
        ]
        out.append(tuple(sorted([*row, *more], key=lambda m: m.start)) if more else row)
    return out


@kept
def _prefix(pack: LanguagePack) -> re.Pattern[str] | None:
    """What begins the name of a ship of a navy."""
    words = [w for w in pack.nouns.places if w.isupper()]
    return re.compile(rf"\b(?:{'|'.join(words)}) ") if words else None


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
