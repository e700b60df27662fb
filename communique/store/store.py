"""The store: adding what was read, withdrawing it, and decisions that outlive both."""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import zstandard
from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import DataError, SQLAlchemyError

from communique import __version__
from communique.errors import CommuniqueError, RecordError, SourceError
from communique.loader.packs import load
from communique.model import Claim, Document, Raw
from communique.record import Known, known_from
from communique.store import coding, copies, deciding, happenings, judging, memory, persons, rereading, rows
from communique.store.chunks import chunks
from communique.store.coding import Coding
from communique.store.grouping import draw_again
from communique.store.noting import note, now
from communique.store.rereading import Earlier
from communique.store.schema import blobs, claims, sources, units
from communique.store.search import UNITS, search_for

if TYPE_CHECKING:
    from communique.flow import Reading

CODER = f"communique {__version__}"


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a reading did: ``state`` is ``added``, ``unchanged``, ``reread`` or ``replaced``."""

    state: str
    units: int
    claims: int


@dataclass
class Later:
    """What is still to be compared: new claims, and entries whose members changed otherwise."""

    added: list[int] = field(default_factory=list)
    joined: set[int] = field(default_factory=set)

    def take(self, other: Later) -> None:
        """Take over what is to be compared."""
        self.added += other.added
        self.joined |= other.joined

    def do(self, connection: Connection) -> None:
        """Compare it now: once for many articles costs less than for each, and gives the same."""
        happenings.add(connection, self.added, self.joined)
        self.added, self.joined = [], set()


def _said(error: SQLAlchemyError) -> str:
    """Return the first line of what the database said."""
    return str(getattr(error, "orig", None) or error).splitlines()[0]


class Store:
    """An open record. Every method that writes is one transaction: it is in the record as a whole or not at all."""

    def __init__(self, engine: Engine, where: str, known: Known | None = None) -> None:
        self._engine, self.where, self._known = engine, where, known
        self._writer = engine.execution_options(writes=True)
        self.writes = 0
        self.search = search_for(engine.dialect.name)
        # Who forgets to close a store leaves no connection open.
        weakref.finalize(self, engine.dispose)

    @property
    def address(self) -> str:
        """The address by which another process opens this record; of a database with its password."""
        return self._engine.url.render_as_string(hide_password=False)

    def warm(self) -> None:
        """Have what pages will ask for lie in memory, where the record is a file that fits."""
        if self._engine.dialect.name == "sqlite" and self._engine.url.database:
            memory.warm(self._engine.url.database)

    def hold(self) -> object:
        """Hold the record's file in memory as long as the returned value lives.

        Raises:
            RecordError: it is no file, too large, or the system does not let this process lock so much.
        """
        if self._engine.dialect.name != "sqlite" or not self._engine.url.database:
            raise RecordError("is no file that could be held", where=self.where, remedy="leave --hold out")
        return memory.hold(self._engine.url.database)

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
    def writing(self, origin: str = "") -> Iterator[Connection]:
        """Return a connection whose changes are in the record as a whole, or not at all.

        Raises:
            SourceError: text that cannot be kept. RecordError: the database does not answer.
        """
        try:
            with self._writer.begin() as connection:
                yield connection
            # Whoever remembers what the record is looks anew.
            self.writes += 1
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
        with self.writing() as connection:
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

    def add(
        self, reading: Reading, raw: Raw | None = None, coder: str = CODER, said: tuple[str, str] | None = None
    ) -> Added:
        """Add what was read of one source; the same content by the same coder changes nothing.

        Another coder's reading of the same content takes the place of the old one; other content of the same
        source at the same origin supersedes it. ``raw`` keeps the bytes too. What a person entered by hand is noted
        with what they ``said``: who, and why.

        Raises:
            SourceError: its text cannot be kept. RecordError: the database does not answer.
        """
        doc = reading.document
        rows.keepable(doc)
        with self.writing(doc.origin) as connection:
            added = self._add(connection, reading, raw, coder)
            if said and added.state != "unchanged":
                for c in reading.claims:
                    note(connection, "enter", c.id, {"who": said[0], "reason": said[1]})
            return added

    def add_all(self, found: Iterable[tuple[Reading, Raw | None]], coder: str = CODER) -> list[Added]:
        """Add readings in one transaction: all of them or none. Faster than one by one, and the record is the same.

        Raises:
            SourceError: a text cannot be kept. RecordError: the database does not answer.
        """
        with self.writing() as connection:
            out, later = [], Later()
            for reading, raw in found:
                rows.keepable(reading.document)
                out.append(self._add(connection, reading, raw, coder, later))
            later.do(connection)
            return out

    def _add(
        self, connection: Connection, reading: Reading, raw: Raw | None, coder: str, later: Later | None = None
    ) -> Added:
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
            if later is not None:
                later.do(connection)
            self._withdraw(connection, old)
        if same is not None:
            connection.execute(delete(sources).where(sources.c.pk == same.pk))
        if other:
            reason = f"by {doc.digest}"
            connection.execute(update(sources).where(sources.c.pk.in_(other)).values(state="superseded", reason=reason))
        row = rows.source(doc, now(), state="live", coder=coder, notes=list(doc.notes), misses=len(reading.misses))
        pk = connection.execute(insert(sources).values(row).returning(sources.c.pk)).scalar_one()
        if raw is not None:
            self._keep_bytes(connection, raw)
        fresh = self._insert_units(connection, pk, doc, reading.claims, was)
        if later is None:
            fresh.do(connection)
        else:
            later.take(fresh)
        if was is not None:
            note(connection, state, doc.source, rereading.detail(was, doc, reading.claims, coder))
        return Added(state, len(doc.units), len(reading.claims))

    def fail(self, raw: Raw, reason: str, coder: str = CODER) -> None:
        """Note that a source could not be read, and why. What stood in the record stays."""
        with self.writing() as connection:
            connection.execute(delete(sources).where(sources.c.source == raw.source, sources.c.state == "failed"))
            row = rows.source(raw, now(), state="failed", reason=reason, coder=coder, notes=[], misses=0)
            connection.execute(insert(sources).values(row))

    def forget(self, source: str, who: str = "", reason: str = "") -> Added:
        """Withdraw what a source brought: its units, claims and bytes. Decisions stay; the log says so.

        Args:
            source: name, origin (with or without the line), address or digest of the source.

        Raises:
            RecordError: nothing of that name stands in the record.
        """
        with self.writing() as connection:
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
            note(
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
            RecordError: no such item or no such action. CommuniqueError: what it corrects cannot be so.
        """
        with self.writing() as connection:
            made, unit = deciding.decide(connection, item, action, who, reason, values or {}, now())
            coding.put_anew(self._coding(connection), unit)
            note(connection, action, item, {"who": who, "reason": reason, "decision": made})
        return made

    def judge(self, one: str, other: str, verdict: str, who: str, reason: str) -> str:
        """Keep a person's word that two entries (by id, or by the id of an item) are the ``same`` or ``different``.

        Returns:
            the judgement's id, by which ``undo`` takes it back.

        Raises:
            RecordError: no such entry, two kinds, or two that a key makes one.
        """
        with self.writing() as connection:
            made = judging.judge(connection, one, other, verdict, who, reason, now())
            note(connection, f"judge {verdict}", made, {"who": who, "reason": reason, "of": [one, other]})
        return made

    def undo(self, word: str, who: str, reason: str = "") -> None:
        """Take back a decision or a judgement, by its id; everything is as if it had not been made.

        Raises:
            RecordError: there is none of that id that stands.
        """
        with self.writing() as connection:
            if word.startswith("d"):
                coding.put_anew(self._coding(connection), deciding.undo(connection, word))
            else:
                judging.undo(connection, word)
            note(connection, "undo", word, {"who": who, "reason": reason})

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
    ) -> Later:
        ids = {u.id for u in doc.units}
        by_unit: dict[str, list[Claim]] = {}
        for c in found:
            by_unit.setdefault(c.unit, []).append(c)
        joined: set[int] = set()
        added: list[int] = []
        told: list[judging.Told] = []
        for unit in rows.once(doc.units):
            mine = list({c.id: c for c in by_unit.get(unit.id, ())}.values())
            pk = connection.execute(insert(units).values(rows.unit(source, unit)).returning(units.c.pk)).scalar_one()
            self.search.add(connection, UNITS, [(pk, unit.text)])
            copies.add(connection, pk, unit.id, unit.text)
            before = was.unit_of(unit.role, unit.position, ids, unit.id) if was else None
            there = before.id if before else unit.id
            pks, changed = coding.put(self._coding(connection), pk, unit, mine, there)
            told.append(judging.Told(unit.id, there, mine))
            joined |= changed
            added.extend(pks)
        judging.follow(connection, told)
        return Later(added, joined)

    def _coding(self, connection: Connection) -> Coding:
        return Coding(connection, self.known, self.search)

    def _withdraw(self, connection: Connection, source_pks: Sequence[int]) -> Added:
        """Take units and claims of sources out of tables, groups and search."""
        told = connection.execute(select(units.c.pk, units.c.text).where(units.c.source.in_(source_pks))).all()
        touched: set[int] = set()
        names: set[str] = set()
        count = 0
        beside = copies.left(connection, [u.pk for u in told])
        for some in chunks(told, 100):
            mine = [u.pk for u in some]
            gone, entries, keys = coding.take_out(self._coding(connection), mine)
            self.search.remove(connection, UNITS, [(u.pk, u.text) for u in some])
            connection.execute(delete(units).where(units.c.pk.in_(mine)))
            touched |= entries
            names |= keys
            count += gone
        copies.find_again(connection, beside)
        draw_again(connection, touched)
        persons.settle(connection, self.known, names)
        return Added("withdrawn", len(told), count)

    def size(self) -> int:
        """Return the number of claims."""
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(claims)).scalar_one())
