"""What began a few days before the telling and has no end told is under way: *the two navies began a drill today*."""

from __future__ import annotations

import re

from communique.claims.context import Context
from communique.claims.draft import HEADLINES, Draft
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.dates import Anchor
from communique.mentions.fold import fold
from communique.mentions.resolving import days_between
from communique.mentions.words import words_pattern

LASTING = frozenset({"visit", "exercise"})
LATELY = 5
"""Days before the telling on one of which such a thing began."""
LEAD = 3
"""Sentences of a text in which a beginning without a day is that of its own story."""
DAY = 10  # letters of a day


def settle(context: Context, anchor: Anchor) -> None:
    """Give journeys and drills, in place, that were told as done and only began, the status of what is under way.

    ``anchor`` says when the text was written. What is told with its end, on a day long ago, or by its year stays.
    """
    begun, ended = _words(context.pack)
    for d in (d for d in context.drafts if d.type in LASTING and d.status == "held"):
        since = d.date_at is not None and d.date_at.bound == "since" and d.type == "visit"
        since = since or (d.type == "visit" and bool(came_for(context, d)))
        if (since or _said(context, d, begun)) and not _said(context, d, ended) and _lately(context, d, anchor):
            d.status = "ongoing"


@kept
def _stays(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words for who came somewhere, or left for it, and is there on a visit."""
    words = "|".join(pack.mood.come_for)
    return re.compile(rf"(?<!\w)(?:{words})" if pack.reading.words_apart else words) if words else None


def came_for(context: Context, d: Draft) -> str:
    """Return the words that tell that somebody came, or left, for a visit: *arrived in A on Monday on a visit*.

    None where the words of a draft are not among them.
    """
    pattern = _stays(context.pack)
    for start, end in (d.spans or [(d.start, d.end)]) if pattern is not None else ():
        sentence = next(s for s in context.marked.scan.sentences if s.start <= start < s.end)
        for m in pattern.finditer(context.text, sentence.start, sentence.end) if pattern else ():
            if m.start() < end and start < m.end():
                return m.group()
    return ""


@kept
def _words(pack: LanguagePack) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """The words of a pack for a beginning, other than an arrival, and for an end."""
    rows = ([fold(w, pack.reading) for w in x] for x in (pack.mood.begun, pack.mood.ended))
    begun, ended = (words_pattern(x, apart=pack.reading.words_apart) for x in rows)
    return begun, ended


def _said(context: Context, d: Draft, words: re.Pattern[str] | None) -> bool:
    """Whether one of some words stands in those that tell a draft, or right behind them."""
    spans = d.spans or [(d.start, d.end)]
    return words is not None and any(words.search(context.text, lo, hi + 2) for lo, hi in spans)


def _lately(context: Context, d: Draft, anchor: Anchor) -> bool:
    """Whether a draft has a day just before the text was written, or no date and stands in its lead."""
    day, now = (d.date.edtf if d.date else None) or "", anchor.published or anchor.lower or ""
    if not day:
        first = next((i for i, s in enumerate(context.marked.scan.sentences) if s.part not in HEADLINES), 0)
        return d.date_at is None and d.sentence - first < LEAD
    if len(day) != DAY or day.startswith("XXXX-XX"):
        return False
    ago = days_between(day, now)
    return not anchor.published if ago is None else 0 <= ago <= LATELY
