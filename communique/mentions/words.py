"""Lists of words as one pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable


def words_pattern(words: Iterable[str], tail: str = "") -> re.Pattern[str] | None:
    """Return a pattern that matches any of ``words``, the longest first, then ``tail``; None without words."""
    ordered = sorted({w for w in words if w}, key=lambda w: (-len(w), w))
    return re.compile("(?:" + "|".join(map(re.escape, ordered)) + ")" + tail) if ordered else None
