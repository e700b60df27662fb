"""Rounds of a series told before, named by a bare word or a number: *the fourth round*, *the fifth*, *the next one*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions import ordinals
from communique.mentions.phrasegrammar import PhraseGrammar
from communique.mentions.scan import Scan
from communique.mentions.spaced.line import Line, Spot
from communique.model import Mention

SORTS = ("session", "exercise")


@kept
def _pattern(pack: LanguagePack) -> re.Pattern[str] | None:
    return re.compile(pack.phrases.rounds_alone) if pack.phrases.rounds_alone else None


def rounds(s: Scan, rows: Sequence[tuple[Mention, ...]], pack: LanguagePack) -> list[tuple[Mention, ...]]:
    """Return the mentions of each sentence, with the bare words for a round of the series named last before them."""
    pattern = _pattern(pack)
    if pattern is None or pattern.search(s.text) is None:
        return list(rows)
    out: list[tuple[Mention, ...]] = []
    last: Mention | None = None
    for x, row in zip(s.sentences, rows, strict=True):
        more = [_round(s, m, last, pack) for m in pattern.finditer(s.text, x.start, x.end)] if last else []
        free = [m for m in more if all(m.end <= o.start or o.end <= m.start for o in row)]
        last = next(_series(reversed(row)), last)
        out.append(tuple(sorted([*row, *free], key=lambda m: m.start)) if free else row)
    return out


def _series(row: Iterator[Mention]) -> Iterator[Mention]:
    """Those mentions that name a series which sits, by its own name."""
    for m in row:
        if m.kind == "meeting" and not m.value["generic"] and m.value["sort"] in SORTS:
            yield m


def _round(s: Scan, m: re.Match[str], last: Mention | None, pack: LanguagePack) -> Mention:
    """The round that words name, of the series named last."""
    assert last is not None
    number = next((o.number for o in ordinals.find(s.text, m.start(), m.end(), pack)), None)
    whose = tuple(f"{a} " for a in pack.nouns.articles)
    value = {**last.value, "name_end": m.end()}
    if number is not None or " " in m.group() or not s.text.endswith(whose, 0, m.start()):  # *the round opened* is it
        value |= {"ordinal": number, "year": m.groupdict().get("year"), "other": True}
    return replace(last, start=m.start(), end=m.end(), value=value)


def other(line: Line, head: Spot, g: PhraseGrammar) -> bool:
    """Whether a bare word for a round is one of something else, as the words behind it say (*a round of applause*)."""
    return line.text[head.start : head.end] in g.turns and any(
        line.text.startswith(f" {w} ", head.end) for w in line.vocabulary.of
    )


def elided(line: Line, numbers: Sequence[ordinals.Ordinal], g: PhraseGrammar) -> Iterator[Mention]:
    """The rounds whose noun is left out: *the third will be held in A*."""
    for m in g.elided.finditer(line.text, line.start, line.end) if g.elided else ():
        number = next((o.number for o in numbers if m.start() <= o.start < m.end()), None)
        value: dict[str, Any] = {
            "name": "", "acronym": None, "ordinal": number, "mkind": "meeting", "known": None, "generic": True,
            "year": None, "congress": False, "parties": (), "one_off": False, "sort": "session", "series": False,
            "name_end": m.end(),
        }  # fmt: skip
        yield Mention(m.start(), m.end(), "meeting", value, "phrase")
