"""Clauses of a sentence: segments, asides, groups of actors and the part that each plays beside a trigger."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.claims import leading
from communique.claims.clausewords import Aside, ClauseGrammar, bare, grammar, joins, marker_before, opened, other_thing
from communique.claims.commas import in_address, when_and_where
from communique.claims.modifiers import housed, modifiers, served
from communique.claims.rows import listed, met_there
from communique.loader.anyword import stands
from communique.loader.language import LanguagePack
from communique.mentions.mark import Marked
from communique.model import Mention

ACTORS = frozenset(
    {"person", "state", "bloc", "delegation", "group", "body", "side", "pair", "people", "they", "he", "all_members"}
)
PAIR = 2
SHORT = re.compile(r"^\([^()\s]{2,12}\)\s*")  # a short name in brackets behind the full one
BRACKETS = re.compile(r"\([^()]{0,200}\)")
QUOTED = re.compile(
    r"\u201c[^\u201c\u201d]{2,80}\u201d|\u300a[^\u300a\u300b]{2,80}\u300b|\u300c[^\u300c\u300d]{2,80}\u300d|\"[^\"\n]{2,80}\""
)


@dataclass(frozen=True, slots=True)
class Group:
    """Coordinated mentions (*A, B and C*) and the marker before them (``with``, ``to`` ...), if any."""

    members: tuple[Mention, ...]
    marker: str | None
    segment: int
    zone: int

    @property
    def start(self) -> int:
        """Where the first member begins."""
        return self.members[0].start

    @property
    def end(self) -> int:
        """Where the last member ends."""
        return self.members[-1].end


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch that stands apart from the main clause: an aside, a bracket, a quotation."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Clauses:
    """A sentence analysed: ``cuts`` are the borders of its segments, ``groups`` its actors in order."""

    index: int
    start: int
    end: int
    part: str
    cuts: tuple[int, ...]
    zones: tuple[Zone, ...]
    groups: tuple[Group, ...]
    mentions: tuple[Mention, ...]
    leaders: dict[int, Mention]
    followers: dict[int, Mention]
    joints: frozenset[str] = frozenset()

    def segment(self, at: int) -> int:
        """Return the number of the segment that holds ``at``."""
        return bisect_right(self.cuts, at)

    def bounds(self, segment: int) -> tuple[int, int]:
        """Return where a segment begins and ends."""
        cuts = self.cuts
        return cuts[segment - 1] if segment else self.start, cuts[segment] if segment < len(cuts) else self.end

    def zone(self, at: int) -> int:
        """Return the number of the innermost zone at ``at`` (-1 is the main clause)."""
        best, width = -1, 1 << 30
        for i, z in enumerate(self.zones):
            if z.start <= at < z.end and z.end - z.start < width:
                best, width = i, z.end - z.start
        return best


PERSONAL = frozenset({"person", "delegation", "group"})


def asides(text: str, pack: LanguagePack) -> tuple[Aside, ...]:
    """Return the forms of asides of which the unit ``text`` has the letters; :func:`analyse` tries no other."""
    rows = ((a, (a[2], *a[3])) for a in grammar(pack).adjuncts)
    return tuple(a for a, words in rows if stands(words, text, 0, len(text)))


def analyse(marked: Marked, index: int, pack: LanguagePack, adjuncts: Sequence[Aside]) -> Clauses:
    """Return the clauses of sentence ``index``; ``adjuncts`` are the :func:`asides` of the unit."""
    g = grammar(pack)
    sentence, text = marked.scan.sentences[index], marked.scan.text
    mentions = marked.mentions[index]
    zones = _zones(text, sentence.start, sentence.end, mentions, adjuncts, g)
    leaders, followers = leading.leaders(text, mentions, g)
    ends = leading.ends(text, leaders, g)
    inside = (
        [(m.start, m.end) for m in mentions]
        + list(ends.items())
        + [(z.start, z.end) for z in zones if z.kind in ("bracket", "quote")]
    )
    # A comma inside the words of a rule ends no segment (*visit, work with*).
    inside += [m.span() for m in g.joined.finditer(text, sentence.start, sentence.end)] if g.joined else []
    # Nor one around the day for which something was planned that is off (*the visit, due on 5 May, was put off*).
    inside += [m.span() for m in g.planned_for.finditer(text, sentence.start, sentence.end)] if g.planned_for else []
    titled = sentence.part == "title"
    places = (
        [m.start() for m in g.cut.finditer(text, sentence.start, sentence.end)]
        if not titled
        else [i for i in range(sentence.start, sentence.end) if text[i] in g.cuts or _gap(text, i)]
    )
    cuts = tuple(
        i + 1
        for i in places
        if not any(a <= i < b for a, b in inside)
        and not (text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit())
        and not (g.apart and in_address(text, i, mentions, sentence.start))
        and not when_and_where(text, i, mentions, sentence.start, g)
    )
    shell = Clauses(index, sentence.start, sentence.end, sentence.part, cuts, zones, (), mentions, {}, {})
    groups = _groups(text, mentions, shell, leaders, followers, g)
    if (kept := tuple(c for c in cuts if not any(x.start < c <= x.end for x in groups))) != cuts:
        shell = replace(shell, cuts=kept)  # a comma between those who stand in one list ends no segment
        groups = _groups(text, mentions, shell, leaders, followers, g)
    part = sentence.part
    return Clauses(
        index, sentence.start, sentence.end, part, shell.cuts, zones, groups, mentions, leaders, followers, g.joints
    )


def _gap(text: str, i: int) -> bool:
    """Whether a blank parts two statements of a headline, in a script that puts none between words."""
    around = text[i - 1 : i] + text[i + 1 : i + 2]
    return text[i] in " \u3000" and len(around) == 2 and min(around) > "\u2e80"


def _zones(
    text: str, start: int, end: int, mentions: Sequence[Mention], adjuncts: Sequence[Aside], g: ClauseGrammar
) -> tuple[Zone, ...]:
    out = [Zone(m.start(), m.end(), "bracket") for m in BRACKETS.finditer(text, start, end)]
    named = {(m.start - 1, m.end + 1) for m in mentions if m.kind in ("delegation", "body")}
    ships = [(m.start, m.end) for m in mentions if m.kind == "group"]  # *the frigate "A"*: the marks are of the name
    quoted = (m.span() for m in QUOTED.finditer(text, start, end) if m.span() not in named)
    out += [Zone(a, b, "quote") for a, b in quoted if not any(x <= a and b <= y for x, y in ships)]
    here = [
        (kind, pattern)
        for kind, pattern, word, more in adjuncts
        if text.find(word, start, end) >= 0 or (more and stands(more, text, start, end))
    ]
    for kind, pattern in here:
        for m in pattern.finditer(text, start, end):
            # An aside may not begin or end inside a mention.
            if not any(x.start < m.start() < x.end or x.start < m.end() < x.end for x in mentions):
                out.append(Zone(m.start(), m.end(), kind))
            elif g.apart and (x := next((x for x in mentions if x.start < m.end() < x.end), None)):
                # A comma inside a name ends no aside.
                if not any(x.start < m.start() < x.end for x in mentions):
                    out.append(Zone(m.start(), x.end, kind))
    return tuple(out)


def _groups(
    text: str,
    mentions: Sequence[Mention],
    shell: Clauses,
    leaders: dict[int, Mention],
    followers: dict[int, Mention],
    g: ClauseGrammar,
) -> tuple[Group, ...]:
    led = {m.start for m in leaders.values()}
    gone = {m.start for m in followers.values()}
    less = modifiers(text, shell.start, mentions, g)
    owned = served(text, mentions, g)
    actors = [
        m
        for m in mentions
        if m.kind in ACTORS
        and m.start not in led
        and m.start not in gone
        and m.start not in less
        and not (m.kind in ("state", "bloc") and other_thing(text, m, mentions, g))
    ]
    out: list[Group] = []
    row: list[Mention] = []
    tails = leading.ends(text, leaders, g)
    last = {m.start: leaders[m.start].end if m.start in leaders else m.end for m in actors}
    ended = {m.start: tails.get(last[m.start], owned.get(m.start, m.end)) for m in actors}
    for k, m in enumerate(actors):
        if row:
            if _goes_on(text, row, actors, k, out, shell, leaders, ended, g):
                row.append(m)
                continue
            out.append(_group(text, row, shell, leaders, g))
        row = [m]
    if row:
        out.append(_group(text, row, shell, leaders, g))
    return tuple(_reached(text, _origins(text, _summed(text, out, g), shell, g), shell, g))


def _goes_on(
    text: str,
    row: Sequence[Mention],
    actors: list[Mention],
    k: int,
    out: Sequence[Group],
    shell: Clauses,
    leaders: dict[int, Mention],
    ended: dict[int, int],
    g: ClauseGrammar,
) -> bool:
    """Whether actor ``k`` stands in one list with those of ``row`` before it; ``out`` are the lists before these."""
    last, m = row[-1], actors[k]
    between = text[ended[last.start] : m.start].strip()
    lead = leaders.get(m.start)
    if lead is not None and lead.start < m.start:
        between = text[last.end : lead.start].strip()
    between = bare(SHORT.sub("", between).lstrip(". ") if g.apart else between, g)  # *A Jr. and B*, *A (AF) and B*
    both = last.kind == "state" and m.kind == "state" and last.end == m.start
    marked_list = (
        between == ","
        and not g.apart
        and {last.kind, m.kind} == {"person"}
        and _marker(text, shell, row[0], g) in ("to", "with")
    )
    in_list = between in g.joints or both or marked_list or (m.kind == "delegation" and joins(between, g))
    if not in_list and not listed(text, (shell.start, shell.end), actors, k, list(row), g):
        return False
    if shell.zone(last.start) != shell.zone(m.start):
        return False
    # *At the ministry, with X*: what stands between a building and a person coordinates nothing.
    if last.kind in ("body", "place") and m.kind in PERSONAL and _marker(text, shell, row[0], g) == "at":
        return False
    aside = shell.zones[z].kind if (z := shell.zone(m.start)) >= 0 else ""
    if m.kind in PERSONAL and aside not in ("chair", "witness") and met_there(text, shell.start, row, between, g):
        return False
    return not _list_ended(text, row, actors, k, out, between, shell, g)


def _list_ended(
    text: str,
    row: Sequence[Mention],
    actors: Sequence[Mention],
    k: int,
    out: Sequence[Group],
    between: str,
    shell: Clauses,
    g: ClauseGrammar,
) -> bool:
    """Whether a list had its last member before actor ``k``, though what stands between could go on with it."""
    m = actors[k]
    # *To A; B has sent*, not *in the presence of A; B*.
    if ";" in between and _marker(text, shell, row[0], g) not in (None, "present"):
        return True
    if between != "," or not g.apart:
        return False
    # *Gave boats to A, the ministry said*: who says so stands in no list.
    if g.tells and g.tells.match(text, m.end, shell.end):
        return True
    marker = _marker(text, shell, row[0], g)
    behind = bare(text[m.end : actors[k + 1].start].strip(), g) if k + 1 < len(actors) else ""
    # *In talks with X, Y said*: a comma alone joins no two.
    alone = len(row) == 1 and behind not in g.joints and m.kind == "person"
    # *X met with A, B.*: behind whom the sentence ends, he does nothing more.
    closes = k + 1 == len(actors) and not text[m.end : shell.end].strip(" .!?\n")
    alone = alone and not (closes and row[0].kind == "person" and any(x.marker is None for x in out))
    met = not out and opened(text, shell.start, row[0].start, g)
    # *In a letter to X, Y wished him well*: so is whoever begins a sentence as the one that something is for.
    if alone and (met or marker in ("with", "for") or (marker == "to" and not out and not closes)):
        return True
    # *On behalf of A, B and C, X sent*: the list has had its last.
    last = len(row) > 1 and "," not in text[row[-2].end : row[-1].start]
    if m.kind == "person" and last and marker == "for":
        return True
    # *Accompanied by A and B, X met*: so does the list of those beside him.
    if m.kind == "person" and not out and marker == "present" and (alone or last):
        return True
    # *In A, the minister said*: the place is no party.
    there = row[-1].kind == "state" and m.kind in PERSONAL and not _both_own(text, row[0], m, shell)
    return there and (len(row) == 1 or marker == "at")


def _summed(text: str, groups: list[Group], g: ClauseGrammar) -> list[Group]:
    """The groups without a noun that only sums up a list before it: *with A, B and other leaders*."""
    out: list[Group] = []
    for group in groups:
        last, first = out[-1] if out else None, group.members[0]
        several = last is not None and last.members[-1].kind == "person"
        several = several and last is not None and (last.marker is not None or len(last.members) > 1)
        plain = first.kind in ("group", "bloc", "all_members") and group.marker is None and len(group.members) == 1
        if last and several and plain and last.end < first.start and g.origin:
            if g.origin.fullmatch(text, last.end, first.start):
                continue
        pair = last.members[-2:] if last is not None and first.kind == "people" else ()
        beside = len(pair) == PAIR and all(m.kind == "state" for m in pair) and pair[0].end == pair[1].start
        if beside and last is not None and last.end == group.start and len(last.members) > PAIR:
            continue  # *the general of C and [the two states'] envoys of A-B*
        out.append(group)
    return out


def _origins(text: str, groups: list[Group], shell: Clauses, g: ClauseGrammar) -> list[Group]:
    """Those who come from states named before them are these states': *officers from A, B and C*."""
    out: list[Group] = []
    for group in groups:
        last, first = out[-1] if out else None, group.members[0]
        plain = first.kind in ("group", "body") and not first.value.get("country")
        if g.origin and last and plain and last.members[0].value.get("country") and last.segment == group.segment:
            states = tuple(m for m in last.members if m.kind in ("state", "bloc", "group") and m.value["country"])
            marked = last.marker in (None, "from")
            if marked and len(states) > 1 and g.origin.fullmatch(text, states[-1].end, group.start):
                row = Group((*states, *group.members[1:]), None, group.segment, group.zone)
                out[-1:] = _met(text, last, row, shell, g)
                continue
        out.append(group)
    return out


