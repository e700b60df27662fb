"""A tagger for languages that put blanks between words: it segments, and tags by shape alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


class PlainTagger:
    """Words and signs; a word with a capital is a ``name``, digits are ``number``, signs ``punctuation``."""

    def tag(self, sentences: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        """Return the tokens ``(start, end, tag)`` of every sentence."""
        return [[(m.start(), m.end(), _shape(m.group())) for m in WORD.finditer(s)] for s in sentences]


def _shape(word: str) -> str:
    if word.isdigit():
        return "number"
    if not word[0].isalnum():
        return "punctuation"
    return "name" if word[0].isupper() else "word"
