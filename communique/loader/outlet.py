"""Outlet packs: how the pages of one outlet are laid out, as data. One file in ``packs/outlets`` is one outlet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from communique.loader import yamlfile
from communique.loader.anyword import needed, stands
from communique.loader.kept import kept

Pattern = re.Pattern[str]
STEP = re.compile(r"([A-Za-z0-9]*)((?:[.#][\w-]+|\[[\w:-]+(?:=[^\]\"']*)?\])*)")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TextLayout(_Frozen):
    """The form of a page dumped as plain text.

    Attributes:
        caption_marker: what stands between the repeated title and a caption.
        related: a whole line that opens the block of related stories.
        related_end: a whole line that closes it; without one the block goes to the end.
        sentence_end: how a lead ends and a title does not; searched at the end of a line.
    """

    caption_marker: Pattern | None = None
    related: Pattern | None = None
    related_end: Pattern | None = None
    sentence_end: Pattern = re.compile(r"[.!?]$")


class HtmlLayout(_Frozen):
    """The form of a page in HTML: selectors (``tag``, ``.class``, ``#id``, ``[name=value]``, a blank for "inside").

    The first selector of a list that finds something is taken. ``related`` finds the stories of the block one
    by one; ``related_title``, ``related_lead`` and ``related_caption`` look inside such a story. ``drop`` is
    furniture and never read; so is, where no ``body`` is named, what has a word of ``not_article`` in its class,
    id or role, and lists of other stories. What ``published`` finds gives its ``datetime`` or ``content``, else its
    words.
    """

    title: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    related_title: tuple[str, ...] = ()
    related_lead: tuple[str, ...] = ()
    related_caption: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    not_article: frozenset[str] = frozenset()

    @field_validator("*")
    @classmethod
    def _simple(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for selector in value:
            steps = selector.split()
            if not steps or not all(STEP.fullmatch(step) for step in steps):
                raise ValueError(f"{selector!r} is no simple selector (tag, .class, #id, [name=value], blank)")
        return value


class Layout(_Frozen):
    """One layout; ``valid_until`` is the last day on which pages had it, None while they still have it."""

    valid_until: datetime.date | None = None
    text: TextLayout = TextLayout()
    html: HtmlLayout = HtmlLayout()


class Expect(_Frozen):
    """What a case expects of the page; what is left out is not asked.

    ``titles`` are the titles of all units in order; ``parts`` the parts of the article as ``[kind, words]``;
    ``absent`` words that must not stand in the article.
    """

    outlet: str | None = None
    lang: str | None = None
    dateline: str | None = None
    published: str | None = None
    basis: str | None = None
    titles: tuple[str, ...] | None = None
    parts: tuple[tuple[str, str], ...] | None = None
    absent: tuple[str, ...] = ()


class OutletCase(_Frozen):
    """A page in real form, written by us, and what must come of it. ``not_mine`` marks a negative."""

    name: str
    page: str
    media: Literal["text/plain", "text/html"] = "text/plain"
    url: str | None = None
    not_mine: bool = False
    expect: Expect


@kept
def _signs(signs: tuple[re.Pattern[str], ...]) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """The signs of an outlet, each with the letters that it needs."""
    return tuple((sign, needed(sign.pattern)) for sign in signs)


PATTERNS = ("signs", "datelines", "printed", "credits", "photo_credits", "notices")
PIECE = re.compile(r"<<(\w+)>>")
LONGEST = 8192
"""Letters of a pattern with its pieces."""


def _put(pattern: Any, pieces: dict[str, str]) -> Any:
    """Return a pattern with its pieces in it; what is no text is left to the check of its type."""
    if not isinstance(pattern, str):
        return pattern
    if unknown := next((n for n in PIECE.findall(pattern) if n not in pieces), None):
        raise ValueError(f"{unknown} is no piece of this pack; pieces stand before what uses them")
    whole = PIECE.sub(lambda m: pieces[m.group(1)], pattern)
    if len(whole) > LONGEST:
        raise ValueError(f"{pattern[:40]!r} has more than {LONGEST} letters with its pieces")
    return whole


def _rows(data: dict[str, Any], key: str, pieces: dict[str, str]) -> Any:
    """Return the patterns of a field with their pieces in them."""
    value = data[key]
    return [_put(p, pieces) for p in value] if isinstance(value, list) else value


class DayLines(_Frozen):
    """How pages print the day of publication in a line of its own, whatever their outlet.

    Attributes:
        days: a whole day, found anywhere in the line; groups as in ``printed``.
        beside: what goes with a day and is no label: a clock, a day of the week, a number of readers.
        told_before: words before a day that say what it is (*published on*); searched up to the day, so end with ``$``
            where they must touch it.
        told_behind: the same behind it.
        bound: what makes the day a part of a sentence, right before it (*signed on*).
        goes_on: the same right behind it.
        ends: how a sentence ends, whose day is none of publication unless ``told_before`` stands right before it.
        opens: all that may stand before a whole day that opens a story; group ``place`` may be the place.
        closes: what then ends such an opening, right behind the day; ``place`` may stand here instead.
    """

    days: tuple[Pattern, ...] = Field(min_length=1)
    beside: tuple[Pattern, ...] = ()
    told_before: tuple[Pattern, ...] = ()
    told_behind: tuple[Pattern, ...] = ()
    bound: tuple[Pattern, ...] = ()
    goes_on: tuple[Pattern, ...] = ()
    ends: Pattern | None = None
    opens: tuple[Pattern, ...] = ()
    closes: tuple[Pattern, ...] = ()


class OutletPack(_Frozen):
    """One outlet.

    Attributes:
        code: the pack's name, the file's name without ending.
        name: what ``outlet`` says where the source itself does not.
        state: ISO code of the state that the outlet belongs to: what it calls "the country" is this one.
        generic: the layout for pages of no known outlet; exactly one pack is it.
        pieces: what several patterns share, by name: ``<<name>>`` in a pattern, or in a later piece, stands for it.
        hosts: host names of its pages; sub-domains count.
        signs: words by which a page without an address is known, searched in its lines.
        datelines: how a paragraph opens; group ``place`` is the place. Tried on the pages of every outlet,
            because agencies are reprinted.
        printed: a whole line that prints the day of publication; groups ``year``, ``month``, ``day``,
            or instead of ``month`` one group for each month's name, ``m1`` to ``m12``.
        day_lines: how pages of no known outlet, and those of all, print that day; only of the generic pack.
        credits: closing credits at the end of a paragraph or as a line of their own.
        photo_credits: credits that close a caption.
        notices: lines of their own that are no content and close nothing: source, editors, keywords, advertisement.
        layouts: in use now first, older ones after it.
        cases: pages that the tests execute.
    """

    code: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str | None
    state: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    generic: bool = False
    pieces: dict[str, str] = Field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    signs: tuple[Pattern, ...] = ()
    datelines: tuple[Pattern, ...] = ()
    printed: tuple[Pattern, ...] = ()
    day_lines: DayLines | None = None
    credits: tuple[Pattern, ...] = ()
    photo_credits: tuple[Pattern, ...] = ()
    notices: tuple[Pattern, ...] = ()
    layouts: tuple[Layout, ...] = Field(min_length=1)
    cases: tuple[OutletCase, ...] = Field(min_length=2)

    def answers_to(self, outlet: str) -> bool:
        """Whether ``outlet``, as a unit has it (a name, or a host that metadata gave), is this outlet."""
        return outlet == self.name or any(outlet == h or outlet.endswith("." + h) for h in self.hosts)

    def signed(self, text: str) -> Iterator[bool]:
        """Yield of each sign whether it stands in a text."""
        for sign, must in _signs(self.signs):
            yield stands(must, text, 0, len(text)) and sign.search(text) is not None

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, data: Any) -> Any:
        """Put the pieces where patterns name them."""
        if not isinstance(data, dict) or not isinstance(data.get("pieces"), dict):
            return data
        pieces: dict[str, str] = {}
        for name, words in data["pieces"].items():
            pieces[str(name)] = _put(str(words), pieces)
        rows: dict[str, Any] = {k: _rows(data, k, pieces) for k in PATTERNS if isinstance(data.get(k), list)}
        if isinstance(lines := data.get("day_lines"), dict):
            rows["day_lines"] = {k: _rows(lines, k, pieces) for k in lines}
        return {**data, **rows, "pieces": pieces}

    @field_validator("datelines")
    @classmethod
    def _place(cls, value: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
        for pattern in value:
            if "place" not in pattern.groupindex:
                raise ValueError(f"{pattern.pattern!r} has no group named place")
        return value

    @field_validator("printed")
    @classmethod
    def _year(cls, value: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
        for pattern in value:
            if "year" not in pattern.groupindex:
                raise ValueError(f"{pattern.pattern!r} has no group named year")
        return value


def load_outlet(path: Path) -> OutletPack:
    """Return the outlet pack of one file.

    Raises:
        PackError: naming file and line of what does not fit.
    """
    data: Any
    data, lines = yamlfile.read(path)
    return yamlfile.check(OutletPack, data, lines, path)


def load_outlets(folder: Path) -> tuple[OutletPack, ...]:
    """Return the outlet packs of a folder, sorted by file name.

    Raises:
        PackError: as ``load_outlet``.
    """
    return tuple(load_outlet(path) for path in sorted(folder.glob("*.yaml")))
