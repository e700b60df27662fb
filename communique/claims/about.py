"""What a trigger is about: the meetings and the texts that its words name."""

from __future__ import annotations

from communique.claims.clause import Clauses
from communique.claims.clausewords import ClauseGrammar, bare, marker_before
from communique.claims.clausewords import grammar as clause_grammar
from communique.claims.triggers import Trigger
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.meetings import TITLE
from communique.model import Mention

LETTERS = 2
"""Letters between a verb's *of* and the name of the meeting that was held (*held for carrying out X*)."""
ACTING = frozenset({"person", "delegation", "group"})
REACH = 24  # letters between the head of a segment and its verb


def meetings_of(
    text: str, clauses: Clauses, t: Trigger, bounds: tuple[int, int, int], pack: LanguagePack
) -> tuple[Mention, ...]:
    """The meetings that a trigger is about, between the bounds: of what it goes on from, of its own segment."""
    before_lo, lo, hi = bounds
    if not any(m.kind == "meeting" for m in clauses.mentions):
        return ()
    meetings = _meetings(text, clauses, t, before_lo, hi, pack) or _theme(text, clauses, t, lo, pack)
    meetings = meetings or _beside(text, clauses, t, (lo, hi), pack)
    led = t.end + (len(text[t.end :]) - len(text[t.end :].lstrip()) if pack.reading.words_apart else 0)
    if meetings and any(text.startswith(w, led) for w in pack.phrases.of):
        ahead = next((m for m in clauses.mentions if m.kind == "meeting" and t.end <= m.start < hi), None)
        other = ahead is not None and ahead.value["sort"] not in (t.rule.sort, None) and t.rule.sort != "any"
        meetings = () if other else meetings  # *the drill was proposed at the meeting held in May*
    linked = bool(meetings) and text[meetings[0].end : t.start] in folded(pack.nouns.links, pack.reading)
    if linked and t.rule.type == "session":
        meetings = ()  # *will hold talks with A and attend* something else
    if meetings and meetings[0].end <= t.start and any(t.words.endswith(f" {w}") for w in pack.phrases.of):
        meetings = ()  # *the meeting heard the results of X* is not about the results of the meeting
    return meetings


def texts_of(
    text: str,
    clauses: Clauses,
    t: Trigger,
    bounds: tuple[int, int, int, int],
    found: list[Trigger],
    pack: LanguagePack,
) -> tuple[Mention | None, tuple[Mention, ...]]:
    """The text that a trigger is about and those beside it: in its segment, else listed behind it, else beside it."""
    before_lo, lo, hi, limit = bounds
    rows = [m for m in clauses.mentions if m.kind == "instrument"]
    main = _nearest(rows, t, before_lo, hi)
    if not pack.reading.words_apart or t.rule.type not in ("signing", "adoption"):
        return main, tuple(m for m in rows if t.end <= m.start < min(limit, hi))
    including = tuple(w for w in pack.markers.before.get("of", ()) if w not in pack.phrases.of)
    later = [m for m in rows if m.start >= t.end and m is not main]
    lead = next((m for m in later if _led_in(text, clauses, m, including, clause_grammar(pack))), None)
    if lead is not None and (main is None or not main.value["quoted"]):
        stop = min((x.start for x in found if x.start > lead.start and x.rule.type != t.rule.type), default=clauses.end)
        listed = tuple(m for m in later if lead.start <= m.start < stop)
        whole = next((m for m in reversed(rows) if m.end <= lead.start), None)  # *five documents, including ...*
        loose = main is None or (main is whole and main.value["name"][0].islower())
        return (lead if loose else main), tuple(m for m in listed if m is not whole)
    if main is None and not text[lo : t.start].strip():
        # *the X Agreement, signed in May, ...*, *Signed in May, the X Agreement ...*
        main = next((m for m in rows if 0 < lo - m.end <= 2 or 0 <= m.start - hi <= 5), None)
    g, last, beside = clause_grammar(pack), main, []
    for m in later if main is not None and main.start >= t.end else ():
        if (
            last is None
            or m.start >= min(limit, hi)
            and bare(text[last.end : m.start].strip(), g) not in clauses.joints
            and not _dated(text[last.end : m.start], clauses, g)
        ):
            break
        beside.append(m)
        last = m
    return main, tuple(beside)


