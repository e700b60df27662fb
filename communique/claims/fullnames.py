"""Mentions of one arrangement under a shorter and a longer name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from communique.claims.context import Context
from communique.loader.gazetteer import MechanismPack
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded, unmarked
from communique.model import Mention

PARTIES = ("state", "bloc")


def joined(
    context: Context, groups: dict[str, list[Mention]], packs: Mapping[str, MechanismPack]
) -> dict[str, list[Mention]]:
    """Give the mentions of a shorter name to the one longer name that it stands for, where no pack knows either.

    Where blanks stand between words, the longer name holds the words of the shorter one in their order. Elsewhere the
    two differ only by the parties before them: one leaves them out, or writes the same ones by other names or in
    another order, or by the level on which they sit.
    """
    unknown = {k: rows for k, rows in groups.items() if k not in packs}
    held = _by_words(context, unknown) if context.pack.reading.words_apart else _by_parties(context, unknown)
    into: dict[str, str] = {}
    for key in groups:
        longer = held.get(key, [])
        into[key] = longer[0] if len(longer) == 1 else _written(context, key, groups, packs) if key in unknown else key
    out: dict[str, list[Mention]] = {}
    for key, rows in groups.items():
        last, seen = into[key], {key}
        while into[last] != last and last not in seen:
            seen.add(last)
            last = into[last]
        out.setdefault(last, []).extend(rows)
    return out


def _written(context: Context, key: str, groups: dict[str, list[Mention]], packs: Mapping[str, MechanismPack]) -> str:
    """The known arrangement of which a name is a way of writing, by its marks and capitals; else the name's own key.

    Where no blanks stand between words it may write the same parties by other names (their long ones).
    """
    mine, first = unmarked(key).split(), groups[key][0]
    rows = [(k, m) for k in groups if k in packs for m in groups[k]]
    same = next((k for k, m in rows if unmarked(m.value["name"].lower()).split() == mine), None)
    core = "" if same or context.pack.reading.words_apart or len(first.value["parties"]) < 2 else _core(context, first)
    told = set(first.value["parties"])
    alike = ((k, fold(m.value["name"], context.pack.reading)) for k, m in rows if set(packs[k].parties) == told)
    return same or next((k for k, name in alike if len(core) > 3 and name.endswith(core)), key)


def _by_words(context: Context, groups: dict[str, list[Mention]]) -> dict[str, list[str]]:
    """For each name those that hold all its words in their order, and more; of the same words, the one named first.

    Words that only join (*and*), and one that only counts sittings before another head, are no words of a name.
    """
    joins = {fold(w, context.pack.reading).strip() for w in context.pack.phrases.pair_joiners}
    sits = {w.split(" ")[0] for w in context.pack.phrases.sits}
    words: dict[str, list[str]] = {}
    names = {k: max((m.value["name"].lower() for m in rows), key=len) for k, rows in groups.items()}
    short = {k for k, rows in groups.items() if any(m.value["acronym"] for m in rows)}
    alike = {k: _between(context, rows[0]) for k, rows in groups.items()}
    for key in groups:
        plain = [w for w in unmarked(key.replace("-", " ")).split() if w not in joins]
        words[key] = plain[1:] if len(plain) > 3 and key.split(" ")[0] in sits else plain
    order = list(groups)
    out: dict[str, list[str]] = {}
    for i, key in enumerate(order):
        mine = words[key]
        for j, other in enumerate(order):
            theirs = words[other]
            if other == key:
                continue
            same = mine == theirs and j < i
            loose = len(theirs) > len(mine) > 2 and mine[0] == theirs[0] and _within(mine, theirs)
            same = same or (j < i and alike[key] is not None and alike[key] == alike[other])
            same = same or _begins(groups[key][0], alike[key], alike[other])
            spelt = other in short and key not in short and key in names[other]  # the other goes by its acronym
            if key in other or same or loose or spelt:
                out.setdefault(key, []).append(other)
    return out


def _between(context: Context, m: Mention) -> tuple[frozenset[str], tuple[str, ...]] | None:
    """The two or more states at the head of a name, in any order and form, and the words behind them; else None.

    What it is called at its end (*meeting*, *consultations*) does not count behind four words or more.
    """
    text, states = context.text, [h for h in context.marked.within(m.start, m.end) if h.entry.kind in PARTIES]
    codes = frozenset(h.entry.value for h in states if h.entry.value)
    if len(codes) < 2 or m.value["known"]:
        return None
    name = text[states[-1].end : m.value.get("name_end", m.end)]
    words = tuple(w for w in unmarked(name.replace("-", " ")).split() if w.isalnum() or "+" in w)
    return codes, words[:-1] if len(words) > 4 else words


Between = tuple[frozenset[str], tuple[str, ...]] | None


def _begins(m: Mention, mine: Between, theirs: Between) -> bool:
    """Whether a group's name begins a longer one of the same states (*joint commission [on bilateral cooperation]*)."""
    if mine is None or theirs is None or m.value["mkind"] != "group":
        return False
    same = mine[0] == theirs[0] and len(theirs[1]) > len(mine[1]) > 1
    return same and theirs[1][: len(mine[1])] == mine[1]


