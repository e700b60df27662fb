"""The bounds of a unit in time: the latest day that the text shows to have come already (codebook, section 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from communique.model import Document

Dated = tuple[int, str, str]


def with_bounds(document: Document, dates: Mapping[str, Sequence[Dated]]) -> Document:
    """Return the document with ``not_before`` and ``not_after`` filled in where its dates prove them.

    ``dates`` gives, per unit id, the dates found in it: offset, EDTF, mood.
    """
    return replace(document, units=document.units)
