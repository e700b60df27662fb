"""Mechanisms, instruments and ties: what a unit names, once each, with what it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from communique.claims import standing
from communique.claims.build import claim
from communique.claims.context import Context
from communique.claims.draft import meeting_key
from communique.claims.fullnames import frame_of, joined
from communique.loader.gazetteer import MechanismPack
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded
from communique.mentions.meetings import ACRONYM
from communique.mentions.words import words_pattern
from communique.model import Claim, Mention


def _meetings(context: Context) -> list[tuple[int, Mention]]:
    rows = enumerate(context.marked.mentions)
    return [(i, m) for i, row in rows for m in row if m.kind == "meeting" and "name" in m.value]


def _joint(context: Context) -> list[Mention]:
    """Bodies that two states keep together: *the committee of A and B*."""
    heads = folded(context.pack.phrases.joint_heads, context.pack.reading)
    out = []
    for row in context.marked.mentions:
        for m in row:
            name = context.raw[m.start : m.end]
            if m.kind == "body" and heads and context.text.endswith(heads, m.start, m.end):
                parties = tuple(parties_of(context, m))
                if len(parties) == 2:
                    value = dict.fromkeys(
                        ("acronym", "ordinal", "known", "generic", "one_off", "congress", "series", "sort")
                    )
                    out.append(
                        Mention(
                            m.start,
                            m.end,
                            "meeting",
                            {**value, "name": name, "mkind": "group", "parties": parties},
                            m.rule,
                        )
                    )
    return out


def acronym_of(m: Mention, packs: dict[str, MechanismPack]) -> str | None:
    """Return the acronym printed beside a mechanism, unless its pack has others: then letters were lost."""
    acronym: str | None = m.value["acronym"]
    pack = packs.get(m.value["known"] or "")
    if acronym and pack and pack.acronyms and acronym not in pack.acronyms:
        return None
    return acronym


def _is_short(name: str, context: Context) -> bool:
    """Whether a name is an acronym: Latin letters and, where words stand apart, one word of capitals."""
    return name.isascii() and (not context.pack.reading.words_apart or (name[:2].isupper() and " " not in name))


def short_names(context: Context, packs: dict[str, MechanismPack]) -> dict[str, str]:
    """Return, for each mechanism of the unit, the acronym that the unit prints for it."""
    out: dict[str, str] = {}
    for _, m in _meetings(context):
        key = m.value["known"] or m.value["name"]
        acronym = acronym_of(m, packs) or (m.value["name"] if _is_short(m.value["name"], context) else None)
        if acronym:
            out.setdefault(key, acronym)
            out.setdefault(m.value["name"], acronym)
    return out


def _groups(context: Context, packs: dict[str, MechanismPack]) -> dict[str, list[Mention]]:
    """What the unit names, each arrangement once with all its mentions."""
    groups: dict[str, list[Mention]] = {}
    for m in [*(m for _, m in _meetings(context)), *_joint(context)]:
        key = meeting_key(m) or (m.value["name"] if standing.listed(context, m) else None)
        if key is not None and not m.value["one_off"]:
            groups.setdefault(key, []).append(m)
    return joined(context, groups, packs)


def _best(context: Context, rows: list[Mention]) -> Mention:
    """The mention whose name an arrangement bears: the longest, outside the title, and no acronym alone."""
    named = [m for m in rows if not (_is_short(m.value["name"], context) and m.value["known"])] or rows
    title = len(context.marked.scan.unit.title)
    return max(named, key=lambda m: (bool(m.value["acronym"]), m.start >= title, len(m.value["name"]), -m.start))


def full_names(context: Context, packs: dict[str, MechanismPack], claimed: Iterable[Claim]) -> dict[str, str]:
    """Return, for each mechanism of the unit by its key, the name under which it is claimed.

    What is not ``claimed`` has none, unless a pack knows it or it is a congress: a meeting that only took place.
    """
    told = {c.values["name"] for c in claimed}
    return {
        k: name
        for key, rows in _groups(context, packs).items()
        if (name := _best(context, rows).value["name"]) in told
        or key in packs
        or any(m.value["congress"] for m in rows)
        for k in {meeting_key(m) for m in rows}
        if k is not None
    }


def mechanisms(context: Context, packs: dict[str, MechanismPack], wanted: set[str]) -> list[Claim]:
    """Return a claim for each standing arrangement that the unit names.

    Named is what a pack knows, what has an ordinal or an acronym, and what is in ``wanted`` (keys of
    mechanisms that engagements of the unit are rounds of).
    """
    unit = context.marked.scan.unit
    out = []
    for key, rows in _groups(context, packs).items():
        pack = packs.get(key)
        printed = any(m.value["acronym"] or m.value["ordinal"] for m in rows)
        bare = fold(rows[0].value["name"], context.pack.reading) in context.pack.phrases.mechanism_heads
        new = any(standing.founded_here(context, m) for m in rows)
        if pack is None and (bare and rows[0].value["mkind"] == "organisation" or all(_rite(context, m) for m in rows)):
            continue
        if pack is None and not printed and all(standing.at_home(m) for m in rows):
            continue
        body = pack is not None and pack.mkind == "organisation" and pack.parent is None
        bodies = body and not printed and key not in wanted
        if all(m.value["congress"] for m in rows) or bodies:
            continue
        if pack and pack.family and not printed:
            continue
        pair = any(len(m.value["parties"]) > 1 and not standing.drill(context, m) for m in rows)
        stands = any(m.value.get("series") for m in rows) or any(
            m.value["parties"] and m.value["mkind"] in ("network", "centre", "group", "hotline") for m in rows
        )
        stands = stands or (
            not context.pack.reading.words_apart and any(m.value.get("year") and m.value["sort"] for m in rows)
        )
        stands = stands or any(standing.by_itself(context, m) for m in rows)
        if not (
            pack
            or pair
            or stands
            or new
            or key in wanted
            or any(m.value["acronym"] or m.value["ordinal"] for m in rows)
        ):
            continue
        best = _best(context, rows)
        acronym = next((a for m in rows if (a := acronym_of(m, packs))), None)
        acronym = acronym or next(
            (m.value["name"] for m in rows if _is_short(m.value["name"], context) and m.value["known"]), None
        )
        inside = (a for a in (pack.acronyms if pack else ()) if a in best.value["name"].split())
        acronym = acronym or (next(inside, None) if context.pack.reading.words_apart else None)
        if best.value["name"] == acronym and pack is None:
            acronym = None
        values: dict[str, Any] = {
            "name": best.value["name"],
            "acronym": acronym,
            "mkind": best.value["mkind"],
            "parent": frame_of(context, best),
            "lifecycle": "active",
            "founded": _founded(context, key),
            "parties": parties_of(context, best),
        }
        out.append(claim(unit, "mechanism", values, [(best.start, best.end, None)], f"{context.pack.code}/mechanism"))
    return out


def _rite(context: Context, m: Mention) -> bool:
    """Whether a name is that of a ceremony which is no series, or which only opens or closes one."""
    ends = (*context.pack.phrases.opening, *context.pack.phrases.closing)
    if m.value["sort"] == "signing" or context.text.endswith(ends, m.start, m.value.get("name_end", m.end)):
        return True
    return m.value["sort"] == "ceremony" and m.value["ordinal"] is None


def organisations(context: Context) -> list[Claim]:
    """Return a claim for each organisation that its pack calls a frame and that the text prints with its acronym."""
    unit = context.marked.scan.unit
    out: dict[str, Claim] = {}
    kinds = ("person", "meeting", "instrument") if context.pack.reading.words_apart else ("person",)
    persons = [(m.start, m.end) for row in context.marked.mentions for m in row if m.kind in kinds]
    for h in context.marked.hits:
        if h.entry.kind != "bloc" or not h.entry.note or any(a <= h.start < b for a, b in persons):
            continue
        m = ACRONYM.match(context.marked.scan.cased, h.end)
        if m and context.raw[h.start : h.end] not in out:
            name = context.raw[h.start : h.end]
            values: dict[str, Any] = {
                "name": name,
                "acronym": m.group(1),
                "mkind": "organisation",
                "parent": None,
                "lifecycle": "active",
                "founded": None,
                "parties": [],
            }
            out[name] = claim(
                unit, "mechanism", values, [(h.start, m.end(), None)], f"{context.pack.code}/organisation"
            )
    return list(out.values())


def parties_of(context: Context, m: Mention) -> list[str]:
    """Return the states and blocs that a name holds, in its order."""
    codes = [
        h.entry.value
        for h in context.marked.hits
        if m.start <= h.start and h.end <= m.end and h.entry.kind in ("state", "bloc", "body") and h.entry.value
    ]
    return list(dict.fromkeys(codes))


def _founded(context: Context, key: str) -> str | None:
    for d in context.drafts:
        if d.type == "establishment" and d.meeting is not None and meeting_key(d.meeting) == key and d.date:
            return d.date.edtf
    return None


@kept
def _levels(pack: LanguagePack) -> re.Pattern[str] | None:
    """The names of levels of relations, the longest first."""
    return words_pattern(folded(pack.ties.levels, pack.reading))


def ties(context: Context) -> list[Claim]:
    """Return a claim for each named level of relations between two parties."""
    unit, text = context.marked.scan.unit, context.text
    levels = _levels(context.pack)
    bare = set(folded(context.pack.ties.bare, context.pack.reading))
    out: dict[tuple[frozenset[str], str], Claim] = {}
    apart = context.pack.reading.words_apart
    for sentence in context.marked.scan.sentences:
        at = sentence.start
        while levels and (named := levels.search(text, at, sentence.end)):
            start, at = named.span()
            level = named.group()
            lo = max(text.rfind(c, sentence.start, start) for c in ";\u3002") + 1
            parties = _two_behind(context, at, sentence.end) or _two(context, max(lo, sentence.start), start)
            raised = any(d.type == "upgrade" and d.start <= start <= d.end + 12 for d in context.drafts)
            if parties is None or (level in bare and not raised):
                continue
            a, b, first = parties
            key = (frozenset((a, b)), level)
            if key in out:
                continue
            since = next(
                (
                    d.date.edtf
                    for d in context.drafts
                    if d.type in ("upgrade", "establishment") and d.date and d.start <= start < d.end + 4
                ),
                None,
            )
            since = since or next(
                (
                    d.date.edtf
                    for d in context.drafts
                    if apart and sentence.part == "title" and d.type == "upgrade" and d.date and {a, b} <= d.countries()
                ),
                None,
            )
            values = {"a": a, "b": b, "level": context.raw[start:at], "since": since}
            out[key] = claim(unit, "tie", values, [(first, at, None)], f"{context.pack.code}/tie")
    return list(out.values())


def _two_behind(context: Context, at: int, end: int) -> tuple[str, str, int] | None:
    """The two parties that stand behind a level and *between*."""
    between = context.pack.nouns.between if context.pack.reading.words_apart else []
    word = next((w for w in between if w not in context.pack.nouns.of and context.text.startswith(f" {w} ", at)), None)
    if word is None:
        return None
    states = [h for h in context.marked.within(at, end) if h.entry.kind in ("state", "bloc") and h.entry.value]
    near = states[0].start if states else end
    pair = any(m.kind == "pair" and at <= m.start < near for row in context.marked.mentions for m in row)
    until = min(near, end) if pair else states[1].end if len(states) > 1 else at
    return _two(context, at, until)


def _two(context: Context, lo: int, hi: int) -> tuple[str, str, int] | None:
    """The two parties that the words before a level name last; *the two countries* are the unit's pair."""
    hits = [
        h
        for h in context.marked.hits
        if lo <= h.start and h.end <= hi and h.entry.kind in ("state", "bloc") and h.entry.value
    ]
    rows = enumerate(context.marked.mentions)
    pair = next(((i, m) for i, row in rows for m in row if m.kind == "pair" and lo <= m.start < hi), None)
    codes: list[tuple[str, int]] = []
    for h in reversed(hits):
        if h.entry.value and all(h.entry.value != c for c, _ in codes):
            codes.append((h.entry.value, h.start))
        if len(codes) == 2:
            return codes[1][0], codes[0][0], min(codes[1][1], codes[0][1])
    both = context.pair(context.clauses(pair[0]), pair[1].start) if pair is not None else ()
    if pair is not None and len(both) == 2 and both[0].country and both[1].country:
        return both[0].country, both[1].country, pair[1].start
    return None