def _met(text: str, whole: Group, row: Group, shell: Clauses, g: ClauseGrammar) -> list[Group]:
    """The groups of a list that ends in a row of states: who stands before *with* met these (*B with A and C*)."""
    persons = tuple(m for m in whole.members if m.end <= row.start and m.kind in PERSONAL)
    marker = marker_before(text, shell.start, row.start, g) if persons else None
    return [replace(whole, members=persons), replace(row, marker=marker)] if marker == "with" else [row]


def _reached(text: str, groups: list[Group], shell: Clauses, g: ClauseGrammar) -> list[Group]:
    """A marker may reach over a clause to the noun that the clause describes; who stands in the clause is no party."""
    out: list[Group] = []
    for group in groups:
        lo, _ = shell.bounds(group.segment)
        far = g.reach is not None and group.marker is None and text.endswith(g.of, lo, group.start)
        m = g.reach.search(text[lo : group.start]) if g.reach and far else None
        if m is not None and m.lastgroup:
            out = [x for x in out if x.start < lo + m.start()]
            group = replace(group, marker=m.lastgroup)
        out.append(group)
    return out


def _marker(text: str, shell: Clauses, m: Mention, g: ClauseGrammar) -> str | None:
    return marker_before(text, shell.start, m.start, g) or housed(text, m, shell.mentions, shell.start, g)


