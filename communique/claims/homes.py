"""What tells whose people and whose story they are: surnames, offices that few states have, words of journeys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from communique.loader.kept import kept
from communique.loader.language import LanguagePack
from communique.mentions.fold import fold, unmarked
from communique.mentions.lexicon import Hit
from communique.mentions.mark import Marked
from communique.model import Mention

SURE = 3
"""What an office that only some states have weighs, against one that any may have, in telling whose a story is."""


@kept
def surnames(pack: LanguagePack) -> dict[str, tuple[str, ...]]:
    """Return the surnames of a pack, folded, with the traditions that have them."""
    out: dict[str, tuple[str, ...]] = {}
    for kind, names in (pack.persons.surnames if pack.persons else {}).items():
        for name in (fold(s, pack.reading) for s in names):
            out[name] = (*out.get(name, ()), kind)
    return out


@kept
def plain_surnames(pack: LanguagePack) -> dict[str, tuple[str, ...]]:
    """Return the surnames without the marks on their letters, for names that are written without them."""
    return {unmarked(name): kinds for name, kinds in surnames(pack).items()}


@kept
def _by_letter(pack: LanguagePack) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    out: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name, kinds in sorted(surnames(pack).items(), key=lambda x: -len(x[0])):
        out.setdefault(name[0], []).append((name, kinds))
    return out


def family(name: str, pack: LanguagePack) -> tuple[str, ...]:
    """Return the traditions of the surname with which a folded name begins; none if it is no known surname."""
    return next((kinds for word, kinds in _by_letter(pack).get(name[:1], ()) if name.startswith(word)), ())


@kept
def posts(pack: LanguagePack) -> tuple[tuple[str, bool, frozenset[str]], ...]:
    """Return the offices that only some states have, or some have not: folded, whether *only*, the states."""
    names = pack.offices.offices if pack.offices else None
    rows = [(w, True, c) for w, c in names.only_of.items()] if names else []
    rows += [(w, False, c) for w, c in names.never_of.items()] if names else []
    return tuple(sorted(((fold(w, pack.reading), only, frozenset(c)) for w, only, c in rows), key=lambda x: -len(x[0])))


def whose(marked: Marked, pack: LanguagePack) -> str | None:
    """Return the state whose story a unit of an unknown outlet is.

    It is the state at home in which its officials are called by their office alone, as far as their surnames
    and offices that only some states have tell; else the one that the unit names most, and first, other than as the
    place of something.
    """
    there = tuple(fold(w, pack.reading) for w in pack.markers.before.get("at", ()))
    hits = [h for h in marked.hits if h.entry.kind == "state" and h.entry.value]
    away = others(marked, pack)
    counts = Counter(str(h.entry.value) for h in hits if not marked.scan.text.endswith(there, 0, h.start))
    counts = Counter({c: n for c, n in counts.items() if c not in away}) or counts
    towns = Counter(str(h.entry.value) for h in marked.hits if h.entry.kind == "place" and h.entry.value)
    votes = Counter[str]()
    seen: set[str] = set()
    for m in (m for row in marked.mentions for m in row if m.kind == "person" and m.value["offices"]):
        a, b = m.value["name_span"]
        name = marked.scan.text[a:b]
        kinds = family(name, pack)
        codes = [c for k in kinds for c in pack.phrases.traditions.get(k, [])]
        own = _having(m, marked.scan.text, pack)
        fits = [c for c in codes if c in own] if own else [c for c in counts + towns if c in codes]
        told = m.value["country"] is not None and not (own and not any(m.start <= h.start < m.end for h in hits))
        if name not in seen and not told and fits:
            votes[max(fits, key=lambda c: (counts[c], towns[c]))] += SURE if own else 1
        seen.add(name)
    best = votes or counts
    return max(best, key=lambda c: (best[c], counts[c])) if best else None


def _having(m: Mention, text: str, pack: LanguagePack) -> frozenset[str]:
    """The states that alone have an office that stands with a person; none if every state may have it."""
    ends = ((text[a:b], word, codes) for a, b in m.value["offices"] for word, only, codes in posts(pack) if only)
    return next((codes for office, word, codes in ends if is_post(office, word)), frozenset())


def is_post(office: str, word: str) -> bool:
    """Whether an office is one by its last words, or, where a sign of equality stands before these, by all."""
    return office == word[1:] if word[:1] == "=" else office.endswith(word)


def of_town(marked: Marked, m: Mention) -> str | None:
    """Return the state of the town or area whose office somebody has (*mayor of A*, said with the town in front)."""
    towns = {h.start: h for h in marked.hits if h.entry.kind == "place" and h.entry.value}
    return next((h.entry.value for a, b in m.value["offices"] if (h := towns.get(a)) is not None and h.end < b), None)


@kept
def _facing(pack: LanguagePack) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words for one's own state, and those right before whom it deals with or where somebody goes."""
    words = [w for f in ("with", "to") for w in pack.markers.before.get(f, ())]
    words += [w for r in pack.rules if r.type == "visit" for w in r.trigger if "~" not in w]
    return tuple(fold(w, pack.reading) for w in pack.phrases.own), tuple(fold(w, pack.reading) for w in words)


def others(marked: Marked, pack: LanguagePack) -> set[str]:
    """The states that are not the one at home: those with, to or from which *our* people come (*our minister met A's*).

    They stand behind words such as *with* after the words for one's own, or anywhere before these where such a word
    leads to one's own (*A's minister visits our state*).
    """
    text, (own, facing) = marked.scan.text, _facing(pack)
    out: set[str] = set()
    for s in marked.scan.sentences if own and not pack.reading.words_apart else ():
        at = min((i for w in own if (i := text.find(w, s.start, s.end)) >= 0), default=None)
        if at is None:
            continue
        end = next((i for i in (text.find(c, at, s.end) for c in pack.markers.cuts[:1]) if i >= 0), s.end)
        come = text.endswith(facing, s.start, at)
        for h in (h for h in marked.hits if h.entry.kind == "state" and h.entry.value and s.start <= h.start < end):
            led = h.start > at and text.endswith((*facing, *pack.phrases.of) if come else facing, 0, h.start)
            if led or (come and h.start < at):
                out.add(str(h.entry.value))
    return out


def led_to(text: str, hits: Sequence[Hit], words: tuple[str, ...], joints: frozenset[str]) -> set[int]:
    """Return where states stand right behind some words, or joined to one that does by no comma (*in A and B*)."""
    out, last, joints = set[int](), -1, joints - {"", ","}
    for h in hits:
        joined = last >= 0 and text[last : h.start].strip() in joints
        out |= {h.start} if (led := joined or text.endswith(words, 0, h.start)) else set()
        last = h.end if led else -1
    return out


@kept
def journeys(pack: LanguagePack) -> tuple[str, ...]:
    """Return words right before the state where a journey goes (*visited*), none before whose it is (*visit of*)."""
    whose = tuple(f" {w}" for f in ("of", "by", "from", "for") for w in pack.markers.before.get(f, ()))
    words = (w for r in pack.rules if r.type == "visit" for w in r.trigger if "~" not in w)
    return tuple(w for w in words if not w.endswith(whose)) if pack.reading.words_apart else ()
