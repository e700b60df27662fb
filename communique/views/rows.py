"""What views return: frozen rows, each with the words behind it, its rule and whether a person accepted it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from communique.model import Evidence
from communique.record import Cadence, Expected, Gap


@dataclass(frozen=True, slots=True)
class Item:
    """One coded item of one unit. ``values`` are the codebook's fields; ``quote`` states the item.

    ``date`` is the item's own date (EDTF), ``day`` the one by which it stands in order (``YYYY-MM-DD``, empty
    where unknown); ``entry`` is the id of the thing that it belongs to; ``origin`` is one for all copies of a report
    (the id of the first); ``title``, ``source``, ``url``,
    ``outlet``, ``lang``, ``published`` are those of its unit.
    """

    id: str
    kind: str
    type: str | None
    status: str | None
    date: str | None
    day: str
    values: Mapping[str, Any]
    evidence: tuple[Evidence, ...]
    rule: str
    coder: str
    review: str
    entry: str
    unit: str
    source: str
    title: str
    url: str | None
    outlet: str | None
    lang: str
    published: str | None
    not_before: str | None
    role: str = "article"
    origin: str = ""

    @property
    def quote(self) -> str:
        """The words that state the item."""
        return self.evidence[0].quote

    @property
    def name(self) -> str:
        """A short name in words of the item: its name, level, mechanism with ordinal, content or quote."""
        v = self.values
        if self.kind == "engagement":
            return " ".join(str(x) for x in (v.get("mechanism"), v.get("ordinal")) if x) or self.quote
        return str(v.get("name") or v.get("content") or v.get("level") or v.get("topic") or self.quote)

    @property
    def actors(self) -> tuple[str, ...]:
        """Codes of the states and blocs that take part, else names as written, in order, each once."""
        v = self.values
        found = [p.get("country") or p.get("name") for p in v.get("participants") or () if isinstance(p, Mapping)]
        for field in ("actors", "counterparties", "parties"):
            found.extend(v.get(field) or ())
        found.extend(v.get(f) for f in ("a", "b", "country", "holder"))
        return tuple(dict.fromkeys(str(x) for x in found if x))


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit, with where the search hit stands in it.

    ``parts`` are (kind, start, end). ``snippet`` is the sentence around the first hit, verbatim, from ``at``.
    """

    id: str
    source: str
    position: int
    role: str
    lang: str
    title: str
    text: str
    outlet: str | None
    url: str | None
    dateline: str | None
    published: str | None
    basis: str
    not_before: str | None
    not_after: str | None
    parts: tuple[tuple[str, int, int], ...] = ()
    items: int = 0
    snippet: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A unit with its items in order of their evidence."""

    unit: UnitRow
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source and how reading it went. ``state`` is ``live``, ``failed``, ``superseded`` or ``forgotten``."""

    source: str
    origin: str
    digest: str
    media: str
    url: str | None
    state: str
    reason: str | None
    coder: str | None
    read_at: str
    notes: tuple[str, ...]
    units: int
    claims: int
    misses: int


@dataclass(frozen=True, slots=True)
class Telling:
    """One item of an entry, with why it belongs to it."""

    item: Item
    reason: str


