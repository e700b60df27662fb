"""States named by a letter or two: in pairs (*Sino-Russian*), before *side*, after *ambassador to*."""

from __future__ import annotations

import re

from communique.loader.gazetteer import StatesPack
from communique.loader.kept import kept
from communique.mentions.lexicon import Entry, Hit
from communique.mentions.scan import Sentence
from communique.mentions.words import words_pattern


@kept
def _grammar(
    pack: StatesPack,
) -> tuple[
    dict[str, str], re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None, re.Pattern[str] | None
]:
    codes: dict[str, str] = {}
    for code, names in pack.states.items():
        for short in names.shorts():
            codes.setdefault(short, code)
    for name, options in pack.ambiguous.items():
        if name in codes:
            codes[name] = options[0]
    if not codes:
        return codes, None, None, None, None
    f = pack.frames

    def alt(words: tuple[str, ...] | list[str]) -> str:
        return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)"

    short, strong = alt([*codes, *firsts(pack)]), alt(f.strong)
    pair = re.compile(f"({short})(?:{alt(f.joints)})?({short})(?={alt(f.after_pair)})|({strong})({strong})")
    before = re.compile(f"(?:{alt(f.before)})({short})|(?:{alt(f.before_strong)})({strong})(?![\\w])")
    after = re.compile(f"((?:{short})(?:{alt(f.land)})?)(?={alt(f.after)})")
    three = re.compile(f"({short})({short})({short})(?={alt(f.after_three)})|({strong})({strong})({strong})")
    return codes, pair, before, after, three


def find(text: str, sentence: Sentence, pack: StatesPack, named: frozenset[str] = frozenset()) -> list[Hit]:
    """Return the short names of states in a sentence; of several states with one, that which the text names in full.

    A pair is two hits of kind ``state``. A short name is believed only in a frame of the pack, and where it
    begins at a word's border.
    """
    codes, pair, before, after, three = _grammar(pack)
    if pair is None or before is None or after is None or three is None:
        return []
    start, end = sentence.start, sentence.end
    found: list[tuple[int, int]] = []
    not_before, times = tuple(pack.frames.not_before), tuple(pack.frames.at_times)
    for m in three.finditer(text, start, end):
        one = 1 if m.group(1) else 4
        border = sentence.is_border(m.start()) and (one == 1 or sentence.is_border(m.end()))
        three_states = {_meant(m.group(g), codes, pack, named) for g in range(one, one + 3)} - {None}
        if border and len(three_states) == 3:
            found += [m.span(g) for g in range(one, one + 3)]
    for m in pair.finditer(text, start, end):
        one, two = (1, 2) if m.group(1) else (3, 4)
        a, b = (_meant(m.group(g), codes, pack, named) for g in (one, two))
        if (one == 1 or sentence.is_border(m.start())) and a and b and a != b:
            found += [m.span(one), m.span(two)]
    for m in before.finditer(text, start, end):
        group = 1 if m.group(1) else 2
        border = sentence.is_border(m.end()) or text.startswith(times, m.end(), end)
        if border and not text.endswith(not_before, start, m.start(group)):
            found.append(m.span(group))
    for m in after.finditer(text, start, end):
        if sentence.is_border(m.start()):
            found.append(m.span(1))
    if not found:
        return []
    blocked = [m.span() for m in _blocked(pack).finditer(text, start, end)]
    free = [(a, b) for a, b in dict.fromkeys(found) if not any(x <= a and b <= y for x, y in blocked)]
    meant = [(a, b, _meant(text[a:b], codes, pack, named)) for a, b in free]
    return [Hit(a, b, Entry("state", code)) for a, b, code in meant if code]


def _meant(words: str, codes: dict[str, str], pack: StatesPack, named: frozenset[str]) -> str | None:
    """The state of a short name: the one of those it may be that the text names in full, else the likeliest."""
    short = next((words[: -len(w)] for w in pack.frames.land if words.endswith(w) and words != w), words)
    options = [c for c in pack.ambiguous.get(short, ()) if c in named]
    if len(options) == 1:
        return options[0]
    told = [c for c in firsts(pack).get(short, ()) if c in named]
    if codes.get(short) in named or len(told) != 1:
        return codes.get(short)
    return told[0]


@kept
def firsts(pack: StatesPack) -> dict[str, tuple[str, ...]]:
    """Return the states by the first letter of a longer name: a text that names one in full may go on with it."""
    out: dict[str, set[str]] = {}
    for code, names in pack.states.items() if pack.frames.land else ():
        for name in (names.name, *names.also):
            if len(name) > 2:
                out.setdefault(name[0], set()).add(code)
    return {letter: tuple(sorted(codes)) for letter, codes in out.items()}


@kept
def _blocked(pack: StatesPack) -> re.Pattern[str]:
    return words_pattern([*pack.not_states, *pack.not_shorts]) or re.compile(r"(?!)")
