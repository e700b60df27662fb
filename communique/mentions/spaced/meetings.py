"""A phrase that names a meeting: name, acronym, ordinal, kind, parties."""

from __future__ import annotations

import re
from typing import Any

from communique.loader.language import LanguagePack
from communique.mentions.meetings import ACRONYM
from communique.mentions.ordinals import Ordinal
from communique.mentions.phrasegrammar import PhraseGrammar, kind_of
from communique.mentions.spaced import drills
from communique.mentions.spaced.line import DASHES, MEETING, STOP, Line, Spot
from communique.model import Mention

BEHIND = re.compile(r"(?:\s?-\s?|\s)([0-9]{1,3})(?![0-9]|[/-][0-9]|\s?%|[a-z])")
REACH = 70
DRILL = 44
"""Letters behind a name in which the word for an exercise stands."""
DESCRIBED = 3
"""Words up to that one, and it."""


def meeting(
    line: Line,
    start: int,
    end: int,
    head: Spot,
    known: bool,
    numbers: list[Ordinal],
    g: PhraseGrammar,
    pack: LanguagePack,
) -> Mention | None:
    """Return the mention of the meeting from ``start`` to ``end``; None where people met one another."""
    text, cased = line.text, line.cased
    hit = line.known.get(start) if known else None
    end = _both(line, start, end) if pack.nouns.right and hit is None else end
    name_start, name_end, stop = start, end, end
    number: int | None = None
    spans: list[tuple[int, int]] = []
    for o in numbers:
        if start <= o.start and o.end <= end:
            number = number or o.number
            spans.append((o.start, o.end))
        elif o.end < start and text[o.end : start].strip(" -'\u2019") in ("", "s", *line.vocabulary.rounds):
            number, start = o.number, o.start
    acronym, own_end = None, end
    if hit is None and g.kinds.get(text[head.start : head.end]) == "organisation":
        name_end = stop = end = _there(line, stop, pack)
    m = ACRONYM.match(cased, stop, line.end)
    if m:
        bloc, short = line.known_at_end.get(stop), line.known.get(m.start(1))
        of_bloc = bloc is not None and bloc.entry.kind == "bloc" and short is not None and bloc.entry == short.entry
        acronym, stop = None if of_bloc else m.group(1).strip(), m.end()
        number = number or (int(m.group(2)) if m.group(2) else None)
    for o in numbers:
        if stop <= o.start <= stop + 2 and number is None:
            number, stop = o.number, o.end
    behind = BEHIND.match(text, stop, line.end) if number is None and hit is not None else None
    if behind and not _counts(line, behind.end()):
        number, stop = int(behind.group(1)), behind.end()
    if m is None and (m := ACRONYM.match(cased, stop, line.end)):
        acronym, stop = m.group(1).strip(), m.end()
    name_start = _led(line, name_start, name_end, g) if pack.nouns.right and hit is None else name_start
    name = _name(line, name_start, name_end, spans, pack.nouns.right)
    word = text[head.start : head.end] if not known else _drill_before(line, start, g) or _drill_behind(line, stop, g)
    turn = hit is None and word.partition(" ")[0] in g.turns
    name = word.partition(" ")[0] if turn else name
    fold_name = name.lower() if len(name.lower()) == len(name) else name
    own = False
    if hit is None and sort_is_drill(word, g):
        start, stop, name, own = _of_drill(line, (start, stop, name), head, g, pack)
        fold_name = name.lower() if len(name.lower()) == len(name) else name
    year = re.search(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", fold_name)
    word = word or _head(fold_name, g, pack)
    sort = _sort(word, number, hit.entry.note if hit else None, g, pack)
    generic = hit is None and (
        (fold_name in g.generic and (not turn or word in g.turns))
        or bool(g.generic_form and g.generic_form.fullmatch(fold_name))
        or not fold_name
    )
    if sort == "exercise" and pack.nouns.right and number is None:
        number = _later(line, stop, numbers)
    generic = generic and not (sort == "exercise" and number is not None)
    if (
        generic
        and number is None
        and sort != "exercise"
        and any(text.startswith(f" {w} ", stop) for w in pack.nouns.talks)
    ):
        return None
    value: dict[str, Any] = {
        "name": name,
        "acronym": acronym,
        "ordinal": number,
        "mkind": (hit.entry.note if hit and hit.entry.note else None) or kind_of(word, g) or "meeting",
        "known": hit.entry.value if hit else None,
        "generic": generic,
        "year": year.group() if year else None,
        "congress": False,
        "parties": _parties(line, start, own_end, stop),
        "one_off": turn or (hit is None and number is None and word in g.one_off),
        "sort": sort,
        "series": own,
        "turn": turn,
        "name_end": end,
    }
    return Mention(start, stop, "meeting", value, "phrase")


def _counts(line: Line, at: int) -> bool:
    """Whether a number that ends at ``at`` counts what follows it (*A's 10 members*), and is that of no round."""
    begin = line.skip(at)
    word = line.text[begin : line.word.get(begin, begin)] if begin > at else ""
    ends = word in line.vocabulary.links or line.longest(begin, STOP) is not None
    return bool(word) and line.cased[begin].islower() and not ends


def _led(line: Line, start: int, end: int, g: PhraseGrammar) -> int:
    """Where a name begins behind a word for its kind, in small letters or the first (*programme [Exchange of A]*)."""
    word = next((w for w in g.not_first if line.text.startswith(f"{w} ", start)), None)
    begin = start + len(word or "") + 1
    plain = word is not None and (line.cased[start].islower() or start == line.start)
    head = line.longest(begin, MEETING) if plain and begin < end and line.cased[begin].isupper() else None
    return begin if head is not None and head.end < end else start


def _both(line: Line, start: int, end: int) -> int:
    """Where a name ends that closes with one of two states that a link ties (*the business forum A and B*)."""
    one = line.known_at_end.get(end)
    if one is None or one.entry.kind != "state" or one.start <= start:
        return end
    behind = (end + len(w) + 2 for w in line.vocabulary.links if line.text.startswith(f" {w} ", end))
    other = next((h for at in behind if (h := line.known.get(at)) and h.entry.kind == "state"), None)
    return other.end if other is not None and other.entry.value != one.entry.value else end


def _there(line: Line, stop: int, pack: LanguagePack) -> int:
    """Where the name of a mission ends that says where it is (*the mission in A*)."""
    for word in pack.markers.before.get("at", ()):
        at = stop + len(word) + 2 if line.text.startswith(f" {word} ", stop) else -1
        h = line.known.get(at) or line.known.get(line.article(at)) if at > 0 else None
        if h is not None and h.entry.kind in ("state", "place"):
            return h.end
    return stop


def _later(line: Line, stop: int, numbers: list[Ordinal]) -> int | None:
    """The number of a round that stands behind where or with whom it was (*joint patrol with A, the 5th time*)."""
    for o in numbers:
        between = line.text[stop : o.start]
        if stop < o.start < stop + REACH and not set(between) & set(",.;:") and o.number > 1:
            return o.number
    return None


def _drill_before(line: Line, start: int, g: PhraseGrammar) -> str:
    """The word for an exercise right before the name of one that a list knows (*exercise A*), if there is one."""
    led = line.text[line.start : start].split()[-1:]
    return led[0] if led and sort_is_drill(led[0], g) else ""


def _drill_behind(line: Line, stop: int, g: PhraseGrammar) -> str:
    """The word for an exercise behind the name of one that a list knows (*the A naval exercise*), if there is one."""
    words = line.text[stop : stop + DRILL].split(",")[0].split(" ")
    rows = words[1 : DESCRIBED + 1] if words[0] == "" else []
    return next((w for w in rows if sort_is_drill(w.rstrip(".;:"), g)), "").rstrip(".;:")


def sort_is_drill(word: str, g: PhraseGrammar) -> bool:
    """Whether a head is that of an exercise."""
    return any(word in words for sort, words in g.sorts if sort == "exercise")


def _of_drill(
    line: Line, at: tuple[int, int, str], head: Spot, g: PhraseGrammar, pack: LanguagePack
) -> tuple[int, int, str, bool]:
    """Where the words for an exercise, with its name, begin and end, the name, and whether it is one of its own."""
    start, stop, name = at
    found = _own_name(line, name, head, start, pack)
    own = found is not None and (pack.nouns.left or " " in (found or ""))
    name = found or name
    low = name.lower()
    plain = low in g.generic or bool(g.generic_form and g.generic_form.fullmatch(low))
    called = drills.name(line, start, stop, pack) if plain or (not own and name.islower()) else None
    return (*called, True) if called is not None else (start, stop, name, own)


def _own_name(line: Line, name: str, head: Spot, start: int, pack: LanguagePack) -> str | None:
    """The name that an exercise bears beside its head, where that is written with capitals.

    It stands behind the head (*exercise Dawn Bridge*), or before one in small letters (*the Dawn Bridge exercise*).
    """
    word = line.raw[head.start : head.end]
    before, _, behind = name.partition(word) if word in name else ("", "", "")
    rest = behind.strip()
    if not rest and word[:1].islower():
        owned = any(start <= h.start < head.start for h in line.hits if h.entry.value)
        rest = "" if owned else drills.core(before, pack)
    if not rest or not all(w[0].isupper() or w[0].isdigit() for w in rest.split(" ")):
        return None
    plain = drills.without_year(rest)
    return plain if plain and len(plain.lower()) == len(plain) else None


def _name(line: Line, start: int, end: int, spans: list[tuple[int, int]], right: bool) -> str:
    """The name as written, without ordinals and the article before it."""
    letters = [i for i in range(start, end) if not any(a <= i < b for a, b in spans)]
    name = " ".join("".join(line.raw[i] for i in letters).split()).strip(" ,-\u2013\u2014")
    for word in line.vocabulary.articles:
        if name.lower().startswith(word + " "):
            name = name[len(word) + 1 :]
    for word in (*line.vocabulary.between, *line.vocabulary.about, *line.vocabulary.of):
        name = name.removesuffix(" " + word)
    return _begun(name.removeprefix("'s ").removeprefix("\u2019s "), right)


def _begun(name: str, right: bool) -> str:
    """The name without a word in small letters before one that is written as a name (*annual Defence Dialogue*)."""
    first, _, rest = name.partition(" ")
    words = [w for w in rest.split(" ") if len(w) > 3]
    named = len(words) > 1 and first.islower() and rest[:1].isupper()
    named = named and (right or all(w[0].isupper() for w in words))
    return rest if named else name


def _head(name: str, g: PhraseGrammar, pack: LanguagePack) -> str:
    """The head noun of a known name: its last where bare words stand on the left of heads, else its first."""
    if g.heads is None:
        return ""
    found = [m.group() for m in g.heads.finditer(name) if _whole(name, m)]
    return (found[-1] if pack.nouns.left else found[0]) if found else ""


def _whole(name: str, m: re.Match[str]) -> bool:
    before, after = name[m.start() - 1 : m.start()], name[m.end() : m.end() + 1]
    return not (before.isalnum() or after.isalnum())


def _sort(word: str, number: int | None, mkind: str | None, g: PhraseGrammar, pack: LanguagePack) -> str | None:
    """What kind of event a meeting is, by its head, its number or the kind that its pack gives."""
    found = [(len(w), sort) for sort, words in g.sorts for w in words if word == w or word.endswith(" " + w)]
    if found:
        return max(found)[1]
    sits = number is not None or word in g.sessions or (not word and mkind in ("meeting", "dialogue"))
    return "session" if sits else None


def _parties(line: Line, start: int, end: int, stop: int) -> tuple[str, ...]:
    """The states and blocs that the name holds, or that stand behind *between*; not the one state it is about."""
    held = [
        h
        for h in line.hits
        if start <= h.start and h.end <= end and h.entry.value and h.entry.kind in ("state", "bloc")
    ]
    about = tuple(f" {w} " for w in line.vocabulary.about)
    topic = len(held) == 1 and held[0].end == end and line.text.endswith(about, start, held[0].start)
    codes = [h.entry.value for h in held if h.entry.value and not topic]
    for word in line.vocabulary.between:
        if line.text.startswith(f" {word} ", stop):
            last = stop
            for h in line.hits:
                if (
                    stop <= h.start <= last + REACH
                    and h.entry.kind in ("state", "bloc")
                    and h.entry.value
                    and len(codes) < 4
                ):
                    if any(c in ".;:" for c in line.text[last : h.start]) or (len(codes) > 1 and h.start - last > 12):
                        break
                    codes.append(h.entry.value)
                    last = h.end
        if not codes and line.text.startswith(f" {word} ", stop):
            codes = _areas(line, stop)
    return tuple(dict.fromkeys(codes))


def _areas(line: Line, stop: int) -> list[str]:
    """The states of two towns or areas that a meeting was between (*between the two provinces of B - C*)."""
    rows = [h for h in line.hits if stop <= h.start <= stop + REACH and h.entry.kind == "place" and h.entry.value]
    joint, _, kind = line.text[rows[0].end : rows[1].start].strip().partition(" ") if len(rows) > 1 else ("", "", "")
    tied = joint in (*DASHES, *line.vocabulary.links) and (not kind or kind in line.vocabulary.places)
    whole = tied and not set(",.;:") & set(line.text[stop : rows[0].start])
    return [str(h.entry.value) for h in rows[:2]] if whole and rows[0].entry.value != rows[1].entry.value else []
