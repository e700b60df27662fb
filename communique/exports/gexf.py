"""Who met whom as GEXF 1.3, dated so that Gephi's timeline plays it: edges with weight, start and end.

Nodes and edges are those of ``graphml``; left out is what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.exports._graph import NODES, Edge, Node, Parts, graph, legal
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step

SUMMARY = "who met whom, dated, for Gephi: GEXF"
CHOICES = {"nodes": NODES}
NAMESPACE = "http://gexf.net/1.3"
OF_NODE = (("kind", "string"), ("country", "string"), ("happenings", "integer"))
OF_EDGE = (("tellings", "integer"), ("types", "string"))
PIECE = 1 << 16


def pieces(store: Store, asked: Filter, step: Step | None = None, nodes: str = NODES[0]) -> Iterator[bytes]:
    """Yield the graph of states, persons or mechanisms."""
    from lxml import etree

    out = Parts()
    with graph(store, asked, nodes, step) as made, etree.xmlfile(out, encoding="utf-8") as xml:
        xml.write_declaration()
        with (
            xml.element("gexf", xmlns=NAMESPACE, version="1.3"),
            xml.element("graph", defaultedgetype="undirected", mode="dynamic", timeformat="date"),
        ):
            for of, columns in (("node", OF_NODE), ("edge", OF_EDGE)):
                with xml.element("attributes", {"class": of}):
                    for i, (title, sort) in enumerate(columns):
                        xml.write(etree.Element("attribute", id=f"{of}{i}", title=title, type=sort))
            with xml.element("nodes"):
                for n in made.nodes():
                    xml.write(_node(etree, n))
                    yield from out.taken(PIECE)
            with xml.element("edges"):
                for e in made.edges():
                    xml.write(_edge(etree, e))
                    yield from out.taken(PIECE)
        xml.flush()
    yield from out.taken()


def _node(etree: Any, n: Node) -> Any:
    element = etree.Element("node", id=legal(n.id), label=legal(n.label))
    return _with(etree, element, "node", (n.kind, n.country, n.n))


def _edge(etree: Any, e: Edge) -> Any:
    ends = {"id": str(e.id), "source": legal(e.a), "target": legal(e.b), "weight": f"{e.n}.0"}
    dated = {"start": e.first, "end": e.last} if e.first and e.last else {}
    return _with(etree, etree.Element("edge", {**ends, **dated}), "edge", (e.tellings, e.types))


def _with(etree: Any, element: Any, of: str, values: tuple[str | int | None, ...]) -> Any:
    told = etree.SubElement(element, "attvalues")
    for i, value in enumerate(values):
        if value is not None:
            etree.SubElement(told, "attvalue", {"for": f"{of}{i}", "value": legal(str(value))})
    element.tail = "\n"
    return element
