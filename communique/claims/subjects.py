"""Who acts in a segment that names nobody: in the sentence before it, behind it, or right in front of its *who*."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from communique.claims.clause import ACTORS, Clauses, Group
from communique.claims.clausewords import bare, marker_before
from communique.claims.clausewords import grammar as clause_grammar
from communique.claims.draft import FACED
from communique.claims.functions import kind
from communique.claims.triggers import Trigger, is_relative
from communique.loader.anyword import any_word
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded
from communique.mentions.words import words_pattern

SPOKEN = frozenset({"session", "talks", "call", "visit", "adoption"})
OPENING = frozenset({"message", "signing", "upgrade", "establishment", "aid", "decision"})
"""What may open a sentence before whoever did it is named (*since upgrading ties in 2010, A and B ...*)."""
OPENS = 3
UNSPOKEN = frozenset({"visit", "talks", "call", "message", "appointment", "ceremony"})
ASIDES = {"occasion": SPOKEN | {"appointment"}, "after": frozenset({"appointment"})}
"""What whoever acts behind an aside does in it, too: *on the occasion of his election, X said*."""
PAST = frozenset({"signing", "exercise", "deployment", "establishment", "upgrade", "aid"})
RITES = frozenset({"ceremony", "signing"})
HELD = frozenset({"session", "ceremony"})
PERSONS = frozenset({"person", "delegation", "he"})


def elsewhere(
    text: str, clauses: Clauses, t: Trigger, at: tuple[int, int], found: list[Trigger], pack: LanguagePack
) -> Group | None:
    """Return who acts where the trigger's segment names nobody, ``at`` being segment and zone."""
    seg, _ = at
    spoken = _spoken(pack) if t.rule.type in UNSPOKEN else None
    subject = _before_aside(text, clauses, at, pack)
    subject = subject or _nearest(text, clauses, seg, pack) or _earlier(text, clauses, at, found, (t, spoken), pack)
    return subject or _speaker(text, clauses, seg, t, pack) or _teller(text, clauses, at, t, pack)


def _before_aside(text: str, clauses: Clauses, at: tuple[int, int], pack: LanguagePack) -> Group | None:
    """Who stands right before the aside that says since when: *A and B, [since] they established relations, have*.

    Only where no blanks part words.
    """
    seg, zone = at
    if pack.reading.words_apart or zone < 0 or clauses.zones[zone].kind != "after":
        return None
    begin = clauses.zones[zone].start
    since = text.startswith(folded(pack.markers.before.get("from", ()), pack.reading), begin)
    both = ("", *folded(pack.phrases.countries, pack.reading))
    rows = [g for g in clauses.groups if g.segment == seg and g.zone == -1 and g.marker is None and g.end <= begin]
    return rows[-1] if since and rows and text[rows[-1].end : begin] in both else None


def _teller(text: str, clauses: Clauses, at: tuple[int, int], t: Trigger, pack: LanguagePack) -> Group | None:
    """Who says something right before the aside that tells whom they met: *[X] said after talks with Y*."""
    (seg, zone), tells = at, _tells(pack)
    if not pack.reading.words_apart or t.rule.type not in FACED or zone < 0 or clauses.zones[zone].kind != "after":
        return None
    begin = clauses.zones[zone].start
    rows = [g for g in clauses.groups if g.segment == seg and g.zone == -1 and g.end <= begin and g.marker is None]
    who = rows[-1] if rows and rows[-1].members[0].kind in PERSONS and begin == t.start else None
    return who if who is not None and tells is not None and tells.search(text, who.end, begin) else None


def _nearest(text: str, clauses: Clauses, seg: int, pack: LanguagePack) -> Group | None:
    """The group right before a segment that a word such as *who* ties to it."""
    if not is_relative(text, clauses, seg, pack):
        return None
    lo, _ = clauses.bounds(seg)
    before = [g for g in clauses.groups if g.end <= lo]
    lead = clauses.leaders.get(before[-1].members[-1].start) if before else None
    end = max(before[-1].end, lead.end if lead and lead.end <= lo else 0) if before else 0
    return before[-1] if before and lo - end < 3 else None


