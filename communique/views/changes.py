"""What reading again changed, as the log noted it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from communique.store import Store
from communique.store.schema import claims, log


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that ``came``, ``went`` or ``changed``: ``fields`` is field -> (was, is), ``review`` its review now."""

    what: str
    kind: str
    item: str
    quote: str
    rule: str
    review: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceChange:
    """A source that was read again (``reread``) or whose content was another (``replaced``).

    ``was`` and ``now`` are who read it; ``lines`` are (``-`` or ``+``, line) of the text; ``digests`` name both
    versions, whose bytes the record keeps.
    """

    source: str
    what: str
    at: str
    was: str
    now: str
    digests: tuple[str, str]
    items: tuple[ItemChange, ...]
    lines: tuple[tuple[str, str], ...]


def changes(store: Store, source: str | None = None, everything: bool = False) -> Iterator[SourceChange]:
    """Yield what reading again changed, in the order in which it was read.

    Args:
        source: only of the source of this name. everything: of all readings; else only of the last coder's.
    """
    asked = select(log).where(log.c.action.in_(("reread", "replaced"))).order_by(log.c.pk)
    if source:
        asked = asked.where(log.c.what == source)
    with store.reading() as connection:
        latest = connection.execute(asked.order_by(None).order_by(log.c.pk.desc()).limit(1)).first()
        if latest is None:
            return
        for row in connection.execute(asked):
            noted = row.detail
            if not everything and noted["coder"] != latest.detail["coder"]:
                continue
            told = [i["item"] for i in noted.get("items", ())]
            known = select(claims.c.id, claims.c.review).where(claims.c.id.in_(told))
            reviews: dict[str, str] = {r.id: r.review for r in connection.execute(known)} if told else {}
            yield SourceChange(
                row.what,
                row.action,
                row.at,
                noted.get("was_coder", ""),
                noted["coder"],
                (noted.get("was_digest", ""), noted["digest"]),
                tuple(_item(i, reviews) for i in noted.get("items", ())),
                tuple((sign, line) for sign, line in noted.get("text", ())),
            )


def _item(noted: Mapping[str, Any], reviews: Mapping[str, str]) -> ItemChange:
    fields = {f: (was, now) for f, (was, now) in noted["fields"].items()}
    review = reviews.get(noted["item"], "-")
    return ItemChange(noted["what"], noted["kind"], noted["item"], noted["quote"], noted["rule"], review, fields)
