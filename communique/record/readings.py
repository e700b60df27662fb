"""Names read letter by letter in another script: what a table makes of a name, and when two forms are one name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from communique.loader.readings import ReadingsPack

MOST = 12


@dataclass(frozen=True, slots=True)
class Reader:
    """A table of readings, ready for use. Everything it gives is a reconstruction and must be shown as one."""

    id: str
    written: frozenset[str]
    countries: frozenset[str]
    most: int
    tones: str
    alike: Mapping[int, str] = field(repr=False)
    unmarked: Mapping[int, str] = field(repr=False)
    table: Mapping[str, tuple[str, ...]] = field(repr=False)
    first: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, pack: ReadingsPack) -> Reader:
        """Return the reader of a pack."""
        table = {letter: (reading,) for reading, letters in pack.letters.items() for letter in letters}
        return cls(
            pack.id,
            frozenset(pack.written),
            frozenset(pack.countries),
            pack.most,
            unicodedata.normalize("NFD", pack.tones),
            {ord(a): b for a, b in pack.alike.items()},
            {ord(a): b for a, b in pack.unmarked.items()},
            table | pack.several,
            pack.surnames,
        )

    def reads(self, name: str) -> tuple[str, ...]:
        """Return the readings of a name, the likeliest first, at most twelve; none where a letter has no reading.

        The usual reading of every letter comes first; then names in which one letter has its second reading, the
        surname's before the last letter's before those between; and so on.
        """
        if not 2 <= len(name) <= self.most or not all(c in self.table for c in name[1:]):
            return ()
        heads = self.first.get(name[:2]) or self.first.get(name[0]) or self.table.get(name[0]) or ()
        letters = [heads, *(self.table[c] for c in name[1:])]
        last = len(letters) - 1
        weight = [0 if i == 0 else 1 if i == last else 2 for i in range(len(letters))]

        def cost(picked: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
            return sum(picked), sum(w for w, p in zip(weight, picked, strict=True) if p), picked

        ways = sorted(product(*(range(len(rs)) for rs in letters)), key=cost)[:MOST]
        return tuple(dict.fromkeys(" ".join(rs[p] for rs, p in zip(letters, way, strict=True)) for way in ways))

    def marked(self, name: str) -> str:
        """Return a printed form for comparison with its marks: without case, spaces, and place of a tone in its
        syllable. Either form of Unicode gives the same."""
        plain = unicodedata.normalize("NFD", name.casefold()).translate(self.alike)
        kept = "".join(c for c in plain if c not in self.tones and (c.isalpha() or unicodedata.combining(c)))
        return unicodedata.normalize("NFC", kept) + "".join(c for c in plain if c in self.tones)

    def bare(self, name: str) -> str:
        """Return a printed form for comparison without any mark."""
        plain = unicodedata.normalize("NFD", name.casefold()).translate(self.alike).translate(self.unmarked)
        return "".join(c for c in plain if c.isalpha())

    def has_marks(self, name: str) -> bool:
        """Tell whether a printed form has any mark or stroke that leaving them out would take away."""
        plain = unicodedata.normalize("NFD", name.casefold())
        return plain.translate(self.unmarked) != plain or any(unicodedata.combining(c) for c in plain)

    def serves(self, country: str | None, lang: str) -> bool:
        """Tell whether names of people of a country in texts of a language are read with this table."""
        return country in self.countries and lang.partition("-")[0] in self.written


def reader_of(readers: Iterable[Reader], country: str | None) -> Reader | None:
    """Return the first reader for people of a country, or None."""
    return next((r for r in readers if country in r.countries), None)
