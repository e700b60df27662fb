"""The store: adding what was read, withdrawing it, and decisions that outlive both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import zstandard
from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from communique import __version__
from communique.errors import RecordError
from communique.loader.packs import load
from communique.model import Claim, Document, Raw, Unit
from communique.record import Known, group_unit, known_from
from communique.store import persons, rows
from communique.store.grouping import chunks, draw_again, join
from communique.store.schema import blobs, claim_keys, claims, decisions, evidence, links, log, sources, units
from communique.store.search import CLAIMS, UNITS, search_for

if TYPE_CHECKING:
    from communique.flow import Reading

CODER = f"communique {__version__}"
REVIEW = {"accept": "accepted", "correct": "corrected", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a reading did: ``state`` is ``added``, ``unchanged``, ``reread`` or ``replaced``."""

    state: str
    units: int
    claims: int


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _once(found: Sequence[Unit]) -> Iterator[Unit]:
    """Return units, leaving out those that stand in the source twice."""
    seen: set[str] = set()
    for unit in found:
        if unit.id not in seen:
            seen.add(unit.id)
            yield unit


def _place(origin: str) -> str:
    """Return an origin without the number of the line, which says nothing of which article it is."""
    path, _, line = origin.rpartition(":")
    return path if path and line.isdigit() else origin


