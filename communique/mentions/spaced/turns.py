"""Rounds of a meeting told before, by a word or a number alone: *the third round*, *the fifth*, *the next one*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from communique.mentions.ordinals import Ordinal
from communique.mentions.phrasegrammar import PhraseGrammar
from communique.mentions.spaced.line import Line, Spot
from communique.model import Mention


def other(line: Line, head: Spot, g: PhraseGrammar) -> bool:
    """Whether a bare word for a round is one of something else, as the words behind it say (*a round of applause*)."""
    return line.text[head.start : head.end] in g.turns and any(
        line.text.startswith(f" {w} ", head.end) for w in line.vocabulary.of
    )


def elided(line: Line, numbers: Sequence[Ordinal], g: PhraseGrammar) -> Iterator[Mention]:
    """The rounds whose noun is left out: *the third will be held in A*."""
    for m in g.elided.finditer(line.text, line.start, line.end) if g.elided else ():
        number = next((o.number for o in numbers if m.start() <= o.start < m.end()), None)
        value: dict[str, Any] = {
            "name": "", "acronym": None, "ordinal": number, "mkind": "meeting", "known": None, "generic": True,
            "year": None, "congress": False, "parties": (), "one_off": False, "sort": "session", "series": False,
            "name_end": m.end(),
        }  # fmt: skip
        yield Mention(m.start(), m.end(), "meeting", value, "phrase")
