"""Whether two tellings are of one ceremony, gift, act or text."""

from __future__ import annotations

from communique.claims.draft import HEADLINES, Draft, meeting_key
from communique.claims.tellings.pair import Pair
from communique.claims.tellings.rounds import NEAR

SHORT = 2
"""Letters of a bare word for a rite."""


def one_name(p: Pair) -> bool | None:
    """One, where both are called by one name, or the later one by the end of it; two, where by unlike names."""
    a, b = p.a, p.b
    if a.meeting and b.meeting and a.meeting.start == b.meeting.start:
        return True  # *a ceremony was held, X being in the chair*
    if a.meeting and b.meeting and not p.headline and p.gap <= NEAR and len(p.lands()) < 2:
        y, x = (d.meeting.value["name"] for d in sorted((a, b), key=lambda d: d.start) if d.meeting)
        guests = [{who.name for who, r in d.roles if r in ("guest", "subject")} for d in (a, b)]
        if (y.endswith(x) or _bare(x, y)) and (not all(guests) or guests[0] & guests[1]):
            return True  # *the farewell ceremony*, and who was in the chair at it
        if len(x) > SHORT < len(y) and not x.endswith(y):
            return False  # a handing over, and an unveiling
    return None


def _bare(later: str, first: str) -> bool:
    """Whether a name only says that it is a rite, where the word for it begins the one before (*the rite [of..]*)."""
    words, others = later.lower().split(), first.lower().split()
    return 0 < len(words) <= SHORT and words[-1:] == others[:1] and len(others) > 1


def one_rite(p: Pair) -> bool | None:
    """Two ceremonies by their names, if they have any."""
    a, b, one = p.a, p.b, one_name(p)
    if one is not None:
        return one
    apart = not p.headline and not p.here and bool(a.meeting) != bool(b.meeting)
    return False if apart else None  # a welcome, and an award at it


def one_gift(p: Pair) -> bool | None:
    """One, where two verbs tell of one gift: *handed over the goods that A gave to B*.

    So they do where the second reads whom the goods are for as their giver (*[goods given to] B arrived*).
    """
    if not p.here:
        return _handed_over(*sorted((p.a, p.b), key=lambda d: d.sentence)) or None
    gave, got = (
        [{who.country for who, r in d.roles if r == role} for d in (p.a, p.b)] for role in ("donor", "beneficiary")
    )
    x, y = (g - gave[0] - {None} for g in got)
    one = gave[0] == gave[1] and (x <= y or y <= x)
    turned = gave[1] == got[0] and got[1] <= gave[0]
    return (p.crossed and bool(gave[0]) and (one or turned)) or None


def _handed_over(first: Draft, then: Draft) -> bool:
    """Whether the next sentences say, of a gift of one state's organs to another's, who handed it over."""
    sides = [[{p.country for p, r in d.roles if r == role} for role in ("donor", "beneficiary")] for d in (first, then)]
    kinds = [{p.kind == "person" for p, r in d.roles if r == "donor"} for d in (first, then)]
    one = sides[0] == sides[1] and all(len(side) == 1 and None not in side for side in sides[0])
    near = then.sentence - first.sentence <= NEAR // 2 and first.status == then.status and then.date_at is None
    return near and one and kinds == [{False}, {True}] and first.part not in HEADLINES


def one_act(p: Pair) -> bool | None:
    """One, where one organ decides on one day, and another sentence says so again."""
    a, b = p.a, p.b
    day = bool(a.date and b.date and a.date.edtf == b.date.edtf)
    if p.here or not day or a.instrument or b.instrument:
        return None
    x, y = ([who.name for who, r in d.roles if r == "signatory" and who.kind != "person"] for d in (a, b))
    return (bool(x) and x == y) or None


def one_founding(p: Pair) -> bool | None:
    """One, where the same body is founded, or something is, by nobody, on one day."""
    a, b = p.a, p.b
    if a.meeting and b.meeting and meeting_key(a.meeting) == meeting_key(b.meeting):
        return True
    return True if a.date and b.date and not a.roles and not b.roles else None


def one_text(p: Pair) -> bool:
    """Whether two signings, or two adoptions, are of one text."""
    a, b = p.a, p.b
    if a.instrument and b.instrument:
        x, y = a.instrument.value["name"], b.instrument.value["name"]
        return bool(x in y or y in x) or (p.headline and (_one_kind(a, b) or _plain_text(a, b)))
    if a.names() and a.names() == b.names() and a.type == "signing":
        return True  # told once with the text, once without
    return p.headline


def _one_kind(a: Draft, b: Draft) -> bool:
    """Whether the text of a headline ends as the one of the story does (*A and B sign a certificate*)."""
    first, other = (a, b) if a.part in HEADLINES else (b, a)
    if not first.instrument or not other.instrument or a.type != "signing":
        return False
    head = first.instrument.value["head"]
    return len(head) > SHORT and str(other.instrument.value["name"]).endswith(head)


def _plain_text(a: Draft, b: Draft) -> bool:
    """Whether a title tells, by what it is alone, the text that two states sign in the story: *signed a paper*."""
    if a.type != "signing" or "title" not in (a.part, b.part) or a.status != b.status:
        return False
    named = any(d.instrument and d.instrument.value["quoted"] for d in (a, b))
    return not named and len(a.countries() | b.countries()) == 2
