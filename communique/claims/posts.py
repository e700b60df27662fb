"""What the words of an office say of whoever holds it: the level, and which words can end one."""

from __future__ import annotations

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold


def level(office: str, pack: LanguagePack) -> str | None:
    """Return the codebook's level of an office: by its last word, and by the body before it."""
    plain, heads = fold(office, pack.reading), _levels(pack)
    apart = pack.reading.words_apart  # then the head may stand in front, too: *minister of defence*
    for n in range(len(plain), 0, -1):
        if (head := heads.get(plain[-n:]) or (heads.get(plain[:n]) if apart else None)) is not None:
            return next((lv for word, lv in head[1] if word in plain), None) or head[0]
    return None


def ends_in_post(words: str, pack: LanguagePack) -> bool:
    """Whether words end in the name of an office, of whatever level."""
    plain, heads = fold(words, pack.reading), _levels(pack)
    return any(plain[n:] in heads for n in range(len(plain)))


@kept
def _levels(pack: LanguagePack) -> dict[str, tuple[str | None, tuple[tuple[str, str], ...]]]:
    """The heads of offices, folded, with their level and with the bodies that give another."""
    out: dict[str, tuple[str | None, tuple[tuple[str, str], ...]]] = {}
    if pack.offices is not None:
        names = pack.offices.offices
        for head, own in names.heads.items():
            bodies = tuple((fold(w, pack.reading), lv) for w, lv in names.bodies_level.get(head, {}).items())
            out.setdefault(fold(head, pack.reading), (own, bodies))
    return out


@kept
def title_words(pack: LanguagePack) -> frozenset[str]:
    """Return the words that offices end with, folded."""
    heads = pack.offices.offices.heads if pack.offices else {}
    return frozenset(w for head in heads for w in fold(head, pack.reading).split())
