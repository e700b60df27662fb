"""Text with letters taken apart (a letter and its marks) read as if it were composed, with every offset led back."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace

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
    """Return ``unit`` with its letters composed (Unicode form C); its id stays."""
    if unicodedata.is_normalized("NFC", unit.text):
        return Composed(unit)
    letters: list[str] = []
    places: list[int] = []
    at, n = 0, len(unit.text)
    while at < n:
        end = at + 1
        while end < n and unicodedata.combining(unit.text[end]):
            end += 1
        for letter in unicodedata.normalize("NFC", unit.text[at:end]):
            letters.append(letter)
            places.append(at)
        at = end
    places.append(n)
    parts = tuple(Part(p.kind, _new(places, p.start), _new(places, p.end)) for p in unit.parts)
    title = unicodedata.normalize("NFC", unit.title)
    return Composed(replace(unit, text="".join(letters), title=title, parts=parts), tuple(places))


def _new(places: list[int], offset: int) -> int:
    """Where the letter that is written at ``offset`` stands in the composed text."""
    at = bisect_right(places, offset) - 1
    while at > 0 and places[at - 1] == places[at] and at < len(places) - 1:
        at -= 1
    return at
