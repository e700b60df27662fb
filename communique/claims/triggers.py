"""Trigger words of rules: where a sentence may tell of an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from communique.claims.clause import Clauses
from communique.claims.clausewords import grammar, marker_before
from communique.loader.anyword import any_word
from communique.loader.kept import kept
from communique.loader.language import LanguagePack, Rule
from communique.mentions.fold import fold
from communique.mentions.scan import Sentence
from communique.mentions.words import whole, words_pattern
from communique.model import Mention

GAP = 34
LAST = 4  # triggers before one that may hold it
LIGHT = 6  # letters of a verb and its noun (*held talks*)
SHORT = 4  # letters of a trigger that hides no other inside it, where no blanks stand between words
OFF = ("cancelled", "postponed")


class Trigger(NamedTuple):
    """A trigger word of a rule in a sentence; ``start`` is its first word, ``end`` the end of its last."""

    start: int
    end: int
    rule: Rule
    words: str


def rank(t: Trigger, apart: bool) -> tuple[int, bool, bool, bool]:
    """Where a trigger stands among those of its sentence: what is called off first, then the decision of one organ.

    Talks come before the session that the same words might tell of, where words stand ``apart`` (*held talks*).
    """
    return t.start, t.rule.status not in OFF, t.rule.type != "decision", apart and t.rule.type == "session"


@dataclass(frozen=True, eq=False)
class RuleBook:
    """All engagement rules of a pack: one pattern that finds every trigger, the rules of each word.

    ``parting`` matches words that may part the first word of a trigger from the next (*was [on Monday] elected*).
    Where words stand apart, ``within`` holds the shorter triggers that each begins with, ``ending`` those that it
    ends with and that tell of other types (*was held*: *held*). ``whole`` matches words of which no
    part is a trigger."""

    gate: re.Pattern[str] | None
    whole: re.Pattern[str] | None
    parting: re.Pattern[str] | None
    within: dict[str, tuple[str, ...]]
    ending: dict[str, tuple[tuple[str, frozenset[str]], ...]]
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
    parting = _parting(pack)
    gate = _alternatives([*_parted(words, pack), any_word(words)], apart) if words else None
    within = (
        {w: tuple(x for k, c in enumerate(w) if c == " " and (x := w[:k]) in table) for w in words} if apart else {}
    )
    within = {w: shorter[::-1] for w, shorter in within.items()}
    types = {w: frozenset(rule.type for rule, _ in rows) for w, rows in table.items()}
    ending = {
        w: tuple(
            (x, types[x] - types[w])
            for k, c in enumerate(w)
            if c == " " and types.get(x := w[k + 1 :], set()) - types[w]
        )
        for w in (words if apart else ())
    }
    rows = {w: tuple(r) for w, r in table.items()}
    bound = [any_word(fold(w, pack.reading) for w in pack.reading.whole)] if apart and pack.reading.whole else []
    return RuleBook(
        gate, _alternatives(bound, apart), parting, within, ending, rows, guards, pack.reading.stretch, apart
    )


def _parting(pack: LanguagePack) -> re.Pattern[str] | None:
    words = "|".join(fold(w, pack.reading) for w in pack.markers.parting)
    return re.compile(rf" (?:(?:{words}),? ){{1,2}}") if words else None


def _parted(words: list[str], pack: LanguagePack) -> Iterator[str]:
    """Yield expressions for triggers that begin with a helping verb, with words that part it from the rest."""
    parting = _parting(pack)
    for head in (fold(w, pack.reading) for w in pack.markers.helping) if parting else ():
        rests = [w[len(head) + 1 :] for w in words if w.startswith(f"{head} ")]
        if parting and rests:
            yield re.escape(head) + parting.pattern + any_word(rests)


def triggers(text: str, clauses: Clauses, book: RuleBook, sentence: Sentence, pack: LanguagePack) -> list[Trigger]:
    """Return the triggers of a sentence, in order; one word may trigger several rules.

    A word inside a name is no trigger, nor is one that the tagger calls a preposition: save in a rule that names both
    the organs that may act and what the words must say, where no blanks stand between them.
    """
    out: list[Trigger] = []
    spans, blocked = _spans(clauses)
    days, named, meetings = spans["date"], spans["instrument"], spans["meeting"]
    # *met the president B*, where the tagger took the verb for the noun
    persons = {at for span in spans["person"] for at in span} if not book.apart else set()
    bound = _bound_words(text, clauses, book)
    for m in _matches(text, clauses, book, out, bound):
        named_so = (m.start(), next((b for a, b in meetings if a == m.start()), 0))
        day = next((d for d in days if d[0] < m.start() < d[1]), None)
        if day is not None and (day[1] != m.end() or _bound(text, clauses, day[0], pack)):
            continue  # what ends the words of a date may be the verb: *on 12 September began*
        if any(a <= m.start() < b for a, b in blocked if (a, b) != named_so):
            continue
        i = sentence.token_at(m.start())
        aside = i >= 0 and sentence.tokens[i].tag == "preposition" and sentence.tokens[i].start == m.start()
        aside = aside and not any(0 <= a - m.end() <= 3 for a, _ in named)
        if aside and book.apart:
            continue
        within = any(a <= m.start() < b for a, b in named) or (named_so in meetings and persons.isdisjoint(m.span()))
        whole_word = m.group()
        if book.parting and whole_word not in book.rules:
            whole_word = book.parting.sub(" ", whole_word, count=1)
        before = len(out)
        begins = m.end() - len(whole_word)
        for word in (w for w in (whole_word, *book.within.get(whole_word, ())) if not _within(begins + len(w), bound)):
            end = begins + len(word)
            for rule, second in book.rules[word]:
                if (within and not rule.inside) or (aside and not (rule.organ and rule.only_in)):
                    continue
                if rule.verb and i >= 0 and sentence.tokens[i].tag != "verb":
                    continue
                if second is not None and text.find(second, end, clauses.end) < 0:
                    continue
                t = _trigger(text, clauses, (m.start(), end), rule, second, book, pack)
                if t and not (not book.apart and any(_covers(x, t) for x in out[-LAST:])):
                    out.append(t)
            if len(out) > before:
                break
        ending = book.ending.get(whole_word, ()) if out and out[-1].start == m.start() else ()
        for word, types in ((w, kinds) for w, kinds in ending if not _within(m.end() - len(w), bound)):
            for rule, second in book.rules[word]:
                if rule.type in types and (rule.inside or not within):
                    t = _trigger(text, clauses, (m.end() - len(word), m.end()), rule, second, book, pack)
                    out += [t] if t else []
    return out


def _covers(x: Trigger, t: Trigger) -> bool:
    """Whether a word for talks ends a trigger of talks that began before it: *held talks* is no *talks* beside it."""
    return x.start < t.start and x.end == t.end <= x.start + LIGHT and x.rule.type == t.rule.type == "talks"


def _spans(clauses: Clauses) -> tuple[dict[str, list[tuple[int, int]]], list[tuple[int, int]]]:
    """Where the names, texts and dates of a sentence stand, by kind; and what no trigger may stand in."""
    spans: dict[str, list[tuple[int, int]]] = {"person": [], "meeting": [], "date": [], "instrument": []}
    blocked = [(z.start, z.end) for z in clauses.zones if z.kind in ("bracket", "quote")]
    for x in clauses.mentions:
        if x.kind in spans:
            spans[x.kind].append((x.start, x.end))
            if x.kind in ("person", "meeting") or (x.kind == "instrument" and x.value["quoted"]):
                blocked.append((x.start, x.end))
    return spans, blocked


def _matches(
    text: str, clauses: Clauses, book: RuleBook, out: list[Trigger], bound: list[tuple[int, int]]
) -> Iterator[re.Match[str]]:
    """Yield every word that may be a trigger; one that is none hides nothing inside it."""
    at = clauses.start
    while book.gate is not None and (m := book.gate.search(text, at, clauses.end)):
        if _within(m.start(), bound):
            at = m.start() + 1
            continue
        yield m
        taken = (out and out[-1].start == m.start()) or (not book.apart and m.end() - m.start() < SHORT)
        at = m.end() if taken else m.start() + 1


def _bound_words(text: str, clauses: Clauses, book: RuleBook) -> list[tuple[int, int]]:
    """Where the words of a sentence stand of which no part is a word of its own."""
    return [m.span() for m in book.whole.finditer(text, clauses.start, clauses.end)] if book.whole else []


def _within(at: int, bound: list[tuple[int, int]]) -> bool:
    """Whether a place lies inside one of these words."""
    return any(a < at < b for a, b in bound)


def _bound(text: str, clauses: Clauses, at: int, pack: LanguagePack) -> bool:
    """Whether a date says since when: *from 16 May on* ends with no verb."""
    since = tuple(fold(w, pack.reading) for w in pack.markers.before.get("from", ()))
    return text.startswith(since, at) or marker_before(text, clauses.start, at, grammar(pack)) is not None


def _trigger(
    text: str,
    clauses: Clauses,
    at: tuple[int, int],
    rule: Rule,
    second: str | None,
    book: RuleBook,
    pack: LanguagePack,
) -> Trigger | None:
    start, end = at
    if second is not None:
        reach = end + GAP * book.stretch
        aside = sum(z.end - z.start for z in clauses.zones if z.kind == "bracket" and end <= z.start < reach)
        limit = min(clauses.end, reach + aside)  # the Latin form of a name counts for nothing
        then = _second(text, second, end, limit, book.apart)
        if then < 0 or any(end <= c <= then for c in clauses.cuts):
            return None
        if any(x.start <= then < x.end and _is_named(x) for x in clauses.mentions):
            return None
        end = then + len(second)
    before, after, inside, only = book.guards[rule.id]
    if before and before.search(text[max(clauses.start, start - 12 * book.stretch) : start]):
        return None
    behind = end + (text[end : end + 1] == " ")
    if after and after.match(text, behind, min(clauses.end, behind + 16 * book.stretch)):
        return None
    if inside or only:
        seg = clauses.segment(start)
        lo, hi = clauses.bounds(seg)
        if inside and inside.search(text, lo, hi):
            return None
        if only and is_relative(text, clauses, seg, pack):
            lo = clauses.bounds(seg - 1)[0]
        elif only and book.apart and not any(lo <= g.start < start and g.marker is None for g in clauses.groups):
            lo = clauses.start  # *ninety soldiers, ten of them women, were sent to A*
        if only and not only.search(text, lo, hi):
            return None
    return Trigger(start, end, rule, text[start:end])


def _second(text: str, word: str, start: int, end: int, apart: bool) -> int:
    """Where the second word of a trigger stands, or -1; as a whole word where words stand apart."""
    at = text.find(word, start, end)
    while apart and at >= 0 and (text[at - 1].isalnum() or text[at + len(word) : at + len(word) + 1].isalnum()):
        at = text.find(word, at + 1, end)
    return at


def _is_named(m: Mention) -> bool:
    return m.kind == "person" or (m.kind == "meeting" and not (m.value["generic"] and m.value["ordinal"] is None))


@kept
def relative(pack: LanguagePack) -> re.Pattern[str] | None:
    """Words at the head of a segment that tie it to the name before it (*who*, *which*)."""
    words = [fold(w, pack.reading) for w in pack.markers.relative]
    return words_pattern(words, apart=pack.reading.words_apart)


def is_relative(text: str, clauses: Clauses, seg: int, pack: LanguagePack) -> bool:
    """Whether a segment goes on from the last words of the one before it."""
    pattern = relative(pack) if seg else None
    if pattern is None:
        return False
    lo, hi = clauses.bounds(seg)
    while lo < hi and text[lo] == " ":
        lo += 1
    return pattern.match(text, lo, hi) is not None
