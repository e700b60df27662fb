"""The words of a pack by which persons are told apart, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.claims.homes import journeys, plain_surnames, posts, surnames
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.model import Mention


@dataclass(frozen=True, eq=False)
class Words:
    """What is said of names, folded.

    ``particles`` part a name, ``most`` is how many given names a tradition has, ``fits`` the states of a tradition,
    ``posts`` the offices that few states have. ``joints`` stand between persons in a row; the words of ``there``,
    ``whither`` and ``journeys`` before a state where somebody is or goes, of ``facers`` before a counterpart, of
    ``posted`` before the state in which somebody serves, of ``towards`` before one to whom something is done, of
    ``meets`` between two who meet, of ``of`` before a body. ``societies`` end the name of a body that is no state's.
    """

    particles: frozenset[str]
    most: Mapping[str, int]
    surnames: Mapping[str, tuple[str, ...]]
    plain: Mapping[str, tuple[str, ...]]
    letters: frozenset[str]
    joints: frozenset[str]
    led_by: re.Pattern[str] | None
    fits: Mapping[str, Sequence[str]]
    posts: tuple[tuple[str, bool, frozenset[str]], ...]
    there: tuple[str, ...]
    whither: tuple[str, ...]
    journeys: tuple[str, ...]
    articles: frozenset[str]
    facers: tuple[str, ...]
    posted: tuple[str, ...]
    towards: tuple[str, ...]
    meets: tuple[str, ...]
    of: tuple[str, ...]
    weak: tuple[str, ...]
    own: tuple[str, ...]
    societies: tuple[str, ...]

    def of_society(self, text: str, m: Mention) -> bool:
        """Whether somebody has an office of a body that is no state's (*the chairman of a fund*)."""
        offices = (text[a:b] for a, b in m.value["offices"])
        return text.endswith(self.societies, 0, m.start) or any(w in o for o in offices for w in self.societies)


@kept
def words(pack: LanguagePack) -> Words:
    """Return the words of a pack."""
    apart, persons, before = pack.reading.words_apart, pack.persons, pack.markers.before

    def f(*lists: Sequence[str]) -> tuple[str, ...]:
        return tuple(fold(w, pack.reading) for words in lists for w in words)

    def spaced(*lists: Sequence[str]) -> tuple[str, ...]:
        return tuple(f" {w} " for w in f(*lists))

    whither = spaced(before.get("at", ()), before.get("to", ()))
    return Words(
        particles=frozenset(persons.particles if persons else ()) | (frozenset({" "}) if apart else frozenset()),
        most=dict(persons.given_max) if persons else {},
        surnames=surnames(pack),
        plain=plain_surnames(pack) if apart else {},
        letters=frozenset(persons.transliteration) if persons else frozenset(),
        joints=frozenset({"", *(w.strip() for w in f(pack.phrases.chain_joiners))}),
        led_by=re.compile(pack.markers.led_by) if pack.markers.led_by else None,
        fits=pack.phrases.traditions,
        posts=posts(pack),
        there=() if apart else f(before.get("at", ())),
        whither=whither,
        journeys=(*whither, *spaced(tuple(journeys(pack)))),
        articles=frozenset(pack.nouns.articles),
        facers=tuple(f"{w} " for w in f(persons.facing)) if persons else (),
        posted=tuple(pack.states.frames.before) if pack.states else (),
        towards=f(before.get("to", ()), before.get("with", ())),
        meets=f([w for r in pack.rules if r.type == "talks" for w in r.trigger if "~" not in w]),
        of=spaced(pack.nouns.of) if apart else (),
        weak=f(pack.phrases.weak_prefixes),
        own=() if apart else f(pack.phrases.own),
        societies=f(pack.offices.bodies.keeps_country) if pack.offices else (),
    )
