"""States named by a letter or two: in pairs (*Sino-Russian*), before *side*, after *ambassador to*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from communique.loader.gazetteer import StatesPack
from communique.loader.kept import kept
from communique.mentions.lexicon import Entry, Hit
from communique.mentions.scan import Sentence
from communique.mentions.words import words_pattern

TOWN = 4
"""Letters from which on a place is no list of states by one letter each."""


class _Frames(NamedTuple):
    """The states by short name, and the patterns in which one is believed: in each kind that of a name that may be a
    word as well, and that of one which may not. ``chains`` are of five, four and three names; each begins
    with a ``row`` of three."""

    codes: dict[str, str]
    row: re.Pattern[str]
    chains: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    pairs: tuple[re.Pattern[str], re.Pattern[str]]
    two: re.Pattern[str]
    befores: tuple[re.Pattern[str], re.Pattern[str]]
    after: re.Pattern[str]
    bare: re.Pattern[str] | None
    dated: re.Pattern[str]


@kept
def _grammar(pack: StatesPack) -> _Frames | None:
    codes: dict[str, str] = {}
    for code, names in pack.states.items():
        for short in names.shorts():
            codes.setdefault(short, code)
    for name, options in pack.ambiguous.items():
        if name in codes:
            codes[name] = options[0]
    if not codes:
        return None
    f = pack.frames

    def alt(words: tuple[str, ...] | list[str]) -> str:
        # Words of one letter as a class of letters: the matcher is several times as fast.
        longer = sorted({w for w in words if len(w) > 1}, key=lambda w: (-len(w), w))
        letters = "".join(sorted(re.escape(w) for w in set(words) if len(w) == 1))
        return "|".join([*map(re.escape, longer), *([f"[{letters}]"] if letters else [])]) or "(?!)"

    def both(one: str, two: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
        # Apart, for each begins with a list of words: what begins so is looked for by its first letters.
        return re.compile(one), re.compile(two)

    short, strong = alt([*codes, *firsts(pack)]), alt(f.strong)
    return _Frames(
        codes,
        re.compile(f"(?:{alt([*codes, *firsts(pack), *f.strong])}){{3}}"),
        tuple(both(f"({short})" * n + f"(?={alt(f.after_three)})", f"({strong})" * n) for n in (5, 4, 3)),
        both(f"({short})(?:{alt(f.joints)})?({short})(?={alt(f.after_pair)})", f"({strong})({strong})"),
        re.compile(f"({short})({short})"),
        both(f"(?:{alt(f.before)})({short})", f"(?:{alt(f.before_strong)})({strong})(?=$|\\W|{alt(f.after_strong)})"),
        re.compile(f"((?:{short})(?:{alt(f.land)})?)(?={alt(f.after)})"),
        re.compile(f"(?:{short})(?:{alt(f.land)})") if f.land else None,
        # At the head of a clause, right before a day or a verb: *A-B signed on the 3rd*.
        re.compile(rf"(?<![\w)])({short})({short})(?=[0-9]{{1,2}}(?:{alt(f.days)})|{alt(f.after_first)})"),
    )


def find(text: str, sentence: Sentence, pack: StatesPack, named: frozenset[str] = frozenset()) -> list[Hit]:
    """Return the short names of states in a sentence; of several states with one, that which the text names in full.

    A pair is two hits of kind ``state``. A short name is believed only in a frame of the pack, and where it
    begins at a word's border.
    """
    frames = _grammar(pack)
    if frames is None:
        return []
    codes, start, end = frames.codes, sentence.start, sentence.end
    found: list[tuple[int, int]] = []
    not_before, times = tuple(pack.frames.not_before), tuple(pack.frames.at_times)
    chains = frames.chains if frames.row.search(text, start, end) else ()
    for weak, pattern in ((i == 0, p) for both in chains for i, p in enumerate(both)):
        for m in pattern.finditer(text, start, end):
            border = sentence.is_border(m.start()) and (weak or sentence.is_border(m.end()))
            many = {_meant(w, codes, pack, named) for w in m.groups()} - {None}
            if border and len(many) == len(m.groups()):
                found += [m.span(g + 1) for g in range(len(many))]
    chained = frozenset(found)
    for m in _pairs(text, sentence, frames):
        a, b = (_meant(w, codes, pack, named) for w in m.groups())
        if a and b and a != b and not _day_of(text, m, pack):
            found += [m.span(1), m.span(2)]
    for m in (m for pattern in frames.befores for m in pattern.finditer(text, start, end)):
        border = sentence.is_border(m.end()) or text.startswith(times, m.end(), end)
        if border and not text.endswith(not_before, start, m.start(1)):
            found.append(m.span(1))
    for m in frames.after.finditer(text, start, end):
        sure = m[1] not in pack.frames.doubtful or _meant(m[1], codes, pack, named) in named
        if sure and sentence.is_border(m.start()):
            found.append(m.span(1))
    for m in frames.bare.finditer(text, start, end) if frames.bare else ():
        if any(a < m.end() and m.start() < b for a, b in found):
            continue  # *the Sino-B defence talks* is no *China* and *fence*
        if sentence.is_border(m.start()) and sentence.is_border(m.end()) and _meant(m[0], codes, pack, named) in named:
            found.append(m.span())
    if not found:
        return []
    blocked = [m.span() for m in _blocked(pack).finditer(text, start, end)]
    free = [(a, b) for a, b in dict.fromkeys(found) if not any(x <= a and b <= y for x, y in blocked)]
    free = [(a, b) for a, b in free if (a, b) in chained or not _in_town(sentence, a, b)]
    meant = [(a, b, _meant(text[a:b], codes, pack, named)) for a, b in free]
    return [Hit(a, b, Entry("state", code)) for a, b, code in meant if code]


def _pairs(text: str, sentence: Sentence, frames: _Frames) -> Iterator[re.Match[str]]:
    """Yield where two short names stand side by side, in a frame or in what the tagger takes for one place."""
    start, end = sentence.start, sentence.end
    for weak, pattern in zip((True, False, True), (*frames.pairs, frames.dated), strict=True):
        for m in pattern.finditer(text, start, end):
            if (weak or sentence.is_border(m.start())) and not _somebody(sentence, m.start(), m.end(2)):
                yield m
    places = (frames.two.fullmatch(text, t.start, t.end) for t in sentence.tokens if t.tag == "place")
    yield from (m for m in places if m is not None)


def _in_town(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a letter stands inside what the tagger takes for one place, of four letters or more."""
    i = sentence.token_at(start)
    token = sentence.tokens[i] if i >= 0 else None
    long = token is not None and token.tag == "place" and token.end - token.start >= TOWN
    return token is not None and long and token.start < start and end < token.end


