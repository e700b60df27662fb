"""What the API answers, as models with descriptions: the rows of the views, with what they say of themselves."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class _Row(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class EvidenceOut(_Row):
    """A verbatim piece of the unit's text."""

    start: int = Field(description="first code point in the unit's text")
    end: int = Field(description="code point after the last")
    quote: str = Field(description="the words: text[start:end]")
    field: str | None = Field(description="the field that it supports; null is the item as a whole")


class ItemOut(_Row):
    """One coded item of one unit: what a machine or a person read in one text. Not a settled fact."""

    id: str = Field(description="stable id")
    kind: str = Field(description="person, engagement, mechanism, instrument, tie, commitment or position")
    type: str | None = Field(description="type of an engagement, or act of a commitment")
    status: str | None
    date: str | None = Field(description="EDTF; null where the text gives none")
    day: str = Field(description="the day by which it stands in order; empty where unknown")
    name: str = Field(description="a short name")
    actors: list[str] = Field(description="codes of the states and blocs that take part, else names as written")
    quote: str = Field(description="the words that state the item")
    values: dict[str, Any] = Field(description="the fields of the codebook")
    evidence: list[EvidenceOut]
    rule: str = Field(description="what made it, as pack/rule")
    coder: str = Field(description="name and version of who coded")
    review: str = Field(description="machine, accepted, corrected or rejected")
    entry: str = Field(description="id of the thing that it tells of")
    unit: str = Field(description="id of its unit")
    source: str
    title: str = Field(description="title of its unit")
    url: str | None
    outlet: str | None
    lang: str
    published: str | None = Field(description="EDTF")
    not_before: str | None = Field(description="the latest date that the unit shows to have come already, EDTF")
    role: str = Field(description="article or teaser")


class PageOut(BaseModel):
    """Some items of a longer list."""

    items: list[ItemOut]
    total: int = Field(description="length of the whole list")
    start: int = Field(description="where these begin")
    next: int | None = Field(description="where the next ones begin; null at the end")


class FacetOut(_Row):
    """A value and how many items have it."""

    value: str
    count: int


class UnitOut(_Row):
    """An article or a teaser, with its text verbatim."""

    id: str
    source: str
    position: int = Field(description="counted from the top of the source, from 0")
    role: str
    lang: str
    title: str
    text: str
    outlet: str | None
    url: str | None
    dateline: str | None
    published: str | None
    basis: str = Field(description="where published comes from: metadata, url, printed or unknown")
    not_before: str | None
    not_after: str | None
    parts: list[tuple[str, int, int]] = Field(description="(kind, start, end) of title, lead, captions, body, ...")


class BlockOut(_Row):
    """A unit with its items in the order of their evidence."""

    unit: UnitOut
    items: list[ItemOut]


class DocumentOut(BaseModel):
    """A source: its units in order."""

    units: list[BlockOut]


class TellingOut(_Row):
    """An item of a thing, with why it belongs to it."""

    reason: str
    item: ItemOut


class ValueOut(_Row):
    """A value of a field and the items that give it; where a field has several, the tellings differ."""

    field: str
    value: Any
    items: list[str]


class EntryOut(_Row):
    """A thing of the record with everything told of it."""

    id: str
    kind: str
    name: str
    differs: list[str] = Field(description="fields of which several values are told")
    values: list[ValueOut]
    tellings: list[TellingOut]


class EntryRowOut(_Row):
    """A thing of the record in a list."""

    id: str
    kind: str
    name: str
    also: list[str] = Field(description="other names told")
    items: int = Field(description="how many items tell of it")
    first: str
    last: str
    country: str | None


class HeldOut(_Row):
    """What was held as far as the evidence reaches, an office or a level of a tie; never for ever."""

    name: str
    also: list[str] = Field(description="other names as written")
    first: str = Field(description="first time of which a text tells that it was held, EDTF; empty where unknown")
    last: str = Field(description="last such time; X/.. is X or later")
    began: str = Field(description="date told of its beginning")
    changed: list[str] = Field(description="when it was told to be taken or left, or reached")
    ended: str = Field(description="when it was told as past")
    items: list[ItemOut] = Field(description="what says so")


class HolderOut(_Row):
    """Who held a public post of a state."""

    post: str
    entry: str
    name: str
    held: HeldOut


class ChairOut(_Row):
    """A term in the chair of a mechanism."""

    country: str
    names: list[str]
    rights: list[str] = Field(description="host or appointed, as far as it is told")
    held: HeldOut


