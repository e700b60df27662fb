"""Which language and script a text is in, by the letters that the language packs name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from communique.loader.detect import DetectPack

SAMPLE = 20_000
UNKNOWN = "und"
WORD = re.compile(r"[^\W\d_]+")


def detect(text: str, packs: Sequence[DetectPack]) -> str:
    """Return the language tag of ``text``, ``und`` where no pack claims it. Packs are tried by their rank."""
    sample = unicodedata.normalize("NFC", text[:SAMPLE])
    signs = Counter(sample)
    letters = {c: n for c, n in signs.items() if c.isalpha()}
    words = WORD.findall(sample)
    for pack in sorted(packs, key=lambda p: p.rank):
        own = _many(letters, pack.letters)
        if not own or (pack.unlike and _many(letters, pack.unlike) * 10 > own):
            continue
        if _share(words, own, pack) >= pack.least:
            return _script(signs, pack) if pack.scripts else pack.lang
    return UNKNOWN


def _share(words: Sequence[str], own: int, pack: DetectPack) -> float:
    """How much of a text is a language's, by the pack's measure; ``own``: how many of its letters there are."""
    if pack.measure == "list":
        return sum(1 for w in words if w.lower() in pack.words) / len(words)
    theirs = sum(1 for w in words if pack.letters.search(w) or w in pack.words)
    return theirs / len(words) if pack.measure == "words" else own / (own + len(words) - theirs)


def _many(letters: dict[str, int], of: re.Pattern[str]) -> int:
    """How many letters of a class there are."""
    return sum(map(letters.__getitem__, of.findall("".join(letters))))


def _script(signs: dict[str, int], pack: DetectPack) -> str:
    """The script with the fewest letters that another script writes otherwise."""
    letters = pack.letters.findall("".join(signs))
    counts = []
    for script in pack.scripts:
        foreign = _foreign(script.foreign)
        counts.append(sum([signs[c] for c in letters if foreign[c]]))
    return pack.scripts[counts.index(min(counts))].lang


class _Foreign(dict[str, bool]):
    """Whether a conversion between scripts writes a letter otherwise; letter by letter, so that no phrase counts."""

    def __init__(self, conversion: str) -> None:
        import opencc

        super().__init__()
        self._converter: Any = opencc.OpenCC(conversion)

    def __missing__(self, letter: str) -> bool:
        self[letter] = other = bool(self._converter.convert(letter) != letter)
        return other


_foreign = lru_cache(maxsize=8)(_Foreign)
