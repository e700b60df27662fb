"""Runs of words that may name something: nouns, and what stands among them."""

from __future__ import annotations

from collections.abc import Sequence

from communique.mentions import ordinals
from communique.mentions.lexicon import Hit
from communique.mentions.meetings import NOMINAL, QUOTES, Chunk
from communique.mentions.phrasegrammar import PhraseGrammar
from communique.mentions.scan import Scan, Sentence, Token


def chunks(
    scan: Scan,
    sentence: Sentence,
    taken: Sequence[tuple[int, int]],
    g: PhraseGrammar,
    parties: dict[int, Hit],
    named: Sequence[tuple[int, int]] = (),
    numbers: Sequence[ordinals.Ordinal] = (),
) -> list[Chunk]:
    """Return the maximal runs of nominal words that touch nothing in ``taken``.

    What is ``named`` is nominal, and so is the word for a meeting behind an ordinal (*the third meet*).
    """
    text, tokens = scan.text, sentence.tokens
    out: list[Chunk] = []
    start = end = -1
    i, n = 0, len(tokens)
    busy = sorted(taken)
    covered = {c for a, b in named for c in range(a, b)}
    counted = {o.end for o in numbers}
    while i < n:
        t = tokens[i]
        words = text[t.start : t.end]
        block = _over(busy, t) if busy and busy[0][0] < t.end else None
        if block is not None:
            if start >= 0:
                out.append(Chunk(start, min(end, block[0])) if block[0] > start else Chunk(start, end))
                start = -1
            while i < n and tokens[i].end <= block[1]:
                i += 1
            if i < n and tokens[i].start < block[1]:
                if tokens[i].end > block[1] and text[block[1] : tokens[i].end] not in g.markers:
                    start, end = block[1], tokens[i].end
                i += 1
            continue
        ok = (
            (t.tag in NOMINAL and words not in g.breaks)
            or (words in g.inner and (t.tag != "verb" or words not in g.breaks))
            or (t.start in covered and covered.issuperset(range(t.start, t.end)))
            or (end == t.start and end in counted and words in g.sessions)
        )
        if not ok and words in QUOTES:
            close = text.find(QUOTES[words], t.end, min(sentence.end, t.end + 40))
            if close > 0:
                if start < 0:
                    start = t.start
                end = close + 1
                while i < n and tokens[i].start < end:
                    i += 1
                continue
        if not ok and start >= 0 and words in g.joiners:
            sign = words if words * 2 in g.joiners else "\n"  # half a dash of two letters
            left, right = end - text.endswith(sign, start, end), t.end + text.startswith(sign, t.end)
            ok = _pair(text, left, right, parties) or (not words.isalnum() and _region(tokens[i + 1 : i + 2], t, end))
        if ok:
            if start < 0:
                start = t.start
            end = t.end
        elif start >= 0:
            out.append(Chunk(start, t.end if end == t.start and _meets(scan, sentence, start, t, g) else end))
            start = -1
        i += 1
    if start >= 0:
        out.append(Chunk(start, end))
    return out


def _meets(scan: Scan, sentence: Sentence, start: int, t: Token, g: PhraseGrammar) -> bool:
    """Whether a letter that the tagger took for a verb ends the word for a meeting: the clause ends with its verb."""
    text = scan.text
    if t.end - t.start > 1 or not text.endswith(g.sessions, start, t.end):
        return False
    stops = (at for c in ",:" if (at := text.find(c, t.end, sentence.end)) >= 0)
    words = text[t.end : min(stops, default=sentence.end)].rstrip()
    return words[: -1 if words and not words[-1].isalnum() else None].endswith(g.verbs)


def _over(busy: list[tuple[int, int]], t: Token) -> tuple[int, int] | None:
    """The first busy stretch that a token touches; those that lie before the token are dropped."""
    while busy and busy[0][1] <= t.start:
        busy.pop(0)
    return next((b for b in busy if b[0] < t.end and t.start < b[1]), None)


def _region(after: Sequence[Token], t: Token, left: int) -> bool:
    """Whether a dash stands right between the name of somebody and that of a region (*the A-Central Asia summit*)."""
    return bool(after) and left == t.start and after[0].start == t.end and after[0].tag in ("place", "body")


def _pair(text: str, left: int, right: int, parties: dict[int, Hit]) -> bool:
    """Whether a joiner stands between two states or blocs; a dash may be a double one."""
    twice = text[right - 1]
    left -= left > 0 and text[left - 1] == twice and not twice.isalnum()
    right += text[right : right + 1] == twice and not twice.isalnum()
    return right in parties and any(h.end == left for h in parties.values())
