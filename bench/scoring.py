"""Compare what the program exports with gold coding: precision, recall and accuracies, kind by kind.

The rules of comparison are the codebook's. Two items are the same item if they stand in the same unit and

- persons: bear exactly the same name (``person.loose``: one name holds the other);
- engagements: are of one type and share words of evidence, or are the same round of the same mechanism;
- mechanisms and instruments: share a name or an acronym;
- ties: join the same two parties at the same level;
- commitments: share half of the shorter quote, which must be a fifth of the longer one.

Best pairs are joined first, each item once. ``engagement.strict`` asks date, status and states besides,
``engagement.full`` also the state of the place, mechanism and ordinal; ``commitment.strict`` asks act and actors.
Fields are compared where either side has a value: an invented value is an error.

Names are compared without punctuation, blanks and case. Nothing here reads files or knows the program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from bench.values import (
    Span,
    alike,
    as_list,
    as_mapping,
    given,
    nested_dates,
    places,
    plain,
    plain_set,
    same,
    share,
    shared,
)

Item = Mapping[str, Any]
Names = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many items were found, missed and invented."""

    right: int = 0
    missed: int = 0
    extra: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.missed + other.missed, self.extra + other.extra)

    @property
    def precision(self) -> float:
        """The share of what was found that is right, 0 where nothing was found."""
        return share(self.right, self.right + self.extra)

    @property
    def recall(self) -> float:
        """The share of what is there that was found, 0 where nothing is there."""
        return share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(frozen=True, slots=True)
class Stray:
    """An item that has no counterpart: missed if it is the gold's, extra if it is the system's."""

    kind: str
    unit: str
    item: Item


@dataclass(slots=True)
class Sheet:
    """What a comparison gave."""

    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    fields: dict[str, tuple[int, int]] = field(default_factory=lambda: defaultdict(lambda: (0, 0)))
    missed: list[Stray] = field(default_factory=list)
    extra: list[Stray] = field(default_factory=list)
    bad_offsets: int = 0
    by_type: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    def count(self, name: str, right: int, gold: int, system: int) -> None:
        """Add a comparison of ``gold`` items with ``system`` items, of which ``right`` are the same."""
        self.counts[name] += Count(right, gold - right, system - right)

    def compare(self, name: str, gold: Any, system: Any, equal: bool) -> None:
        """Add a field of a pair of items; where neither side has a value nothing is counted."""
        if given(gold) or given(system):
            right, of = self.fields[name]
            self.fields[name] = (right + equal, of + 1)

    def figures(self) -> dict[str, Any]:
        """Return all figures, rounded to a thousandth, by name."""
        out: dict[str, Any] = {"bad_offsets": self.bad_offsets}
        for name, c in sorted(self.counts.items()):
            out[name] = {
                "p": round(c.precision, 3),
                "r": round(c.recall, 3),
                "f1": round(c.f1, 3),
                "gold": c.right + c.missed,
                "system": c.right + c.extra,
            }
        for name, (right, of) in sorted(self.fields.items()):
            out[name] = {"acc": round(right / of, 3), "n": of}
        return out


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with what comparing needs: where its evidence stands, and the names of its unit's mechanisms."""

    item: Item
    spans: tuple[Span, ...] = ()
    names: Names = ()

    def get(self, name: str) -> Any:
        """Return a field, None where it is not given."""
        return self.item.get(name)


Likeness = Callable[[Placed, Placed], float]