def _day_of(text: str, m: re.Match[str], pack: StatesPack) -> bool:
    """Whether the first of two short names counts a day: *on the 6th by political means*."""
    return m.group(1) in pack.frames.days and text[m.start() - 1 : m.start()].isdigit()


def _somebody(sentence: Sentence, start: int, end: int) -> bool:
    """Whether two letters are one name of a person for the tagger, between a noun and a verb: *president X met*."""
    i = sentence.token_at(start)
    if i < 1 or i + 1 >= len(sentence.tokens) or sentence.tokens[i] != (start, end, "person"):
        return False
    before, behind = sentence.tokens[i - 1], sentence.tokens[i + 1]
    return before.end == start and before.tag == "noun" and behind.tag == "verb"


def dashed(text: str, cased: str, hits: list[Hit], pack: StatesPack, fold: Callable[[str], str]) -> list[Hit]:
    """Return the short names beside a dash and another state, where blanks stand between words (*A-B relations*).

    Such a name is a word of its own with a capital, and begins no word of ``not_shorts`` nor a longer name in ``hits``.
    """
    codes = {fold(short): code for code, names in pack.states.items() for short in names.shorts()}
    joint = _joint(pack)
    if not codes or joint is None:
        return []
    longest = max(map(len, codes))
    begins = {h.start: h for h in hits}
    ends = {h.end: h for h in hits if h.entry.kind == "state"}
    blocked = tuple(fold(w) for w in pack.not_shorts)
    out: dict[int, Hit] = {}
    for m in joint.finditer(text):
        a, b = m.span()
        left, right = ends.get(a), begins.get(b)
        if left is None:
            at = next((k + 1 for k in range(a - 1, max(a - longest, 0) - 1, -1) if not text[k].isalnum()), 0)
            code = codes.get(text[at:a])
            left = out.get(at) or (Hit(at, a, Entry("state", code)) if code and cased[at].isupper() else None)
        if right is None and not text.startswith(blocked or ("\0",), b):
            end = next((k for k in range(b, min(b + longest + 1, len(text))) if not text[k].isalnum()), len(text))
            code = codes.get(text[b:end])
            right = Hit(b, end, Entry("state", code)) if code and cased[b].isupper() else None
        if left is None or right is None or right.entry.kind != "state" or left.entry.value == right.entry.value:
            continue
        out |= {h.start: h for h in (left, right) if h not in hits}
    return list(out.values())


@kept
def _joint(pack: StatesPack) -> re.Pattern[str] | None:
    """The signs between two states by their short names, with or without blanks."""
    signs = "|".join(re.escape(w) for w in pack.frames.joints)
    return re.compile(f" ?(?:{signs}) ?") if signs else None


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
