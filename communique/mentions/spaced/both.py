"""Nouns that stand for those told before: *the foreign ministers of the two countries*, *the ship*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.dates import DateMention
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


def bears_name(line: Line | None, h: Hit, days: Sequence[DateMention]) -> bool:
    """Whether a noun for those told before has a name behind it, and is nobody told before (*the frigate Dawn*)."""
    at = h.end + 1
    if line is None or h.entry.kind != "they" or line.text[h.end : at] != " " or at >= line.end:
        return False
    return line.capital(at) and not any(d.start == at for d in days)