def score(gold: Mapping[str, Sequence[Item]], system: Iterable[Item], languages: Sequence[str] = ()) -> Sheet:
    """Return how far an export agrees with gold coding.

    Args:
        gold: lines of coding by the stem of their source.
        system: lines of an export; units of sources that the gold does not have are left aside.
        languages: count only units whose language begins with one of these; all, where it is empty.
    """
    sheet = Sheet()
    units: dict[str, list[Item]] = defaultdict(list)
    items: dict[tuple[Any, str], list[Placed]] = defaultdict(list)
    lines = list(system)
    texts: dict[Any, str] = {}
    for line in lines:
        if line.get("kind") == "unit":
            units[PurePath(str(line.get("source"))).stem].append(line)
            texts[line.get("id")] = line.get("text") or ""
    for line in lines:
        if line.get("kind") in KINDS:
            pieces = [e for e in map(as_mapping, as_list(line.get("evidence"))) if _is_span(e)]
            items[line.get("unit"), line["kind"]].append(Placed(line, tuple((e["start"], e["end"]) for e in pieces)))
            sheet.bad_offsets += not _holds(texts.get(line.get("unit")), pieces)
    for stem in sorted(gold):
        _page(sheet, gold[stem], list(units.get(stem, ())), items, languages)
    return sheet


def _page(
    sheet: Sheet,
    coding: Sequence[Item],
    units: list[Item],
    items: Mapping[tuple[Any, str], list[Placed]],
    languages: Sequence[str],
) -> None:
    wanted = [o for o in coding if o["kind"] == "unit" and _spoken(o, languages)]
    if not wanted:
        return
    for unit in wanted:
        twin = next((u for u in units if _is_unit(unit, u)), None)
        sheet.count("unit", twin is not None, 1, twin is not None)
        if twin is not None:
            units.remove(twin)
            sheet.compare("unit.title", unit["title"], twin.get("title"), alike(unit["title"], twin.get("title")))
            days = unit.get("published"), twin.get("published")
            sheet.compare("unit.published", *days, same(*days))
            days = unit.get("not_before"), twin.get("not_before")
            sheet.compare("unit.not_before", *days, nested_dates(*days))
        _unit(sheet, unit, [o for o in coding if o.get("unit") == unit["id"]], twin, items)
    for unit in units:
        sheet.count("unit", 0, 0, 1)
        for kind in KINDS:
            extra = items.get((unit.get("id"), kind), [])
            sheet.count(kind, 0, 0, len(extra))
            sheet.extra += [Stray(kind, str(unit.get("id")), s.item) for s in extra]
            if kind == "engagement":
                _types(sheet, (), (), [str(s.get("type")) for s in extra])


def _unit(
    sheet: Sheet,
    unit: Item,
    coding: Sequence[Item],
    twin: Item | None,
    items: Mapping[tuple[Any, str], list[Placed]],
) -> None:
    text = str((twin or {}).get("text") or "")
    found = {kind: items.get((twin["id"], kind), []) if twin is not None else [] for kind in KINDS}
    gold_names = _mechanism_names(o for o in coding if o["kind"] == "mechanism")
    system_names = _mechanism_names(s.item for s in found["mechanism"])
    for kind, (likeness, least, details) in KINDS.items():
        gs = [Placed(o, tuple(places(text, o["quote"])), gold_names) for o in coding if o["kind"] == kind]
        ss = [Placed(s.item, s.spans, system_names) for s in found[kind]]
        pairs = join(gs, ss, likeness, least)
        sheet.count(kind, len(pairs), len(gs), len(ss))
        met, used = {id(g) for g, _ in pairs}, {id(s) for _, s in pairs}
        lost, more = [g for g in gs if id(g) not in met], [s for s in ss if id(s) not in used]
        sheet.missed += [Stray(kind, unit["id"], g.item) for g in lost]
        sheet.extra += [Stray(kind, unit["id"], s.item) for s in more]
        if kind == "engagement":
            ways = ([g for g, _ in pairs], lost, more)
            _types(sheet, *([str(x.get("type")) for x in way] for way in ways))
        details(sheet, pairs, gs, ss)


def _types(sheet: Sheet, right: Iterable[str], missed: Iterable[str], extra: Iterable[str]) -> None:
    for names, one in ((right, Count(1)), (missed, Count(0, 1)), (extra, Count(0, 0, 1))):
        for name in names:
            sheet.by_type[name] += one


# --- what makes two items the same ----------------------------------------------------------------------------------


