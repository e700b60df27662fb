"""What was held over time: the offices of a person and of a state, the chairs of a mechanism, the levels of a tie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from communique.record import Known, Sign, Term, bounds, fold, terms
from communique.record.terms import BEGAN, CHANGED, ENDED, HELD, LATER, changes, order
from communique.views.rows import Chair, Held, Holder, Item, LevelChange

TOOK_PLACE = ("held", "ongoing")
APART = 400
"""Days: of a chair nothing is concluded for the time between two pieces of evidence further apart."""


def told(item: Item) -> str:
    """Return when an item was told, as EDTF: its unit's day, or what it proves as *then or later*; else empty."""
    return item.published or (f"{item.not_before}{LATER}" if item.not_before else "")


def span(h: Held, changed: str = "appointment told") -> str:
    """Return in one line what is told of the time: from the first to the last evidence, and what bounds it.

    ``changed`` goes before a time at which it was told to be taken, left or reached.
    """
    ends = list(dict.fromkeys(later(d) for d in (h.first, h.last) if d and d != h.began))
    out = [f"since {h.began}"] if h.began else []
    out.extend([f"told {' to '.join(ends)}"] if ends else [] if h.began else ["told at unknown times"])
    out.extend(f"{changed} {later(d)}" for d in h.changed)
    out.extend([f"told as past {later(h.ended)}"] if h.ended else [])
    return "; ".join(out)


def later(when: str) -> str:
    """Return a time in words where only its start is known."""
    return f"{when.removesuffix(LATER)} or later" if when.endswith(LATER) else when


def offices(known: Known, tellings: Sequence[Item], events: Iterable[Item]) -> tuple[Held, ...]:
    """Return the offices of one person, the latest told first.

    Args:
        tellings: the items that name the person. events: engagements, of which those of the same texts count.

    An office is told of the day of the happening in whose words it stands, if that has taken place, else of the day
    of the telling. Spellings and languages of one public post are one office; a title that leaves its field open
    (*Minister*) is that of the one post of its grade that is told of the person.
    """
    return tuple(h for _, h in _offices(known, tellings, events))


def _offices(known: Known, tellings: Sequence[Item], events: Iterable[Item]) -> list[tuple[str, Held]]:
    """Return the offices of one person, each with the key of its post."""
    by_unit: dict[str, list[Item]] = defaultdict(list)
    for e in events:
        if e.kind == "engagement" and e.status in TOOK_PLACE:
            by_unit[e.unit].append(e)
    signs: list[Sign] = []
    grades: dict[str, str] = {}
    for item in tellings:
        for office in item.values.get("offices") or ():
            past = known.posts.current(str(office), item.lang)
            words = past or str(office)
            key = _post(known, words, item.lang)
            if not key.startswith("post|") and (grade := known.posts.grade(known.plain(words, item.lang), item.lang)):
                grades[key] = grade
            when = told(item) if past else _day_of(item, str(office), by_unit[item.unit])
            signs.append(Sign(key, words, when, item.id, ENDED if past else HELD))
    closed = {s.key for s in signs if s.key.startswith("post|")}
    for key, grade in grades.items():
        fits = [k for k in closed if k.split("|")[1] == grade]
        signs = [_moved(s, fits[0]) if s.key == key and len(fits) == 1 else s for s in signs]
    signs.extend(_appointments(known, tellings, signs, by_unit))
    items = {i.id: i for i in (*tellings, *(e for es in by_unit.values() for e in es))}
    open_ = {s.words for s in signs if s.what == HELD and _open(known, s, items)}
    found = [(t.key, _held(t, items, open_)) for t in terms(signs)]
    return sorted(found, key=_latest, reverse=True)


def _latest(found: tuple[str, Held]) -> tuple[str, str, str]:
    h = found[1]
    return order(h.last) if h.last else "", order(h.first), h.name


def _post(known: Known, office: str, lang: str) -> str:
    plain = known.plain(office, lang)
    post = known.posts.of_office(plain, lang)
    return f"post|{post[0]}|{post[1]}" if post else f"words|{fold(plain)}"


def _moved(s: Sign, key: str) -> Sign:
    return Sign(key, s.words, s.when, s.item, s.what)


