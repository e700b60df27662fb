"""Names in Latin letters inside a text of another script: *minister Maria da Silva*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.mentions.scan import Scan, Sentence

WORD = r"[A-Z][A-Za-z\u00c0-\u1ef9'.-]{0,20}"
RUN = re.compile(rf"{WORD}(?: (?:{WORD}|d[aeu]|del|der|van|von|bin|al|el)){{1,5}}")
"""Capitalised words in a row; particles that are written small may stand between them."""

SHORT = len("Sra.")
"""Letters of a word that may be cut short by a point; the point behind a longer one ends the sentence."""


def names(scan: Scan, sentence: Sentence, before: re.Pattern[str] | None) -> Iterator[tuple[int, int]]:
    """Yield the spans of names in Latin letters that stand right behind an office or a rank.

    Args:
        scan: the text with its tokens.
        sentence: where to look.
        before: a pattern that ends where an office or a rank ends, or None.
    """
    for m in RUN.finditer(scan.text, sentence.start, sentence.end) if before else ():
        ahead = scan.text[max(sentence.start, m.start() - 12) : m.start()].rstrip()
        assert before is not None
        if before.search(ahead):
            point = m.group().endswith(".") and len(m.group().rpartition(" ")[2]) > SHORT
            yield m.start(), m.end() - point
