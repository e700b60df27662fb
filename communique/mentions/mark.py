"""All mentions of a document: each stage of the grammar in turn, each leaving alone what an earlier one took."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import TypeVar
from weakref import WeakKeyDictionary

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.loader.packs import Packs
from communique.mentions import (
    dates,
    lac,
    meetings,
    namegrammar,
    names,
    ordinals,
    people,
    phrasegrammar,
    phrases,
    seats,
    shorts,
    surnamed,
)
from communique.mentions.dates import DateMention
from communique.mentions.fold import fold
from communique.mentions.lexicon import Entry, Hit, Lexicon, build, leftmost
from communique.mentions.scan import Scan, Sentence, Tagger, scan
from communique.mentions.spaced import again, both, forces, naming
from communique.mentions.spaced import people as spaced
from communique.mentions.spaced import phrases as spaced_phrases
from communique.mentions.spaced.line import GROUP, MEETING, MEETING_WORD, OFFICE, TEXT, WORD, Line
from communique.model import Mention, Unit

Span = TypeVar("Span", Mention, DateMention, Hit)
CLOSING = ("\u201d", "\u300d", "\u300f")
STAND_INS = ("side", "pair", "people", "they", "he", "all_members", "delegation")


@dataclass(frozen=True, slots=True)
class Marked:
    """A unit with its mentions.

    ``mentions[i]`` are those of ``scan.sentences[i]``: typed spans without overlap, in order. ``hits`` are
    all words of the lexicon in the unit, also those inside mentions; ``dates`` all dates of the unit.
    """

    scan: Scan
    mentions: tuple[tuple[Mention, ...], ...]
    hits: tuple[Hit, ...]
    dates: tuple[DateMention, ...]

    def within(self, start: int, end: int) -> list[Hit]:
        """Return the hits that lie between two places."""
        out: list[Hit] = []
        for i in range(bisect_left(self.hits, start, key=_begin), len(self.hits)):
            h = self.hits[i]
            if h.start >= end:
                break
            if h.end <= end:
                out.append(h)
        return out

    def row(self, m: Mention) -> tuple[Mention, ...]:
        """Return the mentions of the sentence that holds a mention; none if it is none of these."""
        i = bisect_right(self.scan.sentences, m.start, key=_begin) - 1
        row = self.mentions[i] if i >= 0 else ()
        return row if m in row else ()


_begin = attrgetter("start")

_lexicons: WeakKeyDictionary[Packs, dict[str, Lexicon]] = WeakKeyDictionary()


def lexicon(packs: Packs, code: str) -> Lexicon:
    """Return the compiled lexicon of a language (built once for each set of packs)."""
    built = _lexicons.setdefault(packs, {})
    if code not in built:
        built[code] = build(packs.languages[code], packs.mechanisms)
    return built[code]


def _owned(hits: Sequence[Hit]) -> dict[int, Hit]:
    """Bodies that name no state, by where the state begins whose name stands right before: *the American navy*."""
    bodies = {h.start: h for h in hits if h.entry.kind == "body" and not h.entry.value}
    return {h.start: bodies[h.end] for h in hits if h.entry.kind == "state" and h.end in bodies}


@kept
def _adjectives(pack: LanguagePack) -> frozenset[str]:
    """Words that name a state but are not its name, folded."""
    states = pack.states.states.values() if pack.states else ()
    return frozenset(fold(a, pack.reading) for s in states for a in s.adjectives)


@lru_cache(maxsize=8)
def tagger(name: str) -> Tagger:
    """Return the tagger that a pack names."""
    if name == "lac":
        return lac.load()
    from communique.mentions.plain import PlainTagger

    return PlainTagger()


def find(documents: Sequence[Sequence[Unit]], packs: Packs, code: str) -> list[list[Marked]]:
    """Return the mentions of documents in one language; names are shared within a document.

    Many documents in one call are faster than many calls: the tagger works in batches.
    """
    pack = packs.languages[code]
    flat = [u for units in documents for u in units]
    scans = iter(scan(flat, pack, tagger(pack.reading.tagger)))
    words = lexicon(packs, code)
    out = []
    for units in documents:
        group = [next(scans) for _ in units]
        named = names.find(group, pack) if not pack.reading.words_apart else [[] for _ in group]
        out.append([_mark(s, n, words, pack) for s, n in zip(group, named, strict=True)])
    return out


def _untitled(text: str, hits: list[Hit], titles: Sequence[str]) -> list[Hit]:
    """The hits without a state's name that is the title of somebody of the state right before it."""
    ends = {h.end for h in hits if h.entry.kind == "state"} if any(w in text for w in titles) else frozenset[int]()
    return [h for h in hits if h.start not in ends or text[h.start : h.end] not in titles] if ends else hits


