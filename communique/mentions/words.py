"""Lists of words as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable

from communique.loader.anyword import any_word


def words_pattern(words: Iterable[str], tail: str = "", apart: bool = False) -> re.Pattern[str] | None:
    """Return a pattern that matches any of ``words``, the longest first, then ``tail``; None without words.

    ``apart``: a word is matched only as a whole.
    """
    listed = [w for w in words if w]
    return re.compile(whole(any_word(listed), apart) + tail) if listed else None


def whole(alternatives: str, apart: bool) -> str:
    """Return the pattern ``alternatives`` as a group and, where words stand ``apart``, as whole words only."""
    return rf"(?<!\w)(?:{alternatives})(?!\w)" if apart else f"(?:{alternatives})"
