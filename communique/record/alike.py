"""How far two names agree: the same, alike (one is a part of the other, or spelled almost alike), or neither."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from communique.record.names import fold

SAME, ALIKE, OTHER = 2, 1, 0
LEAST = 4
"""Names of fewer letters are never alike by their spelling: one letter makes another name of them."""
SPELLED, FIRST = 0.75, 0.5

_STROKED = str.maketrans({"\u0111": "d", "\u00f8": "o", "\u0142": "l"})
_JOINTS = re.compile(r"[\s\u00b7\u2022\u2027\u30fb.\-]+")


def bare(name: str) -> str:
    """Return ``name`` folded and without the marks of Latin, Greek and Cyrillic letters."""
    parts = unicodedata.normalize("NFD", fold(name).translate(_STROKED))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))


def is_latin(name: str) -> bool:
    """Tell whether a name is written in letters that begin with ASCII once their marks are taken off."""
    return bool(name) and all(ord(c) < 0x250 for c in bare(name))


def names_agree(a: str, b: str) -> int:
    """Return ``SAME``, ``ALIKE`` or ``OTHER`` for two names as written, of one script.

    Alike are names of which one is some parts of the other, and names whose last part has four letters or more of
    which three in four stand in both (Ratcliff and Obershelp's measure, as ``difflib`` has it), where of every other
    part half do.
    """
    if bare(a) == bare(b):
        return SAME
    ours, theirs = ([p for x in _JOINTS.split(n) if (p := bare(x))] for n in (a, b))
    if not ours or not theirs:
        return OTHER
    few, many = sorted((ours, theirs), key=len)
    if len(few) < len(many) and len("".join(few)) > 1 and (set(few) <= set(many)):
        return ALIKE
    if len(ours) == len(theirs) and any(_ratio(x, y) < FIRST for x, y in zip(ours, theirs, strict=True)):
        return OTHER
    x, y = ours[-1], theirs[-1]
    return ALIKE if len(x) >= LEAST and len(y) >= LEAST and _ratio(x, y) >= SPELLED else OTHER


def _ratio(x: str, y: str) -> float:
    return SequenceMatcher(None, x, y, autojunk=False).ratio()


def common(a: str, b: str) -> str:
    """Return the longest run of letters that stands in both texts."""
    found = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return a[found.a : found.a + found.size]