def _mark(s: Scan, named: Sequence[names.Name], words: Lexicon, pack: LanguagePack) -> Marked:
    hits = words.hits(s.text, cased=s.cased)
    if pack.states:
        hits = _untitled(s.text, hits, pack.states.titles)
        named_states = frozenset(h.entry.value for h in hits if h.entry.kind == "state" and h.entry.value)
        if pack.reading.words_apart:
            hits = seats.governments(s.text, s.sentences, hits, pack)
            extra = shorts.dashed(s.text, s.cased, hits, pack.states, lambda w: fold(w, pack.reading))
        else:
            extra = [h for x in s.sentences for h in shorts.find(s.text, x, pack.states, named_states)]
        hits = leftmost([*hits, *extra])
    hits = hits if pack.reading.words_apart or not pack.states else _posted(s.text, hits, _posts(pack))
    hits = hits if pack.reading.words_apart else _whole_towns(s, hits, pack)
    strict = {h.entry.value for h in hits if h.entry.kind == "mechanism"}
    owned = {h.end for h in hits if h.entry.kind == "state"}  # *A's ministers' meeting* is another one
    hits = [h for h in hits if h.entry.kind != "loose" or (h.entry.value in strict and h.start not in owned)]
    held = [
        x
        for h in hits
        if h.entry.kind == "mechanism" or (h.entry.kind == "body" and not h.entry.value)
        for x in words.inside(s.text, h)
        if x.end < h.end or pack.reading.words_apart
    ]
    hits = sorted([*hits, *held], key=lambda h: (h.start, -h.end))
    found = dates.find(s.cased, pack.dates) if pack.dates else []
    lines: Sequence[Line | None] = [None] * len(s.sentences)
    if pack.reading.words_apart:
        lines = spaced.lines(s, hits, pack)
        persons = spaced.find(s, [x for x in lines if x], pack)
    else:
        persons = surnamed.told(s, people.find(s, named, hits, pack), pack)
    apart = _apart(s.sentences, persons), _apart(s.sentences, found), _apart(s.sentences, hits)
    rows = [
        _sentence(s, x, who, when, what, pack, line)
        for x, who, when, what, line in zip(s.sentences, *apart, lines, strict=True)
    ]
    rows = forces.named_again(s, again.rounds(s, rows, pack), pack) if pack.reading.words_apart else rows
    return Marked(s, tuple(rows), tuple(hits), tuple(found))


@kept
def _posts(pack: LanguagePack) -> tuple[str, ...]:
    """The words before a state by which a body of another is in it, and no words for going there."""
    inner = set(pack.phrases.inner_words)
    return tuple(w for w in pack.states.frames.before if w in inner) if pack.states else ()


