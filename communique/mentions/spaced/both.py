"""Nouns that stand for both of two, or for all of several told before: *the foreign ministers of the two countries*."""

from __future__ import annotations

import re

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.lexicon import Hit
from communique.mentions.spaced.line import Line

KINDS = ("pair", "they")
NEAR = 90  # letters before the words for both in which what they have may stand


@kept
def _pattern(pack: LanguagePack) -> re.Pattern[str] | None:
    words = pack.phrases.of_both
    return re.compile(rf"(?<!\w)(?:{words})\Z") if words else None


def start_of(line: Line | None, h: Hit, pack: LanguagePack) -> int:
    """Return where the noun begins that words for both of two are tied to, or where these words begin."""
    pattern = _pattern(pack) if line is not None and h.entry.kind in KINDS else None
    if pattern is None or line is None:
        return h.start
    m = pattern.search(line.text, max(line.start, h.start - NEAR), h.start)
    return m.start() if m else h.start
