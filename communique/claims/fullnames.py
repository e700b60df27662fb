"""Mentions of one arrangement under a shorter and a longer name."""

from __future__ import annotations

from collections.abc import Collection

from communique.claims.context import Context
from communique.mentions.fold import fold
from communique.model import Mention

PARTIES = ("state", "bloc")


def joined(context: Context, groups: dict[str, list[Mention]], packs: Collection[str]) -> dict[str, list[Mention]]:
    """Give the mentions of a shorter name to the one longer name that it stands for, where no pack knows either.

    Where blanks stand between words, the longer name holds the shorter one. Elsewhere the two differ only by the
    parties before them: one leaves them out, or writes the same ones by other names.
    """
    if context.pack.reading.words_apart:
        held = {k: [o for o in groups if o != k and k in o and o not in packs] for k in groups}
    else:
        held = _by_parties(context, {k: rows for k, rows in groups.items() if k not in packs})
    out: dict[str, list[Mention]] = {}
    for key, rows in groups.items():
        longer = held.get(key, [])
        into = longer[0] if key not in packs and len(longer) == 1 else key
        out.setdefault(into, []).extend(rows)
    return out


def _by_parties(context: Context, groups: dict[str, list[Mention]]) -> dict[str, list[str]]:
    """For each name those that say the same of the same parties, in more letters."""
    cores = {k: _core(context, rows[0]) for k, rows in groups.items()}
    parties = {k: frozenset(rows[0].value["parties"]) for k, rows in groups.items()}
    out: dict[str, list[str]] = {}
    for key, core in cores.items():
        for other, theirs in cores.items():
            told = parties[other] if len(parties[other]) > 1 else frozenset()
            mine = parties[key]
            if other == key or not told or len(other) <= len(key) or len(core) < 3:
                continue
            if core == theirs and mine <= told or not mine and theirs.endswith(core):
                out.setdefault(key, []).append(other)
    return out


def _core(context: Context, m: Mention) -> str:
    """What a name says behind the parties that it begins with."""
    name = fold(m.value["name"], context.pack.reading)
    inside = [h for h in context.marked.hits if m.start <= h.start and h.end <= m.end and h.entry.kind in PARTIES]
    words = {context.text[h.start : h.end] for h in inside} | {
        fold(w, context.pack.reading).strip() for w in context.pack.phrases.pair_joiners
    }
    rest = name
    while found := max((w for w in words if w and rest.startswith(w)), key=len, default=""):
        rest = rest[len(found) :]
    return rest
