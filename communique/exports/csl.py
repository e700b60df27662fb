"""The sources as CSL-JSON, what Zotero, Pandoc and citation processors read; one item for each unit.

Ids are those of ``bibtex``. Left out: the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from communique.exports._sources import parts, works
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step

SUMMARY = "the sources as CSL-JSON, for Zotero and Pandoc"


def pieces(store: Store, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
    """Yield an array, an item at a time."""
    between = "[\n"
    for u in works(store, asked, step):
        item: dict[str, Any] = {"id": u["key"], "type": "article-newspaper", "title": " ".join(u["title"].split())}
        more = {
            "container-title": u["outlet"],
            "URL": u["address"],
            "language": u["lang"],
            "publisher-place": u["dateline"],
            "note": f"communique {u['unit']}, {u['source']}",
        }
        item |= {name: value for name, value in more.items() if value}
        if day := parts(u["published"]):
            item["issued"] = {"date-parts": [day]}
        yield (between + json.dumps(item, ensure_ascii=False)).encode("utf-8", "replace")
        between = ",\n"
    yield b"[]\n" if between == "[\n" else b"\n]\n"
