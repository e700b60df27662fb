"""How mechanisms stand to each other: what texts tell, and what only the packs know, told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.record import fold
from communique.store import Store
from communique.views.names import link_keys, named
from communique.views.rows import Item, Relation

WORDS = {
    "parent": ("under", "has under it"),
    "plus_of": ("plus format of", "has the plus format"),
    "working_group_of": ("working group of", "has the working group"),
    "prepares_for": ("prepares", "prepared by"),
    "successor_of": ("successor of", "succeeded by"),
}
"""Field of a mechanism -> the phrase for it, and the phrase from the other side."""


def relations(store: Store, name: str, keys: Sequence[str], items: Sequence[Item]) -> tuple[Relation, ...]:
    """Return how a mechanism stands to others, told ones first.

    Args:
        name: its name, acronym or id. keys: the marks under which the record keeps it. items: those that name it.

    What only the packs know is left out where nothing read names the other.
    """
    told: dict[tuple[str, str], list[Item]] = {}
    names: dict[tuple[str, str], str] = {}
    for what, other, acronym, item in _told(store, keys, items):
        where = (what, store.known.mechanism(other) or store.known.mechanism(acronym) or fold(other))
        names.setdefault(where, other)
        told.setdefault(where, []).append(item)
    out = [Relation(what, names[what, other], tuple(found)) for (what, other), found in told.items()]
    for what, other in _known(store, name):
        if (what, other) not in told:
            known = store.known.mechanisms[other]
            shown = next(iter([*known.acronyms, *(n for ns in known.names.values() for n in ns)]), other)
            if named(store, link_keys(store, "mechanism", shown)):
                out.append(Relation(what, shown, ()))
    place = [w for pair in WORDS.values() for w in pair]
    return tuple(sorted(out, key=lambda r: (not r.items, place.index(r.what), r.name)))


def _told(store: Store, keys: Sequence[str], items: Sequence[Item]) -> Iterator[tuple[str, str, str, Item]]:
    """Yield what items tell of this mechanism and of others that name it: phrase, the other's name and acronym."""
    own = set(keys)
    seen: dict[str, bool] = {}

    def mine(name: str) -> bool:
        if name not in seen:
            seen[name] = bool(own & set(link_keys(store, "mechanism", name)))
        return seen[name]

    for item in sorted((i for i in items if i.kind == "mechanism"), key=lambda i: (i.day, i.id)):
        short = str(item.values.get("acronym") or "")
        written = str(item.values.get("name") or short)
        for field, (there, back) in WORDS.items():
            for other in _names(item.values.get(field)):
                if mine(written):
                    yield there, other, "", item
                elif mine(other):
                    yield back, written, short, item


def _names(value: object) -> list[str]:
    return [value] if isinstance(value, str) and value else [v for v in value if v] if isinstance(value, list) else []


def _known(store: Store, name: str) -> Iterator[tuple[str, str]]:
    """Yield what the packs know of a mechanism and others: the phrase and the other's id."""
    me = store.known.mechanism(name)
    if me is None:
        return
    for m in store.known.mechanisms.values():
        for field in ("parent", "plus_of", "prepares_for"):
            there, back = WORDS[field]
            other = getattr(m, field)
            if m.id == me and other in store.known.mechanisms:
                yield there, other
            elif other == me:
                yield back, m.id
