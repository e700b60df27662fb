"""What of a word makes it a part of a name: its capital, an initial, a rank or a place that is also a name."""

from __future__ import annotations

from communique.mentions.spaced.line import (
    BODY,
    DELEGATION,
    GROUP,
    MEETING,
    OFFICE,
    POLITE,
    RANK,
    STOP,
    TEXT,
    WORD,
    Line,
)

NOT_NAMES = OFFICE | RANK | POLITE | WORD | BODY | GROUP | DELEGATION | MEETING | TEXT
NAMES = frozenset({"state", "place"})

SHORT = 4
"""Letters that are too many for an initial."""


def initial(line: Line, j: int, busy: set[int]) -> bool:
    """Whether a single letter with a capital stands inside a name, though it is a small word too (*X A Y*)."""
    start, stop = line.tokens[j]
    if stop - start > 1 or not line.cased[start].isupper():
        return False
    if stopped(line, j):
        return True
    nxt = line.skip(stop)
    return nxt > stop and nxt not in busy and namelike(line, nxt)


def initials(line: Line, i: int) -> bool:
    """Whether a single letter, which is a small word too, is the first of two initials (*A. K. X*)."""
    start, stop = line.tokens[i]
    nxt = line.skip(stop + 1) if stop - start == 1 and line.cased[start].isupper() else -1
    if nxt < 0 or line.text[stop] != "." or not line.cased[nxt].isupper():
        return False
    back = line.back(start)
    titled = line.longest_before(back, RANK | POLITE | OFFICE) is not None and namelike(line, nxt)
    return line.text[nxt + 1 : nxt + 2] == "." or titled


def stopped(line: Line, j: int) -> bool:
    """Whether a full stop with more of a name behind it makes an initial of a single letter (*X A. Y*)."""
    stop = line.tokens[j][1]
    nxt = line.skip(stop + 1) if line.text.startswith(".", stop) else -1
    return nxt > 0 and (line.capital(nxt) or line.text[nxt + 1 : nxt + 2] == ".")


def tied(line: Line, dot: int) -> bool:
    """Whether a full stop ties an initial of two letters or three to the name right behind it (*Ts.X*)."""
    at = dot
    while at > line.start and line.text[at - 1].isalpha() and dot - at < SHORT:
        at -= 1
    short = 1 < dot - at < SHORT and line.cased[at].isupper() and line.cased[at + 1 : dot].islower()
    return short and line.cased[dot + 1 : dot + 2].isupper()


def also_rank(line: Line, start: int, stop: int) -> bool:
    """Whether the short form of a rank can only be a name: no name stands behind it (*Nakatani Gen, and B*)."""
    spot = line.longest(start, RANK)
    behind = line.text[stop : stop + 1]
    return spot is not None and spot.end == stop and line.start < start and (behind in ",;" or stop >= line.end)


def namelike(line: Line, start: int) -> bool:
    """Whether a word has a capital and is no word of the pack."""
    if not line.capital(start):
        return False
    spot = line.longest(start, NOT_NAMES)
    return spot is None or spot.end < line.word.get(start, 0)


def also_place(line: Line, start: int, stop: int) -> bool:
    """Whether a state's or a town's name of one word ends a name behind another part of it (*Roy Vincent [Trinidad]*).

    It does where the name goes no further: a comma, a small word that ends names or the end of the line comes next.
    """
    hit = line.known.get(start)
    if hit is None or hit.entry.kind not in NAMES or hit.end != stop or not line.cased[start + 1].islower():
        return False
    nxt = line.skip(stop)
    told = nxt == stop + 1 and line.cased[nxt].islower() and line.longest(nxt, STOP) is not None
    return told or line.text[stop : stop + 1] in (",", ";") or stop >= line.end
