"""A document and its units: the article and the teasers of the block under it (codebook, section 1)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


def unit_id(source: str, role: str, text: str) -> str:
    """Return the stable id of a unit: a digest of source, role and text (codebook, section 8)."""
    return "u" + hashlib.sha256("\x1f".join((source, role, text)).encode("utf-8", "surrogatepass")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a unit's text and what it is.

    ``kind`` is ``title``, ``lead``, ``caption``, ``dateline``, ``body``, ``credit`` or ``repeat``
    (a title or lead printed again). ``start`` and ``end`` are code points into ``Unit.text``.
    Parts do not overlap and stand in order; text between them is blank.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """An article or a teaser.

    ``text`` is a slice of the decoded source, verbatim but for line ends as LF; every offset in the
    record counts code points in it. ``published``, ``not_before`` and ``not_after`` are EDTF or None;
    ``basis`` says where ``published`` comes from: ``metadata``, ``url``, ``printed`` or ``unknown``.
    ``position`` counts units from the top of the source, from 0.
    """

    id: str
    source: str
    role: str
    title: str
    text: str = field(repr=False)
    lang: str
    position: int = 0
    url: str | None = None
    outlet: str | None = None
    dateline: str | None = None
    published: str | None = None
    basis: str = "unknown"
    not_before: str | None = None
    not_after: str | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source, cut into units. ``notes`` are warnings for the person who reads it (codes and words)."""

    source: str
    origin: str
    digest: str
    media: str
    url: str | None = None
    units: tuple[Unit, ...] = ()
    notes: tuple[str, ...] = ()
