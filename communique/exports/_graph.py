"""Who met whom as a graph: nodes and weighted, dated edges, gathered in a temporary file so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from itertools import combinations
from typing import Any, NamedTuple

from communique.errors import CommuniqueError
from communique.exports._events import country as named
from communique.store import Store
from communique.views import Filter
from communique.views.happenings import Happening, happenings
from communique.views.names import person_entry
from communique.views.stream import Step

NODES = ("states", "persons", "mechanisms")
MOST = 60
"""Of a happening with more participants only so many are joined each to each."""

_TABLES = """
CREATE TABLE node (id TEXT PRIMARY KEY, label TEXT, kind TEXT, country TEXT, n INTEGER) WITHOUT ROWID;
CREATE TABLE edge (a TEXT, b TEXT, n INTEGER, tellings INTEGER, first TEXT, last TEXT,
                   PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE part (a TEXT, b TEXT, type TEXT, n INTEGER, PRIMARY KEY (a, b, type)) WITHOUT ROWID;
"""
_NODE = """INSERT INTO node VALUES (?, ?, ?, ?, 1) ON CONFLICT (id) DO UPDATE SET n = n + 1,
label = min(label, excluded.label)"""
_EDGE = """INSERT INTO edge VALUES (?, ?, 1, ?, ?, ?) ON CONFLICT (a, b) DO UPDATE SET n = n + 1,
tellings = tellings + excluded.tellings, first = coalesce(min(first, excluded.first), first, excluded.first),
last = coalesce(max(last, excluded.last), last, excluded.last)"""
_PART = "INSERT INTO part VALUES (?, ?, ?, 1) ON CONFLICT (a, b, type) DO UPDATE SET n = n + 1"


class Node(NamedTuple):
    """A node: ``n`` is in how many happenings it takes part."""

    id: str
    label: str
    kind: str
    country: str | None
    n: int


class Edge(NamedTuple):
    """An edge without direction: ``n`` happenings from ``first`` to ``last`` day, by ``types`` (``talks 3``)."""

    id: int
    a: str
    b: str
    n: int
    tellings: int
    first: str | None
    last: str | None
    types: str


class Graph:
    """A graph that was gathered."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes in order of their ids."""
        yield from map(Node._make, self._db.execute("SELECT id, label, kind, country, n FROM node ORDER BY id"))

    def edges(self) -> Iterator[Edge]:
        """Yield the edges in order of their ends."""
        parts = self._db.cursor()
        found = self._db.execute("SELECT a, b, n, tellings, first, last FROM edge ORDER BY a, b")
        for number, (a, b, n, tellings, first, last) in enumerate(found):
            types = parts.execute("SELECT type, n FROM part WHERE a = ? AND b = ? ORDER BY n DESC, type", (a, b))
            yield Edge(number, a, b, n, tellings, first, last, "; ".join(f"{t} {x}" for t, x in types))


@contextmanager
def graph(store: Store, asked: Filter, nodes: str, step: Step | None) -> Iterator[Graph]:
    """Gather the graph of the engagements that fit a filter.

    Args:
        nodes: ``states`` (each with each), ``persons`` (each with each), or ``mechanisms`` (each with the states that
            take part in its rounds).

    Raises:
        CommuniqueError: no such nodes.
    """
    if nodes not in NODES:
        raise CommuniqueError(f"no nodes {nodes!r}", remedy=f"one of: {', '.join(NODES)}")
    with closing(sqlite3.connect("")) as db, store.reading() as connection:
        db.executescript(_TABLES)

        @lru_cache(maxsize=1 << 15)
        def entry(name: str, country: str | None) -> str | None:
            return person_entry(connection, name, country)

        if asked.kind in (None, "engagement"):
            for happening in happenings(store, asked, "engagement", step):
                _add(db, happening, nodes, store.known.state, entry)
        db.commit()
        yield Graph(db)


def _add(
    db: sqlite3.Connection,
    happening: Happening,
    nodes: str,
    state: Callable[[str], str | None],
    entry: Callable[[str, str | None], str | None],
) -> None:
    people = happening.values.get("participants") or ()
    found: dict[str, tuple[str, str, str | None]] = {}
    for p in people:
        name, country = p.get("name"), p.get("country")
        is_state = not name or (state(name) or name) == country
        if nodes == "persons":
            if not is_state:
                found[entry(name, country) or f"{country or '-'}:{name}"] = (name, "person", country)
        elif country or name:
            found[country or name] = (named(country) if country else name, "state", country)
    mechanism = happening.values.get("mechanism")
    pairs = list(combinations(sorted(found)[:MOST], 2))
    if nodes == "mechanisms":
        if not mechanism:
            return
        pairs = [(f"mechanism:{mechanism}", other) for other in sorted(found)]
        found[f"mechanism:{mechanism}"] = (mechanism, "mechanism", None)
    span = happening.days
    first, last = span if span and span[0][:4] != "0000" and span[1][:4] != "9999" else (None, None)
    db.executemany(_NODE, [(id_, *said) for id_, said in found.items()])
    told: Any = [(a, b, len(happening.tellings), first, last) for a, b in pairs]
    db.executemany(_EDGE, told)
    db.executemany(_PART, [(a, b, str(happening.values.get("type"))) for a, b in pairs])


class Parts:
    """A file that gives what was written to it piece by piece."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> int:
        """Keep data until it is taken."""
        self._parts.append(data)
        self._size += len(data)
        return len(data)

    def taken(self, least: int = 0) -> Iterator[bytes]:
        """Yield what was written since, if it is at least so much."""
        if self._size > least:
            yield b"".join(self._parts)
            self._parts.clear()
            self._size = 0


def legal(text: str) -> str:
    """Return a text without the letters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe")