def _speaker(text: str, clauses: Clauses, seg: int, t: Trigger, pack: LanguagePack) -> Group | None:
    """Who acts in the next segment of *speaking at the forum, X said*, *in talks with Y, X said*: there, too.

    Of whatever type is what they did before (*after signing the pact with Y, X left*).
    """
    if not pack.reading.words_apart or seg >= len(clauses.cuts):
        return None
    edge, _ = clauses.bounds(seg)
    opens = t.rule.type in OPENING and t.start - edge < OPENS
    zone = clauses.zone(t.start)
    past = zone >= 0 and clauses.zones[zone].kind == "after" and t.rule.type in PAST
    if not (opens or past or t.rule.type in SPOKEN | {"message"}):
        return None
    if any(m.start < edge and m.kind not in ("date", "place") for m in clauses.mentions):
        return None  # *On Monday, in talks with Y, X said*: only when and where may stand before it
    after = seg + 1
    while after < len(clauses.cuts) and _when(clauses, after):
        after += 1
    lo, _ = clauses.bounds(after)
    first = next((g for g in clauses.groups if g.segment == after and g.marker is None and g.zone == -1), None)
    near = first is not None and lo >= 0 and not bare(text[lo : first.start].strip(), clause_grammar(pack))
    if not near or first is None:
        return None
    m = first.members[0]
    fits = m.kind in (ACTORS if past or opens or t.rule.type == "adoption" else PERSONS)
    return first if fits or (m.kind == "group" and m.value.get("single")) else None


def _when(clauses: Clauses, seg: int) -> bool:
    """Whether a segment holds nothing but a date or a place."""
    lo, hi = clauses.bounds(seg)
    named = [m for m in clauses.mentions if lo <= m.start < hi]
    return bool(named) and all(m.kind in ("date", "place") for m in named)


def faced(clauses: Clauses, subject: Group, t: Trigger, pack: LanguagePack) -> list[Group]:
    """Whom somebody faced in the talks that a sentence opens with: *during talks on 5 May, A thanked B*."""
    opens = pack.reading.words_apart and t.rule.type in FACED and clauses.segment(t.start) == 0 < subject.segment
    if not opens or len(subject.members) > 1 or subject.members[0].kind != "person":
        return []
    rows = [g for g in clauses.groups if g.start >= subject.end and g.segment == subject.segment]
    return [g for g in rows[:1] if g.marker is None and g.members[0].kind == "person"]


def first_acts(groups: list[Group], t: Trigger, lo: int) -> list[Group]:
    """The groups without those between the first of a clause and its linked verb: *A thanked B and invited C*."""
    mine = [g for g in groups if lo <= g.start and g.end <= t.start and g.marker is None]
    return [g for g in groups if g not in mine[1:]]


def parts(text: str, end: int, start: int, pack: LanguagePack) -> bool:
    """Whether a link behind other words leads the next verb: *laid a wreath at A and met B*."""
    words = text[end:start].split()
    return len(words) > 1 and words[-1] in pack.nouns.links


@kept
def _tells(pack: LanguagePack) -> re.Pattern[str] | None:
    """Words of telling."""
    return words_pattern([fold(w, pack.reading) for w in pack.mood.tells], apart=True)


def told_at(text: str, start: int, end: int, pack: LanguagePack) -> int:
    """Where a word of telling stands, else ``end``: who stands behind it takes no part (*met B and said C agreed*)."""
    pattern = _tells(pack)
    m = pattern.search(text, start, end) if pattern else None
    return m.start() if m else end


