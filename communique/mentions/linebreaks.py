"""Line breaks inside paragraphs: where a machine broke the lines of a text at some width."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from communique.document.wrapped import wide
from communique.model import Part, Unit

SOME, LEAST = 2, 3
"""Lines that must run on before a text counts as broken at a width: by small letters, and by their width alone."""
NARROWEST, WIDEST = 30, 110
"""Cells, two for a letter of a script without blanks, of the lines of such a text."""
LIKE = 10
"""Letters by which a line may be wider than the widest that runs on by a small letter."""
SLACK = 3
"""Cells that such a line of letters without blanks may lack: no sign that closes begins one."""


def line_breaks(unit: Unit) -> dict[int, int]:
    """Return the blanks, from where to where, that part two lines of one paragraph and only came with a line's end.

    A line runs on in the next where that begins with a small letter and no sign closes the first. Of a text in
    which several do, or where no next line's first word had found room, a line ends a paragraph only where it had.
    A script without blanks runs on where several lines are as wide as the widest and end within words.
    """
    rows = [(a, b) for a, b in pairwise(unit.parts) if a.kind == b.kind == "body"]
    rows = [(a, b) for a, b in rows if unit.text.count("\n", a.end, b.start) == 1]
    if len(rows) < SOME:
        return {}
    text = unit.text
    small = [a for a, b in rows if text[b.start].islower() and (text[a.end - 1].isalnum() or text[a.end - 1] == ",")]
    full = _full(text, rows, small)
    if small or all(full(a, b) for a, b in rows):
        return _between(rows, {a for a in small if a.end - a.start >= NARROWEST}, full)
    tight = [a for a, b in rows if _inside(text[a.end - 1], text[b.start])]
    widths = {a: _cells(text, a) for a, _ in rows}
    widest = max(widths.values())
    broken = {a for a in tight if widths[a] >= widest - SLACK}
    if len(broken) < LEAST or not NARROWEST <= widest <= WIDEST:
        return {}
    return _between(rows, broken, lambda a, b: widths[a] >= widest - SLACK and text[a.end - 1] in ",,、")


def _between(rows: list[tuple[Part, Part]], broken: set[Part], full: Callable[[Part, Part], bool]) -> dict[int, int]:
    return {a.end: b.start for a, b in rows if a in broken or full(a, b)}


def _full(text: str, rows: list[tuple[Part, Part]], small: list[Part]) -> Callable[[Part, Part], bool]:
    """Whether a line had no room for the first word of the next: by the widest line, among those like the ``small``."""
    like = max(a.end - a.start for a in small) + LIKE if len(small) >= SOME else WIDEST
    widest = max([long for a, _ in rows if (long := a.end - a.start) <= like], default=0)

    def full(a: Part, b: Part) -> bool:
        word = text[b.start : b.end].split(maxsplit=1)[0]
        long = a.end - a.start
        return text[b.start].isalnum() and not wide(word[0]) and NARROWEST <= long <= widest < long + 1 + len(word)

    known = len(small) >= SOME or (len(rows) >= LEAST and all(full(a, b) for a, b in rows))
    return full if known and widest <= WIDEST else lambda _a, _b: False


def _inside(last: str, first: str) -> bool:
    """Whether a line ends within words of a script without blanks."""
    return last.isalnum() and first.isalnum() and (wide(last) or wide(first))


def _cells(text: str, part: Part) -> int:
    return sum(2 if wide(c) else 1 for c in text[part.start : part.end])
