"""Values of the model as rows of the tables, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from communique.errors import SourceError
from communique.model import Claim, Document, Evidence, Raw, Unit
from communique.record import Decided, Grouped, Link, Slip, bounds
from communique.store.chunks import chunks
from communique.store.schema import claims, units
from communique.store.schema import evidence as evidence_table

DATE_FIELD = {
    "engagement": "date",
    "instrument": "date",
    "tie": "since",
    "commitment": "due",
    "mechanism": "founded",
}
_WORDS = ("name", "latin", "acronym", "mechanism", "content", "level", "rank", "holder", "a", "b", "parent")


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def place(origin: str) -> str:
    """Return an origin without the number of the line, which says nothing of which article it is."""
    path, _, line = origin.rpartition(":")
    return path if path and line.isdigit() else origin


def once(found: Sequence[Unit]) -> Iterator[Unit]:
    """Return units, leaving out those that stand in the source twice."""
    seen: set[str] = set()
    for unit in found:
        if unit.id not in seen:
            seen.add(unit.id)
            yield unit


def keepable(doc: Document) -> None:
    """Refuse what is text in no database.

    Raises:
        SourceError: it holds half a letter.
    """
    for said in (doc.source, *(t for u in doc.units for t in (u.title, u.text, u.url or "", u.outlet or ""))):
        try:
            said.encode()
        except UnicodeEncodeError as e:
            raise SourceError(f"holds half a letter ({e.reason})", where=doc.origin, remedy="mend its encoding") from e


def source(found: Document | Raw, at: str, **more: Any) -> dict[str, Any]:
    """Return the row of a source that was read, or that could not be, at a time."""
    return {
        "source": found.source, "origin": found.origin, "place": place(found.origin), "digest": found.digest,
        "media": found.media, "url": found.url, "read_at": at, **more,
    }  # fmt: skip


def told(unit: Unit) -> str:
    """Return the first day on which a unit can have been told, empty where nothing bounds it."""
    span = bounds(unit.published) or bounds(unit.not_before)
    return span[0] if span else ""


def day(unit: Unit, claim: Claim) -> str:
    """Return the day by which an item stands in order: its own, else that of the telling; empty if unknown."""
    span = bounds(date(claim)) if claim.kind == "engagement" else None
    return span[0] if span else told(unit)


def date(claim: Claim) -> str | None:
    """Return the date field of an item, whatever its kind calls it."""
    return _text(claim.values.get(DATE_FIELD.get(claim.kind, "")))


def unit(source: int, u: Unit) -> dict[str, Any]:
    """Return the row of a unit."""
    return {
        "id": u.id, "source": source, "source_name": u.source, "position": u.position, "role": u.role,
        "lang": u.lang, "outlet": u.outlet, "title": u.title, "text": u.text, "url": u.url, "dateline": u.dateline,
        "published": u.published, "basis": u.basis, "not_before": u.not_before, "not_after": u.not_after,
        "parts": [[p.kind, p.start, p.end] for p in u.parts], "told": told(u), "origin": u.id,
    }  # fmt: skip


def claim(unit_pk: int, u: Unit, grouped: Grouped, left: Decided) -> dict[str, Any]:
    """Return the row of a claim as people left it."""
    c, facts = grouped.claim, grouped.facts
    span = bounds(date(c))
    return {
        "id": c.id, "unit": unit_pk, "kind": c.kind, "type": _text(c.values.get("type") or c.values.get("act")),
        "status": _text(c.values.get("status") or c.values.get("lifecycle")), "date": date(c),
        "first_day": span[0] if span else None, "last_day": span[1] if span else None, "day": day(u, c),
        "start": c.evidence[0].start, "position": u.position, "values": dict(c.values), "rule": c.rule,
        "coder": c.coder, "review": left.review,
        "coded": dict(left.coded) if left.coded != c.values else None,
        "facts": facts.plain() if facts else None,
    }  # fmt: skip


def slips(unit_pk: int, found: Sequence[Slip]) -> list[dict[str, Any]]:
    """Return the rows of what is amiss in a unit."""
    return [
        {"unit": unit_pk, "seq": i, "what": s.what, "values": list(s.values), "at": [list(x) for x in s.at]}
        for i, s in enumerate(found)
    ]


def evidence(claim_pk: int, c: Claim) -> list[dict[str, Any]]:
    """Return the rows of a claim's evidence."""
    return [
        {"claim": claim_pk, "seq": i, "start": e.start, "end": e.end, "quote": e.quote, "field": e.field}
        for i, e in enumerate(c.evidence)
    ]


def link(claim_pk: int, u: Unit, c: Claim, found: Link) -> dict[str, Any]:
    """Return the row of what a claim names."""
    return {"claim": claim_pk, "key": found.key, "role": found.role, "kind": c.kind, "day": day(u, c)}


def words(values: Mapping[str, Any], quotes: Sequence[Evidence]) -> str:
    """Return the text by which an item is found: its quotes and the names in its fields."""
    out = [e.quote for e in quotes]
    out.extend(v for f in _WORDS if isinstance(v := values.get(f), str))
    for f in ("offices", "parties", "actors", "counterparties", "points"):
        out.extend(v for v in values.get(f) or () if isinstance(v, str))
    for p in values.get("participants") or ():
        if isinstance(p, Mapping):
            out.extend(v for v in (p.get("name"), p.get("capacity")) if isinstance(v, str))
    place = values.get("place")
    if isinstance(place, Mapping) and isinstance(place.get("city"), str):
        out.append(place["city"])
    return "\n".join(dict.fromkeys(out))


def quotes(connection: Connection, pks: Sequence[int]) -> dict[int, list[Evidence]]:
    """Return the evidence of claims by their primary keys, in order."""
    e = evidence_table
    out: dict[int, list[Evidence]] = defaultdict(list)
    for some in chunks(pks):
        found = connection.execute(
            select(e.c.claim, e.c.start, e.c.end, e.c.quote, e.c.field)
            .where(e.c.claim.in_(some))
            .order_by(e.c.claim, e.c.seq)
        )
        for pk, start, end, quote, field in found:
            out[pk].append(Evidence(start, end, quote, field))
    return out


def item_of(item: str) -> Select[Any]:
    """Return the query for an item with its unit and first evidence."""
    e = evidence_table
    return (
        select(
            claims.c.id,
            claims.c.kind,
            claims.c["values"].label("fields"),
            units.c.id.label("unit_id"),
            units.c.source_name,
            units.c.position,
            e.c.start,
            e.c.end,
            e.c.quote,
        )
        .join(units, units.c.pk == claims.c.unit)
        .join(e, (e.c.claim == claims.c.pk) & (e.c.seq == 0))
        .where(claims.c.id == item)
    )


def coded(connection: Connection, told: Mapping[int, str], *order: Any) -> dict[int, list[Claim]]:
    """Return the claims of units (primary key -> id) as the machine coded them, in an order."""
    out: dict[int, list[Claim]] = defaultdict(list)
    for some in chunks(told):
        c = claims.c
        asked = select(c.pk, c.id, c.unit, c.kind, c["values"].label("fields"), c.coded, c.rule, c.coder)
        found = connection.execute(asked.where(c.unit.in_(some)).order_by(*order)).all()
        said = quotes(connection, [r.pk for r in found])
        for r in found:
            values = r.fields if r.coded is None else r.coded
            out[r.unit].append(Claim(r.id, told[r.unit], r.kind, values, tuple(said[r.pk]), r.rule, r.coder))
    return out
