"""The sources as BibTeX (for biber: UTF-8), one ``@online`` or ``@misc`` for each unit that an item was coded from.

Keys are made of outlet, year and the unit's id, so that a row's ``unit`` leads to its reference. Left out: the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique.exports._sources import parts, works
from communique.store import Store
from communique.views import Filter
from communique.views.stream import Step

SUMMARY = "the sources as BibTeX"
ESCAPED = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
    "^": "\\textasciicircum{}", "~": "\\textasciitilde{}",
}  # fmt: skip


def pieces(store: Store, asked: Filter, step: Step | None = None) -> Iterator[bytes]:
    """Yield an entry for each source, in order."""
    for u in works(store, asked, step):
        fields = {
            "title": f"{{{escaped(u['title'])}}}" if u["title"] else None,
            "organization": f"{{{escaped(u['outlet'])}}}" if u["outlet"] else None,
            "date": "-".join(f"{p:02}" for p in parts(u["published"])) or None,
            "url": _address(u["address"]) if u["address"] else None,
            "langid": u["lang"],
            "note": f"communique {u['unit']}, {escaped(u['source'])}",
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        kind = "online" if u["address"] else "misc"
        yield f"@{kind}{{{u['key']},\n{lines}}}\n\n".encode("utf-8", "replace")


def escaped(text: str) -> str:
    """Return a text as one line in which nothing is a command."""
    return "".join(ESCAPED.get(c, c) for c in " ".join(text.split()))


def _address(url: str) -> str:
    return url.replace("%", "\\%").replace("#", "\\#").replace("_", "\\_").replace("&", "\\&").replace("~", "\\~{}")
