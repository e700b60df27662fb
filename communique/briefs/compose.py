"""From a name to a brief: what the record has of it, in sentences, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from communique import __version__, views
from communique.briefs import sections as s
from communique.briefs.fit import fitted
from communique.briefs.frame import Brief, Section, Sentence
from communique.briefs.gather import Asked, Desk
from communique.briefs.names import names_of
from communique.briefs.words import Words
from communique.errors import CommuniqueError
from communique.loader.briefs import brief_pack
from communique.store import Store
from communique.views import Item, SeriesView
from communique.views.basis import SEEN, basis
from communique.views.digest import digest
from communique.views.filters import day_of

PAGES = 2
MOST_PAGES = 200
MOST_SENTENCES = 1000
WHAT = ("pair", "mechanism", "state", "person")


def compose(
    store: Store,
    name: str,
    *,
    as_of: str,
    since: str | None = None,
    until: str | None = None,
    lang: str,
    machine: bool = False,
    pages: int = PAGES,
) -> Brief:
    """Return the brief on a pair of states, a mechanism, a state or a person.

    Args:
        name: as ``communique show`` takes it. as_of: the day on which it is frozen, ``YYYY-MM-DD``: nothing told
            later stands in it. since, until: EDTF; only items dated, or undated and told, within. lang: code of a
            language that ``packs/briefs`` has. machine: also what only a machine read, marked so. pages: at most
            about so many of A4.

    Raises:
        CommuniqueError: nothing of that name, a name that is something else, a date that is none, or no such language.
    """
    for date in (since, until):
        if date:
            day_of(date, False)
    if not 1 <= pages <= MOST_PAGES:
        raise CommuniqueError(f"no brief of {pages} pages", remedy=f"ask for 1 to {MOST_PAGES}")
    asked = Asked(name, as_of, lang, since, until, machine)
    words = Words(brief_pack(lang), store.known)
    shown = views.show(store, name)
    if shown.what == "nothing":
        raise CommuniqueError(f"nothing named {name!r} in the record", remedy=f"try: communique find {name!r}")
    if shown.what not in WHAT:
        what = "several persons" if shown.what == "named" else f"the id of a {shown.what}"
        ids = f"; name one of: {', '.join(e.id for e in shown.named[:9])}" if shown.named else ""
        raise CommuniqueError(f"{name!r} is {what}", remedy=f"a brief is on a {', '.join(WHAT)}{ids}")
    items = tuple(i for i in shown.items if asked.admits(i))
    left = len([i for i in shown.items if i.review not in (*SEEN, "rejected")])
    called = names_of(store, words, items, asked.reviews)
    desk = Desk(store, words, asked, items, called)
    made = tuple(Section(i, words.pack.sections[i], tuple(_limited(found))) for i, found in _sections(desk, shown))
    brief = Brief(
        name=name,
        what=shown.what,
        lang=words.pack.locale,
        title=_title(words, shown, desk),
        kind=words.pack.kinds[shown.what],
        as_of=as_of,
        digest=digest(store),
        head=(),
        sections=made,
        notes_title=words.pack.head["notes"],
        as_note=words.pack.head["as_note"],
        left_out={},
        quotes=words.pack.quotes,
    )
    brief = fitted(replace(brief, head=_head(desk, brief, left)), pages)
    cut = {i.id: words.pack.head["left_out"].format(n=i.left_out) for i in brief.sections if i.left_out}
    return replace(brief, left_out=cut)


def _limited(found: Iterable[Sentence]) -> Iterator[Sentence]:
    seen: set[str] = set()
    for sentence in found:
        if sentence.notes and sentence.text not in seen:
            seen.add(sentence.text)
            yield sentence
        if len(seen) >= MOST_SENTENCES:
            return


def _title(words: Words, shown: views.Shown, desk: Desk) -> str:
    t = words.pack.title[shown.what]
    if shown.pair:
        return t.format(a=words.state(shown.pair.a), b=words.state(shown.pair.b))
    if shown.mechanism:
        return t.format(name=words.mechanism(shown.mechanism.name))
    if shown.state:
        return t.format(name=words.state(shown.state.code))
    assert shown.person is not None
    name, latin = shown.person.name, shown.person.latin
    forms = [latin, name] if words.pack.latin and latin else [name, latin]
    return t.format(name=" / ".join(dict.fromkeys(f for f in forms if f)))


def _head(desk: Desk, brief: Brief, left: int) -> tuple[str, ...]:
    words, asked = desk.words, desk.asked
    h = words.pack.head
    rests = basis(desk.store, desk.items)
    months = sorted(m for m in rests.months if m)
    out = [h["as_of"].format(date=words.date(asked.as_of))]
    out.extend(h[f].format(date=words.date(d)) for f, d in (("since", asked.since), ("until", asked.until)) if d)
    if desk.items:
        first, last = (words.date(m) for m in (months[0], months[-1])) if months else ("?", "?")
        slots = {"items": rests.items, "reports": rests.reports, "seen": rests.seen, "first": first, "last": last}
        out.append(h["basis"].format(**slots))
    else:
        out.append(h["empty_basis"])
    if asked.machine:
        out.append(h["machine"])
    elif left:
        out.append(h["accepted"].format(n=left))
    silent = [s.title for s in brief.sections if not s.sentences]
    if silent:
        out.append(h["silent"].format(list=words.listing(silent, 20)))
    out.append(h["digest"].format(digest=brief.digest[:16], version=__version__))
    return tuple(out)


# --- which sections a brief has -----------------------------------------------------------------------------------

Found = Iterator[tuple[str, Iterable[Sentence]]]


def _sections(desk: Desk, shown: views.Shown) -> Found:
    if shown.pair:
        both = (shown.pair.a, shown.pair.b)
        yield "relation", s.relation(desk)
        yield from _common(desk, both, _series_of(desk))
    elif shown.mechanism:
        series = _series(desk, desk.asked.name)
        yield "about", s.about(desk, series)
        yield from _common(desk, (), [series], chaired=True)
    elif shown.state:
        yield "relation", s.counterparts(desk, shown.state.code)
        yield from _common(desk, (shown.state.code,), [])
    elif shown.person:
        told = [i for t in shown.person.entry.tellings if desk.asked.admits(i := t.item)]
        events = [i for i in desk.items if i.kind == "engagement"]
        yield "about", [s.who(desk, told, events)] if told else []
        yield from _common(desk, None, [])


def _common(desk: Desk, countries: tuple[str, ...] | None, series: list[SeriesView], chaired: bool = False) -> Found:
    """Yield the sections that every brief has; ``countries`` None: nobody else is told of."""
    promised = s.open_promises(desk)
    yield "rounds", s.rounds(desk, by_number=chaired)
    yield "met", s.met(desk)
    yield "agreed", s.agreed(desk, {p.item.entry for p in promised})
    yield "open", s.promises(desk, promised)
    yield "conflicts", chain(s.conflicts(desk), *(s.impossible(desk, one) for one in series))
    if countries is not None:
        yield "people", chain(s.chairs(desk) if chaired else (), s.people(desk, countries))
    yield "next", chain(s.ahead(desk), *(s.expected(desk, one) for one in series))


def _series(desk: Desk, name: str) -> SeriesView:
    return views.rounds(desk.store, name, desk.items)


def _series_of(desk: Desk) -> list[SeriesView]:
    """Return the series of which the two met for at least two rounds, from what is admitted."""
    told: dict[str, list[Item]] = {}
    for item in desk.items:
        v = item.values
        if item.type == "session" and v.get("mechanism") and isinstance(v.get("ordinal"), int):
            key = desk.words.known.mechanism(str(v["mechanism"])) or str(v["mechanism"])
            told.setdefault(key, []).append(item)
    return [
        views.rounds(desk.store, str(items[0].values["mechanism"]), items)
        for _, items in sorted(told.items())
        if len({i.values["ordinal"] for i in items}) > 1
    ]
