"""What a pack knows of names of people, compiled: letters, surnames, and the words around a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.loader.anyword import any_word
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.words import words_pattern


@dataclass(frozen=True, eq=False)
class NameGrammar:
    """What a pack knows of names, compiled."""

    joined: re.Pattern[str] | None
    letters: frozenset[str]
    particles: frozenset[str]
    shorts: frozenset[str]
    sides: frozenset[str]
    bracketed: re.Pattern[str] | None
    joins: re.Pattern[str] | None
    leads: re.Pattern[str] | None
    polite: re.Pattern[str] | None
    titled: re.Pattern[str] | None
    honours: re.Pattern[str] | None
    joint: re.Pattern[str] | None
    elsewhere: frozenset[str]
    nations: frozenset[str]
    famous: re.Pattern[str] | None
    ranks: re.Pattern[str] | None
    surnames: tuple[str, ...]
    surname: re.Pattern[str] | None
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    heads: re.Pattern[str] | None
    stops: re.Pattern[str] | None
    verbs: re.Pattern[str] | None
    unfinished: frozenset[str]
    not_names: frozenset[str]
    not_after: tuple[str, ...]
    things: tuple[str, ...]
    reigns: re.Pattern[str] | None
    taker: re.Pattern[str] | None
    takes: frozenset[str]
    at: frozenset[str]
    kinds: frozenset[str]


@kept
def grammar(pack: LanguagePack) -> NameGrammar:
    """Compile the name grammar of a pack."""

    def fold_all(words: Sequence[str]) -> list[str]:
        return [fold(w, pack.reading) for w in words]

    persons, phrases = pack.persons, pack.phrases
    letters = fold(persons.transliteration, pack.reading) if persons else ""
    joined = None
    if persons and persons.particles and letters:
        cls = f"[{re.escape(letters)}]"
        joint = f" ?[{re.escape(''.join(persons.particles))}] ?"
        joined = re.compile(f"{cls}{{1,8}}(?:{joint}{cls}{{1,8}}){{1,7}}")
    surnames = sorted({s for kind in (persons.surnames if persons else {}).values() for s in fold_all(kind)})
    heads = fold_all([*pack.offices.offices.heads, *pack.offices.offices.abbreviated]) if pack.offices else []
    ranks = fold_all([*pack.ranks.ranks, *pack.ranks.honorifics, *pack.ranks.academic]) if pack.ranks else []
    verbs = [t.split("~")[0] for r in pack.rules for t in r.trigger] + list(pack.mood.said)
    stops = fold_all([*phrases.name_stops, *verbs])
    return NameGrammar(
        joined=joined,
        letters=frozenset(letters),
        particles=frozenset(persons.particles if persons else ()),
        shorts=frozenset(x for n in (pack.states.states.values() if pack.states else ()) for x in n.shorts()),
        sides=frozenset(fold_all(phrases.side)),
        bracketed=re.compile(f"([{re.escape(letters)}]{{0,3}})\\s?\\([A-Z][a-z]") if letters else None,
        joins=words_pattern(
            fold_all([*(w for k in ("with", "to", "by") for w in pack.markers.before.get(k, [])), *phrases.name_leads]),
            r"\Z",
        ),
        leads=words_pattern(fold_all(phrases.name_leads)),
        polite=words_pattern(fold_all([*pack.ranks.honorifics, *pack.ranks.academic] if pack.ranks else []), r"\Z"),
        honours=words_pattern(fold_all(pack.ranks.honours) if pack.ranks else []),
        joint=words_pattern(fold_all(pack.phrases.name_joints)),
        titled=words_pattern(fold_all([*pack.ranks.honorifics, *pack.ranks.academic] if pack.ranks else [])),
        elsewhere=frozenset(_elsewhere(pack)),
        nations=frozenset(n for n in fold_all(_nations(pack)) if len(n) > 1),
        famous=words_pattern(fold_all(persons.known) if persons else []),
        ranks=words_pattern(fold_all(pack.ranks.ranks) if pack.ranks else []),
        surnames=tuple(surnames),
        surname=words_pattern(surnames),
        before=words_pattern([*heads, *ranks, *fold_all(phrases.side_heads)], r"\Z"),
        after=words_pattern([*ranks, *heads]),
        heads=words_pattern([*heads, *fold_all(phrases.side_heads)]),
        stops=words_pattern(stops),
        verbs=words_pattern([v for v in fold_all(verbs) if len(v) > 1]),
        unfinished=frozenset(fold_all(persons.unfinished)) if persons else frozenset(),
        not_names=frozenset(fold_all(persons.not_names)) if persons else frozenset(),
        not_after=tuple(fold_all(phrases.not_after_name)),
        things=tuple(fold_all(persons.things)) if persons else (),
        reigns=re.compile(persons.reigns) if persons and persons.reigns else None,
        takes=frozenset(fold_all(pack.nouns.predicates)),
        at=frozenset(fold_all(pack.markers.before.get("at", []))),
        kinds=frozenset(fold_all([*pack.markers.capital, *phrases.of])),
        taker=_taker(letters, fold_all(pack.nouns.predicates)),
    )


def _taker(letters: str, predicates: Sequence[str]) -> re.Pattern[str] | None:
    """A foreign name before a word for the office that one takes (*appointed [B] as minister*), as its one group."""
    if not letters or not predicates:
        return None
    return re.compile(f"([{re.escape(letters)}]{{2,10}}?){any_word(predicates)}")


def _elsewhere(pack: LanguagePack) -> set[str]:
    """Names of states and places, which are nobody's."""
    states = _nations(pack)
    places = [n for x in (pack.places.places.values() if pack.places else ()) for n in x.full()]
    return {fold(n, pack.reading) for n in (*states, *places)}


def _nations(pack: LanguagePack) -> list[str]:
    """Names of states, in full."""
    return [n for x in (pack.states.states.values() if pack.states else ()) for n in x.full()]
