"""An open commitment, and what of a sentence belongs to it by its words alone: asides, examples, what a list closes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.claims.clause import Clauses, Group
from communique.claims.commitwords import Book
from communique.claims.context import Context
from communique.claims.draft import Party
from communique.loader.language import CommitmentRule
from communique.mentions.fold import folded

PIECES = re.compile(r"[^,;]{6,}")
SHORT = 3  # letters up to the end of an opener that begins its segment
WISHED = frozenset({"agree", "hope", "propose"})
"""Acts of which *will* is no promise: who wishes for it, or has agreed on it, says so."""
MEANT = frozenset({"hope", "propose"})
"""Acts behind whose opener alone in its segment any clause is what is wished for."""
SMALL = frozenset({"adverb", "time", "conjunction", "particle", "punctuation", "preposition"})


@dataclass(frozen=True, slots=True)
class Said:
    """An open commitment: the rule, who binds whom, and whether a list of undertakings follows a colon."""

    rule: CommitmentRule
    actors: tuple[Party, ...]
    others: tuple[Party, ...]
    listing: bool = False
    leading: bool = False  # the opener, or whom it is about, ended its segment: what follows may name its own actor


def within(opened: Said, reach: int, said: Said | None) -> bool:
    """Whether what opens like backing goes on with what was agreed before it (*agreed to A; to support B*).

    So does a promise behind an opener that ended its segment: *he hopes that, in future, A will go on with B*.
    """
    if said is None:
        return False
    if said.leading and (opened.rule.act == "pledge" or opened.rule.who == "pair"):
        return said.rule.act in WISHED
    return opened.rule.act == "support" and said.rule.act == "agree" and reach <= SHORT


def closed(context: Context, clauses: Clauses, b: Book) -> Iterable[tuple[Said, int, int, int]]:
    """What a sentence lists before its end says that it was agreed (*on A, B and C the two sides came to terms*)."""
    s = context.marked.scan.sentences[clauses.index]
    m = b.closed.search(context.text, s.start, s.end) if b.closed else None
    first = next((g for g in clauses.groups if m and g.marker is None and g.end <= m.start("what")), None)
    actors = tuple(context.members(first, clauses)) if first else ()
    if m is None or first is None or m.start() > first.end + 2 or len({p.country for p in actors}) < 2:
        return
    rule = next(r for rules in b.rules.values() for r in rules if r.act == "agree")
    at = m.start("what")
    for row in PIECES.finditer(context.text, at, m.end("what")):
        if not vague(context.text, row.start(), row.end(), b):
            yield Said(rule, actors, ()), row.start(), row.start(), row.end()


def aside(context: Context, clauses: Clauses, lo: int, hi: int, b: Book) -> bool:
    """Whether a segment only says how or when, or names examples of what was undertaken before it."""
    plain = b.asides is not None and b.asides.fullmatch(context.text, lo, hi) is not None
    return plain or _example(context, clauses, lo, hi, b)


def _example(context: Context, clauses: Clauses, lo: int, hi: int, b: Book) -> bool:
    """Whether a segment only names examples of what was undertaken before it, or goes on with them."""
    first = context.marked.scan.sentences[clauses.index].start
    told = b.examples.search(context.text, first, hi) if b.examples else None
    begun = b.link.match(context.text, lo, hi) if b.link else None
    at = begun.end() if begun else lo
    verb = b.starts is not None and b.starts.match(context.text, at, hi) is not None
    return told is not None and not verb and told.start() <= at


def of_things(context: Context, clauses: Clauses, before: Sequence[Group], lo: int, hi: int) -> bool:
    """Whether a thing, not a party, stands before the words that open a commitment, where no blanks part words.

    *A's visit will open doors*, *the situation will remain complex*: nobody undertakes it.
    """
    of = folded(context.pack.phrases.of, context.pack.reading)
    if before:
        at = before[-1].end  # *A [and his party]'s visit*
        at += next((len(w) for w in context.pack.phrases.retinue if context.text.startswith(w, at)), 0)
        return context.text.startswith(of, at)
    if any(m.kind == "meeting" and lo <= m.start < hi for m in clauses.mentions):
        return False  # *the meeting agreed*
    sentence = context.marked.scan.sentences[clauses.index]
    words = [t for t in sentence.tokens if lo <= t.start and t.end <= hi and t.tag not in SMALL]
    return bool(words) and words[-1].tag == "noun" and words[-1].end - words[-1].start > 1


def vague(text: str, start: int, end: int, b: Book) -> bool:
    """Whether words hold nothing to be done: too few, or general ones of the pack."""
    if b.general and b.general.search(text[start:end]):
        return True
    return end - start < 6