def _both_own(text: str, a: Mention, b: Mention, shell: Clauses) -> bool:
    """Whether a state that begins a sentence owns, too, what stands behind a comma: *A, B navies drill*."""
    owned = b.kind == "group" and b.value.get("country") not in (None, a.value["country"])
    return owned and a.kind == "state" and not text[shell.start : a.start].strip()


def _group(text: str, row: list[Mention], shell: Clauses, leaders: dict[int, Mention], g: ClauseGrammar) -> Group:
    first = row[0]
    lead = leaders.get(first.start)
    at = min(first.start, lead.start) if lead else first.start
    marker = marker_before(text, shell.start, at, g)
    if marker == "by" and lead is not None:
        # "the delegation led by X": the word belongs to the leader, look before it.
        word = next(w for w, f in g.markers if f == "by" and text.endswith(w, shell.start, at))
        marker = marker_before(text, shell.start, at - len(word), g)
    marker = marker or _marker(text, shell, first, g) if first.start == at else marker
    zone = shell.zone(first.start)
    aside = shell.zones[zone] if zone >= 0 and not g.apart else None
    if aside and (marker == "to" and aside.kind == "occasion" or marker == "at" and first.kind in PERSONAL):
        # *On the eve of X's visit*, *glad of X's visit*: the word that opens the aside says nothing of who acts in it.
        opens = text[aside.start : at]
        marker = None if any(f == marker and w == opens for w, f in g.markers) else marker
    return Group(tuple(row), marker, shell.segment(first.start), zone)
