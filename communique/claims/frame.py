"""Triggers and their arguments: who did what to whom, before any type is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.claims.clause import Clauses, Group
from communique.loader.kept import kept
from communique.loader.language import LanguagePack, Rule
from communique.mentions.fold import fold
from communique.mentions.scan import Sentence
from communique.mentions.words import whole, words_pattern
from communique.model import Mention

GAP = 34
FORCES = ("group", "body", "delegation")
PERSONAL = frozenset({"talks", "ceremony", "call"})
PERSONS = frozenset({"person", "delegation", "he"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger word of a rule in a sentence; ``start`` is its first word, ``end`` the end of its last."""

    start: int
    end: int
    rule: Rule
    words: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A trigger with its arguments, by function."""

    trigger: Trigger
    args: dict[str, tuple[Group, ...]]
    meetings: tuple[Mention, ...]
    instrument: Mention | None
    texts: tuple[Mention, ...]
    inherited: bool
    floor: int


@dataclass(frozen=True, eq=False)
class RuleBook:
    """All engagement rules of a pack: one pattern that finds every trigger, and the rules of each word."""

    gate: re.Pattern[str] | None
    rules: dict[str, tuple[tuple[Rule, str | None], ...]]
    guards: dict[str, tuple[re.Pattern[str] | None, ...]]
    stretch: int
    apart: bool


def _alternatives(words: list[str], apart: bool, tail: str = "") -> re.Pattern[str] | None:
    return re.compile(whole("|".join(words), apart) + tail) if words else None


@kept
def rulebook(pack: LanguagePack) -> RuleBook:
    """Compile the rules of a pack."""
    apart = pack.reading.words_apart
    table: dict[str, list[tuple[Rule, str | None]]] = {}
    guards: dict[str, tuple[re.Pattern[str] | None, ...]] = {}
    for rule in pack.rules:
        for item in rule.trigger:
            first, gap, second = fold(item, pack.reading).partition("~")
            table.setdefault(first, []).append((rule, second if gap else None))
        guards[rule.id] = (
            _alternatives(rule.unless_before, apart, r"\s?\Z"),
            _alternatives(rule.unless_after, apart),
            _alternatives(rule.unless_in, apart),
            _alternatives(rule.only_in, apart),
        )
    words = sorted(table, key=lambda w: (-len(w), w))
    gate = re.compile(whole("|".join(map(re.escape, words)), apart)) if words else None
    return RuleBook(gate, {w: tuple(r) for w, r in table.items()}, guards, pack.reading.stretch, apart)


def triggers(text: str, clauses: Clauses, book: RuleBook, sentence: Sentence, pack: LanguagePack) -> list[Trigger]:
    """Return the triggers of a sentence, in order; one word may trigger several rules.

    A word inside a name is no trigger, nor is one that the tagger calls a preposition.
    """
    out: list[Trigger] = []
    blocked = [(m.start, m.end) for m in clauses.mentions if m.kind in ("person", "meeting", "date")]
    blocked += [(m.start, m.end) for m in clauses.mentions if m.kind == "instrument" and m.value["quoted"]]
    blocked += [(z.start, z.end) for z in clauses.zones if z.kind in ("bracket", "quote")]
    named = [(m.start, m.end) for m in clauses.mentions if m.kind == "instrument"]
    for m in book.gate.finditer(text, clauses.start, clauses.end) if book.gate else ():
        if any(a <= m.start() < b for a, b in blocked):
            continue
        i = sentence.token_at(m.start())
        if i >= 0 and sentence.tokens[i].tag == "preposition" and sentence.tokens[i].start == m.start():
            if not any(0 <= a - m.end() <= 3 for a, _ in named):
                continue
        within = any(a <= m.start() < b for a, b in named)
        for rule, second in book.rules[m.group()]:
            if within and not rule.inside:
                continue
            if rule.verb and i >= 0 and sentence.tokens[i].tag != "verb":
                continue
            t = _trigger(text, clauses, m, rule, second, book, pack)
            if t:
                out.append(t)
    return out


def _trigger(
    text: str,
    clauses: Clauses,
    m: re.Match[str],
    rule: Rule,
    second: str | None,
    book: RuleBook,
    pack: LanguagePack,
) -> Trigger | None:
    end = m.end()
    if second is not None:
        limit = min(clauses.end, m.end() + GAP * book.stretch)
        at = _second(text, second, m.end(), limit, book.apart)
        named = any(x.start <= at < x.end and _is_named(x) for x in clauses.mentions)
        if at < 0 or named or any(m.end() <= c <= at for c in clauses.cuts):
            return None
        end = at + len(second)
    before, after, inside, only = book.guards[rule.id]
    if before and before.search(text[max(clauses.start, m.start() - 12 * book.stretch) : m.start()]):
        return None
    behind = end + (text[end : end + 1] == " ")
    if after and after.match(text, behind, min(clauses.end, behind + 16 * book.stretch)):
        return None
    lo, hi = clauses.bounds(clauses.segment(m.start()))
    if inside and inside.search(text, lo, hi):
        return None
    if only and is_relative(text, clauses, clauses.segment(m.start()), pack):
        lo = clauses.bounds(clauses.segment(m.start()) - 1)[0]
    if only and not only.search(text, lo, hi):
        return None
    return Trigger(m.start(), end, rule, text[m.start() : end])


def _second(text: str, word: str, start: int, end: int, apart: bool) -> int:
    """Where the second word of a trigger stands, or -1; as a whole word where words stand apart."""
    at = text.find(word, start, end)
    while apart and at >= 0 and (text[at - 1].isalnum() or text[at + len(word) : at + len(word) + 1].isalnum()):
        at = text.find(word, at + 1, end)
    return at


def _is_named(m: Mention) -> bool:
    return m.kind == "person" or (m.kind == "meeting" and not (m.value["generic"] and m.value["ordinal"] is None))


def frames(text: str, clauses: Clauses, pack: LanguagePack, sentence: Sentence) -> Iterator[Frame]:
    """Yield a frame for every trigger of the sentence whose arguments can be told."""
    book = rulebook(pack)
    found = triggers(text, clauses, book, sentence, pack)
    described = _described(text, clauses, found, pack)
    for t in found:
        yield _frame(text, clauses, t, found, pack, described)


def _described(text: str, clauses: Clauses, found: list[Trigger], pack: LanguagePack) -> list[tuple[int, int, Group]]:
    """Clauses that describe the person behind them (*received [who came to chair the talks] the minister B*).

    Each is where it begins and ends and whom it describes: what happens in it, that person does.
    """
    of = () if pack.reading.words_apart else tuple(fold(w, pack.reading) for w in pack.phrases.of)
    out = []
    for g in clauses.groups:
        lo, _ = clauses.bounds(g.segment)
        if not of or g.members[0].kind != "person" or not text.endswith(of, lo, g.start):
            continue
        before = [x for x in found if lo <= x.start and x.end < g.start]
        meets = [x for x in before if x.rule.type in PERSONAL]
        inner = [x for x in before if meets and x.start >= meets[0].end and x.rule.type in ("visit", "session")]
        if inner and not any(
            meets[0].end <= p.start < g.start and p.members[0].kind == "person" for p in clauses.groups
        ):
            out.append((inner[0].start, g.start, g))
    return out


def _frame(
    text: str,
    clauses: Clauses,
    t: Trigger,
    found: list[Trigger],
    pack: LanguagePack,
    described: list[tuple[int, int, Group]],
) -> Frame:
    seg, zone = clauses.segment(t.start), clauses.zone(t.start)
    lo, hi = clauses.bounds(seg)
    limit = min((x.start for x in found if t.end <= x.start < hi), default=hi)
    before = [x for x in found if x.end <= t.start and x.start >= lo and x.rule.type != t.rule.type]
    floor = max((x.end for x in before), default=lo)
    inside = next((d for d in described if d[0] <= t.start < d[1]), None)
    same = [g for g in clauses.groups if g.zone == zone and not any(a <= g.start < b for a, b, _ in described)]
    if inside is not None:
        same = [g for g in clauses.groups if g.zone == zone and inside[0] <= g.start < inside[1]]
    args: dict[str, list[Group]] = {}
    coordinated = bool(before) and _linked(text, t, pack)
    for g in same:
        past = coordinated and g.marker is None and floor <= g.start and g.end <= t.start
        if g.segment == seg and not past and not (g.end <= t.start and _unfit(g, t)):
            _place(args, g, t, floor, limit, hi, pack.reading.words_apart)
    inherited = False
    if inside is not None:
        args["subject"], hi = [inside[2]], inside[1]
    tied = _tied(text, same, t, pack)
    if tied is not None:
        args = {k: [g for g in v if g is not tied] for k, v in args.items()}
        args["subject"] = [tied]
    passive = "by" in t.rule.roles and "object" in t.rule.roles and not args.get("object")
    if not args.get("subject") and (passive or not args.get("by")):
        subject = _nearest_subject(text, clauses, seg, pack) or _earlier_subject(clauses, seg, zone, found)
        if subject and not _unfit(subject, t):
            args["subject"], inherited = [subject], True
    after = FORCES if t.rule.type == "deployment" else ("person", "delegation")
    following = next((g for g in same if g.start - t.end == 1 and g.members[0].kind in after), None)
    following = None if pack.reading.words_apart else following
    mine = args.get("subject")
    taken = mine and any(mine[0].end <= x.start and x.end <= t.start for x in before)
    guest = t.rule.roles.get("subject") == ("subject" if t.rule.type == "deployment" else "guest")
    if following is not None and guest and (inherited or taken or not mine):
        args["subject"], inherited = [following], False
        args["object"] = [g for g in args.get("object", []) if g is not following]
    if args.get("between"):
        # *A meeting between A and B*, *between A with B*: they met, whoever stands before the words.
        both = args.pop("between")
        args["subject"], inherited = both[:1], False
        args["with"] = [*both[1:], *args.get("with", [])]
    before_lo = clauses.bounds(seg - 1)[0] if is_relative(text, clauses, seg, pack) else lo
    meetings = _meetings(text, clauses, t, before_lo, hi)
    led = t.end + (len(text[t.end :]) - len(text[t.end :].lstrip()) if pack.reading.words_apart else 0)
    if meetings and meetings[0].start >= t.end and any(text.startswith(w, led) for w in pack.phrases.of):
        ahead = next(m for m in clauses.mentions if m.kind == "meeting" and m.start >= t.end)
        meetings = () if ahead.value["sort"] not in (t.rule.sort, None) and t.rule.sort != "any" else meetings
    of = meetings and text[t.end : meetings[0].start].strip() in pack.phrases.of
    if t.rule.theme and meetings and (meetings[0].end <= t.start or of):
        args.pop("subject", None)
        inherited = False
    _more(args, same, clauses, t, seg, zone)
    return Frame(
        t,
        {k: tuple(v) for k, v in args.items()},
        meetings,
        _nearest([m for m in clauses.mentions if m.kind == "instrument"], t, before_lo, hi),
        tuple(m for m in clauses.mentions if m.kind == "instrument" and t.end <= m.start < min(limit, hi)),
        inherited,
        floor,
    )


@kept
def _relative(pack: LanguagePack) -> re.Pattern[str] | None:
    """Words at the head of a segment that tie it to the name before it (*who*, *which*)."""
    words = [fold(w, pack.reading) for w in pack.markers.relative]
    return words_pattern(words, apart=pack.reading.words_apart)


def is_relative(text: str, clauses: Clauses, seg: int, pack: LanguagePack) -> bool:
    """Whether a segment goes on from the last words of the one before it."""
    lo, hi = clauses.bounds(seg)
    while lo < hi and text[lo] == " ":
        lo += 1
    pattern = _relative(pack)
    return seg > 0 and pattern is not None and pattern.match(text, lo, hi) is not None


def _tied(text: str, groups: list[Group], t: Trigger, pack: LanguagePack) -> Group | None:
    """The person right before a trigger with nothing but such a word between (*with Minister B now visiting A*)."""
    before = [g for g in groups if g.end <= t.start]
    pattern = _relative(pack)
    if not before or pattern is None or before[-1].members[0].kind not in PERSONS:
        return None
    return before[-1] if pattern.fullmatch(text[before[-1].end : t.start].strip()) else None


def _linked(text: str, t: Trigger, pack: LanguagePack) -> bool:
    """Whether a link such as *and* stands right before a trigger: *met B and laid a wreath* is about one subject."""
    words = text[max(0, t.start - 24) : t.start].replace(",", " ").split()
    links = {fold(w, pack.reading) for w in pack.nouns.links}
    small = {fold(w, pack.reading) for w in (*pack.mood.held, *pack.markers.relative)}
    while words and words[-1] in small:
        words.pop()
    return bool(words) and words[-1] in links


def _nearest_subject(text: str, clauses: Clauses, seg: int, pack: LanguagePack) -> Group | None:
    """The group right before a segment that a word such as *who* ties to it."""
    if not is_relative(text, clauses, seg, pack):
        return None
    lo, _ = clauses.bounds(seg)
    before = [g for g in clauses.groups if g.end <= lo]
    return before[-1] if before and lo - before[-1].end < 3 else None


def _unfit(g: Group, t: Trigger) -> bool:
    """Whether an unmarked group before the trigger is of no kind that may act in its rule."""
    kinds = t.rule.subject_kinds
    return bool(kinds) and g.marker is None and g.members[0].kind not in kinds


def _place(args: dict[str, list[Group]], g: Group, t: Trigger, floor: int, limit: int, hi: int, apart: bool) -> None:
    """Give a group of the trigger's segment its function: by its marker, else by the side it stands on."""
    if t.rule.whither and g.end == t.start and g.members[0].kind == "state":
        args["place"] = [g]
    elif g.end <= t.start:
        if g.marker and not (g.marker == "welcome" and "welcome" not in t.rule.roles):
            args.setdefault(g.marker, []).append(g)
        elif g.start >= floor or not args.get("subject"):
            args["subject"] = [g]
    elif t.start <= g.start < t.end and g.members[0].kind == "pair":
        return  # *hold bilateral talks*: the word says of what kind they are
    elif t.start <= g.start < t.end:
        args.setdefault(g.marker or "object", []).append(g)
    elif g.start >= t.end and (g.start < limit or not args.get("object")) and g.start < hi:
        # A marker that is the end of the trigger itself is none.
        marked = (g.marker not in (None, "by") or (apart and g.marker == "by")) and g.start - t.end > 0
        args.setdefault(str(g.marker) if marked else "object", []).append(g)


