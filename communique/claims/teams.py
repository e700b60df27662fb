"""Whose delegation *the delegation* is, where no blanks stand between words: that of the journey told last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.claims.draft import Draft, Party
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.scan import Scan
from communique.model import Mention

CAME = frozenset({"guest", "head_of_delegation"})


@kept
def _words(pack: LanguagePack) -> frozenset[str]:
    """The words that mean a delegation told before and name nobody."""
    return frozenset(folded([*pack.phrases.delegation_heads, *pack.phrases.teams], pack.reading))


NOUNS = frozenset({"noun", "body", "place", "person", "pronoun", "number", "particle", "adjective", "other"})
"""Tags of what makes a delegation another's when it stands right before the word."""


def meant(m: Mention, scan: Scan, drafts: Sequence[Draft], pack: LanguagePack) -> Party | None:
    """Return who leads the delegation that a bare word means, or the delegation as it was named; else None.

    ``drafts`` are the events told so far: whoever travelled last is meant, else who led somebody to a meeting.
    """
    if pack.reading.words_apart or m.value.get("country") or scan.text[m.start : m.end] not in _words(pack):
        return None
    sentence = next(s for s in scan.sentences if s.start <= m.start < s.end)
    i = sentence.token_at(m.start)
    own = i >= 0 and sentence.tokens[i].start < m.start
    if own or any(t.end == m.start and t.tag in NOUNS for t in sentence.tokens):
        return None
    for draft in reversed(drafts):
        led = [p for p, r in draft.roles if r == "head_of_delegation" and p.country]
        if draft.type == "visit":
            led += [p for p, r in draft.roles if r in CAME and p.country and (p.kind == "person" or not led)]
        if led:
            return replace(led[0], leader=led[0].kind == "person")
    return None
