"""Whose story a page tells: the state whose people and bodies act in most of its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from communique.claims import personwords
from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions import officegrammar
from communique.mentions.fold import fold, folded
from communique.mentions.mark import Marked
from communique.model import Mention

ACTS = frozenset({"person", "body", "delegation", "group", "state"})
ASIDE = frozenset({"date", "place", "meeting", "number"})


def of_official(
    marked: Marked, m: Mention, pack: LanguagePack, home: str | None, may_be: Callable[[str, Mention], bool]
) -> str | None:
    """Return the state of which a story tells, for who opens a sentence of it with an office alone.

    *Later, the president A set out for B*: he is of the state whose people act before and after, not of the one
    that was named last, and not of ``home`` where people have names of another form. ``may_be`` tells whether
    a state has such an office.
    """
    row = marked.row(m)
    if pack.reading.words_apart or any(x.end <= m.start and x.kind not in ASIDE for x in row):
        return None
    acting = Counter[str]()
    first: dict[str, int] = {}
    for names in marked.mentions:
        country = _acting(marked, names, pack)
        if country is not None:
            acting[country] += 1
            first.setdefault(country, names[0].start)
    not_his = {c for codes in personwords.words(pack).fits.values() for c in codes if c == home}
    not_his |= _faced(marked, m, pack)
    told = [c for c, _ in acting.most_common() if c not in not_his and first[c] < m.start and may_be(c, m)]
    return told[0] if told and (acting[told[0]] > 1 or len(acting) == 1) else None


LONGEST = 24
"""Letters of an office that somebody takes."""


def office_taken(marked: Marked, m: Mention, pack: LanguagePack) -> tuple[str, str | None] | None:
    """Return the office that a clause says right behind a name that its bearer takes, and the state in front of it.

    *Appointed X as A's ambassador to B*, where no blanks part words and the clause ends with the office.
    """
    if pack.reading.words_apart:
        return None
    text, head = marked.scan.text, officegrammar.grammar(pack).head_at_end
    row = (folded(pack.nouns.predicates, pack.reading), folded(pack.phrases.weak_prefixes, pack.reading))
    word = max((w for w in row[0] if text.startswith(w, m.end)), key=len, default=None)
    s = next(x for x in marked.scan.sentences if x.start <= m.start < x.end)
    at = m.end + len(word or "")
    cut = min((i for i in (text.find(c, at, s.end) for c in ",;:\u3002") if i >= 0), default=s.end)
    end = at + len(text[at:cut].rstrip())
    if word is None or head is None or not at < end <= at + LONGEST or not head.search(text, at, end):
        return None
    state = next((h for h in marked.hits if h.start == at and h.entry.kind == "state"), None)
    at = state.end if state is not None and state.end < end else at
    at += max((len(w) for w in row[1] if text.startswith(w, at)), default=0)
    return marked.scan.unit.text[at:end].rstrip("\u3002"), str(state.entry.value) if state is not None else None


@kept
def _leading(pack: LanguagePack) -> tuple[str, ...]:
    """The words right before whom somebody meets, or where he goes; some end in the state (*visits A*)."""
    words = personwords.words(pack)
    visits = (fold(w, pack.reading) for r in pack.rules if r.type == "visit" for w in r.trigger if "~" not in w)
    return (*words.towards, *words.there, *words.meets, *visits)


def _faced(marked: Marked, m: Mention, pack: LanguagePack) -> set[str]:
    """The states to which somebody goes in his sentence, and those whose people he meets."""
    words, text, row = _leading(pack), marked.scan.text, [x for x in marked.row(m) if x.start >= m.end]
    met = [x for x in row if x.kind == "person" or text.endswith(words, m.end, x.start)]
    met += [x for x in row if x.kind == "state" and text.endswith(words, m.end, x.end)]
    return {str(x.value["country"]) for x in met if x.value.get("country")}


def _acting(marked: Marked, row: tuple[Mention, ...], pack: LanguagePack) -> str | None:
    """The state of who acts first in a sentence, unless he is only spoken to, or serves abroad."""
    words, text = personwords.words(pack), marked.scan.text
    first = next((x for x in row if x.kind in ACTS), None)
    if first is None or not first.value.get("country"):
        return None
    if text.endswith((*words.towards, *words.there), 0, first.start):
        return None
    return str(first.value["country"])
