"""Text with letters taken apart, or with lines broken at a width, read as if whole; every offset is led back."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace

from communique.document.wrapped import wide
from communique.mentions.linebreaks import line_breaks
from communique.model import Part, Unit


@dataclass(frozen=True, slots=True)
class Composed:
    """A unit to read, and where each of its letters begins in the unit as it is written (None: it is the same)."""

    unit: Unit
    places: tuple[int, ...] | None = None

    def place(self, offset: int) -> int:
        """Return where ``offset`` of the composed text lies in the text as it is written."""
        return offset if self.places is None else self.places[offset]


def composed(unit: Unit) -> Composed:
    """Return ``unit`` with its letters composed (Unicode form C) and its broken lines joined; its id stays."""
    breaks = line_breaks(unit)
    if not breaks and unicodedata.is_normalized("NFC", unit.text):
        return Composed(unit)
    letters: list[str] = []
    places: list[int] = []
    text, at, n = unit.text, 0, len(unit.text)
    while at < n:
        if (end := breaks.get(at)) is not None:
            tight = wide(text[at - 1]) or wide(text[end])
            letters += [] if tight else [" "]
            places += [] if tight else [at]
            at = end
            continue
        end = at + 1
        while end < n and unicodedata.combining(text[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", text[at:end]):
            letters.append(letter)
            places.append(at)
        at = end
    places.append(n)
    parts = tuple(Part(p.kind, _new(places, p.start), _new(places, p.end)) for p in _joined(unit.parts, breaks))
    title = unicodedata.normalize("NFC", unit.title)
    return Composed(replace(unit, text="".join(letters), title=title, parts=parts), tuple(places))


def _joined(parts: tuple[Part, ...], breaks: dict[int, int]) -> list[Part]:
    """The parts of a unit, those between which a line only broke as one."""
    out: list[Part] = []
    for part in parts:
        if out and out[-1].end in breaks:
            out[-1] = replace(out[-1], end=part.end)
        else:
            out.append(part)
    return out


def _new(places: list[int], offset: int) -> int:
    """Where the letter that is written at ``offset`` stands in the composed text."""
    at = bisect_right(places, offset) - 1
    while at > 0 and places[at - 1] == places[at] and at < len(places) - 1:
        at -= 1
    return at
