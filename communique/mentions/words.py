"""Lists of words as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable

ACRONYM = re.compile(r" ?\([A-Z][A-Za-z0-9.&+-]{0,9}\)\Z")


def unbracketed(cased: str, lo: int, end: int) -> int:
    """Return where the words end that a short form in brackets right before ``end`` is of (*Republic of X (ROX)*).

    It is ``end`` where none stands there; ``cased`` keeps its capitals, ``lo`` is how far it may reach.
    """
    m = ACRONYM.search(cased, max(lo, end - 13), end) if cased[end - 1 : end] == ")" else None
    return m.start() if m else end


def words_pattern(words: Iterable[str], tail: str = "", apart: bool = False) -> re.Pattern[str] | None:
    """Return a pattern that matches any of ``words``, the longest first, then ``tail``; None without words.

    ``apart``: a word is matched only as a whole.
    """
    ordered = sorted({w for w in words if w}, key=lambda w: (-len(w), w))
    return re.compile(whole("|".join(map(re.escape, ordered)), apart) + tail) if ordered else None


def whole(alternatives: str, apart: bool) -> str:
    """Return the pattern ``alternatives`` as a group and, where words stand ``apart``, as whole words only."""
    return rf"(?<!\w)(?:{alternatives})(?!\w)" if apart else f"(?:{alternatives})"
