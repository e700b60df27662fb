"""The claim: one coded item of one unit with the words that say so. The claim is the row of the record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim piece of the unit's text: ``unit.text[start:end] == quote`` always holds.

    ``field`` names the field that it supports; None is the item as a whole.
    """

    start: int
    end: int
    quote: str
    field: str | None = None


IMPORTED = "import/"
"""How the rule of a claim begins that a person coded in a sheet."""


BY_HAND = IMPORTED + "by hand"
"""The rule of a claim that a person entered by hand beside its text."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One item of one unit (codebook, sections 3 to 9).

    Attributes:
        id: stable digest of unit, kind, spans and values, without the coder's version.
        unit: the unit's id.
        kind: ``person``, ``engagement``, ``mechanism``, ``instrument``, ``tie``, ``commitment``
            or ``position``.
        values: the fields as the codebook names them, JSON values only.
        evidence: at least one; the first states the item.
        rule: what made it, as ``pack/rule``.
        coder: name and version of who coded.
    """

    id: str
    unit: str
    kind: str
    values: Mapping[str, Any]
    evidence: tuple[Evidence, ...]
    rule: str
    coder: str

    @property
    def by_hand(self) -> bool:
        """Whether a person coded it, not a machine."""
        return self.rule.startswith(IMPORTED)


_ENCODE = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def item_id(unit: str, kind: str, evidence: Sequence[Evidence], values: Mapping[str, Any]) -> str:
    """Return the stable id of an item (codebook, section 8)."""
    spans = [[e.start, e.end, e.field] for e in evidence]
    plain = _ENCODE([unit, kind, spans, values])
    return kind[:1] + hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:20]
