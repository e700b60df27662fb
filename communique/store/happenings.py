"""Entries that are one happening though they share no key: compared in blocks, joined by ``thing``, undone as easily.

The keys of claims make entries (``grouping``); here entries of happenings that seem one get one ``thing``. Only what
shares a block is compared, a block of more than ``MOST`` entries tells nothing and is left out, and what is found
depends on the entries alone, not on the order in which they came.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from communique.record.clusters import Pair, cluster
from communique.record.facts import Facts
from communique.record.facts import blocks as blocks_of
from communique.record.matching import Verdict, weigh
from communique.store.chunks import chunks
from communique.store.schema import blocks, claims, entries, entry_keys, facts, judgements, pairs

MOST = 80
"""Entries in a block that is still worth comparing."""
SURE = 100.0
"""What a person's word weighs."""
TOLD_APART = "one text tells them as two"
SAID = 12
"""Ways of telling an entry that are compared; of more, those whose digests come first."""


def add(connection: Connection, claim_pks: Sequence[int], touched: Iterable[int] = ()) -> None:
    """Compare the entries of new claims, and others that were touched, with what is in the record.

    Args:
        claim_pks: claims that have their entries. touched: entries whose members changed otherwise.
    """
    dirty = set(touched)
    said: dict[int, dict[str, Facts]] = defaultdict(dict)
    for some in chunks(claim_pks):
        found = connection.execute(
            select(claims.c.entry, claims.c.facts).where(claims.c.pk.in_(some), claims.c.facts.is_not(None))
        )
        for entry, plain in found:
            f = Facts.of(plain)
            said[entry][f.digest] = f
    fresh: dict[int, list[Facts]] = {}
    for some in chunks(sorted(said)):
        have = {
            (e, d) for e, d in connection.execute(select(facts.c.entry, facts.c.digest).where(facts.c.entry.in_(some)))
        }
        for e in some:
            if new := [f for d, f in sorted(said[e].items()) if (e, d) not in have]:
                fresh[e] = new
    if fresh:
        rows = [{"entry": e, "digest": f.digest, "plain": f.plain()} for e, fs in fresh.items() for f in fs]
        connection.execute(insert(facts), rows)
        dirty |= _enter(connection, {e: {block(b) for f in fs for b in blocks_of(f)} for e, fs in fresh.items()})
        dirty |= set(fresh)
    dirty |= _judged(connection, claim_pks)
    if dirty:
        settle(connection, dirty)


def moved(connection: Connection, keep: int, gone: Sequence[int]) -> None:
    """Give what is known of entries that are one now by their keys to the one that stays."""
    for table, column in ((facts, facts.c.digest), (blocks, blocks.c.block)):
        mine = set(connection.execute(select(column).where(table.c.entry == keep)).scalars())
        for row in connection.execute(select(table).where(table.c.entry.in_(gone)).order_by(table.c.entry)).mappings():
            if row[column.name] not in mine:
                mine.add(row[column.name])
                connection.execute(insert(table).values({**row, "entry": keep}))
    # What was found of the others goes with them; the one that stays is compared again.


def around(connection: Connection, touched: Sequence[int]) -> set[int]:
    """Return the entries for which it may matter that the entries ``touched`` go: those joined or in a full block."""
    out = _near(connection, touched)
    for some in chunks(touched):
        mine = select(blocks.c.block).where(blocks.c.entry.in_(some))
        full = (
            select(blocks.c.block).where(blocks.c.block.in_(mine)).group_by(blocks.c.block).having(func.count() > MOST)
        )
        out |= set(connection.execute(select(blocks.c.entry).where(blocks.c.block.in_(full))).scalars())
    return out - set(touched)


def _near(connection: Connection, touched: Sequence[int]) -> set[int]:
    """Return the entries that are one thing with some, or were compared with them and seemed one."""
    out: set[int] = set()
    for some in chunks(touched):
        things = select(entries.c.thing).where(entries.c.pk.in_(some))
        out |= set(connection.execute(select(entries.c.pk).where(entries.c.thing.in_(things))).scalars())
        compared = select(pairs.c.a, pairs.c.b).where(or_(pairs.c.a.in_(some), pairs.c.b.in_(some)))
        for a, b in connection.execute(compared):
            out |= {a, b}
    return out


