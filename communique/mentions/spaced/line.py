"""A sentence laid out for the noun grammars: words, known names, words of the pack, and how a phrase grows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import ahocorasick

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, shown
from communique.mentions.lexicon import Hit
from communique.mentions.scan import Scan, Sentence
from communique.mentions.words import unbracketed

OFFICE, RANK, POLITE, WORD, BODY, GROUP, DELEGATION, MEETING, TEXT, MEETING_WORD, TEXT_WORD, STOP, VERB = (
    1 << i for i in range(13)
)
KNOWN = frozenset({"state", "bloc", "place", "body", "mechanism"})
SIDES = re.compile(r"[\"\u201c]?[2-9]\+[2-9](?:[\"\u201d]|(?=[\s,.]))")
DASHES = "-\u2014\u2013/"


@dataclass(frozen=True, slots=True)
class Spot:
    """A word or words of the pack in a sentence, with all classes that they belong to."""

    start: int
    end: int
    classes: int


@dataclass(frozen=True, slots=True)
class Office:
    """An office as written from ``start`` to ``end``; ``outer`` and ``stop`` take in the state around it."""

    outer: int
    start: int
    end: int
    stop: int
    country: str | None


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All words of a pack that noun phrases are made of, in one automaton."""

    auto: Any
    articles: tuple[str, ...]
    possessives: tuple[str, ...]
    of: tuple[str, ...]
    to: tuple[str, ...]
    links: frozenset[str]
    about: tuple[str, ...]
    between: tuple[str, ...]
    rounds: tuple[str, ...]
    about_names: tuple[str, ...]
    places: tuple[str, ...]
    particles: frozenset[str]
    numbered: frozenset[str]
    bare: frozenset[str]
    both: tuple[str, ...]
    keeps: tuple[str, ...]
    posted: tuple[str, ...]
    at: tuple[str, ...]


@kept
def vocabulary(pack: LanguagePack) -> Vocabulary:
    """Compile the words of a pack by class."""
    p, n, o, r = pack.phrases, pack.nouns, pack.offices, pack.ranks
    table: dict[str, int] = {}
    named: dict[str, int] = {}  # what a word is only with a capital

    def add(words: Iterable[str], kind: int) -> None:
        for word in words:
            key = fold(word, pack.reading)
            rows = named if shown(word, pack.reading) != key else table
            rows[key] = rows.get(key, 0) | kind

    if o:
        add(o.offices.heads, OFFICE)
        add(o.offices.abbreviated, OFFICE)
        add(o.bodies.heads, BODY)
        add(o.bodies.state_organs, BODY)
    if r:
        add(r.ranks, RANK)
        add([*r.honorifics, *r.academic], POLITE)
    for nouns, kind in ((n.words, WORD), (n.meeting_words, MEETING_WORD), (n.text_words, TEXT_WORD)):
        add(nouns, kind)
    add(p.group_heads, GROUP)
    add(p.delegation_heads, DELEGATION)
    add([*p.mechanism_heads, *p.session_heads], MEETING)
    add(p.instrument_heads, TEXT)
    verbs = [t.split("~")[0].strip() for rule in pack.rules for t in rule.trigger]
    if n.right:
        add([w for w in verbs if " " in w], VERB)
    verbs = [w for w in verbs if " " not in w]
    add([w.strip() for w in (*n.stops, *verbs, *pack.mood.said, *n.articles, *n.of, *n.to, *n.about)], STOP)
    auto: Any = ahocorasick.Automaton()
    for word in {**table, **named}:
        if word:
            auto.add_word(word, (len(word), table.get(word, 0), named.get(word, 0)))
    if len(auto):
        auto.make_automaton()

    def f(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted((fold(w, pack.reading) for w in words), key=lambda w: (-len(w), w)))

    return Vocabulary(
        auto, f(n.articles), f(n.possessives), f(n.of), f(n.to), frozenset(f(n.links)),
        f(n.about), f(n.between), f(n.rounds), f(n.about_names), f(n.places), frozenset(f(n.particles)),
        frozenset(f(n.numbered)), frozenset(f(n.bare)), f(n.both), f(o.bodies.keeps_country if o else ()), f(n.posted),
        f(pack.markers.before.get("at", ())),
    )  # fmt: skip


