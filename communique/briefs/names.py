"""What people are called in the language of a brief: as a text of that language writes them, else as printed."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from communique.briefs.words import Words
from communique.store import Store
from communique.store.chunks import chunks
from communique.store.schema import claims, entries, units
from communique.views import Item

Names = Mapping[tuple[str, str], str]
"""(unit, name as written) -> the name to use."""


def names_of(store: Store, words: Words, items: Sequence[Item], reviews: Sequence[str]) -> dict[tuple[str, str], str]:
    """Return for the persons of the texts of ``items`` by (unit, name as written) the name to use.

    A name that a text of the brief's language writes comes first; then, for a language in Latin letters, the form
    that a source prints, and what a text of another such language writes; else the name stays as written. Only items
    of ``reviews`` count.
    """
    written: dict[tuple[str, str], str] = {}
    told: dict[str, list[tuple[str, str, str]]] = {}
    with store.reading() as connection:
        for some in chunks(sorted({i.unit for i in items})):
            asked = (
                select(units.c.id, claims.c["values"], entries.c.thing)
                .select_from(claims)
                .join(units, units.c.pk == claims.c.unit)
                .join(entries, entries.c.pk == claims.c.entry)
                .where(units.c.id.in_(some), claims.c.kind == "person", claims.c.review.in_(reviews))
            )
            for unit, values, thing in connection.execute(asked):
                if values.get("name"):
                    written[unit, str(values["name"])] = thing
        for some in chunks(sorted(set(written.values()))):
            asked = (
                select(entries.c.thing, claims.c["values"], units.c.lang)
                .select_from(claims)
                .join(units, units.c.pk == claims.c.unit)
                .join(entries, entries.c.pk == claims.c.entry)
                .where(entries.c.thing.in_(some), claims.c.review.in_(reviews))
                .order_by(claims.c.id)
            )
            for thing, values, lang in connection.execute(asked):
                told.setdefault(thing, []).append((str(values.get("name") or ""), str(values.get("latin") or ""), lang))
    called = {thing: called_by(words, found) for thing, found in told.items()}
    return {key: name for key, thing in written.items() if (name := called.get(thing))}


def called_by(words: Words, told: Sequence[tuple[str, str, str]]) -> str:
    """Return what a person is called, from (name, Latin form, language of the text) of each telling; else empty."""
    own = Counter(name for name, _, lang in told if name and lang.partition("-")[0] == words.pack.code)
    printed = Counter(form for _, form, _ in told if form and words.pack.latin)
    elsewhere = Counter(name for name, _, _ in told if latin(name) and words.pack.latin)
    for counted in (own, printed, elsewhere):
        if counted:
            return min(counted, key=lambda n: (-counted[n], -len(n), n))
    return ""


def latin(name: str) -> bool:
    """Tell whether a name is written in Latin letters."""
    return any(c.isalpha() for c in name) and all(
        unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha()
    )
