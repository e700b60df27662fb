"""The words of a language that tell whether a thing happened, is to come, was called off or is only wished."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Mood(BaseModel):
    """Words that tell whether a thing happened. Each is a list of words or short patterns.

    ``well`` say that it went well, unless a word that ``governs`` stands before; a verb of ``perfect`` only tells what
    is done (*got a call from*). Foundings in ``founding_own`` have no parties, those in ``founding_ties`` two.
    ``told``, behind a trigger, says that something came of it, and so do
    patterns of ``results`` right before it; those of ``first_to``, that somebody is the first to do it (*the first
    minister to visit A*); those of ``lately``, behind it, that it was not long ago. ``done``, right
    behind the name of a round in which something was agreed, say that it took place. ``same_time``:
    by the type told before. A date before a word that ``tells`` or of ``purpose`` is that word's; what a journey
    is for that begins with ``sets_out`` lies ahead, and the day on which one ``comes_back`` is not its own; whoever
    stands behind words of ``resolves`` and before one of ``purpose`` does what follows (*praised the decision of A
    to send troops*), and, without blanks, a gift or a force
    told behind such a word is only promised; ``dated_by`` take the
    one behind. ``lasting`` has one group, days (``length``, of ``weeks`` or days: of what a sentence before told as
    ``begun``, by one who ``arrived``, or ``ended``; ``until``: its last day stands behind; ``when``: the days of the
    journey told before).
    A clause that begins with a pattern of ``then_on`` has no date of the one before it (*then he went on to B*); one
    before whose verb stand only words of ``and_then`` goes on with what lies ahead (*will meet A, before meeting B*).
    So does a verb of ``bare`` behind a link (*and meet B*).
    ``fronted`` are patterns at the beginning of a sentence that say that it lies ahead. What was ``meant`` may be
    called off by its sentence. What is told by a word of ``present`` or ``present_now`` lies ahead on a day of the
    week (*flies on Friday*), and so do talks for which somebody just ``went`` somewhere. Words of ``noted`` right
    behind a text or meeting tell aside what became of it (*the pact signed in May*). ``to_come``, at the end of a date
    or right behind it, says that it lies ahead, ``gone``, before a date or behind it, that it is over. What one
    ``thanks`` for happened; what one ``awaits`` is planned if it has a date.
    ``fell_through`` are patterns of what stands behind a noun of ``journeys``, or a trigger that ends in one of
    ``meant_for``, and who makes it, whose last group says what became of it (``cancelled``). What stands behind a word
    of ``supposed`` in its clause is told of
    nobody (*if A visits B*). What ``performs`` begins is done by saying so (*announced that it appoints B*). Words of
    ``come_for`` are patterns of coming, or leaving, for a visit, words of ``goes_home`` say on which day it ends;
    those of
    ``on_arrival`` give the first day of the journey told before; what stands behind those of ``agreed`` and a comma
    lies ahead. ``days_of`` is a pattern of a day counted in what
    lasts: ``nth`` its number, ``end`` the last one, ``next`` the one behind. ``issued`` right behind a day say that a
    text was issued on it, whose matter has days of its own, ``vague`` words that something was lately, ``founded_on``
    right before a date that something was founded then. ``attended`` are patterns of a whole sentence that only says
    who else was there (*A also attended*).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    planned: list[str] = Field(default_factory=list)
    meant: list[str] = Field(default_factory=list)
    thanks: list[str] = Field(default_factory=list)
    issued: list[str] = Field(default_factory=list)
    vague: list[str] = Field(default_factory=list)
    founded_on: list[str] = Field(default_factory=list)
    performs: list[str] = Field(default_factory=list)
    on_arrival: list[str] = Field(default_factory=list)
    come_for: list[str] = Field(default_factory=list)
    goes_home: list[str] = Field(default_factory=list)
    agreed: list[str] = Field(default_factory=list)
    awaits: list[str] = Field(default_factory=list)
    ongoing: list[str] = Field(default_factory=list)
    held: list[str] = Field(default_factory=list)
    well: list[str] = Field(default_factory=list)
    perfect: list[str] = Field(default_factory=list)
    cancelled: list[str] = Field(default_factory=list)
    postponed: list[str] = Field(default_factory=list)
    denied: list[str] = Field(default_factory=list)
    negated: list[str] = Field(default_factory=list)
    wished: list[str] = Field(default_factory=list)
    said: list[str] = Field(default_factory=list)
    tells: list[str] = Field(default_factory=list)
    purpose: list[str] = Field(default_factory=list)
    sets_out: list[str] = Field(default_factory=list)
    comes_back: list[str] = Field(default_factory=list)
    resolves: list[str] = Field(default_factory=list)
    hypothetical: list[str] = Field(default_factory=list)
    supposed: list[str] = Field(default_factory=list)
    governs: list[str] = Field(default_factory=list)
    founding: list[str] = Field(default_factory=list)
    founding_own: list[str] = Field(default_factory=list)
    founding_ties: list[str] = Field(default_factory=list)
    adjuncts: dict[str, list[str]] = Field(default_factory=dict)
    modes: dict[str, list[str]] = Field(default_factory=dict)
    claimed_first: list[str] = Field(default_factory=list)
    told: list[str] = Field(default_factory=list)
    done: list[str] = Field(default_factory=list)
    same_time: dict[str, list[str]] = Field(default_factory=dict)
    dated_aside: list[str] = Field(default_factory=list)
    dated_by: list[str] = Field(default_factory=list)
    attended: list[str] = Field(default_factory=list)
    lasting: list[str] = Field(default_factory=list)
    days_of: str | None = None
    then_on: list[str] = Field(default_factory=list)
    and_then: list[str] = Field(default_factory=list)
    bare: list[str] = Field(default_factory=list)
    fronted: list[str] = Field(default_factory=list)
    noted: list[str] = Field(default_factory=list)
    present: list[str] = Field(default_factory=list)
    present_now: list[str] = Field(default_factory=list)
    went: list[str] = Field(default_factory=list)
    to_come: list[str] = Field(default_factory=list)
    gone: list[str] = Field(default_factory=list)
    results: list[str] = Field(default_factory=list)
    first_to: list[str] = Field(default_factory=list)
    lately: list[str] = Field(default_factory=list)
    begun: list[str] = Field(default_factory=list)
    arrived: list[str] = Field(default_factory=list)
    ended: list[str] = Field(default_factory=list)
    weeks: list[str] = Field(default_factory=list)
    journeys: list[str] = Field(default_factory=list)
    fell_through: list[str] = Field(default_factory=list)
    meant_for: list[str] = Field(default_factory=list)
