"""Compile the forms of a ``dates:`` section into regular expressions.

Every expression is an alternation of forms made of bounded pieces without nested repetition, so a match
at one place costs a bounded number of steps and a text is read in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from communique.loader.anyword import any_word
from communique.loader.numerals import Numerals

if TYPE_CHECKING:
    from communique.loader.dates import DatesPack

NUMBER_SLOTS = frozenset(
    "year yy zero_year month day number few count decade century hour minute quarter opening closing".split()
)
BLANK = r"[ \t\u00a0\u3000]"
LIMITS: Mapping[str, tuple[int, int]] = {
    "year": (1000, 2199), "month": (1, 12), "day": (1, 31), "hour": (0, 24), "minute": (0, 59), "quarter": (1, 4),
    "opening": (1, 12), "closing": (1, 12),
}  # fmt: skip
_PIECE = re.compile(r"\{([a-z_0-9]+)\}|<([A-Za-z_]+)>|( )|([^{}<> ]+)")


@dataclass(frozen=True, slots=True)
class Shape:
    """A form as the pack gives it (see ``loader.dates.Form``)."""

    say: str
    role: str
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    only_after: tuple[str, ...]
    only_before: tuple[str, ...]
    after_acronym: bool


class Said(NamedTuple):
    """What one form said: ``fields`` by slot, and where."""

    start: int
    end: int
    role: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Reader:
    """An alternation of forms, split by the letters with which they can begin."""

    patterns: Mapping[str, re.Pattern[str]]
    slots: Mapping[str, tuple[tuple[str, str], ...]]
    roles: Mapping[str, str]
    numerals: Numerals
    values: Mapping[str, Mapping[str, Mapping[str, Any]]]
    fold: bool

    def at(self, text: str, start: int) -> Said | None:
        """Return what the first fitting form says at ``start``, or None."""
        if start >= len(text):
            return None
        pattern = self.patterns.get(text[start])
        found = pattern.match(text, start) if pattern else None
        if found is None or found.lastgroup is None:
            return None
        fields: dict[str, Any] = {}
        for group, slot in self.slots[found.lastgroup]:
            word = found.group(group)
            if slot in NUMBER_SLOTS:
                number = self.numerals.read(word)
                low, high = LIMITS.get(slot, (0, 9999))
                if number is None or not low <= number <= high:
                    return None
                fields[slot] = number
            else:
                fields.update(self.values[slot][word.casefold() if self.fold else word])
        return Said(start, found.end(), self.roles[found.lastgroup], fields)


@dataclass(frozen=True)
class DateGrammar:
    """A pack's forms, ready to use: ``gate`` finds the letters with which a date can begin, ``heads`` has what can
    stand behind each (None: anything)."""

    gate: re.Pattern[str]
    heads: Mapping[str, frozenset[str] | None]
    opening: Reader
    standing: Reader
    following: Reader
    tail: Reader


def pieces(say: str) -> list[tuple[str, str]]:
    """Return the pieces of a form as (sort, text); sort is ``slot``, ``set``, ``blank`` or ``text``.

    Raises:
        ValueError: a brace or bracket that is not closed.
    """
    found: list[tuple[str, str]] = []
    at = 0
    for match in _PIECE.finditer(say):
        if match.start() != at:
            break
        at = match.end()
        sorts = zip(("slot", "set", "blank", "text"), match.groups(), strict=True)
        found.extend((sort, text) for sort, text in sorts if text)
    if at != len(say):
        raise ValueError(f"form {say!r}: unclosed brace or bracket at {at}")
    return found


def compile_grammar(
    pack: DatesPack, shapes: Sequence[Shape], values: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> DateGrammar:
    """Return the compiled forms of a pack; ``values`` are its words with meanings, by slot."""
    if pack.fold:
        values = {slot: {word.casefold(): said for word, said in words.items()} for slot, words in values.items()}
    maker = _Maker(pack, values)

    def reader(*roles: str) -> Reader:
        return maker.reader([s for role in roles for s in shapes if s.role in role.split()])

    standing = reader("skip", "whole part anniversary")
    opening = reader("open")
    heads = maker.begins([s for s in shapes if s.role not in ("close", "tail")])
    gate = re.compile("[" + "".join(map(re.escape, sorted(heads))) + "]") if heads else re.compile(r"(?!)")
    return DateGrammar(gate, heads, opening, standing, reader("whole", "close"), reader("tail part"))


class _Maker:
    """Turns shapes into expressions."""

    def __init__(self, pack: DatesPack, values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        self.pack, self.values = pack, values
        self.letters = re.escape(pack.numerals.letters)

    def reader(self, shapes: Sequence[Shape]) -> Reader:
        bodies: dict[str, tuple[str, frozenset[str]]] = {}
        slots: dict[str, tuple[tuple[str, str], ...]] = {}
        roles: dict[str, str] = {}
        for i, shape in enumerate(shapes):
            name = f"f{i}"
            body, groups = self.body(shape, name)
            bodies[name] = (body, frozenset(head[0] for head in self.heads(shape)))
            slots[name], roles[name] = tuple(groups), shape.role
        grouped: dict[tuple[str, ...], list[str]] = {}
        for letter in sorted({letter for _, firsts in bodies.values() for letter in firsts}):
            grouped.setdefault(tuple(n for n, (_, f) in bodies.items() if letter in f), []).append(letter)
        patterns = {}
        for names, letters in grouped.items():
            compiled = re.compile("|".join(bodies[n][0] for n in names), re.IGNORECASE if self.pack.fold else 0)
            patterns.update(dict.fromkeys(letters, compiled))
        return Reader(patterns, slots, roles, self.pack.numerals, self.values, self.pack.fold)

    def body(self, shape: Shape, name: str) -> tuple[str, list[tuple[str, str]]]:
        parts = pieces(shape.say)
        out: list[str] = []
        groups: list[tuple[str, str]] = []
        for i, (sort, text) in enumerate(parts):
            if i and self.pack.loose and "blank" not in (sort, parts[i - 1][0]):
                out.append(BLANK + "{0,2}")
            if sort == "slot":
                group = f"{name}_{len(groups)}"
                groups.append((group, text))
                out.append(f"(?P<{group}>{self.slot(text)})")
            elif sort == "set":
                out.append(any_word(self.pack.words[text]))
            else:
                out.append(BLANK + "{1,3}" if sort == "blank" else re.escape(text))
        before = "".join(f"(?<!{re.escape(w)})" for w in shape.not_after)
        if shape.only_after:
            before += "(?:" + "|".join(f"(?<={re.escape(w)})" for w in shape.only_after) + ")"
        after = f"(?!{BLANK}?{any_word(shape.not_before)})" if shape.not_before else ""
        if shape.only_before:
            after += f"(?={any_word(shape.only_before)})"
        if shape.after_acronym:
            before += "(?-i:(?<=[A-Z]{2} ))"
        if parts[0][0] == "slot" and parts[0][1] in NUMBER_SLOTS:
            before += r"(?<![0-9][.:])"
        if shape.role != "open" and all(_figure(sort, text) for sort, text in parts):
            before += r"(?<![A-Za-z0-9_/.])" if shape.role != "tail" else ""
            after += r"(?![A-Za-z0-9_/%])(?![.:][0-9])"
        if self.pack.edges:
            before, after = r"(?<!\w)" + before, after + r"(?!\w)"
        return f"(?P<{name}>{before}{''.join(out)}{after})", groups

    def slot(self, slot: str) -> str:
        if slot not in NUMBER_SLOTS:
            return any_word(self.values[slot])
        numerals = self.pack.numerals
        digits = re.escape("".join(numerals.digits))
        ascii_, written = {
            "year": ("1[0-9]{3}|2[01][0-9]{2}", f"[{digits}]{{4}}" if digits else ""),
            "yy": ("[0-9]{2}", f"[{digits}]{{2}}" if digits else ""),
            "zero_year": ("0[0-9]", "|".join(z + f"[{digits}]" for z, n in numerals.digits.items() if n == 0)),
            "month": ("1[0-2]|0?[1-9]", self.spelled(1, 12)),
            "day": ("3[01]|[12][0-9]|0?[1-9]", self.spelled(1, 31)),
            "number": ("[0-9]{1,4}", f"[{digits}]{{4}}|{self.spelled(1, 31)}" if digits else ""),
            "few": ("[0-9]{1,3}", f"[{self.letters}]{{1,4}}" if self.letters else ""),
            "count": ("[0-9]{1,4}", f"[{self.letters}]{{1,6}}" if self.letters else ""),
            "decade": ("[1-9]0", "|".join(w for w, n in numerals.spellings(10, 90).items() if n % 10 == 0)),
            "century": ("1[0-9]|2[01]|[1-9]", self.spelled(1, 21)),
            "hour": ("2[0-4]|[01]?[0-9]", self.spelled(0, 24, *numerals.counters)),
            "minute": ("[0-5]?[0-9]", self.spelled(0, 59)),
            "quarter": ("[1-4]", self.spelled(1, 4)),
            "opening": ("1[0-2]|[1-9]", self.spelled(1, 12, *numerals.counters)),
            "closing": ("1[0-2]|[1-9]", self.spelled(1, 12, *numerals.counters)),
        }[slot]
        if slot == "year" and digits:
            thousand = "".join(w for w, n in numerals.powers.items() if n == 1000)
            few = re.escape("".join(w for w, n in {**numerals.digits, **numerals.counters}.items() if n in (1, 2)))
            written += f"|[{few}][{re.escape(thousand)}][{self.letters}]{{0,6}}" if thousand else ""
        number = f"(?<![0-9])(?:{ascii_})(?![0-9])"
        return f"{number}|(?<![{self.letters}])(?:{written})" if written else number

    def spelled(self, low: int, high: int, *more: str) -> str:
        words = [*self.pack.numerals.spellings(low, high), *more]
        return any_word(words) if words else ""

    def begins(self, shapes: Sequence[Shape]) -> dict[str, frozenset[str] | None]:
        """The letters with which the forms can begin, and what can stand behind each; None: anything."""
        heads = {head for shape in shapes for head in self.heads(shape)}
        firsts = sorted({head[0] for head in heads})
        return {c: None if c in heads else frozenset(h[1] for h in heads if h[0] == c) for c in firsts}

    def heads(self, shape: Shape) -> frozenset[str]:
        """The first two letters of everything that a form says; one where any other may follow."""
        sort, text = pieces(shape.say)[0]
        if sort == "slot" and text in NUMBER_SLOTS:
            found = set("0123456789" + self.pack.numerals.letters)
        elif sort == "slot":
            found = {word[:2] for word in self.values[text]}
        elif sort == "set":
            found = {word[:2] for word in self.pack.words[text]}
        else:
            found = {text[:2]}
        if self.pack.fold:
            found = {a + b for head in found for a in _cases(head[0]) for b in _cases(head[1:])}
        return frozenset(found)


def _cases(letter: str) -> set[str]:
    return {letter.lower(), letter.upper()}


def _figure(sort: str, text: str) -> bool:
    """Whether a piece is figures or their punctuation, so that letters and signs around it change its meaning."""
    return text in NUMBER_SLOTS if sort == "slot" else sort == "text" and text.isascii() and not text.isalpha()
