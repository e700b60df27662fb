"""Whose people somebody meets on a stay, and who invited him: of the state where he is, though no word says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, folded
from communique.mentions.mark import Marked
from communique.model import Mention

WHERE = frozenset({"state", "place"})
ACTS = frozenset({"person", "he", "delegation", "they", "people"})
INVITED = 60
"""Letters before a person among which the words for an invitation stand."""


@kept
def _patterns(pack: LanguagePack) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """The words from the beginning of a sentence to the state where somebody is, and those right before who invites."""
    m = pack.markers
    return (
        re.compile(rf"\W*(?:{m.staying})\Z") if m.staying else None,
        re.compile(rf"(?:{m.invited})\Z") if m.invited else None,
    )


def there(marked: Marked, m: Mention, pack: LanguagePack, state: Callable[[Mention], str | None]) -> str | None:
    """Return the state of a person with an office whom the guest of a state meets there, or who invited him there.

    *During his stay in B, A met President C*; *A arrived in B at the invitation of President C*. ``state`` tells whose
    the guest is.
    """
    staying, invited = _patterns(pack)
    if not m.value["offices"] or staying is None or invited is None or _gone(marked, m, pack):
        return None
    row = marked.row(m)
    acting = next((x for x in row if x.kind in ACTS and x.start < m.start), None)
    if acting is None:
        return None
    own, start = state(acting), next(s.start for s in marked.scan.sentences if s.start <= m.start < s.end)
    if (stay := _stay(marked, row, start, staying)) is not None and stay.end <= acting.start:
        return _other(stay.value.get("country"), own)
    if acting.kind == "he" and (stay := _before(marked, m, staying)) is not None:
        return _other(stay.value.get("country"), own)  # *While in B, A met C. He also met President D*
    if invited.search(marked.scan.text[max(start, m.start - INVITED) : m.start]) is None:
        return None
    states = {x.value.get("country") for x in row if x.kind in WHERE and x.start > acting.end} - {None, own}
    return str(next(iter(states))) if len(states) == 1 else None


@kept
def _going(pack: LanguagePack) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The words right before the state that one visits, those behind it, and those right before whom one meets."""
    single = {
        kind: [w for r in pack.rules if r.type == kind for w in r.trigger if "~" not in w]
        for kind in ("visit", "talks")
    }
    split = [w.partition("~") for r in pack.rules if r.type == "visit" for w in r.trigger if "~" in w and not r.status]
    ends = [b for a, _, b in split if a in pack.markers.before.get("to", ())]
    faced = (*single["talks"], *pack.markers.before.get("with", ()))
    visits, behind, met = (folded(x, pack.reading) for x in (single["visit"], ends, faced))
    return visits, behind, met


def visited(
    marked: Marked, mentions: Sequence[Mention], pack: LanguagePack, state: Callable[[Mention], str | None]
) -> str | None:
    """Return the state of a person with an office alone whom somebody meets who, in this sentence, visits it.

    *A's president visits B and meets the premier C*; only where no blanks part words. ``state`` tells whose the guest
    is.
    """
    if pack.reading.words_apart:
        return None
    return next((c for m in mentions if m.value["offices"] and (c := _visited(marked, m, pack, state))), None)


def _visited(marked: Marked, m: Mention, pack: LanguagePack, state: Callable[[Mention], str | None]) -> str | None:
    """The state that one visits, by the words before a person, and where this one is met."""
    visits, ends, faced = _going(pack)
    text, row = marked.scan.text, [x for x in marked.row(m) if x.end <= m.start]
    if not text.endswith(faced, 0, m.start):
        return None
    states = [x for x in row if x.kind == "state"]
    last, start = states[-1] if states else None, row[0].start if row else m.start
    if last is None or not (text.endswith(visits, start, last.start) or text.startswith(ends or ("\0",), last.end)):
        return None
    acting = next((x for x in row if x.kind in ("person", "delegation") and x.end <= last.start), None)
    own = state(acting) if acting is not None else None
    return _other(last.value.get("country"), own) if own else None


def _stay(marked: Marked, row: Sequence[Mention], start: int, staying: re.Pattern[str]) -> Mention | None:
    """The state or town in which, by the words that open a sentence, somebody stays."""
    first = next((x for x in row if x.kind in WHERE), None)
    return first if first is not None and staying.match(marked.scan.text, start, first.start) else None


def _before(marked: Marked, m: Mention, staying: re.Pattern[str]) -> Mention | None:
    """The same of the sentence before, in the same paragraph."""
    sentences = marked.scan.sentences
    k = next(i for i, s in enumerate(sentences) if s.start <= m.start < s.end)
    if k == 0 or "\n" in marked.scan.text[sentences[k - 1].start : sentences[k].start]:
        return None
    return _stay(marked, marked.mentions[k - 1], sentences[k - 1].start, staying)


def _gone(marked: Marked, m: Mention, pack: LanguagePack) -> bool:
    """Whether an office is one that somebody held long ago (*the late president*)."""
    prefixes = pack.offices.offices.prefixes if pack.offices else {}
    past = tuple(f"{fold(w, pack.reading)} " for w, sense in prefixes.items() if sense in ("late", "former"))
    text = marked.scan.text
    return bool(past) and (text.startswith(past, m.start) or text.endswith(past, 0, m.start))


def _other(country: str | None, own: str | None) -> str | None:
    return country if country and country != own else None
