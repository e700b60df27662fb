"""Lines of a text as spans, and the comparisons that tell a line printed again."""

from __future__ import annotations

import re
from dataclasses import dataclass

FRAME = 200
LONGEST_REPEATED = 4000
NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
WIDE = re.compile("[\uff01-\uff5e]")


def narrow(text: str) -> str:
    """Return the text with full-width signs in their narrow forms, letter for letter, so that offsets stay."""
    return text.translate(NARROW) if WIDE.search(text) else text


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in code points."""

    start: int
    end: int


def spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the lines between ``start`` and ``end`` that are not blank, without the blanks around them."""
    stop = len(text) if end is None else end
    found: list[Span] = []
    at = start
    while at < stop:
        to = text.find("\n", at, stop)
        to = stop if to < 0 else to
        if (span := trim(text, at, to)) is not None:
            found.append(span)
        at = to + 1
    return found


def trim(text: str, start: int, end: int) -> Span | None:
    """Return the span without the blanks around it, None if nothing is left."""
    piece = text[start:end]
    core = piece.strip()
    if not core:
        return None
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, start + lead + len(core))


def repeats(text: str, first: Span, again: Span) -> int | None:
    """Return where a repetition of ``first`` at the head of ``again`` ends, None if there is none.

    Blanks do not count, nor do the signs that end ``first``: a lead may be printed again with other spaces
    and go on where it first ended.
    """
    if first.end - first.start > LONGEST_REPEATED:
        return None
    core = narrow(text[first.start : first.end])
    last = len(core)
    while last and not core[last - 1].isalnum():
        last -= 1
    core, at = core[:last], again.start
    for letter in core:
        if letter.isspace():
            continue
        while at < again.end and text[at].isspace():
            at += 1
        if at >= again.end or narrow(text[at]) != letter:
            return None
        at += 1
    if not core:
        return None
    while at < again.end and not text[at].isalnum() and text[at] in text[first.end - 3 : first.end]:
        at += 1
    return at


def likeness(piece: str, whole: str) -> float:
    """Return the share of ``piece``'s letter pairs that stand in ``whole``, 0 to 1."""
    a = "".join(c for c in piece if c.isalnum())
    b = "".join(c for c in whole if c.isalnum())
    pairs = [a[i : i + 2] for i in range(len(a) - 1)]
    if not pairs:
        return 0.0
    known = {b[i : i + 2] for i in range(len(b) - 1)}
    return sum(1 for pair in pairs if pair in known) / len(pairs)
