"""From what was put together to claims: values as the codebook names them, every one with its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from communique import __version__
from communique.claims import heirs
from communique.claims.context import Context
from communique.claims.draft import Draft, Party, meeting_key, ordinal
from communique.model import Claim, Evidence, Mention, Unit, item_id

CODER = f"communique {__version__}"


def claim(
    unit: Unit, kind: str, values: Mapping[str, Any], spans: Iterable[tuple[int, int, str | None]], rule: str
) -> Claim:
    """Return a claim whose evidence are ``spans`` of the unit's text: start, end, field or None."""
    evidence = tuple(Evidence(s, e, unit.text[s:e], f) for s, e, f in dict.fromkeys(spans))
    return Claim(item_id(unit.id, kind, evidence, values), unit.id, kind, dict(values), evidence, rule, CODER)


def scope(draft: Draft, multilateral: frozenset[str]) -> str:
    """Return ``domestic``, ``bilateral`` or ``multilateral`` by who takes part and which meeting it is."""
    countries = draft.countries()
    if countries & multilateral or len(countries) > 2 or draft.extra.get("scope") == "multilateral":
        return "multilateral"
    if len(countries) == 2:
        return "bilateral"
    if draft.extra.get("scope"):
        return str(draft.extra["scope"])
    if draft.place and draft.place.country and draft.place.country not in countries:
        return "bilateral"
    return "domestic"


def mechanism_name(m: Mention | None, short: Mapping[str, str], full: Mapping[str, str]) -> str | None:
    """Return how an engagement names its mechanism: the acronym where the unit prints one, else the full name."""
    if m is None or m.value["generic"] or m.value["one_off"]:
        return None
    if m.value["sort"] in ("ceremony", "signing") and not m.value["ordinal"]:
        return None
    named = m.value["series"] or m.value["ordinal"] or m.value["known"] or len(m.value["parties"]) == 1
    if m.value["sort"] == "exercise" and not named:
        return None
    key = m.value.get("known") or m.value["name"]
    if meeting_key(m) not in full:
        return None
    name = full[meeting_key(m) or ""]
    return short.get(key) or (None if m.value["known"] else m.value["acronym"]) or name


def _participant(p: Party, role: str) -> dict[str, Any]:
    """A participant as the codebook has it; level and capacity (section 9) where the text gives the office."""
    out: dict[str, Any] = {"name": p.name, "country": p.country, "role": role}
    if p.capacity:
        out["capacity"] = p.capacity
    if p.level:
        out["level"] = p.level
    return out


def engagement(
    context: Context,
    draft: Draft,
    short: Mapping[str, str],
    full: Mapping[str, str],
    multilateral: frozenset[str],
) -> Claim:
    """Return the claim of one engagement."""
    unit, raw = context.marked.scan.unit, context.raw
    values: dict[str, Any] = {
        "type": draft.type,
        "status": draft.status,
        "scope": scope(draft, multilateral),
        "date": draft.date.edtf if draft.date else None,
        "date_text": raw[draft.date_at.start : draft.date_at.end]
        if draft.date_at and draft.date and draft.date.edtf
        else None,
        "place": {"country": draft.place.country, "city": draft.place.city} if draft.place else None,
        "mode": draft.mode,
        "participants": [_participant(p, r) for p, r in draft.roles],
        "mechanism": mechanism_name(draft.meeting, short, full),
        "ordinal": ordinal(draft),
    }
    if draft.date and draft.date.basis and draft.date.basis not in ("stated", "unit"):
        values["date_basis"] = draft.date.basis
    if draft.date and (draft.date.not_before or draft.date.not_after):
        values["not_before"], values["not_after"] = draft.date.not_before, draft.date.not_after
    if draft.form:
        values["form"] = draft.form
    if draft.topics:
        values["topics"] = list(draft.topics)
    if draft.extra.get("claimed_first"):
        values["claimed_first"] = True
    spans: list[tuple[int, int, str | None]] = [(s, e, None) for s, e in draft.spans or [(draft.start, draft.end)]]
    if (
        draft.date_at
        and values["date"]
        and not any(s <= draft.date_at.start and draft.date_at.end <= e for s, e, _ in spans)
    ):
        spans.append((draft.date_at.start, draft.date_at.end, "date"))
    if (
        draft.place
        and draft.place.end
        and not any(s <= draft.place.start and draft.place.end <= e for s, e, _ in spans)
    ):
        spans.append((draft.place.start, draft.place.end, "place"))
    return claim(unit, "engagement", values, spans, f"{context.pack.code}/{draft.rule}")


def people(context: Context) -> list[Claim]:
    """Return a claim for every person of the unit."""
    unit = context.marked.scan.unit
    out = []
    for p in context.people.all():
        e = context.people.evidence(p)
        state = heirs.country(context, p)
        values = {"name": p.name, "latin": p.latin, "country": state, "offices": list(p.offices), "rank": p.rank}
        out.append(claim(unit, "person", values, [(e.start, e.end, None)], f"{context.pack.code}/person"))
    return out