def _speaks(text: str, g: Group, at: tuple[int, int], t: Trigger, pack: LanguagePack) -> bool:
    """Whether a segment only names who says what follows (*X: the drill was held in May*).

    Where a verb follows by which something is held, a word of saying does as well (*X said, the drill will be held*).
    """
    if pack.reading.words_apart or g.members[0].kind != "person":
        return False
    after, spoken = text[g.end : at[1]].strip(), _spoken(pack)
    if not text[at[0] : g.start].strip() and after == ":":
        return True
    hosts = t.rule.type == "exercise" or (t.rule.type in HELD and t.rule.roles.get("subject") == "host")
    return bool(hosts and spoken and spoken.fullmatch(after.rstrip(",:")))


@kept
def _spoken(pack: LanguagePack) -> re.Pattern[str] | None:
    """Words of saying, with a day or a way before them, that make what stands before them a source."""
    said = any_word(fold(w, pack.reading) for w in pack.mood.said)
    return None if pack.reading.words_apart else re.compile(f".{{0,8}}{said}")


def without_source(text: str, groups: list[Group], t: Trigger, pack: LanguagePack) -> list[Group]:
    """The groups without who only says what the next one does: *the ministry announced the minister will attend*."""
    spoken = _spoken(pack)
    rows = [g for g in groups if spoken and g.marker is None and g.end <= t.start]
    told = [a for a, b in zip(rows, rows[1:], strict=False) if spoken and spoken.fullmatch(text, a.end, b.start)]
    return [g for g in groups if g not in told] if told else groups


def _earlier(
    text: str,
    clauses: Clauses,
    at: tuple[int, int],
    found: list[Trigger],
    for_whom: tuple[Trigger, re.Pattern[str] | None],
    pack: LanguagePack,
) -> Group | None:
    """The unmarked actor that an earlier segment of the sentence begins with, ``at`` being segment and zone.

    Where words stand apart, a segment that only describes the name before it (*who is also ...*) is passed over, and
    so are those whom it names that are of no kind to do this.
    """
    (seg, zone), (t, spoken) = at, for_whom
    kinds = t.rule.subject_kinds if pack.reading.words_apart else []
    for k in range(seg - 1, -1, -1):
        if pack.reading.words_apart and k and is_relative(text, clauses, k, pack):
            continue
        lo, hi = clauses.bounds(k)
        here = [g for g in clauses.groups if g.segment == k and g.zone in (zone, -1) and g.marker in (None, "by")]
        kept = without_source(text, here, t, pack)
        lo, here = (lo if kept is here else kept[0].start), kept
        first = min((x.start for x in found if lo <= x.start < hi), default=hi)
        before = [g for g in here if g.start < first and (not kinds or kind(g) in kinds)]
        before = [g for g in before if not _speaks(text, g, (lo, hi), t, pack)]
        if not before and spoken is not None:  # *the plane with B aboard landed, and a visit began*
            before = [g for g in clauses.groups if g.segment == k and g.zone in (zone, -1) and g.marker == "aboard"]
        mine = t.rule.type in HELD and t.rule.roles.get("subject") == "host"  # *said, a rite will be held*
        if before and spoken is not None and not mine and before[0].members[0].kind == "body" and len(before) == 1:
            if spoken.fullmatch(text[before[0].end : hi].strip(" ,:")):
                break  # *the ministry said, ... will visit*: who says so is not who goes
        if before:
            return before[0] if first < hi else before[-1]
        if first < hi and (tail := _described_last(text, clauses, k, here, pack)) is not None:
            return tail
    if zone < 0 and not pack.reading.words_apart:
        return _traveller(clauses, seg, t, found)
    aside = clauses.zones[zone].kind if zone >= 0 else None
    if aside == "before" and t.rule.type in RITES and "meeting" in t.rule.need and not pack.reading.words_apart:
        return None  # *before the ceremony was held, A met B*
    gone = aside == "after" and t.rule.type == "visit" and zone == clauses.zone(t.end - 1)  # *having left A, B met C*
    gone = gone if not pack.reading.words_apart else t.rule.type in ASIDES.get(str(aside), ())
    if aside in ("during", "before") or gone:
        who = ACTORS if aside == "before" and t.rule.type == "exercise" else PERSONS  # *to join the drill, A's troops*
        own: tuple[str | None, ...] = (None,)
        if pack.reading.words_apart and t.rule.roles.get("from") == "guest":  # *the crew from the ship A trained*
            who, own = who | {"group"}, (None, "from")
        after = [g for g in clauses.groups if g.zone == -1 and g.marker in own and g.members[0].kind in who]
        dated = any(m.kind == "date" and m.start < t.start for m in clauses.mentions)
        if not after and dated and not pack.reading.words_apart and t.rule.type in FACED:
            # *On 19 May, meeting B, the two sides agreed*
            after = [g for g in clauses.groups if g.zone == -1 and g.marker is None and g.members[0].kind == "pair"]
        if aside in ASIDES:  # only whoever stands behind it
            after = [g for g in after if g.start >= clauses.zones[zone].end]
            met = _met(clauses, clauses.zones[zone].start, found) if t.rule.type == "visit" and not after else None
            return met or next(iter(after), None)
        return after[0] if after else None
    return None


