"""The state of the record as one word: the same on every machine that holds the same items and decisions."""

from __future__ import annotations

import hashlib

from sqlalchemy import select

from communique.store import Store
from communique.store.schema import claims, decisions, entries, judgements


def digest(store: Store) -> str:
    """Return a digest of every item with its review and entry, and of every decision that stands. No clock is in it.

    Raises:
        RecordError: the record does not answer.
    """
    made = hashlib.sha256()
    asked = select(claims.c.id, claims.c.review, entries.c.thing).join(entries, entries.c.pk == claims.c.entry)
    said = (
        select(decisions.c.id).where(decisions.c.undone.is_(False)),
        select(judgements.c.id).where(judgements.c.undone.is_(False)),
    )
    with store.reading() as connection:
        for row in sorted(map(tuple, connection.execute(asked))):
            made.update("\x1f".join(str(x) for x in row).encode() + b"\n")
        for one in said:
            for word in sorted(connection.execute(one).scalars()):
                made.update(f"{word}\n".encode())
    return made.hexdigest()
