"""Persons told again by their surname and an office or a rank: *[A's president Xu Wen] ... [President Xu]*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.namegrammar import grammar
from communique.mentions.scan import Scan, Sentence
from communique.mentions.words import words_pattern
from communique.model import Mention


class _Titles(NamedTuple):
    """Words behind a surname: an office with what makes it a lower one, or a rank."""

    office: re.Pattern[str] | None
    rank: re.Pattern[str] | None


@kept
def _titles(pack: LanguagePack) -> _Titles:
    o, r = pack.offices, pack.ranks
    heads = words_pattern([fold(w, pack.reading) for w in (*o.offices.heads, *o.offices.abbreviated)] if o else [])
    less = words_pattern([fold(w, pack.reading) for w in o.offices.prefixes] if o else [])
    lower = f"(?:{less.pattern})?" if less else ""
    return _Titles(
        re.compile(f"{lower}(?:{heads.pattern})") if heads else None,
        words_pattern([fold(w, pack.reading) for w in r.ranks] if r else []),
    )


def told(scan: Scan, persons: Sequence[Mention], pack: LanguagePack) -> list[Mention]:
    """Return the persons in order, with those whom a text without blanks names again by surname and title alone.

    What the tagger took for a name and is no more than a surname and a title names nobody by itself. The text names
    one person so called, whose offices hold the letters of the title in their order (*the national defence minister
    Xu* is *Defmin Xu*), or whose rank it is. ``name_span`` is where the name stands whole.
    """
    families: dict[str, list[Mention]] = {}
    surnames = grammar(pack).surnames
    for m in persons:
        a, b = m.value["name_span"]
        if 2 <= b - a <= 4 and scan.text[a] in surnames:
            families.setdefault(scan.text[a], []).append(m)
    if not families:
        return list(persons)
    titles = _titles(pack)
    named = [m for m in persons if not _title_alone(scan, m, surnames, titles)]
    usual = {_name(scan, m) for m in named if _title_behind(m)}
    so_far: dict[str, str] = {}
    out: list[Mention] = []
    for sentence in scan.sentences:
        for at, end in _again(scan.text, sentence, families, titles):
            meant = {
                _name(scan, m): m
                for m in families[scan.text[at]]
                if m.value["rank"] == scan.unit.text[at + 1 : end]
                or any(_holds(scan.text[a:b], scan.text[at + 1 : end]) for a, b in m.value["offices"])
            }
            if len(meant) > 1:
                before = {n for n in meant if any(_name(scan, m) == n for m in named if m.start < at)}
                meant = _likely(meant, (usual, {so_far.get(scan.text[at:end], "")}, before))
            here = [m for m in named if m.start < end and at < m.end]
            cut = bool(here) and here[0].value["name_span"][0] == at and here[0].end < end  # *[General X]u will*
            if len(meant) == 1 and (cut or not here and sentence.is_border(at) and sentence.is_border(end)):
                (who,) = meant.values()
                so_far[scan.text[at:end]] = _name(scan, who)
                named = [m for m in named if m not in here]
                value = {**who.value, "offices": (), "rank": None, "latin": None, "country": None}
                out.append(Mention(at, end, "person", value, "surname"))
    return sorted([*named, *out], key=lambda m: m.start)


def _name(scan: Scan, m: Mention) -> str:
    return scan.text[slice(*m.value["name_span"])]


def _likely(meant: dict[str, Mention], signs: Sequence[set[str]]) -> dict[str, Mention]:
    """Of several with one surname and title the one that the first sign names.

    The title stands behind his name, as at home; he was meant by these words before; he alone was named so far.
    """
    rows = ({n: m for n, m in meant.items() if n in names} for names in signs)
    return next((row for row in rows if len(row) == 1), {})


def _title_behind(m: Mention) -> bool:
    """Whether an office stands right behind a name."""
    return any(a == m.value["name_span"][1] for a, _ in m.value["offices"])


def _title_alone(scan: Scan, m: Mention, surnames: tuple[str, ...], titles: _Titles) -> bool:
    a, b = m.value["name_span"]
    alone = scan.text[a] in surnames and b - a > 2
    return alone and any(p is not None and p.fullmatch(scan.text, a + 1, b) for p in titles)


def _again(
    text: str, sentence: Sentence, families: dict[str, list[Mention]], titles: _Titles
) -> Iterator[tuple[int, int]]:
    """Every surname with a title right behind it."""
    for letter in families:
        at = text.find(letter, sentence.start, sentence.end)
        while at >= 0:
            for pattern in titles:
                if pattern is not None and (m := pattern.match(text, at + 1, sentence.end)):
                    yield at, m.end()
                    break
            at = text.find(letter, at + 1, sentence.end)


def _holds(office: str, title: str) -> bool:
    """Whether an office has the letters of a title in their order."""
    rest = iter(office)
    return all(letter in rest for letter in title)
