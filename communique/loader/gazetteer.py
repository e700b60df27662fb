"""The shapes of the name packs: states, blocs, places, ranks, persons, offices, mechanisms.

Each file of names is one model. ``FILES`` maps the stem of a file in a language's folder to its
model, so that a folder is read by walking it. Nothing here reads text: what a name means in a
sentence is decided by the stage ``mentions``. Every name is written in the script to which the
reader folds text before it matches (for a language with two scripts, the one that its pack uses).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator


def _unspaced(letters: object) -> object:
    """Return a string of letters without the line breaks that a file needs."""
    return "".join(letters.split()) if isinstance(letters, str) else letters


Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Names = tuple[Name, ...]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Sense = Literal[
    "former", "acting", "new", "elect", "deputy", "senior_deputy", "assistant", "then", "current", "late", "honorary"
]
Level = Literal[
    "head_of_state",
    "party_chief",
    "head_of_government",
    "minister",
    "vice_minister",
    "chief_of_staff",
    "service_chief",
    "director",
    "ambassador",
    "unit",
    "local",
    "expert",
]
Kind = Literal["meeting", "dialogue", "framework", "programme", "network", "centre", "group", "hotline", "organisation"]


class Shape(BaseModel):
    """A part of a pack: it cannot be changed once read, and a field that it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Case(Shape):
    """A phrase written for the pack, and what must be found in it.

    ``finds`` lists the codes in the order of the phrase; an empty list says that nothing may be found.
    """

    text: Name
    finds: Names = ()


class StateNames(Shape):
    """What one state or territory is called.

    ``name`` is the plain name, ``formal`` the full one, ``short`` the letters that stand for it in pairs
    and before words such as *side* or after *ambassador to*; ``short_also`` are others that are read in
    such frames but not in pairs. ``also`` holds every other name, ``demonym`` the word for its people
    where it is no rule, ``adjectives`` words that name the state but are not its name (*Lao*), ``note`` a word to
    editors.
    """

    name: Name
    formal: Name | None = None
    short: Name | None = None
    short_also: Names = ()
    also: Names = ()
    demonym: Name | None = None
    adjectives: Names = ()
    note: str | None = None

    def full(self) -> Names:
        """Return every name that is recognised wherever it stands, the plain name first."""
        return tuple(dict.fromkeys((self.name, *((self.formal,) if self.formal else ()), *self.also)))

    def shorts(self) -> Names:
        """Return the letters that name the state only in a frame or a pair, the usual ones first."""
        return ((self.short,) if self.short else ()) + self.short_also


class FormerState(Shape):
    """A state that is no more: its names, and the code of the state that carries it on, if one does."""

    name: Name
    formal: Name | None = None
    also: Names = ()
    successor: Code | None = None
    note: str | None = None

    def full(self) -> Names:
        """Return every name that is recognised wherever it stands, the plain name first."""
        return tuple(dict.fromkeys((self.name, *((self.formal,) if self.formal else ()), *self.also)))


class Frames(Shape):
    """Where a short name may be read as a state.

    ``before`` are the words that stand right before it (*ambassador to*), ``before_strong`` those that
    suffice only for the short names in ``strong`` at the end of words, or before ``after_strong``, ``not_before``
    words that end like one of them and are none; ``at_times`` may stand behind those, glued on (*when he visited A*).
    ``after`` are the words right behind it (*side*, *army*), ``after_pair`` and ``after_three`` those behind a pair
    or three of short names (*relations*), ``after_first``, or a number and one of ``days``, those behind a pair that
    begins a clause (*will meet*), ``joints`` the signs that may stand between the two.
    ``doubtful`` are surnames and small words as well (*President Ma*): states before ``after`` only if named in full.
    ``land``, a word for a state, may stand between a short name and the words of ``after``; where a pack has one, the
    first letter of a longer name that the text prints is a short name, too, and with the word behind it needs no frame.
    """

    before: Names = ()
    before_strong: Names = ()
    after_strong: Names = ()
    not_before: Names = ()
    at_times: Names = ()
    after: Names = ()
    doubtful: Names = ()
    after_pair: Names = ()
    after_first: Names = ()
    days: Names = ()
    after_three: Names = ()
    joints: Names = ()
    strong: Names = ()
    land: Names = ()


class Cut(Shape):
    """A name that ends in ``end`` gives it back before one of the words ``before``, if ``left`` letters stay."""

    end: Name
    left: int = 1
    before: Names


