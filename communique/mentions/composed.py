"""Text as it is read, with every offset led back to the text as it is written.

Letters that are taken apart (a letter and its marks) are composed, and lines that a machine broke are one.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace

from communique.document.wrapped import broken, wide
from communique.model import Part, Unit

RUNNING = frozenset({"body", "lead", "caption"})
"""Parts whose lines may go on in the next part."""


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
    soft = frozenset(broken(unit.text))
    if not soft and unicodedata.is_normalized("NFC", unit.text):
        return Composed(unit)
    letters: list[str] = []
    places: list[int] = []
    at, n = 0, len(unit.text)
    while at < n:
        end = at + 1
        while end < n and unicodedata.combining(unit.text[end]):
            end += 1
        piece = unit.text[at:end] if at not in soft else "" if _close(unit.text, at) else " "
        for letter in unicodedata.normalize("NFC", piece):
            letters.append(letter)
            places.append(at)
        at = end
    places.append(n)
    parts = tuple(Part(p.kind, _new(places, p.start), _new(places, p.end)) for p in _joined(unit, soft))
    title = unicodedata.normalize("NFC", unit.title)
    return Composed(replace(unit, text="".join(letters), title=title, parts=parts), tuple(places))


def _close(text: str, at: int) -> bool:
    """Whether no blank stands between the words on both sides of a line's end."""
    return wide(text[:at].rstrip()[-1]) or wide(text[at:].lstrip()[0])


def _joined(unit: Unit, soft: frozenset[int]) -> list[Part]:
    """The parts of a unit; those whose lines go on are one."""
    out: list[Part] = []
    for part in unit.parts:
        last = out[-1] if out else None
        goes_on = last is not None and {last.kind, part.kind} <= RUNNING
        if last is not None and goes_on and any(i in soft for i in range(last.end, part.start)):
            out[-1] = Part(last.kind, last.start, part.end)
        else:
            out.append(part)
    return out


def _new(places: list[int], offset: int) -> int:
    """Where the letter that is written at ``offset`` stands in the composed text."""
    at = bisect_right(places, offset) - 1
    while at > 0 and places[at - 1] == places[at] and at < len(places) - 1:
        at -= 1
    return at
