"""The words of a pack that part and mark a clause, compiled; which of them stands right before a place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.loader.anyword import needed
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.words import words_pattern
from communique.model import Mention

COUNT = re.compile(r"(?<=\s)[0-9][0-9.,]*\Z")
"""The number of those who are named behind a marker."""
COUNTABLE = frozenset({"to", "for", "with", "by", "present"})
"""What a marker may say of those whose number stands between."""
GOES_ON = frozenset({"at", "to", "for", "with"})
"""What the words behind a day and a comma may be marked as, in the same clause."""
NUMBER = 8  # letters that a number of people and its classifier may be
DESCRIBED = 3  # words that an article and what describes a noun may be


Aside = tuple[str, re.Pattern[str], str, tuple[str, ...]]
"""A form of what stands apart: its kind, its pattern, and words of which one stands in it (the first, and others)."""


@dataclass(frozen=True, eq=False)
class ClauseGrammar:
    """Markers, joiners and asides of a pack, compiled."""

    markers: tuple[tuple[str, str], ...]
    by_letter: dict[str, tuple[tuple[str, str], ...]]
    at: tuple[str, ...]
    goes_on: tuple[str, ...]
    source: tuple[str, ...]
    joints: frozenset[str]
    adjuncts: tuple[Aside, ...]
    reach: re.Pattern[str] | None
    led: re.Pattern[str] | None
    led_by: re.Pattern[str] | None
    led_end: re.Pattern[str] | None
    leads: re.Pattern[str] | None
    together: re.Pattern[str] | None
    counted: re.Pattern[str] | None
    origin: re.Pattern[str] | None
    envoys: tuple[str, ...]
    building: re.Pattern[str] | None
    not_party: re.Pattern[str] | None
    joined: re.Pattern[str] | None
    cuts: str
    cut: re.Pattern[str]
    apart: bool
    articles: tuple[str, ...]
    of: tuple[str, ...]
    tells: re.Pattern[str] | None
    owners: tuple[str, ...]
    opens: frozenset[str]
    in_row: tuple[str, ...]
    planned_for: re.Pattern[str] | None
    partner: frozenset[str]
    goes: tuple[str, ...]


def _cut(pack: LanguagePack) -> re.Pattern[str]:
    """Where a segment ends: a sign, or the blank before words that begin another (*met B [and will] visit C*)."""
    signs = [f"[{re.escape(pack.markers.cuts)}]"] if pack.markers.cuts else []
    words = "|".join(fold(w, pack.reading) for w in pack.markers.cut_before)
    return re.compile("|".join([*signs, *([f" (?=(?:{words}) )"] if words else [])]) or r"(?!)")


@kept
def grammar(pack: LanguagePack) -> ClauseGrammar:
    """Compile the clause grammar of a pack."""
    markers = sorted(
        ((fold(w, pack.reading), f) for f, words in pack.markers.before.items() for w in words),
        key=lambda x: (-len(x[0]), x[0]),
    )
    m = pack.mood
    return ClauseGrammar(
        markers=tuple(markers),
        by_letter={c: tuple(x for x in markers if x[0][-1] == c) for c in {w[-1] for w, _ in markers}},
        at=tuple(w for w, f in markers if f == "at"),
        goes_on=tuple(w for w, f in markers if f in GOES_ON),
        source=tuple(f"{w} " for w, f in markers if f == "from"),
        joints=frozenset(fold(w, pack.reading) for w in pack.markers.joints),
        adjuncts=tuple(
            (kind, re.compile(p), word, tuple(more))
            for kind, patterns in m.adjuncts.items()
            for p in patterns
            for word, *more in (needed(p),)
        ),
        reach=re.compile(pack.markers.reach) if pack.markers.reach else None,
        led=re.compile(pack.markers.led) if pack.markers.led else None,
        led_by=re.compile(pack.markers.led_by) if pack.markers.led_by else None,
        led_end=re.compile(pack.markers.led_end) if pack.markers.led_end else None,
        leads=re.compile(pack.markers.leads) if pack.markers.leads else None,
        counted=re.compile(rf"(?:{pack.markers.counted})\Z") if pack.markers.counted else None,
        together=re.compile(pack.markers.together) if pack.markers.together else None,
        origin=re.compile(pack.markers.origin) if pack.markers.origin else None,
        envoys=tuple(fold(w, pack.reading) for w in pack.markers.envoys),
        building=words_pattern([fold(w, pack.reading) for w in pack.markers.building]),
        not_party=words_pattern([fold(w, pack.reading) for w in pack.markers.not_party]),
        joined=words_pattern(
            [fold(w, pack.reading) for r in pack.rules for w in r.trigger if "," in w and "~" not in w],
            apart=pack.reading.words_apart,
        ),
        cuts=pack.markers.cuts,
        cut=_cut(pack),
        apart=pack.reading.words_apart,
        of=tuple(fold(w, pack.reading) for w in pack.phrases.of),
        tells=re.compile(rf"\s(?:{'|'.join(m.tells)})\b") if m.tells and pack.reading.words_apart else None,
        owners=tuple(fold(w, pack.reading) for w in pack.nouns.possessives),
        opens=frozenset(fold(w, pack.reading) for w in pack.markers.opens),
        planned_for=re.compile(pack.markers.planned_for) if pack.markers.planned_for else None,
        in_row=tuple(fold(w, pack.reading) for w in pack.markers.in_row),
        partner=frozenset(fold(w, pack.reading) for w in pack.markers.partner),
        goes=tuple(fold(w, pack.reading) for r in pack.rules if r.type == "visit" for w in r.trigger if "~" not in w),
        articles=tuple(sorted((fold(w, pack.reading) for w in _attributes(pack)), key=lambda w: (-len(w), w))),
    )


def _attributes(pack: LanguagePack) -> list[str]:
    """Words that may stand between a marker and what it marks (*to the newly elected president*, *in northern A*)."""
    apart = [*pack.nouns.articles, *pack.markers.parts]
    return apart if pack.reading.words_apart else pack.phrases.weak_prefixes


def marker_before(text: str, start: int, at: int, g: ClauseGrammar) -> str | None:
    """Return the function that the word right before ``at`` gives to what follows, if it is a marker.

    Articles that stand between the two are passed over.
    """
    at = start + len(bare(text[start:at].rstrip(" "), g))
    if g.counted and (m := g.counted.search(text, max(start, at - NUMBER), at)):  # *against [three] A officials*
        at = m.start()
    if g.apart and (number := COUNT.search(text, start, at)):  # *made up of 180 men*, not *a unit of 180 men*
        first = start + len(bare(text[start : number.start()].rstrip(" "), g))
        rows = g.by_letter.get(text[first - 1], ()) if first > start else ()
        word, function = next(((w, f) for w, f in rows if text.endswith(f" {w}", start, first)), ("", ""))
        if word.count(" ") or function in COUNTABLE:
            return function
    for word, function in g.by_letter.get(text[at - 1], ()) if at > start else ():
        first = at - len(word)
        if text.endswith(word, start, at) and not (g.apart and first > start and text[first - 1].isalnum()):
            return function
    return None


def bare(words: str, g: ClauseGrammar) -> str:
    """Return ``words`` without the articles at their end."""
    while True:
        ends = (w for w in g.articles if words.endswith(w)) if words.endswith(g.articles) else ()
        word = next((w for w in ends if not (g.apart and words[: -len(w)][-1:].isalnum())), None)
        if word is None:
            return words
        words = words[: -len(word)].rstrip()


def opened(text: str, start: int, at: int, g: ClauseGrammar) -> bool:
    """Whether whoever stands at ``at`` is met at the head of a sentence that begins at ``start`` (*receiving B, A*)."""
    return bool(g.opens) and bare(text[start:at].rpartition(",")[2].strip(), g) in g.opens


def joins(words: str, g: ClauseGrammar) -> bool:
    """Whether ``words`` join a noun to what stands before them, by a link, an article and what describes the noun.

    *A and a high-level [delegation]*; only where words stand apart.
    """
    link, *rest = words.split() or [""]
    plain = 0 < len(rest) <= DESCRIBED and all(w.replace("-", "").isalpha() for w in rest)
    return g.apart and link in g.joints and plain and rest[0] in g.articles


def other_thing(text: str, state: Mention, mentions: Sequence[Mention], g: ClauseGrammar) -> bool:
    """Whether the word behind a state makes another thing of it; not of the last of a list, before its day.

    *A's local time*, but *A and B, local time 5 May, signed*.
    """
    m = g.not_party.match(text, state.end) if g.not_party else None
    if m is None or not any(x.kind == "date" and x.start == m.end() for x in mentions):
        return m is not None
    before = next((x for x in reversed(mentions) if x.end <= state.start), None)
    return before is None or before.kind not in ("state", "bloc") or text[before.end : state.start] not in g.joints