def _posted(text: str, hits: Sequence[Hit], words: Sequence[str]) -> list[Hit]:
    """The hits, and the bodies of one state in another as one name each, of the first: *A's embassy in B*."""
    out: list[Hit] = []
    whole: list[Hit] = []
    for h in hits:
        there = out[-1] if out and out[-1].end == h.start and out[-1].entry.kind == "state" else None
        word = next((w for w in words if there and text.endswith(w, 0, there.start)), None)
        if h.entry.kind == "body" and not h.entry.value and there is not None and word is not None:
            own = out[-2] if len(out) > 1 and out[-2].end == there.start - len(word) else None
            own = own if own is not None and own.entry.kind in ("state", "bloc") else None
            start = own.start if own else there.start - len(word)
            whole.append(Hit(start, h.end, Entry("body", own.entry.value if own else None)))
        out.append(h)
    return sorted([*out, *whole], key=lambda h: (h.start, -h.end))


def _whole_towns(s: Scan, hits: list[Hit], pack: LanguagePack) -> list[Hit]:
    """The hits without a town with which only the name of another begins, in letters that write foreign names."""
    letters, starts = namegrammar.grammar(pack).letters, {h.start for h in hits}
    ends = {t.start: t.end for x in s.sentences for t in x.tokens if t.tag == "place"}
    out = []
    for h in hits:
        end = ends.get(h.start, h.end) if h.entry.kind == "place" else h.end
        longer = end > h.end + 1 and h.end not in starts and letters.issuperset(s.text[h.start : end])
        out += [] if longer else [h]
    return out


def _apart(sentences: Sequence[Sentence], spans: Sequence[Span]) -> list[list[Span]]:
    """Give every sentence the spans that lie in it, in their order."""
    out: list[list[Span]] = [[] for _ in sentences]
    starts = [x.start for x in sentences]
    for m in spans:
        i = bisect_right(starts, m.start) - 1
        if i >= 0 and m.end <= sentences[i].end:
            out[i].append(m)
    return out


def _of_committee(s: Scan, x: Sentence, h: Hit, hits: Sequence[Hit], pack: LanguagePack) -> bool:
    """Whether a word for both stands in the name of their committee (*the A-B bilateral trade committee*)."""
    g = phrasegrammar.grammar(pack)
    head = g.joint_body
    if s.text[h.start - 1 : h.start] in CLOSING and h.start > x.start:
        return True  # *the "X" bilateral drill*
    near = any(y.entry.kind == "state" and 0 <= h.start - y.end <= 4 for y in hits)
    beside = any(y.entry.kind == "state" and y.end == h.start for y in hits)
    if beside and g.joint_meeting and g.joint_meeting.match(s.text, h.start, x.end):
        numbers = ordinals.find(s.text, x.start, x.end, pack)
        return phrasegrammar.jointly(s.text, h.start, x.end, numbers, g) is not None
    return near and head is not None and head.search(s.text, h.end, min(x.end, h.end + 10)) is not None


def _in_name(line: Line, h: Hit) -> bool:
    """Whether a word for both stands in the name of a meeting (*the Committee on [bilateral] A*)."""
    if line.longest(h.start, MEETING_WORD) is None:
        return False
    heads = (x.end for x in line.heads(MEETING) if x.end <= h.start and line.cased[x.start].isupper())
    about = line.vocabulary.about
    return any(line.tied(line.grow_any(end), about, WORD | MEETING_WORD, caps=True) >= h.end for end in heads)


def _tells_meeting(line: Line, h: Hit) -> bool:
    """Whether a word for several only says how many meet, right behind what meets (*[trilateral] drill*)."""
    before = line.longest_before(line.back(h.start), MEETING | MEETING_WORD)
    return before is not None and line.longest(h.start, MEETING_WORD) is not None


def _in_text(line: Line, h: Hit) -> bool:
    """Whether a word for both or all stands in the name of a text (*the Declaration on the conduct of [the parties]*).

    Right before it stands *of* or *between*, and a word for both is written with a capital (*the two Ministries*).
    """
    v = line.vocabulary
    tied = line.text.endswith(tuple(f" {w} " for w in (*v.of, *v.between)), line.start, h.start)
    if not tied or (h.entry.kind == "pair" and line.raw[h.start : h.end].islower()):
        return False
    heads = [x for x in line.heads(TEXT) if x.end <= h.start and line.cased[x.start].isupper()]
    return bool(heads) and not set(line.text[heads[-1].end : h.start]) & set(",;:")