def _within(mine: list[str], theirs: list[str]) -> bool:
    rest = iter(theirs)
    return all(w in rest for w in mine)


def _by_parties(context: Context, groups: dict[str, list[Mention]]) -> dict[str, list[str]]:
    """For each name those that say the same of the same parties, in more letters, or before it in as many."""
    cores = {k: _core(context, rows[0]) for k, rows in groups.items()}
    plain = {k: _core(context, rows[0], levels=False) for k, rows in groups.items()}
    parties = {k: frozenset(rows[0].value["parties"]) for k, rows in groups.items()}
    sat = {k: {m.value["ordinal"] for m in rows} - {None} for k, rows in groups.items()}
    order = {k: i for i, k in enumerate(groups)}
    out: dict[str, list[str]] = {}
    between = [(other, cores[other], told) for other, told in parties.items() if len(told) > 1]
    for key, core in cores.items() if between else ():
        mine = parties[key]
        for other, theirs, told in between if len(core) > 2 else ():
            if other == key:
                continue
            later = (len(other), -order[other]) < (len(key), -order[key])
            same = (core == theirs and mine <= told) or not mine and theirs.endswith(core)
            same = same or (mine == told and _ended(core, theirs, context.pack.phrases.ends))
            apart = sat[key] and sat[other] and sat[key] != sat[other]
            if (same and not later) or (mine <= told and not apart and _shortened(plain[key], plain[other])):
                out.setdefault(key, []).append(other)
    return out


def _ended(one: str, two: str, ends: Collection[str]) -> bool:
    """Whether of two names one only has a word more at its end (*dialogue* and *dialogue mechanism*)."""
    short, long = sorted((one, two), key=len)
    return long.startswith(short) and long[len(short) :] in ends


def _shortened(short: str, long: str) -> bool:
    """Whether a name leaves out words in the middle of a longer one: five letters or more, both ends the same."""
    rest = iter(long)
    ends = len(long) > len(short) > 4 and short[:2] == long[:2] and short[-2:] == long[-2:]
    return ends and all(letter in rest for letter in short)


@kept
def _words(pack: LanguagePack) -> tuple[frozenset[str], tuple[str, ...]]:
    """What joins two parties, and the words for a level, the longest first."""
    levels = sorted(folded(pack.phrases.levels, pack.reading), key=len, reverse=True)
    return frozenset(w.strip() for w in folded(pack.phrases.pair_joiners, pack.reading)), tuple(levels)


def _core(context: Context, m: Mention, *, levels: bool = True) -> str:
    """What a name says behind the parties that it begins with, without the level (of ``levels``) on which they sit."""
    name = fold(m.value["name"], context.pack.reading)
    inside = [h for h in context.marked.within(m.start, m.end) if h.entry.kind in PARTIES]
    joiners, ranks = _words(context.pack)
    words = {context.text[h.start : h.end] for h in inside} | joiners
    rest = name
    while found := max((w for w in words if w and rest.startswith(w)), key=len, default=""):
        rest = rest[len(found) :]
    while found := next((w for w in (ranks if levels else ()) if rest.startswith(w) and len(rest) > len(w) + 2), ""):
        rest = rest[len(found) :]
    return rest


def frame_of(context: Context, m: Mention) -> str | None:
    """The frame that the sentence puts before a list of arrangements (*within the framework of X*)."""
    pattern = context.pack.phrases.parent
    sentence = next((s for s in context.marked.scan.sentences if s.start <= m.start < s.end), None)
    found = re.search(pattern, context.text[sentence.start : m.start]) if pattern and sentence else None
    if found is None or sentence is None:
        return None
    lo, hi = (sentence.start + at for at in found.span(found.lastindex or 1))
    if hi >= m.start:
        return None  # it is itself the frame
    inside = [x for x in context.marked.row(m) if x.kind == "meeting" and lo <= x.start and x.value["name_end"] <= hi]
    name: str = inside[-1].value["name"] if inside else context.raw[lo:hi]
    return name
