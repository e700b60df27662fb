"""The words by which a pack says that somebody undertakes something, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from communique.loader.kept import kept
from communique.loader.language import CommitmentRule, LanguagePack
from communique.mentions.fold import fold
from communique.mentions.words import words_pattern


@dataclass(frozen=True, eq=False)
class Book:
    """The commitment words of a pack, compiled."""

    opener: re.Pattern[str] | None
    rules: dict[str, tuple[CommitmentRule, ...]]
    general: re.Pattern[str] | None
    starts: re.Pattern[str] | None
    link: re.Pattern[str] | None
    should: re.Pattern[str] | None
    not_starts: re.Pattern[str] | None
    trim: re.Pattern[str] | None
    asides: re.Pattern[str] | None
    examples: re.Pattern[str] | None
    closed: re.Pattern[str] | None
    not_others: re.Pattern[str] | None
    done_before: re.Pattern[str] | None
    done_behind: re.Pattern[str] | None
    kept: dict[str, int]
    """Letters at the end of an opener that begin the content."""
    apart: bool
    second: re.Pattern[str] | None
    parts: re.Pattern[str] | None
    verbs: re.Pattern[str] | None
    topics: tuple[tuple[str, re.Pattern[str]], ...]
    modal: dict[str, re.Pattern[str] | None]
    unless: dict[str, re.Pattern[str] | None]


def _tail(opener: str, tails: Iterable[str]) -> int:
    """Letters of a preposition that ends an opener and begins the content: *is ready to / with all sides ...*."""
    return max((len(w) for w in tails if opener.endswith(w) and w != opener), default=0)


@kept
def book(pack: LanguagePack) -> Book:
    """Compile the commitment words of a pack."""
    c = pack.commitments

    def f(words: Iterable[str]) -> list[str]:
        return [fold(w, pack.reading) for w in words]

    apart = pack.reading.words_apart
    edge = r"(?<!\w)" if apart else ""  # *Lucas agreed* is not *as agreed*
    said = tuple(f(pack.mood.said))
    tails = [] if apart else f([w for words in pack.markers.before.values() for w in words])
    rules: dict[str, list[CommitmentRule]] = {}
    kept: dict[str, int] = {}
    for rule in c.rules:
        for word in f(rule.open):
            opening, _, content = word.partition("~")
            rules.setdefault(opening + content, []).append(rule)
            kept[opening + content] = len(content) or (0 if opening.endswith(said) else _tail(opening, tails))
    return Book(
        opener=words_pattern(list(rules), apart=apart),
        rules={w: tuple(r) for w, r in rules.items()},
        general=re.compile("|".join(c.general)) if c.general else None,
        starts=words_pattern(f(c.starts), apart=apart),
        link=words_pattern(f(pack.nouns.links), r"\s", apart=True) if apart else None,
        should=words_pattern(f([*c.should, *c.starts]), apart=apart),
        not_starts=words_pattern(f([*c.not_starts, *pack.mood.said]), apart=apart),
        trim=words_pattern(f(c.trim), apart=apart),
        asides=re.compile("|".join(c.asides)) if c.asides else None,
        examples=words_pattern(f(c.examples), apart=apart),
        closed=re.compile("|".join(c.closed)) if c.closed else None,
        not_others=re.compile(c.not_others) if c.not_others else None,
        done_before=re.compile(rf"(?:{c.done_before})\Z") if c.done_before else None,
        done_behind=re.compile(c.done_behind) if c.done_behind else None,
        kept=kept,
        apart=apart,
        second=_second(list(rules), f(pack.nouns.links)) if apart else None,
        parts=words_pattern(f(c.parts), apart=apart),
        verbs=words_pattern(f([*pack.nouns.name_verbs, *pack.mood.said]), apart=True) if apart else None,
        topics=tuple((t, p) for t, words in c.topics.items() if (p := words_pattern(f(words), apart=apart))),
        modal={r.id: words_pattern(f(r.modal), apart=apart) for r in c.rules},
        unless={r.id: re.compile(f"{edge}(?:{'|'.join(r.unless_in)})") if r.unless_in else None for r in c.rules},
    )


def _second(openers: list[str], links: list[str]) -> re.Pattern[str] | None:
    """A link and an opener behind it: where a second undertaking of the same party begins."""
    inner = words_pattern(openers, apart=True)
    return re.compile(f",? (?:{'|'.join(map(re.escape, links))}) ({inner.pattern})") if inner and links else None