class Line:
    """One sentence with its words and all that is known in it."""

    def __init__(self, scan: Scan, sentence: Sentence, hits: Sequence[Hit], pack: LanguagePack) -> None:
        self.text, self.cased, self.raw = scan.text, scan.cased, scan.unit.text
        self.start, self.end, self.vocabulary = sentence.start, sentence.end, vocabulary(pack)
        self.title = sentence.part == "title"
        self.tokens = [(t.start, t.end) for t in sentence.tokens]
        self.word = {t.start: t.end for t in sentence.tokens}
        self.word_at_end = {t.end: t.start for t in sentence.tokens}
        self.hits = known = [h for h in hits if h.entry.kind in KNOWN]
        self.known: dict[int, Hit] = {}
        self.known_at_end: dict[int, Hit] = {}
        for h in known:
            if h.start not in self.known:
                self.known[h.start] = h
            if h.end not in self.known_at_end:
                self.known_at_end[h.end] = h
        self.posts: list[Office] = []
        self.spots: dict[int, list[Spot]] = {}
        self.spots_at_end: dict[int, list[Spot]] = {}
        self._find()

    def _find(self) -> None:
        v = self.vocabulary
        if not len(v.auto):
            return
        within = {i: h.end for h in self.hits if h.entry.kind == "state" for i in range(h.start + 1, h.end)}
        for last, (n, plain, named) in v.auto.iter(self.text, self.start, self.end):
            start, end = last + 1 - n, last + 1
            if within.get(start, end) < end:
                continue  # begins within the name of a state and ends behind it
            if start > self.start and self.text[start - 1].isalnum() and self.text[start].isalnum():
                continue
            if end < self.end and self.text[end].isalnum() and self.text[end - 1].isalnum():
                continue
            kind = plain | named if self.cased[start].isupper() else plain
            if not kind:
                continue
            spot = Spot(start, end, kind)
            self.spots.setdefault(start, []).append(spot)
            self.spots_at_end.setdefault(end, []).append(spot)
        for rows in (*self.spots.values(), *self.spots_at_end.values()):
            rows.sort(key=lambda s: s.start - s.end)

    def capital(self, start: int) -> bool:
        """Whether the word that begins at ``start`` has a capital and is no word at which names end."""
        if not self.cased[start : start + 1].isupper():
            return False
        rows = self.spots.get(start, ())
        return not any(s.classes & STOP and s.end == self.word.get(start) for s in rows)

    def longest(self, start: int, classes: int) -> Spot | None:
        """Return the longest word of one of ``classes`` that begins at ``start``."""
        return next((s for s in self.spots.get(start, ()) if s.classes & classes), None)

    def longest_before(self, end: int, classes: int) -> Spot | None:
        """Return the longest word of one of ``classes`` that ends at ``end``."""
        return next((s for s in self.spots_at_end.get(end, ()) if s.classes & classes), None)

    def heads(self, classes: int) -> list[Spot]:
        """Return the words of ``classes``, none inside a longer one of them or at the end of a stop, in order."""
        out: list[Spot] = []
        for start in sorted(self.spots):
            spot = self.longest(start, classes)
            wider = STOP | BODY | OFFICE if classes & (DELEGATION | GROUP) else STOP
            stop = self.longest(start, STOP)
            if spot and stop and stop.end > spot.end and " " in self.text[start : stop.end]:
                continue  # the first word of *dialogue partners*
            if spot and any(s.start < start and s.classes & wider for s in self.spots_at_end.get(spot.end, ())):
                continue  # the last word of *at the head of the delegation*
            if spot and (not out or spot.end > out[-1].end):
                if out and spot.start < out[-1].end:
                    continue
                out.append(spot)
        return out

    def skip(self, at: int) -> int:
        """Return where the next word begins, if a single blank stands before it, else -1."""
        if at < self.end and self.text[at] == " ":
            at += 1
        return at if at < self.end and (self.text[at].isalnum() or self.text[at] in "\"'\u201c") else -1

    def back(self, at: int) -> int:
        """Return where the word before ``at`` ends, if a single blank stands between, else -1."""
        if at > self.start and self.text[at - 1] == " ":
            at -= 1
        return at if at > self.start and self.text[at - 1].isalnum() else -1

    def article(self, at: int) -> int:
        """Return where the phrase at ``at`` begins behind an article."""
        for word in self.vocabulary.articles:
            if self.text.startswith(word + " ", at):
                return at + len(word) + 1
        return at

    def owner_before(self, at: int) -> Hit | None:
        """Return the state or bloc right before ``at``, with or without a sign of possession."""
        end = unbracketed(self.cased, self.start, at - int(at > self.start and self.text[at - 1] == " "))
        for sign in self.vocabulary.possessives:
            if self.text.endswith(sign, self.start, end):
                h = self.known_at_end.get(end - len(sign))
                if h and h.entry.kind in ("state", "bloc", "body", "place"):
                    return h
        h = self.known_at_end.get(end)
        return h if h and end < at and h.entry.kind in ("state", "bloc") else None

    def unit(self, at: int, classes: int, caps: bool) -> int:
        """Return where the word or name that begins at ``at`` and may belong to a phrase ends, or -1."""
        h = self.known.get(at)
        spot = self.longest(at, classes)
        end = max(h.end if h else -1, spot.end if spot else -1)
        other = self.longest(at, POLITE | (VERB if classes & OFFICE else VERB | OFFICE))
        if other is not None and other.end > end > 0:
            return -1  # the first word of a verb or of another office
        if end < 0 and caps and self.capital(at):
            end = self.word.get(at, -1)
        word = self.word.get(at, -1) if end < 0 else end
        return self.number(at, word, end)

    def number(self, start: int, stop: int, end: int) -> int:
        """Return where the number ends that a word from ``start`` to ``stop`` takes (*Region 3*), else ``end``."""
        digits = self.skip(stop) if start < stop and self.text[start:stop] in self.vocabulary.numbered else -1
        last = self.word.get(digits, -1)
        return last if last > 0 and last - digits < 4 and self.text[digits:last].isdecimal() else end

    def unit_before(self, end: int, classes: int, caps: bool) -> int:
        """Return where the word or name that ends at ``end`` and may belong to a phrase begins, or -1."""
        h = self.known_at_end.get(end)
        spot = self.longest_before(end, classes)
        start = min(h.start if h else 1 << 30, spot.start if spot else 1 << 30)
        if start == 1 << 30:
            begin = self.word_at_end.get(end, -1)
            start = begin if caps and begin >= 0 and (self.capital(begin) or self._named(begin)) else -1
        return start

    def _named(self, start: int) -> bool:
        """Whether a word that ends names elsewhere is the first of one: with a capital, behind an article."""
        before = next((w for w in self.vocabulary.articles if self.text.endswith(f" {w} ", self.start, start)), None)
        return before is not None and self.cased[start].isupper() and self.text[start].isalpha()

    def grow_right(self, at: int, classes: int, caps: bool, linked: bool = True) -> int:
        """Return where a phrase that has come to ``at`` ends, grown over bare words and what links join to them."""
        while True:
            nxt = self._joined(at)
            end = self.unit(nxt, classes, caps) if nxt >= 0 else -1
            of = self.known_at_end.get(at)  # *the navy of A and the navy of B* are two
            joined = linked and end < 0 <= nxt and not (of and of.entry.kind == "state")
            if joined and self.text[nxt : self.word.get(nxt, nxt)] in self.vocabulary.links:
                nxt = self._articled(self.skip(self.word[nxt]), classes)
                head = self.longest(nxt, MEETING | TEXT | OFFICE) if nxt >= 0 else None
                spot = self.longest(nxt, classes) if nxt >= 0 else None  # *Region 3 and Region 5* are two
                another = bool(head and self.cased[nxt].isupper()) or bool(spot and self.number(nxt, spot.end, -1) > 0)
                end = self.unit(nxt, classes, caps) if nxt >= 0 and not another and nxt not in self.known else -1
                end = -1 if head is not None and head.end > end else end  # *A's summit and [a meeting]*
            if end < 0:
                return at
            at = end

    def _articled(self, at: int, classes: int) -> int:
        """Return where a field begins behind its article (*Development and [the] Pacific*), else ``at``."""
        begin = self.article(at) if at >= 0 else at
        spot = self.longest(begin, WORD) if begin > at and classes & WORD and self.cased[begin].isupper() else None
        if spot is None or self.longest(begin, BODY | OFFICE) is not None:
            return at
        after = self.skip(spot.end)
        return at if after >= 0 and self.longest(after, WORD | BODY | OFFICE) is not None else begin

    def grow_left(self, at: int, classes: int, caps: bool, owners: bool = True) -> int:
        """Return where a phrase that begins at ``at`` begins when bare words, states and owners are taken in."""
        while True:
            owner = self.owner_before(at) if owners else None
            if owner is not None:
                at = owner.start
                continue
            end = self._joined_before(at)
            start = self.unit_before(end, classes, caps) if end >= 0 else -1
            if start < self.start:
                start = self.before_link(end, classes) if caps else -1
            if start < self.start and end >= 0 and self.text[end:at].strip() in ("'", "\u2019"):
                start = self._many(end)  # *the rectors' forum*
            if start < self.start:
                return at
            at = start

    def before_link(self, end: int, classes: int) -> int:
        """Return where the first of two words begins that a link before ``end`` ties (*Trade and Industry*)."""
        word = self.word_at_end.get(end, -1)
        if word < 0 or self.text[word:end] not in self.vocabulary.links:
            return -1
        spot = self.longest_before(self.back(word), classes)
        return spot.start if spot and self.cased[spot.start].isupper() and not spot.classes & (OFFICE | BODY) else -1

    def _many(self, end: int) -> int:
        """Return where the word for many begins that ends at ``end`` and owns what follows."""
        begin = self.word_at_end.get(end, -1)
        return begin if end - begin > 4 and not any(s.classes & STOP for s in self.spots_at_end.get(end, ())) else -1

    def grow_any(self, at: int, linked: bool = False) -> int:
        """Return where a name that has come to ``at`` ends when it goes on over any words that stop none."""
        for _ in range(12):
            nxt = self._joined(at)
            end = self.open_unit(nxt)
            if end < 0 and linked and nxt >= 0 and self.text[nxt : self.word.get(nxt, nxt)] in self.vocabulary.links:
                end = self.open_unit(self.skip(self.word[nxt]))
            if end < 0:
                return at
            at = end
        return at

    def open_unit(self, at: int) -> int:
        """Return where the word or name at ``at`` ends, -1 where names end before it."""
        sides = SIDES.match(self.text, at) if at >= 0 else None
        if sides:
            return sides.end()
        word = self.known[at].end if at in self.known else self.word.get(at, -1)
        rows = self.spots.get(at, ())
        stops = any(s.classes & (STOP | VERB | OFFICE) and s.end >= word for s in rows)
        stops = stops or any(c.isdigit() for s in rows for c in self.text[s.start : s.end])  # a number, a round
        return word if word > 0 and self.text[at].isalpha() and not stops else -1

    def _joined(self, at: int) -> int:
        """The next word behind a blank or a dash."""
        if at in self.known_at_end:
            for sign in self.vocabulary.possessives:
                if self.text.startswith(sign + " ", at):
                    return self.skip(at + len(sign))
        for dash in DASHES:
            if self.text.startswith(f" {dash} ", at):
                return self.skip(at + 2)
            if self.text.startswith((f" {dash}", f"{dash} "), at) and at in self.known_at_end and at + 2 in self.known:
                return at + 2  # a pair written with one blank only
            if self.text.startswith(dash, at):
                return self.skip(at + 1)
        return self.skip(at)

    def _joined_before(self, at: int) -> int:
        """The end of the word before a blank, a dash or a sign of possession."""
        end = at
        for dash in DASHES:
            if self.text.endswith(f" {dash} ", self.start, at):
                end = at - 3
            elif self.text.endswith(f"{dash} ", self.start, at) and at in self.known and at - 2 in self.known_at_end:
                end = at - 2
            elif self.text.endswith(dash, self.start, at):
                end = at - 1
        if end == at:
            end = self.back(at)
            if end < 0 and at > self.start and self.text[at - 1] == " ":
                sign = next((s for s in self.vocabulary.possessives if self.text.endswith(s, self.start, at - 1)), "")
                end = at - 1 - len(sign) if sign else -1
        return end

    def paired(self, at: int) -> int:
        """Return where the state or bloc ends that a dash ties to what ends at ``at``, else ``at``."""
        begin = self._joined(at) if self.text[at : at + 2].strip()[:1] in DASHES else -1
        hit = self.known.get(begin)
        return hit.end if hit is not None and hit.entry.kind in ("state", "bloc") else at

    def tied(self, at: int, words: tuple[str, ...], classes: int, caps: bool, free: bool = False) -> int:
        """Return where ``of X`` behind ``at`` ends, X a word or name grown to the right; ``at`` where there is none.

        ``free``: X may begin with a word that no list knows.
        """
        if not self.text.startswith(" ", at):
            return at
        for word in words:
            if self.text.startswith(word + " ", at + 1):
                begin = b if (b := at + len(word) + 2) in self.known else self.article(b)
                end = self.unit(begin, classes, caps)
                if end < 0 and free and (first := self.open_unit(begin)) > 0:
                    return self.grow_any(first, linked=True)
                own = begin not in self.known or self.known[begin].entry.kind == "body"
                if end >= 0:
                    end = self.grow_right(end, classes, caps and own)
                    return self.grow_any(end, linked=True) if free and self.cased[begin].islower() else end
        return at
