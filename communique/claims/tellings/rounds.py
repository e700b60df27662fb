"""Whether two tellings are of one sitting, or of one drill: by name, number and parties of the meeting."""

from __future__ import annotations

from communique.claims.draft import HEADLINES, Draft, meeting_key, ordinal
from communique.claims.tellings.pair import Pair

NEAR = 4
"""Sentences between two tellings of a meeting that is called by a common noun."""
BESIDE_NAME = frozenset({"claimed_first", "scope", "abroad", "back", "each", "town"})
"""What a draft may hold beyond its slots without being another sitting than that of the same name."""


def one_round(p: Pair) -> bool:
    """Whether two sittings, or two drills, are one."""
    a, b, headline = p.a, p.b, p.headline
    ka, kb = meeting_key(a.meeting), meeting_key(b.meeting)
    oa, ob = ordinal(a), ordinal(b)
    if _beside(a, b) or _beside(b, a) or _another(a) != _another(b) or (not headline and _coded(a, b)):
        return False
    if oa and ob:
        named = _named_alike(p) or (headline and not (ka and kb)) or _kin(a, b, 3 if headline else 4, True)
        return oa == ob and named
    if a.meeting is not None and b.meeting is not None and a.meeting.start == b.meeting.start and oa == ob:
        return True
    if headline and ka and kb and (oa is None or ob is None) and _kin(a, b):
        return True
    if ka and kb:
        return _named_alike(p) and (oa is None or ob is None) and {*a.extra, *b.extra} <= BESIDE_NAME
    if ka is None and kb is None:
        return _nameless(p)
    if a.type == "exercise" and (a.extra.get("back") or b.extra.get("back")):
        return True  # who looked on at it
    return headline or p.gap <= NEAR - 1


def _nameless(p: Pair) -> bool:
    """Whether two meetings that are called by common nouns, or by none, are one."""
    a, b = p.a, p.b
    if a.rule == b.rule and p.here and a.meeting is b.meeting is None:
        x, y = ({who.name for who, _ in d.roles} for d in (a, b))
        return x <= y or y <= x  # *they will play against A and meet with B*
    if _aside(a, b) or _aside(b, a):
        return p.headline  # *parliament sat; at a press conference the minister said*
    if a.meeting and b.meeting and p.gap <= NEAR:
        later = max((a, b), key=lambda d: d.start)
        if later.date_at is None and p.nested() and a.meeting.value["name"] == b.meeting.value["name"]:
            return True  # *they gave a press conference. At the press conference A said*
    if a.type == "exercise" and (a.extra.get("back") or b.extra.get("back")):
        return True
    if _again(*sorted((a, b), key=lambda d: d.start)):
        return True
    return a.countries() == b.countries() or p.headline


def _aside(a: Draft, b: Draft) -> bool:
    """Whether one is a gathering of its own that another, which names no meeting, is not."""
    m = a.meeting
    return b.meeting is None and m is not None and bool(m.value["one_off"]) and a.names() != b.names()


def _again(first: Draft, then: Draft) -> bool:
    """Whether the next sentence tells who sat at what was told (*officials met. The meeting was chaired by A*)."""
    near = 0 < then.sentence - first.sentence < 2 and first.status == then.status and first.meeting is None
    bare = then.meeting is not None and then.meeting.value["generic"] and not then.meeting.value["ordinal"]
    return near and bare and then.date_at is None and then.place is None and first.part not in HEADLINES


def _named_alike(p: Pair) -> bool:
    """Whether two meetings have one name: as the packs know it, by an acronym, or in the unit's own words."""
    if _plainly_alike(p) or _close(meeting_key(p.a.meeting), meeting_key(p.b.meeting)):
        return True
    x, y = (d.meeting.value if d.meeting else {} for d in (p.a, p.b))
    spelt = x and y and not (x["acronym"] and y["acronym"]) and not (x["known"] or y["known"])
    return bool(spelt) and _close(x["name"].lower(), y["name"].lower())


def _plainly_alike(p: Pair) -> bool:
    """Whether two meetings have one name but for short words; a headline may name no more than whose meeting it is."""
    x, y = (d.meeting.value if d.meeting else {} for d in (p.a, p.b))
    m, n = x.get("plain"), y.get("plain")
    return bool(m and n) and (m == n or (p.headline and (m in y["parties"] or n in x["parties"])))


def _another(d: Draft) -> bool:
    """Whether a meeting is called the next or the last one of its series."""
    return d.meeting is not None and bool(d.meeting.value.get("other"))


def _coded(a: Draft, b: Draft) -> bool:
    """Whether of two drills the one has a name in marks, and the other, without marks, a number of its own series."""
    marks = [bool(d.meeting and d.meeting.value.get("label")) for d in (a, b)]
    counted = [bool(ordinal(d)) for d in (a, b)]
    if sum(counted) != 1:
        return False
    return a.type == "exercise" and a.sentence != b.sentence and sum(marks) == 1 and marks[0] != counted[0]


def _beside(a: Draft, b: Draft) -> bool:
    """Whether one is a gathering of its own at the other: the press conference at a meeting is not the meeting."""
    if a.meeting is None or b.meeting is None or not a.meeting.value["one_off"] or not a.meeting.value["generic"]:
        return False
    return not b.meeting.value["generic"] and not b.meeting.value["name"].endswith(a.meeting.value["name"])


def _kin(a: Draft, b: Draft, letters: int = 4, some: bool = False) -> bool:
    """Whether two meetings have one head and the same parties, by name or by those who take part.

    With ``some`` the one may tell of only some of the other's.
    """
    if a.meeting is None or b.meeting is None:
        return False
    x, y = (set(d.meeting.value["parties"]) or d.countries() for d in (a, b) if d.meeting)
    short, long = sorted((a.meeting.value["name"], b.meeting.value["name"]), key=len)
    alike = short[-letters:] in long or (len(short) > letters + 2 and long.endswith(short[:-2]))
    return bool(x) and alike and (x == y or (some and bool(x & y) and (x <= y or y <= x)))


def _close(a: str | None, b: str | None) -> bool:
    """Whether one name stands in the other, or all its words do."""
    if not a or not b:
        return False
    x, y = set(a.split()), set(b.split())
    return a in b or b in a or (min(len(x), len(y)) > 2 and (x <= y or y <= x))
