"""The pipeline on one page: source → document → mentions → claims. The record takes it from here.

Every stage is a pure function on frozen values and the packs; what one call does here, any worker may do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from communique import claims, document
from communique.claims import Miss
from communique.document import with_bounds
from communique.document.addresses import office_of
from communique.errors import SourceError
from communique.loader.packs import Packs
from communique.mentions import mark
from communique.mentions.composed import Composed, composed
from communique.mentions.dates import Resolved, anchor_for, dated, resolve_all
from communique.mentions.mark import Marked
from communique.model import Claim, Document, Raw, Unit


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one source; ``fired``: units with the rules that told something of an engagement there."""

    document: Document
    claims: tuple[Claim, ...]
    misses: tuple[Miss, ...]
    fired: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that was marked: the code of its pack, its mentions, and the way back to its own offsets."""

    code: str
    marked: Marked
    composed: Composed


def language(unit: Unit, packs: Packs) -> str | None:
    """Return the code of the pack that reads a unit, or None where there is none with rules."""
    code = unit.lang.split("-")[0]
    pack = packs.languages.get(code)
    return code if pack is not None and pack.dates is not None else None


def home(unit: Unit, packs: Packs) -> str | None:
    """Return the state of a unit's outlet, as its pack gives it: known by its name or its host, else by its signs.

    What another outlet prints again still bears the signs of the agency that told it. What no pack knows may be the
    page of a state's office, by its address.
    """
    words = re.findall(r"[\w.-]+", unit.outlet or "")
    named = (o for o in packs.outlets if any(o.answers_to(w) for w in words))
    signed = (o for o in packs.outlets if o.state and any(o.signed(unit.text)))
    return next((o.state for o in chain(named, signed) if o.state), None) or office_of(unit.url)


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
    marked: dict[int, list[Found]] = {}
    for code, rows in groups.items():
        ready = [[composed(u) for u in units] for _, units in rows]
        told = mark.find([[c.unit for c in units] for units in ready], packs, code)
        for (i, _), units, found in zip(rows, ready, told, strict=True):
            marked.setdefault(i, []).extend(Found(code, m, c) for m, c in zip(found, units, strict=True))
    for i, rows_of in marked.items():
        done = out[i]
        assert isinstance(done, Reading)
        out[i] = _claims(done.document, rows_of, packs)
    return out


def _claims(doc: Document, rows: list[Found], packs: Packs) -> Reading:
    years = {
        f.marked.scan.unit.id: tuple(d.edtf for d in dated(f.marked.dates) if d.side in ("past", "now")) for f in rows
    }
    made: list[Claim] = []
    misses: list[Miss] = []
    fired: list[tuple[str, str]] = []
    told: dict[str, list[tuple[int, str, str]]] = {}
    for f in rows:
        unit = f.marked.scan.unit
        page = _page(doc, unit, years)
        got = claims.make(f.marked, packs, f.code, page, home(unit, packs))
        text = next(u.text for u in doc.units if u.id == unit.id)
        made += [claims.moved(c, f.composed, text) for c in got.claims] if f.composed.places else got.claims
        misses += [_moved(m, f.composed, text) for m in got.misses] if f.composed.places else got.misses
        fired += [(unit.id, rule) for rule in got.fired]
        told[unit.id] = _told(f, page, got.dates)
    return Reading(with_bounds(doc, told), tuple(made), tuple(misses), tuple(fired))


def _moved(miss: Miss, read: Composed, text: str) -> Miss:
    """Return a miss at the offsets of ``text``, the unit as it is written."""
    start, end = read.place(miss.start), read.place(miss.end)
    return replace(miss, start=start, end=end, quote=text[start:end])


def _page(doc: Document, unit: Unit, years: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Dates with a year in the other units of a unit's block."""
    return tuple(e for u in doc.units if u.id != unit.id and u.role == unit.role for e in years.get(u.id, ()))


def _told(f: Found, page: tuple[str, ...], dates: list[Resolved] | None) -> list[tuple[int, str, str]]:
    """What the dates of a unit, which mean ``dates`` if known, tell of the time of writing: offset, EDTF, side."""
    m = f.marked
    if dates is None:
        anchor = anchor_for(dated(m.dates, title_end=len(m.scan.unit.title)), m.scan.unit.published, page)
        dates = resolve_all(m.dates, anchor, "held")
    out: list[tuple[int, str, str]] = []
    for mention, date in zip(m.dates, dates, strict=True):
        if date.edtf and date.basis in ("stated", "unit", "page"):
            printed = dated([mention])
            side = printed[0].side if printed else "future" if mention.ahead else "past"
            side = "past" if side == "origin" else side
            out.append((f.composed.place(mention.start), printed[0].edtf if printed else date.edtf, side))
    return out
