"""Reading a text letter by letter into one plain form, with every offset kept."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable

from communique.loader.kept import kept
from communique.loader.reading import Reading

MARKS: dict[int, str | None] = {c: None for c in range(sys.maxunicode) if unicodedata.combining(chr(c))}
MARKS |= {0x111: "d", 0x110: "D"}
_WIDE = {0x3000: " ", 0xA0: " ", 0x2003: " ", 0x2002: " ", 0xFEFF: " ", 0x200B: " "}
_DOTS = dict.fromkeys("\u2022\u2027\u30fb\u2219\uff65\u00b7", "\u00b7")
APOSTROPHE = re.compile(r"(?<=[^\W\d_])\u2019(?=[^\W\d_])|(?<=s)\u2019(?= )|(?<=[^\W\d_])\u2019(?= [A-Z])")
_DASHES = dict.fromkeys("\u2014\u2013\u2015\u2500", "\u2014")


@kept
def table(reading: Reading) -> dict[int, str]:
    """Return the letter table of a language: one letter in, one letter out, so that no offset moves."""
    out: dict[int, str] = dict(_WIDE)
    if reading.narrow:
        out |= {c: chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}
        out |= {ord(a): b for a, b in (_DOTS | _DASHES).items()}
    if reading.convert:
        import opencc

        letters = [chr(c) for c in range(0x3400, 0xA000)]
        plain = opencc.OpenCC(reading.convert).convert("\n".join(letters)).split("\n")
        out |= {ord(a): b for a, b in zip(letters, plain, strict=True) if a != b and len(b) == 1}
    if reading.unmarked:
        out |= {c: b for c in range(0xC0, 0x1F00) if len(b := unmarked(chr(c))) == 1 and b.isascii() and b.isalpha()}
    return out | {ord(a): b for a, b in reading.letters.items()}


def fold(text: str, reading: Reading) -> str:
    """Return ``text`` in the language's plain form; the result has the same length."""
    plain = shown(text, reading)
    return small(plain) if reading.capitals else plain


@kept
def _ends(reading: Reading) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """The groups of letters that a word may end with, in small and capital letters, and what each is read as."""
    rows = {f(a): f(b) for a, b in reading.ends.items() for f in (str, str.capitalize, str.upper)}
    words = "|".join(sorted(rows, key=lambda a: (-len(a), a)))
    return (re.compile(f"(?:{words})(?![^\\W\\d_])"), rows) if rows else None


@kept
def _lists(reading: Reading) -> dict[int, tuple[Iterable[str], tuple[str, ...]]]:
    return {}


def folded(words: Iterable[str], reading: Reading) -> tuple[str, ...]:
    """Return a list of a pack, every word in the plain form; of one list it is made once."""
    lists = _lists(reading)
    found = lists.get(id(words))
    if found is None or found[0] is not words:
        lists[id(words)] = found = (words, tuple([fold(w, reading) for w in words]))
    return found[1]


def small(text: str) -> str:
    """Return ``text`` in small letters, one for one: a letter whose small form is two stays as it is."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def unmarked(text: str) -> str:
    """Return ``text`` without the marks on its letters, for names that are written with and without them."""
    return unicodedata.normalize("NFD", text).translate(MARKS)


def shown(text: str, reading: Reading) -> str:
    """Return ``text`` in the plain form that keeps its capitals; the same as :func:`fold` where there are none."""
    plain = text.translate(table(reading))
    if ends := _ends(reading):
        pattern, rows = ends
        plain = pattern.sub(lambda m: rows[m.group()], plain)
    return APOSTROPHE.sub("'", plain) if reading.capitals and "\u2019" in plain else plain