class StatesPack(Shape):
    """The file ``states``: names of states by ISO 3166-1 code.

    ``former`` has withdrawn ISO codes. ``ambiguous`` gives, for a name or a short name that several states
    bear, their codes, likeliest first. A full name that lies wholly inside a word of ``not_states`` names no
    state; a short name that lies wholly inside one of ``not_shorts`` (or of ``not_states``) names none.
    ``not_shorts`` must not hide names of other kinds, which many of its words are. A name in ``weak`` is also a part
    of names of people: right behind a word with a capital that no list knows it names no state. One in ``titles`` is
    also what somebody is called: right behind another state it names none (*the Sultan of A*). ``styles`` may stand
    before any name of a state and belong to it (*the Republic of A*).
    """

    states: dict[Code, StateNames]
    former: dict[Code, FormerState] = Field(default_factory=dict)
    ambiguous: dict[Name, tuple[Code, ...]] = Field(default_factory=dict)
    frames: Frames = Frames()
    cuts: tuple[Cut, ...] = ()
    not_states: Names = ()
    not_shorts: Names = ()
    weak: Names = ()
    titles: Names = ()
    styles: Names = ()
    cases: tuple[Case, ...] = ()


class BlocNames(Shape):
    """What a bloc or an organisation that acts as a party is called.

    ``code`` is the code of the codebook, or null: then the name as written stands for it. ``formal``,
    ``short`` and ``also`` as for states; ``acronyms`` are in Latin letters; ``members`` are ISO codes,
    for documentation and for names that unfold, never a claim. ``mkind`` is what kind of mechanism it is
    where a text treats it as a frame for cooperation; null: it acts as a party only.
    """

    name: Name
    code: Name | None = None
    formal: Name | None = None
    short: Name | None = None
    acronyms: Names = ()
    also: Names = ()
    members: tuple[Code, ...] = ()
    mkind: Kind | None = None
    note: str | None = None

    def full(self) -> Names:
        """Return every name and acronym that is recognised wherever it stands, the plain name first."""
        named = (self.name, *((self.formal,) if self.formal else ()), *self.also, *self.acronyms)
        return tuple(dict.fromkeys(named))


class BlocsPack(Shape):
    """The file ``blocs``: blocs and organisations by a key of their own."""

    blocs: dict[Name, BlocNames]
    not_blocs: Names = ()
    cases: tuple[Case, ...] = ()


class PlaceNames(Shape):
    """The places of one state, or of none, as written in the language.

    ``capitals`` are seats of the state, the usual one first, with their other names; ``provinces`` are the
    level below the state, ``cities`` towns of any size, ``districts`` levels below a province, ``other``
    islands, bases, harbours, airports, border gates, seas, rivers and buildings. ``bound`` gives, by the
    unit word that must follow, names that are ordinary words or belong elsewhere without it. ``units`` are
    the unit words that may follow the names of a section; the pack's hold where a state gives none.
    """

    capitals: Names = ()
    provinces: Names = ()
    cities: Names = ()
    districts: Names = ()
    other: Names = ()
    bound: dict[Name, Names] = Field(default_factory=dict)
    units: dict[Name, Names] = Field(default_factory=dict)

    def full(self) -> Names:
        """Return every name of a place that is recognised, with and without its unit word, capitals first."""
        out: list[str] = []
        for section in ("capitals", "provinces", "cities", "districts", "other"):
            units = self.units.get(section, ())
            for name in getattr(self, section):
                out += [name, *(name + u for u in units if not name.endswith(u))]
        out += [name + unit for unit, names in self.bound.items() for name in names]
        return tuple(dict.fromkeys(out))


class PlacesPack(Shape):
    """The file ``places``: places by ISO code; under ``none`` those that lie in no one state.

    ``units`` are, by section, the words that may follow a name and belong to it. ``ambiguous`` gives the
    keys of a name borne in several states, likeliest first; ``not_places`` are words in which a name names
    no place.
    """

    places: dict[Name, PlaceNames]
    units: dict[Name, Names] = Field(default_factory=dict)
    ambiguous: dict[Name, Names] = Field(default_factory=dict)
    not_places: Names = ()
    cases: tuple[Case, ...] = ()

    @field_validator("places", mode="after")
    @classmethod
    def _known_sections(cls, places: dict[str, PlaceNames]) -> dict[str, PlaceNames]:
        for code, names in places.items():
            if unknown := set(names.units) - set(PlaceNames.model_fields):
                raise ValueError(f"{code}: units for {', '.join(sorted(unknown))}, which is no section")
        return places

    @model_validator(mode="after")
    def _share_units(self) -> PlacesPack:
        """Give every state the unit words of the pack where it has none of its own."""
        shared = {
            code: names.model_copy(update={"units": {**self.units, **names.units}})
            for code, names in self.places.items()
        }
        object.__setattr__(self, "places", shared)
        return self


class RanksPack(Shape):
    """The file ``ranks``: ``ranks`` of armed forces and police as written beside a name.

    ``branches`` may stand before a rank and belong to it, ``states_of_rank`` (*retired*) stand before it
    and do not. ``honorifics`` and ``academic`` titles are no offices; of them ``honours`` stand before a foreign name.
    """

    ranks: Names
    branches: Names = ()
    states_of_rank: Names = ()
    honorifics: Names = ()
    academic: Names = ()
    honours: Names = ()


