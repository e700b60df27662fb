"""What a brief is: sections of sentences, each with the notes it rests on. Frozen; how it looks is said elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Note:
    """What a sentence rests on: the item's words, verbatim, with outlet, date and address.

    ``date`` is when the unit was told, in words; ``review`` the item's, in words; ``unit`` and ``item`` are ids.
    """

    item: str
    unit: str
    quote: str
    lang: str
    outlet: str
    date: str
    title: str
    url: str | None
    review: str
    machine: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``machine``: it rests on something that only a machine read."""

    text: str
    notes: tuple[Note, ...]
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences, the most important first; ``left_out`` were dropped for length."""

    id: str
    title: str
    sentences: tuple[Sentence, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief on ``name``: ``what`` is ``pair``, ``mechanism``, ``state`` or ``person``.

    ``as_of`` is the day on which it is frozen, ``digest`` the state of the record then; ``head`` are lines that say
    what it rests on, ``words`` the few fixed words that a page of it needs, ``left_out`` what to say of a section
    that was cut, by its id.
    """

    name: str
    what: str
    lang: str
    title: str
    kind: str
    as_of: str
    digest: str
    head: tuple[str, ...]
    sections: tuple[Section, ...]
    notes_title: str
    as_note: str
    left_out: dict[str, str]
    quotes: tuple[str, str]

    def numbered(self) -> Iterator[tuple[int, Note, int | None]]:
        """Yield the notes with their numbers, and for what was cited before the number under which it stands."""
        first: dict[str, int] = {}
        n = 0
        for section in self.sections:
            for sentence in section.sentences:
                for note in sentence.notes:
                    n += 1
                    before = first.get(note.item)
                    first.setdefault(note.item, n)
                    yield n, note, before

    def words_of(self, note: Note) -> tuple[str, ...]:
        """Return what a note says beside its quote: outlet and date, title, how it was reviewed."""
        return tuple(x for x in (f"{note.outlet}, {note.date}", note.title, note.review) if x)


MARK = "\u25cb"
"""Stands before a sentence that only a machine read."""


def marked(sentence: Sentence) -> str:
    """Return a sentence with the mark of the machine where it rests on the machine alone."""
    return f"{MARK} {sentence.text}" if sentence.machine else sentence.text


_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")


def shown(text: str) -> str:
    """Return text as one line, characters that could hide or turn other text shown as a mark instead."""
    return _HARMFUL.sub("\ufffd", " ".join(text.split()))


def linked(url: str | None) -> str:
    """Return an address that a reader may follow, else an empty text: only the web's own."""
    return url if url and re.match(r"https?://[^\s<>\"]+\Z", url, re.IGNORECASE) else ""


def readable(url: str) -> str:
    """Return an address as a browser shows it: letters for what is written in percents, where they are letters."""
    plain = unquote(url)
    return plain if plain.isprintable() and not re.search(r'[\s<>"%]', plain) else url
