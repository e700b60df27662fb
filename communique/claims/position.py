"""Positions: what a party says on an issue (codebook, section 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from communique.claims.build import claim
from communique.claims.clause import Clauses, Group
from communique.claims.context import Context
from communique.claims.draft import HEADLINES
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.words import words_pattern
from communique.model import Claim


@dataclass(frozen=True, eq=False)
class Book:
    """The stance words of a pack, compiled."""

    opener: re.Pattern[str] | None
    points: tuple[tuple[str, re.Pattern[str]], ...]
    topics: tuple[tuple[str, re.Pattern[str]], ...]


@kept
def book(pack: LanguagePack) -> Book:
    """Compile the stance words of a pack."""
    p = pack.positions
    known = {t: words_pattern([fold(w, pack.reading) for w in words]) for t, words in pack.commitments.topics.items()}
    return Book(
        words_pattern([fold(w, pack.reading) for w in p.open], apart=pack.reading.words_apart),
        tuple((name, re.compile("|".join(words))) for name, words in p.points.items()),
        tuple((t, pattern) for t in p.topics if (pattern := known.get(t))),
    )


def positions(context: Context) -> list[Claim]:
    """Return the stances of a unit: a sentence that opens one, makes a point, and has an issue."""
    b = book(context.pack)
    out: list[Claim] = []
    if b.opener is None:
        return out
    text = context.text
    for i, s in enumerate(context.marked.scan.sentences):
        if s.part in HEADLINES:
            continue
        opened = b.opener.search(text, s.start, s.end)
        if opened is None:
            continue
        points = [name for name, pattern in b.points if pattern.search(text, s.start, s.end)]
        topic = next((t for t, pattern in b.topics if pattern.search(text, s.start, s.end)), None)
        if not points or topic is None:
            continue
        clauses = context.clauses(i)
        holders = _holders(context, clauses, opened.start())
        if not holders:
            continue
        values = {
            "holder": holders,
            "topic": topic,
            "voice": "joint" if len(holders) > 1 else "self",
            "points": points,
        }
        spans: list[tuple[int, int, str | None]] = [(s.start, s.end, None)]
        out.append(claim(context.marked.scan.unit, "position", values, spans, f"{context.pack.code}/position"))
    return out


def _holders(context: Context, clauses: Clauses, at: int) -> list[str]:
    """The countries of those who speak: the unmarked actors before the opening word."""
    before: list[Group] = [g for g in clauses.groups if g.end <= at and g.marker in (None, "by", "with")]
    for group in before[-1:]:
        codes = [p.country or p.name for p in context.members(group, clauses)]
        return list(dict.fromkeys(codes))
    return []
