"""Runs the cases of the name packs: states, blocs and places in a phrase, mechanisms by every name.

Names are looked up in the hits of the lexicon: in the mentions a state may already be part of an office.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import pytest

from communique.document import read
from communique.loader import packs as loader
from communique.mentions import mark
from communique.mentions.mark import Marked
from communique.model import Raw

PACKS = loader.load()


@dataclass(frozen=True)
class Phrase:
    """A phrase of a pack's cases; ``finds`` are codes in order, or the id that must be (or not be) found."""

    lang: str
    kind: str
    text: str
    finds: tuple[str, ...]
    wanted: bool = True


def gazetteer_cases() -> Iterator[Phrase]:
    for code, pack in PACKS.languages.items():
        for kind, names in (("state", pack.states), ("bloc", pack.blocs), ("place", pack.places)):
            if names is not None:
                yield from (Phrase(code, kind, c.text, tuple(c.finds)) for c in names.cases)


def mechanism_cases() -> Iterator[Phrase]:
    for pack in (p for p in PACKS.mechanisms if not p.family):
        for text in pack.cases.found:
            yield Phrase(_language(text), "mechanism", text, (pack.id,))
        for text in pack.cases.not_found:
            yield Phrase(_language(text), "mechanism", text, (pack.id,), wanted=False)


def _language(text: str) -> str:
    raw = Raw("case", json.dumps({"id": "case", "text": text}).encode(), "application/json", "case")
    return read(raw, PACKS).units[0].lang.partition("-")[0]


GAZETTEER = tuple(gazetteer_cases())
MECHANISM = tuple(p for p in mechanism_cases() if PACKS.languages[p.lang].phrases.mechanism_heads)


@cache
def marked(phrases: tuple[Phrase, ...]) -> dict[Phrase, list[Marked]]:
    """Return every phrase marked; phrases of one language in one call."""
    out = {}
    for lang in {p.lang for p in phrases}:
        mine = [p for p in phrases if p.lang == lang]
        detect = PACKS.languages[lang].detect
        tag = detect.scripts[0].lang if detect and detect.scripts else lang
        units = []
        for p in mine:
            value = {"id": "case", "lang": tag, "text": p.text}
            units.append(read(Raw("case", json.dumps(value).encode(), "application/json", "case"), PACKS).units)
        found: Sequence[Sequence[Marked]] = mark.find(units, PACKS, lang)
        for p, rows in zip(mine, found, strict=True):
            out[p] = list(rows)
    return out


@pytest.mark.parametrize("number", range(len(GAZETTEER)))
def test_names_in_a_phrase(number: int) -> None:
    phrase = GAZETTEER[number]
    hits = [h for row in marked(GAZETTEER)[phrase] for h in row.hits if h.entry.kind == phrase.kind]
    assert [h.entry.value or "none" for h in hits] == list(phrase.finds), phrase.text


@pytest.mark.parametrize("number", range(len(MECHANISM)))
def test_a_mechanism_is_known_by_its_names(number: int) -> None:
    phrase = MECHANISM[number]
    rows = marked(MECHANISM)[phrase]
    known = {m.value.get("known") for row in rows for sentence in row.mentions for m in sentence}
    if phrase.wanted:  # a name may also stand inside a longer one, of a document for example
        known |= {h.entry.value for row in rows for h in row.hits if h.entry.kind in ("mechanism", "loose")}
    assert (phrase.finds[0] in known) is phrase.wanted, f"{phrase.text}: {known}"
