"""Whether two name forms are one person: a judgement on everything that the record says of both, with its reason.

A form is a name as one language writes it, with the country. Forms can be one person where one can be read as the
other. The name alone never decides: a public post that both held, or a day's meeting that both are told to have been
at, must stand beside it, and no other form may fit as well. What stays open is *unsure* and is never joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from communique.record.known import Known
from communique.record.names import fold
from communique.record.posts import Post
from communique.record.readings import reader_of

MOST = 60
"""Forms that may hang together by their readings; beyond, nothing is concluded."""


@dataclass(frozen=True, slots=True)
class Form:
    """A name form and what is told of its bearer.

    ``key`` is its mark (``person|name|country|lang``). ``read`` tells that it is written in another script than its
    language's: then ``names`` are its readings, the likeliest first (only what a source printed beside it, where one
    did), else the name itself. ``marked`` tells that the form shows its marks. ``shown`` is what to print for it.
    """

    key: str
    shown: str
    lang: str
    read: bool
    names: tuple[str, ...]
    bares: tuple[str, ...]
    marked: bool
    posts: frozenset[Post] = frozenset()
    events: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    def told(self, posts: Iterable[Post], events: Iterable[str], units: Iterable[str]) -> Form:
        """Return the form with what is told of its bearer."""
        return replace(self, posts=frozenset(posts), events=frozenset(events), units=frozenset(units))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of two forms: ``same`` or ``unsure``, and why. ``names`` are both as written."""

    a: str
    b: str
    verdict: Literal["same", "unsure"]
    reason: str
    names: tuple[str, str]


def form(known: Known, key: str, printed: str | None = None) -> Form | None:
    """Return the form of a mark; None where no table serves its country or gives it a reading.

    Args:
        printed: the form in the person's own script that sources print beside the name.
    """
    what, _, rest = key.partition("|")
    name, country, lang = (*rest.rsplit("|", 2), "", "")[:3]
    reader = reader_of(known.readers, country)
    if what != "person" or reader is None or not name:
        return None
    read = reader.serves(country, lang)
    given = ((printed,) if printed else known.reads(name, country, lang)) if read else (name,)
    bares = tuple(dict.fromkeys(b for g in given if (b := reader.bare(g))))
    if not bares or not all(b.isascii() for b in bares):
        return None
    return Form(
        key, name, lang, read, tuple(dict.fromkeys(reader.marked(g) for g in given)), bares,
        any(reader.has_marks(g) for g in given),
    )  # fmt: skip


def reading_keys(known: Known, key: str, printed: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return the marks under which a form is found by how it reads, each with the reading in words.

    A mark carries the form itself: sharing one says no more than being that form.
    """
    made = form(known, key, printed)
    country = key.rsplit("|", 2)[1] if made else ""
    return tuple((f"reading|{bare}|{country}|{key}", bare) for bare in made.bares) if made else ()


def found_by(known: Known, name: str) -> tuple[str, ...]:
    """Return the beginnings of the marks (``reading_keys``) of those who may bear a printed name."""
    return tuple(
        f"reading|{bare}|{country}|"
        for r in known.readers
        for country in sorted(r.countries)
        if (bare := r.bare(fold(name))) and bare.isascii()
    )


def reconstructed(
    known: Known, name: str | None, country: str | None, lang: str, marks: Iterable[str]
) -> tuple[str, ...]:
    """Return how a person's name reads, as long as no source prints it; what this gives must be shown as such.

    Args:
        marks: the keys of everything that is told of the person (``person|...``, ``latin|...``). A printed form with
            its marks leaves nothing to reconstruct; one without them only chooses between readings.
    """
    given = known.reads(name, country, lang)
    reader = reader_of(known.readers, country)
    if not given or reader is None:
        return ()
    for key in marks:
        what, _, rest = key.partition("|")
        if what not in ("person", "latin"):
            continue
        form, _, tail = rest.partition("|")
        if what == "person" and reader.serves(country, tail.rpartition("|")[2]):
            continue
        if reader.has_marks(form):
            return ()
        given = tuple(g for g in given if reader.bare(g) == reader.bare(form)) or given
    return given


def match(a: Form, b: Form) -> Literal["equal", "near"] | None:
    """Return whether two forms can be one name: equal, near (the marks differ), or not."""
    if a.read and b.read:
        return "equal" if a.names[0] == b.names[0] else None
    if a.read or b.read:
        read, plain = (a, b) if a.read else (b, a)
        if plain.bares[0] not in read.bares:
            return None
        return "equal" if not plain.marked or not read.marked or plain.names[0] in read.names else "near"
    if a.marked and b.marked:
        return "equal" if a.names == b.names else None
    return "equal" if a.bares == b.bares else None


def evidence(a: Form, b: Form) -> tuple[int, str]:
    """Return how much beside the name speaks for one person (0 to 2), and in words what."""
    if common := sorted(a.events & b.events):
        day, _, states = common[0].partition("|")
        return 2, f"both at the meeting of {day} ({states.replace('+', ', ')})"
    if shared := sorted(a.posts & b.posts):
        return 1, f"same office ({' of '.join(x.replace('_', ' ') for x in shared[0] if x)})"
    return 0, ""


def judge(forms: Mapping[str, Form]) -> tuple[Judgement, ...]:
    """Return what can be said of every two forms that can be one name; the order of ``forms`` changes nothing.

    ``forms`` must hold all that hang together by their readings, for another that fits as well makes both unsure.
    """
    ordered = [forms[k] for k in sorted(forms)]
    if len(ordered) > MOST:
        return ()
    return tuple(
        _judge(a, b, how, ordered) for a, b in combinations(ordered, 2) if (how := match(a, b)) and a.lang and b.lang
    )


def _judge(a: Form, b: Form, how: str, forms: list[Form]) -> Judgement:
    weight, words = evidence(a, b)
    others = () if a.units & b.units or not weight else (*_rivals(a, b, weight, forms), *_rivals(b, a, weight, forms))
    told = [_alike(a, b) + (" but for the marks" if how == "near" else "")]
    if a.units & b.units:
        told.append("one text names both")
    elif not weight:
        told.append("nothing but the name says that they are one")
    else:
        told.append(words)
        if others:
            told.append(f"but so does {', '.join(sorted(set(others)))}")
    same = not a.units & b.units and weight > (how == "near") and not others
    return Judgement(a.key, b.key, "same" if same else "unsure", "; ".join(told), (a.shown, b.shown))


def _alike(a: Form, b: Form) -> str:
    if a.read != b.read:
        read, plain = (a, b) if a.read else (b, a)
        return f"{read.shown} reads {plain.shown}"
    return f"{a.shown} and {b.shown} " + ("read alike" if a.read else "are one spelling")


def _rivals(a: Form, b: Form, weight: int, forms: list[Form]) -> list[str]:
    """Return what is printed of other forms of ``a``'s language that fit ``b`` no worse, and are not ``a`` again."""
    return [
        r.shown
        for r in forms
        if r.key not in (a.key, b.key)
        and r.lang.partition("-")[0] == a.lang.partition("-")[0]
        and match(r, b) == "equal"
        and evidence(r, b)[0] >= weight
        and not (match(a, r) == "equal" and evidence(a, r)[0] and not a.units & r.units)
    ]