class Store:
    """An open record. Every method that writes is one transaction: it is in the record as a whole or not at all."""

    def __init__(self, engine: Engine, where: str, known: Known | None = None) -> None:
        self._engine, self.where, self._known = engine, where, known
        self._writer = engine.execution_options(writes=True)
        self.search = search_for(engine.dialect.name)

    @property
    def known(self) -> Known:
        """What is known of names, from the packs that ship unless given."""
        if self._known is None:
            self._known = known_from(load())
        return self._known

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Return a connection that sees one state of the record and changes nothing.

        Raises:
            RecordError: the database does not answer.
        """
        try:
            with self._engine.connect() as connection, connection.begin():
                yield connection
        except SQLAlchemyError as e:
            raise self._trouble(e) from e

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._writer.begin() as connection:
                yield connection
        except SQLAlchemyError as e:
            raise self._trouble(e) from e

    def _trouble(self, error: SQLAlchemyError) -> RecordError:
        said = str(getattr(error, "orig", None) or error).splitlines()[0]
        return RecordError(f"the record does not answer ({said})", where=self.where, remedy="check disk and rights")

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def has(self, source: str, digest: str, coder: str = CODER) -> bool:
        """Tell whether this very content of a source was read by this coder and stands in the record."""
        asked = select(sources.c.pk).where(
            sources.c.source == source,
            sources.c.digest == digest,
            sources.c.coder == coder,
            sources.c.state == "live",
        )
        with self.reading() as connection:
            return connection.execute(asked).first() is not None

    def add(self, reading: Reading, raw: Raw | None = None, coder: str = CODER) -> Added:
        """Add what was read of one source; the same content by the same coder changes nothing.

        Another coder's reading of the same content takes the place of the old one; other content of the same
        source at the same origin supersedes it. ``raw`` keeps the bytes too.
        """
        doc = reading.document
        with self._writing() as connection:
            same = connection.execute(
                select(sources.c.pk, sources.c.coder).where(
                    sources.c.source == doc.source, sources.c.digest == doc.digest, sources.c.state == "live"
                )
            ).first()
            if same is not None and same.coder == coder:
                return Added("unchanged", 0, 0)
            state = "added"
            if same is not None:
                self._withdraw(connection, [same.pk])
                connection.execute(delete(sources).where(sources.c.pk == same.pk))
                state = "reread"
            if self._supersede(connection, doc):
                state = "replaced"
            pk = self._insert_source(connection, doc, coder, len(reading.misses))
            if raw is not None:
                self._keep_bytes(connection, raw)
            self._insert_units(connection, pk, doc, reading.claims)
            if state != "added":
                self._log(connection, state, doc.source, {"digest": doc.digest, "coder": coder})
        return Added(state, len(doc.units), len(reading.claims))

    def fail(self, raw: Raw, reason: str, coder: str = CODER) -> None:
        """Note that a source could not be read, and why. What stood in the record stays."""
        with self._writing() as connection:
            connection.execute(delete(sources).where(sources.c.source == raw.source, sources.c.state == "failed"))
            connection.execute(
                insert(sources).values(
                    source=raw.source,
                    origin=raw.origin,
                    place=_place(raw.origin),
                    digest=raw.digest,
                    media=raw.media,
                    url=raw.url,
                    state="failed",
                    reason=reason,
                    coder=coder,
                    read_at=_now(),
                    notes=[],
                    misses=0,
                )
            )

    def forget(self, source: str, who: str = "", reason: str = "") -> Added:
        """Withdraw what a source brought: its units, claims and bytes. Decisions stay; the log says so.

        Args:
            source: name, origin (with or without the line), address or digest of the source.

        Raises:
            RecordError: nothing of that name stands in the record.
        """
        with self._writing() as connection:
            found = connection.execute(
                select(sources.c.pk, sources.c.source, sources.c.digest).where(
                    sources.c.state.in_(("live", "failed")),
                    (sources.c.source == source)
                    | (sources.c.origin == source)
                    | (sources.c.place == source)
                    | (sources.c.url == source)
                    | (sources.c.digest == source),
                )
            ).all()
            if not found:
                raise RecordError(
                    f"no source {source!r}", where=self.where, remedy="'communique find --kind source' lists them"
                )
            gone = self._withdraw(connection, [f.pk for f in found])
            pks = [f.pk for f in found]
            connection.execute(update(sources).where(sources.c.pk.in_(pks)).values(state="forgotten", reason=reason))
            for digest in sorted({f.digest for f in found}):
                left = select(sources.c.pk).where(sources.c.digest == digest, sources.c.state != "forgotten")
                if connection.execute(left).first() is None:
                    connection.execute(delete(blobs).where(blobs.c.digest == digest))
            self._log(
                connection,
                "forget",
                source,
                {"who": who, "reason": reason, "units": gone.units, "claims": gone.claims, "sources": len(pks)},
            )
        return gone

    def decide(self, item: str, action: str, who: str, reason: str, values: Mapping[str, Any] | None = None) -> str:
        """Keep a person's decision on an item and return the decision's id.

        Args:
            item: id of the item. action: ``accept``, ``correct`` or ``reject``. values: the corrected fields.

        Raises:
            RecordError: no such item or no such action.
        """
        if action not in REVIEW:
            raise RecordError(f"no decision {action!r}", remedy=f"one of: {', '.join(REVIEW)}")
        with self._writing() as connection:
            found = connection.execute(rows.item_of(item)).first()
            if found is None:
                raise RecordError(f"no item {item!r}", where=self.where, remedy="'communique find' lists items")
            row = rows.decision(found, action, who, reason, dict(values or {}), _now())
            connection.execute(insert(decisions).values(row))
            connection.execute(update(claims).where(claims.c.id == item).values(review=REVIEW[action]))
            self._log(connection, action, item, {"who": who, "reason": reason})
        return str(row["id"])

    def bytes_of(self, digest: str) -> bytes | None:
        """Return the bytes of a source as they came, if the record keeps them."""
        with self.reading() as connection:
            data = connection.execute(select(blobs.c.data).where(blobs.c.digest == digest)).scalar()
        return zstandard.ZstdDecompressor().decompress(data) if data is not None else None

    def _keep_bytes(self, connection: Connection, raw: Raw) -> None:
        if connection.execute(select(blobs.c.digest).where(blobs.c.digest == raw.digest)).first() is None:
            packed = zstandard.ZstdCompressor(level=6).compress(raw.data)
            connection.execute(insert(blobs).values(digest=raw.digest, size=len(raw.data), data=packed))

    def _supersede(self, connection: Connection, doc: Document) -> bool:
        mine = (sources.c.source == doc.source) & (sources.c.place == _place(doc.origin))
        old = connection.execute(
            select(sources.c.pk).where(mine, sources.c.state == "live", sources.c.digest != doc.digest)
        ).scalars()
        pks = list(old)
        connection.execute(delete(sources).where(mine, sources.c.state == "failed"))
        if pks:
            self._withdraw(connection, pks)
            connection.execute(
                update(sources).where(sources.c.pk.in_(pks)).values(state="superseded", reason=f"by {doc.digest}")
            )
        return bool(pks)

    def _insert_source(self, connection: Connection, doc: Document, coder: str, misses: int) -> int:
        row = insert(sources).values(
            source=doc.source,
            origin=doc.origin,
            place=_place(doc.origin),
            digest=doc.digest,
            media=doc.media,
            url=doc.url,
            state="live",
            coder=coder,
            read_at=_now(),
            notes=list(doc.notes),
            misses=misses,
        )
        return int(connection.execute(row.returning(sources.c.pk)).scalar_one())

    def _insert_units(self, connection: Connection, source: int, doc: Document, found: Sequence[Claim]) -> None:
        by_unit: dict[str, list[Claim]] = {}
        for c in found:
            by_unit.setdefault(c.unit, []).append(c)
        for unit in _once(doc.units):
            mine = list({c.id: c for c in by_unit.get(unit.id, ())}.values())
            pk = connection.execute(insert(units).values(rows.unit(source, unit)).returning(units.c.pk)).scalar_one()
            self.search.add(connection, UNITS, [(pk, unit.text)])
            if not mine:
                continue
            grouped = group_unit(unit, mine, self.known)
            made = insert(claims).returning(claims.c.pk, sort_by_parameter_order=True)
            pks = list(connection.execute(made, [rows.claim(pk, unit, c) for c in mine]).scalars())
            connection.execute(
                insert(evidence), [r for p, c in zip(pks, mine, strict=True) for r in rows.evidence(p, c)]
            )
            keys = [
                {"claim": p, "key": k.key, "reason": k.reason}
                for p, g in zip(pks, grouped, strict=True)
                for k in g.keys
            ]
            connection.execute(insert(claim_keys), keys)
            named = [
                {"claim": p, "key": link.key, "role": link.role, "day": rows.day(unit, g.claim)}
                for p, g in zip(pks, grouped, strict=True)
                for link in g.links
            ]
            if named:
                connection.execute(insert(links), named)
            self.search.add(
                connection, CLAIMS, [(p, rows.words(c.values, c.evidence)) for p, c in zip(pks, mine, strict=True)]
            )
            join(
                connection, [(p, g.claim.kind, tuple(k.key for k in g.keys)) for p, g in zip(pks, grouped, strict=True)]
            )
            told = [(k.key, p) for p, g in zip(pks, grouped, strict=True) for k in g.keys]
            named_by = {persons.form_of(k): p for k, p in told if k.startswith(persons.READING)}
            persons.settle(connection, self.known, (k for k, _ in told), named_by)
            self._decided_before(connection, unit.id, pks, mine)

    def _decided_before(self, connection: Connection, unit: str, pks: Sequence[int], found: Sequence[Claim]) -> None:
        """Put earlier decisions on the claims that they are about: same kind and overlapping evidence."""
        made = connection.execute(select(decisions).where(decisions.c.unit == unit).order_by(decisions.c.pk)).all()
        for d in made:
            best = max(
                (
                    (rows.overlap(c, d.start, d.end), p)
                    for p, c in zip(pks, found, strict=True)
                    if c.kind == d.item_kind
                ),
                default=(0.0, 0),
            )
            same = next((p for p, c in zip(pks, found, strict=True) if c.id == d.item), None)
            target = same if same is not None else best[1] if best[0] >= 0.5 else None
            if target is not None and d.action in REVIEW:
                connection.execute(update(claims).where(claims.c.pk == target).values(review=REVIEW[d.action]))

    def _withdraw(self, connection: Connection, source_pks: Sequence[int]) -> Added:
        """Take units and claims of sources out of tables, groups and search."""
        told = connection.execute(select(units.c.pk, units.c.text).where(units.c.source.in_(source_pks))).all()
        touched: set[int] = set()
        names: set[str] = set()
        count = 0
        for some in chunks(told, 100):
            mine = [u.pk for u in some]
            gone = connection.execute(
                select(claims.c.pk, claims.c.entry, claims.c["values"]).where(claims.c.unit.in_(mine))
            ).all()
            names |= persons.keys_of(connection, [c.pk for c in gone])
            quotes = rows.quotes(connection, [c.pk for c in gone])
            self.search.remove(connection, CLAIMS, [(c.pk, rows.words(c.values, quotes[c.pk])) for c in gone])
            self.search.remove(connection, UNITS, [(u.pk, u.text) for u in some])
            connection.execute(delete(units).where(units.c.pk.in_(mine)))
            touched.update(c.entry for c in gone if c.entry is not None)
            count += len(gone)
        draw_again(connection, touched)
        persons.settle(connection, self.known, names)
        return Added("withdrawn", len(told), count)

    def _log(self, connection: Connection, action: str, what: str, detail: Mapping[str, Any]) -> None:
        connection.execute(insert(log).values(at=_now(), action=action, what=what, detail=dict(detail)))

    def size(self) -> int:
        """Return the number of claims."""
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(claims)).scalar_one())
