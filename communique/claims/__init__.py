"""From mentions to claims: what a unit states, typed as the codebook types it, with the words that say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from communique.claims import (
    arrivals,
    attended,
    begun,
    belong,
    build,
    commit,
    daysof,
    ending,
    engage,
    instruments,
    leaving,
    meant,
    named,
    neighbours,
    opposite,
    partaking,
    position,
    sides,
    spans,
    summed,
    towns,
)
from communique.claims.complete import complete
from communique.claims.context import Context
from communique.claims.draft import meeting_key, ordinal
from communique.claims.tellings import merge, retold
from communique.document.wrapped import joined
from communique.loader.gazetteer import MechanismPack
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.loader.packs import Packs
from communique.mentions.anchors import newest
from communique.mentions.composed import Composed
from communique.mentions.dates import Anchor, Resolved, anchor_for, dated, resolve, resolve_all
from communique.mentions.fold import fold
from communique.mentions.mark import Marked
from communique.mentions.partial import Partial
from communique.model import Claim, Evidence, item_id


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence with an engagement trigger for which no rule fitted."""

    unit: str
    start: int
    end: int
    quote: str
    trigger: str


@dataclass(frozen=True, slots=True)
class Made:
    """What a unit gave.

    Attributes:
        claims: its claims.
        misses: the triggers that gave none.
        fired: the rules that told something of its engagements.
        dates: what each of its dates means, in their order; None where more than they told the unit's own year.
    """

    claims: list[Claim]
    misses: list[Miss]
    fired: tuple[str, ...]
    dates: list[Resolved] | None


def _wired(marked: Marked, anchor: Anchor, pack: LanguagePack) -> Anchor:
    """Return an anchor with the day that the dateline of a unit names and, of one without a year, its day of the week.

    That is the one which the first paragraph names first, if the text does not say that it lies ahead.
    """
    lines = [p for p in marked.scan.unit.parts if p.kind == "dateline"]
    days = (d for d in marked.dates for p in lines if p.start <= d.start < p.end and d.kind == "day")
    found = next(days, None)
    if found is None:
        return _led(marked, anchor, pack)
    written = resolve(found, anchor).edtf
    year = newest(written, anchor) if written and written.startswith("XXXX-") and anchor.published is None else None
    if year is not None:
        return replace(anchor, written=f"{year:04d}{(written or '')[4:]}", year=anchor.year or year)
    end = marked.scan.text.find("\n", found.end)
    days = (d for d in marked.dates if found.end <= d.start and (d.start < end or end < 0))
    told = next((d.first for d in days if d.last is None and d.first.weekday and not (d.ahead or d.bound)), None)
    weekday = told.weekday if told is not None and told.week_rel is None else None
    return replace(anchor, written=written, weekday=weekday)


def _led(marked: Marked, anchor: Anchor, pack: LanguagePack) -> Anchor:
    """Return an anchor with the first day of a unit, where it has no year and its day of the week (*Monday, 5 May*)."""
    first = next((d for d in marked.dates if d.kind in ("day", "relative")), None)
    if first is None or anchor.published is not None or anchor.lead is not None or first.last is not None:
        return anchor
    said = Partial(None, first.first.month, first.first.day)
    words = marked.scan.text[first.start : first.end].replace(",", " ").split()
    weekday = _weekdays(pack).get(words[0]) if words else None
    if weekday is None or said.month is None or said.day is None or first.first.year is not None:
        return anchor
    return replace(anchor, lead=said.edtf, weekday=weekday)


@kept
def _weekdays(pack: LanguagePack) -> dict[str, int]:
    """The names of the days of the week that are one word."""
    rows = pack.dates.values.values() if pack.dates else ()
    return {fold(w, pack.reading): m.weekday for row in rows for w, m in row.items() if m.weekday}


def moved(claim: Claim, composed: Composed, text: str) -> Claim:
    """Return a claim as ``text`` writes it: evidence at its own offsets, names in its own letters, the id by them."""
    place = composed.place
    evidence = tuple(
        Evidence(place(e.start), place(e.end), text[place(e.start) : place(e.end)], e.field) for e in claim.evidence
    )
    values = {k: _written(v, composed, text) for k, v in claim.values.items()}
    return replace(claim, id=item_id(claim.unit, claim.kind, evidence, values), values=values, evidence=evidence)