@cache
def block(name: str) -> int:
    """Return the number of a block, of 63 bits."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1


def _enter(connection: Connection, wanted: dict[int, set[int]]) -> set[int]:
    """Put entries into blocks; return the entries of blocks that became too full to compare."""
    all_blocks = sorted({b for bs in wanted.values() for b in bs})
    before = _sizes(connection, all_blocks)
    for some in chunks(sorted(wanted)):
        have = {
            (e, b)
            for e, b in connection.execute(select(blocks.c.entry, blocks.c.block).where(blocks.c.entry.in_(some)))
        }
        if rows := [{"entry": e, "block": b} for e in some for b in sorted(wanted[e]) if (e, b) not in have]:
            connection.execute(insert(blocks), rows)
    out: set[int] = set()
    after = _sizes(connection, all_blocks)
    for some in chunks([b for b in all_blocks if before.get(b, 0) <= MOST < after[b]]):
        out |= set(connection.execute(select(blocks.c.entry).where(blocks.c.block.in_(some))).scalars())
    return out


def _sizes(connection: Connection, wanted: Sequence[int]) -> dict[int, int]:
    out: dict[int, int] = {}
    for some in chunks(wanted):
        counted = select(blocks.c.block, func.count()).where(blocks.c.block.in_(some)).group_by(blocks.c.block)
        out.update((b, n) for b, n in connection.execute(counted))
    return out


def settle(connection: Connection, dirty: Iterable[int]) -> None:
    """Compare entries anew with those that share a block with them, and draw again what is one."""
    asked = sorted(set(dirty))
    live: set[int] = set()
    for some in chunks(asked):
        live |= set(connection.execute(select(entries.c.pk).where(entries.c.pk.in_(some))).scalars())
    before = _near(connection, sorted(live)) | live
    met = _met(connection, live)
    said = _said(connection, {e for pair in met for e in pair})
    for some in chunks(sorted(live)):
        connection.execute(delete(pairs).where(or_(pairs.c.a.in_(some), pairs.c.b.in_(some))))
    found = []
    for a, b in sorted(met):
        if a in said and b in said and (v := weigh(said[a], said[b])).verdict in ("same", "unsure"):
            row = {"a": a, "b": b, "verdict": v.verdict, "score": v.score, "reasons": list(v.reasons), "used": False}
            found.append(row)
    by_pair = {(p["a"], p["b"]): p for p in found} | _words(connection, live)
    if by_pair:
        connection.execute(insert(pairs), [by_pair[k] for k in sorted(by_pair)])
    _draw(connection, before)


def _judged(connection: Connection, claim_pks: Iterable[int]) -> set[int]:
    """Return the entries of claims on which people have judged."""
    if connection.execute(select(judgements.c.pk).limit(1)).first() is None:
        return set()
    out: set[int] = set()
    on = or_(judgements.c.one == entry_keys.c.key, judgements.c.other == entry_keys.c.key)
    for some in chunks(claim_pks):
        asked = select(entry_keys.c.entry).join(claims, claims.c.entry == entry_keys.c.entry).join(judgements, on)
        out |= set(connection.execute(asked.where(claims.c.pk.in_(some))).scalars())
    return out


def _words(connection: Connection, wanted: set[int]) -> dict[tuple[int, int], dict[str, Any]]:
    """Return as pairs what people said of entries and others; the last word on two entries counts."""
    out: dict[tuple[int, int], dict[str, Any]] = {}
    one, other = entry_keys.alias(), entry_keys.alias()
    for some in chunks(sorted(wanted)):
        asked = (
            select(one.c.entry.label("x"), other.c.entry.label("y"), judgements)
            .join(one, one.c.key == judgements.c.one)
            .join(other, other.c.key == judgements.c.other)
            .where(judgements.c.undone.is_(False), or_(one.c.entry.in_(some), other.c.entry.in_(some)))
            .order_by(judgements.c.pk)
        )
        for r in connection.execute(asked):
            if r.x != r.y:
                a, b = sorted((r.x, r.y))
                said = [f"{r.who}: {r.reason}"]
                score = SURE if r.verdict == "same" else 0.0
                row = {"a": a, "b": b, "verdict": r.verdict, "score": score, "reasons": said, "used": False}
                out[a, b] = row
    return out


def _met(connection: Connection, wanted: set[int]) -> set[tuple[int, int]]:
    """Return the pairs of entries, one of them of ``wanted``, that share a block that is not too full."""
    mine: dict[int, set[int]] = defaultdict(set)
    for some in chunks(sorted(wanted)):
        for entry, b in connection.execute(select(blocks.c.entry, blocks.c.block).where(blocks.c.entry.in_(some))):
            mine[b].add(entry)
    small = [b for b, n in _sizes(connection, sorted(mine)).items() if 1 < n <= MOST]
    out: set[tuple[int, int]] = set()
    for some in chunks(small):
        asked = select(blocks.c.block, blocks.c.entry).where(blocks.c.block.in_(some))
        for b, other in connection.execute(asked):
            out |= {(min(e, other), max(e, other)) for e in mine[b] if e != other}
    return out


def _said(connection: Connection, wanted: Iterable[int]) -> dict[int, list[Facts]]:
    """Return what entries say, of each the first ``SAID``."""
    out: dict[int, list[Facts]] = defaultdict(list)
    nth = func.row_number().over(partition_by=facts.c.entry, order_by=facts.c.digest)
    for some in chunks(sorted(set(wanted))):
        told = (
            select(facts.c.entry, facts.c.digest, facts.c.plain, nth.label("nth"))
            .where(facts.c.entry.in_(some))
            .subquery()
        )
        asked = select(told.c.entry, told.c.plain).where(told.c.nth <= SAID).order_by(told.c.entry, told.c.digest)
        for entry, plain in connection.execute(asked):
            out[entry].append(Facts.of(plain))
    return out


def _draw(connection: Connection, seeds: Iterable[int]) -> None:
    """Draw again what is one, for entries and all that hang together with them."""
    members, edges = _reached(connection, set(seeds))
    if not members:
        return
    row = {}
    for some in chunks(sorted(members)):
        for r in connection.execute(select(entries).where(entries.c.pk.in_(some))):
            row[r.pk] = r
    tied = {pk for edge in edges for pk in (edge.a, edge.b)}
    parted, joined = _said_by_people(connection, tied)
    said, together = _said(connection, tied), _told_together(connection, tied)
    by_mark = {r.mark: pk for pk, r in row.items()}

    @cache
    def apart(x: str, y: str) -> str | None:
        a, b = sorted((by_mark[x], by_mark[y]))
        if (a, b) in joined:
            return None
        if (a, b) in parted:
            return parted[a, b]
        if (a, b) in together:
            return TOLD_APART
        if not said[a] or not said[b]:
            return None
        v = weigh(said[a], said[b])
        return v.reasons[-1].removeprefix("but ") if _bars(v) else None

    seems = [Pair(*_in_order(row[e.a].mark, row[e.b].mark), e.score, tuple(e.reasons)) for e in edges]
    drawn = cluster(sorted(by_mark), seems, apart)
    used = {(p.a, p.b) for p in drawn.joined}
    why = {(p.a, p.b): p.reasons[-1].removeprefix("but ") for p in drawn.unsure}
    for edge in edges:
        marks = _in_order(row[edge.a].mark, row[edge.b].mark)
        now = (marks in used, why.get(marks))
        if now != (edge.used, edge.but):
            at = (pairs.c.a == edge.a) & (pairs.c.b == edge.b)
            connection.execute(update(pairs).where(at).values(used=now[0], but=now[1]))
    for group in drawn.groups:
        first = min(group, key=lambda m: (m.startswith("own|"), m))
        thing = row[by_mark[first]].id
        if stale := [by_mark[m] for m in group if row[by_mark[m]].thing != thing]:
            connection.execute(update(entries).where(entries.c.pk.in_(stale)).values(thing=thing))


def _said_by_people(
    connection: Connection, wanted: set[int]
) -> tuple[dict[tuple[int, int], str], set[tuple[int, int]]]:
    """Return the pairs that people parted, with why, and those that they joined."""
    parted: dict[tuple[int, int], str] = {}
    joined: set[tuple[int, int]] = set()
    for some in chunks(sorted(wanted)):
        asked = select(pairs).where(pairs.c.a.in_(some), or_(pairs.c.verdict == "different", pairs.c.score == SURE))
        for r in connection.execute(asked):
            if r.verdict == "same":
                joined.add((r.a, r.b))
            else:
                parted[r.a, r.b] = r.reasons[0]
    return parted, joined


def _in_order(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)


def _bars(v: Verdict) -> bool:
    return v.verdict == "different" or (v.verdict == "unsure" and v.reasons[-1].startswith("but "))


def _reached(connection: Connection, seeds: set[int]) -> tuple[set[int], list[Row[Any]]]:
    """Return the entries that pairs lead to from ``seeds``, and these pairs."""
    members: set[int] = set()
    edges: dict[tuple[int, int], Row[Any]] = {}
    fringe = seeds
    while fringe:
        members |= fringe
        found: set[int] = set()
        for some in chunks(sorted(fringe)):
            asked = select(pairs).where(or_(pairs.c.a.in_(some), pairs.c.b.in_(some)), pairs.c.verdict == "same")
            for r in connection.execute(asked):
                edges[r.a, r.b] = r
                found |= {r.a, r.b}
        fringe = found - members
    return members, [edges[k] for k in sorted(edges)]


def _told_together(connection: Connection, wanted: set[int]) -> set[tuple[int, int]]:
    """Return the pairs of entries that one unit tells as two."""
    out: set[tuple[int, int]] = set()
    one, other = claims.alias(), claims.alias()
    for some in chunks(sorted(wanted)):
        asked = (
            select(one.c.entry, other.c.entry)
            .join(other, (one.c.unit == other.c.unit) & (one.c.entry < other.c.entry))
            .where(one.c.entry.in_(some), other.c.entry.in_(some))
            .distinct()
        )
        out |= {(a, b) for a, b in connection.execute(asked)}
    return out
