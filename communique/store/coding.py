"""A unit's claims in the record: put in with people's decisions on them, taken out, and put in anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from communique.model import Claim, Part, Unit
from communique.record import Known, find_slips, group_unit
from communique.store import deciding, happenings, judging, persons, rows
from communique.store.grouping import draw_again, join
from communique.store.schema import claim_keys, claims, evidence, links, slips, units
from communique.store.search import CLAIMS, Search


@dataclass(frozen=True, slots=True)
class Coding:
    """What putting claims in needs: the connection, what is known of names, and the search."""

    connection: Connection
    known: Known
    search: Search


def put(to: Coding, pk: int, unit: Unit, found: Sequence[Claim], before: str) -> tuple[list[int], set[int]]:
    """Put the claims of a unit in, as people's decisions leave them, and give them their entries.

    Args:
        pk: of the unit's row. found: as the machine coded them. before: id of the unit that stood there before.

    Returns:
        the claims' primary keys, and the entries that are others now by the keys that they brought.
    """
    connection = to.connection
    mine = deciding.on(connection, unit.id, before, found)
    as_left = [d.claim for d in mine]
    if amiss := rows.slips(pk, find_slips(unit, as_left, to.known)):
        connection.execute(insert(slips), amiss)
    if not mine:
        return [], set()
    grouped = group_unit(unit, as_left, to.known, found)
    made = insert(claims).returning(claims.c.pk, sort_by_parameter_order=True)
    told = [rows.claim(pk, unit, g, d) for g, d in zip(grouped, mine, strict=True)]
    pks = list(connection.execute(made, told).scalars())
    each = list(zip(pks, grouped, strict=True))
    connection.execute(insert(evidence), [r for p, g in each for r in rows.evidence(p, g.claim)])
    connection.execute(
        insert(claim_keys), [{"claim": p, "key": k.key, "reason": k.reason} for p, g in each for k in g.keys]
    )
    if named := [rows.link(p, unit, g.claim, link) for p, g in each for link in g.links]:
        connection.execute(insert(links), named)
    to.search.add(connection, CLAIMS, [(p, rows.words(g.claim.values, g.claim.evidence)) for p, g in each])
    changed = join(connection, [(p, g.claim.kind, tuple(k.key for k in g.keys)) for p, g in each])
    keys = [(k.key, p) for p, g in each for k in g.keys]
    named_by = {persons.form_of(k): p for k, p in keys if k.startswith(persons.READING)}
    persons.settle(connection, to.known, (k for k, _ in keys), named_by)
    return pks, changed


def take_out(to: Coding, unit_pks: Sequence[int]) -> tuple[int, set[int], set[str]]:
    """Take the claims of units out of table and search.

    Returns:
        how many, the entries that must be drawn again, and the reading keys that must be settled.
    """
    connection = to.connection
    asked = select(claims.c.pk, claims.c.entry, claims.c["values"]).where(claims.c.unit.in_(unit_pks))
    gone = connection.execute(asked).all()
    names = persons.keys_of(connection, [c.pk for c in gone])
    quotes = rows.quotes(connection, [c.pk for c in gone])
    to.search.remove(connection, CLAIMS, [(c.pk, rows.words(c.values, quotes[c.pk])) for c in gone])
    connection.execute(delete(claims).where(claims.c.unit.in_(unit_pks)))
    return len(gone), {c.entry for c in gone if c.entry is not None}, names


def put_anew(to: Coding, unit: str) -> None:
    """Put the claims of a unit in anew, after a decision was made or taken back."""
    connection = to.connection
    for row in connection.execute(select(units).where(units.c.id == unit).order_by(units.c.pk)).all():
        told = unit_from(row)
        found = rows.coded(connection, {row.pk: row.id}, claims.c.pk)[row.pk]
        _, touched, names = take_out(to, [row.pk])
        connection.execute(delete(slips).where(slips.c.unit == row.pk))
        draw_again(connection, touched)
        persons.settle(connection, to.known, names)
        put_in = put(to, row.pk, told, found, unit)
        judging.follow(connection, [judging.Told(unit, unit, found)])
        happenings.add(connection, *put_in)


def unit_from(r: object) -> Unit:
    """Return the unit of a row of the table of units."""
    m = r._mapping  # type: ignore[attr-defined]
    same = (
        "id", "role", "title", "text", "lang", "position", "url", "outlet", "dateline", "published", "basis",
        "not_before", "not_after",
    )  # fmt: skip
    parts = tuple(Part(kind, start, end) for kind, start, end in m["parts"])
    return Unit(source=m["source_name"], parts=parts, **{f: m[f] for f in same})
