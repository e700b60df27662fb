"""Lists of words as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.loader.anyword import any_word

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
    listed = [w for w in words if w]
    return re.compile(whole(any_word(listed), apart) + tail) if listed else None


def whole(alternatives: str, apart: bool) -> str:
    """Return the pattern ``alternatives`` as a group and, where words stand ``apart``, as whole words only."""
    return rf"(?<!\w)(?:{alternatives})(?!\w)" if apart else f"(?:{alternatives})"