def _more(args: dict[str, list[Group]], same: list[Group], clauses: Clauses, t: Trigger, seg: int, zone: int) -> None:
    """Arguments from elsewhere: who is welcomed in the next segment, whom *A and B* holds, who invited."""
    if "welcome" in t.rule.roles and "welcome" not in args:
        later = [g for g in same if g.segment == seg + 1 and g.marker == "welcome"]
        if later:
            args["welcome"] = later
    if "with" in t.rule.roles and not args.get("with") and not args.get("object") and args.get("subject"):
        first = args["subject"][0]
        if len(first.members) > 1:
            args["subject"] = [Group(first.members[:1], first.marker, first.segment, first.zone)]
            args["with"] = [Group(first.members[1:], "with", first.segment, first.zone)]
    for z in clauses.zones:
        if z.kind == "invite" and zone == -1:
            inside = [g for g in clauses.groups if z.start <= g.start < z.end]
            if inside:
                args["inviter"] = inside[:1]


def _earlier_subject(clauses: Clauses, seg: int, zone: int, found: list[Trigger]) -> Group | None:
    """The unmarked actor that an earlier segment of the sentence begins with."""
    for k in range(seg - 1, -1, -1):
        lo, hi = clauses.bounds(k)
        first = min((x.start for x in found if lo <= x.start < hi), default=hi)
        here = [g for g in clauses.groups if g.segment == k and g.zone in (zone, -1) and g.marker in (None, "by")]
        before = [g for g in here if g.start < first]
        if before:
            return before[0] if first < hi else before[-1]
    if zone >= 0 and clauses.zones[zone].kind in ("during", "before"):
        after = [g for g in clauses.groups if g.zone == -1 and g.marker is None and g.members[0].kind in PERSONS]
        return after[0] if after else None
    return None


def _meetings(text: str, clauses: Clauses, t: Trigger, lo: int, hi: int) -> tuple[Mention, ...]:
    """The meeting of the rule's sort in the segment, with those that are coordinated with it."""
    rows = [m for m in clauses.mentions if m.kind == "meeting" and t.rule.sort in (m.value["sort"], "any")]
    first = _nearest(rows, t, lo, hi)
    if first is None and text[hi - 1] == ":":
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
