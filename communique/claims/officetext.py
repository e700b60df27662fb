"""An office as it is written, without the state that sends its holder, where that stands in the middle."""

from __future__ import annotations

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import folded
from communique.mentions.mark import Marked


def written(marked: Marked, span: tuple[int, int], country: str | None, pack: LanguagePack) -> str:
    """The words of an office; ``country`` is its holder's: *the ambassador [of A] to B*.

    Where no blanks part words that state stands in front, outside the office.
    """
    (start, end), raw, text = span, marked.scan.unit.text, marked.scan.text
    ties, leads = _words(pack)
    for h in marked.within(start, end) if country and ties else ():
        if h.entry.kind == "state" and h.entry.value == country and h.start > start and text.startswith(ties, h.end):
            at = h.start
            while lead := next((w for w in leads if text.endswith(w, start, at)), ""):
                at -= len(lead) - 1
            return f"{raw[start:at].strip()}{raw[h.end : end].rstrip()}"
    return raw[start:end].strip()


@kept
def _words(pack: LanguagePack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands behind that state, and what before it, the longest first."""
    if not pack.reading.words_apart:
        return (), ()
    ties = tuple(f" {w} " for w in folded(pack.nouns.to, pack.reading))
    leads = {f" {w} " for w in folded([*pack.nouns.of, *pack.nouns.articles], pack.reading)}
    return ties, tuple(sorted(leads, key=len, reverse=True))