def join(
    gold: Sequence[Placed], system: Sequence[Placed], likeness: Likeness, least: float
) -> list[tuple[Placed, Placed]]:
    """Join items one to one, the most alike first; of equals the earlier ones."""
    grid = [(likeness(g, s), i, j) for i, g in enumerate(gold) for j, s in enumerate(system)]
    grid = sorted((cell for cell in grid if cell[0] >= least and cell[0] > 0), key=lambda c: (-c[0], c[1], c[2]))
    left, right = set(range(len(gold))), set(range(len(system)))
    out = []
    for _, i, j in grid:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            out.append((gold[i], system[j]))
    return out


def _engagement(g: Placed, s: Placed) -> float:
    if g.get("type") != s.get("type"):
        return 0.0
    n, m = g.get("ordinal"), s.get("ordinal")
    words = shared(g.spans, s.spans)
    one_round = bool(n) and n == m and same_mechanism(g, s)
    if (n and m and n != m) or not (words or one_round):
        return 0.0
    here, there = states(g), states(s)
    near = 1.0 if here == there else len(here & there) / len(here | there)
    days = g.get("date"), s.get("date")
    when = 1.0 if same(*days) else 0.5 if nested_dates(*days) else 0.0
    return 0.5 + 0.2 * words + 0.1 * near + 0.1 * when + 0.1 * one_round


def _person(g: Placed, s: Placed) -> float:
    return float(alike(g.get("name"), s.get("name")))


def _loosely(g: Placed, s: Placed) -> float:
    a, b = plain(g.get("name")), plain(s.get("name"))
    if a == b:
        return 1.0
    return 0.5 if min(len(a), len(b)) > 1 and (a in b or b in a) else 0.0


def _named(g: Placed, s: Placed) -> float:
    return float(bool(_names(g.item) & _names(s.item)))


def _tie(g: Placed, s: Placed) -> float:
    parties = {g.get("a"), g.get("b")} == {s.get("a"), s.get("b")}
    return float(parties and alike(g.get("level"), s.get("level")))


def _commitment(g: Placed, s: Placed) -> float:
    return shared(g.spans, s.spans, of_longer=0.2)


def same_mechanism(g: Placed, s: Placed) -> bool:
    """Whether two engagements name the same mechanism, by a name or an acronym that either side gives it."""
    a, b = plain(g.get("mechanism")), plain(s.get("mechanism"))
    return a == b or (bool(a and b) and any(a in names and b in names for names in (*g.names, *s.names)))


def states(engagement: Placed) -> set[str]:
    """Return the states and blocs that take part."""
    return {p["country"] for p in _people(engagement) if p.get("country")}


# --- what is asked of two items that are the same -------------------------------------------------------------------

Pairs = Sequence[tuple[Placed, Placed]]


def _of_engagements(sheet: Sheet, pairs: Pairs, gs: Sequence[Placed], ss: Sequence[Placed]) -> None:
    strict = [(g, s) for g, s in pairs if _strictly(g, s)]
    full = [(g, s) for g, s in strict if _fully(g, s)]
    sheet.count("engagement.strict", len(strict), len(gs), len(ss))
    sheet.count("engagement.full", len(full), len(gs), len(ss))
    for g, s in pairs:
        for name in ("date", "status", "scope", "mode", "ordinal"):
            sheet.compare(f"engagement.{name}", g.get(name), s.get(name), same(g.get(name), s.get(name)))
        sheet.compare("engagement.mechanism", g.get("mechanism"), s.get("mechanism"), same_mechanism(g, s))
        for name in ("country", "city"):
            a, b = (as_mapping(x.get("place")).get(name) for x in (g, s))
            sheet.compare(f"engagement.place.{name}", a, b, alike(a, b))
        gold, system = ([Placed(p) for p in _people(x) if p.get("name")] for x in (g, s))
        met = join(gold, system, _loosely, 0.5)
        sheet.count("engagement.participants", len(met), len(gold), len(system))
        for x, y in met:
            sheet.compare("engagement.role", x.get("role"), y.get("role"), alike(x.get("role"), y.get("role")))


