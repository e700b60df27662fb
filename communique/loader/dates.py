"""The ``dates:`` section of a language pack: how a language says dates."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from communique.loader.datearound import Around, Bound, compile_around
from communique.loader.dategrammar import NUMBER_SLOTS, DateGrammar, Shape, compile_grammar, pieces
from communique.loader.numerals import Numerals


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Meaning(_Strict):
    """What a word says of a date; unnamed fields say nothing.

    ``*_rel`` count from the reference (0 this, -1 last); ``ref: context`` counts from the date that the
    text named before, not from the day of publication. ``unit`` with ``sign`` make a distance. A week that is
    ``by_month`` is told as the month in which all its days lie.
    """

    month: int | None = Field(None, ge=1, le=12)
    day: int | None = Field(None, ge=1, le=31)
    era: int | None = None
    quarter: int | None = Field(None, ge=1, le=4)
    half: int | None = Field(None, ge=1, le=2)
    opening: int | None = Field(None, ge=1, le=12)
    season: int | None = Field(None, ge=21, le=24)
    third: int | None = Field(None, ge=1, le=3)
    stage: Literal["early", "middle", "late"] | None = None
    weekday: int | None = Field(None, ge=1, le=7)
    weekend: bool | None = None
    day_rel: int | None = None
    week_rel: int | None = None
    by_month: bool | None = None
    month_rel: int | None = None
    year_rel: int | None = None
    century_rel: int | None = None
    ref: Literal["context"] | None = None
    unit: Literal["day", "month", "year", "week"] | None = None
    sign: int | None = None
    part: str | None = None


class Form(_Strict):
    """One way to say a date.

    Attributes:
        say: ``{slot}`` for a number or a word with a meaning, ``<set>`` for any word of a set,
            anything else as it stands; a blank is one to three blanks.
        role: ``whole`` stands alone; ``open`` only before a connector (the first of *9-10 December*);
            ``close`` only after one; ``tail`` follows a date (part of day, clock, weekday in brackets);
            ``part`` is a part of a day that may also stand alone; ``anniversary`` counts years since a date, which
            may follow in brackets; ``skip`` is read over, it is no date of ours.
        not_after, not_before: words that must not stand right before, right after.
        only_after, only_before: words one of which must stand right before, right after.
        after_acronym: whether Latin capitals and a blank must stand right before.
    """

    say: str = Field(min_length=1)
    role: Literal["whole", "open", "close", "tail", "part", "anniversary", "skip"] = "whole"
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    after_acronym: bool = False


class Between(_Strict):
    """A range said with a word at its end or before it.

    ``joins`` stand between the two dates, ``closes`` after the second, ``opens`` before the first.
    """

    joins: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()


class DateCase(_Strict):
    """A text and what must be found in it; ``dates: []`` says that nothing may be.

    ``anchor`` holds ``published``, ``unit`` and ``page`` (lists of EDTF) and ``mood``. ``fails`` is the
    reason why the case is known to fail; the tests then insist that it does.
    """

    class Expected(_Strict):
        """One date: its words, its EDTF (``null``: none) and whatever else the case is about."""

        text: str
        edtf: str | None = None
        basis: str | None = None
        kind: str | None = None
        bound: Bound | None = None
        term: bool | None = None
        part: str | None = None
        count: int | None = None
        not_before: str | None = None
        not_after: str | None = None

    class Setting(_Strict):
        """The anchor of the case, and the mood of its sentence."""

        published: str | None = None
        unit: tuple[str, ...] = ()
        page: tuple[str, ...] = ()
        mood: Literal["held", "ongoing", "planned", "proposed"] | None = "held"

    text: str
    dates: tuple[Expected, ...] = ()
    anchor: Setting = Setting()
    fails: str | None = None


class DatesPack(_Strict):
    """How a language says dates.

    Attributes:
        numerals: letters of numbers, beside ASCII digits.
        loose: blanks may stand between all pieces of a form (scripts without blanks between words).
        fold: upper and lower case are one.
        edges: a form begins and ends at the edge of a word.
        words: sets of words, for ``<set>`` in forms.
        values: words with a meaning, for ``{slot}`` in forms.
        forms: the ways to say a date, the more specific first: the first that fits is taken.
        to: connectors of a range. lists: connectors of a list. between: ranges closed by a word.
        lead: words before a range that belong to it.
        runs: connectors of a list that make one range of two days next to each other (*on 5 and 6 March*).
        bound_before, bound_after: words before and after a date that make it a bound.
        bound_not_after, bound_not_before: letters before the first and after the second that undo them.
        period: words after a range of years that belong to it and make it a period.
        term: words after or shortly before a range of years that make it a term of office.
        plan, plan_before: patterns right behind, and right before, a range of years that make it the span of a plan or
            text (*the 2021-2025 action plan*), which dates no event and proves no year.
        sitting: patterns right after a year that say who holds an office in it now (*2021 ASEAN chair*).
        origin, origin_before: patterns right behind, and right before, a date with its year that make it the day on
            which something old began (*ties since 1992*): a story does not go on from it.
        origin_aside: patterns right behind a date, with its year or without, that make it such a day in passing
            (*since he took office on the 8th*).
        elapsed: patterns near such a date with one group, the years that have passed since (*34 years on*).
        reach: letters before a date with its year in which a word of ``ahead`` still belongs to it.
        come: words of ``bound_before`` that say that the date has come (*as of June 2026*).
        sitting_before: the same as ``sitting``, right before a year (*the chair of the bloc in 2026*).
        occasion: words after a date that say it is the present occasion.
        ahead: patterns before a date that say it lies ahead.
        cases: what must hold.
    """

    numerals: Numerals = Numerals()
    loose: bool = False
    fold: bool = False
    edges: bool = False
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    values: dict[str, dict[str, Meaning]] = Field(default_factory=dict)
    forms: tuple[Form, ...]
    to: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    between: Between = Between()
    lead: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()
    bound_before: dict[str, Bound] = Field(default_factory=dict)
    bound_after: dict[str, Bound] = Field(default_factory=dict)
    bound_not_after: tuple[str, ...] = ()
    bound_not_before: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    term: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()
    plan_before: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    origin_before: tuple[str, ...] = ()
    origin_aside: tuple[str, ...] = ()
    elapsed: tuple[str, ...] = ()
    occasion: tuple[str, ...] = ()
    sitting: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    reach: int = Field(default=12, ge=1, le=60)
    come: tuple[str, ...] = ()
    sitting_before: tuple[str, ...] = ()
    cases: tuple[DateCase, ...] = ()

    @model_validator(mode="after")
    def _known(self) -> DatesPack:
        """Every slot and set that a form names exists."""
        for form in self.forms:
            for sort, name in pieces(form.say):
                if sort == "slot" and name not in NUMBER_SLOTS and name not in self.values:
                    raise ValueError(f"form {form.say!r} names {{{name}}}, which is neither a number nor under values")
                if sort == "set" and name not in self.words:
                    raise ValueError(f"form {form.say!r} names <{name}>, which is not under words")
        for slot, words in self.values.items():
            if not re.fullmatch(r"[a-z_]+", slot):
                raise ValueError(f"the slot {slot!r} must be written in small letters")
            if not words:
                raise ValueError(f"the slot {slot!r} has no words")
        return self

    @cached_property
    def grammar(self) -> DateGrammar:
        """The pack compiled: built at first use, the same for the same pack."""
        values = {
            slot: {word: _fields(meaning) for word, meaning in words.items()} for slot, words in self.values.items()
        }
        shapes = [Shape(**form.model_dump()) for form in self.forms]
        return compile_grammar(self, shapes, values)

    @cached_property
    def around(self) -> Around:
        """The words around dates compiled, as ``grammar``."""
        return compile_around(self)


def _fields(meaning: Meaning) -> dict[str, Any]:
    return meaning.model_dump(exclude_none=True)
