"""Where sentences end: behind a sign that ends one, and not behind an abbreviation or an initial."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.loader.kept import kept
from communique.loader.reading import Reading

CLOSING = "\"')]\u201d\u2019\u00bb"
NUMBER = re.compile(r"(?:^|\n)\s*(?:[0-9]{1,3}|[ivxIVX]{1,5}|[a-zA-Z])$")


@kept
def _abbreviations(reading: Reading) -> frozenset[str]:
    return frozenset(w.lower() for w in reading.abbreviations)


@kept
def _signs(reading: Reading) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(reading.sentence_ends)}]" if reading.sentence_ends else "(?!)")


def ends(text: str, start: int, end: int, reading: Reading, longest: int) -> Iterator[int]:
    """Yield where the sentences of ``text[start:end]`` end (behind the sign), the last one left out.

    Where words stand apart, a sign ends a sentence only before a blank, and a full stop not behind an abbreviation
    of the pack, single capitals (*X L.P. Y*) or the number of a paragraph. A run of ``longest`` letters is cut.
    """
    apart = reading.words_apart
    at = start
    for sign in _signs(reading).finditer(text, start, end):
        i = sign.start()
        while i - at > longest:
            at += longest + 1
            yield at
        stop = i + 1
        if apart and text[i] != "\n":
            while stop < end and text[stop] in CLOSING:
                stop += 1
            if stop < end and not text[stop].isspace() or text[i] == "." and _short(text, start, i, reading):
                continue
        yield stop
        at = stop
    while end - at > longest:
        at += longest + 1
        yield at


def _short(text: str, start: int, at: int, reading: Reading) -> bool:
    """Whether the full stop at ``at`` belongs to an abbreviation, an initial or a number before a paragraph."""
    begin = at
    while begin > start and (text[begin - 1].isalnum() or text[begin - 1] == "."):
        begin -= 1
    word = text[begin:at]
    initials = all(len(w) == 1 and w.isupper() for w in word.split("."))
    if word.lower() in _abbreviations(reading) or initials:
        return True
    return NUMBER.search(text[max(start - 1, begin - 3, 0) : at]) is not None if len(word) < 4 else False
