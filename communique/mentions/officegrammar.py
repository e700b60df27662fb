"""What a pack knows of offices, compiled: heads, ranks, polite words, what joins and what leads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.words import words_pattern


@dataclass(frozen=True, eq=False)
class OfficeGrammar:
    """What a pack knows of offices, compiled."""

    head_at_end: re.Pattern[str] | None
    head: re.Pattern[str] | None
    rank: re.Pattern[str] | None
    polite: re.Pattern[str] | None
    polite_at_end: re.Pattern[str] | None
    sides: tuple[str, ...]
    joiners: tuple[str, ...]
    inner: frozenset[str]
    joints: frozenset[str]
    weak: tuple[str, ...]
    callings: tuple[str, ...]
    leads: frozenset[str]
    keeps: tuple[str, ...]
    organs: tuple[str, ...]
    glue: tuple[str, ...]
    modifier: re.Pattern[str] | None
    year: re.Pattern[str]
    of: tuple[str, ...]
    envoys: tuple[str, ...]
    topics: tuple[str, ...]
    titles: tuple[str, ...]
    letters: frozenset[str]
    trips: tuple[str, ...]


@kept
def grammar(pack: LanguagePack) -> OfficeGrammar:
    """Compile the office grammar of a pack."""
    p, o, r = pack.phrases, pack.offices, pack.ranks

    def f(words: Sequence[str]) -> list[str]:
        return [fold(w, pack.reading) for w in words]

    heads = f([*o.offices.heads, *o.offices.abbreviated]) if o else []
    return OfficeGrammar(
        head_at_end=words_pattern(heads, r"\Z"),
        head=words_pattern(heads),
        rank=words_pattern(f(r.ranks) if r else []),
        polite_at_end=words_pattern(f([*r.honorifics, *r.academic]) if r else [], r"\Z"),
        sides=tuple(f(p.side)),
        polite=words_pattern(f([*r.honorifics, *r.academic]) if r else []),
        joiners=tuple(f(p.chain_joiners)),
        inner=frozenset(f(p.inner_words)),
        joints=frozenset(f([*p.name_joints, *p.pair_joiners])),
        callings=tuple(f(p.side_heads)),
        leads=frozenset(f(p.name_leads)),
        weak=tuple(f(p.weak_prefixes)),
        keeps=tuple(f(o.bodies.keeps_country)) if o else (),
        organs=tuple(f(o.bodies.state_organs)) if o else (),
        glue=tuple(f(p.joiners)),
        modifier=re.compile(p.office_modifier) if p.office_modifier else None,
        year=re.compile(p.year) if p.year else re.compile(r"(?!)"),
        of=tuple(f(p.of)),
        envoys=tuple(f(pack.markers.envoys)),
        topics=() if pack.reading.words_apart else tuple(f(pack.markers.not_place)),
        titles=tuple(f(pack.states.titles if pack.states else ())),
        letters=frozenset(pack.persons.transliteration if pack.persons else ""),
        trips=tuple(f([w for x in pack.rules if x.type == "visit" for w in x.trigger if "~" not in w])),
    )