def _open(known: Known, s: Sign, items: Mapping[str, Item]) -> bool:
    return s.key.startswith("post|") and not _post(known, s.words, items[s.item].lang).startswith("post|")


def _day_of(item: Item, office: str, events: Iterable[Item]) -> str:
    """Return the time of which an office is told: that of the happening in whose words it stands, else the telling."""
    mine = next((e for e in item.evidence if office in e.quote), item.evidence[0])
    for e in events:
        over = any(x.start < mine.end and mine.start < x.end for x in e.evidence[:1])
        if over and item.values.get("name") in _names(e) and bounds(e.date):
            return e.date or ""
    return told(item)


def _parts(item: Item) -> list[Mapping[str, object]]:
    return [p for p in item.values.get("participants") or () if isinstance(p, Mapping)]


def _names(item: Item) -> set[object]:
    return {p.get("name") for p in _parts(item)}


def _appointments(
    known: Known, tellings: Sequence[Item], signs: Sequence[Sign], by_unit: Mapping[str, Sequence[Item]]
) -> Iterator[Sign]:
    """Yield what tells that an office was taken or left: an appointment of the person that names the office."""
    names = {str(t.values.get("name")) for t in tellings}
    spelled = {(s.key, s.words) for s in signs}
    for e in (e for unit in dict.fromkeys(t.unit for t in tellings) for e in by_unit.get(unit, ())):
        mine = [p for p in _parts(e) if str(p.get("name")) in names and p.get("role") == "subject"]
        if e.type != "appointment" or not mine:
            continue
        quote = fold(known.plain(e.quote, e.lang))
        before = {_post(known, str(p["capacity"]), e.lang) for p in mine if p.get("capacity")}
        for key in sorted({k for k, w in spelled if fold(known.plain(w, e.lang)) in quote and k not in before}):
            words = min(w for k, w in spelled if k == key and fold(known.plain(w, e.lang)) in quote)
            yield Sign(key, words, e.date if e.date and bounds(e.date) else told(e), e.id, CHANGED)


def _held(term: Term, items: Mapping[str, Item], open_: Collection[str] = ()) -> Held:
    words = sorted(term.words, key=lambda w: w in open_)
    found = tuple(items[i] for i in term.items)
    return Held(words[0], tuple(words[1:]), term.first, term.last, term.began, term.changed, term.ended, found)


def holders(known: Known, tellings: Sequence[Item], events: Iterable[Item]) -> tuple[Holder, ...]:
    """Return who held which public post of a state, post by post, in order of the first evidence.

    ``tellings`` are the items that name the persons of the state; posts that no pack knows are left out.
    """
    by_person: dict[str, list[Item]] = defaultdict(list)
    for item in tellings:
        by_person[item.entry].append(item)
    listed = list(events)
    found: dict[str, list[Holder]] = defaultdict(list)
    for entry, items in by_person.items():
        name = str(items[-1].values.get("name") or "")
        for key, h in _offices(known, items, listed):
            if key.startswith("post|"):
                found[key].append(Holder(h.name, entry, name, h))
    out = [sorted(hs, key=lambda h: (order(h.held.first), h.name, h.entry)) for _, hs in sorted(found.items())]
    return tuple(h for hs in sorted(out, key=lambda hs: (-len(hs), hs[0].post)) for h in hs)


def chairs(items: Sequence[Item]) -> tuple[Chair, ...]:
    """Return who chaired the sittings that items tell of, as terms, and by what right as far as it is told.

    Evidence more than ``APART`` days from the next makes two terms. A chair taken or left without a sitting is told
    by an appointment that names the mechanism.
    """
    by: dict[str, list[tuple[Sign, str, str]]] = defaultdict(list)
    for i in items:
        if i.kind != "engagement" or i.status not in TOOK_PLACE or i.type not in ("session", "appointment"):
            continue
        hosts = {str(p.get("country")) for p in _parts(i) if p.get("role") == "host"}
        for p in _parts(i):
            if p.get("role") != ("chair" if i.type == "session" else "subject"):
                continue
            country, name = str(p.get("country") or ""), str(p.get("name") or "")
            what = HELD if i.type == "session" else CHANGED
            when = i.date if i.date and bounds(i.date) else told(i)
            right = "host" if country in hosts else ("appointed" if what == CHANGED else "")
            by[country or fold(name)].append((Sign(country or fold(name), name, when, i.id, what), country, right))
    ids = {i.id: i for i in items}
    out = []
    for mine in by.values():
        for run in _near(sorted(mine, key=lambda x: (order(x[0].when), x[0].item))):
            (term,) = terms([Sign(s.key, s.words, s.when, s.item) for s, _, _ in run])
            rights = tuple(dict.fromkeys(r for _, _, r in run if r))
            out.append(Chair(run[0][1], term.words, rights, _held(term, ids)))
    return tuple(sorted(out, key=lambda c: (order(c.held.first), c.country, c.names)))


