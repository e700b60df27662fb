"""What names of people are made of in a pack, and a name while it is being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from communique.loader.anyword import any_word
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, unmarked
from communique.mentions.spaced.line import Office
from communique.mentions.words import words_pattern

RESTING = (")", ".)")
"""How the bracket behind a name ends that says that somebody's rank is a former one (*A B (rtd.)*)."""


@dataclass(frozen=True, eq=False)
class PersonGrammar:
    """What a pack knows of names of people, compiled."""

    surnames: dict[str, tuple[str, ...]]
    most: dict[str, int]
    verbs: re.Pattern[str] | None
    leads: tuple[str, ...]
    said: tuple[str, ...]
    fronts: tuple[str, ...]
    ties: tuple[str, ...]
    branches: tuple[str, ...]
    resting: tuple[str, ...]
    joiners: tuple[str, ...]
    known: frozenset[str]
    not_names: frozenset[str]
    weekdays: frozenset[str]
    months: frozenset[str]
    things: frozenset[str]
    apposed: tuple[str, ...]
    predicates: tuple[str, ...]
    chained: tuple[str, ...]
    last: bool
    whence: re.Pattern[str] | None
    many: re.Pattern[str] | None
    opens: re.Pattern[str] | None
    areas: tuple[str, ...]
    several: frozenset[str]
    stays: tuple[str, ...]
    heads: tuple[str, ...]
    left: bool
    by: frozenset[str]
    sons: tuple[str, ...]
    once: tuple[str, ...]


@kept
def grammar(pack: LanguagePack) -> PersonGrammar:
    """Compile the name grammar of a pack."""
    persons = pack.persons
    surnames: dict[str, tuple[str, ...]] = {}
    for kind, names in (persons.surnames if persons else {}).items():
        for name in {v for n in names for v in (fold(n, pack.reading), unmarked(fold(n, pack.reading)))}:
            surnames[name] = (*surnames.get(name, ()), kind)
    heads = [fold(w, pack.reading) for w in (pack.offices.offices.heads if pack.offices else ())]
    verbs = [fold(w, pack.reading) for w in (*pack.nouns.name_verbs, *pack.mood.said)]
    prefixes = pack.offices.offices.prefixes if pack.offices else {}
    return PersonGrammar(
        surnames,
        dict(persons.given_max) if persons else {},
        words_pattern(verbs, apart=True),
        tuple(f" {fold(w, pack.reading)} " for w in pack.nouns.name_leads),
        tuple(f" {fold(w, pack.reading)} " for w in pack.mood.tells),
        tuple(f"{fold(w, pack.reading)} " for w in pack.nouns.fronts),
        tuple(f", {fold(w, pack.reading)} " for w in pack.nouns.name_ties),
        tuple(f" {fold(w, pack.reading)} " for w in (pack.ranks.branches if pack.ranks else ())),
        _resting(pack),
        tuple(fold(w, pack.reading) for w in pack.phrases.chain_joiners),
        frozenset(fold(n, pack.reading) for n in (persons.known if persons else ())),
        frozenset(fold(n, pack.reading) for n in (persons.not_names if persons else ())),
        _weekdays(pack),
        _months(pack),
        frozenset(fold(n, pack.reading) for n in (persons.things if persons else ())),
        tuple(fold(w, pack.reading) for w in pack.nouns.apposed),
        tuple(sorted((fold(w, pack.reading) for w in pack.nouns.predicates), key=len, reverse=True)),
        tuple(f" {fold(w, pack.reading)} " for w in pack.nouns.links),
        pack.nouns.right,
        _whence(pack),
        re.compile(rf"\b(?:{persons.many})") if persons and persons.many else None,
        _opens(pack),
        _areas(pack),
        frozenset(fold(w, pack.reading) for w in (persons.several if persons else ())),
        tuple(f"{fold(w, pack.reading)} " for w in (persons.stays if persons else ())),
        tuple(sorted(heads, key=len, reverse=True)),
        pack.nouns.left,
        frozenset(fold(w, pack.reading) for w in pack.markers.before.get("by", ())),
        tuple(f", {fold(w, pack.reading)}" for w in (persons.sons if persons else ())),
        tuple(f"{fold(w, pack.reading)} " for w, sense in prefixes.items() if sense in ("former", "acting")),
    )


def _areas(pack: LanguagePack) -> tuple[str, ...]:
    """Words before a name that make a town, an area or an institution of it, the longest first."""
    words = {fold(w, pack.reading) for w in (*pack.nouns.places, *pack.markers.capital) if w.replace(" ", "").isalpha()}
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def _opens(pack: LanguagePack) -> re.Pattern[str] | None:
    """What opens a clause before the office of another than who acts (*at the invitation of the king of A, B*)."""
    words = (*pack.markers.opens, *(pack.persons.for_whom if pack.persons else ()))
    articles = any_word(fold(w, pack.reading) for w in pack.nouns.articles) if words else ""
    rows = [fold(w, pack.reading) for w in words]
    return words_pattern(rows, rf" (?:(?:{articles}) )?\Z" if articles else r" \Z", apart=True)


def _weekdays(pack: LanguagePack) -> frozenset[str]:
    """Names of weekdays, which may stand right behind a name (*A B Monday met C*)."""
    rows = pack.dates.values.values() if pack.dates else ()
    return frozenset(fold(w, pack.reading) for words in rows for w, m in words.items() if m.weekday and " " not in w)


def _resting(pack: LanguagePack) -> tuple[str, ...]:
    """The brackets behind a name that say that somebody's rank is a former one."""
    words = pack.ranks.states_of_rank if pack.ranks else ()
    return tuple(f" ({fold(w, pack.reading)}{end}" for w in words for end in RESTING)


def _months(pack: LanguagePack) -> frozenset[str]:
    """Names of months, without their full stop, at which a name ends where a number follows (*A B Oct. 12*)."""
    rows = pack.dates.values.values() if pack.dates else ()
    return frozenset(fold(w, pack.reading).rstrip(".") for words in rows for w, m in words.items() if m.month)


def _whence(pack: LanguagePack) -> re.Pattern[str] | None:
    """Words for somebody of the other side, and what ties a state to them: *his counterpart from*."""
    words = persons.facing if (persons := pack.persons) else []
    ties = (*pack.markers.before.get("from", ()), *pack.markers.before.get("of", ())[:1])
    rows = [f"{fold(w, pack.reading)} {fold(t, pack.reading)} " for w in words if w[-1:].isalpha() for t in ties]
    return words_pattern(rows, r"\Z")


@dataclass(slots=True)
class Found:
    """A name with what stands around it, while it is being read."""

    start: int
    end: int
    outer: int
    stop: int
    offices: list[Office] = field(default_factory=list)
    country: str | None = None
    rank: str | None = None
    titled: bool = False
    strength: int = 0
