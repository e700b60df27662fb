"""Mentions that only say what another one is: whose, from where, for whom; they take no part themselves."""

from __future__ import annotations

from collections.abc import Sequence

from communique.claims.clausewords import ClauseGrammar, bare, marker_before
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.mark import Marked
from communique.model import Mention

HOMES = frozenset({"place", "state", "body", "group"})
OWNERS = frozenset({"body", "group", "delegation"})
SIGNS = (",", "-", "\u2014", "\u2013")
"""What stands between a town and its state."""
BETWEEN = 20
"""Letters between the two."""
SMALL = 10
"""Letters of the words around a day and a town that open a sentence."""
BRACKET = 120
"""Letters of a bracket that only says whose, or from where, those before it are."""


def modifiers(text: str, start: int, mentions: Sequence[Mention], g: ClauseGrammar) -> set[int]:
    """Return where those mentions of a sentence begin that only say what another is; ``start`` is its own beginning."""
    out = _named_by(mentions, g)
    for i, (a, b) in enumerate(zip(mentions, mentions[1:], strict=False)):
        if a.kind == "state":
            if (b.kind == "place" and a.end == b.start) or _owns(text, a, b, g):
                out.add(a.start)
            if _same(text, a, b, g):
                out.add(b.start)
            if b.kind == "state" and i + 2 < len(mentions) and _both(text, a, b, mentions[i + 2], g):
                out.add(mentions[i + 2].start)
        elif a.kind == "pair":
            if b.kind in ("body", "group", "delegation") and a.end == b.start:
                out.add(b.start)
        elif a.kind == "person":
            if _sends(text, a, b, g):
                out.add(a.start)
            if g.apart and _serves(text, a, b, g):
                out.add(b.start)
        elif g.apart and a.kind == "place" and b.kind == "state" and _beside(text, a, b, g):
            first = _outermost(text, mentions, i)
            here = marker_before(text, start, first, g) == "at" and a.value["country"] in (None, b.value["country"])
            here = here or a.value["country"] == b.value["country"]  # *in the port of B, A*
            if here and not acts(text, start, a, b, mentions):
                out.add(b.start)
    if not g.apart:
        out |= {m.start for m in mentions if m.kind == "body" and _housed(text, m, g)}
    else:
        out |= {x.start for m in mentions for x in noted(text, m, mentions)}
    return out


def _beside(text: str, town: Mention, state: Mention, g: ClauseGrammar) -> bool:
    """Whether only a sign or *of*, and a word for a part of the state, stand between a town and a state: *B, A*."""
    gap = text[town.end : state.start]
    return 0 < len(gap) < BETWEEN and bare(gap.strip(), g) in (*SIGNS, *(w.strip() for w in g.of))


