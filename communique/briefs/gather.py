"""What a brief may use: the items of a name that a person accepted, or all; as told by a day; within a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.briefs.frame import Note, Sentence
from communique.briefs.names import Names
from communique.briefs.words import Words, sentence
from communique.record import bounds
from communique.store import Store
from communique.views import Item
from communique.views.basis import SEEN

MOST_NOTES = 2
"""So many reports are cited for one sentence."""
ALL = ("machine", *SEEN)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a brief; the fields are those of ``communique.briefs.compose``."""

    name: str
    as_of: str
    lang: str
    since: str | None = None
    until: str | None = None
    machine: bool = False

    @property
    def reviews(self) -> tuple[str, ...]:
        """The statuses of review that count."""
        return ALL if self.machine else SEEN

    def admits(self, item: Item) -> bool:
        """Tell whether an item may stand in the brief: reviewed as asked, told by the day, dated within the time."""
        if item.review not in self.reviews:
            return False
        told = item.published or item.not_before
        first_told = (bounds(told) or ("", ""))[0] if told else ""
        if first_told > self.as_of:
            return False
        span = bounds(item.date) or ((item.day, item.day) if item.day else None)
        if span is None:
            return True
        since, until = bounds(self.since), bounds(self.until)
        return not (since and span[1] < since[0]) and not (until and span[0] > until[1])


@dataclass(frozen=True, slots=True)
class Desk:
    """What the sections are written from: the record, the words, and the items admitted, oldest first."""

    store: Store
    words: Words
    asked: Asked
    items: tuple[Item, ...]
    names: Names = field(default_factory=dict)

    def note(self, item: Item) -> Note:
        """Return what an item rests on."""
        head = self.words.pack.head
        if item.published:
            date = head["told"].format(date=self.words.date(item.published))
        elif item.not_before:
            date = head["told_later"].format(date=self.words.date(item.not_before))
        else:
            date = head["undated"]
        status = {"accepted": "reviewed", "corrected": "corrected"}.get(item.review, "by_machine")
        outlet = item.outlet or head["source"].format(name=item.source)
        machine = item.review not in SEEN
        return Note(
            item.id, item.unit, item.quote, item.lang, outlet, date, item.title, item.url, head[status], machine
        )

    def say(self, text: str, items: Sequence[Item], *, each: bool = False) -> Sentence:
        """Return a sentence with a note for each report, seen ones first, or (``each``) for every one of the items."""
        ranked = sorted(items, key=lambda i: i.review not in SEEN)
        cited: dict[str, Item] = {}
        for item in ranked:
            cited.setdefault(item.id if each else item.origin or item.unit, item)
        notes = tuple(self.note(i) for i in list(cited.values())[: None if each else MOST_NOTES])
        return Sentence(sentence(text), notes, all(n.machine for n in notes))

    def of(self, *kinds: str) -> list[tuple[Item, ...]]:
        """Return the admitted items of some kinds, each thing with its tellings, the latest thing first."""
        by: dict[str, list[Item]] = defaultdict(list)
        for item in self.items:
            if item.kind in kinds:
                by[item.entry].append(item)
        told = [tuple(sorted(found, key=clarity)) for found in by.values()]
        return sorted(told, key=lambda t: (t[0].day, t[0].id), reverse=True)


def clarity(item: Item) -> tuple[object, ...]:
    """Order tellings of one thing: seen by a person, with a date, the most precise, with a place, the longest words."""
    known = bounds(item.date) is None
    return (
        item.review not in SEEN,
        known,
        -len(item.date or ""),
        not item.values.get("place"),
        -len(item.actors),
        -len(item.quote),
        item.id,
    )
