"""The block of related stories: where it stands, and which lines of it make one teaser."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from communique.document.lines import Span, likeness, narrow, repeats, spans
from communique.document.rules import Rules, closing
from communique.errors import SourceError

SHORT = 40
MOST = 1000
ALIKE = 0.6
BYLINES = 3
"""Lines within which the first sentence of a story stands below the name of its writer."""


@dataclass(frozen=True, slots=True)
class Teaser:
    """The lines of one teaser."""

    title: Span
    caption: Span | None
    lead: tuple[Span, ...]

    @property
    def lines(self) -> list[Span]:
        """All lines, in order."""
        return sorted((x for x in (self.caption, self.title, *self.lead) if x), key=lambda s: s.start)


def find(text: str, rules: Rules) -> tuple[Span, Span | None]:
    """Return the spans of the article and of the block's inside (None where there is no block).

    The line that opens the block belongs to neither; it counts only below at least one other line. Where none does,
    what stands below the credit that closes the story is the block. A name in capitals above the first sentence is who
    wrote the story, no such credit.
    """
    layout = rules.layout.text
    lines = spans(text)
    for i, line in enumerate(lines):
        if i and layout.related is not None and _whole(layout.related, text, line):
            end = lines[-1].end
            for later in lines[i + 1 :]:
                if layout.related_end is not None and _whole(layout.related_end, text, later):
                    end = later.start
                    break
            inside = Span(line.end, end) if end > line.end else None
            return Span(lines[0].start, lines[i - 1].end), inside
    told = next((i for i, line in enumerate(lines) if _sentence(text, line, rules)), 0)
    credited = [
        i
        for i, line in enumerate(lines)
        if (i > 1 or (i == 1 and len(lines) > 3 and not _sentence(text, lines[2], rules)))
        and (begin := closing(text, line, rules.credits)) is not None
        and not (begin == line.start and i < told <= i + BYLINES)
    ]
    if credited:
        last = credited[0]
        while last + 1 in credited:
            last += 1
        if last + 1 < len(lines):
            return Span(lines[0].start, lines[last].end), Span(lines[last].end, lines[-1].end)
    return Span(lines[0].start, lines[-1].end), None


def _whole(pattern: re.Pattern[str], text: str, line: Span) -> bool:
    if line.end - line.start > SHORT * 2:
        return False
    return bool(pattern.fullmatch(unicodedata.normalize("NFC", text[line.start : line.end])))


def teasers(text: str, inside: Span, rules: Rules) -> list[Teaser]:
    """Tell the teasers of a block apart.

    A teaser is an optional caption, a title, and a lead or none. A caption ends in a photo credit; where it
    has none, it is a line whose words come again in the title or lead below it. A lead ends as sentences end;
    a title does not.

    Raises:
        SourceError: there are more than a page can have; ``where`` is left to the caller.
    """
    lines = spans(text, inside.start, inside.end)
    found: list[Teaser] = []
    at = 0
    while at < len(lines):
        caption = None
        if at + 1 < len(lines) and _opens(text, lines, at, rules):
            caption, at = lines[at], at + 1
        title, at = lines[at], at + 1
        lead: list[Span] = []
        while at < len(lines) and _goes_on(text, lines, at, bool(lead), title, rules):
            lead.append(lines[at])
            at += 1
        found.append(Teaser(title, caption, tuple(lead)))
        if len(found) > MOST:
            raise SourceError(f"more than {MOST} related stories", remedy="save the article alone")
    return found


def _credited(text: str, line: Span, rules: Rules) -> bool:
    return closing(text, line, rules.photo_credits) is not None


def _sentence(text: str, line: Span, rules: Rules) -> bool:
    return rules.layout.text.sentence_end.search(narrow(text[max(line.start, line.end - 8) : line.end])) is not None


def _opens(text: str, lines: list[Span], at: int, rules: Rules) -> bool:
    """Is this line, the first of a teaser, a caption?"""
    line, below = lines[at], lines[at + 1]
    if _credited(text, line, rules):
        return True
    if _credited(text, below, rules):
        return False
    if _sentence(text, line, rules):
        return not _sentence(text, below, rules)
    if _sentence(text, below, rules):
        return False
    if repeats(text, below, line) is not None:
        return True
    lead = lines[at + 2] if at + 2 < len(lines) and _sentence(text, lines[at + 2], rules) else None
    return lead is not None and likeness(_words(text, line), _words(text, lead)) >= ALIKE


def _goes_on(text: str, lines: list[Span], at: int, begun: bool, title: Span, rules: Rules) -> bool:
    """Does this line, below a title, belong to the lead?"""
    line = lines[at]
    if _credited(text, line, rules) or not _sentence(text, line, rules):
        return False
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or _credited(text, below, rules) or _sentence(text, below, rules):
        return True
    if line.end - line.start >= SHORT:
        return True
    # A short sentence above a title: a caption without a credit, if a lead came before it or it speaks of
    # what stands below rather than above.
    after = lines[at + 2] if at + 2 < len(lines) else below
    down = likeness(_words(text, line), _words(text, below) + _words(text, after))
    return not begun and down <= likeness(_words(text, line), _words(text, title))


def _words(text: str, line: Span) -> str:
    return text[line.start : line.end]
