"""A guard that keeps a rule from a word must not keep it from the name of a state that begins as the word does."""

from __future__ import annotations

import pytest

from communique.claims.triggers import rulebook
from communique.loader import packs as loader
from communique.mentions.fold import fold

PACKS = loader.load()
LONG = 2  # letters of a name; a short one may be the beginning of anything
ANYTHING = "#" * 40  # what only a guard against any word at all matches


def _names(code: str) -> list[str]:
    pack = PACKS.languages[code]
    rows = pack.states.states.values() if pack.states else ()
    return sorted({fold(s.name, pack.reading) for s in rows if len(s.name) >= LONG})


@pytest.mark.parametrize("code", [c for c, p in sorted(PACKS.languages.items()) if not p.reading.words_apart])
def test_no_guard_behind_a_trigger_is_a_states_name(code: str) -> None:
    pack, names = PACKS.languages[code], _names(code)
    book = rulebook(pack)
    afters = {r.id: g for r in pack.rules if (g := book.guards[r.id][1]) is not None and not g.match(ANYTHING)}
    assert not [(rule, name) for rule, guard in afters.items() for name in names if guard.match(name)]
