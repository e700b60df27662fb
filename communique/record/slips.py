"""What one text shows to be amiss: a person spelled in two ways, and a text that corrects an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.model import Claim, Unit
from communique.record.alike import ALIKE, names_agree
from communique.record.known import Known
from communique.record.names import fold

LEAST = 3
"""Letters of a name that may be spelled otherwise by one letter."""
_SENTENCE = re.compile(r"[^\n!?\u3002\uff01\uff1f]+")
_OPEN, _CLOSE = '\u300a\u300c\u201c"\u00ab', '\u300b\u300d\u201d"\u00bb'
_QUOTED = re.compile(f"[{_OPEN}]([^{_OPEN}{_CLOSE}\n]{{6,}})[{_CLOSE}]")


@dataclass(frozen=True, slots=True)
class Slip:
    """``spelling``: two spellings ``values`` of one person; ``correction``: titles of the texts that are corrected.

    ``at`` are (start, end) in the unit's text, one for each value.
    """

    what: str
    values: tuple[str, ...]
    at: tuple[tuple[int, int], ...]


def slips(unit: Unit, claims: Sequence[Claim], known: Known) -> tuple[Slip, ...]:
    """Return the slips of one unit, in order of the text."""
    names = sorted({str(c.values["name"]) for c in claims if c.kind == "person" and c.values.get("name")})
    return tuple(sorted({*_spellings(unit, names), *_corrections(unit, known)}, key=lambda s: (s.at, s.what, s.values)))


def _spellings(unit: Unit, names: Sequence[str]) -> Iterator[Slip]:
    """Return persons who are spelled in two ways that never stand in one sentence, as two persons would.

    Two names that were read, and alike; or beside a name that was read a run of the text that differs from it in
    one letter, not the first, and is no other name.
    """
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            if len(a) == len(b) and (names_agree(a, b) == ALIKE or _one_letter(a, b)):
                yield from _slip(unit.text, a, b)
        for other in _near_misses(unit.text, a):
            if other not in names and not any(other in n or n in other for n in names):
                yield from _slip(unit.text, a, other)


def _slip(text: str, a: str, b: str) -> Iterator[Slip]:
    if any(a in m[0] and b in m[0] for m in _SENTENCE.finditer(text)):
        return
    found = sorted((text.find(n), n) for n in (a, b))
    if found[0][0] >= 0:
        yield Slip("spelling", tuple(n for _, n in found), tuple((at, at + len(n)) for at, n in found))


def _one_letter(a: str, b: str) -> bool:
    return len(a) >= LEAST and a[0] == b[0] and sum(x != y for x, y in zip(a, b, strict=True)) == 1 and not a.isascii()


def _near_misses(text: str, name: str) -> Iterator[str]:
    """Return runs of the text that differ from a name of at least ``LEAST`` letters in its last letter alone.

    A letter in the middle may be another too, where the run stands as a name would: with a sign on either side.
    """
    if len(name) < LEAST or name.isascii() or not all(c.isalpha() for c in name):
        return
    for i in range(1, len(name)):
        pattern = re.escape(name[:i]) + r"([^\W\d_])" + re.escape(name[i + 1 :])
        for m in re.finditer(pattern, text):
            after, before = text[m.end() : m.end() + 1], text[m.start() - 1 : m.start()]
            ends = not after or not after.isalnum()
            if m[1] != name[i] and ends and (i == len(name) - 1 or not before or not before.isalnum()):
                yield m[0]


def _corrections(unit: Unit, known: Known) -> Iterator[Slip]:
    """Return the titles that a text names which says in its title that it corrects them."""
    marks = known.corrections.get(unit.lang.partition("-")[0], ())
    letters = known.letters.get(unit.lang.partition("-")[0], {})
    title = fold(unit.title.translate(letters))
    if not any(title.startswith(fold(m)) for m in marks):
        return
    quoted = [(m[1], m.span(1)) for m in _QUOTED.finditer(unit.text)]
    yield Slip("correction", tuple(q for q, _ in quoted), tuple(at for _, at in quoted))
