"""Names in Latin letters inside a text of another script: *minister Maria da Silva*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from communique.mentions.scan import Scan, Sentence

WORD = r"[A-Z][A-Za-z\u00c0-\u1ef9'.-]{0,20}"
RUN = re.compile(rf"{WORD}(?: (?:{WORD}|d[aeu]|del|der|van|von|bin|al|el)){{1,5}}")
"""Capitalised words in a row; particles that are written small may stand between them."""

GLOSS = re.compile(rf" ?\((?:{WORD} ){{1,4}}{WORD}\)")
"""A name in Latin letters in a bracket, behind the same name in others."""

NAME = 4
"""Letters of a name without a joint that stands before its form in Latin letters."""

OTHER = frozenset({"body", "place", "time", "number"})

SHORT = len("Sra.")
"""Letters of a word that may be cut short by a point; the point behind a longer one ends the sentence."""


def names(
    scan: Scan, sentence: Sentence, before: re.Pattern[str] | None, letters: AbstractSet[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Yield the spans of names in Latin letters that stand right behind an office or a rank.

    Args:
        scan: the text with its tokens.
        sentence: where to look.
        before: a pattern that ends where an office or a rank ends, or None.
        letters: those that write foreign names by sound.
    """
    for m in RUN.finditer(scan.text, sentence.start, sentence.end) if before else ():
        ahead = scan.text[max(sentence.start, m.start() - 12) : m.start()].rstrip()
        assert before is not None
        if before.search(ahead):
            point = m.group().endswith(".") and len(m.group().rpartition(" ")[2]) > SHORT
            yield m.start(), m.end() - point
    for m in GLOSS.finditer(scan.text, sentence.start, sentence.end) if before else ():
        yield from _glossed(scan, sentence, m.start(), before, letters)


def _glossed(
    scan: Scan, sentence: Sentence, end: int, before: re.Pattern[str] | None, letters: AbstractSet[str]
) -> Iterator[tuple[int, int]]:
    """Yield the name of two letters or a few more between an office and its Latin form (*minister X (Maria Silva)*)."""
    last = sentence.tokens[sentence.token_at(end - 1)]
    word = last.tag == "noun" and not set(scan.text[last.start : end]) <= letters
    if (last.tag in OTHER or word) and last.end - last.start > 1:
        return
    for at in range(end - 2, max(sentence.start, end - NAME - 1), -1):
        ahead = scan.text[max(sentence.start, at - 12) : at]
        if not scan.text[at:end].isalpha() or scan.text[at].isascii():
            return
        if before is not None and before.search(ahead):
            yield at, end
            return
