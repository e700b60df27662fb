"""Where a name really begins and ends, where the tagger cut it: by the office beside it and by its letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.mentions.names import Name
from communique.mentions.officegrammar import OfficeGrammar

REACH = 5
"""Letters that a name may have lost at its head."""
DASH = "\u2014"
JOINTS = ("\u00b7", "\u2022", "\u30fb", "\u2027")
"""Signs between the parts of a transliterated name."""
SHORT = 2
"""Letters that the last part of a name has at least."""
MORE = 3
"""Letters that a name may have lost at its end."""


def clipped(text: str, name: Name, words: Sequence[re.Pattern[str] | None]) -> Name:
    """A name without the letter that the tagger took from the office or the rank behind it, which ``words`` match."""
    if name.end - name.start <= 2:
        return name
    whole = (p.match(text, name.end - 1) for p in words if p is not None)
    return name._replace(end=name.end - 1) if any(m and m.end() > name.end for m in whole) else name


def is_surname(text: str, name: Name, g: OfficeGrammar) -> bool:
    """Whether a name is a surname and the word before the office behind it (*vice*)."""
    short = name.end - name.start == SHORT and text[name.end - 1] in g.inner
    whole = g.head.match(text, name.end - 1) if g.head and short else None
    return whole is not None and whole.end() > name.end


def widened(text: str, name: Name, floor: int, office_at_end: re.Pattern[str] | None, letters: frozenset[str]) -> Name:
    """A transliterated name with its first letters, where the tagger left them between it and an office."""
    if not letters or not office_at_end or not letters.issuperset(text[name.start : name.end]):
        return name
    at = name.start
    if office_at_end.search(text, max(floor, at - 14), at):
        return name
    while at > floor and name.start - at < REACH and text[at - 1] in letters:
        at -= 1
        m = office_at_end.search(text, max(floor, at - 14), at)
        if m is not None:
            return name._replace(start=at)
    return name


def led(text: str, name: Name, g: OfficeGrammar) -> Name:
    """A transliterated name without the verb that the tagger took with it (*appointed X Y*)."""
    at = min((i for p in JOINTS if (i := text.find(p, name.start, name.end)) >= 0), default=-1)
    verb = next((w for w in g.leads if text.startswith(w, name.start, name.end)), "")
    start = name.start + len(verb)
    bare = at < 0 and start + SHORT <= name.end and g.letters.issuperset(text[start : name.end])
    return name._replace(start=start) if verb and (bare or start < at) else name


def ended(text: str, name: Name, g: OfficeGrammar) -> Name:
    """A transliterated name without the office that the tagger took with it, or with its letters up to a rank."""
    m = g.head_at_end.search(text, name.start, name.end) if g.head_at_end else None
    at = max((text.rfind(p, name.start, name.end) for p in JOINTS), default=-1)
    if m is not None and m.end() == name.end and name.start < at and m.start() - at > SHORT:
        return name._replace(end=m.start())
    if all(c in g.letters or c in JOINTS for c in text[name.start : name.end]):
        for n in range(1, MORE + 1):
            if text[name.end + n - 1 : name.end + n] not in g.letters or g.rank is None:
                break
            if g.rank.match(text, name.end + n):
                return name._replace(end=name.end + n)
    return name


def fitted(text: str, names: Sequence[Name], g: OfficeGrammar) -> list[Name]:
    """Return the names of a unit with what the tagger cut from them, and without what it took from an office.

    A dash inside parts two things and joins no name; two names side by side in the letters of transliteration are one.
    """
    out: list[Name] = []
    letters = g.letters
    for name in names:
        if DASH in text[name.start : name.end] or is_surname(text, name, g):
            continue
        name = led(text, name, g)
        name = ended(text, clipped(text, name, (g.head, g.rank)), g)
        if not (g.polite_at_end and g.polite_at_end.search(text, max(0, name.start - REACH), name.start)):
            name = widened(text, name, out[-1].end if out else 0, g.head_at_end, letters)
        foreign = bool(letters) and letters.issuperset(text[name.start : name.end])
        before = out[-1] if out and out[-1].end == name.start and foreign else None
        if before is not None and letters.issuperset(text[before.start : before.end]) and name.end - before.start < 8:
            out[-1] = before._replace(end=name.end)
            continue
        out.append(name)
    return out
