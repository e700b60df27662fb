"""How long a brief is on paper, and what is left out so that it keeps to its pages."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import replace

from communique.briefs.frame import Brief, Section, marked, readable

PAGE = 690.0
"""Points of height that a page of A4 gives to text, with a little left for chance."""
BODY, NOTES, HEADING = (13.5, 47.0), (9.6, 66.0), 26.0
"""Height of a line in points, and how many ems stand in it."""
TITLE = 54.0
PARAGRAPH, PER_NOTE = 3.0, 1.0


def ems(text: str) -> float:
    """Return about how wide a text is, in ems of its own size."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.52 for c in text)


def _height(text: str, kind: tuple[float, float]) -> float:
    return math.ceil(max(ems(text), 1) / kind[1]) * kind[0]


def height(brief: Brief) -> float:
    """Return about how high a brief is, in points, notes included."""
    total = TITLE + sum(_height(line, NOTES) + PARAGRAPH for line in brief.head)
    for section in brief.sections:
        total += HEADING if section.sentences else 0
        total += NOTES[0] + PARAGRAPH if section.left_out else 0
        total += sum(_height(marked(s) + "12" * len(s.notes), BODY) + PARAGRAPH for s in section.sentences)
    for n, note, before in brief.numbered():
        said = brief.as_note if before else " ".join((brief.quotes[0], note.quote, *brief.words_of(note)))
        total += _height(f"{n} {said}", NOTES) + PER_NOTE
        total += 0 if before or not note.url else _height(readable(note.url), NOTES)
    return total


def fitted(brief: Brief, pages: int) -> Brief:
    """Return a brief cut to so many pages: the least important sentence of the longest section goes first."""
    while height(brief) > pages * PAGE:
        longest = max(brief.sections, key=lambda s: len(s.sentences), default=None)
        if longest is None or len(longest.sentences) <= 1:
            return brief
        brief = replace(brief, sections=tuple(_shorter(s) if s is longest else s for s in brief.sections))
    return brief


def _shorter(section: Section) -> Section:
    return replace(section, sentences=section.sentences[:-1], left_out=section.left_out + 1)