def _of_its_name(m: Mention, text: Mention, apart: bool) -> bool:
    """Whether a date stands in the name of a numbered text (*resolution No. 7 on the plan for [2026]*).

    Where words do not stand ``apart``, so may words for both (*the pact on the borders of [the two states]*).
    """
    inside = text.kind == "instrument" and text.start < m.start < m.end < text.end
    return inside and (m.kind == "date" and bool(text.value.get("numbered")) or m.kind == "pair" and not apart)


def _labels(text: str, d: DateMention) -> bool:
    """Whether a year ends a name in marks (*"NAME 2025"*), which says which round it is."""
    return d.kind == "year" and text[d.start - 1 : d.start] == " " and text[d.end : d.end + 1] in CLOSING


def _of_some(line: Line, h: Hit) -> bool:
    """Whether words for all states stand right before the names of some (*the ministers of the states A and B*)."""
    behind, longer = line.known.get(line.skip(h.end)), line.longest(h.start, GROUP)
    if longer is not None and longer.end > h.end:
        return True  # *the finance ministers of A*
    office = line.longest_before(line.back(h.start), OFFICE | WORD)
    area = behind is None and line.longest(line.skip(h.end), MEETING_WORD) is not None
    if area and office is not None and line.cased[office.start].isupper():
        return True  # *the meeting of the ministers of the states of the basin*
    return behind is not None and behind.entry.kind in ("state", "bloc")


def _sentence(
    s: Scan,
    x: Sentence,
    persons: Sequence[Mention],
    found: Sequence[DateMention],
    hits: list[Hit],
    pack: LanguagePack,
    line: Line | None = None,
) -> tuple[Mention, ...]:
    out = list(persons)

    def free(start: int, end: int) -> bool:
        return all(end <= m.start or start >= m.end for m in out)

    titles = [m.span() for m in meetings.TITLE.finditer(s.text, x.start, x.end)]
    for d in found:
        named = any(a < d.start and d.end < b for a, b in titles) or (line is None and _labels(s.text, d))
        if free(d.start, d.end) and not named:
            out.append(Mention(d.start, d.end, "date", {"date": d}, "date"))
    for h in hits:
        titled = any(a < h.start and h.end < b for a, b in titles)
        named = line is not None and line.tied(h.end, line.vocabulary.of, WORD, caps=True) > h.end
        two = h.entry.kind == "pair"
        named = named or two and (_in_name(line, h) if line else _of_committee(s, x, h, hits, pack))
        named = named or (line is not None and h.entry.kind == "they" and _tells_meeting(line, h))
        named = named or (line is not None and h.entry.kind == "all_members" and _of_some(line, h))
        named = named or (line is not None and h.entry.kind in ("pair", "all_members") and _in_text(line, h))
        named = named or both.bears_name(line, h, found)
        if h.entry.kind in ("pair", "people", "they", "all_members") and free(h.start, h.end) and not (titled or named):
            start = both.start_of(line, h, pack)
            start = start if free(start, h.end) else h.start
            out.append(Mention(start, h.end, h.entry.kind, {"country": None}, "lexicon"))
    taken = [(m.start, m.end) for m in out]
    for m in spaced_phrases.find(line, taken, pack) if line else phrases.find(s, x, taken, hits, pack):
        out = [o for o in out if not _of_its_name(o, m, line is not None)]
        if free(m.start, m.end):
            out.append(m)
    side = tuple(pack.phrases.side)
    adjectives = _adjectives(pack)
    after = re.compile(pack.phrases.after_party) if pack.phrases.after_party else None
    owned = {} if line else _owned(hits)
    # A pronoun of one letter inside a word is none.
    for h in hits if line else [h for h in hits if h.entry.kind != "he" or x.begins(h.start)]:
        body = owned.get(h.start)
        if body is not None and free(h.start, body.end):
            out.append(Mention(h.start, body.end, "body", {"country": h.entry.value}, "lexicon"))
        elif h.entry.kind in ("state", "bloc", "place", "body", *STAND_INS) and free(h.start, h.end):
            end = h.end
            kind = h.entry.kind
            more = after.match(s.text, end, x.end) if after and kind in ("state", "bloc") else None
            end = more.end() if more else end
            if kind == "state" and side and s.text.startswith(side, end):
                end += len(next(w for w in side if s.text.startswith(w, end)))
            lone = kind == "state" and end == h.end and s.text[h.start : end] in adjectives
            if lone and not s.text[end : x.end].lstrip().startswith((*pack.markers.joints, *pack.markers.seats)):
                continue  # *Chinese* alone is nobody: it belongs to the noun behind it
            if pack.reading.capitals and kind == "body" and not h.entry.value and s.cased[h.start].islower():
                continue  # *military* alone is nobody either
            if kind != "side" and free(h.start, end):
                inner = (x.entry.value for x in hits if h.start <= x.start and x.end <= h.end and x.entry.value)
                out.append(Mention(h.start, end, kind, {"country": h.entry.value or next(inner, None)}, "lexicon"))
    out += [m for m in (_alone(s, x, hits, pack) if line else _own(x, hits)) if free(m.start, m.end)]
    return tuple(sorted(out, key=lambda m: m.start))