def _near(signs: Sequence[tuple[Sign, str, str]]) -> list[list[tuple[Sign, str, str]]]:
    out: list[list[tuple[Sign, str, str]]] = []
    last = ""
    for s in signs:
        first = order(s[0].when)
        if not out or _days(last, first) > APART:
            out.append([])
        out[-1].append(s)
        span_ = bounds(s[0].when) if not s[0].when.endswith(LATER) else None
        last = max(last, span_[1] if span_ else first)
    return out


def _days(a: str, b: str) -> int:
    """Return about how many days lie between two days; years beyond the calendar are far."""
    return sum((int(y) - int(x)) * n for x, y, n in zip(a.split("-"), b.split("-"), (365, 30, 1), strict=True))


def when(change: LevelChange) -> str:
    """Return in words when a level changed."""
    if not change.when:
        return "at a time that nothing read tells"
    if change.when.startswith("../"):
        return f"by {later(change.when[3:])}"
    return change.when if change.stated else f"between {change.when.replace('/', ' and ')}"


def levels(
    known: Known, ties: Sequence[Item], upgrades: Mapping[str, tuple[Item, str]]
) -> tuple[tuple[Held, ...], tuple[LevelChange, ...]]:
    """Return the levels of one tie by their first evidence, and the changes from one to the next.

    A level begins at the date that a text gives. Where a text tells that it was changed and gives no day, the change
    is told by the day of the telling. Else a change lies between the last evidence of one level and the first of the
    next; where these overlap nothing is said of it. ``upgrades`` are the engagements of that type by id, each with
    the words of its text from its quote on.
    """
    raised = _raised(known, ties, upgrades)
    signs = []
    for t in ties:
        words = str(t.values.get("level") or "")
        plain = known.plain(words, t.lang)
        key = known.levels.of_words(plain, t.lang) or fold(plain)
        begun = str(t.values.get("since") or "")
        dated = [e.date for e in raised[t.id] if e.date and bounds(e.date)]
        # What tells when a level began does not tell that it still holds on the day of the telling.
        if bounds(begun):
            signs.append(Sign(key, words, begun, t.id, BEGAN))
        elif not dated:
            signs.append(Sign(key, words, told(t), t.id))
        for e in raised[t.id]:
            begins = bool(bounds(e.date))
            signs.append(Sign(key, words, (e.date or "") if begins else told(e), e.id, BEGAN if begins else CHANGED))
    items = {t.id: t for t in ties} | {e.id: e for e, _ in upgrades.values()}
    line = terms(signs)
    held = {id(t): _held(t, items) for t in line}
    steps = tuple(LevelChange(held[id(c.before)], held[id(c.after)], c.when, c.stated) for c in changes(line))
    return tuple(held[id(t)] for t in line), steps


def _raised(
    known: Known, ties: Sequence[Item], upgrades: Mapping[str, tuple[Item, str]]
) -> Mapping[str, Sequence[Item]]:
    """Return by tie the upgrades of the same text that name its level; of several levels the longest name stands."""
    out: dict[str, list[Item]] = defaultdict(list)
    for e, words in upgrades.values():
        if e.status not in TOOK_PLACE:
            continue
        text = fold(known.plain(words, e.lang))
        near = [(fold(known.plain(str(t.values.get("level") or ""), t.lang)), t.id) for t in ties if t.unit == e.unit]
        fits = [(len(level), tie) for level, tie in near if level and level in text]
        if fits:
            out[max(fits)[1]].append(e)
    return out
