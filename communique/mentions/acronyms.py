"""The name of a meeting and what stands beside it: the acronym in brackets, the plain word for a sitting."""

from __future__ import annotations

from dataclasses import replace

from communique.model import Mention


def named_by(found: list[Mention], m: Mention) -> bool:
    """Return whether ``m`` is the acronym of a meeting that was found, which then is what it names, in place.

    *The chiefs' meeting (KNOWN-16)* is the known one, by whatever name it goes.
    """
    whole = next((x for x in found if x.kind == m.kind == "meeting" and x.start < m.start and m.end <= x.end), None)
    if whole is None or not whole.value["acronym"]:
        return False
    known = {k: m.value[k] for k in ("known", "mkind") if whole.value["known"] is None}
    found[found.index(whole)] = replace(whole, value={**whole.value, **known})
    return True


def joined(rows: list[Mention], raw: str) -> list[Mention]:
    """Return the rows, a named body one with the plain meeting right behind its acronym (*committee (GBC) meeting*)."""
    out: list[Mention] = []
    for m in rows:
        last = out[-1] if out else None
        if last and last.kind == m.kind == "meeting" and last.end == m.start and _labels(last):
            if m.value["generic"] or m.value["one_off"]:
                number = m.value["ordinal"] or last.value["ordinal"]
                value = {**last.value, "sort": m.value["sort"], "ordinal": number}
                out[-1] = Mention(last.start, m.end, "meeting", value, "phrase")
                continue
        if last and last.kind == "instrument" and last.value["quoted"] and m.kind == "meeting" and last.end == m.start:
            if not m.value["generic"] and not m.value["known"]:  # *the conference of the parties to a convention*
                of = raw[last.start : last.start + len(last.value["name"]) + 2]
                m = Mention(m.start, m.end, m.kind, {**m.value, "name": of + m.value["name"]}, m.rule)
        out.append(m)
    return out


def _labels(m: Mention) -> bool:
    """Whether a meeting is named by its acronym in brackets, or by a known name with a year (*NAME-2025*)."""
    return bool(m.value["acronym"] or (m.value["known"] and m.value["year"]))