def _written(value: Any, composed: Composed, text: str) -> Any:
    """Return a value with every text in it as the unit writes it."""
    if isinstance(value, str):
        at = composed.unit.text.find(value) if not value.isascii() else -1
        if at < 0:
            return value
        found = text[composed.place(at) : composed.place(at + len(value))]
        return joined(found.split("\n")) if "\n" in found else found
    if isinstance(value, dict):
        return {k: _written(v, composed, text) for k, v in value.items()}
    return [_written(v, composed, text) for v in value] if isinstance(value, list | tuple) else value


@kept
def _blocs(pack: LanguagePack) -> frozenset[str]:
    return frozenset(b.code or b.name for b in (pack.blocs.blocs.values() if pack.blocs else ()))


@kept
def _mechanisms(packs: Packs) -> dict[str, MechanismPack]:
    return {m.id: m for m in packs.mechanisms}


def make(marked: Marked, packs: Packs, lang: str, page: tuple[str, ...], home: str | None) -> Made:
    """Return what a unit states.

    Args:
        marked: the unit with its mentions.
        packs: what is known.
        lang: the code of the language pack that the unit is read with.
        page: EDTF dates with a year that other units of the page state.
        home: the state of the outlet, for what names no country, or None.
    """
    pack = packs.languages[lang]
    unit = marked.scan.unit
    years = [] if pack.reading.words_apart else spans.years(marked)
    anchor = anchor_for([*dated(marked.dates, title_end=len(unit.title)), *years], unit.published, page)
    anchor = _wired(marked, anchor, pack)
    dates = resolve_all(marked.dates, anchor, "held")
    known = dict(zip((d.start for d in marked.dates), dates, strict=True))
    context = Context(marked, pack, home)
    found, missed = engage.drafts(context, anchor, known)
    fired = tuple(dict.fromkeys(f"{pack.code}/{d.rule}" for d in found))
    telling = {d.sentence for d in found}
    silent = tuple(i for i in range(len(marked.scan.sentences)) if i not in telling)
    context.drafts = merge(meant.talks(context, found))
    summed.settle(context)
    ending.settle(context, known, anchor)
    ending.opened(context)
    spans.until(context, known, anchor)
    begun.settle(context, anchor)
    leaving.settle(context)
    partaking.listed(context)
    arrivals.met(context)
    multilateral, by_id = _blocs(pack), _mechanisms(packs)
    complete(context, by_id, multilateral)
    sides.settle(context, by_id, multilateral)
    sides.tours(context)
    daysof.settle(context)
    neighbours.settle(context)
    opposite.settle(context)
    towns.settle(context)
    context.drafts = retold.merged(context)
    belong.settle(context)
    short = named.short_names(context, by_id)
    wanted = {k for d in context.drafts if d.type == "session" and (k := meeting_key(d.meeting)) and ordinal(d)}
    if pack.reading.words_apart:
        served = (meeting_key(d.meeting) for d in context.drafts if d.type == "deployment")
        wanted |= {k for k in served if k}
    promises = list(commit.commitments(context, anchor))
    attended.settle(context, silent)  # who only was there promises nothing
    standing = named.mechanisms(context, by_id, wanted)
    full = named.full_names(context, by_id, standing)
    claims = [
        *build.people(context),
        *(build.engagement(context, d, short, full, multilateral) for d in context.drafts),
        *standing,
        *named.organisations(context),
        *instruments.instruments(context),
        *named.ties(context),
        *promises,
        *position.positions(context),
    ]
    misses = []
    for start, end in missed:
        s = next(x for x in marked.scan.sentences if x.start <= start < x.end)
        misses.append(Miss(unit.id, s.start, s.end, unit.text[s.start : s.end], unit.text[start:end]))
    return Made(list({c.id: c for c in claims}.values()), misses, fired, None if years else dates)
