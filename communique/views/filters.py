"""One set of filters for every way into the record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select

from communique.errors import CommuniqueError
from communique.record import bounds
from communique.store import Store
from communique.store.schema import claims, links, units
from communique.store.search import CLAIMS
from communique.views.names import link_keys, state_key

KINDS = ("person", "engagement", "mechanism", "instrument", "tie", "commitment", "position")
FEW = 20_000
REVIEWS = ("machine", "accepted", "corrected", "rejected")


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; None asks nothing. All that is given must hold.

    Attributes:
        text: words in the item's quote or names; quotation marks hold words together.
        kind: kind of item. type: type of engagement, or act of a commitment. status: of engagement or mechanism.
        state: code or name of a state or bloc that takes part. other: a second one.
        person, mechanism: a name, an acronym or an id of an entry.
        topic: of the codebook. since, until: EDTF; items dated (or, undated, told) within.
        outlet, lang (``zh`` covers all its scripts), source: of the unit.
        review: ``machine``, ``accepted``, ``corrected`` or ``rejected``.
    """

    text: str | None = None
    kind: str | None = None
    type: str | None = None
    state: str | None = None
    other: str | None = None
    person: str | None = None
    mechanism: str | None = None
    topic: str | None = None
    since: str | None = None
    until: str | None = None
    status: str | None = None
    outlet: str | None = None
    lang: str | None = None
    source: str | None = None
    review: str | None = None

    def given(self) -> dict[str, str]:
        """Return the filters that ask something, by name."""
        return {f.name: v for f in fields(self) if (v := getattr(self, f.name))}


def day_of(date: str, last: bool) -> str:
    """Return the first or last day of an EDTF date.

    Raises:
        CommuniqueError: it is no date.
    """
    span = bounds(date)
    if span is None:
        raise CommuniqueError(f"no date: {date!r}", remedy="write 2021, 2021-07 or 2021-07-06")
    return span[1] if last else span[0]


@dataclass(frozen=True, slots=True)
class Naming:
    """That an item of a ``kind``, if given, names one of ``keys``, in one of ``roles`` if any, in none of ``but``."""

    keys: tuple[str, ...]
    roles: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    kind: str | None = None

    def said(self) -> list[ColumnElement[bool]]:
        """Return the conditions on ``links``."""
        out: list[ColumnElement[bool]] = [links.c.key.in_(self.keys)]
        if self.kind:
            out.append(links.c.kind == self.kind)
        if self.roles:
            out.append(links.c.role.in_(self.roles))
        if self.but:
            out.append(links.c.role.not_in(self.but))
        return out

    def first(self) -> ColumnElement[bool]:
        """Return the condition on items, asked so that the database begins with it."""
        return claims.c.pk.in_(select(links.c.claim).where(*self.said()).correlate(None))

    def then(self) -> ColumnElement[bool]:
        """Return the condition on items, asked so that the database looks it up item by item."""
        return exists(select(links.c.claim).where(links.c.claim == claims.c.pk, *self.said()).correlate(claims))


def linked(keys: Sequence[str], roles: tuple[str, ...] = (), but: tuple[str, ...] = ()) -> ColumnElement[bool]:
    """Return the condition that an item names one of ``keys``, in one of ``roles`` if given, in none of ``but``."""
    return Naming(tuple(keys), roles, but).first()


def named(store: Store, asked: Filter, but: tuple[str, ...] = ()) -> list[ColumnElement[bool]]:
    """Return the conditions of a filter on what an item names; states count in roles other than ``but``.

    The one that fewest items fit comes first: a database that begins with the others takes a hundred times as long.
    """
    of = asked.kind
    all_of = [Naming((state_key(store, name),), but=but, kind=of) for name in (asked.state, asked.other) if name]
    if asked.topic:
        all_of.append(Naming((f"topic|{asked.topic}",), kind=of))
    for kind, name in (("person", asked.person), ("mechanism", asked.mechanism)):
        if name:
            all_of.append(Naming(tuple(link_keys(store, kind, name) or [""]), kind=of))
    if len(all_of) > 1:
        with store.reading() as connection:
            all_of.sort(key=lambda n: _few(connection, n))
    return [n.then() if i else n.first() for i, n in enumerate(all_of)]


def _few(connection: Connection, naming: Naming) -> int:
    """Return how many items name something, counted no further than it matters."""
    some = select(links.c.claim).where(*naming.said()).limit(FEW).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def check(asked: Filter) -> None:
    """See that the words of a filter are words that it knows.

    Raises:
        CommuniqueError: one is not.
    """
    if asked.kind and asked.kind not in KINDS:
        raise CommuniqueError(f"no kind {asked.kind!r}", remedy=f"one of: {', '.join(KINDS)}")
    if asked.review and asked.review not in REVIEWS:
        raise CommuniqueError(f"no review status {asked.review!r}", remedy=f"one of: {', '.join(REVIEWS)}")


def conditions(store: Store, asked: Filter) -> list[ColumnElement[bool]]:
    """Return what a filter says as conditions on ``claims`` joined with ``units``.

    Raises:
        CommuniqueError: a date or a word that cannot be understood.
    """
    check(asked)
    out: list[ColumnElement[bool]] = []
    for column, value in (
        (claims.c.kind, asked.kind),
        (claims.c.type, asked.type),
        (claims.c.status, asked.status),
        (claims.c.review, asked.review),
        (units.c.outlet, asked.outlet),
    ):
        if value:
            out.append(column == value)
    if asked.source:
        out.append(or_(units.c.source_name == asked.source, units.c.id == asked.source))
    if asked.lang:
        out.append(or_(units.c.lang == asked.lang, units.c.lang.startswith(asked.lang + "-", autoescape=True)))
    out.extend(named(store, asked, ("place",) if asked.other else ()))
    if asked.since:
        out.append(
            or_(claims.c.last_day >= day_of(asked.since, False), _untimed(claims.c.day >= day_of(asked.since, False)))
        )
    if asked.until:
        until = day_of(asked.until, True)
        out.append(or_(claims.c.first_day <= until, _untimed((claims.c.day <= until) & (claims.c.day != ""))))
    if asked.text:
        match = store.search.matches(CLAIMS, asked.text, claims.c.pk)
        if match is not None:
            out.append(match)
    return out


def _untimed(told: ColumnElement[bool]) -> ColumnElement[bool]:
    return claims.c.first_day.is_(None) & told
