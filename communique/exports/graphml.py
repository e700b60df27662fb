"""Who met whom as GraphML: nodes, and edges with weight and first and last day.

A node is a state (or bloc), a person, or a mechanism; an edge gathers the engagements of two nodes, each happening
counted once however many tell it. Left out: the single engagements (``csv`` has them), undated days, all other kinds.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique.exports._graph import NODES, Parts, graph, legal
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step

SUMMARY = "who met whom, for Gephi, networkx, igraph: GraphML"
CHOICES = {"nodes": NODES}
NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
KEYS = (
    ("node", "label", "string"), ("node", "kind", "string"), ("node", "country", "string"),
    ("node", "happenings", "int"), ("edge", "weight", "int"), ("edge", "tellings", "int"),
    ("edge", "first", "string"), ("edge", "last", "string"), ("edge", "types", "string"),
)  # fmt: skip
PIECE = 1 << 16


def pieces(store: Store, asked: Filter, step: Step | None = None, nodes: str = NODES[0]) -> Iterator[bytes]:
    """Yield the graph of states, persons or mechanisms."""
    from lxml import etree

    out = Parts()
    with graph(store, asked, nodes, step) as made, etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("graphml", xmlns=NAMESPACE):
            for of, name, sort in KEYS:
                xml.write(etree.Element("key", {"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": sort}))
            with xml.element("graph", edgedefault="undirected"):
                for n in made.nodes():
                    said = {"label": n.label, "kind": n.kind, "country": n.country, "happenings": n.n}
                    xml.write(_element(etree.Element("node", id=legal(n.id)), "node", said))
                    yield from out.taken(PIECE)
                for e in made.edges():
                    said = {"weight": e.n, "tellings": e.tellings, "first": e.first, "last": e.last, "types": e.types}
                    ends = {"id": f"e{e.id}", "source": legal(e.a), "target": legal(e.b)}
                    xml.write(_element(etree.Element("edge", ends), "edge", said))
                    yield from out.taken(PIECE)
        xml.flush()
    yield from out.taken()


def _element(element, of: str, said: dict[str, str | int | None]):  # type: ignore[no-untyped-def]
    from lxml import etree

    for name, value in said.items():
        if value is not None:
            etree.SubElement(element, "data", key=f"{of}_{name}").text = legal(str(value))
    element.tail = "\n"
    return element
