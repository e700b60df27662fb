"""A unit made ready for the grammars: folded text, sentences, tagged tokens. Offsets are the unit's own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, Protocol

from communique.loader.anyword import stands
from communique.loader.language import LanguagePack
from communique.loader.reading import Reading
from communique.mentions.fold import fold, shown, small
from communique.mentions.stops import ends
from communique.model import Unit

SILENT = frozenset({"credit", "repeat", "dateline"})
LONGEST = 1200
_first = itemgetter(0)
_made = tuple.__new__  # what a named tuple's own constructor calls: tokens are made by the million


class Token(NamedTuple):
    """A word with the engine's tag (``communique.loader.language.TAGS``)."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a unit; ``part`` is the kind of the part it stands in, ``tokens`` cover its words."""

    start: int
    end: int
    part: str
    tokens: tuple[Token, ...] = ()
    starts: tuple[int, ...] = ()

    def token_at(self, offset: int) -> int:
        """Return the index of the token that holds ``offset``, or -1."""
        i = bisect_right(self.starts, offset) - 1
        return i if i >= 0 and offset < self.tokens[i].end else -1

    def begins(self, offset: int) -> bool:
        """Return whether a word begins at ``offset``."""
        i = bisect_right(self.starts, offset) - 1
        return i >= 0 and self.starts[i] == offset

    def is_border(self, offset: int) -> bool:
        """Return whether a word begins or ends at ``offset``."""
        i = bisect_right(self.starts, offset) - 1
        return i >= 0 and (self.starts[i] == offset or self.tokens[i].end == offset)


@dataclass(frozen=True, slots=True)
class Scan:
    """One unit: ``text`` is its folded text, of the same length as ``unit.text``; ``cased`` keeps its capitals."""

    unit: Unit
    text: str = field(repr=False)
    sentences: tuple[Sentence, ...]
    cased: str = field(repr=False)


class Tagger(Protocol):
    """Anything that segments and tags: offsets in code points, tags of its own."""

    def tag(self, sentences: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        """Return ``(start, end, tag)`` for every sentence."""
        ...


def cut(unit: Unit, text: str, reading: Reading) -> list[tuple[int, int, str]]:
    """Return ``(start, end, part)`` of every sentence that is content, in order.

    A sentence ends behind one of the language's ``sentence_ends`` or where its part ends; credits, datelines and
    repeated text are no content. An overlong run is cut at ``LONGEST`` letters.
    """
    out: list[tuple[int, int, str]] = []
    parts = unit.parts or ()
    spans = [(p.start, p.end, p.kind) for p in parts] if parts else [(0, len(text), "body")]
    for start, end, kind in spans:
        if kind in SILENT:
            continue
        at = start
        for i in ends(text, start, end, reading, LONGEST):
            _keep(out, text, at, i, kind)
            at = i
        _keep(out, text, at, end, kind)
    return out


def _keep(out: list[tuple[int, int, str]], text: str, start: int, end: int, kind: str) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        out.append((start, end, kind))


def _parted(tokens: Sequence[Token], text: str, nouns: tuple[str, ...]) -> Iterator[Token]:
    """Yield the tokens; a verb that the tagger glued to the word for a meeting (*chairs-meeting*) is two words."""
    for t in tokens:
        if t.tag != "verb" or not text.endswith(nouns, t.start, t.end):
            yield t
            continue
        noun = next((w for w in nouns if t.end - t.start >= len(w) + 2 and text.endswith(w, t.start, t.end)), "")
        yield Token(t.start, t.end - len(noun), "verb")
        if noun:
            yield Token(t.end - len(noun), t.end, "noun")


def _counted(tokens: list[Token], text: str, units: tuple[str, ...]) -> list[Token]:
    """The tokens, with what counts a number (*day*) beside it, where the tagger glued that to the word behind."""
    at = [i for i, t in enumerate(tokens) if i and text.startswith(units, t.start) and text[t.start - 1].isdigit()]
    for i in at:
        a, b = tokens[i - 1 : i + 1]
        cut = b.start + next(len(w) for w in units if text.startswith(w, b.start))
        if a.end == b.start and cut < b.end:
            tag = "preposition" if b.end - cut == 1 else b.tag
            tokens[i - 1 : i + 1] = Token(a.start, cut, a.tag), Token(cut, b.end, tag)
    return tokens


def _whole(tokens: Sequence[Token], text: str, words: tuple[str, ...], tag: str) -> list[Token]:
    """The tokens, with words such as *our country* in one piece, of one sort, where the tagger parted them."""
    if not tokens or not stands(words, text, tokens[0].start, tokens[-1].end):
        return list(tokens)
    out: list[Token] = []
    for t in tokens:
        last = out[-1] if out else None
        if last is None or last.end != t.start or not text.startswith(words, last.start):
            out.append(t)
            continue
        word = next(w for w in words if text.startswith(w, last.start))
        if last.end - last.start >= len(word):
            out.append(t)
            continue
        out[-1] = Token(last.start, last.start + len(word), tag)
        if t.end > last.start + len(word):
            out.append(Token(last.start + len(word), t.end, t.tag))
    return out


def scan(units: Sequence[Unit], pack: LanguagePack, tagger: Tagger) -> list[Scan]:
    """Fold, cut and tag units of one language together, so that the tagger gets large batches."""
    cased = [shown(u.text, pack.reading) for u in units]
    texts = [small(t) for t in cased] if pack.reading.capitals else cased
    cuts = [cut(u, t, pack.reading) for u, t in zip(units, cased, strict=True)]
    flat = [t[s:e] for t, spans in zip(cased, cuts, strict=True) for s, e, _ in spans]
    tagged = iter(tagger.tag(flat))
    tags = pack.reading.tags
    glued = tuple(fold(w, pack.reading) for w in pack.phrases.meeting) if not pack.reading.words_apart else ()
    own = tuple(fold(w, pack.reading) for w in pack.phrases.own)
    counts = tuple(fold(w, pack.reading) for w in pack.reading.counts)
    posts = tuple(fold(w, pack.reading) for w in pack.reading.whole)
    out = []
    for unit, text, plain, spans in zip(units, texts, cased, cuts, strict=True):
        sentences = []
        ours, theirs = (tuple(w for w in words if w in text) for words in (own, posts))
        for start, end, part in spans:
            found = [_made(Token, (start + s, start + e, tags.get(t, "other"))) for s, e, t in next(tagged)]
            found = _counted(found, text, counts) if counts else found
            whole = _whole(_whole(found, text, ours, "pronoun"), text, theirs, "noun") if glued else found
            tokens = tuple(_parted(whole, text, glued)) if glued else tuple(whole)
            sentences.append(Sentence(start, end, part, tokens, tuple(map(_first, tokens))))
        out.append(Scan(unit, text, tuple(sentences), plain))
    return out
