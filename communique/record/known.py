"""What the packs know of names: states per language and mechanisms. Used to recognise, never to claim."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from communique.loader.packs import Packs
from communique.mentions.fold import table
from communique.record.levels import Levels
from communique.record.names import fold
from communique.record.posts import Posts
from communique.record.readings import Reader, reader_of


@dataclass(frozen=True, slots=True)
class KnownMechanism:
    """A mechanism of a pack: its id, names per language, acronyms and where it belongs."""

    id: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    acronyms: tuple[str, ...] = ()
    parent: str | None = None
    plus_of: str | None = None
    parties: tuple[str, ...] = ()
    cadence: str | None = None
    prepares_for: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Names that packs give.

    ``states`` is code -> language -> names; ``mechanisms`` is id -> mechanism. ``codes`` and ``ids`` are the same
    turned round: folded name -> code, folded name or acronym -> mechanism id. ``letters`` gives for a language
    written in two scripts the plain form of its letters, so that a name is one name in both. ``readers`` read names
    in another script; ``posts`` and ``levels`` make offices, and levels of ties, of several
    languages comparable; ``corrections`` are per language the
    words with which the title of a text begins that corrects another.
    """

    states: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    mechanisms: Mapping[str, KnownMechanism] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict, repr=False)
    ids: Mapping[str, str] = field(default_factory=dict, repr=False)
    letters: Mapping[str, Mapping[int, str]] = field(default_factory=dict, repr=False)
    readers: tuple[Reader, ...] = field(default=(), repr=False)
    posts: Posts = field(default_factory=Posts, repr=False)
    levels: Levels = field(default_factory=Levels, repr=False)
    corrections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        states: Mapping[str, Mapping[str, tuple[str, ...]]],
        mechanisms: tuple[KnownMechanism, ...] = (),
        letters: Mapping[str, Mapping[int, str]] | None = None,
        readers: tuple[Reader, ...] = (),
        posts: Posts | None = None,
        corrections: Mapping[str, tuple[str, ...]] | None = None,
        levels: Levels | None = None,
    ) -> Known:
        """Return what is known, with the tables by name. Of two owners of one name the first stands."""
        codes: dict[str, str] = {}
        for code, names in states.items():
            codes.setdefault(fold(code), code)
            for group in names.values():
                for name in group:
                    codes.setdefault(fold(name), code)
        ids: dict[str, str] = {}
        for mechanism in mechanisms:
            for name in (mechanism.id, *mechanism.acronyms, *(n for ns in mechanism.names.values() for n in ns)):
                ids.setdefault(fold(name), mechanism.id)
        return cls(
            states,
            {m.id: m for m in mechanisms},
            codes,
            ids,
            letters or {},
            readers,
            posts or Posts(),
            levels or Levels(),
            corrections or {},
        )

    def spellings(self, name: str) -> tuple[str, ...]:
        """Return ``name`` folded, as written and in the plain letters of every language."""
        return tuple(dict.fromkeys(fold(n) for n in (name, *(name.translate(t) for t in self.letters.values()))))

    def state(self, name: str) -> str | None:
        """Return the code of a state or bloc by code or name in any language."""
        return next((c for n in self.spellings(name) if (c := self.codes.get(n))), None)

    def state_name(self, code: str, lang: str) -> str:
        """Return the first name of a state in a language, or the code itself."""
        names = self.states.get(code, {})
        mine = names.get(lang) or names.get(lang.partition("-")[0]) or ()
        return mine[0] if mine else code

    def mechanism(self, name: str | None) -> str | None:
        """Return the id of a mechanism by name or acronym in any language."""
        return next((i for n in self.spellings(name) if (i := self.ids.get(n))), None) if name else None

    def reads(self, name: str | None, country: str | None, lang: str) -> tuple[str, ...]:
        """Return how the name of a person of a country, in a text of a language, reads in the person's language.

        The likeliest first; none where no table serves. These are reconstructions, never what a source printed.
        """
        reader = reader_of(self.readers, country)
        if not name or reader is None or not reader.serves(country, lang):
            return ()
        return reader.reads(self.plain(name, lang))

    def plain(self, text: str, lang: str) -> str:
        """Return a text in the plain letters of its language, without width variants."""
        code = lang.partition("-")[0]
        return unicodedata.normalize("NFKC", text).translate(self.letters.get(code, {}))


def known_from(packs: Packs) -> Known:
    """Return what the packs know of states, blocs and mechanisms. A family of mechanisms is not one mechanism."""
    states: dict[str, dict[str, tuple[str, ...]]] = {}
    for lang, pack in sorted(packs.languages.items()):
        for code, state in pack.states.states.items() if pack.states else ():
            states.setdefault(code, {})[lang] = (*state.full(), *state.shorts())
        for bloc in pack.blocs.blocs.values() if pack.blocs else ():
            states.setdefault(bloc.code or bloc.name, {})[lang] = bloc.full()
    mechanisms = tuple(
        KnownMechanism(m.id, m.names, m.acronyms, m.parent, m.plus_of, m.parties, m.cadence, m.prepares_for)
        for m in packs.mechanisms
        if not m.family
    )
    letters = {code: table(p.reading) for code, p in packs.languages.items() if p.reading.convert}
    readers = tuple(Reader.of(p) for p in packs.readings)
    corrections = {code: tuple(p.corrections) for code, p in packs.languages.items() if p.corrections}
    levels = Levels.of(packs.levels)
    return Known.of(states, mechanisms, letters, readers, Posts.of(packs.posts), corrections, levels)
