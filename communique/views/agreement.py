"""How far people who decided on the same items agree: shares, and Krippendorff's alpha by NLTK."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from communique.record import REVIEW
from communique.store import Store
from communique.store.schema import claims, decisions

VERDICT = "verdict"
Labels = dict[str, dict[str, str]]
"""By item and person what the person said."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree on the ``verdict`` (kept or rejected), or on a field, of items of a kind.

    ``items`` is on how many two or more decided, ``same`` the share on which all said the same, ``alpha`` that of
    Krippendorff for names; None where all said one and the same of every item, so that it is not defined.
    """

    kind: str
    what: str
    items: int
    people: int
    same: float
    alpha: float | None


def agreement(store: Store) -> tuple[Agreement, ...]:
    """Return how far people agree, by kind and field, in a fixed order; empty where no two decided on one item.

    What a person said of a field is its value as it stood when the person last decided on the item, so who accepts
    what another corrected says the same. Decisions that were undone do not count.
    """
    asked = (
        select(decisions, claims.c["values"].label("fields"), claims.c.coded)
        .join(claims, claims.c.id == decisions.c.now)
        .where(decisions.c.undone.is_(False))
        .order_by(decisions.c.pk, claims.c.pk)
    )
    with store.reading() as connection:
        found = {r.id: r for r in connection.execute(asked) if r.action in REVIEW}
    standing: dict[str, dict[str, Any]] = {}
    last: dict[str, dict[str, Mapping[str, Any] | None]] = defaultdict(dict)
    kinds: dict[str, str] = {}
    for r in found.values():
        values = standing.setdefault(r.now, dict(r.fields if r.coded is None else r.coded))
        values.update(r._mapping["values"])
        kinds[r.now] = r.item_kind
        last[r.now][r.who] = None if r.action == "reject" else dict(values)
    told: dict[tuple[str, str], Labels] = defaultdict(lambda: defaultdict(dict))
    for item, by in last.items():
        for who, left in by.items():
            told[kinds[item], VERDICT][item][who] = "rejected" if left is None else "kept"
            for name, value in (left or {}).items():
                told[kinds[item], name][item][who] = json.dumps(value, ensure_ascii=False, sort_keys=True)
    made = (_agreement(kind, what, labels) for (kind, what), labels in sorted(told.items(), key=_verdict_first))
    return tuple(a for a in made if a is not None)


def _verdict_first(told: tuple[tuple[str, str], Labels]) -> tuple[str, bool, str]:
    (kind, what), _ = told
    return kind, what != VERDICT, what


def _agreement(kind: str, what: str, labels: Labels) -> Agreement | None:
    both = {item: by for item, by in labels.items() if len(by) > 1}
    if not both or (what != VERDICT and all(v in ("null", "[]") for by in both.values() for v in by.values())):
        return None
    same = sum(len(set(by.values())) == 1 for by in both.values()) / len(both)
    data = [(who, item, label) for item, by in sorted(both.items()) for who, label in sorted(by.items())]
    return Agreement(kind, what, len(both), len({who for who, _, _ in data}), same, _alpha(data))


def _alpha(data: Sequence[tuple[str, str, str]]) -> float | None:
    if len({label for _, _, label in data}) < 2:
        return None
    from nltk.metrics.agreement import AnnotationTask

    return float(AnnotationTask(data).alpha())