def _dated(between: str, clauses: Clauses, g: ClauseGrammar) -> bool:
    """Whether what stands between two texts ends in a bracket, behind the one, and a joint (*A (2023) and B*)."""
    words, closed, joint = between.rpartition(")")
    inside = words.rpartition("(")
    return bool(closed and inside[1]) and bare(joint.strip(), g) in clauses.joints and not set(",;.") & set(inside[0])


def _meetings(text: str, clauses: Clauses, t: Trigger, lo: int, hi: int, pack: LanguagePack) -> tuple[Mention, ...]:
    """The meeting of the rule's sort in the segment, with those that are coordinated with it."""
    rows = [m for m in clauses.mentions if m.kind == "meeting" and t.rule.sort in (m.value["sort"], "any")]
    rows = [m for m in rows if not any(x.start == m.end for x in rows)]  # *the forum's working group*
    g = clause_grammar(pack)
    rows = [m for m in rows if not g.apart or not _later(clauses, *sorted((m.start, t.start)))]
    held = [m for m in rows if g.apart and "by" in t.rule.roles and t.end <= m.start]
    rows = [m for m in rows if m not in held or marker_before(text, clauses.start, m.start, g) != "by"]
    rows = _without_next(text, rows, t, lo, pack) if g.apart else rows
    first = _nearest(rows, t, lo, hi)
    if first is None and text[hi - 1] == ":" and not (g.apart and not text[lo : t.start].strip()):
        first = next((m for m in rows if m.start >= hi), None)  # *four events: A; B; C and D*
    if first is None and t.rule.back:
        first = next((m for m in reversed(rows) if m.start < lo), None)
    if first is None:
        return ()
    out = [first]
    at = rows.index(first)
    for m in rows[at + 1 :]:
        if text[out[-1].end : m.start].strip() not in clauses.joints:
            break
        out.append(m)
    for m in reversed(rows[:at]):
        if text[m.end : out[0].start].strip() not in clauses.joints:
            break
        out.insert(0, m)
    return tuple(out)


def _later(clauses: Clauses, first: int, last: int) -> bool:
    """Whether only the latter of two words stands in an aside for something later: *drilled before A held a summit*."""
    zone = clauses.zone(last)
    if zone < 0 or clauses.zones[zone].kind != "before" or clauses.zone(first) == zone:
        return False
    return any(g.zone == zone and g.start < last and g.members[0].kind in ACTING for g in clauses.groups)


def _theme(text: str, clauses: Clauses, t: Trigger, lo: int, pack: LanguagePack) -> tuple[Mention, ...]:
    """The meeting that a sentence began with, where an aside parts it from its verb (*X, hosted by Y, opened*)."""
    if not pack.reading.words_apart:
        return _parted(text, clauses, t, lo)
    if not t.rule.theme or any(lo <= m.start < t.start for m in clauses.mentions):
        return ()
    rows = [m for m in clauses.mentions if m.kind == "meeting" and m.end <= lo]
    rows = [m for m in rows if t.rule.sort in (m.value["sort"], "any")]
    if rows and lo - rows[-1].end <= 1 and not text[lo : t.start].strip():
        return tuple(rows[-1:])  # *the Forum, first held in May*
    early = [g for g in clauses.groups if rows and g.start < rows[-1].start and g.marker is None]
    return tuple(rows[-1:]) if rows and not early and len(text[lo : t.start]) < REACH else ()


def _beside(text: str, clauses: Clauses, t: Trigger, edges: tuple[int, int], pack: LanguagePack) -> tuple[Mention, ...]:
    """The meeting that words set apart by a comma describe: *[co-chaired by A and B], the meeting*, *X, [hosted by Y]*.

    Only where such words begin with the verb, and say by whom.
    """
    lo, hi = edges
    led = tuple(f" {w}" for w in pack.markers.before.get("by", ())) if pack.reading.words_apart else ()
    if not led or "by" not in t.rule.roles or len(text[lo : t.start].split()) > 1:
        return ()
    if not text.startswith(led, t.end) and not t.words.endswith(led):
        return ()
    rows = [m for m in clauses.mentions if m.kind == "meeting" and t.rule.sort in (m.value["sort"], "any")]
    before = [m for m in rows if 0 < lo - m.end <= 1]
    opens = lo == clauses.start
    behind = [m for m in rows if opens and 0 <= m.start - hi <= len(", the ")]
    return tuple((before or behind)[:1])