def acts(text: str, start: int, town: Mention, state: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a state behind a town that opens a sentence, with no sign behind it, is the one that acts.

    *On 5 May in A, B and C signed*: only a day stands before the town.
    """
    before = [m for m in mentions if start <= m.start < town.start]
    told = sum(m.end - m.start for m in before)
    opens = all(m.kind == "date" for m in before) and town.start - start - told < SMALL
    return opens and text[state.end : state.end + 1] == " " and text[state.end + 1 : state.end + 2].isalpha()


def noted(text: str, m: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """Return what the bracket right behind a body or a group names, if that only says whose it is: *company 5 (B, A)*.

    Nothing where the bracket names anybody, a day or a meeting, too.
    """
    close = text.find(")", m.end, m.end + BRACKET) if m.kind in OWNERS and text.startswith(" (", m.end) else -1
    inside = [x for x in mentions if m.end < x.start < close]
    return inside if all(x.kind in HOMES for x in inside) else []


def _outermost(text: str, mentions: Sequence[Mention], i: int) -> int:
    """Where a row of places begins, each in the next, that ends with one of the mentions (*in A, B*)."""
    while i and mentions[i - 1].kind == "place" and text[mentions[i - 1].end : mentions[i].start] == ", ":
        i -= 1
    return mentions[i].start


def _sends(text: str, a: Mention, b: Mention, g: ClauseGrammar) -> bool:
    """Whether ``a`` is only the one for whom ``b`` acts: *the president's special envoy B*."""
    if a.kind != "person" or b.kind != "person" or not text.startswith(g.envoys or ("\0",), b.start):
        return False
    return text[a.end : b.start] in ("", *g.of)


def _serves(text: str, a: Mention, b: Mention, g: ClauseGrammar) -> bool:
    """Whether ``b`` only says of which body or state somebody is: *Director B of the Ministry of Finance*."""
    if a.kind != "person" or b.kind not in ("body", "state") or text.startswith(g.owners, b.end):
        return False
    return bare(text[a.end : b.start].rstrip(), g).strip() in {w.strip() for w in g.of}


def served(text: str, mentions: Sequence[Mention], g: ClauseGrammar) -> dict[int, int]:
    """Return where the words end of those of whom a body or a state behind them says whose they are: *B of A*."""
    pairs = zip(mentions, mentions[1:], strict=False) if g.apart else ()
    rows = {m.start: text.find(")", m.end) + 1 for m in mentions if g.apart and noted(text, m, mentions)}
    return rows | {a.start: b.end for a, b in pairs if _serves(text, a, b, g)}


def _owns(text: str, a: Mention, b: Mention, g: ClauseGrammar) -> bool:
    """Whether a state only says whose officer stands behind it: *with A's new minister, B*."""
    if not g.apart or a.kind != "state" or b.kind != "person":
        return False
    theirs = b.value["country"] in (None, a.value["country"]) and bool(b.value["offices"])
    return theirs and bare(text[a.end : b.start].strip(), g) in g.owners


def _housed(text: str, m: Mention, g: ClauseGrammar) -> bool:
    """Whether a body only says whose building stands behind it: *an air force base*."""
    return bool(g.building and g.building.match(text, m.end))


def _same(text: str, a: Mention, b: Mention, g: ClauseGrammar) -> bool:
    """Whether ``b`` is a noun for what belongs to the states just listed: *A, B and C, the three countries' armies*."""
    if g.together is None or a.kind != "state" or b.kind not in ("body", "group"):
        return False
    count = g.together.match(text, a.end)
    return count is not None and b.start in (a.end, count.end())


def _named_by(mentions: Sequence[Mention], g: ClauseGrammar) -> set[int]:
    """Where those begin who only tell whose round it is: *the second seminar of [A's and B's two parties]*.

    Two states by their short names, a word for both and the name of the meeting stand there as one word.
    """
    out: set[int] = set()
    for a, b in zip(mentions, mentions[1:], strict=False):
        if g.apart or a.kind != "pair" or b.kind != "meeting" or a.end != b.start:
            continue
        row, at = [], a.start
        for m in reversed([m for m in mentions if m.end <= at]):
            if m.kind != "state" or m.end != at or m.end - m.start > 1:
                break
            row.append(m.start)
            at = m.start
        out |= {a.start, *row} if len(row) == 2 else set()
    return out


def _both(text: str, a: Mention, b: Mention, c: Mention, g: ClauseGrammar) -> bool:
    """Whether *both* behind two states are these two: *met the foreign ministers of both A and B*."""
    if g.apart or c.kind not in ("pair", "people") or c.start != b.end or {a.kind, b.kind} != {"state"}:
        return False
    return text[a.end : b.start].strip() in g.joints


def pointed(marked: Marked, m: Mention, pack: LanguagePack) -> str | None:
    """The state that *of that country*, in the words of a mention or behind them, stands for; None without.

    It is the first that its own sentence names before it, else the first of the one before, else the last one named.
    """
    words = folded(pack.phrases.that_state, pack.reading)
    near = marked.scan.text[m.start : m.end + max(map(len, words), default=0) + 1] if words else ""
    if not any(w in near for w in words):
        return None
    states = [h for h in marked.hits if h.entry.kind == "state" and h.end <= m.start]
    starts = [s.start for s in marked.scan.sentences if s.start <= m.start][-2:]
    here = (next((h for h in states if h.start >= start), None) for start in reversed(starts))
    first = next((h for h in here if h is not None), states[-1] if states else None)
    return first.entry.value if first is not None else None


def housed(text: str, m: Mention, mentions: Sequence[Mention], start: int, g: ClauseGrammar) -> str | None:
    """The marker of a house that is told with the town in which something is (*in the town A's embassy*)."""
    town = next((x for x in mentions if x.kind in ("place", "state") and x.end == m.start - 1), None)
    if g.apart or town is None or m.kind not in ("body", "group") or not text[m.start - 1].isalpha():
        return None
    ends = {x.end for x in mentions}
    told = any(text.endswith(w, start, town.start) and town.start - len(w) in ends for w in g.at)
    return "at" if told else None
