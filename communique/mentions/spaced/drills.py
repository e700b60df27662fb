"""The name that an exercise bears, where the words for it are in small letters."""

from __future__ import annotations

import re

from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.spaced.line import BODY, OFFICE, RANK, Line
from communique.mentions.spaced.naming import grammar as names

YEAR = re.compile(r"[ -]*(?:19|20)[0-9]{2}$")
BEHIND = re.compile(r",? [\"\u201c\u2018]([^\W\d_a-z][^\"\u201c\u201d\u2018\u2019\n]{2,40})[\"\u201d\u2019]")
BEFORE = re.compile(r"[\"\u201c\u2018]([^\W\d_a-z][^\"\u201c\u201d\u2018\u2019\n]{2,40})[\"\u201d\u2019]\Z")
RUN = re.compile(r"(?:[^\W\d_a-z]\w* ){1,3}[^\W\d_a-z]\w*(?: (?:19|20)[0-9]{2})?\Z")
BEFORE_COMMA = re.compile(r"(?:[^\W\d_a-z]\w*[ -]){1,3}(?:[^\W\d_a-z]\w*|(?:19|20)[0-9]{2})\Z")
APPOSED = 24
"""Letters between a name and what it is (*, a two-week*)."""
WINDOW = 60
"""Letters before the words for an exercise in which its name stands."""


def without_year(name: str) -> str:
    """Return a name without the year at its end."""
    return YEAR.sub("", name)


def core(before: str, pack: LanguagePack) -> str:
    """Return the words with capitals among those before a head (*joint [Dawn Bridge] naval*); two at least."""
    words = before.strip().split(" ")
    while words and words[-1].islower():
        words.pop()
    while words and words[0].islower():
        words.pop(0)
    return " ".join(words) if len(words) > 1 and not _thing(words[-1], pack) else ""


def name(line: Line, start: int, stop: int, pack: LanguagePack) -> tuple[int, int, str] | None:
    """Return where the words for an exercise with its name begin and end, and the name; None where it bears none.

    It stands before a comma, in marks behind or before them, or right before them: *A B, a two-week drill*; *exercise
    "A B-2026"*; *A B naval exercise*.
    """
    if (found := _apposed(line, start)) is not None:
        return found[0], stop, found[1]
    if (m := BEHIND.match(line.cased, stop, line.end)) and m.group(1)[0].isupper():
        return start, m.end(), without_year(line.raw[m.start(1) : m.end(1)])
    end, floor = start - line.cased.startswith(" ", start - 1), max(line.start, start - WINDOW)
    if end <= floor:
        return None
    if (m := BEFORE.search(line.cased, floor, end)) and m.group(1)[0].isupper():
        return m.start(), stop, without_year(line.raw[m.start(1) : m.end(1)])
    m = RUN.search(line.cased, floor, end)
    if m is None or (m.start() > line.start and line.cased[m.start() - 1].isalnum()):
        return None
    at, words = m.start(), []
    for word in line.text[m.start() : m.end()].split(" "):
        words.append(at)
        at += len(word) + 1
    taken = any(i in line.known or line.longest(i, BODY | OFFICE | RANK) for i in words)
    called = without_year(line.raw[m.start() : m.end()])
    taken = taken or not line.capital(words[0]) or _thing(called.split(" ")[-1], pack)
    return None if taken else (m.start(), stop, called)


def _thing(word: str, pack: LanguagePack) -> bool:
    """Whether a word is one of those of seas, forces and the like, which no name ends with."""
    return fold(word, pack.reading) in names(pack).not_names


def _apposed(line: Line, start: int) -> tuple[int, str] | None:
    """The name that stands before *, a two-week exercise*: where it begins, and the name without its year."""
    at = start
    while at > line.start and line.text[at - 1] != ",":
        at -= 1
        if start - at > APPOSED:
            return None
    m = BEFORE_COMMA.search(line.cased, line.start, at - 1) if at > line.start else None
    named = m is not None and (line.text[m.start() : m.end()] in line.vocabulary.articles or m.start() in line.known)
    words = line.text[at:start].split()
    if m is None or named or not line.capital(m.start()) or not words or words[0] not in line.vocabulary.articles:
        return None
    return m.start(), without_year(line.raw[m.start() : m.end()])
