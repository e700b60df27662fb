"""Capitals that stand for their governments: *A and B signed an accord*, where A and B are towns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold
from communique.mentions.lexicon import Entry, Hit
from communique.mentions.scan import Sentence
from communique.mentions.words import words_pattern


@kept
def _verbs(pack: LanguagePack) -> re.Pattern[str] | None:
    """The words right behind a capital that make it a government."""
    words = [fold(w, pack.reading) for w in pack.markers.governments]
    return words_pattern(words, apart=pack.reading.words_apart) if words else None


@kept
def capitals(pack: LanguagePack) -> dict[str, str]:
    """The state of every capital of a pack, by its folded name; none of a town where others have their seat."""
    places = pack.places.places.items() if pack.places else ()
    others = {fold(w, pack.reading) for w in pack.markers.no_governments}
    towns = {fold(n, pack.reading): c for c, p in places for n in p.capitals if c != "none"}
    return {name: code for name, code in towns.items() if name not in others}


def governments(text: str, sentences: Sequence[Sentence], hits: list[Hit], pack: LanguagePack) -> list[Hit]:
    """Return the hits, a capital that begins a sentence and acts as its state; so do those in a row with it."""
    verbs, towns = _verbs(pack), capitals(pack)
    if verbs is None:
        return hits
    joints = {f" {w} " for w in pack.nouns.links} | {", "}
    at = {h.start: i for i, h in enumerate(hits)}
    out = list(hits)
    for s in sentences:
        i = at.get(s.start, -1)
        row: list[int] = []
        while 0 <= i < len(hits):
            h = hits[i]
            code = towns.get(text[h.start : h.end]) if h.entry.kind == "place" else None
            if code is None and h.entry.kind != "state":
                break
            row += [i] if code else []
            if verbs.match(text, h.end + 1, s.end):
                for k in row:
                    out[k] = Hit(hits[k].start, hits[k].end, Entry("state", hits[k].entry.value))
                break
            i += 1
            if i == len(hits) or text[h.end : hits[i].start] not in joints:
                break
    return out