BEHIND_OWN = frozenset({"preposition", "conjunction", "adverb", "verb", "punctuation", "time"})


def _own(x: Sentence, hits: list[Hit]) -> list[Mention]:
    """Words for one's own state that stand for it alone."""
    rows = [h for h in hits if h.entry.kind == "own" and _stands_alone(x, h.end)]
    return [Mention(h.start, h.end, "group", {"country": None, "own": True}, "lexicon") for h in rows]


def _stands_alone(x: Sentence, end: int) -> bool:
    """Whether words for one's own state are no part of what follows them (*our state and A*, not *our minister*).

    Between a verb and a preposition they are (*is our friend in B*, where the noun stands last).
    """
    i = x.token_at(end)
    if i < 0 or x.tokens[i].start != end:
        return True
    inner = i > 1 and x.tokens[i - 2].tag == "verb" and x.tokens[i].tag == "preposition"
    return x.tokens[i].tag in BEHIND_OWN and not inner


TITLES = frozenset({"office", "rank", "honorific"})


def _alone(s: Scan, x: Sentence, hits: list[Hit], pack: LanguagePack) -> list[Mention]:
    """Titles that stand for somebody named before: such a word begins a clause, and a verb follows it.

    Where a stand-in is made of more words than a title (*the minister*), the lexicon has it already.
    """
    words = tuple(f"{fold(w, pack.reading)} " for w in (*pack.nouns.words, *pack.markers.joints))
    he, does = {fold(w, pack.reading) for w in pack.phrases.he}, naming.grammar(pack).verbs
    out = []
    for h in hits:
        if h.entry.kind not in TITLES or s.text[h.start : h.end] not in he:
            continue
        before = s.text[x.start : h.start].rstrip(' \u201c"')
        next_word = s.cased[h.end + 1 : h.end + 2]
        known = any(y.start == h.end + 1 and y.entry.kind != "none" for y in hits)
        if (not before or before[-1] in pack.markers.cuts) and next_word.islower() and not known:
            # *The premier held talks*: a verb whose first word is also that of a body.
            if not s.text.startswith(words, h.end + 1) or (does and does.match(s.text, h.end + 1, x.end)):
                out.append(Mention(h.start, h.end, "he", {"country": None}, "lexicon"))
    return out
