"""Reasons of the record in the reader's language.

The record gives its reasons in English, as plain text: in exports, at the terminal, to programs. What it says follows
fixed forms. ``said`` finds the form, says it in the language of the page, and puts days, states and labels into words.
What follows no form stays as it is.
"""

from __future__ import annotations

import re
from functools import cache

from communique.web.speaking import tr
from communique.web.words import day, label, state

LONGEST = 1000
"""Letters of a reason that is taken apart; a longer one stays as it is."""

FORMS = (
    # Why two tellings are one by a key that both carry.
    "same name (%(name)s) and country (%(states)s)",
    "same name (%(name)s) and parties (%(states)s)",
    "same Latin form (%(name)s) and country (%(states)s)",
    "same name (%(name)s)",
    "the name reads %(name)s",
    "%(name)s is a name of %(other)s",
    "both are round %(number)s of %(name)s",
    "both are the sitting of %(name)s of %(date)s",
    "same %(label)s of %(date)s, same parties (%(states)s), same persons (%(name)s)",
    "the same text, printed again",
    "same parties (%(states)s) and level (%(name)s)",
    "stands alone",
    # Why two happenings are one, or may be.
    "same mechanism (%(name)s)",
    "one name of the meeting holds the other (%(name)s)",
    "same number (%(number)s) of meetings named in two languages",
    "same round (%(number)s)",
    "same place",
    "in %(states)s",
    "both online",
    "same name in the sentence (%(name)s)",
    "same words (%(name)s)",
    "both %(label)s",
    "a day apart (%(date)s)",
    "one date within the other (%(date)s)",
    "same day (%(date)s)",
    "dates overlap (%(date)s)",
    "a day apart in a year (%(date)s)",
    "same day of a year (%(date)s)",
    "told within a day (%(date)s)",
    "told on %(date)s, and of %(later)s as to come",
    "told on %(date)s, and of %(later)s",
    "same person (%(name)s)",
    "names alike (%(name)s)",
    "same bodies (%(name)s)",
    "same parties (%(states)s)",
    "parties in common (%(states)s)",
    "party in common (%(states)s)",
    # Why they may not be.
    "one text tells them as two",
    "it may be another as well",
    "rounds %(number)s and %(another)s",
    "in %(states)s and in %(others)s",
    "days apart: %(date)s",
    # Why two names are one, or may be.
    "%(name)s reads %(other)s but for the marks",
    "%(name)s reads %(other)s",
    "%(name)s and %(other)s read alike",
    "%(name)s and %(other)s are one spelling",
    "one text names both",
    "nothing but the name says that they are one",
    "both at the meeting of %(date)s (%(states)s)",
    "same office (%(name)s)",
    "but so does %(name)s",
    # What speaks for a value.
    "corrected by a person",
    "accepted by a person",
    "correction of %(date)s",
    "correction",
    "inferred",
    "stated",
    "1 report",
    "%(number)s reports",
    "in this text",
    # Rounds, and the next of them.
    "doubled",
    "dates differ",
    "also told without its number",
    "out of order: before round %(number)s of %(date)s",
    "number inferred: the only one between rounds %(number)s and %(another)s",
    "announced: no day told",
    "announced: %(date)s",
    "round %(number)s was %(date)s",
    "the last %(number)s intervals were %(span)s to %(longer)s",
    "the last %(number)s intervals were %(span)s",
    "most of the last %(number)s intervals were %(span)s to %(longer)s",
    "most of the last %(number)s intervals were %(span)s",
    "hosts come round every %(number)s rounds: %(states)s had round %(another)s",
    "%(states)s has waited longest, since round %(number)s",
    "%(states)s had round %(number)s but round %(another)s too",
    "the same rule was right for %(number)s of %(another)s earlier rounds",
    # What became of a commitment.
    "the meeting that was promised (%(name)s)",
    "same words (%(name)s), due %(date)s",
    "no day named",
    "due %(date)s, the year is not told",
    "due %(date)s; nothing read says that it was done",
    "due %(date)s",
    # What a person should look at.
    "two spellings of one person in one text: %(name)s",
    "people corrected or rejected %(number)s of %(another)s items of this rule",
    "the date is inferred",
    "one report alone tells it",
    "corrects a text that was not read",
    "corrects %(name)s",
    "may be one person",
    "may be one",
    # Lengths of time.
    "1 year",
    "%(number)s years",
    "%(number)s months",
)

_SORTS = {
    "name": r"[^;]{1,200}?",
    "other": r"[^;]{1,200}?",
    "number": r"\d+",
    "another": r"\d+",
    "label": r"[a-z_]+",
    "date": r"[-0-9X/~?%.]+(?:, [-0-9X/~?%.]+)*",
    "later": r"[-0-9X/~?%.]+",
    "states": r"[A-Z]{2,}(?:[-_A-Z0-9]*)(?:(?:, |\+)[A-Z]{2,}[-_A-Z0-9]*)*",
    "others": r"[A-Z]{2,}",
    "span": r"\d+ (?:years?|months)",
    "longer": r"\d+ (?:years?|months)",
}
_END = r"(?=; |, |: |$)"
_JOINT = re.compile(r"; |, but |, |: ")


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the forms with their patterns, those with most words of their own first."""
    ordered = sorted(FORMS, key=lambda f: -len(re.sub(r"%\(\w+\)s", "", f)))
    return tuple((f, re.compile(_pattern(f) + _END)) for f in ordered)


def _pattern(form: str) -> str:
    pieces = re.split(r"%\((\w+)\)s", form)
    return "".join(f"(?P<{x}>{_SORTS[x]})" if n % 2 else re.escape(x) for n, x in enumerate(pieces))


def said(reason: str) -> str:
    """Return a reason in the reader's language; of several that are joined, each that has a form."""
    if not reason or len(reason) > LONGEST:
        return reason
    out, at = "", 0
    while at < len(reason):
        found = _found(reason, at)
        words, end = found or _bare(reason, at)
        joint = _JOINT.match(reason, end)
        if joint and joint.group() == ": " and not found:
            return out + reason[at:]  # what a person gave as the reason, behind the name
        out += words + (tr(joint.group()) if joint else "")
        at = joint.end() if joint else end
    return out


def _found(reason: str, at: int) -> tuple[str, int] | None:
    """Return one reason that has a form in words, and where it ends."""
    for form, pattern in _forms():
        if found := pattern.match(reason, at):
            return tr(form) % {k: _value(k, v) for k, v in found.groupdict().items()}, found.end()
    return None


def _bare(reason: str, at: int) -> tuple[str, int]:
    """Return what has no form as it stands, up to the next joint, and where it ends."""
    joint = _JOINT.search(reason, at)
    end = joint.start() if joint else len(reason)
    return reason[at:end], end


def _value(sort: str, value: str) -> str:
    if sort in ("date", "later"):
        return tr(", ").join(day(d) for d in value.split(", "))
    if sort in ("states", "others"):
        return tr(", ").join(state(s) for s in re.split(r", |\+", value))
    if sort in ("span", "longer"):
        return (_found(value, 0) or (value, 0))[0]
    return label(value) if sort == "label" else value
