"""The pipeline on one page: source → document → mentions → claims. The record takes it from here.

Every stage is a pure function on frozen values and the packs; what one call does here, any worker may do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique import claims, document
from communique.claims import Miss
from communique.document import with_bounds
from communique.errors import SourceError
from communique.loader.packs import Packs
from communique.mentions import mark
from communique.mentions.dates import anchor_for, dated, resolve_all
from communique.mentions.mark import Marked
from communique.model import Claim, Document, Raw, Unit


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one source."""

    document: Document
    claims: tuple[Claim, ...]
    misses: tuple[Miss, ...]


def language(unit: Unit, packs: Packs) -> str | None:
    """Return the code of the pack that reads a unit, or None where there is none with rules."""
    code = unit.lang.split("-")[0]
    pack = packs.languages.get(code)
    return code if pack is not None and pack.dates is not None else None


def home(unit: Unit, packs: Packs) -> str | None:
    """Return the state of a unit's outlet, as its pack gives it: known by its name or its host, else by its signs.

    What another outlet prints again still bears the signs of the agency that told it.
    """
    words = re.findall(r"[\w.-]+", unit.outlet or "")
    named = (o for o in packs.outlets if any(o.answers_to(w) for w in words))
    signed = (o for o in packs.outlets if any(sign.search(unit.text) for sign in o.signs))
    return next((o.state for o in (*named, *signed) if o.state), None)


def read(raws: Sequence[Raw], packs: Packs) -> list[Reading | SourceError]:
    """Read sources; one that cannot be read gives its error, the rest goes on.

    Twenty or more at a time are faster than one by one: the tagger works in batches.
    """
    out: list[Reading | SourceError] = []
    for raw in raws:
        try:
            out.append(Reading(document.read(raw, packs), (), ()))
        except SourceError as e:
            out.append(e)
    groups: dict[str, list[tuple[int, list[Unit]]]] = {}
    for i, done in enumerate(out):
        if isinstance(done, Reading):
            for code in dict.fromkeys(c for u in done.document.units if (c := language(u, packs))):
                groups.setdefault(code, []).append((i, [u for u in done.document.units if language(u, packs) == code]))
    marked: dict[int, list[tuple[str, Marked]]] = {}
    for code, rows in groups.items():
        for (i, _), found in zip(rows, mark.find([units for _, units in rows], packs, code), strict=True):
            marked.setdefault(i, []).extend((code, m) for m in found)
    for i, rows_of in marked.items():
        done = out[i]
        assert isinstance(done, Reading)
        out[i] = _claims(done.document, rows_of, packs)
    return out


def _claims(doc: Document, rows: list[tuple[str, Marked]], packs: Packs) -> Reading:
    years = {m.scan.unit.id: tuple(d.edtf for d in dated(m.dates) if d.side in ("past", "now")) for _, m in rows}
    made: list[Claim] = []
    misses: list[Miss] = []
    for code, m in rows:
        unit = m.scan.unit
        claimed, missed = claims.make(m, packs, code, _page(doc, unit, years), home(unit, packs))
        made += claimed
        misses += missed
    told = {m.scan.unit.id: _told(m, _page(doc, m.scan.unit, years)) for _, m in rows}
    return Reading(with_bounds(doc, told), tuple(made), tuple(misses))


def _page(doc: Document, unit: Unit, years: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Dates with a year in the other units of a unit's block."""
    return tuple(e for u in doc.units if u.id != unit.id and u.role == unit.role for e in years.get(u.id, ()))


def _told(m: Marked, page: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """What the dates of a unit tell of the time of writing: offset, EDTF, side."""
    anchor = anchor_for(dated(m.dates, title_end=len(m.scan.unit.title)), m.scan.unit.published, page)
    out: list[tuple[int, str, str]] = []
    for mention, date in zip(m.dates, resolve_all(m.dates, anchor, "held"), strict=True):
        printed = dated([mention])
        if date.edtf and date.basis in ("stated", "unit", "page"):
            side = printed[0].side if printed else "future" if mention.ahead else "past"
            out.append((mention.start, printed[0].edtf if printed else date.edtf, side))
    return out
