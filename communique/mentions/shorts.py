"""States named by a letter or two: in pairs (*Sino-Russian*), before *side*, after *ambassador to*."""

from __future__ import annotations

import re

from communique.loader.gazetteer import StatesPack
from communique.loader.kept import kept
from communique.mentions.lexicon import Entry, Hit
from communique.mentions.words import words_pattern


@kept
def _grammar(
    pack: StatesPack,
) -> tuple[dict[str, str], re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None]:
    codes: dict[str, str] = {}
    for code, names in pack.states.items():
        for short in names.shorts():
            codes.setdefault(short, code)
    for name, options in pack.ambiguous.items():
        if name in codes:
            codes[name] = options[0]
    if not codes:
        return codes, None, None, None
    f = pack.frames

    def alt(words: tuple[str, ...] | list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"

    short, strong = alt(list(codes)), alt(f.strong)
    pair = re.compile(f"({short})(?:{alt(f.joints)})?({short})(?={alt(f.after_pair)})|({strong})({strong})")
    before = re.compile(f"(?:{alt(f.before)})({short})|(?:{alt(f.before_strong)})({strong})(?![\\w])")
    after = re.compile(f"({short})(?={alt(f.after)})")
    return codes, pair, before, after


def find(text: str, start: int, end: int, pack: StatesPack, borders: frozenset[int]) -> list[Hit]:
    """Return the short names of states between ``start`` and ``end``; ``borders`` are the words' borders.

    A pair is two hits of kind ``state``. A short name is believed only in a frame of the pack, and where it
    begins at a word's border.
    """
    codes, pair, before, after = _grammar(pack)
    if pair is None or before is None or after is None:
        return []
    out: list[Hit] = []
    blocked = [m.span() for m in _blocked(pack).finditer(text, start, end)]

    def add(a: int, b: int) -> None:
        if not any(x <= a and b <= y for x, y in blocked):
            out.append(Hit(a, b, Entry("state", codes[text[a:b]])))

    for m in pair.finditer(text, start, end):
        one, two = (1, 2) if m.group(1) else (3, 4)
        if (m.start() in borders or one == 1) and codes[m.group(one)] != codes[m.group(two)]:
            add(*m.span(one))
            add(*m.span(two))
    for m in before.finditer(text, start, end):
        group = 1 if m.group(1) else 2
        if not any(text.endswith(w, start, m.start(group)) for w in pack.frames.not_before) and m.end() in borders:
            add(*m.span(group))
    for m in after.finditer(text, start, end):
        if m.start() in borders:
            add(*m.span(1))
    return out


@kept
def _blocked(pack: StatesPack) -> re.Pattern[str]:
    return words_pattern([*pack.not_states, *pack.not_shorts]) or re.compile(r"(?!)")