@dataclass(frozen=True, slots=True)
class ValueSeen:
    """One value of one field of an entry and the items (ids) that give it."""

    field: str
    value: Any
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A thing of the record in a list: ``name`` is what it is called most often, ``items`` how many items tell it."""

    id: str
    kind: str
    name: str
    also: tuple[str, ...]
    items: int
    first: str
    last: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing of the record with everything told of it.

    ``values`` lists per field every value told, most often told first: where a field has several, the tellings
    differ.
    """

    id: str
    kind: str
    name: str
    tellings: tuple[Telling, ...]
    values: tuple[ValueSeen, ...]

    def best(self, field: str) -> Any:
        """Return the value of a field that most items give, or None."""
        return next((v.value for v in self.values if v.field == field), None)

    @property
    def origins(self) -> int:
        """How many reports tell it; copies of one report are one."""
        return len({t.item.origin for t in self.tellings})

    @property
    def differs(self) -> tuple[str, ...]:
        """Fields of which several values are told."""
        names = [v.field for v in self.values]
        return tuple(dict.fromkeys(n for n in names if names.count(n) > 1))


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round of a mechanism: one entry. ``hosts`` are codes or names; ``flags`` say what is odd about it.

    ``chairs`` are names, ``levels`` those of its participants, ``outcomes`` what it adopted or what was signed.
    """

    entry: str
    ordinal: int | None
    date: str | None
    hosts: tuple[str, ...]
    country: str | None
    city: str | None
    status: str
    form: str | None
    flags: tuple[str, ...]
    items: tuple[Item, ...]
    chairs: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    outcomes: tuple[Item, ...] = ()

    @property
    def quote(self) -> str:
        """The words that state the round."""
        return self.items[0].quote


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The rounds of a mechanism in order, and the ordinals of which nothing was read.

    ``cadence`` is how often it met, by periods; ``next`` what may be expected, never a fact.
    """

    name: str
    rounds: tuple[RoundRow, ...]
    gaps: tuple[Gap, ...]
    cadence: tuple[Cadence, ...] = ()
    next: Expected | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Something held as far as the evidence reaches: an office, a chair, a level of a tie. Never for ever.

    ``name`` is what it is called most often, ``also`` other names as written. ``first`` and ``last`` are the first
    and the last time (EDTF) of which a text tells that it was held; ``began`` the date told of its beginning,
    ``changed`` when it was told to be taken or left, ``ended`` when it was told as past. Empty where unknown.
    ``items`` say so.
    """

    name: str
    also: tuple[str, ...]
    first: str
    last: str
    began: str
    changed: tuple[str, ...]
    ended: str
    items: tuple[Item, ...]

    @property
    def item(self) -> Item:
        """The item that says when it began, else the last."""
        return self.items[0 if self.began else -1]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held a public post: the post as written, the person's entry and name, and the time."""

    post: str
    entry: str
    name: str
    held: Held


@dataclass(frozen=True, slots=True)
class Chair:
    """A term in the chair: the country (a code), who sat there as written, by what right (``host``, ``appointed``)."""

    country: str
    names: tuple[str, ...]
    rights: tuple[str, ...]
    held: Held


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A change of the level of a tie.

    ``when`` is EDTF. ``stated``: a text gives it; else the change lies between two pieces of evidence. An empty
    ``when`` says that nothing read tells it.
    """

    before: Held
    after: Held
    when: str
    stated: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """How a mechanism stands to another.

    ``what`` is a phrase that goes before the other's ``name``: ``under``, ``plus format of``. ``items`` tell it; none
    where it is only known to the packs, which is no claim.
    """

    what: str
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class MechanismView:
    """A mechanism: its entry (None if only named), names, parents, rounds and every other item that names it.

    ``chairs`` are terms in the chair, ``relations`` how it stands to other mechanisms.
    """

    id: str
    name: str
    names: tuple[str, ...]
    entry: Entry | None
    series: SeriesView
    parents: tuple[str, ...]
    parties: tuple[str, ...]
    items: tuple[Item, ...]
    chairs: tuple[Chair, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Another entry that may be the same person, with what is said for it: never joined by the machine."""

    entry: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person: names, offices as far as they are told, and what they took part in.

    ``latin`` is a form that a source prints. ``reconstructed`` are readings of the name, the likeliest first, as long
    as no source prints one: to be shown as reconstructed. ``spellings`` are other names as written; ``doubts`` are
    those who may be the same.
    """

    entry: Entry
    name: str
    latin: str | None
    country: str | None
    offices: tuple[Held, ...]
    ranks: tuple[str, ...]
    items: tuple[Item, ...]
    spellings: tuple[str, ...] = ()
    reconstructed: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A value and how many items have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class StateView:
    """A state or bloc: its names, its counterparts by number of items, its persons, and its items, latest first.

    ``posts`` are those who held its public posts, post by post, as far as they are told.
    """

    code: str
    names: tuple[str, ...]
    counterparts: tuple[Facet, ...]
    persons: tuple[EntryRow, ...]
    items: tuple[Item, ...]
    posts: tuple[Holder, ...] = ()


@dataclass(frozen=True, slots=True)
class PairView:
    """Two states: ties, engagements (latest first), commitments between them, and the last meeting held.

    ``levels`` are those of their tie by the first evidence, ``changes`` how one followed the other.
    """

    a: str
    b: str
    ties: tuple[Item, ...]
    engagements: tuple[Item, ...]
    commitments: tuple[Item, ...]
    other: tuple[Item, ...]
    last_met: Item | None
    levels: tuple[Held, ...] = ()
    changes: tuple[LevelChange, ...] = ()