class LevelChangeOut(_Row):
    """A change of the level of a tie."""

    before: HeldOut
    after: HeldOut
    when: str = Field(description="EDTF; empty where nothing read tells; ../X is the day by which it was told")
    stated: bool = Field(description="a text gives it; else it lies between two pieces of evidence")


class RelationOut(_Row):
    """How a mechanism stands to another."""

    what: str
    name: str
    items: list[ItemOut] = Field(description="what tells it; empty where only the packs know it, which is no claim")


class DoubtOut(_Row):
    """Another entry that may be the same person, and why; never joined by the machine."""

    entry: str
    name: str
    reason: str


class PersonOut(BaseModel):
    """A person and what they took part in.

    ``latin`` is printed by a source; ``reconstructed`` are readings of the name that no source read so far prints.
    """

    entry: EntryOut
    name: str
    latin: str | None
    spellings: list[str]
    reconstructed: list[str]
    country: str | None
    offices: list[HeldOut]
    ranks: list[str]
    items: list[ItemOut]
    doubts: list[DoubtOut]


class StateOut(_Row):
    """A state or bloc."""

    code: str
    names: list[str]
    counterparts: list[FacetOut]
    persons: list[EntryRowOut]
    items: list[ItemOut]
    posts: list[HolderOut]


class PairOut(_Row):
    """Two states or blocs: what the record has between them, latest first."""

    a: str
    b: str
    ties: list[ItemOut]
    engagements: list[ItemOut]
    commitments: list[ItemOut]
    other: list[ItemOut]
    last_met: ItemOut | None
    levels: list[HeldOut]
    changes: list[LevelChangeOut]


class RoundOut(_Row):
    """A round of a mechanism."""

    entry: str
    ordinal: int | None = Field(description="null for special, informal and other sittings without a number")
    date: str | None
    hosts: list[str]
    country: str | None
    city: str | None
    status: str
    form: str | None
    flags: list[str] = Field(description="what is odd about it: doubled, out of order, number inferred")
    chairs: list[str]
    levels: list[str]
    outcomes: list[ItemOut] = Field(description="what it adopted, what was signed there")
    quote: str
    items: list[ItemOut]


class GapOut(_Row):
    """Ordinals of which nothing was read."""

    first: int
    last: int


class CadenceOut(_Row):
    """How often a series met, from one round to another."""

    first: int
    last: int
    months: int


class ExpectedOut(_Row):
    """The next round that may be expected: never a fact."""

    ordinal: int | None
    earliest: str | None
    latest: str | None
    host: str | None
    announced: bool = Field(description="a source tells of it; else it is learned from the rounds")
    reasons: list[str]


class SeriesOut(_Row):
    """The rounds of a mechanism in order."""

    name: str
    rounds: list[RoundOut]
    gaps: list[GapOut]
    cadence: list[CadenceOut]
    next: ExpectedOut | None


class RankedOut(_Row):
    """A value with the items that give it and what speaks for it."""

    value: Any
    items: list[str]
    origins: int = Field(description="reports that give it; copies of one count once")
    reasons: list[str]


class ConflictOut(_Row):
    """Where the record disagrees with itself."""

    what: str = Field(description="values, impossible, spelling, correction or double")
    of: str = Field(description="id of the entry or unit")
    name: str
    field: str
    values: list[RankedOut] = Field(description="the likeliest first")
    note: str
    sources: list[str]


class PromiseOut(_Row):
    """A commitment with what became of it."""

    item: ItemOut
    made_at: ItemOut | None
    due: str | None
    status: str = Field(description="open, due, overdue, followed up or superseded")
    by: ItemOut | None = Field(description="the item that says so")
    reason: str


class MechanismOut(_Row):
    """A mechanism: its rounds and every other item that names it."""

    id: str
    name: str
    names: list[str]
    parents: list[str]
    parties: list[str]
    entry: EntryOut | None = Field(description="null where it is only named, never described")
    series: SeriesOut
    items: list[ItemOut]
    chairs: list[ChairOut]
    relations: list[RelationOut]


class CountsOut(_Row):
    """How much the record holds and what it rests on."""

    sources: int
    failed: int = Field(description="sources that could not be read")
    units: int
    items: dict[str, int]
    entries: dict[str, int]
    first: str = Field(description="earliest day told")
    last: str = Field(description="latest day told")
    langs: dict[str, int]
    outlets: dict[str, int]


class Trouble(BaseModel):
    """Why there is no answer."""

    detail: str = Field(description="one line: what is wrong, and the remedy")