class PersonsPack(Shape):
    """The file ``persons``: what names of people are made of.

    ``surnames`` by tradition; ``transliteration`` the letters that write foreign names; ``particles``
    the signs that join their parts; ``middle`` letters between surname and given name; ``given_max``
    how many letters follow a surname, by tradition; ``not_names`` are words that look like names,
    ``things`` the ends of names of ships and the like, or words before them (*Cyclone A*); ``known`` are
    names in one word that news write without a joint; ``reigns`` is a pattern of the number behind a ruler's name;
    ``facing`` are words before somebody of the other side (*his counterpart*); ``many`` is a pattern of an office of
    several and the word before their states (*the foreign ministers of*); ``for_whom`` stand before somebody at
    whose wish or in whose name another acts, who is named behind a comma (*invited by the king of A, Minister B went*);
    ``stays`` are polite words that are part of a name in one word (*Sheikh X*); ``several`` are words for several who
    hold an office, each beginning with the word for one (*Ministers X and Y*); ``commands`` are words of offices of
    those who command a ship or a unit, ``commanded`` words of such (*frigate*); ``sons`` are words that belong to
    a name over a comma (*X Y, Jr*).
    """

    surnames: dict[Name, Names]
    given_max: dict[Name, int] = Field(default_factory=dict)
    transliteration: Annotated[str, BeforeValidator(_unspaced)] = ""
    particles: Names = ()
    middle: Names = ()
    unfinished: Names = ()
    not_names: Names = ()
    things: Names = ()
    known: Names = ()
    reigns: str | None = None
    facing: Names = ()
    commands: Names = ()
    commanded: Names = ()
    many: str | None = None
    for_whom: Names = ()
    several: Names = ()
    stays: Names = ()
    sons: Names = ()


class OfficeNames(Shape):
    """The section ``offices``.

    ``heads`` are the words that end an office and its level; null where the head alone tells none.
    ``bodies_level`` gives the level of a head when a word of the body stands before it. ``prefixes`` stand
    before an office or a head and mean what ``Sense`` says. ``abbreviated`` are offices in one word with
    the body that they hide; ``joints`` stand between two offices of one person. ``only_of`` and ``never_of``
    name the states that have, or do not have, an office by this name, so that one without a country is not given
    to them.
    """

    heads: dict[Name, Level | None]
    bodies_level: dict[Name, dict[Name, Level]] = Field(default_factory=dict)
    prefixes: dict[Name, Sense] = Field(default_factory=dict)
    abbreviated: dict[Name, Name] = Field(default_factory=dict)
    joints: Names = ()
    only_of: dict[Name, tuple[Code, ...]] = Field(default_factory=dict)
    never_of: dict[Name, tuple[Code, ...]] = Field(default_factory=dict)


class BodyNames(Shape):
    """The section ``bodies``.

    ``state_organs`` need their country from context, and a country in front is no part of their name.
    ``keeps_country`` are the ends of names of which the country is a part. ``heads`` end the name of any
    organisation. ``parties_of``, ``forces_of`` and ``organs_of`` give the state to which a name belongs, the last also
    the bloc. ``qualifiers`` may stand between country and organ. ``not_bodies`` look like bodies.
    """

    state_organs: Names
    keeps_country: Names = ()
    heads: Names = ()
    parties_of: dict[Name, Code] = Field(default_factory=dict)
    forces_of: dict[Name, Code] = Field(default_factory=dict)
    organs_of: dict[Name, Code] = Field(default_factory=dict)
    qualifiers: Names = ()
    not_bodies: Names = ()


class OfficesPack(Shape):
    """The file ``offices``: offices and the bodies that they belong to."""

    offices: OfficeNames
    bodies: BodyNames


class MechanismCases(Shape):
    """Phrases in which the mechanism must be recognised, and phrases in which it must not."""

    found: Names
    not_found: Names = ()


class MechanismPack(Shape):
    """A file of ``mechanisms``: one standing arrangement with a name.

    ``names`` are full names by language, ``loose`` names by language that mean it only where context has
    named it or its parent; ``parent``, ``plus_of`` and ``prepares_for`` are ids of others; ``parties`` are
    codes of states and blocs; ``cadence`` and ``notes`` are for readers of the pack. What a pack knows is
    never a claim.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    mkind: Kind
    acronyms: Names = ()
    names: dict[Name, Names]
    loose: dict[Name, Names] = Field(default_factory=dict)
    parties: Names = ()
    parent: str | None = None
    plus_of: str | None = None
    prepares_for: str | None = None
    family: bool = False
    cadence: str | None = None
    notes: str | None = None
    cases: MechanismCases


FILES: Mapping[str, type[Shape]] = MappingProxyType(
    {
        "states": StatesPack,
        "blocs": BlocsPack,
        "places": PlacesPack,
        "ranks": RanksPack,
        "persons": PersonsPack,
        "offices": OfficesPack,
    }
)