def _strictly(g: Placed, s: Placed) -> bool:
    return same(g.get("date"), s.get("date")) and g.get("status") == s.get("status") and states(g) == states(s)


def _fully(g: Placed, s: Placed) -> bool:
    a, b = (as_mapping(x.get("place")).get("country") for x in (g, s))
    return same_mechanism(g, s) and same(g.get("ordinal"), s.get("ordinal")) and a == b


def _of_persons(sheet: Sheet, pairs: Pairs, gs: Sequence[Placed], ss: Sequence[Placed]) -> None:
    for g, s in pairs:
        a, b = plain_set(g.get("offices")), plain_set(s.get("offices"))
        sheet.count("person.offices", len(a & b), len(a), len(b))
        for name in ("country", "rank", "latin"):
            sheet.compare(f"person.{name}", g.get(name), s.get(name), alike(g.get(name), s.get(name)))
    sheet.count("person.loose", len(join(gs, ss, _loosely, 0.5)), len(gs), len(ss))


def _of_commitments(sheet: Sheet, pairs: Pairs, gs: Sequence[Placed], ss: Sequence[Placed]) -> None:
    strict = 0
    for g, s in pairs:
        strict += g.get("act") == s.get("act") and plain_set(g.get("actors")) == plain_set(s.get("actors"))
        sheet.compare("commitment.act", g.get("act"), s.get("act"), alike(g.get("act"), s.get("act")))
        sheet.compare("commitment.due", g.get("due"), s.get("due"), same(g.get("due"), s.get("due")))
        for name in ("actors", "counterparties"):
            a, b = as_list(g.get(name)), as_list(s.get(name))
            sheet.compare(f"commitment.{name}", a, b, plain_set(a) == plain_set(b))
    sheet.count("commitment.strict", strict, len(gs), len(ss))


def _of_ties(sheet: Sheet, pairs: Pairs, gs: Sequence[Placed], ss: Sequence[Placed]) -> None:
    for g, s in pairs:
        sheet.compare("tie.since", g.get("since"), s.get("since"), same(g.get("since"), s.get("since")))


def _of(kind: str, *names: str) -> Callable[[Sheet, Pairs, Sequence[Placed], Sequence[Placed]], None]:
    def details(sheet: Sheet, pairs: Pairs, gs: Sequence[Placed], ss: Sequence[Placed]) -> None:
        for g, s in pairs:
            for name in names:
                sheet.compare(f"{kind}.{name}", g.get(name), s.get(name), alike(g.get(name), s.get(name)))

    return details


KINDS = {
    "person": (_person, 1.0, _of_persons),
    "engagement": (_engagement, 0.5, _of_engagements),
    "mechanism": (_named, 1.0, _of("mechanism", "acronym", "parent", "founded")),
    "instrument": (_named, 1.0, _of("instrument", "acronym", "status")),
    "tie": (_tie, 1.0, _of_ties),
    "commitment": (_commitment, 0.5, _of_commitments),
}


def _people(engagement: Placed) -> list[dict[str, Any]]:
    return [as_mapping(p) for p in as_list(engagement.get("participants"))]


def _names(item: Item) -> frozenset[str]:
    return frozenset({plain(item.get("name")), plain(item.get("acronym"))} - {""})


def _mechanism_names(items: Iterable[Item]) -> Names:
    return tuple(_names(o) for o in items)


def _is_span(evidence: Mapping[str, Any]) -> bool:
    return isinstance(evidence.get("start"), int) and isinstance(evidence.get("end"), int)


def _holds(text: str | None, evidence: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a text has every quote at its offsets, and there is one."""
    return text is not None and bool(evidence) and all(text[e["start"] : e["end"]] == e.get("quote") for e in evidence)


def _spoken(unit: Item, languages: Sequence[str]) -> bool:
    return not languages or str(unit.get("lang", "zh")).startswith(tuple(languages))


def _is_unit(gold: Item, system: Item) -> bool:
    same_title = gold["role"] == "article" or alike(gold["title"], system.get("title"))
    return gold["role"] == system.get("role") and same_title