def _met(clauses: Clauses, at: int, found: list[Trigger]) -> Group | None:
    """Who was met right before an aside at ``at``: *received B on the occasion of his visit*."""
    first = min((x.end for x in found if x.rule.type in FACED), default=at)
    rows = [g for g in clauses.groups if first <= g.start and g.end <= at and g.members[0].kind in PERSONS]
    return rows[-1] if rows else None


def _described_last(text: str, clauses: Clauses, k: int, here: list[Group], pack: LanguagePack) -> Group | None:
    """The person whom a segment describes and ends with: *[who is on a visit to A] minister B, met C on Monday*."""
    last = here[-1] if here and not pack.reading.words_apart else None
    lo, hi = clauses.bounds(k)
    if last is None or last.marker is not None or last.members[0].kind != "person" or len(here) > 1:
        return None
    closes = not any(c.isalnum() for c in text[last.end : hi])
    return last if closes and text.endswith(folded(pack.phrases.of, pack.reading), lo, last.start) else None


def _traveller(clauses: Clauses, seg: int, t: Trigger, found: list[Trigger]) -> Group | None:
    """Who acts in the aside that opens a sentence: *during A's visit to B, [he] will meet C*."""
    for i, z in enumerate(clauses.zones):
        behind = z.end <= t.start and t.rule.type in FACED
        if z.kind != "during" or (clauses.segment(z.start) >= seg and not behind):
            continue
        first = min((x.start for x in found if z.start <= x.start < z.end), default=z.end)
        acts = [g for g in clauses.groups if g.zone == i and g.marker is None and g.end <= first]
        if acts and acts[0].members[0].kind in (*PERSONS, "group"):
            return acts[0]
    return None


def suffered(text: str, clauses: Clauses, t: Trigger, subject: Group, others: bool, pack: LanguagePack) -> bool:
    """Whether a word such as *was* stands right before the trigger or behind who acts: *A was (by B) appointed*.

    ``others``: whether the clause names to whom it was done.
    """
    if pack.reading.words_apart or "object" not in t.rule.roles:
        return False
    if t.rule.type == "appointment" and t.rule.roles.get("subject") == "host" and not others:
        end = next((m.end for m in clauses.mentions if m.kind == "date" and m.start == subject.end), subject.end)
        if text.startswith(folded(pack.markers.before.get("by", ()), pack.reading), end):
            return True
    return marker_before(text, clauses.start, t.start, clause_grammar(pack)) == "by"


def both_signed(
    text: str, t: Trigger, args: Mapping[str, Sequence[Group]], inherited: bool, pack: LanguagePack
) -> bool:
    """Whether words only describe a text that two signed (*by the pact [that was signed] in May, A said*)."""
    one = [m for g in args.get("subject", ()) for m in g.members]
    alone = inherited and len(one) == 1 and one[0].kind in ("person", "he") and not {"with", "by"} & set(args)
    of = folded(pack.phrases.of, pack.reading)
    return alone and t.rule.type == "signing" and not pack.reading.words_apart and text.startswith(of, t.end)