def _parted(text: str, clauses: Clauses, t: Trigger, lo: int) -> tuple[Mention, ...]:
    """The meeting right before a comma, behind which its day and place stand before the verb."""
    if not (t.rule.theme or t.rule.sort == "exercise"):
        return ()
    here = [m for m in clauses.mentions if lo <= m.start < t.start]
    rows = [m for m in clauses.mentions if m.kind == "meeting" and m.end < lo and m.value["sort"] == t.rule.sort]
    placed = any(m.kind == "date" for m in here) and all(m.kind in ("date", "place", "state", "body") for m in here)
    if not rows or not placed:
        return ()
    last, seg = rows[-1], clauses.segment(t.start)
    named = not (last.value["generic"] and last.value["ordinal"] is None)
    # *this drill lasts five days, from the 2nd to the 6th in A and B*: nobody acts between the two.
    lasts = clauses.segment(last.start) == seg - 1 and not any(
        last.end <= g.start < t.start and g.marker is None for g in clauses.groups
    )
    return (last,) if (named and last.end == lo - 1) or (lasts and t.rule.sort == "exercise") else ()


def _nearest(here: list[Mention], t: Trigger, lo: int, hi: int) -> Mention | None:
    """The mention in the trigger's segment: inside it or behind it first, else before it."""
    here = [m for m in here if lo <= m.start < hi]
    inside = [m for m in here if t.start <= m.start < t.end]
    beside = [m for m in here if m.kind == "instrument" and m.end == t.start - 1]
    if beside and not inside:
        return beside[0]  # *the memorandum signed in May and the statement*
    behind = [m for m in here if m.start >= t.end]
    before = [m for m in here if m.end <= t.start]
    if inside:
        return inside[0]
    if behind:
        return behind[0]
    return before[-1] if before else None


def _without_next(text: str, rows: list[Mention], t: Trigger, lo: int, pack: LanguagePack) -> list[Mention]:
    """The meetings without one that begins the next clause: *X was held in May and the fifth* is to come."""
    if not any(lo <= m.start and m.end <= t.start for m in rows):
        return rows
    ends = tuple(f" {w} {a}" for w in pack.nouns.links for a in ("", *(f"{x} " for x in pack.nouns.articles)))
    return [m for m in rows if m.start < t.end or not text.endswith(ends, t.end, m.start)]


def _led_in(text: str, clauses: Clauses, m: Mention, words: tuple[str, ...], g: ClauseGrammar) -> bool:
    """Whether a colon or a word such as *including* opens a list at a mention."""
    before = bare(text[clauses.start : m.start].rstrip(), g)
    return before.endswith(":") or any(before.endswith(f" {w}") for w in words)


def _hosted(between: str, pack: LanguagePack) -> bool:
    """Whether what stands between a meeting and a verb begins with *which*, and then names who does it."""
    words = between.lstrip(" ,").split()
    which = next((w for w in pack.markers.relative if between.lstrip(" ,").startswith(f"{w} ")), None)
    mood = {*(w for x in (*pack.mood.planned, *pack.mood.held) for w in x.split())}
    return which is not None and any(w not in mood for w in words[len(which.split()) :])


def meets(text: str, t: Trigger, meeting: Mention, inherited: bool, pack: LanguagePack) -> bool:
    """Whether it is the meeting that acts: it was held, or it adopted what nobody else in its clause did."""
    words = text[t.end : meeting.start].strip()
    of = next((w for w in pack.phrases.of if words.startswith(w)), None)
    more = TITLE.sub("", words.removeprefix(of or ""))  # *held for carrying out "X"*
    relative = pack.reading.words_apart and _hosted(text[meeting.end : t.start], pack)
    held = (meeting.end <= t.start and not relative) or (of is not None and len(more) <= LETTERS)
    held = held or any(t.words.endswith(f" {w}") for w in pack.phrases.of)  # *hailed the [outcome of] the summit*
    return held and (t.rule.theme or (inherited and t.rule.type == "adoption"))
