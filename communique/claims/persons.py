"""The people of a unit: one entry a person, with what the unit says of offices, rank, Latin form and country."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from communique.claims import personwords
from communique.claims.homes import family
from communique.claims.officetext import written
from communique.claims.origins import Origins
from communique.claims.stories import office_taken
from communique.loader.language import LanguagePack
from communique.mentions.mark import Marked
from communique.mentions.names import LIKELY, WEAK
from communique.model import Evidence, Mention


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one unit shows them; ``mention`` is the fullest one, ``told`` whether its words name the state."""

    name: str
    country: str | None
    offices: tuple[str, ...]
    rank: str | None
    latin: str | None
    mention: Mention
    told: bool = False


def _holds(full: list[str], part: list[str]) -> bool:
    """Whether the parts of a name stand together in a fuller one."""
    return any(full[i : i + len(part)] == part for i in range(len(full) - len(part) + 1))


def _longer(key: str, parts: dict[str, list[str]]) -> str:
    """The full name that ``key`` is a part of, if there is just one; ``parts`` are those of every name."""
    own = parts[key]
    longer = [f for f, row in parts.items() if len(f) > len(key) and _holds(row, own)]
    return longer[0] if len(longer) == 1 else key


class People:
    """All persons of a unit, found by any of their mentions."""

    def __init__(self, marked: Marked, pack: LanguagePack, home: str | None, guessed: bool = False) -> None:
        self._text, self._marked = marked.scan.unit.text, marked
        self._pack, self._words = pack, personwords.words(pack)
        self._states = Origins(marked, pack, home, guessed)
        self._folded = marked.scan.text
        rows = [m for row in marked.mentions for m in row if m.kind == "person"]
        full = {self._key(m) for m in rows}
        parts = {k: self._split(k) for k in full}
        self._alias = {k: _longer(k, parts) for k in full}
        groups: dict[str, list[Mention]] = {}
        for m in rows:
            groups.setdefault(self._alias[self._key(m)], []).append(m)
        counts = Counter(self._alias[self._key(m)] for m in rows)
        self._people: dict[str, Person] = {}
        for key, mentions in groups.items():
            best = max(m.value["strength"] for m in mentions)
            bare = not any(m.value["offices"] or m.value["rank"] for m in mentions)
            if bare and (best == WEAK or best == LIKELY and not self._plausible(key)) and counts[key] < 2:
                continue
            self._people[key] = person = self._person(mentions)
            self._states.learn(key, person.country)

    def _key(self, m: Mention) -> str:
        a, b = m.value["name_span"]
        name = self._folded[a:b]
        return name if self._pack.reading.words_apart else "".join(name.split())  # blanks around a dot are no letters

    def _split(self, name: str) -> list[str]:
        parts = [""]
        for c in name:
            if c in self._words.particles:
                parts.append("")
            else:
                parts[-1] += c
        return parts

    def _plausible(self, key: str) -> bool:
        if len(key) >= 2 and set(key) <= self._words.letters:
            return True
        return any(c in self._words.particles for c in key) or bool(family(key, self._pack)) and 2 <= len(key) <= 4

    def _person(self, mentions: list[Mention]) -> Person:
        best = max(
            mentions,
            key=lambda m: (
                len(self._text[m.value["name_span"][0] : m.value["name_span"][1]]),
                len(m.value["offices"]),
                -m.start,
            ),
        )
        named = max(
            mentions, key=lambda m: (len(m.value["offices"]), sum(b - a for a, b in m.value["offices"]), -m.start)
        )
        a, b = best.value["name_span"]
        country = next((m.value["country"] for m in [named, *mentions] if m.value["country"]), None)
        spans = named.value["offices"]
        offices = tuple(dict.fromkeys(written(self._marked, span, country, self._pack) for span in spans))
        told = (office_taken(self._marked, m, self._pack) for m in mentions if not offices)
        taken = next((t for t in told if t is not None), None)
        return Person(
            self._text[a:b],
            country or (taken[1] if taken else None) or self._states.country(mentions),
            offices or ((taken[0],) if taken and taken[0] else ()),
            next((m.value["rank"] for m in mentions if m.value["rank"]), None),
            next((m.value["latin"] for m in mentions if m.value["latin"]), None),
            named,
            any(self._states.says(m) for m in mentions),
        )

    def of(self, m: Mention) -> Person | None:
        """Return the person that a mention means, or None where it is too weak to be one."""
        return self._people.get(self._alias.get(self._key(m), ""))

    def says(self, m: Mention) -> str | None:
        """Return the state that the words of a mention name."""
        return self._states.says(m)

    def told(self, name: str) -> bool:
        """Whether the words of a person's own say of which state he is."""
        return any(p.told for p in self._people.values() if p.name == name)

    def plain(self, name: str) -> bool:
        """Whether somebody is of a state by the name alone, where blanks part words: without office, rank or state."""
        own = [p for p in self._people.values() if p.name == name] if self._pack.reading.words_apart else []
        return bool(own) and not any(p.told or p.offices or p.rank for p in own)

    def may_be(self, name: str, country: str) -> bool:
        """Whether a state has the offices of a person, as far as the pack says; what a society has is no state's."""
        own = [p.mention for p in self._people.values() if p.name == name]
        return all(self._states.may_be(country, m) and not self._words.of_society(self._folded, m) for m in own)

    def put(self, name: str, country: str | None, told: bool = False) -> None:
        """Keep of which state a person turned out to be; ``told``: as surely as if his own words said so."""
        self._people = {
            k: replace(p, country=country, told=told or p.told) if p.name == name else p
            for k, p in self._people.items()
        }

    def all(self) -> list[Person]:
        """Return all persons in the order of their fullest mention."""
        return sorted(self._people.values(), key=lambda p: p.mention.start)

    def evidence(self, p: Person) -> Evidence:
        """Return the words that introduce a person."""
        m = p.mention
        return Evidence(m.start, m.end, self._text[m.start : m.end])
