"""The words of a pack by which noun phrases are read, compiled: heads, joiners, what stands inside and around."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from communique.loader.anyword import needed
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.ordinals import Ordinal
from communique.mentions.words import words_pattern

HELD = frozenset({"session", "visit", "exercise", "talks", "signing"})
PAPERS = frozenset({"signing", "adoption"})

BEFORE = 8
"""How many letters before words for both the number of their meeting may end: the names of two states."""

Endings = Mapping[str, tuple[str, ...]]
"""Words by their last letter."""


@dataclass(frozen=True, eq=False)
class PhraseGrammar:
    """Heads and joiners of a pack, compiled."""

    heads: re.Pattern[str] | None
    instruments: re.Pattern[str] | None
    delegations: Endings
    groups: Endings
    bodies: Endings
    texts: Endings
    not_bodies: tuple[str, ...]
    chairs: re.Pattern[str] | None
    retinue: tuple[str, ...]
    kinds: dict[str, str]
    heads_of_kinds: Mapping[str, tuple[str, ...]]
    """The heads that say of what kind a mechanism is, by their last letter."""
    sessions: tuple[str, ...]
    sorts: tuple[tuple[str, tuple[str, ...]], ...]
    generic: frozenset[str]
    generic_form: re.Pattern[str] | None
    turns: frozenset[str]
    elided: re.Pattern[str] | None
    one_off: tuple[str, ...]
    joiners: frozenset[str]
    inner: frozenset[str]
    levels: tuple[str, ...]
    not_first: tuple[str, ...]
    under: tuple[str, ...]
    whole: re.Pattern[str] | None
    troops: re.Pattern[str] | None
    within: tuple[str, ...]
    breaks: frozenset[str]
    parting: tuple[str, ...]
    markers: frozenset[str]
    sent: tuple[str, ...]
    about: tuple[str, ...]
    of: tuple[str, ...]
    titled: tuple[str, ...]
    themes: re.Pattern[str] | None
    theme: tuple[str, ...]
    year: re.Pattern[str]
    numbered: re.Pattern[str] | None
    policies: re.Pattern[str] | None
    annexes: re.Pattern[str] | None
    spoken: re.Pattern[str] | None
    counted: re.Pattern[str] | None
    together: re.Pattern[str] | None
    joint_body: re.Pattern[str] | None
    joint_forms: re.Pattern[str] | None
    joint_meeting: re.Pattern[str] | None
    sits: tuple[str, ...]
    adverbs: frozenset[str]
    verbs: tuple[str, ...]
    papers: tuple[str, ...]
    met: frozenset[str]
    shortened: tuple[tuple[str, str], ...]
    ends: tuple[str, ...]
    at: tuple[str, ...]
    behind: tuple[str, ...]


@kept
def grammar(pack: LanguagePack) -> PhraseGrammar:
    """Compile the phrase grammar of a pack."""
    p = pack.phrases

    def f(words: Sequence[str]) -> list[str]:
        return [fold(w, pack.reading) for w in words]

    heads = {fold(k, pack.reading): v for k, v in p.mechanism_heads.items()}
    heads = dict(sorted(heads.items(), key=lambda x: len(x[0]), reverse=True))
    return PhraseGrammar(
        heads=words_pattern([*heads, *f(p.session_heads)]),
        instruments=words_pattern(f(p.instrument_heads)),
        delegations=_by_end(f(p.delegation_heads)),
        groups=_by_end(f(p.group_heads)),
        bodies=_by_end(f(pack.offices.bodies.heads) if pack.offices else ()),
        texts=_by_end(f(p.instrument_heads)),
        not_bodies=tuple(f(pack.offices.bodies.not_bodies)) if pack.offices else (),
        chairs=words_pattern(w for w in f([*pack.offices.offices.heads]) if len(w) > 1) if pack.offices else None,
        retinue=tuple(f(p.retinue)),
        kinds=heads,
        heads_of_kinds=_by_end(tuple(heads)),
        sessions=tuple(f(p.session_heads)),
        sorts=tuple((k, tuple(f(v))) for k, v in p.sorts.items()),
        generic=frozenset(f([*p.not_mechanism, *p.meeting, *p.turns])),
        turns=frozenset(f(p.turns)),
        elided=re.compile(p.elided) if p.elided else None,
        generic_form=re.compile("|".join(p.generic_forms)) if p.generic_forms else None,
        one_off=tuple(f(p.one_off)),
        joiners=frozenset(f(p.pair_joiners)),
        inner=frozenset(f(p.meeting_inner)),
        not_first=tuple(sorted(f(p.not_first), key=len, reverse=True)),
        under=tuple(f(p.under)),
        levels=tuple(sorted(f(p.meeting_inner), key=len, reverse=True)),
        whole=words_pattern(f(p.meeting_words)),
        troops=re.compile(p.troops) if p.troops else None,
        within=tuple(f(p.within)),
        breaks=frozenset(f(p.chunk_breaks)),
        parting=tuple(sorted((w for w in set(f(p.chunk_breaks)) if len(w) > 1), key=lambda w: (-len(w), w))),
        markers=frozenset(f([w for words in pack.markers.before.values() for w in words])),
        sent=tuple(f(pack.states.frames.before if pack.states else ())),
        about=tuple(f(p.about)),
        of=tuple(f(p.of)),
        titled=tuple(f(p.titled)),
        themes=re.compile(p.themes) if p.themes else None,
        theme=needed(p.themes) if p.themes else (),
        numbered=re.compile(p.numbered) if p.numbered else None,
        policies=re.compile(p.policies) if p.policies else None,
        annexes=re.compile(p.annexes) if p.annexes else None,
        spoken=re.compile(p.spoken) if p.spoken else None,
        counted=re.compile(p.counted_heads) if p.counted_heads else None,
        together=re.compile(pack.markers.together) if pack.markers.together else None,
        joint_body=words_pattern(f(p.joint_heads)),
        joint_forms=re.compile(p.joint_forms) if p.joint_forms else None,
        joint_meeting=re.compile(p.joint_meetings) if p.joint_meetings else None,
        sits=tuple(f(p.sits)),
        adverbs=frozenset(f(pack.mood.claimed_first)),
        verbs=_first_words(pack, HELD),
        papers=_first_words(pack, PAPERS),
        year=re.compile(p.year) if p.year else re.compile(r"(?!)"),
        met=frozenset(f([w for r in pack.rules for w in r.trigger if r.type == "talks" and "~" not in w])),
        shortened=tuple((fold(k, pack.reading), fold(v, pack.reading)) for k, v in p.shortened.items()),
        ends=tuple(sorted(f(p.ends), key=len, reverse=True)),
        at=tuple(f(pack.markers.before.get("at", []))),
        behind=tuple(sorted(f(p.behind), key=len, reverse=True)),
    )


def _first_words(pack: LanguagePack, types: frozenset[str]) -> tuple[str, ...]:
    """The words with which the triggers of rules of some types begin, the longest first."""
    words = {fold(w.partition("~")[0], pack.reading) for r in pack.rules for w in r.trigger if r.type in types}
    return tuple(sorted(words, key=lambda w: (-len(w), w)))


def _by_end(words: Sequence[str]) -> Endings:
    return {c: tuple(w for w in words if w[-1] == c) for c in {w[-1] for w in words}}


def ended(text: str, start: int, end: int, words: Endings) -> bool:
    """Return whether a stretch ends with one of some words."""
    return text.endswith(words.get(text[end - 1 : end], ()), start, end)


def jointly(text: str, at: int, end: int, numbers: Sequence[Ordinal], g: PhraseGrammar) -> int | None:
    """Return where the name of a numbered meeting ends that words for both at ``at``, behind two states, are part of.

    The number stands inside, or before the two states (*the 20th meeting of A's and B's two parties*).
    """
    m = g.joint_meeting.match(text, at, end) if g.joint_meeting else None
    return m.end() if m and any(at - BEFORE <= o.end < m.end() and not o.congress for o in numbers) else None


def kind_at(text: str, end: int, g: PhraseGrammar) -> str | None:
    """Return what kind of mechanism the head that ends at ``end`` names, if one does."""
    heads = g.heads_of_kinds.get(text[end - 1 : end], ())
    return next((g.kinds[k] for k in heads if text.endswith(k, 0, end)), None)


def kind_of(head: str, g: PhraseGrammar) -> str | None:
    """Return what kind of mechanism a whole head names, if one: a listed one, or one in the form of a joint body."""
    return g.kinds.get(head) or ("group" if g.joint_forms and g.joint_forms.fullmatch(head) else None)
