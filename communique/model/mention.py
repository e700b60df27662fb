"""A typed span of a unit's text, normalised where that is possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that a grammar, a gazetteer or a tagger has typed.

    ``kind`` is a word of the engine (``person``, ``state``, ``bloc``, ``body``, ``mechanism``,
    ``instrument``, ``place``, ``date``, ``ordinal``, ...); ``value`` holds what it was normalised to
    (an ISO code, an EDTF date, a person's offices); ``rule`` names what made it.
    """

    start: int
    end: int
    kind: str
    value: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    rule: str = ""
