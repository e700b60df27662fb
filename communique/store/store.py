"""The store: adding what was read, withdrawing it, and decisions that outlive both."""

from __future__ import annotations

import datetime as dt
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import zstandard
from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import DataError, SQLAlchemyError

from communique import __version__
from communique.errors import CommuniqueError, RecordError, SourceError
from communique.loader.packs import load
from communique.model import Claim, Document, Raw
from communique.record import ENOUGH, Known, find_slips, group_unit, known_from, overlap
from communique.store import copies, happenings, judging, persons, rereading, rows
from communique.store.chunks import chunks
from communique.store.grouping import draw_again, join
from communique.store.rereading import Earlier
from communique.store.schema import blobs, claim_keys, claims, decisions, evidence, links, log, slips, sources, units
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


def _said(error: SQLAlchemyError) -> str:
    """Return the first line of what the database said."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]


class Store:
    """An open record. Every method that writes is one transaction: it is in the record as a whole or not at all."""

    def __init__(self, engine: Engine, where: str, known: Known | None = None) -> None:
        self._engine, self.where, self._known = engine, where, known
        self._writer = engine.execution_options(writes=True)
        self.search = search_for(engine.dialect.name)
        # Who forgets to close a store leaves no connection open.
        weakref.finalize(self, engine.dispose)

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
            RecordError: the database does not answer. CommuniqueError: what was asked holds what is no letter.
        """
        try:
            with self._engine.connect() as connection, connection.begin():
                yield connection
        except DataError as e:
            raise CommuniqueError("cannot be looked for", remedy="leave out what is no letter") from e
        except SQLAlchemyError as e:
            raise self._trouble(e) from e

    @contextmanager
    def _writing(self, origin: str = "") -> Iterator[Connection]:
        try:
            with self._writer.begin() as connection:
                yield connection
        except DataError as e:
            # A zero byte, as a rule, which some databases keep and some do not.
            raise SourceError(f"cannot be kept ({_said(e)})", where=origin, remedy="save it as plain text") from e
        except SQLAlchemyError as e:
            raise self._trouble(e) from e

    def _trouble(self, error: SQLAlchemyError) -> RecordError:
        what = f"the record does not answer ({_said(error)})"
        return RecordError(what, where=self.where, remedy="check disk and rights")

    def settle(self) -> None:
        """Let the database learn how much of what it holds, after much was added: it then finds things faster."""
        with self._writing() as connection:
            self.search.settle(connection)

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

        Raises:
            SourceError: its text cannot be kept. RecordError: the database does not answer.
        """
        doc = reading.document
        rows.keepable(doc)
        with self._writing(doc.origin) as connection:
            return self._add(connection, reading, raw, coder)

    def add_all(self, readings: Iterable[Reading], coder: str = CODER) -> list[Added]:
        """Add readings in one transaction: all of them or none. Faster than one by one, for readings made elsewhere.

        Raises:
            SourceError: a text cannot be kept. RecordError: the database does not answer.
        """
        with self._writing() as connection:
            out = []
            for reading in readings:
                rows.keepable(reading.document)
                out.append(self._add(connection, reading, None, coder))
            return out

    def _add(self, connection: Connection, reading: Reading, raw: Raw | None, coder: str) -> Added:
        doc = reading.document
        same = connection.execute(
            select(sources.c.pk, sources.c.coder).where(
                sources.c.source == doc.source, sources.c.digest == doc.digest, sources.c.state == "live"
            )
        ).first()
        if same is not None and same.coder == coder:
            return Added("unchanged", 0, 0)
        other = self._other_versions(connection, doc)
        old = [*other, *([same.pk] if same is not None else [])]
        state = "replaced" if other else "reread" if same is not None else "added"
        was = rereading.earlier(connection, old) if old else None
        if old:
            self._withdraw(connection, old)
        if same is not None:
            connection.execute(delete(sources).where(sources.c.pk == same.pk))
        if other:
            reason = f"by {doc.digest}"
            connection.execute(update(sources).where(sources.c.pk.in_(other)).values(state="superseded", reason=reason))
        row = rows.source(doc, _now(), state="live", coder=coder, notes=list(doc.notes), misses=len(reading.misses))
        pk = connection.execute(insert(sources).values(row).returning(sources.c.pk)).scalar_one()
        if raw is not None:
            self._keep_bytes(connection, raw)
        self._insert_units(connection, pk, doc, reading.claims, was)
        if was is not None:
            self._log(connection, state, doc.source, rereading.detail(was, doc, reading.claims, coder))
        return Added(state, len(doc.units), len(reading.claims))

    def fail(self, raw: Raw, reason: str, coder: str = CODER) -> None:
        """Note that a source could not be read, and why. What stood in the record stays."""
        with self._writing() as connection:
            connection.execute(delete(sources).where(sources.c.source == raw.source, sources.c.state == "failed"))
            row = rows.source(raw, _now(), state="failed", reason=reason, coder=coder, notes=[], misses=0)
            connection.execute(insert(sources).values(row))

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

    def judge(self, one: str, other: str, verdict: str, who: str, reason: str) -> str:
        """Keep a person's word that two entries (by id, or by the id of an item) are the ``same`` or ``different``.

        Returns:
            the judgement's id, by which ``undo`` takes it back.

        Raises:
            RecordError: no such entry, two kinds, or two that a key makes one.
        """
        with self._writing() as connection:
            made = judging.judge(connection, one, other, verdict, who, reason, _now())
            self._log(connection, f"judge {verdict}", made, {"who": who, "reason": reason, "of": [one, other]})
        return made

    def undo(self, judgement: str, who: str, reason: str = "") -> None:
        """Take back a judgement.

        Raises:
            RecordError: there is none of that id that stands.
        """
        with self._writing() as connection:
            judging.undo(connection, judgement)
            self._log(connection, "undo", judgement, {"who": who, "reason": reason})

    def bytes_of(self, digest: str) -> bytes | None:
        """Return the bytes of a source as they came, if the record keeps them."""
        with self.reading() as connection:
            data = connection.execute(select(blobs.c.data).where(blobs.c.digest == digest)).scalar()
        return zstandard.ZstdDecompressor().decompress(data) if data is not None else None

    def _keep_bytes(self, connection: Connection, raw: Raw) -> None:
        if connection.execute(select(blobs.c.digest).where(blobs.c.digest == raw.digest)).first() is None:
            packed = zstandard.ZstdCompressor(level=6).compress(raw.data)
            connection.execute(insert(blobs).values(digest=raw.digest, size=len(raw.data), data=packed))

    def _other_versions(self, connection: Connection, doc: Document) -> list[int]:
        """Return the live sources that a document takes the place of; what failed there is no longer of interest."""
        mine = (sources.c.source == doc.source) & (sources.c.place == rows.place(doc.origin))
        connection.execute(delete(sources).where(mine, sources.c.state == "failed"))
        other = select(sources.c.pk).where(mine, sources.c.state == "live", sources.c.digest != doc.digest)
        return list(connection.execute(other.order_by(sources.c.pk)).scalars())

    def _insert_units(
        self, connection: Connection, source: int, doc: Document, found: Sequence[Claim], was: Earlier | None
    ) -> None:
        ids = {u.id for u in doc.units}
        by_unit: dict[str, list[Claim]] = {}
        for c in found:
            by_unit.setdefault(c.unit, []).append(c)
        joined: set[int] = set()
        added: list[int] = []
        for unit in rows.once(doc.units):
            mine = list({c.id: c for c in by_unit.get(unit.id, ())}.values())
            pk = connection.execute(insert(units).values(rows.unit(source, unit)).returning(units.c.pk)).scalar_one()
            self.search.add(connection, UNITS, [(pk, unit.text)])
            copies.add(connection, pk, unit.id, unit.text)
            if amiss := rows.slips(pk, find_slips(unit, mine, self.known)):
                connection.execute(insert(slips), amiss)
            if not mine:
                continue
            grouped = group_unit(unit, mine, self.known)
            made = insert(claims).returning(claims.c.pk, sort_by_parameter_order=True)
            pks = list(connection.execute(made, [rows.claim(pk, unit, g) for g in grouped]).scalars())
            connection.execute(
                insert(evidence), [r for p, c in zip(pks, mine, strict=True) for r in rows.evidence(p, c)]
            )
            keys = [
                {"claim": p, "key": k.key, "reason": k.reason}
                for p, g in zip(pks, grouped, strict=True)
                for k in g.keys
            ]
            connection.execute(insert(claim_keys), keys)
            named = [rows.link(p, unit, g.claim, link) for p, g in zip(pks, grouped, strict=True) for link in g.links]
            if named:
                connection.execute(insert(links), named)
            self.search.add(
                connection, CLAIMS, [(p, rows.words(c.values, c.evidence)) for p, c in zip(pks, mine, strict=True)]
            )
            joined |= join(
                connection, [(p, g.claim.kind, tuple(k.key for k in g.keys)) for p, g in zip(pks, grouped, strict=True)]
            )
            added.extend(pks)
            told = [(k.key, p) for p, g in zip(pks, grouped, strict=True) for k in g.keys]
            named_by = {persons.form_of(k): p for k, p in told if k.startswith(persons.READING)}
            persons.settle(connection, self.known, (k for k, _ in told), named_by)
            before = was.unit_of(unit.role, unit.position, ids, unit.id) if was else None
            self._decided_before(connection, unit.id, before.id if before else unit.id, pks, mine)
        happenings.add(connection, added, joined)

    def _decided_before(
        self, connection: Connection, unit: str, before: str, pks: Sequence[int], found: Sequence[Claim]
    ) -> None:
        """Put earlier decisions on the claims that they are about: same kind and overlapping evidence.

        Of the text that stood there ``before``, where it was another, the very words must be there again.
        """
        d = decisions.c
        for made in connection.execute(select(decisions).where(d.unit.in_((unit, before))).order_by(d.pk)).all():
            fits = [
                (float(c.evidence[0].quote == made.quote) if made.unit != unit else overlap(c, made.start, made.end), p)
                for p, c in zip(pks, found, strict=True)
                if c.kind == made.item_kind
            ]
            best = max(fits, default=(0.0, 0))
            same = next((p for p, c in zip(pks, found, strict=True) if c.id == made.item), None)
            target = same if same is not None else best[1] if best[0] >= ENOUGH else None
            if target is not None and made.action in REVIEW:
                connection.execute(update(claims).where(claims.c.pk == target).values(review=REVIEW[made.action]))

    def _withdraw(self, connection: Connection, source_pks: Sequence[int]) -> Added:
        """Take units and claims of sources out of tables, groups and search."""
        told = connection.execute(select(units.c.pk, units.c.text).where(units.c.source.in_(source_pks))).all()
        touched: set[int] = set()
        names: set[str] = set()
        count = 0
        beside = copies.left(connection, [u.pk for u in told])
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
        copies.find_again(connection, beside)
        draw_again(connection, touched)
        persons.settle(connection, self.known, names)
        return Added("withdrawn", len(told), count)

    def _log(self, connection: Connection, action: str, what: str, detail: Mapping[str, Any]) -> None:
        connection.execute(insert(log).values(at=_now(), action=action, what=what, detail=dict(detail)))

    def size(self) -> int:
        """Return the number of claims."""
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(claims)).scalar_one())
